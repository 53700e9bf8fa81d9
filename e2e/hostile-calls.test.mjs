// Generated calls of every function with every kind of value. HOSTILE_CALLS says how
// many, HOSTILE_SEED which.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, list, openLoaded, options, serve } from "./browser.mjs";
import { ids, markup } from "./hostile.mjs";

const calls = Number(process.env.HOSTILE_CALLS ?? 20_000);
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 1e9);
const block = 1000;

/** What comes back at once, where it is an int: docs/api.md, "Codes". */
const documented = [0, -1, -2, -3, -4, -5, 90101, 1, 2, 3, 4];

/** generator defines window.hostile in a page. It runs there and sees nothing of this file. */
function generator({ seed, ids, markup }) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };
  const trap = () => { throw new Error("a trap of the application"); };
  const trapped = () => new Proxy(() => {}, { get: trap, has: trap, apply: trap, getPrototypeOf: trap, ownKeys: trap, getOwnPropertyDescriptor: trap });
  const reentering = { toString() { TIM.TIMConvGetConvList(null, null); return "ann"; }, valueOf() { return TIM.TIMConvCreate("entered", 1, null, null); } };
  const odd = [
    () => undefined, () => null, () => true, () => false, () => 0, () => -0, () => 1, () => 2, () => 3, () => -1, () => 1.5, () => NaN, () => Infinity, () => 2 ** 31,
    () => 2 ** 53, () => 2 ** 64, () => 1e308, () => 10n, () => -1n, () => 2n ** 64n, () => 2n ** 200n, () => Symbol("s"), () => "", () => " ", () => "\0", () => ({}), () => [],
    () => new Date(NaN), () => /x/, () => new Uint8Array(3), () => new Map(), () => Object.create(null), () => window, () => document.body, () => TIM, () => new Error("e"),
    revoked, trapped, () => reentering, () => Promise.reject(new Error("of the application")).catch(() => {}), () => new String("ann"), () => new Number(1), () => new Proxy([], {}),
  ];
  const callbacks = [() => () => {}, () => () => { throw new Error("a callback of the application"); }, () => async () => {}, () => class {}, () => null, () => (code, desc, json) => { window.heard.push(code); void json; },
    () => () => { TIM.TIMConvGetTotalUnreadMessageCount(null, null); }];
  const id = () => (random() < 0.7 ? `peer${Math.floor(random() * 20)}` : pick(ids));
  const number = () => pick([0, 1, -1, 2, 4, 1.5, 1e21, -1e21, 2 ** 53 + 1, 1700000000, 4294967296, "12", null, true, "18446744073709551615", "18446744073709551616", "-9223372036854775809"]);
  const keys = () => pick(["message_conv_id", "message_conv_type", "message_sender", "message_msg_id", "message_server_time", "message_client_time", "message_seq", "message_rand", "message_elem_array",
    "message_status", "message_is_read", "message_is_from_self", "message_is_online_msg", "message_is_excluded_from_unread_count", "message_group_at_user_array", "message_sender_profile", "message_custom_str",
    "conv_id", "conv_type", "conv_show_name", "conv_recv_opt", "conv_is_pinned", "conv_mark_array", "conv_custom_data", "conv_c2c_read_timestamp", "conv_group_read_sequence", "conv_draft", "draft_msg", "draft_user_define",
    "draft_edit_time", "id", "from", "count", "filter", "msg_getmsglist_param_count", "msg_getmsglist_param_last_msg", "get_conversation_list_param_conv_id", "get_conversation_list_param_conv_type",
    "message_locator_seq", "message_locator_rand", "msg_receipt_conv_id", "msg_receipt_time_stamp", "timconv_backup", "account", "__proto__", "constructor", "toString", pick(ids), pick(markup)]);
  const scalar = () => pick([number, () => id(), () => pick(markup), () => pick(ids), () => true, () => null, () => "\ud800", () => "x".repeat(5000)])();
  const json = (depth) => {
    if (depth <= 0 || random() < 0.3) return scalar();
    if (random() < 0.4) return Array.from({ length: Math.floor(random() * 4) }, () => json(depth - 1));
    const object = {};
    for (let n = Math.floor(random() * 6); n > 0; n--) Object.defineProperty(object, keys(), { value: json(depth - 1), enumerable: true, configurable: true, writable: true });
    return object;
  };
  const message = () => ({ message_sender: id(), message_msg_id: `h${Math.floor(random() * 5000)}`, message_server_time: 1700000000 + Math.floor(random() * 1e6),
    ...(random() < 0.4 ? { message_conv_id: id(), message_conv_type: pick([1, 2, 3, "1", null]) } : {}), ...(random() < 0.5 ? json(2) : {}) });
  const text = () => {
    const whole = JSON.stringify(pick([() => json(4), () => [message(), message()], () => [json(3)], () => ({ [keys()]: json(2) }), () => [`c2c_${id()}`, `group_${id()}`], () => message()])());
    switch (Math.floor(random() * 8)) { // now and then no JSON any more
      case 0: return whole.slice(0, Math.floor(random() * whole.length));
      case 1: return `${whole}${pick(["]", "}", ",", "\0", " x", "\u2028"])}`;
      case 2: return whole.replace(/"/, pick(["'", "\\", "\n"]));
      case 3: return pick(["[".repeat(20000), `${"[".repeat(300)}${"]".repeat(300)}`, `{"a":${"9".repeat(400)}}`, `"${"\\u0000".repeat(50)}"`, "\ufeff[]", "[1e999]", "-", "nul"]);
      default: return whole;
    }
  };
  const value = () => {
    const kind = random();
    if (kind < 0.15) return pick(odd)();
    if (kind < 0.35) return id();
    if (kind < 0.5) return pick([1, 2, 0, 10, true, false, 1700000000, "5"]);
    if (kind < 0.8) return text();
    return pick(callbacks)();
  };
  window.heard = [];
  const left = new Set(["TIMConvWipe", "TIMUninit", "TIMLogout", "TIMLogin", "TIMInit", "TIMPersistStorage"]); // they would end the account, or ask a user
  const names = Object.keys(TIM).filter((name) => typeof TIM[name] === "function" && !left.has(name));
  window.hostile = {
    names,
    one: () => [pick(names), Array.from({ length: Math.floor(random() * 7) }, value)],
    /** many makes that many calls and tells what was not as it must be, and how often each result came. */
    many(count) {
      const wrong = [], results = {};
      for (let n = 0; n < count; n++) {
        const [name, args] = this.one();
        try {
          const result = TIM[name](...args);
          const kind = typeof result === "number" ? String(result) : typeof result;
          (results[kind] ??= new Set()).add(name);
        } catch (err) {
          wrong.push(`${name} threw ${String(err).slice(0, 200)}`);
        }
      }
      return { wrong, results: Object.fromEntries(Object.entries(results).map(([kind, of]) => [kind, [...of]])) };
    },
  };
}

