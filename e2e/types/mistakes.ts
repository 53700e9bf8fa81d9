// What must not compile: each line is a mistake that someone makes.
import * as timconv from "timconv";
import { loadTIM } from "timconv";
import type {
  Config, ConversationFilter, ConversationID, ConvInfo, ConvUpdate, DraftParam, Elem, GetConversationListParam,
  GetMsgListParam, Message, StorageStatus, TIMModule, UnreadReason,
} from "timconv";

declare const TIM: TIMModule;
declare const conv: ConvInfo;
declare const status: StorageStatus;
const done = (code: number): void => console.log(code);

// Names.
// @ts-expect-error the enums are on TIM, the file itself has none
console.log(timconv.TIMConvEvent);
// @ts-expect-error a misspelt function
TIM.TIMConvGetConversationList(done, null);
// @ts-expect-error it is called TIMMsgReportReaded
TIM.TIMMsgReportRead("ann", 1, null, done, null);
// @ts-expect-error a misspelt constant
console.log(TIM.kTIMConv_c2c);
// @ts-expect-error it is spelled kTIMMsgIsFormSelf there
console.log(TIM.kTIMMsgIsFromSelf);
// @ts-expect-error a member of another enum
console.log(TIM.TIMConvType.kTIMConvEvent_Add);
// @ts-expect-error there is no such function in the C API
TIM.TIMMsgBatchDelete("ann", 1, "[]", done, null);
// @ts-expect-error it is called TIMMsgFindByMsgLocatorList
TIM.TIMMsgFindByLocatorList("ann", 1, "[]", done, null);

// Arguments.
// @ts-expect-error the promise was not awaited
loadTIM().TIMConvGetConvList(done, null);
// @ts-expect-error the type is missing
TIM.TIMConvCreate("ann", done, null);
// @ts-expect-error id and type are in the wrong order
TIM.TIMConvCreate(1, "ann", done, null);
// @ts-expect-error an id is a string
TIM.TIMConvDelete(98826, 1, done, null);
// @ts-expect-error there is no type 9
TIM.TIMConvDelete("ann", 9, done, null);
// @ts-expect-error the system type is retired
TIM.TIMConvCreate("ann", TIM.kTIMConv_System, done, null);
// @ts-expect-error a type by its name
TIM.TIMConvCancelDraft("ann", "C2C");
// @ts-expect-error a boolean is wanted
TIM.TIMConvPinConversation("ann", 1, 1, done, null);
// @ts-expect-error the document's own example forgets the first three arguments
TIM.TIMConvPinConversation(done, null);
// @ts-expect-error JSON text is wanted, not an object
TIM.TIMConvSetDraft("ann", 1, { draft_user_define: "x" });
// @ts-expect-error a draft is taken back with TIMConvCancelDraft
TIM.TIMConvSetDraft("ann", 1, null);
// @ts-expect-error it has no callback
TIM.TIMConvSetDraft("ann", 1, "{}", done, null);
// @ts-expect-error JSON text is wanted, not an array
TIM.TIMRecvNewMsg([{ message_sender: "ann" }], done, null);
// @ts-expect-error null asks for nothing
TIM.TIMConvGetConvInfo(null, done, null);
// @ts-expect-error the callback cannot be left out
TIM.TIMConvGetConvList();
// @ts-expect-error user_data cannot be left out
TIM.TIMConvGetConvList(done);
// @ts-expect-error a name is no callback
TIM.TIMConvGetConvList("done", null);
// @ts-expect-error an options object is not how the C API is called
TIM.TIMLogin({ user_id: "ann", user_sig: "" });
// @ts-expect-error a mark is one number, BigInt or text, not a list of them
TIM.TIMConvMarkConversation('["c2c_ann"]', [1, 2], true, done, null);
// @ts-expect-error JSON text is wanted, not an array
TIM.TIMConvMarkConversation(["c2c_ann"], 1, true, done, null);
// @ts-expect-error cursor and count are arguments of their own
TIM.TIMConvGetConversationListByFilter("{}", done, null);
// @ts-expect-error the filter comes first
TIM.TIMConvGetConversationListByFilter(0, 20, "{}", done, null);
// @ts-expect-error whether the messages go must be said
TIM.TIMConvDeleteConversationList('["c2c_ann"]', done, null);
// @ts-expect-error it has no callback
TIM.TIMConvSubscribeUnreadMessageCountByFilter("{}", done, null);
// @ts-expect-error a window that nobody hears of
TIM.TIMConvSubscribeList("{}", null, null);
// @ts-expect-error a diff is JSON text, without a code
TIM.TIMConvSubscribeList("{}", done, null);
// @ts-expect-error by its id
TIM.TIMConvUnsubscribeList(7);
// @ts-expect-error a timestamp and a sequence, 0 for all
TIM.TIMConvCleanConversationUnreadMessageCount("c2c_ann", done, null);
// @ts-expect-error the group's name comes first
TIM.TIMConvCreateConversationGroup(["c2c_ann"], "work", done, null);
// @ts-expect-error the buffer for the message's id is forgotten
TIM.TIMMsgSendMessage("ann", 1, "{}", done, null);
// @ts-expect-error null asks for nothing, "{}" for the newest
TIM.TIMMsgGetMsgList("ann", 1, null, done, null);
// @ts-expect-error there is no option 5
TIM.TIMMsgSetGroupReceiveMessageOpt("team", 5, done, null);
// @ts-expect-error a handler has no result
TIM.TIMSetMsgSendHandler("handler", null);
// @ts-expect-error a buffer of bytes is wanted
TIM.TIMGetLoginUserID(new Array<number>(128));
// @ts-expect-error a setter without a callback
TIM.TIMSetConvEventCallback();
// @ts-expect-error removal needs the function
TIM.TIMRemoveRecvNewMsgCallback();

