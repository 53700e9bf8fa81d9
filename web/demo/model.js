// The conversations of the account as the page knows them: read once as a list,
// then kept up by the events alone, which is also how this tab follows others.
import { Rows, keyOfConv } from "./rows.js";

export class Model {
  #all = new Rows();
  #pending = new Map(); // key -> ConvInfo, or null where it was deleted
  #replaced = false;
  #scheduled = null; // what calls the drawing off, while one is due
  #waiting = []; // who waits for it
  #listeners = [];

  /** rows are the ConvInfo objects, in order. */
  get rows() {
    return this.#all.list;
  }

  /** onChange calls fn(changed keys, or null for everything), at most once per frame. */
  onChange(fn) {
    this.#listeners.push(fn);
  }

  get(key) {
    return this.#all.get(key);
  }

  /** reset replaces everything. */
  reset(list) {
    this.#all.replace(list);
    this.#pending.clear();
    this.#replaced = true;
    this.#schedule();
  }

  /** put takes in what was added or updated, remove what was deleted. */
  put(list) {
    for (const conv of list) this.#pending.set(keyOfConv(conv), conv);
    this.#schedule();
  }

  remove(list) {
    for (const conv of list) this.#pending.set(keyOfConv(conv), null);
    this.#schedule();
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
    this.#all.apply(changes);
    for (const fn of this.#listeners) fn(changed);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
