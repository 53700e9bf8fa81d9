/**
 * What firstList of tim.js reads the conversation list with: what lies in IndexedDB,
 * in plain JavaScript, before the module is there. It reads what core/pages.go and
 * core/journal.go write, and gives what jsapi/convinfo.go gives; what it does not know
 * it refuses, and leaves to the module. It is one file, since each is a request in front
 * of the list.
 */

const version = "0.1.0"; // of this file, as in tim.js
const sealed = 0x83; // how everything begins that is stored in version 3 of the format
const form = "1"; // how the texts in pages are written
const sumSize = 8; // of the checksum behind everything
const headSize = 248; // of a conversation in a page
const factor = 0x9e3779b1; // by which the length of a part stands in front of it once more
const parts = { header: 0, row: 1, counters: 4 };
const group = 2; // a conv_type
const meeting = 2; // a conv_group_type, whose messages are in no total
const pinned = 2 ** 52; // in conv_active_time
const slice = 40; // milliseconds of a journal between which the page has its turn

/** A StoredList is made of what is stored: first pages, oldest first, then the journal. */
export class StoredList {
  #rows = new Map(); // by type and id
  #room = { bytes: new Uint8Array(1 << 18) }; // for one page after the other

  /** It is made by a loader of that version. */
  constructor(loader) {
    if (loader !== version) throw new Error("of another version");
  }

  /** page takes in a page. Where several have a conversation, the last one counts. */
  page(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = new Joined(bytes, this.#room);
    const lasts = new Lasts(bytes, this.#room);
    const texts = []; // of the rows: where they lie, and their last messages, which they are parsed without
    for (const [kind, from, end] of partsOf(bytes)) {
      if (kind === parts.header) {
        const head = new Fields(bytes, from, end);
        head.uint();
        if (head.text() !== form) throw new Error("of another form");
        continue;
      }
      if (kind !== parts.row) throw new Error("of another kind");
      let at = from + headSize;
      if ((bytes[from + 3] & 1) === 0) { // it is known, and not in the list
        this.#rows.delete(nameOf(bytes[from], textOf(bytes.subarray(at, at + view.getUint32(from + 8, true)))));
        continue;
      }
      for (let i = 8; i < 40; i += 4) at += view.getUint32(from + i, true); // seven texts and the draft
      const behind = at + view.getUint32(from + 40, true);
      if (behind > end) throw new Error("truncated");
      const rawFrom = at - 1 + view.getUint32(from + 44, true);
      const rawEnd = rawFrom + view.getUint32(from + 48, true);
      const apart = rawFrom >= at && rawEnd < behind && isLast(view, rawFrom, rawEnd);
      texts.push([at, behind, apart ? lasts.add(rawFrom, rawEnd) : null]);
      text.item();
      if (apart) {
        text.add(at, rawFrom - lastKey.length);
        at = rawEnd + 1; // behind the comma
      }
      text.add(at, behind);
    }
    const rows = JSON.parse(text.end());
    for (let i = 0; i < rows.length; i++) {
      const [from, end, last] = texts[i];
      let row = rows[i];
      if (last !== null) row = "conv_last_msg" in row ? JSON.parse(utf8.decode(bytes.subarray(from, end))) : withLast(row, last); // or its draft has such a key
      this.#put(row);
    }
  }

  /** finish takes in the journal, by slices, and resolves with the rows in list order, with totalUnread. */
  async finish({ meta, log }) {
    const oldest = oldestOf(meta);
    let begun = performance.now();
    for (const entry of log[1]) {
      this.#entry(entry, oldest);
      if (performance.now() - begun < slice) continue;
      await turn();
      begun = performance.now();
    }
    const list = [...this.#rows.values()].sort(byOrder);
    let totalUnread = 0;
    for (const row of list) {
      if (row.conv_recv_opt === 0 && !(row.conv_type === group && row.conv_group_type === meeting)) totalUnread += row.conv_unread_num;
    }
    return Object.assign(list, { totalUnread });
  }

  /** #entry takes in an entry of the journal, unless it is older than the journal is. */
  #entry(bytes, oldest) {
    let head = null;
    const messages = [];
    for (const [kind, from, end] of partsOf(bytes)) {
      if (kind === parts.header) head = new Fields(bytes, from, end);
      else if (kind !== parts.counters) messages.push(new Fields(bytes, from + 1, end)); // its first byte is that of a record
    }
    if (head.uint() < oldest) return;
    head.skip("bu");
    head.times(() => head.skip("ubb")); // deletions
    head.uint(); // how many messages
    head.times(() => head.skip("bb")); // identities
    head.times(() => {
      const last = head.uint();
      const c = conversationOf(head, last === 0);
      if (last > 0 && c.last !== null) c.last.raw = rawOf(messages[last - 1]);
      if (c.exists) this.#put(rowOf(c));
      else this.#rows.delete(nameOf(c.type, c.id));
    });
  }

  #put(row) {
    this.#rows.set(nameOf(row.conv_type, row.conv_id), row);
  }
}

/** oldestOf is the first revision that the journal has, as the counters say. */
function oldestOf(meta) {
  if (meta[0] !== sealed) throw new Error("of another version");
  const counters = new Fields(meta, 1, meta.length - sumSize);
  counters.skip("bu");
  return counters.uint();
}

/** turn resolves in a task of its own. A timer would be held back where the page is not seen. */
const turn = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
});

