// The journal and its folding, with the browser killed in the middle.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, launch, list, openBlank, openPage, options, serve } from "./browser.mjs";
import { within } from "./engines/processes.mjs";
import { ambush } from "./folding.mjs";

const moments = ["issued", "committing", "complete"];
// FOLD_KILLS=few: one of each kind of step.
const ambushes = [["records", 1], ["records", 2], ["page", 1], ["page", 2], ["finish", 1]].flatMap(([kind, nth]) => moments.map((moment) => ({ kind, nth, moment })))
  .filter(({ nth, moment }, i) => process.env.FOLD_KILLS !== "few" || (nth === 1 && moment === moments[Math.floor(i / 3) % 3]));

const text = "x".repeat(2500);
const message = (n) => ({
  message_conv_id: `user${n % 300}`, message_conv_type: 1, message_sender: `user${n % 300}`, message_msg_id: `m${n}`,
  message_server_time: 1700000000 + n, message_seq: n, message_elem_array: [{ elem_type: 0, text_elem_content: text }],
});

/** counts are the numbers of records by space, read beside the module. */
function counts(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open("timconv:0:");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction(["convs", "log", "messages", "ids"]);
      const found = {};
      for (const space of ["convs", "log", "messages", "ids"]) transaction.objectStore(space).count().onsuccess = (event) => { found[space] = event.target.result; };
      transaction.oncomplete = () => { request.result.close(); resolve(found); };
    };
  }));
}

describe("folding", { ...options, timeout: 600_000 }, () => {
  let server;
  let profile;
  let onKill = async () => {};
  before(async () => {
    server = await serve({ files: { "/kill": async () => { await onKill(); return "killed"; } } });
    profile = await mkdtemp(join(tmpdir(), "timconv-fold-"));
  });
  after(async () => {
    await server?.close();
    if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  /** feed feeds a batch; it resolves with false if the browser was killed meanwhile. */
  const feed = (page, from) => call(page, "TIMRecvNewMsg", JSON.stringify(Array.from({ length: 100 }, (_, i) => message(from + i))))
    .then(({ code }) => code === 0, () => false);

  /** unread is how many messages the conversations of a page have, all of them unread. */
  const unread = async (page) => (await list(page)).reduce((sum, conv) => sum + conv.conv_unread_num, 0);

  test(`loses and doubles nothing when the browser is killed at any step of it (${ambushes.length} kills)`, async () => {
    let fed = 0;
    let open = 0; // messages that a kill left without an answer
    const whole = async (page, after) => {
      const found = await unread(page);
      assert.ok(found === fed || found === fed + open, `${found} messages after ${after}, ${fed} were acknowledged and ${open} not answered`);
      fed = found;
      const { code, json } = await call(page, "TIMConvVerify");
      assert.deepEqual([code, JSON.parse(json)], [0, []], after);
    };
    let after = "nothing";
    for (const where of ambushes) {
      const browser = await launch({ profile });
      try {
        await browser.context.addInitScript(ambush, where);
        let killed = false;
        const gone = new Promise((resolve) => { onKill = async () => { killed = true; await browser.kill(); resolve(); }; });
        const begun = fed;
        const before = after;
        after = `a kill when step ${where.nth} of ${where.kind} was ${where.moment}`;
        try {
          const page = await openBlank(browser.context, server);
          await whole(page, before);
          open = 0;
          for (let batch = 0; !killed; batch++) {
            assert.ok(fed - begun < 20_000, `it does not come to ${after}: ${JSON.stringify(await page.evaluate(() => window.folded))}`);
            if (await feed(page, fed)) fed += 100;
            else { assert.ok(await within(60_000, gone), "a batch failed"); open = 100; }
            if (batch % 4 === 3) await within(3000, gone);
          }
        } catch (err) {
          if (!killed) throw err; // a step may be due at once, of what the kill before has left
        }
        await gone;
      } finally {
        await browser.kill();
      }
    }
    const browser = await launch({ profile });
    try {
      const page = await openBlank(browser.context, server);
      await whole(page, after);
      await agrees(browser, page, fed);
    } finally {
      await browser.close();
    }
  });

  /** agrees fails unless all is folded before long, and what is read then is what there was. */
  async function agrees(browser, page, fed) {
    const before = await list(page);
    let found;
    for (let wait = 0; wait < 200 && ((found = await counts(page)).log > 8 || found.messages < fed - 300); wait++) await page.waitForTimeout(200);
    assert.ok(found.log <= 8 && found.convs > 0 && found.messages >= fed - 300, `not folded: ${JSON.stringify(found)}`);
    assert.deepEqual(await list(page), before);
    const bare = await openPage(browser.context, `${server.origin}/blank.html`);
    await bare.waitForSelector("html[data-loaded]", { state: "attached" });
    assert.deepEqual(await list(bare), before, "read from the pages");
    const history = await call(bare, "TIMMsgGetMsgList", "user7", 1, JSON.stringify({ msg_getmsglist_param_count: 500 }));
    const ids = JSON.parse(history.json).map((found) => found.message_msg_id);
    assert.deepEqual(ids, Array.from({ length: Math.ceil((fed - 7) / 300) }, (_, i) => `m${7 + 300 * i}`).reverse());
    assert.equal((await call(bare, "TIMRecvNewMsg", JSON.stringify([message(7), message(fed - 1)]))).code, 0);
    assert.deepEqual(await list(bare), before, "what comes again changes nothing");
    assert.deepEqual(JSON.parse((await call(bare, "TIMConvVerify")).json), []);
  }
});
