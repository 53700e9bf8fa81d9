// The columns of the benchmark. module is a file of columns/; columns of one
// module share its seeded profile. What a column leaves out is not its business:
// only are the workloads it takes part in, sizes the sizes it is measured at.

const WRITING = ["ingest", "write"];
const EACH = ["open", "read", "write", "ingest", "tabs"];
const ALL_SIZES = [1000, 10_000, 100_000];

// A rival is measured in the main modes alone.
export const columns = [
  { id: "ours", title: "timconv", module: "ours", durability: "strict", only: [...EACH, "chat", "watch", "day", "live"], sizes: ALL_SIZES },
  { id: "handwritten", title: "hand-written", module: "handwritten", durability: "strict", only: [...EACH, "chat", "watch", "day"], sizes: ALL_SIZES },
  { id: "ours-relaxed", title: "timconv, relaxed", module: "ours", durability: "relaxed", only: WRITING, sizes: [10_000], rival: true },
  { id: "handwritten-relaxed", title: "hand-written, relaxed", module: "handwritten", durability: "relaxed", only: WRITING, sizes: [10_000], rival: true },
  { id: "put", title: "one put per message", module: "put", durability: "strict", only: ["ingest"], sizes: ALL_SIZES, rival: true },
  { id: "put-relaxed", title: "one put per message, relaxed", module: "put", durability: "relaxed", only: ["ingest"], sizes: [10_000], rival: true },
  ...[["dexie", "Dexie"], ["rxdb", "RxDB"], ["sqlite-idb", "wa-sqlite on IndexedDB"], ["sqlite-opfs", "wa-sqlite on OPFS"],
    ["openim", "OpenIM's store"]]
    .map(([id, title]) => ({ id, title, module: id, durability: "strict", only: ["open", "read", "write", "ingest"], sizes: [10_000], rival: true })),
];

/** chosen gives the columns of a comma-separated list of ids. */
export function chosen(ids) {
  return ids.map((id) => {
    const found = columns.find((column) => column.id === id);
    if (found === undefined) throw new Error(`no column ${id}: there are ${columns.map((column) => column.id).join(", ")}`);
    return found;
  });
}
