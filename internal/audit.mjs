// Looks for known vulnerabilities: node internal/audit.mjs. It fails where code
// that is shipped calls one; what only builds and tests have is told. A database
// that cannot be reached is told too and fails nothing: the run may be offline.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const govulncheck = process.env.GOVULNCHECK ?? "bin/govulncheck";
const npm = process.env.NPM ?? "npm";
const patience = 180000; // ms for one tool
const found = 3; // what govulncheck ends with

let bad = false;

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", timeout: patience, maxBuffer: 1 << 26, ...options });
  return { status, stdout: stdout ?? "", why: error?.message ?? (stderr ?? "").trim().split("\n").at(-1) };
}

const tell = (what, outcome) => console.log(`audit: ${what}: ${outcome}`);

/** auditGo audits Go packages; shipped ones fail. */
function auditGo(what, packages, { env = {}, shipped }) {
  if (!existsSync(govulncheck)) {
    tell(what, "NOT CHECKED, govulncheck could not be installed");
    return;
  }
  const database = process.env.GOVULNDB === undefined ? [] : ["-db", process.env.GOVULNDB];
  const { status, stdout, why } = run(govulncheck, [...database, ...packages], { env: { ...process.env, ...env } });
  if (status === 0) {
    tell(what, "no known vulnerability is called");
  } else if (status === found) {
    tell(what, shipped ? "VULNERABLE" : "vulnerable, not shipped");
    console.log(stdout);
    bad ||= shipped;
  } else {
    tell(what, `NOT CHECKED, ${why}`);
  }
}

/** auditNpm audits what a package-lock.json has, none of which is shipped. */
function auditNpm(what, dir) {
  const { stdout, why } = run(npm, ["audit", "--json", "--fetch-retries=0", "--fetch-timeout=30000"], { cwd: dir });
  let report = {};
  try {
    report = JSON.parse(stdout);
  } catch { /* it said nothing */ }
  if (report.auditReportVersion === undefined) {
    tell(what, `NOT CHECKED, ${report.message ?? why}`);
    return;
  }
  const names = Object.values(report.vulnerabilities).map(({ name, severity }) => `${name} (${severity})`);
  tell(what, names.length === 0 ? "no known vulnerability" : `vulnerable, not shipped: ${names.join(", ")}`);
}

// As libraries: what JavaScript calls cannot be seen to be called from main.
const wasm = { GOOS: "js", GOARCH: "wasm" };
const ours = execFileSync(process.env.GO ?? "go", ["list", "-deps", "./wasm"], { encoding: "utf8", env: { ...process.env, ...wasm } })
  .split("\n").filter((name) => name.startsWith("timconv/"));
auditGo("tim.wasm", ours, { env: wasm, shipped: true });
auditGo("Go tools and tests", ["-test", "./..."], { shipped: false });
auditNpm("npm packages of the tests", ".");
auditNpm("npm packages of the benchmark", "bench");
process.exitCode = bad ? 1 : 0;
