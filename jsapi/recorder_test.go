package jsapi

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
)

// recording exports what is recorded: the first line, and the others.
func (p *page) recording() (head map[string]any, lines []map[string]any) {
	p.t.Helper()
	p.settle()
	p.call("TIMRecorderExport", p.callback("export"), nil)
	text := strings.TrimPrefix(p.settle(), "export 0 OK ")
	for i, line := range strings.Split(strings.TrimRight(text, "\n "), "\n") {
		var object map[string]any
		if text == "" {
			return nil, nil
		}
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			p.t.Fatalf("%v in %s", err, line)
		}
		if i == 0 {
			head = object
		} else {
			lines = append(lines, object)
		}
	}
	return head, lines
}

func (p *page) recorded() string {
	_, lines := p.recording()
	text, _ := json.Marshal(lines)
	return string(text)
}

func TestRecorderIsOffByDefault(t *testing.T) {
	p := newPage(t)
	p.call("TIMConvCreate", "ann", 1, nil, nil)
	if head, lines := p.recording(); head != nil || lines != nil {
		t.Errorf("got %v %v", head, lines)
	}
}

func TestRecorderKeepsWhatACallLookedAt(t *testing.T) {
	p := newPage(t)
	p.call("TIMSetConfig", `{"recorder":100}`, nil, nil)
	for _, c := range []struct {
		call string
		in   []any
		want string
	}{
		{"TIMConvCreate", []any{"ann", 1, p.callback("cb"), "mine"}, `["ann",1,{"is":"function"},{"is":"string"}]`},
		{"TIMConvCreate", []any{"\xed\xa0\x80", -0.5, true, "mine"}, `["` + "\ufffd" + `",-0.5,true,{"is":"string"}]`},
		{"TIMConvSetDraft", []any{"ann", 1, nil, "too many"}, `["ann",1,null,{"is":"string"}]`},
		{"TIMConvGetConvList", []any{nil, "mine"}, `[null,{"is":"string"}]`},
		{"TIMConvMarkConversation", []any{`["c2c_ann"]`, &fake{p: p, kind: KindBigInt, v: "9223372036854775808"}, true, nil, nil}, `["[\"c2c_ann\"]",{"bigint":"9223372036854775808"},true,null,{"is":"null"}]`},
		{"TIMSetConvEventCallback", []any{p.callback("event"), "mine"}, `[{"is":"function"},{"is":"string"}]`},
		{"TIMLogin", []any{"me", "a signature", nil, nil}, `["me",{"is":"string"},null,{"is":"null"}]`},
	} {
		p.call(c.call, c.in...)
		_, lines := p.recording()
		var args any
		for _, line := range lines {
			if line["call"] == c.call {
				args = line["args"]
			}
		}
		if got, _ := json.Marshal(args); string(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.call, got, c.want)
		}
	}
}

func TestRecorderKeepsNoArgumentOfACallThatWasNotLookedAt(t *testing.T) {
	p := newPage(t)
	p.call("TIMSetConfig", `{"recorder":100}`, nil, nil)
	p.call("TIMInit", 1, "")
	p.call("TIMUninit")
	p.call("TIMLogin", "me", "a signature", nil, nil)
	p.call("TIMConvSetDraft", "ann", 1, "a draft")
	if text := p.recorded(); strings.Contains(text, "signature") || strings.Contains(text, "a draft") || strings.Count(text, `"ret":-1`) != 2 {
		t.Errorf("got %s", text)
	}
}

func TestRecorderNotesAnswersAndEvents(t *testing.T) {
	p := newPage(t)
	p.call("TIMSetConvEventCallback", p.callback("event"), nil)
	p.call("TIMSetConfig", `{"recorder":100}`, nil, nil)
	p.call("TIMConvCreate", "ann", 1, p.callback("cb"), nil)
	p.call("TIMConvPinConversation", "nobody", 1, true, p.callback("cb"), nil)
	text := p.recorded()
	for _, want := range []string{
		`"told":"TIMSetConvEventCallback"`, `"got":[0,{"bytes":`, `"got":[6004,"the conversation does not exist",""],"n":2`, `"status":{`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("got %s without %s", text, want)
		}
	}
}

