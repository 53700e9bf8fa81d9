// Writes chat.json and conversations.json from the scripts in script/. The same
// every time: `node web/samples/generate.mjs`.
import { writeFileSync } from "node:fs";
import { ALL, ME, PEOPLE } from "./script/cast.mjs";
import { chats as chinese } from "./script/chats-zh.mjs";
import { chats as english } from "./script/chats-en.mjs";

const END = Date.UTC(2026, 10, 20, 8, 30) / 1000; // when the sample ends, in seconds
const chats = [...chinese, ...english];

let state = 20261120;

/** random returns the next of a fixed series, 0 <= r < 1 (mulberry32). */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const pick = (from) => from[Math.floor(random() * from.length)];
const between = (low, high) => low + Math.floor(random() * (high - low + 1));

/** buildLines are what a build robot writes. */
function buildLines(bot, count) {
  const branches = ["main", "fix/quota-path", "feat/two-tabs", "docs/readme", "perf/journal"];
  return Array.from({ length: count }, (_, i) => {
    const branch = pick(branches);
    const text = random() < 0.08
      ? `❌ #${4100 + i} ${branch} failed: e2e, 1 of ${between(180, 220)} tests`
      : `✅ #${4100 + i} ${branch} passed in ${between(2, 6)} min ${between(1, 59)} s`;
    return [bot, text];
  });
}

function sender(id) {
  const person = PEOPLE[id];
  if (person === undefined) throw new Error(`nobody in the cast is called ${id}`);
  return {
    user_profile_face_url: "",
    user_profile_friend_remark: id === ME.id ? "" : (person.remark ?? ""),
    user_profile_identifier: id,
    user_profile_nick_name: person.nick,
  };
}

/** message writes one Message, its keys in alphabetical order. */
function message(chat, [who, what, options = {}], { time, seq, isRead }) {
  const from = who === "" ? chat.id : who;
  const isSelf = from === ME.id;
  const rand = between(1, 2 ** 31 - 1);
  const members = {
    message_client_time: time,
    message_cloud_custom_str: "",
    message_conv_id: chat.id,
    message_conv_type: chat.group === undefined ? 1 : 2,
    message_custom_int: 0,
    message_custom_str: "",
    message_elem_array: [typeof what === "string" ? { elem_type: 0, text_elem_content: what } : what],
    message_group_at_user_array: options.at,
    message_is_excluded_from_unread_count: options.excluded === true,
    message_is_from_self: isSelf,
    message_is_online_msg: false,
    message_is_peer_read: isSelf && random() < 0.8,
    message_is_read: isRead || isSelf,
    message_msg_id: `${from}-${time}-${rand}`,
    message_platform: between(1, 4),
    message_priority: 1,
    message_rand: rand,
    message_sender: from,
    message_sender_group_member_info: chat.group === undefined ? undefined
      : { group_member_info_identifier: from, group_member_info_name_card: "" },
    message_sender_profile: sender(from),
    message_seq: seq,
    message_server_time: time,
    message_status: options.revoked ? 6 : 2,
    message_unique_id: "#" + (BigInt(time) * 4294967296n + BigInt(rand)),
  };
  return JSON.stringify(members).replace(/"#(\d+)"/, "$1");
}

/** times gives n ascending seconds that end at last. */
function times(n, last, gap) {
  const list = [last];
  while (list.length < n) list.unshift(list[0] - between(20, gap));
  return list;
}

function messagesOf(chat) {
  const lines = chat.bot ? buildLines(chat.bot, chat.unread) : chat.lines;
  const at = times(lines.length, END - chat.ago * 60 - between(0, 50), chat.bot ? 900 : 2400);
  const firstSeq = between(80, 20000);
  return lines.map((line, i) => ({
    time: at[i],
    text: message(chat, line, { time: at[i], seq: firstSeq + i, isRead: i < lines.length - chat.unread }),
  }));
}

/** icon is a group's picture: an emoji on a tinted square, as a data: address. */
function icon(emoji) {
  const hue = [...emoji].reduce((sum, c) => sum + c.codePointAt(0), 0) * 37 % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="hsl(${hue} 55% 88%)"/>` +
    `<text x="24" y="33" font-size="26" text-anchor="middle">${emoji}</text></svg>`;
  return "data:image/svg+xml," + encodeURIComponent(svg);
}

/** conversation is what a server knows of one; the demo pins and drafts by hand. */
function conversation(chat) {
  const isGroup = chat.group !== undefined;
  return JSON.stringify({
    conv_id: chat.id,
    conv_type: isGroup ? 2 : 1,
    conv_show_name: chat.name,
    conv_face_url: chat.face ? icon(chat.face) : "",
    conv_group_type: chat.group,
    conv_recv_opt: chat.recv ?? 0,
    conv_is_pinned: chat.pinned || undefined,
    conv_draft: chat.draft === undefined ? undefined : {
      draft_edit_time: END - chat.ago * 60,
      draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: chat.draft }] },
      draft_user_define: "",
    },
  });
}

function write(name, texts) {
  writeFileSync(new URL(name, import.meta.url), `[\n${texts.join(",\n")}\n]\n`);
  console.log(`${name}: ${texts.length}`);
}

const all = chats.flatMap(messagesOf).sort((a, b) => a.time - b.time);
if (!chats.some((c) => c.lines.some(([, , o]) => o?.at?.includes(ALL)))) throw new Error("nobody mentions everybody");
write("chat.json", all.map((m) => m.text));
write("conversations.json", chats.map(conversation));
