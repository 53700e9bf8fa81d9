// What the end-to-end tests share: a headless Chromium of their own that can be
// killed and reopened on the same profile, and calls of TIM in a page.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";

export { serve, webRoot } from "./server.mjs";

const executable = process.env.CHROMIUM || "/usr/bin/chromium";

/**
 * options are those of every suite and test that needs a browser: without one
 * they are skipped by name, but in CI they run and fail. What hangs fails by its
 * name before the runner gives up on the file.
 */
export const options = {
  skip: existsSync(executable) || process.env.CI ? false : `no Chromium at ${executable}: set CHROMIUM to one`,
  timeout: 240000,
};

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--disable-dev-shm-usage",
];
const portFile = "DevToolsActivePort"; // of the profile directory
const logFile = "chromium.log";

// A test that failed may have left its browser running, which would keep this
// process from ending.
const running = new Set();
const killAll = () => { for (const killNow of running) killNow(); };
after(killAll);
process.once("exit", killAll);

/**
 * launch starts Chromium. With a profile directory it uses that and leaves it
 * behind; otherwise the profile goes with the browser. It resolves with
 * {browser, context, close, kill}: context is the profile's own; kill is SIGKILL
 * to all of its processes.
 */
export async function launch({ profile } = {}) {
  assert.ok(existsSync(executable), `no Chromium at ${executable}: install one, or set CHROMIUM`);
  const dir = profile ?? await mkdtemp(join(tmpdir(), "timconv-e2e-"));
  for (const name of [portFile, "SingletonLock", "SingletonCookie", "SingletonSocket"]) await rm(join(dir, name), { force: true });
  const log = openSync(join(dir, logFile), "w");
  const child = spawn(executable, [...flags, `--user-data-dir=${dir}`, "about:blank"], {
    detached: true, // a process group of its own, so that kill reaches every process of it
    stdio: ["ignore", log, log], // no pipe: a crash handler that outlives the browser would hold it open
  });
  closeSync(log);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const killNow = () => { try { process.kill(-child.pid, "SIGKILL"); } catch { /* it has gone by itself */ } };
  running.add(killNow);
  gone.then(() => running.delete(killNow));
  const kill = async () => {
    killNow();
    await gone;
    if (profile === undefined) await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  let browser;
  try {
    browser = await chromium.connectOverCDP(await endpoint(child, dir));
  } catch (err) {
    await kill();
    throw err;
  }
  const close = async () => {
    const closing = browser.newBrowserCDPSession().then((session) => session.send("Browser.close")).catch(() => {});
    await within(5000, Promise.all([closing, gone]));
    await kill();
  };
  return { browser, context: browser.contexts()[0], close, kill };
}

/** endpoint waits for the address of the browser's debugger, which the profile tells. */
async function endpoint(child, dir) {
  const said = async () => (await readFile(join(dir, logFile), "utf8").catch(() => "")).slice(-4000);
  const deadline = Date.now() + 60000;
  while (Date.now() < deadline) {
    const [port, path] = (await readFile(join(dir, portFile), "utf8").catch(() => "")).split("\n");
    if (/^\/devtools\/browser\/[0-9a-f-]{36}$/.test(path)) return `ws://127.0.0.1:${port}${path}`;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`Chromium has ended with code ${child.exitCode}:\n${await said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Chromium has not come up:\n${await said()}`);
}

/** within waits for a promise, but no longer than that. */
async function within(milliseconds, promise) {
  let timer;
  await Promise.race([promise, new Promise((resolve) => { timer = setTimeout(resolve, milliseconds); })]);
  clearTimeout(timer);
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

/** openPage opens an address in a watched page. */
export async function openPage(context, address) {
  const page = watch(await context.newPage());
  await page.goto(address);
  return page;
}

/** openBlank opens a page with the module, loaded by script tags, and no demo. */
export async function openBlank(context, server) {
  const page = await openPage(context, `${server.origin}/blank.html`);
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
