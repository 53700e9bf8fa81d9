// Writes a file's brotli 11 and gzip 9 beside it, unless what is there is of the
// same content: node internal/compress.mjs <file>
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompressSync, constants, gunzipSync, gzip } from "node:zlib";

const [file] = process.argv.slice(2);
const raw = readFileSync(file);
const brotliParams = {
  [constants.BROTLI_PARAM_QUALITY]: 11,
  [constants.BROTLI_PARAM_LGWIN]: 24,
  [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
};

/** smallest tries two ways to write distances: which is better changes with every build, by some kilobytes. */
async function smallest() {
  const all = await Promise.all([0, 2].map((bits) =>
    promisify(brotliCompress)(raw, { params: { ...brotliParams, [constants.BROTLI_PARAM_NPOSTFIX]: bits } })));
  return all.reduce((a, b) => (a.length <= b.length ? a : b));
}

await Promise.all([
  write(`${file}.br`, brotliDecompressSync, smallest),
  write(`${file}.gz`, gunzipSync, () => promisify(gzip)(raw, { level: 9 })),
]);

/** write makes a compressed file, or only newer than the file it is of. */
async function write(name, decompress, compress) {
  if (holds(name, decompress)) {
    const now = new Date();
    utimesSync(name, now, now); // the server takes an older one for another file's
  } else {
    writeFileSync(name, await compress());
  }
}

function holds(name, decompress) {
  try {
    return decompress(readFileSync(name)).equals(raw);
  } catch {
    return false; // missing, or half written
  }
}
