//go:build js && wasm

package idbstore

import (
	"errors"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"

	"timconv/core"
)

var errAborted = errors.New("the transaction was aborted")
var errSpace = errors.New("the space is not part of the transaction")

// abortPatience is how long the end of a transaction that is bound to be aborted
// is waited for. WebKit does not tell it where the connection was closed after the
// abort and before the event.
const abortPatience = time.Second

var runEvents = []string{"complete", "abort", "error"}

// run is one transaction under way and what is known of it. Its events are
// heard by one js.Func, which lives until the transaction ends.
type run struct {
	raw js.Value
	tx  *idb.Transaction

	heard    js.Func
	wake     chan struct{}
	answered bool  // the request waited for has succeeded
	ended    bool  // complete or aborted
	doomed   bool  // the abort is certain
	err      error // why, if aborted
	cause    error // of the first request that failed
}

func (c *conn) start(spaces js.Value, mode idb.TransactionMode, durability string) (*run, error) {
	raw, tx, err := c.transaction(spaces, mode, durability)
	if err != nil {
		return nil, err
	}
	r := &run{raw: raw, tx: tx, wake: make(chan struct{}, 1)}
	r.heard = handler(r.hear)
	for _, event := range runEvents {
		raw.Call("addEventListener", event, r.heard)
	}
	return r, nil
}

func (r *run) hear(event js.Value) {
	switch event.Get("type").String() {
	case "success":
		r.answered = true
	case "error": // of a request, on its way up; the abort follows
		if r.cause == nil {
			r.cause = errorOf(event.Get("target").Get("error"))
		}
		r.doom()
		return
	case "abort":
		r.finish(r.abortReason())
	case "complete":
		r.finish(nil)
	}
	r.rouse()
}

func (r *run) rouse() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *run) finish(err error) {
	r.ended, r.err = true, err
	r.heard.Release()
}

// doom sees to it that a transaction which will be aborted ends even if nobody
// tells.
func (r *run) doom() {
	if r.doomed {
		return
	}
	r.doomed = true
	time.AfterFunc(abortPatience, func() {
		if r.ended {
			return
		}
		for _, event := range runEvents {
			r.raw.Call("removeEventListener", event, r.heard)
		}
		r.finish(r.abortReason())
		r.rouse()
	})
}

// abortReason is never nil. The transaction's own error is null when abort was
// called; at a full disk it is the only one there is.
func (r *run) abortReason() error {
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
	r.answered = false
	req.Set("onsuccess", r.heard)
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

// commit says that no request will follow and waits for the end. A transaction
// that is over already throws, and its end is known.
func (r *run) commit() error {
	_ = jsErrorOf(r.tx.Commit())
	return r.end()
}

func (r *run) abort() {
	if r.tx.Abort() == nil {
		r.doom()
	}
}

// request makes a raw request in a space.
func (r *run) request(space core.Space, method string, args ...any) (req js.Value, err error) {
	defer rescue(&err)
	return r.raw.Call("objectStore", string(space)).Call(method, args...), nil
}

// get reads keys in one burst.
func (r *run) get(space core.Space, keys []string) ([][]byte, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	requests, err := r.gets(space, keys)
	if err != nil {
		return nil, err
	}
	return r.answers(requests, len(keys))
}

// gets makes the requests for some keys.
func (r *run) gets(space core.Space, keys []string) (requests js.Value, err error) {
	err = attempt(func() {
		requests = each(arrayOf(keys), getOfStore, r.raw.Call("objectStore", string(space)))
	})
	return requests, err
}

// answers waits for the requests' values: they come in order, so that the last
// one tells that all are there.
func (r *run) answers(requests js.Value, n int) ([][]byte, error) {
	last := requests.Index(n - 1)
	if text(last.Get("readyState")) != "done" {
		if err := r.await(last); err != nil {
			return nil, err
		}
	}
	var results js.Value
	if err := attempt(func() { results = each(requests, resultOf, js.Undefined()) }); err != nil {
		return nil, err
	}
	return unpack(results), nil
}

// values reads a range with one request.
func (r *run) values(space core.Space, from, to string, limit int) ([][]byte, error) {
	bounds, some, err := keyRange(from, to)
	if err != nil || !some {
		return nil, err
	}
	args := []any{bounds}
	if limit > 0 {
		args = append(args, limit)
	}
	req, err := r.request(space, "getAll", args...)
	if err == nil {
		err = r.await(req)
	}
	if err != nil {
		return nil, err
	}
	return unpack(req.Get("result")), nil
}

// last reads the end of a range: a cursor over the keys alone steps back to
// where it begins, in two requests, and the values come with a third.
func (r *run) last(space core.Space, from, to string, limit int) ([][]byte, error) {
	bounds, some, err := keyRange(from, to)
	if err != nil || !some {
		return nil, err
	}
	req, err := r.request(space, "openKeyCursor", bounds, "prev")
	if err == nil {
		err = r.await(req)
	}
	if err != nil || req.Get("result").IsNull() {
		return nil, err
	}
	if limit > 1 {
		err = attempt(func() { req.Get("result").Call("advance", limit-1) })
		if err == nil {
			err = r.await(req)
		}
		if err != nil {
			return nil, err
		}
	}
	if cursor := req.Get("result"); !cursor.IsNull() {
		from = cursor.Get("key").String()
	}
	return r.values(space, from, to, 0)
}

func unpack(array js.Value) [][]byte { return copyAll(array.Length(), array.Index) }

// keyRange is undefined for all keys. some is false when no key can be in it:
// IndexedDB throws at such a range.
func keyRange(from, to string) (bounds js.Value, some bool, err error) {
	defer rescue(&err)
	ranges := js.Global().Get("IDBKeyRange")
	switch {
	case from == "" && to == "":
		return js.Undefined(), true, nil
	case to == "":
		return ranges.Call("lowerBound", from), true, nil
	case from >= to:
		return js.Undefined(), false, nil
	default:
		return ranges.Call("bound", from, to, false, true), true, nil
	}
}
