// The workloads. Each runs one trial of a column and resolves with its numbers by
// row; what has been read is compared with what must be there before a number counts.
import { goTo, inCopy, on } from "./browser.mjs";
import { memory, noteMemories } from "./memory.mjs";
import { arriving, digest, draft, talk } from "./data.mjs";
import { counting, day, live, tabs } from "./traffic.mjs";
import { convKey, keyOf } from "./rules.mjs";
import { address, agree } from "./trial.mjs";

const toggles = 100;

/** inPage runs use(page) in a page in a browser of its own. */
function inPage(trial, task, use, options) {
  return inCopy(trial.profile, async (context) => {
    const page = await goTo(context.pages()[0], address(trial, task));
    return use(page, await on(page, "done"));
  }, options);
}

/**
 * open: from navigation to the whole list, and to 50 rows, the HTTP cache warm, of ours
 * before the module too; to the list with a cold one too, where there is time.
 */
async function open(trial) {
  const { rows } = trial;
  const [all, top] = [digest(rows), digest(rows.slice(0, 50))];
  const numbers = {};
  for (const cache of trial.quick || trial.size > 10_000 ? ["warm"] : ["cold", "warm"]) {
    const cold = cache === "cold";
    trial.server.sent();
    const listed = await inPage(trial, "open", async (page, result) => result, { cold });
    agree(trial, "list", listed.digest, all);
    if (cold) numbers["transfer, brotli kB"] = trial.server.sent() / 1000;
    numbers[`cold open, list as objects, ${cache} cache, ms`] = listed.asObjects;
    numbers[`cold open, list as JSON, ${cache} cache, ms`] = listed.asText;
    numbers[`cold open, list in its own form, ${cache} cache, ms`] = listed.listed;
    numbers[`longest task while opening, ${cache} cache, ms`] = listed.longestTask;
    if (cold && trial.column.rival) continue;
    const first = await inPage(trial, "first", async (page, result) => result, { cold });
    agree(trial, "first rows", first.digest, top);
    numbers[`cold open, first 50 rows, ${cache} cache, ms`] = first.at;
    if (first.painted === null) continue;
    agree(trial, "first paint", first.painted.digest, top);
    numbers[`cold open, first paint, ${cache} cache, ms`] = first.painted.at;
    const early = await inPage(trial, "early", async (page, result) => result, { cold });
    agree(trial, "list before the module", early.digest, all);
    numbers[`cold open, rows before the module, ${cache} cache, ms`] = early.at;
    numbers[`cold open, list before the module, ${cache} cache, ms`] = early.whole;
    numbers[`cold open, the module's list behind that, ${cache} cache, ms`] = early.listed;
  }
  return numbers;
}

const listKept = 11_000; // milliseconds, and a little more, that timconv keeps the parts of a list

/** read: memory after open and three lists, then reading in the open page. */
async function read(trial) {
  const { rows } = trial;
  const ids = rows.filter((_, i) => i % Math.floor(rows.length / 20) === 0).slice(0, 20).map((row) => ({ id: row.conv_id, type: row.conv_type }));
  return inCopy(trial.profile, async (context) => {
    const page = context.pages()[0];
    await noteMemories(page);
    await goTo(page, address(trial));
    await on(page, "done");
    await on(page, "lists", 3);
    const used = await memory(context, page);
    const got = await on(page, "warm", ids, trial.column.module === "ours" && !trial.quick ? listKept : 0);
    agree(trial, "page", got.pageDigest, digest(rows.slice(0, 50)));
    agree(trial, "total unread", got.total, rows.reduce((sum, row) => sum + row.conv_unread_num, 0));
    return {
      "full list as JSON, ms": got.text, ...(got.fresh === null ? {} : { "full list as JSON, the first for a while, ms": got.fresh }),
      "full list as JSON, after a change, ms": got.changed, "full list as objects, ms": got.objects,
      "page of 50, ms": got.page, "total unread, ms": got.unread, "20 by id, ms": got.byIDs, ...used,
    };
  });
}

/** write: a pin and a draft, each durable, beside one raw put. */
async function write(trial) {
  const { rows } = trial;
  const row = rows[rows.length >> 1];
  const which = { id: row.conv_id, type: row.conv_type };
  const { pin, put, set, handed } = await inPage(trial, "", async (page) => {
    await on(page, "lists", 1);
    const measured = { ...await on(page, "pin", which, toggles), set: await on(page, "draft", which, toggles) };
    await page.evaluate(counting);
    return { ...measured, handed: await on(page, "handing", which) };
  });
  agree(trial, "the row that was changed", handed.row, `false ${draft(19).draft_msg.message_elem_array[0].text_elem_content}`);
  return {
    "pin, durable, p50 ms": pin.p50, "pin, durable, p95 ms": pin.p95,
    "raw put beside it, p50 ms": put.p50, "raw put beside it, p95 ms": put.p95,
    "pin to raw put, p50": pin.p50 / put.p50, "pin to raw put, p95": pin.p95 / put.p95,
    "draft, durable, p50 ms": set.p50, "draft, durable, p95 ms": set.p95, "draft, call returns, ms": set.sync,
    "a pin: bytes handed to IndexedDB": handed.pin, "a draft: bytes handed to IndexedDB": handed.draft,
  };
}

