// Windows on the list in two tabs over IndexedDB, beside the list itself, while
// random calls change it in both. WINDOW_SEED chooses another run.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, noFaults, openBlank, options, serve } from "./browser.mjs";

const seed = Number(process.env.WINDOW_SEED || Date.now() % 1e9);
const rounds = 60;

/** inPage gives a page clients of windows, and random calls. */
function inPage() {
  const type = "conversation_list_filter_conv_type";
  const unread = "conversation_list_filter_has_unread_count";
  const without = "without_mark_type";
  const filters = [{}, { [type]: 2 }, { [unread]: true }, [{ [without]: 1 }, { [unread]: true }]];
  const picks = [
    () => true, (c) => c.conv_type === 2, (c) => c.conv_unread_num > 0,
    (c) => !c.conv_mark_array.includes(1) || c.conv_unread_num > 0,
  ];
  const windows = filters.map((filter, i) => ({ id: `w${i}`, which: i, from: 0, count: 10, rows: [], total: -1, told: 0 }));
  let state = 1;
  const random = (n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  const apply = (w, diff) => {
    w.told++;
    w.total = diff.total;
    if (diff.reset) w.rows = [];
    for (const { op, index, from, conv } of diff.ops) {
      if (op === "insert") w.rows.splice(index, 0, conv);
      else if (op === "update") w.rows[index] = conv;
      else if (op === "remove") w.rows.splice(index, 1);
      else w.rows.splice(index, 0, ...w.rows.splice(from, 1));
    }
  };
  const ask = (w) => {
    const ret = TIM.TIMConvSubscribeList(JSON.stringify({ id: w.id, filter: filters[w.which], from: w.from, count: w.count }), (json) => apply(w, JSON.parse(json)), null);
    if (ret !== 0) throw new Error(`TIMConvSubscribeList returned ${ret}`);
  };
  const answered = (name, ...args) => new Promise((resolve) => TIM[name](...args, (code, desc, json) => resolve(json), null));
  const change = (tab, n) => {
    const [conv, kind] = [`c${random(80)}`, 1 + random(2)];
    const name = `${kind === 1 ? "c2c" : "group"}_${conv}`;
    switch (random(8)) {
      case 0: return TIM.TIMConvPinConversation(conv, kind, random(2) === 0, null, null);
      case 1: return TIM.TIMConvDelete(conv, kind, null, null);
      case 2: return TIM.TIMConvMarkConversation(JSON.stringify([name]), 1, random(2) === 0, null, null);
      case 3: return TIM.TIMMsgReportReaded(conv, kind, "", null, null);
      default: return TIM.TIMRecvNewMsg(JSON.stringify(Array.from({ length: 1 + random(5) }, (_, i) => ({
        message_conv_id: `c${random(80)}`, message_conv_type: 1 + random(2), message_sender: "ann",
        message_msg_id: `${tab}-${n}-${i}-${state}`, message_server_time: 1700000000 + random(500),
        message_elem_array: [{ elem_type: 0, text_elem_content: `text ${n}` }],
      }))), null, null);
    }
  };
  window.windows = {
    open(seed) {
      state = seed % 2147483646 + 1;
      for (const w of windows) ask(w);
    },
    /** act makes some calls at once, scrolls a window, and waits for all of it. */
    async act(tab, n) {
      for (let i = 0; i <= random(6); i++) change(tab, `${n}-${i}`);
      const w = windows[random(windows.length)];
      if (random(3) === 0) w.which = random(filters.length);
      w.from = random(40);
      w.count = random(20);
      ask(w);
    },
    /** differences compares all windows with the list, once other tabs' changes are read. */
    async differences() {
      await answered("TIMRecvNewMsg", "[]");
      const list = JSON.parse(await answered("TIMConvGetConvList"));
      return windows.flatMap((w) => {
        const all = list.filter(picks[w.which]);
        const want = JSON.stringify(all.slice(w.from, w.from + w.count));
        const got = JSON.stringify(w.rows);
        return got === want && w.total === all.length ? [] : [`${w.id}, filter ${w.which}, from ${w.from}: ${w.total} rows, ${all.length} wanted\n got ${got}\nwant ${want}`];
      });
    },
    told: () => windows.map(({ told }) => told),
  };
}

describe("windows on the list", options, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("show what the list has there, in two tabs", async (t) => {
    t.diagnostic(`WINDOW_SEED=${seed}`);
    await browser.context.addInitScript(inPage);
    const pages = [await openBlank(browser.context, server), await openBlank(browser.context, server)];
    for (const [i, page] of pages.entries()) await page.evaluate((seed) => window.windows.open(seed), seed + i);
    for (let n = 0; n < rounds; n++) {
      await Promise.all(pages.map((page, tab) => (n % 3 === tab ? undefined : page.evaluate(([tab, n]) => window.windows.act(tab, n), [tab, n]))));
      await call(pages[0], "TIMRecvNewMsg", "[]");
      for (const [tab, page] of [...pages.entries()].reverse()) {
        assert.deepEqual(await page.evaluate(() => window.windows.differences()), [], `round ${n}, tab ${tab}, seed ${seed}`);
      }
    }
    const told = await pages[0].evaluate(() => window.windows.told());
    assert.ok(Math.min(...told) > 5, `diffs of each window: ${told}`);
    noFaults();
  });

  test("tell nothing of what happens below them, and a reload begins anew", async () => {
    const page = await openBlank(browser.context, server);
    const login = () => call(page, "TIMLogin", "ann", ""); // an account without pinned rows
    await login();
    const subscribe = (count) => page.evaluate((count) => new Promise((resolve) => {
      window.diffs = [];
      TIM.TIMConvSubscribeList(JSON.stringify({ id: "top", count }), (json) => {
        window.diffs.push(JSON.parse(json));
        resolve();
      }, null);
    }), count);
    const at = (conv, second) => call(page, "TIMRecvNewMsg", JSON.stringify([{ message_sender: conv, message_server_time: second, message_msg_id: `${conv}-${second}` }]));
    for (let i = 0; i < 9; i++) await at(`top-${i}`, 1900000000 - i);
    await subscribe(3);
    const before = await page.evaluate(() => window.diffs[0]);
    await at("top-8", 1900000000 - 7);
    await at("top-1", 1900000001);
    const diffs = await page.evaluate(() => window.diffs.slice(1));
    assert.deepEqual(diffs.map(({ ops }) => ops.map(({ op, from, index }) => [op, from, index])), [[["move", 1, 0], ["update", undefined, 0]]]);
    await page.reload();
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
    await login();
    await subscribe(3);
    const again = await page.evaluate(() => window.diffs[0]);
    assert.deepEqual([again.reset, again.total], [true, before.total]);
    assert.deepEqual(again.ops.map(({ conv }) => conv.conv_id), ["top-1", "top-0", "top-2"]);
    noFaults();
  });
});
