package jsapi

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"testing"

	"timconv/core"
	"timconv/internal/model"
	"timconv/store/memstore"
)

// answer makes a call and returns what its callback got.
func (x *modelTab) answer(name string, in ...any) model.Post {
	x.t.Helper()
	x.take()
	if ret := x.call(name, append(in, &listener{&fake{p: x.page, kind: KindFunction, name: "cb"}, x})...); ret != 0 {
		x.t.Fatalf("%s returned %v", name, ret)
	}
	for _, post := range x.take() {
		if post[0] == "cb" {
			return post
		}
		if post[0] == "event" && len(post) > 2 {
			x.replay(post[1].(int), post[2].(string))
		}
	}
	x.t.Fatalf("%s has not called back", name)
	return nil
}

func (x *modelTab) export() string {
	x.t.Helper()
	post := x.answer("TIMConvExport")
	if post[1] != 0 {
		x.t.Fatalf("TIMConvExport: %v", post)
	}
	return post[3].(string)
}

// inFlight is the status of a message that was being sent, which a backup fails.
var inFlight = regexp.MustCompile(`"message_status":[13]\b`)

// backup takes a backup of a tab into an empty account and, twice, into that of
// the tab: there nothing changes.
func (r *modelRun) backup(x *modelTab) {
	r.Helper()
	text := x.export()
	list := x.answer("TIMConvGetConvList")[3].(string)
	empty := &modelRun{T: r.T, gen: r.gen, db: memstore.NewDB(), opened: 1000}
	y := empty.open(x.now)
	for i, want := range []string{list, list} {
		did := y.answer("TIMConvImport", text)
		if did[1] != 0 || i == 1 && !strings.HasPrefix(did[3].(string), `{"conversations":0,`) {
			r.fail("import %d: %v", i, did)
		}
		got := y.answer("TIMConvGetConvList")[3].(string)
		if inFlight.ReplaceAllString(got, "") != inFlight.ReplaceAllString(want, "") {
			r.fail("import %d:\n got %s\nwant %s", i, got, want)
		}
		if told := y.told(); told != got {
			r.fail("import %d, the list by events:\n got %s\nwant %s", i, told, got)
		}
		if found := y.answer("TIMConvVerify")[3]; found != "[]" {
			r.fail("import %d: %s", i, found)
		}
	}
	if again := x.answer("TIMConvImport", text); again[1] != 0 {
		r.fail("import into the account itself: %v", again)
	}
	if got := x.answer("TIMConvGetConvList")[3].(string); got != list {
		r.fail("its own backup changes an account:\n got %s\nwant %s", got, list)
	}
}

// loggedIn is a tab in which a user has logged in.
func loggedIn(t *testing.T) *modelTab {
	r := &modelRun{T: t, gen: model.New(1, 1, small), db: memstore.NewDB()}
	return r.open(someday * 1000)
}

