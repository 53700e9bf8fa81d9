// The page's side of SQLite in a worker: JSON text comes over.

/** openWorker opens the store that a worker serves. */
export async function openWorker(address) {
  const store = new Store(new Worker(address, { type: "module" }));
  await store.ready;
  return store;
}

class Store {
  #worker;
  #waiting = new Map();
  #last = 0;

  constructor(worker) {
    this.#worker = worker;
    this.ready = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }));
    worker.onmessage = ({ data: { id, result, error } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    };
    worker.onerror = (event) => this.#waiting.get(0)?.reject(new Error(event.message));
  }

  #ask(method, ...given) {
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, given });
    });
  }

  seed(data) {
    return this.#ask("seed", data);
  }

  /** list resolves with all rows in order, as JSON. */
  list() {
    return this.#ask("list");
  }

  objects(json) {
    return JSON.parse(json);
  }

  text(json) {
    return json;
  }

  async first(count) {
    return JSON.parse(await this.#ask("first", count));
  }

  unread() {
    return this.#ask("unread");
  }

  async byIDs(ids) {
    return JSON.parse(await this.#ask("byIDs", ids));
  }

  take(json) {
    return this.#ask("take", json);
  }

  pin(id, type, on) {
    return this.#ask("pin", id, type, on);
  }

  draft(id, type, json) {
    return this.#ask("draft", id, type, json);
  }
}
