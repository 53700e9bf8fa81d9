package jsapi

import "timconv/core"

// A function is what stands on TIM under a C name. What it returns goes back
// to JavaScript at once.
type function func(m *Module, a *args) any

// functions is every function of TIM. In comments the parameters, in C order.
var functions = []entry{
	// Life cycle.
	{name: "TIMInit", now: timInit}, // sdk_app_id, json_sdk_config
	{name: "TIMUninit", now: timUninit},
	{name: "TIMLogin", now: timLogin},   // user_id, user_sig, cb, user_data
	{name: "TIMLogout", now: timLogout}, // cb, user_data
	{name: "TIMGetLoginStatus", now: timGetLoginStatus},
	{name: "TIMGetLoginUserID", now: timGetLoginUserID}, // user_id_buffer or cb, user_data
	{name: "TIMGetSDKVersion", now: timGetSDKVersion},
	{name: "TIMGetServerTime", now: timGetServerTime},
	{name: "TIMSetConfig", now: timSetConfig},                         // json_config, cb, user_data
	{name: "TIMRecorderExport", now: timRecorderExport, silent: true}, // cb, user_data

	// Conversations.
	{name: "TIMConvCreate", call: timConvCreate},                                         // conv_id, conv_type, cb, user_data
	{name: "TIMConvDelete", call: timConvDelete},                                         // conv_id, conv_type, cb, user_data
	{name: "TIMConvGetConvList", call: timConvGetConvList},                               // cb, user_data
	{name: "TIMConvGetConvInfo", call: timConvGetConvInfo},                               // json_get_conv_list_param, cb, user_data
	{name: "TIMConvSetDraft", call: timConvSetDraft},                                     // conv_id, conv_type, json_draft_param
	{name: "TIMConvCancelDraft", call: timConvCancelDraft},                               // conv_id, conv_type
	{name: "TIMConvPinConversation", call: timConvPinConversation},                       // conv_id, conv_type, is_pinned, cb, user_data
	{name: "TIMConvGetTotalUnreadMessageCount", call: timConvGetTotalUnreadMessageCount}, // cb, user_data

	{name: "TIMConvGetConversationListByFilter", call: timConvGetConversationListByFilter},                     // filter, next_seq, count, cb, user_data
	{name: "TIMConvDeleteConversationList", call: timConvDeleteConversationList},                               // conversation_id_array, clear_message, cb, user_data
	{name: "TIMConvSetConversationCustomData", call: timConvSetConversationCustomData},                         // conversation_id_array, custom_data, cb, user_data
	{name: "TIMConvMarkConversation", call: timConvMarkConversation},                                           // conversation_id_array, mark_type, enable_mark, cb, user_data
	{name: "TIMConvGetUnreadMessageCountByFilter", call: timConvGetUnreadMessageCountByFilter},                 // filter, cb, user_data
	{name: "TIMConvSubscribeUnreadMessageCountByFilter", call: timConvSubscribeUnreadMessageCountByFilter},     // filter
	{name: "TIMConvUnsubscribeUnreadMessageCountByFilter", call: timConvUnsubscribeUnreadMessageCountByFilter}, // filter
	{name: "TIMConvSubscribeList", call: timConvSubscribeList},                                                 // json_window, cb, user_data
	{name: "TIMConvUnsubscribeList", call: timConvUnsubscribeList},                                             // id
	{name: "TIMConvCleanConversationUnreadMessageCount", call: timConvCleanConversationUnreadMessageCount},     // conversation_id, clean_timestamp, clean_sequence, cb, user_data
	{name: "TIMConvExplainUnread", call: timConvExplainUnread},                                                 // conv_id, conv_type, cb, user_data
	{name: "TIMConvVerify", call: timConvVerify},                                                               // cb, user_data
	{name: "TIMConvWipe", call: timConvWipe},                                                                   // cb, user_data
	{name: "TIMConvExport", call: timConvExport},                                                               // cb, user_data
	{name: "TIMConvImport", call: timConvImport},                                                               // text, cb, user_data
	{name: "TIMPersistStorage", call: timPersistStorage},                                                       // cb, user_data

	// Groups of conversations.
	{name: "TIMConvCreateConversationGroup", call: timConvCreateConversationGroup},           // group_name, conversation_id_array, cb, user_data
	{name: "TIMConvGetConversationGroupList", call: timConvGetConversationGroupList},         // cb, user_data
	{name: "TIMConvDeleteConversationGroup", call: timConvDeleteConversationGroup},           // group_name, cb, user_data
	{name: "TIMConvRenameConversationGroup", call: timConvRenameConversationGroup},           // old_name, new_name, cb, user_data
	{name: "TIMConvAddConversationsToGroup", call: timConvAddConversationsToGroup},           // group_name, conversation_id_array, cb, user_data
	{name: "TIMConvDeleteConversationsFromGroup", call: timConvDeleteConversationsFromGroup}, // group_name, conversation_id_array, cb, user_data

	// Messages, as far as conversations need them. conv: conv_id, conv_type.
	{name: "TIMMsgGetMsgList", call: timMsgGetMsgList},                               // conv, json_get_msg_param, cb, user_data
	{name: "TIMMsgFindMessages", call: timMsgFindMessages},                           // json_message_id_array, cb, user_data
	{name: "TIMMsgFindByMsgLocatorList", call: timMsgFindByMsgLocatorList},           // conv, json_msg_Locator_array, cb, user_data
	{name: "TIMMsgSaveMsg", call: timMsgSaveMsg},                                     // conv, json_msg_param, cb, user_data
	{name: "TIMMsgImportMsgList", call: timMsgImportMsgList},                         // conv, json_msg_array, cb, user_data
	{name: "TIMMsgReportReaded", call: timMsgReportReaded},                           // conv, json_msg_param, cb, user_data
	{name: "TIMMsgMarkAllMessageAsRead", call: timMsgMarkAllMessageAsRead},           // cb, user_data
	{name: "TIMMsgRevoke", call: timMsgRevoke},                                       // conv, json_msg_param, cb, user_data
	{name: "TIMMsgModifyMessage", call: timMsgModifyMessage},                         // json_msg_param, cb, user_data
	{name: "TIMMsgDelete", call: timMsgDelete},                                       // conv, json_msgdel_param, cb, user_data
	{name: "TIMMsgListDelete", call: timMsgListDelete},                               // conv, json_msg_array, cb, user_data
	{name: "TIMMsgClearHistoryMessage", call: timMsgClearHistoryMessage},             // conv, cb, user_data
	{name: "TIMMsgSetLocalCustomData", call: timMsgSetLocalCustomData},               // json_msg_param, cb, user_data
	{name: "TIMMsgSetC2CReceiveMessageOpt", call: timMsgSetC2CReceiveMessageOpt},     // json_identifier_array, opt, cb, user_data
	{name: "TIMMsgGetC2CReceiveMessageOpt", call: timMsgGetC2CReceiveMessageOpt},     // json_identifier_array, cb, user_data
	{name: "TIMMsgSetGroupReceiveMessageOpt", call: timMsgSetGroupReceiveMessageOpt}, // group_id, opt, cb, user_data
	{name: "TIMMsgSetAllReceiveMessageOpt", call: timMsgSetAllReceiveMessageOpt},     // opt, start_hour, start_minute, start_second, duration, cb, user_data
	{name: "TIMMsgSetAllReceiveMessageOpt2", call: timMsgSetAllReceiveMessageOpt2},   // opt, start_time_stamp, duration, cb, user_data
	{name: "TIMMsgGetAllReceiveMessageOpt", call: timMsgGetAllReceiveMessageOpt},     // cb, user_data

	// Sending.
	{name: "TIMMsgSendMessage", call: timMsgSendMessage},   // conv, json_msg_param, message_id_buffer, cb, user_data
	{name: "TIMMsgSendNewMsg", call: timMsgSendNewMsg},     // conv, json_msg_param, cb, user_data
	{name: "TIMMsgSendNewMsgEx", call: timMsgSendNewMsgEx}, // conv, json_msg_param, msgid_cb, res_cb, user_data
	{name: "TIMMsgCancelSend", call: timMsgCancelSend},     // conv, message_id, cb, user_data
	{name: "TIMSetMsgSendHandler", slot: slotSend},         // handler, user_data

	// What arrives.
	{name: "TIMRecvNewMsg", call: timRecvNewMsg, quick: true},                     // json_msg_array, cb, user_data
	{name: "TIMRecvMsgRevoke", call: timRecvMsgRevoke, quick: true},               // json_msg_locator_array, cb, user_data
	{name: "TIMRecvMsgUpdate", call: timRecvMsgUpdate, quick: true},               // json_msg_array, cb, user_data
	{name: "TIMRecvMsgReadedReceipt", call: timRecvMsgReadedReceipt, quick: true}, // json_receipt_array, cb, user_data
	{name: "TIMRecvConvUpdate", call: timRecvConvUpdate, quick: true},             // json_conv_array, cb, user_data
	{name: "TIMRecvConvDelete", call: timRecvConvDelete, quick: true},             // conversation_id_array, cb, user_data

	// Registered callbacks: cb, user_data.
	{name: "TIMSetConvEventCallback", slot: slotConvEvent},
	{name: "TIMSetConvTotalUnreadMessageCountChangedCallback", slot: slotTotalUnread},
	{name: "TIMSetConvUnreadMessageCountChangedByFilterCallback", slot: slotFilterUnread},
	{name: "TIMSetConvConversationGroupCreatedCallback", slot: slotGroupCreated},
	{name: "TIMSetConvConversationGroupDeletedCallback", slot: slotGroupDeleted},
	{name: "TIMSetConvConversationGroupNameChangedCallback", slot: slotGroupRenamed},
	{name: "TIMSetConvConversationsAddedToGroupCallback", slot: slotGroupAdded},
	{name: "TIMSetConvConversationsDeletedFromGroupCallback", slot: slotGroupRemoved},
	{name: "TIMSetMsgReadedReceiptCallback", slot: slotReceipt},
	{name: "TIMSetMsgRevokeCallback", slot: slotRevoke},
	{name: "TIMSetMsgUpdateCallback", slot: slotUpdate},
	{name: "TIMSetMsgAllMessageReceiveOptionCallback", slot: slotMuted},
	{name: "TIMSetStorageStatusCallback", slot: slotStatus},
	{name: "TIMAddRecvNewMsgCallback", now: timAddRecvNewMsgCallback},
	{name: "TIMRemoveRecvNewMsgCallback", now: timRemoveRecvNewMsgCallback}, // cb
}

