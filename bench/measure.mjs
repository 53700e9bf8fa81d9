// Runs the trials, in alternating order, and gathers their numbers.
import { abandon, drop } from "./browser.mjs";
import { digest, seeded } from "./data.mjs";
import { gather, within } from "./patience.mjs";
import { Expected, seededRows } from "./rules.mjs";
import { seedProfile } from "./seed.mjs";
import { workloads } from "./workloads.mjs";

const failuresAllowed = 2; // of a column in a workload, then it is not tried again

/**
 * prepare makes what a size needs: {size, data, rows, taking, profiles, samples,
 * failures, seconds}. A rival that does not hold the data after it was filled takes no
 * part, which is said.
 */
async function prepare(size, settings, server, log) {
  const data = seeded(size);
  const rows = seededRows(data);
  let taking = settings.columns.filter((column) => column.sizes.includes(size));
  const [profiles, failures] = [{}, []];
  const modules = [...new Set(taking.map((column) => column.module))];
  await Promise.all(modules.map(async (module) => {
    try {
      profiles[module] = await seedProfile(server, module, size, digest(rows));
    } catch (err) {
      if (module === "ours" || module === "handwritten") throw err;
      for (const column of taking.filter((column) => column.module === module)) failures.push({ workload: "filling", column: column.id, why: firstLine(err) });
      log(`${size} conversations: ${module} takes no part: ${firstLine(err)}`);
      taking = taking.filter((column) => column.module !== module);
    }
  }));
  return { size, data, rows, taking, profiles, samples: {}, failures, seconds: {} };
}

const firstLine = (err) => String(err.message ?? err).split("\n")[0];

/** runOnce runs each workload once for each column; odd runs go the other way round. */
async function runOnce(run, place, settings, server, clock, log) {
  const { size, data, rows, taking, profiles, samples, failures, seconds } = place;
  for (const name of settings.only) {
    const workload = workloads[name];
    if (run > 0 && workload.once === true) continue;
    const turn = taking.filter((column) => column.only.includes(name) && (workload.sizes ?? column.sizes).includes(size));
    if (run % 2 === 1) turn.reverse();
    for (const column of turn) {
      if (failures.filter((failure) => failure.workload === name && failure.column === column.id).length >= failuresAllowed) continue;
      if (clock.left() <= 0) return;
      const trial = { ...settings, server, column, profile: profiles[column.module], size, rows, expected: () => new Expected(data) };
      const begun = Date.now();
      try {
        const most = (workload.seconds ?? 60) * (size > 10_000 ? 4 : 1);
        gather(samples, column.id, await within(Math.min(most, clock.left() + 15), workload.run(trial), abandon));
      } catch (err) {
        failures.push({ workload: name, column: column.id, run, why: firstLine(err) });
        log(`${size} conversations, ${name}: ${column.title} failed: ${firstLine(err)}`);
      }
      seconds[name] = (seconds[name] ?? 0) + (Date.now() - begun) / 1000;
    }
  }
}

/**
 * measure resolves with [{size, samples, failures, seconds}], samples being {row:
 * {column: [numbers]}}, and hands that to keep after each run too. Past the budget of
 * seconds no further trial is begun.
 */
export async function measure(settings, server, log, keep = async () => {}) {
  const begun = Date.now();
  const clock = { left: () => settings.budget - (Date.now() - begun) / 1000 };
  const places = [];
  const results = () => places.map(({ size, samples, failures, seconds }) => ({ size, samples, failures, seconds }));
  try {
    for (const size of settings.sizes) {
      places.push(await prepare(size, settings, server, log));
      log(`${size} conversations: filled`);
    }
    for (let run = 0; run < settings.runs && clock.left() > 0; run++) {
      for (const place of places) {
        await runOnce(run, place, settings, server, clock, log);
        await keep(results());
      }
      log(`run ${run + 1} of ${settings.runs} ${clock.left() > 0 ? "done" : "cut short: the time is over"}, after ${Math.round((Date.now() - begun) / 1000)} s`);
    }
    for (const { size, seconds } of places) log(`${size} conversations, seconds: ${Object.entries(seconds).map(([name, sum]) => `${name} ${Math.round(sum)}`).join(", ")}`);
  } finally {
    await Promise.all(places.flatMap(({ profiles }) => Object.values(profiles)).map(drop));
  }
  return results();
}
