// Ids are data: whatever stands in one, it names itself and nothing else, in
// memory, in IndexedDB, in localStorage and among databases.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, callNow, launch, list, noFaults, openBlank, options, serve } from "./browser.mjs";
import { ids, names } from "./hostile.mjs";

describe("ids of any text", options, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const keyOf = (type, id) => JSON.stringify([type, id]);
  /** identity is that of the one message of a conversation, bounded as its id is. */
  const identity = (type, id) => (type === 1 ? id : `${id.slice(-300)} in a group`);

  /** check compares what is stored under each id with the messages wanted, by key. */
  async function check(page, wanted) {
    const rows = await list(page);
    assert.deepEqual(rows.map((row) => keyOf(row.conv_type, row.conv_id)).sort(), [...wanted.keys()].sort());
    const asked = [...wanted].map(([key, id]) => [...JSON.parse(key), identity(JSON.parse(key)[0], id)]);
    const found = await page.evaluate(async (asked) => {
      const ask = (name, ...args) => new Promise((resolve) => {
        const ret = TIM[name](...args, (code, desc, json) => resolve([code, json]), null);
        if (ret !== 0) resolve([ret, ""]);
      });
      return Promise.all(asked.map(async ([type, id, message]) => {
        const query = JSON.stringify([{ get_conversation_list_param_conv_id: id, get_conversation_list_param_conv_type: type }]);
        return [await ask("TIMConvGetConvInfo", query), await ask("TIMMsgGetMsgList", id, type, "{}"), await ask("TIMMsgFindMessages", JSON.stringify([message]))];
      }));
    }, asked);
    for (const [i, [key, text]] of [...wanted].entries()) {
      const [info, messages, byID] = found[i].map(([code, json]) => (assert.equal(code, 0, key), JSON.parse(json)));
      assert.deepEqual(info.map((conv) => keyOf(conv.conv_type, conv.conv_id)), [key]);
      assert.equal(info[0].conv_draft?.draft_msg.message_elem_array[0].text_elem_content, text, key);
      assert.equal(info[0].conv_unread_num, 1, key);
      for (const found of [messages, byID]) {
        assert.deepEqual(found.map((m) => [keyOf(m.message_conv_type, m.message_conv_id), m.message_elem_array[0].text_elem_content]), [[key, text]], key);
      }
    }
    assert.equal((await call(page, "TIMConvVerify")).json, "[]");
  }

  test("name one conversation and one message each, also after a reload", async () => {
    const page = await openBlank(browser.context, server);
    const wanted = new Map();
    const messages = [];
    for (const [i, id] of ids.entries()) {
      for (const type of [1, 2]) {
        wanted.set(keyOf(type, id), id);
        messages.push({ message_conv_id: id, message_conv_type: type, message_sender: id, message_msg_id: identity(type, id),
          message_server_time: 1700000000 + i, message_elem_array: [{ elem_type: 0, text_elem_content: id }] });
      }
    }
    const answer = await call(page, "TIMRecvNewMsg", JSON.stringify(messages));
    assert.deepEqual([answer.code, answer.json], [0, "[]"]);
    for (const [key, text] of wanted) {
      const [type, id] = JSON.parse(key);
      assert.equal(await callNow(page, "TIMConvSetDraft", id, type, JSON.stringify({ draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: text }] } })), 0, key);
    }
    await check(page, wanted);
    const second = await openBlank(browser.context, server);
    await check(second, wanted);

    // Deleting one deletes nothing of its neighbours.
    for (const key of [...wanted.keys()].filter((_, i) => i % 2 === 0)) {
      const [type, id] = JSON.parse(key);
      assert.equal((await call(page, "TIMConvDelete", id, type)).code, 0, key);
      wanted.delete(key);
    }
    await check(page, wanted);
    await page.close();
    await second.reload();
    await second.waitForSelector("html[data-loaded]", { state: "attached" });
    await check(second, wanted);
    await second.close();
    noFaults();
  });

  test("come back as they went where they are user data, and give nothing to any object", async () => {
    const page = await openBlank(browser.context, server);
    const back = await page.evaluate((names) => Promise.all(names.map((name) => new Promise((resolve) => {
      TIM.TIMConvGetConvInfo(JSON.stringify([{ get_conversation_list_param_conv_id: name, get_conversation_list_param_conv_type: 1 }]), (code, desc, json, data) => resolve(data), name);
    }))), names);
    assert.deepEqual(back, names);
    const config = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"pin_limit":50}`;
    assert.equal((await call(page, "TIMSetConfig", config)).code, 0);
    assert.deepEqual(await page.evaluate(() => [({}).polluted, TIM.polluted, Object.keys(Object.prototype), Object.getPrototypeOf(TIM) === Object.prototype]),
      [undefined, undefined, [], true]);
    await page.close();
    noFaults();
  });

  test("name one account each, in databases and first paints", async () => {
    const accounts = [...ids.filter((id) => Buffer.byteLength(id) <= 300).map((user) => [0, user]), [1, "0:a"], [10, "a"], [1, "a"], [0, "0:a"], [1, "%3a"], [0, "timconv:0:a"]];
    const page = await openBlank(browser.context, server);
    let app = 0;
    for (const [appID, user] of accounts) {
      if (appID !== app) {
        await callNow(page, "TIMUninit");
        assert.equal(await callNow(page, "TIMInit", appID, "{}"), 0);
        app = appID;
      }
      const login = await call(page, "TIMLogin", user, "");
      assert.equal(login.code, 0, JSON.stringify([appID, user, login]));
      assert.deepEqual(await list(page), [], `${JSON.stringify([appID, user])} sees what is another's`);
      await call(page, "TIMRecvNewMsg", JSON.stringify([{ message_sender: `of ${appID} ${user}`, message_server_time: 1700000000 }]));
    }
    for (const [appID, user] of accounts) {
      await callNow(page, "TIMUninit");
      await callNow(page, "TIMInit", appID, "{}");
      await call(page, "TIMLogin", user, "");
      assert.deepEqual((await list(page)).map((row) => row.conv_id), [`of ${appID} ${user}`]);
    }
    // The loader, which has no module to ask, forms the same names.
    const names = await page.evaluate(async (accounts) => {
      const { firstPaint } = await import("/tim.js");
      const found = new Map((await indexedDB.databases()).map(({ name }) => [name, true]));
      localStorage.clear();
      return accounts.map(([sdkAppID, userID]) => {
        const asked = [];
        const getItem = Storage.prototype.getItem;
        Storage.prototype.getItem = function (key) { asked.push(key); return getItem.call(this, key); };
        firstPaint({ sdkAppID, userID });
        Storage.prototype.getItem = getItem;
        return [asked[0], found.has(asked[0]?.replace("timconv-first:", ""))];
      });
    }, accounts);
    assert.deepEqual(names.filter(([, exists]) => !exists), []);
    assert.equal(new Set(names.map(([name]) => name)).size, accounts.length);
    await page.close();
    noFaults();
  });
});
