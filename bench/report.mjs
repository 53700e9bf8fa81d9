// What the benchmark writes: tables, results.json, docs/benchmark.md with its plot, and
// the short table of the README.
import { readFile, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { contractTable, growth } from "./contract.mjs";
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

/** failed writes what has failed, a line for each column and workload. */
function failed(failures, columns) {
  const lines = new Map();
  for (const { workload, column, why } of failures) {
    const name = `${columns.find(({ id }) => id === column)?.title ?? column}, ${workload}`;
    lines.set(name, [...lines.get(name) ?? [], why]);
  }
  return [...lines].map(([name, whys]) => `- ${name}: failed${whys.length > 1 ? ` ${whys.length} times` : ""}: ${whys.at(-1).replace(/[|<>]/g, " ")}\n`).join("");
}

/** table writes the samples of a size as Markdown: median (min–max) ×ratio, and below it what has failed. */
function table({ size, samples, failures = [] }, columns) {
  const taking = columns.filter((column) => Object.values(samples).some((row) => row[column.id] !== undefined));
  const lines = [
    `### ${size.toLocaleString("en-US")} conversations`, "",
    `| | ${taking.map((column) => column.title).join(" | ")} |`, `|---|${taking.map(() => "---|").join("")}`,
  ];
  for (const [name, row] of Object.entries(samples)) {
    const against = summary(row[base] ?? []);
    lines.push(`| ${name} | ${taking.map((column) => cell(row[column.id], column.id === base ? null : against)).join(" | ")} |`);
  }
  const bad = failed(failures, columns);
  return `${lines.join("\n")}\n${bad === "" ? "" : `\n${bad}`}`;
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

/** summaries are results as results.json has them. */
export function summaries(results) {
  return results.map(({ size, samples, failures, seconds }) => ({
    size,
    rows: Object.fromEntries(Object.entries(samples).map(([name, row]) => [
      name, Object.fromEntries(Object.entries(row).map(([id, values]) => [id, { ...summary(values), values }])),
    ])),
    failures, seconds,
  }));
}

/** samplesOf are summaries as results again. */
export function samplesOf(sums) {
  return sums.map(({ size, rows, failures, seconds }) => ({
    size,
    samples: Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, Object.fromEntries(Object.entries(row).map(([id, { values }]) => [id, values]))])),
    failures, seconds,
  }));
}

/** keep writes the results there are to a file, so that a run that is interrupted can still be written up. */
export async function keep(facts, results, file = at("results.json")) {
  await writeFile(file, `${JSON.stringify({ ...facts, results: summaries(results) }, null, 1)}\n`);
}

/** kept reads the results that were kept last. */
export async function kept(file = at("results.json")) {
  const { results, ...facts } = JSON.parse(await readFile(file, "utf8"));
  return { facts, results: samplesOf(results) };
}

/** into puts a text between the markers of a file. */
async function into(path, text) {
  const file = at(path);
  await writeFile(file, between(await readFile(file, "utf8"), text));
}

/** write writes docs/benchmark.svg, the tables of docs/benchmark.md and that of the README. */
export async function write(facts, results, columns) {
  await writeFile(at("../docs/benchmark.svg"), plot(summaries(results), columns));
  const head = `\`${facts.command}\` on ${facts.machine}, ${facts.browser}; up to ${facts.runs} runs each.\n\n`;
  const module = await stat(at("../web/tim.wasm.br")).then(({ size }) => size, () => 0);
  await into("../docs/benchmark.md", `${head}${tables(results, columns)}\n${growth(results, columns)}`);
  await into("../README.md", `${head}${contractTable(results, module)}`);
}
