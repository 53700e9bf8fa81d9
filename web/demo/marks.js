// The marks of a conversation, and the buttons that toggle them in the pane.
import { byId } from "./dom.js";

// The bits of TIMConversationMarkType, each with its name and picture.
export const star = 1;
export const unread = 2;
export const fold = 4;
export const hide = 8;

const buttons = [["mark-star", star, "Star", "Unstar"], ["mark-unread", unread, "Mark unread", "Not unread"],
  ["mark-fold", fold, "Fold", "Unfold"], ["mark-hide", hide, "Hide", "Show"]];

/** isMarked tells whether a conversation has a mark. */
export function isMarked(conv, mark) {
  return Array.isArray(conv.conv_mark_array) && conv.conv_mark_array.includes(mark);
}

/** listenMarks has toggle(mark) called for each button. */
export function listenMarks(toggle) {
  for (const [id, mark] of buttons) byId(id).addEventListener("click", () => toggle(mark));
}

/** showMarks shows which marks a conversation has. */
export function showMarks(conv) {
  for (const [id, mark, on, off] of buttons) {
    const marked = isMarked(conv, mark);
    const button = byId(id);
    button.setAttribute("aria-pressed", String(marked));
    button.title = marked ? off : on;
  }
}
