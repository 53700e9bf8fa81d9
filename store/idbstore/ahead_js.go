//go:build js && wasm

package idbstore

import (
	"slices"
	"sort"
	"syscall/js"
	"time"

	"timconv/core"
)

// What the loader has read ahead, while the module was still being compiled. It
// is of one moment, and used only where nothing has changed since: a step of folding
// changes the counters, and a commit adds to the journal.

// aheadKey is where the loader has laid the name of a database and a promise of what it has.
const aheadKey = "timconv.ahead"

// aheadPatience is how long what is read ahead is waited for, aheadKept how long it is kept
// for a login that is still to come.
const (
	aheadPatience = time.Second
	aheadKept     = 10 * time.Second
)

// aheadLaid is taken when the module starts; later it is gone.
var aheadLaid = func() (laid js.Value) {
	key := js.Global().Get("Symbol").Call("for", aheadKey)
	_ = attempt(func() { laid = js.Global().Get("Reflect").Call("get", js.Global(), key) })
	return laid
}()

func init() {
	if !aheadLaid.IsUndefined() {
		time.AfterFunc(aheadKept, func() { aheadLaid = js.Undefined() })
	}
}

// ahead is what was read of one database.
type ahead struct {
	meta   []byte
	spaces map[core.Space]aheadSpace
}

// An aheadSpace is a space in order of keys.
type aheadSpace struct {
	keys   []string
	values js.Value // array
	all    bool     // nothing lies behind
}

// takeAhead returns what was read ahead of a database, nil if nothing was. It is
// given out once.
func takeAhead(name string) *ahead {
	if aheadLaid.IsUndefined() || text(aheadLaid.Get("name")) != name {
		return nil
	}
	promise := aheadLaid.Get("found")
	aheadLaid = js.Undefined()
	answer := make(chan js.Value, 1)
	go func() {
		found, _ := settled(func() js.Value { return promise })
		answer <- found
	}()
	var found js.Value
	select {
	case found = <-answer:
	case <-time.After(aheadPatience):
	}
	if !found.Truthy() {
		return nil
	}
	a := &ahead{meta: bytesOf(found.Get("meta")), spaces: map[core.Space]aheadSpace{}}
	for _, space := range []core.Space{core.SpaceConvs, core.SpaceLog} {
		read := found.Get(string(space))
		s := aheadSpace{keys: stringsOf(read.Index(0)), values: read.Index(1)}
		s.all = space == core.SpaceLog || len(s.keys) < found.Get("pagesAhead").Int()
		a.spaces[space] = s
	}
	return a
}

// span tells where a range lies in what was read ahead, if all of it does.
func (a *ahead) span(space core.Space, from, to string, limit int) (first, end int, ok bool) {
	s, known := a.spaces[space]
	if !known {
		return 0, 0, false
	}
	first = sort.SearchStrings(s.keys, from)
	end = len(s.keys)
	if to != "" {
		end = sort.SearchStrings(s.keys, to)
	}
	if limit > 0 && end-first >= limit {
		return first, first + limit, true
	}
	return first, end, s.all
}

// valuesOf answers a range as Tx.Values does, if it can.
func (a *ahead) valuesOf(space core.Space, from, to string, limit int) (values [][]byte, ok bool) {
	first, end, ok := a.span(space, from, to, limit)
	if !ok {
		return nil, false
	}
	s := a.spaces[space]
	return copyAll(end-first, func(i int) js.Value { return s.values.Index(first + i) }), true
}

// fresh reports whether what was read ahead is still so.
func (a *ahead) fresh(t *tx) bool {
	behind := ""
	if keys := a.spaces[core.SpaceLog].keys; len(keys) > 0 {
		behind = keys[len(keys)-1] + "\x00"
	}
	t.Expect(core.SpaceMeta, core.MetaKey)
	more, err := t.run.all("getAllKeys", core.SpaceLog, behind, "", 1)
	if err != nil || more.Length() > 0 {
		return false
	}
	meta, err := t.Get(core.SpaceMeta, core.MetaKey)
	return err == nil && slices.Equal(a.meta, meta[0])
}
