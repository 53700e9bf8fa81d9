// What a person does to a conversation, by keyboard or mouse.
import { titleOf } from "./format.js";
import { askNew, confirmDelete } from "./dialogs.js";
import { byId, toast } from "./dom.js";
import { keyOf, nameOf } from "./keys.js";
import { isMarked, star, unread } from "./marks.js";
import { call, info } from "./tim-client.js";
import { told } from "./told.js";

const narrow = matchMedia("(max-width: 760px)"); // as in base.css

export class Actions {
  onOpen = () => {}; // gets a ConvInfo, or null
  onRead = () => {}; // gets a conversation that was read
  onNew = () => {}; // gets the key of a conversation that has to be in the list, and resolves with its place
  #list;
  #view;

  constructor(list, view) {
    this.#list = list;
    this.#view = view;
    addEventListener("popstate", () => this.#show("list"));
    // The methods are handed around as functions.
    for (const name of ["open", "pin", "read", "star", "remove"]) this[name] = this[name].bind(this);
  }

  async open(key) {
    this.#list.flush(); // the pane begins with what events have told before
    const conv = this.#list.get(key) ?? await info(key);
    if (conv === undefined) return;
    this.#view.select(key);
    this.onOpen(conv);
    this.#show("detail");
    if (!narrow.matches) return;
    // The system's back gesture leads back to the list.
    if (history.state?.view !== "detail") history.pushState({ view: "detail" }, "");
    byId("back").focus();
  }

  back() {
    if (history.state?.view === "detail") history.back();
    else this.#show("list");
    byId("list").focus();
  }

  /** close empties the pane. */
  close() {
    this.#view.select("");
    this.onOpen(null);
    this.#show("list");
  }

  async pin(key) {
    const conv = await info(key);
    if (conv === undefined) return;
    await this.#done("Pinning", call("TIMConvPinConversation", conv.conv_id, conv.conv_type, !conv.conv_is_pinned));
  }

  async read(key) {
    const conv = await info(key);
    if (conv === undefined) return;
    if (isMarked(conv, unread)) await this.mark(key, unread);
    if (await this.#done("Marking as read", call("TIMMsgReportReaded", conv.conv_id, conv.conv_type, ""))) this.onRead(conv);
  }

  star(key) {
    return this.mark(key, star);
  }

  /** mark toggles a mark. */
  async mark(key, mark) {
    const conv = await info(key);
    if (conv === undefined) return;
    const { code, desc, json } = await call("TIMConvMarkConversation", JSON.stringify([nameOf(conv)]), mark, !isMarked(conv, mark));
    told("Marking", code, desc, json);
  }

  async remove(key) {
    const conv = this.#list.get(key) ?? await info(key); // keys typed at once are the dialog's
    if (conv === undefined || !await confirmDelete(titleOf(conv))) return;
    const index = this.#list.placeOf(key);
    if (!await this.#done("Deleting", call("TIMConvDelete", conv.conv_id, conv.conv_type))) return;
    this.#list.flush(); // the deletion has been told already
    byId("list").focus();
    this.#view.activate(index);
  }

  async create() {
    const wanted = await askNew();
    if (wanted === null || wanted.id === "") return;
    const { code, desc } = await call("TIMConvCreate", wanted.id, wanted.type);
    if (code !== 0) {
      toast(`Creating failed: ${desc} (${code})`);
      return;
    }
    const key = keyOf(wanted.type, wanted.id);
    const place = await this.onNew(key);
    await this.open(key);
    this.#view.reveal(key, place);
    byId("draft").focus();
  }

  async #done(what, promise) {
    const { code, desc } = await promise;
    if (code !== 0) toast(`${what} failed: ${desc} (${code})`);
    return code === 0;
  }

  /** #show chooses the screen where only one fits. */
  #show(which) {
    document.body.dataset.view = which;
  }
}
