// The groups of conversations: what the core has of them, and how many unread
// messages each holds, by subscription.
import { call, callNow, on } from "./tim-client.js";

const filterOf = (group) => JSON.stringify({ conversation_list_filter_conversation_group: group });

export class Groups {
  names = []; // in order of creation
  unread = new Map(); // name -> unread messages
  onChange = () => {};
  onRename = () => {}; // gets the old name and the new one

  /** listen follows what happens to groups, in this tab or another. */
  listen() {
    on("TIMSetConvConversationGroupCreatedCallback", () => this.read());
    on("TIMSetConvConversationGroupDeletedCallback", () => this.read());
    on("TIMSetConvConversationGroupNameChangedCallback", (before, name) => {
      callNow("TIMConvUnsubscribeUnreadMessageCountByFilter", filterOf(before));
      this.names = this.names.map((known) => (known === before ? name : known));
      this.unread.delete(before);
      this.onRename(before, name);
      this.read();
    });
    on("TIMSetConvUnreadMessageCountChangedByFilterCallback", (filter, count) => {
      const group = JSON.parse(filter).conversation_list_filter_conversation_group;
      if (!this.names.includes(group)) return;
      this.unread.set(group, count);
      this.onChange();
    });
  }

  /** forget drops everything: another account has come. */
  forget() {
    this.names = [];
    this.unread.clear();
  }

  /** read reads the groups of the account that is open, and subscribes to each. */
  async read() {
    const { code, json } = await call("TIMConvGetConversationGroupList");
    const names = code === 0 ? JSON.parse(json) : [];
    for (const gone of this.names.filter((name) => !names.includes(name))) {
      callNow("TIMConvUnsubscribeUnreadMessageCountByFilter", filterOf(gone));
      this.unread.delete(gone);
    }
    const fresh = names.filter((name) => !this.unread.has(name));
    this.names = names;
    // Subscribed first: no change after the count can be missed.
    await Promise.all(fresh.map((name) => this.#subscribe(name)));
    this.onChange();
  }

  async #subscribe(name) {
    const filter = filterOf(name);
    callNow("TIMConvSubscribeUnreadMessageCountByFilter", filter);
    const { code, json } = await call("TIMConvGetUnreadMessageCountByFilter", filter);
    if (code === 0) this.unread.set(name, JSON.parse(json).conv_get_total_unread_message_count_result_unread_count);
  }
}
