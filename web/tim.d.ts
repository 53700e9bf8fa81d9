/**
 * Types of timconv: what loadTIM resolves to, which is the global `TIM` too,
 * and the JSON that goes in and out, parsed.
 *
 * ES modules: `import { loadTIM, type ConvInfo } from "timconv"` (or "./tim.js").
 * Script tags: a reference to this file (or `"types": ["timconv"]`) types the
 * global; `import("timconv").ConvInfo` names a type from there.
 *
 * Names are those of Tencent IM's C API; "ours" marks what that has not.
 */

/** The version of the loader. A module of another version is refused. */
export declare const VERSION: string;

/**
 * Loads the module and resolves with TIM. Every later call gets the same
 * promise; after a failure a later call tries again. Where the page has TIM
 * already, from script tags, that one is taken if its version fits.
 *
 * It resolves when the functions are there, not when storage is open: calls are
 * accepted at once and answered later. It rejects with an Error that says what
 * is wrong with the files, the versions or `config`.
 */
export declare function loadTIM(options?: LoadOptions): Promise<TIMModule>;

/**
 * Reads what to paint before the module is there: the top of the conversation
 * list as it was last seen in this browser. It takes a millisecond and needs
 * neither the module nor a login. It is kept with the commits that change it, at
 * most twice a second, and removed by a logout; paint the list itself when
 * {@link TIMModule.TIMConvGetConvList} or `TIMConvSubscribeList` has answered.
 *
 * @param account as given to TIMInit and TIMLogin; without a user the default
 * account.
 * @returns up to 50 rows in list order, fewer where they are long (192 kB), and the total
 * unread count, or null where nothing is known. 64-bit numbers in the rows are rounded, as
 * JSON.parse does.
 */
export declare function firstPaint(account?: {
  sdkAppID?: number | bigint | string;
  userID?: string;
}): (ConvInfo[] & { totalUnread: number }) | null;

/**
 * Reads the whole conversation list as it was last committed, in plain JavaScript and
 * before the module is there. To have it early, call this first and {@link loadTIM} with
 * the same account right behind it: the module is fetched when the list has been read, a
 * second later at most, and uses what was read. It changes nothing, makes no database and knows of no login: it reads
 * what is stored for the account that it is told, after a logout too. A draft set in the last
 * moment of a killed tab is not in it yet.
 *
 * @param account as given to TIMInit and TIMLogin; without a user the default
 * account.
 * @returns what {@link TIMModule.TIMConvGetConvList} gives, parsed, in list order, and the
 * total unread count; null where nothing is stored, or something that takes the module to
 * read: an older or newer format, or damage that is in the way. Checksums are the module's
 * business. `conv_last_msg` of a row is parsed when it is first looked at, and null where it is
 * damaged. Keys come in any order. 64-bit numbers are rounded, as JSON.parse does.
 */
export declare function firstList(account?: {
  sdkAppID?: number | bigint | string;
  userID?: string;
}): Promise<(ConvInfo[] & { totalUnread: number }) | null>;

/** Options of loadTIM. */
export interface LoadOptions {
  /** The module; by default tim.wasm beside tim.js. */
  wasm?: WasmSource | PromiseLike<WasmSource>;
  /**
   * Go's support script; by default wasm_exec.js beside tim.js. Not loaded
   * where `globalThis.Go` is there already.
   */
  wasmExec?: string | URL;
  /**
   * Who will log in first, as far as that is known: what is stored for that
   * account is read while the module still compiles. By default the account of
   * a page without logins.
   */
  account?: { sdkAppID?: number | bigint | string; userID?: string };
  /** Handed to TIMSetConfig, only by the call that makes the instance. */
  config?: Config | null;
}

/** Where the module comes from: an address, an answer to fetch, its bytes, or compiled. */
export type WasmSource =
  | string | URL | Response | ArrayBuffer | ArrayBufferView
  | (WebAssembly.Module & object); // the interface alone is empty, a number would fit

declare global {
  /** The module, from the moment `go.run` or `loadTIM` has registered it. */
  var TIM: TIMModule;
}

// ---------------------------------------------------------------- callbacks

/**
 * What nearly every function calls back, once, after it has returned TIM_SUCC,
 * and never before it has returned.
 *
 * @param code ERR_SUCC (0), or what went wrong
 * @param desc "OK", or a sentence for people about `code`; its wording may change
 * @param json_param JSON text as the function describes it, "" where it has none
 * @param user_data what was passed in, the same object
 */
export type TIMCommCallback<U = unknown> = (code: TIMErrCode, desc: string, json_param: string, user_data: U) => void;

/**
 * What TIMSetConvEventCallback registers.
 *
 * @param conv_event what happened
 * @param json_conv_array JSON text of {@link ConvInfo}[]: the whole conversations,
 *   for Del as they were; "" for Start and Finish
 */
export type TIMConvEventCallback<U = unknown> = (
  conv_event: TIMConvEvent, json_conv_array: string, user_data: U,
) => void;

/** What TIMSetConvTotalUnreadMessageCountChangedCallback registers: the new total. */
export type TIMConvTotalUnreadMessageCountChangedCallback<U = unknown> = (
  total_unread_count: number, user_data: U,
) => void;

/**
 * What TIMAddRecvNewMsgCallback registers.
 *
 * @param json_msg_array JSON text of {@link StoredMessage}[]: every message that
 *   was not known before
 */
export type TIMRecvNewMsgCallback<U = unknown> = (json_msg_array: string, user_data: U) => void;

/**
 * What TIMSetConvUnreadMessageCountChangedByFilterCallback registers.
 *
 * @param filter the text that was subscribed, letter for letter
 * @param total_unread_count the new total of what it picks
 */
export type TIMConvTotalUnreadMessageCountChangedByFilterCallback<U = unknown> = (
  filter: string, total_unread_count: number, user_data: U,
) => void;

/** Hears how a window on the list differs: `json_diff` is a {@link ListDiff}. Ours. */
export type TIMListDiffCallback<U = unknown> = (json_diff: string, user_data: U) => void;

/**
 * What TIMSetConvConversationGroupCreatedCallback registers.
 *
 * @param conversation_array JSON text of {@link ConvInfo}[]: its first members
 */
export type TIMConvConversationGroupCreatedCallback<U = unknown> = (
  group_name: string, conversation_array: string, user_data: U,
) => void;

/** What TIMSetConvConversationGroupDeletedCallback registers. */
export type TIMConvConversationGroupDeletedCallback<U = unknown> = (group_name: string, user_data: U) => void;

/** What TIMSetConvConversationGroupNameChangedCallback registers. */
export type TIMConvConversationGroupNameChangedCallback<U = unknown> = (
  old_name: string, new_name: string, user_data: U,
) => void;

/**
 * What TIMSetConvConversationsAddedToGroupCallback registers.
 *
 * @param conversation_array JSON text of {@link ConvInfo}[]: those that came
 */
export type TIMConvConversationsAddedToGroupCallback<U = unknown> = (
  group_name: string, conversation_array: string, user_data: U,
) => void;

/**
 * What TIMSetConvConversationsDeletedFromGroupCallback registers.
 *
 * @param conversation_array JSON text of {@link ConvInfo}[]: those that left
 * @param reason 0: they were taken out; 1: they made room in a full group
 */
export type TIMConvConversationsDeletedFromGroupCallback<U = unknown> = (
  group_name: string, conversation_array: string, reason: number, user_data: U,
) => void;

/**
 * What TIMSetMsgRevokeCallback registers.
 *
 * @param json_msg_revoke_info_array JSON text of {@link MsgRevoked}[]
 */
export type TIMMsgRevokeCallback<U = unknown> = (json_msg_revoke_info_array: string, user_data: U) => void;

/**
 * What TIMSetMsgUpdateCallback registers.
 *
 * @param json_msg_array JSON text of {@link StoredMessage}[]: the messages as
 *   they are now
 */
export type TIMMsgUpdateCallback<U = unknown> = (json_msg_array: string, user_data: U) => void;

/**
 * What TIMSetMsgReadedReceiptCallback registers.
 *
 * @param json_msg_read_receipt_array JSON text of {@link MsgReceipt}[], as they
 *   were fed
 */
export type TIMMsgReadedReceiptCallback<U = unknown> = (json_msg_read_receipt_array: string, user_data: U) => void;

/**
 * What TIMSetMsgAllMessageReceiveOptionCallback registers.
 *
 * @param json_receive_message_option_info JSON text of {@link AllRecvMsgOpt}
 */
export type TIMMsgAllMessageReceiveOptionCallback<U = unknown> = (
  json_receive_message_option_info: string, user_data: U,
) => void;

/**
 * The application's transport, which TIMSetMsgSendHandler registers. One that
 * throws has said nothing: the message is being sent as long as its tab lives. Ours.
 *
 * @param json_msg JSON text of the {@link StoredMessage} to send, which has the
 *   status kTIMMsg_Sending
 * @param done to be called once, whenever it is known what became of it
 */
export type TIMMsgSendHandler<U = unknown> = (json_msg: string, done: TIMMsgSendDone, user_data: U) => void;

/**
 * Tells what became of a message. Only the first call for each message counts. Ours.
 *
 * @param code 0: it was sent; anything else is handed to the sender's callback,
 *   and the message is kept as kTIMMsg_SendFail
 * @param desc handed to the sender's callback where `code` is not 0
 * @param json JSON text of {@link MsgEcho}; null or "" where the server told
 *   nothing
 */
export type TIMMsgSendDone = (code: number, desc?: string | null, json?: string | null) => void;

/**
 * What TIMSetStorageStatusCallback registers. Ours.
 *
 * @param json_status JSON text of {@link StorageStatus}
 */
export type TIMStorageStatusCallback<U = unknown> = (json_status: string, user_data: U) => void;

// --------------------------------------------------------------- the module

/**
 * The module. Besides the functions below it has every enum, as an object
 * (`TIM.TIMConvType.kTIMConv_C2C`) and member by member (`TIM.kTIMConv_C2C`),
 * and the JSON keys by name (`TIM.kTIMConvId` is "conv_id").
 *
 * What holds for all functions:
 * - They return a {@link TIMResult} at once; the callback runs only where that
 *   is TIM_SUCC (0). The checks are made in this order: TIM_ERR_SDKUNINIT (-1)
 *   after TIMUninit; TIM_ERR_NOTLOGIN (-2) in an application that has called
 *   TIMInit or logged out and not logged in; TIM_ERR_JSON (-3) for JSON that is
 *   missing, malformed, nested deeper than 1,000, or of the wrong shape;
 *   TIM_ERR_PARAM (-4) for every other argument; TIM_ERR_CONV (-5) for a
 *   conversation id without its prefix.
 * - Calls are done in the order they were made, those made before storage is
 *   open included. A callback with code 0 means that the change is durable.
 * - Any of them may call back with ERR_DATABASE_OPERATE_FAILED (6019: the
 *   database failed), ERR_IO_OPERATION_FAILED (6022: storage is full),
 *   ERR_SDK_COMM_DATABASE_FAILURE (7010: storage is closed in this tab, a reload
 *   helps), ERR_SDK_COMM_INTERRUPT (7009: the account was closed first) or
 *   ERR_SDK_INTERNAL_ERROR (7012). Then nothing was changed.
 * - Ids are non-empty strings of up to 1,024 bytes in UTF-8, without prefix:
 *   "ann". Where an array or a text names conversations of either type, there is
 *   a prefix: {@link ConversationID}, "c2c_ann" or "group_team".
 * - 64-bit arguments are numbers, BigInts or decimal digits: {@link Uint64Arg}.
 * - A `cb` may be null: the work is done all the same.
 */
export interface TIMModule extends TIMEnums, TIMConstants, TIMKeys {
  // Properties. Ours.

  /** The version of the module. */
  readonly version: string;
  /** Resolves with the first storage state other than "opening"; never rejects. */
  readonly ready: Promise<void>;
  /** The id of the login, "" for nobody and for the default account. */
  readonly loginUserID: string;
  /** How storage is at this moment. */
  readonly status: StorageStatus;

  // Life cycle. A page that calls neither TIMInit nor TIMLogin works on a
  // default account.

  /**
   * Begins the native life cycle: from now on calls need a login. Every
   * (sdk_app_id, user) has a database of its own. Tencent IM C API.
   *
   * @param sdk_app_id tells applications apart, any number
   * @param json_sdk_config JSON text of {@link InitConfig}, null or ""
   * @returns TIM_SUCC; ERR_SDK_HAD_INITIALIZED (90101) without a TIMUninit before
   *   the second one; TIM_ERR_JSON; TIM_ERR_PARAM, also for an option that cannot be
   */
  TIMInit(
    sdk_app_id: Uint64Arg,
    json_sdk_config: string | null,
  ): TIMResult | TIMErrCodeEnum["ERR_SDK_HAD_INITIALIZED"];

  /**
   * Ends it: what was accepted is committed and answered, then the account is
   * closed. Calls return TIM_ERR_SDKUNINIT until the next TIMInit. Tencent IM C API.
   *
   * @returns TIM_SUCC, or TIM_ERR_SDKUNINIT without a TIMInit or a login before
   */
  TIMUninit(): TIMResult;

