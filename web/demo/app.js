// The page: loads the module, and ties list, pane, feed and account together.
import { Account } from "./account.js";
import { Actions } from "./actions.js";
import { Detail } from "./detail.js";
import { byId, remember, setText, stored } from "./dom.js";
import { Feed } from "./feed.js";
import { listen } from "./list-keys.js";
import { ListView, showTotal } from "./list-view.js";
import { Live } from "./live.js";
import { Model, keyOf } from "./model.js";
import { watchStorage } from "./storage.js";
import { call, eventTypes, load, on } from "./tim-client.js";
import { Traffic } from "./traffic.js";
import { Transcript } from "./transcript.js";

const seededKey = "timconv-demo-seeded"; // in localStorage, once the sample was fed by itself

const model = new Model();
const transcript = new Transcript();
const view = new ListView(model, byId("list"), byId("rows"));
const actions = new Actions(model, view);
const detail = new Detail(transcript, actions);
const live = new Live(new Traffic(model));
const feed = new Feed();
const account = new Account(() => reload());

let listed = false; // the list has been read, or could not be
let failure = ""; // why there is no list

actions.onOpen = (conv) => detail.open(conv);
listen(byId("list"), view, actions);
byId("create-open").addEventListener("click", () => actions.create());
byId("back").addEventListener("click", () => actions.back());
byId("storage").addEventListener("click", () => feed.toggle());

model.onChange((changed) => {
  view.update(changed);
  const { conv } = detail;
  if (conv !== null) {
    const key = keyOf(conv.conv_type, conv.conv_id);
    const now = model.get(key);
    if (now === undefined) actions.close();
    else if (changed === null || changed.has(key)) detail.update(now);
  }
  showEmpty();
});

/** showEmpty says what there is to say where there are no rows. */
function showEmpty() {
  const isEmpty = listed && model.rows.length === 0;
  byId("loading").hidden = listed;
  byId("empty").hidden = !isEmpty;
  if (!isEmpty) return;
  setText(byId("empty-title"), failure === "" ? "No conversations yet" : "No list");
  setText(byId("empty-text"), failure || "Nothing has arrived. Feed a sample, or start a conversation.");
  for (const button of byId("empty").querySelectorAll("button")) button.hidden = failure !== "";
}

function listenToCore() {
  const { kTIMConvEvent_Add: add, kTIMConvEvent_Del: del, kTIMConvEvent_Update: update } = eventTypes();
  on("TIMSetConvEventCallback", (event, json) => {
    if (event === add || event === update) model.put(JSON.parse(json));
    if (event !== del) return;
    const gone = JSON.parse(json);
    for (const conv of gone) transcript.forget(keyOf(conv.conv_type, conv.conv_id));
    model.remove(gone);
  });
  on("TIMAddRecvNewMsgCallback", (json) => transcript.add(JSON.parse(json)));
  on("TIMSetConvTotalUnreadMessageCountChangedCallback", (total) => showTotal(total, byId("total")));
}

/** reload reads the account that is open now, from the start. */
async function reload() {
  transcript.clear();
  actions.close();
  const { code, desc, json } = await call("TIMConvGetConvList");
  failure = code === 0 ? "" : code === -2 ? "Nobody is logged in. Log in at the bottom left." : `The list could not be read: ${desc} (${code})`;
  model.reset(code === 0 ? JSON.parse(json) : []);
  // Asking once also makes the core tell every change of the total.
  const total = await call("TIMConvGetTotalUnreadMessageCount");
  showTotal(total.code === 0 ? JSON.parse(total.json).conv_get_total_unread_message_count_result_unread_count : 0, byId("total"));
  listed = true;
  showEmpty();
}

/** welcome feeds the sample on the very first visit, so that there is life. */
async function welcome() {
  const isFirst = stored("localStorage", seededKey) === null && model.rows.length === 0 && failure === "";
  if (isFirst) {
    remember("localStorage", seededKey, "yes");
    await feed.sample("chat", { quiet: true });
  }
  await live.begin(isFirst);
}

async function start() {
  try {
    await load();
  } catch (err) {
    failure = err.message;
    listed = true;
    byId("storage").dataset.state = "closed";
    setText(byId("storage"), "not loaded");
    showEmpty();
    return;
  }
  listenToCore();
  watchStorage();
  await account.begin();
  await reload();
  await welcome();
}

setInterval(() => view.refresh(), 60_000);
start();
