// What the tests of wiping and logging out look into: all that a page's origin
// has stored, and the page's heap.

/**
 * stored returns, as texts, every record of an account's database by its space,
 * keys included, and all of localStorage.
 */
export function stored(page, database) {
  return page.evaluate(async (database) => {
    const result = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const db = await result(indexedDB.open(database));
    const spaces = {};
    for (const name of db.objectStoreNames) {
      const store = db.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
      spaces[name] = keys.map((key, i) => `${key}=${new TextDecoder("latin1").decode(values[i])}`);
    }
    db.close();
    return { spaces, local: Object.entries(localStorage).map(([key, value]) => `${key}=${value}`) };
  }, database);
}

/** heapHas reports whether a text is in a string of the page's JavaScript heap. */
export async function heapHas(page, text) {
  const session = await page.context().newCDPSession(page);
  const chunks = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return chunks.join("").includes(text);
}
