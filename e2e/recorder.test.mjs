// The flight recorder: what it keeps, what it does not, and that what it wrote in a
// browser is a test of the Go side.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { call, callNow, launch, noFaults, openBlank, options, serve } from "./browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const sample = join(root, "internal/replay/testdata/report.jsonl"); // written anew with RECORDING_WRITE
const secret = "sig-4711-secret", own = "what the application keeps for itself";

const exported = async (page) => (await call(page, "TIMRecorderExport")).json;
const parsed = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));
const on = async (page, recorder = 1000) => assert.equal((await call(page, "TIMSetConfig", JSON.stringify({ recorder }))).code, 0);
const message = (id, text) => JSON.stringify([{ message_sender: "ann", message_msg_id: id, message_server_time: 1700000000, message_elem_array: [{ elem_type: 0, text_elem_content: text }] }]);

/** report is what a user did, some of it wrong: the sample recording is made of it. */
async function report(page) {
  await on(page);
  await call(page, "TIMConvGetTotalUnreadMessageCount"); // of the account that TIMInit closes
  assert.equal(await callNow(page, "TIMInit", 1400000001, null), 0);
  assert.equal(await callNow(page, "TIMConvCancelDraft", "ann", 1), -2);
  await page.evaluate(async ([secret, own]) => {
    const ask = (name, ...args) => new Promise((resolve) => { if (TIM[name](...args, (...got) => resolve(got), { own }) !== 0) resolve(null); });
    TIM.TIMSetConvEventCallback(() => {}, { own });
    TIM.TIMSetMsgSendHandler((json, done) => setTimeout(() => done(0, "", '{"message_seq":7}'), 5), own);
    await ask("TIMLogin", "me", secret);
    await ask("TIMRecvNewMsg", `[{"message_sender":"ann","message_msg_id":"a1","message_server_time":1700000000,"message_unique_id":6961616747713488299,` +
      `"message_elem_array":[{"elem_type":0,"text_elem_content":"\u4f60\u597d \u{1F600} \\ud800 \u2028 it's"}]}]`);
    await ask("TIMRecvNewMsg", '[{"message_sender":"bob"}]'); // its id is drawn here
    TIM.TIMConvSetDraft("ann", 1, '{"draft_user_define":"a \ud83d lone surrogate"}');
    TIM.TIMConvSetDraft("ann", 1, "not JSON");
    await ask("TIMConvCreate", "\ud800", 1);
    await ask("TIMConvMarkConversation", '["c2c_ann"]', 1n << 63n, true);
    await ask("TIMConvPinConversation", "nobody", 1, true);
    await ask("TIMMsgSendMessage", "bob", 1, '{"message_elem_array":[{"elem_type":0,"text_elem_content":"hi"}]}', new Uint8Array(200));
    await ask("TIMConvDelete", "ann", 1);
    await ask("TIMConvDelete");
    await ask("TIMConvGetConvList");
  }, [secret, own]);
}