func TestRecorderIsBounded(t *testing.T) {
	p := newPage(t)
	p.call("TIMSetConfig", `{"recorder":100000}`, nil, nil)
	for range 12 {
		p.call("TIMConvSetDraft", "ann", 3, strings.Repeat("x", 900_000))
	}
	head, lines := p.recording()
	if len(lines) != 4 || head["dropped"] != 8.0 && head["dropped"] != 9.0 { // a line of the account that was opened
		t.Errorf("got %d lines, %v dropped", len(lines), head["dropped"])
	}
	p.call("TIMConvSetDraft", "ann", 3, strings.Repeat("x", longestRecorded+1))
	if text := p.recorded(); !strings.Contains(text, `{"bytes":1048577,"fnv1a":"`) {
		t.Error("a text that is too long is there, or not told")
	}
	p.call("TIMSetConfig", `{"recorder":2}`, nil, nil)
	p.call("TIMConvCancelDraft", "ann", 1)
	if _, lines := p.recording(); len(lines) != 2 {
		t.Errorf("got %d lines, want 2", len(lines))
	}
	for _, bad := range []string{"-1", "100001", `"1"`, "1e9", "true"} {
		if ret := p.call("TIMSetConfig", `{"recorder":`+bad+`}`, nil, nil); ret != errParam {
			t.Errorf("recorder %s: returned %v", bad, ret)
		}
	}
}

// TestRecorderForgetsAnAccount does so behind the answers of the account, and keeps
// what was called since.
func TestRecorderForgetsAnAccount(t *testing.T) {
	for name, leave := range map[string]func(p *page){
		"logout":       func(p *page) { p.call("TIMLogout", nil, nil) },
		"uninit":       func(p *page) { p.call("TIMUninit") },
		"another user": func(p *page) { p.call("TIMLogin", "ben", "", p.callback("cb"), nil) },
		"wipe":         func(p *page) { p.call("TIMConvWipe", p.callback("cb"), nil) },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t)
			p.call("TIMSetConvEventCallback", p.callback("event"), nil)
			p.call("TIMSetConfig", `{"recorder":100}`, nil, nil)
			p.call("TIMInit", 1, "")
			p.call("TIMLogin", "me", "", nil, nil)
			p.call("TIMRecvNewMsg", `[{"message_sender":"marker"}]`, p.callback("cb"), nil)
			if text := p.recorded(); !strings.Contains(text, "marker") {
				t.Fatalf("got %s", text)
			}
			p.call("TIMConvSetDraft", "marker", 1, `{"draft_user_define":"x"}`)
			leave(p)
			p.call("TIMConvCancelDraft", "later", 3)
			head, _ := p.recording()
			if text := p.recorded(); strings.Contains(text, "marker") || !strings.Contains(text, "TIMConvCancelDraft") {
				t.Errorf("left is %v %s", head, text)
			}
		})
	}
}

// TestRecordedCallsBringTheSameIdsAgain has the clock go on in the middle of calls.
func TestRecordedCallsBringTheSameIdsAgain(t *testing.T) {
	run := func() string {
		p := newPage(t)
		var now atomic.Int64
		p.m.host.Now = func() int64 { return now.Add(700) }
		p.call("TIMSetConfig", `{"recorder":100}`, nil, nil)
		p.m.recorder.seed = "seed"
		p.settle()
		now.Store(someday * 1000)
		p.call("TIMMsgSaveMsg", "ann", 1, `{"message_elem_array":[{"elem_type":0,"text_elem_content":"x"}]}`, nil, nil)
		p.call("TIMConvGetConvList", p.callback("list"), nil)
		return p.settle()
	}
	first := run()
	if second := run(); first != second || !strings.Contains(first, "list 0") {
		t.Errorf("got\n%s\nthen\n%s", first, second)
	}
}
