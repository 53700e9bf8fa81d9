// What others write shows as text in the demo page: nothing in it becomes an
// element, a script, a request, or breaks what is shown beside it. The page's
// Content-Security-Policy is off here, so that it is the page alone that holds.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { call, launch, noFaults, options, serve } from "./browser.mjs";
import { feed, message, openDemo, reload, row } from "./demo.mjs";
import { addresses, markup, names } from "./hostile.mjs";

/** shape counts the page's elements by their names, and finds what can run or load. */
const shape = (page) => page.evaluate(() => {
  const risky = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      for (const { name, value } of node.attributes) {
        if (/^on/i.test(name) || name === "srcdoc" || name === "style" && /url|expression/i.test(value)) risky.push(`${node.localName} ${name}`);
        if (/^(href|src|action|formaction|xlink:href|data)$/i.test(name) && /^\s*(javascript|vbscript|data:text|http:|\/\/)/i.test(value)) risky.push(`${node.localName} ${name}=${value}`);
      }
      if (node.shadowRoot !== null) risky.push(`${node.localName} with a shadow`);
    }
  };
  walk(document);
  const kinds = new Set([...document.querySelectorAll("*")].map((node) => node.localName));
  return { risky, kinds: [...kinds].sort(), scripts: document.scripts.length, images: [...document.images].map((image) => image.src), pwned: window.pwned };
});

