package jsapi

import "timconv/core"

// A function is what stands on TIM under a C name. What it returns goes back
// to JavaScript at once.
type function func(m *Module, a *args) any

// functions is every function of TIM. In comments the parameters, in C order.
var functions = map[string]function{
	// Life cycle.
	"TIMInit":           timInit,           // sdk_app_id, json_sdk_config
	"TIMUninit":         timUninit,         //
	"TIMLogin":          timLogin,          // user_id, user_sig, cb, user_data
	"TIMLogout":         timLogout,         // cb, user_data
	"TIMGetLoginStatus": timGetLoginStatus, //
	"TIMGetLoginUserID": timGetLoginUserID, // user_id_buffer or cb, user_data
	"TIMGetSDKVersion":  timGetSDKVersion,  //
	"TIMGetServerTime":  timGetServerTime,  //
	"TIMSetConfig":      timSetConfig,      // json_config, cb, user_data

	// Conversations.
	"TIMConvCreate":                     onAccount(timConvCreate),                     // conv_id, conv_type, cb, user_data
	"TIMConvDelete":                     onAccount(timConvDelete),                     // conv_id, conv_type, cb, user_data
	"TIMConvGetConvList":                onAccount(timConvGetConvList),                // cb, user_data
	"TIMConvGetConvInfo":                onAccount(timConvGetConvInfo),                // json_get_conv_list_param, cb, user_data
	"TIMConvSetDraft":                   onAccount(timConvSetDraft),                   // conv_id, conv_type, json_draft_param
	"TIMConvCancelDraft":                onAccount(timConvCancelDraft),                // conv_id, conv_type
	"TIMConvPinConversation":            onAccount(timConvPinConversation),            // conv_id, conv_type, is_pinned, cb, user_data
	"TIMConvGetTotalUnreadMessageCount": onAccount(timConvGetTotalUnreadMessageCount), // cb, user_data

	"TIMConvGetConversationListByFilter":           onAccount(timConvGetConversationListByFilter),           // filter, next_seq, count, cb, user_data
	"TIMConvDeleteConversationList":                onAccount(timConvDeleteConversationList),                // conversation_id_array, clear_message, cb, user_data
	"TIMConvSetConversationCustomData":             onAccount(timConvSetConversationCustomData),             // conversation_id_array, custom_data, cb, user_data
	"TIMConvMarkConversation":                      onAccount(timConvMarkConversation),                      // conversation_id_array, mark_type, enable_mark, cb, user_data
	"TIMConvGetUnreadMessageCountByFilter":         onAccount(timConvGetUnreadMessageCountByFilter),         // filter, cb, user_data
	"TIMConvSubscribeUnreadMessageCountByFilter":   onAccount(timConvSubscribeUnreadMessageCountByFilter),   // filter
	"TIMConvUnsubscribeUnreadMessageCountByFilter": onAccount(timConvUnsubscribeUnreadMessageCountByFilter), // filter
	"TIMConvCleanConversationUnreadMessageCount":   onAccount(timConvCleanConversationUnreadMessageCount),   // conversation_id, clean_timestamp, clean_sequence, cb, user_data
	"TIMConvExplainUnread":                         onAccount(timConvExplainUnread),                         // conv_id, conv_type, cb, user_data
	"TIMConvVerify":                                onAccount(timConvVerify),                                // cb, user_data

	// Groups of conversations.
	"TIMConvCreateConversationGroup":      onAccount(groupCall((*core.Core).CreateGroup)),     // group_name, conversation_id_array, cb, user_data
	"TIMConvGetConversationGroupList":     onAccount(timConvGetConversationGroupList),         // cb, user_data
	"TIMConvDeleteConversationGroup":      onAccount(timConvDeleteConversationGroup),          // group_name, cb, user_data
	"TIMConvRenameConversationGroup":      onAccount(timConvRenameConversationGroup),          // old_name, new_name, cb, user_data
	"TIMConvAddConversationsToGroup":      onAccount(groupCall((*core.Core).AddToGroup)),      // group_name, conversation_id_array, cb, user_data
	"TIMConvDeleteConversationsFromGroup": onAccount(groupCall((*core.Core).RemoveFromGroup)), // group_name, conversation_id_array, cb, user_data

	// Messages, as far as conversations need them. conv: conv_id, conv_type.
	"TIMMsgGetMsgList":                onAccount(timMsgGetMsgList),                // conv, json_get_msg_param, cb, user_data
	"TIMMsgFindMessages":              onAccount(timMsgFindMessages),              // json_message_id_array, cb, user_data
	"TIMMsgFindByMsgLocatorList":      onAccount(timMsgFindByMsgLocatorList),      // conv, json_msg_Locator_array, cb, user_data
	"TIMMsgSaveMsg":                   onAccount(timMsgSaveMsg),                   // conv, json_msg_param, cb, user_data
	"TIMMsgImportMsgList":             onAccount(timMsgImportMsgList),             // conv, json_msg_array, cb, user_data
	"TIMMsgReportReaded":              onAccount(timMsgReportReaded),              // conv, json_msg_param, cb, user_data
	"TIMMsgMarkAllMessageAsRead":      onAccount(timMsgMarkAllMessageAsRead),      // cb, user_data
	"TIMMsgRevoke":                    onAccount(timMsgRevoke),                    // conv, json_msg_param, cb, user_data
	"TIMMsgModifyMessage":             onAccount(timMsgModifyMessage),             // json_msg_param, cb, user_data
	"TIMMsgDelete":                    onAccount(timMsgDelete),                    // conv, json_msgdel_param, cb, user_data
	"TIMMsgListDelete":                onAccount(timMsgListDelete),                // conv, json_msg_array, cb, user_data
	"TIMMsgClearHistoryMessage":       onAccount(timMsgClearHistoryMessage),       // conv, cb, user_data
	"TIMMsgSetLocalCustomData":        onAccount(timMsgSetLocalCustomData),        // json_msg_param, cb, user_data
	"TIMMsgSetC2CReceiveMessageOpt":   onAccount(timMsgSetC2CReceiveMessageOpt),   // json_identifier_array, opt, cb, user_data
	"TIMMsgGetC2CReceiveMessageOpt":   onAccount(timMsgGetC2CReceiveMessageOpt),   // json_identifier_array, cb, user_data
	"TIMMsgSetGroupReceiveMessageOpt": onAccount(timMsgSetGroupReceiveMessageOpt), // group_id, opt, cb, user_data
	"TIMMsgSetAllReceiveMessageOpt":   onAccount(timMsgSetAllReceiveMessageOpt),   // opt, start_hour, start_minute, start_second, duration, cb, user_data
	"TIMMsgSetAllReceiveMessageOpt2":  onAccount(timMsgSetAllReceiveMessageOpt2),  // opt, start_time_stamp, duration, cb, user_data
	"TIMMsgGetAllReceiveMessageOpt":   onAccount(timMsgGetAllReceiveMessageOpt),   // cb, user_data

	// Sending.
	"TIMMsgSendMessage":    onAccount(timMsgSendMessage),  // conv, json_msg_param, message_id_buffer, cb, user_data
	"TIMMsgSendNewMsg":     onAccount(timMsgSendNewMsg),   // conv, json_msg_param, cb, user_data
	"TIMMsgSendNewMsgEx":   onAccount(timMsgSendNewMsgEx), // conv, json_msg_param, msgid_cb, res_cb, user_data
	"TIMMsgCancelSend":     onAccount(timMsgCancelSend),   // conv, message_id, cb, user_data
	"TIMSetMsgSendHandler": setSlot(slotSend),             // handler, user_data

	// What arrives.
	"TIMRecvNewMsg":           onAccount(recvItems(readMessage, (*core.Core).Receive)),                  // json_msg_array, cb, user_data
	"TIMRecvMsgRevoke":        onAccount(recvItems(readRevoke, changeAll("revoke"))),                    // json_msg_locator_array, cb, user_data
	"TIMRecvMsgUpdate":        onAccount(recvItems(readVersion, changeAll("update message"))),           // json_msg_array, cb, user_data
	"TIMRecvMsgReadedReceipt": onAccount(recvItems(readReceipt, (*core.Core).TakeReceipts)),             // json_receipt_array, cb, user_data
	"TIMRecvConvUpdate":       onAccount(recvItems(decodeConvUpdate, (*core.Core).UpdateConversations)), // json_conv_array, cb, user_data
	"TIMRecvConvDelete":       onAccount(recvItems(readName, deleteAll)),                                // conversation_id_array, cb, user_data

	// Registered callbacks: cb, user_data.
	"TIMSetConvEventCallback":                             setSlot(slotConvEvent),
	"TIMSetConvTotalUnreadMessageCountChangedCallback":    setSlot(slotTotalUnread),
	"TIMSetConvUnreadMessageCountChangedByFilterCallback": setSlot(slotFilterUnread),
	"TIMSetConvConversationGroupCreatedCallback":          setSlot(slotGroupCreated),
	"TIMSetConvConversationGroupDeletedCallback":          setSlot(slotGroupDeleted),
	"TIMSetConvConversationGroupNameChangedCallback":      setSlot(slotGroupRenamed),
	"TIMSetConvConversationsAddedToGroupCallback":         setSlot(slotGroupAdded),
	"TIMSetConvConversationsDeletedFromGroupCallback":     setSlot(slotGroupRemoved),
	"TIMSetMsgReadedReceiptCallback":                      setSlot(slotReceipt),
	"TIMSetMsgRevokeCallback":                             setSlot(slotRevoke),
	"TIMSetMsgUpdateCallback":                             setSlot(slotUpdate),
	"TIMSetMsgAllMessageReceiveOptionCallback":            setSlot(slotMuted),
	"TIMSetStorageStatusCallback":                         setSlot(slotStatus),
	"TIMAddRecvNewMsgCallback":                            timAddRecvNewMsgCallback,
	"TIMRemoveRecvNewMsgCallback":                         timRemoveRecvNewMsgCallback, // cb
}

// An accountCall reads the arguments of a function that needs an account and
// returns what to do if they are good.
type accountCall func(m *Module, c *core.Core, a *args) func()

// onAccount is a function that needs an account: it checks the life cycle,
// then the arguments, and accepts the call.
func onAccount(call accountCall) function {
	return func(m *Module, a *args) any {
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
}

func setSlot(which slot) function {
	return func(m *Module, a *args) any {
		m.slots.set(which, a.at(0), a.at(1))
		return nil
	}
}

func timAddRecvNewMsgCallback(m *Module, a *args) any {
	m.slots.addMessages(a.at(0), a.at(1))
	return nil
}

func timRemoveRecvNewMsgCallback(m *Module, a *args) any {
	m.slots.removeMessages(a.at(0))
	return nil
}
