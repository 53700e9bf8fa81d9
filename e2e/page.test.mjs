// The demo page: what it shows, and that it stays.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { launch, noFaults, serve, options } from "./browser.mjs";
import { feed, message, openDemo, row, rowNames, reload } from "./demo.mjs";

describe("the page", options, () => {
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

  async function demo(options) {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    return openDemo(context, server, options);
  }

  test("the first visit feeds the sample and live traffic begins", async () => {
    const page = await demo({ seed: true, live: true, local: false });
    await page.waitForSelector(".row-item");
    await page.waitForFunction(() => document.getElementById("live").checked);
    assert.ok(Number(await page.locator(".row-item").first().getAttribute("aria-setsize")) >= 38, "two of forty are folded");
    assert.deepEqual((await rowNames(page)).slice(0, 2).sort(), ["产品核心小组", "妈妈"], "the pinned ones come first");
    await page.waitForFunction(() => /^\(\d+\) timconv$/.test(document.title));
    assert.match(await page.locator(".row-mark").allTextContents().then((t) => t.join()), /\[@me\].*\[Draft\].*\[@all\]/s);
    const before = await page.title();
    await page.waitForFunction((t) => document.title !== t, before, { timeout: 20000 });
  });

  test("a second tab does not make traffic by itself and follows the first", async () => {
    const first = await demo({ seed: true, live: true, local: false });
    await first.waitForSelector(".row-item");
    await first.waitForFunction(() => document.getElementById("live").checked);
    const second = await openDemo(context, server, { seed: true, live: true, local: false });
    await second.waitForSelector(".row-item");
    assert.equal(await second.locator("#live").isChecked(), false);
    await second.evaluate(() => {
      globalThis.seen = 0;
      TIM.TIMAddRecvNewMsgCallback((json) => { globalThis.seen += JSON.parse(json).length; }, null);
    });
    await second.waitForFunction(() => globalThis.seen > 0, null, { timeout: 20000 });
    await first.bringToFront();
    await first.locator(".live").click();
    await feed(first, message("98826", "only in the first tab", { time: Math.floor(Date.now() / 1000) + 60 }));
    await row(second, "98826").waitFor();
  });

  test("rows are in order, with badges, marks and the total in the title", async () => {
    const page = await demo();
    await feed(page,
      message("old", "first", { time: 1700000000 }),
      message("new", "last", { time: 1700000300 }),
      message("team", "hello", { time: 1700000200, group: true, message_sender: "ann", message_sender_profile: { user_profile_nick_name: "Ann" } }),
      message("team", "all of you", { time: 1700000201, group: true, message_sender: "ann", message_group_at_user_array: ["__kImSDK_MessageAtALL__"] }),
      message("mine", "from here", { time: 1700000100, self: true }));
    await feed(page, ...Array.from({ length: 120 }, (_, i) => message("old", `n ${i}`, { time: 1700000001 + (i % 50) })));
    await row(page, "old").waitFor();
    await page.waitForFunction(() => document.title === "(124) timconv");
    assert.deepEqual(await rowNames(page), ["new", "team", "mine", "old"]);
    assert.equal(await row(page, "old").locator(".badge").textContent(), "99+");
    assert.equal(await row(page, "team").locator(".badge").textContent(), "2");
    assert.equal(await row(page, "team").locator(".row-mark").textContent(), "[@all]");
    assert.equal(await row(page, "team").locator(".row-text").textContent(), "ann: all of you");
    assert.equal(await row(page, "mine").locator(".badge").isHidden(), true);
    assert.equal(await row(page, "mine").locator(".row-text").textContent(), "You: from here");
  });

  test("what is muted shows a dot and is not in the total", async () => {
    const page = await demo();
    await feed(page, message("loud", "x"), message("quiet", "x"));
    await page.evaluate(() => new Promise((resolve) => {
      TIM.TIMRecvConvUpdate('[{"conv_id":"quiet","conv_type":1,"conv_recv_opt":2,"conv_show_name":"Quiet one"}]', resolve, null);
    }));
    await row(page, "Quiet one").waitFor();
    assert.match(await row(page, "Quiet one").locator(".badge").getAttribute("class"), /dot/);
    assert.equal(await page.title(), "(1) timconv");
  });

  test("a draft is there after a reload, and goes when its text goes", async () => {
    const page = await demo();
    await feed(page, message("ann", "hello"));
    await row(page, "ann").click();
    await page.locator("#draft").pressSequentially("not finished 你好");
    await reload(page);
    await row(page, "ann").waitFor();
    assert.equal(await row(page, "ann").locator(".row-mark").textContent(), "[Draft]");
    assert.equal(await row(page, "ann").locator(".row-text").textContent(), "not finished 你好");
    await row(page, "ann").click();
    assert.equal(await page.locator("#draft").inputValue(), "not finished 你好");
    await page.locator("#draft").fill("");
    await page.waitForFunction(() => document.querySelector(".row-mark").textContent === "");
  });

  test("pin, mark read and delete work from the pane", async () => {
    const page = await demo();
    await feed(page, message("a", "1", { time: 1700000001 }), message("b", "2", { time: 1700000002 }));
    await row(page, "a").click();
    await page.click("#pin");
    await page.waitForFunction(() => document.querySelector("#pin").getAttribute("aria-pressed") === "true");
    assert.deepEqual(await rowNames(page), ["a", "b"]);
    await page.click("#read");
    await page.waitForFunction(() => document.title === "(1) timconv");
    await page.click("#delete");
    await page.click("#confirm button[value=cancel]");
    assert.equal(await row(page, "a").count(), 1);
    await page.click("#delete");
    await page.click("#confirm-yes");
    await row(page, "a").waitFor({ state: "detached" });
    assert.equal(await page.locator("#detail").isHidden(), true);
    await reload(page);
    await row(page, "b").waitFor();
    assert.deepEqual(await rowNames(page), ["b"]);
  });

  test("a conversation is created by the dialog, and text fed as one's own", async () => {
    const page = await demo();
    await page.click("#create-open");
    await page.fill("#create-id", "Group <1> 'x'");
    await page.click(".segments label:last-child");
    await page.click("#create-yes");
    await page.waitForSelector("#detail:not([hidden])");
    assert.match(await page.textContent("#detail-sub"), /group · Group <1> 'x'/);
    await page.fill("#draft", "my own words");
    await page.click("#send");
    await page.waitForFunction(() => document.querySelector(".row-text").textContent === "You: my own words");
    assert.equal(await page.inputValue("#draft"), "");
    assert.equal(await page.locator(".message.own .bubble").textContent(), "my own words");
    assert.equal(await page.title(), "timconv");
  });

  test("live traffic goes at the rate of its slider, and stops", async () => {
    const page = await demo();
    await page.evaluate(() => {
      globalThis.seen = 0;
      TIM.TIMAddRecvNewMsgCallback((json) => { globalThis.seen += JSON.parse(json).length; }, null);
    });
    await page.click("#feed-open");
    await page.locator("#live-rate").fill("100");
    assert.equal(await page.textContent("#live-rate-text"), "200 messages/s");
    await page.locator(".live").click();
    await page.waitForFunction(() => globalThis.seen > 200);
    await page.locator(".live").click();
    await page.evaluate(() => new Promise((resolve) => TIM.TIMRecvNewMsg("[]", resolve, null)));
    const seen = await page.evaluate(() => globalThis.seen);
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => globalThis.seen), seen);
  });

  test("without storage the page says so and works", async () => {
    context = await chrome.browser.newContext();
    await context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
    const page = await openDemo(context, server);
    await page.waitForSelector("#storage[data-state=memory]");
    await feed(page, message("ann", "hello"));
    await row(page, "ann").waitFor();
  });

  test("a module that cannot be loaded is told on the page", async () => {
    const broken = await serve({ files: { "/tim.wasm": { status: 404, body: "", type: "text/plain" } } });
    try {
      context = await chrome.browser.newContext();
      const page = await openDemo(context, broken);
      assert.match(await page.textContent("#empty-text"), /tim\.wasm answered with HTTP status 404/);
      assert.equal(await page.locator("#empty button:visible").count(), 0);
    } finally {
      await broken.close();
    }
    noFaults(/Failed to load resource/);
  });

  test("logging in as someone shows that one's list, and logging out none", async () => {
    const page = await demo();
    await feed(page, message("local-friend", "x"));
    await row(page, "local-friend").waitFor();
    const account = async (button, user) => {
      await page.click("#account-open");
      if (user !== undefined) await page.fill("#account-id", user);
      await page.click(button);
    };
    await account("#account-in", "bob");
    await page.waitForSelector("#empty:not([hidden])");
    assert.equal(await page.textContent("#account-name"), "bob");
    await feed(page, message("bobs-friend", "x"));
    await row(page, "bobs-friend").waitFor();
    await account("#account-out");
    await page.waitForFunction(() => document.getElementById("empty-text").textContent.includes("logged in"));
    await account("#account-in", "bob");
    await row(page, "bobs-friend").waitFor();
    await account("#account-local");
    await row(page, "local-friend").waitFor();
    assert.deepEqual(await rowNames(page), ["local-friend"]);
  });
});
