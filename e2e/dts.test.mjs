// web/tim.d.ts against the live module, in both directions.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { call, callNow, launch, list, noFaults, openBlank, serve, options, webRoot } from "./browser.mjs";
import { declared, describe as describeTIM, differences, members, misfits, parse } from "./dts.mjs";

const text = await readFile(join(webRoot, "tim.d.ts"), "utf8");
const interfaces = parse(text);

describe("the comparison", () => {
  const small = parse(`
export interface TIMModule extends TIMEnums, TIMColourEnum {
  /** Ours. */
  readonly version: string;
  readonly ready: Promise<void>;
  TIMDo<U>(cb: ((code: number) => void) | null, user_data: U): number; // a comment; with a semicolon
  TIMGet(buffer: Uint8Array): number;
  TIMGet<U>(cb: (a: { b: 1; c: 2 }) => void): number;
}
export interface TIMEnums {
  readonly TIMColour: TIMColourEnum;
}
export interface TIMColourEnum {
  readonly kRed: 0;
  readonly kNone: -1;
}`);
  const fake = () => ({
    version: "1", ready: Promise.resolve(), TIMDo() {}, TIMGet() {}, TIMColour: { kRed: 0, kNone: -1 }, kRed: 0, kNone: -1,
  });
  const compare = (change) => differences(declared(small), describeTIM(Object.assign(fake(), change)));

  test("finds nothing where nothing differs", () => {
    assert.deepEqual(compare({}), []);
  });

  test("finds what is not declared, wherever it is", () => {
    assert.deepEqual(compare({ TIMMore() {} }), ["TIMMore is there and not declared"]);
    assert.deepEqual(compare({ TIMColour: { kRed: 0, kNone: -1, kBlue: 1 } }), ["TIMColour.kBlue is there and not declared"]);
  });

  test("finds what is not there", () => {
    const live = fake();
    delete live.TIMDo;
    live.TIMColour = { kRed: 0 };
    assert.deepEqual(differences(declared(small), describeTIM(live)), [
      "TIMDo is declared and not there", "TIMColour.kNone is declared and not there",
    ]);
  });

  test("finds other values and other kinds", () => {
    assert.deepEqual(compare({ kRed: 2 }), ['kRed is declared as {"value":0} and is {"value":2}']);
    assert.deepEqual(compare({ TIMDo: 1 }), ['TIMDo is declared as "function" and is {"value":1}']);
    assert.deepEqual(compare({ kRed: "0" }), ['kRed is declared as {"value":0} and is {"value":"0"}']);
    assert.equal(compare({ TIMColour: { kRed: 1, kNone: -1 } }).length, 1);
  });

  test("refuses declarations that it cannot read", () => {
    assert.throws(() => parse("export interface A {\n  get x(): number;\n}"), /what is/);
    assert.throws(() => parse("export interface A {\n  x: 1;\n  x: 2;\n}"), /twice/);
    assert.throws(() => parse("export interface A {\n  x: 1\n}"), /semicolon/);
  });
});

