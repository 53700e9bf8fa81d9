// What must compile: every function as the documentation calls it.
import { loadTIM, VERSION } from "timconv";
import type {
  Config, ConvInfo, ConvKind, ConvUpdate, Draft, DraftParam, Elem, GetConversationListParam, InitConfig, LoadOptions,
  Message, RefusedItem, StorageState, StorageStatus, StoredMessage, TIMCommCallback, TIMConvEvent,
  TIMConvEventCallback, TIMConvType, TIMErrCode, TIMModule, TIMRecvNewMsgCallback, TIMResult, TotalUnreadResult, Uint64,
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

export { again, clock, facts, kind, loggedIn, preview, ret, seq, state, version };
