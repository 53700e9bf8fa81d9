package core_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// unheard are what another tab may do that the tab which leads has not heard of.
var unheard = []struct {
	name string
	do   func(y *tab, db *memstore.DB)
	lost bool // what was there before is gone
	more bool // a conversation has come
}{
	{name: "a commit", more: true, do: func(y *tab, _ *memstore.DB) { y.theirs(1) }},
	{name: "many commits", more: true, do: func(y *tab, _ *memstore.DB) { y.theirs(30) }},
	{name: "a wipe", lost: true, do: func(y *tab, _ *memstore.DB) { y.wipe() }},
	{name: "commits and a wipe", lost: true, do: func(y *tab, _ *memstore.DB) {
		y.theirs(5)
		y.wipe()
	}},
	{name: "a wipe and commits", lost: true, more: true, do: func(y *tab, _ *memstore.DB) {
		y.wipe()
		y.theirs(2)
	}},
	{name: "counters made anew", do: func(y *tab, db *memstore.DB) { y.reopened(db) }},
	{name: "counters made anew and commits", more: true, do: func(y *tab, db *memstore.DB) { y.reopened(db).theirs(1) }},
}

// theirs receives messages in one conversation, one after the other.
func (x *tab) theirs(n int) {
	x.t.Helper()
	for i := range n {
		x.receive(message(c2c("theirs"), fmt.Sprint("t", i), 50))
	}
}

// notices commits, and expects that what y has done, of which x has not heard, is there in
// all tabs, also in that of y once it hears of the commit.
func (x *tab) notices(db *memstore.DB, y *tab, lost, more bool) {
	x.t.Helper()
	db.Drop()
	x.receive(message(c2c("mine"), "m", 100))
	for _, tab := range []*tab{x, openTab(x.t, db, x.clock)} {
		for id, want := range map[string]bool{"mine": true, "theirs": more, "b": !lost} {
			if (tab.show(c2c(id)) != "") != want {
				x.t.Errorf("%s is there: %v, want %v", id, !want, want)
			}
		}
		tab.verified()
	}
	db.Release()
	y.follow(db)
	y.expect("list in the other tab", y.list(), x.list())
}

// The tab opened first leads: what it commits it adds behind what it knows, without
// looking.
func TestATabThatLeadsNoticesWhatItHasNotHeardOf(t *testing.T) {
	for _, c := range unheard {
		for _, folded := range []string{"nothing", "a part", "everything"} {
			t.Run(fmt.Sprint(c.name, ", folded is ", folded), func(t *testing.T) {
				db, clock := memstore.NewDB(), newClock()
				x, y := openTab(t, db, clock), openTab(t, db, clock)
				x.receive(message(c2c("a"), "1", 0), message(c2c("b"), "2", 1))
				x.folded(db, folded)
				y.follow(db)
				db.Hold()
				c.do(y, db)
				x.notices(db, y, c.lost, c.more)
			})
		}
	}
}

// folded has the journal folded, and commits once more at least.
func (x *tab) folded(db *memstore.DB, what string) {
	x.t.Helper()
	if what == "a part" {
		x.busy(0)
		x.eventually("folding", short(db))
	}
	x.receive(message(c2c("more"), "more", 2))
	x.receive(message(c2c("more"), "most", 3))
	if what == "everything" {
		big := message(c2c("big"), "big", 2)
		big.Raw = make([]byte, 2000)
		x.receive(big)
		x.eventually("folding", func() bool { return db.Len(core.SpaceLog) <= 1 })
	}
}

// reopened opens a tab after the counters have been damaged.
func (x *tab) reopened(db *memstore.DB) *tab {
	x.t.Helper()
	x.must(x.handle.Update(func(tx core.Tx) error {
		tx.Put(core.SpaceMeta, core.MetaKey, []byte("\x83damaged"))
		return nil
	}))
	return openTab(x.t, db, x.clock)
}

// A tab that was there before anything was stored must not take the entries of an epoch
// for those of the next.
func TestATabOfAnEmptyDatabaseBesideCountersMadeAnew(t *testing.T) {
	for _, id := range []string{"mine", "theirs"} {
		db, clock := memstore.NewDB(), newClock()
		x, idle := openTab(t, db, clock), openTab(t, db, clock)
		db.Hold()
		x.theirs(2)
		mended := x.reopened(db)
		idle.receive(message(c2c(id), "i", 100))
		mended.receive(message(c2c(id), "m", 101))
		db.Drop()
		for _, tab := range []*tab{idle, mended, openTab(t, db, clock)} {
			tab.barrier()
			if got, want := tab.total(), 4; got != want {
				t.Errorf("%s: total %d, want %d", id, got, want)
			}
			tab.verified()
		}
	}
}

func TestATabThatLeadsNoticesASecondRepair(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	for i := range 5 {
		x.receive(message(c2c("a"), fmt.Sprint(i), int64(i)))
	}
	x.reopened(db)
	x.handle.Wake()
	x.follow(db)
	time.Sleep(1100 * time.Millisecond) // then it guesses again
	db.Hold()
	y := x.reopened(db)
	x.receive(message(c2c("mine"), "m", 100))
	y.must(y.pin("a", true))
	for i, tab := range []*tab{x, y, openTab(t, db, clock)} {
		if tab.show(c2c("mine")) == "" {
			t.Errorf("tab %d has not what was committed", i)
		}
		tab.verified()
	}
}

