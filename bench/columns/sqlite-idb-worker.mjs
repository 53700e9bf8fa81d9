// wa-sqlite's asynchronous build on IndexedDB.
import factory from "wa-sqlite/dist/wa-sqlite-async.mjs";
import { IDBBatchAtomicVFS } from "wa-sqlite/src/examples/IDBBatchAtomicVFS.js";
import { serve } from "./sqlite-worker.mjs";

const room = 96 << 20; // bytes: SQLite's cache, and what it needs beside

serve(async ({ durability }) => {
  const module = await factory({ locateFile: () => "/wa-sqlite-async.wasm" });
  module._free(module._malloc(room)); // its memory must not grow while it reads: https://github.com/rhashimoto/wa-sqlite/issues/143
  return { module, vfs: new IDBBatchAtomicVFS("sqlite", { durability }), file: "bench.db", pageSize: 32768, synchronous: durability === "strict" ? "FULL" : "NORMAL" };
});
