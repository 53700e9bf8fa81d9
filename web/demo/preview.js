// A message in one line.
import { bytes, number, seconds } from "./format.js";

// Of what anybody may have written, only texts and numbers are shown.
const text = (value) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");
const texts = (list) => (Array.isArray(list) ? list.map(text) : []);
const longest = 300; // more does not fit a line
const named = (kind, what) => (what ? `[${kind}] ${what}` : `[${kind}]`);

const elements = [
  (e) => text(e.text_elem_content),
  () => "[Image]",
  (e) => named("Voice", e.sound_elem_file_time ? seconds(e.sound_elem_file_time) : ""),
  (e) => text(e.custom_elem_desc) || "[Custom message]",
  (e) => named("File", text(e.file_elem_file_name)),
  (e) => tip(e),
  (e) => named("Sticker", text(e.face_elem_buf).replace(/^\[|\]$/g, "")),
  (e) => named("Location", text(e.location_elem_desc)),
  () => "[Group notice]",
  (e) => named("Video", e.video_elem_video_duration ? seconds(e.video_elem_video_duration) : ""),
  () => "[Contacts changed]",
  () => "[Profile changed]",
  (e) => named("Chat history", text(e.merge_elem_title)),
];

const tips = [
  "", "invited", "left the group", "removed", "made an admin:", "is no longer an admin:",
  "changed the group's information", "changed a member's information",
];

function tip(e) {
  const type = number(e.group_tips_elem_tip_type);
  const users = texts(e.group_tips_elem_user_array).join(", ");
  if (!(type in tips) || type === 0) return "[Group notice]";
  const changes = e.group_tips_elem_group_change_info_array;
  const to = Array.isArray(changes) ? text(changes[0]?.group_tips_group_change_info_value) : "";
  return `${text(e.group_tips_elem_op_user)} ${tips[type]} ${users || to}`.trim();
}

/** elementText is one element in one line. */
export function elementText(element) {
  if (element === null || typeof element !== "object") return "";
  const type = element.elem_type; // a text could name a method of arrays
  return Number.isInteger(type) && type in elements ? elements[type](element) : "[Unknown message]";
}

/** detailText is what a bubble adds under a picture, a file or a place. */
export function detailText(element) {
  switch (element?.elem_type) {
    case 1: return `${number(element.image_elem_orig_pic_width) || "?"} × ${number(element.image_elem_orig_pic_height) || "?"}, ${bytes(element.image_elem_orig_pic_size)}`;
    case 4: return bytes(element.file_elem_file_size);
    case 7: return `${text(element.location_elem_latitude)}, ${text(element.location_elem_longitude)}`;
    case 9: return bytes(element.video_elem_video_size);
    case 12: return texts(element.merge_elem_abstract_array).join("\n");
    default: return "";
  }
}

export const isRevoked = (message) => message?.message_status === 6;
export const isTip = (message) => message?.message_elem_array?.[0]?.elem_type === 5;

/** senderName is how a message's sender is called. */
export function senderName(message) {
  if (message.message_is_from_self === true) return "You";
  const profile = message.message_sender_profile ?? {};
  const card = message.message_sender_group_member_info?.group_member_info_name_card;
  return text(profile.user_profile_friend_remark) || text(card) || text(profile.user_profile_nick_name) || text(message.message_sender);
}

/** preview is a message in one line, in groups with who wrote it. */
export function preview(message, isGroup) {
  if (message === undefined || message === null) return "";
  const name = senderName(message);
  if (isRevoked(message)) return `${name} recalled a message`;
  const list = Array.isArray(message.message_elem_array) ? message.message_elem_array : [];
  const line = list.map((e) => elementText(e).slice(0, longest)).filter((t) => t !== "").join(" ").slice(0, longest).replace(/\s+/g, " ");
  if (isTip(message)) return line;
  return (isGroup || message.message_is_from_self === true) && name !== "" ? `${name}: ${line}` : line;
}

/** draftText is the text of a conversation's draft, "" without one. */
export function draftText(conv) {
  if (!conv?.conv_is_has_draft) return "";
  const said = conv.conv_draft?.draft_msg; // old clients send the text itself
  if (typeof said === "string") return said;
  const list = said?.message_elem_array;
  const first = Array.isArray(list) ? list.find((e) => e?.elem_type === 0) : undefined;
  return text(first?.text_elem_content) || text(conv.conv_draft?.draft_user_define);
}
