// SIGKILL at random moments, to the whole browser right after a draft's barrier, to
// every renderer in the task that sets a draft, to one renderer of several, or to the
// process that keeps what is stored where that is one of its own, while one or three
// tabs write. KILLS says how often, KILL_SEED which moments.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, openLoaded, options, serve } from "./browser.mjs";
import { within } from "./engines/processes.mjs";
import { check, ledger, unpin, write } from "./killing.mjs";

const kills = Number(process.env.KILLS ?? 10);
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1e6);

/** random is a generator of numbers in [0, 1): mulberry32. */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("kills", { ...options, timeout: 60_000 + kills * 20_000 }, () => {
  const next = random(seed);
  const pick = (...items) => items[Math.floor(next() * items.length)];
  let server, browser, profile;
  let onKill = async () => {};

  before(async () => {
    profile = await mkdtemp(join(tmpdir(), "timconv-kills-"));
    server = await serve({ files: { "/kill": async () => { await onKill(); return "killed"; } } });
    browser = await launch({ profile });
  });
  after(async () => {
    await browser?.kill();
    await server?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  /** open opens tabs whose acknowledgements are noted. */
  const open = async (count, book) => {
    const pages = [];
    for (let i = 0; i < count; i++) {
      const page = await openLoaded(browser.context, server);
      await page.exposeFunction("acknowledge", book.note);
      pages.push(page);
    }
    return pages;
  };

  /** alive tells whether a page still answers. */
  const alive = async (page) => {
    let answered = false;
    await within(5000, page.evaluate(() => 1).then(() => { answered = true; }, () => {}));
    return answered;
  };

  /** goOn waits until each of these tabs has had something acknowledged since. */
  const goOn = async (pages, book, writers) => {
    const before = writers.map((writer) => book.count(writer));
    const living = await Promise.all(pages.map(alive));
    const still = () => writers.filter((writer, i) => living[i] && book.count(writer) === before[i]);
    for (let wait = 0; still().length > 0 && wait < 600; wait++) await sleep(100);
    assert.deepEqual(still(), [], "tabs that were not killed and do not go on");
  };

  const ways = {
    /** browser kills every process there is, once a barrier has told that the draft before it is durable. */
    browser: async (pages, book, writers) => {
      await pages[0].evaluate(async (writer) => {
        TIM.TIMConvSetDraft(`${writer}-last`, 1, '{"draft_user_define":"typed"}');
        await new Promise((resolve) => { TIM.TIMRecvNewMsg("[]", resolve, null); });
      }, writers[0]);
      book.note(writers[0], "last", 1);
      await browser.kill();
    },
    /** draft kills all renderers while a tab is in the task that sets a draft. */
    draft: async (pages, book, writers) => {
      const killed = new Promise((resolve) => { onKill = () => browser.killRenderers().then(resolve); });
      book.note(writers[0], "last", 1);
      pages[0].evaluate((writer) => {
        TIM.TIMConvSetDraft(`${writer}-last`, 1, '{"draft_user_define":"typed"}');
        const request = new XMLHttpRequest();
        request.open("GET", "/kill", false);
        request.send();
      }, writers[0]).catch(() => {});
      await killed;
    },
    /** tab kills one renderer, which may be several tabs'; others go on. */
    tab: async (pages, book, writers) => {
      do await browser.killRenderers((pids) => [pick(...pids)]); // some have no tab
      while ((await Promise.all(pages.map(alive))).every(Boolean));
      await goOn(pages, book, writers);
    },
    /** keeper kills the process that keeps what is stored: WebKit gives a page no other, and the page is told. */
    keeper: async (pages) => {
      await browser.killKeeper();
      // An open that was under way is not answered, and given up after 20 seconds; what the
      // page is told then is that it could not be opened.
      for (const page of pages) await page.waitForFunction(() => /Refresh the page|a reload may help/.test(TIM.status.reason), undefined, { timeout: 90_000 })
        .catch(async () => assert.fail(JSON.stringify(await page.evaluate(() => TIM.status))));
    },
  };

  /** restart gives a browser without tabs, and a fresh one where the way of the kill has left none. */
  const restart = async (way, pages) => {
    if (way === "browser") browser = await launch({ profile });
    else for (const page of pages) await page.close().catch(() => {});
    return openLoaded(browser.context, server);
  };

  test(`lose nothing that was acknowledged, and halve no batch (${kills} kills, KILL_SEED=${seed})`, async (t) => {
    const books = [];
    const done = Object.fromEntries(Object.keys(ways).filter((way) => way !== "keeper" || browser.killKeeper).map((way) => [way, 0]));
    for (let round = 0; round < kills; round++) {
      const way = Object.keys(done)[round % Object.keys(done).length];
      const tabs = pick(1, 3);
      const book = ledger();
      const pages = await open(tabs, book);
      const writers = pages.map((_, i) => `k${round}t${i}`);
      // Long messages have the journal folded meanwhile.
      const padding = pick(40, 40, 900);
      await Promise.all(pages.map((page, i) => write(page, writers[i], { inFlight: pick(1, 6, 20), padding })));
      await sleep(100 + next() * (padding > 100 ? 2500 : 900));
      if (way === "browser" && next() < 0.4) { // in the quiet after the traffic, when the journal is folded
        await Promise.all(pages.map((page) => page.evaluate(() => { window.enough = true; })));
        await sleep(100 + next() * 400);
      }
      await ways[way](pages, book, writers);
      done[way]++;
      const page = await restart(way, pages);
      // 7010 where the account was still being opened.
      assert.ok(book.failures().every((code) => way === "keeper" && (code === 6019 || code === 7010)), `${way}: failed with ${book.failures()}`);
      try {
        await check(page, book.heard);
        if (books.length > 0) await check(page, pick(...books).heard); // what an older kill left
      } catch (err) {
        err.message = `round ${round}, ${way}, ${tabs} tabs, KILL_SEED=${seed}: ${err.message}`;
        throw err;
      }
      await unpin(page);
      for (const of of Object.values(book.heard)) delete of.pin;
      books.push(book);
      await page.close();
    }
    const acknowledged = books.reduce((sum, book) => sum + book.count(), 0);
    const of = Object.entries(done).map(([way, n]) => `${n} ${way}`).join(", ");
    t.diagnostic(`${kills} kills (${of}), ${acknowledged} acknowledged changes, lost: 0`);
    assert.ok(acknowledged > kills * 20, `only ${acknowledged} changes were acknowledged`);
  });
});
