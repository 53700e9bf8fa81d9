// Messages as bubbles.
import { showAvatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { clockTime, longTime, messageTime } from "./format.js";
import { detailText, elementText, isRevoked, isTip, senderName } from "./preview.js";

const longest = 20000; // characters of one element

// Values of TIMMsgStatus.
export const sending = 1;
export const sent = 2;
export const failed = 3;
const canceled = 7;

/** bubble makes the element of a message; reason is why it was not sent, if known. */
export function bubble(message, { isGroup, reason = "" }) {
  const name = senderName(message);
  if (isRevoked(message)) return el("p", "note", `${name} recalled a message`);
  const list = Array.isArray(message.message_elem_array) ? message.message_elem_array : [];
  if (isTip(message)) return el("p", "note", list.map(elementText).join(" "));
  const isOwn = message.message_is_from_self === true;
  const body = el("div", "bubble", ...list.map(part));
  const seconds = messageTime(message);
  const time = el("time", "bubble-time", clockTime(seconds));
  time.title = longTime(seconds);
  const avatar = isOwn ? null : el("span", "avatar small");
  if (!isOwn) showAvatar(avatar, { id: message.message_sender ?? "", name, face: message.message_sender_profile?.user_profile_face_url, isGroup: false });
  const who = isGroup && !isOwn ? el("span", "bubble-name", name) : null;
  const foot = el("div", "bubble-foot", time, isOwn ? state(message, reason) : null);
  return el("div", isOwn ? "message own" : "message", avatar, el("div", "bubble-box", who, el("div", "bubble-line", body, more()), foot));
}

/** more is the button of what can be done; the keyboard reaches it through the message. */
function more() {
  const button = el("button", "more", icon("more"));
  button.type = "button";
  button.tabIndex = -1;
  button.setAttribute("aria-label", "What to do with this message");
  button.setAttribute("aria-haspopup", "menu");
  return button;
}

/** state tells what became of a message of one's own. */
function state(message, reason) {
  switch (message.message_status) {
    case sending: return told("sending", "clock", "Sending…");
    case canceled: return told("canceled", "close", "Canceled");
    case failed: {
      const node = told("failed", "failed", reason === "" ? "Not sent" : `Not sent: ${reason}`);
      const again = el("button", "again", "Send again");
      again.type = "button";
      again.tabIndex = -1;
      node.append(again);
      return node;
    }
    default: {
      const read = message.message_is_peer_read === true;
      const node = el("span", read ? "state read" : "state sent", icon(read ? "check" : "sent"));
      node.title = read ? "Read" : "Sent";
      node.append(el("span", "unseen", node.title));
      return node;
    }
  }
}

function told(kind, picture, text) {
  return el("span", `state ${kind}`, icon(picture), el("span", "", text));
}

function part(element) {
  const isText = element?.elem_type === 0;
  const line = el("p", isText ? "" : "attachment", elementText(element).slice(0, longest));
  line.dir = "auto";
  const detail = detailText(element);
  if (detail !== "") line.append(el("small", "", detail));
  return line;
}
