// What the benchmark writes: tables, results.json, and docs/benchmark.md with its plot.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { plot } from "./plot.mjs";
import { shown, summary } from "./stats.mjs";

const base = "handwritten"; // the column that the others are compared with
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const [begin, end] = ["<!-- make bench writes from here -->", "<!-- to here -->"];

function cell(values, against) {
  const sum = summary(values ?? []);
  if (sum === null) return "";
  const ratio = against === null || against.median === 0 ? "" : ` **×${shown(sum.median / against.median)}**`;
  return sum.runs === 1 ? `${shown(sum.median)}${ratio}` : `${shown(sum.median)} (${shown(sum.min)}–${shown(sum.max)})${ratio}`;
}

/** table writes the samples of a size as Markdown: median (min–max) ×ratio. */
function table({ size, samples }, columns) {
  const taking = columns.filter((column) => Object.values(samples).some((row) => row[column.id] !== undefined));
  const lines = [
    `### ${size.toLocaleString("en-US")} conversations`, "",
    `| | ${taking.map((column) => column.title).join(" | ")} |`, `|---|${taking.map(() => "---|").join("")}`,
  ];
  for (const [name, row] of Object.entries(samples)) {
    const against = summary(row[base] ?? []);
    lines.push(`| ${name} | ${taking.map((column) => cell(row[column.id], column.id === base ? null : against)).join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}

/** tables writes all results as Markdown. */
export function tables(results, columns) {
  return results.map((result) => table(result, columns)).join("\n");
}

/** between puts a text between the markers of a document. */
export function between(document, text) {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no markers: ${begin} … ${end}`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n${document.slice(to)}`;
}

/** write writes bench/results.json, docs/benchmark.svg and the tables of docs/benchmark.md. */
export async function write(facts, results, columns) {
  const sums = results.map(({ size, samples }) => ({
    size,
    rows: Object.fromEntries(Object.entries(samples).map(([name, row]) => [
      name, Object.fromEntries(Object.entries(row).map(([id, values]) => [id, { ...summary(values), values }])),
    ])),
  }));
  await writeFile(at("results.json"), `${JSON.stringify({ ...facts, results: sums }, null, 1)}\n`);
  await writeFile(at("../docs/benchmark.svg"), plot(sums, columns));
  const head = `\`${facts.command}\` on ${facts.machine}, ${facts.browser}; up to ${facts.runs} runs each.\n\n`;
  const file = at("../docs/benchmark.md");
  await writeFile(file, between(await readFile(file, "utf8"), head + tables(results, columns)));
}
