// Browsers on profiles that are copied, so that each trial begins alike.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const run = promisify(execFile);

const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
const settling = 1200; // milliseconds: a browser just started loads pages of its own for about a second

/** newProfile makes an empty profile directory. */
export const newProfile = () => mkdtemp(join(tmpdir(), "timconv-bench-"));

/** copyOf copies a profile; without its caches where the HTTP cache is to be cold. */
export async function copyOf(profile, { cold = false } = {}) {
  const copy = await newProfile();
  await run("cp", ["-a", "--reflink=auto", `${profile}/.`, copy]); // node's own is slow with many small files
  if (cold) for (const name of ["Cache", "Code Cache"]) await rm(join(copy, "Default", name), { recursive: true, force: true });
  return copy;
}

/** drop removes a profile. */
export const drop = (profile) => rm(profile, { recursive: true, force: true, maxRetries: 5 });

const opened = new Set(); // contexts

/** abandon closes all browsers, so that what waits for them fails. */
export async function abandon() {
  await Promise.race([Promise.allSettled([...opened].map((context) => context.close())), new Promise((resolve) => { setTimeout(resolve, 10_000); })]);
}

/** inBrowser runs use(context) in a browser of its own on a profile. */
export async function inBrowser(profile, use) {
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, headless: true });
  opened.add(context);
  try {
    await new Promise((resolve) => { setTimeout(resolve, settling); });
    return await use(context);
  } finally {
    opened.delete(context);
    await context.close();
  }
}

/** inCopy runs use(context) in a browser on a copy of a profile. */
export async function inCopy(profile, use, options) {
  const copy = await copyOf(profile, options);
  try {
    return await inBrowser(copy, use);
  } finally {
    await drop(copy);
  }
}

/** goTo opens an address in a page; what the page complains of fails the trial. */
export async function goTo(page, address) {
  page.on("pageerror", (err) => { page.fault = err; });
  await page.goto(address);
  return page;
}

/** on calls a method of the page's bench. */
export async function on(page, method, ...given) {
  const result = await page.evaluate(([method, given]) => (method === "done" ? bench.done : bench[method](...given)), [method, given]);
  if (page.fault !== undefined) throw page.fault;
  return result;
}

/** version resolves with the browser's name and version. */
export async function version() {
  const { stdout } = await run(executablePath, ["--version"]);
  return stdout.trim();
}
