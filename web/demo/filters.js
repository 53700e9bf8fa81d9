// The filters over the list: one of them is chosen, within the chosen tab.
import { byId, setText } from "./dom.js";
import { fold, hide, isMarked, star, unread } from "./marks.js";
import { mention } from "./row.js";

// What each filter shows. What is folded or hidden shows up under its own
// filter alone; everything else is where one expects it.
const filters = {
  all: () => true,
  unread: (conv) => Number(conv.conv_unread_num) > 0 || isMarked(conv, unread),
  me: (conv) => mention(conv) === "@me",
  single: (conv) => conv.conv_type === 1,
  group: (conv) => conv.conv_type === 2,
  star: (conv) => isMarked(conv, star),
};
const apart = { fold: (conv) => isMarked(conv, fold) && !isMarked(conv, hide), hide: (conv) => isMarked(conv, hide) };
const isApart = (conv) => isMarked(conv, fold) || isMarked(conv, hide);

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

  /** picks is the test of the chosen filter, within those that the tab has. */
  picks(inTab) {
    const { chosen } = this;
    if (chosen in apart) return (conv) => inTab(conv) && apart[chosen](conv);
    const picks = filters[chosen];
    return (conv) => inTab(conv) && !isApart(conv) && picks(conv);
  }

  /** offer shows the filters by marks only where there is something to find. */
  offer(rows) {
    const counts = { star: 0, fold: 0, hide: 0 };
    for (const conv of rows) {
      if (!Array.isArray(conv.conv_mark_array) || conv.conv_mark_array.length === 0) continue;
      if (apart.hide(conv)) counts.hide++;
      else if (apart.fold(conv)) counts.fold++;
      else if (filters.star(conv)) counts.star++;
    }
    for (const [name, count] of Object.entries(counts)) {
      const label = this.#box.querySelector(`[value=${name}]`).closest("label");
      setText(label.querySelector(".count"), String(count));
      label.hidden = count === 0 && this.chosen !== name;
    }
  }
}
