// wa-sqlite's synchronous build on the origin private file system.
import factory from "wa-sqlite/dist/wa-sqlite.mjs";
import { AccessHandlePoolVFS } from "wa-sqlite/src/examples/AccessHandlePoolVFS.js";
import { serve } from "./sqlite-worker.mjs";

serve(async ({ durability }) => {
  const module = await factory({ locateFile: () => "/wa-sqlite.wasm" });
  const vfs = new AccessHandlePoolVFS("/sqlite");
  await vfs.isReady;
  return { module, vfs, file: "/bench.db", pageSize: 4096, synchronous: durability === "strict" ? "FULL" : "OFF" };
});
