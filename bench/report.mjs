// Tables of the results.
import { shown, summary } from "./stats.mjs";

const base = "handwritten"; // the column that the others are compared with

function cell(values, against) {
  const sum = summary(values ?? []);
  if (sum === null) return "";
  const ratio = against === null || against === undefined ? "" : ` ×${shown(sum.median / against.median)}`;
  return `${shown(sum.median)} (${shown(sum.min)}–${shown(sum.max)})${ratio}`;
}

/** table writes the samples of a size, {row: {column: [numbers]}}, as Markdown. */
export function table(size, columns, samples) {
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
