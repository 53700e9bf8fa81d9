//go:build js && wasm

package idbstore

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"syscall/js"
	"time"
)

// tabs is what a handle has to do with its siblings: it holds a Web Lock that
// says it is alive, and a BroadcastChannel.
type tabs struct {
	name    string // of the database
	id      string
	locks   js.Value // undefined where there are none, or none that work
	lockful bool     // there are some, for the others at least
	channel js.Value // undefined where there is none
	unlock  func()
	yield   func() // lets go of the lead, or of the wish for it
	deaf    func() // stops hearing the channel
	remove  []func()

	mu      sync.Mutex
	left    bool
	asleep  bool // its page is, or may be, in the back-forward cache
	leads   bool
	led     uint64   // how often it was given the lead
	alone   bool     // no other tab is there to hear announcements
	heard   int      // messages of other tabs
	unsaid  [][]byte // the last announcements that were not posted
	seen    bool     // its page is visible
	said    int      // announcements that might have waited, since counted
	counted time.Time
	kept    []byte    // one that is to follow soon
	looked  time.Time // when alone was last found out
	listen  func([]byte)
	inbox   [][]byte
	busy    bool // a goroutine is emptying inbox
}

const (
	lockPrefix = "timconv-tab-"
	leadPrefix = "timconv-lead-" // behind it the version, since a tab of an older one may hold its lock while it is shut out
)

var errNoLocks = errors.New("this page has no Web Locks")

func newTabs(name, id string) *tabs {
	t := &tabs{name: name, id: id, unlock: func() {}, yield: func() {}, deaf: func() {}}
	_ = attempt(func() {
		if locks := js.Global().Get("navigator").Get("locks"); locks.Truthy() {
			t.locks, t.lockful = locks, true
		}
	})
	t.tune()
	return t
}

// tune opens the channel to the other tabs.
func (t *tabs) tune() {
	_ = attempt(func() { t.channel = js.Global().Get("BroadcastChannel").New(t.name) })
}

// listenIn begins to hear what comes over the channel.
func (t *tabs) listenIn() {
	t.deaf = on(t.channel, func(event js.Value) { t.message(event.Get("data")) }, "message")
}

// join takes the lock of the tab's id, if there are locks. joined is closed when
// that is done.
func (t *tabs) join(name string) (joined chan struct{}) {
	joined = make(chan struct{})
	if t.locks.IsUndefined() {
		t.leads = !t.lockful
		close(joined)
		return joined
	}
	go func() {
		defer close(joined)
		var err error
		if t.unlock, err = hold(t.locks, lockPrefix+t.id); err != nil {
			t.locks = js.Undefined()
			return
		}
		t.wishToLead(name)
	}()
	return joined
}

// leadLock is the lock of the one tab that leads.
func leadLock(name string) string { return leadPrefix + strconv.Itoa(schemaVersion) + "-" + name }

// wishToLead asks for the lock of the one tab that leads, which may come at any
// time or never.
func (t *tabs) wishToLead(name string) {
	granted := make(chan error, 1)
	var err error
	if t.yield, err = ask(t.locks, leadLock(name), granted); err != nil {
		return
	}
	go func() {
		if <-granted != nil {
			return
		}
		t.mu.Lock()
		t.leads = !t.left && !t.asleep
		t.led++
		led := t.led
		t.mu.Unlock()
		<-granted // until it is let go of, or somebody has stolen it
		t.mu.Lock()
		defer t.mu.Unlock()
		t.leads = t.leads && t.led != led
	}()
}

// hold requests a lock nobody else can want, waits until it is granted, and
// returns what releases it.
func hold(locks js.Value, name string) (release func(), err error) {
	granted := make(chan error, 1)
	if release, err = ask(locks, name, granted); err == nil {
		err = <-granted
	}
	if err != nil {
		release()
		return func() {}, err
	}
	return release, nil
}

// ask requests a lock and returns what releases it, or takes the request back.
// granted hears what becomes of the request.
func ask(locks js.Value, name string, granted chan error) (release func(), err error) {
	var resolve js.Value
	executor := handlerOf(func(args []js.Value) any {
		resolve = args[0]
		return nil
	})
	held := js.Global().Get("Promise").New(executor)
	executor.Release()
	callback := handlerOf(func([]js.Value) any {
		granted <- nil
		return held
	})
	var over js.Func
	over = handler(func(reason js.Value) {
		callback.Release()
		over.Release()
		select {
		case granted <- errorOf(reason):
		default: // it had been granted
		}
	})
	abort := js.Global().Get("AbortController").New()
	options := js.Global().Get("Object").New()
	options.Set("signal", abort.Get("signal"))
	err = attempt(func() { locks.Call("request", name, options, callback).Call("then", over, over) })
	if err != nil {
		callback.Release()
		over.Release()
	}
	return func() {
		resolve.Invoke()
		abort.Call("abort")
	}, err
}

