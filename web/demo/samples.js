// The samples that come with the page.
import { fold, star } from "./marks.js";
import { call, callNow } from "./tim-client.js";

/** text reads a file of samples/. */
async function text(name) {
  const response = await fetch(new URL(`../samples/${name}`, import.meta.url));
  if (!response.ok) throw new Error(`samples/${name}: HTTP ${response.status}`);
  return response.text();
}

const anyTime = /"message_(client|server)_time":\s*(\d+)/g;

/**
 * toNow moves the times of a Message array so that the newest is a few seconds
 * old. It works on the text: JSON.parse would eat the digits of message_unique_id.
 */
function toNow(json) {
  let newest = 0;
  for (const [, , digits] of json.matchAll(anyTime)) newest = Math.max(newest, Number(digits));
  const shift = Math.floor(Date.now() / 1000) - newest - 20;
  return json.replace(anyTime, (_, which, digits) => `"message_${which}_time":${Number(digits) + shift}`);
}

/** feedDocument feeds the message that the API's document shows, as it stands. */
async function feedDocument(feed) {
  return feed(await text("document.json"));
}

// What the sample's user has put together, as the batch functions name them.
const groups = [
  ["工作", ["group_grp-product-core", "c2c_wangxiaoming", "c2c_zhouting", "group_grp-release", "group_grp-offline-first"]],
  ["Family", ["c2c_mama", "c2c_baba", "c2c_didi", "group_grp-family"]],
];
const starred = ["c2c_chenyu", "group_grp-offline-first"];
const folded = ["group_grp-ci", "c2c_release-bot"];

/** feedChat feeds the conversations: first what a server knows, then messages. */
async function feedChat(feed) {
  const [conversations, messages] = await Promise.all([text("conversations.json"), text("chat.json")]);
  await call("TIMRecvConvUpdate", conversations);
  const result = await feed(toNow(messages));
  const marked = JSON.parse(conversations);
  // The last one pinned comes first.
  const pins = marked.filter((conv) => conv.conv_is_pinned);
  await Promise.all([
    ...pins.map((conv) => call("TIMConvPinConversation", conv.conv_id, conv.conv_type, true)),
    ...groups.map(([name, ids]) => call("TIMConvCreateConversationGroup", name, JSON.stringify(ids))),
    call("TIMConvMarkConversation", JSON.stringify(starred), star, true),
    call("TIMConvMarkConversation", JSON.stringify(folded), fold, true),
  ]);
  for (const conv of marked) {
    if (conv.conv_draft === undefined) continue;
    conv.conv_draft.draft_edit_time = Math.floor(Date.now() / 1000);
    callNow("TIMConvSetDraft", conv.conv_id, conv.conv_type, JSON.stringify(conv.conv_draft));
  }
  return result;
}

const many = 10000;
const perCall = 1000;
const topics = ["Invoice", "Delivery", "订单", "Support ticket", "预约", "Booking", "项目", "Return"];

/** feedMany feeds 10,000 conversations of one message each. */
async function feedMany(feed) {
  const now = Math.floor(Date.now() / 1000);
  let taken = 0;
  const refused = [];
  for (let start = 0; start < many; start += perCall) {
    const messages = Array.from({ length: perCall }, (_, i) => {
      const n = start + i + 1;
      const id = `many-${String(n).padStart(5, "0")}`;
      const time = now - 60 - n * 40;
      return {
        message_msg_id: `${id}-1`, message_sender: id, message_client_time: time, message_server_time: time,
        message_sender_profile: { user_profile_identifier: id, user_profile_nick_name: `${topics[n % topics.length]} ${n}` },
        message_is_read: n % 5 !== 0,
        message_elem_array: [{ elem_type: 0, text_elem_content: `Message number ${n} of ${many}` }],
      };
    });
    const result = await feed(JSON.stringify(messages));
    if (result.code !== 0 && result.code !== 6017) return result;
    taken += result.taken;
    refused.push(...result.refused);
  }
  return { code: 0, desc: "", taken, refused };
}

const samples = { chat: feedChat, document: feedDocument, many: feedMany };

/** feedSample feeds a sample by name through feed, and returns its result. */
export function feedSample(name, feed) {
  return samples[name](feed);
}