const several = 100; // conversations at once

/** chat: history, revocation, deletion, and what another device has read. */
async function chat(trial) {
  const { size, rows } = trial;
  const at = 8; // a C2C conversation
  const said = talk(size, at, 1000);
  const others = rows.filter((row) => row.conv_unread_num > 0 && row.conv_id !== said[0].message_conv_id).slice(0, several).map((row) => row.conv_last_msg);
  const got = await inPage(trial, "", async (page) => {
    await on(page, "lists", 1);
    return on(page, "chat", { size, at, others });
  });
  const furthest = said.slice(-20 * 21, -20 * 20).reverse().map((m) => m.message_msg_id);
  agree(trial, "chat", got.check, `${furthest} 40 ${"0".repeat(several)}`);
  agree(trial, "rows left", got.left, size - several);
  return {
    "newest 20 of 1,000 messages, ms": got.page, "20 messages behind others, ms": got.further,
    "a message revoked among 1,000 unread, durable, ms": got.revoke, "one deleted, durable, ms": got.remove,
    [`read on another device, ${several} conversations, ms`]: got.read, [`${several} conversations deleted, ms`]: got.deleted,
  };
}

const watched = 200; // messages

/** watch: a part of the list that is shown, as messages come in and as it becomes another. */
async function watch(trial) {
  const { size } = trial;
  const expected = trial.expected();
  const rows = expected.list();
  const place = rows.findIndex((row) => !row.conv_is_pinned && !row.conv_is_has_draft); // behind those that stay on top
  const onTop = new Set(rows.slice(0, place).map(keyOf));
  const messages = [...new Set(arriving(size, 0, 2 * watched))].filter((m) => !onTop.has(convKey(m.message_conv_type, m.message_conv_id))).slice(0, watched);
  const got = await inPage(trial, "", async (page) => {
    await on(page, "lists", 1);
    return on(page, "watch", { size, messages, place, moves: 300 });
  });
  expected.take(messages);
  agree(trial, "the window", got.digest, digest(expected.list().slice(place, place + 20)));
  return { "a message until a window shows it, durable, p50 ms": got.arrived, "a window that becomes another, p50 ms": got.moved };
}

// How messages come in; all of a column's rivals do the main ones.
const modes = [
  ["1 in flight", { inFlight: 1, batch: 1 }],
  ["8 in flight", { inFlight: 8, batch: 1 }],
  ["64 in flight", { inFlight: 64, batch: 1 }, "main"],
  ["batches of 100", { inFlight: 1, batch: 100 }, "main"],
  ["5,000 in one call", { inFlight: 1, batch: 5000, count: 5000 }],
];

/** ingest: messages that arrive, each acknowledged durable. */
async function ingest(trial) {
  const numbers = {};
  const expected = trial.expected();
  const { size, messages, limit, column } = trial;
  const some = modes.filter(([name, , main]) => main === "main" || (column.rival !== true && !trial.quick) || name.includes("one call"));
  await inPage(trial, "", async (page) => {
    for (const [round, [name, mode]] of some.entries()) {
      const count = mode.count ?? messages;
      const { taken, ms, longestTask } = await on(page, "ingest", { size, round, limit, ...mode, count });
      expected.take(arriving(size, round, count).slice(0, taken));
      if (trial.column.module !== "put") agree(trial, `list after ${name}`, await on(page, "digest"), digest(expected.list()));
      numbers[`ingest, ${name}, messages/s`] = (taken / ms) * 1000;
      numbers[`longest task while ingesting, ${name}, ms`] = longestTask;
    }
  });
  return numbers;
}

/**
 * workloads by name; one with sizes runs at those only, one that is once in the first
 * run only. A trial is given up after so many seconds, 60 if nothing is said.
 */
export const workloads = {
  open: { run: open }, read: { run: read }, write: { run: write }, chat: { run: chat }, watch: { run: watch }, ingest: { run: ingest, seconds: 90 },
  tabs: { run: tabs, sizes: [10_000], seconds: 120 }, live: { run: live, sizes: [10_000], seconds: 180 },
  day: { run: day, sizes: [10_000], once: true, seconds: 400 },
};
