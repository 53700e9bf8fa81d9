// In which groups the open conversation is: a dialog of ticks.
import { byId, el } from "./dom.js";
import { nameOf } from "./keys.js";
import { call } from "./tim-client.js";
import { told } from "./told.js";

export class Membership {
  #groups;
  #tabs;
  #conv = null;
  #dialog = byId("membership");
  #list = byId("membership-list");

  constructor(groups, tabs) {
    this.#groups = groups;
    this.#tabs = tabs;
    byId("groups-open").addEventListener("click", () => this.#open());
    byId("membership-new").addEventListener("click", () => {
      this.#dialog.close("");
      tabs.create();
    });
    this.#list.addEventListener("change", (event) => this.#set(event.target));
  }

  /** show writes the groups of a conversation where the pane tells them. */
  show(conv) {
    this.#conv = conv;
    const names = conv?.conv_conversation_group_array ?? [];
    byId("groups-of").replaceChildren(...names.map((name) => {
      const chip = el("button", "chip", name);
      chip.type = "button";
      chip.dir = "auto";
      chip.title = `Show the tab ${name}`;
      chip.addEventListener("click", () => this.#tabs.choose(name));
      return chip;
    }));
    if (this.#dialog.open) this.#fill();
  }

  #open() {
    if (this.#groups.names.length === 0) {
      this.#tabs.create();
      return;
    }
    this.#fill();
    this.#dialog.showModal();
  }

  /** #fill keeps the boxes that are there: one of them may have the focus. */
  #fill() {
    const { names } = this.#groups;
    const inThem = this.#conv?.conv_conversation_group_array ?? [];
    while (this.#list.children.length > names.length) this.#list.lastElementChild.remove();
    while (this.#list.children.length < names.length) {
      const box = el("input");
      box.type = "checkbox";
      this.#list.append(el("label", "tick", box, el("span")));
    }
    names.forEach((name, i) => {
      const [box, text] = this.#list.children[i].children;
      box.group = name;
      box.checked = inThem.includes(name);
      text.textContent = name;
      text.dir = "auto";
    });
  }

  async #set(box) {
    const what = box.checked ? "TIMConvAddConversationsToGroup" : "TIMConvDeleteConversationsFromGroup";
    const { code, desc, json } = await call(what, box.group, JSON.stringify([nameOf(this.#conv)]));
    if (!told(box.checked ? "Adding to the group" : "Removing from the group", code, desc, json)) this.#fill();
  }
}
