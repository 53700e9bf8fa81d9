// The benchmark's data and statistics; the browser and the alternatives are not needed.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { columns } from "./columns.mjs";
import { Rows } from "./columns/rows.mjs";
import { arriving, digest, seeded } from "./data.mjs";
import { gather, within } from "./patience.mjs";
import { plot } from "./plot.mjs";
import { contract, contractTable, growth, judged } from "./contract.mjs";
import { between, keep, kept, samplesOf, summaries, tables } from "./report.mjs";
import { Expected, convKey, keyOf, pinned, received, seededRows } from "./rules.mjs";
import { median, percentile, shown, summary } from "./stats.mjs";

test("the same seed makes the same data, and rounds differ", () => {
  assert.deepEqual(arriving(1000, 1, 300), arriving(1000, 1, 300));
  assert.notEqual(arriving(1000, 1, 300)[0].message_msg_id, arriving(1000, 2, 300)[0].message_msg_id);
  assert.equal(digest(seededRows(seeded(1000))), digest(seededRows(seeded(1000))));
});

test("a conversation weighs about 1.2 kB, half of them Chinese", () => {
  const rows = seededRows(seeded(1000));
  const mean = Buffer.byteLength(JSON.stringify(rows)) / rows.length;
  assert.ok(mean > 1100 && mean < 1700, `${mean} bytes`);
  const han = rows.filter((row) => /[\u4e00-\u9fff]/.test(row.conv_last_msg.message_elem_array[0].text_elem_content)).length;
  assert.ok(han > 450 && han < 550, `${han} of 1000`);
});

test("every message of seeded data makes a row of its own, pinned ones first", () => {
  const data = seeded(1000);
  const rows = seededRows(data);
  assert.equal(new Set(rows.map(keyOf)).size, 1000);
  assert.equal(rows.findIndex((row) => !row.conv_is_pinned), data.pins.length);
});

test("what arrives twice counts once", () => {
  const data = seeded(200);
  const came = arriving(200, 0, 500);
  const ids = new Set(came.map((m) => m.message_msg_id));
  assert.ok(ids.size < came.length, "no message came twice");
  const [once, twice] = [new Expected(data), new Expected(data)];
  once.take(came.filter((m, i) => came.findIndex((other) => other.message_msg_id === m.message_msg_id) === i));
  twice.take(came);
  assert.equal(digest(twice.list()), digest(once.list()));
});

test("a digest tells an order, a count and a text", () => {
  const rows = seededRows(seeded(200));
  const want = digest(rows);
  assert.notEqual(digest([rows[1], rows[0], ...rows.slice(2)]), want);
  assert.notEqual(digest([{ ...rows[0], conv_unread_num: rows[0].conv_unread_num + 1 }, ...rows.slice(1)]), want);
  assert.notEqual(digest([{ ...rows[0], conv_show_name: "x" }, ...rows.slice(1)]), want);
});

test("rows kept sorted are rows sorted", () => {
  const data = seeded(200);
  const [rows, expected] = [new Rows(), new Expected(data)];
  rows.fill(seededRows(data));
  const seen = new Set();
  for (const m of arriving(200, 0, 400)) {
    expected.take([m]);
    if (seen.has(m.message_msg_id)) continue;
    seen.add(m.message_msg_id);
    rows.set(received(rows.get(convKey(m.message_conv_type, m.message_conv_id)), m));
  }
  assert.equal(digest(rows.list()), digest(expected.list()));
  assert.equal(rows.unread, rows.list().reduce((sum, row) => sum + row.conv_unread_num, 0));
  const last = rows.list().at(-1);
  rows.set(pinned(last, true));
  assert.ok(rows.list().findIndex((row) => row.conv_id === last.conv_id) <= data.pins.length);
});

