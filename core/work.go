package core

import (
	"errors"
	"time"
)

// work is the worker: it alone owns the account.
func (c *Core) work() {
	err := c.open()
	if c.cfg.Opened != nil {
		c.cfg.Opened()
	}
	if err != nil {
		c.refuse(err)
		return
	}
	c.cfg.Yield() // what the calls that waited do comes in a task of its own
	for {
		batch, left := c.take(), false
		for i, op := range batch {
			switch {
			case op.close:
				c.shut(op)
				return
			case op.solo != nil:
				op.solo()
				op.done(nil)
			case op.follow:
				var now bool
				if now, left = c.followDue(batch[i+1:]); now {
					c.catchUp()
				}
			case op.views:
				c.view(op)
			case !op.writes:
				c.read(op)
			default:
				batch = batch[i:]
				c.prepare(batch)
				if last := batch[len(batch)-1]; last.close {
					c.commit(batch[:len(batch)-1])
					c.shut(last)
					return
				}
				if c.commit(batch); left && !c.fresh { // it has failed
					c.enqueueFollow(anyRev)
				}
			}
			if op.writes {
				break
			}
		}
	}
}

// open opens the store, loads the account and replays the drafts that dead
// tabs left behind.
func (c *Core) open() error {
	store, err := c.cfg.Open(c.notify)
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.store = store
	store.SetRelaxed(c.relaxed)
	for _, n := range c.unwritten {
		c.putNote(n)
	}
	c.unwritten = nil
	c.mu.Unlock()
	store.Listen(c.hear)
	for range tries {
		err = store.View(c.load)
		mend := c.mend
		if errors.Is(err, errOld) {
			mend = c.migrate
		}
		if errors.Is(err, errOld) || errors.Is(err, errDamaged) {
			damaged := errors.Is(err, errDamaged)
			if err = store.Update(mend); err == nil {
				err = store.View(c.load)
				c.account.damage.suspect = damaged
			}
		}
		if CodeOf(err) != CodeStorage {
			break
		}
	}
	if err == nil {
		err = c.settleDead()
	}
	if err == nil {
		err = c.replayNotes()
	}
	if err != nil {
		store.Close()
		return err
	}
	c.quarantine()
	c.foldSoon()
	c.cfg.After(patience, func() { c.enqueueFollow(anyRev) }) // for a beginning announced before this tab heard
	return nil
}

// refuse answers every call with the fault that kept the account from opening.
func (c *Core) refuse(err error) {
	if errors.Is(err, errNewer) {
		c.notify(StateClosed, "the database has a newer format than this page knows; reload the page")
	} else if c.Status().State != StateClosed { // or it has been told why
		c.notify(StateClosed, "the account could not be opened; a reload may help")
	}
	c.cfg.Report(err)
	if CodeOf(err) != CodeStorageClosed {
		err = &Error{Code: CodeStorageClosed, Op: "open", Err: err}
	}
	for {
		for _, op := range c.take() {
			if op.close {
				c.forget()
				op.done(nil)
				return
			}
			op.done(err)
		}
	}
}

// shut closes the store after everything before is done, and forgets what was in
// memory.
func (c *Core) shut(op *operation) {
	if len(c.stuck) > 0 {
		c.commit(nil) // the last chance of drafts
	}
	c.dropSpent()
	c.store.Close()
	c.forget()
	op.done(nil)
}

// forget lets go of everything that was read or accepted: what still refers to
// the Core, a timer for instance, keeps no row of it.
func (c *Core) forget() {
	c.account, c.subscriptions, c.panes, c.stuck, c.folder, c.ids = newAccount(), nil, nil, nil, folder{}, nil
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue, c.unwritten, c.notes, c.spent, c.spared = nil, nil, nil, nil, nil
}

// read answers from memory. Drafts that could not be committed are seen.
func (c *Core) read(op *operation) {
	if c.Status().State == StateClosed {
		op.done(&Error{Code: CodeStorageClosed, Op: op.name})
		return
	}
	s := &stage{Account: c.account}
	if len(c.stuck) > 0 {
		s = newStage(c.account, c.cfg.Codec, nil, Limits{})
		for _, stuck := range c.stuck {
			c.run(s, stuck)
		}
	}
	op.err = nil
	c.apply(s, op)
	op.done(op.err)
}

// view answers from the store, which other tabs may have changed meanwhile.
func (c *Core) view(op *operation) {
	var err error
	repaired := false
	for left := tries; left > 0; left-- {
		err = c.store.View(func(raw Tx) error {
			c.expectOthers(raw)
			if op.expect != nil {
				op.expect(&stage{Account: c.account, tx: &tx{Tx: raw, account: c.account}})
			}
			now, _, err := c.follow(raw, c.account) // messages and marks of one moment
			if err != nil {
				return err
			}
			op.err = nil
			c.apply(&stage{Account: now, codec: c.cfg.Codec, tx: &tx{Tx: raw, account: now}}, op)
			return op.err
		})
		if c.account.damage.suspect && !repaired {
			repaired = true
			left++
			c.commit([]*operation{c.repair()})
			continue
		}
		if CodeOf(err) != CodeStorage || op.broken {
			break
		}
	}
	op.done(err)
}

// run applies an operation to a stage and notes what it did.
func (c *Core) run(s *stage, op *operation) {
	if op.broken {
		op.effects = &effects{total: s.total, newTotal: s.total}
		return
	}
	op.err, s.op = nil, op
	op.effects = newEffects(s.Account, c.subscriptions)
	s.running = op.effects
	s.done = append(s.done, op.effects)
	c.apply(s, op)
	s.ahead = nil
	s.tx.forgetExpected()
	op.effects.close(s.Account, c.cfg.Codec)
}

// lightBatch is how much a batch weighs at most that is taken in within the task
// that brought it.
const lightBatch = 256

// prepare has operations read what they bring. A long one lets the host do
// other work meanwhile.
func (c *Core) prepare(batch []*operation) {
	weight := 0
	for _, op := range batch {
		weight += op.weight
	}
	if weight > lightBatch {
		c.cfg.Yield() // the call itself was work enough for a task
	}
	begun, steps := time.Now(), 0
	rest := func() {
		if steps++; steps%16 == 0 && time.Since(begun) > sliceTime {
			c.cfg.Yield()
			begun = time.Now()
		}
	}
	for _, op := range batch {
		if op.prepare == nil {
			continue
		}
		func() {
			defer c.contain(op)
			op.prepare(rest)
		}()
		op.prepare = nil
	}
}

// apply keeps a panic inside the operation that made it.
func (c *Core) apply(s *stage, op *operation) {
	defer c.contain(op)
	op.err = op.apply(s)
}

// contain, deferred, turns a panic into the failure of an operation.
func (c *Core) contain(op *operation) {
	if fault := recover(); fault != nil {
		op.broken = true
		op.err = &Error{Code: CodeInternal, Op: op.name, Err: panicError{fault}}
		c.cfg.Report(op.err)
	}
}

// A panicError is the value of a panic.
type panicError struct{ value any }

func (e panicError) Error() string {
	switch v := e.value.(type) {
	case error:
		return v.Error()
	case string:
		return v
	}
	return "panic"
}

// notify keeps the state of storage and tells the listener when it changed.
func (c *Core) notify(state State, reason string) {
	c.mu.Lock()
	next := c.status
	next.State, next.Reason = state, reason
	changed := next != c.status
	c.status = next
	c.mu.Unlock()
	if changed {
		c.cfg.Listener.Status(next)
	}
}
