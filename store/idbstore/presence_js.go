//go:build js && wasm

package idbstore

import (
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

// Unaided implements core.Store. Firefox is not told to commit, WebKit sends what a
// transaction asks for when the task is over, and another tab could hold what a commit
// waits for.
func (s *store) Unaided() bool {
	if !inChromium || !committable {
		return false
	}
	s.tabs.mu.Lock()
	defer s.tabs.mu.Unlock()
	return s.tabs.alone
}

var _ core.Store = (*store)(nil)
