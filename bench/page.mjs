// The part of the benchmark that runs in the page: globalThis.bench, over the
// one column that the page has been built with. Times are milliseconds.
import { arriving, digest, draft, seeded, talk } from "./data.mjs";
import { convKey } from "./rules.mjs";
import { median, percentile } from "./stats.mjs";
import { answer, complete, openDatabase } from "./columns/idb.mjs";

const now = () => performance.now();
const pause = (ms = 0) => new Promise((resolve) => { setTimeout(resolve, ms); });

const tasks = []; // of the main thread, over 50 ms: the browser tells no shorter ones
new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });

/** longest is the longest task that began in a time, 0 if none took 50 ms. */
async function longest(from, to) {
  await pause(100); // the observer is told later
  const within = tasks.filter((task) => task.startTime + task.duration > from && task.startTime < to);
  return within.reduce((most, task) => Math.max(most, task.duration), 0);
}

const enough = 2000; // milliseconds, after which a round ends and three rounds will do

/** times runs an operation count times, at most, and gives the median of rounds, per operation. */
async function times(operation, count, rounds = 7) {
  const each = [];
  const begun = now();
  for (let round = 0; round < rounds && (round < 3 || now() - begun < enough); round++) {
    const start = now();
    let done = 0;
    while (done < count && (done === 0 || now() - start < enough)) await operation(done++);
    each.push((now() - start) / done);
    await pause();
  }
  return median(each);
}

class Bench {
  #column;
  #store = null;

  constructor(column, params) {
    this.#column = column;
    this.params = params;
    const tasks = { open: () => this.#openList(), first: () => this.#openFirst(), early: () => this.#openEarly(), nothing: async () => {} };
    this.done = (tasks[params.task] ?? (() => this.#open()))();
  }

  async #open() {
    this.#store = await this.#column.open({ durability: this.params.durability });
    return { opened: now() };
  }

  /** #openList measures from navigation to the list, in each of its forms. */
  async #openList() {
    await this.#open();
    const own = await this.#store.list();
    const listed = now();
    const rows = this.#store.objects(own);
    const asObjects = now();
    const longestTask = await longest(0, asObjects);
    const start = now();
    const json = this.#store.text(own);
    const asText = listed + now() - start;
    return { listed, asObjects, asText, longestTask, characters: json.length, digest: this.#digestOf(rows) };
  }

  /** #openFirst measures from navigation to the first 50 rows. */
  async #openFirst() {
    let painted = null;
    if (this.#column.firstPaint !== undefined) {
      const rows = await this.#column.firstPaint();
      painted = { at: now(), digest: rows === null ? "" : digest(rows.slice(0, 50)) };
    }
    await this.#open();
    const rows = await this.#store.first(50);
    const at = now();
    return { at, painted, digest: this.#digestOf(rows) };
  }

  /** #openEarly measures from navigation to the whole list as it can be had before the store is open, which is opened too. */
  async #openEarly() {
    const early = this.#column.firstList();
    const opening = this.#open();
    const rows = await early;
    const at = now();
    for (const row of rows) void row.conv_last_msg; // is parsed when it is looked at
    const whole = now();
    await opening;
    await this.#store.list();
    return { at, whole, listed: now(), digest: digest(rows) };
  }

  async seed(size) {
    await this.#store.seed(seeded(size));
  }

  /** lists gets the list so many times and lets it go. */
  async lists(count) {
    for (let i = 0; i < count; i++) await this.#store.list();
  }

  async digest() {
    return this.#digestOf(this.#store.objects(await this.#store.list()));
  }

  #digestOf(rows) {
    return digest(this.#comparable(rows));
  }

  #comparable(rows) {
    return this.#store.asConvInfo === undefined ? rows : this.#store.asConvInfo(rows);
  }

  /** warm measures reading in an open page; ids are those to find, rest is how long a list is kept, in milliseconds. */
  async warm(ids, rest) {
    const store = this.#store;
    const text = async () => store.text(await store.list());
    let fresh = null;
    if (rest > 0) {
      await pause(rest);
      fresh = await times(text, 1, 1);
    }
    await store.list();
    const found = this.#comparable(await store.byIDs(ids));
    if (found.some((row, i) => row.conv_id !== ids[i].id)) throw new Error("not the conversations asked for");
    const repeat = ids.length;
    return {
      fresh,
      text: await times(text, 3),
      objects: await times(async () => store.objects(await store.list()), 3),
      page: await times(() => store.first(50), 20),
      unread: await times(() => store.unread(), repeat * 5),
      byIDs: await times(() => store.byIDs(ids), repeat),
      pageDigest: this.#digestOf(await store.first(50)),
      total: await store.unread(),
      changed: await this.#afterChanges(ids, text),
    };
  }

