// The workloads of many messages: several tabs at once, a day, a minute of life.
import { goTo, inCopy, on } from "./browser.mjs";
import { arriving, digest } from "./data.mjs";
import { percentile } from "./stats.mjs";
import { address, agree } from "./trial.mjs";

const following = 10_000; // milliseconds other tabs have to show the same list

/** hammered has so many tabs write one message after the other for a time. */
function hammered(trial, count) {
  return inCopy(trial.profile, async (context) => {
    const pages = [context.pages()[0]];
    while (pages.length < count) pages.push(await context.newPage());
    for (const page of pages) {
      await goTo(page, address(trial));
      await on(page, "done");
      await on(page, "lists", 1);
    }
    const { size, messages } = trial;
    const milliseconds = Math.min(2000, trial.limit);
    const got = await Promise.all(pages.map((page, round) => on(page, "hammer", { size, round, count: messages, milliseconds })));
    const expected = trial.expected();
    for (const [round, { latencies }] of got.entries()) expected.take(arriving(size, round, messages).slice(0, latencies.length));
    const want = digest(expected.list());
    for (const page of pages) {
      const deadline = Date.now() + following;
      let have = await on(page, "digest");
      while (have !== want && Date.now() < deadline) {
        await page.waitForTimeout(200);
        have = await on(page, "digest");
      }
      agree(trial, `a list after ${count} tabs`, have, want);
    }
    return got.flatMap(({ latencies }) => latencies);
  });
}

/** bare has so many tabs put one record after the other, with nothing else in them. */
function bare(trial, count, behindRead) {
  return inCopy(trial.profile, async (context) => {
    const pages = [context.pages()[0]];
    while (pages.length < count) pages.push(await context.newPage());
    for (const page of pages) await on(await goTo(page, address(trial, "nothing")), "done");
    const got = await Promise.all(pages.map((page) => on(page, "bare", Math.min(2000, trial.limit), behindRead)));
    return percentile(got.flat(), 0.5);
  });
}

/** tabs: each message in one, two and four tabs at once, and no update lost. */
export async function tabs(trial) {
  const numbers = {};
  if (trial.column.id === "ours") {
    numbers["a bare put, p50 ms"] = await bare(trial, 1, false);
    numbers["a bare put behind a read, in each of 2 tabs, p50 ms"] = await bare(trial, 2, true);
  }
  let alone;
  for (const count of [1, 2, 4]) {
    const p50 = percentile(await hammered(trial, count), 0.5);
    alone ??= p50;
    numbers[`a message in each of ${count} tabs, durable, p50 ms`] = p50;
    if (count > 1) numbers[`the same against one tab alone, ${count} tabs`] = p50 / alone;
  }
  return numbers;
}

const ofADay = 50_000;
const dayLimit = 120_000; // milliseconds; what is told is per message

/** counting has a page count what it hands to IndexedDB from now on. */
export function counting() {
  const text = (s) => (/[^\u0000-\u00ff]/.test(s) ? 2 : 1) * s.length + 2;
  const sizeOf = (value) => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) < 2 ** 30 ? 3 : 9;
    if (typeof value !== "object" || value === null) return 1;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
    if (Array.isArray(value)) return value.reduce((sum, item) => sum + sizeOf(item), 4);
    return Object.entries(value).reduce((sum, [key, item]) => sum + text(key) + sizeOf(item), 2);
  };
  globalThis.handed = { bytes: 0, puts: 0 };
  for (const name of ["put", "add"]) {
    const original = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (value, ...key) {
      handed.bytes += sizeOf(value) + sizeOf(key[0]);
      handed.puts++;
      return original.call(this, value, ...key);
    };
  }
}

/** day: what 50,000 messages, one after the other, hand to IndexedDB, or those of two minutes. */
export function day(trial) {
  return inCopy(trial.profile, async (context) => {
    const page = context.pages()[0];
    await page.addInitScript(counting);
    await goTo(page, address({ ...trial, column: { ...trial.column, durability: "relaxed" } })); // as many bytes, sooner
    await on(page, "done");
    await on(page, "lists", 1);
    await page.evaluate(() => Object.assign(handed, { bytes: 0, puts: 0 }));
    const { size } = trial;
    const { taken } = await on(page, "ingest", { size, round: 0, count: ofADay, inFlight: 1, batch: 1, limit: dayLimit });
    await page.waitForTimeout(10_000); // for what is done in idle time
    const { bytes, puts } = await page.evaluate(() => handed);
    const messages = arriving(size, 0, ofADay).slice(0, taken);
    const expected = trial.expected();
    expected.take(messages);
    agree(trial, "list after a day", await on(page, "digest"), digest(expected.list()));
    const came = messages.reduce((sum, m) => sum + Buffer.byteLength(JSON.stringify(m)), 0);
    return {
      "a day: messages taken in": taken, "a day: handed to IndexedDB, MB": bytes / 1e6,
      "a day: bytes handed per message": bytes / taken,
      "a day: bytes handed per byte that came": bytes / came,
      "a day: puts per message": puts / taken,
    };
  });
}

const rate = 200; // messages a second

/** live: frames of the demo page while messages arrive one by one. */
export function live(trial) {
  return inCopy(trial.profile, async (context) => {
    const page = await goTo(context.pages()[0], `${trial.server.origin}/index.html?user=`);
    await page.waitForFunction(() => document.querySelectorAll("#rows [role=option]").length > 10, null, { timeout: 60_000 });
    await page.waitForTimeout(2000);
    const seconds = trial.quick ? 10 : 60;
    const texts = arriving(trial.size, 0, rate * seconds).map((m) => JSON.stringify([m]));
    const got = await page.evaluate(liveInPage, [texts, rate]);
    if (page.fault !== undefined) throw page.fault;
    const { json } = await page.evaluate(() => new Promise((resolve) => { TIM.TIMConvGetConvList((code, desc, json) => resolve({ json }), null); }));
    const expected = trial.expected();
    expected.take(arriving(trial.size, 0, rate * seconds));
    agree(trial, "list after live traffic", digest(JSON.parse(json)), digest(expected.list()));
    const of = (share) => percentile(got.frames, share);
    return {
      "200 messages/s with the demo open: frame p50, ms": of(0.5), "200 messages/s: frame p95, ms": of(0.95),
      "200 messages/s: frame p99, ms": of(0.99), "200 messages/s: longest frame, ms": of(1),
      "200 messages/s: tasks over 50 ms per minute": (got.tasks.length * 60) / seconds,
      "200 messages/s: longest task, ms": Math.max(0, ...got.tasks), "200 messages/s: last acknowledged after, ms": got.late,
    };
  });
}

/** liveInPage feeds texts at a rate and resolves with frame times and long tasks. */
function liveInPage([texts, rate]) {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  const frames = [];
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let [next, acknowledged, last] = [0, 0, start];
    const frame = (now) => {
      if (now > last) frames.push(now - last);
      last = now;
      if (acknowledged < texts.length) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const timer = setInterval(() => {
      const due = Math.min(texts.length, Math.floor(((performance.now() - start) / 1000) * rate));
      while (next < due) {
        TIM.TIMRecvNewMsg(texts[next++], (code, desc) => {
          if (code !== 0) reject(new Error(`TIMRecvNewMsg: ${code} ${desc}`));
          acknowledged++;
          if (acknowledged === texts.length) resolve({ frames, tasks, late: performance.now() - start - (texts.length / rate) * 1000 });
        }, null);
      }
      if (next === texts.length) clearInterval(timer);
    }, 1000 / rate);
  });
}
