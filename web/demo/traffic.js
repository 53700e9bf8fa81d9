// Live traffic: messages that arrive by themselves, at a rate.
import { ListWindow } from "./list-window.js";
import * as phrases from "./phrases.js";
import { call, loginUserID } from "./tim-client.js";

const allUsers = "__kImSDK_MessageAtALL__";
const mostAlive = 60; // rows from the top that messages go to
const busiest = 14; // most messages go to one of the first rows
const newcomers = 0.03; // share of messages that begin a conversation
const mostConversations = 500; // beyond which nobody new writes
const mostWaiting = 2000; // messages not answered yet, beyond which it waits

const pick = (from) => from[Math.floor(Math.random() * from.length)];
const chance = (share) => Math.random() < share;

export class Traffic {
  perSecond = 1;
  onRefused = () => {}; // called where nobody is logged in any more
  #top = new ListWindow("traffic"); // the conversations that messages go to
  #timer = 0;
  #last = 0;
  #due = 0; // messages due, with the fraction
  #waiting = 0;
  #seqs = new Map(); // group -> the last sequence used here

  constructor() {
    this.#top.show({ from: 0, count: mostAlive });
  }

  get running() {
    return this.#timer !== 0;
  }

  start() {
    if (this.running) return;
    this.#last = performance.now();
    this.#due = 0.9; // the first comes soon
    this.#top.open();
    this.#timer = setInterval(() => this.#tick(), 50);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#top.close();
  }

  /** restart goes on with the account that is open now. */
  restart() {
    if (!this.running) return;
    this.#top.close();
    this.#top.open();
  }

  #tick() {
    const now = performance.now();
    // A hidden tab's timers are slowed: it catches up one second at most.
    this.#due += Math.min(1, (now - this.#last) / 1000) * this.perSecond;
    this.#last = now;
    const count = Math.floor(this.#due);
    if (count === 0) return;
    this.#due -= count;
    if (this.#waiting > mostWaiting) return;
    this.#send(Array.from({ length: count }, () => this.#message()));
  }

  async #send(messages) {
    this.#waiting += messages.length;
    const { code } = await call("TIMRecvNewMsg", JSON.stringify(messages));
    this.#waiting -= messages.length;
    if (code === -1 || code === -2) this.onRefused();
  }

  #message() {
    const { rows, total } = this.#top;
    const isNew = rows.length === 0 || (total < mostConversations && chance(newcomers));
    if (isNew) return this.#from(newcomer());
    const at = Math.floor(chance(0.8) ? Math.random() ** 2 * busiest : Math.random() * rows.length);
    const conv = rows[Math.min(at, rows.length - 1)];
    return conv.conv_type === 2 ? this.#inGroup(conv) : this.#from({ id: conv.conv_id, nick: conv.conv_show_name });
  }

  #from({ id, nick }) {
    const own = chance(0.08);
    return complete({
      message_conv_id: id, message_conv_type: 1,
      message_sender: own ? loginUserID() || "me" : id,
      message_is_from_self: own,
      message_sender_profile: own ? undefined : { user_profile_identifier: id, user_profile_nick_name: nick },
    });
  }

  #inGroup(conv) {
    const [id, nick] = pick(phrases.people);
    const known = Math.max(Number(conv.conv_last_msg?.message_seq) || 0, this.#seqs.get(conv.conv_id) ?? 0);
    this.#seqs.set(conv.conv_id, known + 1);
    return complete({
      message_conv_id: conv.conv_id, message_conv_type: 2, message_seq: known + 1,
      message_sender: id, message_is_from_self: false,
      message_sender_profile: { user_profile_identifier: id, user_profile_nick_name: nick },
      ...mentioning(),
    });
  }
}

function newcomer() {
  const [id, nick] = pick(phrases.people);
  const number = 100 + Math.floor(Math.random() * 900);
  return chance(0.5) ? { id, nick } : { id: `${id}.${number}`, nick: `${nick} ${number}` };
}

/** mentioning gives some group messages a mention, of oneself or of everybody. */
function mentioning() {
  const self = loginUserID();
  if (chance(0.03)) return at([allUsers], `@all ${pick(phrases.everyone)}`);
  if (self !== "" && chance(0.05)) return at([self], `@${self} ${pick(phrases.questions)}`);
  return {};
}

function at(users, line) {
  return { message_group_at_user_array: users, message_elem_array: [{ elem_type: 0, text_elem_content: line }] };
}

/** complete fills in what every message has. */
function complete(message) {
  const time = Math.floor(Date.now() / 1000);
  const rand = Math.floor(Math.random() * 2 ** 31);
  return {
    message_client_time: time, message_server_time: time, message_rand: rand, message_status: 2,
    message_msg_id: `${message.message_sender}-${time}-${rand}`,
    message_elem_array: [element()],
    ...message,
  };
}

function element() {
  if (chance(0.04)) return { elem_type: 1, image_elem_orig_pic_width: 1280, image_elem_orig_pic_height: 960, image_elem_orig_pic_size: 412003 };
  if (chance(0.03)) return { elem_type: 6, face_elem_index: 1, face_elem_buf: pick(phrases.stickers) };
  if (chance(0.03)) return { elem_type: 2, sound_elem_file_time: 1 + Math.floor(Math.random() * 58), sound_elem_file_size: 9000 };
  if (chance(0.02)) {
    const [name, size] = pick(phrases.files);
    return { elem_type: 4, file_elem_file_name: name, file_elem_file_size: size };
  }
  return { elem_type: 0, text_elem_content: pick(chance(0.5) ? phrases.english : phrases.chinese) };
}
