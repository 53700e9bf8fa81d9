// wa-sqlite on IndexedDB, in a worker.
import { openWorker } from "./sqlite.mjs";

/** open opens the store: {durability}. */
export const open = ({ durability }) => openWorker(`/sqlite-idb-worker.js?durability=${durability}`);
