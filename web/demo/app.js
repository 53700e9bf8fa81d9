// The page: loads the module, and ties list, pane, feed and account together.
import { Account } from "./account.js";
import { Actions } from "./actions.js";
import { Detail } from "./detail.js";
import { byId, remember, setText, stored } from "./dom.js";
import { Feed } from "./feed.js";
import { counted, Filters } from "./filters.js";
import { onceAFrame } from "./frame.js";
import { endGlance, showGlance } from "./glance.js";
import { Groups } from "./groups.js";
import { keyOfConv } from "./keys.js";
import { listen } from "./list-keys.js";
import { ListView, showTotal } from "./list-view.js";
import { ListWindow, placeIn } from "./list-window.js";
import { Live } from "./live.js";
import { Membership } from "./membership.js";
import { Offline } from "./offline.js";
import { Outgoing } from "./outgoing.js";
import { watchStorage } from "./storage.js";
import { Tabs } from "./tabs.js";
import { Thread } from "./thread.js";
import { call, eventTypes, load, on } from "./tim-client.js";
import { Traffic } from "./traffic.js";
import { Transport } from "./transport.js";

const seededKey = "timconv-demo-seeded"; // in localStorage, once the sample was fed by itself

const list = new ListWindow("list");
const everything = new ListWindow("everything"); // only how many there are
const view = new ListView(list, byId("list"), byId("rows"));
const actions = new Actions(list, view);
const transport = new Transport();
const thread = new Thread(new Outgoing(transport));
const detail = new Detail(thread, actions);
const groups = new Groups();
const tabs = new Tabs(groups, candidates);
const filters = new Filters();
const membership = new Membership(groups, tabs);
const traffic = new Traffic();
const live = new Live(traffic);
const feed = new Feed();
const account = new Account(() => {
  for (const part of [list, everything, ...counts]) part.close();
  return reload();
});
new Offline(transport);

let listed = false; // the list has been read, or could not be
let failure = ""; // why there is no list

actions.onOpen = (conv) => detail.open(conv);
actions.onRead = (conv) => transport.read(conv);
actions.onNew = async (key) => {
  const place = await placeIn(filters.picks(tabs.chosen), key);
  if (place >= 0) return place;
  tabs.choose(null);
  filters.choose("all");
  return placeIn(filters.picks(null), key);
};
detail.onShow = (conv) => membership.show(conv);
tabs.onChange = () => choose();
filters.onChange = () => choose();
listen(byId("list"), view, actions);
byId("create-open").addEventListener("click", () => actions.create());
byId("back").addEventListener("click", () => actions.back());
byId("storage").addEventListener("click", () => feed.toggle());

list.onChange = (changed) => {
  view.update(changed);
  showEmpty();
};
everything.onChange = () => showEmpty();
const counts = Object.entries(counted).map(([name, filter]) => {
  const count = new ListWindow(name);
  count.choose(filter);
  count.onChange = () => filters.offer(name, count.total);
  return count;
});
list.choose(filters.picks(tabs.chosen));

let choice = JSON.stringify(filters.picks(tabs.chosen)); // what is shown now

/** choose shows what the tab and the filter pick. */
function choose() {
  const picks = filters.picks(tabs.chosen);
  if (JSON.stringify(picks) === choice) return;
  choice = JSON.stringify(picks);
  list.choose(picks);
  view.restart();
  for (const count of counts) count.onChange();
}

/** candidates are the conversations that a new group may begin with. */
async function candidates() {
  const { code, json } = await call("TIMConvGetConversationListByFilter", "{}", 0, 50);
  const top = code === 0 ? JSON.parse(json).conversation_list_result_conv_list : [];
  const all = [detail.conv, list.get(view.active), ...list.rows.slice(0, 50), ...top].filter((conv) => conv !== null && conv !== undefined);
  return [...new Map(all.map((conv) => [keyOfConv(conv), conv])).values()];
}

/** showEmpty says what there is to say where there are no rows. */
function showEmpty() {
  const isEmpty = listed && list.total === 0;
  const isPicked = isEmpty && everything.total > 0;
  byId("loading").hidden = listed || list.total > 0;
  byId("empty").hidden = !isEmpty;
  if (!isEmpty) return;
  setText(byId("empty-title"), isPicked ? "Nothing here" : failure === "" ? "No conversations yet" : "No list");
  setText(byId("empty-text"), isPicked ? "No conversation fits this tab and filter." : failure || "Nothing has arrived. Feed a sample, or start a conversation.");
  for (const button of byId("empty").querySelectorAll("button")) button.hidden = failure !== "" || isPicked;
}

let told = null; // the open conversation as an event told it: [what happened, ConvInfo]
const showTold = onceAFrame(() => {
  const [event, conv] = told;
  if (detail.conv === null || keyOfConv(conv) !== keyOfConv(detail.conv)) return;
  if (event === eventTypes().kTIMConvEvent_Del) actions.close();
  else detail.update(conv);
});

/** follow takes in an event, if it is about the open conversation: most are not, and need not be parsed. */
function follow(event, json) {
  if (detail.conv === null) return;
  const quoted = JSON.stringify(detail.conv.conv_id);
  if (!quoted.includes("\\") && !json.includes(quoted)) return;
  const key = keyOfConv(detail.conv);
  const conv = JSON.parse(json || "[]").find((one) => keyOfConv(one) === key);
  if (conv === undefined) return;
  told = [event, conv];
  showTold();
}

function listenToCore() {
  on("TIMSetConvEventCallback", follow);
  on("TIMSetConvTotalUnreadMessageCountChangedCallback", (total) => tellTotal(total));
  groups.listen();
  thread.listen();
  transport.listen();
}

function tellTotal(total) {
  showTotal(total, byId("total"));
  tabs.total(total);
}

/** reload shows the account that is open now, from the start. */
async function reload() {
  actions.close();
  groups.forget();
  tabs.choose(null);
  // Asking once also makes the core tell every change of the total.
  const { code, desc, json } = await call("TIMConvGetTotalUnreadMessageCount");
  failure = code === 0 ? "" : code === -2 ? "Nobody is logged in. Log in at the bottom left." : `The list could not be read: ${desc} (${code})`;
  tellTotal(code === 0 ? JSON.parse(json).conv_get_total_unread_message_count_result_unread_count : 0);
  await Promise.all([list, everything, ...counts].map((part) => part.open()));
  traffic.restart();
  await groups.read();
  listed = true;
  endGlance();
  showEmpty();
}

/** welcome feeds the sample on the very first visit, so that there is life. */
async function welcome() {
  const isFirst = stored("localStorage", seededKey) === null && everything.total === 0 && failure === "";
  if (isFirst) {
    remember("localStorage", seededKey, "yes");
    await feed.sample("chat", { quiet: true });
  }
  await live.begin(isFirst);
}

async function start() {
  const user = account.expected();
  showGlance(user, list);
  try {
    await load({ account: { userID: user } });
  } catch (err) {
    failure = err.message;
    listed = true;
    list.close();
    endGlance();
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
