package core

import "time"

// A hint is what tabs announce to each other: a commit is about to start, or
// is complete.
type hint struct {
	kind  hintKind
	epoch string
	rev   uint64
}

type hintKind uint64

const (
	hintStart hintKind = 1
	hintDone  hintKind = 2
)

func (h hint) encode() []byte {
	w := newWriter(oldRecord, 16)
	w.uint(uint64(h.kind))
	w.string(h.epoch)
	w.uint(h.rev)
	return w.b
}

func decodeHint(b []byte) (hint, bool) {
	r := newReader(oldRecord, b, "hint")
	h := hint{kind: hintKind(r.uint()), epoch: r.string(), rev: r.uint()}
	return h, r.end() == nil && (h.kind == hintStart || h.kind == hintDone)
}

// patience is how long a tab waits for the end of a commit of which it heard the
// beginning, before it looks. A tab that commits more often announces that it begins
// only now and then: what it began within half of that is found too.
const patience = time.Second

// hear takes in what another tab announced. Announcements are hints: what they
// say is read from the store.
func (c *Core) hear(msg []byte) {
	if msg == nil {
		c.enqueueFollow(anyRev)
		return
	}
	h, ok := decodeHint(msg)
	if !ok || h.kind == hintDone && !c.behind(h) {
		return
	}
	if c.elsewhere(h) {
		c.enqueueFollow(anyRev)
		return
	}
	if h.kind == hintDone {
		c.enqueueFollow(h.rev)
		return
	}
	c.mu.Lock()
	waiting := c.expected != 0
	c.expected = max(c.expected, h.rev)
	c.mu.Unlock()
	if !waiting {
		c.await(h)
	}
}

// await looks, after a while, what the tab of that hint has committed: its end may not
// have been heard. One timer serves all commits that begin meanwhile.
func (c *Core) await(h hint) {
	c.cfg.After(patience, func() {
		c.enqueueFollow(anyRev)
		c.mu.Lock()
		next := c.expected
		if next == h.rev {
			c.expected = 0
		}
		c.mu.Unlock()
		if next > h.rev {
			c.await(hint{kind: h.kind, epoch: h.epoch, rev: next})
		}
	})
}

// behind reports whether the account does not have what a hint tells of.
func (c *Core) behind(h hint) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rev < h.rev || c.epoch != h.epoch
}

// elsewhere reports whether a hint is of another database than the account's:
// its own was deleted.
func (c *Core) elsewhere(h hint) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.epoch != "" && c.epoch != h.epoch
}
