// The messages of the open conversation: what is stored, shown and done.
import { toast } from "./dom.js";
import { History } from "./history.js";
import { MessageMenu } from "./message-menu.js";
import { MessagesView } from "./messages-view.js";
import { keyOf, keyOfConv } from "./keys.js";
import { on } from "./tim-client.js";

export class Thread {
  #view = new MessagesView();
  #outgoing;
  #conv = null;
  #history = null;
  #asking = false; // older messages are being read

  constructor(outgoing) {
    this.#outgoing = outgoing;
    outgoing.onSettled = (conv) => {
      if (this.#conv !== null && keyOfConv(conv) === keyOfConv(this.#conv)) this.#history.refresh({ all: true });
    };
    const menu = new MessageMenu({
      copy: (text) => copy(text),
      again: (message) => this.#again(message),
      revoke: (message) => this.#change(outgoing.revoke(this.#conv, message)),
      remove: (message) => this.#change(outgoing.remove(this.#conv, message)),
    });
    this.#view.onMenu = (message, at) => menu.open(message, at, () => this.#view.focus(message.message_msg_id));
    this.#view.onAgain = (message) => this.#again(message);
    this.#view.onTop = () => this.#older();
    // A tab that was in the background may have missed what has no event.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#history?.refresh({ all: true });
    });
  }

  /** listen follows what changes messages that may not be the last one. */
  listen() {
    const about = (type, id) => this.#conv !== null && keyOf(Number(type), id) === keyOfConv(this.#conv);
    const anyIs = (json, type, id) => JSON.parse(json).some((item) => about(item[type], item[id]));
    const again = (type, id) => (json) => {
      if (anyIs(json, type, id)) this.#history.refresh({ all: true });
    };
    on("TIMSetMsgRevokeCallback", again("message_locator_conv_type", "message_locator_conv_id"));
    on("TIMSetMsgUpdateCallback", again("message_conv_type", "message_conv_id"));
    on("TIMSetMsgReadedReceiptCallback", again("msg_receipt_conv_type", "msg_receipt_conv_id"));
    on("TIMAddRecvNewMsgCallback", (json) => {
      if (this.#conv !== null && anyIs(json, "message_conv_type", "message_conv_id")) this.#history.refresh();
    });
  }

  /** open shows the messages of a conversation, or none. */
  open(conv) {
    this.#history?.close();
    this.#conv = conv;
    this.#history = null;
    this.#view.clear();
    if (conv === null) return;
    this.#history = new History(conv);
    this.#history.onChange = () => this.#show();
    this.#history.refresh();
  }

  /** follow reads what may have come. */
  follow() {
    this.#history?.refresh();
  }

  /** send sends a text; it returns whether it was accepted. */
  send(text) {
    const accepted = this.#outgoing.send(this.#conv, text);
    if (!accepted) return false;
    this.#view.toEnd();
    this.#history.refresh();
    return true;
  }

  #again(message) {
    if (this.#outgoing.again(this.#conv, message)) this.#history.refresh({ all: true });
  }

  #show() {
    if (this.#history === null) return;
    if (this.#view.atEnd) this.#history.trim();
    const { messages, finished } = this.#history;
    this.#view.show(messages, { finished, isGroup: this.#conv.conv_type === 2, reasons: this.#outgoing.reasons });
  }

  async #older() {
    if (this.#asking || this.#history === null || this.#history.finished) return;
    this.#asking = true;
    const history = this.#history;
    await history.older();
    this.#asking = false;
    // The first pages may not have filled the pane.
    if (history === this.#history) this.#show();
  }

  async #change(promise) {
    await promise;
    this.#history?.refresh({ all: true });
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast("The browser does not allow copying here.");
  }
}
