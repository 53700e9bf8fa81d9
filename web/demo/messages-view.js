// The messages of a pane: kept in the DOM by their ids, scrolled without jumps,
// older ones read when the top comes near.
import { bubble } from "./bubbles.js";
import { byId, el, setText } from "./dom.js";
import { dayName, messageTime } from "./format.js";

const nearTop = 240; // px of what is above, below which older messages are read
const nearEnd = 40; // px of what is below, within which the end is followed

export class MessagesView {
  atEnd = true; // the newest message is seen, and followed
  onTop = () => {}; // older messages are wanted
  onMenu = () => {}; // gets a message, and the element to stand at
  onAgain = () => {}; // gets a message that is to be sent again
  #box = byId("messages");
  #note = el("p", "note");
  #down = byId("to-newest");
  #top = 0; // where it was scrolled to when last looked at
  #shown = new Map(); // key -> {node, text, message}

  constructor() {
    this.#box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#box.addEventListener("click", (event) => this.#click(event));
    this.#box.addEventListener("contextmenu", (event) => this.#context(event));
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#down.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => {
      if (this.atEnd) this.toEnd();
    }).observe(this.#box);
  }

  /** clear empties the pane, before another conversation comes. */
  clear() {
    this.#shown.clear();
    this.#box.replaceChildren();
    this.atEnd = true;
    this.#top = 0;
    this.#down.hidden = true;
  }

  /** show shows these messages; finished tells that nothing is older. */
  show(messages, { finished, isGroup, reasons }) {
    if (this.#box.scrollTop < this.#top) this.#scrolled(); // by the reader, and no event has told yet
    const anchor = this.atEnd ? null : this.#anchor();
    const wanted = [this.#note];
    const keys = new Set();
    let day = "";
    for (const message of messages) {
      const name = dayName(messageTime(message));
      if (name !== day) wanted.push(this.#keep(keys, `day ${name}`, name, () => el("p", "note day", name)));
      day = name;
      const reason = reasons.get(message.message_msg_id);
      const text = `${isGroup} ${reason ?? ""} ${JSON.stringify(message)}`;
      wanted.push(this.#keep(keys, `m ${message.message_msg_id}`, text, () => bubble(message, { isGroup, reason }), message));
    }
    for (const key of this.#shown.keys()) if (!keys.has(key)) this.#shown.delete(key);
    setText(this.#note, !finished ? "Older messages…" : messages.length === 0 ? "No message yet." : "This is where it begins.");
    this.#place(wanted);
    if (this.atEnd) this.toEnd();
    else if (anchor !== null && anchor.node.isConnected) this.#box.scrollTop += anchor.node.offsetTop - anchor.top;
    this.#scrolled();
  }

  /** toEnd scrolls to the newest message. */
  toEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#top = this.#box.scrollTop;
  }

  /** focus takes the keyboard to a message, or to the box where it is gone. */
  focus(id) {
    const entry = this.#shown.get(`m ${id}`);
    (entry?.node ?? this.#box).focus();
  }

  #keep(keys, key, text, make, message = null) {
    keys.add(key);
    const entry = this.#shown.get(key);
    if (entry?.text === text) return entry.node;
    const node = make();
    if (message !== null) {
      node.dataset.id = message.message_msg_id;
      node.tabIndex = -1;
      if (entry?.node.contains(document.activeElement)) requestAnimationFrame(() => node.focus({ preventScroll: true }));
    }
    this.#shown.set(key, { node, text, message });
    return node;
  }

  /** #place makes the box's children these, moving as few as it can. */
  #place(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.#box.children]) if (!keep.has(child)) child.remove();
    let at = this.#box.firstElementChild;
    for (const node of wanted) {
      if (node === at) at = at.nextElementSibling;
      else this.#box.insertBefore(node, at);
    }
  }

  /** #anchor is the first message in sight, which stays where it is. */
  #anchor() {
    const { scrollTop } = this.#box;
    for (const node of this.#box.children) {
      if (node.dataset.id !== undefined && node.offsetTop + node.offsetHeight > scrollTop) {
        // By its id: the element may be a new one afterwards.
        const { id } = node.dataset;
        const shown = this.#shown;
        return { get node() { return shown.get(`m ${id}`)?.node ?? node; }, top: node.offsetTop };
      }
    }
    return null;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#top = scrollTop;
    this.atEnd = below < nearEnd;
    this.#down.hidden = below < clientHeight / 2;
    if (scrollTop < nearTop && this.#shown.size > 0) this.onTop();
  }

  #messageAt(target) {
    const node = target.closest?.("[data-id]");
    return node === null || node === undefined ? null : this.#shown.get(`m ${node.dataset.id}`).message;
  }

  #click(event) {
    const message = this.#messageAt(event.target);
    if (message === null) return;
    const more = event.target.closest(".more");
    if (more !== null) this.onMenu(message, more);
    else if (event.target.closest(".again") !== null) this.onAgain(message);
  }

  #context(event) {
    const message = this.#messageAt(event.target);
    // A selection keeps the browser's own menu, to copy it.
    if (message === null || String(getSelection()) !== "") return;
    const bubble = event.target.closest("[data-id]").querySelector(".bubble");
    if (bubble === null) return;
    event.preventDefault();
    // Where this comes with the button going down, a menu that opens now is closed
    // by the button going up: Firefox and Safari take that for a click beside it.
    if (event.buttons === 0) this.onMenu(message, bubble);
    else addEventListener("pointerup", () => setTimeout(() => this.onMenu(message, bubble)), { once: true });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.#box.querySelectorAll("[data-id]")];
    const at = all.indexOf(event.target.closest("[data-id]"));
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const to = at < 0 ? all.at(-1) : all[at + (event.key === "ArrowUp" ? -1 : 1)];
      if (to === undefined && at > 0) return;
      event.preventDefault();
      if (to === undefined) this.#box.scrollTop = 0;
      else to.focus();
    } else if (at >= 0 && ["Enter", " "].includes(event.key) && event.target === all[at]) {
      event.preventDefault();
      const bubble = all[at].querySelector(".bubble");
      if (bubble !== null) this.onMenu(this.#messageAt(all[at]), bubble);
    } else if (at >= 0 && event.key === "Escape") {
      this.#box.focus();
    }
  }
}
