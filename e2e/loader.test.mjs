// How the module comes into a page: by script tags, by import, and when
// something about that goes wrong.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, openBlank, openPage, serve, options, webRoot } from "./browser.mjs";

describe("loading", options, () => {
  let chrome;
  let server;
  let context;

  before(async () => {
    const loader = await readFile(join(webRoot, "tim.js"), "utf8");
    server = await serve({ files: {
      "/other-version.js": loader.replace(/VERSION = "[^"]+"/, 'VERSION = "0.0.9"'),
      "/copy.js": loader,
      "/page.wasm": { body: "<!doctype html><title>spa</title>", type: "text/html" },
      "/noise.wasm": { body: "this is no module", type: "application/octet-stream" },
      "/not-go.js": "// nothing",
    } });
    chrome = await launch();
  });
  after(async () => {
    await chrome?.close();
    await server?.close();
  });
  afterEach(async () => {
    await context?.close();
    context = undefined;
  });

  /** empty opens a page without anything on it, in a fresh context. */
  async function empty(on = server) {
    context = await chrome.browser.newContext();
    return openPage(context, `${on.origin}/empty.html`);
  }

  test("script tags register TIM before go.run returns", async () => {
    context = await chrome.browser.newContext();
    const page = await openBlank(context, server);
    assert.equal(await page.evaluate(() => typeof TIM.TIMConvGetConvList), "function");
    assert.deepEqual(await call(page, "TIMConvGetConvList"), { ret: 0, code: 0, desc: "OK", json: "[]", ud: true });
    noFaults();
  });

  test("import and loadTIM give the same thing", async () => {
    const page = await empty();
    const got = await page.evaluate(async () => {
      const { loadTIM, VERSION } = await import("/tim.js");
      const tim = await loadTIM();
      return { same: tim === globalThis.TIM, versions: tim.version === VERSION };
    });
    assert.deepEqual(got, { same: true, versions: true });
    assert.equal((await call(page, "TIMConvGetConvList")).json, "[]");
    noFaults();
  });

  test("import alone does nothing", async () => {
    const page = await empty();
    const added = await page.evaluate(async () => {
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      await import("/tim.js");
      return Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && !name.startsWith("__pw")); // Playwright's
    });
    assert.deepEqual(added, []);
    noFaults();
  });

  test("nothing but TIM is added to what wasm_exec.js defines", async () => {
    const page = await empty();
    const added = await page.evaluate(async () => {
      await import("/wasm_exec.js");
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const { loadTIM } = await import("/tim.js");
      const tim = await loadTIM();
      await tim.ready;
      await new Promise((resolve) => tim.TIMConvGetConvList(resolve, null));
      return Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
    });
    assert.deepEqual(added, ["TIM"]);
    noFaults();
  });

  test("a second load gives the same promise and the same instance", async () => {
    const page = await empty();
    const got = await page.evaluate(async () => {
      const { loadTIM } = await import("/tim.js");
      const first = loadTIM();
      const second = loadTIM();
      const tim = await first;
      const copy = await import("/copy.js");
      return [first === second, await loadTIM() === tim, await copy.loadTIM() === tim];
    });
    assert.deepEqual(got, [true, true, true]);
    noFaults();
  });

  test("loadTIM takes what script tags have loaded", async () => {
    context = await chrome.browser.newContext();
    const page = await openBlank(context, server);
    assert.equal(await page.evaluate(async () => {
      const before = TIM;
      const { loadTIM } = await import("/tim.js");
      return await loadTIM() === before;
    }), true);
    noFaults();
  });

  test("calls made before the store is open are answered later", async () => {
    const page = await empty();
    const got = await page.evaluate(async () => {
      const { loadTIM } = await import("/tim.js");
      const tim = await loadTIM();
      const state = tim.status.state;
      let returned = false;
      const answer = new Promise((resolve) => {
        const ret = tim.TIMConvCreate("early", 1, (code) => resolve({ ret, code, returned }), null);
        returned = true;
      });
      const wasReady = await tim.ready;
      return { state, wasReady, later: tim.status.state, ...await answer };
    });
    assert.deepEqual(got, { state: "opening", wasReady: undefined, later: "ready", ret: 0, code: 0, returned: true });
    noFaults();
  });

  /**
   * lateModule loads the module in a page on an account that has something, and holds it back
   * until something has been done; it resolves with the list, how often the journal was read,
   * and what was opened. With a user it logs in as soon as the module is there, or later.
   */
  async function lateModule(meanwhile, user, later) {
    const first = await empty();
    await first.evaluate(async (user) => {
      await (await import("/tim.js")).loadTIM();
      if (user !== undefined) TIM.TIMLogin(user, "", null, null);
    }, user);
    const say = async (id, n) => assert.equal((await call(first, "TIMRecvNewMsg", JSON.stringify([{ message_conv_id: id, message_conv_type: 1, message_sender: id, message_msg_id: `m${n}`, message_server_time: 1800000000 + n }]))).code, 0);
    await say("ann", 1);
    const page = await openPage(context, `${server.origin}/empty.html`);
    await page.evaluate(async (user) => {
      globalThis.reads = 0;
      globalThis.opened = [];
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (name, ...args) {
        if (!opened.includes(name)) opened.push(name);
        return open.call(this, name, ...args);
      };
      const { getAll } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.getAll = function (...args) {
        if (this.name === "log") reads++;
        return getAll.apply(this, args);
      };
      const { loadTIM } = await import("/tim.js");
      const held = new Promise((resolve) => { globalThis.letGo = resolve; });
      globalThis.loaded = loadTIM({ wasm: held.then(() => fetch("/tim.wasm")), account: user && { userID: user } });
    }, user);
    await page.waitForFunction(() => reads > 0); // what is stored has been asked for
    await page.waitForTimeout(100);
    await meanwhile(say);
    return page.evaluate(async ({ user, later }) => {
      letGo();
      const TIM = await loaded;
      if (later) await TIM.ready;
      if (user !== undefined) TIM.TIMLogin(user, "", null, null);
      const json = await new Promise((resolve) => TIM.TIMConvGetConvList((code, desc, json) => resolve(json), null));
      return { reads, list: JSON.parse(json).map((conv) => conv.conv_id), ...(user !== undefined && { opened }) };
    }, { user, later });
  }

  test("what is stored is read once, before the module is there", async () => {
    assert.deepEqual(await lateModule(async () => {}), { reads: 1, list: ["ann"] });
    noFaults();
  });

  test("an account that logs in once the module is there is read once, and no other is opened", async () => {
    assert.deepEqual(await lateModule(async () => {}, "me"), { reads: 1, list: ["ann"], opened: ["timconv:0:me"] });
    noFaults();
  });

  test("what was read of an account that logs in later is not lost to the default one", async () => {
    assert.deepEqual(await lateModule(async () => {}, "me", true), { reads: 1, list: ["ann"], opened: ["timconv:0:me", "timconv:0:"] });
    noFaults();
  });

  test("what another tab has changed meanwhile is read anew", async () => {
    assert.deepEqual(await lateModule((say) => say("bob", 2)), { reads: 2, list: ["bob", "ann"] });
    noFaults();
  });

  test("the module may be an address, a Response, bytes or a compiled module", async () => {
    for (const kind of ["string", "url", "response", "promise", "buffer", "view", "module"]) {
      const page = await empty();
      const version = await page.evaluate(async (kind) => {
        const make = {
          string: () => "/tim.wasm",
          url: () => new URL("/tim.wasm", location.href),
          response: () => fetch("/tim.wasm").then((r) => r),
          promise: () => fetch("/tim.wasm"),
          buffer: () => fetch("/tim.wasm").then((r) => r.arrayBuffer()),
          view: () => fetch("/tim.wasm").then((r) => r.arrayBuffer()).then((b) => new Uint8Array(b)),
          module: () => WebAssembly.compileStreaming(fetch("/tim.wasm")),
        };
        const wasm = kind === "promise" ? make[kind]() : await make[kind]();
        const { loadTIM } = await import("/tim.js");
        return (await loadTIM({ wasm, wasmExec: "/wasm_exec.js" })).version;
      }, kind);
      assert.match(version, /^\d+\.\d+\.\d+$/, kind);
      await context.close();
    }
    noFaults();
  });

  test("a wrong MIME type or missing streaming is got round", async () => {
    const plain = await serve({ wasmType: "application/octet-stream" });
    try {
      for (const noStreaming of [false, true]) {
        const page = await empty(plain);
        const version = await page.evaluate(async (noStreaming) => {
          if (noStreaming) delete WebAssembly.instantiateStreaming;
          const { loadTIM } = await import("/tim.js");
          return (await loadTIM()).version;
        }, noStreaming);
        assert.match(version, /^\d/);
        await context.close();
      }
    } finally {
      await plain.close();
    }
    noFaults();
  });

  /** refused loads with options and resolves with the message of the error. */
  function refused(page, options, loader = "/tim.js") {
    return page.evaluate(async ([options, loader]) => {
      const { loadTIM } = await import(loader);
      return loadTIM(options).then(() => "it loaded", (err) => err.message);
    }, [options, loader]);
  }

  test("errors say what is wrong, and a later call may succeed", async () => {
    const cases = [
      [{ wasm: "/nowhere.wasm" }, /nowhere\.wasm answered with HTTP status 404/],
      [{ wasm: "/page.wasm" }, /page\.wasm is an HTML page, not a WebAssembly module/],
      [{ wasm: "/noise.wasm" }, /noise\.wasm is not a WebAssembly module/],
      [{ wasm: 42 }, /wasm must be an address/],
      [{ wasmExec: "/not-go.js" }, /not-go\.js is not Go's wasm_exec\.js/],
      [{ wasmExec: "/nowhere.js" }, /nowhere\.js could not be loaded/],
    ];
    for (const [options, pattern] of cases) {
      const page = await empty();
      assert.match(await refused(page, options), pattern);
      assert.equal(await page.evaluate(() => typeof globalThis.TIM), "undefined");
      assert.equal(await refused(page, undefined), "it loaded");
      await context.close();
    }
    noFaults(/Failed to load resource/, /nowhere\.js” was blocked because of a disallowed MIME type/);
  });

  test("storage whose mere mention throws is refused storage: all works in memory", async () => {
    const context = await chrome.browser.newContext();
    await context.addInitScript(() => {
      for (const name of ["indexedDB", "localStorage"]) {
        Object.defineProperty(globalThis, name, { get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });
      }
    });
    const page = await openBlank(context, server);
    await page.evaluate(() => { TIM.TIMConvSetDraft("ann", 1, '{"draft_user_define":"kept"}'); });
    const { code, json } = await call(page, "TIMConvGetConvList");
    assert.deepEqual([code, JSON.parse(json)[0].conv_draft.draft_user_define], [0, "kept"]);
    assert.equal(await page.evaluate(() => TIM.status.state), "memory");
    await context.close();
  });

  test("a module of another version is refused by both names and leaves no TIM", async () => {
    const page = await empty();
    const message = await refused(page, undefined, "/other-version.js");
    assert.match(message, /tim\.js is version 0\.0\.9 and the module is version \d+\.\d+\.\d+/);
    assert.equal(await page.evaluate(() => "TIM" in globalThis), false);
    assert.equal(await refused(page, undefined), "it loaded", "the fitting loader afterwards");
    assert.match(await refused(page, undefined, "/other-version.js"), /0\.0\.9/, "a TIM that stands there");
    assert.equal(await page.evaluate(() => "TIM" in globalThis), true, "another loader's TIM is left alone");
    noFaults();
  });

  test("options.config is taken at once, or the load is refused", async () => {
    const page = await empty();
    assert.match(await refused(page, { config: { durability: "sometimes" } }), /TIMSetConfig refused .* -4/);
    const code = await page.evaluate(async () => {
      const { loadTIM } = await import("/tim.js");
      const tim = await loadTIM({ config: { pin_limit: 0 } });
      await new Promise((resolve) => tim.TIMConvCreate("a", 1, resolve, null));
      return new Promise((resolve) => tim.TIMConvPinConversation("a", 1, true, resolve, null));
    });
    assert.equal(code, 7014, "the pin limit of the second load's configuration");
    noFaults();
  });
});
