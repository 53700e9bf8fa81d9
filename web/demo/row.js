// One row of the list.
import { faceOf, showAvatar } from "./avatar.js";
import { failed, sending } from "./bubbles.js";
import { el, icon, setText } from "./dom.js";
import { badge, messageTime, shortTime, titleOf } from "./format.js";
import { fold, hide, isMarked, star, unread as unreadMark } from "./marks.js";
import { draftText, preview } from "./preview.js";

const pinBit = 2 ** 52; // what a pinned conversation's conv_active_time is higher by

/** createRow makes an empty row; its parts hang on it for fillRow. */
export function createRow() {
  const node = el("div", "row-item");
  node.setAttribute("role", "option");
  const parts = {
    avatar: el("span", "avatar"),
    name: el("span", "row-name"),
    star: icon("star", "row-icon star"),
    muted: icon("muted", "row-icon muted-icon"),
    fold: icon("fold", "row-icon fold"),
    hide: icon("hide", "row-icon hide"),
    clock: icon("clock", "row-icon clock"),
    failed: icon("failed", "row-icon failed-icon"),
    pin: icon("pin", "row-icon pin"),
    time: el("span", "row-time"),
    mark: el("span", "row-mark"),
    text: el("span", "row-text"),
    badge: el("span", "badge"),
  };
  parts.name.dir = "auto";
  parts.text.dir = "auto";
  node.append(
    parts.avatar,
    el("span", "row-main",
      el("span", "row-line", parts.name, parts.star, parts.muted, parts.fold, parts.hide, parts.time),
      el("span", "row-line", parts.clock, parts.failed, parts.mark, parts.text, parts.pin, parts.badge)),
  );
  node.parts = parts;
  return node;
}

/** isMuted: what arrives shows a dot and stays out of the total. */
export const isMuted = (conv) => Number(conv.conv_recv_opt) > 0;

/** mention is "@all", "@me" or "". */
export function mention(conv) {
  const list = Array.isArray(conv.conv_group_at_info_array) ? conv.conv_group_at_info_array : [];
  const types = list.map((at) => at.conv_group_at_info_at_type);
  if (types.some((t) => t === 1 || t === 3)) return "@me";
  return types.includes(2) ? "@all" : "";
}

/** rowTime is the time a row shows, in seconds. */
export function rowTime(conv) {
  if (conv.conv_is_has_lastmsg) return messageTime(conv.conv_last_msg);
  return Math.floor((conv.conv_active_time - (conv.conv_is_pinned ? pinBit : 0)) / 1000);
}

/** fillRow writes a conversation into a row. */
export function fillRow(node, conv, now) {
  const { parts } = node;
  const draft = draftText(conv);
  const at = mention(conv);
  const muted = isMuted(conv);
  const unread = Number(conv.conv_unread_num) || 0;
  const marked = isMarked(conv, unreadMark);
  const status = !conv.conv_is_has_draft && conv.conv_is_has_lastmsg ? conv.conv_last_msg?.message_status : undefined;
  const line = conv.conv_is_has_draft ? draft.slice(0, 300) : preview(conv.conv_last_msg, conv.conv_type === 2);
  const mark = [at && `[${at}]`, conv.conv_is_has_draft && "[Draft]"].filter(Boolean).join(" ");
  const time = shortTime(rowTime(conv), now);

  showAvatar(parts.avatar, faceOf(conv));
  setText(parts.name, titleOf(conv));
  setText(parts.time, time);
  setText(parts.mark, mark);
  setText(parts.text, line);
  setText(parts.badge, unread === 0 || muted ? "" : badge(unread));
  parts.badge.classList.toggle("dot", muted ? unread > 0 : unread === 0);
  parts.badge.hidden = unread === 0 && !marked;
  node.classList.toggle("pinned", conv.conv_is_pinned === true);
  node.classList.toggle("muted", muted);
  node.classList.toggle("unread", unread > 0 || marked);
  node.classList.toggle("starred", isMarked(conv, star));
  node.classList.toggle("folded", isMarked(conv, fold));
  node.classList.toggle("hidden-away", isMarked(conv, hide));
  node.classList.toggle("sending", status === sending);
  node.classList.toggle("failed", status === failed);
  node.setAttribute("aria-label", [
    titleOf(conv), unread > 0 && `${unread} unread`, unread === 0 && marked && "marked unread",
    conv.conv_is_pinned && "pinned", isMarked(conv, star) && "starred", isMarked(conv, fold) && "folded",
    isMarked(conv, hide) && "hidden", muted && "muted", status === failed && "not sent", mark, line, time,
  ].filter(Boolean).join(", "));
}
