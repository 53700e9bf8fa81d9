// The page: loads the module, and ties list, pane, feed and account together.
import { Account } from "./account.js";
import { Actions } from "./actions.js";
import { Detail } from "./detail.js";
import { byId, remember, setText, stored } from "./dom.js";
import { Feed } from "./feed.js";
import { Filters } from "./filters.js";
import { Groups } from "./groups.js";
import { listen } from "./list-keys.js";
import { ListView, showTotal } from "./list-view.js";
import { Live } from "./live.js";
import { Membership } from "./membership.js";
import { Model } from "./model.js";
import { Offline } from "./offline.js";
import { Outgoing } from "./outgoing.js";
import { keyOfConv } from "./rows.js";
import { Shown } from "./shown.js";
import { watchStorage } from "./storage.js";
import { Tabs } from "./tabs.js";
import { Thread } from "./thread.js";
import { call, eventTypes, load, on } from "./tim-client.js";
import { Traffic } from "./traffic.js";
import { Transport } from "./transport.js";

const seededKey = "timconv-demo-seeded"; // in localStorage, once the sample was fed by itself

const model = new Model();
const shown = new Shown(model);
const view = new ListView(shown, byId("list"), byId("rows"));
const actions = new Actions(model, shown, view);
const transport = new Transport(model);
const thread = new Thread(new Outgoing(transport));
const detail = new Detail(thread, actions);
const groups = new Groups();
const tabs = new Tabs(groups, candidates);
const filters = new Filters();
const membership = new Membership(groups, tabs);
const live = new Live(new Traffic(model));
const feed = new Feed();
const account = new Account(() => reload());
new Offline(transport);

let listed = false; // the list has been read, or could not be
let failure = ""; // why there is no list

actions.onOpen = (conv) => detail.open(conv);
actions.onRead = (conv) => transport.read(conv);
actions.onNew = (key) => {
  if (shown.get(key) !== undefined) return;
  tabs.choose(null);
  filters.choose("all");
};
detail.onShow = (conv) => membership.show(conv);
tabs.onChange = () => choose();
filters.onChange = () => choose();
listen(byId("list"), view, actions);
byId("create-open").addEventListener("click", () => actions.create());
byId("back").addEventListener("click", () => actions.back());
byId("storage").addEventListener("click", () => feed.toggle());

model.onChange((changed) => {
  shown.follow(changed);
  view.update(changed);
  filters.offer(model.rows);
  const { conv } = detail;
  if (conv !== null) {
    const key = keyOfConv(conv);
    const now = model.get(key);
    if (now === undefined) actions.close();
    else if (changed === null || changed.has(key)) detail.update(now);
  }
  showEmpty();
});

let choice = ""; // what is shown now: tab and filter

/** choose shows what the tab and the filter pick. */
function choose() {
  const now = JSON.stringify([tabs.chosen, filters.chosen]);
  if (now === choice) return;
  choice = now;
  shown.choose(filters.picks(tabs.picks()));
  view.restart();
  filters.offer(model.rows);
  showEmpty();
}

/** candidates are the conversations that a new group may begin with. */
function candidates() {
  const first = [detail.conv, model.get(view.active)].filter((conv) => conv !== null && conv !== undefined);
  return [...new Set([...first, ...shown.rows.slice(0, 50), ...model.rows.slice(0, 50)])];
}

/** showEmpty says what there is to say where there are no rows. */
function showEmpty() {
  const isEmpty = listed && shown.rows.length === 0;
  const isPicked = isEmpty && model.rows.length > 0;
  byId("loading").hidden = listed;
  byId("empty").hidden = !isEmpty;
  if (!isEmpty) return;
  setText(byId("empty-title"), isPicked ? "Nothing here" : failure === "" ? "No conversations yet" : "No list");
  setText(byId("empty-text"), isPicked ? "No conversation fits this tab and filter." : failure || "Nothing has arrived. Feed a sample, or start a conversation.");
  for (const button of byId("empty").querySelectorAll("button")) button.hidden = failure !== "" || isPicked;
}

function listenToCore() {
  const { kTIMConvEvent_Add: add, kTIMConvEvent_Del: del, kTIMConvEvent_Update: update } = eventTypes();
  on("TIMSetConvEventCallback", (event, json) => {
    if (event === add || event === update) model.put(JSON.parse(json));
    if (event !== del) return;
    model.remove(JSON.parse(json));
  });
  on("TIMSetConvTotalUnreadMessageCountChangedCallback", (total) => tellTotal(total));
  groups.listen();
  thread.listen();
  transport.listen();
}

function tellTotal(total) {
  showTotal(total, byId("total"));
  tabs.total(total);
}

/** reload reads the account that is open now, from the start. */
async function reload() {
  actions.close();
  groups.forget();
  tabs.choose(null);
  const { code, desc, json } = await call("TIMConvGetConvList");
  failure = code === 0 ? "" : code === -2 ? "Nobody is logged in. Log in at the bottom left." : `The list could not be read: ${desc} (${code})`;
  model.reset(code === 0 ? JSON.parse(json) : []);
  // Asking once also makes the core tell every change of the total.
  const total = await call("TIMConvGetTotalUnreadMessageCount");
  tellTotal(total.code === 0 ? JSON.parse(total.json).conv_get_total_unread_message_count_result_unread_count : 0);
  await groups.read();
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
