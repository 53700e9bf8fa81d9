/**
 * Loads the timconv module and resolves with the global it registers, `TIM`.
 *
 *     import { loadTIM } from "./tim.js";
 *     const TIM = await loadTIM();
 *
 * Importing this file does nothing and needs neither a DOM nor WebAssembly;
 * all work is done in loadTIM.
 */

/** The version of this loader. A module of another version is refused. */
export const VERSION = "0.1.0";

/**
 * Reads what to paint before the module is there: the top of the conversation
 * list as it was last seen in this browser.
 *
 * @param {{sdkAppID?: number|bigint|string, userID?: string}} [account] as given to
 *   TIMInit and TIMLogin; without a user the default account
 * @returns {(object[] & {totalUnread: number}) | null} up to 50 ConvInfo objects in
 *   list order, and the total unread count; null where nothing is known
 */
export function firstPaint({ sdkAppID = 0, userID = "" } = {}) {
  try {
    const account = databaseName(sdkAppID, userID);
    const text = localStorage.getItem(`timconv-first:${account}`);
    const glance = JSON.parse(text.slice(text.indexOf("\n") + 1));
    if (glance.account !== account) return null;
    return Object.assign(glance.rows, { totalUnread: glance.total_unread });
  } catch {
    return null; // nothing is there, or storage is refused
  }
}

/** databaseName is the name of an account's database, as the module forms it. */
function databaseName(sdkAppID, userID) {
  const user = encodeURIComponent(userID)
    .replace(/[!~*'()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
    .replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())
    .replace(/%40/g, "@");
  return `timconv:${sdkAppID}:${user}`;
}

/**
 * Reads the whole conversation list as it was last committed, without the module: to
 * have it before that, call this first and loadTIM with the same account then.
 *
 * @param {{sdkAppID?: number|bigint|string, userID?: string}} [account] as given to
 *   TIMInit and TIMLogin; without a user the default account
 * @returns {Promise<(object[] & {totalUnread: number}) | null>} what TIMConvGetConvList
 *   gives, and the total unread count; null where nothing is stored, or something that
 *   takes the module to read
 */
export async function firstList({ sdkAppID = 0, userID = "" } = {}) {
  try {
    const name = databaseName(sdkAppID, userID);
    const reader = import("./list.js"); // beside the database
    let list = null;
    const visitor = reader.then(({ StoredList }) => {
      list = new StoredList(VERSION);
      return (pages) => pages.forEach((page) => list.page(page));
    });
    visitor.catch(() => {}); // it is awaited later, where there is a database
    const found = readAhead(name, visitor);
    const rows = found.then((stored) => (stored === null ? null : list.finish(stored)));
    firstReading = { name, found, rows };
    await found;
    setTimeout(() => { firstReading = null; }, firstKept);
    return await rows;
  } catch {
    return null; // not stored as list.js knows it, or nothing has that name
  }
}

let firstReading = null; // what firstList has read last, for loadTIM
const firstKept = 1000; // milliseconds
const firstPatience = 1000; // how long loadTIM waits for it

const aheadKey = Symbol.for("timconv.ahead");
const pagesAhead = 256; // at most; the module reads the others itself
const pagesAtOnce = 64; // where they are looked at as they come

/**
 * readAhead reads what the module will read first, while it is still being
 * compiled: the counters, the pages of conversations and the journal, as of one
 * moment. It resolves with null where there is nothing, and leaves nothing open.
 * Whoever wants to see all pages gives a promise of a function that takes some.
 */
async function readAhead(name, visitor) {
  let db;
  try {
    db = await existing(name);
    db.onversionchange = () => db.close();
    return await contents(db, await visitor);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

/** existing resolves with a database that exists, of whatever version. */
function existing(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction.abort(); // it does not exist; let it be so
    request.onerror = (event) => { event.preventDefault(); reject(request.error); };
    request.onsuccess = () => resolve(request.result);
  });
}

function contents(db, visit) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(["meta", "convs", "log"]);
    const [meta, convs, log] = ["meta", "convs", "log"].map((space) => transaction.objectStore(space));
    const found = { meta: meta.get("meta"), log: [log.getAllKeys(), log.getAll()] };
    const kept = [[], []];
    const atOnce = visit === undefined ? pagesAhead : pagesAtOnce;
    let behind = false; // there are pages that are not kept
    const next = (range) => {
      const keys = convs.getAllKeys(range, atOnce);
      const pages = convs.getAll(range, atOnce);
      pages.onsuccess = () => {
        const more = pages.result.length === atOnce;
        if (more && visit !== undefined) next(IDBKeyRange.lowerBound(keys.result.at(-1), true));
        if (kept[0].length < pagesAhead) {
          kept[0].push(...keys.result);
          kept[1].push(...pages.result);
          behind = more;
        }
        try {
          visit?.(pages.result);
        } catch {
          transaction.abort();
        }
      };
    };
    next(null);
    transaction.oncomplete = () => resolve({
      meta: found.meta.result, pagesAhead: kept[0].length + (behind ? 0 : 1),
      convs: kept, log: found.log.map((request) => request.result),
    });
    transaction.onabort = () => reject(transaction.error);
  });
}

