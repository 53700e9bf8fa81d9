// WebKitGTK, driven by lines of JSON to a host around the library of Debian.
import { spawn, spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Page } from "./webkit-page.mjs";
import { family, killFamily, within } from "./processes.mjs";

export const name = "webkit";

const python = "/usr/bin/python3"; // Debian's own, which finds Debian's packages
const host = fileURLToPath(new URL("webkit_host.py", import.meta.url));

/** missing says what is not installed, or is "". */
export const missing = (() => {
  const probe = "import gi; gi.require_version('WebKit2', '4.1')";
  if (spawnSync(python, ["-c", probe]).status !== 0) return "no WebKitGTK for Python: install gir1.2-webkit2-4.1 and python3-gi";
  return spawnSync("which", ["Xvfb"]).status === 0 ? "" : "no Xvfb, the screen without a screen: install xvfb";
})();

/** start starts it on a profile directory. See launch of ../browser.mjs. */
export async function start(dir, { quota = 0 } = {}) {
  const screen = await startScreen();
  const runtime = join(dir, "runtime");
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const child = spawn(python, [host, dir, String(quota)], {
    detached: true, // a process group of its own, so that a kill reaches every process of it
    stdio: ["pipe", "pipe", process.env.DEBUG_ENGINE ? "inherit" : "ignore"],
    env: {
      ...process.env, DISPLAY: screen.display, XDG_RUNTIME_DIR: runtime, HOME: dir, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1",
      LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      DBUS_SESSION_BUS_ADDRESS: "disabled:",
    },
  });
  const browser = new Browser(child);
  const gone = new Promise((resolve) => child.once("exit", resolve)).then(() => {
    browser.lost();
    screen.end();
  });
  const named = (name) => family(child.pid).filter(({ args }) => args[0]?.endsWith(`/${name}`)).map(({ pid }) => pid);
  const version = await browser.ask("version");
  return {
    browser, context: new Context(browser, 0), version: `WebKitGTK ${version}`, gone,
    close: () => {
      child.stdin.end();
      return within(5000, gone);
    },
    killNow: () => killFamily(child.pid),
    evict: () => browser.ask("evict"),
    renderers: () => named("WebKitWebProcess"),
    keeper: () => named("WebKitNetworkProcess"),
  };
}

/** startScreen starts an X server that shows nothing. */
async function startScreen() {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const end = () => { child.kill("SIGKILL"); };
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  const number = await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("Xvfb has ended")));
    child.stdio[3].once("data", (data) => resolve(String(data).trim()));
  });
  return { display: `:${number}`, end };
}

/** A Browser hands requests to the host and its events to the pages. */
class Browser extends EventEmitter {
  #child;
  #count = 0;
  #open = new Map();
  pages = new Map();

  constructor(child) {
    super();
    this.#child = child;
    child.stdin.on("error", () => {}); // the end is heard otherwise
    createInterface({ input: child.stdout }).on("line", (line) => this.#heard(line));
  }

  /** ask resolves with what the host answers. */
  ask(op, request = {}) {
    return new Promise((resolve, reject) => {
      const id = ++this.#count;
      this.#open.set(id, { resolve, reject: (text) => reject(new Error(`${op}: ${text}`)) });
      this.#child.stdin.write(`${JSON.stringify({ id, op, ...request })}\n`);
    });
  }

  #heard(line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch (error) {
      if (this.#child.stdout.readable) throw error;
      return; // the last line of a host that was killed may be cut
    }
    if (message.id === undefined) {
      this.pages.get(message.page)?.heard(message);
      return;
    }
    const { resolve, reject } = this.#open.get(message.id);
    this.#open.delete(message.id);
    if (message.error === undefined) resolve(message.value);
    else reject(message.error);
  }

  /** lost fails what the host will not answer any more. */
  lost() {
    for (const { reject } of this.#open.values()) reject("the browser has ended");
    this.#open.clear();
  }

  /** newContext is storage of its own, in memory. */
  async newContext({ viewport } = {}) {
    return new Context(this, await this.ask("context"), viewport);
  }
}

/** A Context is the storage that its pages share. */
class Context {
  #scripts = [];
  #pages = new Set();

  constructor(browser, number, viewport) {
    this.browser = browser;
    this.number = number;
    this.viewport = viewport;
  }

  async addInitScript(fn, arg) {
    this.#scripts.push(Page.initScript(fn, arg));
  }

  async newPage() {
    const number = await this.browser.ask("open", { context: this.number, scripts: this.#scripts });
    const page = new Page(this.browser, number);
    this.browser.pages.set(number, page);
    this.#pages.add(page);
    if (this.viewport) await page.setViewportSize(this.viewport);
    return page;
  }

  async close() {
    for (const page of this.#pages) await page.close();
  }
}
