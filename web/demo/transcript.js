// What this tab has seen arrive. Reading stored history comes with a later
// release; until then a conversation shows this, or its last message.
import { keyOf } from "./model.js";

const perConversation = 50;
const conversations = 300;

export class Transcript {
  #seen = new Map(); // key -> messages, oldest first

  /** add takes in messages and returns the keys of their conversations. */
  add(messages) {
    const keys = new Set();
    for (const message of messages) {
      const key = keyOf(message.message_conv_type, message.message_conv_id);
      const list = this.#seen.get(key) ?? [];
      list.push(message);
      if (list.length > perConversation) list.shift();
      this.#seen.delete(key); // to the end: the Map is in order of arrival
      this.#seen.set(key, list);
      keys.add(key);
    }
    for (const key of this.#seen.keys()) {
      if (this.#seen.size <= conversations) break;
      this.#seen.delete(key);
    }
    return keys;
  }

  forget(key) {
    this.#seen.delete(key);
  }

  clear() {
    this.#seen.clear();
  }

  /** of is what can be shown of a conversation, sorted by time. */
  of(conv) {
    const list = [...(this.#seen.get(keyOf(conv.conv_type, conv.conv_id)) ?? [])];
    const last = conv.conv_is_has_lastmsg ? conv.conv_last_msg : null;
    if (last !== null) {
      const at = list.findIndex((m) => m.message_msg_id === last.message_msg_id);
      if (at < 0) list.push(last);
      else list[at] = last;
    }
    const time = (m) => Number(m.message_server_time) || Number(m.message_client_time) || 0;
    return list.sort((a, b) => time(a) - time(b) || (Number(a.message_seq) || 0) - (Number(b.message_seq) || 0));
  }
}
