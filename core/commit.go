package core

import (
	"errors"
	"math"
	"time"
)

// Inside an attempt: an operation panicked and must be left out; the batch was
// found in the log, so that the commit before had succeeded; a guess was wrong,
// for another tab has committed what this one had not heard of, or a message was
// known already.
var (
	errBroken    = errors.New("an operation broke")
	errCommitted = errors.New("committed before")
	errMoved     = errors.New("another tab has committed")
)

// An attempt is one run of a batch: what it made of the account, and what other
// tabs had done before.
type attempt struct {
	*stage
	followed *effects
	term     uint64 // of its transaction
	waited   bool   // for identities to be looked up
}

// commit makes a batch durable in one transaction and then tells everybody. A
// batch for which there is no room goes operation by operation, so that only
// the one too large fails.
func (c *Core) commit(ops []*operation) {
	if c.settled(ops) {
		for _, op := range ops {
			op.done(nil)
		}
		return
	}
	stuck := c.stuck
	ops = append(stuck[:len(stuck):len(stuck)], ops...)
	c.stuck = nil
	a, err := c.try(ops)
	if errors.Is(err, errSuspect) {
		c.commit([]*operation{c.repair()})
		c.trusting = true
		a, err = c.try(ops)
		c.trusting = false
	}
	c.tellWritable(err)
	c.fresh = err == nil
	if err == nil {
		c.publish(a, ops)
	} else if len(ops) == 1 || CodeOf(err) != CodeQuota {
		for _, op := range ops {
			c.fail(op, err)
		}
	} else {
		for _, op := range ops {
			if !op.writes {
				c.read(op)
			} else if a, err := c.try([]*operation{op}); err != nil {
				c.fail(op, err)
			} else {
				c.publish(a, []*operation{op})
			}
		}
	}
	c.tellStuck(len(stuck) > 0)
	c.folder.committed = time.Now()
	c.foldSoon()
}

// settled reports whether operations only wait for what was accepted before them,
// and all of that has been made durable just now.
func (c *Core) settled(ops []*operation) bool {
	for _, op := range ops {
		if !op.barrier {
			return false
		}
	}
	return c.fresh && len(c.stuck) == 0 && c.Status().State == StateReady
}

// tellWritable tells that writes fail where reads work, and when they work again.
func (c *Core) tellWritable(err error) {
	switch state := c.Status().State; {
	case err == nil && state == StateReadonly:
		c.notify(StateReady, "")
	case CodeOf(err) == CodeStorage && state != StateReadonly && c.store.View(func(Tx) error { return nil }) == nil:
		c.notify(StateReadonly, "writing fails: "+err.Error())
	}
}

// fail answers an operation whose transaction failed. A draft is kept and
// tried again.
func (c *Core) fail(op *operation, err error) {
	if !op.writes { // it did not need the transaction
		c.read(op)
		return
	}
	if op.note != nil && CodeOf(err) != CodeStorageClosed {
		c.stuck, c.stuckBy = append(c.stuck, op), err
		return
	}
	op.done(err)
}

// publish makes what was committed the account, and tells it operation by
// operation.
func (c *Core) publish(a *attempt, ops []*operation) {
	was := c.account
	if a.followed != nil {
		c.othersAt = time.Now()
		c.tellFollowed(a.Account)
	}
	c.adopt(a.Account)
	if a.written {
		c.store.Announce(hint{kind: hintDone, epoch: c.account.meta.epoch, rev: c.account.meta.rev}.encode(), true)
	}
	if a.followed != nil {
		c.dropSpent()
		a.followed.tell(c.cfg.Listener)
	}
	for _, op := range ops {
		if op.note != nil {
			c.dropNote(op)
		}
		c.unstick(op)
		if op.note == nil && !op.barrier {
			c.dropSpent()
		}
		op.effects.tell(c.cfg.Listener)
		if op.barrier && len(c.stuck) > 0 {
			op.err = c.stuckBy
		}
		op.done(op.err)
	}
	c.tellPanes(was, append(a.done, a.followed)...)
}

// tries is how often a batch is run when the database fails; beside for how long after
// a commit of another tab nothing is guessed: who stands beside a tab that is busy
// would run each batch twice.
const (
	tries  = 3
	beside = time.Second
)

// try runs a batch until its transaction is durable, or fails for good. A
// failed transaction changed nothing, unless it was durable and only its
// answer was lost: so each run first looks for the run before.
func (c *Core) try(ops []*operation) (*attempt, error) {
	c.batch++
	var last, this *attempt
	for left, guess := tries, time.Since(c.othersAt) > beside; ; guess = false {
		err := c.store.Update(func(tx Tx) (err error) {
			if err := c.committed(tx, last); err != nil {
				return err
			}
			this, err = c.attempt(tx, ops, guess)
			return err
		})
		if err == nil {
			if this.written {
				c.term = this.term
			}
			if this.waited {
				c.learnIDs(c.term)
			}
			return this, nil
		}
		c.term = 0
		c.writeSpared(math.MaxInt64)
		switch {
		case errors.Is(err, errCommitted):
			return last, nil
		case errors.Is(err, errMoved), errors.Is(err, ErrTaken) && guess: // what does not guess adds nothing
			c.othersAt = time.Now()
			continue
		case errors.Is(err, errBroken):
			continue
		}
		left--
		if left == 0 || CodeOf(err) != CodeStorage {
			return nil, err
		}
		last = this
	}
}