describe("hostile calls", { ...options, timeout: 600_000 }, () => {
  let server, browser, page;

  before(async () => {
    server = await serve();
    browser = await launch();
    page = await openLoaded(browser.context, server);
    await page.evaluate(generator, { seed, ids, markup });
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  test(`give a documented result, and neither throw, end the module nor change what they do not name (${calls}, HOSTILE_SEED=${seed})`, async (t) => {
    const survivor = { message_sender: "survivor", message_msg_id: "kept", message_server_time: 1700000000, message_unique_id: "[digits]", message_elem_array: [{ elem_type: 0, text_elem_content: markup[0] }] };
    const raw = JSON.stringify([survivor]).replace('"[digits]"', "6961616747713488299");
    assert.equal((await call(page, "TIMRecvNewMsg", raw)).code, 0);
    const rowOf = async () => (await call(page, "TIMConvGetConvInfo", '[{"get_conversation_list_param_conv_id":"survivor","get_conversation_list_param_conv_type":1}]')).json;
    const results = {};
    for (let made = 0; made < calls; made += block) {
      const found = await page.evaluate((count) => window.hostile.many(count), block);
      assert.deepEqual(found.wrong, [], `seed ${seed}, up to call ${made + block}`);
      for (const [kind, names] of Object.entries(found.results)) for (const name of names) (results[kind] ??= new Set()).add(name);
      assert.equal((await call(page, "TIMRecvNewMsg", "[]")).code, 0, "the module is alive");
      const { code, json } = await call(page, "TIMConvVerify");
      assert.deepEqual([code, JSON.parse(json)], [0, []], `seed ${seed}, up to call ${made + block}`);
      assert.equal(await page.evaluate(() => TIM.status.state), "ready");
    }
    for (const kind of Object.keys(results)) {
      if (Number.isNaN(Number(kind))) assert.ok(["undefined", "string"].includes(kind), kind);
      else assert.ok(documented.includes(Number(kind)) || [...results[kind]].every((name) => name === "TIMGetServerTime"), `${kind}: ${[...results[kind]]}`);
    }
    const rows = await list(page);
    const kept = rows.find((row) => row.conv_id === "survivor");
    assert.ok((await rowOf()).includes("6961616747713488299") && kept.conv_last_msg.message_elem_array[0].text_elem_content === markup[0]);
    await page.reload();
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
    assert.deepEqual(await list(page), rows);
    assert.deepEqual(JSON.parse((await call(page, "TIMConvVerify")).json), []);
    t.diagnostic(`${calls} calls, ${rows.length} conversations, results ${Object.entries(results).map(([kind, names]) => `${kind} of ${names.size} functions`).join(", ")}; thrown: 0`);
  });

  test("that are refused change nothing", async () => {
    await page.evaluate(generator, { seed: seed + 1, ids, markup });
    const changed = await page.evaluate(async () => {
      const rows = () => new Promise((resolve) => TIM.TIMConvGetConvList((code, desc, json) => resolve(json), null));
      const changed = [];
      let refused = 0;
      let before = await rows();
      for (let n = 0; n < 600; n++) {
        const [name, args] = window.hostile.one();
        const result = TIM[name](...args);
        const after = await rows();
        if (typeof result === "number" && result < 0 && name !== "TIMGetServerTime") {
          refused++;
          if (after !== before) changed.push(name);
        }
        before = after;
      }
      return { changed, refused };
    });
    assert.deepEqual(changed.changed, []);
    assert.ok(changed.refused > 200, `only ${changed.refused} were refused`);
  });
});
