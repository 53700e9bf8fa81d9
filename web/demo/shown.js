// The rows that the chosen tab and filter show, of all there are. They are
// picked from the conversations at hand, not asked for by
// TIMConvGetConversationListByFilter: that answers with a page as it was at one
// moment, and this list has to follow every event.
import { Rows } from "./rows.js";

export class Shown {
  #model;
  #rows = new Rows();
  #picks = () => true;

  constructor(model) {
    this.#model = model;
  }

  get rows() {
    return this.#rows.list;
  }

  get(key) {
    return this.#rows.get(key);
  }

  indexOf(key) {
    return this.#rows.indexOf(key);
  }

  /** choose changes which conversations are shown. */
  choose(picks) {
    this.#picks = picks;
    this.follow(null);
  }

  /** follow takes over what has changed in the model: keys, or null for everything. */
  follow(changed) {
    if (changed === null) {
      this.#rows.replace(this.#model.rows.filter(this.#picks));
      return;
    }
    const changes = new Map();
    for (const key of changed) {
      const conv = this.#model.get(key);
      changes.set(key, conv !== undefined && this.#picks(conv) ? conv : null);
    }
    this.#rows.apply(changes);
  }
}