// Callbacks.
// @ts-expect-error the code is no string
TIM.TIMConvGetConvList((code: string) => console.log(code), null);
// @ts-expect-error the JSON comes as text
TIM.TIMConvGetConvList((_code, _desc, json) => json.map(String), null);
// @ts-expect-error user_data is a number here
TIM.TIMConvGetConvList((_code, _desc, _json, userData: string) => console.log(userData), 5);
// @ts-expect-error an event is no string
TIM.TIMSetConvEventCallback((event) => event === "Add", null);
// @ts-expect-error the status comes as text
TIM.TIMSetStorageStatusCallback((json) => console.log(json.state), null);
// @ts-expect-error the arguments of another callback
TIM.TIMAddRecvNewMsgCallback((_code: number, _desc: string, _json: string) => {}, null);
// @ts-expect-error done wants a code
TIM.TIMSetMsgSendHandler((_json, sent) => sent(), null);
// @ts-expect-error the code is no text
TIM.TIMSetMsgSendHandler((_json, sent) => sent("0"), null);
// @ts-expect-error the echo is JSON text
TIM.TIMSetMsgSendHandler((_json, sent) => sent(0, "", { message_seq: 1 }), null);
// @ts-expect-error the filter comes before its total
TIM.TIMSetConvUnreadMessageCountChangedByFilterCallback((total: number, filter: string) => console.log(total, filter), null);

// Results.
// @ts-expect-error a result is no code of a callback
console.log(TIM.TIMConvCancelDraft("ann", 1) === TIM.ERR_INVALID_PARAMETERS);
// @ts-expect-error a code of a callback is no result
TIM.TIMConvGetConvList((code) => console.log(code === TIM.TIM_ERR_PARAM), null);
// @ts-expect-error it returns a number, nothing to wait for
TIM.TIMConvGetConvList(done, null).then(() => {});
// @ts-expect-error the setters return nothing
console.log(TIM.TIMSetConvEventCallback(null, null) === 0);

// Properties.
// @ts-expect-error nobody logs in like that
TIM.loginUserID = "ann";
// @ts-expect-error the status is only read
TIM.status = status;
// @ts-expect-error there is no such state
console.log(status.state === "open");
// @ts-expect-error constants are constant
TIM.kTIMConv_C2C = 1;

// JSON.
// @ts-expect-error the last message may be missing
console.log(conv.conv_last_msg.message_msg_id);
// @ts-expect-error the draft may be missing
console.log(conv.conv_draft.draft_edit_time);
// @ts-expect-error it is called conv_unread_num
console.log(conv.conv_unread_count);
// @ts-expect-error a draft's message is not its text
const text: DraftParam = { draft_msg: "this draft" };
// @ts-expect-error the key of the text is text_elem_content
const elem: Elem = { elem_type: 0, text: "hello" };
// @ts-expect-error a text without one
const empty: Elem = { elem_type: 0 };
// @ts-expect-error an image's member in a text
const mixed: Elem = { elem_type: 0, text_elem_content: "hello", image_elem_level: 1 };
// @ts-expect-error the elements are an array
const single: Message = { message_elem_array: { elem_type: 0, text_elem_content: "hello" } };
// @ts-expect-error the sequence is a number
const sequence: Message = { message_seq: "7" };
// @ts-expect-error an unknown status
const state: Message = { message_status: 9 };
// @ts-expect-error without a type nothing is asked for
const asked: GetConversationListParam = { get_conversation_list_param_conv_id: "ann" };
// @ts-expect-error the unread count is not told, it is counted
const update: ConvUpdate = { conv_id: "ann", conv_type: 1, conv_unread_num: 5 };
// @ts-expect-error a filter's condition is a boolean, or missing
const filter: ConversationFilter = { conversation_list_filter_has_unread_count: 1 };
// @ts-expect-error the electron wrapper's cursor is an argument here
const paged: ConversationFilter = { conversation_list_filter_next_seq: 0 };
// @ts-expect-error a conversation's type must be told
const named: ConversationID = "ann";
// @ts-expect-error it is called msg_getmsglist_param_count
const page: GetMsgListParam = { count: 20 };
// @ts-expect-error there is no such reason
const reason: UnreadReason = "muted";
// @ts-expect-error there is no such durability
const config: Config = { durability: "eventual" };
// @ts-expect-error it is called pin_limit
const limits: Config = { pinLimit: 5 };
// @ts-expect-error the module is no number
loadTIM({ wasm: 42 });
// @ts-expect-error the options are an object
loadTIM("/tim.wasm");

/** textOf reads a text element without asking whether it is one. */
export function textOf(elem: Elem): string {
  // @ts-expect-error only text elements have it
  return elem.text_elem_content;
}
export { asked, config, elem, empty, filter, limits, mixed, named, page, paged, reason, sequence, single, state, text, update };
