// A tab that writes until it is killed, and what must be there afterwards. All
// that it does is monotonic: what was acknowledged can be told from what came
// later, whatever the kill left of that.
import assert from "node:assert/strict";
import { call, list } from "./browser.mjs";

/** sizeOf is how many messages a writer's nth batch has. */
export const sizeOf = (n) => 1 + (n * 7) % 12;

/** ledger is what a test has heard from its writers: {writer: {kind: highest number}}. */
export function ledger() {
  const heard = {};
  const failed = new Set();
  return {
    heard,
    /** failures are the codes with which calls of the writers have failed. */
    failures: () => [...failed],
    note: (writer, kind, n) => {
      if (kind === "failed") {
        failed.add(n);
        return;
      }
      const of = heard[writer] ??= {};
      of[kind] = Math.max(of[kind] ?? 0, n);
    },
    /** count is how much was acknowledged, to one writer or to all. */
    count: (...writers) => (writers.length > 0 ? writers : Object.keys(heard))
      .reduce((sum, writer) => sum + Object.values(heard[writer] ?? {}).reduce((all, n) => all + n, 0), 0),
  };
}

/**
 * write has a page write as `writer`, with so many operations in flight, each
 * acknowledged through the page's binding `acknowledge(writer, kind, n)`. It goes
 * on until the page is killed, or window.enough is set.
 */
export async function write(page, writer, { inFlight = 6, padding = 40 } = {}) {
  await page.evaluate(({ writer, inFlight, padding }) => {
    const sizeOf = (n) => 1 + (n * 7) % 12;
    const done = { batch: 0, pin: 0, custom: 0, draft: 0, gone: 0, read: 0 };
    const now = Math.floor(Date.now() / 1000);
    const ask = (name, ...args) => new Promise((resolve) => { if (TIM[name](...args, (code) => resolve(code), null) !== 0) resolve(-1); });
    const message = (conv, id) => ({
      message_conv_id: `${writer}-${conv}`, message_conv_type: 1, message_sender: `${writer}-${conv}`, message_msg_id: `${writer}-${id}`,
      message_server_time: now, message_elem_array: [{ elem_type: 0, text_elem_content: "å".repeat(padding) }],
    });
    const kinds = {
      batch: (n) => ask("TIMRecvNewMsg", JSON.stringify(Array.from({ length: sizeOf(n) }, (_, i) => message(`b${(n + i) % 7}`, `${n}-${i}`)))),
      // One more is pinned before the last is not any more: few may be.
      pin: async (n) => await ask("TIMConvCreate", `${writer}-p${n}`, 1) || await ask("TIMConvPinConversation", `${writer}-p${n}`, 1, true) ||
        (n > 1 ? ask("TIMConvPinConversation", `${writer}-p${n - 1}`, 1, false) : 0),
      custom: async (n) => await ask("TIMConvCreate", `${writer}-custom`, 1) || ask("TIMConvSetConversationCustomData", JSON.stringify([`c2c_${writer}-custom`]), String(n)),
      draft: (n) => (TIM.TIMConvSetDraft(`${writer}-draft`, 1, JSON.stringify({ draft_user_define: String(n) })) || ask("TIMRecvNewMsg", "[]")),
      gone: async (n) => await ask("TIMRecvNewMsg", JSON.stringify([message(`g${n}`, `g${n}`)])) || ask("TIMConvDelete", `${writer}-g${n}`, 1),
      read: async (n) => await ask("TIMRecvNewMsg", JSON.stringify([message(`r${n}`, `r${n}`)])) || ask("TIMConvCleanConversationUnreadMessageCount", `c2c_${writer}-r${n}`, 0, 0),
    };
    // Of one kind one after the other, batches several at a time.
    const go = async (kind) => {
      while (!window.enough) {
        const n = ++done[kind];
        const code = await kinds[kind](n);
        if (code !== 0) { window.acknowledge(writer, "failed", code); return; }
        window.acknowledge(writer, kind === "batch" ? `batch ${n}` : kind, kind === "batch" ? 1 : n);
      }
    };
    for (const kind of Object.keys(kinds)) void go(kind);
    for (let i = 1; i < inFlight; i++) void go("batch");
  }, { writer, inFlight, padding });
}

