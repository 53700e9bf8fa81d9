// The benchmark: node bench/run.mjs [--quick] [--only open,ingest] [--sizes 1000]
// [--columns ours,handwritten] [--runs 5] [--messages 5000] [--budget 150] [--limit 20000]
// [--write]. --report writes up what bench/results.json has, of a run that was interrupted.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { version } from "./browser.mjs";
import { bundle } from "./build.mjs";
import { chosen, columns } from "./columns.mjs";
import { measure } from "./measure.mjs";
import { contractTable } from "./contract.mjs";
import { keep, kept, tables, write } from "./report.mjs";
import { serve } from "./server.mjs";
import { workloads } from "./workloads.mjs";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false }, write: { type: "boolean", default: false }, report: { type: "boolean", default: false },
    only: { type: "string" }, sizes: { type: "string" }, columns: { type: "string" },
    runs: { type: "string" }, messages: { type: "string" }, budget: { type: "string" }, limit: { type: "string" },
  },
});

const list = (text) => text.split(",").filter((item) => item !== "");
const all = flags.quick
  ? { columns: "ours,handwritten", sizes: "1000,10000", only: "open,read,write,ingest", runs: 3, messages: 2000, budget: 125, limit: 600 }
  : { columns: columns.map((column) => column.id).join(","), sizes: "1000,10000,100000", only: Object.keys(workloads).join(","),
    runs: 5, messages: 5000, budget: Infinity, limit: 2500 };

const settings = {
  columns: chosen(list(flags.columns ?? all.columns)),
  sizes: list(flags.sizes ?? all.sizes).map(Number),
  only: list(flags.only ?? all.only),
  runs: Number(flags.runs ?? all.runs),
  messages: Number(flags.messages ?? all.messages),
  budget: Number(flags.budget ?? all.budget), // seconds
  limit: Number(flags.limit ?? all.limit), // milliseconds an ingest goes on at most; its rate is of what was taken
  quick: flags.quick,
};
const unknown = settings.only.filter((name) => workloads[name] === undefined);
if (unknown.length > 0) throw new Error(`no workload ${unknown}: there are ${Object.keys(workloads).join(", ")}`);

if (flags.report) {
  const { facts, results } = await kept();
  await write(facts, results, columns);
  process.exit();
}

const server = await serve(await bundle(new Set(settings.columns.map((column) => column.module))));
try {
  const facts = {
    command: `node bench/run.mjs ${process.argv.slice(2).join(" ")}`.trim(), runs: settings.runs, messages: settings.messages,
    machine: `${cpus().length} × ${cpus()[0].model}`, browser: await version(), node: process.version,
  };
  const results = await measure(settings, server, (line) => process.stderr.write(`${line}\n`), async (results) => {
    if (flags.write) await keep(facts, results);
  });
  process.stdout.write(tables(results, settings.columns));
  if (!settings.quick) process.stdout.write(`\n${contractTable(results, 0)}`);
  if (flags.write) await write(facts, results, settings.columns);
  if (results.some(({ failures }) => failures.some(({ column }) => column.startsWith("ours")))) process.exitCode = 1;
} finally {
  await server.close();
}
