// Traffic for a long time: 200 messages a second over 10,000 conversations, each
// durable, with a window open, while other tabs come and go. SOAK_MINUTES says how
// long; SOAK_WRITE writes the curve to docs/soak.json and docs/soak.svg.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { call, launch, list, only, openBlank, serve } from "./browser.mjs";
import { curve } from "./curve.mjs";

const minutes = Number(process.env.SOAK_MINUTES ?? 2);
const conversations = Number(process.env.SOAK_CONVERSATIONS ?? (minutes > 5 ? 10_000 : 2_000));
const perSecond = 200;
const every = minutes > 5 ? 10_000 : 3_000; // milliseconds between two looks

/** capture lets a page look at the module's memory and at what it holds of the page. */
function capture() {
  let real;
  Object.defineProperty(globalThis, "Go", {
    configurable: true,
    get: () => real,
    set: (Go) => { real = class extends Go { constructor() { super(); window.go = this; } }; },
  });
}

/** traffic begins to feed a page, and to note how long its frames take. */
function traffic({ conversations, perSecond }) {
  const text = (n) => (n % 2 ? "x".repeat(300) : "中文消息".repeat(30));
  window.fed = { sent: 0, durable: 0, failed: 0, gaps: [] };
  const send = () => {
    const n = window.fed.sent++;
    const user = `user${(n * 7919) % conversations}`;
    const json = JSON.stringify([{ message_sender: user, message_msg_id: `s${n}`, message_server_time: Math.floor(Date.now() / 1000), message_elem_array: [{ elem_type: 0, text_elem_content: text(n) }] }]);
    TIM.TIMRecvNewMsg(json, (code) => { if (code === 0) window.fed.durable++; else window.fed.failed++; }, null);
  };
  const begun = performance.now();
  window.feeding = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond);
    for (let n = 0; window.fed.sent < due && window.fed.sent - window.fed.durable < 2000 && n < perSecond; n++) send();
  }, 25);
  let last = 0;
  const frame = (now) => {
    if (last > 0) window.fed.gaps.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  TIM.TIMConvSubscribeList('{"id":"soak","from":0,"count":20}', () => {}, null);
}

/** look takes the figures of a moment. */
const look = (page) => page.evaluate(async () => {
  const log = await new Promise((resolve, reject) => {
    const request = indexedDB.open("timconv:0:");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const count = request.result.transaction("log").objectStore("log").count();
      count.onsuccess = () => { request.result.close(); resolve(count.result); };
    };
  });
  const held = window.go._values.filter((value) => value !== null && value !== undefined);
  const gaps = window.fed.gaps.splice(0).sort((a, b) => a - b);
  return {
    wasm: window.go.mem.buffer.byteLength / 2 ** 20, held: held.length, functions: held.filter((value) => typeof value === "function").length, log,
    sent: window.fed.sent, durable: window.fed.durable, failed: window.fed.failed,
    frame50: gaps[Math.floor(gaps.length * 0.5)] ?? 0, frame99: gaps[Math.floor(gaps.length * 0.99)] ?? 0,
  };
});

/** measure takes the figures that the browser has of a page. */
async function measure(session) {
  // What nobody holds any more counts as long as it has not been collected.
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name) => metrics.find((one) => one.name === name).value;
  return { heap: metric("JSHeapUsedSize") / 2 ** 20, listeners: metric("JSEventListeners") };
}

/**
 * rested is what a page holds while nothing is under way. What Go holds is let go of
 * when Go collects garbage, which long texts make it do: the least of several looks counts.
 */
