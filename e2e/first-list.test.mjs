// The whole list, before the module is there.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { call, callNow, launch, list, noFaults, openBlank, openPage, options, serve } from "./browser.mjs";

const database = "timconv:0:";

const message = (id, n, more = {}) => ({
  message_conv_id: id, message_conv_type: 1, message_sender: id, message_msg_id: `m${n}`, message_server_time: 1800000000 + n,
  message_unique_id: "UNIQUE", message_elem_array: [{ elem_type: 0, text_elem_content: `hello 你好 😀 ${n} ${"x".repeat(700)}` }], ...more,
});
/** json has what JavaScript's numbers have not. */
const json = (messages) => JSON.stringify(messages).replaceAll('"UNIQUE"', "6961616747713488299");

/** first calls firstList in a page without the module. */
async function first(context, server, account) {
  const page = await openPage(context, `${server.origin}/empty.html`);
  const found = await page.evaluate(async (account) => {
    const { firstList } = await import("/tim.js");
    const rows = await firstList(account);
    return rows === null ? null : { json: JSON.stringify(rows), total: rows.totalUnread, TIM: typeof globalThis.TIM };
  }, account);
  await page.close();
  return found;
}

/** agree compares it with what the module gives. */
async function agree(context, server, page) {
  assert.equal((await call(page, "TIMRecvNewMsg", "[]")).code, 0);
  const found = await first(context, server);
  const rows = await list(page);
  assert.equal(found?.TIM, "undefined");
  assert.deepEqual(JSON.parse(found.json), rows);
  const { json } = await call(page, "TIMConvGetTotalUnreadMessageCount");
  assert.equal(found.total, JSON.parse(json).conv_get_total_unread_message_count_result_unread_count);
  return rows;
}

/** records resolves with what a space of the database holds, [key, bytes] each; put, [key, value], is put there before. */
const records = (page, space, put = null) => page.evaluate(([database, space, put]) => new Promise((resolve, reject) => {
  const request = indexedDB.open(database);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const db = request.result;
    const transaction = db.transaction(space, "readwrite");
    const store = transaction.objectStore(space);
    if (put !== null) store.put(Array.isArray(put[1]) ? Uint8Array.from(put[1]) : put[1], put[0]);
    const [keys, values] = [store.getAllKeys(), store.getAll()];
    transaction.oncomplete = () => {
      db.close();
      resolve(keys.result.map((key, i) => [key, [...values.result[i]]]));
    };
  };
}), [database, space, put]);

