// The filters over the list: one of them is chosen, within the chosen tab. Each
// is what TIMConvSubscribeList takes: one filter, or several of which one picks.
import { byId, setText } from "./dom.js";
import { fold, hide, star, unread } from "./marks.js";

const type = "conversation_list_filter_conv_type";
const group = "conversation_list_filter_conversation_group";
const mark = "conversation_list_filter_mark_type";
const without = "without_mark_type";
const hasUnread = "conversation_list_filter_has_unread_count";
const hasMention = "conversation_list_filter_has_group_at_info";

// What is folded or hidden shows up under its own filter alone; everything else
// is where one expects it.
const here = { [without]: fold | hide };
const filters = {
  all: [here],
  unread: [{ ...here, [hasUnread]: true }, { ...here, [mark]: unread }],
  me: [{ ...here, [hasMention]: true }],
  single: [{ ...here, [type]: 1 }],
  group: [{ ...here, [type]: 2 }],
  star: [{ ...here, [mark]: star }],
  fold: [{ [mark]: fold, [without]: hide }],
  hide: [{ [mark]: hide }],
};

/** counted are the filters that are offered where there is something to find. */
export const counted = { star: filters.star, fold: filters.fold, hide: filters.hide };

export class Filters {
  chosen = "all";
  onChange = () => {};
  #box = byId("filters");

  constructor() {
    this.#box.addEventListener("change", (event) => {
      this.chosen = event.target.value;
      event.target.closest("label").scrollIntoView({ block: "nearest", inline: "nearest" });
      this.onChange();
    });
  }

  /** choose chooses a filter by its name. */
  choose(name) {
    this.chosen = name;
    this.#box.querySelector(`[value=${name}]`).checked = true;
    this.onChange();
  }

  /** picks is the chosen filter, within a group or, null, all conversations. */
  picks(name) {
    return filters[this.chosen].map((filter) => (name === null ? filter : { ...filter, [group]: name }));
  }

  /** offer shows a filter by marks where there is something to find. */
  offer(name, count) {
    const label = this.#box.querySelector(`[value=${name}]`).closest("label");
    setText(label.querySelector(".count"), String(count));
    label.hidden = count === 0 && this.chosen !== name;
  }
}
