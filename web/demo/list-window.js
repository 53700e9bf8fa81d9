// A part of the list: the page holds the rows of its windows and no others,
// however many conversations there are.
import { onceAFrame } from "./frame.js";
import { keyOfConv, nameOf, typeAndId } from "./keys.js";
import { callNow } from "./tim-client.js";

const nameOfKey = (key) => {
  const [conv_type, conv_id] = typeAndId(key);
  return nameOf({ conv_type, conv_id });
};

export class ListWindow {
  rows = []; // ConvInfo objects, from the place `from` on
  from = 0;
  total = 0; // rows that the filter picks
  located = { key: "", place: -1 }; // where the conversation of show's locate is
  onChange = () => {}; // gets the keys that changed, or null for everything
  #id;
  #wanted = { filter: {}, from: 0, count: 0, locate: "" };
  #asked = ""; // what was asked for last, "" as long as nobody asks
  #life = 0; // of what is asked between open and close, to know what is late
  #diffs = []; // told and not taken yet
  #anew = true; // what comes next has nothing to do with what was
  #places = new Map(); // key -> place
  #draw = onceAFrame(() => this.flush());

  constructor(id) {
    this.#id = id;
  }

  /** at is the row at a place of the list, undefined outside of the window. */
  at(place) {
    return this.rows[place - this.from];
  }

  get(key) {
    return this.at(this.placeOf(key));
  }

  /** placeOf is the place of a row, -1 where it is not known. */
  placeOf(key) {
    return this.#places.get(key) ?? (key !== "" && key === this.located.key ? this.located.place : -1);
  }

  /** open begins to ask, for what was wanted; it resolves when the answer is there. */
  open() {
    return this.#ask();
  }

  /** choose wants the rows that a filter picks, from the top. */
  choose(filter) {
    this.#anew = true;
    this.#want({ filter, from: 0 });
  }

  /** show wants rows from a place on, and where a conversation is, "" for none. */
  show({ from, count, locate = "" }) {
    this.#want({ from, count, locate });
  }

  /** close forgets the rows, and asks no more. */
  close() {
    if (this.#asked !== "") callNow("TIMConvUnsubscribeList", this.#id);
    this.#asked = "";
    this.#life++;
    this.#diffs = [];
    this.#anew = true;
    this.located = { key: "", place: -1 };
    this.take({ key: "", from: 0, total: 0, located: -1, reset: true, ops: [] });
    this.flush();
  }

  /**
   * take takes in a ListDiff, with the next frame. The core tells them; before
   * it is there, rows that were kept may come in as one that resets. What the
   * core then tells first resets too, and the rows are drawn by their keys.
   */
  take(diff) {
    this.#diffs.push(diff);
    this.#draw();
  }

  /** flush takes in at once what was told so far. */
  flush() {
    const diffs = this.#diffs;
    this.#diffs = [];
    if (diffs.length === 0) return;
    const changed = new Set();
    let anew = this.#anew;
    for (const diff of diffs) {
      anew ||= diff.reset;
      this.#apply(diff, changed);
    }
    this.#anew = false;
    this.#places = new Map(this.rows.map((conv, i) => [keyOfConv(conv), this.from + i]));
    this.onChange(anew ? null : changed);
  }

  #want(changes) {
    this.#wanted = { ...this.#wanted, ...changes };
    if (this.#asked !== "") this.#ask();
  }

  #ask() {
    const { locate: key, ...wanted } = this.#wanted;
    const json = JSON.stringify({ id: this.#id, ...wanted, locate: key === "" ? null : nameOfKey(key) });
    if (json === this.#asked) return Promise.resolve();
    this.#asked = json;
    const life = this.#life;
    return new Promise((resolve) => {
      let answered = false;
      const ret = callNow("TIMConvSubscribeList", json, (text) => {
        if (life === this.#life) {
          this.take({ key, ...JSON.parse(text) });
          if (!answered) this.flush(); // whoever scrolls waits for no frame
        }
        answered = true;
        resolve();
      }, null);
      if (ret === 0) return;
      this.#asked = "";
      resolve();
    });
  }

  #apply({ from, total, located, key, reset, ops }, changed) {
    const rows = reset ? [] : this.rows;
    for (const { op, index, from: before, conv } of ops) {
      let row = conv;
      if (op === "insert") rows.splice(index, 0, row);
      else if (op === "update") rows[index] = row;
      else [row] = rows.splice(op === "move" ? before : index, 1);
      if (op === "move") rows.splice(index, 0, row);
      changed.add(keyOfConv(row));
    }
    this.rows = rows;
    this.from = from;
    this.total = total;
    this.located = { key, place: located };
  }
}

/** placeIn asks for the place of a conversation among those that a filter picks, -1 for none. */
export function placeIn(filter, key) {
  return new Promise((resolve) => {
    const json = JSON.stringify({ id: "place", filter, count: 0, locate: nameOfKey(key) });
    const ret = callNow("TIMConvSubscribeList", json, (text) => resolve(JSON.parse(text).located), null);
    if (ret !== 0) resolve(-1);
    callNow("TIMConvUnsubscribeList", "place");
  });
}
