package jsapi

import (
	"slices"
	"strings"
	"testing"
)

// shaped are the arguments of a call, one for each letter of the shape: the texts a
// and b, the number n, true and false, a callback, null, and what is none of these.
func shaped(p *page, shape, a, b string, n float64) (in []any) {
	for _, letter := range shape[:min(len(shape), 8)] {
		switch letter {
		case 'a':
			in = append(in, a)
		case 'b':
			in = append(in, b)
		case 'n':
			in = append(in, n)
		case 't', 'f':
			in = append(in, letter == 't')
		case 'c':
			in = append(in, p.callback("cb"))
		case '0':
			in = append(in, nil)
		default:
			in = append(in, struct{}{})
		}
	}
	return in
}

const fuzzMessages = `[{"message_sender":"ann","message_msg_id":"1","message_server_time":1700000000},` +
	`{"message_conv_id":"g","message_conv_type":2,"message_sender":"bob","message_msg_id":"2","message_seq":7,"message_server_time":1700000001,"message_group_at_user_array":["me"]}]`

// A fuzzedCall is a seed: what shaped makes its arguments of.
type fuzzedCall struct {
	name, shape, a, b string
	n                 float64
}

var fuzzedCalls = []fuzzedCall{
	{"TIMInit", "na", `{"pin_limit":1,"durability":"relaxed"}`, "", 1},
	{"TIMLogin", "abc0", "me", "signature", 0},
	{"TIMLogout", "c0", "", "", 0},
	{"TIMSetConfig", "ac0", `{"pin_limit":0}`, "", 0},
	{"TIMConvCreate", "anc0", "new", "", 2},
	{"TIMConvDelete", "anc0", "ann", "", 1},
	{"TIMConvGetConvInfo", "ac0", `[{"get_conversation_list_param_conv_id":"ann","get_conversation_list_param_conv_type":1}]`, "", 0},
	{"TIMConvSetDraft", "anb", "ann", `{"draft_edit_time":1,"draft_msg":{"message_elem_array":[{"elem_type":0,"text_elem_content":"\ud800"}]}}`, 1},
	{"TIMConvCancelDraft", "an", "ann", "", 1},
	{"TIMConvPinConversation", "antc0", "g", "", 2},
	{"TIMConvGetConversationListByFilter", "annc0", `{"conversation_list_filter_conv_type":1,"conversation_list_filter_has_unread_count":true}`, "", 2},
	{"TIMConvDeleteConversationList", "atc0", `["c2c_ann","group_g"]`, "", 0},
	{"TIMConvSetConversationCustomData", "abc0", `["c2c_ann"]`, "custom", 0},
	{"TIMConvMarkConversation", "antc0", `["group_g"]`, "", 1 << 40},
	{"TIMConvGetUnreadMessageCountByFilter", "ac0", `{"conversation_list_filter_mark_type":1}`, "", 0},
	{"TIMConvSubscribeUnreadMessageCountByFilter", "a", `{"conversation_list_filter_conversation_group":"x"}`, "", 0},
	{"TIMConvSubscribeList", "ac0", `{"id":"w","from":0,"count":2,"filter":{"conversation_list_filter_conv_type":2}}`, "", 0},
	{"TIMConvCleanConversationUnreadMessageCount", "annc0", "group_g", "", 7},
	{"TIMConvExplainUnread", "anc0", "g", "", 2},
	{"TIMConvImport", "ac0", "{}\n", "", 0},
	{"TIMConvCreateConversationGroup", "abc0", "friends", `["c2c_ann"]`, 0},
	{"TIMConvRenameConversationGroup", "abc0", "friends", "family", 0},
	{"TIMConvAddConversationsToGroup", "abc0", "friends", `["group_g"]`, 0},
	{"TIMMsgGetMsgList", "anbc0", "g", `{"msg_getmsglist_param_count":2,"msg_getmsglist_param_last_msg":{"message_msg_id":"2"}}`, 2},
	{"TIMMsgFindMessages", "ac0", `["1","2"]`, "", 0},
	{"TIMMsgFindByMsgLocatorList", "anbc0", "g", `[{"message_locator_seq":7}]`, 2},
	{"TIMMsgSaveMsg", "anbc0", "ann", `{"message_elem_array":[{"elem_type":0}]}`, 1},
	{"TIMMsgImportMsgList", "anbc0", "ann", `[{"message_sender":"ann","message_server_time":5,"x":18446744073709551615}]`, 1},
	{"TIMMsgReportReaded", "anbc0", "g", `{"message_msg_id":"2","message_seq":7}`, 2},
	{"TIMMsgRevoke", "anbc0", "ann", `{"message_msg_id":"1"}`, 1},
	{"TIMMsgModifyMessage", "ac0", `{"message_msg_id":"1","message_conv_id":"ann","message_conv_type":1,"message_cloud_custom_str":"x"}`, "", 0},
	{"TIMMsgDelete", "anbc0", "ann", `{"msg_delete_param_msg":{"message_msg_id":"1"}}`, 1},
	{"TIMMsgListDelete", "anbc0", "g", `[{"message_msg_id":"2"}]`, 2},
	{"TIMMsgSetLocalCustomData", "ac0", `{"message_msg_id":"1","message_custom_str":"s","message_custom_int":9}`, "", 0},
	{"TIMMsgSetC2CReceiveMessageOpt", "anc0", `["ann"]`, "", 2},
	{"TIMMsgSetGroupReceiveMessageOpt", "anc0", "g", "", 1},
	{"TIMMsgSetAllReceiveMessageOpt", "nnnnnc0", "", "", 2},
	{"TIMMsgSendMessage", "anb0c0", "ann", `{"message_elem_array":[{"elem_type":0,"text_elem_content":"hi"}]}`, 1},
	{"TIMMsgSendNewMsgEx", "anbcc0", "ann", `{"message_elem_array":[]}`, 1},
	{"TIMRecvNewMsg", "ac0", `[{"message_sender":"ann","message_server_time":"1700000002","message_seq":-1},null,7]`, "", 0},
	{"TIMRecvMsgRevoke", "ac0", `[{"message_locator_conv_id":"g","message_locator_conv_type":2,"message_locator_seq":7}]`, "", 0},
	{"TIMRecvMsgUpdate", "ac0", `[{"message_msg_id":"1","message_sender":"ann","message_status":2}]`, "", 0},
	{"TIMRecvMsgReadedReceipt", "ac0", `[{"msg_receipt_conv_id":"ann","msg_receipt_conv_type":1,"msg_receipt_time_stamp":1700000000}]`, "", 0},
	{"TIMRecvConvUpdate", "ac0", `[{"conv_id":"ann","conv_type":1,"conv_show_name":"Ann","conv_mark_array":[1],"conv_c2c_read_timestamp":1700000000,"conv_is_pinned":true}]`, "", 0},
	{"TIMRecvConvDelete", "ac0", `["c2c_ann"]`, "", 0},
}