// committed fails with errCommitted if the last run, told as failed, is in the
// log.
func (c *Core) committed(tx Tx, last *attempt) error {
	if last == nil || !last.written {
		return nil
	}
	values, err := tx.Get(SpaceLog, logKey(last.meta.rev))
	if err != nil || values[0] == nil {
		return err
	}
	entry, err := decodeLogEntry(last.meta.rev, values[0])
	if err == nil && entry.tab == c.store.Tab() && entry.batch == c.batch {
		return errCommitted
	}
	return nil
}

// attempt applies a batch to a copy of the account, inside one transaction. When
// it may guess that no other tab has committed, and that messages of which nothing
// is in memory are new, it does not wait for what it reads before it puts, but
// reads it meanwhile and fails with errMoved if the guess was wrong. A tab that leads,
// and has committed since it does, need not even read the counters: nobody else folds,
// so that whatever another tab did has left something under the next key of the
// journal, and the attempt to add the entry there fails with ErrTaken.
func (c *Core) attempt(tx Tx, ops []*operation, guess bool) (*attempt, error) {
	wants := wanted(ops)
	absent := c.absent(c.account, wants, tx)
	guess = guess && len(absent) <= lookUpAtOnce
	adds := guess && c.term != 0 && c.term == tx.Term()
	base, followed, err := c.base(tx, absent, guess, adds)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	limits := c.limits
	c.mu.Unlock()
	s := newStage(base, c.cfg.Codec, tx, limits)
	s.tab = c.store.Tab()
	s.assume(wants)
	if !guess {
		if err := s.lookUp(c.absent(base, wants, tx)); err != nil {
			return nil, err
		}
	}
	for _, op := range ops {
		wasBroken := op.broken
		c.run(s, op)
		if op.broken && !wasBroken {
			return nil, errBroken
		}
		if ofStorage(op.err) {
			return nil, op.err
		}
		if err := s.rest(); err != nil {
			return nil, err
		}
	}
	if s.damage.suspect && !c.trusting {
		return nil, errSuspect
	}
	if s.written {
		if s.meta.epoch == "" { // the first commit there ever was
			s.meta.epoch, s.meta.oldest = c.cfg.Random(), 1
		}
		s.flush(c.store.Tab(), c.batch, adds)
		if s.meta.epoch != base.meta.epoch || s.meta.damaged != base.meta.damaged || base.meta.old { // which is needed to open it
			s.meta.old = false
			tx.Put(SpaceMeta, MetaKey, encodeMeta(s.meta))
		}
	}
	if guess {
		if err := c.unmoved(tx, absent, adds && s.written); err != nil {
			return nil, err
		}
	}
	if s.written && time.Since(c.startTold) > patience/2 {
		c.startTold = time.Now()
		c.store.Announce(hint{kind: hintStart, epoch: s.meta.epoch, rev: s.meta.rev}.encode(), false)
	}
	if adds && len(absent) == 0 && s.written {
		c.spareNotes(ops)
	}
	return &attempt{stage: s, followed: followed, term: tx.Term(), waited: len(absent) > 0}, nil
}

// wanted are the identities that a batch wants looked up.
func wanted(ops []*operation) (wants []string) {
	for _, op := range ops {
		wants = append(wants, op.wants...)
	}
	return wants
}

// absent are those of them that may be stored, and are not in memory.
func (c *Core) absent(a *Account, wants []string, tx Tx) (absent []string) {
	term := tx.Term()
	for _, key := range wants {
		if !c.ids.excludes(term, key) && a.ids.get(key) == nil {
			absent = append(absent, key)
		}
	}
	return absent
}

// base is the account that a batch is applied to. What is read of the database is
// asked for in one burst.
func (c *Core) base(tx Tx, absent []string, guess, adds bool) (a *Account, followed *effects, err error) {
	alone := !guess && c.account.journalTells(tx)
	if alone {
		c.expectEntries(tx)
	} else if !adds {
		c.expectOthers(tx)
	}
	if 0 < len(absent) && len(absent) <= lookUpAtOnce {
		tx.Expect(SpaceIDs, absent...) // the answer comes with the others
	}
	if guess {
		return c.account, nil, nil
	}
	if alone {
		if a, followed, err = c.followJournal(tx, c.account); !errors.Is(err, errDamaged) {
			return a, followed, err
		}
	}
	return c.follow(tx, c.account)
}

// unmoved fails with errMoved if what was expected when the transaction began says
// that another tab has committed or folded, or an identity that was taken for new is
// stored. Of a batch that adds its entry only the latter is asked.
func (c *Core) unmoved(tx Tx, absent []string, adds bool) error {
	if len(absent) > 0 {
		values, err := tx.Get(SpaceIDs, absent...)
		if err != nil {
			return err
		}
		for _, value := range values {
			if value != nil {
				return errMoved
			}
		}
	}
	if adds {
		return nil
	}
	m, entries, err := c.others(tx, c.account)
	if err != nil {
		return err
	}
	if now := c.account.meta; m.epoch != now.epoch || m.oldest != now.oldest || m.pages != now.pages || len(entries) > 0 {
		return errMoved
	}
	return nil
}

// ofStorage reports whether an operation failed because the transaction did.
func ofStorage(err error) bool {
	switch CodeOf(err) {
	case CodeStorage, CodeQuota, CodeStorageClosed:
		return err != nil
	}
	return false
}
