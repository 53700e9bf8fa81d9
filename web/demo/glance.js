// What is painted before the module is there: the list as it was last seen.
import { firstPaint } from "../tim.js";
import { byId } from "./dom.js";
import { showTotal } from "./list-view.js";
import { fold, hide, isMarked } from "./marks.js";

/**
 * showGlance fills the list with what is kept of a user's, if anything is. Until
 * the core tells its rows, which take their place by their keys, they can be
 * read and not be used.
 */
export function showGlance(user, list) {
  const rows = firstPaint({ userID: user });
  if (rows === null) return;
  const shown = rows.filter((conv) => !isMarked(conv, fold) && !isMarked(conv, hide));
  const ops = shown.map((conv, index) => ({ op: "insert", index, conv }));
  list.take({ key: "", from: 0, total: shown.length, located: -1, reset: true, ops });
  list.flush();
  showTotal(rows.totalUnread, byId("total"));
  byId("loading").hidden = true;
  byId("list").inert = true;
}

/** endGlance lets the list be used. */
export function endGlance() {
  byId("list").inert = false;
}