  /**
   * Opens a user's own database, in this tab, with or without a TIMInit before.
   * Nobody checks the signature: there is no server. Another user who is logged
   * in is logged out first. Tencent IM C API.
   *
   * Calls back when the account is loaded, between the events Start and Finish
   * of TIMSetConvEventCallback; calls made meanwhile are answered afterwards.
   * `json_param` is "". Code ERR_SDK_ACCOUNT_LOGIN_IN_PROCESS (7501) during a
   * login; 0 at once where that user is logged in.
   */
  TIMLogin<U>(user_id: string, user_sig: string | null, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Closes the account after all that was accepted. From its return on calls
   * return TIM_ERR_NOTLOGIN; a TIMLogin may follow at once. Tencent IM C API.
   *
   * Calls back when it is closed; `json_param` is "".
   *
   * @returns TIM_SUCC, or TIM_ERR_NOTLOGIN where nobody is logged in
   */
  TIMLogout<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /** Returns whether a user is logged in. Tencent IM C API. */
  TIMGetLoginStatus(): TIMLoginStatus;

  /**
   * Writes the id of the login and a NUL behind it into the buffer, as UTF-8,
   * before it returns; TIM_ERR_PARAM where they do not fit. `TIM.loginUserID`
   * is the plain way. Tencent IM C API.
   */
  TIMGetLoginUserID(user_id_buffer: Uint8Array): TIMResult;
  /** Calls back with the id of the login as `json_param`, which is no JSON here. Ours. */
  TIMGetLoginUserID<U>(cb: TIMCommCallback<U>, user_data?: U): TIMResult;

  /** Returns the version of the module, as `TIM.version`. Tencent IM C API. */
  TIMGetSDKVersion(): string;

  /** Returns the clock of this device in seconds since 1970; there is no server. Tencent IM C API. */
  TIMGetServerTime(): number;

  /**
   * Sets options, all of them or none; it needs no login. Those it does not
   * know are left alone. Tencent IM C API.
   *
   * Calls back with code 0 and `json_param` "".
   *
   * @param json_config JSON text of {@link Config}
   * @returns TIM_SUCC; TIM_ERR_PARAM for a value that cannot be
   */
  TIMSetConfig<U>(json_config: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Gives what the flight recorder has kept, in every state and at once: the last
   * calls with their arguments, and what came of them. It holds messages and drafts;
   * a logout, TIMUninit, the login of another user and a wipe leave nothing of the
   * account in it. No user_sig and no user data are ever in it. Ours.
   *
   * Calls back with `json_param`: JSON objects, one a line, "" where it is off
   * ({@link Config.recorder}).
   */
  TIMRecorderExport<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Registers who is told how storage is, whenever that changes. One slot: the
   * last one counts, null empties it. Ours.
   */
  TIMSetStorageStatusCallback<U>(cb: TIMStorageStatusCallback<U> | null, user_data: U): void;

  // Conversations.

  /**
   * Creates a conversation, or gets the one there is. A new one is listed at
   * once and fires Add; one that exists is left as it is. Tencent IM C API.
   *
   * Calls back with `json_param`: one {@link ConvInfo}.
   */
  TIMConvCreate<U>(conv_id: string, conv_type: ConvKind, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Deletes a conversation with its messages, draft and pin; its receive option
   * stays. It fires Del. Messages it had, fed again, change nothing; a newer one
   * makes it anew. One that does not exist: code 0. Tencent IM C API.
   *
   * Calls back with `json_param` "".
   */
  TIMConvDelete<U>(conv_id: string, conv_type: ConvKind, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Gets all conversations in their order: pinned ones first, then by
   * `conv_active_time`, the newest first. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link ConvInfo}[], "[]" where there is none.
   */
  TIMConvGetConvList<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Gets some conversations, in the order asked for. Those that do not exist
   * are left out. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link ConvInfo}[].
   *
   * @param json_get_conv_list_param JSON text of {@link GetConversationListParam}[]
   * @returns TIM_SUCC; TIM_ERR_PARAM for null and ""
   */
  TIMConvGetConvInfo<U>(
    json_get_conv_list_param: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Sets a conversation's draft, which moves it up; one that does not exist is
   * created. Every later call sees it, and it outlives a tab killed right now.
   * A draft of nothing but empty texts is taken back, as by TIMConvCancelDraft.
   * It fires Update, or Add. Synchronous: no callback. Tencent IM C API.
   *
   * @param json_draft_param JSON text of {@link DraftParam}
   */
  TIMConvSetDraft(conv_id: string, conv_type: ConvKind, json_draft_param: string): TIMResult;

  /**
   * Takes a conversation's draft back; its place in the list stays. It fires
   * Update where there was one. Synchronous: no callback. Tencent IM C API.
   */
  TIMConvCancelDraft(conv_id: string, conv_type: ConvKind): TIMResult;

  /**
   * Pins a conversation before all that are not, or takes that back; the pinned
   * ones keep their order. It fires Update where that changed anything. Tencent
   * IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_CONVERSATION (6004) where
   * it does not exist, ERR_SDK_INVALID_OPERATION (7014) beyond 50 of them
   * ({@link Config.pin_limit}).
   */
  TIMConvPinConversation<U>(
    conv_id: string, conv_type: ConvKind, is_pinned: boolean, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Gets the sum of the unread counts, without those of conversations that are
   * muted and of meeting groups. From the first call on
   * TIMSetConvTotalUnreadMessageCountChangedCallback's callback is called.
   * Tencent IM C API.
   *
   * Calls back with `json_param`: {@link TotalUnreadResult}.
   */
  TIMConvGetTotalUnreadMessageCount<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Gets a page of the conversations that a filter picks, in list order. The
   * first call has `next_seq` 0, each later one the `next_seq` of the answer
   * before and the same filter, until `is_finished`. A page is the rows below
   * its `next_seq`, which is the `conv_active_time` of the last row before; rows
   * that share the last row's come with it, so that a page may be longer than
   * `count`. A row that moves up meanwhile may be missed (its event tells it),
   * one that moves down may come again. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link ConversationListResult}.
   *
   * @param filter JSON text of {@link ConversationFilter}; "{}" picks all
   * @returns TIM_SUCC; TIM_ERR_JSON for a `count` of 0 too
   */
  TIMConvGetConversationListByFilter<U>(
    filter: string, next_seq: Uint64Arg, count: Uint64Arg, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Deletes conversations, as TIMConvDelete does, or without their messages:
   * these count as read then, and show again when the conversation does. It
   * fires Del. One that does not exist: its code is 0. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link ConversationOperationResult}[]. Code
   * ERR_NO_SUCC_RESULT (6003) where none succeeded,
   * ERR_SVR_CONV_CONV_MARK_REQ_COUNT_EXCEED_LIMIT (51006) and "[]" for more than
   * 100.
   *
   * @param conversation_id_array JSON text of {@link ConversationID}[], not empty
   * @param clear_message whether the messages go too
   */
  TIMConvDeleteConversationList<U>(
    conversation_id_array: string, clear_message: boolean, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Sets the custom data of conversations, "" for none. It fires Update where
   * that changed anything. Tencent IM C API.
   *
   * Calls back with `json_param` and codes as TIMConvDeleteConversationList; a
   * conversation's own code is ERR_INVALID_CONVERSATION (6004) where it does not
   * exist, ERR_SVR_CONV_CONV_MARK_TOTAL_COUNT_EXCEED_LIMIT (51008) where 1,000
   * others have custom data. ERR_INVALID_PARAMETERS (6017) for longer data.
   *
   * @param conversation_id_array JSON text of {@link ConversationID}[], not empty
   * @param custom_data up to 256 bytes in UTF-8
   */
  TIMConvSetConversationCustomData<U>(
    conversation_id_array: string, custom_data: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Marks conversations, or takes marks back. Marks are labels: neither the
   * order nor a count follows from them. It fires Update where that changed
   * anything. Tencent IM C API.
   *
   * Calls back with `json_param` and codes as TIMConvSetConversationCustomData;
   * 51008 where 1,000 others are marked.
   *
   * @param conversation_id_array JSON text of {@link ConversationID}[], not empty
   * @param mark_type bits: members of TIMConversationMarkType, and bits 32 to 63
   *   of one's own; not 0. Several bits beyond 2^53 need a BigInt or digits
   */
  TIMConvMarkConversation<U>(
    conversation_id_array: string, mark_type: Uint64Arg, enable_mark: boolean,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Gets the unread total of the conversations that a filter picks, counted as
   * TIMConvGetTotalUnreadMessageCount counts. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link TotalUnreadResult}.
   *
   * @param filter JSON text of {@link ConversationFilter} with at least one member
   */
  TIMConvGetUnreadMessageCountByFilter<U>(
    filter: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Has TIMSetConvUnreadMessageCountChangedByFilterCallback's callback told when
   * the unread total of a filter changes, until the login ends. A filter that
   * picks the same is subscribed once; the newer text counts. Up to 1,000 of
   * them. Synchronous: no callback. Tencent IM C API.
   *
   * @param filter JSON text of {@link ConversationFilter} with at least one member
   */
  TIMConvSubscribeUnreadMessageCountByFilter(filter: string): TIMResult;

  /**
   * Ends that, for the filter that picks the same, however it is written.
   * Synchronous: no callback. Tencent IM C API.
   *
   * @param filter JSON text of {@link ConversationFilter} with at least one member
   */
  TIMConvUnsubscribeUnreadMessageCountByFilter(filter: string): TIMResult;

  /**
   * Has `cb` told what a part of the list shows, then each difference: once for
   * this call, and once for each commit that makes one, until
   * TIMConvUnsubscribeList or the end of the login. A window of the same id is
   * moved: the diff is relative to what it showed before. What an event costs
   * depends on the rows of the window, not on the number of conversations. Up to
   * 100 windows; one more is told code 6017. Ours.
   *
   * Calls back with `json_diff`: {@link ListDiff}.
   *
   * @param json_window JSON text of {@link ListWindow}
   */
  TIMConvSubscribeList<U>(json_window: string, cb: TIMListDiffCallback<U>, user_data: U): TIMResult;

  /**
   * Ends the subscription of that id; one that does not exist is fine.
   * Synchronous: no callback. Ours.
   */
  TIMConvUnsubscribeList(id: string): TIMResult;

  /**
   * Marks conversations as read, up to a second or a sequence and with it. It
   * fires Update for those that change. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_CONVERSATION (6004) where
   * the one named does not exist.
   *
   * @param conversation_id a {@link ConversationID}; "c2c" or "group": all of that
   *   type; null or "": all
   * @param clean_timestamp C2C: seconds since 1970; 0: all that is stored
   * @param clean_sequence groups: a message_seq; 0: all that is stored
   * @returns TIM_SUCC; TIM_ERR_CONV (-5) for an id without prefix
   */
  TIMConvCleanConversationUnreadMessageCount<U>(
    conversation_id: string | null, clean_timestamp: Uint64Arg, clean_sequence: Uint64Arg,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Explains an unread count: the marks, each of the newest 100 messages with
   * the reason why it counts or not, the sums over all, and what changed the
   * count last. Ours.
   *
   * Calls back with `json_param`: {@link UnreadExplanation}. Code
   * ERR_INVALID_CONVERSATION (6004) where nothing is known of it.
   */
  TIMConvExplainUnread<U>(
    conv_id: string, conv_type: ConvKind, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Works out every count, last message, total and subscription from the stored
   * messages once more and compares. It reads all messages. Ours.
   *
   * Calls back with `json_param`: string[], one line for people per difference.
   * There must be none: "[]". What differs is put right behind it.
   */
  TIMConvVerify<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Deletes all data of the open account for good, in all tabs, behind every
   * call accepted before: in one transaction, all or nothing. The account stays
   * open and logged in, empty; the events tell every tab what is gone. Ours.
   *
   * Calls back with `json_param` "", when the data is gone.
   */
  TIMConvWipe<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Writes all data of the open account as one text, as of one moment: JSON objects,
   * one a line, the last with a checksum. Messages stand in it as they are stored, and
   * so do, in hexadecimal, damaged records, which an import leaves out. Ours.
   *
   * Calls back with `json_param`: the text, to be kept as UTF-8 and not changed.
   */
  TIMConvExport<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Takes in what TIMConvExport wrote for the same account, in one transaction, all
   * or nothing. A message that is known stays as it is. A conversation that is not in
   * the list comes back as it was; one that is keeps its settings and gets the
   * messages it lacks, the further read position and the newer draft. The events
   * tell every tab. Ours.
   *
   * Calls back with `json_param`: {@link ImportResult}, or code
   * ERR_INVALID_PARAMETERS (6017) and in `desc` why the text is refused: no backup,
   * damaged, of another account, or of a newer version.
   */
  TIMConvImport<U>(text: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Asks the browser to keep what is stored when it is short of space, which it may
   * grant, refuse, or ask the user about, and how much there is. What is known then
   * stands in {@link TIMModule.status}, too. Ours.
   *
   * Calls back with `json_param`: {@link StorageEstimate}.
   */
  TIMPersistStorage<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  // Groups of conversations: tabs to sort the list into.

  /**
   * Makes a group of conversations; one that exists is joined by them. It is
   * made where at least one of them can be put into it. It fires Update, and
   * calls TIMSetConvConversationGroupCreatedCallback's callback. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link ConversationOperationResult}[] and codes
   * as TIMConvDeleteConversationList; 51010 beyond 20 groups, 51011 for a name of
   * more than 32 bytes. A conversation's own code: 6004 where it does not exist.
   *
   * @param group_name up to 32 bytes in UTF-8, not ""
   * @param conversation_id_array JSON text of {@link ConversationID}[], not empty
   */
  TIMConvCreateConversationGroup<U>(
    group_name: string, conversation_id_array: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Gets the names of the groups, in the order in which they were made. Tencent
   * IM C API.
   *
   * Calls back with `json_param`: string[].
   */
  TIMConvGetConversationGroupList<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Deletes a group; its conversations stay. It fires Update for them, and calls
   * TIMSetConvConversationGroupDeletedCallback's callback. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code 51009 where there is no such group.
   */
  TIMConvDeleteConversationGroup<U>(
    group_name: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Renames a group, which keeps its place and members. It fires Update for
   * these, and calls TIMSetConvConversationGroupNameChangedCallback's callback.
   * Tencent IM C API.
   *
   * Calls back with `json_param` "". Code 51009 where there is no such group,
   * 51011 for a name of more than 32 bytes, 6017 where another has the name.
   */
  TIMConvRenameConversationGroup<U>(
    old_name: string, new_name: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Puts conversations into a group; one may be in several. In a group of 1,000
   * the oldest member makes room. It fires Update, and calls
   * TIMSetConvConversationsAddedToGroupCallback's callback for those that were
   * not in it. Tencent IM C API.
   *
   * Calls back with `json_param` and codes as TIMConvCreateConversationGroup;
   * 51009 where there is no such group.
   *
   * @param conversation_id_array JSON text of {@link ConversationID}[], not empty
   */
  TIMConvAddConversationsToGroup<U>(
    group_name: string, conversation_id_array: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Takes conversations out of a group, which stays, even empty. It fires Update,
   * and calls TIMSetConvConversationsDeletedFromGroupCallback's callback with
   * reason 0 for those that were in it. Tencent IM C API.
   *
   * Calls back with `json_param` and codes as TIMConvAddConversationsToGroup.
   *
   * @param conversation_id_array JSON text of {@link ConversationID}[], not empty
   */
  TIMConvDeleteConversationsFromGroup<U>(
    group_name: string, conversation_id_array: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  // Who is told about conversations. Each setter has one slot: the last callback
  // counts, null empties it. Slots outlive logins.

  /**
   * Registers who is told about new, deleted and changed conversations, those
   * of other tabs included. One slot: the last one counts, null empties it.
   * Tencent IM C API.
   */
  TIMSetConvEventCallback<U>(cb: TIMConvEventCallback<U> | null, user_data: U): void;

  /**
   * Registers who is told when the total unread count has changed, once
   * TIMConvGetTotalUnreadMessageCount has been called. One slot: the last one
   * counts, null empties it. Tencent IM C API.
   */
  TIMSetConvTotalUnreadMessageCountChangedCallback<U>(
    cb: TIMConvTotalUnreadMessageCountChangedCallback<U> | null, user_data: U,
  ): void;

  /**
   * Registers who is told when the unread total of a subscribed filter has
   * changed. One slot: the last one counts, null empties it. Tencent IM C API.
   */
  TIMSetConvUnreadMessageCountChangedByFilterCallback<U>(
    cb: TIMConvTotalUnreadMessageCountChangedByFilterCallback<U> | null, user_data: U,
  ): void;

  /** Registers who is told that a group of conversations was made. One slot. Tencent IM C API. */
  TIMSetConvConversationGroupCreatedCallback<U>(
    cb: TIMConvConversationGroupCreatedCallback<U> | null, user_data: U,
  ): void;

  /** Registers who is told that a group of conversations was deleted. One slot. Tencent IM C API. */
  TIMSetConvConversationGroupDeletedCallback<U>(
    cb: TIMConvConversationGroupDeletedCallback<U> | null, user_data: U,
  ): void;

  /** Registers who is told that a group of conversations was renamed. One slot. Tencent IM C API. */
  TIMSetConvConversationGroupNameChangedCallback<U>(
    cb: TIMConvConversationGroupNameChangedCallback<U> | null, user_data: U,
  ): void;

  /** Registers who is told that conversations came into a group. One slot. Tencent IM C API. */
  TIMSetConvConversationsAddedToGroupCallback<U>(
    cb: TIMConvConversationsAddedToGroupCallback<U> | null, user_data: U,
  ): void;

  /** Registers who is told that conversations left a group, and why. One slot. Tencent IM C API. */
  TIMSetConvConversationsDeletedFromGroupCallback<U>(
    cb: TIMConvConversationsDeletedFromGroupCallback<U> | null, user_data: U,
  ): void;

  // Messages: history. A message is named by an object that has its
  // message_msg_id, which is enough, or message_seq and message_rand.

  /**
   * Gets a page of a conversation's stored messages, the newest first, in
   * either direction. Deleted ones are left out. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link StoredMessage}[], "[]" where there is none.
   *
   * @param json_get_msg_param JSON text of {@link GetMsgListParam}; "{}": the
   *   newest 20
   */
  TIMMsgGetMsgList<U>(
    conv_id: string, conv_type: ConvKind, json_get_msg_param: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Finds messages by their message_msg_id, in the order asked for, in all
   * conversations, revoked and deleted ones too. Those that are not known are
   * left out. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link StoredMessage}[].
   *
   * @param json_message_id_array JSON text of string[]
   */
  TIMMsgFindMessages<U>(json_message_id_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Finds messages of a conversation by locators. Tencent IM C API.
   *
   * Calls back with `json_param` as TIMMsgFindMessages.
   *
   * @param json_msg_Locator_array JSON text of {@link MsgLocator}[]
   */
  TIMMsgFindByMsgLocatorList<U>(
    conv_id: string, conv_type: ConvKind, json_msg_Locator_array: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Stores a message without sending it. It becomes the last message, makes or
   * lifts the conversation, and counts nowhere. One that is known stays as it
   * is. Tencent IM C API.
   *
   * Calls back with `json_param`: the {@link StoredMessage}.
   *
   * @param json_msg_param JSON text of {@link Message} with an element at least;
   *   the sender is the login, the times are the clock's, unless it says so
   */
  TIMMsgSaveMsg<U>(
    conv_id: string, conv_type: ConvKind, json_msg_param: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Stores messages of old: they get the status kTIMMsg_LocalImported, count
   * nowhere, lift nothing and make no conversation. The newest by time may
   * become the last message. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_PARAMETERS (6017) where
   * none could be taken.
   *
   * @param json_msg_array JSON text of {@link Message}[]
   */
  TIMMsgImportMsgList<U>(
    conv_id: string, conv_type: ConvKind, json_msg_array: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  // Messages: reading, revoking, changing, deleting.

  /**
   * Marks messages as read, up to and with the one named. It fires Update where
   * the unread count or the mark has changed. Tencent IM C API, retired there.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_CONVERSATION (6004) where
   * the conversation does not exist, ERR_INVALID_PARAMETERS (6017) where the
   * message is named by an id alone that is not known.
   *
   * @param conv_id null or "": all conversations of that type
   * @param json_msg_param JSON text of a {@link Message}, of which the id, or
   *   times and sequence are looked at; null or "": everything stored now
   */
  TIMMsgReportReaded<U>(
    conv_id: string | null, conv_type: ConvKind, json_msg_param: string | null,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Marks everything as read. It fires Update for conversations that change.
   * Tencent IM C API, retired there.
   *
   * Calls back with `json_param` "".
   */
  TIMMsgMarkAllMessageAsRead<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Revokes a message: its status becomes kTIMMsg_Revoked, it counts no more, and
   * may still be the last message. In C2C one's own only; there is no time limit.
   * Other tabs are told by TIMSetMsgRevokeCallback; other devices by whom the
   * application sends it to. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_PARAMETERS (6017) where it
   * is not known, ERR_SDK_INVALID_OPERATION (7014) where it cannot be revoked.
   *
   * @param json_msg_param JSON text of {@link Message} that names the message
   * @returns TIM_SUCC; TIM_ERR_PARAM where it names none
   */
  TIMMsgRevoke<U>(
    conv_id: string, conv_type: ConvKind, json_msg_param: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Changes members of a message, for this device. Identity, place, status, and
   * what only this device knows, stay. It tells TIMSetMsgUpdateCallback, and
   * fires Update where it is the last message. Tencent IM C API.
   *
   * Calls back with `json_param`: the {@link StoredMessage} as it is now. Code
   * ERR_INVALID_PARAMETERS (6017) where it is not known,
   * ERR_SDK_INVALID_OPERATION (7014) where it was revoked or deleted.
   *
   * @param json_msg_param JSON text of {@link Message}: what names the message,
   *   and the members to replace
   */
  TIMMsgModifyMessage<U>(json_msg_param: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Deletes a message. The last message falls back to the one before, the
   * conversation keeps its place. The message stays known, with the status
   * kTIMMsg_Deleted and without elements, so that feeding it again changes
   * nothing. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_PARAMETERS (6017) where it
   * is not known.
   *
   * @param json_msgdel_param JSON text of {@link MsgDeleteParam}. Where it names
   *   no message, all are deleted, as by TIMMsgClearHistoryMessage
   */
  TIMMsgDelete<U>(
    conv_id: string, conv_type: ConvKind, json_msgdel_param: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Deletes messages, each as TIMMsgDelete does. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code 0 where one was known at least, else
   * ERR_INVALID_PARAMETERS (6017), also for more than 50.
   *
   * @param json_msg_array JSON text of {@link Message}[] that name messages, not empty
   */
  TIMMsgListDelete<U>(
    conv_id: string, conv_type: ConvKind, json_msg_array: string,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Deletes all messages of a conversation, which stays where it is in the list.
   * Fed again they change nothing. It fires Update. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_CONVERSATION (6004) where
   * it does not exist.
   */
  TIMMsgClearHistoryMessage<U>(
    conv_id: string, conv_type: ConvKind, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Sets message_custom_int and message_custom_str of a message, which no server
   * and no other device sees. It fires Update where it is the last message.
   * Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_PARAMETERS (6017) where it
   * is not known.
   *
   * @param json_msg_param JSON text of {@link Message}: what names the message,
   *   and one or both of the two
   */
  TIMMsgSetLocalCustomData<U>(json_msg_param: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  // Messages: receive options.

  /**
   * Sets the receive option of users, with or without a conversation. Fires
   * Update. All but Receive keep a conversation out of the totals; its own count
   * goes on, and messages that are fed are taken whatever the option. Tencent
   * IM C API.
   *
   * Calls back with `json_param` "". Code ERR_INVALID_PARAMETERS (6017) for more
   * than 30.
   *
   * @param json_identifier_array JSON text of string[], user ids, not empty
   */
  TIMMsgSetC2CReceiveMessageOpt<U>(
    json_identifier_array: string, opt: TIMReceiveMessageOpt, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Gets the receive option of users, in the order asked for. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link RecvMsgOptResult}[].
   *
   * @param json_identifier_array JSON text of string[], user ids, not empty
   */
  TIMMsgGetC2CReceiveMessageOpt<U>(
    json_identifier_array: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Sets the receive option of a group, as TIMMsgSetC2CReceiveMessageOpt does.
   * Tencent IM C API.
   *
   * Calls back with `json_param` "".
   */
  TIMMsgSetGroupReceiveMessageOpt<U>(
    group_id: string, opt: TIMReceiveMessageOpt, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Keeps a daily quiet time for all conversations, and tells it to every tab by
   * TIMSetMsgAllMessageReceiveOptionCallback. Whether anything is shown or heard
   * then is the application's affair: no count changes. Tencent IM C API.
   *
   * Calls back with `json_param` "".
   *
   * @param start_hour 0 to 23; start_minute and start_second: 0 to 59
   * @param duration seconds
   */
  TIMMsgSetAllReceiveMessageOpt<U>(
    opt: TIMReceiveMessageOpt, start_hour: number, start_minute: number, start_second: number, duration: number,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Keeps a quiet time that comes once, in the same way. Tencent IM C API.
   *
   * Calls back with `json_param` "".
   *
   * @param start_time_stamp seconds since 1970
   * @param duration seconds
   */
  TIMMsgSetAllReceiveMessageOpt2<U>(
    opt: TIMReceiveMessageOpt, start_time_stamp: number, duration: number,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Gets the quiet time that was set last. Tencent IM C API.
   *
   * Calls back with `json_param`: {@link AllRecvMsgOpt}, zeros if there is none.
   */
  TIMMsgGetAllReceiveMessageOpt<U>(cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  // Messages: sending.

  /**
   * Registers the application's transport, to which TIMMsgSendMessage hands
   * messages. One slot: the last one counts, null empties it. Ours.
   */
  TIMSetMsgSendHandler<U>(handler: TIMMsgSendHandler<U> | null, user_data: U): void;

  /**
   * Stores a message with the status kTIMMsg_Sending, which makes or lifts the
   * conversation (Add or Update), and hands it to the transport; what this tells
   * settles it (Update). A message that could not be sent is sent again by the
   * same message_msg_id, or message_client_time and message_rand. Tencent IM C API.
   *
   * Calls back when it is settled, with `json_param`: the {@link StoredMessage},
   * kTIMMsg_SendSucc, if the code is 0 ("" where it is not stored any more, or
   * with message_is_online_msg never was). Else "" and the transport's code;
   * ERR_SDK_NET_DISCONNECT (9508) without a transport;
   * ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL (8021) after TIMMsgCancelSend;
   * ERR_SDK_COMM_INTERRUPT (7009) where the account was closed first;
   * ERR_SDK_INVALID_OPERATION (7014) for one that is being sent or was. But for
   * the last the message is kept as kTIMMsg_SendFail or kTIMMsg_Cancel.
   *
   * @param json_msg_param JSON text of {@link Message} with an element at least
   * @param message_id_buffer gets the message's id and a NUL, as UTF-8, before
   *   the call returns; TIM_ERR_PARAM where they do not fit
   */
  TIMMsgSendMessage<U>(
    conv_id: string, conv_type: ConvKind, json_msg_param: string, message_id_buffer: Uint8Array | null,
    cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Sends a message, as TIMMsgSendMessage does. Tencent IM C API, retired there.
   *
   * Calls back as TIMMsgSendMessage.
   */
  TIMMsgSendNewMsg<U>(
    conv_id: string, conv_type: ConvKind, json_msg_param: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Sends a message, as TIMMsgSendMessage does. Tencent IM C API, retired there.
   *
   * Calls back twice: `msgid_cb` at once, with the message's id as `json_param`,
   * which is no JSON here; `res_cb` as TIMMsgSendMessage.
   */
  TIMMsgSendNewMsgEx<U>(
    conv_id: string, conv_type: ConvKind, json_msg_param: string,
    msgid_cb: TIMCommCallback<U> | null, res_cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  /**
   * Gives up a message that this tab is sending: it becomes kTIMMsg_Cancel, and
   * what its transport tells later is ignored. Tencent IM C API.
   *
   * Calls back with `json_param` "". Code ERR_SDK_INVALID_CANCEL_MESSAGE (8020)
   * where it is not being sent, or has just been.
   */
  TIMMsgCancelSend<U>(
    conv_id: string, conv_type: ConvKind, message_id: string, cb: TIMCommCallback<U> | null, user_data: U,
  ): TIMResult;

  // Who is told about messages, in every tab.

  /**
   * Registers one more who is told about new messages, in every tab, once per
   * message, before the events of their conversations. The same function once
   * more gets the new `user_data`. Tencent IM C API.
   */
  TIMAddRecvNewMsgCallback<U>(cb: TIMRecvNewMsgCallback<U>, user_data: U): void;

  /** Takes that back; it must be the same function. Tencent IM C API. */
  TIMRemoveRecvNewMsgCallback(cb: TIMRecvNewMsgCallback<never>): void;

  /** Registers who is told that messages were revoked elsewhere. One slot. Tencent IM C API. */
  TIMSetMsgRevokeCallback<U>(cb: TIMMsgRevokeCallback<U> | null, user_data: U): void;

  /** Registers who is told that messages were changed. One slot. Tencent IM C API. */
  TIMSetMsgUpdateCallback<U>(cb: TIMMsgUpdateCallback<U> | null, user_data: U): void;

  /** Registers who is told that others have read messages. One slot. Tencent IM C API. */
  TIMSetMsgReadedReceiptCallback<U>(cb: TIMMsgReadedReceiptCallback<U> | null, user_data: U): void;

  /** Registers who is told that the quiet time of all conversations was set. One slot. Tencent IM C API. */
  TIMSetMsgAllMessageReceiveOptionCallback<U>(
    cb: TIMMsgAllMessageReceiveOptionCallback<U> | null, user_data: U,
  ): void;

  // What arrives: named after the callbacks that the native SDK would have fired.

  /**
   * Feeds messages, as the transport received them; fires what the native SDK
   * would have. A message that is known changes nothing. An empty array is a
   * barrier: it is answered when all that was accepted before is durable. Ours.
   *
   * Calls back when they are durable, with `json_param`: {@link RefusedItem}[],
   * the messages that could not be taken, "[]" if none. Code 0 where at least
   * one was taken, else ERR_INVALID_PARAMETERS (6017).
   *
   * @param json_msg_array JSON text of {@link Message}[]. A message names its
   *   conversation by `message_conv_id` and `message_conv_type`; without both it
   *   is of the C2C conversation with its sender. Members that are unknown, and
   *   every digit of a number, are kept
   */
  TIMRecvNewMsg<U>(json_msg_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Tells what a server knows better about conversations. One that does not
   * exist is not created: what is told is kept for its first appearance. Those
   * that change fire Update. Ours.
   *
   * Calls back when it is durable, with `json_param` and code as TIMRecvNewMsg.
   *
   * @param json_conv_array JSON text of {@link ConvUpdate}[]
   */
  TIMRecvConvUpdate<U>(json_conv_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Tells that conversations were deleted on another device: they are deleted
   * here too, with their messages. It fires Del. Ours.
   *
   * Calls back when it is durable, with `json_param` and code as TIMRecvNewMsg.
   *
   * @param conversation_id_array JSON text of {@link ConversationID}[]
   */
  TIMRecvConvDelete<U>(conversation_id_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Tells that messages were revoked, with what TIMSetMsgRevokeCallback tells
   * then. A revoke may come before its message. The same once more changes
   * nothing. Ours.
   *
   * Calls back when it is durable, with `json_param` and code as TIMRecvNewMsg.
   *
   * @param json_msg_locator_array JSON text of {@link MsgRevoke}[]
   */
  TIMRecvMsgRevoke<U>(json_msg_locator_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Tells newer versions of messages: their members replace those of the stored
   * one, but for its identity, its place, and what only this device knows. A
   * version may come before its message. TIMSetMsgUpdateCallback tells it, and
   * Update where it changed the conversation. Ours.
   *
   * Calls back when it is durable, with `json_param` and code as TIMRecvNewMsg.
   *
   * @param json_msg_array JSON text of {@link Message}[], each with its
   *   message_msg_id, or with conversation and sequence
   */
  TIMRecvMsgUpdate<U>(json_msg_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;

  /**
   * Tells that others have read messages: a C2C peer up to a second, or group
   * members one message. TIMSetMsgReadedReceiptCallback tells what is new. Unread
   * counts are not touched. Ours.
   *
   * Calls back when it is durable, with `json_param` and code as TIMRecvNewMsg.
   *
   * @param json_receipt_array JSON text of {@link MsgReceipt}[]
   */
  TIMRecvMsgReadedReceipt<U>(json_receipt_array: string, cb: TIMCommCallback<U> | null, user_data: U): TIMResult;
}

// ------------------------------------------------------------ JSON, parsed

/**
 * A 64-bit integer. The JSON text has every digit; JSON.parse rounds what is
 * beyond 2^53 (6961616747713488299 becomes 6961616747713488000). Take such a
 * number out of the text where its digits matter; never send it back parsed.
 */
export type Uint64 = number;

/** A 64-bit unsigned argument: a whole number, a BigInt, or decimal digits. */
export type Uint64Arg = number | bigint | string;

/** A conversation of either type by one text: "c2c_" and the user's id, "group_" and the group's. */
export type ConversationID = `c2c_${string}` | `group_${string}`;

/** The types that a conversation can have here: C2C and group. */
export type ConvKind = TIMConvTypeEnum["kTIMConv_C2C" | "kTIMConv_Group"];

/** A conversation. */
export interface ConvInfo {
  /** The user's or the group's id, without prefix. */
  conv_id: string;
  conv_type: ConvKind;
  /** Its own count, also where it is muted. */
  conv_unread_num: number;
  /** Not a time but what the list is sorted by, descending. Below 2^53. */
  conv_active_time: number;
  conv_is_has_lastmsg: boolean;
  /** There if conv_is_has_lastmsg. */
  conv_last_msg?: StoredMessage;
  conv_is_has_draft: boolean;
  /** There if conv_is_has_draft. */
  conv_draft?: Draft;
  conv_is_pinned: boolean;
  conv_recv_opt: TIMReceiveMessageOpt;
  /** The best name known, the id if none is. */
  conv_show_name: string;
  /** The address of a picture, "" if none is known. */
  conv_face_url: string;
  /** There for groups. */
  conv_group_type?: TIMGroupType;
  /** The unread mentions; there unless empty. */
  conv_group_at_info_array?: GroupAtInfo[];
  /** Members of TIMConversationMarkType, one bit each, and bits 32 to 63 of one's own. */
  conv_mark_array: Uint64[];
  conv_custom_data: string;
  conv_conversation_group_array: string[];
  /** C2C: up to when messages are read, in seconds since 1970; else 0. */
  conv_c2c_read_timestamp: number;
  /** Group: up to which sequence messages are read; else 0. */
  conv_group_read_sequence: Uint64;
}

/** An unread mention. */
export interface GroupAtInfo {
  /** The sequence of the message. */
  conv_group_at_info_seq: Uint64;
  conv_group_at_info_at_type: TIMGroupAtType;
}

/** A draft as it is kept. */
export interface Draft {
  /** As it was set; the time of the call in seconds where it was not. */
  draft_edit_time: Uint64;
  /** As it was set. (Where an application has set a plain string, that string.) */
  draft_msg?: Message;
  /** Free text. */
  draft_user_define?: string;
}

/** A draft as it is set: members that are missing are made up or left out. */
export type DraftParam = Partial<Draft>;

/** Which conversation is asked for. */
export interface GetConversationListParam {
  get_conversation_list_param_conv_id: string;
  get_conversation_list_param_conv_type: ConvKind;
}

/** The total unread count. */
export interface TotalUnreadResult {
  conv_get_total_unread_message_count_result_unread_count: number;
}

/**
 * Which conversations a filter picks: those for which all its members hold. One
 * that is missing or null holds for every conversation.
 */
export interface ConversationFilter {
  /** 0: any. */
  conversation_list_filter_conv_type?: ConvKind | 0;
  /** A group of conversations; "": those in no group. */
  conversation_list_filter_conversation_group?: string;
  /** Those that have all these bits; 0: those without marks. As a text beyond 2^53. */
  conversation_list_filter_mark_type?: Uint64 | string;
  conversation_list_filter_has_unread_count?: boolean;
  /** Whether there are unread mentions. */
  conversation_list_filter_has_group_at_info?: boolean;
  /** Those that have none of these bits. As a text beyond 2^53. Ours. */
  without_mark_type?: Uint64 | string;
}

/** A part of the list, for TIMConvSubscribeList. Ours. */
export interface ListWindow {
  /** Names the subscription; "" where it is missing. */
  id?: string;
  /** Missing: all conversations. Several: what one of them picks. */
  filter?: ConversationFilter | ConversationFilter[] | null;
  /** Place of the first row among those that the filter picks; 0 where it is missing. */
  from?: number;
  /** Most rows, up to 1,000; 20 where it is missing. 0: none, only `total` and `located`. */
  count?: number;
  /** A conversation whose place is to be told, in the window or not. */
  locate?: ConversationID | null;
}

/** How a window differs from what was told last. Ours. */
export interface ListDiff {
  id: string;
  /** Place of the window's first row. */
  from: number;
  /** Rows that the filter picks, in the window or not. */
  total: number;
  /** Place of the conversation to be located among these rows, -1 where it is not one of them. */
  located: number;
  /** The rows told before are void: begin with none. */
  reset: boolean;
  /** What to do to the rows, in this order. */
  ops: ListOp[];
  /** Only of a subscription that failed; nothing more is told. */
  code?: TIMErrCode;
  desc?: string;
}

/**
 * One change of the rows. Places count from the window's first row, in the rows
 * as the operations before left them. `move`: the row at `from` is taken out,
 * then put in at `index`.
 */
export type ListOp =
  | { op: "insert"; index: number; conv: ConvInfo }
  | { op: "move"; from: number; index: number }
  | { op: "remove"; index: number }
  | { op: "update"; index: number; conv: ConvInfo };

/** A page of conversations. */
export interface ConversationListResult {
  conversation_list_result_conv_list: ConvInfo[];
  /** For the next call: the last row's conv_active_time, 0 where there is no row. */
  conversation_list_result_next_seq: number;
  conversation_list_result_is_finished: boolean;
}

/** What became of one conversation of a batch. */
export interface ConversationOperationResult {
  /** As it was given. */
  conversation_operation_result_conversation_id: string;
  /** 0, or why not: 6017 for an id without prefix, 6004 for an unknown conversation. */
  conversation_operation_result_result_code: TIMErrCode;
  /** "OK", or a sentence for people. */
  conversation_operation_result_result_info: string;
}

/** Why an unread count is what it is. Ours. */
export interface UnreadExplanation {
  conv_id: string;
  conv_type: ConvKind;
  conv_unread_num: number;
  /** False: it was deleted, or never shown. */
  in_list: boolean;
  /** Whether the count is in the total. */
  in_total: boolean;
  /** Up to where it is read. */
  read_mark: ReadPosition;
  /** Up to where messages were deleted: fed again they change nothing. */
  deletion_mark: ReadPosition;
  /** What changed the count last. */
  last_change: UnreadChange;
  /** How many messages are stored. */
  stored: number;
  /** How many of them for each reason; those without any are left out. */
  sums: { [reason in UnreadReason]?: number };
  /** The newest 100, the newest first. */
  messages: ExplainedUnread[];
}

/** A place in a history. */
export interface ReadPosition {
  /** Seconds since 1970. */
  timestamp: number;
  /** Of groups. */
  sequence: Uint64;
}

export interface UnreadChange {
  /** In words, "receive" or "mark read"; "" if nothing did. */
  by: string;
  /** Milliseconds since 1970. */
  time: number;
  from: number;
  to: number;
}

export interface ExplainedUnread {
  message_msg_id: string;
  counted: boolean;
  reason: UnreadReason;
  timestamp: number;
  sequence: Uint64;
}

/**
 * Why a message counts, or does not.
 * - `counted`: it does
 * - `read`: it is at or below the read mark
 * - `from_self`: this account sent it
 * - `read_on_arrival`: message_is_read was true when it came
 * - `excluded`: kept out of counts, meant for some members only, or saved here
 * - `imported`: TIMMsgImportMsgList brought it
 * - `revoked`, `deleted`
 * - `live_room`: the group is an AVChatRoom
 */
export type UnreadReason =
  | "counted" | "read" | "from_self" | "read_on_arrival" | "excluded" | "imported" | "revoked" | "deleted" | "live_room";

/**
 * Which page of a history is asked for. All members may be missing. The old
 * spelling msg_getmsglist_param_is_remble is taken too.
 */
export interface GetMsgListParam {
  /** The message that the page follows, not part of it; {}, null, one not known: from the newest. */
  msg_getmsglist_param_last_msg?: Message | null;
  /** How many; 20 where it is missing or 0, at most 1,000. */
  msg_getmsglist_param_count?: number;
  /** True: newer messages than last_msg; the answer has the newest first all the same. */
  msg_getmsglist_param_is_forward?: boolean;
  /** Whether a server is asked too; there is none. */
  msg_getmsglist_param_is_ramble?: boolean;
  /** Groups: the sequence that the page begins with; last_msg goes before it. */
  msg_getmsglist_param_last_msg_seq?: Uint64;
  /** Seconds since 1970 at which the page begins, included. */
  msg_getmsglist_param_time_begin?: number;
  /** Seconds from there in the page's direction, included; 0: no end. */
  msg_getmsglist_param_time_period?: number;
  /** Groups: these sequences, whatever the rest says. */
  msg_getmsglist_param_message_seq_array?: Uint64[];
  /** Messages with an element of one of these types; ignored with is_ramble true. */
  msg_getmsglist_param_message_type_array?: TIMElemType[];
}

/** Which message is to be deleted. The old spelling msg_delete_param_is_remble is taken too. */
export interface MsgDeleteParam {
  /** What names it; {} or missing: all messages of the conversation. */
  msg_delete_param_msg?: Message;
  /** Whether the server's copy goes too; there is none. */
  msg_delete_param_is_ramble?: boolean;
}

/** What finds a message: sequence and random number, of its conversation. */
export interface MsgLocator {
  message_locator_conv_id?: string;
  message_locator_conv_type?: ConvKind;
  message_locator_seq?: Uint64;
  message_locator_rand?: Uint64;
  /** Seconds since 1970; a hint, it may be five minutes off. */
  message_locator_time?: number;
  message_locator_is_self?: boolean;
  message_locator_is_revoked?: boolean;
  message_locator_unique_id?: Uint64;
}

/** A revoke, as it is fed: a message_msg_id, or a locator with the conversation; and who did it. */
export interface MsgRevoke extends MsgLocator {
  message_msg_id?: string;
  message_revoker_user_id?: string;
  message_revoker_nick_name?: string;
  message_revoker_face_url?: string;
  message_revoke_reason?: string;
}

/**
 * A revoke, as it is told: of a message that is known all of the locator, of
 * one that is not what was fed.
 */
export type MsgRevoked = MsgRevoke;

/** That others have read. What is not listed here comes out as it was fed. */
export interface MsgReceipt {
  msg_receipt_conv_id: string;
  msg_receipt_conv_type: ConvKind;
  /** C2C: the peer has read up to this second, included. */
  msg_receipt_time_stamp?: number;
  /** The one message that the following are about. */
  msg_receipt_msg_id?: string;
  msg_receipt_is_peer_read?: boolean;
  msg_receipt_read_count?: number;
  msg_receipt_unread_count?: number;
}

/** What a server tells about a message that it took, all of it optional. Ours. */
export interface MsgEcho {
  message_server_time?: number;
  message_seq?: Uint64;
  message_unique_id?: Uint64;
  /** One more identity of the message; its own stays. */
  message_msg_id?: string;
}

/** The receive option of a user. */
export interface RecvMsgOptResult {
  msg_recv_msg_opt_result_identifier: string;
  msg_recv_msg_opt_result_opt: TIMReceiveMessageOpt;
}

/** A quiet time: daily from a time of day, or once from a second on. */
export interface AllRecvMsgOpt {
  msg_all_recv_msg_opt_level: TIMReceiveMessageOpt;
  msg_all_recv_msg_opt_start_hour: number;
  msg_all_recv_msg_opt_start_minute: number;
  msg_all_recv_msg_opt_start_second: number;
  /** Seconds since 1970; 0 where it is daily. */
  msg_all_recv_msg_opt_start_time_stamp: number;
  /** Seconds. */
  msg_all_recv_msg_duration: number;
}

/**
 * What is told about a conversation. Members that are missing stay as they are;
 * an empty name or picture is taken back. No limit of the calls holds here.
 */
export interface ConvUpdate {
  conv_id: string;
  conv_type: ConvKind;
  conv_show_name?: string;
  conv_face_url?: string;
  /** Ignored for C2C. */
  conv_group_type?: TIMGroupType;
  conv_recv_opt?: TIMReceiveMessageOpt;
  /** C2C: another device has read up to this second, included. It never takes a read back. */
  conv_c2c_read_timestamp?: number;
  /** Group: the same, up to this sequence. */
  conv_group_read_sequence?: Uint64;
  /** This and what follows is ignored where the conversation is not in the list. */
  conv_is_pinned?: boolean;
  /** All its marks. */
  conv_mark_array?: (Uint64 | string)[];
  conv_custom_data?: string;
  /** All groups it is in; those that do not exist are made. */
  conv_conversation_group_array?: string[];
}

/** An item of an array that could not be taken. */
export interface RefusedItem {
  /** Its place in the array, from 0. */
  index: number;
  code: TIMErrCode;
  /** Why, for people. */
  info: string;
}

/** How storage is. */
export interface StorageStatus {
  state: StorageState;
  /** Why, for people; "" if all is well. */
  reason: string;
  /**
   * How many stored records, or parts of records, are damaged and were set aside.
   * TIMConvExport has them; TIMConvWipe removes them.
   */
  quarantined: number;
  /**
   * There is nothing stored where once there was: the browser, or a user in its
   * settings, has deleted it. TIMConvImport takes in what was exported.
   */
  evicted: boolean;
  /** As TIMPersistStorage found it, once it was called. */
  persisted?: boolean;
  quota?: number;
  usage?: number;
}

/** What TIMConvImport took in. */
export interface ImportResult {
  /** Conversations that were not in the list. */
  conversations: number;
  /** Messages that were known. */
  known: number;
  /** Messages that were not. */
  messages: number;
}

/** What TIMPersistStorage found; a member is missing where the browser does not say. */
export interface StorageEstimate {
  /** Whether the browser keeps what is stored however short of space it is. */
  persisted?: boolean;
  /** Bytes that this origin may store. */
  quota?: number;
  /** Bytes that it stores. */
  usage?: number;
}

/**
 * - `opening`: calls wait
 * - `ready`: all is well
 * - `blocked`: another tab holds an older format open; calls wait
 * - `readonly`: reads work, writes fail
 * - `memory`: there is no storage; everything works until the tab closes
 * - `closed`: no account is open, or its format is newer than this module
 * - `recovering`: the database was lost and is being reopened; calls wait
 */
export type StorageState = "opening" | "ready" | "blocked" | "readonly" | "memory" | "closed" | "recovering";

/** Options, of loadTIM, TIMSetConfig and TIMInit. Ours. */
export interface Config {
  /**
   * What a callback with code 0 promises. `strict`, the default: the change
   * outlives a loss of power. `relaxed`: it outlives the tab and the browser.
   */
  durability?: "strict" | "relaxed";
  /** How many conversations can be pinned, 50 by default. */
  pin_limit?: number;
  /**
   * How many lines the flight recorder keeps, for TIMRecorderExport: up to 100,000, and
   * 4 MiB in all. 0, the default: it is off. What it keeps are messages and drafts, too.
   */
  recorder?: number;
}

/** What TIMInit takes. The native SDK's members are accepted and have no meaning here. */
export interface InitConfig extends Config {
  sdk_config_config_file_path?: string;
  sdk_config_log_file_path?: string;
  sdk_config_main_thread_id?: Uint64;
}

/**
 * A message. As it is fed: what is missing is filled in where it says so below.
 * To have members of one's own typed, declare the interface once more.
 */
export interface Message {
  /** What it says. */
  message_elem_array?: Elem[];
  /** The user's or the group's id. Filled in together with the type: the sender. */
  message_conv_id?: string;
  message_conv_type?: ConvKind;
  message_sender?: string;
  /**
   * Its identity. Filled in: `sender-client_time-rand`, else
   * `sender-server_time-rand-seq`, else a fresh one.
   */
  message_msg_id?: string;
  message_unique_id?: Uint64;
  message_rand?: Uint64;
  /** Its place in a group. */
  message_seq?: Uint64;
  /** Seconds since 1970. Filled in, both times, where both are missing or 0. */
  message_client_time?: number;
  message_server_time?: number;
  /** Filled in: kTIMMsg_SendSucc. */
  message_status?: TIMMsgStatus;
  /** Filled in: whether the sender is the login. */
  message_is_from_self?: boolean;
  /** True: it is not counted as unread. */
  message_is_read?: boolean;
  /** True: it is told to the message callbacks, and neither stored nor counted. */
  message_is_online_msg?: boolean;
  /** True: it is not counted as unread. */
  message_is_excluded_from_unread_count?: boolean;
  /** True: it does not become the last message. */
  message_excluded_from_last_message?: boolean;
  /** Who is mentioned: ids, or "__kImSDK_MessageAtALL__" for all. */
  message_group_at_user_array?: string[];
  /** Whom it is meant for alone; such a message is not counted as unread. */
  message_target_group_member_array?: string[];
  message_sender_profile?: UserProfile;
  message_sender_group_member_info?: GroupMemberInfo;
  message_priority?: TIMMsgPriority;
  message_platform?: TIMPlatform;
  message_custom_int?: number;
  message_custom_str?: string;
  message_cloud_custom_str?: string;
  message_is_peer_read?: boolean;
  message_receipt_peer_read?: boolean;
  message_need_read_receipt?: boolean;
  message_has_sent_receipt?: boolean;
  message_group_receipt_read_count?: number;
  message_group_receipt_unread_count?: number;
  message_support_message_extension?: boolean;
  message_is_broadcast_message?: boolean;
  message_is_forward_message?: boolean;
  message_version?: number;
  message_excluded_from_content_moderation?: boolean;
  message_custom_moderation_configuration_id?: string;
  message_has_risk_content?: boolean;
  message_risk_type_identified?: number;
  message_offline_push_config?: unknown;
  message_revoker_user_id?: string;
  message_revoker_nick_name?: string;
  message_revoker_face_url?: string;
  message_revoke_reason?: string;
  message_pinner_user_id?: string;
  message_pinner_nick_name?: string;
  message_pinner_friend_remark?: string;
  message_pinner_name_card?: string;
  message_pinner_face_url?: string;
}

/** A message as it was taken in: as it came, and what was missing filled in. */
export interface StoredMessage extends Message {
  message_conv_id: string;
  message_conv_type: ConvKind;
  message_msg_id: string;
  message_status: TIMMsgStatus;
  message_is_from_self: boolean;
}

/** A person. */
export interface UserProfile {
  user_profile_identifier?: string;
  user_profile_nick_name?: string;
  user_profile_gender?: TIMGenderType;
  user_profile_face_url?: string;
  /** Only in message_sender_profile. */
  user_profile_friend_remark?: string;
  user_profile_self_signature?: string;
  user_profile_add_permission?: TIMProfileAddPermission;
  user_profile_location?: string;
  user_profile_language?: number;
  user_profile_birthday?: number;
  user_profile_level?: number;
  user_profile_role?: number;
  user_profile_custom_string_array?: UserProfileCustomString[];
}

export interface UserProfileCustomString {
  user_profile_custom_string_info_key: string;
  user_profile_custom_string_info_value: string;
}

/** A person in a group. */
export interface GroupMemberInfo {
  group_member_info_identifier?: string;
  group_member_info_group_id?: string;
  /** Seconds since 1970. */
  group_member_info_join_time?: number;
  group_member_info_member_role?: TIMGroupMemberRole;
  group_member_info_msg_flag?: TIMReceiveMessageOpt;
  group_member_info_msg_seq?: Uint64;
  group_member_info_shutup_time?: number;
  group_member_info_name_card?: string;
  group_member_info_nick_name?: string;
  group_member_info_friend_remark?: string;
  group_member_info_face_url?: string;
  /** Old senders put an empty object here. */
  group_member_info_custom_info?: GroupMemberCustomString[] | Record<string, never>;
  group_member_info_is_online?: boolean;
  group_member_info_online_devices?: unknown[];
}

export interface GroupMemberCustomString {
  group_member_info_custom_string_info_key: string;
  group_member_info_custom_string_info_value: string;
}

// --------------------------------------------------------- message elements

/** What a message is made of; `elem_type` tells which. */
export type Elem =
  | TextElem | ImageElem | SoundElem | CustomElem | FileElem | GroupTipsElem | FaceElem
  | LocationElem | GroupReportElem | VideoElem | MergerElem | OtherElem;

export interface TextElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Text"];
  text_elem_content: string;
}

export interface ImageElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Image"];
  image_elem_orig_path?: string;
  image_elem_level?: TIMImageLevel;
  /** 1 JPG, 2 GIF, 3 PNG, 4 BMP, 255 unknown. */
  image_elem_format?: number;
  image_elem_orig_id?: string;
  image_elem_orig_pic_height?: number;
  image_elem_orig_pic_width?: number;
  image_elem_orig_pic_size?: number;
  image_elem_orig_url?: string;
  image_elem_thumb_id?: string;
  image_elem_thumb_pic_height?: number;
  image_elem_thumb_pic_width?: number;
  image_elem_thumb_pic_size?: number;
  image_elem_thumb_url?: string;
  image_elem_large_id?: string;
  image_elem_large_pic_height?: number;
  image_elem_large_pic_width?: number;
  image_elem_large_pic_size?: number;
  image_elem_large_url?: string;
  /** Retired. */
  image_elem_task_id?: number;
}

export interface SoundElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Sound"];
  sound_elem_file_path?: string;
  sound_elem_file_size?: number;
  /** Seconds. */
  sound_elem_file_time?: number;
  sound_elem_file_id?: string;
  sound_elem_business_id?: number;
  sound_elem_url?: string;
  /** Retired. */
  sound_elem_task_id?: number;
}

export interface CustomElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Custom"];
  custom_elem_data?: string;
  custom_elem_desc?: string;
  custom_elem_ext?: string;
  custom_elem_sound?: string;
}

export interface FileElem {
  elem_type: TIMElemTypeEnum["kTIMElem_File"];
  file_elem_file_path?: string;
  file_elem_file_name?: string;
  file_elem_file_size?: number;
  file_elem_file_id?: string;
  file_elem_business_id?: number;
  file_elem_url?: string;
  /** Retired. */
  file_elem_task_id?: number;
}

export interface FaceElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Face"];
  face_elem_index?: number;
  face_elem_buf?: string;
}

export interface LocationElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Location"];
  location_elem_desc?: string;
  location_elem_longitude?: number;
  location_elem_latitude?: number;
}

export interface VideoElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Video"];
  video_elem_video_type?: string;
  video_elem_video_size?: number;
  /** Seconds. */
  video_elem_video_duration?: number;
  video_elem_video_path?: string;
  video_elem_video_id?: string;
  video_elem_business_id?: number;
  video_elem_video_url?: string;
  video_elem_image_type?: string;
  video_elem_image_size?: number;
  video_elem_image_width?: number;
  video_elem_image_height?: number;
  video_elem_image_path?: string;
  video_elem_image_id?: string;
  video_elem_image_url?: string;
  /** Retired. */
  video_elem_task_id?: number;
}

/** Messages forwarded together. */
export interface MergerElem {
  elem_type: TIMElemTypeEnum["kTIMElem_Merge"];
  merge_elem_title?: string;
  merge_elem_abstract_array?: string[];
  merge_elem_compatible_text?: string;
  merge_elem_message_array?: Message[];
  merge_elem_layer_over_limit?: boolean;
  merge_elem_relay_pb_key?: string;
  merge_elem_relay_json_key?: string;
  merge_elem_relay_buffer?: string;
}

/** What happened in a group. */
export interface GroupTipsElem {
  elem_type: TIMElemTypeEnum["kTIMElem_GroupTips"];
  group_tips_elem_tip_type?: TIMGroupTipType;
  group_tips_elem_join_type?: TIMGroupJoinType;
  group_tips_elem_op_user?: string;
  group_tips_elem_group_id?: string;
  group_tips_elem_user_array?: string[];
  group_tips_elem_group_change_info_array?: GroupTipGroupChangeInfo[];
  group_tips_elem_member_change_info_array?: GroupTipMemberChangeInfo[];
  group_tips_elem_op_user_info?: UserProfile;
  group_tips_elem_op_group_memberinfo?: GroupMemberInfo;
  group_tips_elem_changed_user_info_array?: UserProfile[];
  group_tips_elem_changed_group_memberinfo_array?: GroupMemberInfo[];
  group_tips_elem_member_num?: number;
  group_tips_elem_platform?: string;
  group_tips_elem_member_mark_info_array?: GroupTipMemberMarkChangeInfo[];
  group_tips_elem_pinned_message_list?: unknown;
  /** In old messages. */
  group_tips_elem_group_name?: string;
  /** In old messages. */
  group_tips_elem_time?: number;
}

export interface GroupTipGroupChangeInfo {
  group_tips_group_change_info_flag?: TIMGroupTipGroupChangeFlag;
  group_tips_group_change_info_value?: string;
  group_tips_group_change_info_key?: string;
  group_tips_group_change_info_bool_value?: boolean;
  group_tips_group_change_info_int_value?: number;
  group_tips_group_change_info_uint64_value?: Uint64;
}

export interface GroupTipMemberChangeInfo {
  group_tips_member_change_info_identifier?: string;
  /** Seconds. */
  group_tips_member_change_info_shutupTime?: number;
}

export interface GroupTipMemberMarkChangeInfo {
  group_tips_member_mark_change_info_enableMark?: boolean;
  group_tips_member_mark_change_info_markType?: number;
  group_tips_member_mark_change_info_userIDList?: string[];
}

/** What a group tells one person. */
export interface GroupReportElem {
  elem_type: TIMElemTypeEnum["kTIMElem_GroupReport"];
  group_report_elem_report_type?: TIMGroupReportType;
  group_report_elem_group_id?: string;
  /** Retired. */
  group_report_elem_group_name?: string;
  group_report_elem_op_user?: string;
  group_report_elem_msg?: string;
  group_report_elem_user_data?: string;
  group_report_elem_op_user_info?: UserProfile;
  group_report_elem_op_group_memberinfo?: GroupMemberInfo;
  group_report_elem_platform?: string;
  /** Seconds. */
  group_report_elem_shut_up_time?: number;
  group_report_elem_group_message_receive_option?: TIMReceiveMessageOpt;
}

/** Changes of friends and profiles, and what is invalid. */
export interface OtherElem {
  elem_type: TIMElemTypeEnum["kTIMElem_FriendChange" | "kTIMElem_ProfileChange" | "kTIMElem_Invalid"];
  [member: string]: unknown;
}

// -------------------------------------------------------------------- enums

/** The enums as objects. The type of the same name is the union of the values. */
export interface TIMEnums {
  readonly TIMResult: TIMResultEnum;
  readonly TIMConvType: TIMConvTypeEnum;
  readonly TIMConvEvent: TIMConvEventEnum;
  readonly TIMConversationMarkType: TIMConversationMarkTypeEnum;
  readonly TIMGroupAtType: TIMGroupAtTypeEnum;
  readonly TIMReceiveMessageOpt: TIMReceiveMessageOptEnum;
  readonly TIMLoginStatus: TIMLoginStatusEnum;
  readonly TIMGenderType: TIMGenderTypeEnum;
  readonly TIMProfileAddPermission: TIMProfileAddPermissionEnum;
  readonly TIMMsgStatus: TIMMsgStatusEnum;
  readonly TIMMsgPriority: TIMMsgPriorityEnum;
  readonly TIMPlatform: TIMPlatformEnum;
  readonly TIMElemType: TIMElemTypeEnum;
  readonly TIMImageLevel: TIMImageLevelEnum;
  readonly TIMGroupType: TIMGroupTypeEnum;
  readonly TIMGroupMemberRole: TIMGroupMemberRoleEnum;
  readonly TIMGroupTipType: TIMGroupTipTypeEnum;
  readonly TIMGroupTipGroupChangeFlag: TIMGroupTipGroupChangeFlagEnum;
  readonly TIMGroupReportType: TIMGroupReportTypeEnum;
  readonly TIMGroupJoinType: TIMGroupJoinTypeEnum;
  readonly TIMErrCode: TIMErrCodeEnum;
}

/** The members of all enums, by their own names. */
export interface TIMConstants extends
  TIMResultEnum, TIMConvTypeEnum, TIMConvEventEnum, TIMConversationMarkTypeEnum, TIMGroupAtTypeEnum,
  TIMReceiveMessageOptEnum, TIMLoginStatusEnum, TIMGenderTypeEnum, TIMProfileAddPermissionEnum,
  TIMMsgStatusEnum, TIMMsgPriorityEnum, TIMPlatformEnum, TIMElemTypeEnum, TIMImageLevelEnum,
  TIMGroupTypeEnum, TIMGroupMemberRoleEnum, TIMGroupTipTypeEnum, TIMGroupTipGroupChangeFlagEnum,
  TIMGroupReportTypeEnum, TIMGroupJoinTypeEnum, TIMErrCodeEnum {}

/** What a call returns at once. */
export interface TIMResultEnum {
  /** Accepted: the callback will run. */
  readonly TIM_SUCC: 0;
  /** TIMUninit was called and TIMInit was not again. */
  readonly TIM_ERR_SDKUNINIT: -1;
  /** Nobody is logged in. */
  readonly TIM_ERR_NOTLOGIN: -2;
  /** JSON that is missing, malformed, too deep or of the wrong shape. */
  readonly TIM_ERR_JSON: -3;
  /** Another argument cannot be. */
  readonly TIM_ERR_PARAM: -4;
  /** A conversation id without the prefix that it must have. */
  readonly TIM_ERR_CONV: -5;
  /** Not given by this module. */
  readonly TIM_ERR_GROUP: -6;
}
export type TIMResult = TIMResultEnum[keyof TIMResultEnum];

/** The type of a conversation. */
export interface TIMConvTypeEnum {
  /** Never taken. */
  readonly kTIMConv_Invalid: 0;
  readonly kTIMConv_C2C: 1;
  readonly kTIMConv_Group: 2;
  /** Retired, never taken. */
  readonly kTIMConv_System: 3;
}
export type TIMConvType = TIMConvTypeEnum[keyof TIMConvTypeEnum];

/** What TIMSetConvEventCallback tells. */
export interface TIMConvEventEnum {
  readonly kTIMConvEvent_Add: 0;
  readonly kTIMConvEvent_Del: 1;
  readonly kTIMConvEvent_Update: 2;
  /** A login begins to load. */
  readonly kTIMConvEvent_Start: 3;
  /** It is done. */
  readonly kTIMConvEvent_Finish: 4;
}
export type TIMConvEvent = TIMConvEventEnum[keyof TIMConvEventEnum];

/** Bits of conv_mark_array. Bits 32 to 63 are free for applications. */
export interface TIMConversationMarkTypeEnum {
  readonly kTIMConversationMarkTypeStar: 1;
  readonly kTIMConversationMarkTypeUnread: 2;
  readonly kTIMConversationMarkTypeFold: 4;
  readonly kTIMConversationMarkTypeHide: 8;
}
export type TIMConversationMarkType = TIMConversationMarkTypeEnum[keyof TIMConversationMarkTypeEnum];

/** Who is mentioned. */
export interface TIMGroupAtTypeEnum {
  readonly kTIMGroup_At_Me: 1;
  readonly kTIMGroup_At_All: 2;
  readonly kTIMGroup_At_All_At_ME: 3;
}
export type TIMGroupAtType = TIMGroupAtTypeEnum[keyof TIMGroupAtTypeEnum];

/** What comes through of a conversation. All but Receive keep it out of the total unread count. */
export interface TIMReceiveMessageOptEnum {
  readonly kTIMRecvMsgOpt_Receive: 0;
  readonly kTIMRecvMsgOpt_Not_Receive: 1;
  readonly kTIMRecvMsgOpt_Not_Notify: 2;
  readonly kTIMRecvMsgOpt_Not_Notify_Except_At: 3;
  readonly kTIMRecvMsgOpt_Not_Receive_Except_At: 4;
}
export type TIMReceiveMessageOpt = TIMReceiveMessageOptEnum[keyof TIMReceiveMessageOptEnum];

/** Whether a user is logged in. */
export interface TIMLoginStatusEnum {
  readonly kTIMLoginStatus_Logined: 1;
  readonly kTIMLoginStatus_Logining: 2;
  readonly kTIMLoginStatus_UnLogined: 3;
  readonly kTIMLoginStatus_Logouting: 4;
}
export type TIMLoginStatus = TIMLoginStatusEnum[keyof TIMLoginStatusEnum];

/** A user's gender. */
export interface TIMGenderTypeEnum {
  readonly kTIMGenderType_Unknown: 0;
  readonly kTIMGenderType_Male: 1;
  readonly kTIMGenderType_Female: 2;
}
export type TIMGenderType = TIMGenderTypeEnum[keyof TIMGenderTypeEnum];

/** Who may become a user's friend. */
export interface TIMProfileAddPermissionEnum {
  readonly kTIMProfileAddPermission_Unknown: 0;
  readonly kTIMProfileAddPermission_AllowAny: 1;
  readonly kTIMProfileAddPermission_NeedConfirm: 2;
  readonly kTIMProfileAddPermission_DenyAny: 3;
}
export type TIMProfileAddPermission = TIMProfileAddPermissionEnum[keyof TIMProfileAddPermissionEnum];

/** What has become of a message. */
export interface TIMMsgStatusEnum {
  readonly kTIMMsg_Sending: 1;
  readonly kTIMMsg_SendSucc: 2;
  readonly kTIMMsg_SendFail: 3;
  readonly kTIMMsg_Deleted: 4;
  readonly kTIMMsg_LocalImported: 5;
  readonly kTIMMsg_Revoked: 6;
  readonly kTIMMsg_Cancel: 7;
}
export type TIMMsgStatus = TIMMsgStatusEnum[keyof TIMMsgStatusEnum];

/** How urgent a message is. */
export interface TIMMsgPriorityEnum {
  readonly kTIMMsgPriority_High: 0;
  readonly kTIMMsgPriority_Normal: 1;
  readonly kTIMMsgPriority_Low: 2;
  readonly kTIMMsgPriority_Lowest: 3;
}
export type TIMMsgPriority = TIMMsgPriorityEnum[keyof TIMMsgPriorityEnum];

/** What a message was sent from. */
export interface TIMPlatformEnum {
  readonly kTIMPlatform_Other: 0;
  readonly kTIMPlatform_Windows: 1;
  readonly kTIMPlatform_Android: 2;
  readonly kTIMPlatform_IOS: 3;
  readonly kTIMPlatform_Mac: 4;
  readonly kTIMPlatform_Simulator: 5;
}
export type TIMPlatform = TIMPlatformEnum[keyof TIMPlatformEnum];

/** The type of an element. */
export interface TIMElemTypeEnum {
  readonly kTIMElem_Text: 0;
  readonly kTIMElem_Image: 1;
  readonly kTIMElem_Sound: 2;
  readonly kTIMElem_Custom: 3;
  readonly kTIMElem_File: 4;
  readonly kTIMElem_GroupTips: 5;
  readonly kTIMElem_Face: 6;
  readonly kTIMElem_Location: 7;
  readonly kTIMElem_GroupReport: 8;
  readonly kTIMElem_Video: 9;
  readonly kTIMElem_FriendChange: 10;
  readonly kTIMElem_ProfileChange: 11;
  readonly kTIMElem_Merge: 12;
  readonly kTIMElem_Invalid: -1;
}
export type TIMElemType = TIMElemTypeEnum[keyof TIMElemTypeEnum];

/** How an image was sent. */
export interface TIMImageLevelEnum {
  readonly kTIMImageLevel_Orig: 0;
  readonly kTIMImageLevel_Compression: 1;
  readonly kTIMImageLevel_HD: 2;
}
export type TIMImageLevel = TIMImageLevelEnum[keyof TIMImageLevelEnum];

/** The type of a group. Private is called Work today, ChatRoom Meeting. */
export interface TIMGroupTypeEnum {
  readonly kTIMGroup_Public: 0;
  readonly kTIMGroup_Private: 1;
  readonly kTIMGroup_ChatRoom: 2;
  readonly kTIMGroup_BChatRoom: 3;
  readonly kTIMGroup_AVChatRoom: 4;
  readonly kTIMGroup_Community: 5;
}
export type TIMGroupType = TIMGroupTypeEnum[keyof TIMGroupTypeEnum];

/** What a person is in a group. */
export interface TIMGroupMemberRoleEnum {
  readonly kTIMMemberRole_None: 0;
  readonly kTIMMemberRole_Normal: 200;
  readonly kTIMMemberRole_Admin: 300;
  readonly kTIMMemberRole_Owner: 400;
}
export type TIMGroupMemberRole = TIMGroupMemberRoleEnum[keyof TIMGroupMemberRoleEnum];

/** What happened in a group. Two names begin with a capital K. */
export interface TIMGroupTipTypeEnum {
  readonly kTIMGroupTip_None: 0;
  readonly kTIMGroupTip_Invite: 1;
  readonly kTIMGroupTip_Quit: 2;
  readonly kTIMGroupTip_Kick: 3;
  readonly kTIMGroupTip_SetAdmin: 4;
  readonly kTIMGroupTip_CancelAdmin: 5;
  readonly kTIMGroupTip_GroupInfoChange: 6;
  readonly kTIMGroupTip_MemberInfoChange: 7;
  readonly kTIMGroupTip_MemberMarkChange: 8;
  readonly kTIMGroupTip_TopicInfoChange: 9;
  readonly KTIMGroupTip_PinnedMessageAdded: 10;
  readonly KTIMGroupTip_PinnedMessageDeleted: 11;
}
export type TIMGroupTipType = TIMGroupTipTypeEnum[keyof TIMGroupTipTypeEnum];

/** What of a group was changed. */
export interface TIMGroupTipGroupChangeFlagEnum {
  readonly kTIMGroupTipChangeFlag_Unknown: 0;
  readonly kTIMGroupTipChangeFlag_Name: 1;
  readonly kTIMGroupTipChangeFlag_Introduction: 2;
  readonly kTIMGroupTipChangeFlag_Notification: 3;
  readonly kTIMGroupTipChangeFlag_FaceUrl: 4;
  readonly kTIMGroupTipChangeFlag_Owner: 5;
  readonly kTIMGroupTipChangeFlag_Custom: 6;
  readonly kTIMGroupTipChangeFlag_Attribute: 7;
  readonly kTIMGroupTipChangeFlag_ShutupAll: 8;
  readonly kTIMGroupTipChangeFlag_TopicCustomData: 9;
  readonly kTIMGroupTipChangeFlag_MessageReceiveOpt: 10;
  readonly kTIMGroupTipChangeFlag_GroupAddOpt: 11;
  readonly kTIMGroupTipChangeFlag_GroupApproveOpt: 12;
  readonly kTIMGroupTipChangeFlag_EnablePermissionGroup: 13;
  readonly kTIMGroupTipChangeFlag_DefaultPermissions: 14;
}
export type TIMGroupTipGroupChangeFlag = TIMGroupTipGroupChangeFlagEnum[keyof TIMGroupTipGroupChangeFlagEnum];

/** What a group tells one person. */
export interface TIMGroupReportTypeEnum {
  readonly kTIMGroupReport_None: 0;
  readonly kTIMGroupReport_AddRequest: 1;
  readonly kTIMGroupReport_AddAccept: 2;
  readonly kTIMGroupReport_AddRefuse: 3;
  readonly kTIMGroupReport_BeKicked: 4;
  readonly kTIMGroupReport_Delete: 5;
  readonly kTIMGroupReport_Create: 6;
  readonly kTIMGroupReport_Invite: 7;
  readonly kTIMGroupReport_Quit: 8;
  readonly kTIMGroupReport_GrantAdmin: 9;
  readonly kTIMGroupReport_CancelAdmin: 10;
  readonly kTIMGroupReport_GroupRecycle: 11;
  readonly kTIMGroupReport_InviteReqToInvitee: 12;
  readonly kTIMGroupReport_InviteAccept: 13;
  readonly kTIMGroupReport_InviteRefuse: 14;
  readonly kTIMGroupReport_ReadReport: 15;
  readonly kTIMGroupReport_UserDefine: 16;
  readonly kTIMGroupReport_ShutUpMember: 17;
  readonly kTIMGroupReport_TopicCreate: 18;
  readonly kTIMGroupReport_TopicDelete: 19;
  readonly kTIMGroupReport_GroupMessageRead: 20;
  readonly kTIMGroupReport_GroupMessageRecvOption: 21;
  readonly kTIMGroupReport_BannedFromGroup: 22;
  readonly kTIMGroupReport_UnbannedFromGroup: 23;
  readonly kTIMGroupReport_InviteReqToAdmin: 24;
}
export type TIMGroupReportType = TIMGroupReportTypeEnum[keyof TIMGroupReportTypeEnum];

/** How a person came into a group. */
export interface TIMGroupJoinTypeEnum {
  readonly kTIMGroupJoin_None: 0;
  readonly kTIMGroupJoin_Apply: 1;
  readonly kTIMGroupJoin_Invite: 2;
}
export type TIMGroupJoinType = TIMGroupJoinTypeEnum[keyof TIMGroupJoinTypeEnum];

/**
 * The code of a callback.
 * Those with a comment are given by this module, the rest are there to be asked for by name.
 */
export interface TIMErrCodeEnum {
  /** Done, and durable. */
  readonly ERR_SUCC: 0;
  /** Of a batch: nothing succeeded. */
  readonly ERR_NO_SUCC_RESULT: 6003;
  /** The conversation does not exist. */
  readonly ERR_INVALID_CONVERSATION: 6004;
  readonly ERR_LOADMSG_FAILED: 6005;
  readonly ERR_SDK_NOT_INITIALIZED: 6013;
  readonly ERR_SDK_NOT_LOGGED_IN: 6014;
  readonly ERR_IN_PROGESS: 6015;
  readonly ERR_INVALID_MSG_ELEM: 6016;
  /** None of the items could be taken; of one item: it could not; the message is not known. */
  readonly ERR_INVALID_PARAMETERS: 6017;
  /** The database failed; nothing was changed. */
  readonly ERR_DATABASE_OPERATE_FAILED: 6019;
  /** Storage is full; nothing was changed. */
  readonly ERR_IO_OPERATION_FAILED: 6022;
  readonly ERR_LOGGED_OUT_BEFORE_LOGIN_FINISHED: 6023;
  readonly ERR_NO_PREVIOUS_LOGIN: 6026;
  readonly ERR_INVALID_JSON: 6027;
  readonly ERR_OUT_OF_MEMORY: 6028;
  readonly ERR_USER_SIG_EXPIRED: 6206;
  readonly ERR_LOGIN_KICKED_OFF_BY_OTHER: 6208;
  readonly ERR_REVOKE_TIME_LIMIT_EXCEED: 6223;
  readonly ERR_SDK_COMM_INVALID_IDENTIFIER: 7003;
  readonly ERR_SDK_COMM_API_CALL_FREQUENCY_LIMIT: 7008;
  /** The account was closed before the call was done. */
  readonly ERR_SDK_COMM_INTERRUPT: 7009;
  /** Storage is closed in this tab; a reload helps. */
  readonly ERR_SDK_COMM_DATABASE_FAILURE: 7010;
  readonly ERR_SDK_COMM_DATABASE_NOTFOUND: 7011;
  /** A fault of this module; the console has more. */
  readonly ERR_SDK_INTERNAL_ERROR: 7012;
  readonly ERR_SDK_INTERFACE_NOT_SUPPORT: 7013;
  /** Too many conversations are pinned; the message does not allow that. */
  readonly ERR_SDK_INVALID_OPERATION: 7014;
  /** A login is under way. */
  readonly ERR_SDK_ACCOUNT_LOGIN_IN_PROCESS: 7501;
  readonly ERR_SDK_ACCOUNT_LOGOUT_IN_PROCESS: 7502;
  readonly ERR_SDK_MSG_BODY_SIZE_LIMIT: 8001;
  readonly ERR_MERGER_MSG_LAYERS_OVER_LIMIT: 8005;
  readonly ERR_SDK_MSG_MODIFY_CONFLICT: 8006;
  /** The message is not being sent. */
  readonly ERR_SDK_INVALID_CANCEL_MESSAGE: 8020;
  /** TIMMsgCancelSend gave the message up. */
  readonly ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL: 8021;
  readonly ERR_SDK_GROUP_INVALID_ID: 8501;
  /** There is no transport: TIMSetMsgSendHandler was not called. */
  readonly ERR_SDK_NET_DISCONNECT: 9508;
  readonly ERR_SVR_GROUP_INTERNAL_ERROR: 10002;
  readonly ERR_SVR_GROUP_INVALID_PARAMETERS: 10004;
  readonly ERR_SVR_GROUP_PERMISSION_DENY: 10007;
  readonly ERR_SVR_GROUP_NOT_FOUND: 10010;
  readonly ERR_SVR_GROUP_INVALID_GROUPID: 10015;
  readonly ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND: 10030;
  readonly ERR_SVR_GROUP_REVOKE_MSG_TIME_LIMIT: 10031;
  readonly ERR_SVR_GROUP_REVOKE_MSG_DENY: 10032;
  readonly ERR_SVR_GROUP_NOT_ALLOW_REVOKE_MSG: 10033;
  readonly ERR_SVR_MSG_REVOKE_TIME_LIMIT: 20016;
  readonly ERR_SVR_CONV_ACCOUNT_NOT_FOUND: 50001;
  readonly ERR_SVR_CONV_INVALID_PARAMETERS: 50002;
  readonly ERR_SVR_CONV_ADMIN_REQUIRED: 50003;
  readonly ERR_SVR_CONV_INTERNAL_ERROR: 50004;
  readonly ERR_SVR_CONV_NET_TIMEOUT: 50005;
  /** More than 100 conversations in one call. */
  readonly ERR_SVR_CONV_CONV_MARK_REQ_COUNT_EXCEED_LIMIT: 51006;
  readonly ERR_SVR_CONV_CONV_MARK_OPERATE_FAILED: 51007;
  /** 1,000 conversations are marked, or have custom data, already. */
  readonly ERR_SVR_CONV_CONV_MARK_TOTAL_COUNT_EXCEED_LIMIT: 51008;
  /** There is no such group of conversations. */
  readonly ERR_SVR_CONV_CONV_GROUP_NOT_EXIST: 51009;
  /** There are 20 groups of conversations already. */
  readonly ERR_SVR_CONV_CONV_GROUP_TOTAL_COUNT_EXCEED_LIMIT: 51010;
  /** The name of the group has more than 32 bytes. */
  readonly ERR_SVR_CONV_CONV_GROUP_NAME_EXCEED_LENGTH: 51011;
  readonly ERR_SVR_ACCOUNT_USERSIG_EXPIRED: 70001;
  /** What TIMInit returns the second time. */
  readonly ERR_SDK_HAD_INITIALIZED: 90101;
  readonly ERR_SVR_MSG_BODY_SIZE_LIMIT: 93000;
}
export type TIMErrCode = TIMErrCodeEnum[keyof TIMErrCodeEnum];

// ---------------------------------------------------------------- JSON keys

/** The JSON keys, by their names in the C header. */
export interface TIMKeys {
  // ConvInfo, GroupAtInfo, Draft; what conversation functions take and give.
  readonly kTIMConvId: "conv_id";
  readonly kTIMConvType: "conv_type";
  readonly kTIMConvFaceUrl: "conv_face_url";
  readonly kTIMConvUnReadNum: "conv_unread_num";
  readonly kTIMConvActiveTime: "conv_active_time";
  readonly kTIMConvIsHasLastMsg: "conv_is_has_lastmsg";
  readonly kTIMConvLastMsg: "conv_last_msg";
  readonly kTIMConvIsHasDraft: "conv_is_has_draft";
  readonly kTIMConvDraft: "conv_draft";
  readonly kTIMConvRecvOpt: "conv_recv_opt";
  readonly kTIMConvGroupType: "conv_group_type";
  readonly kTIMConvGroupAtInfoArray: "conv_group_at_info_array";
  readonly kTIMConvIsPinned: "conv_is_pinned";
  readonly kTIMConvShowName: "conv_show_name";
  readonly kTIMConvMarkArray: "conv_mark_array";
  readonly kTIMConvCustomData: "conv_custom_data";
  readonly kTIMConvConversationGroupArray: "conv_conversation_group_array";
  readonly kTIMConvC2CReadTimestamp: "conv_c2c_read_timestamp";
  readonly kTIMConvGroupReadSequence: "conv_group_read_sequence";
  readonly kTIMConvOwner: "conv_owner";
  readonly kTIMGroupAtInfoSeq: "conv_group_at_info_seq";
  readonly kTIMGroupAtInfoAtType: "conv_group_at_info_at_type";
  readonly kTIMDraftMsg: "draft_msg";
  readonly kTIMDraftUserDefine: "draft_user_define";
  readonly kTIMDraftEditTime: "draft_edit_time";
  readonly kTIMGetConversationListParamConvId: "get_conversation_list_param_conv_id";
  readonly kTIMGetConversationListParamConvType: "get_conversation_list_param_conv_type";
  readonly kTIMConvGetTotalUnreadMessageCountResultUnreadCount: "conv_get_total_unread_message_count_result_unread_count";
  readonly kTIMConversationListFilterConvType: "conversation_list_filter_conv_type";
  readonly kTIMConversationListFilterConversationGroup: "conversation_list_filter_conversation_group";
  readonly kTIMConversationListFilterMarkType: "conversation_list_filter_mark_type";
  readonly kTIMConversationListFilterHasUnreadCount: "conversation_list_filter_has_unread_count";
  readonly kTIMConversationListFilterHasGroupAtInfo: "conversation_list_filter_has_group_at_info";
  readonly TIMConversationListResultConvList: "conversation_list_result_conv_list";
  readonly TIMConversationListResultNextSeq: "conversation_list_result_next_seq";
  readonly TIMConversationListResultIsFinished: "conversation_list_result_is_finished";
  readonly kTIMConversationOperationResultConversationID: "conversation_operation_result_conversation_id";
  readonly kTIMConversationOperationResultResultCode: "conversation_operation_result_result_code";
  readonly kTIMConversationOperationResultResultInfo: "conversation_operation_result_result_info";

  // Message; locator and receipt.
  readonly kTIMMsgElemArray: "message_elem_array";
  readonly kTIMMsgConvId: "message_conv_id";
  readonly kTIMMsgConvType: "message_conv_type";
  readonly kTIMMsgSender: "message_sender";
  readonly kTIMMsgPriority: "message_priority";
  readonly kTIMMsgClientTime: "message_client_time";
  readonly kTIMMsgServerTime: "message_server_time";
  readonly kTIMMsgIsFormSelf: "message_is_from_self";
  readonly kTIMMsgPlatform: "message_platform";
  readonly kTIMMsgIsRead: "message_is_read";
  readonly kTIMMsgIsOnlineMsg: "message_is_online_msg";
  readonly kTIMMsgIsPeerRead: "message_is_peer_read";
  readonly kTIMMsgReceiptPeerRead: "message_receipt_peer_read";
  readonly kTIMMsgNeedReadReceipt: "message_need_read_receipt";
  readonly kTIMMsgSupportMessageExtension: "message_support_message_extension";
  readonly kTIMMsgIsBroadcastMessage: "message_is_broadcast_message";
  readonly kTIMMsgHasSentReceipt: "message_has_sent_receipt";
  readonly kTIMMsgGroupReceiptReadCount: "message_group_receipt_read_count";
  readonly kTIMMsgGroupReceiptUnreadCount: "message_group_receipt_unread_count";
  readonly kTIMMsgVersion: "message_version";
  readonly kTIMMsgStatus: "message_status";
  readonly kTIMMsgUniqueId: "message_unique_id";
  readonly kTIMMsgMsgId: "message_msg_id";
  readonly kTIMMsgRand: "message_rand";
  readonly kTIMMsgSeq: "message_seq";
  readonly kTIMMsgCustomInt: "message_custom_int";
  readonly kTIMMsgCustomStr: "message_custom_str";
  readonly kTIMMsgCloudCustomStr: "message_cloud_custom_str";
  readonly kTIMMsgIsExcludedFromUnreadCount: "message_is_excluded_from_unread_count";
  readonly kTIMMsgGroupAtUserArray: "message_group_at_user_array";
  readonly kTIMMsgIsForwardMessage: "message_is_forward_message";
  readonly kTIMMsgSenderProfile: "message_sender_profile";
  readonly kTIMMsgSenderGroupMemberInfo: "message_sender_group_member_info";
  readonly kTIMMsgExcludedFromLastMessage: "message_excluded_from_last_message";
  readonly kTIMMsgExcludedFromContentModeration: "message_excluded_from_content_moderation";
  readonly kTIMMsgCustomModerationConfigurationID: "message_custom_moderation_configuration_id";
  readonly kTIMMsgHasRiskContent: "message_has_risk_content";
  readonly kTIMMsgRiskTypeIdentified: "message_risk_type_identified";
  readonly kTIMMsgTargetGroupMemberArray: "message_target_group_member_array";
  readonly kTIMMsgOfflinePushConfig: "message_offline_push_config";
  readonly kTIMMsgRevokerUserId: "message_revoker_user_id";
  readonly kTIMMsgRevokerNickName: "message_revoker_nick_name";
  readonly kTIMMsgRevokerFaceUrl: "message_revoker_face_url";
  readonly kTIMMsgRevokeReason: "message_revoke_reason";
  readonly kTIMMsgPinnerUserId: "message_pinner_user_id";
  readonly kTIMMsgPinnerNickName: "message_pinner_nick_name";
  readonly kTIMMsgPinnerFriendRemark: "message_pinner_friend_remark";
  readonly kTIMMsgPinnerNameCard: "message_pinner_name_card";
  readonly kTIMMsgPinnerFaceURL: "message_pinner_face_url";
  readonly kTIMMsgLocatorConvId: "message_locator_conv_id";
  readonly kTIMMsgLocatorConvType: "message_locator_conv_type";
  readonly kTIMMsgLocatorIsRevoked: "message_locator_is_revoked";
  readonly kTIMMsgLocatorTime: "message_locator_time";
  readonly kTIMMsgLocatorSeq: "message_locator_seq";
  readonly kTIMMsgLocatorIsSelf: "message_locator_is_self";
  readonly kTIMMsgLocatorRand: "message_locator_rand";
  readonly kTIMMsgLocatorUniqueId: "message_locator_unique_id";
  readonly kTIMMsgReceiptConvId: "msg_receipt_conv_id";
  readonly kTIMMsgReceiptConvType: "msg_receipt_conv_type";
  readonly kTIMMsgReceiptMsgId: "msg_receipt_msg_id";
  readonly kTIMMsgReceiptTimeStamp: "msg_receipt_time_stamp";
  readonly kTIMMsgReceiptIsPeerRead: "msg_receipt_is_peer_read";
  readonly kTIMMsgReceiptReadCount: "msg_receipt_read_count";
  readonly kTIMMsgReceiptUnreadCount: "msg_receipt_unread_count";

  // What message functions take and give.
  readonly kTIMMsgGetMsgListParamLastMsg: "msg_getmsglist_param_last_msg";
  readonly kTIMMsgGetMsgListParamCount: "msg_getmsglist_param_count";
  readonly kTIMMsgGetMsgListParamIsRamble: "msg_getmsglist_param_is_ramble";
  readonly kTIMMsgGetMsgListMessageTypeArray: "msg_getmsglist_param_message_type_array";
  readonly kTIMMsgGetMsgListParamIsForward: "msg_getmsglist_param_is_forward";
  readonly kTIMMsgGetMsgListParamLastMsgSeq: "msg_getmsglist_param_last_msg_seq";
  readonly kTIMMsgGetMsgListParamTimeBegin: "msg_getmsglist_param_time_begin";
  readonly kTIMMsgGetMsgListParamTimePeriod: "msg_getmsglist_param_time_period";
  readonly kTIMMsgGetMsgListParamMessageSeqArray: "msg_getmsglist_param_message_seq_array";
  readonly kTIMMsgDeleteParamMsg: "msg_delete_param_msg";
  readonly kTIMMsgDeleteParamIsRamble: "msg_delete_param_is_ramble";
  readonly kTIMMsgGetC2CRecvMsgOptResultIdentifier: "msg_recv_msg_opt_result_identifier";
  readonly kTIMMsgGetC2CRecvMsgOptResultOpt: "msg_recv_msg_opt_result_opt";
  readonly kTIMMsgAllRecvMsgOptStartHour: "msg_all_recv_msg_opt_start_hour";
  readonly kTIMMsgAllRecvMsgOptStartMinute: "msg_all_recv_msg_opt_start_minute";
  readonly kTIMMsgAllRecvMsgOptStartSecond: "msg_all_recv_msg_opt_start_second";
  readonly kTIMMsgAllRecvMsgOptStartTimeStamp: "msg_all_recv_msg_opt_start_time_stamp";
  readonly kTIMMsgAllRecvMsgDuration: "msg_all_recv_msg_duration";
  readonly kTIMMsgAllRecvMsgOptLevel: "msg_all_recv_msg_opt_level";

  // Elements.
  readonly kTIMElemType: "elem_type";
  readonly kTIMTextElemContent: "text_elem_content";
  readonly kTIMImageElemOrigPath: "image_elem_orig_path";
  readonly kTIMImageElemLevel: "image_elem_level";
  readonly kTIMImageElemFormat: "image_elem_format";
  readonly kTIMImageElemOrigId: "image_elem_orig_id";
  readonly kTIMImageElemOrigPicHeight: "image_elem_orig_pic_height";
  readonly kTIMImageElemOrigPicWidth: "image_elem_orig_pic_width";
  readonly kTIMImageElemOrigPicSize: "image_elem_orig_pic_size";
  readonly kTIMImageElemThumbId: "image_elem_thumb_id";
  readonly kTIMImageElemThumbPicHeight: "image_elem_thumb_pic_height";
  readonly kTIMImageElemThumbPicWidth: "image_elem_thumb_pic_width";
  readonly kTIMImageElemThumbPicSize: "image_elem_thumb_pic_size";
  readonly kTIMImageElemLargeId: "image_elem_large_id";
  readonly kTIMImageElemLargePicHeight: "image_elem_large_pic_height";
  readonly kTIMImageElemLargePicWidth: "image_elem_large_pic_width";
  readonly kTIMImageElemLargePicSize: "image_elem_large_pic_size";
  readonly kTIMImageElemOrigUrl: "image_elem_orig_url";
  readonly kTIMImageElemThumbUrl: "image_elem_thumb_url";
  readonly kTIMImageElemLargeUrl: "image_elem_large_url";
  readonly kTIMImageElemTaskId: "image_elem_task_id";
  readonly kTIMSoundElemFilePath: "sound_elem_file_path";
  readonly kTIMSoundElemFileSize: "sound_elem_file_size";
  readonly kTIMSoundElemFileTime: "sound_elem_file_time";
  readonly kTIMSoundElemFileId: "sound_elem_file_id";
  readonly kTIMSoundElemBusinessId: "sound_elem_business_id";
  readonly kTIMSoundElemUrl: "sound_elem_url";
  readonly kTIMSoundElemTaskId: "sound_elem_task_id";
  readonly kTIMCustomElemData: "custom_elem_data";
  readonly kTIMCustomElemDesc: "custom_elem_desc";
  readonly kTIMCustomElemExt: "custom_elem_ext";
  readonly kTIMCustomElemSound: "custom_elem_sound";
  readonly kTIMFileElemFilePath: "file_elem_file_path";
  readonly kTIMFileElemFileName: "file_elem_file_name";
  readonly kTIMFileElemFileSize: "file_elem_file_size";
  readonly kTIMFileElemFileId: "file_elem_file_id";
  readonly kTIMFileElemBusinessId: "file_elem_business_id";
  readonly kTIMFileElemUrl: "file_elem_url";
  readonly kTIMFileElemTaskId: "file_elem_task_id";
  readonly kTIMFaceElemIndex: "face_elem_index";
  readonly kTIMFaceElemBuf: "face_elem_buf";
  readonly kTIMLocationElemDesc: "location_elem_desc";
  readonly kTIMLocationElemLongitude: "location_elem_longitude";
  readonly kTIMLocationElemLatitude: "location_elem_latitude";
  readonly kTIMVideoElemVideoType: "video_elem_video_type";
  readonly kTIMVideoElemVideoSize: "video_elem_video_size";
  readonly kTIMVideoElemVideoDuration: "video_elem_video_duration";
  readonly kTIMVideoElemVideoPath: "video_elem_video_path";
  readonly kTIMVideoElemVideoId: "video_elem_video_id";
  readonly kTIMVideoElemBusinessId: "video_elem_business_id";
  readonly kTIMVideoElemVideoUrl: "video_elem_video_url";
  readonly kTIMVideoElemImageType: "video_elem_image_type";
  readonly kTIMVideoElemImageSize: "video_elem_image_size";
  readonly kTIMVideoElemImageWidth: "video_elem_image_width";
  readonly kTIMVideoElemImageHeight: "video_elem_image_height";
  readonly kTIMVideoElemImagePath: "video_elem_image_path";
  readonly kTIMVideoElemImageId: "video_elem_image_id";
  readonly kTIMVideoElemImageUrl: "video_elem_image_url";
  readonly kTIMVideoElemTaskId: "video_elem_task_id";
  readonly kTIMMergerElemTitle: "merge_elem_title";
  readonly kTIMMergerElemAbstractArray: "merge_elem_abstract_array";
  readonly kTIMMergerElemCompatibleText: "merge_elem_compatible_text";
  readonly kTIMMergerElemMsgArray: "merge_elem_message_array";
  readonly kTIMMergerElemLayersOverLimit: "merge_elem_layer_over_limit";
  readonly kTIMMergerElemRelayPbKey: "merge_elem_relay_pb_key";
  readonly kTIMMergerElemRelayJsonKey: "merge_elem_relay_json_key";
  readonly kTIMMergerElemRelayBuffer: "merge_elem_relay_buffer";

  // Elements that tell what happened in a group.
  readonly kTIMGroupTipsElemTipType: "group_tips_elem_tip_type";
  readonly kTIMGroupTipsElemJoinType: "group_tips_elem_join_type";
  readonly kTIMGroupTipsElemOpUser: "group_tips_elem_op_user";
  readonly kTIMGroupTipsElemGroupId: "group_tips_elem_group_id";
  readonly kTIMGroupTipsElemUserArray: "group_tips_elem_user_array";
  readonly kTIMGroupTipsElemGroupChangeInfoArray: "group_tips_elem_group_change_info_array";
  readonly kTIMGroupTipsElemMemberChangeInfoArray: "group_tips_elem_member_change_info_array";
  readonly kTIMGroupTipsElemOpUserInfo: "group_tips_elem_op_user_info";
  readonly kTIMGroupTipsElemOpGroupMemberInfo: "group_tips_elem_op_group_memberinfo";
  readonly kTIMGroupTipsElemChangedUserInfoArray: "group_tips_elem_changed_user_info_array";
  readonly kTIMGroupTipsElemChangedGroupMemberInfoArray: "group_tips_elem_changed_group_memberinfo_array";
  readonly kTIMGroupTipsElemMemberNum: "group_tips_elem_member_num";
  readonly kTIMGroupTipsElemPlatform: "group_tips_elem_platform";
  readonly kTIMGroupTipsElemMemberMarkInfoArray: "group_tips_elem_member_mark_info_array";
  readonly kTIMGroupTipsElemPinnedMessageList: "group_tips_elem_pinned_message_list";
  readonly kTIMGroupTipsElemGroupName: "group_tips_elem_group_name";
  readonly kTIMGroupTipsElemTime: "group_tips_elem_time";
  readonly kTIMGroupTipGroupChangeInfoFlag: "group_tips_group_change_info_flag";
  readonly kTIMGroupTipGroupChangeInfoValue: "group_tips_group_change_info_value";
  readonly kTIMGroupTipGroupChangeInfoKey: "group_tips_group_change_info_key";
  readonly kTIMGroupTipGroupChangeInfoBoolValue: "group_tips_group_change_info_bool_value";
  readonly kTIMGroupTipGroupChangeInfoIntValue: "group_tips_group_change_info_int_value";
  readonly kTIMGroupTipGroupChangeInfoUint64Value: "group_tips_group_change_info_uint64_value";
  readonly kTIMGroupTipMemberChangeInfoIdentifier: "group_tips_member_change_info_identifier";
  readonly kTIMGroupTipMemberChangeInfoShutupTime: "group_tips_member_change_info_shutupTime";
  readonly kTIMGroupTipMemberChangeInfoEnableMark: "group_tips_member_mark_change_info_enableMark";
  readonly kTIMGroupTipMemberMarkChangeInfoMarkType: "group_tips_member_mark_change_info_markType";
  readonly kTIMGroupTipMemberMarkChangeInfoUserIDList: "group_tips_member_mark_change_info_userIDList";
  readonly kTIMGroupReportElemReportType: "group_report_elem_report_type";
  readonly kTIMGroupReportElemGroupId: "group_report_elem_group_id";
  readonly kTIMGroupReportElemGroupName: "group_report_elem_group_name";
  readonly kTIMGroupReportElemOpUser: "group_report_elem_op_user";
  readonly kTIMGroupReportElemMsg: "group_report_elem_msg";
  readonly kTIMGroupReportElemUserData: "group_report_elem_user_data";
  readonly kTIMGroupReportElemOpUserInfo: "group_report_elem_op_user_info";
  readonly kTIMGroupReportElemOpGroupMemberInfo: "group_report_elem_op_group_memberinfo";
  readonly kTIMGroupReportElemPlatform: "group_report_elem_platform";
  readonly kTIMGroupReportElemShutUpTime: "group_report_elem_shut_up_time";
  readonly kTIMGroupReportElemGroupMessageReceiveOption: "group_report_elem_group_message_receive_option";

  // UserProfile and GroupMemberInfo.
  readonly kTIMUserProfileIdentifier: "user_profile_identifier";
  readonly kTIMUserProfileNickName: "user_profile_nick_name";
  readonly kTIMUserProfileGender: "user_profile_gender";
  readonly kTIMUserProfileFaceUrl: "user_profile_face_url";
  readonly kTIMUserProfileFriendRemark: "user_profile_friend_remark";
  readonly kTIMUserProfileSelfSignature: "user_profile_self_signature";
  readonly kTIMUserProfileAddPermission: "user_profile_add_permission";
  readonly kTIMUserProfileLocation: "user_profile_location";
  readonly kTIMUserProfileLanguage: "user_profile_language";
  readonly kTIMUserProfileBirthDay: "user_profile_birthday";
  readonly kTIMUserProfileLevel: "user_profile_level";
  readonly kTIMUserProfileRole: "user_profile_role";
  readonly kTIMUserProfileCustomStringArray: "user_profile_custom_string_array";
  readonly kTIMUserProfileCustomStringInfoKey: "user_profile_custom_string_info_key";
  readonly kTIMUserProfileCustomStringInfoValue: "user_profile_custom_string_info_value";
  readonly kTIMGroupMemberInfoIdentifier: "group_member_info_identifier";
  readonly kTIMGroupMemberInfoGroupId: "group_member_info_group_id";
  readonly kTIMGroupMemberInfoJoinTime: "group_member_info_join_time";
  readonly kTIMGroupMemberInfoMemberRole: "group_member_info_member_role";
  readonly kTIMGroupMemberInfoMsgFlag: "group_member_info_msg_flag";
  readonly kTIMGroupMemberInfoMsgSeq: "group_member_info_msg_seq";
  readonly kTIMGroupMemberInfoShutupTime: "group_member_info_shutup_time";
  readonly kTIMGroupMemberInfoNameCard: "group_member_info_name_card";
  readonly kTIMGroupMemberInfoNickName: "group_member_info_nick_name";
  readonly kTIMGroupMemberInfoFriendRemark: "group_member_info_friend_remark";
  readonly kTIMGroupMemberInfoFaceUrl: "group_member_info_face_url";
  readonly kTIMGroupMemberInfoCustomInfo: "group_member_info_custom_info";
  readonly kTIMGroupMemberInfoIsOnline: "group_member_info_is_online";
  readonly kTIMGroupMemberInfoOnlineDevices: "group_member_info_online_devices";
  readonly kTIMGroupMemberInfoCustomStringInfoKey: "group_member_info_custom_string_info_key";
  readonly kTIMGroupMemberInfoCustomStringInfoValue: "group_member_info_custom_string_info_value";

  // The JSON of TIMInit.
  readonly kTIMSdkConfigConfigFilePath: "sdk_config_config_file_path";
  readonly kTIMSdkConfigLogFilePath: "sdk_config_log_file_path";
  readonly kTIMSdkConfigMainThreadID: "sdk_config_main_thread_id";
}