// follow begins to hear the other tabs, and to notice that this one came back.
func (t *tabs) follow() {
	global := js.Global()
	document := global.Get("document")
	t.listenIn()
	t.notice(document)
	t.remove = append(t.remove,
		on(document, func(js.Value) {
			if t.notice(document) {
				t.deliver(nil)
			}
		}, "visibilitychange"),
		on(document, func(js.Value) { t.deliver(nil) }, "resume"),
	)
	if document.Truthy() { // in a worker the global hears no pageshow
		t.remove = append(t.remove, on(global, func(js.Value) { t.sleep() }, "pagehide"))
		t.remove = append(t.remove, on(global, func(js.Value) {
			t.wake()
			t.deliver(nil)
		}, "pageshow"))
	}
	t.greet()
}

// notice finds out whether the page is visible. What waits there for a timer would
// wait for long once it is not. A worker does not know.
func (t *tabs) notice(document js.Value) (seen bool) {
	seen = document.Truthy() && text(document.Get("visibilityState")) == "visible"
	t.mu.Lock()
	t.seen = seen
	t.mu.Unlock()
	if !seen {
		t.sayKept()
	}
	return seen
}

// mostAnnounced is the size, in bytes, of the longest announcement taken in.
// What tabs tell each other is much shorter.
const mostAnnounced = 1 << 10

// announced is the announcement in a message, nil where there is none: any page
// of the origin may post what it likes.
func announced(data js.Value) []byte {
	if !data.InstanceOf(uint8Array) || data.Get("byteLength").Int() > mostAnnounced {
		return nil
	}
	return bytesOf(data)
}

// revive has the listener told that it may have missed something.
func (t *tabs) revive() { t.deliver(nil) }

// deliver hands msg to the listener, on a goroutine and in order.
func (t *tabs) deliver(msg []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left || t.listen == nil {
		return
	}
	t.inbox = append(t.inbox, msg)
	if !t.busy {
		t.busy = true
		go t.hear()
	}
}

func (t *tabs) hear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.inbox) > 0 {
		msg, listen := t.inbox[0], t.listen
		t.inbox = t.inbox[1:]
		t.mu.Unlock()
		listen(msg)
		t.mu.Lock()
	}
	t.busy = false
}

// leave is called once.
func (t *tabs) leave() {
	t.mu.Lock()
	t.left, t.leads, t.inbox = true, false, nil
	t.mu.Unlock()
	for _, remove := range t.remove {
		remove()
	}
	t.letGo()
}

// letGo gives up what a page holds on to.
func (t *tabs) letGo() {
	t.deaf()
	t.sayKept()
	if !t.channel.IsUndefined() {
		t.channel.Call("close")
		t.channel = js.Undefined()
	}
	t.unlock()
	t.yield()
}

// sleep lets go of channel and locks when the page is left: with them it could not
// be kept in the back-forward cache, and would be missed as a leader. The
// connection stays; the browser drops the page where that is in the way.
func (t *tabs) sleep() {
	t.mu.Lock()
	awake := !t.left && !t.asleep
	if awake {
		t.asleep, t.leads, t.alone, t.unsaid = true, false, false, nil
	}
	t.mu.Unlock()
	if awake {
		t.letGo()
	}
}

// wake takes all of it up again when the page is shown once more.
func (t *tabs) wake() {
	t.mu.Lock()
	awake := t.left || !t.asleep
	t.asleep = false
	t.mu.Unlock()
	if awake {
		return
	}
	t.tune()
	t.listenIn()
	joined := t.join(t.name)
	go func() {
		<-joined
		t.greet()
		t.deliver(nil)
	}()
}

// Tab implements core.Store.
func (s *store) Tab() string { return s.tabs.id }

// LiveTabs implements core.Store. It fails where there are no Web Locks, which
// a page served without TLS does not have: any tab may be alive then.
func (s *store) LiveTabs() ([]string, error) {
	if err := s.enter(); err != nil {
		return nil, err
	}
	defer s.running.Done()
	ids, err := s.tabs.live()
	return ids, wrap("live tabs", err)
}

// live returns the ids of the tabs that hold their lock.
func (t *tabs) live() ([]string, error) {
	if t.locks.IsUndefined() {
		return nil, errNoLocks
	}
	state, err := settled(func() js.Value { return t.locks.Call("query") })
	if err != nil {
		return nil, err
	}
	var ids []string
	held := state.Get("held")
	for i := range held.Length() {
		if id, found := strings.CutPrefix(text(held.Index(i).Get("name")), lockPrefix); found {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// settled makes a promise and blocks until it is settled.
func settled(promise func() js.Value) (value js.Value, err error) {
	done := make(chan struct{})
	fulfilled := handler(func(v js.Value) { value = v; close(done) })
	rejected := handler(func(reason js.Value) { err = errorOf(reason); close(done) })
	defer fulfilled.Release()
	defer rejected.Release()
	if err := attempt(func() { promise().Call("then", fulfilled, rejected) }); err != nil {
		return value, err
	}
	<-done
	return value, err
}

// Leads implements core.Store.
func (s *store) Leads() bool {
	s.tabs.mu.Lock()
	defer s.tabs.mu.Unlock()
	return s.tabs.leads
}

// Listen implements core.Store.
func (s *store) Listen(fn func([]byte)) {
	s.tabs.mu.Lock()
	defer s.tabs.mu.Unlock()
	s.tabs.listen = fn
}
