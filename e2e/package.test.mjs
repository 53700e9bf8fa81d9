// The npm package: what `npm pack` in web/ makes, used by someone else.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { call, launch, noFaults, openPage, serve, options, webRoot } from "./browser.mjs";

const run = promisify(execFile);

describe("the package", () => {
  let dir;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "timconv-pack-"));
    await run("npm", ["pack", "--silent", "--pack-destination", dir], { cwd: webRoot });
    const [tarball] = await readdir(dir);
    await run("tar", ["-xzf", tarball], { cwd: dir });
  });
  after(() => rm(dir, { recursive: true, force: true }));

  /** node runs a module script beside the unpacked package. */
  async function node(script) {
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: dir });
    return stdout.trim();
  }

  test("holds what its users need and nothing else", async () => {
    const files = await readdir(join(dir, "package"));
    assert.deepEqual(files.sort(), ["list.js", "package.json", "tim.d.ts", "tim.js", "tim.wasm", "tim.wasm.br", "wasm_exec.js"]);
  });

  test("its compressed module is its module", async () => {
    const [module, compressed] = await Promise.all(["tim.wasm", "tim.wasm.br"].map((name) => readFile(join(dir, "package", name))));
    assert.ok(brotliDecompressSync(compressed).equals(module));
  });

  test("can be imported where there is no DOM", async () => {
    const got = await node(`
      const before = Object.getOwnPropertyNames(globalThis).length;
      const { loadTIM, VERSION } = await import("./package/tim.js");
      console.log(typeof loadTIM, VERSION, Object.getOwnPropertyNames(globalThis).length - before);`);
    assert.match(got, /^function \d+\.\d+\.\d+ 0$/);
  });

  test("works in Node, in memory", async () => {
    const got = await node(`
      const { loadTIM } = await import("./package/tim.js");
      const TIM = await loadTIM();
      const list = await new Promise((resolve) => {
        TIM.TIMConvCreate("peer", 1, () => {}, null);
        TIM.TIMConvGetConvList((code, desc, json) => resolve(JSON.parse(json)), null);
      });
      await TIM.ready;
      console.log(TIM.status.state, list.length, list[0].conv_id);
      process.exit(0);`);
    assert.equal(got, "memory 1 peer");
  });

  test("finds its files from wherever it is served", options, async () => {
    const server = await serve({ root: dir });
    const chrome = await launch();
    try {
      const page = await openPage(chrome.context, `${server.origin}/empty.html`);
      await page.evaluate(async () => {
        const { loadTIM } = await import("/package/tim.js");
        await loadTIM();
      });
      assert.equal((await call(page, "TIMConvGetConvList")).json, "[]");
      noFaults();
    } finally {
      await chrome.close();
      await server.close();
    }
  });
});
