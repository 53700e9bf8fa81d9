// The menu of one message.
import { failed, sent } from "./bubbles.js";
import { byId, el } from "./dom.js";
import { elementText } from "./preview.js";

const margin = 8; // px to the edges of the window

export class MessageMenu {
  #menu = byId("message-menu");
  #actions;
  #closed = () => {};

  /** actions are {copy, again, revoke, remove}, each of a message. */
  constructor(actions) {
    this.#actions = actions;
    this.#menu.addEventListener("toggle", (event) => {
      if (event.newState === "closed") this.#closed();
    });
    this.#menu.addEventListener("keydown", (event) => this.#key(event));
  }

  /** open opens the menu of a message at an element; closed() is called when it is gone. */
  open(message, at, closed) {
    this.#closed = () => {};
    this.#menu.hidePopover();
    const { copy, again, revoke, remove } = this.#actions;
    const isOwn = message.message_is_from_self === true;
    const text = plainText(message);
    this.#menu.replaceChildren(...[
      text === "" ? null : this.#item("Copy text", () => copy(text)),
      isOwn && message.message_status === failed ? this.#item("Send again", () => again(message)) : null,
      isOwn && message.message_status === sent ? this.#item("Revoke for everybody", () => revoke(message)) : null,
      this.#item("Delete for me", () => remove(message), "danger"),
    ].filter((item) => item !== null));
    this.#menu.showPopover();
    this.#closed = closed;
    this.#stand(at);
    this.#menu.firstElementChild.focus();
  }

  #item(text, act, className = "") {
    const item = el("button", className, text);
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.addEventListener("click", () => {
      this.#menu.hidePopover();
      act();
    });
    return item;
  }

  /** #stand puts the menu below an element, or above it where there is no room. */
  #stand(at) {
    const target = at.getBoundingClientRect();
    const { width, height } = this.#menu.getBoundingClientRect();
    const left = Math.max(margin, Math.min(target.left, innerWidth - width - margin));
    const below = target.bottom + 4;
    const top = below + height + margin <= innerHeight ? below : Math.max(margin, target.top - height - 4);
    this.#menu.style.left = `${left}px`;
    this.#menu.style.top = `${top}px`;
  }

  #key(event) {
    const items = [...this.#menu.children];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") this.#menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length).focus();
  }
}

/** plainText is what a message's texts say. */
function plainText(message) {
  const list = Array.isArray(message.message_elem_array) ? message.message_elem_array : [];
  return list.filter((e) => e?.elem_type === 0).map(elementText).join("\n");
}
