package replay

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"

	"timconv/jsapi"
	"timconv/store/memstore"
)

var update = flag.Bool("replay.update", false, "write down what comes of recorded calls now")

// An Option is one of Run.
type Option func(*options)

type options struct{ backup string }

// WithBackup has a file that TIMConvExport wrote taken in first: the account as it was
// before the first call.
func WithBackup(file string) Option { return func(o *options) { o.backup = file } }

// Run makes the calls of a recording and fails the test where something else comes of
// them than was recorded.
func Run(t testing.TB, file string, with ...Option) {
	t.Helper()
	var o options
	for _, option := range with {
		option(&o)
	}
	recorded, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var backup []byte
	if o.backup != "" {
		if backup, err = os.ReadFile(o.backup); err != nil {
			t.Fatal(err)
		}
	}
	now, faults, notes, err := play(string(recorded), string(backup))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, note := range notes {
		t.Log(note)
	}
	if *update {
		if err := os.WriteFile(file, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// A player makes the calls.
type player struct {
	*page
	*recording
	rets   map[uint64]any
	faults []string
}

// play makes the calls of a recording and returns a recording of them, what differs, and
// what else is worth to be known.
func play(recorded, backup string) (now string, faults, notes []string, err error) {
	r, err := read(recorded)
	if err != nil {
		return "", nil, nil, err
	}
	databases := map[string]*memstore.DB{}
	if backup != "" {
		if err := restore(databases, r, backup); err != nil {
			return "", nil, nil, err
		}
	}
	p, err := newPlayer(r, databases)
	if err != nil {
		return "", nil, nil, err
	}
	for i := range r.lines {
		p.step(&r.lines[i])
	}
	_, _ = p.ask("TIMRecvNewMsg", text("[]")) // behind all
	_, got := p.ask("TIMRecorderExport")
	now = got[2].(string)
	again, err := read(now)
	if err != nil {
		return "", nil, nil, err
	}
	differences, notes := compare(r, again)
	faults = append(append(p.faults, differences...), p.page.faults...)
	if ret, got := p.ask("TIMConvVerify"); ret == 0 && fmt.Sprint(got[:3]) != "[0 OK []]" {
		faults = append(faults, fmt.Sprint("TIMConvVerify: ", got[:3]))
	}
	return now, faults, notes, nil
}

// newPlayer returns a player that stands where the recording begins, on databases that
// it may add to.
func newPlayer(r *recording, databases map[string]*memstore.DB) (*player, error) {
	if databases == nil {
		databases = map[string]*memstore.DB{}
	}
	p := &player{page: newPage(databases, r.Since), recording: r, rets: map[uint64]any{}}
	return p, p.prepare()
}

// restore takes a backup into the account that the calls work on.
func restore(databases map[string]*memstore.DB, r *recording, backup string) error {
	appID, user, err := r.owner()
	if err != nil {
		return err
	}
	p := newPage(databases, r.Since)
	p.module.Resume(jsapi.Standing{AppID: appID, PinLimit: r.PinLimit})
	if user != "" {
		p.ask("TIMLogin", text(user), text(""))
	}
	ret, got := p.ask("TIMConvImport", text(backup))
	if ret != 0 || got[0] != 0 {
		return fmt.Errorf("the backup: TIMConvImport returned %d, called back %v", ret, got)
	}
	p.ask("TIMLogin", text(user+"-"), text("")) // the account is closed
	return nil
}

// prepare brings the module to where the recording begins.
func (p *player) prepare() error {
	life, appID, user, err := p.begin()
	if err != nil {
		return err
	}
	slots := p.heardBefore()
	armed := false
	for _, slot := range slots {
		armed = armed || slot == "TIMSetConvTotalUnreadMessageCountChangedCallback"
	}
	p.module.Resume(jsapi.Standing{Life: life, AppID: appID, PinLimit: p.PinLimit, Relaxed: p.Relaxed, Armed: armed})
	if user != "" {
		if ret, got := p.ask("TIMLogin", text(user), text("")); ret != 0 || got[0] != 0 {
			return errors.New("the account could not be opened")
		}
	}
	for _, slot := range slots {
		p.module.Call(slot, []jsapi.Value{function(p.heard(slot))})
	}
	p.module.Record(p.Seed)
	return nil
}

// step does what a line says: a call is made, an answer waited for. That an answer
// came at once is not waited for: its line stands before that of its call.
func (p *player) step(l *line) {
	p.clock(l.T)
	switch {
	case l.Call == "done":
		if !p.wait(func() bool { return p.tokens[l.Token] }) {
			p.faults = append(p.faults, fmt.Sprintf("%v: the message was not handed over", l))
			return
		}
		p.module.Number(l.N)
		p.module.Done(l.Token, p.arguments(l))
	case l.Call != "":
		p.module.Number(l.N)
		result, ok := p.module.Call(l.Call, p.arguments(l))
		if !ok {
			p.faults = append(p.faults, fmt.Sprintf("%v: there is no such function", l))
		}
		p.rets[l.N] = result
	case l.N != 0 && p.rets[l.N] == 0:
		key := l.key()
		p.wait(func() bool { return p.got[key] > 0 }) // that none came is found later
	}
}

func (p *player) arguments(l *line) []jsapi.Value {
	values := make([]jsapi.Value, len(l.Args))
	for i := range values {
		post := func([]any) {}
		if l.Call != "done" {
			post = p.heard(p.filled(l, i))
		}
		values[i] = argument(l, i, post)
	}
	return values
}

// filled is the key of a function that a call brings.
func (p *player) filled(l *line, i int) string {
	if l.Ret == nil { // the call fills a slot
		return l.Call
	}
	return callKey(l.N, i)
}

// compare finds what differs in what came of the calls.
func compare(recorded, replayed *recording) (faults, notes []string) {
	whole, why := recorded.whole()
	if !whole {
		notes = append(notes, "texts are not compared: "+why)
	}
	calls, answers := map[uint64]*line{}, map[string][]*line{}
	for i := range replayed.lines {
		if l := &replayed.lines[i]; l.Call != "" {
			calls[l.N] = l
		} else if l.Got != nil {
			answers[l.key()] = append(answers[l.key()], l)
		}
	}
	of := map[uint64]*line{}
	for i := range recorded.lines {
		if l := &recorded.lines[i]; l.Call != "" {
			of[l.N] = l
		}
	}
	seen := map[string]int{}
	for i := range recorded.lines {
		l := &recorded.lines[i]
		switch {
		case l.Call != "":
			if again := calls[l.N]; again != nil && l.Call != "TIMGetLoginStatus" && fmt.Sprint(ret(l)) != fmt.Sprint(ret(again)) {
				faults = append(faults, fmt.Sprintf("%v: returned %v, recorded was %v", l, ret(again), ret(l)))
			}
		case l.Got != nil && (l.Told != "" || of[l.N] != nil):
			key := l.key()
			k := seen[key]
			seen[key]++
			hard, text := differs(l, answers[key], k, of[l.N])
			if hard || text != "" && whole {
				faults = append(faults, text)
			} else if text != "" {
				notes = append(notes, text)
			}
		}
	}
	return faults, notes
}

func ret(l *line) any {
	if l.Ret == nil {
		return "nothing"
	}
	return *l.Ret
}

// differs compares what a function got the k-th time; hard: its code is another, or it
// is a call's and got nothing.
func differs(l *line, again []*line, k int, call *line) (hard bool, text string) {
	who := l.Told
	if call != nil {
		who = call.String()
	}
	if who == "TIMSetStorageStatusCallback" || call != nil && call.Call == "TIMPersistStorage" { // they tell of the browser
		return false, ""
	}
	if k >= len(again) {
		return l.Told == "" && k == 0, fmt.Sprintf("%s: was not called with %s", who, l.Got)
	}
	text = fmt.Sprintf("%s: got %s, recorded was %s", who, again[k].Got, l.Got)
	if was, ok := l.code(); ok {
		is, _ := again[k].code()
		if is != was {
			return true, text
		}
		if bytes.Equal(l.Got[2], again[k].Got[2]) {
			return false, "" // the wording of a description may change
		}
		return false, text
	}
	if fmt.Sprintf("%s", l.Got) == fmt.Sprintf("%s", again[k].Got) {
		return false, ""
	}
	return false, text
}
