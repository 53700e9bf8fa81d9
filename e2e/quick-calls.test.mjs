// The loader's shorter way into the module: what it gives is what script tags give.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, noFaults, openBlank, openLoaded, options, serve } from "./browser.mjs";

describe("functions that are called in great numbers", options, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** odd makes calls of every sort and resolves with what each returned and was called back with. It runs in the page. */
  const odd = async () => {
    const message = (name, more = {}) => ({ message_sender: "ann", message_msg_id: name, message_server_time: 1700000000, ...more });
    const text = (name, more) => JSON.stringify([message(name, more)]);
    const trap = () => { throw new Error("a trap of the application"); };
    const data = [{ a: 1 }, new Proxy(() => {}, { get: trap, apply: trap, getPrototypeOf: trap }), Symbol("s"), 10n, "text", 0, NaN, false, null, undefined];
    const heard = [];
    TIM.TIMSetConfig('{"recorder":1000}', null, null);
    const kept = (n) => (code, desc, json, ...rest) => heard.push([n, code, desc, json, rest.length, rest[0] === data[n] || n === 6 && Number.isNaN(rest[0])]);
    const rets = data.map((one, n) => TIM.TIMRecvNewMsg(text(`data${n}`), kept(n), one));
    const lists = [
      [], [undefined], [null], [1], [true], ["[]"], ["[]", null], ["[]", undefined, 5], ["[]", null, {}], ["[]", 5, null], ["[]", "f", null], ["[]", {}, null], ["", null, null],
      ["{}", null, null], ["[", null, null], ["[1]", null, null], ["[{}]", null, null], [" [] ", null, null], ["[]\0", null, null], [{}, null, null], [[], null, null],
      [new String("[]"), null, null], [10n, null, null], [Symbol("s"), null, null], [() => {}], [() => {}, "[]"], ["[]", null, null, 1, 2, 3, 4, 5, 6, 7], ["[]", null, new Uint8Array(3)], ["[]", null, () => {}], ["[]", undefined, () => {}, 1],
      ["[]", null, null, ...Array(100_000).fill(0)], ["[]", null, Object.create(Uint8Array.prototype)],
      [text("s1", { lone: "\ud800", pair: "\ud83d\ude00", umlaut: "ä", replaced: "\ufffd" }), null, null],
      [`[{"message_sender":"ann","message_msg_id":"s2","message_server_time":1700000000,"raw":"\ud800x\udc00"}]`, null, null],
      [text("long", { long: "x".repeat(65000) }), null, null], [text("longer", { long: "说".repeat(30000) }), null, null], [text("longest", { long: "x".repeat(70000) }), null, null],
    ];
    for (const args of lists) rets.push(TIM.TIMRecvNewMsg(...args));
    for (const [n, name] of ["TIMRecvMsgRevoke", "TIMRecvMsgUpdate", "TIMRecvMsgReadedReceipt", "TIMRecvConvUpdate", "TIMRecvConvDelete"].entries()) {
      for (const json of ["[]", "[1]", "{}", text("data0")]) rets.push(TIM[name](json, kept(n), data[n]));
    }
    // One without user data, one with more arguments than there are parameters, and one that is called by another.
    await new Promise((resolve) => { rets.push(TIM.TIMRecvNewMsg(text("bare"), (...told) => { heard.push(told.slice(0, 3)); resolve(); })); });
    await new Promise((resolve) => { rets.push(TIM.TIMRecvNewMsg(text("more"), (...told) => { heard.push(told); resolve(); }, 7, 8)); });
    await new Promise((resolve) => {
      TIM.TIMRecvNewMsg(text("outer"), () => TIM.TIMRecvNewMsg(text("inner"), (...told) => { heard.push(told); resolve(); }, "inner"), null);
    });
    const ask = (name, ...args) => new Promise((resolve) => TIM[name](...args, (code, desc, json) => resolve([code, json]), null));
    rets.push(typeof new TIM.TIMRecvNewMsg("[]"));
    const recorded = (await ask("TIMRecorderExport"))[1].trim().split("\n").map(JSON.parse).filter(({ call }) => call).map(({ n, call, args, ret }) => [n, call, args.slice(0, 10), ret]);
    return { rets, heard, recorded, list: await ask("TIMConvGetConvList"), history: await ask("TIMMsgGetMsgList", "ann", 1, '{"msg_getmsglist_param_count":100}') };
  };

  test("give by the loader what they give by script tags", async () => {
    const got = [];
    for (const open of [openBlank, openLoaded]) {
      const page = await open(browser.context, server);
      got.push(await page.evaluate(odd));
      assert.equal((await call(page, "TIMConvWipe")).code, 0);
      await page.close();
    }
    noFaults();
    const [tags, loaded] = got;
    assert.ok(tags.heard.length > 20 && tags.rets.filter((ret) => ret !== 0).length > 15);
    assert.ok(tags.list[0] === 0 && tags.list[1].length > 100 && tags.history[1].length > 150_000);
    const plain = ([code, json]) => [code, json.replace(/"(message_client_time|message_unique_id|conv_active_time|message_rand)":\d+/g, '"$1":0')];
    for (const one of got) [one.list, one.history] = [plain(one.list), plain(one.history)];
    assert.ok(tags.recorded.length >= tags.rets.length - 1);
    for (const of of Object.keys(tags)) assert.equal(JSON.stringify(loaded[of]), JSON.stringify(tags[of]), of);
    assert.ok(loaded.history[1].includes('"raw":"\\ud800x\\udc00"'), "lone surrogates are kept, as their escapes");
  });

  test("do not pass through Go's event for each call", async () => {
    const page = await openLoaded(browser.context, server);
    const got = await page.evaluate(async () => {
      let events = 0;
      const { _resume } = Go.prototype;
      Go.prototype._resume = function () {
        events++;
        return _resume.call(this);
      };
      const all = [];
      const counted = (name, ...args) => {
        events = 0;
        for (let n = 0; n < 20; n++) all.push(new Promise((resolve) => { TIM[name](...args, resolve, null); }));
        return events;
      };
      return [counted("TIMRecvNewMsg", "[]"), counted("TIMConvGetConvList") >= 20, await Promise.all(all)];
    });
    assert.deepEqual(got, [0, true, Array(40).fill(0)]);
    await page.close();
    noFaults();
  });

  test("call back where nothing else wakes the module", async () => {
    const page = await openLoaded(browser.context, server);
    const got = await page.evaluate(async () => {
      await TIM.ready;
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      const { setTimeout: later } = globalThis;
      globalThis.setTimeout = () => 0; // Go's timers do not come any more
      const codes = [];
      for (let n = 0; n < 3; n++) {
        codes.push(await new Promise((resolve) => {
          TIM.TIMRecvNewMsg(`[{"message_sender":"ann","message_msg_id":"${n}"}]`, resolve, null);
          later(resolve, 20_000, "nobody");
        }));
      }
      return codes;
    });
    assert.deepEqual(got, [0, 0, 0]);
    await page.close();
    noFaults();
  });

  test("call back in the order of the calls, between others, and when memory has grown", async () => {
    const page = await openLoaded(browser.context, server);
    const got = await page.evaluate(async () => {
      const order = [];
      const all = [];
      const noted = (name, n, ...args) => all.push(new Promise((resolve) => {
        TIM[name](...args, (code) => { order.push(n); resolve(code); }, null);
      }));
      const many = (round) => JSON.stringify(Array.from({ length: 3000 }, (_, n) => ({
        message_sender: `u${n % 300}`, message_msg_id: `${round}.${n}`, message_server_time: 1700000000 + n, message_elem_array: [{ elem_type: 0, text_elem_content: "x".repeat(1000) }],
      })));
      for (let n = 0; n < 30; n++) {
        if (n % 10 === 5) noted("TIMRecvNewMsg", n, many(n));
        else if (n % 3 === 0) noted("TIMConvGetConvList", n);
        else noted("TIMRecvNewMsg", n, JSON.stringify([{ message_sender: "ann", message_msg_id: `o${n}`, message_server_time: 1700000000 + n }]));
      }
      const codes = await Promise.all(all);
      let events = 0;
      const { _resume } = Go.prototype;
      Go.prototype._resume = function () {
        events++;
        return _resume.call(this);
      };
      TIM.TIMRecvNewMsg("[]", null, null);
      return { order, codes, events };
    });
    assert.deepEqual(got, { order: [...Array(30).keys()], codes: Array(30).fill(0), events: 0 });
    await page.close();
    noFaults();
  });

  test("a callback that throws reaches window.onerror and nothing else", async () => {
    const page = await openLoaded(browser.context, server);
    const { error, after } = await page.evaluate(() => new Promise((resolve) => {
      let error = "";
      window.onerror = (message) => { error = message; return true; };
      TIM.TIMRecvNewMsg("[]", () => { throw new Error("of the application"); }, null);
      TIM.TIMRecvNewMsg("[]", () => setTimeout(() => resolve({ error, after: TIM.status.state })), null);
    }));
    assert.match(error, /of the application/);
    assert.equal(after, "ready");
    await page.close();
    noFaults(/of the application/);
  });
});
