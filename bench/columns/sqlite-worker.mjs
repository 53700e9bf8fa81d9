// SQLite in a worker: wa-sqlite on IndexedDB or on the origin's private files.
import * as SQLite from "wa-sqlite";
import { convKey, drafted, keyOf, pinned, received, seededRows } from "../rules.mjs";
import { Queue, inBatches } from "./idb.mjs";

const schema = `
  CREATE TABLE IF NOT EXISTS convs (key TEXT PRIMARY KEY, active INTEGER NOT NULL, unread INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS convs_order ON convs (active DESC);
  CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, conv TEXT NOT NULL, time INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS history ON messages (conv, time);`;

const putRow = "INSERT OR REPLACE INTO convs (key, active, unread, json) VALUES (?, ?, ?, ?)";
const addMessage = "INSERT OR IGNORE INTO messages (id, conv, time, json) VALUES (?, ?, ?, ?)";

const messageKey = (m) => convKey(m.message_conv_type, m.message_conv_id);

/** serve answers what the page posts, with the store that open makes: ({durability}) -> {module, vfs, file, pageSize, synchronous}. */
export function serve(open) {
  const durability = new URL(self.location.href).searchParams.get("durability");
  const opened = open({ durability }).then(Store.open);
  opened.then(() => self.postMessage({ id: 0 }), (err) => self.postMessage({ id: 0, error: String(err) }));
  self.onmessage = async ({ data: { id, method, given } }) => {
    try {
      const store = await opened;
      self.postMessage({ id, result: await store[method](...given) });
    } catch (err) {
      self.postMessage({ id, error: String(err?.stack ?? err) });
    }
  };
}

class Store {
  #sqlite;
  #db;
  #statements = new Map();
  #lock = Promise.resolve(); // SQLite does one thing at a time
  #queue = new Queue((operations) => this.#alone(() => this.#commit(operations)));

  static async open({ module, vfs, file, pageSize, synchronous }) {
    const store = new Store();
    store.#sqlite = SQLite.Factory(module);
    store.#sqlite.vfs_register(vfs, true);
    store.#db = await store.#sqlite.open_v2(file);
    await store.#sqlite.exec(store.#db, `PRAGMA page_size=${pageSize}; PRAGMA locking_mode=exclusive; PRAGMA journal_mode=truncate; PRAGMA synchronous=${synchronous}; PRAGMA cache_size=-65536;`);
    await store.#sqlite.exec(store.#db, schema);
    return store;
  }

  #alone(use) {
    const result = this.#lock.then(use);
    this.#lock = result.catch(() => {});
    return result;
  }

  /** #query runs a statement and resolves with its rows. */
  async #query(sql, values = []) {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      const text = this.#sqlite.str_new(this.#db, sql);
      ({ stmt: statement } = await this.#sqlite.prepare_v2(this.#db, this.#sqlite.str_value(text)));
      this.#statements.set(sql, statement);
    }
    if (values.length > 0) this.#sqlite.bind_collection(statement, values);
    const rows = [];
    while (await this.#sqlite.step(statement) === SQLite.SQLITE_ROW) rows.push(this.#sqlite.row(statement));
    await this.#sqlite.reset(statement);
    return rows;
  }

  async #transaction(use) {
    await this.#query("BEGIN IMMEDIATE");
    try {
      await use();
      await this.#query("COMMIT");
    } catch (err) {
      await this.#query("ROLLBACK");
      throw err;
    }
  }

  #put(row) {
    return this.#query(putRow, [keyOf(row), row.conv_active_time, row.conv_unread_num, JSON.stringify(row)]);
  }

  async seed(data) {
    await inBatches(seededRows(data), 5000, (some) => this.#transaction(async () => { for (const row of some) await this.#put(row); }));
    await inBatches(data.messages, 5000, (some) => this.#transaction(async () => {
      for (const m of some) await this.#query(addMessage, [m.message_msg_id, messageKey(m), m.message_server_time, JSON.stringify(m)]);
    }));
  }

  /** list resolves with the rows as one JSON array. */
  list() {
    return this.#json("SELECT json FROM convs ORDER BY active DESC");
  }

  first(count) {
    return this.#json("SELECT json FROM convs ORDER BY active DESC LIMIT ?", [count]);
  }

  #json(sql, values) {
    return this.#alone(async () => `[${(await this.#query(sql, values)).map(([json]) => json).join(",")}]`);
  }

  unread() {
    return this.#alone(async () => (await this.#query("SELECT sum(unread) FROM convs"))[0][0]);
  }

  byIDs(ids) {
    return this.#alone(async () => {
      const found = [];
      for (const { id, type } of ids) found.push((await this.#query("SELECT json FROM convs WHERE key = ?", [convKey(type, id)]))[0][0]);
      return `[${found.join(",")}]`;
    });
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
    return this.#transaction(async () => {
      const rows = new Map();
      const get = async (key) => {
        if (rows.has(key)) return rows.get(key);
        const [found] = await this.#query("SELECT json FROM convs WHERE key = ?", [key]);
        return found === undefined ? undefined : JSON.parse(found[0]);
      };
      for (const { messages, key, change } of operations) {
        if (change !== null) rows.set(key, change(await get(key)));
        for (const m of messages) {
          const at = messageKey(m);
          await this.#query(addMessage, [m.message_msg_id, at, m.message_server_time, JSON.stringify(m)]);
          if (this.#sqlite.changes(this.#db) === 0) continue;
          rows.set(at, received(await get(at), m));
        }
      }
      for (const row of rows.values()) await this.#put(row);
    });
  }
}

