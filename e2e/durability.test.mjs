// What was acknowledged is there after a kill, and drafts are there even if
// the tab was killed before it could do anything more.
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, engine, launch, list, only, openBlank, openPage, serve, options } from "./browser.mjs";

/** tearLog cuts the end off the log in which Chromium wrote IndexedDB last. */
async function tearLog(profile) {
  const root = join(profile, "Default", "IndexedDB");
  const logs = [];
  for (const name of await readdir(root, { recursive: true })) {
    if (!name.endsWith(".log")) continue;
    const { size, mtimeMs } = await stat(join(root, name));
    logs.push({ path: join(root, name), size, mtimeMs });
  }
  const { path, size } = logs.sort((a, b) => b.mtimeMs - a.mtimeMs)[0];
  await truncate(path, size - 3);
}

describe("durability", options, () => {
  let server, browser, profile;
  let onKill = async () => {};

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), "timconv-kill-"));
    server = await serve({ files: { "/kill": async () => { await onKill(); return "killed"; } } });
    browser = await launch({ profile });
  });
  after(async () => {
    await browser.close();
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  /** killWhenAsked resolves when a page has asked for /kill and all pages are dead. */
  const killWhenAsked = () => new Promise((resolve) => {
    onKill = async () => {
      await browser.killRenderers();
      resolve();
    };
  });

  const restart = async () => {
    await browser.kill();
    browser = await launch({ profile });
    return openBlank(browser.context, server);
  };

  test("callers that each wait for their own acknowledgement share transactions", async () => {
    const page = await openBlank(browser.context, server);
    await list(page);
    const transactions = await page.evaluate(async () => {
      let count = 0;
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...args) {
        if (args[1] === "readwrite") count++;
        return transaction.apply(this, args);
      };
      const take = (i) => new Promise((resolve, reject) => {
        const message = { message_sender: "shared", message_msg_id: `shared-${i}`, message_server_time: 1700000000 + i };
        TIM.TIMRecvNewMsg(JSON.stringify([message]), (code, desc) => (code === 0 ? resolve() : reject(new Error(desc))), null);
      });
      let next = 0;
      const feed = async () => { while (next < 80) await take(next++); };
      await Promise.all(Array.from({ length: 8 }, feed));
      IDBDatabase.prototype.transaction = transaction;
      return count;
    });
    assert.ok(transactions >= 10 && transactions <= 13, `${transactions} transactions for 10 rounds of 8 messages`);
    await call(page, "TIMConvDelete", "shared", 1);
    await page.close();
  });

  test("everything survives a reload", async () => {
    const page = await openBlank(browser.context, server);
    await call(page, "TIMRecvNewMsg", JSON.stringify([
      { message_sender: "ann", message_msg_id: "1", message_server_time: 1700000000 },
      { message_conv_id: "team", message_conv_type: 2, message_msg_id: "2", message_server_time: 1700000001, message_seq: 5,
        message_group_at_user_array: ["__kImSDK_MessageAtALL__"] },
    ]));
    await call(page, "TIMRecvConvUpdate", JSON.stringify([{ conv_id: "team", conv_type: 2, conv_show_name: "The team", conv_recv_opt: 2 }]));
    await call(page, "TIMConvPinConversation", "ann", 1, true);
    await page.evaluate(() => TIM.TIMConvSetDraft("bob", 1, '{"draft_user_define":"to bob"}'));
    const before = await list(page);
    await page.reload();
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
    assert.deepEqual(await list(page), before);
    assert.deepEqual(before.map((conv) => conv.conv_id), ["ann", "bob", "team"]);
    assert.deepEqual(before[2].conv_group_at_info_array, [{ conv_group_at_info_at_type: 2, conv_group_at_info_seq: 5 }]);
    await page.close();
  });

  /**
   * draftInTheLastTask kills three tabs in the task that sets a draft. How it outlives its
   * tab: by a note, or in a tab that is alone and has committed before, in Chromium, by its
   * commit, which is on its way when the call returns.
   */
  const draftInTheLastTask = async (first, byItsCommit) => {
    for (let i = first; i < first + 3; i++) {
      const page = await openBlank(browser.context, server);
      await list(page); // the store is open
      for (let left = 40; byItsCommit; left--) { // until it has found out that it is alone, and leads
        await call(page, "TIMConvPinConversation", "killed0", 1, left % 2 === 0);
        const noted = await page.evaluate(() => {
          TIM.TIMConvSetDraft("killed0", 1, '{"draft_user_define":"sent"}');
          return Object.keys(localStorage).some((key) => key.startsWith("timconv-early"));
        });
        await call(page, "TIMRecvNewMsg", "[]");
        if (!noted || engine !== "chromium") break;
        assert.ok(left > 0, "a draft whose commit is on its way still has a note");
        await page.waitForTimeout(100);
      }
      const killed = killWhenAsked();
      page.evaluate((i) => {
        TIM.TIMConvSetDraft(`killed${i}`, 1, JSON.stringify({ draft_user_define: `draft ${i}` }));
        const request = new XMLHttpRequest();
        request.open("GET", "/kill", false);
        request.send();
      }, i).catch(() => {});
      await killed;
      const next = await openBlank(browser.context, server);
      const conv = (await list(next)).find(({ conv_id }) => conv_id === `killed${i}`);
      assert.equal(conv?.conv_draft?.draft_user_define, `draft ${i}`, `try ${i}`);
      await next.close();
    }
  };

  test("a draft survives its tab being killed in the very task that set it, by a note", () => draftInTheLastTask(0, false));
  test("a draft survives its tab being killed in the very task that set it, by its commit", () => draftInTheLastTask(3, true));

  test("a draft set before the store is open survives its tab being killed in that task", async () => {
    const page = await openPage(browser.context, `${server.origin}/empty.html`);
    await page.addScriptTag({ url: "/wasm_exec.js" });
    const killed = killWhenAsked();
    page.evaluate(async () => {
      const go = new Go();
      const { instance } = await WebAssembly.instantiateStreaming(fetch("/tim.wasm"), go.importObject);
      go.run(instance);
      TIM.TIMConvSetDraft("early", 1, '{"draft_user_define":"kept"}');
      const request = new XMLHttpRequest();
      request.open("GET", "/kill", false);
      request.send();
    }).catch(() => {});
    await killed;
    const next = await openBlank(browser.context, server);
    const conv = (await list(next)).find(({ conv_id }) => conv_id === "early");
    assert.equal(conv?.conv_draft?.draft_user_define, "kept");
    assert.equal(await next.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("timconv-early")).length), 0);
    await next.close();
  });

  test("what was acknowledged survives SIGKILL to the whole browser in mid-write", async () => {
    let page = await restart(); // the one before has lost its renderers
    for (let round = 0; round < 3; round++) {
      const acknowledged = new Set();
      await page.exposeFunction("acknowledge", (ids) => { for (const id of ids) acknowledged.add(id); });
      page.evaluate((round) => {
        let n = 0;
        const feed = () => {
          const ids = Array.from({ length: 1 + n % 5 }, () => `r${round}-${n++}`);
          const batch = ids.map((id, i) => ({ message_sender: `peer${i}`, message_msg_id: id, message_server_time: 1720000000 + 100000 * round + n }));
          TIM.TIMRecvNewMsg(JSON.stringify(batch), (code) => { if (code === 0) window.acknowledge(ids); feed(); }, null);
        };
        for (let i = 0; i < 8; i++) feed();
      }, round).catch(() => {});
      while (acknowledged.size < 100 + 50 * round) await new Promise((resolve) => setTimeout(resolve, 5));
      page = await restart();
      const unread = (await list(page)).filter(({ conv_id }) => conv_id.startsWith("peer"))
        .reduce((sum, conv) => sum + conv.conv_unread_num, 0);
      const status = await page.evaluate(() => JSON.stringify(TIM.status));
      assert.ok(unread >= acknowledged.size, `${unread} messages are left of ${acknowledged.size} acknowledged; storage is ${status}`);
      for (let i = 0; i < 5; i++) await call(page, "TIMConvDelete", `peer${i}`, 1);
    }
  });

  // Chromium deletes all that an origin has stored where it finds such a tail
  // in the middle of its log, that is, once more was written behind it.
  for (const tabs of [1, 2]) {
    const open = tabs === 1 ? "" : ", with two tabs open before either writes";
    test(`a write that the kill tore in two costs nothing, however many starts later${open}`, only(["chromium"], "its databases are not LevelDB logs"), async () => {
      let page = await openBlank(browser.context, server);
      await call(page, "TIMConvCreate", `kept from before ${tabs}`, 1);
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 5; i++) await call(page, "TIMConvCreate", `torn ${tabs} ${round} ${i}`, 1);
        await browser.kill();
        await tearLog(profile);
        browser = await launch({ profile });
        for (let tab = 0; tab < tabs; tab++) {
          page = await openBlank(browser.context, server);
          await list(page);
        }
        assert.equal((await call(page, "TIMConvCreate", `round ${tabs} ${round}`, 1)).code, 0);
      }
      page = await restart();
      const ids = (await list(page)).map(({ conv_id }) => conv_id);
      for (const id of [`kept from before ${tabs}`, ...[0, 1, 2].map((round) => `round ${tabs} ${round}`)]) assert.ok(ids.includes(id), `${id} is lost`);
    });
  }

  test("a draft survives SIGKILL to the whole browser once the barrier behind it was answered", async () => {
    const page = await openBlank(browser.context, server);
    await list(page);
    await page.evaluate(() => TIM.TIMConvSetDraft("moment", 1, '{"draft_user_define":"kept"}'));
    assert.equal((await call(page, "TIMRecvNewMsg", "[]")).code, 0);
    const next = await restart();
    const conv = (await list(next)).find(({ conv_id }) => conv_id === "moment");
    assert.equal(conv?.conv_draft?.draft_user_define, "kept");
  });
});