// An entry is one function of TIM, of one of three sorts.
type entry struct {
	name   string
	now    function    // needs no account
	call   accountCall // needs one
	slot   slot        // fills it with cb, user_data
	silent bool        // is not recorded
	quick  bool        // is called in great numbers, with JSON, a callback, which is called once, and user data
}

// do runs the function.
func (e *entry) do(m *Module, a *args) any {
	switch {
	case e.now != nil:
		return e.now(m, a)
	case e.call != nil:
		return onAccount(m, e.call, a)
	}
	m.slots.set(e.slot, a.registered())
	return nil
}

// An accountCall reads the arguments of a function that needs an account and
// returns what to do if they are good.
type accountCall func(m *Module, c *core.Core, a *args) func()

// onAccount checks the life cycle, then the arguments, and accepts the call.
func onAccount(m *Module, call accountCall, a *args) any {
	c, ret := m.use()
	if ret != succeeded {
		return ret
	}
	do := call(m, c, a)
	if ret := a.fault(); ret != succeeded {
		return ret
	}
	do()
	return succeeded
}

func timAddRecvNewMsgCallback(m *Module, a *args) any {
	m.slots.addMessages(a.registered())
	return nil
}

func timRemoveRecvNewMsgCallback(m *Module, a *args) any {
	m.slots.removeMessages(a.at(0))
	return nil
}
