// A server of web/ for the tests, as strict as `make run`'s, with files of the
// tests' own in between.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const webRoot = fileURLToPath(new URL("../web/", import.meta.url));

/** policy is what `make run` sends; e2e/csp.test.mjs compares. */
export const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: https:; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8", ".wasm": "application/wasm", ".svg": "image/svg+xml",
};

// Pages that load the module, by script tags and by the loader, and show nothing.
const blank = {
  "/blank.html": `<!doctype html><html><head><meta charset="utf-8"><title>blank</title>
    <script src="/wasm_exec.js"></script><script src="/blank.js"></script></head><body></body></html>`,
  "/blank.js": `(() => {
    const go = new Go();
    WebAssembly.instantiateStreaming(fetch("/tim.wasm"), go.importObject).then(({ instance }) => {
      go.run(instance);
      document.documentElement.dataset.loaded = "yes";
    });
  })();`,
  "/loaded.html": `<!doctype html><html><head><meta charset="utf-8"><title>loaded</title>
    <script type="module" src="/loaded.mjs"></script></head><body></body></html>`,
  "/loaded.mjs": `import { loadTIM } from "/tim.js";
    await loadTIM();
    document.documentElement.dataset.loaded = "yes";`,
  "/evict": "what this origin has stored goes with this",
  "/empty.html": `<!doctype html><html><head><meta charset="utf-8"><title>empty</title></head><body></body></html>`,
};

/**
 * serve starts a server on a free port of 127.0.0.1. files are texts, buffers or
 * {body, type, status} by path, or functions that resolve with a body, which go
 * before those of root; wasmType is the
 * Content-Type of tim.wasm. It resolves with {origin, close}.
 */
export async function serve({ root = webRoot, files = {}, wasmType = types[".wasm"] } = {}) {
  const virtual = { ...blank, ...files };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const found = await find(root, virtual, path === "/" ? "/index.html" : path);
    response.writeHead(found.status, {
      "Content-Type": path.endsWith(".wasm") && found.type === types[".wasm"] ? wasmType : found.type,
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
      ...(path === "/evict" ? { "Clear-Site-Data": '"storage"' } : {}),
    });
    response.end(found.body);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

async function find(root, virtual, path) {
  const type = types[extname(path)] ?? "application/octet-stream";
  if (path in virtual) {
    const file = virtual[path];
    if (typeof file === "function") return { status: 200, type, body: await file() };
    const isPlain = typeof file === "string" || Buffer.isBuffer(file);
    return { status: 200, type, ...(isPlain ? { body: file } : file) };
  }
  if (path === "/favicon.ico") return { status: 204, type, body: "" };
  try {
    return { status: 200, type, body: await readFile(join(root, normalize(path))) };
  } catch {
    return { status: 404, type: "text/plain", body: "not found" };
  }
}
