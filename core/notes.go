package core

import (
	"slices"
	"time"
)

// unaided reports whether a commit handed over in this task needs no note ahead of it.
func (c *Core) unaided() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.store != nil && c.store.Unaided()
}

// writeNote writes a draft down in the caller's own task, unless its commit has been
// handed over.
func (c *Core) writeNote(op *operation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !op.committed && !slices.Contains(c.spared, op.note) {
		c.writeDown(op.note)
	}
}

// lateDelay is how long a commit that was handed over may take without a note. Nothing is
// known to be in its way, but a tab that begins reads the account before it is heard of.
const lateDelay = 50 * time.Millisecond

// spareNotes spares drafts their notes, as the commit that puts them is about to be handed
// over.
func (c *Core) spareNotes(ops []*operation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.store.Unaided() {
		return
	}
	var last int64
	for _, op := range ops {
		if op.note != nil && op.note.tab == "" {
			c.spared = append(c.spared, op.note)
			last = max(last, op.note.stamp)
		}
	}
	if last > 0 {
		c.cfg.After(lateDelay, func() { c.writeSpared(last) })
	}
}

// writeSpared writes the notes, up to that stamp, of drafts whose commit is late or has
// failed after all, unless the note of a newer one is there.
func (c *Core) writeSpared(last int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	late := c.spared
	c.spared = nil
	for _, n := range late {
		if n.stamp > last {
			c.spared = append(c.spared, n)
		} else if c.notes[n.conv] < n.stamp {
			c.writeDown(n)
		}
	}
}

// writeDown needs the lock.
func (c *Core) writeDown(n *note) {
	if c.cfg.Early != nil {
		n.early = c.cfg.Early.Keep(encodeNote(n))
	}
	if c.store == nil {
		c.unwritten = append(c.unwritten, n)
		return
	}
	c.putNote(n)
}

// putNote needs the lock.
func (c *Core) putNote(n *note) {
	n.tab = c.store.Tab()
	c.notes[n.conv] = n.stamp
	c.store.PutNote(noteKey(n.tab, n.conv), encodeNote(n))
}

// spentDelay is how long the note of a draft stays that is committed. Who types writes
// the next one over it, which spares a transaction each.
const spentDelay = 300 * time.Millisecond

// dropNote has the note of a draft removed that is committed, or not wanted any more,
// unless a newer one takes its place.
func (c *Core) dropNote(op *operation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := op.note
	if n.early != nil {
		n.early()
	}
	if op.committed = true; n.tab == "" {
		c.spared = slices.DeleteFunc(c.spared, func(spared *note) bool { return spared == n })
		return
	}
	if n.tab != c.store.Tab() {
		c.store.DeleteNote(noteKey(n.tab, n.conv)) // of a tab that is gone
		return
	}
	if c.notes[n.conv] != n.stamp {
		return
	}
	if c.spent[n.conv] = n.stamp; !c.sweeping {
		c.sweeping = true
		c.cfg.After(spentDelay, func() {
			c.mu.Lock()
			c.sweeping = false
			c.mu.Unlock()
			c.dropSpent()
		})
	}
}

// dropSpent removes the notes of drafts that are committed. Where anything else than a
// draft is, that is done at once: of a conversation that is deleted nothing may be left
// that could bring it back.
func (c *Core) dropSpent() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conv, stamp := range c.spent {
		if c.notes[conv] == stamp {
			delete(c.notes, conv)
			c.store.DeleteNote(noteKey(c.store.Tab(), conv))
		}
	}
	clear(c.spent)
}

// replayNotes queues, in front of every call, the drafts that tabs which are
// gone had no time to commit. A note that tells nothing new goes at once, whoever
// wrote it.
func (c *Core) replayNotes() error {
	values, err := c.writtenDown(SpaceNotes, "", "")
	var news []*note
	for _, value := range values {
		n, err := decodeNote(value)
		switch {
		case err != nil: // by what it is: its key is not read
			c.account.damage.find(SpaceNotes, string(appendHex(nil, sum(value), 16)), value)
		case c.account.knows(n):
			c.store.DeleteNote(noteKey(n.tab, n.conv))
		default:
			news = append(news, n)
		}
	}
	var replayed []*operation
	if alive, known := c.alive(len(news)); known {
		for _, n := range news {
			if !slices.Contains(alive, n.tab) {
				replayed = append(replayed, c.draftOperation(n))
			}
		}
	}
	c.enqueueFirst(append(replayed, c.replayEarly()...))
	return err
}

// knows reports whether a note is no news: its conversation has seen it or a newer one.
func (a *Account) knows(n *note) bool {
	c := a.find(n.conv)
	return n.stamp <= a.wiped || c != nil && !n.newer(c.DraftStamp)
}

// replayEarly are the drafts of tabs which never got so far as to open the store,
// or whose notes the store had not taken yet; of living ones too.
func (c *Core) replayEarly() []*operation {
	if c.cfg.Early == nil {
		return nil
	}
	values, drop := c.cfg.Early.Left()
	var replayed []*operation
	for _, value := range values {
		if n, err := decodeNote(value); err == nil {
			replayed = append(replayed, c.draftOperation(n))
		}
	}
	if len(replayed) > 0 {
		replayed[len(replayed)-1].done = func(error) { drop() }
	}
	return replayed
}

// writtenDown reads what tabs, living or gone, have written down.
func (c *Core) writtenDown(space Space, from, to string) (values [][]byte, err error) {
	err = c.store.View(func(tx Tx) (err error) {
		values, err = tx.Values(space, from, to, 0)
		return err
	})
	return values, err
}

// alive are the tabs that live, where so many things were written down. Where nobody can
// tell, what was written down waits for a start that can.
func (c *Core) alive(things int) (tabs []string, known bool) {
	if things == 0 {
		return nil, false
	}
	tabs, err := c.store.LiveTabs()
	if err != nil {
		c.cfg.Report(err)
	}
	return tabs, err == nil
}

// enqueueFirst puts operations in front of every call.
func (c *Core) enqueueFirst(ops []*operation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, op := range ops {
		op.at = c.cfg.Now()
	}
	c.queue = append(ops, c.queue...)
}

// unstick forgets the drafts that an operation which is done has overridden.
func (c *Core) unstick(op *operation) {
	if op.overrides == nil || op.err != nil {
		return
	}
	var rest []*operation
	for _, stuck := range c.stuck {
		if op.overrides(stuck.note) {
			c.dropNote(stuck)
		} else {
			rest = append(rest, stuck)
		}
	}
	c.stuck = rest
}

// stuckDelay is how long a draft waits that could not be committed.
const stuckDelay = 5 * time.Second

// tellStuck shows in the status that drafts could not be committed, and sees
// to it that they are tried again.
func (c *Core) tellStuck(before bool) {
	if len(c.stuck) == 0 {
		if before {
			c.notify(c.Status().State, "")
		}
		return
	}
	c.notify(c.Status().State, "a draft could not be saved yet")
	if c.retrying {
		return
	}
	c.retrying = true
	c.cfg.After(stuckDelay, func() {
		c.enqueue(&operation{
			name: "save drafts", writes: true,
			apply: func(*stage) error { return nil },
			done:  func(error) { c.retrying = false },
		})
	})
}
