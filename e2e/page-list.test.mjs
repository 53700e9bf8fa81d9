// The demo page's list: a window of rows over many conversations.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { launch, noFaults, serve, options, webRoot } from "./browser.mjs";
import { feed, message, openDemo, row, reload, settled } from "./demo.mjs";

describe("the list of the page", options, () => {
  let chrome;
  let server;
  let context;
  let held = Promise.resolve(); // what the module waits for on its way

  before(async () => {
    server = await serve({ files: { "/tim.wasm": async () => {
      await held;
      return readFile(join(webRoot, "tim.wasm"));
    } } });
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

  const many = 2000;
  const begin = 1700000000;

  /** demo opens the page with many conversations, c-0 the newest, then loads it anew. */
  async function demo() {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    // What crosses from the core to the page, and whether it is the list.
    await context.addInitScript(() => {
      globalThis.heard = { list: 0, rows: 0 };
      let tim;
      Object.defineProperty(globalThis, "TIM", {
        configurable: true,
        get: () => tim,
        set: (value) => {
          tim = value;
          const { TIMConvGetConvList: list, TIMConvSubscribeList: subscribe } = tim;
          tim.TIMConvGetConvList = (...args) => {
            globalThis.heard.list++;
            return list(...args);
          };
          tim.TIMConvSubscribeList = (json, cb, userData) => subscribe(json, (text, ud) => {
            globalThis.heard.rows += JSON.parse(text).ops.filter(({ conv }) => conv !== undefined).length;
            cb(text, ud);
          }, userData);
        },
      });
    });
    const page = await openDemo(context, server);
    for (let start = 0; start < many; start += 1000) {
      await feed(page, ...Array.from({ length: 1000 }, (_, i) => message(`c-${start + i}`, "x", { time: begin - start - i, message_is_read: true })));
    }
    await reload(page);
    await row(page, "c-0").waitFor();
    return page;
  }

  const scroll = (page, place) => page.evaluate((top) => { document.getElementById("list").scrollTop = top; }, place * 72);
  const active = (page, name, place) => page.waitForFunction(([name, place]) => {
    const node = document.querySelector(".row-item.active");
    return node?.querySelector(".row-name").textContent === name && node.getAttribute("aria-posinset") === String(place + 1);
  }, [name, place]);

  test("is painted before the module is there, and the rows stay when it comes", async () => {
    const page = await demo();
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("timconv-first:")));
    let release;
    held = new Promise((resolve) => { release = resolve; });
    await page.reload();
    await row(page, "c-0").waitFor();
    assert.equal(await page.evaluate(() => typeof globalThis.TIM), "undefined");
    const painted = await page.evaluate(() => {
      globalThis.painted = [...document.querySelectorAll(".row-item")];
      globalThis.moved = [];
      new MutationObserver((records) => {
        for (const { type, target, attributeName, oldValue, removedNodes } of records) {
          if (type === "attributes" && target.getAttribute(attributeName) === oldValue) continue;
          const row = (target instanceof Element ? target : target.parentElement)?.closest(".row-item");
          if (removedNodes.length > 0 && target.id === "rows") globalThis.moved.push("removed");
          if (globalThis.painted.includes(row)) globalThis.moved.push(`${row.dataset.key} ${row.style.transform}: ${type} ${attributeName ?? ""} of ${target.className ?? target.nodeName}`);
        }
      }).observe(document.getElementById("rows"), {
        childList: true, subtree: true, characterData: true, attributes: true, attributeOldValue: true, attributeFilter: ["style", "data-key", "class", "src", "hidden", "title"],
      });
      return globalThis.painted.map((node) => `${node.dataset.key} ${node.style.transform}`);
    });
    assert.ok(painted.length > 5);
    release();
    await settled(page);
    const after = await page.evaluate(() => globalThis.painted.map((node) => `${node.dataset.key} ${node.style.transform}`));
    assert.deepEqual(after, painted, "the same rows in the same places");
    assert.deepEqual(await page.evaluate(() => globalThis.moved), [], "nothing was moved, taken away, or written anew in between");
    assert.equal(await page.evaluate(() => document.querySelector(".row-item").getAttribute("aria-setsize")), String(many));
  });

  test("takes the rows around what is seen, and no list", async () => {
    const page = await demo();
    assert.equal(await page.getAttribute(".row-item", "aria-setsize"), String(many));
    assert.deepEqual(await page.evaluate(() => globalThis.heard), { list: 0, rows: 64 });
    for (const place of [1000, 1990, 500, 0]) {
      await scroll(page, place);
      await row(page, `c-${place}`).waitFor();
      const wrong = await page.evaluate(() => [...document.querySelectorAll(".row-item")]
        .filter((node) => node.querySelector(".row-name").textContent !== `c-${node.getAttribute("aria-posinset") - 1}`).length);
      assert.equal(wrong, 0, `rows around ${place}`);
    }
    const before = await page.evaluate(() => globalThis.heard.rows);
    await feed(page, message("c-1999", "from far below", { time: begin + 1 }));
    await row(page, "c-1999").waitFor();
    assert.equal(await page.evaluate(() => globalThis.heard.rows) - before, 1);
    assert.equal(await page.evaluate(() => globalThis.heard.list), 0);
  });

  test("keeps the row of each conversation, and has it glide to its new place", async () => {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await openDemo(context, server);
    await feed(page, ...["a", "b", "c", "d"].map((name, i) => message(name, "x", { time: begin - i })));
    await row(page, "d").waitFor();
    await page.evaluate(() => {
      globalThis.glided = new Set();
      globalThis.nodes = new Map([...document.querySelectorAll(".row-item")].map((node) => [node.dataset.key, node]));
      new MutationObserver((changes) => {
        for (const { target } of changes) if (target.classList.contains("glide")) globalThis.glided.add(target.dataset.key);
      }).observe(document.getElementById("rows"), { subtree: true, attributeFilter: ["class"] });
    });
    await feed(page, message("c", "to the top", { time: begin + 1 }));
    await page.waitForFunction(() => globalThis.nodes.get("1:c").getAttribute("aria-posinset") === "1");
    assert.deepEqual(await page.evaluate(() => [...globalThis.glided].sort()), ["1:a", "1:b", "1:c"]);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll(".row-item")].filter((node) => globalThis.nodes.get(node.dataset.key) !== node).length), 0);
  });

  test("rows above what is seen may move without moving it, however deep", async () => {
    const page = await demo();
    await scroll(page, 1200);
    await row(page, "c-1203").waitFor();
    const top = () => row(page, "c-1203").evaluate((node) => node.getBoundingClientRect().top);
    const before = await top();
    await feed(page, ...Array.from({ length: 7 }, (_, i) => message(`new-${i}`, "x", { time: begin + 1 + i })));
    await page.waitForFunction(() => [...document.querySelectorAll(".row-item")]
      .some((node) => node.dataset.key === "1:c-1203" && node.getAttribute("aria-posinset") === "1211"));
    assert.equal(await top(), before);
  });

  test("the keyboard goes on from a row that is out of sight", async () => {
    const page = await demo();
    await page.focus("#list");
    await page.keyboard.press("ArrowDown");
    await active(page, "c-1", 1);
    await scroll(page, 1500);
    await row(page, "c-1500").waitFor();
    await feed(page, message("c-800", "above it", { time: begin + 1 }));
    await active(page, "c-1", 2);
    await page.keyboard.press("ArrowDown");
    await active(page, "c-2", 3);
    await page.keyboard.press("End");
    await active(page, "c-1999", 1999);
    await page.keyboard.press("ArrowUp");
    await active(page, "c-1998", 1998);
    await page.keyboard.press("Home");
    await active(page, "c-800", 0);
    assert.ok(await page.locator(".row-item").count() < 30);
  });

  test("a conversation far below is opened from the pane's side, and a new one is shown wherever the list was", async () => {
    const page = await demo();
    await scroll(page, 1500);
    await row(page, "c-1503").click();
    assert.equal(await page.textContent("#detail-name"), "c-1503");
    await scroll(page, 0);
    await row(page, "c-3").waitFor();
    await feed(page, message("c-1503", "still open", { time: begin - 1503 }));
    await page.locator(".bubble", { hasText: "still open" }).waitFor();
    await page.click("#pin");
    await active(page, "c-1503", 0);
    await scroll(page, 1000);
    await page.click("#create-open");
    await page.fill("#create-id", "brand new");
    await page.click("#create-yes");
    await active(page, "brand new", 1);
    assert.equal(await page.textContent("#detail-name"), "brand new");
    assert.equal(await row(page, "brand new").isVisible(), true);
  });
});
