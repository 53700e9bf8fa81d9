// wa-sqlite's asynchronous build on IndexedDB.
import factory from "wa-sqlite/dist/wa-sqlite-async.mjs";
import { IDBBatchAtomicVFS } from "wa-sqlite/src/examples/IDBBatchAtomicVFS.js";
import { serve } from "./sqlite-worker.mjs";

serve(async ({ durability }) => {
  const module = await factory({ locateFile: () => "/wa-sqlite-async.wasm" });
  return { module, vfs: new IDBBatchAtomicVFS("sqlite", { durability }), file: "bench.db", synchronous: durability === "strict" ? "FULL" : "NORMAL" };
});
