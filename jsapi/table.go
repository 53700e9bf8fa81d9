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

	// Messages, as far as conversations need them.
	"TIMMsgReportReaded": onAccount(timMsgReportReaded), // conv_id, conv_type, json_msg_param, cb, user_data

	// What arrives.
	"TIMRecvNewMsg":     onAccount(timRecvNewMsg),     // json_msg_array, cb, user_data
	"TIMRecvConvUpdate": onAccount(timRecvConvUpdate), // json_conv_array, cb, user_data

	// Registered callbacks: cb, user_data.
	"TIMSetConvEventCallback":                          setSlot(slotConvEvent),
	"TIMSetConvTotalUnreadMessageCountChangedCallback": setSlot(slotTotalUnread),
	"TIMSetStorageStatusCallback":                      setSlot(slotStatus),
	"TIMAddRecvNewMsgCallback":                         timAddRecvNewMsgCallback,
	"TIMRemoveRecvNewMsgCallback":                      timRemoveRecvNewMsgCallback, // cb
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
