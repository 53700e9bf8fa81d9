// An account in a file and back, a kill in the middle of that, and a database that
// is gone.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, launch, list, openBlank, openPage, options, serve } from "./browser.mjs";

const rows = Number(process.env.BACKUP_ROWS ?? 3000); // conversations

const odd = ["it's", "中文", "\u{1F600}", "a\u2028b", "__proto__", "\"quoted\\", "\ud800"];

/** furnish fills an account with so many conversations and all that they can have. */
async function furnish(page, count) {
  await page.evaluate(async ([count, odd]) => {
    const ask = (name, ...args) => new Promise((resolve, reject) => {
      if (TIM[name](...args, (code, desc, json) => (code === 0 ? resolve(json) : reject(new Error(`${name}: ${code} ${desc}`))), null) !== 0) reject(new Error(name));
    });
    const message = (n) => `{ "message_conv_id":"user${n}","message_conv_type":1,"message_sender":"user${n}",\n"message_msg_id":"m${n}",` +
      `"message_server_time":${1700000000 + n},"message_unique_id":69616167477134${10000 + n},"own":1.50e2,` +
      `"message_elem_array":[{"elem_type":0,"text_elem_content":${JSON.stringify((odd[n % odd.length] + " ").repeat(60))}}]}`;
    for (let from = 0; from < count; from += 1000) {
      await ask("TIMRecvNewMsg", `[${Array.from({ length: Math.min(1000, count - from) }, (_, i) => message(from + i)).join(",")}]`);
    }
    await ask("TIMConvPinConversation", "user3", 1, true);
    await ask("TIMConvCreateConversationGroup", "work", '["c2c_user4","c2c_user5"]');
    await ask("TIMConvMarkConversation", '["c2c_user6"]', "9223372036854775808", true);
    await ask("TIMConvSetConversationCustomData", '["c2c_user7"]', "data");
    await ask("TIMConvCleanConversationUnreadMessageCount", "c2c_user8", 0, 0);
    await ask("TIMConvDelete", "user9", 1);
    await ask("TIMMsgSetAllReceiveMessageOpt", 1, 2, 3, 4, 5);
    TIM.TIMConvSetDraft("user10", 1, '{"draft_user_define":"not sent"}');
    await ask("TIMRecvNewMsg", "[]");
  }, [count, odd]);
}

/** longestTask is how long the page was busy at a time while it made a call. */
const longestTask = (page, name, ...args) => page.evaluate(([name, args]) => new Promise((resolve) => {
  let longest = 0, last = performance.now(), over = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) port2.postMessage(0);
  };
  port2.postMessage(0);
  const begun = performance.now();
  const argument = args.map((arg) => (arg === "(kept)" ? window.kept : arg));
  TIM[name](...argument, (code, desc, json) => {
    over = true;
    if (name === "TIMConvExport") window.kept = json;
    resolve({ code, desc, json: json.length < 1000 ? json : "", size: json.length, ms: Math.round(performance.now() - begun), longest: Math.round(longest) });
  }, null);
}), [name, args]);

const history = async (page, id) => (await call(page, "TIMMsgGetMsgList", id, 1, '{"msg_getmsglist_param_count":10}')).json;
const kept = (page) => page.evaluate(() => window.kept);

