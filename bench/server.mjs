// The server of the benchmark: web/ and the built columns, compressed and cached
// as a production server would.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const web = fileURLToPath(new URL("../web/", import.meta.url));
const kept = fileURLToPath(new URL("out/br/", import.meta.url));
const brotli = promisify(brotliCompress);

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
};

/** compressed is a body in brotli of the highest quality, or 9 where that would take minutes; what takes long is kept. */
async function compressed(body) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: body.length > 10e6 ? 9 : 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  if (body.length < 100_000) return brotli(body, { params });
  const file = join(kept, createHash("sha256").update(body).digest("hex"));
  const known = await readFile(file).catch(() => null);
  if (known !== null) return known;
  const made = await brotli(body, { params });
  await mkdir(kept, { recursive: true });
  await writeFile(file, made);
  return made;
}

// OpenIM's SQL worker writes through SharedArrayBuffer, which takes isolated pages.
const isolated = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const needIsolation = new Set(["/openim.html", "/worker.js"]);

const page = (column) => `<!doctype html><html><head><meta charset="utf-8"><title>bench</title>
<script type="module" src="/${column}.js"></script></head><body></body></html>`;

/** files gathers what is served: {path: body}. */
async function files(built) {
  const found = { "/empty.html": Buffer.from("<!doctype html><title>empty</title>") };
  for (const [path, body] of Object.entries(built)) {
    found[path] = body;
    if (path.endsWith(".js")) found[path.replace(/\.js$/, ".html")] = Buffer.from(page(path.slice(1, -3)));
  }
  for (const entry of await readdir(web, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith(".tgz")) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    found[`/${path.slice(web.length)}`] ??= await readFile(path);
  }
  return found;
}

/**
 * serve serves web/ and what has been built on a port of 127.0.0.1, by default a free
 * one. It resolves with {origin, sent, close}; sent() gives the bytes of the bodies
 * sent since it was last called.
 */
export async function serve(built, port = 0) {
  const bodies = await files(built);
  const found = {};
  for (const [path, body] of Object.entries(bodies)) {
    const made = bodies[`${path}.br`]; // by make build
    if (made !== undefined) found[path] = { body: made, encoding: "br" };
    else found[path] = extname(path) in types ? { body: await compressed(body), encoding: "br" } : { body };
  }
  let bytes = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const file = found[path === "/" ? "/index.html" : path];
    if (file === undefined) {
      response.writeHead(path === "/favicon.ico" ? 204 : 404, { "Content-Type": "text/plain" }).end();
      return;
    }
    bytes += file.body.length;
    response.writeHead(200, {
      "Content-Type": types[extname(path)] ?? "application/octet-stream",
      "Content-Length": file.body.length,
      ...(needIsolation.has(path) ? isolated : {}),
      ...(file.encoding === undefined ? {} : { "Content-Encoding": file.encoding }),
      "Cache-Control": path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable",
    });
    response.end(file.body);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent: () => {
      const was = bytes;
      bytes = 0;
      return was;
    },
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
