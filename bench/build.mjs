// Bundles each column with the part that runs in the page.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

// What a column serves beside its script.
const workers = { "sqlite-opfs": "sqlite-opfs-worker", "sqlite-idb": "sqlite-idb-worker" };
const binaries = {
  "sqlite-opfs": { "/wa-sqlite.wasm": "wa-sqlite/dist/wa-sqlite.wasm" },
  "sqlite-idb": { "/wa-sqlite-async.wasm": "wa-sqlite/dist/wa-sqlite-async.wasm" },
  openim: {
    "/sql-wasm.wasm": "@openim/wasm-client-sdk/assets/sql-wasm.wasm", "/worker.js": "@openim/wasm-client-sdk/lib/worker.js",
  },
};

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here }, bundle: true, minify: true, format: "esm", target: "esnext", write: false,
    external: ["./list.js"], // which tim.js fetches only where it is asked for
    logLevel: "warning", logOverride: { "import-is-undefined": "silent" }, // firstPaint, where the loader has none
  });
  return Buffer.from(outputFiles[0].contents);
}

/** bundle resolves with {path: body} of all that the modules need. */
export async function bundle(modules) {
  const made = {};
  for (const name of modules) {
    made[`/${name}.js`] = await bundled(`import * as column from "./columns/${name}.mjs"; import { start } from "./page.mjs"; start(column);`);
    if (name in workers) made[`/${workers[name]}.js`] = await bundled(`import "./columns/${workers[name]}.mjs";`);
    for (const [path, file] of Object.entries(binaries[name] ?? {})) made[path] = await readFile(fileURLToPath(new URL(`node_modules/${file}`, import.meta.url)));
  }
  return made;
}
