// Sending in the demo page: between two tabs that are logged in as two users.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, serve, options, watch } from "./browser.mjs";
import { openDemo, row, reload } from "./demo.mjs";

describe("sending between two tabs", options, () => {
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

  async function login(user) {
    context ??= await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = watch(await context.newPage());
    await page.addInitScript(() => {
      if (origin === "null") return; // the empty document has no storage, and Firefox throws
      localStorage.setItem("timconv-demo-seeded", "yes");
      sessionStorage.setItem("timconv-demo-live", "off");
    });
    await page.goto(`${server.origin}/?user=${user}`);
    await page.waitForSelector("#loading", { state: "hidden" });
    return page;
  }

  /** two are ann and bob, in a tab each; ann has opened the conversation with bob, or a group. */
  async function two({ group = "" } = {}) {
    const ann = await login("ann");
    const bob = await login("bob");
    await ann.bringToFront();
    await ann.click("#create-open");
    await ann.fill("#create-id", group || "bob");
    if (group !== "") await ann.click("#create .segments label:last-child");
    await ann.click("#create-yes");
    await ann.waitForSelector("#detail:not([hidden])");
    return { ann, bob };
  }

  async function send(page, text) {
    await page.fill("#draft", text);
    await page.press("#draft", "Enter");
  }

  const bubble = (page, text) => page.locator(".message", { has: page.locator(".bubble", { hasText: new RegExp(`^${text}$`) }) });

  async function stored(page, conv, type = 1) {
    const { code, json } = await call(page, "TIMMsgGetMsgList", conv, type, "{}");
    assert.equal(code, 0);
    return JSON.parse(json);
  }

  test("the address names the user, and each tab keeps its own", async () => {
    const { ann, bob } = await two();
    assert.equal(await ann.textContent("#account-name"), "ann");
    assert.equal(await bob.textContent("#account-name"), "bob");
    assert.equal(new URL(bob.url()).search, "");
    await reload(bob);
    await bob.waitForSelector("#loading", { state: "hidden" });
    assert.equal(await bob.textContent("#account-name"), "bob");
  });

  test("a message is sending, then sent, and arrives in the other's tab", async () => {
    const { ann, bob } = await two();
    await send(ann, "hello bob");
    await bubble(ann, "hello bob").locator(".state.sending").waitFor();
    await bubble(ann, "hello bob").locator(".state.sent").waitFor();
    assert.equal(await ann.inputValue("#draft"), "");
    await row(bob, "ann").waitFor();
    assert.equal(await row(bob, "ann").locator(".badge").textContent(), "1");
    await bob.bringToFront();
    await row(bob, "ann").click();
    await bubble(bob, "hello bob").waitFor();
    const [mine] = await stored(ann, "bob");
    const [theirs] = await stored(bob, "ann");
    assert.equal(mine.message_status, 2);
    assert.ok(Math.abs(mine.message_server_time - Date.now() / 1000) < 60);
    assert.equal(theirs.message_server_time, mine.message_server_time);
    assert.equal(theirs.message_seq, mine.message_seq);
    assert.equal(theirs.message_is_from_self, false);
    assert.match(theirs.message_msg_id, /^network-ann-/);
    assert.deepEqual(JSON.parse((await call(ann, "TIMMsgFindMessages", JSON.stringify([theirs.message_msg_id]))).json)[0], mine,
      "the network's id is a second id of the same message");
    await send(bob, "hello ann");
    await bubble(ann, "hello ann").waitFor();
    assert.deepEqual(await ann.locator(".bubble").allTextContents(), ["hello bob", "hello ann"]);
  });

  test("reading is told to the one who wrote", async () => {
    const { ann, bob } = await two();
    await send(ann, "read me");
    await row(bob, "ann").waitFor();
    await bob.bringToFront();
    await row(bob, "ann").click();
    await bob.click("#read");
    await bubble(ann, "read me").locator(".state.read").waitFor({ state: "attached" });
  });

  test("what is revoked is revoked in both tabs, and only one's own can be", async () => {
    const { ann, bob } = await two();
    await send(ann, "a mistake");
    await bubble(ann, "a mistake").locator(".state.sent").waitFor();
    await bob.bringToFront();
    await row(bob, "ann").click();
    await bubble(bob, "a mistake").locator(".bubble").click({ button: "right" });
    await bob.locator("[role=menuitem]").first().waitFor();
    assert.deepEqual(await bob.locator("[role=menuitem]").allTextContents(), ["Copy text", "Delete for me"]);
    await bob.keyboard.press("Escape");
    await ann.bringToFront();
    await bubble(ann, "a mistake").hover();
    await bubble(ann, "a mistake").locator(".more").click();
    await ann.locator("[role=menuitem]", { hasText: "Revoke" }).click();
    await ann.locator("#messages .note", { hasText: "You recalled a message" }).waitFor();
    await bob.locator("#messages .note", { hasText: "ann recalled a message" }).waitFor();
    assert.equal((await stored(bob, "ann"))[0].message_status, 6);
    assert.equal(await bob.title(), "timconv", "it does not count any more");
  });

  test("offline a message fails, and is sent again when the network is back", async () => {
    const { ann, bob } = await two();
    await ann.locator("label:has(#offline)").click();
    await send(ann, "in a tunnel");
    await bubble(ann, "in a tunnel").locator(".state.failed").waitFor();
    assert.match(await bubble(ann, "in a tunnel").locator(".state.failed").textContent(), /^Not sent: this tab is offline/);
    await row(ann, "bob").locator(".failed-icon").waitFor();
    assert.equal((await stored(ann, "bob"))[0].message_status, 3);
    assert.equal(await bob.locator(".row-item").count(), 0);
    await ann.evaluate(() => { // it may be sending for a moment only
      window.states = new Set();
      new MutationObserver(() => { for (const state of document.querySelectorAll(".message .state")) window.states.add(state.className); })
        .observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await bubble(ann, "in a tunnel").locator(".again").click();
    await ann.waitForFunction(() => [...window.states].some((name) => name.includes("sending")));
    await bubble(ann, "in a tunnel").locator(".state.failed").waitFor();
    await ann.locator("label:has(#offline)").click();
    await bubble(ann, "in a tunnel").locator(".again").click();
    await bubble(ann, "in a tunnel").locator(".state.sent").waitFor();
    await row(bob, "ann").waitFor();
    assert.equal((await stored(ann, "bob")).length, 1, "it is the same message");
  });

  test("a failed message is still failed after a reload", async () => {
    const { ann } = await two();
    await ann.locator("label:has(#offline)").click();
    await send(ann, "never mind");
    await bubble(ann, "never mind").locator(".state.failed").waitFor();
    await reload(ann);
    await row(ann, "bob").click();
    await bubble(ann, "never mind").locator(".state.failed").waitFor();
    await bubble(ann, "never mind").locator(".bubble").click({ button: "right" });
    await ann.locator("[role=menuitem]", { hasText: "Delete for me" }).click();
    await bubble(ann, "never mind").waitFor({ state: "detached" });
  });

  test("what comes while a tab is offline waits for it", async () => {
    const { ann, bob } = await two();
    await send(ann, "first");
    await bob.bringToFront();
    await row(bob, "ann").click();
    await bubble(bob, "first").waitFor();
    await bob.locator("label:has(#offline)").click();
    await send(ann, "second");
    await bubble(ann, "second").locator(".state.sent").waitFor();
    await bob.waitForTimeout(200);
    assert.equal(await bubble(bob, "second").count(), 0);
    await bob.locator("label:has(#offline)").click();
    await bubble(bob, "second").waitFor();
  });

  test("a group's message reaches every user, and a user's other tab sees what is sent", async () => {
    const { ann, bob } = await two({ group: "team" });
    const carl = await login("carl");
    const again = await login("ann");
    await row(again, "team").click();
    await ann.bringToFront();
    await send(ann, "to all of you");
    for (const page of [bob, carl]) {
      await row(page, "team").waitFor();
      assert.equal(await row(page, "team").locator(".row-text").textContent(), "ann: to all of you");
    }
    await bubble(again, "to all of you").locator(".state.sent").waitFor();
    assert.equal((await stored(ann, "team", 2)).length, 1);
  });

  test("without a login nothing is sent, and the page says so", async () => {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await openDemo(context, server);
    await page.click("#create-open");
    await page.fill("#create-id", "bob");
    await page.click("#create-yes");
    await send(page, "hello?");
    await page.locator(".state.failed", { hasText: "nobody is logged in here" }).waitFor();
  });

  test("markup that is sent stays text", async () => {
    const { ann, bob } = await two();
    const evil = "<img src=x onerror=alert(1)>";
    await send(ann, evil);
    await row(bob, "ann").waitFor();
    await bob.bringToFront();
    await row(bob, "ann").click();
    await bob.locator(".bubble").waitFor();
    assert.equal(await bob.textContent(".bubble"), evil);
    assert.equal(await bob.locator("#messages img").count(), 0);
  });
});
