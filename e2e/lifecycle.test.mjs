// What browsers do with pages: the back-forward cache, and freezing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, list, only, openBlank, options, serve } from "./browser.mjs";

const frozenFor = Number(process.env.FROZEN_SECONDS ?? 3);

const feed = (page, from, count) => call(page, "TIMRecvNewMsg", JSON.stringify(Array.from({ length: count }, (_, i) => (
  { message_sender: `user${(from + i) % 9}`, message_msg_id: `m${from + i}`, message_server_time: 1700000000 + from + i }))));

/** follow keeps the rows that events tell in window.rows. */
const follow = (page) => page.evaluate(() => new Promise((resolve) => {
  const rows = window.rows = new Map();
  TIM.TIMSetConvEventCallback((event, json) => {
    for (const conv of JSON.parse(json || "[]")) if (event === TIM.kTIMConvEvent_Del) rows.delete(conv.conv_id); else rows.set(conv.conv_id, JSON.stringify(conv));
  }, null);
  TIM.TIMConvGetConvList((code, desc, json) => {
    for (const conv of JSON.parse(json)) rows.set(conv.conv_id, JSON.stringify(conv));
    resolve();
  }, null);
}));

/** agrees waits until the rows that a page's events have told are its list, and another's. */
async function agrees(page, other) {
  for (let wait = 0; ; wait++) {
    const told = await page.evaluate(() => [...window.rows].sort().map(([, row]) => row));
    const want = (await list(other)).sort((a, b) => (a.conv_id < b.conv_id ? -1 : 1)).map((row) => JSON.stringify(row));
    if (JSON.stringify(told) === JSON.stringify(want)) return;
    if (wait > 100) assert.deepEqual(told, want);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("a page's life", options, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  test("a page that comes back from the back-forward cache works and has caught up", only(["chromium", "webkit"], "keeps no page in the cache that holds a Web Lock"), async () => {
    const page = await openBlank(browser.context, server);
    const other = await openBlank(browser.context, server);
    assert.equal((await feed(page, 0, 20)).code, 0);
    await follow(page);
    await page.evaluate(() => { window.addEventListener("pageshow", (event) => { window.persisted = event.persisted; }); });
    await page.goto(`${server.origin}/empty.html`);
    const held = await other.evaluate(async () => (await navigator.locks.query()).held.filter(({ name }) => name.startsWith("timconv-tab-")).length);
    assert.equal(held, 1, "a page that was left is no living tab");
    assert.equal((await feed(other, 20, 20)).code, 0);
    await page.goBack({ waitUntil: "commit" });
    assert.equal(await page.evaluate(() => window.persisted), true, "the page was in the cache");
    await agrees(page, other);
    assert.equal((await feed(page, 40, 5)).code, 0);
    await follow(other);
    assert.equal((await feed(page, 45, 5)).code, 0);
    await agrees(other, page);
    assert.equal((await feed(other, 50, 5)).code, 0);
    await agrees(page, other);
    await page.close();
    await other.close();
  });

  test("a frozen tab holds nobody up, and catches up when it thaws", only(["chromium"], "has no protocol that freezes a page"), async () => {
    const [page, other] = [await openBlank(browser.context, server), await openBlank(browser.context, server)];
    await follow(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    const end = Date.now() + frozenFor * 1000;
    let fed = 100;
    while (Date.now() < end) {
      assert.equal((await feed(other, fed, 10)).code, 0);
      fed += 10;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await agrees(page, other);
    assert.equal((await feed(page, fed, 1)).code, 0);
    await follow(other);
    await agrees(other, page);
    assert.equal(await page.evaluate(() => TIM.status.state), "ready");
    await page.close();
    await other.close();
  });

  test("a tab in the background takes in what is fed to it", async () => {
    const page = await openBlank(browser.context, server);
    const front = await openBlank(browser.context, server);
    await front.bringToFront();
    const codes = await page.evaluate(() => Promise.all(Array.from({ length: 200 }, (_, i) => new Promise((resolve) => {
      TIM.TIMRecvNewMsg(JSON.stringify([{ message_sender: "back", message_msg_id: `back${i}`, message_server_time: 1700009000 + i }]), resolve, null);
    }))));
    assert.deepEqual([...new Set(codes)], [0]);
    const row = (await list(front)).find(({ conv_id: id }) => id === "back");
    assert.equal(row.conv_unread_num, 200);
    await page.close();
    await front.close();
  });
});
