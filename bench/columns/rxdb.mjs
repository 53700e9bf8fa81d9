// RxDB on its Dexie storage: documents that hold a ConvInfo or a Message. It has
// no transaction over two collections: messages are inserted first, then rows.
import { createRxDatabase } from "rxdb/plugins/core";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { convKey, drafted, keyOf, pinned, received, seededRows } from "../rules.mjs";
import { Queue, inBatches } from "./idb.mjs";

const key = { type: "string", maxLength: 120 };
const convSchema = {
  version: 0, primaryKey: "key", type: "object", required: ["key", "order", "row"], indexes: ["order"],
  properties: { key, order: { type: "number", minimum: 0, maximum: 9e15, multipleOf: 1 }, row: { type: "object", additionalProperties: true } },
};
const messageSchema = {
  version: 0, primaryKey: "key", type: "object", required: ["key", "message"],
  properties: { key, message: { type: "object", additionalProperties: true } },
};

/** open opens the store: {durability}. */
export async function open({ durability }) {
  const storage = getRxStorageDexie({ chromeTransactionDurability: durability });
  const db = await createRxDatabase({ name: "rxdb", storage, multiInstance: false });
  await db.addCollections({ convs: { schema: convSchema }, messages: { schema: messageSchema } });
  return new Store(db);
}

const convDoc = (row) => ({ key: keyOf(row), order: row.conv_active_time, row });
const messageDoc = (message) => ({ key: message.message_msg_id, message });
const rowsOf = (docs) => docs.map((doc) => doc.toJSON().row);

class Store {
  #db;
  #queue = new Queue((operations) => this.#commit(operations));

  constructor(db) {
    this.#db = db;
  }

  async seed(data) {
    await inBatches(seededRows(data), 1000, (some) => written(this.#db.convs.bulkInsert(some.map(convDoc))));
    await inBatches(data.messages, 1000, (some) => written(this.#db.messages.bulkInsert(some.map(messageDoc))));
  }

  async list() {
    return rowsOf(await this.#db.convs.find({ sort: [{ order: "desc" }] }).exec());
  }

  objects(rows) {
    return rows;
  }

  text(rows) {
    return JSON.stringify(rows);
  }

  async first(count) {
    return rowsOf(await this.#db.convs.find({ sort: [{ order: "desc" }], limit: count }).exec());
  }

  async unread() {
    return (await this.list()).reduce((sum, row) => sum + row.conv_unread_num, 0);
  }

  async byIDs(ids) {
    const keys = ids.map(({ id, type }) => convKey(type, id));
    const found = await this.#db.convs.findByIds(keys).exec();
    return keys.map((at) => found.get(at).toJSON().row);
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

  async #commit(operations) {
    const all = new Map();
    for (const m of operations.flatMap((operation) => operation.messages)) if (!all.has(m.message_msg_id)) all.set(m.message_msg_id, m);
    const docs = [...all.values()].map(messageDoc);
    const { success, error } = docs.length === 0 ? { success: [], error: [] } : await this.#db.messages.bulkInsert(docs);
    if (error.some(({ status }) => status !== 409)) throw new Error("a message could not be inserted");
    const fresh = new Set(success.map((doc) => doc.primary));
    const keys = [...new Set(operations.flatMap((o) => (o.key === null ? o.messages.map((m) => convKey(m.message_conv_type, m.message_conv_id)) : [o.key])))];
    const rows = new Map([...await this.#db.convs.findByIds(keys).exec()].map(([at, doc]) => [at, doc.toJSON().row]));
    for (const { messages, key: at, change } of operations) {
      if (change !== null) rows.set(at, change(rows.get(at)));
      for (const m of messages) {
        if (!fresh.delete(m.message_msg_id)) continue;
        const of = convKey(m.message_conv_type, m.message_conv_id);
        rows.set(of, received(rows.get(of), m));
      }
    }
    await written(this.#db.convs.bulkUpsert([...rows.values()].map(convDoc)));
  }
}

/** written fails if any of the documents could not be. */
async function written(writing) {
  const { error } = await writing;
  if (error.length > 0) throw new Error(`${error.length} documents could not be written`);
}
