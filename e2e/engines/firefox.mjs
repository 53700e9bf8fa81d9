// Firefox as Debian has it, unpatched, driven over WebDriver BiDi.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firefox } from "playwright-core";
import { family, killFamily, startedWith, within } from "./processes.mjs";

export const name = "firefox";

const executable = process.env.FIREFOX || "/usr/bin/firefox-esr";
const starter = fileURLToPath(new URL("firefox.sh", import.meta.url));

/** missing says what is not installed, or is "". */
export const missing = existsSync(executable) ? "" : `no Firefox at ${executable}: set FIREFOX to one`;

// It is to ask nobody for anything while it is tested.
const preferences = {
  "app.normandy.enabled": false, "app.update.disabledForTesting": true, "browser.newtabpage.enabled": false,
  "browser.region.network.url": "", "browser.safebrowsing.update.enabled": false, "browser.topsites.contile.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false, "extensions.systemAddon.update.enabled": false,
  "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1", "toolkit.telemetry.enabled": false,
};

/** start starts it on a profile directory. See launch of ../browser.mjs. */
export async function start(dir, { quota } = {}) {
  const limited = quota ? { "dom.quotaManager.temporaryStorage.fixedLimit": quota >> 10 } : {};
  const context = await firefox.launchPersistentContext(dir, {
    channel: "moz-firefox", executablePath: starter, headless: true, firefoxUserPrefs: { ...preferences, ...limited }, viewport: null,
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
  });
  const leader = startedWith("--profile", dir);
  const browser = context.browser();
  const gone = new Promise((resolve) => browser.once("disconnected", resolve));
  return {
    browser, context, version: `Firefox ${browser.version()}`, gone,
    close: () => within(10000, context.close().catch(() => {})),
    killNow: () => killFamily(leader),
    // Nothing of the protocol clears what is stored: the server asks for it.
    evict: (page) => page.evaluate(async () => { await fetch("/evict"); }),
    renderers: () => family(leader).filter(({ args }) => args.includes("-contentproc") && args.at(-1) === "tab").map(({ pid }) => pid),
  };
}
