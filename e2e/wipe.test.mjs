// Wiping an account and logging out: what is left of it, where and in which tab.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, engine, launch, list, noFaults, openBlank, openPage, options, serve } from "./browser.mjs";
import { heapHas, stored } from "./stored.mjs";

const database = "timconv:0:ann";
const halves = ["mark", "er-7f3a"]; // put together in the page, so that only its data has the whole
const marker = halves.join("");

/** furnish logs in and has the marker in everything that an account can have. */
async function furnish(page, count = 300) {
  assert.equal((await call(page, "TIMSetConfig", '{"recorder":1000}')).code, 0);
  assert.equal((await call(page, "TIMLogin", "ann", "")).code, 0);
  await page.evaluate(([halves, count]) => new Promise((resolve, reject) => {
    const text = halves.join("");
    const messages = Array.from({ length: count }, (_, i) => ({
      message_sender: `${text}-${i}`, message_msg_id: `${text}/${i}`, message_server_time: 1700000000 + i,
      message_sender_profile: { user_profile_nick_name: text }, message_elem_array: [{ elem_type: 0, text_elem_content: text }],
    }));
    TIM.TIMRecvNewMsg(JSON.stringify(messages), (code, desc) => code !== 0 && reject(new Error(desc)), null);
    TIM.TIMConvCreateConversationGroup(text, JSON.stringify([`c2c_${text}-0`]), null, null);
    TIM.TIMConvSetConversationCustomData(JSON.stringify([`c2c_${text}-1`]), text, null, null);
    TIM.TIMConvSubscribeList(JSON.stringify({ id: "rows", from: 0, count: 50 }), (json) => { window.shown = json.length; }, null);
    TIM.TIMConvSetDraft(`${text}-2`, 1, JSON.stringify({ draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: text }] } }));
    TIM.TIMConvGetConvList((code, desc, json) => resolve(json.length), null);
  }), [halves, count]);
}

const has = (texts) => texts.some((text) => text.includes(marker));
const painted = (page) => page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("timconv-first:")));

