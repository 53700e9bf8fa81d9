// The demo page's feed panel, hostile messages, and many of them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, serve, options, webRoot } from "./browser.mjs";
import { feed, message, openDemo, row, rowNames } from "./demo.mjs";

describe("feeding the page", options, () => {
  let chrome;
  let server;
  let context;

  before(async () => {
    server = await serve();
    chrome = await launch();
  });
  after(async () => {
    await chrome?.close();
    await server?.close();
  });
  afterEach(async () => {
    await context?.close();
    context = undefined;
    noFaults();
  });

  async function demo(options) {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 } });
    return openDemo(context, server, options);
  }

  test("an empty list offers the samples", async () => {
    const page = await demo();
    await page.waitForSelector("#empty:not([hidden])");
    await page.click("#empty [data-sample=document]");
    await row(page, "test change8888").waitFor();
    const { json } = await call(page, "TIMConvGetConvInfo",
      '[{"get_conversation_list_param_conv_id":"98826","get_conversation_list_param_conv_type":1}]');
    const sample = JSON.parse(await readFile(join(webRoot, "samples/document.json"), "utf8"))[0];
    assert.deepEqual(JSON.parse(json)[0].conv_last_msg, sample);
    assert.match(json, /"message_unique_id": 6961616747713488299\n/, "every digit");
  });

  test("pasted JSON is fed, and what is refused is listed", async () => {
    const page = await demo();
    await page.click("#feed-open");
    const good = message("pasted", "hello");
    await page.fill("#feed-text", JSON.stringify([good, { ...message("bad", "x"), message_conv_type: 9 }, 7]));
    await page.click("#feed-send");
    await page.waitForSelector("#feed-result:not([hidden])");
    assert.equal(await page.textContent("#feed-result p"), "Pasted JSON: 1 taken, 2 refused");
    assert.equal(await page.locator("#feed-result li").count(), 2);
    await row(page, "pasted").waitFor();
    await page.fill("#feed-text", "[{");
    await page.click("#feed-send");
    await page.waitForFunction(() => document.querySelector("#feed-result p").textContent.includes("-3"));
  });

  test("a file is fed by dropping it anywhere, and by choosing it", async () => {
    const page = await demo();
    const drop = (json) => page.evaluate((json) => {
      const data = new DataTransfer();
      data.items.add(new File([json], "messages.json", { type: "application/json" }));
      for (const type of ["dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    }, json);
    await drop(JSON.stringify([message("dropped", "hello")]));
    await row(page, "dropped").waitFor();
    assert.equal(await page.textContent("#toast"), "messages.json: 1 taken");
    await page.setInputFiles("#feed-file", {
      name: "chosen.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify([message("chosen", "hello")])),
    });
    await row(page, "chosen").waitFor();
  });

  test("markup in names, texts, ids and addresses stays text", async () => {
    const page = await demo();
    const evil = "<img src=x onerror=\"globalThis.pwned=1\"><script>globalThis.pwned=1</script>";
    await feed(page,
      message(`c${evil}`, evil, { message_sender_profile: { user_profile_nick_name: evil, user_profile_face_url: "javascript:globalThis.pwned=1" } }),
      message(`g${evil}`, evil, { group: true, message_sender: evil, message_sender_profile: { user_profile_nick_name: evil } }),
      message("elements", "", { message_elem_array: [
        { elem_type: 3, custom_elem_desc: evil }, { elem_type: 4, file_elem_file_name: evil, file_elem_file_size: evil },
        { elem_type: 5, group_tips_elem_tip_type: 1, group_tips_elem_op_user: evil, group_tips_elem_user_array: [evil, { a: 1 }] },
        { elem_type: 12, merge_elem_title: evil, merge_elem_abstract_array: [evil, 7] }, { elem_type: 99 }, null, "text", 3,
      ] }),
      message("odd", "", { message_elem_array: [] }),
      message("far", "in the far future", { time: 99999999999 }));
    await page.waitForFunction(() => document.querySelectorAll(".row-item").length === 5);
    for (let i = 0; i < 5; i++) {
      await page.locator(".row-item").nth(i).click();
      await page.waitForSelector("#detail:not([hidden])");
    }
    await page.click("summary");
    await page.waitForFunction(() => document.querySelector("#raw").textContent.includes("conv_id"));
    await page.locator(".row-item").first().focus().catch(() => {});
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.equal(await page.locator("#rows img, #messages img, #rows script, #messages script").count(), 0);
    assert.ok((await rowNames(page)).includes(evil));
  });

  test("10,000 conversations leave a few rows in the DOM, and scroll", { timeout: 120000 }, async () => {
    const page = await demo();
    await page.click("#feed-open");
    await page.click("#feed [data-sample=many]");
    await page.waitForFunction(() => document.querySelector("#feed-result p").textContent.includes("10,000 taken"), null, { timeout: 90000 });
    await page.waitForFunction(() => document.querySelector(".row-item")?.getAttribute("aria-setsize") === "10000");
    const rows = () => page.locator(".row-item").count();
    assert.ok(await rows() < 30, `${await rows()} rows`);
    assert.equal(await page.title(), "(2000) timconv");
    const { most, median } = await page.evaluate(async () => {
      const box = document.getElementById("list");
      const frames = [];
      let most = 0;
      let last = performance.now();
      for (let i = 0; i < 60; i++) {
        box.scrollTop += 4000;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        most = Math.max(most, document.querySelectorAll(".row-item").length);
        frames.push(performance.now() - last);
        last = performance.now();
      }
      return { most, median: frames.sort((a, b) => a - b)[30] };
    });
    assert.ok(most < 60, `${most} rows while scrolling`);
    assert.ok(median < 100, `half of the frames took ${median} ms`); // 17 on an idle machine
    await page.focus("#list");
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.querySelector(".row-item.active")?.getAttribute("aria-posinset") === "10000");
    await feed(page, message("many-10000", "I come first", { time: Math.floor(Date.now() / 1000) }));
    await page.waitForFunction(() => document.querySelector(".row-item.active")?.getAttribute("aria-posinset") === "1");
  });

  test("rows above the window may move without moving what is read", async () => {
    const page = await demo();
    await feed(page, ...Array.from({ length: 100 }, (_, i) => message(`c-${i}`, "x", { time: 1700000000 - i })));
    await row(page, "c-0").waitFor();
    await page.evaluate(() => { document.getElementById("list").scrollTop = 30 * 72 + 10; });
    await row(page, "c-30").waitFor();
    const top = () => row(page, "c-32").evaluate((node) => node.getBoundingClientRect().top);
    const before = await top();
    await feed(page, message("c-90", "to the top", { time: 1700000500 }));
    await page.waitForFunction(() => [...document.querySelectorAll(".row-item")]
      .some((node) => node.dataset.key === "1:c-32" && node.getAttribute("aria-posinset") === "34"));
    assert.equal(await top(), before);
  });
});
