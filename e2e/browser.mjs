// What the end-to-end tests share: a browser of their own that can be killed and
// reopened on the same profile, and calls of TIM in a page. ENGINE says which one:
// chromium, if nothing else is said, firefox or webkit.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { killAndWait } from "./engines/processes.mjs";

export { serve, webRoot } from "./server.mjs";

/** engine is the name of the engine under test. */
export const engine = process.env.ENGINE || "chromium";

const { missing, start } = await import(`./engines/${engine}.mjs`);

/**
 * options are those of every suite and test that needs a browser: without one
 * they are skipped by name, but in CI they run and fail. What hangs fails by its
 * name before the runner gives up on the file.
 */
export const options = {
  skip: process.env.CI ? false : missing || false,
  timeout: 240000,
};

/** only is the options of a test for some of the engines: the others skip it for that reason. */
export function only(engines, reason) {
  return { ...options, skip: engines.includes(engine) ? options.skip : `${engine}: ${reason}` };
}

// A test that failed may have left its browser running, which would keep this
// process from ending.
const running = new Set();
const killAll = () => { for (const killNow of running) killNow(); };
after(killAll);
process.once("exit", killAll);

/**
 * launch starts the browser. With a profile directory it uses that and leaves it
 * behind; otherwise the profile goes with the browser. It resolves with
 * {browser, context, version, close, kill, killRenderers, killKeeper}: context is the
 * profile's own; kill is SIGKILL to all of its processes, killRenderers to those in
 * which pages run, or to what pick picks of their pids, killKeeper to the one that
 * keeps what pages store, undefined where that is the browser's first one. evict
 * deletes what an origin has in IndexedDB, as the browser does it. With a quota, no
 * origin may store more bytes; where there is a limit(page, origin), it is so only
 * after that, for the origin of that page.
 */
export async function launch({ profile, quota } = {}) {
  assert.equal(missing, "", "the browser under test");
  const dir = profile ?? await mkdtemp(join(tmpdir(), "timconv-e2e-"));
  const { browser, context, version, close: closeNicely, gone, killNow, renderers, keeper, limit, evict } = await start(dir, { quota });
  running.add(killNow);
  gone.then(() => running.delete(killNow));
  const kill = async () => {
    killNow();
    await gone;
    if (profile === undefined) await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const close = async () => {
    await closeNicely();
    await kill();
  };
  return {
    browser, context, version, close, kill, limit, evict,
    killRenderers: (pick = (pids) => pids) => killAndWait(pick(some(renderers()))),
    killKeeper: keeper && (() => killAndWait(some(keeper()))),
  };
}

/** some fails where a kill would hit nothing. */
function some(pids) {
  assert.ok(pids.length > 0, "there is no such process");
  return pids;
}

let faults = [];

/** watch notes what a page complains of: uncaught errors, and console errors. */
export function watch(page) {
  page.on("pageerror", (err) => faults.push(`uncaught: ${err.message}`));
  page.on("crash", () => faults.push("the page has crashed"));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console ${message.type()}: ${message.text()}`);
  });
  return page;
}

/** noFaults fails if a watched page has complained, other than as allowed. */
export function noFaults(...allowed) {
  const bad = faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
  faults = [];
  assert.deepEqual(bad, [], "what the pages complained of");
}

/** newPage opens a page; Firefox may lose one that is opened while the process of another dies. */
async function newPage(context) {
  for (let left = engine === "firefox" ? 3 : 0; ; left--) {
    try {
      return await context.newPage();
    } catch (err) {
      if (left === 0) throw err;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

/** openPage opens an address in a watched page. */
export async function openPage(context, address) {
  const page = watch(await newPage(context));
  await page.goto(address);
  return page;
}

/** openBlank opens a page with the module, loaded by script tags, and no demo. */
export const openBlank = (context, server) => opened(context, `${server.origin}/blank.html`);

/** openLoaded opens the same, loaded by tim.js. */
export const openLoaded = (context, server) => opened(context, `${server.origin}/loaded.html`);

async function opened(context, address) {
  const page = await openPage(context, address);
  await page.waitForSelector("html[data-loaded]", { state: "attached" });
  return page;
}

/**
 * call calls an asynchronous function of TIM. It resolves with {ret} where the
 * call was not accepted, else with {ret, code, desc, json, ud}: ud tells whether
 * user_data came back as the same object.
 */
export function call(page, name, ...args) {
  return page.evaluate(([name, args]) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`${name} has not called back`)), 60000);
    const userData = {};
    let ret;
    ret = TIM[name](...args, (code, desc, json, ud) => resolve({ ret, code, desc, json, ud: ud === userData }), userData);
    if (ret !== 0) resolve({ ret });
  }), [name, args]);
}

/** callNow calls a function of TIM without a callback and resolves with its result. */
export function callNow(page, name, ...args) {
  return page.evaluate(([name, args]) => TIM[name](...args), [name, args]);
}

/** list reads the conversation list of a page's account. */
export async function list(page) {
  const { code, json } = await call(page, "TIMConvGetConvList");
  assert.equal(code, 0);
  return JSON.parse(json);
}
