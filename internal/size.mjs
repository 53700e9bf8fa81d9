// Prints what a file weighs raw and as compressed beside it, and fails past the
// budget: node internal/size.mjs <file> <brotli budget in bytes>
import { statSync } from "node:fs";

const [file, budget] = process.argv.slice(2);
const [raw, gzip, brotli] = ["", ".gz", ".br"].map((ending) => statSync(file + ending).size);

console.log(`${file}: ${raw} bytes raw, ${gzip} gzip 9, ${brotli} brotli 11 (budget ${budget})`);
if (brotli > Number(budget)) {
  console.error(`${file} is ${brotli - budget} bytes past its budget of ${budget} (BUDGET in the Makefile).`);
  process.exit(1);
}