const nameOf = (type, id) => `${type} ${id}`;

/** byOrder sorts as the module does: pinned, active, type, and the bytes of the id. */
function byOrder(a, b) {
  return b.conv_active_time - a.conv_active_time || a.conv_type - b.conv_type || byBytes(a.conv_id, b.conv_id);
}

/** byBytes sorts texts by their UTF-8: what takes two units of UTF-16 comes last. */
function byBytes(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rank = (unit) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
  return (i < a.length ? rank(a.charCodeAt(i)) : -1) - (i < b.length ? rank(b.charCodeAt(i)) : -1);
}

/** partsOf tells where the parts of a record lie, without their checksums: [kind, from, end] each. */
function partsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] !== sealed) throw new Error("of another version");
  const found = [];
  for (let at = 1; at < bytes.length;) {
    const head = view.getUint32(at, true);
    const end = at + 8 + (head >>> 3);
    if (Math.imul(head, factor) >>> 0 !== view.getUint32(at + 4, true) || end > bytes.length) throw new Error("damaged");
    found.push([head & 7, at + 8, end - sumSize]);
    at = end;
  }
  return found;
}

const [bracket, comma] = [0x5b, 0x2c]; // [ and ,
const lastKey = '"conv_last_msg":';

/** isLast tells whether the key of a last message stands before these bytes, between commas. A draft may have such a key. */
function isLast(view, from, end) {
  const at = from - lastKey.length;
  return view.getUint8(at - 1) === comma && view.getUint8(end) === comma &&
    view.getUint32(at, true) === 0x6e6f6322 && view.getUint32(at + 4, true) === 0x616c5f76 &&
    view.getUint32(at + 8, true) === 0x6d5f7473 && view.getUint32(at + 12, true) === 0x3a226773;
}

/** A Joined is the text of an array, put together from pieces of some bytes in the order in which they lie there. */
class Joined {
  #bytes; // a copy; what has been put together lies at its beginning
  #length = 0;

  /** Of a room's bytes use is made until the end. */
  constructor(bytes, room) {
    if (bytes.length > room.bytes.length) room.bytes = new Uint8Array(2 * bytes.length);
    this.#bytes = room.bytes;
    this.#bytes.set(bytes);
  }

  /** item begins one, of the pieces that are added then. */
  item() {
    this.#bytes[this.#length] = this.#length === 0 ? bracket : comma;
    this.#length++;
  }

  add(from, end) {
    this.#bytes.copyWithin(this.#length, from, end);
    this.#length += end - from;
  }

  end() {
    return this.#length === 0 ? "[]" : `${utf8.decode(this.#bytes.subarray(0, this.#length))}]`;
  }
}

const few = 8; // last messages of a page that are parsed one by one

/** Lasts are the last messages of a page. Where many are looked at, the others are parsed at once. */
class Lasts {
  #bytes;
  #room;
  #all = [];
  #looked = 0;

