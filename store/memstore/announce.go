package memstore

import "slices"

// A parcel is an announcement on its way to one handle.
type parcel struct {
	to  *Handle
	msg []byte
}

// Announce sends msg to the other open handles of the DB, whose Listen
// functions run on goroutines of their own, one message at a time, in order.
func (h *Handle) Announce(msg []byte, _ bool) {
	db := h.db
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	if h.gone {
		return
	}
	for _, other := range db.tabs {
		if other == h {
			continue
		}
		p := parcel{other, slices.Clone(msg)}
		if db.held {
			db.parked = append(db.parked, p)
		} else {
			p.deliver()
		}
	}
}

// Listen sets the function that hears what other handles announce.
func (h *Handle) Listen(fn func([]byte)) {
	h.db.tabsMu.Lock()
	defer h.db.tabsMu.Unlock()
	h.listen = fn
}

// Wake has the Listen function get nil, as when the tab comes back to life.
func (h *Handle) Wake() {
	h.db.tabsMu.Lock()
	defer h.db.tabsMu.Unlock()
	parcel{h, nil}.deliver()
}

// Hold keeps back every announcement until Release or Drop.
func (db *DB) Hold() {
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	db.held = true
}

// Release delivers what Hold kept back and holds no longer.
func (db *DB) Release() {
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	for _, p := range db.parked {
		p.deliver()
	}
	db.held, db.parked = false, nil
}

// Drop forgets what Hold kept back; whether announcements are held stays.
func (db *DB) Drop() {
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	db.parked = nil
}

// Settle waits until every announcement that is not held has been heard.
func (db *DB) Settle() {
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	for slices.ContainsFunc(db.tabs, func(h *Handle) bool { return h.busy }) {
		db.idle.Wait()
	}
}

// deliver is called with tabsMu held. A handle that does not listen yet hears
// nothing, as it is with a BroadcastChannel.
func (p parcel) deliver() {
	h := p.to
	if h.gone || h.listen == nil {
		return
	}
	h.inbox = append(h.inbox, p.msg)
	if !h.busy {
		h.busy = true
		go h.hear()
	}
}

func (h *Handle) hear() {
	db := h.db
	db.tabsMu.Lock()
	defer db.tabsMu.Unlock()
	for len(h.inbox) > 0 {
		msg, listen := h.inbox[0], h.listen
		h.inbox = h.inbox[1:]
		db.tabsMu.Unlock()
		listen(msg)
		db.tabsMu.Lock()
	}
	h.busy = false
	db.idle.Broadcast()
}
