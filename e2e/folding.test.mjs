// The journal and its folding, with the browser killed in the middle.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, launch, list, openBlank, openPage, options, serve } from "./browser.mjs";

const text = "x".repeat(900);
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

describe("folding", options, () => {
  let server;
  let profile;
  before(async () => {
    server = await serve();
    profile = await mkdtemp(join(tmpdir(), "timconv-fold-"));
  });
  after(async () => {
    await server?.close();
    if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test("loses and doubles nothing when the browser is killed in the middle of it", async () => {
    let fed = 0;
    let before = null;
    const seed = Date.now() % 1000;
    for (let round = 0; round < 5; round++) {
      const chromium = await launch({ profile });
      try {
        const page = await openBlank(chromium.context, server);
        if (before !== null) assert.deepEqual(await list(page), before, `after kill ${round}, seed ${seed}`);
        const { code, json } = await call(page, "TIMConvVerify");
        assert.deepEqual([code, JSON.parse(json)], [0, []]);
        for (let batch = 0; batch < 10; batch++) {
          const messages = Array.from({ length: 100 }, () => message(fed++));
          assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(messages))).code, 0);
        }
        before = await list(page);
        await page.waitForTimeout((seed * (round + 1) * 37) % 1200);
      } finally {
        await chromium.kill();
      }
    }
    const chromium = await launch({ profile });
    try {
      const page = await openBlank(chromium.context, server);
      let found;
      for (let wait = 0; wait < 200 && ((found = await counts(page)).log > 8 || found.messages < fed - 300); wait++) await page.waitForTimeout(200);
      assert.ok(found.log <= 8 && found.convs > 0 && found.messages >= fed - 300, `not folded: ${JSON.stringify(found)}`);
      assert.deepEqual(await list(page), before);
      const bare = await openPage(chromium.context, `${server.origin}/blank.html`);
      await bare.waitForSelector("html[data-loaded]", { state: "attached" });
      assert.deepEqual(await list(bare), before, "read from the pages");
      const unread = before.reduce((sum, conv) => sum + conv.conv_unread_num, 0);
      assert.equal(unread, fed);
      const history = await call(bare, "TIMMsgGetMsgList", "user7", 1, JSON.stringify({ msg_getmsglist_param_count: 100 }));
      const ids = JSON.parse(history.json).map((found) => found.message_msg_id);
      assert.deepEqual(ids, Array.from({ length: Math.ceil((fed - 7) / 300) }, (_, i) => `m${7 + 300 * i}`).reverse());
      assert.equal((await call(bare, "TIMRecvNewMsg", JSON.stringify([message(7), message(fed - 1)]))).code, 0);
      assert.deepEqual(await list(bare), before, "what comes again changes nothing");
      assert.deepEqual(JSON.parse((await call(bare, "TIMConvVerify")).json), []);
    } finally {
      await chromium.close();
    }
  });
});