func TestABackupThatIsNotWholeIsRefused(t *testing.T) {
	x := loggedIn(t)
	x.answer("TIMRecvNewMsg", `[{"message_sender":"ann","message_msg_id":"a1","message_server_time":1700000001,"message_elem_array":[{"elem_type":0,"text_elem_content":"hello"}]}]`)
	text := x.export()
	y := loggedIn(t)
	refuse := func(what, text, why string) {
		t.Helper()
		post := y.answer("TIMConvImport", text)
		if post[1] != 6017 || !strings.Contains(post[2].(string), why) {
			t.Errorf("%s: got %v, want 6017 and %q", what, post, why)
		}
		if list := y.answer("TIMConvGetConvList")[3]; list != "[]" {
			t.Fatalf("%s: it left %s", what, list)
		}
	}
	refuse("nothing", "", "no backup")
	refuse("another file", "<html>", "no backup")
	refuse("other JSON", `{"a":1}`, "no backup")
	refuse("a newer format", strings.Replace(text, `"timconv_backup":1`, `"timconv_backup":2`, 1), "newer")
	refuse("another account", strings.Replace(text, `"account":"timconv:`, `"account":"timconv:9`, 1), "another account")
	for size := range len(text) - 1 {
		if post := y.answer("TIMConvImport", text[:size]); post[1] != 6017 {
			t.Fatalf("%d of %d bytes: %v", size, len(text), post)
		}
	}
	for i := range text {
		changed := []byte(text)
		changed[i] ^= 1
		if post := y.answer("TIMConvImport", string(changed)); post[1] != 6017 && strings.TrimSpace(string(changed)) != strings.TrimSpace(text) {
			t.Fatalf("byte %d changed: %v", i, post)
		}
	}
	refuse("a line twice", twice(text), "damaged")
	if post := y.answer("TIMConvImport", "\n"); post[1] != 6017 {
		t.Errorf("an empty line: %v", post)
	}
	if post := y.answer("TIMConvImport", text+"\r\n\n"); post[1] != 0 || post[3] != `{"conversations":1,"known":0,"messages":1}` {
		t.Errorf("with empty lines behind: %v", post)
	}
}

func twice(text string) string {
	lines := strings.SplitAfter(text, "\n")
	return lines[0] + lines[1] + strings.Join(lines[1:], "")
}

// sealed gives lines the end that makes a backup of them.
func sealed(lines ...string) string {
	body := strings.Join(lines, "\n") + "\n"
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(body))
	return fmt.Sprintf("%s{\"fnv1a\":\"%016x\",\"lines\":%d}\n", body, sum.Sum64(), len(lines))
}

func TestABackupOfWhatNoAccountHoldsIsRefused(t *testing.T) {
	x := loggedIn(t)
	head, _, _ := strings.Cut(x.export(), "\n")
	for _, line := range []string{
		`[]`, `{"record":"?"}`, `{"record":""}`, `{"record":"010203"}`, `{"record":1}`, `{"head":"01","message":{}}`, `{"message":[]}`,
		`{"head":"010103616e6e016100000000000000000000","message":1}`, `{"raw":"{"}`, `no JSON`,
	} {
		if post := x.answer("TIMConvImport", sealed(head, line)); post[1] != 6017 {
			t.Errorf("%s: %v", line, post)
		}
	}
	if post := x.answer("TIMConvImport", sealed(head, `{"groups":[]}`, `{"later":1}`)); post[1] != 0 {
		t.Errorf("an unknown line: %v", post)
	}
}

func FuzzImport(f *testing.F) {
	f.Add(`{"record":"010103"}`)
	f.Add(`{"head":"010103616e6e016100000000000000000000","message":{}}`)
	f.Add(`{"groups":["a"],"receive_option":{}}`)
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, "\n") || !wellFormed(line) {
			return
		}
		x := loggedIn(t)
		head, _, _ := strings.Cut(x.export(), "\n")
		if post := x.answer("TIMConvImport", sealed(head, line)); post[1] != 0 && post[1] != 6017 {
			t.Errorf("got %v", post)
		}
		if found := x.answer("TIMConvVerify")[3]; found != "[]" {
			t.Errorf("TIMConvVerify: %v", found)
		}
	})
}

// TestABackupIsOfTheAccountThatWasOpen has TIMUninit called before it is written.
func TestABackupIsOfTheAccountThatWasOpen(t *testing.T) {
	p := newPage(t)
	opened, open := make(chan struct{}), p.m.host.Open
	p.m.host.Open = func(name string, notify func(core.State, string)) (core.Store, error) {
		<-opened
		return open(name, notify)
	}
	p.call("TIMInit", 1, "")
	p.call("TIMLogin", "me", "", nil, nil)
	p.call("TIMConvExport", p.callback("cb"), nil)
	p.call("TIMUninit")
	close(opened)
	if posted := p.settle(); !strings.Contains(posted, `"account":"timconv:1:me"`) {
		t.Errorf("the backup: %s", posted)
	}
}
