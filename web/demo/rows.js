// Conversations in the order of the list.

/** keyOf names a conversation within the page. */
export const keyOf = (type, id) => `${type}:${id}`;

export const keyOfConv = (conv) => keyOf(conv.conv_type, conv.conv_id);

/** nameOf is what the batch functions call a conversation. */
export const nameOf = (conv) => (conv.conv_type === 2 ? "group_" : "c2c_") + conv.conv_id;

/**
 * compare sorts as the core does. conv_active_time has the pin in it, so it
 * alone decides; ties go by type, then id.
 */
export function compare(a, b) {
  return b.conv_active_time - a.conv_active_time || a.conv_type - b.conv_type ||
    (a.conv_id < b.conv_id ? -1 : a.conv_id > b.conv_id ? 1 : 0);
}

const sortAll = 200; // from so many changes on, sorting anew is cheaper than moving

/** Rows are conversations by key and in order. */
export class Rows {
  list = [];
  #byKey = new Map();

  get(key) {
    return this.#byKey.get(key);
  }

  /** indexOf finds a conversation's place in the list, -1 without one. */
  indexOf(key) {
    const conv = this.#byKey.get(key);
    return conv === undefined ? -1 : this.#place(conv);
  }

  /** replace takes these conversations and no others. */
  replace(list) {
    this.#byKey = new Map(list.map((conv) => [keyOfConv(conv), conv]));
    this.list = [...this.#byKey.values()].sort(compare);
  }

  /** apply takes in changes: key -> ConvInfo, or null where it goes. */
  apply(changes) {
    if (changes.size <= sortAll) {
      for (const [key, conv] of changes) this.#put(key, conv);
      return;
    }
    for (const [key, conv] of changes) {
      if (conv === null) this.#byKey.delete(key);
      else this.#byKey.set(key, conv);
    }
    this.list = [...this.#byKey.values()].sort(compare);
  }

  #put(key, conv) {
    const before = this.#byKey.get(key);
    if (before !== undefined) this.list.splice(this.#place(before), 1);
    if (conv === null) {
      this.#byKey.delete(key);
      return;
    }
    this.#byKey.set(key, conv);
    this.list.splice(this.#place(conv), 0, conv);
  }

  /** #place is where a conversation stands, or belongs. */
  #place(conv) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.list[middle], conv) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
