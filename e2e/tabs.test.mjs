// Several tabs on one account: nothing is lost, all see the same, and the
// events of each tab alone tell its list.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, list, openBlank, serve, options } from "./browser.mjs";

/** follow keeps, in the page, the list that its events alone tell. */
const follow = (page) => page.evaluate(() => new Promise((resolve) => {
  const rows = window.rows = new Map();
  const key = (conv) => `${conv.conv_type}:${conv.conv_id}`;
  window.messages = [];
  window.totals = [];
  TIM.TIMSetConvEventCallback((event, json) => {
    for (const conv of JSON.parse(json || "[]")) {
      if (event === TIM.kTIMConvEvent_Del) rows.delete(key(conv));
      else rows.set(key(conv), conv);
    }
  }, null);
  TIM.TIMAddRecvNewMsgCallback((json) => window.messages.push(...JSON.parse(json).map((m) => m.message_msg_id)), null);
  TIM.TIMSetConvTotalUnreadMessageCountChangedCallback((total) => window.totals.push(total), null);
  TIM.TIMConvGetTotalUnreadMessageCount((code, desc, json) => {
    window.totals.push(JSON.parse(json).conv_get_total_unread_message_count_result_unread_count);
  }, null);
  TIM.TIMConvGetConvList((code, desc, json) => {
    for (const conv of JSON.parse(json)) rows.set(key(conv), conv);
    resolve();
  }, null);
}));

/** told is the list by events, in list order, and what else was heard. */
const told = (page) => page.evaluate(() => ({
  rows: [...window.rows.values()].sort((a, b) => b.conv_active_time - a.conv_active_time || a.conv_type - b.conv_type || (a.conv_id < b.conv_id ? -1 : 1)),
  messages: window.messages,
  total: window.totals.at(-1),
}));

/** until waits until check holds. */
async function until(what, check) {
  const end = Date.now() + 15000;
  while (!await check()) {
    assert.ok(Date.now() < end, `it does not come about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("tabs", options, () => {
  let server, browser, pages;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const open = async (count) => {
    pages = [];
    for (let i = 0; i < count; i++) {
      pages.push(await openBlank(browser.context, server));
      await follow(pages[i]);
    }
    return pages;
  };

  test("what one tab does the other hears, each message once", async () => {
    const [a, b] = await open(2);
    await call(a, "TIMRecvNewMsg", JSON.stringify([{ message_sender: "ann", message_msg_id: "m1", message_server_time: 1700000000 }]));
    await until("the other tab's total", async () => (await told(b)).total === 1);
    await call(b, "TIMRecvNewMsg", JSON.stringify([{ message_sender: "ann", message_msg_id: "m1", message_server_time: 1700000000 }]));
    await call(b, "TIMMsgReportReaded", "ann", 1, null);
    await until("the first tab's total", async () => (await told(a)).total === 0);
    assert.deepEqual((await told(a)).messages, ["m1"]);
    assert.deepEqual((await told(b)).messages, ["m1"]);
    for (const page of pages) await page.close();
  });

  test("three tabs hammering one account lose nothing", async () => {
    const each = 200;
    await open(3);
    await Promise.all(pages.map((page, n) => page.evaluate(([n, each]) => Promise.all(
      Array.from({ length: each }, (_, i) => new Promise((resolve, reject) => {
        const message = { message_sender: `peer${i % 11}`, message_msg_id: `${n}-${i}`, message_server_time: 1710000000 + i };
        if (i % 10 === 0) TIM.TIMConvSetDraft(`peer${i % 11}`, 1, JSON.stringify({ draft_user_define: `${n}-${i}` }));
        if (i % 25 === 0) TIM.TIMConvPinConversation(`peer${i % 11}`, 1, i % 50 === 0, () => {}, null);
        TIM.TIMRecvNewMsg(JSON.stringify([message]), (code) => code === 0 ? resolve() : reject(new Error(code)), null);
      })),
    ), [n, each])));
    await until("every tab's total", async () => {
      const totals = await Promise.all(pages.map(async (page) => (await told(page)).total));
      return totals.every((total) => total === 3 * each);
    });
    const lists = await Promise.all(pages.map(list));
    assert.equal(lists[0].reduce((sum, conv) => sum + conv.conv_unread_num, 0), 3 * each);
    for (const [n, page] of pages.entries()) {
      assert.deepEqual(lists[n], lists[0], `list of tab ${n}`);
      const heard = await told(page);
      assert.deepEqual(heard.rows, lists[0], `list of tab ${n} by events`);
      assert.equal(new Set(heard.messages).size, 3 * each, `messages of tab ${n}`);
      assert.equal(heard.messages.length, 3 * each, `messages of tab ${n}, each once`);
    }
  });

  test("a tab closed in the middle does not hold up the others", async () => {
    const [first, second] = pages;
    await second.evaluate(() => { for (let i = 0; i < 50; i++) TIM.TIMConvCreate(`left${i}`, 1, null, null); });
    await second.close();
    assert.equal((await call(first, "TIMConvCreate", "after", 1)).code, 0);
    const fresh = await openBlank(browser.context, server);
    assert.deepEqual(await list(fresh), await list(first));
  });
});