describe("an account's data", options, () => {
  let server, browser, profile;

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), "timconv-wipe-"));
    server = await serve();
    browser = await launch({ profile });
  });
  after(async () => {
    await browser.close();
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test("is gone from the browser and from every tab after a wipe", async () => {
    const pages = [await openBlank(browser.context, server), await openBlank(browser.context, server)];
    await furnish(pages[0]);
    await call(pages[1], "TIMLogin", "ann", "");
    await call(pages[1], "TIMConvGetTotalUnreadMessageCount");
    await pages[1].evaluate(() => new Promise((resolve) => {
      window.rows = new Set();
      window.groups = [];
      TIM.TIMSetConvConversationGroupDeletedCallback((name) => window.groups.push(name), null);
      TIM.TIMSetConvTotalUnreadMessageCountChangedCallback((total) => { window.total = total; }, null);
      TIM.TIMSetConvEventCallback((event, json) => {
        for (const { conv_id: id } of JSON.parse(json)) {
          if (event === TIM.kTIMConvEvent_Del) window.rows.delete(id);
          else window.rows.add(id);
        }
      }, null);
      TIM.TIMConvGetConvList((code, desc, json) => {
        for (const { conv_id: id } of JSON.parse(json)) window.rows.add(id);
        resolve();
      }, null);
    }));
    assert.equal(await pages[1].evaluate(() => window.rows.size), 300);
    await painted(pages[0]);
    const before = await stored(pages[0], database);
    assert.ok(has(before.local) && has(before.spaces.log.concat(before.spaces.messages)), "nothing was there to be wiped");

    assert.equal((await call(pages[0], "TIMConvWipe")).code, 0);
    const left = await stored(pages[0], database);
    assert.ok(!has(left.local) && !has(Object.values(left.spaces).flat()), "the marker is still stored");
    const { meta, log, ...others } = left.spaces;
    assert.equal(meta.length, 2);
    assert.ok(log.every((entry) => entry.length < 100), "the journal has more than void entries");
    assert.deepEqual(Object.values(others).flat(), []);
    await pages[1].waitForFunction(() => window.rows.size === 0 && window.total === 0 && window.groups.length === 1);
    for (const page of pages) {
      assert.deepEqual(await list(page), []);
      assert.equal((await call(page, "TIMConvVerify")).json, "[]");
    }

    // Both go on, and what they write is all there is; later snapshots too.
    await call(pages[1], "TIMRecvNewMsg", JSON.stringify([{ message_sender: "new", message_server_time: 1700000000 }]));
    assert.deepEqual((await list(pages[0])).map(({ conv_id: id }) => id), ["new"]);
    await pages[0].waitForFunction(() => Object.entries(localStorage).some(([key, value]) => key.startsWith("timconv-first:") && value.includes('"new"')));
    const later = await stored(pages[0], database);
    assert.ok(!has(later.local) && !has(Object.values(later.spaces).flat()), "the marker has come back");
    await call(pages[0], "TIMConvWipe");
    for (const page of pages) await page.close();

    // localStorage reaches the disk late: what a kill brings back goes when the account is opened.
    const next = await openBlank(browser.context, server);
    await next.evaluate((local) => {
      for (const entry of local) localStorage.setItem(...entry.split(/=(.*)/s).slice(0, 2));
    }, before.local);
    assert.ok(has((await stored(next, database)).local));
    await call(next, "TIMLogin", "ann", "");
    await next.waitForFunction((marker) => !Object.values(localStorage).some((value) => value.includes(marker)), marker);
    await next.close();
    noFaults();
  });

  test("is not painted again by a tab that has not heard of the wipe", async () => {
    const deaf = await openPage(browser.context, `${server.origin}/empty.html`);
    await deaf.evaluate(async (marker) => {
      BroadcastChannel.prototype.addEventListener = () => {};
      const { setItem } = Storage.prototype;
      window.kept = []; // when
      Storage.prototype.setItem = function (key, value) {
        if (value.includes(marker)) kept.push(Date.now());
        return setItem.call(this, key, value);
      };
      await (await import("/tim.js")).loadTIM();
    }, marker);
    const page = await openBlank(browser.context, server);
    await page.waitForTimeout(1500); // a second after its start a tab looks by itself what others have done
    const write = (text) => call(deaf, "TIMRecvNewMsg", JSON.stringify([{ message_sender: marker, message_server_time: 1700000000, text }]));
    await write("it is painted");
    await deaf.waitForFunction(() => kept.length === 1);
    await write("it would be"); // half a second later
    const wiped = await page.evaluate(() => new Promise((resolve) => { TIM.TIMConvWipe((code) => resolve(code || Date.now()), null); }));
    await page.waitForTimeout(1500);
    assert.deepEqual((await deaf.evaluate(() => kept)).filter((at) => at > wiped), []);
    assert.ok(wiped > 1e12, `code ${wiped}`);
    for (const one of [deaf, page]) await one.close();
    noFaults();
  });

  test("is all there or gone when the browser is killed in a wipe", async () => {
    for (let round = 0; round < 4; round++) {
      const page = await openBlank(browser.context, server);
      await furnish(page, 2000);
      await page.evaluate(() => { TIM.TIMConvWipe((code) => { window.wiped = code; }, null); }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, round * 4 + Math.random() * 4));
      await browser.kill();
      browser = await launch({ profile });
      const next = await openBlank(browser.context, server);
      await call(next, "TIMLogin", "ann", "");
      const rows = (await list(next)).length;
      assert.ok(rows === 0 || rows === 2000, `${rows} rows are left in round ${round}`);
      assert.equal((await call(next, "TIMConvVerify")).json, "[]");
      assert.equal((await stored(next, database)).spaces.notes.length, 0);
      assert.equal((await call(next, "TIMConvWipe")).code, 0);
      await next.close();
    }
  });

  test("leaves localStorage and the page's heap with a logout, behind all that was accepted", async () => {
    const seesHeap = engine === "chromium"; // no other engine's protocol shows it
    const page = await openBlank(browser.context, server);
    await furnish(page);
    await painted(page);
    if (seesHeap) assert.ok(await heapHas(page, marker), "the heap did not have it before");
    await page.evaluate((halves) => new Promise((resolve) => {
      const text = halves.join("");
      TIM.TIMConvSetDraft(`${text}-3`, 1, JSON.stringify({ draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: `last ${text}` }] } }));
      TIM.TIMLogout(() => resolve(), null);
    }), halves);
    const left = await stored(page, database);
    assert.ok(!has(left.local), "localStorage still has it");
    assert.deepEqual(left.spaces.notes, []);
    assert.equal((await call(page, "TIMConvGetConvList")).ret, -2);
    assert.ok(!(await call(page, "TIMRecorderExport")).json.includes(marker), "the recorder still has it");
    if (seesHeap) assert.ok(!await heapHas(page, marker), "the heap still has it");

    // What was accepted before the logout has been kept.
    await call(page, "TIMLogin", "ann", "");
    const drafted = (await list(page)).filter((row) => row.conv_is_has_draft);
    assert.deepEqual(drafted.map((row) => row.conv_draft.draft_msg.message_elem_array[0].text_elem_content), [`last ${marker}`, marker]);
    await call(page, "TIMConvWipe");
    await page.close();
    noFaults();
  });
});