  constructor(bytes, room) {
    [this.#bytes, this.#room] = [bytes, room];
  }

  add(from, end) {
    const last = new Last(this, from, end);
    this.#all.push(last);
    return last;
  }

  /** look parses one that has not been looked at. */
  look(last) {
    if (++this.#looked > few && this.#parseAll()) return;
    last.fill(JSON.parse(utf8.decode(this.#bytes.subarray(last.from, last.end))));
  }

  /** #parseAll returns false where one of them is damaged. */
  #parseAll() {
    const text = new Joined(this.#bytes, this.#room);
    for (const { from, end } of this.#all) {
      text.item();
      text.add(from, end);
    }
    let values = [];
    try {
      values = JSON.parse(text.end());
    } catch {
      // That is what is told.
    }
    if (values.length !== this.#all.length) {
      this.#looked = -Infinity; // each by itself
      return false;
    }
    this.#all.forEach((last, i) => last.fill(values[i]));
    [this.#bytes, this.#room, this.#all] = [null, null, []];
    return true;
  }
}

/**
 * A Last is the last message of a row, which its source makes when it is looked at. It
 * cannot be extended, for which the proxies of frameworks leave it as it is.
 */
class Last {
  #source; // null when it is made
  #value = null;

  /** A page tells where it lies. */
  constructor(source, from = 0, end = 0) {
    this.#source = source;
    [this.from, this.end] = [from, end];
    Object.preventExtensions(this);
  }

  get() {
    if (this.#source !== null) {
      try {
        this.#source.look(this);
      } catch {
        this.set(null); // damaged, until the module has put it aside
      }
    }
    return this.#value;
  }

  /** fill sets it, unless it has been set. */
  fill(value) {
    if (this.#source !== null) this.set(value);
  }

  set(value) {
    [this.#source, this.#value] = [null, value];
  }
}

const ofRow = Symbol("conv_last_msg");
const hidden = { value: null, writable: true, enumerable: false, configurable: true };
const shared = {
  get() {
    return this[ofRow]?.get();
  },
  set(value) {
    this[ofRow]?.set(value);
  },
  enumerable: true,
  configurable: true,
};

/**
 * withLast gives a row its last message. All rows share how that is done, so that they
 * keep the form of an object that browsers read fastest.
 */
function withLast(row, last) {
  hidden.value = last;
  Object.defineProperty(row, ofRow, hidden);
  return Object.defineProperty(row, "conv_last_msg", shared);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** textOf is a text of the module, in which a lone surrogate has three bytes. */
function textOf(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    let text = "";
    for (let i = 0; i < bytes.length;) {
      const size = bytes[i] < 0x80 ? 1 : bytes[i] < 0xe0 ? 2 : bytes[i] < 0xf0 ? 3 : 4;
      let point = size === 1 ? bytes[i] : bytes[i] & (0x7f >> size);
      for (let k = 1; k < size; k++) point = (point << 6) | (bytes[i + k] & 0x3f);
      text += String.fromCodePoint(point);
      i += size;
    }
    return text;
  }
}

/** Fields are read one after the other. */
class Fields {
  #bytes;
  #at;
  #end;

  constructor(bytes, from, end) {
    [this.#bytes, this.#at, this.#end] = [bytes, from, end];
  }

  /** uint is a number, a bigint where it is too large for one. */
  uint() {
    let sum = 0;
    for (let scale = 1; scale < 2 ** 49; scale *= 128) {
      const byte = this.#byte();
      sum += (byte & 0x7f) * scale;
      if (byte < 0x80) return sum;
    }
    let large = BigInt(sum);
    for (let shift = 49n; ; shift += 7n) {
      const byte = this.#byte();
      large += BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return large <= Number.MAX_SAFE_INTEGER ? Number(large) : large;
    }
  }

  #byte() {
    if (this.#at >= this.#end) throw new Error("truncated");
    return this.#bytes[this.#at++];
  }

  int() {
    const n = this.uint();
    if (typeof n === "number") return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
    return Number((n & 1n) === 1n ? -(n >> 1n) - 1n : n >> 1n);
  }

  bytes() {
    const size = this.uint();
    if (size > this.#end - this.#at) throw new Error("truncated");
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  text() {
    return textOf(this.bytes());
  }

  /** skip leaves out numbers (u) and texts (b). */
  skip(kinds) {
    for (const kind of kinds) {
      if (kind === "u") this.uint();
      else this.bytes();
    }
  }

  /** times reads what is there several times. */
  times(read) {
    const all = [];
    for (let n = this.uint(); n > 0; n--) all.push(read());
    return all;
  }

  position() {
    return { time: this.int(), seq: this.uint(), arrival: this.uint() };
  }
}

/** conversationOf reads a conversation of an entry; whole tells whether the text of its last message is there. */
function conversationOf(f, whole) {
  const c = { type: f.uint(), id: f.text() };
  const flags = f.uint();
  [c.exists, c.pinned, c.fromSelf, c.hasDraft] = [0, 1, 3, 5].map((bit) => (flags >> bit & 1) === 1);
  [c.active, c.recvOpt, c.kind, c.name, c.face] = [f.int(), f.uint(), f.uint(), f.text(), f.text()];
  [c.senderName, c.senderFace] = [f.text(), f.text()];
  f.position();
  c.read = { time: f.int(), timeArrival: f.uint(), seq: f.uint(), seqArrival: f.uint(), all: f.uint() };
  f.skip("uu");
  f.times(() => f.skip("b"));
  f.skip("uuu");
  c.unread = f.uint();
  f.skip("u");
  c.mentions = f.times(() => ({ seq: f.uint(), kind: f.uint(), at: f.position() }));
  c.peerRead = f.int();
  f.skip("buuu");
  [c.marks, c.custom] = [f.uint(), f.text()];
  c.groups = f.times(() => ({ name: f.text(), since: f.uint() }));
  f.skip("u");
  c.draft = f.bytes();
  c.last = (flags & 4) === 0 ? null : { at: f.position(), raw: whole ? f.bytes() : null };
  return c;
}

/** rawOf is the text of a message record. */
function rawOf(f) {
  f.skip("ubb"); // the conversation, its identity
  f.times(() => f.skip("b"));
  f.skip("u");
  f.position();
  f.skip("uuu");
  return f.bytes();
}

/** rowOf is the ConvInfo of a conversation. */
function rowOf(c) {
  const c2c = c.type !== group;
  const row = {
    conv_active_time: c.active + (c.pinned ? pinned : 0),
    conv_c2c_read_timestamp: c2c ? c.read.time : 0,
    conv_conversation_group_array: c.groups.map(({ name }) => name),
    conv_custom_data: c.custom,
  };
  if (c.hasDraft) row.conv_draft = JSON.parse(textOf(c.draft));
  row.conv_face_url = c.face === "" && c2c ? c.senderFace : c.face;
  if (c.mentions.length > 0) {
    row.conv_group_at_info_array = c.mentions.map(({ kind, seq }) => ({ conv_group_at_info_at_type: kind, conv_group_at_info_seq: Number(seq) }));
  }
  row.conv_group_read_sequence = c2c ? 0 : Number(c.read.seq);
  if (!c2c) row.conv_group_type = c.kind;
  Object.assign(row, { conv_id: c.id, conv_is_has_draft: c.hasDraft, conv_is_has_lastmsg: c.last !== null, conv_is_pinned: c.pinned });
  if (c.last !== null) withLast(row, new Last({ look: (last) => last.fill(shown(c)) }));
  return Object.assign(row, {
    conv_mark_array: bitsOf(BigInt(c.marks)), conv_recv_opt: c.recvOpt,
    conv_show_name: c.name || (c2c && c.senderName) || c.id, conv_type: c.type, conv_unread_num: c.unread,
  });
}

/** bitsOf has one number for each bit. */
function bitsOf(bits) {
  const marks = [];
  for (; bits > 0n; bits &= bits - 1n) marks.push(Number(bits & -bits));
  return marks;
}

/** shown is the last message as it came, but read where it has been read since. */
function shown({ type, last, fromSelf, read, peerRead }) {
  const message = JSON.parse(textOf(last.raw));
  if (!fromSelf && message.message_is_read === false && covers(read, last.at, type)) message.message_is_read = true;
  const sent = !("message_status" in message) || [2, 5, 6].includes(message.message_status);
  if (fromSelf && sent && type !== group && peerRead > 0 && last.at.time <= peerRead) message.message_is_peer_read = true;
  return message;
}

/** covers tells whether a read mark covers a message of that position. */
function covers(read, at, type) {
  if (at.arrival <= read.all) return true;
  const [mine, mark, arrival] = type === group && at.seq > 0 ? [at.seq, read.seq, read.seqArrival] : [at.time, read.time, read.timeArrival];
  return mine < mark || (mine === mark && at.arrival <= arrival);
}
