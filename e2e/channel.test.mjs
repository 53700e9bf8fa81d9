// What tabs tell each other is validated like any input: any page of the origin
// may post on a channel what it likes, and nothing comes of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, list, noFaults, openBlank, openPage, options, serve } from "./browser.mjs";
import { openDemo } from "./demo.mjs";

const database = "timconv:0:";

describe("broadcasts", options, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  /** post posts hostile messages from a page without the module, the account's real epoch in some. */
  const post = (page, channel) => page.evaluate(async ([name, database]) => {
    const request = indexedDB.open(database);
    await new Promise((resolve) => { request.onsuccess = resolve; });
    const meta = request.result.transaction("meta").objectStore("meta").get("meta");
    await new Promise((resolve) => { meta.onsuccess = resolve; });
    request.result.close();
    const epoch = [...meta.result.subarray(1, 2 + meta.result[1])]; // its length and the text
    const huge = [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]; // 2^64-1
    const hints = [
      [], [0], [1], [2], [255], [1, 1], [1, 2], [1, 2, 0], [1, 2, 0, 0, 0], [1, 3, 1, 97, 1], [1, 0, 1, 97, 1], [2, 2, 1, 97, 9], [0, 2, 1, 97, 9], [255, 2, 1, 97, 9],
      [1, 2, 200, 97], [1, 2, ...huge, 97], [1, ...huge, 1, 97, 1], [1, 2, 1, 255, 5], [1, 2, 0, ...huge], [1, 1, 0, ...huge],
      [1, 2, ...epoch, ...huge], [1, 1, ...epoch, ...huge], [1, 2, ...epoch, 0], [1, 2, ...epoch, 1, 1], [1, 1, 3, 98, 98, 98, 7], [1, 2, 3, 98, 98, 98, ...huge],
    ].map((bytes) => new Uint8Array(bytes));
    const cyclic = { self: null };
    cyclic.self = cyclic;
    const odd = [
      undefined, null, true, 0, NaN, -1, 1e308, 10n ** 40n, "", "text", "\\u0000", "[]", [], [[]], {}, cyclic, { byteLength: 3 }, new Date(0), /x/, new Error("x"), new Map([[1, 2]]), new Set([1]),
      new ArrayBuffer(8), new DataView(new ArrayBuffer(8)), new Int8Array(3), new Uint8ClampedArray([1, 2, 3]), new Float64Array(3), new Uint16Array([1, 2]), new Blob(["x"]),
      new Uint8Array(32 << 20), "x".repeat(4 << 20), Array.from({ length: 1000 }, () => new Uint8Array(8)),
      { kind: "message", id: "x", type: 1, from: null, body: {} }, { kind: "message", id: 1, type: 1, from: "x", body: {} }, { kind: "message", id: "g", type: 3, from: "x", body: {} },
      { kind: "message", id: "g", type: 2, from: "x", body: null }, { kind: "message", id: "g", type: 2, from: "x", body: { message_elem_array: 1, message_server_time: "x" } },
      { kind: "__proto__", id: "__proto__", type: 2, from: "__proto__", body: { __proto__: null } }, { kind: "read", id: "", type: 1, from: "", body: [] },
      { kind: "revoke", id: "g", type: 2, from: "x", body: { message_locator_seq: "x" } }, { kind: "message", id: "g", type: 2, from: "x", body: {}, about: null },
    ];
    const channel = new BroadcastChannel(name);
    for (const data of [...hints, ...odd]) channel.postMessage(data);
    for (let i = 0; i < 3000; i++) channel.postMessage(new Uint8Array(Array.from({ length: i % 40 }, () => Math.random() * 256)));
    for (let i = 0; i < 300; i++) channel.postMessage(hints[i % hints.length]);
    channel.close();
  }, [channel, database]);

  test("hostile messages on the account's channel change nothing and stop nothing", async () => {
    const pages = [await openBlank(browser.context, server), await openBlank(browser.context, server)];
    await call(pages[0], "TIMRecvNewMsg", JSON.stringify([
      { message_sender: "ann", message_msg_id: "1", message_server_time: 1700000000 }, { message_sender: "bob", message_msg_id: "2", message_server_time: 1700000001 },
    ]));
    const before = await list(pages[1]);
    for (const page of pages) {
      await page.evaluate(() => {
        window.told = [];
        for (const name of ["TIMSetConvEventCallback", "TIMSetStorageStatusCallback", "TIMSetConvTotalUnreadMessageCountChangedCallback"]) {
          TIM[name]((...args) => window.told.push([name, ...args.map(String)]), null);
        }
      });
    }
    const stranger = await openPage(browser.context, `${server.origin}/empty.html`);
    // Its own, another account's, and names that are none.
    for (const channel of [database, "timconv:0:ann", "timconv", ""]) await post(stranger, channel);
    await pages[0].waitForTimeout(1500); // a hint of a commit that never ends is waited for
    for (const page of pages) {
      assert.deepEqual(await list(page), before);
      assert.equal((await call(page, "TIMConvVerify")).json, "[]");
      assert.deepEqual(await page.evaluate(() => [window.told, TIM.status]), [[], { evicted: false, quarantined: 0, reason: "", state: "ready" }]);
    }
    // Real ones are still heard.
    await call(pages[0], "TIMConvPinConversation", "ann", 1, true);
    await pages[1].waitForFunction(() => window.told.some(([name, event]) => name === "TIMSetConvEventCallback" && event === "2"));
    assert.deepEqual((await list(pages[1])).map((row) => row.conv_id), ["ann", "bob"]);
    for (const page of [...pages, stranger]) await page.close();
    noFaults();
  });

  test("hostile messages on the demo's network change nothing in it", async () => {
    const page = await openDemo(browser.context, server, { local: false });
    await page.waitForFunction(() => TIM.loginUserID !== "");
    const before = await list(page);
    const stranger = await openPage(browser.context, `${server.origin}/empty.html`);
    await post(stranger, "timconv-demo-network");
    await page.waitForTimeout(500);
    const strange = (await list(page)).filter((row) => !before.some((known) => known.conv_id === row.conv_id));
    assert.deepEqual(strange.map((row) => row.conv_id), []);
    for (const one of [page, stranger]) await one.close();
    noFaults();
  });
});