test("medians and percentiles", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(percentile([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(percentile(Array.from({ length: 100 }, (_, i) => i + 1), 0.95), 95);
  assert.deepEqual(summary([2, 1, 9]), { median: 2, min: 1, max: 9, runs: 3 });
  assert.equal(summary([]), null);
  assert.deepEqual([1234.6, 12.345, 0.01234, NaN].map(shown), ["1,235", "12.3", "0.0123", "–"]);
});

test("the tables go between the markers and nowhere else", () => {
  const document = "before\n<!-- make bench writes from here -->\nold\n<!-- to here -->\nafter\n";
  const written = between(document, "new\n");
  assert.match(written, /^before\n<!-- make bench writes from here -->\n\nnew\n\n<!-- to here -->\nafter\n$/);
  assert.throws(() => between("none", "new"), /no markers/);
});

test("the plot draws a bar for each ratio, to the left for what is faster", () => {
  const row = { ours: { median: 50 }, handwritten: { median: 100 } };
  const svg = plot([{ size: 10_000, rows: { "full list as JSON, ms": row, "ingest, 64 in flight, messages/s": row } }], columns);
  assert.match(svg, />0\.5</);
  assert.match(svg, />2</);
});

/** made are results in which each row of the contract has two samples: ours, and what stands beside it. */
function made(ours, beside) {
  const results = [1000, 10_000, 100_000].map((size) => ({ size, samples: {}, failures: [], seconds: {} }));
  for (const row of contract) {
    const { samples } = results.find(({ size }) => size === row.size);
    gather(samples, "ours", { [row.row]: ours });
    if (row.beside !== null) gather(samples, row.beside, { [row.besideRow ?? row.row]: beside });
  }
  return results;
}

test("the contract's table has each row with its figures, its ratio and its command", () => {
  const table = contractTable(made(10, 20), 800_123);
  assert.equal(table.split("\n").length, contract.length + 4);
  assert.match(table, /\| 10,000 \| cold open to the whole list as objects, of the module \| ≤ ×1 \| ≤ ×0\.5 \| 10 ms \| 20 ms \(hand-written\) \| ×0\.5 \| `node bench\/run\.mjs --only open --sizes 10000 --columns ours,handwritten --runs 5` \|/);
  assert.match(table, /\| 10,000 \| wasm memory after open and three lists \| ≤ 64 MB \| ≤ 40 MB \| 10 MB \|  \|  \|/);
  assert.match(table, /tim\.wasm under brotli 11 \| ≤ 820 kB \| ≤ 760 kB \| 800 kB \|/);
  assert.match(contractTable(made(10, 20), 820_001), /820 kB \*\*missed\*\*/);
});

test("what misses the contract is said, and so is what was not measured", () => {
  const results = made(50, 20);
  const whole = contract.find((row) => row.size === 10_000 && row.row.startsWith("cold open, list"));
  const ingest = contract.find((row) => row.least === 1);
  assert.deepEqual(judged(whole, results), { mine: 50, theirs: 20, ratio: 2.5, held: false });
  assert.equal(judged(ingest, results).held, true);
  assert.equal(judged(ingest, made(10, 20)).held, false);
  assert.match(contractTable(results, 1), /50 ms \*\*missed\*\*/);
  assert.equal(judged(whole, []), null);
  assert.match(contractTable([], 0), /not measured/);
});

test("every row of the contract is one that a workload measures", async () => {
  const text = await readFile(new URL("workloads.mjs", import.meta.url), "utf8") + await readFile(new URL("traffic.mjs", import.meta.url), "utf8")
    + await readFile(new URL("memory.mjs", import.meta.url), "utf8");
  const pattern = (line) => line.replace(/\$\{[^}]*\}/g, "*");
  const known = new Set([...text.matchAll(/["`]([^"`\n]+)["`]\]?(?=[:\]])/g)].map(([, row]) => row.replace(/\$\{[^}]*\}/g, "*")));
  const general = (row) => row.replace("warm", "*").replace(/(?<=ing, )(64 in flight|5,000 in one call)|(?<=ingest, )64 in flight|(?<=each of )\d/, "*");
  for (const { row, besideRow } of contract) {
    for (const name of [row, besideRow ?? row]) assert.ok(known.has(name) || known.has(general(name)), `no workload measures ${name}`);
  }
});

test("a row of the contract is compared with what it says", () => {
  for (const { what, beside } of contract) {
    if (what.includes("hand-written")) assert.equal(beside, "handwritten", what);
    if (what.includes("one put a message")) assert.equal(beside, "put", what);
    if (what.includes("raw put") || what.includes("one alone")) assert.equal(beside, "ours", what);
  }
});

test("growth stands in one table", () => {
  const text = growth(made(10, 20), columns);
  assert.match(text, /### From 1,000 to 100,000/);
  assert.match(text, /\| cold open, list as objects, warm cache, ms \| timconv \| 10 \| 10 \| 10 \|/);
});

test("what has failed stands below the table and costs nothing else", () => {
  const results = made(10, 20);
  results[1].failures.push({ workload: "open", column: "dexie", run: 0, why: "not done after 60 s" }, { workload: "open", column: "dexie", run: 1, why: "a | b" });
  const text = tables(results, columns);
  assert.match(text, /- Dexie, open: failed 2 times: a  {2}b\n/);
  assert.match(text, /10 \*\*×0\.5\*\*/);
});

test("results are kept and read again", async () => {
  const dir = await mkdtemp(join(tmpdir(), "timconv-bench-test-"));
  try {
    const results = made(10, 20);
    await keep({ runs: 5 }, results, join(dir, "results.json"));
    const again = await kept(join(dir, "results.json"));
    assert.deepEqual(again, { facts: { runs: 5 }, results });
    assert.deepEqual(samplesOf(summaries(results)), results);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test("a trial that hangs is given up, and fails alone", async () => {
  let stop;
  const hanging = new Promise((resolve, reject) => { stop = () => reject(new Error("closed")); });
  let given = 0;
  await assert.rejects(within(0.01, hanging, async () => { given++; stop(); }), /not done after/);
  assert.equal(given, 1);
  assert.equal(await within(60, Promise.resolve(7), async () => { given++; }), 7);
  assert.equal(given, 1);
});
