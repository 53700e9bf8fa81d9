// The list: only the rows that are seen, and a few beside them, are in the DOM.
import { setText } from "./dom.js";
import { keyOfConv } from "./rows.js";
import { createRow, fillRow } from "./row.js";

export const rowHeight = 72; // as in list.css
const beyond = 4; // rows kept above and below the window
const fewMoves = 6; // up to so many changes a frame, rows glide to their place

export class ListView {
  active = ""; // key under the keyboard
  opened = ""; // key shown in the detail pane
  #model;
  #box;
  #rows;
  #live = new Map(); // key -> row in the DOM
  #spare = [];
  #nextId = 0;

  constructor(model, box, rows) {
    this.#model = model;
    this.#box = box;
    this.#rows = rows;
    box.addEventListener("scroll", () => this.#draw({ moved: false, refill: false }), { passive: true });
    new ResizeObserver(() => this.#draw({ moved: false, refill: false })).observe(box);
    rows.addEventListener("transitionend", (event) => event.target.classList.remove("glide"));
  }

  /** update draws after the model has changed; changed is null for everything. */
  update(changed) {
    const anchor = this.#anchor(changed);
    this.#rows.style.height = `${this.#model.rows.length * rowHeight}px`;
    if (this.active !== "" && this.#model.get(this.active) === undefined) this.active = "";
    if (anchor !== null) {
      const index = this.#model.indexOf(anchor.key);
      if (index >= 0) this.#box.scrollTop = index * rowHeight + anchor.offset;
    }
    const glide = changed !== null && changed.size <= fewMoves && anchor === null;
    this.#draw({ moved: glide, refill: changed ?? true });
  }

  /** restart shows other rows than before, from the top. */
  restart() {
    this.#box.scrollTop = 0;
    this.update(null);
  }

  /** activateKey moves the keyboard's row to a conversation, if it is shown. */
  activateKey(key) {
    const index = this.#model.indexOf(key);
    if (index >= 0) this.activate(index);
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
    const { rows } = this.#model;
    if (rows.length === 0) return;
    const at = Math.min(Math.max(index, 0), rows.length - 1);
    this.active = keyOfConv(rows[at]);
    const top = at * rowHeight;
    const { scrollTop, clientHeight } = this.#box;
    if (top < scrollTop) this.#box.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) this.#box.scrollTop = top + rowHeight - clientHeight;
    this.#draw({ moved: false, refill: false });
  }

  activeIndex() {
    return this.active === "" ? -1 : this.#model.indexOf(this.active);
  }

  page() {
    return Math.max(1, Math.floor(this.#box.clientHeight / rowHeight) - 1);
  }

  /** select marks a row as the one that is open. */
  select(key) {
    this.opened = key;
    if (key !== "") this.active = key;
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

  #draw({ moved, refill }) {
    const { rows } = this.#model;
    const first = Math.max(0, Math.floor(this.#box.scrollTop / rowHeight) - beyond);
    const last = Math.min(rows.length, Math.ceil((this.#box.scrollTop + this.#box.clientHeight) / rowHeight) + beyond);
    const wanted = new Map();
    for (let i = first; i < last; i++) wanted.set(keyOfConv(rows[i]), i);
    // The row of aria-activedescendant has to be there even out of sight.
    const active = this.activeIndex();
    if (active >= 0) wanted.set(this.active, active);
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
      if (fresh || refill === true || (refill !== false && refill.has(key))) fillRow(node, rows[index], now);
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
    node.setAttribute("aria-setsize", String(this.#model.rows.length));
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
