// Tabs of two builds whose schemas differ, on one account: the module, and one of
// the same sources with a schema one higher, which `make next` builds.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { call, launch, list, openBlank, openPage, options, serve, watch } from "./browser.mjs";
import { check, ledger, write } from "./killing.mjs";
import { stored } from "./stored.mjs";

const database = "timconv:0:";

/** closed waits until a tab has let go, and returns why. */
async function closed(page) {
  await page.waitForFunction(() => TIM.status.state === "closed", undefined, { timeout: 90_000, polling: 50 })
    .catch(async (err) => assert.fail(`${JSON.stringify(await page.evaluate(() => [TIM.status, window.told]))}: ${err}`));
  return page.evaluate(() => TIM.status.reason);
}

/** refuses fails unless a tab that has let go answers all that reads or writes with 7010. */
async function refuses(page) {
  for (const [name, ...args] of [
    ["TIMConvGetConvList"], ["TIMConvPinConversation", "ann", 1, true], ["TIMRecvNewMsg", '[{"message_sender":"late"}]'], ["TIMRecvNewMsg", "[]"],
    ["TIMConvVerify"], ["TIMMsgGetMsgList", "ann", 1, "{}"],
  ]) assert.equal((await call(page, name, ...args)).code, 7010, name);
}

describe("tabs of two builds", options, () => {
  let server, browser;

  before(async () => {
    const next = await readFile(new URL("out/next.wasm", import.meta.url)).catch((cause) => { throw new Error("build the other module first: make next", { cause }); });
    server = await serve({ files: {
      "/next.wasm": { body: next, type: "application/wasm" },
      "/next.html": '<!doctype html><html><head><meta charset="utf-8"><title>next</title><script src="/wasm_exec.js"></script><script src="/next.js"></script></head><body></body></html>',
      "/next.js": `(() => {
        const go = new Go();
        WebAssembly.instantiateStreaming(fetch("/next.wasm"), go.importObject).then(({ instance }) => {
          go.run(instance);
          document.documentElement.dataset.loaded = "yes";
        });
      })();`,
    } });
  });
  after(async () => { await server?.close(); });
  beforeEach(async () => { browser = await launch(); });
  afterEach(async () => { await browser.kill(); });

  const openNext = async () => {
    const page = watch(await browser.context.newPage());
    await page.goto(`${server.origin}/next.html`, { timeout: 120_000 }); // others write as fast as they can
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
    return page;
  };

  /** openOlder opens tabs of the older build that write, and notes what they hear. */
  const openOlder = async (count, book) => {
    const pages = [];
    for (let i = 0; i < count; i++) {
      const page = await openBlank(browser.context, server);
      await page.exposeFunction("acknowledge", book.note);
      await page.evaluate(() => {
        window.told = [];
        TIM.TIMSetStorageStatusCallback((json) => { window.told.push(JSON.parse(json)); }, null);
      });
      pages.push(page);
    }
    return pages;
  };

  test("the older ones let go in the middle of writing and say so, and nothing that they acknowledged is missing", async () => {
    const book = ledger();
    const older = await openOlder(2, book);
    await Promise.all(older.map((page, i) => write(page, `old${i}`, { inFlight: 1 })));
    for (let wait = 0; book.count("old0") < 30 || book.count("old1") < 30; wait++) {
      assert.ok(wait < 600, "the older tabs do not write");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const newer = await openNext();
    const newBook = ledger();
    await newer.exposeFunction("acknowledge", newBook.note);
    await write(newer, "new0", { inFlight: 1 });
    for (const page of older) {
      assert.match(await closed(page), /newer format.*reload/);
      const told = await page.evaluate(() => window.told.map(({ state }) => state));
      assert.deepEqual([told.at(-1), told.filter((state) => state === "closed").length], ["closed", 1]);
      await refuses(page);
    }
    for (let wait = 0; newBook.count() < 100; wait++) {
      assert.ok(wait < 600, "the newer tab does not write");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await newer.evaluate(() => { window.enough = true; });
    assert.equal((await call(newer, "TIMRecvNewMsg", "[]")).code, 0);
    assert.deepEqual([book.failures(), newBook.failures()], [[7010], []], "what calls in flight were answered");
    assert.ok(book.count() > 60);
    await check(newer, book.heard);
    await check(newer, newBook.heard);
    assert.equal(await newer.evaluate(() => TIM.status.state), "ready");
  });

  test("an older one that is opened later refuses, and leaves the data byte for byte", async () => {
    const first = await openBlank(browser.context, server);
    const messages = (from) => JSON.stringify(Array.from({ length: 50 }, (_, i) => ({ message_sender: `user${i}`, message_msg_id: `m${from + i}`, message_server_time: 1700000000 + from + i })));
    assert.equal((await call(first, "TIMRecvNewMsg", messages(0))).code, 0);
    await first.close();
    const newer = await openNext();
    assert.equal((await call(newer, "TIMRecvNewMsg", messages(100))).code, 0);
    await newer.evaluate(() => TIM.TIMConvSetDraft("user3", 1, '{"draft_user_define":"of the newer one"}'));
    assert.equal((await call(newer, "TIMRecvNewMsg", "[]")).code, 0);
    const rows = await list(newer);
    await newer.close();
    const bare = await openPage(browser.context, `${server.origin}/empty.html`);
    const before = await stored(bare, database);
    assert.ok(before.spaces.log.length > 0);
    for (let round = 0; round < 2; round++) {
      const older = await openBlank(browser.context, server);
      assert.match(await closed(older), /newer format.*reload/);
      await refuses(older);
      await older.close();
    }
    assert.deepEqual(await stored(bare, database), before);
    const again = await openNext();
    assert.deepEqual(await list(again), rows);
    assert.deepEqual(JSON.parse((await call(again, "TIMConvVerify")).json), []);
  });
});