describe("the first list", options, () => {
  let server, browser;
  before(async () => {
    server = await serve();
  });
  beforeEach(async () => {
    await browser?.close();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("is null where nothing is stored, and makes nothing", async () => {
    assert.equal(await first(browser.context, server), null);
    assert.equal(await first(browser.context, server, { sdkAppID: 1400000001, userID: "O'Hara 世界" }), null);
    assert.equal(await first(browser.context, server, { userID: "\ud800" }), null, "no name of anybody");
    const page = await openPage(browser.context, `${server.origin}/empty.html`);
    if (await page.evaluate(() => "databases" in indexedDB)) {
      assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).filter(({ version }) => version > 0)), []); // WebKit tells of one of version 0
    }
    noFaults();
  });

  test("is each account's own", async () => {
    const page = await openBlank(browser.context, server);
    assert.equal(await callNow(page, "TIMInit", 1400000001, "{}"), 0);
    assert.equal((await call(page, "TIMLogin", "O'Hara 世界", "")).code, 0);
    assert.equal((await call(page, "TIMRecvNewMsg", json([message("ann", 1)]))).code, 0);
    const found = await first(browser.context, server, { sdkAppID: 1400000001, userID: "O'Hara 世界" });
    assert.deepEqual(JSON.parse(found.json), await list(page));
    assert.equal(await first(browser.context, server), null);
    noFaults();
  });

  test("is what the module gives, from the journal and from pages", async () => {
    const page = await openBlank(browser.context, server);
    const messages = Array.from({ length: 1500 }, (_, n) => message(`user${n % 600}`, n, n % 3 === 0 ? { message_is_read: false } : {}));
    assert.equal((await call(page, "TIMRecvNewMsg", json(messages.slice(0, 100)))).code, 0);
    await agree(browser.context, server, page);
    assert.deepEqual(await records(page, "convs"), [], "all is in the journal");

    for (const [id, more] of [["surrogate\u0000", {}], ["𠀀", {}], ["\uffee", {}]]) messages.push(message(id, messages.length, more));
    // The last message of a conversation, whichever that is when it is folded, is in its draft too, as it is
    // stored, and under the same key or one that ends alike.
    for (const [user, key] of [[0, '"conv_last_msg"'], [10, '"\\"conv_last_msg"']]) {
      const same = [user, user + 600, user + 1200].map((n) => {
        const stored = json([{ ...messages[n], message_is_from_self: false, message_status: 2 }]).slice(1, -1);
        return `"_${n}":{${key}:${stored}, "_":0}`;
      });
      const draft = `{"draft_msg":{${same},"message_msg_id":"d"},"draft_user_define":""}`;
      assert.equal(await callNow(page, "TIMConvSetDraft", `user${user}`, 1, draft), 0);
    }
    assert.equal((await call(page, "TIMRecvNewMsg", json(messages.slice(100)))).code, 0);
    for (const end = Date.now() + 60000; (await records(page, "convs")).length === 0;) {
      assert.ok(Date.now() < end, "nothing is folded");
      await page.waitForTimeout(200);
    }
    await agree(browser.context, server, page);

    const last = JSON.parse(json([messages[1205]]))[0];
    const changes = [
      ["TIMRecvConvUpdate", JSON.stringify([{ conv_id: "user1", conv_type: 1, conv_show_name: "half \ud83d", conv_face_url: "\udc00" }, { conv_id: "g", conv_type: 2, conv_group_type: 2 }])],
      ["TIMConvPinConversation", "user2", 1, true],
      ["TIMConvDelete", "user3", 1],
      ["TIMConvMarkConversation", '["c2c_user4"]', 2 ** 40, true],
      ["TIMConvSetConversationCustomData", '["c2c_user4"]', "custom 世界"],
      ["TIMMsgReportReaded", "user6", 1, null],
      ["TIMRecvNewMsg", JSON.stringify([{ message_conv_id: "g", message_conv_type: 2, message_sender: "ann", message_msg_id: "g1", message_server_time: 1800009000, message_seq: 7, message_group_at_user_array: ["__kImSDK_MesssageAtALL__"] }])],
    ];
    assert.equal(await page.evaluate((draft) => TIM.TIMConvSetDraft("user5", 1, draft), JSON.stringify({ draft_msg: last, draft_user_define: "d" })), 0);
    for (const [name, ...args] of changes) assert.equal((await call(page, name, ...args)).code, 0, name);
    const rows = await agree(browser.context, server, page);
    assert.equal(rows[0].conv_id, "user2");
    assert.ok(!rows.some(({ conv_id }) => conv_id === "user3"));
    assert.ok(await page.evaluate(async () => {
      const rows = await (await import("/tim.js")).firstList();
      const mine = rows.filter((row, i) => i % 2 === 0);
      for (const row of mine) row.conv_last_msg = "mine";
      JSON.stringify(rows);
      return mine.every((row) => row.conv_last_msg === "mine");
    }), "what has been set stays");

    const pages = await page.evaluate((database) => new Promise((resolve) => { // in each, a byte within the last message that is in it
      indexedDB.open(database).onsuccess = ({ target: { result: db } }) => {
        const transaction = db.transaction("convs", "readwrite");
        let pages = 0;
        transaction.objectStore("convs").openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (cursor === null) return;
          const text = String.fromCharCode.apply(null, cursor.value.subarray(-2000));
          cursor.value[cursor.value.length - 2000 + text.lastIndexOf("message_msg_id") - 1] = 0;
          cursor.update(cursor.value);
          pages++;
          cursor.continue();
        };
        transaction.oncomplete = () => {
          db.close();
          resolve(pages);
        };
      };
    }), database);
    const found = JSON.parse((await first(browser.context, server)).json);
    const other = found.map((row) => row.conv_last_msg).filter((last, i) => JSON.stringify(last) !== JSON.stringify(rows[i].conv_last_msg));
    assert.ok(other.length > 0 && other.length <= pages && other.every((last) => last === null), `of ${pages} pages ${JSON.stringify(other)}`);
    noFaults();
  });

  test("of a long journal is read by slices, between which the page has its turn", async () => {
    const page = await openBlank(browser.context, server);
    const lots = (from, count) => json(Array.from({ length: count }, (_, i) => message(`long${from + i}`, from + i)));
    for (let from = 0; from < 12_000; from += 3000) assert.equal((await call(page, "TIMRecvNewMsg", lots(from, 3000))).code, 0);
    const rows = await list(page);
    await page.close();
    const reader = await openPage(browser.context, `${server.origin}/empty.html`);
    const found = await reader.evaluate(async () => {
      const { now } = performance;
      performance.now = () => 0; // so that it is not for the machine's sake
      const whole = await (await import("/tim.js")).firstList();
      let [turns, time] = [0, 0];
      performance.now = () => (time += 30);
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (...args) {
        turns++;
        return postMessage.apply(this, args);
      };
      const parts = await (await import("/tim.js")).firstList();
      performance.now = now;
      return { whole: JSON.stringify(whole), parts: JSON.stringify(parts), turns };
    });
    assert.deepEqual(JSON.parse(found.parts), rows);
    assert.equal(found.whole, found.parts);
    assert.ok(found.turns >= 1, `${found.turns} turns`);
    await reader.close();
    noFaults();
  });

  test("has rows like any others", async () => {
    const page = await openBlank(browser.context, server);
    assert.equal((await call(page, "TIMRecvNewMsg", json([message("ann", 1)]))).code, 0);
    const [row] = await list(page);
    const got = await page.evaluate(async () => {
      const { firstList } = await import("/tim.js");
      const [[copied], [cloned], [set], [looked], [proxied]] = await Promise.all(Array.from({ length: 5 }, () => firstList()));
      set.conv_last_msg = "mine";
      const readonly = (object) => new Proxy(object, { // as a framework's
        get(target, key, receiver) {
          const value = Reflect.get(target, key, receiver);
          return typeof value === "object" && value !== null && Object.isExtensible(value) ? readonly(value) : value;
        },
        set: () => false, defineProperty: () => false,
      });
      const proxy = readonly(proxied);
      return {
        copied: { ...copied }, cloned: structuredClone(cloned), set: set.conv_last_msg, same: looked.conv_last_msg === looked.conv_last_msg,
        keys: Object.keys(looked).sort(), proxied: proxy.conv_last_msg,
      };
    });
    assert.deepEqual(got, { copied: row, cloned: row, set: "mine", same: true, keys: Object.keys(row).sort(), proxied: row.conv_last_msg });
  });

  test("is left to the module where something is damaged, or of a format to come", async () => {
    const page = await openBlank(browser.context, server);
    assert.equal((await call(page, "TIMRecvNewMsg", json([message("ann", 1)]))).code, 0);
    await page.close();
    const blank = await openPage(browser.context, `${server.origin}/empty.html`);
    const [[key, whole]] = await records(blank, "log");
    const other = (at, byte) => whole.map((was, i) => (i === at ? byte : was));
    for (const damaged of [other(0, 0x84), other(3, whole[3] ^ 1), other(1, 255), whole.slice(0, 40), whole.slice(0, 5), [], "text"]) {
      await records(blank, "log", [key, damaged]);
      assert.equal(await first(browser.context, server), null, String(damaged));
    }
    const text = String.fromCharCode(...whole).indexOf("message_conv_id");
    await records(blank, "log", [key, other(text - 1, 0)]); // within the message
    assert.equal(JSON.parse((await first(browser.context, server)).json)[0].conv_last_msg, null);
    await records(blank, "log", [key, whole]);
    assert.notEqual(await first(browser.context, server), null);
    noFaults();
  });

  test("does not keep the module from a page whose database another tab holds up", async () => {
    const holder = await openPage(browser.context, `${server.origin}/empty.html`);
    await holder.evaluate((database) => new Promise((resolve) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => {
        resolve();
        const store = request.result.createObjectStore("held");
        const hold = () => { if (!window.released) store.get("key").onsuccess = hold; };
        hold();
      };
    }), database);
    const page = await openPage(browser.context, `${server.origin}/empty.html`);
    assert.equal(await page.evaluate(async () => {
      const { firstList, loadTIM } = await import("/tim.js");
      firstList();
      return typeof (await loadTIM()).TIMConvGetConvList;
    }), "function");
    await holder.close();
    noFaults();
  });

  test("is followed by the module, which reads nothing twice", async () => {
    const page = await openBlank(browser.context, server);
    assert.equal((await call(page, "TIMRecvNewMsg", json([message("ann", 1), message("bob", 2)]))).code, 0);
    const want = await list(page);
    await page.close();
    const other = await openPage(browser.context, `${server.origin}/empty.html`);
    const got = await other.evaluate(async () => {
      let opened = 0;
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (...args) {
        opened++;
        return open.apply(this, args);
      };
      const { firstList, loadTIM } = await import("/tim.js");
      const [rows, TIM] = await Promise.all([firstList(), loadTIM()]);
      const json = await new Promise((resolve) => TIM.TIMConvGetConvList((code, desc, json) => resolve(json), null));
      return { opened, rows: [...rows], list: JSON.parse(json) };
    });
    assert.deepEqual(got, { opened: 2, rows: want, list: want });
    noFaults();
  });
});
