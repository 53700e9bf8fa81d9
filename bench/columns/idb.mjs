// IndexedDB with promises, and the queue of a hand-written store.

/** answer resolves with the result of a request. */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** complete resolves when a transaction is. */
export function complete(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** openDatabase opens a database of one version, made by upgrade. */
export function openDatabase(name, upgrade) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => upgrade(request.result);
  return answer(request);
}

/** seedIn puts all values of a batch of so many in a transaction each. */
export async function inBatches(values, size, put) {
  for (let i = 0; i < values.length; i += size) await put(values.slice(i, i + size));
}

/**
 * A Queue commits operations in order, all that have come in meanwhile together.
 * commit gets an array of them and resolves when they are durable.
 */
export class Queue {
  #commit;
  #most;
  #waiting = [];
  #running = false;

  constructor(commit, most = 1000) {
    this.#commit = commit;
    this.#most = most;
  }

  /** add resolves when the operation has been committed. */
  add(operation) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ operation, resolve, reject });
      if (!this.#running) this.#run();
    });
  }

  async #run() {
    this.#running = true;
    await null; // what the same task adds goes along
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      try {
        await this.#commit(batch.map((entry) => entry.operation));
        for (const { resolve } of batch) resolve();
      } catch (err) {
        for (const { reject } of batch) reject(err);
      }
    }
    this.#running = false;
  }
}