func TestAWipeOfATabThatKnewALaterDatabase(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, w := openTab(t, db, clock), &tab{t: t, clock: clock, rows: map[string]string{}, totals: map[string]int{}}
	x.theirs(3)
	m := &moving{Handle: memstore.NewDB().NewTab(), to: db.NewTab()}
	w.core = core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return m, nil },
		Codec: plain{}, Listener: w, Now: clock.read, Random: func() string { return fmt.Sprint("epoch-", epochs.Add(1)) },
		After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	w.theirs(20)
	m.now.Store(true)
	db.Hold()
	w.wipe()
	x.receive(message(c2c("mine"), "m", 100))
	for _, tab := range []*tab{x, openTab(t, db, clock)} {
		tab.expect("list", tab.list(), "mine")
		tab.verified()
	}
}

// A counting handle counts what its transactions read and add.
type counting struct {
	*memstore.Handle
	reads, adds atomic.Int64
	ids         atomic.Int64 // reads of identities
}

type countingTx struct {
	core.Tx
	of *counting
}

func (c *counting) Update(fn func(core.Tx) error) error {
	return c.Handle.Update(func(tx core.Tx) error { return fn(countingTx{tx, c}) })
}

func (c *counting) View(fn func(core.Tx) error) error {
	return c.Handle.View(func(tx core.Tx) error { return fn(countingTx{tx, c}) })
}

func (c *counting) read(space core.Space) {
	c.reads.Add(1)
	if space == core.SpaceIDs {
		c.ids.Add(1)
	}
}

func (t countingTx) Get(space core.Space, keys ...string) ([][]byte, error) {
	t.of.read(space)
	return t.Tx.Get(space, keys...)
}

func (t countingTx) Expect(space core.Space, keys ...string) {
	t.of.read(space)
	t.Tx.Expect(space, keys...)
}

func (t countingTx) Add(space core.Space, key string, value []byte) {
	t.of.adds.Add(1)
	t.Tx.Add(space, key, value)
}

func TestATabThatLeadsReadsNothingBeforeItCommits(t *testing.T) {
	x := newTab(t)
	h := &counting{Handle: memstore.NewDB().NewTab()}
	c := core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return h, nil },
		Codec: plain{}, Listener: x, Limits: core.Limits{Pinned: 3}, Now: x.clock.read, Random: func() string { return "id" },
		After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	x.must(wait(func(done func(error)) { c.Receive(incoming(message(c2c("a"), "1", 0)), done) }))
	for i := range 3 {
		reads, adds := h.reads.Load(), h.adds.Load()
		x.must(wait(func(done func(error)) { c.Pin(c2c("a"), i%2 == 0, done) }))
		if r, a := h.reads.Load()-reads, h.adds.Load()-adds; r != 0 || a != 1 {
			t.Errorf("a pin reads %d times and adds %d entries, want 0 and 1", r, a)
		}
	}
	reads := h.reads.Load()
	x.must(wait(func(done func(error)) { c.Pin(c2c("a"), true, done) })) // it is: nothing is put
	if h.reads.Load() == reads {
		t.Error("what commits nothing does not look what is stored")
	}
}

// A moving handle is over another database once it is told, as when the browser has
// deleted the one that was there.
type moving struct {
	*memstore.Handle
	to  *memstore.Handle
	now atomic.Bool
}

type movedTx struct{ core.Tx }

func (movedTx) Term() uint64 { return 2 }

func (m *moving) UpdateAll(fn func(core.Tx) error) error { return m.to.UpdateAll(fn) }

func (m *moving) Update(fn func(core.Tx) error) error {
	if m.now.Load() {
		return m.to.Update(func(tx core.Tx) error { return fn(movedTx{tx}) })
	}
	return m.Handle.Update(fn)
}

func TestATabThatLeadsLooksWhatIsStoredOverAnotherConnection(t *testing.T) {
	db, x := memstore.NewDB(), newTab(t)
	m := &moving{Handle: memstore.NewDB().NewTab(), to: db.NewTab()}
	c := core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return m, nil },
		Codec: plain{}, Listener: x, Now: x.clock.read, Random: func() string { return "id" },
		After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	for i, id := range []string{"gone", "gone too", "here"} {
		m.now.Store(i == 2)
		x.must(wait(func(done func(error)) { c.Receive(incoming(message(c2c(id), id, int64(i))), done) }))
	}
	listed := 0
	x.must(wait(func(done func(error)) { c.Read(func(a *core.Account) { listed = a.Len() }, done) }))
	if listed != 1 {
		t.Errorf("the tab has %d conversations, want the one that is stored", listed)
	}
	y := openTab(t, db, x.clock)
	y.expect("list", y.list(), "here")
	y.verified()
}

// leading is a handle that leads until it has been asked once.
type leading struct {
	*memstore.Handle
	asked atomic.Int64
}

func (l *leading) Leads() bool { return l.asked.Add(1) == 1 }

func TestATabThatHasLetGoOfTheLeadDoesNotFold(t *testing.T) {
	db, x := memstore.NewDB(), newTab(t)
	l := &leading{Handle: db.NewTab()}
	c := core.New(core.Config{
		Open:    func(func(core.State, string)) (core.Store, error) { return l, nil },
		Journal: core.Journal{From: 1}, Codec: plain{}, Listener: x, Now: x.clock.read,
		Random: func() string { return "id" }, After: func(_ time.Duration, fn func()) { go fn() },
		Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	x.must(wait(func(done func(error)) { c.Receive(incoming(message(c2c("a"), "1", 0)), done) }))
	x.eventually("a step of folding", func() bool { return l.asked.Load() > 1 })
	x.must(wait(func(done func(error)) { c.Receive(incoming(message(c2c("a"), "2", 1)), done) }))
	if got := db.Len(core.SpaceLog); got != 2 {
		t.Errorf("the journal has %d entries, want 2", got)
	}
	if got := db.Len(core.SpaceMessages) + db.Len(core.SpaceConvs); got != 0 {
		t.Errorf("%d records have been folded", got)
	}
}
