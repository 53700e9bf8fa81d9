// A page of WebKitGTK, with those methods of Playwright's Page that tests use.
import { EventEmitter } from "node:events";
import { Locator, press } from "./webkit-locator.mjs";

const patience = 30000;

/** A Page is one view. Events: console, pageerror, crash. */
export class Page extends EventEmitter {
  #browser;
  #number;
  #closed = false;
  #address = "about:blank";
  #functions = new Map();

  constructor(browser, number) {
    super();
    this.#browser = browser;
    this.#number = number;
  }

  /** initScript is the text of a script that calls fn with arg. */
  static initScript(fn, arg) {
    return `(${fn})(${JSON.stringify(arg)})`;
  }

  ask(op, request) {
    return this.#browser.ask(op, { page: this.#number, ...request });
  }

  /** heard takes what the host tells of this page. */
  heard({ event, text, call, address }) {
    if (event === "address") this.#address = address;
    else if (event === "crash") this.emit("crash", this);
    else if (event === "pageerror") this.emit("pageerror", new Error(text));
    else if (event === "call") this.#functions.get(call.name)(...call.args);
    else this.emit("console", { type: () => event, text: () => text });
  }

  /** evaluate calls fn in the page with arg and resolves with what it resolves with. */
  evaluate(fn, arg) {
    return this.evaluateSource(typeof fn === "function" ? `(${fn})(...args)` : fn, [arg]);
  }

  /** evaluateSource evaluates an expression in which args are what is given. */
  async evaluateSource(source, args) {
    const answer = JSON.parse(await this.ask("evaluate", {
      body: `${pack}${revive}
        const args = revive(JSON.parse(argument));
        try {
          return JSON.stringify({ value: pack(await ${source}) });
        } catch (error) {
          return JSON.stringify({ thrown: String(error?.message ?? error), stack: String(error?.stack) });
        }`,
      argument: JSON.stringify(pack(args)),
    }));
    if (answer.thrown !== undefined) throw new Error(`page.evaluate: ${answer.thrown}\n${answer.stack}`);
    return revive(answer.value);
  }

  goto(address) { return this.ask("goto", { address }); }
  reload() { return this.ask("reload"); }
  goBack() { return this.ask("back"); }
  bringToFront() { return this.ask("front"); }
  setViewportSize({ width, height }) { return this.ask("size", { width, height }); }
  addInitScript(fn, arg) { return this.ask("script", { source: Page.initScript(fn, arg) }); }
  emulateMedia({ colorScheme }) { return this.ask("dark", { dark: colorScheme === "dark" }); }
  url() { return this.#address; }
  locator(select, narrower) { return new Locator(this, []).locator(select, narrower); }
  keyboard = { press: (key) => press(this, key) };
  click(select) { return this.locator(select).click(); }
  fill(select, value) { return this.locator(select).fill(value); }
  focus(select) { return this.locator(select).focus(); }
  press(select, key) { return this.locator(select).press(key); }
  textContent(select) { return this.locator(select).textContent(); }
  inputValue(select) { return this.locator(select).inputValue(); }
  getAttribute(select, name) { return this.locator(select).getAttribute(name); }
  selectOption(select, option) { return this.locator(select).selectOption(option); }
  setInputFiles(select, file) { return this.locator(select).setInputFiles(file); }
  waitForSelector(select, options) { return this.locator(select).waitFor(options); }
  title() { return this.evaluate(() => document.title); }
  waitForTimeout(milliseconds) { return new Promise((resolve) => setTimeout(resolve, milliseconds)); }

  async close() {
    if (this.#closed) return;
    this.#closed = true;
    await this.ask("close");
  }

  /** waitForFunction asks fn again until it returns something true. */
  async waitForFunction(fn, arg, { timeout = patience } = {}) {
    for (const end = Date.now() + timeout; Date.now() < end; await this.waitForTimeout(20)) {
      if (await this.evaluate(fn, arg)) return;
    }
    throw new Error(`page.waitForFunction: not within ${timeout} ms: ${fn}`);
  }

  addScriptTag({ url }) {
    return this.evaluate((url) => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${url} could not be loaded`));
      document.head.append(script);
    }), url);
  }

  /** exposeFunction gives the page a function that calls fn here; it returns nothing. */
  async exposeFunction(name, fn) {
    this.#functions.set(name, fn);
    await this.evaluate((name) => {
      window[name] = (...args) => webkit.messageHandlers.host.postMessage(JSON.stringify({ event: "call", call: { name, args } }));
    }, name);
  }
}

/** pack makes a value fit for JSON, which knows no undefined. */
function pack(value) {
  if (value === undefined) return { $undefined: true };
  if (Array.isArray(value)) return value.map(pack);
  if (value === null || typeof value !== "object") return typeof value === "object" ? null : value;
  return Object.fromEntries(Object.entries(value).map(([key, value]) => [key, pack(value)]));
}

/** revive undoes pack. */
function revive(value) {
  if (value === null || typeof value !== "object") return value;
  if (value.$undefined) return undefined;
  if (Array.isArray(value)) return value.map(revive);
  return Object.fromEntries(Object.entries(value).map(([key, value]) => [key, revive(value)]));
}
