// Storage that is ill: each state of TIM.status by a cause, what is told, that
// queued calls are carried out once, and that nothing acknowledged is missing.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { call, launch, list, openBlank, openPage, options, serve } from "./browser.mjs";
import { database, feed, message, openIll, states, until, well, whole } from "./ill.mjs";

/** ballast takes room in a database of its own. */
const ballast = (bytes) => new Promise((resolve, reject) => {
  const request = indexedDB.open("ballast");
  request.onupgradeneeded = () => request.result.createObjectStore("all");
  request.onsuccess = () => {
    const all = new Uint8Array(bytes);
    for (let i = 0; i < bytes; i += 65536) crypto.getRandomValues(all.subarray(i, Math.min(bytes, i + 65536)));
    const transaction = request.result.transaction("all", "readwrite");
    transaction.objectStore("all").put(all, 0);
    transaction.oncomplete = () => { request.result.close(); resolve(); };
    transaction.onabort = () => reject(transaction.error);
  };
});

describe("storage that is ill", options, () => {
  let server, browser, page;

  before(async () => { server = await serve(); });
  after(async () => { await server.close(); });
  beforeEach(async () => {
    browser = await launch();
    page = await openIll(browser, server);
  });
  afterEach(async () => { await browser.kill(); });

  for (const [name, what] of [
    ["InvalidStateError", { transaction: [{ throws: "InvalidStateError" }] }],
    ["UnknownError", { transaction: [{ throws: "UnknownError" }, { throws: "UnknownError" }] }],
    ["TransactionInactiveError", { put: [{ throws: "TransactionInactiveError" }] }],
    ["a request that fails", { put: [{ fails: true }] }],
    ["AbortError", { put: [{ aborts: true }, { aborts: true }] }],
    ["a connection closed under a transaction", { put: [{ closes: true }] }],
  ]) {
    test(`${name}: what is queued is carried out once`, async () => {
      assert.deepEqual(await feed(page, 0, 10), well(10));
      await page.evaluate((what) => { for (const list of Object.keys(what)) window.ill[list].push(...what[list]); }, what);
      assert.deepEqual(await feed(page, 10, 30), well(30));
      assert.deepEqual(await page.evaluate(() => [window.ill.transaction.length, window.ill.put.length]), [0, 0], "the faults have happened");
      assert.equal(await page.evaluate(() => TIM.status.state), "ready");
      assert.deepEqual(await feed(page, 40, 5), well(5));
      await whole(page, 45);
    });
  }

  test("writes that go on failing: readonly, with reads, and ready again", async () => {
    assert.deepEqual(await feed(page, 0, 3), well(3));
    await page.evaluate(() => { window.ill.put.push(...Array(6).fill({ aborts: true })); });
    assert.deepEqual(await feed(page, 3, 1), [6019]);
    assert.equal((await list(page)).length, 3, "reads work");
    assert.equal((await states(page)).at(-1), "readonly");
    assert.match(await page.evaluate(() => TIM.status.reason), /writing fails/);
    await page.evaluate(() => { window.ill.put.length = 0; });
    assert.deepEqual(await feed(page, 3, 1), well(1));
    assert.deepEqual((await states(page)).slice(-2), ["readonly", "ready"]);
    await whole(page, 4);
  });

  test("a full disk: 6022, nothing changed, later calls go on", async () => {
    await browser.kill();
    browser = await launch({ quota: 10 << 20 });
    await browser.limit?.(await openPage(browser.context, `${server.origin}/empty.html`), server.origin);
    const filled = await openBlank(browser.context, server);
    await filled.evaluate(ballast, 4e6);
    const big = (n) => call(filled, "TIMRecvNewMsg", JSON.stringify([{ message_sender: "ann", message_msg_id: `b${n}`, message_elem_array: [{ elem_type: 0, text_elem_content: noise }] }]));
    const noise = Array.from({ length: 150000 }, () => Math.random().toString(36).slice(2, 12)).join("");
    let taken = 0;
    let code;
    while ((code = (await big(taken)).code) === 0 && taken < 20) taken++;
    assert.deepEqual([code, taken > 0], [6022, true]);
    for (let n = 0; n < taken; n++) {
      const found = JSON.parse((await call(filled, "TIMMsgFindMessages", JSON.stringify([`b${n}`]))).json);
      assert.equal(found[0]?.message_elem_array[0].text_elem_content, noise, `message ${n} was acknowledged`);
    }
    const rows = async () => (await list(filled)).map((row) => [row.conv_id, row.conv_unread_num]);
    assert.deepEqual(await rows(), [["ann", taken]]);
    await filled.evaluate(() => new Promise((resolve) => { indexedDB.deleteDatabase("ballast").onsuccess = resolve; }));
    for (let wait = 0; (code = (await call(filled, "TIMRecvNewMsg", message(1))).code) === 6022 && wait < 100; wait++) await filled.waitForTimeout(300);
    assert.equal(code, 0, "there is room again");
    assert.equal(await filled.evaluate(() => TIM.status.state), "ready");
    assert.deepEqual(await rows(), [["user1", 1], ["ann", taken]].sort((a, b) => (a[0] === "user1" ? 1 : -1) - (b[0] === "user1" ? 1 : -1)));
    await whole(filled, taken + 1);
  });

  test("a database deleted by the browser: recovering, and made anew", async () => {
    assert.deepEqual(await feed(page, 0, 5), well(5));
    await browser.evict(page, server.origin);
    await until(page, () => window.ill.told.some(({ state }) => state === "recovering"));
    assert.deepEqual(await feed(page, 5, 5), well(5));
    assert.equal(await page.evaluate(() => TIM.status.state), "ready");
    assert.match(await page.evaluate(() => window.ill.told[0].reason), /./);
    const rows = await list(page);
    const known = new Set(rows.map(({ conv_id: id }) => id));
    for (let n = 5; n < 10; n++) assert.ok(known.has(`user${n % 7}`), `message ${n} was acknowledged`);
    assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
  });

  test("a database deleted by another tab waits until that is over", async () => {
    assert.deepEqual(await feed(page, 0, 5), well(5));
    const other = await openPage(browser.context, `${server.origin}/empty.html`);
    const holdout = await openPage(browser.context, `${server.origin}/empty.html`);
    await holdout.evaluate((name) => new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => { window.db = request.result; resolve(); };
    }), database);
    other.evaluate((name) => new Promise((resolve) => { indexedDB.deleteDatabase(name).onsuccess = resolve; }), database).catch(() => {});
    await until(page, () => window.ill.told.some(({ state }) => state === "recovering"));
    const waiting = feed(page, 5, 3);
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => TIM.status.state), "recovering");
    await holdout.evaluate(() => window.db.close());
    assert.deepEqual(await waiting, well(3));
    assert.deepEqual(await states(page), ["recovering", "ready"]);
  });

  test("a newer tab's upgrade: this one lets go and says so, and touches nothing", async () => {
    assert.deepEqual(await feed(page, 0, 5), well(5));
    const newer = await openPage(browser.context, `${server.origin}/empty.html`);
    const dump = () => newer.evaluate((name) => new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 99);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const spaces = [...request.result.objectStoreNames], transaction = request.result.transaction(spaces), found = {};
        for (const space of spaces) transaction.objectStore(space).getAll().onsuccess = (event) => { found[space] = event.target.result.map((value) => [...value].join()); };
        transaction.oncomplete = () => { request.result.close(); resolve(JSON.stringify(found)); };
      };
    }), database);
    const before = await dump();
    await until(page, () => TIM.status.state === "closed");
    assert.match(await page.evaluate(() => TIM.status.reason), /reload/);
    assert.deepEqual(await feed(page, 5, 1), [7010]);
    const again = await openBlank(browser.context, server); // what a reload of an older build does
    await until(again, () => TIM.status.state === "closed");
    assert.match(await again.evaluate(() => TIM.status.reason), /newer/);
    assert.equal((await call(again, "TIMConvGetConvList")).code, 7010);
    assert.equal(await dump(), before);
  });

  test("an older tab that holds on: blocked, and ready when it lets go", async () => {
    await page.goto(`${server.origin}/empty.html`);
    await page.evaluate((name) => new Promise((resolve) => {
      indexedDB.deleteDatabase(name);
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => { for (const space of ["meta", "convs", "messages", "ids", "log", "notes"]) request.result.createObjectStore(space); };
      request.onsuccess = () => { window.db = request.result; resolve(); };
    }), `${database}`);
    const next = await openBlank(browser.context, server);
    await until(next, () => TIM.status.state === "blocked");
    assert.match(await next.evaluate(() => TIM.status.reason), /another tab/);
    const waiting = call(next, "TIMRecvNewMsg", message(1));
    await page.evaluate(() => window.db.close());
    assert.equal((await waiting).code, 0);
    assert.equal(await next.evaluate(() => TIM.status.state), "ready");
  });

  for (const [name, script] of [
    ["missing", () => { if (origin !== "null") Object.defineProperty(window, "indexedDB", { value: undefined, configurable: true }); }],
    ["refused", () => { if (origin !== "null") IDBFactory.prototype.open = () => { throw new DOMException("refused", "SecurityError"); }; }],
  ]) {
    test(`IndexedDB ${name}: memory, and everything works until the tab closes`, async () => {
      await browser.context.addInitScript(script);
      page = await openBlank(browser.context, server);
      assert.deepEqual(await feed(page, 0, 20), well(20));
      assert.equal(await page.evaluate(() => TIM.status.state), "memory");
      assert.match(await page.evaluate(() => TIM.status.reason), /./);
      assert.equal((await call(page, "TIMConvPinConversation", "user3", 1, true)).code, 0);
      assert.equal((await list(page))[0].conv_id, "user3");
      assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
    });
  }

  test("an open that fails at first is tried again", async () => {
    await browser.context.addInitScript(() => {
      if (origin === "null") return;
      let left = 2;
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (name, ...rest) {
        if (name.startsWith("timconv:") && left-- > 0) throw new DOMException("injected", "UnknownError");
        return open.call(this, name, ...rest);
      };
    });
    page = await openBlank(browser.context, server);
    assert.deepEqual(await feed(page, 0, 5), well(5));
    assert.equal(await page.evaluate(() => TIM.status.state), "ready");
    await whole(page, 5);
  });
});