describe("the flight recorder", options, () => {
  let server, browser, dir;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "timconv-recorder-"));
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  test("writes what go test replays", async () => {
    const page = await openBlank(browser.context, server);
    await report(page);
    const text = await exported(page);
    const [header, ...lines] = parsed(text);
    assert.deepEqual([header.timconv_recording, header.account, header.life, header.dropped, header.recorder], [1, "timconv:1400000001:me", 3, 0, 1000]);
    const calls = lines.filter((line) => line.call);
    assert.deepEqual(calls.map(({ call: name, ret }) => [name, ret ?? null]), [
      ["TIMInit", 0], ["TIMConvCancelDraft", -2], ["TIMSetConvEventCallback", null], ["TIMSetMsgSendHandler", null], ["TIMLogin", 0],
      ["TIMRecvNewMsg", 0], ["TIMRecvNewMsg", 0], ["TIMConvSetDraft", 0], ["TIMConvSetDraft", -3], ["TIMConvCreate", -4],
      ["TIMConvMarkConversation", 0], ["TIMConvPinConversation", 0], ["TIMMsgSendMessage", 0], ["done", null], ["TIMConvDelete", 0], ["TIMConvDelete", -4], ["TIMConvGetConvList", 0],
    ]);
    assert.equal(header.first, calls[0].n, "nothing is missing");
    assert.deepEqual(calls.map(({ n }) => n), calls.map((_, i) => calls[0].n + i));
    const [init, refused, , , login, fed, , draft, bad, odd, mark, pin, sending] = calls;
    assert.deepEqual(init.args, [1400000001, null]);
    assert.deepEqual(refused.args, [{ is: "string" }, { is: "number" }], "what was not looked at");
    assert.deepEqual(login.args, ["me", { is: "string" }, { is: "function" }, { is: "object" }]);
    assert.ok(fed.args[0].includes("6961616747713488299") && fed.args[0].includes("\u4f60\u597d \u{1F600} \\ud800 \u2028 it's"));
    assert.equal(draft.args[2], '{"draft_user_define":"a \ud83d lone surrogate"}');
    assert.deepEqual([bad.args[2], odd.args[0], mark.args[1], sending.args[3]], ["not JSON", "\ud800", { bigint: "9223372036854775808" }, { is: "bytes" }]);
    const answer = (n) => lines.filter((line) => line.n === n && line.got).map((line) => line.got);
    assert.deepEqual([answer(login.n), answer(fed.n), answer(pin.n)], [[[0, "OK", ""]], [[0, "OK", "[]"]], [[6004, "the conversation does not exist", ""]]]);
    assert.ok(lines.some((line) => line.told === "TIMSetConvEventCallback") && lines.some((line) => line.status?.state === "ready"));
    assert.ok(!text.includes(secret) && !text.includes(own));

    const file = process.env.RECORDING_WRITE ? sample : join(dir, "report.jsonl");
    await writeFile(file, text);
    const { stdout } = await promisify(execFile)("go", ["test", "-count=1", "-v", "-run", "TestAReportOfABrowser", "./internal/replay"], { cwd: root, env: { ...process.env, GOOS: "", GOARCH: "", REPLAY_FILE: file } })
      .catch((err) => assert.fail(`${err.stdout}${err.stderr}`));
    assert.match(stdout, /--- PASS: TestAReportOfABrowser/);
    assert.doesNotMatch(stdout, /texts are not compared/);

    await call(page, "TIMConvWipe");
    await page.close();
    noFaults();
  });

  test("keeps the last lines, not more than it was told, nor more than 4 MiB", async () => {
    const page = await openBlank(browser.context, server);
    await on(page, 10);
    for (let i = 0; i < 30; i++) await callNow(page, "TIMConvCancelDraft", `user${i}`, 1);
    const [header, ...lines] = parsed(await exported(page));
    assert.ok(lines.length === 10 && header.dropped >= 20, `${lines.length} lines, ${header.dropped} dropped`);
    assert.deepEqual(lines.at(-1).args, ["user29", 1]);
    await on(page, 3);
    assert.equal(parsed(await exported(page)).length, 1 + 3);
    await on(page, 100000);
    await page.evaluate(() => { for (let i = 0; i < 20; i++) TIM.TIMConvSetDraft("ann", 3, "x".repeat(500000)); });
    const text = await exported(page);
    assert.ok(text.length > 3e6 && text.length < 4.3e6, `${text.length} characters`);
    await page.evaluate(() => TIM.TIMConvSetDraft("ann", 3, "x".repeat(2000000)));
    assert.equal(parsed(await exported(page)).at(-1).args[2].bytes, 2000000);
    for (const bad of ["-1", "100001", '"1"', "true"]) assert.equal(await callNow(page, "TIMSetConfig", `{"recorder":${bad}}`, null, null), -4, bad);
    await page.close();
    noFaults();
  });

  test("is off by default, after 0, and empty after a reload", async () => {
    const page = await openBlank(browser.context, server);
    await callNow(page, "TIMConvCancelDraft", "ann", 1);
    assert.equal(await exported(page), "");
    await on(page);
    await call(page, "TIMRecvNewMsg", "[]");
    assert.ok((await exported(page)).includes("TIMRecvNewMsg"));
    await on(page, 0);
    assert.equal(await exported(page), "");
    await on(page);
    assert.equal(parsed(await exported(page)).filter((line) => line.call).length, 0);
    await call(page, "TIMRecvNewMsg", "[]");
    await page.reload();
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
    assert.equal(await exported(page), "");
    await page.close();
    noFaults();
  });

  test("has nothing of an account once that is closed or wiped", async () => {
    const page = await openBlank(browser.context, server);
    const left = async () => parsed(await exported(page)).slice(1).filter((line) => line.call || line.got).map((line) => line.call ?? line.got);
    await on(page);
    await call(page, "TIMLogin", "ann", secret);
    await call(page, "TIMRecvNewMsg", message("m1", "of ann"));
    await callNow(page, "TIMConvSetDraft", "ann", 1, '{"draft_user_define":"of ann"}');
    assert.equal((await call(page, "TIMConvWipe")).code, 0);
    assert.deepEqual(await left(), []);
    await call(page, "TIMRecvNewMsg", message("m1", "of ann"));
    assert.equal((await call(page, "TIMLogin", "ben", secret)).code, 0); // ann is logged out
    assert.deepEqual(await left(), ["TIMLogin", [0, "OK", ""]]);
    await call(page, "TIMRecvNewMsg", message("m2", "of ben"));
    assert.ok((await exported(page)).includes("of ben"));
    assert.equal((await call(page, "TIMLogout")).code, 0);
    assert.deepEqual(await left(), []);
    const text = await exported(page);
    assert.ok(!/\bann\b|\bben\b/.test(text), text);
    await call(page, "TIMLogin", "cat", secret);
    await call(page, "TIMRecvNewMsg", message("m3", "of cat"));
    assert.equal(await callNow(page, "TIMUninit"), 0);
    await page.waitForFunction(() => new Promise((resolve) => TIM.TIMRecorderExport((code, desc, json) => resolve(!json.includes("of cat")), null)));
    await page.close();
    noFaults();
  });

  test("forgets in every tab what one of them wipes", async () => {
    const pages = [await openBlank(browser.context, server), await openBlank(browser.context, server)];
    for (const page of pages) {
      await on(page);
      await call(page, "TIMLogin", "dan", "");
    }
    await call(pages[1], "TIMRecvNewMsg", message("m4", "of dan"));
    await call(pages[0], "TIMRecvNewMsg", "[]");
    assert.ok(parsed(await exported(pages[0])).some((line) => line.rev > 0), "what the other tab did is noted");
    assert.ok((await exported(pages[1])).includes("of dan"));
    await call(pages[0], "TIMConvWipe");
    await call(pages[1], "TIMRecvNewMsg", "[]");
    assert.ok(!(await exported(pages[1])).includes("of dan"));
    for (const page of pages) await page.close();
    noFaults();
  });
});
