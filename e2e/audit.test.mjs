// What make audit makes of what its tools say.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

const root = new URL("..", import.meta.url).pathname;

describe("the audit", () => {
  let dir;

  before(async () => { dir = await mkdtemp(join(tmpdir(), "timconv-audit-")); });
  after(() => rm(dir, { recursive: true, force: true }));

  async function tool(name, script) {
    const path = join(dir, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  /** audit runs it with tools that do as these scripts. */
  async function audit(govulncheck, npm) {
    const env = { ...process.env, GOVULNCHECK: govulncheck === null ? join(dir, "none") : await tool("govulncheck", govulncheck), NPM: await tool("npm", npm) };
    const { status, stdout } = spawnSync("node", ["internal/audit.mjs"], { cwd: root, env, encoding: "utf8" });
    return { status, stdout };
  }

  const clean = `echo '{"auditReportVersion":2,"vulnerabilities":{}}'`;
  const inTools = `echo '{"auditReportVersion":2,"vulnerabilities":{"x":{"name":"x","severity":"high"}}}'; exit 1`;

  test("passes where nothing is known", async () => {
    const { status, stdout } = await audit("exit 0", clean);
    assert.equal(status, 0);
    assert.match(stdout, /^audit: tim\.wasm: no known vulnerability is called$/m);
    assert.doesNotMatch(stdout, /NOT CHECKED|vulnerable,|VULNERABLE/);
  });

  test("fails where shipped code calls what is vulnerable", async () => {
    const { status, stdout } = await audit(`[ "$GOOS" = js ] && { echo GO-1; exit 3; }; exit 0`, clean);
    assert.equal(status, 1);
    assert.match(stdout, /tim\.wasm: VULNERABLE\nGO-1/);
  });

  test("asks for every package of the module, and for js", async () => {
    const { stdout } = await audit(`[ "$GOOS/$GOARCH" = js/wasm ] && { echo "asked for $*"; exit 3; }; exit 0`, clean);
    for (const name of ["core", "jsapi", "store/idbstore", "store/memstore", "wasm"]) assert.match(stdout, new RegExp(`asked for .*timconv/${name}\\b`));
  });

  test("tells of tools and passes", async () => {
    const { status, stdout } = await audit(`[ "$GOOS" = js ] || { echo GO-2; exit 3; }`, inTools);
    assert.equal(status, 0);
    assert.match(stdout, /Go tools and tests: vulnerable, not shipped\nGO-2/);
    assert.match(stdout, /npm packages of the tests: vulnerable, not shipped: x \(high\)/);
  });

  test("says what it could not reach, and passes", async () => {
    const offline = `echo "no such host" >&2; exit 1`;
    const { status, stdout } = await audit(offline, `echo '{"message":"405 Method Not Allowed"}'; exit 1`);
    assert.equal(status, 0);
    assert.match(stdout, /tim\.wasm: NOT CHECKED, no such host/);
    assert.match(stdout, /npm packages of the benchmark: NOT CHECKED, 405 Method Not Allowed/);
    const none = await audit(null, offline);
    assert.equal(none.status, 0);
    assert.match(none.stdout, /tim\.wasm: NOT CHECKED, govulncheck could not be installed/);
    assert.match(none.stdout, /npm packages of the tests: NOT CHECKED, no such host/);
  });
});