describe("a backup", options, () => {
  let server, browser, profile;

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), "timconv-backup-"));
    server = await serve();
    browser = await launch({ profile });
  });
  after(async () => {
    await browser.kill();
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test("of many conversations comes back byte for byte in another browser", async (t) => {
    const page = await openBlank(browser.context, server);
    await furnish(page, rows);
    const before = (await call(page, "TIMConvGetConvList")).json;
    const out = await longestTask(page, "TIMConvExport");
    assert.equal(out.code, 0);
    const other = await launch();
    try {
      const there = await openBlank(other.context, server);
      await there.evaluate((text) => { window.kept = text; }, await kept(page));
      const into = await longestTask(there, "TIMConvImport", "(kept)");
      assert.deepEqual([into.code, into.json], [0, `{"conversations":${rows - 1},"known":0,"messages":${rows - 1}}`]);
      assert.equal((await call(there, "TIMConvGetConvList")).json, before);
      for (const id of ["user0", "user6", "user9", `user${rows - 1}`]) assert.equal(await history(there, id), await history(page, id));
      assert.deepEqual(JSON.parse((await call(there, "TIMConvVerify")).json), []);
      const again = await longestTask(there, "TIMConvImport", "(kept)");
      assert.deepEqual([again.code, again.json], [0, `{"conversations":0,"known":${rows - 1},"messages":0}`]);
      await there.reload();
      await there.waitForSelector("html[data-loaded]", { state: "attached" });
      assert.equal((await call(there, "TIMConvGetConvList")).json, before);
      t.diagnostic(`${rows} conversations, ${(out.size / 1e6).toFixed(1)} M characters: out ${out.ms} ms, longest task ${out.longest}; in ${into.ms} ms, longest task ${into.longest}; again ${again.ms} ms`);
    } finally {
      await other.close();
    }
    await page.close();
  });

  test("is taken in as a whole or not at all by a browser that is killed", async () => {
    const page = await openBlank(browser.context, server);
    await longestTask(page, "TIMConvExport");
    const text = await kept(page);
    const there = await mkdtemp(join(tmpdir(), "timconv-restored-"));
    let whole = 0;
    try {
      for (let round = 0; round < 4; round++) {
        let other = await launch({ profile: there });
        let target = await openBlank(other.context, server);
        await call(target, "TIMConvWipe");
        await target.evaluate((text) => { window.kept = text; }, text);
        target.evaluate(() => { TIM.TIMConvImport(window.kept, null, null); }).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, round === 0 ? 20 : round * 250));
        await other.kill();
        other = await launch({ profile: there });
        target = await openBlank(other.context, server);
        const { length } = await list(target);
        assert.ok(length === 0 || length === rows - 1, `${length} conversations`);
        assert.deepEqual(JSON.parse((await call(target, "TIMConvVerify")).json), []);
        whole += length > 0 ? 1 : 0;
        await other.close();
      }
    } finally {
      await rm(there, { recursive: true, force: true, maxRetries: 5 });
    }
    assert.ok(whole < 4, "no kill came in time");
    await page.close();
  });

  test("is what is left where the browser has deleted the database, which is told", async () => {
    const page = await openBlank(browser.context, server);
    const before = (await call(page, "TIMConvGetConvList")).json;
    assert.equal(await page.evaluate(() => TIM.status.evicted), false);
    await longestTask(page, "TIMConvExport");
    const text = await kept(page);
    await page.close();
    const beside = await openPage(browser.context, `${server.origin}/empty.html`);
    await beside.evaluate(() => new Promise((resolve) => { indexedDB.deleteDatabase("timconv:0:").onsuccess = resolve; }));
    await beside.close();
    const next = await openBlank(browser.context, server);
    assert.deepEqual(await list(next), []);
    assert.equal(await next.evaluate(() => TIM.status.evicted), true);
    await next.evaluate((text) => { window.kept = text; }, text);
    assert.equal((await longestTask(next, "TIMConvImport", "(kept)")).code, 0);
    assert.equal((await call(next, "TIMConvGetConvList")).json, before);
    await next.reload();
    await next.waitForSelector("html[data-loaded]", { state: "attached" });
    assert.equal((await call(next, "TIMConvGetConvList")).json, before);
    assert.equal(await next.evaluate(() => TIM.status.evicted), false);
    await next.close();
  });

  test("may not be needed where the browser is asked to keep what is stored", async () => {
    const page = await openBlank(browser.context, server);
    await list(page);
    assert.equal(await page.evaluate(() => "usage" in TIM.status), false);
    const { code, json } = await call(page, "TIMPersistStorage");
    const found = JSON.parse(json);
    assert.equal(code, 0);
    if (!await page.evaluate(() => "persist" in (navigator.storage ?? {}))) { // WebKitGTK cannot be asked
      assert.deepEqual([found, await page.evaluate(() => "usage" in TIM.status)], [{}, false]);
      await page.close();
      return;
    }
    assert.ok(typeof found.persisted === "boolean" && found.usage > 0 && found.quota > found.usage, json);
    const status = await page.evaluate(() => TIM.status);
    assert.deepEqual([status.persisted, status.usage, status.quota, status.state], [found.persisted, found.usage, found.quota, "ready"]);
    await page.close();
  });
});
