// The benchmark: node bench/run.mjs [--quick] [--only open,ingest] [--sizes 1000]
// [--columns ours,handwritten] [--runs 5] [--messages 5000] [--write].
import { parseArgs } from "node:util";
import { bundle } from "./build.mjs";
import { drop } from "./browser.mjs";
import { chosen } from "./columns.mjs";
import { Expected } from "./rules.mjs";
import { seeded } from "./data.mjs";
import { table } from "./report.mjs";
import { seedProfile } from "./seed.mjs";
import { serve } from "./server.mjs";
import { workloads } from "./workloads.mjs";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" }, sizes: { type: "string" }, columns: { type: "string" }, runs: { type: "string" }, messages: { type: "string" },
  },
});

const list = (text) => text.split(",").filter((item) => item !== "");
const settings = {
  columns: chosen(list(flags.columns ?? "ours,handwritten,handwritten-relaxed,put")),
  sizes: list(flags.sizes ?? (flags.quick ? "1000,10000" : "1000,10000,100000")).map(Number),
  only: list(flags.only ?? (flags.quick ? "open,warm,write,memory,ingest" : Object.keys(workloads).join(","))),
  runs: Number(flags.runs ?? (flags.quick ? 3 : 5)),
  messages: Number(flags.messages ?? (flags.quick ? 2000 : 5000)),
};

const log = (line) => process.stderr.write(`${line}\n`);

/** measure runs all workloads at a size and resolves with their samples: {row: {column: [numbers]}}. */
async function measure(size, server) {
  const data = seeded(size);
  const taking = settings.columns.filter((column) => column.sizes.includes(size));
  const profiles = {};
  const samples = {};
  const note = (column, rows) => {
    for (const [row, value] of Object.entries(rows)) {
      if (value !== null && value !== undefined) ((samples[row] ??= {})[column] ??= []).push(value);
    }
  };
  try {
    const modules = [...new Set(taking.map((column) => column.module))];
    await Promise.all(modules.map(async (module) => { profiles[module] = await seedProfile(server, module, data); }));
    log(`${size}: seeded`);
    for (let run = 0; run < settings.runs; run++) {
      for (const name of settings.only) {
        const turn = taking.filter((column) => column.only.includes(name));
        if (run % 2 === 1) turn.reverse();
        for (const column of turn) {
          const trial = { server, column, profile: profiles[column.module], size, data, run, messages: settings.messages };
          note(column.id, await workloads[name]({ ...trial, expected: () => new Expected(data) }));
        }
      }
      log(`${size}: run ${run + 1} of ${settings.runs}`);
    }
  } finally {
    await Promise.all(Object.values(profiles).map(drop));
  }
  return samples;
}

const server = await serve(await bundle(new Set(settings.columns.map((column) => column.module))));
try {
  for (const size of settings.sizes) process.stdout.write(`${table(size, settings.columns, await measure(size, server))}\n`);
} finally {
  await server.close();
}
