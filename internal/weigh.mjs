// Prints how many bytes of code each package has in a module with names, which
// is one linked without -s: node internal/weigh.mjs <file>
import { readFileSync } from "node:fs";

const bytes = readFileSync(process.argv[2]);
let at = 8; // behind the magic number and the version

/** number reads a LEB128 number. */
function number() {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
}

function text() {
  const length = number();
  at += length;
  return bytes.toString("utf8", at - length, at);
}

const sizes = []; // of functions, imported ones not counted
const names = new Map(); // by index, imported ones counted
let imported = 0;

const sections = {
  0: (end) => { if (text() === "name") readNames(end); },
  2: () => {
    imported = number();
    for (let left = imported; left > 0; left--) {
      text();
      text();
      if (bytes[at++] !== 0) throw new Error("an import that is no function");
      number();
    }
  },
  10: () => {
    for (let left = number(); left > 0; left--) {
      const size = number();
      sizes.push(size);
      at += size;
    }
  },
};

function readNames(end) {
  while (at < end) {
    const kind = bytes[at++];
    const next = number() + at;
    if (kind === 1) for (let left = number(); left > 0; left--) names.set(number(), text());
    at = next;
  }
}

while (at < bytes.length) {
  const id = bytes[at++];
  const end = number() + at;
  sections[id]?.(end);
  at = end;
}

/**
 * packageOf finds it in a name, in which Go has written _ for what is neither a
 * letter nor a digit nor a dot: "timconv_core.__stage_.flush", "type_.eq.x".
 */
function packageOf(name) {
  const host = /^github\.com_/.exec(name)?.[0] ?? "";
  return host + name.slice(host.length).split(".", 1)[0];
}

const packages = new Map();
sizes.forEach((size, i) => {
  const name = packageOf(names.get(i + imported) ?? "without a name");
  const sum = packages.get(name) ?? { size: 0, functions: 0 };
  packages.set(name, { size: sum.size + size, functions: sum.functions + 1 });
});
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${total} bytes of code in ${sizes.length} functions`);
for (const [name, { size, functions }] of [...packages].sort((a, b) => b[1].size - a[1].size)) {
  console.log(`${String(size).padStart(9)} ${((100 * size) / total).toFixed(1).padStart(5)} % ${String(functions).padStart(5)}  ${name}`);
}
