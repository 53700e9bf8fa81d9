// The documentation against the typings, the transcripts and the tests.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { members, parse } from "./dts.mjs";

const root = new URL("..", import.meta.url).pathname;
const read = (name) => readFile(join(root, name), "utf8");

describe("the documentation", { skip: existsSync(join(root, "docs/api.md")) ? false : "no docs/" }, () => {
  let typings, functions, api;

  before(async () => {
    typings = await read("web/tim.d.ts");
    functions = [...members(parse(typings), "TIMModule")].filter(([, { kind }]) => kind === "function").map(([name]) => name);
    api = await read("docs/api.md");
  });

  test("has an entry for each function, and no other", () => {
    const entries = [...api.matchAll(/^### (TIM\w+)$/gm)].map(([, name]) => name);
    assert.deepEqual(entries.toSorted(), functions.toSorted());
  });

  test("names the parameters as the typings do, in their order", () => {
    for (const name of functions.filter((one) => one !== "TIMGetLoginUserID")) { // it has two forms
      const [, , declared] = typings.match(new RegExp(`^  ${name}(<U>)?\\(([^;]*)\\): \\w`, "m"));
      const parameters = [...declared.matchAll(/(?:^|,)\s*(\w+): /g)].map(([, one]) => one);
      const entry = api.split(`\n### ${name}\n`)[1].split("\n### ")[0];
      assert.ok(entry.startsWith(`\n\`${name}(${parameters.join(", ")})\`\n`), `${name}(${parameters.join(", ")})`);
    }
  });

  test("names every function in the README's table", async () => {
    const readme = await read("README.md");
    assert.deepEqual(functions.filter((name) => !readme.includes(`\`${name}\``)), []);
  });

  test("shows examples that were run", async () => {
    const run = (await read("jsapi/testdata/api.txt")).split("\n").map((line) => line.trimEnd());
    const shown = [...api.matchAll(/^```\n([^`][^]*?)^```$/gm)].flatMap(([, block]) => block.trimEnd().split("\n"));
    assert.ok(shown.length > 200, `only ${shown.length} lines`);
    const isOf = (line, whole) => {
      let at = 0;
      return line.split("…").every((part) => (at = whole.indexOf(part, at)) >= 0 && ((at += part.length), true));
    };
    const invented = shown.filter((line) => !run.some((whole) => (line.includes("…") ? isOf(line, whole) : line === whole)));
    assert.deepEqual(invented, []);
  });

  test("names tests that exist", async () => {
    const rules = await read("docs/rules.md");
    const names = [...rules.matchAll(/`(Test\w+)`/g)].map(([, name]) => name);
    const files = ["core", "jsapi", "store/idbstore", "store/memstore"].flatMap((dir) => readdirSync(join(root, dir))
      .filter((file) => file.endsWith("_test.go")).map((file) => join(dir, file)));
    const tests = (await Promise.all(files.map(read))).join("");
    assert.deepEqual(names.filter((name) => !tests.includes(`func ${name}(`)), []);
    for (const [, file] of rules.matchAll(/`((?:jsapi\/testdata|e2e)\/[\w.-]+)`/g)) assert.ok(existsSync(join(root, file)), file);
    for (const [, file, title] of rules.matchAll(/`(e2e\/[\w.-]+)`, "([^"]+)"/g)) {
      assert.ok((await read(file)).includes(`test("${title.replace(/\s+/g, " ")}"`), `${file}: ${title}`);
    }
    assert.ok(names.length > 30, `only ${names.length} tests`);
  });
});
