// What must compile: every function as the documentation calls it.
import { firstList, firstPaint, loadTIM, VERSION } from "timconv";
import type {
  AllRecvMsgOpt, Config, ConversationFilter, ConversationID, ConversationListResult, ConversationOperationResult,
  ConvInfo, ConvKind, ConvUpdate, Draft, DraftParam, Elem, GetConversationListParam, GetMsgListParam, ImportResult, InitConfig,
  ListDiff, ListWindow, LoadOptions, Message, MsgDeleteParam, MsgEcho, MsgLocator, MsgReceipt, MsgRevoke, MsgRevoked, RecvMsgOptResult,
  RefusedItem, StorageEstimate, StorageState, StorageStatus, StoredMessage, TIMCommCallback, TIMConvConversationsDeletedFromGroupCallback,
  TIMConvEvent, TIMConvEventCallback, TIMConvType, TIMErrCode, TIMListDiffCallback, TIMModule, TIMMsgSendHandler, TIMRecvNewMsgCallback,
  TIMResult, TotalUnreadResult, Uint64, UnreadExplanation,
} from "timconv";

/** same compiles where both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
function same<_A, _B>(_: Same<_A, _B>): void {}

// Loading.
const options: LoadOptions[] = [
  {}, { wasm: "/tim.wasm" }, { wasm: new URL("tim.wasm", location.href) }, { wasm: fetch("/tim.wasm") },
  { wasm: await fetch("/tim.wasm") }, { wasm: new ArrayBuffer(8) }, { wasm: new Uint8Array(8) },
  { wasm: WebAssembly.compileStreaming(fetch("/tim.wasm")), wasmExec: "/wasm_exec.js" },
  { config: { durability: "relaxed", pin_limit: 200 } }, { config: null },
];
const TIM = await loadTIM(options[0]);
same<typeof TIM, TIMModule>(true);
same<typeof globalThis.TIM, TIMModule>(true);
const version: string = VERSION;
await TIM.ready;
const painted = firstPaint({ sdkAppID: 1400000001n, userID: "ann" });
const first = await firstList({ sdkAppID: "1400000001", userID: "ann" });
const before: ConvInfo[] = first ?? painted ?? [];
const unreadBefore: number = (await firstList())?.totalUnread ?? before.length;
console.log(unreadBefore);
same<typeof first, typeof painted>(true);

// Properties.
const status: StorageStatus = TIM.status;
const state: StorageState = status.state;
const facts: [string, string, number, string] = [TIM.version, TIM.loginUserID, status.quarantined, status.reason];

// Enums and keys.
same<typeof TIM.TIMConvType.kTIMConv_C2C, 1>(true);
same<typeof TIM.kTIMConv_C2C, 1>(true);
same<typeof TIM.KTIMGroupTip_PinnedMessageAdded, 10>(true);
same<TIMConvType, 0 | 1 | 2 | 3>(true);
same<ConvKind, 1 | 2>(true);
same<TIMConvEvent, 0 | 1 | 2 | 3 | 4>(true);
same<typeof TIM.kTIMConvId, "conv_id">(true);
same<typeof TIM.TIMConversationListResultConvList, "conversation_list_result_conv_list">(true);
const kind: TIMConvType = TIM.TIMConvType.kTIMConv_Group;

// Life cycle.
const inits = [TIM.TIMInit(1400000000, null), TIM.TIMInit(1400000000n, ""), TIM.TIMInit("1400000000", "{}")];
const again: boolean = inits[0] === TIM.ERR_SDK_HAD_INITIALIZED || inits[0] === TIM.TIM_SUCC;
const init: InitConfig = { sdk_config_log_file_path: "/", pin_limit: 10 };
const config: Config = init;
let ret: TIMResult = TIM.TIMUninit();
ret = TIM.TIMLogin("ann", "sig", null, null);
ret = TIM.TIMLogin("ann", null, (code, desc, json, userData) => console.log(code, desc, json, userData.page), { page: 1 });
ret = TIM.TIMLogout(null, undefined);
ret = TIM.TIMGetLoginUserID(new Uint8Array(128));
ret = TIM.TIMGetLoginUserID((_code, _desc, user) => console.log(user.length));
ret = TIM.TIMGetLoginUserID((_code, _desc, _user, userData: number) => console.log(userData), 5);
ret = TIM.TIMSetConfig(JSON.stringify(config), null, null);
ret = TIM.TIMRecorderExport((_code, _desc, lines) => console.log(lines.length), null);
const loggedIn: boolean = TIM.TIMGetLoginStatus() === TIM.kTIMLoginStatus_Logined;
const clock: [string, number] = [TIM.TIMGetSDKVersion(), TIM.TIMGetServerTime()];

// user_data comes back with its type.
const keeper = new Map<string, number>();
TIM.TIMConvGetConvList((_code, _desc, _json, userData) => same<typeof userData, Map<string, number>>(true), keeper);
TIM.TIMSetConvEventCallback((_event, _json, userData) => same<typeof userData, Map<string, number>>(true), keeper);

// Any callback that looks at less, or takes more, will do.
const plain = (code: number): void => console.log(code);
const open = (_code: TIMErrCode, _desc: string, _json: string, userData: unknown): void => console.log(userData);
ret = TIM.TIMConvCreate("ann", TIM.kTIMConv_C2C, plain, null);
ret = TIM.TIMConvCreate("ann", TIM.kTIMConv_C2C, open, { any: "thing" });
const logging: TIMCommCallback<string> = (_code, _desc, _json, userData) => console.log(userData.trim());
ret = TIM.TIMConvDelete("ann", TIM.TIMConvType.kTIMConv_C2C, logging, "data");

// Conversations.
function show(conv: ConvInfo): string {
  const last: StoredMessage | undefined = conv.conv_last_msg;
  const draft: Draft | undefined = conv.conv_draft;
  const mentioned = conv.conv_group_at_info_array?.some((at) => at.conv_group_at_info_at_type !== TIM.kTIMGroup_At_All);
  ret = TIM.TIMConvPinConversation(conv.conv_id, conv.conv_type, !conv.conv_is_pinned, null, null);
  ret = TIM.TIMMsgReportReaded(conv.conv_id, conv.conv_type, last === undefined ? null : JSON.stringify(last), null, null);
  return `${conv.conv_show_name} ${last?.message_msg_id.length} ${draft?.draft_user_define ?? ""} ${mentioned}`;
}
const asked: GetConversationListParam[] = [
  { [TIM.kTIMGetConversationListParamConvId]: "98826", [TIM.kTIMGetConversationListParamConvType]: TIM.kTIMConv_C2C },
];
ret = TIM.TIMConvGetConvInfo(JSON.stringify(asked), (_code, _desc, json) => {
  const found: ConvInfo[] = JSON.parse(json);
  console.log(found.map(show));
}, null);
const draft: DraftParam = {
  draft_edit_time: Math.floor(Date.now() / 1000), draft_user_define: "this is userdefine",
  draft_msg: { message_elem_array: [{ elem_type: TIM.kTIMElem_Text, text_elem_content: "this draft" }] },
};
ret = TIM.TIMConvSetDraft("ann", 1, JSON.stringify(draft));
ret = TIM.TIMConvCancelDraft("ann", 1);
ret = TIM.TIMConvGetTotalUnreadMessageCount((_code, _desc, json) => {
  const total: TotalUnreadResult = JSON.parse(json);
  console.log(total.conv_get_total_unread_message_count_result_unread_count + 1);
}, null);

// Registered callbacks.
const onEvent: TIMConvEventCallback<null> = (event, json) => {
  switch (event) {
    case TIM.kTIMConvEvent_Start:
    case TIM.kTIMConvEvent_Finish:
      return;
    case TIM.kTIMConvEvent_Add:
    case TIM.kTIMConvEvent_Del:
    case TIM.kTIMConvEvent_Update:
      return console.log(json);
    default:
      return event satisfies never;
  }
};
same<void, ReturnType<typeof TIM.TIMSetConvEventCallback>>(true);
TIM.TIMSetConvEventCallback(onEvent, null);
TIM.TIMSetConvEventCallback(null, null);
TIM.TIMSetConvTotalUnreadMessageCountChangedCallback((total) => { document.title = String(total); }, null);
TIM.TIMSetConvTotalUnreadMessageCountChangedCallback(null, null);
TIM.TIMSetStorageStatusCallback((json) => { const now: StorageStatus = JSON.parse(json); console.log(now.state); }, null);
const onMessages: TIMRecvNewMsgCallback<number> = (json, userData) => console.log(json.length + userData);
TIM.TIMAddRecvNewMsgCallback(onMessages, 7);
TIM.TIMRemoveRecvNewMsgCallback(onMessages);

// What arrives.
const message: Message = {
  message_conv_id: "team", message_conv_type: TIM.kTIMConv_Group, message_sender: "ann", message_seq: 7,
  message_group_at_user_array: ["__kImSDK_MessageAtALL__"], message_server_time: 1620877708,
  message_sender_profile: { user_profile_identifier: "ann", user_profile_gender: TIM.kTIMGenderType_Female },
  message_elem_array: [{ elem_type: TIM.kTIMElem_Image, image_elem_level: TIM.kTIMImageLevel_HD }],
};
ret = TIM.TIMRecvNewMsg(JSON.stringify([message]), (_code, _desc, json) => {
  const refused: RefusedItem[] = JSON.parse(json);
  for (const item of refused) console.warn(item.index, item.code === TIM.ERR_INVALID_PARAMETERS, item.info);
}, null);
const update: ConvUpdate = { conv_id: "team", conv_type: 2, conv_recv_opt: TIM.kTIMRecvMsgOpt_Not_Notify };
ret = TIM.TIMRecvConvUpdate(JSON.stringify([update]), null, null);

// Filters, pages, batches, marks.
const filter: ConversationFilter = {
  [TIM.kTIMConversationListFilterConvType]: TIM.kTIMConv_C2C,
  [TIM.kTIMConversationListFilterMarkType]: "9223372036854775808", [TIM.kTIMConversationListFilterHasUnreadCount]: true,
};
function readPage(next: number): void {
  ret = TIM.TIMConvGetConversationListByFilter(JSON.stringify(filter), next, 20, (_code, _desc, json) => {
    const page: ConversationListResult = JSON.parse(json);
    console.log(page.conversation_list_result_conv_list.map(show));
    if (!page.conversation_list_result_is_finished) readPage(page.conversation_list_result_next_seq);
  }, null);
}
readPage(0);
const ids: ConversationID[] = ["c2c_ann", "group_team", `c2c_${message.message_sender}`];
const results: TIMCommCallback<null> = (code, _desc, json) => {
  const each: ConversationOperationResult[] = JSON.parse(json);
  const failed = each.filter((one) => one.conversation_operation_result_result_code !== TIM.ERR_SUCC);
  console.log(code === TIM.ERR_NO_SUCC_RESULT, failed.map((one) => one.conversation_operation_result_conversation_id));
};
ret = TIM.TIMConvDeleteConversationList(JSON.stringify(ids), false, results, null);
ret = TIM.TIMConvSetConversationCustomData(JSON.stringify(ids), "", results, null);
ret = TIM.TIMConvMarkConversation(JSON.stringify(ids), TIM.kTIMConversationMarkTypeStar, true, results, null);
ret = TIM.TIMConvMarkConversation(JSON.stringify(ids), 1n << 63n | 2n, true, results, null);
ret = TIM.TIMConvMarkConversation(JSON.stringify(ids), "4294967296", false, results, null);
ret = TIM.TIMConvGetUnreadMessageCountByFilter(JSON.stringify(filter), plain, null);
ret = TIM.TIMConvSubscribeUnreadMessageCountByFilter(JSON.stringify(filter));
ret = TIM.TIMConvUnsubscribeUnreadMessageCountByFilter(JSON.stringify(filter));
const rows: ConvInfo[] = [];
const onDiff: TIMListDiffCallback<ConvInfo[]> = (json, kept) => {
  const diff: ListDiff = JSON.parse(json);
  if (diff.code !== undefined) return;
  if (diff.reset) kept.length = 0;
  for (const step of diff.ops) {
    if (step.op === "insert") kept.splice(step.index, 0, step.conv);
    else if (step.op === "move") kept.splice(step.index, 0, ...kept.splice(step.from, 1));
    else if (step.op === "remove") kept.splice(step.index, 1);
    else kept[step.index] = step.conv;
  }
  console.log(diff.from, diff.total, diff.located);
};
const seen: ListWindow = { id: "main", filter: [filter, { without_mark_type: 12 }], from: 0, count: 20, locate: "c2c_ann" };
ret = TIM.TIMConvSubscribeList(JSON.stringify(seen), onDiff, rows);
ret = TIM.TIMConvUnsubscribeList("main");
TIM.TIMSetConvUnreadMessageCountChangedByFilterCallback((text, total) => console.log(text.length + total), null);

// Groups of conversations.
ret = TIM.TIMConvCreateConversationGroup("work", JSON.stringify(ids), results, null);
ret = TIM.TIMConvAddConversationsToGroup("work", JSON.stringify(ids), results, null);
ret = TIM.TIMConvDeleteConversationsFromGroup("work", JSON.stringify(ids), null, null);
ret = TIM.TIMConvRenameConversationGroup("work", "office", plain, null);
ret = TIM.TIMConvDeleteConversationGroup("office", plain, null);
ret = TIM.TIMConvGetConversationGroupList((_code, _desc, json) => {
  const names: string[] = JSON.parse(json);
  console.log(names.join());
}, null);
const onLeft: TIMConvConversationsDeletedFromGroupCallback<null> = (name, json, reason) => {
  const left: ConvInfo[] = JSON.parse(json);
  console.log(name, left.length, reason === 1);
};
TIM.TIMSetConvConversationsDeletedFromGroupCallback(onLeft, null);
TIM.TIMSetConvConversationsAddedToGroupCallback((name, json, userData) => console.log(name, json, userData.length), ids);
TIM.TIMSetConvConversationGroupCreatedCallback((name, json) => console.log(name, json), null);
TIM.TIMSetConvConversationGroupDeletedCallback((name) => console.log(name), null);
TIM.TIMSetConvConversationGroupNameChangedCallback((oldName, newName) => console.log(oldName, newName), null);

// Reading, and why a count is what it is.
ret = TIM.TIMConvCleanConversationUnreadMessageCount("c2c_ann", 1700000000, 0, plain, null);
ret = TIM.TIMConvCleanConversationUnreadMessageCount("group", 0, "0", plain, null);
ret = TIM.TIMConvCleanConversationUnreadMessageCount(null, 0n, 0n, null, null);
ret = TIM.TIMMsgMarkAllMessageAsRead(plain, null);
ret = TIM.TIMConvExplainUnread("ann", 1, (_code, _desc, json) => {
  const why: UnreadExplanation = JSON.parse(json);
  console.log(why.sums.counted ?? 0, why.messages[0]?.reason === "read", why.last_change.by, why.read_mark.timestamp);
}, null);
ret = TIM.TIMConvVerify((_code, _desc, json) => console.log((JSON.parse(json) as string[]).length === 0), null);
ret = TIM.TIMConvExport((_code, _desc, text, userData) => console.log(text.length, userData.length), ids);
ret = TIM.TIMConvImport("", (_code, _desc, json) => console.log((JSON.parse(json) as ImportResult).messages), null);
ret = TIM.TIMPersistStorage((_code, _desc, json) => console.log((JSON.parse(json) as StorageEstimate).persisted === true), null);
ret = TIM.TIMConvWipe((code, _desc, _json, userData) => console.log(code === 0, userData.length), ids);

// History and messages.
const query: GetMsgListParam = { [TIM.kTIMMsgGetMsgListParamLastMsg]: message, [TIM.kTIMMsgGetMsgListParamCount]: 50 };
ret = TIM.TIMMsgGetMsgList("team", 2, JSON.stringify(query), (_code, _desc, json) => {
  const page: StoredMessage[] = JSON.parse(json);
  console.log(page.map((one) => one.message_msg_id));
}, null);
const start: GetMsgListParam = { msg_getmsglist_param_last_msg: null };
const locator: MsgLocator = { message_locator_seq: 7, message_locator_rand: 1, message_locator_time: 1620877708 };
const gone: MsgDeleteParam = { msg_delete_param_msg: message, msg_delete_param_is_ramble: false };
ret = TIM.TIMMsgFindMessages('["id"]', plain, null);
ret = TIM.TIMMsgFindByMsgLocatorList("team", 2, JSON.stringify([locator]), plain, null);
ret = TIM.TIMMsgSaveMsg("team", 2, JSON.stringify(message), plain, null);
ret = TIM.TIMMsgImportMsgList("team", 2, JSON.stringify([message]), plain, null);
ret = TIM.TIMMsgRevoke("team", 2, JSON.stringify(message), plain, null);
ret = TIM.TIMMsgModifyMessage(JSON.stringify({ ...message, message_cloud_custom_str: "x" } satisfies Message), plain, null);
ret = TIM.TIMMsgDelete("team", 2, JSON.stringify(gone), plain, null);
ret = TIM.TIMMsgListDelete("team", 2, JSON.stringify([message]), plain, null);
ret = TIM.TIMMsgClearHistoryMessage("team", 2, plain, null);
ret = TIM.TIMMsgSetLocalCustomData(JSON.stringify({ message_msg_id: "id", message_custom_int: 1 } satisfies Message), plain, null);

// Receive options.
ret = TIM.TIMMsgSetC2CReceiveMessageOpt('["ann"]', TIM.kTIMRecvMsgOpt_Not_Notify, plain, null);
ret = TIM.TIMMsgSetGroupReceiveMessageOpt("team", TIM.kTIMRecvMsgOpt_Receive, plain, null);
ret = TIM.TIMMsgGetC2CReceiveMessageOpt('["ann"]', (_code, _desc, json) => {
  const opts: RecvMsgOptResult[] = JSON.parse(json);
  console.log(opts[0]?.msg_recv_msg_opt_result_opt === TIM.kTIMRecvMsgOpt_Not_Notify);
}, null);
ret = TIM.TIMMsgSetAllReceiveMessageOpt(TIM.kTIMRecvMsgOpt_Not_Notify, 22, 30, 0, 8 * 3600, plain, null);
ret = TIM.TIMMsgSetAllReceiveMessageOpt2(TIM.kTIMRecvMsgOpt_Not_Notify, 1800000000, 3600, plain, null);
ret = TIM.TIMMsgGetAllReceiveMessageOpt((_code, _desc, json) => {
  const quiet: AllRecvMsgOpt = JSON.parse(json);
  console.log(quiet.msg_all_recv_msg_duration);
}, null);

// Sending: the handler may be async.
const echo: MsgEcho = { message_server_time: 1620877709, message_seq: 8, message_msg_id: "server-1" };
const transport: TIMMsgSendHandler<string> = (json, done, address) => {
  const sending: StoredMessage = JSON.parse(json);
  fetch(address, { method: "POST", body: sending.message_msg_id }).then(() => done(0, null, JSON.stringify(echo)), () => done(9508));
};
TIM.TIMSetMsgSendHandler(transport, "/send");
TIM.TIMSetMsgSendHandler(async (_json, done) => done(TIM.ERR_SDK_NET_DISCONNECT, "offline"), null);
TIM.TIMSetMsgSendHandler(null, null);
ret = TIM.TIMMsgSendMessage("ann", 1, JSON.stringify(message), new Uint8Array(128), logging, "data");
ret = TIM.TIMMsgSendMessage("ann", 1, JSON.stringify(message), null, null, null);
ret = TIM.TIMMsgSendNewMsg("ann", 1, JSON.stringify(message), plain, null);
ret = TIM.TIMMsgSendNewMsgEx("ann", 1, JSON.stringify(message), (_code, _desc, id) => console.log(id.length), plain, null);
ret = TIM.TIMMsgCancelSend("ann", 1, "id", plain, null);

// What arrives about messages and conversations.
const revoke: MsgRevoke = { message_msg_id: "id", message_revoker_user_id: "ann" };
const receipt: MsgReceipt = { msg_receipt_conv_id: "ann", msg_receipt_conv_type: 1, msg_receipt_time_stamp: 1620877708 };
const elsewhere: ConvUpdate = { conv_id: "ann", conv_type: 1, conv_is_pinned: true, conv_mark_array: [1, "9223372036854775808"] };
ret = TIM.TIMRecvMsgRevoke(JSON.stringify([revoke]), plain, null);
ret = TIM.TIMRecvMsgUpdate(JSON.stringify([message]), plain, null);
ret = TIM.TIMRecvMsgReadedReceipt(JSON.stringify([receipt]), plain, null);
ret = TIM.TIMRecvConvDelete(JSON.stringify(ids), plain, null);
TIM.TIMSetMsgRevokeCallback((json) => { const revoked: MsgRevoked[] = JSON.parse(json); console.log(revoked.length); }, null);
TIM.TIMSetMsgUpdateCallback((json) => { const changed: StoredMessage[] = JSON.parse(json); console.log(changed.length); }, null);
TIM.TIMSetMsgReadedReceiptCallback((json) => { const read: MsgReceipt[] = JSON.parse(json); console.log(read.length); }, null);
TIM.TIMSetMsgAllMessageReceiveOptionCallback((json) => { const quiet: AllRecvMsgOpt = JSON.parse(json); console.log(quiet); }, null);
same<typeof TIM.kTIMMsgGetMsgListMessageTypeArray, "msg_getmsglist_param_message_type_array">(true);

// Elements are told apart by elem_type, all of them.
function preview(elem: Elem): string {
  switch (elem.elem_type) {
    case TIM.kTIMElem_Text: return elem.text_elem_content;
    case TIM.kTIMElem_Image: return elem.image_elem_thumb_url ?? "";
    case TIM.kTIMElem_Sound: return `${elem.sound_elem_file_time} s`;
    case TIM.kTIMElem_Custom: return elem.custom_elem_desc ?? "";
    case TIM.kTIMElem_File: return elem.file_elem_file_name ?? "";
    case TIM.kTIMElem_GroupTips: return (elem.group_tips_elem_user_array ?? []).join();
    case TIM.kTIMElem_Face: return String(elem.face_elem_index);
    case TIM.kTIMElem_Location: return elem.location_elem_desc ?? "";
    case TIM.kTIMElem_GroupReport: return elem.group_report_elem_msg ?? "";
    case TIM.kTIMElem_Video: return `${elem.video_elem_video_duration} s`;
    case TIM.kTIMElem_Merge: return elem.merge_elem_title ?? "";
    case TIM.kTIMElem_FriendChange:
    case TIM.kTIMElem_ProfileChange:
    case TIM.kTIMElem_Invalid: return String(elem["profile_change_elem_change_type"]);
    default: return elem satisfies never;
  }
}
const seq: Uint64 = message.message_seq ?? 0;

export { again, clock, elsewhere, facts, kind, loggedIn, preview, ret, seq, start, state, version };
