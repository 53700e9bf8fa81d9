package jsapi

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"timconv/core"
	"timconv/internal/model"
	"timconv/store/memstore"
)

var (
	modelSteps = flag.Int("model.steps", 0, "number of random calls in TestRandomCallsAgreeWithAModel")
	modelSeed  = flag.Int64("model.seed", 0, "their seed; 0: the clock")
)

// small are limits that random calls reach.
var small = model.Limits{Pinned: 4, Marked: 5, Groups: 4, Members: 3}

// A modelTab is a page that keeps what it is told, and the list as its events
// alone tell it.
type modelTab struct {
	*page
	heard   []model.Post
	rows    map[string]row
	windows []*modelWindow
}

// A listener is a function that a modelTab hears by.
type listener struct {
	*fake
	tab *modelTab
}

func (l *listener) Same(v Value) bool { return v == Value(l) }

func (l *listener) Post(args ...any) {
	post := model.Post{l.name}
	for _, arg := range args {
		switch arg := arg.(type) {
		case string:
			post = append(post, strings.Clone(arg))
		case int:
			post = append(post, arg)
		}
	}
	l.tab.mu.Lock()
	defer l.tab.mu.Unlock()
	l.tab.heard = append(l.tab.heard, post)
}

// take returns what was heard since the last time, once everything is answered.
func (x *modelTab) take() []model.Post {
	x.settle()
	x.mu.Lock()
	defer x.mu.Unlock()
	heard := x.heard
	x.heard = nil
	for _, post := range heard {
		if post[0] == "event" {
			x.replay(post[1].(int), post[2].(string))
		}
	}
	return heard
}

// A row is a conversation as an event told it, and what sorts it.
type row struct {
	text, name string
	key        uint64
}

// replay has an event change the list.
func (x *modelTab) replay(kind int, rows string) {
	for _, text := range value(rows).elements() {
		var id, kindOf string
		r := row{text: string(text)}
		text.each(func(key string, v value) {
			switch key {
			case "conv_active_time":
				r.key, _ = v.uint()
			case "conv_id":
				id = v.text()
			case "conv_type":
				kindOf = string(v)
			}
		})
		r.name = kindOf + id
		if delete(x.rows, r.name); core.EventKind(kind) != core.EventDel {
			x.rows[r.name] = r
		}
	}
}

// told is the list as the events alone tell it.
func (x *modelTab) told() string {
	rows := slices.Collect(maps.Values(x.rows))
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.key, a.key), strings.Compare(a.name, b.name))
	})
	texts := make([][]byte, len(rows))
	for i, r := range rows {
		texts[i] = []byte(r.text)
	}
	return joined(texts)
}

// A modelRun is some tabs on one account and the model of it.
type modelRun struct {
	*testing.T
	gen    *model.Generator
	db     *memstore.DB
	tabs   []*modelTab
	recent []string
	deaf   int // for how many bursts no tab hears of another
	opened int // tabs, ever
}

// open opens a tab.
func (r *modelRun) open(now int64) *modelTab {
	x := &modelTab{page: newPage(r.T), rows: map[string]row{}}
	r.opened++
	x.now, x.ids = now, r.opened<<32 // ids that no other tab draws
	x.after = func(func()) {}        // no timer comes between what is compared
	x.databases[databaseName(0, model.Self)] = r.db
	for _, step := range model.Opening() {
		r.call(x, step)
		if step.Call == "TIMLogin" {
			x.m.account.core.SetLimits(core.Limits(small))
		}
	}
	x.take()
	x.call("TIMConvGetConvList", &listener{&fake{p: x.page, kind: KindFunction, name: "cb"}, x})
	list := x.take()
	x.replay(0, list[len(list)-1][3].(string))
	r.openWindows(x)
	return x
}

// call makes the call of a step.
func (r *modelRun) call(x *modelTab, step *model.Step) any {
	values := make([]Value, len(step.Args))
	for i, arg := range step.Args {
		if name, ok := arg.(model.Callback); ok {
			arg = &listener{&fake{p: x.page, kind: KindFunction, name: string(name)}, x}
		}
		values[i] = x.value(arg)
	}
	if step.Call == model.CallDone {
		x.m.Done(x.tokens[step.Args[0].(int)], values[1:])
		return 0
	}
	result, ok := x.m.Call(step.Call, values)
	if !ok {
		r.Fatalf("there is no function %s", step.Call)
	}
	return result
}

// fail ends the test with the calls that led there.
func (r *modelRun) fail(format string, args ...any) {
	r.Helper()
	r.Fatalf("%s\nafter:\n%s", fmt.Sprintf(format, args...), strings.Join(r.recent, "\n"))
}

func (r *modelRun) compare(what string, got, want []model.Post, subset bool) {
	r.Helper()
	if diff := model.Difference(got, want, subset); diff != "" {
		r.fail("%s: %s", what, diff)
	}
}

// listen counts the bursts for which no tab hears of another. What was said
// meanwhile is lost; at the end the tabs come back to life.
func (r *modelRun) listen() {
	if r.deaf--; r.deaf > 0 {
		return
	}
	r.db.Drop()
	r.db.Release()
	for i, x := range r.tabs {
		x.store.(*memstore.Handle).Wake()
		r.db.Settle()
		x.take()
		r.checkList(fmt.Sprint("tab ", i, " that hears of others again"), x)
	}
}

// reads are the calls that see what their tab has heard of.
var reads = map[string]bool{"TIMMsgGetMsgList": true, "TIMMsgFindByMsgLocatorList": true, "TIMMsgCancelSend": true}

