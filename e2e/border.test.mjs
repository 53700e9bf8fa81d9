// What only a browser can tell of the border: when callbacks come, and that no
// input throws, silences or ends the module.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, launch, list, noFaults, openBlank, serve, options } from "./browser.mjs";

describe("the border", options, () => {
  let server, browser, page;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const fresh = async () => {
    await page?.close();
    page = await openBlank(browser.context, server);
  };

  test("a callback comes after the return, once, with the same user data", async () => {
    await fresh();
    const order = await page.evaluate(() => new Promise((resolve) => {
      const seen = [];
      const userData = { mine: 1 };
      const ret = TIM.TIMConvGetConvList((code, desc, json, ud) => {
        seen.push(`cb ${code} ${json} ${ud === userData}`);
        setTimeout(() => resolve(seen), 50);
      }, userData);
      seen.push(`returned ${ret}`);
    }));
    assert.deepEqual(order, ["returned 0", "cb 0 [] true"]);
  });

  test("callbacks come in the order of the calls", async () => {
    const order = await page.evaluate(() => new Promise((resolve) => {
      const seen = [];
      for (let i = 0; i < 50; i++) {
        const cb = () => { seen.push(i); if (seen.length === 50) resolve(seen); };
        if (i % 2) TIM.TIMConvGetConvList(cb, null);
        else TIM.TIMConvCreate(`order${i}`, 1, cb, null);
      }
    }));
    assert.deepEqual(order, [...Array(50).keys()]);
  });

  test("a callback that throws reaches window.onerror and nothing else", async () => {
    await fresh();
    const { error, after } = await page.evaluate(() => new Promise((resolve) => {
      let error = "";
      window.onerror = (message) => { error = message; return true; };
      TIM.TIMConvGetConvList(() => { throw new Error("of the application"); }, null);
      TIM.TIMConvGetConvList(() => setTimeout(() => resolve({ error, after: TIM.status.state })), null);
    }));
    assert.match(error, /of the application/);
    assert.equal(after, "ready");
    noFaults(/of the application/);
  });

  test("a callback may call back into TIM, and log out in the middle", async () => {
    await fresh();
    const seen = await page.evaluate(() => new Promise((resolve) => {
      const seen = [];
      TIM.TIMInit(1400000000, null);
      TIM.TIMLogin("ann", "", () => {
        TIM.TIMConvCreate("peer", 1, (code) => {
          seen.push(`create ${code}`);
          seen.push(`logout ${TIM.TIMLogout((code) => {
            seen.push(`out ${code}`);
            resolve(seen);
          }, null)}`);
          seen.push(`list ${TIM.TIMConvGetConvList(() => seen.push("never"), null)}`);
        }, null);
        TIM.TIMConvCreate("second", 1, (code) => seen.push(`accepted before ${code}`), null);
      }, null);
    }));
    assert.deepEqual(seen, ["create 0", "logout 0", "list -2", "accepted before 0", "out 0"]);
  });

  test("every function takes every kind of value in every place", async () => {
    await fresh();
    const bad = await page.evaluate(async () => {
      const throwing = new Proxy({}, { getPrototypeOf() { throw new Error("trap"); }, get() { throw new Error("trap"); } });
      const odd = [undefined, null, true, 0, -1, 1.5, NaN, Infinity, 2 ** 64, 10n ** 30n, Symbol("s"), "", " ", "a", "{", "[]", "{}",
        "null", "\ud800", "[".repeat(100000), "x".repeat(10240), {}, [], () => {}, new Date(0), new Uint8Array(2), throwing,
        Object.create(null)];
      const faults = [];
      const names = Object.keys(TIM).filter((name) => typeof TIM[name] === "function" && !/^TIM(Init|Uninit|Login|Logout)$/.test(name));
      for (const name of names) {
        for (let place = 0; place < 5; place++) {
          for (const value of odd) {
            const args = ["peer", 1, "{}", null, null];
            args[place] = value;
            try {
              const ret = TIM[name](...args);
              if (typeof ret === "number" && !(ret >= -5 && ret <= 0) && name !== "TIMGetServerTime" && name !== "TIMGetLoginStatus") {
                faults.push(`${name} returned ${ret}`);
              }
            } catch (err) {
              faults.push(`${name} threw ${err}`);
            }
          }
        }
        for (let n = 0; n < 7; n++) TIM[name](...Array(n).fill("extra"));
      }
      TIM.TIMSetConvEventCallback(null, null);
      await new Promise((resolve) => TIM.TIMRecvNewMsg("[]", resolve, null));
      return faults;
    });
    assert.deepEqual(bad, []);
    assert.equal((await call(page, "TIMConvGetConvList")).code, 0);
    noFaults();
  });

  test("JSON that is nested too deep is refused, and just deep enough is taken", async () => {
    await fresh();
    const nested = (depth) => `[{"message_sender":"a","deep":${"[".repeat(depth)}${"]".repeat(depth)}}]`;
    assert.deepEqual(await call(page, "TIMRecvNewMsg", nested(100000)), { ret: -3 });
    assert.deepEqual(await call(page, "TIMRecvNewMsg", nested(1000)), { ret: -3 });
    assert.equal((await call(page, "TIMRecvNewMsg", nested(990))).code, 0);
  });

  test("texts of 20 MB are refused as ids and kept as drafts", async () => {
    await fresh();
    const got = await page.evaluate(() => new Promise((resolve) => {
      const big = "大".repeat(7_000_000);
      const returned = [
        TIM.TIMConvCreate(big, 1, null, null),
        TIM.TIMRecvNewMsg(big, null, null),
        TIM.TIMConvSetDraft("big", 1, JSON.stringify({ draft_user_define: big })),
      ];
      const query = [{ get_conversation_list_param_conv_id: "big", get_conversation_list_param_conv_type: 1 }];
      TIM.TIMConvGetConvInfo(JSON.stringify(query), (code, desc, json) => {
        resolve([...returned, JSON.parse(json)[0].conv_draft.draft_user_define.length]);
      }, null);
    }));
    assert.deepEqual(got, [-4, -3, 0, 7_000_000]);
  });

  test("bytes and digits come back unchanged", async () => {
    await fresh();
    const text = `[{"message_sender":"a'b\\"c","message_msg_id":"odd","message_server_time":1700000000,` +
      `"unknown":{"big":18446744073709551615,"e":1e400,"t":"\\u0000\ud800\u2028<&>😀"},"message_unique_id":6961616747713488299}]`;
    const { code, ret } = await call(page, "TIMRecvNewMsg", text);
    assert.deepEqual([ret, code], [0, 0]);
    const { json } = await call(page, "TIMConvGetConvList");
    assert.ok(json.includes(`"unknown":{"big":18446744073709551615,"e":1e400,"t":"\\u0000\\ud800\u2028<&>😀"},"message_unique_id":6961616747713488299`), json);
    assert.ok((await list(page)).some((conv) => conv.conv_id === `a'b"c`));
    assert.deepEqual(await call(page, "TIMConvCreate", "\ud800", 1), { ret: -4 });
    assert.deepEqual(await call(page, "TIMRecvNewMsg", `["\\\ud800"]`), { ret: -3 });
  });

  test("TIMGetLoginUserID fills a buffer", async () => {
    await fresh();
    const got = await page.evaluate(() => new Promise((resolve) => TIM.TIMLogin("annä", "", () => {
      const buffer = new Uint8Array(128).fill(255);
      const ret = TIM.TIMGetLoginUserID(buffer);
      const end = buffer.indexOf(0);
      resolve([ret, new TextDecoder().decode(buffer.subarray(0, end)), TIM.TIMGetLoginUserID(new Uint8Array(3)), TIM.loginUserID]);
    }, null)));
    assert.deepEqual(got, [0, "annä", -4, "annä"]);
  });
});
