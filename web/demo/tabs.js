// The groups of conversations as tabs over the list.
import { askGroup, askGroupChange } from "./dialogs.js";
import { byId, el, setText, toast } from "./dom.js";
import { badge } from "./format.js";
import { nameOf } from "./keys.js";
import { call } from "./tim-client.js";
import { told } from "./told.js";

export class Tabs {
  chosen = null; // the name of a group, or null for all conversations
  onChange = () => {};
  #groups;
  #candidates; // tells with which conversations a group may begin
  #box = byId("tabs");
  #total = 0;

  /** candidates() resolves with the conversations that a new group may begin with, the likeliest first. */
  constructor(groups, candidates) {
    this.#groups = groups;
    this.#candidates = candidates;
    groups.onChange = () => this.#follow();
    groups.onRename = (before, name) => {
      if (this.chosen !== before) return;
      this.chosen = name;
      this.onChange();
    };
    byId("group-new").addEventListener("click", () => this.create());
    byId("group-edit").addEventListener("click", () => this.#edit());
    this.#box.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab !== null) this.choose(tab.group);
    });
    this.#box.addEventListener("keydown", (event) => this.#move(event));
    this.#draw();
  }

  /** total shows the unread messages of all conversations. */
  total(count) {
    this.#total = count;
    this.#draw();
  }

  choose(group) {
    this.chosen = group;
    this.#draw();
    this.#tab(group).scrollIntoView({ block: "nearest", inline: "nearest" });
    this.onChange();
  }

  /** create asks for a new group, and makes it. */
  async create() {
    const candidates = await this.#candidates();
    if (candidates.length === 0) {
      toast("A group begins with a conversation: there is none yet.");
      return;
    }
    const wanted = await askGroup(candidates);
    if (wanted === null) return;
    const { code, desc, json } = await call("TIMConvCreateConversationGroup", wanted.name, JSON.stringify([nameOf(wanted.conv)]));
    if (!told("Creating the group", code, desc, json)) return;
    await this.#groups.read();
    this.choose(wanted.name);
    this.#tab(wanted.name).focus();
  }

  async #edit() {
    const before = this.chosen;
    if (before === null) return;
    const { what, name } = await askGroupChange(before);
    if (what === "rename" && name !== "" && name !== before) {
      const { code, desc } = await call("TIMConvRenameConversationGroup", before, name);
      told("Renaming the group", code, desc);
    } else if (what === "delete") {
      const { code, desc } = await call("TIMConvDeleteConversationGroup", before);
      told("Deleting the group", code, desc);
    } else {
      return;
    }
    await this.#groups.read();
    this.#tab(this.chosen).focus();
  }

  #follow() {
    const gone = this.chosen !== null && !this.#groups.names.includes(this.chosen);
    if (gone) this.chosen = null;
    this.#draw();
    this.onChange();
  }

  #draw() {
    const all = [null, ...this.#groups.names];
    while (this.#box.children.length > all.length) this.#box.lastElementChild.remove();
    while (this.#box.children.length < all.length) this.#box.append(createTab());
    all.forEach((group, i) => {
      const tab = this.#box.children[i];
      const chosen = group === this.chosen;
      const unread = group === null ? this.#total : this.#groups.unread.get(group) ?? 0;
      tab.group = group;
      setText(tab.firstElementChild, group ?? "All");
      setText(tab.lastElementChild, unread > 0 ? badge(unread) : "");
      tab.setAttribute("aria-label", unread > 0 ? `${group ?? "All"}, ${unread} unread` : group ?? "All");
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
    byId("group-edit").hidden = this.chosen === null;
  }

  #tab(group) {
    return [...this.#box.children].find((tab) => tab.group === group) ?? this.#box.firstElementChild;
  }

  #move(event) {
    const tabs = [...this.#box.children];
    const at = tabs.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (event.key === "F2") this.#edit();
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    this.choose(tab.group);
  }
}

function createTab() {
  const name = el("span", "tab-name");
  name.dir = "auto";
  const tab = el("button", "tab", name, el("span", "count"));
  tab.type = "button";
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", "list-box");
  return tab;
}
