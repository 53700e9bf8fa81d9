// Dexie: tables of objects, an index on the order, messages known by their id.
import Dexie from "dexie";
import { byOrder, convKey, drafted, keyOf, pinned, received, seededRows } from "../rules.mjs";
import { Queue, inBatches } from "./idb.mjs";

/** open opens the store: {durability}. */
export async function open({ durability }) {
  const db = new Dexie("dexie", { chromeTransactionDurability: durability });
  db.version(1).stores({ convs: ", conv_active_time, conv_unread_num", messages: "message_msg_id, [message_conv_type+message_conv_id+message_server_time]" });
  await db.open();
  return new Store(db);
}

class Store {
  #db;
  #queue = new Queue((operations) => this.#commit(operations));

  constructor(db) {
    this.#db = db;
  }

  async seed(data) {
    const rows = seededRows(data);
    await inBatches(rows, 2000, (some) => this.#db.convs.bulkPut(some, some.map(keyOf)));
    await inBatches(data.messages, 2000, (some) => this.#db.messages.bulkPut(some));
  }

  async list() {
    return (await this.#db.convs.toArray()).sort(byOrder);
  }

  objects(rows) {
    return rows;
  }

  text(rows) {
    return JSON.stringify(rows);
  }

  first(count) {
    return this.#db.convs.orderBy("conv_active_time").reverse().limit(count).toArray();
  }

  /** unread adds up the index: an entry for each row that has any. */
  async unread() {
    const counts = await this.#db.convs.where("conv_unread_num").above(0).keys();
    return counts.reduce((sum, count) => sum + count, 0);
  }

  byIDs(ids) {
    return this.#db.convs.bulkGet(ids.map(({ id, type }) => convKey(type, id)));
  }

  take(json) {
    return this.#queue.add({ messages: JSON.parse(json), key: null, change: null });
  }

  pin(id, type, on) {
    return this.#queue.add({ messages: [], key: convKey(type, id), change: (row) => pinned(row, on) });
  }

  draft(id, type, json) {
    return this.#queue.add({ messages: [], key: convKey(type, id), change: (row) => drafted(row, JSON.parse(json), Date.now()) });
  }

  #commit(operations) {
    const { convs, messages } = this.#db;
    return this.#db.transaction("rw", convs, messages, async () => {
      const all = new Map();
      for (const m of operations.flatMap((operation) => operation.messages)) if (!all.has(m.message_msg_id)) all.set(m.message_msg_id, m);
      const ids = [...all.keys()];
      const known = ids.length === 0 ? [] : await messages.bulkGet(ids);
      const fresh = new Set(ids.filter((_, i) => known[i] === undefined));
      const keys = [...new Set(operations.flatMap((o) => (o.key === null ? o.messages.map((m) => convKey(m.message_conv_type, m.message_conv_id)) : [o.key])))];
      const rows = new Map((await convs.bulkGet(keys)).map((row, i) => [keys[i], row]));
      for (const { messages: came, key, change } of operations) {
        if (change !== null) rows.set(key, change(rows.get(key)));
        for (const m of came) {
          if (!fresh.delete(m.message_msg_id)) continue;
          const at = convKey(m.message_conv_type, m.message_conv_id);
          rows.set(at, received(rows.get(at), m));
        }
      }
      if (ids.length > 0) await messages.bulkPut(ids.filter((_, i) => known[i] === undefined).map((id) => all.get(id)));
      await convs.bulkPut([...rows.values()].filter((row) => row !== undefined), keys.filter((key) => rows.get(key) !== undefined));
    });
  }
}
