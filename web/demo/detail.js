// The pane of one conversation.
import { faceOf, showAvatar } from "./avatar.js";
import { byId, fillFacts, setText } from "./dom.js";
import { DraftBox } from "./draft-box.js";
import { longTime, titleOf } from "./format.js";
import { isMarked, listenMarks, showMarks, unread as unreadMark } from "./marks.js";
import { indent } from "./raw-json.js";
import { keyOfConv } from "./keys.js";
import { call } from "./tim-client.js";

const options = ["notified", "not received", "muted", "muted but for mentions", "not received but for mentions"];
const groupTypes = ["Public", "Work", "Meeting", "BChatRoom", "AVChatRoom", "Community"];

export class Detail {
  conv = null;
  onShow = () => {}; // gets the conversation as it is now, or null
  #thread;
  #draft = new DraftBox(byId("draft"), byId("draft-state"));

  constructor(thread, actions) {
    this.#thread = thread;
    const key = () => keyOfConv(this.conv);
    byId("pin").addEventListener("click", () => actions.pin(key()));
    byId("read").addEventListener("click", () => actions.read(key()));
    byId("delete").addEventListener("click", () => actions.remove(key()));
    listenMarks((mark) => actions.mark(key(), mark));
    byId("facts-box").addEventListener("toggle", () => this.#fillFacts());
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId("draft").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
  }

  /** open shows a conversation, or none. */
  open(conv) {
    const isOther = conv === null || this.conv === null || keyOfConv(conv) !== keyOfConv(this.conv);
    this.conv = conv;
    byId("detail").hidden = conv === null;
    byId("detail-none").hidden = conv !== null;
    if (isOther) {
      this.#draft.open(conv);
      this.#thread.open(conv);
    }
    if (conv !== null) this.#fill();
    this.onShow(conv);
  }

  /** update shows the same conversation as it is now. */
  update(conv) {
    this.conv = conv;
    this.#draft.follow(conv);
    this.#thread.follow();
    this.#fill();
    this.onShow(conv);
  }

  #submit() {
    const text = this.#draft.text.trim();
    if (text === "" || !this.#thread.send(text)) return;
    this.#draft.clear();
    byId("draft").focus();
  }

  #fill() {
    const { conv } = this;
    const isGroup = conv.conv_type === 2;
    const unread = Number(conv.conv_unread_num) || 0;
    showAvatar(byId("detail-avatar"), faceOf(conv));
    setText(byId("detail-name"), titleOf(conv));
    setText(byId("detail-sub"), [
      isGroup ? `${groupTypes[conv.conv_group_type] ?? ""} group`.trim() : "Single chat",
      conv.conv_id, options[conv.conv_recv_opt] ?? "",
    ].filter(Boolean).join(" · "));
    byId("pin").setAttribute("aria-pressed", String(conv.conv_is_pinned));
    setText(byId("pin").lastElementChild, conv.conv_is_pinned ? "Unpin" : "Pin");
    byId("read").disabled = unread === 0 && !isMarked(conv, unreadMark);
    setText(byId("read").lastElementChild, unread > 0 ? `Mark ${unread} read` : byId("read").disabled ? "All read" : "Mark read");
    showMarks(conv);
    this.#fillFacts();
  }

  async #fillFacts() {
    const { conv } = this;
    if (conv === null || !byId("facts-box").open) return;
    const isGroup = conv.conv_type === 2;
    fillFacts(byId("facts"), [
      ["Id", conv.conv_id],
      ["Type", isGroup ? "Group (2)" : "Single chat, C2C (1)"],
      ["Receive option", `${options[conv.conv_recv_opt] ?? "?"} (${conv.conv_recv_opt})`],
      ["Unread", conv.conv_unread_num],
      ["Read up to", isGroup ? `sequence ${conv.conv_group_read_sequence}` : longTime(conv.conv_c2c_read_timestamp)],
      ["Pinned", conv.conv_is_pinned ? "yes" : "no"],
      ["Marks", conv.conv_mark_array?.join(", ") || "–"],
      ["Draft of", conv.conv_is_has_draft ? longTime(Number(conv.conv_draft?.draft_edit_time)) : "–"],
      ["Activity key", conv.conv_active_time],
    ]);
    const ask = JSON.stringify([{ get_conversation_list_param_conv_id: conv.conv_id, get_conversation_list_param_conv_type: conv.conv_type }]);
    const { code, json } = await call("TIMConvGetConvInfo", ask);
    if (code === 0 && this.conv?.conv_id === conv.conv_id) setText(byId("raw"), indent(json).slice(0, 100000));
  }
}