describe("the declarations", () => {
  const all = [...members(interfaces, "TIMModule")];
  const functions = all.filter(([, { kind }]) => kind === "function");

  test("say of every function what it does and whose it is", () => {
    for (const [name, { doc }] of functions) {
      assert.ok(/Tencent\s+(\* )?IM C API|Ours/.test(doc), `${name}: ${doc || "no comment"}`);
      const isAsync = new RegExp(`\\b${name}<U>\\([^;]*cb: TIMCommCallback`).test(text);
      if (isAsync) assert.match(doc, /Calls back/, name);
    }
    assert.ok(functions.length >= 78, `only ${functions.length} functions`);
  });

  test("use unknown, never any, and no optional callbacks", () => {
    const code = text.replace(/\/\*.*?\*\//gs, "").replace(/\/\/.*/g, "");
    assert.doesNotMatch(code, /\bany\b/);
    assert.doesNotMatch(code, /\bcb\?:/);
  });

  test("hold a member for every key, and a key for every member of a JSON object", () => {
    const keys = new Set([...interfaces.get("TIMKeys").members.values()].map(({ value }) => value));
    const objects = [...interfaces.keys()].filter((name) => /(ConvInfo|GroupAtInfo|Draft|Message|Elem|UserProfile|Info)$/.test(name));
    assert.ok(objects.length > 15);
    const used = new Set(objects.flatMap((name) => [...interfaces.get(name).members.keys()]));
    assert.deepEqual([...used].filter((key) => !keys.has(key)), []);
    const objectKey = /^(conv_(?!owner|get_)|draft_|message_(?!locator_)|elem_type|\w+_elem_|user_profile_(?!custom_string_info)|group_member_info_(?!custom_string_info))/;
    assert.deepEqual([...keys].filter((key) => objectKey.test(key) && !used.has(key)), []);
  });

  test("are those of the version that tim.js is", async () => {
    const { VERSION } = await import("../web/tim.js");
    const { version } = JSON.parse(await readFile(join(webRoot, "package.json"), "utf8"));
    assert.equal(version, VERSION);
  });

  const readme = new URL("../README.md", import.meta.url);
  test("compile the README's example, which is the file beside the type tests", { skip: !existsSync(readme) }, async () => {
    const example = await readFile(new URL("types/readme.ts", import.meta.url), "utf8");
    const blocks = [...(await readFile(readme, "utf8")).matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code);
    assert.ok(blocks.includes(example), "README.md has no ts block that equals e2e/types/readme.ts");
  });
});

describe("the live TIM", options, () => {
  let server, chrome, page;

  before(async () => {
    server = await serve();
    chrome = await launch();
    page = await openBlank(chrome.context, server);
  });
  after(async () => {
    await chrome?.close();
    await server?.close();
  });

  test("has what is declared and nothing else, every value equal", async () => {
    assert.deepEqual(differences(declared(interfaces), await page.evaluate(describeTIM)), []);
    noFaults();
  });

  test("has a status as declared", async () => {
    await page.evaluate(() => TIM.ready);
    const status = await page.evaluate(() => TIM.status);
    assert.deepEqual(misfits(interfaces, "StorageStatus", status), []);
    const states = text.match(/^export type StorageState = ([^;]+);/m)[1].split("|").map((state) => JSON.parse(state.trim()));
    assert.ok(states.includes(status.state), status.state);
  });

  test("returns the types that are declared", async () => {
    const types = await page.evaluate(() => ({
      now: typeof TIM.TIMGetServerTime(), version: typeof TIM.TIMGetSDKVersion(), login: typeof TIM.TIMGetLoginStatus(),
      call: typeof TIM.TIMConvCancelDraft("a", 1),
      // Nothing: null or undefined.
      set: TIM.TIMSetConvEventCallback(null, null) ?? "nothing", add: TIM.TIMAddRecvNewMsgCallback(() => {}, null) ?? "nothing",
    }));
    assert.deepEqual(types, {
      now: "number", version: "string", login: "number", call: "number", set: "nothing", add: "nothing",
    });
  });

  test("gives conversations and messages as declared", async () => {
    const sample = JSON.parse(await readFile(join(webRoot, "samples/document.json"), "utf8"));
    const mention = {
      message_conv_id: "team", message_conv_type: 2, message_sender: "ann", message_seq: 1, message_server_time: 1700000000,
      message_group_at_user_array: ["__kImSDK_MessageAtALL__"],
    };
    const fed = JSON.stringify([...[sample].flat(), mention]);
    await page.evaluate(() => {
      globalThis.heard = [];
      TIM.TIMAddRecvNewMsgCallback((json) => heard.push(...JSON.parse(json)), null);
    });
    const { code, json } = await call(page, "TIMRecvNewMsg", fed);
    assert.deepEqual([code, json], [0, "[]"]);
    assert.equal(await callNow(page, "TIMConvSetDraft", "team", 2, '{"draft_user_define":"x","draft_msg":{}}'), 0);
    const conversations = await list(page);
    const optional = new Set();
    for (const conv of conversations) {
      assert.deepEqual(misfits(interfaces, "ConvInfo", conv), [], conv.conv_id);
      for (const key of Object.keys(conv)) optional.add(key);
      if (conv.conv_last_msg) assert.deepEqual(misfits(interfaces, "StoredMessage", conv.conv_last_msg), []);
      if (conv.conv_draft) assert.deepEqual(misfits(interfaces, "Draft", conv.conv_draft), []);
      for (const at of conv.conv_group_at_info_array ?? []) assert.deepEqual(misfits(interfaces, "GroupAtInfo", at), []);
    }
    assert.deepEqual([...members(interfaces, "ConvInfo").keys()].filter((key) => !optional.has(key)), [], "never seen");
    for (const message of await page.evaluate(() => heard)) {
      assert.deepEqual(misfits(interfaces, "StoredMessage", message), []);
    }
    noFaults();
  });

  test("gives results as declared", async () => {
    const total = JSON.parse((await call(page, "TIMConvGetTotalUnreadMessageCount")).json);
    assert.deepEqual(misfits(interfaces, "TotalUnreadResult", total), []);
    const [refused] = JSON.parse((await call(page, "TIMRecvNewMsg", "[5]")).json);
    assert.deepEqual(misfits(interfaces, "RefusedItem", refused), []);
    const ids = '["group_team","team"]';
    for (const result of JSON.parse((await call(page, "TIMConvMarkConversation", ids, 1, true)).json)) {
      assert.deepEqual(misfits(interfaces, "ConversationOperationResult", result), []);
    }
    const found = JSON.parse((await call(page, "TIMConvGetConversationListByFilter", "{}", 0, 1)).json);
    assert.deepEqual(misfits(interfaces, "ConversationListResult", found), []);
    const diff = await page.evaluate(() => new Promise((resolve) => {
      TIM.TIMConvSubscribeList('{"count":1,"locate":"group_team"}', (json) => resolve(JSON.parse(json)), null);
    }));
    await callNow(page, "TIMConvUnsubscribeList", "");
    const { code, desc, ...rest } = diff; // they are of a failure
    assert.deepEqual([code, desc, diff.ops.map(({ op }) => op)], [undefined, undefined, ["insert"]]);
    assert.deepEqual(misfits(interfaces, "ListDiff", rest), []);
    assert.deepEqual(misfits(interfaces, "ConvInfo", diff.ops[0].conv), []);
    const why = JSON.parse((await call(page, "TIMConvExplainUnread", "team", 2)).json);
    assert.deepEqual(misfits(interfaces, "UnreadExplanation", why), []);
    assert.deepEqual(misfits(interfaces, "ReadPosition", why.read_mark), []);
    assert.deepEqual(misfits(interfaces, "UnreadChange", why.last_change), []);
    assert.deepEqual(misfits(interfaces, "ExplainedUnread", why.messages[0]), []);
    const [option] = JSON.parse((await call(page, "TIMMsgGetC2CReceiveMessageOpt", '["ann"]')).json);
    assert.deepEqual(misfits(interfaces, "RecvMsgOptResult", option), []);
    const quiet = JSON.parse((await call(page, "TIMMsgGetAllReceiveMessageOpt")).json);
    assert.deepEqual(misfits(interfaces, "AllRecvMsgOpt", quiet), []);
    const revoked = await page.evaluate(() => new Promise((resolve) => {
      TIM.TIMSetMsgRevokeCallback((json) => resolve(JSON.parse(json)[0]), null);
      TIM.TIMRecvMsgRevoke('[{"message_locator_conv_id":"team","message_locator_conv_type":2,"message_locator_seq":1,"message_revoke_reason":"x"}]', null, null);
    }));
    assert.deepEqual(misfits(interfaces, "MsgRevoke", revoked), []);
    assert.equal(await callNow(page, "TIMInit", 1, null), 0);
    assert.equal(await callNow(page, "TIMInit", 1, null), 90101);
  });
});
