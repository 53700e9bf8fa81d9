// The hand-written alternative: rows in a Map kept sorted, over raw IndexedDB.
// One record for each conversation and each message, as objects. Messages known
// by their id count once. Tabs follow each other: a revision is read in each
// transaction, and where another tab has moved it, the rows concerned are read
// again; committed rows are broadcast.
import { convKey, drafted, pinned, received, seededRows } from "../rules.mjs";
import { Queue, answer, complete, inBatches, openDatabase } from "./idb.mjs";
import { Rows } from "./rows.mjs";

const NAME = "handwritten";

function upgrade(db) {
  db.createObjectStore("convs").createIndex("order", "conv_active_time");
  db.createObjectStore("messages", { keyPath: "message_msg_id" })
    .createIndex("history", ["message_conv_type", "message_conv_id", "message_server_time"]);
  db.createObjectStore("meta");
}

/** open opens the store: {durability}. */
export async function open({ durability }) {
  return new Store(await openDatabase(NAME, upgrade), durability);
}

class Store {
  #db;
  #durability;
  #rows = new Rows();
  #rev = 0;
  #revs = new Map(); // of rows: broadcasts of several tabs come in any order
  #queue = new Queue((operations) => this.#commit(operations));
  #channel = new BroadcastChannel(NAME);
  #loaded = null;
  #look = () => {}; // at what is watched

  constructor(db, durability) {
    this.#db = db;
    this.#durability = durability;
    this.#channel.onmessage = ({ data }) => this.#follow(data);
  }

  async seed(data) {
    const rows = seededRows(data);
    await inBatches(rows, 2000, (some) => {
      const tx = this.#write("convs");
      for (const row of some) tx.objectStore("convs").put(row, convKey(row.conv_type, row.conv_id));
      return complete(tx);
    });
    await inBatches(data.messages, 2000, (some) => {
      const tx = this.#write("messages");
      for (const m of some) tx.objectStore("messages").put(m);
      return complete(tx);
    });
  }

  /** list resolves with all rows in order, of the store's own. */
  async list() {
    await this.#load();
    return this.#rows.list();
  }

  objects(rows) {
    return rows;
  }

  text(rows) {
    return JSON.stringify(rows);
  }

  /** first resolves with the first rows; before the list has been loaded, by the index. */
  async first(count) {
    if (this.#loaded !== null) {
      await this.#loaded;
      return this.#rows.first(count);
    }
    return answer(this.#db.transaction("convs").objectStore("convs").index("order").getAll({ direction: "prev", count }));
  }

  async unread() {
    await this.#load();
    return this.#rows.unread;
  }

  async byIDs(ids) {
    await this.#load();
    return ids.map(({ id, type }) => this.#rows.get(convKey(type, id)));
  }

  /** take resolves when the messages, a JSON array, are durable. */
  take(json) {
    return this.#queue.add({ messages: JSON.parse(json), key: null, change: null });
  }

  pin(id, type, on) {
    return this.#change(id, type, (row) => pinned(row, on));
  }

  draft(id, type, json) {
    return this.#change(id, type, (row) => drafted(row, JSON.parse(json), Date.now()));
  }

  /** history resolves with a page of messages, those before one if it is given, the newest first. */
  history(id, type, count, before) {
    const range = IDBKeyRange.bound([type, id], [type, id, before?.message_server_time ?? Infinity], false, before !== undefined);
    return answer(this.#db.transaction("messages").objectStore("messages").index("history").getAll({ query: range, direction: "prev", count }));
  }

  revoke(m) {
    return this.#alter(m, (messages) => messages.put({ ...m, message_status: 6 }));
  }

  remove(m) {
    return this.#alter(m, (messages) => messages.delete(m.message_msg_id));
  }

  /** #alter changes a message that is neither the last one nor read. */
  #alter(m, change) {
    const key = convKey(m.message_conv_type, m.message_conv_id);
    return this.#queue.add({ messages: [], key, alter: change, change: (row) => ({ ...row, conv_unread_num: row.conv_unread_num - 1 }) });
  }

  /** readElsewhere takes in up to where another device has read: messages, of a conversation each. */
  readElsewhere(messages) {
    return Promise.all(messages.map(async (m) => {
      const [type, id] = [m.message_conv_type, m.message_conv_id];
      const behind = IDBKeyRange.bound([type, id, m.message_server_time], [type, id, Infinity], true);
      const left = await answer(this.#db.transaction("messages").objectStore("messages").index("history").getAll(behind));
      const unread = left.filter((other) => !other.message_is_from_self && !other.message_is_read).length;
      return this.#change(id, type, (row) => ({ ...row, conv_unread_num: unread }));
    }));
  }

  /** watch has show(rows) called with the rows of a part of the list; it returns a function that takes another part. */
  watch(show) {
    let [from, count, rows] = [0, 0, []];
    this.#look = () => {
      const now = this.#rows.list().slice(from, from + count);
      if (now.length === rows.length && now.every((row, i) => row === rows[i])) return;
      rows = now;
      show(rows);
    };
    return async (otherFrom, otherCount) => {
      await this.#load();
      [from, count] = [otherFrom, otherCount];
      this.#look();
    };
  }

  deleteAll(keys) {
    return Promise.all(keys.map((key) => this.#queue.add({
      messages: [], key, change: () => undefined,
      alter: (messages) => {
        const [type, id] = key.startsWith("group_") ? [2, key.slice(6)] : [1, key.slice(4)];
        const request = messages.index("history").getAllKeys(IDBKeyRange.bound([type, id], [type, id, Infinity]));
        return answer(request).then((ids) => { for (const one of ids) messages.delete(one); });
      },
    })));
  }

