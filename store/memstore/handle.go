package memstore

import (
	"errors"
	"slices"

	"timconv/core"
)

// A Handle is a core.Store: one tab's view of a DB.
type Handle struct {
	db     *DB
	tab    string
	number uint64 // of all handles

	// Of db.tabsMu.
	gone   bool // closed or killed
	listen func([]byte)
	inbox  [][]byte
	busy   bool // a goroutine is emptying inbox
}

var _ core.Store = (*Handle)(nil)

var errGone = errors.New("the handle is closed")

func randomTab() string { return core.NewID() }

func closed(op string) error {
	return &core.Error{Code: core.CodeStorageClosed, Op: op, Err: errGone}
}

func (h *Handle) isGone() bool {
	h.db.tabsMu.Lock()
	defer h.db.tabsMu.Unlock()
	return h.gone
}

// Update runs fn alone among all handles of the DB. A panic in fn rolls back
// and goes on to the caller.
func (h *Handle) Update(fn func(core.Tx) error) error {
	h.db.mu.Lock()
	defer h.db.mu.Unlock()
	return h.update(nil, fn)
}

// UpdateAll is Update over the notes too: a PutNote waits for it.
func (h *Handle) UpdateAll(fn func(core.Tx) error) error {
	h.db.mu.Lock()
	defer h.db.mu.Unlock()
	h.db.notesMu.Lock()
	defer h.db.notesMu.Unlock()
	return h.update(h.db.notes, fn)
}

// term is 1 while the handle leads, which it does to its end.
func (h *Handle) term() uint64 {
	if h.Leads() {
		return 1
	}
	return 0
}

// update needs the locks of what it covers.
func (h *Handle) update(notes *table, fn func(core.Tx) error) error {
	if h.isGone() {
		return closed("update")
	}
	tx := &tx{db: h.db, notes: notes, writable: true, size: Commit{Tab: h.tab}, handle: h.number, term: h.term()}
	done := false
	defer func() {
		if !done {
			tx.rollback()
		}
		tx.db = nil
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if tx.err != nil {
		return tx.err
	}
	out := h.db.judge(tx.size)
	switch {
	case h.isGone(): // killed in the middle
		return closed("update")
	case out.Err == nil:
		done = true
		return nil
	default:
		done = out.Applied
		return out.Err
	}
}

// View runs fn beside other Views; Updates of every handle wait for it.
func (h *Handle) View(fn func(core.Tx) error) error {
	h.db.mu.RLock()
	defer h.db.mu.RUnlock()
	if h.isGone() {
		return closed("view")
	}
	if err := h.db.judgeView(); err != nil {
		return err
	}
	h.db.notesMu.Lock()
	notes := h.db.notes.clone()
	h.db.notesMu.Unlock()
	tx := &tx{db: h.db, notes: notes, handle: h.number, term: h.term()}
	defer func() { tx.db = nil }()
	return fn(tx)
}

// PutNote stores the note before it returns.
func (h *Handle) PutNote(key string, value []byte) {
	if h.isGone() {
		return
	}
	h.db.notesMu.Lock()
	defer h.db.notesMu.Unlock()
	h.db.notes.put(key, present(value))
}

// DeleteNote removes the note before it returns.
func (h *Handle) DeleteNote(key string) {
	if h.isGone() {
		return
	}
	h.db.notesMu.Lock()
	defer h.db.notesMu.Unlock()
	h.db.notes.remove(key)
}

// Unaided is as set by SetUnaided: what is in memory goes with its tab.
func (h *Handle) Unaided() bool { return h.db.unaided.Load() }

// SetRelaxed changes nothing: memory is as durable as it gets.
func (h *Handle) SetRelaxed(bool) {}

// Tab is the random id of this handle.
func (h *Handle) Tab() string { return h.tab }

// LiveTabs lists the handles that are open, oldest first.
func (h *Handle) LiveTabs() ([]string, error) {
	h.db.tabsMu.Lock()
	defer h.db.tabsMu.Unlock()
	if h.gone {
		return nil, closed("live tabs")
	}
	var ids []string
	for _, other := range h.db.tabs {
		ids = append(ids, other.tab)
	}
	return ids, nil
}

// Leads reports whether the handle is the oldest that is open.
func (h *Handle) Leads() bool {
	h.db.tabsMu.Lock()
	defer h.db.tabsMu.Unlock()
	return len(h.db.tabs) > 0 && h.db.tabs[0] == h
}

// Close waits for running transactions and takes the handle out of the DB.
func (h *Handle) Close() {
	h.db.mu.Lock()
	defer h.db.mu.Unlock()
	h.Kill()
}

// Kill takes the handle out of the DB as a killed tab would go: nothing of it
// runs any more, a transaction under way leaves nothing, its notes remain.
func (h *Handle) Kill() {
	h.db.tabsMu.Lock()
	defer h.db.tabsMu.Unlock()
	h.gone, h.inbox, h.listen = true, nil, nil
	h.db.tabs = slices.DeleteFunc(h.db.tabs, func(other *Handle) bool { return other == h })
}