// catchUp has a tab read what others did: a writer does.
func (r *modelRun) catchUp(x *modelTab) {
	x.call("TIMRecvNewMsg", "[]", nil, nil)
	x.take()
}

// burst makes some calls on one tab at once, and compares all that comes of
// them.
func (r *modelRun) burst(n, size int) {
	x := r.tabs[n]
	var want, heard, others []model.Post
	for range size {
		step := r.gen.Next(n)
		if step.Call == model.CallDone || step.Call == "TIMMsgCancelSend" {
			heard = append(heard, x.take()...) // it must have been handed over
		}
		if reads[step.Call] && r.deaf > 0 {
			heard = append(heard, x.take()...)
			r.catchUp(x)
		}
		r.note(step)
		x.now = step.Now
		if ret := r.call(x, step); ret != step.Ret && (ret != nil || step.Ret != 0) {
			r.fail("%s returned %v, want %d", step.Call, ret, step.Ret)
		}
		want, others = append(want, step.Posts...), append(others, step.Others...)
	}
	heard = append(heard, x.take()...)
	if r.deaf > 0 { // what others did before comes first
		heard = heard[max(0, len(heard)-len(want)):]
	}
	r.compare(fmt.Sprint("called back in tab ", n), heard, want, false)
	if r.deaf > 0 {
		r.catchUp(x)
		r.checkList(fmt.Sprint("tab ", n, " that had not heard of others"), x)
		r.listen()
		return
	}
	r.db.Settle()
	for i, other := range r.tabs {
		if i == n {
			continue
		}
		if heard := other.take(); size == 1 { // otherwise it hears of all at once
			r.compare(fmt.Sprintf("told in tab %d of what tab %d did", i, n), heard, others, false)
		}
	}
	for i, x := range r.tabs {
		if i == n || r.gen.Intn(10) == 0 {
			r.checkList(fmt.Sprint("tab ", i), x)
		}
	}
}

func (r *modelRun) note(step *model.Step) {
	line := fmt.Sprintf("@%d tab %d: %s %v", step.Now, step.Tab, step.Call, step.Args)
	if r.recent = append(r.recent, line); len(r.recent) > 12 {
		r.recent = r.recent[1:]
	}
}

// checkList compares the list, and what the events alone tell of it.
func (r *modelRun) checkList(what string, x *modelTab) {
	r.Helper()
	want := r.gen.List()
	r.compare("list by events of "+what, []model.Post{{x.told()}}, []model.Post{{want}}, false)
	r.ask(what, x, r.gen.Totals())
	r.ask(what, x, []*model.Step{{Call: "TIMConvGetConvList", Args: []any{model.Callback("cb")}, Posts: []model.Post{{"cb", 0, "OK", want}}}})
	r.checkWindows(what, x)
}

// ask makes calls that change nothing.
func (r *modelRun) ask(what string, x *modelTab, steps []*model.Step) {
	r.Helper()
	for _, step := range steps {
		r.call(x, step)
	}
	heard := x.take()
	if len(heard) != len(steps) {
		r.fail("%s: %d answers, want %d", what, len(heard), len(steps))
	}
	for i, step := range steps {
		r.compare(fmt.Sprint(what, ", ", step.Call, step.Args), heard[i:i+1], step.Posts, step.Subset)
	}
}

// reload kills a tab and opens another in its place.
func (r *modelRun) reload(n int) {
	step := r.gen.Reload(n)
	r.note(step)
	r.tabs[n].store.(*memstore.Handle).Kill()
	r.tabs[n] = r.open(step.Now)
	r.db.Settle()
	for i, x := range r.tabs {
		x.take()
		r.checkList(fmt.Sprint("tab ", i, " after a reload"), x)
	}
}

func TestRandomCallsAgreeWithAModel(t *testing.T) {
	steps, seed := *modelSteps, *modelSeed
	if steps == 0 && testing.Short() {
		steps = 2000
	} else if steps == 0 {
		steps = 5000
	}
	if seed == 0 {
		seed = time.Now().UnixNano()
	}
	t.Logf("%d calls in two runs: -model.steps %d -model.seed %d", steps, steps, seed)
	before := debug.SetGCPercent(400)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	for i := range int64(2) {
		t.Run(fmt.Sprint("run ", i+1), func(t *testing.T) {
			t.Parallel()
			walk(t, seed+i, steps/2)
		})
	}
}

// walk makes random calls on three tabs.
func walk(t *testing.T, seed int64, steps int) {
	r := &modelRun{T: t, gen: model.New(seed, 3, small), db: memstore.NewDB()}
	for range 3 {
		r.tabs = append(r.tabs, r.open(1))
	}
	for did, next := 0, 0; did < steps; {
		size := 1
		if r.gen.Intn(10) == 0 {
			size += r.gen.Intn(5)
		}
		if r.deaf == 0 && r.gen.Intn(300) == 0 {
			r.db.Hold()
			r.deaf = 1 + r.gen.Intn(400)
		}
		switch r.gen.Intn(100) { // a database that fails is tried again, and nobody notices
		case 0:
			r.db.FailNext(1+r.gen.Intn(2), core.CodeStorage)
		case 1:
			r.db.FailNextAfterCommit(1 + r.gen.Intn(2))
		}
		r.burst(r.gen.Intn(len(r.tabs)), size)
		if did += size; did < next || r.deaf > 0 {
			continue
		}
		next += 100
		r.ask("getters", r.tabs[r.gen.Intn(len(r.tabs))], r.gen.Getters())
		if next%1000 == 0 {
			r.reload(r.gen.Intn(len(r.tabs)))
			r.backup(r.tabs[r.gen.Intn(len(r.tabs))])
		}
	}
}
