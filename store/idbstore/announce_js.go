//go:build js && wasm

package idbstore

import (
	"slices"
	"syscall/js"
	"time"
)

// To say something costs a tab, and each that hears it, about as much as a request of a
// commit: what may wait is gathered where much is said.
const (
	gather    = 16 * time.Millisecond // about a frame
	rush      = time.Second
	unhurried = 16 // announcements within that do not wait
)

// Announce implements core.Store.
func (s *store) Announce(msg []byte, soon bool) {
	if s.isGone() == nil {
		s.tabs.announce(msg, soon)
	}
}

// announce posts msg if anybody may be there, behind what is kept for later. Where it may
// wait it is kept itself, if much has been said lately. A page that is not seen keeps
// nothing: its timers are held back, for a minute even.
func (t *tabs) announce(msg []byte, soon bool) {
	t.mu.Lock()
	waits := t.kept != nil
	later := soon && t.rushes() && t.seen && !t.alone
	if later {
		t.kept = slices.Clone(msg)
	}
	t.mu.Unlock()
	switch {
	case !later:
		t.sayKept()
		t.say(msg)
	case !waits:
		time.AfterFunc(gather, t.sayKept)
	}
}

// rushes counts announcements, and reports whether there are many.
func (t *tabs) rushes() bool {
	if time.Since(t.counted) > rush {
		t.counted, t.said = time.Now(), 0
	}
	t.said++
	return t.said > unhurried
}

// sayKept says what was kept for later, now.
func (t *tabs) sayKept() {
	t.mu.Lock()
	msg := t.kept
	t.kept = nil
	t.mu.Unlock()
	if msg != nil {
		t.say(msg)
	}
}

func (t *tabs) say(msg []byte) {
	t.mu.Lock()
	alone := t.alone
	if alone {
		if len(t.unsaid) == unsaidMax {
			t.unsaid = t.unsaid[1:]
		}
		t.unsaid = append(t.unsaid, slices.Clone(msg))
	}
	stale := !alone && time.Since(t.looked) > lookAgain
	t.mu.Unlock()
	if alone {
		return
	}
	t.post(valueOf(msg))
	if stale {
		go t.look()
	}
}

// post sends msg to the other tabs. Messages are hints: one that cannot be sent
// is missed.
func (t *tabs) post(msg js.Value) {
	if !t.channel.IsUndefined() {
		_ = attempt(func() { t.channel.Call("postMessage", msg) })
	}
}