  /** #afterChanges measures the list as text, each time after a change of one row. */
  async #afterChanges(ids, text) {
    const each = [];
    for (const { id, type } of ids.slice(0, 5)) {
      await this.#store.pin(id, type, true);
      const start = now();
      await text();
      each.push(now() - start);
      await this.#store.pin(id, type, false);
    }
    return median(each);
  }

  /** ingest feeds messages and measures until each is acknowledged, or time is up. */
  async ingest({ size, round, count, inFlight, batch, limit }) {
    const all = arriving(size, round, count);
    const texts = [];
    for (let i = 0; i < all.length; i += batch) texts.push(JSON.stringify(all.slice(i, i + batch)));
    await this.#store.list();
    await pause(200);
    let next = 0;
    const start = now();
    const feed = async () => {
      while (next < texts.length && now() - start < limit) await this.#store.take(texts[next++]);
    };
    await Promise.all(Array.from({ length: inFlight }, feed));
    const end = now();
    return { taken: Math.min(next * batch, all.length), ms: end - start, longestTask: await longest(start, end) };
  }

  /** hammer feeds one message after the other for a time, and gives how long each took. */
  async hammer({ size, round, count, milliseconds }) {
    const texts = arriving(size, round, count).map((m) => JSON.stringify([m]));
    const latencies = [];
    const end = now() + milliseconds;
    for (let i = 0; i < texts.length && now() < end; i++) {
      const start = now();
      await this.#store.take(texts[i]);
      latencies.push(now() - start);
    }
    return { latencies };
  }

  /** pin measures toggling, each durable, beside a put of a record of that size. */
  async pin({ id, type }, count) {
    const db = await openDatabase("raw", (made) => made.createObjectStore("raw"));
    const [row] = await this.#store.byIDs([{ id, type }]);
    const times = { pin: [], put: [] };
    for (let i = -10; i < count; i++) {
      const start = now();
      await this.#store.pin(id, type, i % 2 === 0);
      const pinned = now();
      const tx = db.transaction("raw", "readwrite", { durability: this.params.durability });
      tx.objectStore("raw").put(row, 1);
      tx.commit();
      await complete(tx);
      if (i < 0) continue;
      times.pin.push(pinned - start);
      times.put.push(now() - pinned);
    }
    db.close();
    await answer(indexedDB.deleteDatabase("raw"));
    const of = (list) => ({ p50: percentile(list, 0.5), p95: percentile(list, 0.95) });
    return { pin: of(times.pin), put: of(times.put) };
  }

  /** bare puts one record after the other for a time, each behind a read if asked for, and gives how long each took: what the browser itself takes. */
  async bare(milliseconds, behindRead) {
    const db = await openDatabase("raw", (made) => made.createObjectStore("raw"));
    const [value, latencies] = [new Uint8Array(1200), []];
    for (const end = now() + milliseconds; now() < end;) {
      const start = now();
      const tx = db.transaction("raw", "readwrite", { durability: this.params.durability });
      const store = tx.objectStore("raw");
      if (behindRead) await answer(store.getAll(IDBKeyRange.lowerBound(2)));
      store.put(value, 1);
      tx.commit();
      await complete(tx);
      latencies.push(now() - start);
    }
    db.close();
    return latencies;
  }

  /** ballast writes 200 kB that do not compress to a database of their own, and removes them again. */
  async ballast() {
    const db = await openDatabase("ballast", (made) => made.createObjectStore("ballast"));
    const tx = db.transaction("ballast", "readwrite", { durability: "strict" });
    const store = tx.objectStore("ballast");
    for (let key = 0; key < 4; key++) store.put(crypto.getRandomValues(new Uint8Array(50_000)), key);
    store.clear();
    await complete(tx);
    db.close();
  }

  /** draft measures setting a draft: until it is durable, and until the call returns where that is sooner. */
  async draft({ id, type }, count) {
    const durable = [];
    for (let i = 0; i < count; i++) {
      const start = now();
      await this.#store.draft(id, type, JSON.stringify(draft(i)));
      durable.push(now() - start);
    }
    const json = JSON.stringify(draft(0));
    const sync = this.#store.draftNow === undefined ? null : await times(() => this.#store.draftNow(id, type, json), 20);
    return { p50: percentile(durable, 0.5), p95: percentile(durable, 0.95), sync };
  }

  /**
   * chat measures what happens in one conversation of many unread messages, number at, and
   * with some others at once. It gives how long each took, and what is to be checked.
   */
  async chat({ size, at, others }) {
    const store = this.#store;
    const said = talk(size, at, 1000);
    const [{ message_conv_id: id, message_conv_type: type }] = said;
    for (let i = 0; i < said.length; i += 100) await store.take(JSON.stringify(said.slice(i, i + 100)));
    await pause(3000); // for what is done in idle time
    const [row] = await store.byIDs([{ id, type }]);
    const took = async (operation) => { const start = now(); await operation(); return now() - start; };
    const p50 = async (count, operation) => {
      const all = [];
      for (let i = 0; i < count; i++) all.push(await took(() => operation(i)));
      return percentile(all, 0.5);
    };
    const pages = [];
    const page = await p50(20, async () => { pages.push(await store.history(id, type, 20)); });
    const further = await p50(20, async (i) => { pages.push(await store.history(id, type, 20, pages[19 + i].at(-1))); });
    const revoke = await p50(20, (i) => store.revoke(said[500 + i]));
    const remove = await p50(20, (i) => store.remove(said[600 + i]));
    const [after] = await store.byIDs([{ id, type }]);
    const read = await took(() => store.readElsewhere(others));
    const rows = await store.byIDs(others.map((m) => ({ id: m.message_conv_id, type: m.message_conv_type })));
    const deleted = await took(() => store.deleteAll(others.map((m) => convKey(m.message_conv_type, m.message_conv_id))));
    return {
      page, further, revoke, remove, read, deleted,
      check: `${pages.at(-1).map((m) => m.message_msg_id)} ${row.conv_unread_num - after.conv_unread_num} ${rows.map((other) => other.conv_unread_num).join("")}`,
      left: (await store.objects(await store.list())).length,
    };
  }

  /**
   * watch measures a window of 20 rows: until each of some messages is durable and shows in
   * it, where it begins at a place, and until it shows others. It gives its rows at the end.
   */
  async watch({ size, messages, place, moves }) {
    const store = this.#store;
    let [rows, told] = [[], () => {}];
    const move = store.watch((shown) => { rows = shown; told(); });
    const shown = (act) => new Promise((resolve, reject) => {
      const [start, wrong] = [now(), setTimeout(() => reject(new Error("the window is not told")), 10_000)];
      told = () => { clearTimeout(wrong); told = () => {}; resolve(now() - start); };
      act();
    });
    await shown(() => move(place, 20));
    const [arrived, moved] = [[], []];
    for (const m of messages) {
      let durable;
      arrived.push(await shown(() => { durable = store.take(JSON.stringify([m])); }));
      await durable;
    }
    for (let i = 0; i < moves; i++) moved.push(await shown(() => move((i * 7919 + 40) % (size - 40), 20)));
    await shown(() => move(place, 20));
    return { arrived: percentile(arrived, 0.5), moved: percentile(moved, 0.5), digest: this.#digestOf(rows) };
  }

  /** handing counts the bytes that a pin and a draft hand to IndexedDB, and tells what became of the row. */
  async handing({ id, type }) {
    const bytes = async (change) => {
      const before = handed.bytes;
      for (let i = 0; i < 20; i++) await change(i);
      return (handed.bytes - before) / 20;
    };
    const pin = await bytes((i) => this.#store.pin(id, type, i % 2 === 0));
    const set = await bytes((i) => this.#store.draft(id, type, JSON.stringify(draft(i))));
    const [row] = this.#comparable(await this.#store.byIDs([{ id, type }]));
    return { pin, draft: set, row: `${row.conv_is_pinned} ${row.conv_draft.draft_msg.message_elem_array[0].text_elem_content}` };
  }
}

/** start begins a page: its address says what is to be done. */
export function start(column) {
  globalThis.bench = new Bench(column, Object.fromEntries(new URLSearchParams(location.search)));
}
