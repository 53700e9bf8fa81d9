// The stored messages of one conversation, page by page from the newest.
import { call } from "./tim-client.js";

const pageSize = 40;
const catchUp = 5; // pages read to find the way back to what is shown
const most = 400; // messages kept of a conversation that is only followed
const atOnce = 1000; // the most TIMMsgGetMsgList gives

export class History {
  messages = []; // oldest first
  finished = false; // there is nothing older
  onChange = () => {};
  #conv;
  #closed = false;
  #work = Promise.resolve(); // one thing after the other
  #due = ""; // "newest" or "all", while a reading waits for its turn

  constructor(conv) {
    this.#conv = conv;
  }

  /** close ends it: onChange is not called any more. */
  close() {
    this.#closed = true;
  }

  /** older reads the page above the oldest message. */
  older() {
    return this.#next(async () => {
      if (this.finished) return;
      const page = await this.#page(pageSize, this.messages[0]);
      if (page === null) return;
      this.finished = page.length < pageSize;
      this.messages = [...page, ...this.messages];
    });
  }

  /** refresh reads the newest messages anew; all, everything that is shown. */
  refresh({ all = false } = {}) {
    const isDue = this.#due !== "";
    if (all || !isDue) this.#due = all ? "all" : "newest";
    if (isDue) return this.#work;
    return this.#next(() => {
      const everything = this.#due === "all";
      this.#due = "";
      return everything ? this.#again() : this.#newest();
    });
  }

  /** trim lets go of old messages, where more are kept than one who looks at the newest needs. */
  trim() {
    if (this.messages.length <= most) return;
    this.messages = this.messages.slice(-most / 2);
    this.finished = false;
  }

  #next(step) {
    this.#work = this.#work.then(() => (this.#closed ? undefined : step())).then(() => {
      if (!this.#closed) this.onChange();
    });
    return this.#work;
  }

  /** #newest takes the newest page over, and what lies between it and the rest. */
  async #newest() {
    let page = await this.#page(pageSize);
    if (page === null) return;
    let ended = page.length < pageSize;
    for (let i = 0; i < catchUp && !ended && this.messages.length > 0 && this.#meets(page) < 0; i++) {
      const more = await this.#page(pageSize, page[0]);
      if (more === null) return;
      ended = more.length < pageSize;
      page = [...more, ...page];
    }
    const at = ended ? -1 : this.#meets(page);
    if (at < 0) this.finished = ended; // so much has come that what was shown is far above
    this.messages = [...this.messages.slice(0, Math.max(at, 0)), ...page];
  }

  /** #meets is where the page begins among the messages that are shown, or -1. */
  #meets(page) {
    const ids = new Set(page.map((m) => m.message_msg_id));
    return this.messages.findIndex((m) => ids.has(m.message_msg_id));
  }

  /** #again reads as many messages as are shown. */
  async #again() {
    const count = Math.max(this.messages.length, pageSize);
    let all = [];
    let ended = false;
    while (all.length < count && !ended) {
      const wanted = Math.min(count - all.length, atOnce);
      const page = await this.#page(wanted, all[0]);
      if (page === null) return;
      ended = page.length < wanted;
      all = [...page, ...all];
    }
    this.messages = all;
    this.finished = ended;
  }

  /** #page reads a page above a message, oldest first, or the newest one; null where that failed. */
  async #page(count, above) {
    const { code, json } = await call("TIMMsgGetMsgList", this.#conv.conv_id, this.#conv.conv_type, JSON.stringify({
      msg_getmsglist_param_last_msg: above === undefined ? {} : { message_msg_id: above.message_msg_id },
      msg_getmsglist_param_count: count,
    }));
    return code === 0 ? JSON.parse(json).reverse() : null;
  }
}
