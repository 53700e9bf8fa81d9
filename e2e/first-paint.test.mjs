// What a page can paint before the module is there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, callNow, launch, list, noFaults, openBlank, openPage, options, serve, webRoot } from "./browser.mjs";

const message = (id, n) => ({ message_conv_id: id, message_conv_type: 1, message_sender: id, message_msg_id: `m${n}`, message_server_time: 1800000000 + n, message_elem_array: [{ elem_type: 0, text_elem_content: `hello 你好 ${n}` }] });

/** peek calls firstPaint in a page without the module. */
async function peek(context, server, account) {
  const page = await openPage(context, `${server.origin}/empty.html`);
  const found = await page.evaluate(async (account) => {
    const { firstPaint } = await import("/tim.js");
    const rows = firstPaint(account);
    return rows === null ? null : { rows: [...rows], total: rows.totalUnread, TIM: typeof globalThis.TIM };
  }, account);
  await page.close();
  return found;
}

async function eventually(what, is) {
  for (const end = Date.now() + 20000; Date.now() < end; await new Promise((r) => setTimeout(r, 100))) if (await is()) return;
  assert.fail(`${what} does not come about`);
}

describe("the first paint", options, () => {
  let server, chromium;
  before(async () => {
    server = await serve();
    chromium = await launch();
  });
  after(async () => {
    await chromium?.close();
    await server?.close();
  });

  test("is the top of the list, without the module", async () => {
    assert.equal(await peek(chromium.context, server), null);
    const page = await openBlank(chromium.context, server);
    const messages = Array.from({ length: 70 }, (_, n) => message(`user${n}`, n));
    assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(messages))).code, 0);
    const top = (await list(page)).slice(0, 50);
    await eventually("the glance", async () => (await peek(chromium.context, server))?.total === 70);
    assert.deepEqual(await peek(chromium.context, server), { rows: top, total: 70, TIM: "undefined" });
    assert.equal((await call(page, "TIMConvPinConversation", "user3", 1, true)).code, 0);
    await eventually("the pin", async () => (await peek(chromium.context, server)).rows[0].conv_id === "user3");
    assert.equal(await peek(chromium.context, server, { userID: "ann" }), null, "another account");
    await page.close();
    noFaults();
  });

  test("is each account's own, and gone with a logout", async () => {
    const user = "O'Hara @*(~)!.-_/% 世界😀";
    const account = { sdkAppID: 1400000001, userID: user };
    const login = async () => {
      const page = await openBlank(chromium.context, server);
      assert.equal(await callNow(page, "TIMInit", 1400000001, "{}"), 0);
      assert.equal((await call(page, "TIMLogin", user, "")).code, 0);
      return page;
    };
    const [first, second] = [await login(), await login()];
    assert.equal((await call(first, "TIMRecvNewMsg", JSON.stringify([message("bob", 1)]))).code, 0);
    await eventually("the glance", async () => (await peek(chromium.context, server, account))?.rows.length === 1);
    assert.notEqual((await peek(chromium.context, server)).rows[0].conv_id, "bob", "the default account's");
    assert.equal((await call(first, "TIMRecvNewMsg", JSON.stringify([message("cat", 2)]))).code, 0);
    assert.equal((await call(first, "TIMLogout")).code, 0);
    await eventually("no glance, or that of the tab that is logged in", async () => {
      const found = await peek(chromium.context, server, account);
      return found === null || found.rows.length === 2;
    });
    await first.close();
    await new Promise((resolve) => setTimeout(resolve, 1000)); // for what the second tab has still to keep
    assert.equal((await call(second, "TIMLogout")).code, 0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(await peek(chromium.context, server, account), null);
    await second.close();
    noFaults();
  });

  test("is not made again by a tab that has logged out", async () => {
    const account = { sdkAppID: 1400000002, userID: "dan" };
    const page = await openBlank(chromium.context, server);
    assert.equal(await callNow(page, "TIMInit", 1400000002, "{}"), 0);
    assert.equal((await call(page, "TIMLogin", "dan", "")).code, 0);
    assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify([message("bob", 1)]))).code, 0);
    await eventually("the glance", async () => (await peek(chromium.context, server, account))?.rows.length === 1);
    const codes = await page.evaluate((json) => Promise.all([ // its next glance is due half a second later
      new Promise((resolve) => { TIM.TIMRecvNewMsg(json, resolve, null); }), new Promise((resolve) => { TIM.TIMLogout(resolve, null); }),
    ]), JSON.stringify([message("cat", 2)]));
    assert.deepEqual(codes, [0, 0]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(await peek(chromium.context, server, account), null);
    await page.close();
    noFaults();
  });

  test("takes less than 3 kB of code", async () => {
    const source = await readFile(join(webRoot, "tim.js"), "utf8");
    const code = ["firstPaint", "databaseName"].map((name) => source.match(new RegExp(`^(export )?function ${name}\\(.*?^}$`, "ms"))[0]);
    const size = Buffer.byteLength(code.join("\n"));
    assert.ok(size > 500 && size < 3000, `${size} bytes`);
    const alone = new Function("localStorage", `${code.join("\n").replace("export ", "")}; return firstPaint();`);
    const rows = alone({ getItem: (key) => (key === "timconv-first:timconv:0:" ? '1 e\n{"account":"timconv:0:","rows":[{"conv_id":"ann"}],"total_unread":3}' : null) });
    assert.deepEqual([[...rows], rows.totalUnread], [[{ conv_id: "ann" }], 3]); // it needs nothing else of the file
  });
});
