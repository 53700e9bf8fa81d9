package jsapi

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A modelWindow is a client of a window: it keeps the rows, as texts, that the
// differences tell.
type modelWindow struct {
	*fake
	tab         *modelTab
	id          string
	filter      string
	from, count int
	rows        []string
	diff        string // the last one
	fault       string
}

// windowFilters are filters of windows; the last picks what one of two picks.
var windowFilters = []string{
	`{}`, `{"conversation_list_filter_conv_type":2}`, `{"conversation_list_filter_has_unread_count":true}`,
	`{"without_mark_type":4,"conversation_list_filter_conv_type":1}`,
	`{"conversation_list_filter_conversation_group":""}`,
	`[{"conversation_list_filter_mark_type":1},{"conversation_list_filter_has_group_at_info":true}]`,
}

func (w *modelWindow) Same(v Value) bool { return v == Value(w) }

// Post applies a difference, text by text.
func (w *modelWindow) Post(args ...any) {
	w.tab.mu.Lock()
	defer w.tab.mu.Unlock()
	defer func() {
		if fault := recover(); fault != nil {
			w.fault = fmt.Sprint(fault, " at ", w.diff)
		}
	}()
	w.diff = args[0].(string)
	members := byKey(value(w.diff))
	if members["reset"] == "true" {
		w.rows = nil
	}
	for _, op := range members["ops"].elements() {
		m := byKey(op)
		index, _ := m["index"].uint()
		at := int(index)
		switch m["op"].text() {
		case "insert":
			w.rows = slices.Insert(w.rows, at, string(m["conv"]))
		case "move":
			from, _ := m["from"].uint()
			row := w.rows[from]
			w.rows = slices.Insert(slices.Delete(w.rows, int(from), int(from)+1), at, row)
		case "remove":
			w.rows = slices.Delete(w.rows, at, at+1)
		case "update":
			w.rows[at] = string(m["conv"])
		default:
			w.fault = "what is " + string(op)
		}
	}
}

// byKey are the members of an object.
func byKey(v value) map[string]value {
	members := map[string]value{}
	v.each(func(key string, v value) { members[key] = v })
	return members
}

// ask subscribes, or moves.
func (w *modelWindow) ask() {
	w.tab.call("TIMConvSubscribeList", fmt.Sprintf(`{"id":%q,"filter":%s,"from":%d,"count":%d}`, w.id, w.filter, w.from, w.count), w)
}

// openWindows gives a tab some windows on its list.
func (r *modelRun) openWindows(x *modelTab) {
	for i, filter := range windowFilters {
		w := &modelWindow{&fake{p: x.page, kind: KindFunction, name: "window"}, x, fmt.Sprint("w", i), filter, 0, 5, nil, "", ""}
		x.windows = append(x.windows, w)
		w.ask()
	}
}

// checkWindows compares the windows of a tab with the pages that filters give,
// then scrolls one of them.
func (r *modelRun) checkWindows(what string, x *modelTab) {
	r.Helper()
	list := value(r.answer(x, "TIMConvGetConvList", 0)).elements()
	for _, w := range x.windows {
		want := list
		if !strings.HasPrefix(w.filter, "[") {
			page := r.answer(x, "TIMConvGetConversationListByFilter", 0, w.filter, 0, 1000)
			want = byKey(value(page))["conversation_list_result_conv_list"].elements()
		} else {
			want = slices.DeleteFunc(slices.Clone(list), func(v value) bool {
				m := byKey(v)
				return m["conv_group_at_info_array"] == "" && !strings.HasPrefix(string(m["conv_mark_array"]), "[1,") && m["conv_mark_array"] != "[1]"
			})
		}
		total := fmt.Sprint(len(want))
		want = want[min(w.from, len(want)):min(w.from+w.count, len(want))]
		x.mu.Lock()
		same := slices.EqualFunc(w.rows, want, func(got string, want value) bool { return got == string(want) })
		got := byKey(value(w.diff))
		x.mu.Unlock()
		if w.fault != "" || !same || string(got["total"]) != total || string(got["from"]) != fmt.Sprint(w.from) {
			r.fail("%s, %s from %d: %s\nrows %q\nwant %q of %s\nthe last difference %s", what, w.filter, w.from, w.fault, w.rows, want, total, w.diff)
		}
	}
	w := x.windows[r.gen.Intn(len(x.windows))]
	w.from, w.count = r.gen.Intn(6), r.gen.Intn(8)
	if r.gen.Intn(4) == 0 {
		w.filter = windowFilters[r.gen.Intn(len(windowFilters))]
	}
	w.ask()
	x.take()
}

// answer makes a call that reads, and returns the JSON of its answer.
func (r *modelRun) answer(x *modelTab, name string, code int, args ...any) string {
	r.Helper()
	x.call(name, append(args, &listener{&fake{p: x.page, kind: KindFunction, name: "cb"}, x}, nil)...)
	heard := x.take()
	last := heard[len(heard)-1]
	if last[1] != code {
		r.fail("%s: %v", name, last)
	}
	return last[3].(string)
}

func TestWindowThatFailsSaysSo(t *testing.T) {
	p := newPage(t)
	p.call("TIMLogin", "ann", "", nil, nil)
	p.settle()
	p.m.account.core.Close(func() {})
	p.call("TIMConvSubscribeList", `{"id":"w"}`, p.callback("window"), nil)
	p.mu.Lock()
	defer p.mu.Unlock()
	want := `window {"code":7009,"desc":"the account was closed before the call was done","from":0,"id":"w","located":-1,"ops":[],"reset":true,"total":0}`
	if got := strings.Join(p.posted, "\n"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
