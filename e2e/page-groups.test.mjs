// The demo page's tabs of groups, its marks and its filters.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, serve, options } from "./browser.mjs";
import { feed, message, openDemo, row, rowNames, reload } from "./demo.mjs";

describe("groups, marks and filters", options, () => {
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

  /** demo opens the page with ann, bob and the group team, newest first, one message each. */
  async function demo(settings = {}) {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 }, ...settings });
    const page = await openDemo(context, server);
    await feed(page,
      message("ann", "hello", { time: 1700000300 }),
      message("bob", "hi", { time: 1700000200 }),
      message("team", "hey", { time: 1700000100, group: true, message_sender: "ann" }));
    await row(page, "team").waitFor();
    return page;
  }

  const tabs = (page) => page.locator("[role=tab]").evaluateAll((all) => all.map((tab) => tab.getAttribute("aria-label")));
  const tab = (page, name) => page.locator("[role=tab]").filter({ has: page.locator(".tab-name", { hasText: new RegExp(`^${name}$`) }) });
  const rows = (page, ...names) => page.waitForFunction((want) => [...document.querySelectorAll(".row-item")]
    .sort((a, b) => a.getAttribute("aria-posinset") - b.getAttribute("aria-posinset"))
    .map((r) => r.querySelector(".row-name").textContent).join() === want, names.join());
  const filter = (page, name) => page.locator(".filters label").filter({ hasText: name }).click();

  async function create(page, name, first) {
    await page.click("#group-new");
    await page.fill("#group-name", name);
    if (first !== undefined) await page.selectOption("#group-first", { label: first });
    await page.click("#group-create-yes");
    await tab(page, name).waitFor();
  }

  test("a group is created, shown as a tab with its unread messages, renamed and deleted", async () => {
    const page = await demo();
    assert.deepEqual(await tabs(page), ["All, 3 unread"]);
    assert.equal(await page.locator("#group-edit").isHidden(), true);
    await create(page, "work", "bob");
    await rows(page, "bob");
    assert.deepEqual(await tabs(page), ["All, 3 unread", "work, 1 unread"]);
    await feed(page, message("bob", "again", { time: 1700000400 }), message("ann", "again", { time: 1700000401 }));
    await tab(page, "work").and(page.locator("[aria-label='work, 2 unread']")).waitFor();
    await rows(page, "bob");
    await page.click("#group-edit");
    await page.fill("#group-rename", "office");
    await page.click("#group-rename-yes");
    await tab(page, "office").waitFor();
    await rows(page, "bob");
    assert.deepEqual(await tabs(page), ["All, 5 unread", "office, 2 unread"]);
    await feed(page, message("bob", "once more", { time: 1700000402 }));
    await page.locator("[aria-label='office, 3 unread']").waitFor();
    await reload(page);
    await page.locator("[aria-label='office, 3 unread']").click();
    await rows(page, "bob");
    await page.click("#group-edit");
    await page.click("#group-delete");
    await tab(page, "office").waitFor({ state: "detached" });
    await rows(page, "bob", "ann", "team");
  });

  test("the open conversation goes into groups and out of them", async () => {
    const page = await demo();
    await create(page, "one", "bob");
    await create(page, "two", "bob");
    await tab(page, "All").click();
    await row(page, "ann").click();
    await page.click("#groups-open");
    await page.locator(".tick", { hasText: "two" }).click();
    await page.locator(".chip", { hasText: "two" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".chip", { hasText: "two" }).click();
    await rows(page, "ann", "bob");
    await page.click("#groups-open");
    assert.deepEqual(await page.locator("#membership-list input").evaluateAll((all) => all.map((box) => box.checked)), [false, true]);
    await page.locator(".tick", { hasText: "two" }).click();
    await rows(page, "bob");
    assert.equal(await page.locator(".chip").count(), 0);
    const { json } = await call(page, "TIMConvGetConvInfo", '[{"get_conversation_list_param_conv_id":"bob","get_conversation_list_param_conv_type":1}]');
    assert.deepEqual(JSON.parse(json)[0].conv_conversation_group_array, ["one", "two"]);
  });

  test("a refused group says why, and a second tab follows what is done", async () => {
    const page = await demo();
    const second = await openDemo(context, server);
    await row(second, "ann").waitFor();
    await page.bringToFront();
    await create(page, "<b>组</b>", "ann");
    await tab(second, "<b>组</b>").waitFor();
    await page.click("#group-new");
    await page.fill("#group-name", "十一个汉字就超过了三十二字节");
    await page.click("#group-create-yes");
    await page.waitForSelector("#toast:not([hidden])");
    assert.match(await page.textContent("#toast"), /^Creating the group failed: .*32 bytes \(51011\)$/);
    await page.click("#group-edit");
    await page.fill("#group-rename", "plain");
    await page.keyboard.press("Enter");
    await tab(second, "plain").waitFor();
    assert.equal(await tab(second, "<b>组</b>").count(), 0);
  });

  test("the keyboard walks the tabs and the filters", async () => {
    const page = await demo();
    await create(page, "work", "bob");
    await tab(page, "work").focus();
    await page.keyboard.press("ArrowRight");
    await rows(page, "ann", "bob", "team");
    await page.keyboard.press("ArrowLeft");
    await rows(page, "bob");
    await page.keyboard.press("Home");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "All3");
    await page.focus("[name=filter][value=all]");
    for (const names of [["ann", "bob", "team"], [], ["ann", "bob"], ["team"]]) {
      await page.keyboard.press("ArrowRight");
      await rows(page, ...names);
    }
    await page.keyboard.press("ArrowLeft");
    await rows(page, "ann", "bob");
    await page.focus("#list");
    await page.keyboard.press("s");
    await page.locator(".row-item.starred .row-name", { hasText: "ann" }).waitFor();
  });

  test("filters show what is unread, what mentions me, people and groups, and follow", async () => {
    const page = await demo();
    await page.click("#account-open");
    await page.fill("#account-id", "me");
    await page.click("#account-in");
    await page.waitForSelector("#empty:not([hidden])");
    await feed(page,
      message("ann", "hello", { time: 1700000300, message_is_read: true }),
      message("bob", "hi", { time: 1700000200 }),
      message("team", "hey @me", { time: 1700000100, group: true, message_sender: "ann", message_group_at_user_array: ["me"] }));
    await rows(page, "ann", "bob", "team");
    await filter(page, "Unread");
    await rows(page, "bob", "team");
    await feed(page, message("ann", "news", { time: 1700000301 }));
    await rows(page, "ann", "bob", "team");
    await row(page, "bob").click();
    await page.click("#read");
    await rows(page, "ann", "team");
    await filter(page, "@me");
    await rows(page, "team");
    await filter(page, "Single");
    await rows(page, "ann", "bob");
    await filter(page, "Groups");
    await rows(page, "team");
    await row(page, "team").click();
    await page.click("#read");
    await filter(page, "@me");
    await page.waitForSelector("#empty:not([hidden])");
    assert.equal(await page.textContent("#empty-title"), "Nothing here");
    assert.equal(await page.locator("#empty button:visible").count(), 0);
    await page.click("#create-open");
    await page.fill("#create-id", "new one");
    await page.click("#create-yes");
    await row(page, "new one").waitFor();
    assert.equal(await page.locator("[value=all]").isChecked(), true, "what is new is shown");
  });

  test("marks are toggled in the pane, shown in the row, and kept", async () => {
    const page = await demo();
    await row(page, "ann").click();
    await page.click("#read");
    await page.waitForFunction(() => document.title === "(2) timconv");
    await page.click("#mark-star");
    await page.locator(".row-item.starred .star:visible").waitFor();
    assert.equal(await page.getAttribute("#mark-star", "aria-pressed"), "true");
    await page.click("#mark-unread");
    await page.waitForFunction(() => document.querySelector(".row-item .badge.dot:not([hidden])") !== null);
    await filter(page, "Unread");
    await rows(page, "ann", "bob", "team");
    await page.click("#read");
    await rows(page, "bob", "team");
    await filter(page, "Starred 1");
    await rows(page, "ann");
    await page.click("#mark-star");
    await page.waitForFunction(() => document.querySelectorAll(".row-item").length === 0);
    await filter(page, "All");
    await row(page, "bob").click();
    await page.click("#mark-fold");
    await rows(page, "ann", "team");
    assert.equal(await page.locator("#detail").isVisible(), true, "it stays open");
    await row(page, "team").click();
    await page.click("#mark-hide");
    await rows(page, "ann");
    await filter(page, "Hidden 1");
    await rows(page, "team");
    await reload(page);
    await rows(page, "ann");
    await filter(page, "Folded 1");
    await rows(page, "bob");
    await row(page, "bob").click();
    await page.click("#mark-fold");
    await filter(page, "All");
    await rows(page, "ann", "bob");
  });

  test("at phone width tabs and filters scroll, and the page does not", async () => {
    const page = await demo({ viewport: { width: 390, height: 844 } });
    for (let i = 0; i < 6; i++) await create(page, `a longer name ${i}`, "ann");
    assert.equal(await tab(page, "a longer name 5").isVisible(), true);
    const box = await tab(page, "a longer name 5").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, `the chosen tab is in sight: ${JSON.stringify(box)}`);
    await row(page, "ann").click();
    for (const mark of ["#mark-star", "#mark-unread", "#mark-fold", "#mark-hide", "#groups-open"]) {
      const { x, width, height } = await page.locator(mark).boundingBox();
      assert.ok(x >= 0 && x + width <= 390 && height >= 36, `${mark} is at ${x}, ${width} wide, ${height} high`);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
  });

  test("a filter over many conversations leaves few rows in the DOM, in order", async () => {
    const page = await demo();
    for (let start = 0; start < 3000; start += 1000) {
      await feed(page, ...Array.from({ length: 1000 }, (_, i) => message(`c-${start + i}`, "x", { time: 1690000000 - start - i, message_is_read: i % 2 === 0 })));
    }
    await page.waitForFunction(() => document.querySelector(".row-item").getAttribute("aria-setsize") === "3003");
    const took = await page.evaluate(async () => {
      const begin = performance.now();
      document.querySelector("[value=unread]").click();
      return performance.now() - begin;
    });
    await page.waitForFunction(() => document.querySelector(".row-item").getAttribute("aria-setsize") === "1503");
    assert.ok(took < 200, `choosing the filter took ${took} ms`);
    assert.ok(await page.locator(".row-item").count() < 30);
    assert.deepEqual((await rowNames(page)).slice(0, 5), ["ann", "bob", "team", "c-1", "c-3"]);
  });
});
