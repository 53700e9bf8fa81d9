// What tells the steps of folding apart from outside, and has the browser killed in
// one of them.

/**
 * ambush is an init script: it counts a page's transactions that fold, by their kind,
 * and asks for the kill, which is not answered, at a moment of the nth of a kind.
 * Kinds are those of core/fold.go: records (messages and identities are put), page
 * (a page of conversations is put), finish (the journal is shortened). The moments:
 * issued, when all of its requests have been made; committing, when it has been told
 * to commit, or, where it is left to commit by itself, when its first request has
 * succeeded; complete, when it is over and the module has not heard of it.
 */
export function ambush({ kind, nth, moment }) {
  if (origin === "null") return;
  const seen = window.folded = { records: 0, page: 0, finish: 0 };
  const kill = () => {
    const request = new XMLHttpRequest();
    request.open("GET", "/kill", false);
    request.send();
  };
  const steps = new WeakMap(); // what was written, by transaction
  const kindOf = (written) => {
    if (written.has("delete log")) return "finish";
    if (written.has("put log") || written.has("add log")) return "commit";
    if (written.has("put convs")) return "page";
    return written.has("put messages") || written.has("put ids") ? "records" : "";
  };
  const now = (transaction, here) => {
    const found = kindOf(steps.get(transaction));
    if (found === kind && seen[found] === nth - 1 && here === moment) kill();
  };
  const told = new WeakSet(); // transactions that have been told to commit; in Firefox none is
  for (const method of ["put", "add", "delete"]) {
    const original = IDBObjectStore.prototype[method];
    IDBObjectStore.prototype[method] = function (...args) {
      const request = original.apply(this, args);
      const written = steps.get(this.transaction);
      if (written?.size === 0) {
        queueMicrotask(() => { if (!told.has(this.transaction)) now(this.transaction, "issued"); });
        request.addEventListener("success", () => { if (!told.has(this.transaction)) now(this.transaction, "committing"); });
      }
      written?.add(`${method} ${this.name}`);
      return request;
    };
  }
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const transaction = begin.apply(this, args);
    if (args[1] !== "readwrite" || ![...args[0]].includes("log")) return transaction;
    steps.set(transaction, new Set());
    transaction.addEventListener("complete", () => {
      now(transaction, "complete");
      const found = kindOf(steps.get(transaction));
      if (found in seen) seen[found]++;
    });
    return transaction;
  };
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    if (steps.has(this)) now(this, "issued");
    told.add(this);
    commit.call(this);
    if (steps.has(this)) now(this, "committing");
  };
}
