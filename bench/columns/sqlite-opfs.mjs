// wa-sqlite on the origin private file system, in a worker.
import { openWorker } from "./sqlite.mjs";

/** open opens the store: {durability}. */
export const open = ({ durability }) => openWorker(`/sqlite-opfs-worker.js?durability=${durability}`);
