//go:build js && wasm

package idbstore

import (
	"slices"
	"syscall/js"
	"time"

	"timconv/core"
)

// To post a message costs a commit a tenth of its time, so that a tab says
// nothing while it is alone. It knows that it is by the Web Locks that tabs hold,
// and that it no longer is by any message: a tab that comes greets the others,
// after it has begun to hear them and before it reads, and is told what it may
// have missed.

const (
	lookAgain = time.Second // how long a tab that was not alone takes itself for that
	unsaidMax = 8
	greeting  = "timconv" // whatever is not bytes is taken for one
)

// greet makes the tab known and begins to look who is there.
func (t *tabs) greet() {
	t.post(js.ValueOf(greeting))
	go t.look()
}

// look finds out whether the tab is alone. A message that comes meanwhile says
// that it is not.
func (t *tabs) look() {
	t.mu.Lock()
	heard := t.heard
	t.looked = time.Now()
	t.mu.Unlock()
	ids, err := t.live()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.alone = err == nil && len(ids) == 1 && ids[0] == t.id && t.heard == heard
}

// announce posts msg if anybody may be there.
func (t *tabs) announce(msg []byte) {
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

// message takes in what came over the channel.
func (t *tabs) message(data js.Value) {
	t.mu.Lock()
	unsaid := t.unsaid
	t.alone, t.unsaid = false, nil
	t.heard++
	t.mu.Unlock()
	for _, msg := range unsaid {
		t.post(valueOf(msg))
	}
	if msg := announced(data); msg != nil {
		t.deliver(msg)
	}
}

// Announce implements core.Store.
func (s *store) Announce(msg []byte) {
	if s.isGone() == nil {
		s.tabs.announce(msg)
	}
}

var _ core.Store = (*store)(nil)
