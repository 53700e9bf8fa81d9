// A browser that does not answer.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, openPage, options, serve } from "./browser.mjs";
import { database, feed, openIll, states, well, whole } from "./ill.mjs";

describe("silence", options, () => {
  let server, browser, page;

  before(async () => {
    server = await serve();
    browser = await launch();
    page = await openIll(browser, server);
  });
  after(async () => {
    await browser?.kill();
    await server?.close();
  });

  test("a transaction that is not answered is given up after 20 seconds and carried out once", async () => {
    assert.deepEqual(await feed(page, 0, 5), well(5));
    const holder = await openPage(browser.context, `${server.origin}/empty.html`);
    await holder.evaluate((name) => new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        const store = request.result.transaction(["meta", "log"], "readwrite").objectStore("meta");
        const end = Date.now() + 35000; // it holds the spaces as long as it asks
        const spin = () => { if (Date.now() < end) store.get("").onsuccess = spin; };
        spin();
        resolve();
      };
    }), database);
    const codes = await feed(page, 5, 20);
    assert.deepEqual(codes, well(20));
    assert.deepEqual((await states(page)).slice(0, 2), ["recovering", "ready"]);
    assert.match(await page.evaluate(() => window.ill.told[0].reason), /no answer/);
    await holder.close();
    await whole(page, 25);
  });
});
