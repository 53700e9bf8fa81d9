// Profiles with a filled database, made once and copied for each trial.
import { drop, goTo, inBrowser, newProfile, on } from "./browser.mjs";

const visits = 2; // before a profile counts as warm, beside the one that fills it
// Milliseconds a visit stays open: for what is done in idle time, and because
// Chromium keeps compiled wasm only after two quiet seconds.
const staying = 3500;

/** seedProfile resolves with a profile whose database of a module holds the data; want is its list's digest. */
export async function seedProfile(server, module, size, want) {
  const profile = await newProfile();
  try {
    await inBrowser(profile, async (context) => {
      const page = await goTo(context.pages()[0], `${server.origin}/${module}.html?durability=relaxed`);
      await on(page, "done");
      await on(page, "seed", size);
      await page.waitForTimeout(staying);
    });
    for (let visit = 0; visit < visits; visit++) {
      await inBrowser(profile, async (context) => {
        const page = await goTo(context.pages()[0], `${server.origin}/${module}.html?durability=strict&task=open`);
        const { digest: got } = await on(page, "done");
        if (got !== want) throw new Error(`${module} holds ${got}, want ${want}`);
        await page.waitForTimeout(staying);
      });
    }
    return profile;
  } catch (err) {
    await drop(profile);
    throw err;
  }
}
