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
 * fillLog writes to a database beside those of a profile until the browser begins its log
 * anew, which it does every 4 MB. What is in the log is taken in when a page first opens a
 * database: up to 20 ms, which would depend on where the data happened to end.
 */
async function fillLog(context, server, profile) {
  const page = await goTo(await context.newPage(), `${server.origin}/empty.html`);
  for (let round = 0, before = 0, now = await logSize(profile); now >= before; now = await logSize(profile)) {
    before = now;
    await page.evaluate(fillSome);
    if (++round > fillings) throw new Error("the browser's log does not begin anew: is IndexedDB kept otherwise now?");
  }
}

/** fillSome puts 200 kB that do not compress, and removes them again. */
async function fillSome() {
  const ended = (target, event) => new Promise((resolve, reject) => {
    target.addEventListener(event, () => resolve(target.result));
    for (const bad of ["error", "abort"]) target.addEventListener(bad, () => reject(target.error));
  });
  const opening = indexedDB.open("ballast");
  opening.onupgradeneeded = () => opening.result.createObjectStore("ballast");
  const db = await ended(opening, "success");
  const transaction = db.transaction("ballast", "readwrite", { durability: "strict" });
  const store = transaction.objectStore("ballast");
  for (let key = 0; key < 4; key++) store.put(crypto.getRandomValues(new Uint8Array(50_000)), key);
  store.clear();
  await ended(transaction, "complete");
  db.close();
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
        if (visit === visits - 1) await fillLog(context, server, profile);
      });
    }
    return profile;
  } catch (err) {
    await drop(profile);
    throw err;
  }
}
