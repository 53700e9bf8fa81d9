// Messages in a real browser: history in IndexedDB, sending through a
// transport, and what other tabs hear of it.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, list, noFaults, openBlank, options, serve } from "./browser.mjs";

describe("messages", options, () => {
  let server, browser, context;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    await context?.close();
    noFaults();
  });

  const open = async () => {
    context ??= await browser.browser.newContext();
    return openBlank(context, server);
  };
  const fresh = async () => {
    await context?.close();
    context = undefined;
    return open();
  };
  const ids = ({ code, json }) => {
    assert.equal(code, 0);
    return JSON.parse(json).map(({ message_msg_id }) => message_msg_id);
  };

  /** transport has a page send into an array of {json, done}. */
  const transport = (page) => page.evaluate(() => {
    globalThis.outbox = [];
    TIM.TIMSetMsgSendHandler((json, done, userData) => outbox.push({ json, done, userData }), { name: "transport" });
  });
  const text = (content) => JSON.stringify({ message_elem_array: [{ elem_type: 0, text_elem_content: content }] });

  test("a history of 2,000 is paged back and forth without a gap", async () => {
    const page = await fresh();
    for (let from = 0; from < 2000; from += 500) {
      const batch = Array.from({ length: 500 }, (_, i) => ({
        message_conv_id: "g", message_conv_type: 2, message_sender: "ann", message_msg_id: `m${from + i}`,
        message_seq: from + i + 1, message_server_time: 1700000000 + Math.floor((from + i) / 4),
      }));
      assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(batch))).code, 0);
    }
    const seen = [];
    for (let anchor = {}; ;) {
      const got = ids(await call(page, "TIMMsgGetMsgList", "g", 2, JSON.stringify({ msg_getmsglist_param_last_msg: anchor, msg_getmsglist_param_count: 300 })));
      if (got.length === 0) break;
      seen.push(...got);
      anchor = { message_msg_id: got.at(-1) };
    }
    assert.deepEqual(seen, Array.from({ length: 2000 }, (_, i) => `m${1999 - i}`));
    const bySeq = { msg_getmsglist_param_last_msg_seq: 1000, msg_getmsglist_param_count: 2 };
    assert.deepEqual(ids(await call(page, "TIMMsgGetMsgList", "g", 2, JSON.stringify(bySeq))), ["m999", "m998"]);
    const forward = { msg_getmsglist_param_last_msg: { message_msg_id: "m10" }, msg_getmsglist_param_count: 3, msg_getmsglist_param_is_forward: true };
    assert.deepEqual(ids(await call(page, "TIMMsgGetMsgList", "g", 2, JSON.stringify(forward))), ["m13", "m12", "m11"]);
    assert.deepEqual(ids(await call(page, "TIMMsgFindMessages", '["m1500","none"]')), ["m1500"]);
    const locator = [{ message_locator_seq: 42, message_locator_time: 1700000010 }];
    assert.deepEqual(ids(await call(page, "TIMMsgFindByMsgLocatorList", "g", 2, JSON.stringify(locator))), ["m41"]);
  });

  test("the transport gets the message, and its done settles it once", async () => {
    const page = await fresh();
    await transport(page);
    const got = await page.evaluate((json) => new Promise((resolve) => {
      const buffer = new Uint8Array(128);
      const ret = TIM.TIMMsgSendMessage("bob", 1, json, buffer, (code, desc, json) => resolve({ ret, id, code, json, sent: outbox[0].json, name: outbox[0].userData.name }), null);
      const id = new TextDecoder().decode(buffer.subarray(0, buffer.indexOf(0)));
      const wait = setInterval(() => {
        if (outbox.length === 0) return;
        clearInterval(wait);
        outbox[0].done(0, "OK", '{"message_server_time":1800000000,"message_seq":5,"message_msg_id":"from the server"}');
        outbox[0].done(9508, "too late", "");
      }, 5);
    }), text("hello"));
    assert.equal(got.ret, 0);
    assert.equal(got.code, 0);
    assert.equal(got.name, "transport");
    assert.deepEqual([JSON.parse(got.sent).message_status, JSON.parse(got.sent).message_msg_id], [1, got.id]);
    const sent = JSON.parse(got.json);
    assert.deepEqual([sent.message_status, sent.message_msg_id, sent.message_seq, sent.message_server_time], [2, got.id, 5, 1800000000]);
    assert.deepEqual(ids(await call(page, "TIMMsgFindMessages", '["from the server"]')), [got.id]);
    const echo = [{ message_conv_id: "bob", message_conv_type: 1, message_is_from_self: true, message_msg_id: "from the server", message_server_time: 1800000000 }];
    assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(echo))).code, 0);
    assert.equal(ids(await call(page, "TIMMsgGetMsgList", "bob", 1, "{}")).length, 1);
  });

  test("what was being sent has failed when its tab is gone, and is left alone while it lives", async () => {
    const page = await fresh();
    const other = await open();
    await transport(page);
    await transport(other);
    const send = (tab, content) => tab.evaluate(async (json) => {
      TIM.TIMMsgSendMessage("bob", 1, json, null, () => {}, null);
      while (outbox.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }, text(content));
    await send(page, "of the dead");
    await send(other, "of the living");
    await page.close();
    const next = await open();
    const { json } = await call(next, "TIMMsgGetMsgList", "bob", 1, "{}");
    const states = Object.fromEntries(JSON.parse(json).map((m) => [m.message_elem_array[0].text_elem_content, m.message_status]));
    assert.deepEqual(states, { "of the dead": 3, "of the living": 1 });
  });

  test("another tab hears of a revoke and of what was sent, once", async () => {
    const page = await fresh();
    const other = await open();
    await transport(page);
    await list(other); // what is stored before it has been read is not news
    await other.evaluate(() => {
      globalThis.heard = [];
      TIM.TIMSetMsgRevokeCallback((json) => heard.push(...JSON.parse(json).map((m) => `revoked ${m.message_msg_id}`)), null);
      TIM.TIMAddRecvNewMsgCallback((json) => heard.push(...JSON.parse(json).map((m) => `new ${m.message_status} ${m.message_elem_array?.[0].text_elem_content ?? m.message_msg_id}`)), null);
    });
    await call(page, "TIMRecvNewMsg", '[{"message_sender":"bob","message_msg_id":"theirs","message_server_time":1700000000}]');
    await call(page, "TIMRecvMsgRevoke", '[{"message_msg_id":"theirs"}]');
    await page.evaluate(async (json) => {
      const sent = new Promise((resolve) => TIM.TIMMsgSendMessage("bob", 1, json, null, resolve, null));
      while (outbox.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      outbox[0].done(0, "OK", "{}");
      await sent;
    }, text("mine"));
    await other.waitForFunction(() => heard.length === 3);
    assert.deepEqual(await other.evaluate(() => heard), ["new 6 theirs", "revoked theirs", "new 2 mine"].map((s) => s.replace("new 6", "new 2")));
    const [conv] = await list(other);
    assert.equal(conv.conv_unread_num, 0);
  });
});
