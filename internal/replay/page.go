package replay

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"timconv/core"
	"timconv/jsapi"
	"timconv/store/memstore"
)

// patience is how long an answer is waited for.
const patience = 10 * time.Second

// A page is what a module runs in here: databases in memory, and the clock of the
// recording. Databases are opened only while something is waited for, as in a browser,
// where no call lasts so long.
type page struct {
	module    *jsapi.Module
	databases map[string]*memstore.DB

	mu      sync.Mutex
	changed *sync.Cond
	now     int64
	waiting bool
	got     map[string]int // how often a function was called, by its key
	tokens  map[string]bool
	ids     int
	faults  []string
}

func newPage(databases map[string]*memstore.DB, now int64) *page {
	p := &page{databases: databases, now: now, got: map[string]int{}, tokens: map[string]bool{}}
	p.changed = sync.NewCond(&p.mu)
	p.module = jsapi.New(jsapi.Host{
		Open: p.open,
		Now: func() int64 {
			p.mu.Lock()
			defer p.mu.Unlock()
			return p.now
		},
		Random: func() string {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.ids++
			return fmt.Sprint("replay", p.ids)
		},
		After: func(time.Duration, func()) {}, // no timer comes between
		Yield: runtime.Gosched,
		Done: func(token string) jsapi.Value {
			p.note(func() { p.tokens[token] = true })
			return function(func([]any) {})
		},
		Report: func(err error) { p.note(func() { p.faults = append(p.faults, "reported: "+err.Error()) }) },
	}, func() {})
	return p
}

func (p *page) open(name string, notify func(core.State, string)) (core.Store, error) {
	p.mu.Lock()
	for !p.waiting {
		p.changed.Wait()
	}
	if p.databases[name] == nil {
		p.databases[name] = memstore.NewDB()
	}
	db := p.databases[name]
	p.mu.Unlock()
	return db.Open(notify)
}

func (p *page) note(what func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	what()
	p.changed.Broadcast()
}

func (p *page) clock(now int64) { p.note(func() { p.now = max(p.now, now) }) }

// heard is what a function does that is called.
func (p *page) heard(key string) func([]any) {
	return func([]any) { p.note(func() { p.got[key]++ }) }
}

// wait waits until something is so, and reports whether it is.
func (p *page) wait(is func() bool) bool {
	late := false
	timer := time.AfterFunc(patience, func() { p.note(func() { late = true }) })
	defer timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = true
	p.changed.Broadcast()
	for !is() && !late {
		p.changed.Wait()
	}
	p.waiting = false
	return is()
}

// ask makes a call and returns what its callback got; ret where it was refused.
func (p *page) ask(name string, args ...jsapi.Value) (ret int, got []any) {
	answered := false
	result, _ := p.module.Call(name, append(args, function(func(args []any) {
		p.note(func() { got, answered = args, true })
	})))
	if ret, _ = result.(int); ret == 0 && !p.wait(func() bool { return answered }) {
		return -1, nil
	}
	return ret, got
}
