// The demo page's messages: history page by page, and what is done to one.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, serve, options } from "./browser.mjs";
import { feed, message, openDemo, row } from "./demo.mjs";

describe("the messages of a conversation", options, () => {
  let chrome;
  let server;
  let context;

  before(async () => {
    server = await serve();
    chrome = await launch();
  });
  after(async () => {
    await chrome?.close();
    await server?.close();
  });
  afterEach(async () => {
    await context?.close();
    context = undefined;
    noFaults();
  });

  const begin = 1700000000;
  const long = Array.from({ length: 150 }, (_, i) => `text ${i}`);

  /** demo opens a conversation with ann that has these messages, one a minute. */
  async function demo(texts, settings = {}) {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 }, ...settings });
    const page = await openDemo(context, server);
    await feed(page, ...texts.map((text, i) => message("ann", text, { time: begin + i * 60 })));
    await row(page, "ann").click();
    await shows(page, texts.at(-1));
    return page;
  }

  const shows = (page, text) => page.locator(".bubble", { hasText: new RegExp(`^${text}$`) }).waitFor();
  const texts = (page) => page.locator(".bubble").allTextContents();
  const below = (page) => page.evaluate(() => {
    const box = document.getElementById("messages");
    return box.scrollHeight - box.scrollTop - box.clientHeight;
  });

  test("a long history begins at its end, and older pages come without a jump", async () => {
    const page = await demo(long);
    assert.ok(await below(page) < 2, "the newest message is seen");
    const first = (await texts(page)).length;
    assert.ok(first < 100, `${first} messages at first`);
    // What is seen must stay where it is when something comes in above it.
    const jumps = await page.evaluate(async () => {
      const box = document.getElementById("messages");
      let worst = 0;
      for (let i = 0; i < 60 && !box.querySelector(".note").textContent.includes("begins"); i++) {
        box.scrollTop = Math.max(0, box.scrollTop - 300);
        const seen = [...box.querySelectorAll("[data-id]")].find((n) => n.offsetTop + n.offsetHeight > box.scrollTop);
        const top = seen.getBoundingClientRect().top;
        await new Promise((resolve) => setTimeout(resolve, 100));
        worst = Math.max(worst, Math.abs(seen.getBoundingClientRect().top - top));
      }
      return worst;
    });
    assert.ok(jumps < 2, `a jump of ${jumps} px`);
    assert.deepEqual(await texts(page), long, "all of them, once, in order");
    assert.equal(await page.locator("#messages .note").first().textContent(), "This is where it begins.");
  });

  test("what comes in is shown, and moves nothing for one who reads above", async () => {
    const page = await demo(long);
    await feed(page, message("ann", "newest", { time: begin + 100000 }));
    await shows(page, "newest");
    assert.ok(await below(page) < 2, "at the end one stays at the end");
    await page.evaluate(() => { document.getElementById("messages").scrollTop -= 600; });
    await page.waitForSelector("#to-newest:not([hidden])");
    const top = () => page.locator(".bubble", { hasText: /^text 140$/ }).evaluate((node) => node.getBoundingClientRect().top);
    const before = await top();
    await feed(page, ...Array.from({ length: 120 }, (_, i) => message("ann", `burst ${i}`, { time: begin + 100001 + i })));
    await shows(page, "burst 119");
    assert.ok(Math.abs(await top() - before) < 2);
    assert.equal(new Set(await texts(page)).size, (await texts(page)).length, "none twice");
    await page.click("#to-newest");
    await page.waitForSelector("#to-newest", { state: "hidden" });
    assert.ok(await below(page) < 2);
  });

  test("who scrolls up in the moment in which something comes in is not pulled back", async () => {
    const page = await demo(long);
    for (let round = 0; round < 5; round++) {
      await page.evaluate(([round, begin]) => new Promise((resolve) => {
        const box = document.getElementById("messages");
        box.scrollTop = box.scrollHeight;
        requestAnimationFrame(() => requestAnimationFrame(() => {
          box.scrollTop -= 600;
          TIM.TIMRecvNewMsg(JSON.stringify([{
            message_sender: "ann", message_msg_id: `moment-${round}`, message_server_time: begin + 100000 + round,
            message_elem_array: [{ elem_type: 0, text_elem_content: `moment ${round}` }],
          }]), resolve, null);
        }));
      }), [round, begin]);
      await shows(page, `moment ${round}`);
      assert.ok(await below(page) > 500, `pulled back in round ${round}`);
    }
  });

  test("days divide the messages, and a group tells who wrote", async () => {
    const page = await demo(["only one"]);
    assert.match(await page.textContent(".day"), /Nov 2023$/);
    await feed(page,
      message("team", "one", { time: begin, group: true, message_sender: "bob" }),
      message("team", "two", { time: begin + 86400, group: true, message_sender: "bob" }));
    await row(page, "team").click();
    await shows(page, "two");
    assert.equal(await page.locator(".day").count(), 2);
    assert.equal(await page.locator(".bubble-name").first().textContent(), "bob");
  });

  test("a message is deleted through its menu, by mouse and by keyboard", async () => {
    const page = await demo(["a", "b", "c"]);
    await page.locator(".message", { hasText: "b" }).hover();
    await page.locator(".message", { hasText: "b" }).locator(".more").click();
    await page.locator("[role=menuitem]", { hasText: "Delete for me" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".bubble").length === 2);
    await page.focus("#messages");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.querySelector(".bubble").textContent), "a");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Copy text");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.querySelector(".bubble").textContent), "c", "the focus is back");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".row-text").textContent === "a");
    await page.waitForFunction(() => document.querySelectorAll(".bubble").length === 1);
    assert.deepEqual(await texts(page), ["a"]);
    const { json } = await call(page, "TIMMsgGetMsgList", "ann", 1, "{}");
    assert.equal(JSON.parse(json).length, 1);
  });

  test("revokes, new versions and receipts change what is shown, older messages too", async () => {
    const page = await demo(long.slice(0, 60));
    const { json } = await call(page, "TIMMsgGetMsgList", "ann", 1, '{"msg_getmsglist_param_count":60}');
    const all = JSON.parse(json);
    await page.evaluate(() => { document.getElementById("messages").scrollTop = 0; });
    await shows(page, "text 5");
    await call(page, "TIMRecvMsgRevoke", JSON.stringify([{ message_msg_id: all.at(-6).message_msg_id }]));
    await page.locator("#messages .note", { hasText: "recalled a message" }).waitFor();
    assert.equal(await page.locator(".bubble", { hasText: /^text 5$/ }).count(), 0);
    await call(page, "TIMRecvMsgUpdate", JSON.stringify([{ message_msg_id: all.at(-7).message_msg_id, message_elem_array: [{ elem_type: 0, text_elem_content: "edited" }] }]));
    await shows(page, "edited");
    await feed(page, message("ann", "mine", { time: begin + 99999, self: true }));
    await page.locator(".state.sent").waitFor({ state: "attached" });
    await call(page, "TIMRecvMsgReadedReceipt", JSON.stringify([{ msg_receipt_conv_id: "ann", msg_receipt_conv_type: 1, msg_receipt_time_stamp: begin + 99999 }]));
    await page.locator(".state.read").waitFor({ state: "attached" });
  });

  test("another conversation's messages never show up in this one", async () => {
    const page = await demo(long);
    await feed(page, message("bob", "from bob", { time: begin + 200000 }));
    for (let i = 0; i < 6; i++) await row(page, i % 2 === 0 ? "bob" : "ann").click();
    await row(page, "bob").click();
    await shows(page, "from bob");
    await page.waitForTimeout(200);
    assert.deepEqual(await texts(page), ["from bob"]);
  });
});
