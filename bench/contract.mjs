// What timconv must reach, row by row, and the short table of it for the README.
import { shown, summary } from "./stats.mjs";

const command = (only, size, columns = "ours,handwritten") => `node bench/run.mjs --only ${only} --sizes ${size} --columns ${columns} --runs 5`;

/**
 * contract are the rows. row is that of the benchmark, at that many conversations;
 * beside is the column it is compared with, 0 for none, besideRow its row where that is
 * another. most and least bound the ratio, or where nothing stands beside it the figure;
 * where there is neither, nothing is a must.
 */
export const contract = [
  { what: "cold open to the whole list as objects, of the module", size: 1000, row: "cold open, list as objects, warm cache, ms", beside: "handwritten", most: 1, aim: 0.5, unit: "ms", command: command("open", 1000) },
  { what: "cold open to the whole list as objects, of the module", size: 10_000, row: "cold open, list as objects, warm cache, ms", beside: "handwritten", most: 1, aim: 0.5, unit: "ms", command: command("open", 10_000) },
  { what: "cold open to the whole list as objects, of the module", size: 100_000, row: "cold open, list as objects, warm cache, ms", beside: "handwritten", most: 0.5, aim: 0.3, unit: "ms", command: command("open", 100_000) },
  { what: "cold open to the whole list as objects, before the module, last messages as they are looked at", size: 1000, row: "cold open, rows before the module, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 1, aim: 0.5, unit: "ms", command: command("open", 1000) },
  { what: "cold open to the whole list as objects, before the module, last messages as they are looked at", size: 10_000, row: "cold open, rows before the module, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 1, aim: 0.5, unit: "ms", command: command("open", 10_000) },
  { what: "cold open to the whole list as objects, before the module, last messages as they are looked at", size: 100_000, row: "cold open, rows before the module, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 0.5, aim: 0.3, unit: "ms", command: command("open", 100_000) },
  { what: "the same, every last message looked at", size: 1000, row: "cold open, list before the module, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 1, aim: 0.5, unit: "ms", command: command("open", 1000) },
  { what: "the same, every last message looked at", size: 10_000, row: "cold open, list before the module, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 1, aim: 0.5, unit: "ms", command: command("open", 10_000) },
  { what: "the same, every last message looked at", size: 100_000, row: "cold open, list before the module, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 0.5, aim: 0.3, unit: "ms", command: command("open", 100_000) },
  { what: "cold open to the whole list as JSON", size: 1000, row: "cold open, list as JSON, warm cache, ms", beside: "handwritten", most: 1, aim: 0.5, unit: "ms", command: command("open", 1000) },
  { what: "cold open to the whole list as JSON", size: 10_000, row: "cold open, list as JSON, warm cache, ms", beside: "handwritten", most: 1, aim: 0.5, unit: "ms", command: command("open", 10_000) },
  { what: "cold open to the whole list as JSON", size: 100_000, row: "cold open, list as JSON, warm cache, ms", beside: "handwritten", most: 0.5, aim: 0.3, unit: "ms", command: command("open", 100_000) },
  { what: "cold open to the first 50 rows, against hand-written's whole list", size: 1000, row: "cold open, first paint, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 0.5, aim: 0.2, unit: "ms", command: command("open", 1000) },
  { what: "cold open to the first 50 rows, against hand-written's whole list", size: 10_000, row: "cold open, first paint, warm cache, ms", beside: "handwritten", besideRow: "cold open, list as objects, warm cache, ms", most: 0.5, aim: 0.2, unit: "ms", command: command("open", 10_000) },
  { what: "cold open to the first 50 rows, against hand-written's own", size: 1000, row: "cold open, first paint, warm cache, ms", beside: "handwritten", besideRow: "cold open, first 50 rows, warm cache, ms", aim: 0.6, unit: "ms", command: command("open", 1000) },
  { what: "cold open to the first 50 rows, against hand-written's own", size: 10_000, row: "cold open, first paint, warm cache, ms", beside: "handwritten", besideRow: "cold open, first 50 rows, warm cache, ms", aim: 0.6, unit: "ms", command: command("open", 10_000) },
  { what: "whole list as JSON, warm", size: 10_000, row: "full list as JSON, ms", beside: "handwritten", most: 1, aim: 0.6, unit: "ms", command: command("read", 10_000) },
  { what: "5,000 messages, 64 in flight, each durable, against one put a message", size: 1000, row: "ingest, 64 in flight, messages/s", beside: "put", least: 1, aim: 2, unit: "/s", command: command("ingest", 1000, "ours,put") },
  { what: "5,000 messages, 64 in flight, each durable, against one put a message", size: 10_000, row: "ingest, 64 in flight, messages/s", beside: "put", least: 1, aim: 2, unit: "/s", command: command("ingest", 10_000, "ours,put") },
  { what: "5,000 messages, 64 in flight, each durable, against one put a message", size: 100_000, row: "ingest, 64 in flight, messages/s", beside: "put", least: 1, aim: 2, unit: "/s", command: command("ingest", 100_000, "ours,put") },
  { what: "5,000 messages, 64 in flight, each durable, against hand-written that keeps the messages", size: 1000, row: "ingest, 64 in flight, messages/s", beside: "handwritten", least: 1, aim: 2, unit: "/s", command: command("ingest", 1000) },
  { what: "5,000 messages, 64 in flight, each durable, against hand-written that keeps the messages", size: 10_000, row: "ingest, 64 in flight, messages/s", beside: "handwritten", least: 1, aim: 2, unit: "/s", command: command("ingest", 10_000) },
  { what: "5,000 messages, 64 in flight, each durable, against hand-written that keeps the messages", size: 100_000, row: "ingest, 64 in flight, messages/s", beside: "handwritten", least: 1, aim: 2, unit: "/s", command: command("ingest", 100_000) },
  { what: "pin, durable, p50, against one raw put", size: 10_000, row: "pin, durable, p50 ms", beside: "ours", besideRow: "raw put beside it, p50 ms", most: 2, aim: 1.3, unit: "ms", command: command("write", 10_000, "ours") },
  { what: "wasm memory after open and three lists", size: 10_000, row: "wasm memory after open and three lists, MB", beside: null, most: 64, aim: 40, unit: "MB", command: command("read", 10_000, "ours") },
  { what: "longest task while opening", size: 10_000, row: "longest task while opening, warm cache, ms", beside: null, most: 100, aim: 50, unit: "ms", command: command("open", 10_000, "ours") },
  { what: "longest task while 5,000 messages come in one call", size: 10_000, row: "longest task while ingesting, 5,000 in one call, ms", beside: null, most: 100, aim: 50, unit: "ms", command: command("ingest", 10_000, "ours") },
  { what: "200 messages/s with the demo open: frame p99", size: 10_000, row: "200 messages/s: frame p99, ms", beside: null, most: 20, aim: 17, unit: "ms", command: command("live", 10_000, "ours") },
  { what: "two tabs hammering, a message p50, against one alone", size: 10_000, row: "a message in each of 2 tabs, durable, p50 ms", beside: "ours", besideRow: "a message in each of 1 tabs, durable, p50 ms", most: 2.5, aim: 1.5, unit: "ms", command: command("tabs", 10_000, "ours") },
];

/** judged gives a row's {mine, theirs, ratio, held}, null where it was not measured. */
export function judged(row, results) {
  const samples = results.find(({ size }) => size === row.size)?.samples ?? {};
  const of = (name, column) => summary(samples[name]?.[column] ?? [])?.median ?? null;
  const mine = of(row.row, "ours");
  const theirs = row.beside === null ? null : of(row.besideRow ?? row.row, row.beside);
  if (mine === null || (row.beside !== null && theirs === null)) return null;
  const ratio = theirs === null ? null : mine / theirs;
  const counts = ratio ?? mine;
  return { mine, theirs, ratio, held: counts <= (row.most ?? Infinity) && counts >= (row.least ?? 0) };
}

const named = { handwritten: "hand-written", put: "one put a message", ours: "beside it" };

/** bound writes what a row must or should reach. */
function bound(row, value) {
  if (value === undefined) return "";
  const sign = row.least === undefined ? "≤" : "≥";
  return row.beside === null ? `${sign} ${shown(value)} ${row.unit}` : `${sign} ×${shown(value)}`;
}

/** contractTable writes the contract as Markdown; module is how long tim.wasm is under brotli, in bytes. */
export function contractTable(results, module) {
  const lines = ["| conversations | | must | aim | timconv | beside it | ratio | measured by |", "|---|---|---|---|---|---|---|---|"];
  for (const row of contract) {
    const found = judged(row, results);
    const cells = found === null ? ["not measured", "", ""] : [
      `${shown(found.mine)} ${row.unit}${found.held ? "" : " **missed**"}`,
      found.theirs === null ? "" : `${shown(found.theirs)} ${row.unit} (${named[row.beside]})`,
      found.ratio === null ? "" : `×${shown(found.ratio)}`,
    ];
    lines.push(`| ${row.size.toLocaleString("en-US")} | ${row.what} | ${bound(row, row.most ?? row.least)} | ${bound(row, row.aim)} | ${cells.join(" | ")} | \`${row.command}\` |`);
  }
  const kilo = module / 1000;
  lines.push(`| | tim.wasm under brotli 11 | ≤ 820 kB | ≤ 760 kB | ${module === 0 ? "not built" : `${shown(kilo)} kB${kilo <= 820 ? "" : " **missed**"}`} | | | \`make size\` |`);
  return `${lines.join("\n")}\n`;
}

/** growth writes how the times of the main rows grow from the fewest conversations to the most. */
export function growth(results, columns) {
  const rows = [
    "cold open, list as objects, warm cache, ms", "cold open, list before the module, warm cache, ms", "cold open, first paint, warm cache, ms", "full list as JSON, ms", "page of 50, ms",
    "a message until a window shows it, durable, p50 ms", "a window that becomes another, p50 ms",
    "pin, durable, p50 ms", "ingest, 64 in flight, messages/s", "wasm memory after open and three lists, MB", "longest task while opening, warm cache, ms",
  ];
  const lines = [`| | | ${results.map(({ size }) => size.toLocaleString("en-US")).join(" | ")} |`, `|---|---|${results.map(() => "---|").join("")}`];
  for (const row of rows) {
    for (const column of columns.filter(({ id }) => id === "ours" || id === "handwritten")) {
      const medians = results.map(({ samples }) => summary(samples[row]?.[column.id] ?? [])?.median ?? null);
      if (medians.every((median) => median === null)) continue;
      lines.push(`| ${row} | ${column.title} | ${medians.map((median) => (median === null ? "" : shown(median))).join(" | ")} |`);
    }
  }
  return `### From ${results[0].size.toLocaleString("en-US")} to ${results.at(-1).size.toLocaleString("en-US")}\n\n${lines.join("\n")}\n`;
}
