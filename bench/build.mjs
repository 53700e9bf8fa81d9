// Bundles each column with the part that runs in the page.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** bundle resolves with {"/<module>.js": body} of each module. */
export async function bundle(modules) {
  const made = {};
  for (const name of modules) {
    const { outputFiles } = await build({
      stdin: { contents: `import * as column from "./columns/${name}.mjs"; import { start } from "./page.mjs"; start(column);`, resolveDir: here },
      bundle: true, minify: true, format: "esm", target: "esnext", write: false,
      logLevel: "warning", logOverride: { "import-is-undefined": "silent" }, // firstPaint, where the loader has none
    });
    made[`/${name}.js`] = Buffer.from(outputFiles[0].contents);
  }
  return made;
}
