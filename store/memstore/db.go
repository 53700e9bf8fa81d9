package memstore

import (
	"sync"
	"sync/atomic"

	"timconv/core"
)

// A DB is the data of one account. Its handles are the tabs that share it.
type DB struct {
	// mu is held exclusively by an Update and shared by Views, for as long as
	// their fn runs.
	mu     sync.RWMutex
	spaces map[core.Space]*table

	// notesMu is never held while anything is waited for, so that PutNote
	// returns at once even when a transaction is running. It is taken after mu.
	notesMu sync.Mutex
	notes   *table

	faultMu   sync.Mutex
	fault     func(Commit) Outcome
	viewFault func() error

	tabsMu sync.Mutex
	tabs   []*Handle
	held   bool
	parked []parcel
	idle   *sync.Cond // of tabsMu: an inbox ran empty

	unaided atomic.Bool
}

// NewDB returns the empty data of one account.
func NewDB() *DB {
	db := &DB{spaces: make(map[core.Space]*table), notes: new(table)}
	db.idle = sync.NewCond(&db.tabsMu)
	for _, space := range core.Spaces {
		if space != core.SpaceNotes {
			db.spaces[space] = new(table)
		}
	}
	return db
}

// Open opens a handle and tells notify that the state is StateMemory. It is a
// core.Opener and never fails.
func (db *DB) Open(notify func(core.State, string)) (core.Store, error) {
	h := db.NewTab()
	if notify != nil {
		notify(core.StateMemory, "nothing is kept once the page closes")
	}
	return h, nil
}

// SetUnaided has every handle answer Unaided so: false at first.
func (db *DB) SetUnaided(unaided bool) { db.unaided.Store(unaided) }

var handles atomic.Uint64

// NewTab opens a handle, as a new tab would.
func (db *DB) NewTab() *Handle {
	h := &Handle{db: db, tab: randomTab(), number: handles.Add(1)}
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	db.tabs = append(db.tabs, h)
	return h
}

// Len is the number of records in space.
func (db *DB) Len(space core.Space) int {
	t := db.spaces[space]
	lock, unlock := db.mu.RLock, db.mu.RUnlock
	if space == core.SpaceNotes {
		t, lock, unlock = db.notes, db.notesMu.Lock, db.notesMu.Unlock
	}
	lock()
	defer unlock()
	n := 0
	for _, chunk := range t.chunks {
		n += len(chunk)
	}
	return n
}

// Records returns what lies in space, for recording a database.
func (db *DB) Records(space core.Space) map[string][]byte {
	db.mu.RLock()
	defer db.mu.RUnlock()
	db.notesMu.Lock()
	defer db.notesMu.Unlock()
	t := db.spaces[space]
	if space == core.SpaceNotes {
		t = db.notes
	}
	all := map[string][]byte{}
	t.ascend("", "", func(e entry) bool {
		all[e.key] = e.value
		return true
	})
	return all
}
