// The draft: every change of the text is a draft at once. TIMConvSetDraft holds
// it safe when it returns, so there is nothing to flush when the tab goes.
import { callNow } from "./tim-client.js";
import { draftText } from "./preview.js";

const quiet = 1500; // ms without a key after which another tab's draft is taken over

export class DraftBox {
  #area;
  #state;
  #conv = null;
  #typed = -Infinity; // when the user last changed the text
  #later = 0; // the timer of a draft that may be taken over when it is quiet

  constructor(area, state) {
    this.#area = area;
    this.#state = state;
    area.addEventListener("input", () => this.#save());
  }

  get text() {
    return this.#area.value;
  }

  /** open shows the draft of another conversation, or of none. */
  open(conv) {
    clearTimeout(this.#later);
    this.#conv = conv;
    this.#typed = -Infinity;
    this.#area.value = conv === null ? "" : draftText(conv);
    this.#tell();
  }

  /** follow takes over what another tab has written, unless one is typing here. */
  follow(conv) {
    this.#conv = conv;
    clearTimeout(this.#later);
    const wait = this.#typed + quiet - performance.now();
    if (wait > 0) {
      this.#later = setTimeout(() => this.follow(this.#conv), wait);
      return;
    }
    const text = draftText(conv);
    if (text === this.#area.value) return;
    this.#area.value = text;
    this.#tell();
  }

  /** clear drops the draft. */
  clear() {
    this.#area.value = "";
    this.#save();
  }

  #save() {
    const { conv_id: id, conv_type: type } = this.#conv;
    const text = this.#area.value;
    this.#typed = performance.now();
    const ret = text === "" ? callNow("TIMConvCancelDraft", id, type) : callNow("TIMConvSetDraft", id, type, JSON.stringify({
      draft_edit_time: Math.floor(Date.now() / 1000),
      draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: text }] },
      draft_user_define: "",
    }));
    this.#tell(ret);
  }

  #tell(ret = 0) {
    this.#state.textContent = ret !== 0 ? `The draft was not taken (${ret})` : this.#area.value === "" ? "" : "Draft saved";
  }
}
