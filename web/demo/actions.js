// What a person does to a conversation, by keyboard or mouse.
import { askNew, confirmDelete } from "./dialogs.js";
import { byId, toast } from "./dom.js";
import { keyOf } from "./model.js";
import { call, loginUserID } from "./tim-client.js";

const narrow = matchMedia("(max-width: 760px)"); // as in base.css

export class Actions {
  onOpen = () => {}; // gets a ConvInfo, or null
  #model;
  #view;

  constructor(model, view) {
    this.#model = model;
    this.#view = view;
    addEventListener("popstate", () => this.#show("list"));
    // The methods are handed around as functions.
    for (const name of ["open", "pin", "read", "remove", "own"]) this[name] = this[name].bind(this);
  }

  open(key) {
    const conv = this.#model.get(key);
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
    const conv = this.#model.get(key);
    if (conv === undefined) return;
    await this.#done("Pinning", call("TIMConvPinConversation", conv.conv_id, conv.conv_type, !conv.conv_is_pinned));
  }

  async read(key) {
    const conv = this.#model.get(key);
    if (conv === undefined) return;
    await this.#done("Marking as read", call("TIMMsgReportReaded", conv.conv_id, conv.conv_type, ""));
  }

  async remove(key) {
    const conv = this.#model.get(key);
    if (conv === undefined || !await confirmDelete(conv.conv_show_name || conv.conv_id)) return;
    const index = this.#model.indexOf(key);
    if (!await this.#done("Deleting", call("TIMConvDelete", conv.conv_id, conv.conv_type))) return;
    await this.#model.settled(); // the event of the deletion has come already
    byId("list").focus();
    this.#view.activate(index);
  }

  async create() {
    const wanted = await askNew();
    if (wanted === null || wanted.id === "") return;
    const { code, desc, json } = await call("TIMConvCreate", wanted.id, wanted.type);
    if (code !== 0) {
      toast(`Creating failed: ${desc} (${code})`);
      return;
    }
    this.#model.put([JSON.parse(json)]);
    const key = keyOf(wanted.type, wanted.id);
    await this.#model.settled();
    this.open(key);
    this.#view.activate(this.#model.indexOf(key));
    byId("draft").focus();
  }

  /** own puts a text in as a message of one's own; it resolves with success. */
  own(conv, text) {
    const time = Math.floor(Date.now() / 1000);
    const rand = Math.floor(Math.random() * 2 ** 31);
    const sender = loginUserID() || "me";
    const message = {
      message_conv_id: conv.conv_id, message_conv_type: conv.conv_type,
      message_client_time: time, message_server_time: time, message_rand: rand,
      message_sender: sender, message_is_from_self: true, message_status: 2,
      message_msg_id: `${sender}-${time}-${rand}`,
      message_elem_array: [{ elem_type: 0, text_elem_content: text }],
    };
    if (conv.conv_type === 2) message.message_seq = (Number(conv.conv_last_msg?.message_seq) || 0) + 1;
    return this.#done("Feeding", call("TIMRecvNewMsg", JSON.stringify([message])));
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
