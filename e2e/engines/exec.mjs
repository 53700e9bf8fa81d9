// Runs a test binary of Go, built for js and wasm, in a page of the engine that
// ENGINE names: what `go test -exec` wants. It prints what the tests print and ends
// with their exit code.
import { readFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { launch, openPage, serve } from "../browser.mjs";

const [binary, ...given] = process.argv.slice(2);
const args = given.filter((arg) => !arg.startsWith("-test.testlogfile")); // there is no file system to log from
const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8", env: { ...process.env, GOOS: "", GOARCH: "" } }).trim();

/** runTests runs in the page and resolves with the exit code; write gets the output. */
async function runTests(args) {
  const go = new Go();
  go.argv = ["test", ...args];
  const decoder = new TextDecoder();
  globalThis.fs.writeSync = (_, bytes) => {
    window.write(decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  const code = new Promise((resolve) => { go.exit = resolve; });
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/test.wasm"), go.importObject);
  await go.run(instance);
  return code;
}

const server = await serve({ files: {
  "/test.wasm": { body: await readFile(binary), type: "application/wasm" },
  "/go.js": await readFile(join(goroot, "lib/wasm/wasm_exec.js"), "utf8"),
} });
const browser = await launch();
let code = 2;
try {
  const page = await openPage(browser.context, `${server.origin}/empty.html`);
  await page.addScriptTag({ url: "/go.js" });
  await page.exposeFunction("write", (text) => { process.stdout.write(text); });
  code = await page.evaluate(runTests, args);
} catch (err) {
  console.error(err);
} finally {
  await browser.close();
  await server.close();
}
process.exitCode = code;
