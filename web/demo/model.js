// The conversations of the account as the page knows them: read once as a list,
// then kept up by the events alone, which is also how this tab follows others.

/** keyOf names a conversation within the page. */
export const keyOf = (type, id) => `${type}:${id}`;

/**
 * compare sorts as the core does. conv_active_time has the pin in it, so it
 * alone decides; ties go by type, then id.
 */
export function compare(a, b) {
  return b.conv_active_time - a.conv_active_time || a.conv_type - b.conv_type ||
    (a.conv_id < b.conv_id ? -1 : a.conv_id > b.conv_id ? 1 : 0);
}

const sortAll = 200; // from so many changes on, sorting anew is cheaper than moving

export class Model {
  rows = []; // ConvInfo objects, in order
  #byKey = new Map();
  #pending = new Map(); // key -> ConvInfo, or null where it was deleted
  #replaced = false;
  #scheduled = null; // what calls the drawing off, while one is due
  #waiting = []; // who waits for it
  #listeners = [];

  /** onChange calls fn(changed keys, or null for everything), at most once per frame. */
  onChange(fn) {
    this.#listeners.push(fn);
  }

  get(key) {
    return this.#byKey.get(key);
  }

  /** reset replaces everything. */
  reset(list) {
    this.#byKey = new Map(list.map((conv) => [keyOf(conv.conv_type, conv.conv_id), conv]));
    this.rows = [...this.#byKey.values()].sort(compare);
    this.#pending.clear();
    this.#replaced = true;
    this.#schedule();
  }

  /** put takes in what was added or updated, remove what was deleted. */
  put(list) {
    for (const conv of list) this.#pending.set(keyOf(conv.conv_type, conv.conv_id), conv);
    this.#schedule();
  }

  remove(list) {
    for (const conv of list) this.#pending.set(keyOf(conv.conv_type, conv.conv_id), null);
    this.#schedule();
  }

  /** indexOf finds a conversation's place in rows, -1 without one. */
  indexOf(key) {
    const conv = this.#byKey.get(key);
    return conv === undefined ? -1 : this.#place(conv);
  }

  /** settled resolves when all that was put in so far can be seen in rows. */
  settled() {
    return this.#scheduled === null ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #schedule() {
    if (this.#scheduled !== null) return;
    // A tab behind another one gets few frames or none; it keeps up all the same.
    const frame = requestAnimationFrame(() => this.#flush());
    const timer = setTimeout(() => this.#flush(), 100);
    this.#scheduled = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }

  #flush() {
    this.#scheduled();
    this.#scheduled = null;
    const changes = this.#pending;
    const changed = this.#replaced ? null : new Set(changes.keys());
    this.#pending = new Map();
    this.#replaced = false;
    if (changes.size > sortAll) this.#applyAll(changes);
    else for (const [key, conv] of changes) this.#apply(key, conv);
    for (const fn of this.#listeners) fn(changed);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #apply(key, conv) {
    const before = this.#byKey.get(key);
    if (before !== undefined) this.rows.splice(this.#place(before), 1);
    if (conv === null) {
      this.#byKey.delete(key);
      return;
    }
    this.#byKey.set(key, conv);
    this.rows.splice(this.#place(conv), 0, conv);
  }

  #applyAll(changes) {
    for (const [key, conv] of changes) {
      if (conv === null) this.#byKey.delete(key);
      else this.#byKey.set(key, conv);
    }
    this.rows = [...this.#byKey.values()].sort(compare);
  }

  /** #place is where a conversation stands, or belongs. */
  #place(conv) {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.rows[middle], conv) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
