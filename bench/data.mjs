// The data of the benchmark: conversations and messages made from a seed, the
// same in Node and in the page, about 1.2 kB of ConvInfo JSON each and half of
// them with Chinese text.

const FIRST = 1_700_000_000; // seconds: where the seeded messages begin
const DRAFT_KEY = 1_790_000_000_000; // milliseconds, after every seeded message and before today
const PINNED = 20;
const DRAFT_EVERY = 200; // one conversation of so many has a draft
const GROUP_EVERY = 5;
const HOT = 200; // most live messages go to so many conversations
const SEED = 20261123;

/** random returns a function that gives the next of a series, 0 <= r < 1 (mulberry32). */
export function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const LATIN = ("the order has been shipped and will arrive on Monday please let me know whether the meeting can be moved "
  + "to the afternoon I have read the report it looks good to me except for the second table").split(" ");
const HAN = "今天下午三点的会议改到明天上午请大家提前准备好材料我已经看过报告了没有问题发货之后会把单号给你记得查收周末一起吃饭吧";

/** text makes a line of 30 to 90 characters. */
function text(next, isHan) {
  const length = 30 + Math.floor(next() * 60);
  let line = "";
  while (line.length < length) {
    if (isHan) line += HAN[Math.floor(next() * HAN.length)];
    else line += (line === "" ? "" : " ") + LATIN[Math.floor(next() * LATIN.length)];
  }
  return isHan ? line.slice(0, Math.ceil(length / 2)) : line;
}

const idOf = (i) => (i % GROUP_EVERY === 4 ? `@TGS#g${String(i).padStart(7, "0")}` : `user${String(i).padStart(7, "0")}`);
const typeOf = (i) => (i % GROUP_EVERY === 4 ? 2 : 1);
const nameOf = (i) => (i % 2 === 0 ? `Customer number ${i} of the shop` : `客户服务第${i}号联系人`);

/** message makes a Message of conversation i; n tells the messages apart. */
function message(i, n, time, next) {
  const [id, type] = [idOf(i), typeOf(i)];
  const sender = type === 2 ? `member${n % 50}` : id;
  const rand = Math.floor(next() * 2 ** 31);
  return {
    message_client_time: time,
    message_cloud_custom_str: "",
    message_conv_id: id,
    message_conv_type: type,
    message_custom_int: 0,
    message_custom_str: "",
    message_elem_array: [{ elem_type: 0, text_elem_content: text(next, i % 2 === 1) }],
    message_is_from_self: false,
    message_is_online_msg: false,
    message_is_peer_read: false,
    message_is_read: false,
    message_msg_id: `${sender}-${time}-${rand}-${n}`,
    message_platform: 1 + Math.floor(next() * 4),
    message_priority: 1,
    message_rand: rand,
    message_sender: sender,
    message_sender_profile: {
      user_profile_add_permission: 1,
      user_profile_birthday: 0,
      user_profile_custom_string_array: [],
      user_profile_face_url: `https://img.example.com/face/${sender}/large.png`,
      user_profile_gender: 0,
      user_profile_identifier: sender,
      user_profile_language: 0,
      user_profile_level: 0,
      user_profile_location: "",
      user_profile_nick_name: type === 2 ? `Member ${n % 50}` : nameOf(i),
      user_profile_role: 0,
      user_profile_self_signature: "",
    },
    message_seq: type === 2 ? 1000 + n : 15840 + (n % 1000),
    message_server_time: time,
    message_status: 2,
    message_unique_id: 2 ** 52 + i * 64 + (n % 64),
  };
}

/**
 * seeded makes what a store is filled with before anything is measured:
 * {messages, groups, pins, drafts}. The messages are one per conversation, in no
 * order of time; three of ten are read.
 */
export function seeded(size) {
  const next = random(SEED);
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const messages = order.map((at, i) => {
    const made = message(i, 0, FIRST + at * 10, next);
    made.message_is_read = next() < 0.3;
    return made;
  });
  const some = (every, offset) => Array.from({ length: Math.floor(size / every) }, (_, k) => k * every + offset);
  return {
    messages,
    groups: some(GROUP_EVERY, 4).map((i) => ({ conv_id: idOf(i), conv_type: 2, conv_show_name: nameOf(i), conv_group_type: 0 })),
    pins: some(Math.floor(size / PINNED), 7).map((i) => ({ id: idOf(i), type: typeOf(i) })),
    drafts: some(DRAFT_EVERY, 11).map((i, k) => ({ id: idOf(i), type: typeOf(i), key: DRAFT_KEY + k, draft: draft(i) })),
  };
}

/** draft makes a Draft object. */
export function draft(i) {
  return {
    draft_edit_time: FIRST + i,
    draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: `草稿 draft number ${i}` }] },
    draft_user_define: "",
  };
}

/**
 * arriving makes count messages that arrive, a second apart, over size seeded
 * conversations: four of five in a few busy ones, one of a hundred in a new
 * conversation, and one of fifty a second time. Rounds follow each other in time.
 */
export function arriving(size, round, count) {
  const next = random(SEED + 1 + round);
  const start = FIRST + 10 * size + 1000 + round * 100_000;
  const made = [];
  for (let n = 0; n < count; n++) {
    const draw = next();
    if (draw < 0.02 && made.length > 0) {
      made.push(made[Math.floor(next() * made.length)]);
      continue;
    }
    let at = Math.floor(next() * size);
    if (draw > 0.2) at = Math.floor(next() * Math.min(HOT, size));
    else if (draw < 0.03) at = size + round * 10_000 + n;
    made.push(message(at, 1 + round * 100_000 + n, start + n, next));
  }
  return made;
}

/** talk makes count messages of conversation i, a second apart, behind all that is seeded. */
export function talk(size, i, count) {
  const next = random(SEED - 1);
  return Array.from({ length: count }, (_, n) => message(i, 1 + n, FIRST + 10 * size + 500 + n, next));
}

/** digest tells lists apart by what must be equal in them: a number and two totals. */
export function digest(rows) {
  let hash = 0x811c9dc5;
  let unread = 0;
  for (const row of rows) {
    const line = `${row.conv_id} ${row.conv_type} ${row.conv_unread_num} ${row.conv_is_pinned} ${row.conv_show_name} `
      + `${row.conv_is_has_draft} ${row.conv_last_msg?.message_msg_id} ${row.conv_last_msg?.message_elem_array[0].text_elem_content}`;
    for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193);
    unread += row.conv_unread_num;
  }
  return `${rows.length} rows, ${unread} unread, ${(hash >>> 0).toString(16)}`;
}
