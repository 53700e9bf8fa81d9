// Profiles with a filled database, made once and copied for each trial.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { drop, goTo, inBrowser, newProfile, on } from "./browser.mjs";

const visits = 2; // before a profile counts as warm, beside the one that fills it
// Milliseconds a visit stays open: for what is done in idle time, and because
// Chromium keeps compiled wasm only after two quiet seconds.
const staying = 3500;
const resting = 1500; // milliseconds without a write, after which idle work counts as done
const fillings = 60; // of 200 kB, within which the log begins anew
const patience = 180_000; // and how long it is waited for at most

/** noteWrites has a page, before it is opened, note when it last wrote to IndexedDB. */
function noteWrites(page) {
  return page.addInitScript(() => {
    globalThis.wrote = 0;
    for (const name of ["put", "add", "delete", "clear"]) {
      const original = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (...given) {
        globalThis.wrote = performance.now();
        return original.apply(this, given);
      };
    }
  });
}

/** rest waits until a page has done what it does in idle time. */
async function rest(page) {
  await page.waitForTimeout(staying);
  await page.waitForFunction((resting) => performance.now() - globalThis.wrote > resting, resting, { timeout: patience, polling: 250 });
}

/** logSize is how much is in the log of a profile's IndexedDB. */
async function logSize(profile) {
  const dir = join(profile, "Default", "IndexedDB");
  let size = 0;
  for (const file of await readdir(dir, { recursive: true }).catch(() => [])) { // a column may have none, and the browser removes those that are full
    if (file.endsWith(".log")) size += (await stat(join(dir, file)).catch(() => ({ size: 0 }))).size;
  }
  return size;
}

/**
 * fillLog has a page write to a database beside its own until the browser begins its log
 * anew, which it does every 4 MB. What is in the log is taken in when a page first opens a
 * database: up to 20 ms, which would depend on where the data happened to end.
 */
async function fillLog(page, profile) {
  for (let round = 0, before = 0, now = await logSize(profile); now >= before; now = await logSize(profile)) {
    before = now;
    await on(page, "ballast");
    if (++round > fillings) throw new Error("the browser's log does not begin anew: is IndexedDB kept otherwise now?");
  }
}

/** seedProfile resolves with a profile whose database of a module holds the data; want is its list's digest. */
export async function seedProfile(server, module, size, want) {
  const profile = await newProfile();
  try {
    await inBrowser(profile, async (context) => {
      const page = context.pages()[0];
      await noteWrites(page);
      await goTo(page, `${server.origin}/${module}.html?durability=strict`); // relaxed, wa-sqlite may not have written all when it is closed
      await on(page, "done");
      await on(page, "seed", size);
      await rest(page);
    });
    for (let visit = 0; visit < visits; visit++) {
      await inBrowser(profile, async (context) => {
        const page = await goTo(context.pages()[0], `${server.origin}/${module}.html?durability=strict&task=open`);
        const { digest: got } = await on(page, "done");
        if (got !== want) throw new Error(`${module} holds ${got}, want ${want}`);
        await page.waitForTimeout(staying);
        if (visit === visits - 1) await fillLog(page, profile);
      });
    }
    return profile;
  } catch (err) {
    await drop(profile);
    throw err;
  }
}
