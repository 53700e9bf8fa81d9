//go:build js && wasm

package idbstore

import (
	"slices"
	"syscall/js"

	"timconv/core"
)

// What a transaction reads, by requests that are waited for.

// get reads keys in one burst.
func (r *run) get(space core.Space, keys []string) ([][]byte, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	if len(keys) == 1 {
		value, err := r.getOne(space, keys[0])
		return [][]byte{value}, err
	}
	requests, err := r.gets(space, keys)
	if err != nil {
		return nil, err
	}
	if err := r.await(requests.Index(len(keys) - 1)); err != nil {
		return nil, err
	}
	return results(requests)
}

// getOne reads one key, with fewer crossings than a burst of one.
func (r *run) getOne(space core.Space, key string) ([]byte, error) {
	req, err := r.request(space, "get", key)
	if err != nil {
		return nil, err
	}
	if err := r.await(req); err != nil {
		return nil, err
	}
	return resultOne(req), nil
}

// resultOne is the value that a request has read.
func resultOne(req js.Value) []byte {
	return copyAll(1, func(int) js.Value { return req.Get("result") })[0]
}

// doneState is the readyState of a request that has been answered. A string of the
// host is compared without being read.
var doneState = js.ValueOf("done")

// awaitAnswer is await for a request that may have been answered before.
func (r *run) awaitAnswer(req js.Value) error {
	if req.Get("readyState").Equal(doneState) {
		return nil
	}
	return r.await(req)
}

// gets makes the requests for some keys.
func (r *run) gets(space core.Space, keys []string) (requests js.Value, err error) {
	err = attempt(func() {
		requests = each(arrayOf(keys), getOfStore, r.space(space))
	})
	return requests, err
}

// results are the values that requests have read.
func results(requests js.Value) ([][]byte, error) {
	var found js.Value
	if err := attempt(func() { found = each(requests, resultOf, js.Undefined()) }); err != nil {
		return nil, err
	}
	return unpack(found), nil
}

// values reads a range with one request.
func (r *run) values(space core.Space, from, to string, limit int) ([][]byte, error) {
	found, err := r.all("getAll", space, from, to, limit)
	return unpack(found), err
}

var noneFound = js.Global().Get("Array").New()

// all is what a method that takes a range and a limit finds.
func (r *run) all(method string, space core.Space, from, to string, limit int) (found js.Value, err error) {
	req, err := r.rangeRequest(method, space, from, to, limit)
	if err == nil && !req.IsUndefined() {
		err = r.await(req)
	}
	if err != nil || req.IsUndefined() {
		return noneFound, err
	}
	return req.Get("result"), nil
}

// rangeRequest calls such a method; undefined where no key can be in the range.
func (r *run) rangeRequest(method string, space core.Space, from, to string, limit int) (req js.Value, err error) {
	bounds, some, err := keyRange(from, to)
	if err != nil || !some {
		return req, err
	}
	args := []any{bounds}
	if limit > 0 {
		args = append(args, limit)
	}
	return r.request(space, method, args...)
}

// backwards tells of browsers whose getAll takes a direction, which came with getAllRecords.
var backwards = method("IDBObjectStore", "getAllRecords").Truthy()

// lastRequest asks for the end of a range, the last one first; undefined where no key can be in it.
func (r *run) lastRequest(space core.Space, from, to string, limit int) (req js.Value, err error) {
	bounds, some, err := keyRange(from, to)
	if err != nil || !some {
		return req, err
	}
	options := map[string]any{"query": bounds, "direction": "prev", "count": limit}
	return r.request(space, "getAll", options)
}

// last reads the end of a range. Where that takes a cursor, one over the keys alone steps
// back to where the end begins, in two requests, and the values come with a third.
func (r *run) last(space core.Space, from, to string, limit int) ([][]byte, error) {
	if backwards {
		req, err := r.lastRequest(space, from, to, limit)
		if err != nil || req.IsUndefined() {
			return nil, err
		}
		if err := r.await(req); err != nil {
			return nil, err
		}
		return unpackBackwards(req.Get("result")), nil
	}
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

func unpackBackwards(array js.Value) [][]byte {
	values := unpack(array)
	slices.Reverse(values)
	return values
}

var keyRanges = js.Global().Get("IDBKeyRange")

// keyRange is undefined for all keys. some is false when no key can be in it:
// IndexedDB throws at such a range.
func keyRange(from, to string) (bounds js.Value, some bool, err error) {
	defer rescue(&err)
	switch {
	case from == "" && to == "":
		return js.Undefined(), true, nil
	case to == "":
		return keyRanges.Call("lowerBound", from), true, nil
	case from >= to:
		return js.Undefined(), false, nil
	default:
		return keyRanges.Call("bound", from, to, false, true), true, nil
	}
}
