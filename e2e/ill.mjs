// What the tests of storage that is ill share: faults at the boundary to IndexedDB,
// and what must be there afterwards.
import assert from "node:assert/strict";
import { call, list, openBlank } from "./browser.mjs";

export const database = "timconv:0:";

/** injected wraps IndexedDB before the module loads; faults are switched on through window.ill. */
export function injected() {
  if (origin === "null") return;
  const ill = window.ill = { transaction: [], put: [], told: [] }; // put: of an add too
  const { add } = IDBObjectStore.prototype;
  const wrap = (prototype, method, list) => {
    const original = prototype[method];
    prototype[method] = function (...args) {
      // Only what writes an account: its journal is part of it.
      const writes = method === "transaction" ? args[1] === "readwrite" && [...args[0]].includes("log") : this.name === "log";
      const fault = writes && list.shift();
      if (fault?.throws) throw new DOMException("injected", fault.throws);
      if (fault?.fails) {
        original.call(this, args[0], "injected");
        return add.call(this, args[0], "injected"); // fails: there is one
      }
      const result = original.apply(this, args);
      if (fault?.aborts) this.transaction.abort();
      if (fault?.closes) this.transaction.db.close();
      return result;
    };
  };
  wrap(IDBDatabase.prototype, "transaction", ill.transaction);
  for (const method of ["put", "add"]) wrap(IDBObjectStore.prototype, method, ill.put);
}

/** message is the nth one that is fed. */
export const message = (n) => JSON.stringify([{ message_sender: `user${n % 7}`, message_msg_id: `m${n}`, message_server_time: 1700000000 + n }]);

/** until waits until check holds in the page. */
export const until = (page, check, arg) => page.waitForFunction(check, arg, { timeout: 60000, polling: 50 });

/** states are those that were told since the page began to listen, without repetitions. */
export const states = (page) => page.evaluate(() => window.ill.told.map(({ state }) => state));

/** openIll opens a page whose IndexedDB has the faults that it is told to have, and which notes its states. */
export async function openIll(browser, server) {
  await browser.context.addInitScript(injected);
  const page = await openBlank(browser.context, server);
  await page.evaluate(async () => {
    await TIM.ready;
    TIM.TIMSetStorageStatusCallback((json) => { window.ill.told.push(JSON.parse(json)); }, null);
  });
  return page;
}

/** feed feeds messages, each with a call, and resolves with the codes. */
export function feed(page, from, count) {
  return page.evaluate((messages) => Promise.all(messages.map((json) => new Promise((resolve) => {
    if (TIM.TIMRecvNewMsg(json, (code) => resolve(code), null) !== 0) resolve(-1);
  }))), Array.from({ length: count }, (_, i) => message(from + i)));
}

/** well is the codes of so many calls that have succeeded. */
export const well = (count) => Array(count).fill(0);

/** whole checks that just so many messages are there, before and after a reload. */
export async function whole(page, count) {
  for (let round = 0; round < 2; round++) {
    const rows = await list(page);
    assert.equal(rows.reduce((sum, row) => sum + row.conv_unread_num, 0), count, `round ${round}`);
    assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
    await page.reload();
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
  }
}
