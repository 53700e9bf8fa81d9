package jsapi

import (
	"sync"
	"time"

	"timconv/core"
)

// Version is the version of the module and of everything that belongs to it.
const Version = "0.1.0"

// A Host is what the module needs of the page it runs in.
type Host struct {
	Open    func(database string, notify func(core.State, string)) (core.Store, error)
	Early   func(database string) core.Early  // may be nil
	Marker  func(database string) core.Marker // may be nil
	Persist func() Estimate                   // blocks; may be nil
	Opened  func()                            // an account has been read, or cannot be; may be nil
	Text    Text                              // may be nil
	Glance  func(database string) Glance      // may be nil
	Now     func() int64                      // milliseconds since 1970
	Random  func() string                     // a fresh random id
	After   func(d time.Duration, fn func())
	Yield   func()                   // blocks until the page has had its turn
	Settle  func()                   // blocks until the page's code has come to the end of what it is at; may be nil
	Done    func(token string) Value // a function that calls Module.Done
	Report  func(err error)          // to the console

	Journal core.Journal // zero: core.DefaultJournal
}

// A Module is what stands behind the global TIM: the life cycle, the account
// that is open, and the callbacks that are registered.
type Module struct {
	host     Host
	slots    slots
	recorder recorder

	mu      sync.Mutex
	life    life
	inited  bool // by TIMInit
	appID   uint64
	account *account      // nil: nobody is logged in
	closed  chan struct{} // the account before has been closed; nil: none was
	closing int           // accounts on their way out
	config  config

	sendings []*sending // in order
	sent     uint64     // number of tokens given
	status   core.Status
	estimate Estimate
	ready    func() // to be called when storage leaves StateOpening
}

// New makes a module. ready is called once, when storage is first in another
// state than opening. Nothing is opened before the first call, or Start.
func New(host Host, ready func()) *Module {
	return &Module{
		host: host, ready: ready,
		config: config{pinLimit: defaultPinLimit},
		status: core.Status{State: core.StateOpening},
	}
}

// Call runs the function of that name and returns what it returns at once: an
// int, a string, a float64 or nothing. ok is false where there is no such
// function.
func (m *Module) Call(name string, values []Value) (result any, ok bool) {
	for i := range functions {
		if e := &functions[i]; e.name == name {
			return e.run(m, &args{values: values}), true
		}
	}
	return nil, false
}

// StatusJSON is how storage is, as the value of TIM.status.
func (m *Module) StatusJSON() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return statusJSON(m.status, m.estimate)
}

func statusJSON(s core.Status, e Estimate) string {
	w := &object{}
	w.bool("evicted", s.Evicted)
	if e.Asked {
		w.bool("persisted", e.Persisted)
	}
	w.uint("quarantined", uint64(s.Quarantined))
	if e.Measured {
		w.uint("quota", e.Quota)
	}
	w.text("reason", s.Reason)
	w.text("state", string(s.State))
	if e.Measured {
		w.uint("usage", e.Usage)
	}
	return string(w.end())
}

// setStatus needs the lock. It tells nobody where nothing changed.
func (m *Module) setStatus(s core.Status) {
	if s == m.status {
		return
	}
	m.status = s
	if r := &m.recorder; r.max.Load() != 0 {
		w := &object{}
		w.raw("status", statusJSON(s, m.estimate))
		r.add(r.n.Load()+1, r.now(), w) // as of the next call: it tells nothing of an account
	}
	m.slots.post(slotStatus, statusJSON(s, m.estimate))
	if s.State != core.StateOpening && m.ready != nil {
		m.ready()
		m.ready = nil
	}
}

// LoginUserID is the id of the login, "" without one.
func (m *Module) LoginUserID() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.account == nil {
		return ""
	}
	return m.account.user
}