let loading = null; // what the last call promised, unless it failed
let unconfigured = null; // our instance, while its configuration is not accepted

/**
 * Loads the module once. Every later call gets the same promise; after a
 * failure a later call tries again. Where the page has TIM already (from script
 * tags, or another copy of this file), that one is taken if its version fits.
 *
 * @param {object} [options]
 * @param {string|URL|Response|Promise<Response>|BufferSource|WebAssembly.Module} [options.wasm]
 *   the module; by default tim.wasm beside this file
 * @param {string|URL} [options.wasmExec]
 *   Go's support script; by default wasm_exec.js beside this file. Not loaded
 *   where globalThis.Go is there already
 * @param {{sdkAppID?: number|bigint|string, userID?: string}} [options.account]
 *   who will log in first, as far as that is known: what is stored for that
 *   account is read while the module still compiles. By default the account of
 *   a page without logins
 * @param {object} [options.config]
 *   handed to TIMSetConfig right after registration, only by the call that
 *   makes the instance
 * @returns {Promise<object>} TIM, complete. Storage may still be opening: calls
 *   are accepted and answered later; `TIM.ready` tells when it is open
 */
export function loadTIM(options = {}) {
  if (loading === null) {
    const attempt = load(options ?? {});
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = null;
    });
  }
  return loading;
}

async function load({ wasm, wasmExec, config, account }) {
  if (globalThis.TIM === undefined) {
    const name = databaseName(account?.sdkAppID ?? 0, account?.userID ?? "");
    const first = firstReading?.name === name ? firstReading : null;
    firstReading = null;
    const ahead = { name, found: first?.found ?? readAhead(name) };
    // The page waits for that list: to compile meanwhile would only slow it.
    if (first !== null) await Promise.race([first.rows.catch(() => {}), new Promise((resolve) => { setTimeout(resolve, firstPatience); })]);
    if (typeof WebAssembly !== "object") throw new Error("timconv: this environment has no WebAssembly");
    const source = fetched(wasm ?? new URL("./tim.wasm", import.meta.url)); // beside wasm_exec.js, not behind it
    source.catch(() => {}); // it is awaited later: until then nobody would handle it
    const go = await newGo(wasmExec ?? new URL("./wasm_exec.js", import.meta.url));
    const instance = await instantiate(await source, go.importObject);
    // Script tags may have been quicker.
    if (globalThis.TIM === undefined) unconfigured = run(go, instance, ahead);
  }
  const TIM = globalThis.TIM;
  if (TIM?.version !== VERSION) throw versionError(TIM?.version);
  if (unconfigured === TIM) {
    configure(TIM, config);
    unconfigured = null;
  }
  return TIM;
}

/**
 * run starts the module, which registers TIM before go.run returns. What was
 * read ahead, and of which database, lies on the global object meanwhile, where the module
 * finds it, and so does the shorter way.
 */
function run(go, instance, ahead) {
  const laid = { [aheadKey]: ahead, [quickKey]: quickWay(go, instance.exports) };
  for (const key of [aheadKey, quickKey]) Object.defineProperty(globalThis, key, { value: laid[key], configurable: true });
  // The promise of go.run settles when the program ends, which it does not.
  go.run(instance).catch((err) => console.error("timconv: the module has stopped:", err));
  for (const key of [aheadKey, quickKey]) Reflect.deleteProperty(globalThis, key);
  const TIM = globalThis.TIM;
  if (TIM === undefined) throw new Error("timconv: the module has started and not registered TIM");
  if (TIM.version !== VERSION) {
    Reflect.deleteProperty(globalThis, "TIM");
    throw versionError(TIM.version);
  }
  return TIM;
}

const quickKey = Symbol.for("timconv.quick");
const quickTexts = 1 << 16; // bytes that the module has room for
const slowly = -(2 ** 31);
const kinds = { undefined: 0, boolean: 2, number: 3, string: 4, bigint: 5, function: 6 }; // as the module counts them
const kindOf = (value) => (value === null ? 1 : kinds[typeof value] ?? 8);

/**
 * quickWay is a shorter way into the module than Go's own, for calls of the usual sort: a
 * short text, a callback or none, and user data or none. The text goes into the module's memory;
 * callback and user data stay here.
 */
