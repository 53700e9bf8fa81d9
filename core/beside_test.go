package core_test

import (
	"fmt"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// A tab that writes beside another asks the journal alone what the other has done, once
// it has read the counters.
func TestATabBesideAnotherNoticesWhatItHasNotHeardOf(t *testing.T) {
	for _, c := range unheard {
		for _, folded := range []string{"nothing", "a part", "everything"} {
			for _, late := range []bool{false, true} {
				t.Run(fmt.Sprint(c.name, ", folded is ", folded, ", afterwards: ", late), func(t *testing.T) {
					db, clock := memstore.NewDB(), newClock()
					y, x := openTab(t, db, clock), openTab(t, db, clock)
					y.receive(message(c2c("a"), "1", 0), message(c2c("b"), "2", 1))
					if !late {
						y.folded(db, folded)
					}
					x.follow(db)
					for i := range 2 {
						y.must(y.pin("a", i == 0))
						x.must(x.pin("b", i == 0))
					}
					y.follow(db)
					db.Hold()
					c.do(y, db)
					if late {
						y.folded(db, folded)
					}
					x.notices(db, y, c.lost, c.more)
				})
			}
		}
	}
}

// beside opens a tab with that handle beside one of db, and has both commit.
func beside(t *testing.T, db *memstore.DB, store core.Store) (x, other *tab) {
	t.Helper()
	other = openTab(t, db, newClock())
	x = &tab{t: t, clock: other.clock, rows: map[string]string{}, totals: map[string]int{}}
	x.core = core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return store, nil },
		Codec: plain{}, Listener: x, Limits: core.Limits{Pinned: 3}, Now: x.clock.read,
		Random: func() string { return fmt.Sprint("epoch-", epochs.Add(1)) },
		After:  func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	other.receive(message(c2c("a"), "1", 0), message(c2c("b"), "2", 1))
	for i := range 2 {
		other.must(other.pin("a", i == 0))
		x.must(x.pin("b", i == 0))
	}
	other.follow(db)
	return x, other
}

func TestATabBesideAnotherReadsTheJournalAlone(t *testing.T) {
	db := memstore.NewDB()
	h := &counting{Handle: db.NewTab()}
	db.NewTab() // so that neither leads
	x, other := beside(t, db, h)
	db.Hold()
	for i := range 4 {
		other.must(other.pin("a", i%2 == 0))
		reads := h.reads.Load()
		x.must(x.pin("b", i%2 == 0))
		if got := h.reads.Load() - reads; got != 0 {
			t.Errorf("beside the journal %d records are read", got)
		}
	}
	db.Release()
	reads := h.reads.Load()
	for i := range 4 { // how far it is folded is looked at now and then
		time.Sleep(350 * time.Millisecond)
		other.must(other.pin("a", i%2 == 0))
		x.must(x.pin("b", i%2 == 0))
	}
	if h.reads.Load() == reads {
		t.Error("the counters are not read any more")
	}
	other.follow(db)
	other.expect("list", other.list(), x.list())
}

// Before folding left a last entry the journal could be empty, and counters made anew
// there begin with low numbers.
func TestAnEmptyJournalDoesNotTell(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	y := openTab(t, db, clock)
	y.theirs(5)
	y.folded(db, "everything")
	y.must(y.handle.Update(func(tx core.Tx) error {
		tx.DeleteRange(core.SpaceLog, "", "")
		return nil
	}))
	x := openTab(t, db, clock)
	x.handle.Wake()
	x.follow(db)
	z := x.reopened(db)
	open := make(chan struct{})
	x.core.Read(func(*core.Account) { <-open }, func(error) {})
	z.receive(message(c2c("z"), "z", 100))
	db.Settle()
	done := make(chan error, 1)
	x.core.Receive(incoming(message(c2c("mine"), "m", 101)), func(err error) { done <- err })
	close(open)
	x.must(<-done)
	for _, tab := range []*tab{x, openTab(t, db, clock)} {
		if tab.show(c2c("mine")) == "" || tab.show(c2c("z")) == "" || tab.show(c2c("theirs")) == "" {
			t.Errorf("the list is %s", tab.list())
		}
		tab.verified()
	}
}

func TestATabBesideAnotherLooksWhatIsStoredOverAnotherConnection(t *testing.T) {
	db, next := memstore.NewDB(), memstore.NewDB()
	db.NewTab() // so that ours does not lead
	m := &moving{Handle: db.NewTab(), to: next.NewTab()}
	x, _ := beside(t, db, m)
	m.now.Store(true)
	x.receive(message(c2c("mine"), "m", 100))
	for _, tab := range []*tab{x, openTab(t, next, x.clock)} {
		tab.expect("list", tab.list(), "mine")
		tab.verified()
	}
}
