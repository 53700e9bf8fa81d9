// The demo page under the keyboard, on a phone, in dark, and after a kill.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, serve, only, options } from "./browser.mjs";
import { feed, message, openDemo, row, rowNames } from "./demo.mjs";

describe("using the page", options, () => {
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

  async function demo(options = {}, settings = {}) {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 }, ...settings });
    const page = await openDemo(context, server, options);
    await feed(page, ...Array.from({ length: 40 }, (_, i) => message(`c-${i}`, `text ${i}`, { time: 1700000000 - i })));
    await row(page, "c-0").waitFor();
    return page;
  }

  const active = (page) => page.locator(".row-item.active .row-name").textContent();

  test("the keyboard walks, opens, pins, reads and deletes", async () => {
    const page = await demo();
    await page.focus("#list");
    for (const [key, name] of [["ArrowDown", "c-1"], ["ArrowDown", "c-2"], ["ArrowUp", "c-1"], ["End", "c-39"], ["Home", "c-0"]]) {
      await page.keyboard.press(key);
      assert.equal(await active(page), name, key);
    }
    await page.keyboard.press("PageDown");
    assert.match(await active(page), /^c-[5-9]$/);
    await page.keyboard.press("PageUp");
    assert.equal(await active(page), "c-0");
    const id = await page.getAttribute("#list", "aria-activedescendant");
    assert.match(await page.getAttribute(`#${id}`, "aria-label"), /^c-0, 1 unread, /);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.textContent("#detail-name"), "c-1");
    await page.keyboard.press("p");
    await page.waitForFunction(() => document.querySelector(".row-item.pinned.active")?.getAttribute("aria-posinset") === "1");
    await page.keyboard.press("r");
    await page.waitForFunction(() => document.title === "(39) timconv");
    await page.keyboard.press("Delete");
    await page.waitForSelector("#confirm[open]");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.getElementById("confirm").open && document.activeElement.id === "list");
    assert.equal(await row(page, "c-1").count(), 1);
    await page.keyboard.press("Delete");
    await page.waitForSelector("#confirm[open]");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await row(page, "c-1").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.id === "list");
    assert.equal(await page.locator(".row-item.active").count(), 1);
  });

  test("a dialog that is opened again at once asks anew", async () => {
    const page = await demo();
    await page.focus("#list");
    await page.keyboard.press("Home");
    await page.keyboard.press("Delete");
    await page.waitForSelector("#confirm[open]");
    await page.evaluate(() => { // before the event of the first closing comes
      document.getElementById("confirm").close("cancel");
      for (const key of ["ArrowDown", "Delete"]) document.getElementById("list").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    });
    await page.click("#confirm-yes");
    await row(page, "c-1").waitFor({ state: "detached" });
    assert.equal(await row(page, "c-0").count(), 1);
  });

  test("at phone width list and pane are two screens", async () => {
    const page = await demo({}, { viewport: { width: 390, height: 844 } });
    assert.equal(await page.locator(".detail").isVisible(), false);
    await row(page, "c-1").click();
    assert.equal(await page.locator(".sidebar").isVisible(), false);
    assert.equal(await page.locator("#draft").isVisible(), true);
    await page.click("#back");
    await page.waitForSelector(".sidebar", { state: "visible" });
    await row(page, "c-2").click();
    await page.goBack();
    await page.waitForSelector(".sidebar", { state: "visible" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `the page is ${wide} px wide`);
  });

  test("dark and light differ, and both can be read", only(["chromium", "webkit"], "its WebDriver BiDi cannot set the colour scheme"), async () => {
    const page = await demo();
    const look = () => page.evaluate(() => {
      const luminance = (color) => {
        const [r, g, b] = color.match(/[\d.]+/g).map((n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const back = luminance(getComputedStyle(document.querySelector(".row-item:not(.pinned)")).backgroundColor);
      const contrast = (selector) => {
        const fore = luminance(getComputedStyle(document.querySelector(selector)).color);
        return (Math.max(fore, back) + 0.05) / (Math.min(fore, back) + 0.05);
      };
      return { back, contrasts: [".row-name", ".row-text", ".row-time", ".row-mark"].map(contrast) };
    });
    await page.emulateMedia({ colorScheme: "light" });
    const light = await look();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await look();
    assert.ok(light.back > 0.8 && dark.back < 0.1, `${light.back} and ${dark.back}`);
    for (const contrast of [...light.contrasts, ...dark.contrasts]) assert.ok(contrast >= 4.5, `a contrast is ${contrast.toFixed(2)}`);
  });

  test("a second tab follows a draft, a pin, a read and a deletion", async () => {
    const first = await demo();
    const second = await openDemo(context, server);
    await row(second, "c-3").waitFor();
    await row(second, "c-3").click();
    await first.bringToFront();
    await row(first, "c-3").click();
    await first.locator("#draft").pressSequentially("typed here");
    await second.waitForFunction(() => document.getElementById("draft").value === "typed here");
    await first.click("#pin");
    await second.waitForFunction(() => document.querySelector(".row-item.pinned .row-name")?.textContent === "c-3");
    await first.click("#read");
    await second.waitForFunction(() => document.title === "(39) timconv");
    await first.click("#delete");
    await first.click("#confirm-yes");
    await row(second, "c-3").waitFor({ state: "detached" });
    assert.equal(await second.locator("#detail").isHidden(), true);
  });

  test("drafts, pins and messages are there after the browser was killed", async () => {
    const profile = await mkdtemp(join(tmpdir(), "timconv-kill-"));
    try {
      const before = await launch({ profile });
      let page = await openDemo(before.context, server);
      await feed(page, message("kept", "hello", { time: 1700000000 }), message("later", "hi", { time: 1700000100 }));
      await row(page, "kept").click();
      await page.click("#pin");
      await page.waitForFunction(() => document.querySelector("#pin").getAttribute("aria-pressed") === "true");
      await page.locator("#draft").fill("a draft that was never finished");
      assert.equal((await call(page, "TIMRecvNewMsg", "[]")).code, 0, "the barrier behind the draft");
      await before.kill();
      const again = await launch({ profile });
      page = await openDemo(again.context, server);
      await row(page, "kept").waitFor();
      assert.deepEqual(await rowNames(page), ["kept", "later"]);
      assert.equal(await row(page, "kept").locator(".row-text").textContent(), "a draft that was never finished");
      assert.match(await row(page, "kept").getAttribute("class"), /pinned/);
      assert.equal(await page.title(), "(2) timconv");
      await again.close();
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