function quickWay(go, { mem, quick_room: room, quick_call: run }) {
  const encoder = new TextEncoder();
  const later = queueMicrotask;
  const called = new Map(); // [callback, user data] by number
  let last = 0;
  let texts = new Uint8Array();

  // What a call has woken in the module runs when the task is over.
  let waking = false;
  const wake = () => {
    waking = false;
    if (!go.exited) go._resume();
  };

  const take = (call, ...told) => {
    const [callback, data] = called.get(call) ?? [() => {}];
    called.delete(call);
    return () => callback(...told, data);
  };

  /** written gives how long a text in the module's memory is, -1 where it is none or has no room. */
  const written = (text) => {
    if (typeof text !== "string" || text.length > quickTexts) return -1;
    if (texts.length === 0) texts = new Uint8Array(mem.buffer, room(), quickTexts); // the memory has grown
    const put = encoder.encodeInto(text, texts);
    return put.read === text.length ? put.written : -1;
  };

  /** wrap makes of a function, by its place and as it is without this, one with both ways. */
  const wrap = (place, slow) => function (...args) {
    const [text, callback, data] = args;
    const [count, kind] = [args.length, kindOf(callback)];
    const isUsual = count <= 3 && (kind <= 1 || kind === 6) && !ArrayBuffer.isView(data) && !go.exited;
    const length = isUsual ? written(text) : -1;
    if (length < 0) return slow(...args.slice(0, 1000)); // none has as many parameters
    const call = kind === 6 ? ++last : 0;
    if (call !== 0) called.set(call, [callback, data]);
    const ret = run(place, count, length, kind, call, kindOf(data));
    if (ret !== 0) called.delete(call);
    if (ret === slowly) return slow(...args);
    if (!waking) {
      waking = true;
      later(wake);
    }
    return ret;
  };

  return { wrap, post: (...call) => later(take(...call)), take };
}

function versionError(found) {
  return new Error(
    `timconv: tim.js is version ${VERSION} and the module is version ${found ?? "unknown"}; ` +
      "deploy tim.js, list.js, tim.wasm and wasm_exec.js from the same build, and look for a stale cache",
  );
}

function configure(TIM, config) {
  if (config === undefined || config === null) return;
  const ret = TIM.TIMSetConfig(JSON.stringify(config), null, null);
  if (ret !== 0) throw new Error(`timconv: TIMSetConfig refused the configuration, it returned ${ret}`);
}

async function newGo(wasmExec) {
  if (typeof globalThis.Go !== "function") {
    const address = String(wasmExec);
    try {
      // It is a plain script that sets globalThis.Go; imported, it runs as one.
      await import(/* @vite-ignore */ /* webpackIgnore: true */ address);
    } catch (err) {
      throw new Error(`timconv: ${address} could not be loaded: ${err.message}`, { cause: err });
    }
    if (typeof globalThis.Go !== "function") {
      throw new Error(`timconv: ${address} is not Go's wasm_exec.js, it has not defined Go`);
    }
  }
  return new globalThis.Go();
}

/** fetched begins to fetch the module where an address is given. */
async function fetched(source) {
  const given = await source;
  if (typeof given !== "string" && !(given instanceof URL)) return given;
  const address = String(given);
  if (address.startsWith("file:") && typeof globalThis.process?.versions?.node === "string") return readFile(given);
  try {
    return await fetch(address);
  } catch (err) {
    throw new Error(`timconv: ${address} could not be fetched: ${err.message}`, { cause: err });
  }
}

function instantiate(given, imports) {
  if (given instanceof WebAssembly.Module) return WebAssembly.instantiate(given, imports);
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) return fromBytes(given, "the given buffer", imports);
  if (typeof Response === "function" && given instanceof Response) return fromResponse(given, imports);
  throw new TypeError("timconv: wasm must be an address, a Response, bytes or a WebAssembly.Module");
}

/** readFile is for Node, whose fetch does not read files. */
async function readFile(address) {
  const fs = "node:fs/promises"; // not written in the import: bundlers would look for it
  const { readFile: read } = await import(/* @vite-ignore */ /* webpackIgnore: true */ fs);
  return read(new URL(address));
}

async function fromResponse(response, imports) {
  const name = response.url || "the given Response";
  if (!response.ok) {
    const hint = response.status === 404 ? " (the file is not there)" : "";
    throw new Error(`timconv: ${name} answered with HTTP status ${response.status}${hint}`);
  }
  const type = (response.headers.get("content-type") ?? "").trim().toLowerCase();
  // Streaming insists on exactly this type, without parameters.
  if (type === "application/wasm" && typeof WebAssembly.instantiateStreaming === "function") {
    try {
      return (await WebAssembly.instantiateStreaming(response, imports)).instance;
    } catch (err) {
      throw new Error(`timconv: ${name} could not be started: ${err.message}`, { cause: err });
    }
  }
  return fromBytes(await response.arrayBuffer(), name, imports);
}

async function fromBytes(bytes, name, imports) {
  const head = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, Math.min(64, bytes.byteLength))
    : new Uint8Array(bytes, 0, Math.min(64, bytes.byteLength));
  if (String.fromCharCode(...head.subarray(0, 4)) !== "\0asm") {
    const isMarkup = String.fromCharCode(...head).trimStart().startsWith("<");
    throw new Error(
      isMarkup
        ? `timconv: ${name} is an HTML page, not a WebAssembly module; the server may answer unknown paths with its index page`
        : `timconv: ${name} is not a WebAssembly module`,
    );
  }
  try {
    return (await WebAssembly.instantiate(bytes, imports)).instance;
  } catch (err) {
    throw new Error(`timconv: ${name} could not be started: ${err.message}`, { cause: err });
  }
}
