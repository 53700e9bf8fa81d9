// Long random runs beside a model, in three tabs over IndexedDB, with reloads
// in between. internal/modelrun says what to call and what must come of it.
// MODEL_STEPS and MODEL_SEED choose another run.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { launch, noFaults, openLoaded, options, serve } from "./browser.mjs";
import { inPage } from "./model.mjs";

const steps = Number(process.env.MODEL_STEPS || 5000);
const seed = process.env.MODEL_SEED || String(Date.now());
const pageSize = 20; // calls that go to a page together

/** lines yields what modelrun writes. */
async function* lines() {
  const run = spawn(process.env.GO || "go", ["run", "./internal/modelrun", `-seed=${seed}`, `-steps=${steps}`], {
    cwd: fileURLToPath(new URL("..", import.meta.url)), stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const line of createInterface({ input: run.stdout })) yield JSON.parse(line);
  } finally {
    run.kill();
  }
}

describe("random calls", { ...options, timeout: options.timeout + steps * 30 }, () => {
  let server, browser;

  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("agree with a model in three tabs", async (t) => {
    t.diagnostic(`MODEL_STEPS=${steps} MODEL_SEED=${seed}`);
    await browser.context.addInitScript(inPage);
    const pages = [];
    let opening, waiting = [], acting = 0, did = 0;
    const check = (difference) => assert.equal(difference, "", `after ${did} of ${steps} calls, seed ${seed}`);
    const flush = async () => {
      if (waiting.length > 0) check(await pages[acting].evaluate((list) => window.model.run(list), waiting));
      did += waiting.length;
      waiting = [];
    };
    for await (const line of lines()) {
      if (line.opening) {
        opening = line.opening;
        for (let i = 0; i < 3; i++) {
          pages.push(await openLoaded(browser.context, server));
          await pages[i].evaluate(([opening]) => window.model.open(opening, 1), [opening]);
        }
        continue;
      }
      if (line.step?.tab !== acting || waiting.length >= pageSize && waiting.at(-1).order) await flush();
      if (line.step) {
        if (line.step.tab !== acting) {
          acting = line.step.tab;
          await pages[acting].evaluate(() => window.model.catchUp());
        }
        waiting.push(line);
      } else if (line.reload) {
        const page = pages[line.reload.tab];
        await page.reload();
        await page.waitForSelector("html[data-loaded]", { state: "attached" });
        await page.evaluate(([opening, now]) => window.model.open(opening, now), [opening, line.reload.now]);
        await pages[acting].evaluate(() => window.model.catchUp());
      } else {
        check(await pages[acting].evaluate((line) => window.model.look(line), line));
        for (const page of pages) check(await page.evaluate(({ list }) => window.model.look({ list, ask: [] }), line));
      }
    }
    await flush();
    assert.equal(did, steps);
    noFaults();
  });
});
