package jsapi

import (
	"sync"
	"time"

	"timconv/core"
)

// A Glance keeps the top of an account's list where plain JavaScript finds it
// before the module is there; firstPaint of tim.js reads it.
type Glance interface {
	// Keep replaces what is kept, unless that is of the same epoch and a later
	// rev, or still, which may block, says that the epoch is over.
	Keep(epoch string, rev uint64, text string, still func() bool)
	// Forget removes it.
	Forget()
}

// A glance shows at most glanceRows rows, and no more once they have glanceBytes.
const (
	glanceRows  = 50
	glanceBytes = 192 << 10
	glanceDelay = 500 * time.Millisecond // for which changes are gathered
)

// A glancer keeps an account's Glance up to date.
type glancer struct {
	Glance // nil: there is none
	name   string

	mu      sync.Mutex
	waiting bool
	kept    string
}

// look has the glance of an account made anew before long.
func (a *account) look() {
	g := &a.glance
	if g.Glance == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting {
		return
	}
	g.waiting = true
	a.m.host.After(glanceDelay, func() {
		g.mu.Lock()
		g.waiting = false
		g.mu.Unlock()
		a.core.Read(a.keepGlance, func(error) {})
	})
}

// forgetGlance removes the glance of an account, until it is made anew.
func (a *account) forgetGlance() {
	g := &a.glance
	if g.Glance == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.kept = ""
	g.Forget()
}

func (a *account) keepGlance(acc *core.Account) {
	g := &a.glance
	epoch, rev := acc.Revision()
	if epoch == "" || a.core.Status().State != core.StateReady {
		return
	}
	w := &object{}
	w.text("account", g.name)
	list, size := array{}, 0
	acc.Conversations(func(c *core.Conversation) bool {
		text := c.Text(codec{})
		list.add(text)
		size++
		return size < glanceRows && len(list.b) < glanceBytes
	})
	w.raw("rows", list.text())
	w.uint("total_unread", uint64(acc.TotalUnread()))
	g.mu.Lock()
	defer g.mu.Unlock()
	if text := string(w.end()); text != g.kept {
		g.kept = text
		g.Keep(epoch, rev, text, func() bool { return a.isStored(epoch) })
	}
}

// isStored reports whether what is stored is of an epoch. This tab may not have heard of a
// wipe in another.
func (a *account) isStored(epoch string) bool {
	is := make(chan bool, 1)
	a.core.Epoch(func(stored string, err error) { is <- err == nil && stored == epoch })
	return <-is
}