describe("the page, under hostile texts", options, () => {
  let chrome, server, context, requests, dialogs;

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
    noFaults();
  });

  async function demo() {
    context = await chrome.browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
    const page = await openDemo(context, server);
    requests = [];
    dialogs = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
    return page;
  }

  /** untouched fails unless the page has only what it had, and has asked only its own server. */
  async function untouched(page, before) {
    await page.waitForTimeout(200); // a picture that fails, a script that begins
    const is = await shape(page);
    assert.equal(is.pwned, undefined, "a script has run");
    assert.deepEqual(is.risky, []);
    assert.equal(is.scripts, before.scripts);
    const allowed = new Set([...before.kinds, "img", "p", "b", "small", "time", "button", "dt", "dd", "input", "label"]);
    assert.deepEqual(is.kinds.filter((kind) => !allowed.has(kind)), []);
    assert.deepEqual(requests.filter((url) => !url.startsWith(server.origin) && !url.startsWith("data:image/")), []);
    assert.deepEqual(dialogs, []);
    assert.equal(page.url().startsWith(server.origin), true);
  }

  const shown = (page) => page.evaluate(() => document.querySelectorAll(".row-item").length);

  test("markup is text wherever a message, a name, a draft or a group can carry it", async () => {
    const page = await demo();
    const before = await shape(page);
    const hostile = markup.map((text, i) => message(`${text.slice(0, 200)}`, text, {
      time: 1700000000 + i, message_sender: text, message_msg_id: text, message_cloud_custom_str: text,
      message_sender_profile: { user_profile_nick_name: text, user_profile_face_url: text },
      message_elem_array: [
        { elem_type: 0, text_elem_content: text },
        { elem_type: 3, custom_elem_data: text, custom_elem_desc: text, custom_elem_ext: text },
        { elem_type: 4, file_elem_file_name: text, file_elem_file_size: text, file_elem_url: "javascript:window.pwned=30" },
        { elem_type: 1, image_elem_orig_url: "javascript:window.pwned=31", image_elem_orig_pic_width: text, image_elem_orig_pic_height: text },
        { elem_type: 6, face_elem_buf: text }, { elem_type: 7, location_elem_desc: text, location_elem_latitude: text, location_elem_longitude: text },
        { elem_type: 12, merge_elem_title: text, merge_elem_abstract_array: [text] },
      ],
    }));
    await feed(page, ...hostile);
    await feed(page, ...markup.map((text, i) => message(`g${i}`, text, {
      group: true, time: 1700001000 + i, message_sender: text, message_sender_group_member_info: { group_member_info_name_card: text },
      message_elem_array: [{ elem_type: 5, group_tips_elem_op_user: text, group_tips_elem_tip_type: 1, group_tips_elem_user_array: [text] }],
    })));
    await call(page, "TIMRecvConvUpdate", JSON.stringify(markup.map((text, i) => ({ conv_id: `g${i}`, conv_type: 2, conv_show_name: text, conv_face_url: text, conv_custom_data: text.slice(0, 200) }))));
    await call(page, "TIMConvCreateConversationGroup", markup[2], JSON.stringify(["group_g0"]));
    await call(page, "TIMConvCreateConversationGroup", "__proto__", JSON.stringify(["group_g0", "group_g1"]));
    for (const [i, text] of markup.entries()) {
      await page.evaluate(([id, text]) => TIM.TIMConvSetDraft(id, 2, JSON.stringify({
        draft_msg: { message_elem_array: [{ elem_type: 0, text_elem_content: text }] }, draft_user_define: text, draft_edit_time: 1,
      })), [`g${i}`, text]);
    }
    await page.waitForFunction(() => document.querySelectorAll(".row-item").length > 8);
    await untouched(page, before);

    // Everything that shows one conversation, too.
    for (const place of [0, 2, 4, 6]) {
      await page.locator(".row-item").nth(place).click();
      await page.waitForSelector("#detail:not([hidden])");
      await page.evaluate(() => { document.getElementById("facts-box").open = true; });
      await page.waitForFunction(() => document.getElementById("raw").textContent.length > 50);
      await page.locator(".message, #messages .note").first().waitFor();
    }
    await page.locator(".tab").nth(1).click();
    await page.click("#groups-open");
    await page.keyboard.press("Escape");
    await untouched(page, before);

    // And what is painted before the module is there.
    await page.waitForFunction(() => Object.entries(localStorage).some(([key, value]) => key.startsWith("timconv-first:") && value.includes("pwned")));
    await reload(page);
    await untouched(page, before);
  });

  test("only https addresses and data pictures are loaded as faces, and nothing runs in them", async () => {
    const page = await demo();
    const before = await shape(page);
    await feed(page, ...addresses.map((face, i) => message(`u${i}`, "hello", {
      time: 1700000000 + i, message_sender_profile: { user_profile_nick_name: `u${i}`, user_profile_face_url: face },
    })));
    await call(page, "TIMRecvConvUpdate", JSON.stringify(addresses.map((conv_face_url, i) => ({ conv_id: `u${i}`, conv_type: 1, conv_face_url }))));
    const rows = await page.evaluate(() => Number(document.querySelector(".row-item").getAttribute("aria-setsize")));
    assert.equal(rows, addresses.length);
    await page.focus("#list");
    await page.keyboard.press("End");
    await untouched(page, before);
    await page.keyboard.press("Home");
    await page.locator(".row-item").first().click();
    await page.locator(".message").first().waitFor();
    await untouched(page, before);
    const loaded = await page.evaluate(() => [...document.images].map((image) => image.src));
    assert.deepEqual(loaded.filter((src) => !/^data:image\//.test(src)), before.images);
  });

  test("elements of any shape break no row and no thread", async () => {
    const page = await demo();
    const before = await shape(page);
    const odd = [...names, null, [], {}, { toString: 1 }, { toString: null, valueOf: null }, { __proto__: null, length: 1e9 }, 1e400, -1, 1.5, true, [[[]]], [{ toString: 1 }]];
    const texts = odd.flatMap((value) => [
      { elem_type: value, text_elem_content: "x" }, { elem_type: 0, text_elem_content: value },
      { elem_type: 1, image_elem_orig_pic_width: value, image_elem_orig_pic_height: value, image_elem_orig_pic_size: value },
      { elem_type: 2, sound_elem_file_time: value }, { elem_type: 3, custom_elem_desc: value }, { elem_type: 4, file_elem_file_name: value, file_elem_file_size: value },
      { elem_type: 5, group_tips_elem_op_user: value, group_tips_elem_tip_type: value, group_tips_elem_user_array: value, group_tips_elem_group_change_info_array: value },
      { elem_type: 5, group_tips_elem_tip_type: 1, group_tips_elem_user_array: [value], group_tips_elem_group_change_info_array: [value] },
      { elem_type: 6, face_elem_buf: value }, { elem_type: 7, location_elem_desc: value, location_elem_latitude: value, location_elem_longitude: value },
      { elem_type: 9, video_elem_video_duration: value, video_elem_video_size: value }, { elem_type: 12, merge_elem_title: value, merge_elem_abstract_array: value },
      { elem_type: 12, merge_elem_abstract_array: [value] }, value,
    ]);
    const bodies = texts.map((element) => ({ message_elem_array: [element] })).concat(odd.flatMap((value) => [
      { message_elem_array: value }, { message_cloud_custom_str: value }, { message_sender_profile: value }, { message_sender_group_member_info: value },
      { message_server_time: value }, { message_client_time: value }, { message_status: value }, { message_sender: value },
    ]));
    const json = JSON.stringify(bodies.map((body, i) => message("odd", "", { time: 1700000000 + i, message_priority: 0, ...body })));
    const answer = await call(page, "TIMRecvNewMsg", json.replaceAll('"message_priority"', `"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"message_priority"`));
    assert.equal(answer.code, 0);
    const accepted = bodies.length - JSON.parse(answer.json).length;
    assert.ok(accepted >= texts.length, `only ${accepted} of ${bodies.length} were taken`);
    await feed(page, message("beside", "still here", { time: 1800000000 }));
    await row(page, "beside").locator(".row-text", { hasText: "still here" }).waitFor();
    await row(page, "odd").click();
    await page.waitForFunction(() => document.querySelectorAll(".message, #messages .note").length > 20);
    await page.waitForFunction(() => {
      const box = document.getElementById("messages");
      box.scrollTop = box.scrollTop === 0 ? 1 : 0; // to the top, again and again, until nothing is older
      return box.textContent.includes("This is where it begins.");
    }, null, { polling: 50 });
    assert.ok(await page.evaluate(() => document.querySelectorAll("#messages > *").length) >= accepted);
    assert.equal(await shown(page), 2);
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    await untouched(page, before);
  });
});
