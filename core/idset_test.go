package core_test

import (
	"fmt"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// counted opens a tab of which it is counted what it reads in transactions.
func counted(t *testing.T, db *memstore.DB, store core.Store) *tab {
	t.Helper()
	x := &tab{t: t, clock: newClock(), rows: map[string]string{}, totals: map[string]int{}}
	x.core = core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return store, nil },
		Codec: plain{}, Listener: x, Journal: core.Journal{Keep: 500, Round: 4000, From: 1000, Busy: 1000, AtAll: 20000},
		Now: x.clock.read, Random: func() string { return fmt.Sprint("epoch-", epochs.Add(1)) },
		After: func(d time.Duration, fn func()) { time.AfterFunc(d/20, fn) }, Report: func(err error) { t.Logf("reported: %v", err) },
	})
	return x
}

// many are n messages of which only the ids differ.
func many(of string, n int) (all []*core.Message) {
	for i := range n {
		all = append(all, message(c2c("many"), fmt.Sprint(of, i), int64(i)))
	}
	return all
}

// laid makes a database that has these messages, and not only in the journal.
func laid(t *testing.T, messages []*core.Message) *memstore.DB {
	t.Helper()
	db := memstore.NewDB()
	x := openTab(t, db, newClock())
	x.receive(messages...)
	x.receive(message(c2c("other"), "other", 1))
	x.eventually("folding", func() bool {
		size := 0
		for _, entry := range db.Records(core.SpaceLog) {
			size += len(entry)
		}
		return size < 1000
	})
	x.handle.Kill()
	return db
}

// learned receives messages of new identities until none is looked up.
func (x *tab) learned(h *counting) {
	x.t.Helper()
	n := 0
	x.eventually("that new identities are not looked up", func() bool {
		reads := h.ids.Load()
		n++
		x.receive(message(c2c("new"), fmt.Sprint("new", n), int64(n)))
		return h.ids.Load() == reads
	})
}

// known expects that messages are taken for those that are there.
func (x *tab) known(messages []*core.Message) {
	x.t.Helper()
	before := x.total()
	for _, m := range messages {
		x.receive(message(m.Conv, m.ID, 1))
	}
	if got := x.total(); got != before {
		x.t.Errorf("%d messages that are stored were taken for new, as %s", got-before, messages[0].ID)
	}
}

func TestATabThatLeadsLooksUpOnlyWhatMayBeStored(t *testing.T) {
	const n = 4500 // which are read in several steps
	db := laid(t, many("m", n))
	h := &counting{Handle: db.NewTab()}
	x := counted(t, db, h)
	x.learned(h)
	seeded := many("m", n)
	x.known([]*core.Message{seeded[0], seeded[1999], seeded[2000], seeded[2001], seeded[n/2], seeded[n-1], seeded[n-2]})
	reads := h.ids.Load()
	x.receive(many("batch", 1000)...)
	if got := h.ids.Load() - reads; got != 0 {
		t.Errorf("for a batch of new messages %d times something was read", got)
	}
	x.known(many("batch", 20)) // from the journal
	ids := db.Len(core.SpaceIDs)
	x.eventually("folding", func() bool {
		x.receive(message(c2c("new"), fmt.Sprint("more", ids), 1))
		ids++
		return db.Len(core.SpaceIDs) >= n+1000 && db.Len(core.SpaceLog) < 20
	})
	x.known(many("batch", 1000))
	x.verified()
}

func TestATabThatDoesNotLeadLooksUpWhatIsNotInMemory(t *testing.T) {
	db := laid(t, many("m", 200))
	db.NewTab()
	h := &counting{Handle: db.NewTab()}
	x := counted(t, db, h)
	for i := range 10 {
		time.Sleep(time.Millisecond * 10)
		reads := h.ids.Load()
		x.receive(message(c2c("new"), fmt.Sprint("new", i), int64(i)))
		if h.ids.Load() == reads {
			t.Fatal("nothing was looked up")
		}
	}
	x.known(many("m", 10))
}

func TestWhatIsStoredIsLearnedAnewOverAnotherConnection(t *testing.T) {
	there := laid(t, many("there", 200))
	m := &moving{Handle: memstore.NewDB().NewTab(), to: there.NewTab()}
	h := &counting{Handle: m.Handle}
	x := counted(t, there, movingCounted{m, h})
	x.learned(h)
	m.now.Store(true)
	x.receive(message(c2c("mine"), "m", 100))
	x.known(many("there", 10))
	x.verified()
}

// movingCounted counts until it moves.
type movingCounted struct {
	*moving
	counting *counting
}

func (m movingCounted) Update(fn func(core.Tx) error) error {
	if m.now.Load() {
		return m.moving.Update(fn)
	}
	return m.counting.Update(fn)
}

func (m movingCounted) View(fn func(core.Tx) error) error {
	if m.now.Load() {
		return m.to.View(func(tx core.Tx) error { return fn(movedTx{tx}) })
	}
	return m.counting.View(fn)
}

func TestAnIdentityThatWasFoldedMeanwhileIsLookedUp(t *testing.T) {
	for _, more := range []bool{false, true} {
		db, clock := memstore.NewDB(), newClock()
		y, x := openTab(t, db, clock), openTab(t, db, clock)
		y.receive(many("m", 50)...)
		x.follow(db)
		db.Hold()
		y.folded(db, "everything")
		if more {
			y.theirs(3)
		}
		db.Drop()
		for _, m := range many("m", 50)[20:30] {
			x.receive(m)
		}
		x.core.Messages(c2c("many"), core.History{Count: 1000}, func(found []*core.Message, _ *core.Conversation, err error) {
			x.must(err)
			if len(found) != 50 {
				t.Errorf("there are %d messages, want 50", len(found))
			}
		})
		x.barrier()
		x.verified()
	}
}
