// Indents JSON text without parsing it: JSON.parse would eat the digits of the
// 64-bit numbers.

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** indent lays JSON text out over lines. */
export function indent(json) {
  let depth = 0;
  let out = "";
  let opened = false; // the last token was { or [
  const line = () => "\n" + "  ".repeat(depth);
  for (const [t] of json.matchAll(token)) {
    if (t === "}" || t === "]") {
      depth--;
      out += opened ? t : line() + t;
      opened = false;
      continue;
    }
    if (opened) out += line();
    opened = t === "{" || t === "[";
    if (opened) depth++;
    out += t === "," ? "," + line() : t === ":" ? ": " : t;
  }
  return out;
}
