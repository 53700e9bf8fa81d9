package jsapi

import (
	"fmt"
	"strings"
	"testing"
)

// What reads JSON here knows paths and modifiers, and escapes of them. No text
// that comes in is ever one.
var paths = []string{
	"@this", "@reverse", "@pretty:{\"indent\":\"x\"}", "#", "#.message_sender", "*", "?", "a.b", "message_elem_array.0", "message_elem_array.#", "..0",
	"a|b", "a|@this", "#(a==1)#", "{a,b}", "[a,b]", "!\"x\"", "message_send*", "message\\_sender", "message_sender|@reverse", ":1", "-1", "\\", "", "__proto__",
}

func TestKeysOfMessagesAreNoPaths(t *testing.T) {
	p := newPage(t)
	var members []string
	for _, path := range paths {
		members = append(members, quoted(path)+`:"not taken"`)
	}
	foreign := "{" + strings.Join(members, ",")
	sent := foreign + `,"message_sender":"ann","message_msg_id":"1","message_server_time":1700000000,"nested":` + foreign +
		`},"message_conv_id":"ann","message_conv_type":1,"message_is_from_self":false,"message_status":2}`
	p.call("TIMRecvNewMsg", "["+sent+"]", p.callback("cb"), nil)
	p.call("TIMMsgFindMessages", `["1"]`, p.callback("cb"), nil)
	if got, want := p.settle(), "cb 0 OK []\ncb 0 OK ["+sent+"]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, path := range paths { // what it would reach is not there by that name
		p.call("TIMRecvNewMsg", fmt.Sprintf(`[{%s:"bob","text":"x"}]`, quoted(path)), p.callback(path), nil)
		if got, want := p.settle(), path+` 6017 `; !strings.HasPrefix(got, want) {
			t.Errorf("a message with a sender under %q: got %s", path, got)
		}
	}
}

func TestTextsAreNoPaths(t *testing.T) {
	for _, path := range paths {
		if path == "" {
			continue
		}
		p := newPage(t)
		q := quoted(path)
		p.call("TIMRecvNewMsg", fmt.Sprintf(`[{"message_sender":%s,"message_msg_id":%s,"message_server_time":1700000000},{"message_sender":"beside","message_server_time":1700000001}]`, q, q), nil, nil)
		p.call("TIMConvSetConversationCustomData", `[`+quoted("c2c_"+path)+`]`, path, nil, nil)
		p.call("TIMConvCreateConversationGroup", path, `[`+quoted("c2c_"+path)+`]`, nil, nil)
		p.settle()
		p.call("TIMConvGetConversationListByFilter", `{"conversation_list_filter_conversation_group":`+q+`}`, 0, 10, p.callback("filter"), nil)
		p.call("TIMMsgFindMessages", `[`+q+`]`, p.callback("found"), nil)
		p.call("TIMConvGetConversationGroupList", p.callback("groups"), nil)
		got := p.settle()
		for _, want := range []string{
			`"conv_custom_data":` + q, `"conv_conversation_group_array":[` + q + `]`, `"conv_id":` + q, `found 0 OK [{"message_sender":` + q, `groups 0 OK [` + q + `]`,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%q: got %s\nwithout %s", path, got, want)
			}
		}
		if strings.Contains(got, "beside") {
			t.Errorf("%q picks more than itself: %s", path, got)
		}
	}
}

func TestAccountsHaveDatabasesOfTheirOwn(t *testing.T) {
	users := []string{
		"", "a", "A", "a|b", "a+b", "a b", "a:b", ":a", "a:", "0:a", "1:a", "%3a", "%", "%%", "a%", "a%25", "a\x00", "\x00", "a/b", "../a", "a\\b", "timconv:0:a",
		"e\u0301", "\u00e9", "\u212b", "\u00c5", "\uffff", "\ufffd", "\U0001F600", "'", "\"", "~", "!", "*", "(", ")", "a@b", "a%40b", "\n", ".", "..", strings.Repeat("x", 1024), strings.Repeat("x", 1023) + "y",
	}
	owners := map[string]string{}
	for _, appID := range []uint64{0, 1, 10, 1400000000, 1<<64 - 1} {
		for _, user := range users {
			name, owner := databaseName(appID, user), fmt.Sprintf("%d %q", appID, user)
			if other, taken := owners[name]; taken {
				t.Errorf("%s and %s share %s", other, owner, name)
			}
			owners[name] = owner
			if strings.Count(name, ":") != 2 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@%:") != "" {
				t.Errorf("%s has %q, want nothing but its own separators", owner, name)
			}
		}
	}
}
