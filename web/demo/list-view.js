// The list: only the rows that are seen, and a few beside them, are in the DOM.
import { setText } from "./dom.js";
import { keyOfConv } from "./keys.js";
import { createRow, fillRow } from "./row.js";

export const rowHeight = 72; // as in list.css
const beyond = 4; // rows kept above and below what is seen
const margin = 20; // rows asked for above and below what is seen,
const step = 16; // from a multiple of this on
const fewest = 64; // and no fewer than that
const fewMoves = 6; // up to so many changes a frame, rows glide to their place

export class ListView {
  active = ""; // key under the keyboard
  opened = ""; // key shown in the detail pane
  #list;
  #box;
  #rows;
  #live = new Map(); // key -> row in the DOM
  #spare = [];
  #nextId = 0;
  #pending = -1; // place that the keyboard went to, whose row is not there yet

  constructor(list, box, rows) {
    this.#list = list;
    this.#box = box;
    this.#rows = rows;
    box.addEventListener("scroll", () => this.#draw({ moved: false, refill: false }), { passive: true });
    new ResizeObserver(() => this.#draw({ moved: false, refill: false })).observe(box);
    rows.addEventListener("transitionend", (event) => event.target.classList.remove("glide"));
  }

  /** update draws after the list has changed; changed is null for everything. */
  update(changed) {
    const anchor = this.#anchor(changed);
    this.#rows.style.height = `${this.#list.total * rowHeight}px`;
    if (this.#pending >= this.#list.total) this.#pending = this.#list.total - 1;
    const { key, place } = this.#list.located;
    if (this.active !== "" && this.active === key && place < 0) this.active = "";
    if (anchor !== null) {
      const index = this.#list.placeOf(anchor.key);
      if (index >= 0) this.#box.scrollTop = index * rowHeight + anchor.offset;
    }
    const glide = changed !== null && changed.size <= fewMoves && anchor === null;
    this.#draw({ moved: glide, refill: changed ?? true });
  }

  /** restart shows other rows than before, from the top. */
  restart() {
    this.#pending = -1;
    this.#box.scrollTop = 0;
    this.update(null);
  }

  /** reveal moves the keyboard's row to a conversation at a place, -1 for none in this list. */
  reveal(key, place) {
    this.active = key;
    if (place >= 0) this.#scrollTo(place);
    this.#draw({ moved: false, refill: false });
  }

  /** refresh writes all rows anew, for times that have aged. */
  refresh() {
    this.#draw({ moved: false, refill: true });
  }

  /** keyAt is the key of the row an event happened in. */
  keyAt(target) {
    return target.closest?.(".row-item")?.dataset.key ?? "";
  }

  /** activate moves the keyboard's row and scrolls it into view. */
  activate(index) {
    const { total } = this.#list;
    if (total === 0) return;
    this.#pending = Math.min(Math.max(index, 0), total - 1);
    this.#scrollTo(this.#pending);
    this.#draw({ moved: false, refill: false });
  }

  /** activeIndex is the place of the keyboard's row, -1 without one. */
  activeIndex() {
    return this.#pending >= 0 ? this.#pending : this.#list.placeOf(this.active);
  }

  /** firstSeen is the place of the first row that is seen whole. */
  firstSeen() {
    return Math.ceil(this.#box.scrollTop / rowHeight);
  }

  page() {
    return Math.max(1, Math.floor(this.#box.clientHeight / rowHeight) - 1);
  }

  /** select marks a row as the one that is open. */
  select(key) {
    this.opened = key;
    if (key !== "") {
      this.active = key;
      this.#pending = -1;
    }
    this.#draw({ moved: false, refill: false });
  }

  /**
   * #anchor is the row that has to stay where it is when rows above it move: the
   * first one in the window that has not changed itself. At the top there is
   * none: there new rows should be seen.
   */
  #anchor(changed) {
    const top = this.#box.scrollTop;
    if (top <= 0 || changed === null) return null;
    let best = null;
    for (const [key, node] of this.#live) {
      if (changed.has(key) || node.at * rowHeight + rowHeight <= top) continue;
      if (best === null || node.at < best.at) best = { key, at: node.at, offset: top - node.at * rowHeight };
    }
    return best;
  }

  #scrollTo(index) {
    const top = index * rowHeight;
    const { scrollTop, clientHeight } = this.#box;
    if (top < scrollTop) this.#box.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) this.#box.scrollTop = top + rowHeight - clientHeight;
  }

  /** #look asks for the rows around what is seen. */
  #look() {
    const { scrollTop, clientHeight } = this.#box;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
    const last = Math.ceil((scrollTop + clientHeight) / rowHeight) + margin;
    const from = first - first % step;
    this.#list.show({ from, count: Math.max(fewest, Math.ceil((last - from) / step) * step), locate: this.active });
  }

  #draw({ moved, refill }) {
    const { rows, from, total } = this.#list;
    const pending = this.#list.at(this.#pending);
    if (pending !== undefined) {
      this.active = keyOfConv(pending);
      this.#pending = -1;
    }
    this.#look();
    const first = Math.max(from, Math.floor(this.#box.scrollTop / rowHeight) - beyond);
    const last = Math.min(from + rows.length, total, Math.ceil((this.#box.scrollTop + this.#box.clientHeight) / rowHeight) + beyond);
    const wanted = new Map();
    for (let i = first; i < last; i++) wanted.set(keyOfConv(rows[i - from]), i);
    // The row of aria-activedescendant has to be there even out of sight.
    const active = this.#list.placeOf(this.active);
    if (active >= 0 && (this.#live.has(this.active) || this.#list.at(active) !== undefined)) wanted.set(this.active, active);
    for (const [key, node] of this.#live) {
      if (wanted.has(key)) continue;
      node.remove();
      this.#live.delete(key);
      this.#spare.push(node);
    }
    const now = new Date();
    for (const [key, index] of wanted) {
      let node = this.#live.get(key);
      const fresh = node === undefined;
      if (fresh) node = this.#take(key);
      const conv = this.#list.at(index); // undefined where it is out of sight
      if (conv !== undefined && (fresh || refill === true || (refill !== false && refill.has(key)))) fillRow(node, conv, now);
      this.#position(node, index, moved && !fresh);
      this.#mark(node, key);
    }
    this.#point();
  }

  #take(key) {
    const node = this.#spare.pop() ?? createRow();
    if (node.id === "") node.id = `row-${this.#nextId++}`;
    node.dataset.key = key;
    node.at = -1;
    this.#live.set(key, node);
    this.#rows.append(node);
    return node;
  }

  #position(node, index, glide) {
    if (node.at !== index) {
      node.classList.toggle("glide", glide && node.at >= 0);
      node.style.transform = `translateY(${index * rowHeight}px)`;
      node.at = index;
    }
    node.setAttribute("aria-posinset", String(index + 1));
    node.setAttribute("aria-setsize", String(this.#list.total));
  }

  #mark(node, key) {
    node.classList.toggle("active", key === this.active);
    node.classList.toggle("opened", key === this.opened);
    node.setAttribute("aria-selected", String(key === this.opened));
  }

  #point() {
    const node = this.#live.get(this.active);
    if (node === undefined) this.#box.removeAttribute("aria-activedescendant");
    else this.#box.setAttribute("aria-activedescendant", node.id);
  }
}

/** showTotal puts the total of unread messages where it is seen. */
export function showTotal(total, node) {
  document.title = total > 0 ? `(${total}) timconv` : "timconv";
  setText(node, total > 999 ? "999+" : String(total));
  node.hidden = total <= 0;
}
