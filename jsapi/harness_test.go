package jsapi

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// A page stands in for the browser: it keeps what callbacks were posted, on a
// clock that stands still.
type page struct {
	t         *testing.T
	m         *Module
	now       int64
	databases map[string]*memstore.DB
	store     core.Store // that was opened last
	after     func(fn func())

	mu     sync.Mutex
	posted []string
	ids    int
	tokens []string // of messages that are being sent, in order
}

const someday = 1_800_000_000

func newPage(t *testing.T) *page {
	p := &page{t: t, now: someday * 1000, databases: map[string]*memstore.DB{}, after: func(fn func()) { go fn() }}
	p.m = New(Host{
		Open: func(name string, notify func(core.State, string)) (core.Store, error) {
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.databases[name] == nil {
				p.databases[name] = memstore.NewDB()
			}
			store, err := p.databases[name].Open(notify)
			p.store = store
			return store, err
		},
		Now: func() int64 { return p.now },
		Random: func() string {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.ids++
			return fmt.Sprint("fresh", p.ids)
		},
		After: func(_ time.Duration, fn func()) { p.after(fn) },
		Done: func(token string) Value {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.tokens = append(p.tokens, token)
			return &fake{p: p, kind: KindFunction, name: "done"}
		},
		Report:  func(err error) { t.Errorf("reported: %v", err) },
		Yield:   runtime.Gosched,
		Journal: core.Journal{Keep: 1000, From: 8000, Busy: 8000, AtAll: 100000},
	}, func() {})
	return p
}

// settle waits until everything accepted is answered and returns the callbacks
// that were posted since the last time, one a line.
func (p *page) settle() string {
	p.m.mu.Lock()
	closed, acc := p.m.closed, p.m.account
	p.m.mu.Unlock()
	if closed != nil {
		<-closed
	}
	for range 3 { // an answer may have made the next call
		if acc == nil {
			break
		}
		answered := make(chan struct{})
		acc.core.Read(func(*core.Account) {}, func(error) { close(answered) })
		<-answered
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	posted := strings.Join(p.posted, "\n")
	p.posted = nil
	return posted
}

// call makes a call; its arguments are Go values, or Values.
func (p *page) call(name string, in ...any) any {
	p.t.Helper()
	values := make([]Value, len(in))
	for i, arg := range in {
		values[i] = p.value(arg)
	}
	result, ok := p.m.Call(name, values)
	if !ok {
		p.t.Fatalf("there is no function %s", name)
	}
	return result
}

// done has the transport tell what became of the message handed over first.
func (p *page) done(in ...any) {
	p.t.Helper()
	p.mu.Lock()
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	p.mu.Unlock()
	values := make([]Value, len(in))
	for i, arg := range in {
		values[i] = p.value(arg)
	}
	p.m.Done(token, values)
}

// A fake is a JavaScript value.
type fake struct {
	p    *page
	kind Kind
	v    any
	name string // of a function
}

// callback is a function that is logged under that name.
func (p *page) callback(name string) Value { return &fake{p: p, kind: KindFunction, name: name} }

func (p *page) value(v any) Value {
	switch v := v.(type) {
	case Value:
		return v
	case nil:
		return &fake{p: p, kind: KindNull}
	case bool:
		return &fake{p: p, kind: KindBool, v: v}
	case int:
		return &fake{p: p, kind: KindNumber, v: float64(v)}
	case float64:
		return &fake{p: p, kind: KindNumber, v: v}
	case string:
		return &fake{p: p, kind: KindString, v: v}
	case []byte:
		return &fake{p: p, kind: KindBytes, v: v}
	}
	return &fake{p: p, kind: KindOther}
}

func (f *fake) Kind() Kind      { return f.kind }
func (f *fake) Bool() bool      { return f.v.(bool) }
func (f *fake) Number() float64 { return f.v.(float64) }
func (f *fake) Text() string    { return f.v.(string) }

func (f *fake) Fill(b []byte) bool {
	buffer := f.v.([]byte)
	return len(buffer) >= len(b) && copy(buffer, b) == len(b)
}

func (f *fake) Same(v Value) bool { return v == Value(f) }

func (f *fake) Post(args ...any) {
	parts := make([]string, 0, len(args))
	for _, arg := range args {
		switch arg := arg.(type) {
		case *fake:
			if arg.kind == KindString {
				parts = append(parts, "data="+arg.Text())
			}
		case Value:
		case string:
			parts = append(parts, arg)
			if (strings.HasPrefix(arg, "[") || strings.HasPrefix(arg, "{")) && !strings.Contains(arg, "\n") { // a backup is lines of JSON
				if !json.Valid([]byte(arg)) {
					f.p.t.Errorf("%s got what is no JSON: %s", f.name, arg)
				}
			}
		case int:
			parts = append(parts, strconv.Itoa(arg))
		}
	}
	f.p.mu.Lock()
	defer f.p.mu.Unlock()
	f.p.posted = append(f.p.posted, f.name+" "+strings.Join(parts, " "))
}
