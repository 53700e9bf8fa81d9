// The plot of the benchmark: a group of bars for each of some rows, as ratios to
// the hand-written column, on a logarithmic scale.
import { shown } from "./stats.mjs";

const base = "handwritten";
const size = 10_000;
const rows = [
  ["cold open, list as objects, warm cache, ms", "cold open, whole list", "less"],
  ["cold open, first 50 rows, warm cache, ms", "cold open, 50 rows", "less"],
  ["full list as JSON, ms", "warm list as JSON", "less"],
  ["ingest, 64 in flight, messages/s", "ingest, 64 in flight", "more"],
  ["ingest, batches of 100, messages/s", "ingest, batches of 100", "more"],
  ["pin, durable, p50 ms", "pin, durable", "less"],
];
const colours = ["#0b7285", "#868e96", "#e8590c", "#5f3dc4", "#2b8a3e", "#c2255c", "#1864ab", "#846358", "#a61e4d"];
const [left, width, bar, gap, top] = [190, 460, 12, 16, 60];
const [low, high] = [1 / 16, 64];

const x = (ratio) => left + (width * Math.log(Math.min(high, Math.max(low, ratio)) / low)) / Math.log(high / low);
const text = (at, y, content, more = "") => `<text x="${at}" y="${y}" ${more}>${content}</text>`;

/** speed is how many times as long, or as much work left undone, a column takes. */
function costs(row, id, better) {
  const [mine, theirs] = [row?.[id]?.median, row?.[base]?.median];
  if (!(mine > 0) || !(theirs > 0)) return null;
  return better === "less" ? mine / theirs : theirs / mine;
}

/** plot draws summaries as SVG; what has no value at 10,000 conversations is left out. */
export function plot(results, columns) {
  const at = results.find((result) => result.size === size)?.rows ?? {};
  const shownColumns = columns.filter((column) => column.id !== base && rows.some(([name, , better]) => costs(at[name], column.id, better) !== null));
  const parts = [];
  let y = top;
  for (const [name, title, better] of rows) {
    const begin = y;
    for (const [i, column] of shownColumns.entries()) {
      const ratio = costs(at[name], column.id, better);
      if (ratio === null) continue;
      const [from, to] = [Math.min(x(1), x(ratio)), Math.max(x(1), x(ratio))];
      parts.push(`<rect x="${from.toFixed(1)}" y="${y}" width="${Math.max(1, to - from).toFixed(1)}" height="${bar - 2}" fill="${colours[i % colours.length]}"/>`);
      parts.push(text(to + 4, y + bar - 3, shown(ratio), 'font-size="10"'));
      y += bar;
    }
    parts.push(text(left - 10, (begin + y) / 2 + 4, title, 'text-anchor="end"'));
    y += gap;
  }
  const axis = [1 / 16, 1 / 4, 1, 4, 16, 64].map((ratio) => `<line x1="${x(ratio).toFixed(1)}" x2="${x(ratio).toFixed(1)}" y1="${top - 8}" y2="${y}" stroke="${ratio === 1 ? "#495057" : "#dee2e6"}"/>`
    + text(x(ratio).toFixed(1), top - 14, `×${shown(ratio)}`, 'text-anchor="middle" font-size="11"'));
  const legend = shownColumns.map((column, i) => `<rect x="${left + (i % 3) * 170}" y="${y + 8 + Math.floor(i / 3) * 20}" width="10" height="10" fill="${colours[i % colours.length]}"/>`
    + text(left + 16 + (i % 3) * 170, y + 17 + Math.floor(i / 3) * 20, column.title, 'font-size="12"'));
  const height = y + 30 + Math.ceil(shownColumns.length / 3) * 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 ${height}" font-family="sans-serif" font-size="13" fill="#212529">
<rect width="720" height="${height}" fill="#fff"/>
${text(left, 22, "Time against hand-written JavaScript, 10,000 conversations (left of ×1 is faster)")}
${[...axis, ...parts, ...legend].join("\n")}
</svg>
`;
}
