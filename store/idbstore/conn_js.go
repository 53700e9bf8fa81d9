//go:build js && wasm

package idbstore

import (
	"syscall/js"

	"github.com/hack-pad/go-indexeddb/idb"

	"timconv/core"
)

// schemaVersion is the version of the database. Raising it takes a new step in
// migrate.
const schemaVersion = 4

// migrate brings a database from oldVersion to schemaVersion, one numbered step
// after the other. Steps are added, never edited.
func migrate(db *idb.Database, oldVersion int) error {
	if oldVersion < 1 {
		for _, space := range core.Spaces {
			if _, err := db.CreateObjectStore(string(space), idb.ObjectStoreOptions{}); err != nil {
				return err
			}
		}
	}
	// Versions 2 and 3 have other records in the same spaces, which core takes over, and 4
	// has other rules (core/commit.go): the number only keeps tabs of older versions out.
	return nil
}

// A conn is one open connection. Its fields do not change.
type conn struct {
	raw    js.Value // IDBDatabase
	number uint64   // of the connections of its store
	commit js.Value // the spaces of an Update, as an array
	notes  js.Value // the notes, as an array
	remove func()
}

// connEvents are what can happen to an open connection.
type connEvents struct {
	// versionchange: another tab wants to upgrade the database, or to delete
	// it. The connection has been closed when this is called.
	versionchange func(deleting bool)
	// closed: the browser has closed the connection.
	closed func()
}

func newConn(raw js.Value, events connEvents) *conn {
	c := &conn{raw: raw, commit: names(commitSpaces()...), notes: names(core.SpaceNotes)}
	removeVersion := on(raw, func(event js.Value) {
		raw.Call("close")
		events.versionchange(event.Get("newVersion").IsNull())
	}, "versionchange")
	removeClose := on(raw, func(js.Value) { events.closed() }, "close")
	c.remove = func() {
		removeVersion()
		removeClose()
	}
	return c
}

// close is safe at any time: transactions under way go on to their end.
func (c *conn) close() {
	_ = attempt(func() { c.raw.Call("close") })
	c.remove()
}

// What a transaction may do, and how durable it is: made once, for each crossing into
// JavaScript costs a part of what a request costs.
var (
	readOnly  = js.ValueOf("readonly")
	readWrite = js.ValueOf("readwrite")
	strict    = durabilityOf("strict")
	relaxed   = durabilityOf("relaxed")
)

func durabilityOf(hint string) js.Value {
	options := js.Global().Get("Object").New()
	options.Set("durability", hint)
	return options
}

// transaction begins one.
func (c *conn) transaction(spaces, mode, durability js.Value) (raw js.Value, err error) {
	defer rescue(&err)
	return c.raw.Call("transaction", spaces, mode, durability), nil
}

func commitSpaces() []core.Space {
	var spaces []core.Space
	for _, space := range core.Spaces {
		if space != core.SpaceNotes {
			spaces = append(spaces, space)
		}
	}
	return spaces
}

func names(spaces ...core.Space) js.Value {
	array := js.Global().Get("Array").New()
	for _, space := range spaces {
		array.Call("push", string(space))
	}
	return array
}
