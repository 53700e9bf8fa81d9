package core

import "runtime"

// SetDraft sets a conversation's draft, making the conversation where there is
// none, or clears it where draft is nil. It has no answer: every later call
// sees it at once, and what is written in this very task outlives the tab: the commit
// itself where that needs no help, and otherwise a note.
// Where it cannot be committed it stays visible and is tried again.
func (c *Core) SetDraft(key ConvKey, draft []byte) {
	n := &note{conv: key, stamp: c.stamp(), draft: draft}
	op := c.draftOperation(n)
	if draft == nil || !c.unaided() { // who clears one sends, most likely: one commit for both
		c.writeNote(op)
		c.enqueue(op)
		return
	}
	c.enqueue(op)
	runtime.Gosched() // to the worker, which hands the commit over if it has nothing else to do
	c.writeNote(op)
}

func (c *Core) draftOperation(n *note) *operation {
	return &operation{
		name: "set draft", writes: true, weight: 1, note: n,
		apply: func(s *stage) error { s.setDraft(n); return nil },

		overrides: func(o *note) bool { return o != n && o.conv == n.conv && n.newer(o.stamp) },
		done:      func(error) {},
	}
}

// setDraft applies a note, unless the conversation has seen a newer one.
func (s *stage) setDraft(n *note) {
	if s.knows(n) {
		return
	}
	old := s.find(n.conv)
	if n.draft == nil {
		if old == nil {
			return
		}
		c := old.changed() // the stamp is kept even where there was no draft
		c.Draft, c.DraftStamp = nil, n.stamp
		s.save(c)
		return
	}
	c := s.appear(n.conv, n.stamp)
	c.Draft, c.DraftStamp = n.draft, n.stamp
	s.save(c)
}