/**
 * found resolves with the ids of all messages of a writer's batches, and with the
 * number of the batch up to which it has looked: past `heard`, the last one that was
 * heard of, until no more are there.
 */
async function found(page, writer, heard) {
  const there = new Set();
  const step = 60; // more than a writer has under way
  let last = 0;
  for (let more = true; more || last < heard;) {
    const ids = [];
    for (let n = last + 1; n <= last + step; n++) for (let i = 0; i < sizeOf(n); i++) ids.push(`${writer}-${n}-${i}`);
    const { code, json } = await call(page, "TIMMsgFindMessages", JSON.stringify(ids));
    assert.equal(code, 0);
    const messages = JSON.parse(json);
    for (const message of messages) there.add(message.message_msg_id);
    more = messages.length > 0;
    last += step;
  }
  return { there, last };
}

/**
 * checkPins fails unless a writer's pins are as they were at some moment after the
 * last acknowledgement that was heard: a kill may have swallowed later ones. One
 * conversation is pinned, or two that were made one after the other, and the newest
 * that there is, or the one before.
 */
function checkPins(rows, writer, heard) {
  const made = [], pinned = [];
  for (const [id, row] of rows) {
    if (!id.startsWith(`${writer}-p`)) continue;
    const n = Number(id.slice(writer.length + 2));
    made.push(n);
    if (row.conv_is_pinned) pinned.push(n);
  }
  pinned.sort((a, b) => a - b);
  const told = `${writer}: pin ${heard} was acknowledged, of ${made.length} are pinned ${pinned}`;
  assert.ok(pinned.length === 1 || (pinned.length === 2 && pinned[1] === pinned[0] + 1), told);
  assert.ok(pinned[0] >= heard && pinned.at(-1) >= made.length - 1 && made.length === Math.max(...made), told);
}

/** unpin makes room for the next writers. */
export async function unpin(page) {
  for (const conv of await list(page)) if (conv.conv_is_pinned) await call(page, "TIMConvPinConversation", conv.conv_id, conv.conv_type, false);
}

/** check fails unless all that the ledger has is there, and no batch by half. */
export async function check(page, heard) {
  const { code, json } = await call(page, "TIMConvVerify");
  assert.deepEqual([code, JSON.parse(json)], [0, []], "TIMConvVerify");
  const rows = new Map((await list(page)).map((conv) => [conv.conv_id, conv]));
  for (const [writer, of] of Object.entries(heard)) {
    const batches = Object.keys(of).filter((kind) => kind.startsWith("batch ")).map((kind) => Number(kind.slice(6)));
    const { there, last } = await found(page, writer, Math.max(0, ...batches));
    for (let n = 1; n <= last; n++) {
      const count = Array.from({ length: sizeOf(n) }, (_, i) => `${writer}-${n}-${i}`).filter((id) => there.has(id)).length;
      assert.ok(count === 0 || count === sizeOf(n), `${writer}: of batch ${n} there are ${count} of ${sizeOf(n)} messages`);
      if (batches.includes(n)) assert.equal(count, sizeOf(n), `${writer}: batch ${n} was acknowledged and is lost`);
    }
    if (of.pin) checkPins(rows, writer, of.pin);
    for (let n = 1; n <= (of.gone ?? 0); n++) assert.equal(rows.has(`${writer}-g${n}`), false, `${writer}: ${n} was deleted`);
    for (let n = 1; n <= (of.read ?? 0); n++) assert.equal(rows.get(`${writer}-r${n}`)?.conv_unread_num, 0, `${writer}: ${n} was read`);
    if (of.custom) assert.ok(Number(rows.get(`${writer}-custom`)?.conv_custom_data) >= of.custom, `${writer}: custom data ${of.custom}`);
    const draft = Number(rows.get(`${writer}-draft`)?.conv_draft?.draft_user_define ?? 0);
    assert.ok(draft >= (of.draft ?? 0), `${writer}: draft ${of.draft} was acknowledged, ${draft} is there`);
    if (of.last) assert.equal(rows.get(`${writer}-last`)?.conv_draft?.draft_user_define, "typed", `${writer}: the draft of its last task`);
  }
}
