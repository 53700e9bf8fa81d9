//go:build js && wasm

package idbstore

import (
	"syscall/js"

	"github.com/hack-pad/go-indexeddb/idb"

	"timconv/core"
)

// schemaVersion is the version of the database. Raising it takes a new step in
// migrate.
const schemaVersion = 3

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
	// Versions 2 and 3 have other records in the same spaces, which core takes over;
	// the number only keeps tabs of older versions out.
	return nil
}

// A conn is one open connection. Its fields do not change.
type conn struct {
	raw    js.Value // IDBDatabase
	db     *idb.Database
	next   hatch // of db's transaction method
	begin  js.Value
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

func newConn(raw js.Value, req *idb.OpenDBRequest, events connEvents) (*conn, error) {
	db, err := req.Result()
	if err != nil {
		return nil, jsErrorOf(err)
	}
	c := &conn{raw: raw, db: db, begin: raw.Get("transaction"), commit: names(commitSpaces()...), notes: names(core.SpaceNotes)}
	c.next = newHatch(raw, "transaction")
	removeVersion := on(raw, func(event js.Value) {
		raw.Call("close")
		events.versionchange(event.Get("newVersion").IsNull())
	}, "versionchange")
	removeClose := on(raw, func(js.Value) { events.closed() }, "close")
	c.remove = func() {
		removeVersion()
		removeClose()
	}
	return c, nil
}

// close is safe at any time: transactions under way go on to their end.
func (c *conn) close() {
	_ = attempt(func() { c.raw.Call("close") })
	c.remove()
}

// transaction begins one on the raw connection and has the driver wrap it.
func (c *conn) transaction(spaces js.Value, mode idb.TransactionMode, durability string) (raw js.Value, tx *idb.Transaction, err error) {
	defer rescue(&err)
	options := js.Global().Get("Object").New()
	options.Set("durability", durability)
	raw = c.begin.Call("call", c.raw, spaces, mode.String(), options)
	c.next.lay(raw)
	tx, err = c.db.Transaction(mode, "")
	return raw, tx, jsErrorOf(err)
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