async function rested(page, session) {
  assert.equal((await call(page, "TIMRecvNewMsg", "[]")).code, 0);
  const least = { held: Infinity, functions: Infinity, listeners: Infinity };
  for (let round = 0; round < 30; round++) {
    for (let i = 0; i < 5; i++) await page.evaluate(() => new Promise((resolve) => { TIM.TIMRecvConvUpdate(`[${" ".repeat(2 ** 21)}]`, resolve, null); }));
    const found = { ...await measure(session), ...await look(page) };
    for (const name of Object.keys(least)) least[name] = Math.min(least[name], found[name]);
  }
  return least;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

describe("a soak", { ...only(["chromium"], "memory is asked for over the DevTools protocol"), timeout: (minutes + 8) * 60_000 }, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
    await browser.context.addInitScript(capture);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  test(`${minutes} minutes of ${perSecond} messages a second over ${conversations} conversations: nothing grows`, async (t) => {
    const page = await openBlank(browser.context, server);
    for (let from = 0; from < conversations; from += 500) {
      const messages = Array.from({ length: 500 }, (_, i) => ({ message_sender: `user${from + i}`, message_msg_id: `first${from + i}`, message_server_time: 1700000000 + from + i,
        message_elem_array: [{ elem_type: 0, text_elem_content: "hello ".repeat(60) }] }));
      assert.equal((await call(page, "TIMRecvNewMsg", JSON.stringify(messages))).code, 0);
    }
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    await page.evaluate(() => { window.fed = { gaps: [] }; });
    const atRest = await rested(page, session);
    await page.evaluate(traffic, { conversations, perSecond });
    const begun = Date.now();
    const points = [];
    let visits = 0;
    const visiting = (async () => {
      while (Date.now() - begun < minutes * 60_000) {
        const tab = await openBlank(browser.context, server);
        await list(tab);
        await page.bringToFront();
        await new Promise((resolve) => setTimeout(resolve, 4000));
        await tab.close();
        visits++;
      }
    })();
    while (Date.now() - begun < minutes * 60_000) {
      await new Promise((resolve) => setTimeout(resolve, every));
      points.push({ seconds: Math.round((Date.now() - begun) / 1000), ...await measure(session), ...await look(page) });
    }
    await visiting;
    await page.evaluate(() => clearInterval(window.feeding));
    const restedAfter = await rested(page, session);
    assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
    const { sent, durable, failed } = await look(page);
    assert.deepEqual([durable, failed], [sent, 0]);
    const total = (await list(page)).reduce((sum, row) => sum + row.conv_unread_num, 0);
    assert.equal(total, conversations + sent);

    const settled = points.filter(({ seconds }) => seconds > Math.min(300, minutes * 15));
    const third = Math.max(1, Math.floor(settled.length / 3));
    const [first, last] = [settled.slice(0, third), settled.slice(-third)];
    const of = (some, name) => median(some.map((point) => point[name]));
    const level = (name, share, slack) => {
      const [before, now] = [of(first, name), of(last, name)];
      assert.ok(now <= before * (1 + share) + slack, `${name} grew from ${before} to ${now}`);
    };
    // Messages wait in memory and in the journal, up to a bound that takes minutes to reach.
    if (minutes >= 10) {
      level("wasm", 0.25, 8);
      level("heap", 0.5, 10);
      level("log", 1, 500);
    }
    assert.ok(Math.max(...points.map(({ wasm }) => wasm)) < 128, `wasm: ${points.map(({ wasm }) => wasm)}`);
    // One function or listener that each visit, commit or message left behind would show.
    for (const [name, most] of Object.entries(atRest)) {
      const now = restedAfter[name];
      assert.ok(now <= most + (name === "held" ? 200 : 20), `${name} at rest: grew from ${most} to ${now}`);
    }
    const worst = (name) => Math.max(...settled.map((point) => point[name]));
    t.diagnostic(`${sent} messages (${Math.round(sent / minutes / 60)} a second), ${visits} tabs came and went; wasm ${of(first, "wasm").toFixed(0)} to ${of(last, "wasm").toFixed(0)} MB, heap ${of(first, "heap").toFixed(1)} to ${of(last, "heap").toFixed(1)} MB, ` +
      `at rest held values ${atRest.held} to ${restedAfter.held}, functions ${atRest.functions} to ${restedAfter.functions}, listeners ${atRest.listeners} to ${restedAfter.listeners}; journal at most ${worst("log")} entries; ` +
      `frames: median ${of(settled, "frame50").toFixed(1)} ms, 99th percentile ${of(settled, "frame99").toFixed(1)} ms`);
    if (process.env.SOAK_WRITE) {
      const docs = new URL("../docs/", import.meta.url);
      await writeFile(new URL("soak.json", docs), `${JSON.stringify({ minutes, conversations, perSecond, visits, browser: browser.version, points })}\n`);
      await writeFile(new URL("soak.svg", docs), curve(points, [["wasm", "wasm memory, MB"], ["heap", "JavaScript heap, MB"], ["log", "journal, entries"], ["functions", "functions held"], ["frame99", "frames, 99th percentile, ms"]]));
    }
  });
});
