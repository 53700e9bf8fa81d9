// timconv, through its public functions alone.
import * as tim from "../../web/tim.js";

/** open starts the module: {durability}. */
export async function open({ durability }) {
  const TIM = await tim.loadTIM({ config: { durability } });
  return new Store(TIM);
}

/** firstPaint resolves with the rows that are shown before the module starts, where the loader can. */
export const firstPaint = tim.firstPaint === undefined ? undefined : () => tim.firstPaint({});

/** firstList resolves with all rows, before the module starts. */
export const firstList = () => tim.firstList({});

/** call resolves with the JSON of a call that has succeeded. */
function call(TIM, name, ...args) {
  return new Promise((resolve, reject) => {
    const done = (code, desc, json) => (code === 0 ? resolve(json) : reject(new Error(`${name}: ${code} ${desc}`)));
    const ret = TIM[name](...args, done, null);
    if (ret !== 0) reject(new Error(`${name} returned ${ret}`));
  });
}

class Store {
  #TIM;

  constructor(TIM) {
    this.#TIM = TIM;
  }

  async seed({ messages, groups, pins, drafts }) {
    for (let i = 0; i < messages.length; i += 1000) {
      await call(this.#TIM, "TIMRecvNewMsg", JSON.stringify(messages.slice(i, i + 1000)));
    }
    for (let i = 0; i < groups.length; i += 1000) {
      await call(this.#TIM, "TIMRecvConvUpdate", JSON.stringify(groups.slice(i, i + 1000)));
    }
    for (const { id, type, draft } of drafts) await this.draft(id, type, JSON.stringify(draft));
    for (const { id, type } of pins) await this.pin(id, type, true);
  }

  /** list resolves with all rows in order, as JSON. */
  list() {
    return call(this.#TIM, "TIMConvGetConvList");
  }

  objects(json) {
    return JSON.parse(json);
  }

  text(json) {
    return json;
  }

  async first(count) {
    const json = await call(this.#TIM, "TIMConvGetConversationListByFilter", "{}", 0, count);
    return JSON.parse(json).conversation_list_result_conv_list;
  }

  async unread() {
    const json = await call(this.#TIM, "TIMConvGetTotalUnreadMessageCount");
    return JSON.parse(json).conv_get_total_unread_message_count_result_unread_count;
  }

  async byIDs(ids) {
    const asked = ids.map(({ id, type }) => ({ get_conversation_list_param_conv_id: id, get_conversation_list_param_conv_type: type }));
    return JSON.parse(await call(this.#TIM, "TIMConvGetConvInfo", JSON.stringify(asked)));
  }

  /** take resolves when the messages, a JSON array, are durable. */
  take(json) {
    return call(this.#TIM, "TIMRecvNewMsg", json);
  }

  pin(id, type, on) {
    return call(this.#TIM, "TIMConvPinConversation", id, type, on);
  }

  /** history resolves with a page of messages, those before one if it is given, the newest first. */
  async history(id, type, count, before) {
    const asked = { msg_getmsglist_param_count: count, ...(before && { msg_getmsglist_param_last_msg: before }) };
    return JSON.parse(await call(this.#TIM, "TIMMsgGetMsgList", id, type, JSON.stringify(asked)));
  }

  revoke(m) {
    return call(this.#TIM, "TIMRecvMsgRevoke", JSON.stringify([{ message_msg_id: m.message_msg_id, message_locator_conv_id: m.message_conv_id, message_locator_conv_type: m.message_conv_type }]));
  }

  remove(m) {
    return call(this.#TIM, "TIMMsgDelete", m.message_conv_id, m.message_conv_type, JSON.stringify({ msg_delete_param_msg: m }));
  }

  /** readElsewhere takes in up to where another device has read: messages, of a conversation each. */
  readElsewhere(messages) {
    return call(this.#TIM, "TIMRecvConvUpdate", JSON.stringify(messages.map((m) => ({
      conv_id: m.message_conv_id, conv_type: m.message_conv_type,
      ...(m.message_conv_type === 1 ? { conv_c2c_read_timestamp: m.message_server_time } : { conv_group_read_sequence: m.message_seq }),
    }))));
  }

  /** watch has show(rows) called with the rows of a part of the list; it returns a function that takes another part. */
  watch(show) {
    const rows = [];
    const told = (json) => {
      const { reset, ops } = JSON.parse(json);
      if (reset) rows.length = 0;
      for (const { op, index, from, conv } of ops) {
        if (op === "insert") rows.splice(index, 0, conv);
        else if (op === "move") rows.splice(index, 0, ...rows.splice(from, 1));
        else if (op === "remove") rows.splice(index, 1);
        else rows[index] = conv;
      }
      show(rows);
    };
    return (from, count) => {
      const ret = this.#TIM.TIMConvSubscribeList(JSON.stringify({ id: "bench", from, count }), told, null);
      if (ret !== 0) throw new Error(`TIMConvSubscribeList returned ${ret}`);
    };
  }

  deleteAll(keys) {
    return call(this.#TIM, "TIMConvDeleteConversationList", JSON.stringify(keys), true);
  }

  /** draftNow sets a draft and returns when the call does. */
  draftNow(id, type, json) {
    const ret = this.#TIM.TIMConvSetDraft(id, type, json);
    if (ret !== 0) throw new Error(`TIMConvSetDraft returned ${ret}`);
  }

  draft(id, type, json) {
    this.draftNow(id, type, json);
    return this.take("[]");
  }
}
