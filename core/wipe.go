package core

import "errors"

// A wipe leaves a database as if the account had never been here, but for two
// records: counters of another epoch, by which every tab notices that what it
// knows is gone, and the stamp of the wipe, which keeps older drafts away,
// wherever they still wait. In the journal void entries stay where there were others.

// wipedKey is the key, in SpaceMeta, of the stamp of the last wipe.
const wipedKey = "wiped"

// Wipe deletes everything that is stored of the account, in one transaction,
// after every call accepted before. What was there is told as deleted, here and
// in the other tabs, and the account stays open.
func (c *Core) Wipe(done func(error)) {
	stamp, epoch := c.stamp(), c.cfg.Random()
	var failed error
	c.enqueue(&operation{
		name: "wipe", solo: func() { failed = c.wipe(stamp, epoch) },
		done: func(err error) {
			if err == nil {
				err = failed
			}
			done(err)
		},
	})
}

func (c *Core) wipe(stamp int64, epoch string) error {
	var next *Account
	var followed, did *effects
	var err error
	for range tries {
		err = c.store.UpdateAll(func(tx Tx) error {
			if m, err := readMeta(tx); err == nil && m.epoch == epoch {
				return errCommitted // by a run before, told as failed
			}
			before, theirs, err := c.follow(tx, c.account)
			if err != nil {
				before, theirs = c.account, nil // what cannot be read goes with the rest
			}
			if err := c.empty(tx, stamp, epoch); err != nil {
				return err
			}
			after, ours, err := c.follow(tx, before) // as the other tabs will
			next, followed, did = after, theirs, ours
			return err
		})
		if errors.Is(err, errCommitted) {
			err = nil
		}
		if CodeOf(err) != CodeStorage {
			break
		}
	}
	if err != nil {
		return err
	}
	c.store.Announce(hint{kind: hintDone, epoch: epoch, rev: next.meta.rev}.encode(), false)
	c.folder.now = nil
	stuck := c.stuck
	c.stuck = nil
	for _, op := range stuck {
		c.dropNote(op)
	}
	c.wipeEarly(stamp)
	was := c.account
	c.adopt(next)
	for _, e := range []*effects{followed, did} {
		if e != nil {
			e.tell(c.cfg.Listener)
		}
	}
	c.tellPanes(was, followed, did)
	c.tellStuck(len(stuck) > 0)
	return nil
}

// Epoch gives the epoch of what is stored: another one than that of the account in memory
// where another tab has wiped it, of which this one need not have heard.
func (c *Core) Epoch(done func(epoch string, err error)) {
	var epoch string
	c.enqueue(&operation{
		name: "epoch", views: true, done: func(err error) { done(epoch, err) },
		apply: func(s *stage) error { epoch = s.meta.epoch; return nil },
	})
}

// empty deletes every record but the drafts set after the wipe.
func (c *Core) empty(tx Tx, stamp int64, epoch string) error {
	values, err := tx.Get(SpaceMeta, MetaKey)
	if err != nil {
		return err
	}
	m, _ := decodeMeta(values[0]) // one that cannot be read goes with the rest
	notes, err := tx.Values(SpaceNotes, "", "", 0)
	if err != nil {
		return err
	}
	entries, err := tx.Keys(SpaceLog, "", "", 0)
	if err != nil {
		return err
	}
	for _, space := range Spaces {
		tx.DeleteRange(space, "", "")
	}
	for _, value := range notes {
		if n, err := decodeNote(value); err == nil && n.stamp > stamp {
			tx.Put(SpaceNotes, noteKey(n.tab, n.conv), value)
		}
	}
	rev := max(m.rev, c.account.meta.rev)
	for _, key := range entries {
		putVoid(tx, revOf(key))
	}
	if n := len(entries); n > 0 { // the next key for who knows all of it, and ours, which may be far behind that
		putVoid(tx, revOf(entries[n-1])+1)
		rev = max(rev, revOf(entries[n-1]))
	}
	rev++
	putVoid(tx, rev)
	tx.Put(SpaceMeta, MetaKey, encodeMeta(meta{epoch: epoch, rev: rev, oldest: rev + 1}))
	tx.Put(SpaceMeta, wipedKey, encodeWipe(stamp))
	return nil
}

// wipeEarly drops the drafts of tabs that had not opened the store, but for
// those set after the wipe.
func (c *Core) wipeEarly(stamp int64) {
	if c.cfg.Early == nil {
		return
	}
	values, drop := c.cfg.Early.Left()
	drop()
	for _, value := range values {
		if n, err := decodeNote(value); err == nil && n.stamp > stamp {
			c.cfg.Early.Keep(value)
		}
	}
}

// readWiped reads the stamp of the last wipe, 0 if there was none or it cannot be
// read.
func (a *Account) readWiped(tx Tx) error {
	values, err := tx.Get(SpaceMeta, wipedKey)
	if err == nil && values[0] != nil {
		if a.wiped, err = decodeWipe(values[0]); err != nil {
			a.damage.meet(values[0])
			err = nil
		}
	}
	return err
}

func encodeWipe(stamp int64) []byte {
	w := newWriter(recordVersion, 24)
	w.int(stamp)
	return w.seal(0)
}

func decodeWipe(b []byte) (stamp int64, err error) {
	r := newReader(oldRecord, b, "wipe")
	stamp = r.int()
	return stamp, r.end()
}
