// The demo's network: a BroadcastChannel between the tabs of this browser. A tab
// that is logged in as somebody gets what others write to that one, or to any
// group. There is no server, so the sender's tab gives time, sequence and id,
// and what nobody's tab is open for is lost.
import { keyOf } from "./keys.js";
import { call, info, loginUserID, on } from "./tim-client.js";

const delay = 250; // ms that the network takes
const errNetwork = 9508;
const errNotLoggedIn = 6014;
const epoch = Date.UTC(2025, 0); // sequences are milliseconds from here on

/** isPacket tells whether that is what #post posts: any page of this origin may post here. What a body says the core judges. */
const isPacket = (data) => typeof data?.from === "string" && typeof data.id === "string" && (data.type === 1 || data.type === 2)
  && data.body !== null && typeof data.body === "object" && (data.about === undefined || (data.about !== null && typeof data.about === "object"));

export class Transport {
  #channel = new BroadcastChannel("timconv-demo-network");
  #offline = false;
  #held = []; // what came while offline
  #unsent = []; // what is to be told when it is over

  constructor() {
    this.#channel.addEventListener("message", ({ data }) => this.#arrived(data));
  }

  /** listen registers the handler of TIMMsgSendMessage. */
  listen() {
    on("TIMSetMsgSendHandler", (json, done) => this.#send(JSON.parse(json), done));
  }

  get offline() {
    return this.#offline;
  }

  set offline(offline) {
    this.#offline = offline;
    if (offline) return;
    for (const data of this.#unsent.splice(0)) this.#channel.postMessage(data);
    for (const data of this.#held.splice(0)) this.#take(data);
  }

  /** revoked tells the others that a message of one's own is revoked. */
  revoked(message) {
    this.#post("revoke", message.message_conv_id, message.message_conv_type, {
      message_locator_seq: message.message_seq, message_locator_rand: message.message_rand,
      message_locator_time: message.message_server_time, message_locator_is_revoked: true,
      message_revoker_user_id: loginUserID(),
    });
  }

  /** read tells the one who wrote that everything up to a second is read. */
  read(conv) {
    const time = Number(conv.conv_last_msg?.message_server_time) || 0;
    if (conv.conv_type === 1 && time > 0) this.#post("read", conv.conv_id, 1, { msg_receipt_time_stamp: time });
  }

  async #send(message, done) {
    await new Promise((resolve) => { setTimeout(resolve, delay); });
    const from = loginUserID();
    if (from === "") return done(errNotLoggedIn, "nobody is logged in here", "");
    if (this.#offline) return done(errNetwork, "this tab is offline", "");
    const { message_conv_id: id, message_conv_type: type, message_client_time: clientTime, message_rand: rand } = message;
    const conv = await info(keyOf(type, id));
    const server = {
      message_server_time: Math.floor(Date.now() / 1000),
      message_seq: Math.max(Date.now() - epoch, (Number(conv?.conv_last_msg?.message_seq) || 0) + 1),
      message_msg_id: `network-${from}-${clientTime}-${rand}`,
    };
    this.#post("message", id, type, {
      ...server, message_client_time: clientTime, message_rand: rand, message_sender: from, message_status: 2,
      message_sender_profile: { user_profile_identifier: from, user_profile_nick_name: from },
      message_elem_array: message.message_elem_array,
    }, type === 2 ? { conv_show_name: conv?.conv_show_name, conv_face_url: conv?.conv_face_url } : undefined);
    return done(0, "OK", JSON.stringify(server));
  }

  #post(kind, id, type, body, about) {
    const data = { kind, id, type, from: loginUserID(), body, about };
    if (data.from === "") return;
    if (this.#offline) this.#unsent.push(data);
    else this.#channel.postMessage(data);
  }

  #arrived(data) {
    if (!isPacket(data)) return;
    if (this.#offline) this.#held.push(data);
    else this.#take(data);
  }

  /** #take hands what has come to the core, if it is for the one logged in here. */
  async #take({ kind, id, type, from, body, about }) {
    const user = loginUserID();
    // One's own other tabs have the same database, and need nothing.
    if (user === "" || from === user || (type === 1 && id !== user)) return;
    const convID = type === 1 ? from : id;
    if (kind === "message") {
      if (about !== undefined && await info(keyOf(type, convID)) === undefined) await call("TIMRecvConvUpdate", JSON.stringify([{ conv_id: convID, conv_type: type, ...about }]));
      await call("TIMRecvNewMsg", JSON.stringify([{ ...body, message_conv_id: convID, message_conv_type: type, message_is_from_self: false }]));
    } else if (kind === "revoke") {
      await call("TIMRecvMsgRevoke", JSON.stringify([{ ...body, message_locator_conv_id: convID, message_locator_conv_type: type }]));
    } else if (kind === "read") {
      await call("TIMRecvMsgReadedReceipt", JSON.stringify([{ ...body, msg_receipt_conv_id: convID, msg_receipt_conv_type: type }]));
    }
  }
}
