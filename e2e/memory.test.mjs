// What a long list leaves behind: the module lets go of the page's strings.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, noFaults, openBlank, options, serve } from "./browser.mjs";

/** capture lets a page look at what the module holds of it. */
function capture() {
  let real;
  Object.defineProperty(globalThis, "Go", {
    configurable: true,
    get: () => real,
    set: (Go) => { real = class extends Go { constructor() { super(); window.go = this; } }; },
  });
}

/** held is how many characters the module holds in long strings, in arrays too. */
const held = (page) => page.evaluate(() => window.go._values.flat().reduce((sum, value) => sum + (typeof value === "string" && value.length > 10_000 ? value.length : 0), 0));

/** measured asks for the list and resolves with its length: the text itself stays nowhere. */
const measured = (page) => page.evaluate(() => new Promise((resolve) => { TIM.TIMConvGetConvList((code, desc, json) => resolve(json.length), null); }));

describe("memory", options, () => {
  let server, browser;
  before(async () => {
    server = await serve();
    browser = await launch();
    await browser.context.addInitScript(capture);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("the texts of lists are kept for ten seconds, and then let go of", async () => {
    const page = await openBlank(browser.context, server);
    const messages = Array.from({ length: 2000 }, (_, n) => ({
      message_sender: `user${n}`, message_msg_id: `m${n}`, message_server_time: 1700000000 + n,
      message_elem_array: [{ elem_type: 0, text_elem_content: `${n} `.padEnd(900, n % 2 ? "x" : "中文") }],
    }));
    assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(messages))).code, 0);
    const size = await measured(page);
    assert.equal(await measured(page), size);
    assert.equal(await measured(page), size);
    const { code, json } = await call(page, "TIMConvGetConvList");
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(json).map((c) => c.conv_id), messages.map((m) => m.message_sender).reverse());
    assert.ok(await held(page) >= size / 2, "the parts of the list");
    let left;
    for (let wait = 0; wait < 60 && (left = await held(page)) > 0; wait++) await page.waitForTimeout(500);
    assert.equal(left, 0, "characters held after the list");
    noFaults();
  });
});
