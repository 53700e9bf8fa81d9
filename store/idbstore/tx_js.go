//go:build js && wasm

package idbstore

import (
	"errors"
	"sync"
	"syscall/js"
	"time"

	"timconv/core"
)

var errAborted = errors.New("the transaction was aborted")
var errSpace = errors.New("the space is not part of the transaction")

// abortPatience is how long the end of a transaction that is bound to be aborted
// is waited for. WebKit does not tell it where the connection was closed after the
// abort and before the event.
const abortPatience = time.Second

// run is one transaction under way and what is known of it.
type run struct {
	raw    js.Value
	spaces map[core.Space]js.Value // those asked for so far

	wake     chan struct{}
	heardAt  time.Time // when it began, or was last heard of
	awaited  js.Value  // the request that is waited for
	answered bool      // it has succeeded
	ended    bool      // complete or aborted
	doomed   bool      // the abort is certain
	err      error     // why, if aborted
	cause    error     // of the first request that failed
}

func (c *conn) start(spaces, mode, durability js.Value) (*run, error) {
	raw, err := c.transaction(spaces, mode, durability)
	if err != nil {
		return nil, err
	}
	r := &run{raw: raw, spaces: map[core.Space]js.Value{}, wake: make(chan struct{}, 1), heardAt: time.Now()}
	underWay.add(r)
	underWay.watch()
	assign.Invoke(raw, ends)
	return r, nil
}

// runs are the transactions under way: few at any time.
type runs struct {
	mu      sync.Mutex
	all     []*run
	watched bool // a timer is running
}

var underWay runs

func (rs *runs) add(r *run) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.all = append(rs.all, r)
}

func (rs *runs) find(is func(*run) bool) *run {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.all {
		if is(r) {
			return r
		}
	}
	return &run{} // nobody waits for it
}

func (rs *runs) remove(r *run) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	var others []*run
	for _, other := range rs.all {
		if other != r {
			others = append(others, other)
		}
	}
	rs.all = others
}

// The events of all transactions are heard by the same few functions: to make
// one, to name an event and to ask an event for its name each cost as much as
// a request does.
var (
	onComplete = methodOf(func(this js.Value, _ []js.Value) any {
		r := runOf(this)
		r.finish(r.cause) // one that had a request fail has failed, whatever the browser says
		return nil
	})
	onAbort = methodOf(func(this js.Value, _ []js.Value) any {
		r := runOf(this)
		r.finish(r.abortReason())
		return nil
	})
	onError = methodOf(func(this js.Value, args []js.Value) any { // of a request, on its way up; the abort follows
		r := runOf(this)
		if r.cause == nil {
			r.cause = errorOf(args[0].Get("target").Get("error"))
		}
		r.doom()
		return nil
	})
	onSuccess = methodOf(func(this js.Value, _ []js.Value) any {
		r := underWay.find(func(r *run) bool { return r.awaited.Equal(this) })
		r.answered, r.heardAt = true, time.Now()
		r.rouse()
		return nil
	})
)

// ends are the handlers of a transaction, set in one crossing.
var ends = func() js.Value {
	handlers := js.Global().Get("Object").New()
	handlers.Set("oncomplete", onComplete.Value)
	handlers.Set("onabort", onAbort.Value)
	handlers.Set("onerror", onError.Value)
	return handlers
}()

func runOf(raw js.Value) *run {
	return underWay.find(func(r *run) bool { return r.raw.Equal(raw) })
}

func (r *run) finish(err error) {
	r.ended, r.err = true, err
	underWay.remove(r)
	r.rouse()
}

func (r *run) rouse() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// doom sees to it that a transaction which will be aborted ends even if nobody
// tells.
func (r *run) doom() {
	if r.doomed {
		return
	}
	r.doomed = true
	time.AfterFunc(abortPatience, func() {
		if !r.ended {
			r.finish(r.abortReason())
		}
	})
}

// abortReason is never nil. The transaction's own error is null when abort was
// called; at a full disk it is the only one there is.
func (r *run) abortReason() error {
	if r.raw.IsUndefined() { // nobody's
		return errAborted
	}
	if err := errorOf(r.raw.Get("error")); err != nil {
		return err
	}
	if r.cause != nil {
		return r.cause
	}
	return errAborted
}

// await blocks until req, the transaction's newest request, has succeeded.
func (r *run) await(req js.Value) error {
	r.answered, r.awaited = false, req
	req.Set("onsuccess", onSuccess)
	for !r.answered {
		if r.ended {
			if r.err != nil {
				return r.err
			}
			return &jsError{name: nameInactive, message: "the transaction is over"}
		}
		<-r.wake
	}
	return nil
}

// end blocks until the transaction is complete or aborted.
func (r *run) end() error {
	for !r.ended {
		<-r.wake
	}
	return r.err
}

// committable reports whether transactions can be told to commit. They commit without
// that, a task later.
var committable = method("IDBTransaction", "commit").Truthy()

// holey tells of Firefox, which commits a transaction without the requests that
// failed, if commit was called before that was known and the last one succeeded. What
// it is not told to commit it commits when all requests have succeeded.
var holey = js.Global().Get("InternalError").Truthy()

// commit says that no request will follow and waits for the end. A transaction
// that is over already throws, and its end is known.
func (r *run) commit() error {
	if !holey {
		_ = r.hurry()
	}
	return r.end()
}

func (r *run) abort() {
	if r.call("abort") == nil {
		r.doom()
	}
}

// hurry says that no request will follow.
func (r *run) hurry() error {
	if !committable {
		return nil
	}
	return r.call("commit")
}

// call calls a method of the transaction.
func (r *run) call(method string) error { return attempt(func() { r.raw.Call(method) }) }

// request makes a request in a space.
func (r *run) request(space core.Space, method string, args ...any) (req js.Value, err error) {
	defer rescue(&err)
	return r.space(space).Call(method, args...), nil
}

func (r *run) space(space core.Space) js.Value {
	s, known := r.spaces[space]
	if !known {
		s = r.raw.Call("objectStore", string(space))
		r.spaces[space] = s
	}
	return s
}
