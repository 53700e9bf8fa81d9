// Prints what a file weighs raw and compressed, and fails past the budget:
// node internal/size.mjs <file> <brotli budget in bytes>
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [file, budget] = process.argv.slice(2);
const raw = readFileSync(file);
const gzip = gzipSync(raw, { level: 9 }).length;
const brotli = brotliCompressSync(raw, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  },
}).length;

console.log(`${file}: ${raw.length} bytes raw, ${gzip} gzip -9, ${brotli} brotli 11 (budget ${budget})`);
if (brotli > Number(budget)) {
  console.error(`${file} is ${brotli - budget} bytes past its budget of ${budget} (BUDGET in the Makefile).`);
  process.exit(1);
}
