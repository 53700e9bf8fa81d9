package jsapi

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

var fuzzIntake = intake{self: "me", now: someday * 1000, random: func() string { return "fresh" }}

// FuzzMessage: whatever arrives, nothing panics, and a message that is taken is
// JSON, names its conversation, and is the same when it comes again.
func FuzzMessage(f *testing.F) {
	f.Add(`[{"message_sender":"ann","message_seq":18446744073709551615,"x":"\ud800"}]`)
	f.Add(`[{"message_conv_id":"a","message_conv_type":2,"message_msg_id":null,"message_rand":5,"message_client_time":1e9}]`)
	f.Add(`[{"message_conv_id":"a","message_conv_id":"b","message_conv_type":1,"message_group_at_user_array":["me"]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		v, ok := parseJSON(text)
		if !ok {
			return
		}
		for _, item := range v.elements() {
			m, err := decodeMessage(item, fuzzIntake)
			if err != nil {
				continue
			}
			if utf8.ValidString(text) && !json.Valid(m.Raw) {
				t.Fatalf("no JSON: %q", m.Raw)
			}
			if !validID(m.Conv.ID) || !validID(m.ID) || m.At.Time < 0 {
				t.Fatalf("taken: %+v", m)
			}
			again, err := decodeMessage(value(m.Raw), fuzzIntake)
			if err != nil || string(again.Raw) != string(m.Raw) || again.ID != m.ID || again.Conv != m.Conv {
				t.Fatalf("it is another when it comes again: %v\n%q\n%q", err, m.Raw, again.Raw)
			}
		}
	})
}

// FuzzDraft: a draft that is taken is JSON and is the same when set again.
func FuzzDraft(f *testing.F) {
	f.Add(`{"draft_edit_time":1700086400.123,"draft_msg":{"message_elem_array":[{"elem_type":0}]},"draft_user_define":"x"}`)
	f.Fuzz(func(t *testing.T, text string) {
		draft, ok := decodeDraft(text, someday*1000)
		if !ok || draft == nil {
			return
		}
		if utf8.ValidString(text) && !json.Valid(draft) {
			t.Fatalf("no JSON: %q", draft)
		}
		if again, ok := decodeDraft(string(draft), 0); !ok || string(again) != string(draft) {
			t.Fatalf("set again it is %q, was %q", again, draft)
		}
	})
}

// FuzzText: quoting and unquoting are each other's reverse, surrogates
// included, and agree with encoding/json where that can hold the text.
func FuzzText(f *testing.F) {
	f.Add("plain")
	f.Add("\x00\"\\\u2028\xed\xa0\x80\xed\xbf\xbf😀")
	f.Fuzz(func(t *testing.T, s string) {
		literal := string(appendQuoted(nil, s))
		var decoded string
		if err := json.Unmarshal([]byte(literal), &decoded); err != nil {
			t.Fatalf("%q: %v", literal, err)
		}
		if utf8.ValidString(s) && decoded != s {
			t.Fatalf("encoding/json reads %q as %q", literal, decoded)
		}
		// A pair of surrogates in the three-byte form is one code point outside.
		if got := unquote(literal); got != s && !strings.Contains(s, "\xed") {
			t.Fatalf("%q comes back as %q", s, got)
		}
	})
}
