// What a chat list makes of what arrives, as plain as a page would write it: the
// alternatives share it, so that only how they keep and find rows differs.

export const PINNED_BIT = 2 ** 52;

/** convKey is the key of a row: an id may be a user's and a group's. */
export const convKey = (type, id) => `${type === 2 ? "group" : "c2c"}_${id}`;

/** keyOf is the key of a ConvInfo. */
export const keyOf = (row) => convKey(row.conv_type, row.conv_id);

function blank(id, type) {
  const row = {
    conv_active_time: 0, conv_c2c_read_timestamp: 0, conv_conversation_group_array: [], conv_custom_data: "",
    conv_face_url: "", conv_group_read_sequence: 0, conv_id: id, conv_is_has_draft: false, conv_is_has_lastmsg: false,
    conv_is_pinned: false, conv_mark_array: [], conv_recv_opt: 0, conv_show_name: id, conv_type: type, conv_unread_num: 0,
  };
  if (type === 2) row.conv_group_type = 0;
  return row;
}

/** received returns the row as a message that was not known leaves it. */
export function received(row, message) {
  const next = row === undefined ? blank(message.message_conv_id, message.message_conv_type) : { ...row };
  const active = (message.message_server_time || message.message_client_time) * 1000;
  const last = next.conv_last_msg;
  if (last === undefined || active >= last.message_server_time * 1000) {
    next.conv_last_msg = message;
    next.conv_is_has_lastmsg = true;
    raise(next, active);
    if (next.conv_type === 1) {
      next.conv_show_name = message.message_sender_profile.user_profile_nick_name;
      next.conv_face_url = message.message_sender_profile.user_profile_face_url;
    }
  }
  if (!message.message_is_from_self && !message.message_is_read) next.conv_unread_num++;
  return next;
}

function raise(row, active) {
  const pin = row.conv_is_pinned ? PINNED_BIT : 0;
  if (active > row.conv_active_time - pin) row.conv_active_time = active + pin;
}

/** pinned returns the row pinned or not. */
export function pinned(row, on) {
  if (row.conv_is_pinned === on) return row;
  return { ...row, conv_is_pinned: on, conv_active_time: row.conv_active_time + (on ? PINNED_BIT : -PINNED_BIT) };
}

/** drafted returns the row with a draft, raised to a moment in milliseconds. */
export function drafted(row, draft, moment) {
  const next = { ...row, conv_draft: draft, conv_is_has_draft: true };
  raise(next, moment);
  return next;
}

/** byOrder sorts rows as a list shows them. */
export function byOrder(a, b) {
  return b.conv_active_time - a.conv_active_time || a.conv_type - b.conv_type || (a.conv_id < b.conv_id ? -1 : 1);
}

/** seededRows are the rows of seeded data, in list order. */
export function seededRows({ messages, groups, pins, drafts }) {
  const rows = new Map();
  for (const m of messages) rows.set(convKey(m.message_conv_type, m.message_conv_id), received(undefined, m));
  const change = (type, id, to) => rows.set(convKey(type, id), to(rows.get(convKey(type, id))));
  for (const g of groups) change(2, g.conv_id, (row) => ({ ...row, conv_show_name: g.conv_show_name }));
  for (const d of drafts) change(d.type, d.id, (row) => drafted(row, d.draft, d.key));
  for (const p of pins) change(p.type, p.id, (row) => pinned(row, true));
  return [...rows.values()].sort(byOrder);
}

/** Expected follows what a store must hold. */
export class Expected {
  #rows;
  #known;

  constructor(data) {
    this.#rows = new Map(seededRows(data).map((row) => [keyOf(row), row]));
    this.#known = new Set(data.messages.map((m) => m.message_msg_id));
  }

  take(messages) {
    for (const m of messages) {
      if (this.#known.has(m.message_msg_id)) continue;
      this.#known.add(m.message_msg_id);
      const key = convKey(m.message_conv_type, m.message_conv_id);
      this.#rows.set(key, received(this.#rows.get(key), m));
    }
  }

  list() {
    return [...this.#rows.values()].sort(byOrder);
  }
}
