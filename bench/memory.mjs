// What a page holds: of wasm, in the JavaScript heap, and its process as a whole.
import { readFile } from "node:fs/promises";

/** noteMemories has a page, before it is opened, note its wasm memories. */
export function noteMemories(page) {
  return page.addInitScript(() => {
    globalThis.memories = [];
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await original.apply(WebAssembly, given);
        const found = Object.values((made.instance ?? made).exports).filter((value) => value instanceof WebAssembly.Memory);
        globalThis.memories.push(...found);
        return made;
      };
    }
  });
}

/** renderer gives the private memory of the largest renderer, in bytes: the page's. */
async function renderer(context) {
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = await Promise.all(processInfo.filter(({ type }) => type === "renderer").map(async ({ id }) => {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    return [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, kB]) => sum + kB * 1024, 0);
  }));
  return Math.max(...sizes);
}

/** memory resolves with the rows of what an open page holds after a collection. */
export async function memory(context, page) {
  const wasm = await page.evaluate(() => globalThis.memories.reduce((sum, held) => sum + held.buffer.byteLength, 0));
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return {
    "wasm memory after open and three lists, MB": wasm / 1e6,
    "JavaScript heap, MB": usedSize / 1e6,
    "private memory of the renderer, MB": await renderer(context) / 1e6,
  };
}
