package core

import (
	"sync"
	"time"
)

// Config is what a Core is built from. All but Early, Marker, Limits, Journal, Yield,
// Settle, Opened and Followed must be set.
type Config struct {
	Open     Opener
	Early    Early  // nil: drafts that the store has not taken yet are not kept from a kill
	Marker   Marker // nil: nobody is told that what was stored is gone
	Codec    Codec
	Listener Listener
	Limits   Limits
	Journal  Journal                          // zero: DefaultJournal
	Now      func() int64                     // milliseconds since 1970
	Random   func() string                    // a fresh random id
	After    func(d time.Duration, fn func()) // as time.AfterFunc
	Yield    func()                           // blocks until the host has had its turn; may be nil
	Settle   func()                           // blocks until what the host is at has come to its end; may be nil
	Opened   func()                           // the account has been read, or cannot be; may be nil
	Report   func(err error)                  // faults nobody asked for, for the log

	// Followed, if set, hears up to which rev the account was read, or brought by what
	// other tabs did; wiped: in place of another that was there before.
	Followed func(rev uint64, wiped bool)
}

// A Core is one account, open in one tab. Its methods may be called from any
// goroutine; each accepted call is done in the order of the calls, and its
// done function runs exactly once, on the Core's own goroutine.
type Core struct {
	cfg  Config
	wake chan struct{}

	mu        sync.Mutex // guards what follows
	store     Store      // nil until it is open
	queue     []*operation
	following bool   // a follow operation is in the queue
	followTo  uint64 // the rev that it is for
	closing   bool
	limits    Limits
	relaxed   bool
	status    Status
	lastStamp int64
	unwritten []*note           // drafts set before the store was open
	notes     map[ConvKey]int64 // stamp of the newest note on disk
	spent     map[ConvKey]int64 // stamps of those whose drafts are committed
	sweeping  bool              // a timer runs that removes them
	spared    []*note           // not written, as the commit is on its way and needs no help
	rev       uint64            // of account, for hints
	epoch     string            // of account
	expected  uint64            // highest rev whose commit began elsewhere; 0: none is awaited

	// The worker's own.
	account       *Account
	subscriptions []*subscription
	panes         []*pane
	batch         uint64
	othersAt      time.Time    // when another tab was last found to have committed
	term          uint64       // in which the account was last known to be what is stored; 0: in none
	fresh         bool         // the last batch is durable, and nothing was waited for since
	stuck         []*operation // drafts that could not be committed
	stuckBy       error        // why
	folder        folder
	ids           *idSet    // which identities are stored, as far as this is known
	retrying      bool      // a timer is running that tries them again
	marked        bool      // the Marker has been set
	startTold     time.Time // when the beginning of a commit was announced last
	trusting      bool      // damage that is met does not stop an attempt
}

// An operation is one accepted call: what it does to an account, and who is
// told. Clock readings and fresh ids were drawn when it was accepted, so that
// apply can run again after a failed transaction.
type operation struct {
	name   string
	writes bool   // may change something; otherwise the account in memory will do,
	views  bool   // or what is stored
	follow bool   // only brings the account up to date
	solo   func() // to be run between batches
	close  bool   // the last one
	weight int    // about how many records it changes
	at     int64  // when it was accepted, milliseconds since 1970; of writes
	note   *note

	committed bool // what the note says is, or is not wanted any more

	// prepare, where it is set, runs before the transaction and only once, with
	// a function to be called now and then that lets the host do other work.
	prepare func(rest func())
	wants   []string // message identities to look up

	// expect, of what views, says what it will read first, if it is set.
	expect func(s *stage)

	apply func(s *stage) error
	done  func(err error)

	// barrier fails where a draft accepted before is not durable; overrides
	// reports whether a draft that is stuck is not wanted any more afterwards.
	barrier   bool
	overrides func(n *note) bool

	err     error // of the last run
	broken  bool  // it panicked
	effects *effects
}

// New opens an account. Calls are accepted from the start and answered once
// the store is open.
func New(cfg Config) *Core {
	if cfg.Journal == (Journal{}) {
		cfg.Journal = DefaultJournal
	}
	if cfg.Yield == nil {
		cfg.Yield = func() {}
	}
	if cfg.Settle == nil {
		cfg.Settle = func() {}
	}
	c := &Core{
		cfg: cfg, limits: cfg.Limits, wake: make(chan struct{}, 1),
		notes: map[ConvKey]int64{}, spent: map[ConvKey]int64{}, account: newAccount(), status: Status{State: StateOpening},
	}
	go c.work()
	return c
}

// Read calls fn with the account as it is after every call accepted before,
// then done. fn must not keep the account or change anything.
func (c *Core) Read(fn func(*Account), done func(error)) {
	c.enqueue(&operation{
		name: "read", done: done,
		apply: func(s *stage) error { fn(s.Account); return nil },
	})
}

// SetLimits and SetRelaxed change options for later calls.
func (c *Core) SetLimits(limits Limits) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limits = limits
}

// SetRelaxed chooses whether a commit waits for the disk (false) or not.
func (c *Core) SetRelaxed(relaxed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.relaxed = relaxed
	if c.store != nil {
		c.store.SetRelaxed(relaxed)
	}
}

// Status is how storage is.
func (c *Core) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.status
}

// Close lets every call accepted before finish, closes the store and calls
// done. Calls made afterwards fail with CodeInterrupted.
func (c *Core) Close(done func()) {
	c.enqueue(&operation{name: "close", close: true, done: func(error) { done() }})
	c.mu.Lock()
	c.closing = true
	c.mu.Unlock()
}

func (c *Core) now() int64 { return c.cfg.Now() }

// stamp draws a draft stamp: the clock, above every stamp seen.
func (c *Core) stamp() int64 {
	now := c.cfg.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lastStamp = max(now, c.lastStamp+1)
	return c.lastStamp
}

func (c *Core) enqueue(op *operation) {
	c.mu.Lock()
	if c.closing {
		c.mu.Unlock()
		op.done(&Error{Code: CodeInterrupted, Op: op.name})
		return
	}
	if op.writes {
		op.at = c.cfg.Now()
	}
	c.queue = append(c.queue, op)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// batchWeight is how many changed records one transaction takes. Beyond a few
// hundred a larger batch gains nothing and keeps other readers out.
const batchWeight = 1000

// take waits for work and returns the next batch, in call order. One operation
// is never split.
func (c *Core) take() []*operation {
	for {
		c.mu.Lock()
		weight, n := 0, 0
		for n < len(c.queue) && (n == 0 || weight+c.queue[n].weight <= batchWeight) {
			op := c.queue[n]
			if op.solo != nil && n > 0 {
				break
			}
			weight += op.weight
			c.following = c.following && !op.follow
			if n++; op.solo != nil {
				break
			}
		}
		batch := c.queue[:n:n]
		c.queue = c.queue[n:]
		c.mu.Unlock()
		if n > 0 {
			return batch
		}
		c.fresh = false
		<-c.wake
		if c.writesQueued() {
			c.cfg.Settle() // one write seldom comes alone
		}
	}
}

// writesQueued reports whether there are writes in the queue that may wait for others to
// come: not so a draft that has no note.
func (c *Core) writesQueued() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, op := range c.queue {
		if op.writes {
			return op.note == nil || op.note.tab != ""
		}
	}
	return false
}
