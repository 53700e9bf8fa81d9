// Runs test files, some at a time, and what failed once more, alone: browsers on a
// machine that has much else to do are late at times. What fails twice has failed, and
// what needed its second run is told.
// node e2e/run.mjs <how many at a time> <file>...
import { spawn } from "node:child_process";

const [atOnce, ...files] = process.argv.slice(2);

/** run resolves with whether a file's tests have passed; it prints them when they are over. */
function run(file) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--test", "--test-timeout=300000", "--test-reporter=spec", file], { stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    child.stdout.on("data", (text) => said.push(text));
    child.stderr.on("data", (text) => said.push(text));
    child.on("close", (code) => {
      process.stdout.write(`\n${file}\n${Buffer.concat(said)}`);
      resolve(code === 0);
    });
  });
}

/** runAll resolves with the files that have failed. */
async function runAll(queue, count) {
  const failed = [];
  const next = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) if (!await run(file)) failed.push(file);
  };
  await Promise.all(Array.from({ length: count }, next));
  return failed;
}

const first = await runAll([...files], Number(atOnce));
if (first.length > 0) console.log(`\nFAILED, and run once more: ${first.join(", ")}`);
const failed = await runAll([...first], 1);
for (const file of first) if (!failed.includes(file)) console.log(`FAILED ONCE, passed alone: ${file}`);
for (const file of failed) console.log(`FAILED TWICE: ${file}`);
console.log(`files: ${files.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);
