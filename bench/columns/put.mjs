// One put per message: a Map over raw IndexedDB that writes a conversation's
// record for each message and keeps no messages, knows none twice, and has no
// other tab. It does less than the others and is there as their upper bound.
import { convKey, received, seededRows } from "../rules.mjs";
import { Queue, answer, complete, inBatches, openDatabase } from "./idb.mjs";
import { Rows } from "./rows.mjs";

/** open opens the store: {durability}. */
export async function open({ durability }) {
  const db = await openDatabase("put", (made) => made.createObjectStore("convs"));
  return new Store(db, durability);
}

class Store {
  #db;
  #durability;
  #rows = new Rows();
  #queue = new Queue((lists) => this.#commit(lists));

  constructor(db, durability) {
    this.#db = db;
    this.#durability = durability;
  }

  seed(data) {
    return inBatches(seededRows(data), 2000, (some) => {
      const tx = this.#db.transaction("convs", "readwrite");
      for (const row of some) tx.objectStore("convs").put(row, convKey(row.conv_type, row.conv_id));
      return complete(tx);
    });
  }

  async list() {
    this.#rows.fill(await answer(this.#db.transaction("convs").objectStore("convs").getAll()));
    return this.#rows.list();
  }

  objects(rows) {
    return rows;
  }

  text(rows) {
    return JSON.stringify(rows);
  }

  /** take resolves when the rows of the messages, a JSON array, are durable. */
  take(json) {
    return this.#queue.add(JSON.parse(json));
  }

  #commit(lists) {
    const tx = this.#db.transaction("convs", "readwrite", { durability: this.#durability });
    for (const m of lists.flat()) {
      const key = convKey(m.message_conv_type, m.message_conv_id);
      const row = received(this.#rows.get(key), m);
      this.#rows.set(row);
      tx.objectStore("convs").put(row, key);
    }
    tx.commit();
    return complete(tx);
  }
}
