// Chromium, driven over its DevTools protocol.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { family, killFamily, within } from "./processes.mjs";

export const name = "chromium";

const executable = process.env.CHROMIUM || "/usr/bin/chromium";

/** missing says what is not installed, or is "". */
export const missing = existsSync(executable) ? "" : `no Chromium at ${executable}: set CHROMIUM to one`;

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--disable-dev-shm-usage",
  "--disable-features=SpareRendererForSitePerProcess", // a new page might be given one that has just been killed
];
const portFile = "DevToolsActivePort"; // of the profile directory
const logFile = "chromium.log";

/** start starts it on a profile directory. See launch of ../browser.mjs. */
export async function start(dir, { quota } = {}) {
  for (const name of [portFile, "SingletonLock", "SingletonCookie", "SingletonSocket"]) await rm(join(dir, name), { force: true });
  const log = openSync(join(dir, logFile), "w");
  const child = spawn(executable, [...flags, `--user-data-dir=${dir}`, "about:blank"], {
    detached: true, // a process group of its own, so that a kill reaches every process of it
    stdio: ["ignore", log, log], // no pipe: a crash handler that outlives the browser would hold it open
  });
  closeSync(log);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const killNow = () => killFamily(child.pid);
  try {
    const browser = await chromium.connectOverCDP(await endpoint(child, dir));
    const close = async () => {
      const closing = browser.newBrowserCDPSession().then((session) => session.send("Browser.close")).catch(() => {});
      await within(5000, Promise.all([closing, gone]));
    };
    const renderers = () => family(child.pid).filter(({ args }) => args.includes("--type=renderer") && !args.includes("--top-chrome-webui")).map(({ pid }) => pid);
    const send = async (page, method, params) => (await page.context().newCDPSession(page)).send(method, params);
    return {
      browser, context: browser.contexts()[0], version: `Chromium ${browser.version()}`, close, gone, killNow, renderers,
      evict: (page, origin) => send(page, "Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" }),
      // It looks at this when it writes for the first time, and later now and then.
      limit: quota && ((page, origin) => send(page, "Storage.overrideQuotaForOrigin", { origin, quotaSize: quota })),
    };
  } catch (err) {
    killNow();
    throw err;
  }
}

/** endpoint waits for the address of the browser's debugger, which the profile tells. */
async function endpoint(child, dir) {
  const said = async () => (await readFile(join(dir, logFile), "utf8").catch(() => "")).slice(-4000);
  const deadline = Date.now() + 60000;
  while (Date.now() < deadline) {
    const [port, path] = (await readFile(join(dir, portFile), "utf8").catch(() => "")).split("\n");
    if (/^\/devtools\/browser\/[0-9a-f-]{36}$/.test(path)) return `ws://127.0.0.1:${port}${path}`;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`Chromium has ended with code ${child.exitCode}:\n${await said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Chromium has not come up:\n${await said()}`);
}
