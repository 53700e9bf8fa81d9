// Changed bytes in a real database: a conversation in a page, a message of the
// journal, a message record.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, list, noFaults, openBlank, openPage, options, serve } from "./browser.mjs";

const text = "x".repeat(900);
const message = (n, user = `user${Math.floor(n / 30)}`) => ({
  message_conv_id: user, message_conv_type: 1, message_sender: user, message_msg_id: `m${n}`,
  message_server_time: 1700000000 + n, message_seq: n, message_elem_array: [{ elem_type: 0, text_elem_content: text }],
});

/** feed has messages taken in, a hundred at a time. */
async function feed(page, from, to) {
  for (let n = from; n < to; n += 100) {
    const batch = Array.from({ length: Math.min(100, to - n) }, (_, i) => message(n + i));
    assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(batch))).code, 0);
  }
}

/** folded waits until the journal has been folded. */
async function folded(page) {
  for (let wait = 0; wait < 300; wait++) {
    const entries = await page.evaluate(() => new Promise((resolve) => {
      const request = indexedDB.open("timconv:0:");
      request.onsuccess = () => {
        const count = request.result.transaction("log").objectStore("log").count();
        count.onsuccess = () => { request.result.close(); resolve(count.result); };
      };
    }));
    if (entries < 6) return;
    await page.waitForTimeout(200);
  }
  assert.fail("the journal is not folded");
}

/** damage changes the last byte of the last place of a text in the records of a space. */
function damage(page, space, text) {
  return page.evaluate(([space, text]) => new Promise((resolve, reject) => {
    const request = indexedDB.open("timconv:0:");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction(space, "readwrite");
      let changed = 0;
      transaction.objectStore(space).openCursor(null, "prev").onsuccess = ({ target: { result: cursor } }) => {
        if (cursor === null || changed > 0) return;
        const value = cursor.value;
        const at = new TextDecoder("latin1").decode(value).lastIndexOf(text);
        if (at >= 0) {
          value[at + text.length - 1] ^= 1;
          cursor.update(value);
          changed++;
        }
        cursor.continue();
      };
      transaction.oncomplete = () => { request.result.close(); resolve(changed); };
    };
  }), [space, text]);
}

const quarantined = (page) => page.evaluate(() => TIM.status.quarantined);

/** backup exports the account: the text, and its lines about what is damaged. */
async function backup(page) {
  const { code, json } = await call(page, "TIMConvExport");
  assert.equal(code, 0);
  return { json, damaged: json.trim().split("\n").map((line) => JSON.parse(line)).filter((line) => "damaged" in line) };
}

const bytes = (line) => Buffer.from(line.damaged, "hex").toString("latin1");

describe("damage", options, () => {
  let server;
  let browser;
  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("is quarantined record by record, counted, exported, and survives folding", async () => {
    let page = await openBlank(browser.context, server);
    await feed(page, 0, 1800);
    await folded(page);
    await feed(page, 1800, 1860);
    const whole = await list(page);
    assert.equal(whole.length, 62);
    await page.goto(`${server.origin}/empty.html`);
    const journal = await damage(page, "log", `"m1807"`);
    assert.deepEqual([await damage(page, "convs", `"conv_id":"user9"`), journal, await damage(page, "messages", `"m5"`)], [1, 1, 1]);
    await page.close();

    page = await openBlank(browser.context, server);
    const ids = (conversations) => conversations.map((conversation) => conversation.conv_id).sort();
    const damagedList = await list(page);
    assert.deepEqual(ids(damagedList), ids(whole), "every conversation is there, that of the damaged row from its messages");
    const untouched = (conversations) => conversations.filter(({ conv_id: id }) => !["user0", "user60", "user9"].includes(id));
    assert.deepEqual(untouched(damagedList), untouched(whole));
    assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
    assert.equal(await quarantined(page), 3);
    const { damaged } = await backup(page);
    assert.deepEqual(damaged.map((line) => line.space).sort(), ["convs", "log", "messages"]);
    for (const line of damaged) assert.match(bytes(line), { convs: /"conv_id":"user9#/, log: /"m1807#/, messages: /"m5#/ }[line.space]);

    await feed(page, 1860, 3000);
    await folded(page);
    const before = await list(page);
    await page.close();
    page = await openBlank(browser.context, server);
    assert.deepEqual(await list(page), before);
    assert.equal(await quarantined(page), 3, "after folding");
    const saved = await backup(page);
    assert.deepEqual(saved.damaged, damaged);
    assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
    await page.close();

    page = await openPage(browser.context, `${server.origin}/blank.html`);
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
    assert.equal((await call(page, "TIMConvWipe")).code, 0);
    assert.equal(await quarantined(page), 0, "nothing is left of an account that was wiped");
    const did = await call(page, "TIMConvImport", saved.json);
    assert.deepEqual([did.code, JSON.parse(did.json).messages], [0, 2998]);
    assert.deepEqual(await list(page), before, "restored is all that was not damaged");
    assert.equal(await quarantined(page), 0);
    noFaults();
  });
});
