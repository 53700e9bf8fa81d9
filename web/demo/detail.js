// The pane of one conversation.
import { faceOf, showAvatar } from "./avatar.js";
import { fillMessages } from "./bubbles.js";
import { byId, fillFacts, setText } from "./dom.js";
import { DraftBox } from "./draft-box.js";
import { longTime } from "./format.js";
import { keyOf } from "./model.js";
import { indent } from "./raw-json.js";
import { call } from "./tim-client.js";

const options = ["notified", "not received", "muted", "muted but for mentions", "not received but for mentions"];
const groupTypes = ["Public", "Work", "Meeting", "BChatRoom", "AVChatRoom", "Community"];

export class Detail {
  conv = null;
  #transcript;
  #draft = new DraftBox(byId("draft"), byId("draft-state"));

  constructor(transcript, actions) {
    this.#transcript = transcript;
    const key = () => keyOf(this.conv.conv_type, this.conv.conv_id);
    byId("pin").addEventListener("click", () => actions.pin(key()));
    byId("read").addEventListener("click", () => actions.read(key()));
    byId("delete").addEventListener("click", () => actions.remove(key()));
    byId("facts-box").addEventListener("toggle", () => this.#fillFacts());
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(actions.own);
    });
    byId("draft").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      this.#submit(actions.own);
    });
  }

  /** open shows a conversation, or none. */
  open(conv) {
    this.conv = conv;
    byId("detail").hidden = conv === null;
    byId("detail-none").hidden = conv !== null;
    this.#draft.open(conv);
    if (conv === null) return;
    byId("messages").replaceChildren();
    this.#fill();
    byId("messages").scrollTop = byId("messages").scrollHeight;
  }

  /** update shows the same conversation as it is now. */
  update(conv) {
    this.conv = conv;
    this.#draft.follow(conv);
    this.#fill();
  }

  async #submit(own) {
    const { conv } = this;
    const text = this.#draft.text.trim();
    if (text === "" || !await own(conv, text)) return;
    if (this.conv !== null && this.conv.conv_id === conv.conv_id && this.conv.conv_type === conv.conv_type) this.#draft.clear();
  }

  #fill() {
    const { conv } = this;
    const isGroup = conv.conv_type === 2;
    const unread = Number(conv.conv_unread_num) || 0;
    const name = conv.conv_show_name || conv.conv_id;
    showAvatar(byId("detail-avatar"), faceOf(conv));
    setText(byId("detail-name"), name);
    setText(byId("detail-sub"), [
      isGroup ? `${groupTypes[conv.conv_group_type] ?? ""} group`.trim() : "Single chat",
      conv.conv_id, options[conv.conv_recv_opt] ?? "",
    ].filter(Boolean).join(" · "));
    byId("pin").setAttribute("aria-pressed", String(conv.conv_is_pinned));
    setText(byId("pin").lastElementChild, conv.conv_is_pinned ? "Unpin" : "Pin");
    byId("read").disabled = unread === 0;
    setText(byId("read").lastElementChild, unread === 0 ? "All read" : `Mark ${unread} read`);
    fillMessages(byId("messages"), this.#transcript.of(conv), isGroup);
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
      ["Draft of", conv.conv_is_has_draft ? longTime(Number(conv.conv_draft?.draft_edit_time)) : "–"],
      ["Activity key", conv.conv_active_time],
    ]);
    const ask = JSON.stringify([{ get_conversation_list_param_conv_id: conv.conv_id, get_conversation_list_param_conv_type: conv.conv_type }]);
    const { code, json } = await call("TIMConvGetConvInfo", ask);
    if (code === 0 && this.conv?.conv_id === conv.conv_id) setText(byId("raw"), indent(json).slice(0, 100000));
  }
}
