// Rows in memory, by key and in list order.
import { byOrder, keyOf } from "../rules.mjs";

export class Rows {
  #byKey = new Map();
  #sorted = [];
  unread = 0;

  /** fill takes all rows at once, in any order. */
  fill(rows) {
    this.#byKey = new Map();
    this.unread = 0;
    for (const row of rows) {
      this.#byKey.set(keyOf(row), row);
      this.unread += row.conv_unread_num;
    }
    this.#sorted = rows.sort(byOrder);
  }

  get(key) {
    return this.#byKey.get(key);
  }

  /** set puts a row in place of its predecessor. */
  set(row) {
    const key = keyOf(row);
    const old = this.#byKey.get(key);
    if (old === row) return;
    if (old !== undefined) {
      this.#sorted.splice(this.#place(old), 1);
      this.unread -= old.conv_unread_num;
    }
    this.#byKey.set(key, row);
    this.#sorted.splice(this.#place(row), 0, row);
    this.unread += row.conv_unread_num;
  }

  delete(key) {
    const old = this.#byKey.get(key);
    if (old === undefined) return;
    this.#sorted.splice(this.#place(old), 1);
    this.#byKey.delete(key);
    this.unread -= old.conv_unread_num;
  }

  /** list is all rows in order; it must not be changed. */
  list() {
    return this.#sorted;
  }

  first(count) {
    return this.#sorted.slice(0, count);
  }

  #place(row) {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byOrder(this.#sorted[middle], row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