  #change(id, type, change) {
    return this.#queue.add({ messages: [], key: convKey(type, id), change });
  }

  #write(...stores) {
    return this.#db.transaction(stores, "readwrite", { durability: this.#durability });
  }

  #load() {
    this.#loaded ??= (async () => {
      const tx = this.#db.transaction(["convs", "meta"]);
      const rev = answer(tx.objectStore("meta").get("rev"));
      this.#rows.fill(await answer(tx.objectStore("convs").getAll()));
      this.#rev = await rev ?? 0;
    })();
    return this.#loaded;
  }

  async #commit(operations) {
    await this.#load();
    const tx = this.#write("convs", "messages", "meta");
    const done = complete(tx);
    const rev = answer(tx.objectStore("meta").get("rev"));
    const fresh = addMessages(tx.objectStore("messages"), operations);
    const before = await rev ?? 0;
    const stage = await this.#stage(tx, operations, before);
    await fresh.settled;
    for (const operation of operations) {
      for (const m of operation.messages) {
        if (!fresh.has(m)) continue;
        const key = convKey(m.message_conv_type, m.message_conv_id);
        stage.set(key, received(stage.get(key), m));
      }
      if (operation.change !== null) stage.set(operation.key, operation.change(stage.get(operation.key)));
    }
    await Promise.all(operations.map((operation) => operation.alter?.(tx.objectStore("messages"))).filter((made) => made instanceof Promise));
    for (const [key, row] of stage.changed) {
      if (row === undefined) tx.objectStore("convs").delete(key);
      else tx.objectStore("convs").put(row, key);
    }
    tx.objectStore("meta").put(before + 1, "rev");
    tx.commit();
    await done;
    const changed = [...stage.changed];
    this.#take(changed, before + 1);
    if (this.#rev === before) this.#rev = before + 1;
    this.#channel.postMessage({ rev: before + 1, rows: changed });
  }

  /** #stage gives the rows as they are stored, under those that the transaction changes. */
  async #stage(tx, operations, rev) {
    const stored = new Map();
    if (rev !== this.#rev) {
      const keys = new Set(operations.flatMap((o) => [
        ...o.messages.map((m) => convKey(m.message_conv_type, m.message_conv_id)), ...(o.key === null ? [] : [o.key])]));
      const convs = tx.objectStore("convs");
      await Promise.all([...keys].map(async (key) => stored.set(key, await answer(convs.get(key)))));
    }
    const changed = new Map();
    return {
      changed,
      get: (key) => (changed.has(key) ? changed.get(key) : stored.has(key) ? stored.get(key) : this.#rows.get(key)),
      set: (key, row) => changed.set(key, row),
    };
  }

  #follow({ rev, rows }) {
    if (this.#loaded === null) return;
    this.#take(rows, rev);
    if (rev === this.#rev + 1) this.#rev = rev;
  }

  #take(rows, rev) {
    for (const [key, row] of rows) {
      if (rev < (this.#revs.get(key) ?? 0)) continue;
      this.#revs.set(key, rev);
      if (row === undefined) this.#rows.delete(key);
      else this.#rows.set(row);
    }
    this.#look();
  }
}

/** addMessages adds all that are not known; settled when that is clear for all. */
function addMessages(store, operations) {
  const known = new Set();
  let left = 1;
  let settle, fail;
  const settled = new Promise((resolve, reject) => { [settle, fail] = [resolve, reject]; });
  const oneLess = () => { if (--left === 0) settle(); };
  for (const { messages } of operations) {
    for (const m of messages) {
      left++;
      const request = store.add(m);
      request.onsuccess = oneLess;
      request.onerror = (event) => {
        if (request.error.name !== "ConstraintError") return fail(request.error);
        event.preventDefault(); // the transaction goes on
        event.stopPropagation();
        known.add(m);
        oneLess();
      };
    }
  }
  oneLess();
  return { settled, has: (m) => !known.has(m) };
}
