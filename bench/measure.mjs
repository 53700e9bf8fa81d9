// Runs the trials, in alternating order, and gathers their numbers.
import { drop } from "./browser.mjs";
import { digest, seeded } from "./data.mjs";
import { Expected, seededRows } from "./rules.mjs";
import { seedProfile } from "./seed.mjs";
import { workloads } from "./workloads.mjs";

/**
 * prepare makes what a size needs: {size, data, rows, taking, profiles, samples}. A
 * rival that does not hold the data after it was filled takes no part, which is said.
 */
async function prepare(size, settings, server, log) {
  const data = seeded(size);
  const rows = seededRows(data);
  let taking = settings.columns.filter((column) => column.sizes.includes(size));
  const profiles = {};
  const modules = [...new Set(taking.map((column) => column.module))];
  await Promise.all(modules.map(async (module) => {
    try {
      profiles[module] = await seedProfile(server, module, size, digest(rows));
    } catch (err) {
      if (module === "ours" || module === "handwritten") throw err;
      log(`${size} conversations: ${module} takes no part: ${err.message.split("\n")[0]}`);
      taking = taking.filter((column) => column.module !== module);
    }
  }));
  return { size, data, rows, taking, profiles, samples: {} };
}

/** runOnce runs each workload once for each column; odd runs go the other way round. */
async function runOnce(run, place, settings, server) {
  const { size, data, rows, taking, profiles, samples } = place;
  for (const name of settings.only) {
    if (run > 0 && workloads[name].once === true) continue;
    const turn = taking.filter((column) => column.only.includes(name) && (workloads[name].sizes ?? column.sizes).includes(size));
    if (run % 2 === 1) turn.reverse();
    for (const column of turn) {
      const trial = { ...settings, server, column, profile: profiles[column.module], size, rows, expected: () => new Expected(data) };
      const numbers = await workloads[name].run(trial);
      for (const [row, value] of Object.entries(numbers)) {
        if (value !== null) ((samples[row] ??= {})[column.id] ??= []).push(value);
      }
    }
  }
}

/**
 * measure resolves with [{size, samples}], samples being {row: {column:
 * [numbers]}}. Past the budget of seconds no further run is begun.
 */
export async function measure(settings, server, log) {
  const begun = Date.now();
  const places = [];
  try {
    for (const size of settings.sizes) {
      places.push(await prepare(size, settings, server, log));
      log(`${size} conversations: seeded`);
    }
    for (let run = 0; run < settings.runs; run++) {
      const spent = (Date.now() - begun) / 1000;
      if (run > 0 && spent + spent / run > settings.budget) {
        log(`stopped after ${run} runs: the next would not end within ${settings.budget} s`);
        break;
      }
      for (const place of places) await runOnce(run, place, settings, server);
      log(`run ${run + 1} of ${settings.runs} done`);
    }
  } finally {
    await Promise.all(places.flatMap(({ profiles }) => Object.values(profiles)).map(drop));
  }
  return places.map(({ size, samples }) => ({ size, samples }));
}