// FuzzCall: any call with any arguments on a small account returns a documented
// number, what it calls back with is JSON, the module goes on, and every count agrees
// with the messages.
func FuzzCall(f *testing.F) {
	for _, c := range fuzzedCalls {
		f.Add(c.name, c.shape, c.a, c.b, c.n)
	}
	f.Fuzz(func(t *testing.T, name, shape, a, b string, n float64) {
		if !slices.ContainsFunc(functions, func(e entry) bool { return e.name == name }) {
			return
		}
		p := newPage(t)
		p.call("TIMRecvNewMsg", fuzzMessages, nil, nil)
		ret := p.call(name, shaped(p, shape, a, b, n)...)
		number, isInt := ret.(int)
		if isInt && number < 0 && (number < errConv || strings.Contains(p.settle(), "cb ")) {
			t.Fatalf("%s returned %d, and called back or is not documented", name, number)
		}
		p.settle()
		if p.call("TIMConvGetConvList", p.callback("list"), nil) != succeeded { // it has ended the life cycle
			p.call("TIMInit", 0, nil)
			p.call("TIMLogin", "me", "", nil, nil)
		}
		p.call("TIMRecvNewMsg", `[{"message_sender":"after","message_server_time":1700000002}]`, p.callback("after"), nil)
		p.call("TIMConvVerify", p.callback("verified"), nil)
		if got := p.settle(); !strings.Contains(got, "after 0 OK []") || !strings.Contains(got, "verified 0 OK []") {
			t.Fatalf("after %s: %s", name, got)
		}
	})
}
