// Messages as bubbles.
import { showAvatar } from "./avatar.js";
import { el } from "./dom.js";
import { longTime, messageTime, shortTime } from "./format.js";
import { detailText, elementText, isRevoked, isTip, senderName } from "./preview.js";

const longest = 20000; // characters of one element

/** fillMessages shows messages, oldest first, and keeps to the newest. */
export function fillMessages(box, messages, isGroup) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  const note = el("p", "note", messages.length === 0
    ? "No message yet."
    : "What this tab has seen of this conversation. Reading older messages comes with a later release.");
  box.replaceChildren(note, ...messages.map((m) => bubble(m, isGroup)));
  if (atEnd) box.scrollTop = box.scrollHeight;
}

function bubble(message, isGroup) {
  const name = senderName(message);
  if (isRevoked(message)) return el("p", "note", `${name} recalled a message`);
  const list = Array.isArray(message.message_elem_array) ? message.message_elem_array : [];
  if (isTip(message)) return el("p", "note", list.map(elementText).join(" "));
  const isOwn = message.message_is_from_self === true;
  const body = el("div", "bubble", ...list.map(part));
  const seconds = messageTime(message);
  const time = el("time", "bubble-time", shortTime(seconds));
  time.title = longTime(seconds);
  const avatar = isOwn ? null : el("span", "avatar small");
  if (!isOwn) showAvatar(avatar, { id: message.message_sender ?? "", name, face: message.message_sender_profile?.user_profile_face_url, isGroup: false });
  const who = isGroup && !isOwn ? el("span", "bubble-name", name) : null;
  return el("div", isOwn ? "message own" : "message", avatar, el("div", "bubble-box", who, body, time));
}

function part(element) {
  const isText = element?.elem_type === 0;
  const line = el("p", isText ? "" : "attachment", elementText(element).slice(0, longest));
  line.dir = "auto";
  const detail = detailText(element);
  if (detail !== "") line.append(el("small", "", detail));
  return line;
}
