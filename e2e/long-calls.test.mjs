// What long texts ask of the page: how they come in, and that it has its turn meanwhile.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, noFaults, openPage, serve, options } from "./browser.mjs";

describe("long calls", options, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("texts of 64 kB and more enter through encodeInto", async () => {
    const page = await openPage(browser.context, `${server.origin}/empty.html`);
    const got = await page.evaluate(async () => {
      let calls = 0;
      const { encodeInto } = TextEncoder.prototype;
      TextEncoder.prototype.encodeInto = function (...args) {
        calls++;
        return encodeInto.apply(this, args);
      };
      const TIM = await (await import("/tim.js")).loadTIM();
      const counted = (units) => {
        calls = 0;
        const text = JSON.stringify([{ message_sender: "ann", long: "" }]);
        TIM.TIMMsgImportMsgList("ann", 1, text.replace('""', `"${"x".repeat(units - text.length)}"`), null, null);
        return calls;
      };
      return [counted(1 << 16), counted((1 << 16) + 1)];
    });
    assert.deepEqual(got, [0, 1]);
    await page.close();
    noFaults();
  });

  test("a long call is taken in by slices, between which the page has its turn", async () => {
    const page = await openPage(browser.context, `${server.origin}/empty.html`);
    const got = await page.evaluate(async () => {
      let [turns, breaths] = [0, 0];
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (...args) {
        turns++;
        return postMessage.apply(this, args);
      };
      const { get } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.get = function (key) {
        if (key === "") breaths++; // what keeps a transaction alive
        return get.call(this, key);
      };
      const TIM = await (await import("/tim.js")).loadTIM();
      const ask = (json) => new Promise((resolve) => { TIM.TIMRecvNewMsg(json, resolve, null); });
      const messages = (name, count) => JSON.stringify(Array.from({ length: count }, (_, n) => ({
        message_conv_id: `u${n % 1000}`, message_conv_type: 1, message_sender: "ann", message_msg_id: `${name}${n}`, message_server_time: 1700000000 + n,
        message_elem_array: [{ elem_type: 0, text_elem_content: "说 something of a length ".repeat(100) }],
      })));
      const [few, many] = [messages("few", 5), messages("many", 5000)];
      await ask("[]");
      const counted = async (json) => {
        [turns, breaths] = [0, 0];
        return [await ask(json), turns, breaths];
      };
      return [await counted(few), await counted(many)];
    });
    const [few, [code, turns, breaths]] = got;
    assert.deepEqual([few, code], [[0, 0, 0], 0]);
    assert.ok(turns >= 2 && breaths >= 3, `${turns} turns before the transaction, ${breaths} breaths in it`);
    await page.close();
    noFaults();
  });
});
