// What the tests of the demo page share.
import { watch } from "./browser.mjs";

/**
 * openDemo opens the demo page in a context of its own profile. Live traffic is
 * off and nothing is fed by itself, unless asked for; local takes the account
 * without a login, which blank pages of the same origin share.
 */
export async function openDemo(context, server, { seed = false, live = false, local = true, viewport } = {}) {
  const page = watch(await context.newPage());
  if (viewport !== undefined) await page.setViewportSize(viewport);
  await page.addInitScript(([seed, live, local]) => {
    if (origin === "null") return; // the empty document has no storage, and Firefox throws
    if (!seed) localStorage.setItem("timconv-demo-seeded", "yes");
    if (!live) sessionStorage.setItem("timconv-demo-live", "off");
    if (local) sessionStorage.setItem("timconv-demo-user", "");
  }, [seed, live, local]);
  await page.goto(`${server.origin}/`);
  await settled(page);
  return page;
}

/** settled waits until the page shows the list of the core, not the first paint. */
export async function settled(page) {
  await page.waitForSelector("#loading", { state: "hidden" });
  await page.waitForFunction(() => {
    const failed = document.getElementById("storage").dataset.state === "closed";
    return (globalThis.TIM !== undefined || failed) && !document.getElementById("list").inert;
  });
}

/** reload loads the page anew. */
export async function reload(page) {
  await page.reload();
  await settled(page);
}

/** rowNames are the names of the rows in the DOM, from the top. */
export function rowNames(page) {
  return page.evaluate(() => [...document.querySelectorAll(".row-item")]
    .sort((a, b) => a.getAttribute("aria-posinset") - b.getAttribute("aria-posinset"))
    .map((row) => row.querySelector(".row-name").textContent));
}

/** row finds the row of a conversation by its name. */
export function row(page, name) {
  return page.locator(".row-item").filter({ has: page.locator(".row-name", { hasText: new RegExp(`^${name}$`) }) });
}

/** feed feeds messages through the page's own TIM. */
export function feed(page, ...messages) {
  return page.evaluate((json) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("TIMRecvNewMsg has not called back")), 60000);
    const ret = TIM.TIMRecvNewMsg(json, (code, desc) => (code === 0 ? resolve() : reject(new Error(`${code} ${desc}`))), null);
    if (ret !== 0) reject(new Error(`TIMRecvNewMsg returned ${ret}`));
  }), JSON.stringify(messages));
}

let count = 0;

/** message is a Message with one text, the newer the higher its time. */
export function message(conv, text, { time = 1700000000, group = false, self = false, ...rest } = {}) {
  count++;
  return {
    message_conv_id: conv, message_conv_type: group ? 2 : 1, message_sender: self ? "me" : conv,
    message_is_from_self: self, message_client_time: time, message_server_time: time, message_seq: count,
    message_msg_id: `m-${count}`, message_elem_array: [{ elem_type: 0, text_elem_content: text }], ...rest,
  };
}
