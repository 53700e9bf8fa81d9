//go:build js && wasm

// Command wasm is the module that a page loads: it builds what the core needs
// around it, registers the global TIM, and stays.
package main

import (
	"errors"
	"runtime/debug"
	"time"

	"timconv/core"
	"timconv/jsapi"
	"timconv/store/idbstore"
	"timconv/store/memstore"
)

const (
	// gcPercent is lower than usual: a page's memory never shrinks, and what is kept
	// are large blocks without pointers, which cost the collector next to nothing.
	gcPercent = 40
	// The collector is off while an account is read, noGarbage at most, and firstList longer.
	noGarbage, firstList = 10 * time.Second, time.Second
)

func main() {
	debug.SetGCPercent(-1)
	collect := func(after time.Duration) { time.AfterFunc(after, func() { debug.SetGCPercent(gcPercent) }) }
	collect(noGarbage)
	registered := jsapi.Register(jsapi.Host{
		Open:   open,
		Opened: func() { collect(firstList) },
		Early:  idbstore.Early, Marker: idbstore.Marker,
		Glance: func(database string) jsapi.Glance { return idbstore.NewGlance(database) },
		Now:    func() int64 { return time.Now().UnixMilli() },
		Random: core.NewID,
		After:  func(d time.Duration, fn func()) { time.AfterFunc(d, fn) },
	})
	if registered {
		select {} // the functions on TIM need a living program
	}
}

// inMemory are the users' databases of a page without IndexedDB, by name. They
// outlive logouts.
var inMemory = map[string]*memstore.DB{}

// open opens a user's database, or keeps it in memory where the page has no
// IndexedDB. Accounts are opened one after the other.
func open(database string, notify func(core.State, string)) (core.Store, error) {
	store, err := idbstore.Open(database, notify)
	if !errors.Is(err, idbstore.ErrUnavailable) {
		return store, err
	}
	if inMemory[database] == nil {
		inMemory[database] = memstore.NewDB()
	}
	return inMemory[database].Open(notify)
}
