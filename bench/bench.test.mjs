// The benchmark's data and statistics; the browser and the alternatives are not needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { columns } from "./columns.mjs";
import { Rows } from "./columns/rows.mjs";
import { arriving, digest, seeded } from "./data.mjs";
import { plot } from "./plot.mjs";
import { between } from "./report.mjs";
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
