package core_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

// follow has a tab read what the others committed.
func (x *tab) follow(db *memstore.DB) {
	x.t.Helper()
	db.Settle()
	x.barrier()
}

func TestOtherTabsHearTheSameCallbacks(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	online := message(c2c("a"), "online", 0)
	online.Online = true
	x.receive(message(c2c("a"), "1", 0), online)
	y.follow(db)
	y.expect("events in the other tab", y.heard(), "new 1,online; add a; total 1")
	y.expect("list in the other tab", y.list(), "a")

	x.heard()
	y.must(y.read(c2c("a"), core.ReadUpTo{}))
	x.follow(db)
	x.expect("events", x.heard(), "update a; total 0")
	y.heard()
	x.delete(c2c("a"))
	y.follow(db)
	y.expect("events of a deletion", y.heard(), "del a")
}

func TestMessageFedInTwoTabsCountsOnce(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	db.Hold() // y does not hear of it
	x.receive(message(c2c("a"), "1", 0))
	y.receive(message(c2c("a"), "1", 0))
	y.expect("events", y.heard(), "new 1; add a; total 1")
	if got := y.total(); got != 1 {
		t.Errorf("total %d, want 1", got)
	}
	y.verified()
}

func TestTwoTabsHammeringOneAccountLoseNothing(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	tabs := []*tab{openTab(t, db, clock), openTab(t, db, clock)}
	const each = 300
	var all sync.WaitGroup
	for n, x := range tabs {
		all.Add(each)
		for i := range each {
			m := message(c2c(fmt.Sprint("peer", i%7)), fmt.Sprint(n, "-", i), int64(i))
			x.core.Receive(incoming(m), func(err error) {
				if err != nil {
					t.Error(err)
				}
				all.Done()
			})
		}
	}
	all.Wait()
	for _, x := range tabs {
		x.follow(db)
		if got := x.total(); got != 2*each {
			t.Errorf("total %d, want %d", got, 2*each)
		}
		x.verified()
		x.replayed()
	}
	if a, b := tabs[0].list(), tabs[1].list(); a != b {
		t.Errorf("the lists differ:\n%s\n%s", a, b)
	}
}

// replayed checks that the events alone tell the list.
func (x *tab) replayed() {
	x.t.Helper()
	n := 0
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			a.Conversations(func(c *core.Conversation) bool {
				n++
				if got, want := x.rows[keyOf(c)], string(c.Text(plain{})); got != want {
					x.t.Errorf("by events:\n got %s\nwant %s", got, want)
				}
				return true
			})
			if n != len(x.rows) {
				x.t.Errorf("events tell of %d conversations, the list of %d", len(x.rows), n)
			}
		}, done)
	}))
}

func TestTabFarBehindReadsEverythingAndTakesTheDifference(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.receive(message(c2c("stays"), "1", 0), message(c2c("goes"), "2", 1))
	y.follow(db)
	y.heard()
	db.Hold()
	for i := range 600 {
		x.receive(message(c2c("busy"), fmt.Sprint("m", i), int64(i)))
	}
	x.delete(c2c("goes"))
	db.Release()
	y.follow(db)
	y.replayed()
	y.expect("list", y.list(), x.list())
}

func TestLostAnnouncementIsMadeUpForByTheNextCommit(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	db.Hold()
	x.receive(message(c2c("a"), "1", 0))
	db.Drop()
	y.create(c2c("b"))
	y.expect("events", y.heard(), "new 1; add a; total 1; add b")
}

func TestTabThatComesBackToLifeCatchesUp(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	db.Hold()
	x.receive(message(c2c("a"), "1", 0))
	db.Drop()
	y.handle.Wake()
	y.follow(db)
	y.expect("events", y.heard(), "new 1; add a; total 1")
}

func TestFailedTransactionIsRunOnceMoreAndAnsweredOnce(t *testing.T) {
	cases := []struct {
		name string
		fail func(*memstore.DB)
	}{
		{"before it took effect", func(db *memstore.DB) { db.FailNext(1, core.CodeStorage) }},
		{"after it took effect", func(db *memstore.DB) { db.FailNextAfterCommit(1) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			db, clock := memstore.NewDB(), newClock()
			x := openTab(t, db, clock)
			c.fail(db)
			x.receive(message(c2c("a"), "1", 0))
			x.expect("events", x.heard(), "new 1; add a; total 1")
			x.verified()
			y := openTab(t, db, clock)
			if got := y.total(); got != 1 {
				t.Errorf("total after a restart %d, want 1", got)
			}
		})
	}
}

func TestOnlyTheCallTooLargeFailsForQuota(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	db.FailAbove(5000)
	big := message(c2c("big"), "big", 0)
	big.Raw = make([]byte, 20000)
	answers := make(chan error, 3)
	answer := func(err error) { answers <- err }
	x.core.Receive(incoming(message(c2c("a"), "1", 0)), answer)
	x.core.Receive(incoming(big), answer)
	x.core.Receive(incoming(message(c2c("b"), "2", 1)), answer)
	for i, want := range []core.Code{-1, core.CodeQuota, -1} {
		if got := codeOf(<-answers); got != want {
			t.Errorf("call %d: code %d, want %d", i, got, want)
		}
	}
	x.expect("list", x.list(), "b a")
	x.verified()
}

func TestAccountThatCannotBeOpenedAnswersEveryCall(t *testing.T) {
	fault := &core.Error{Code: core.CodeStorageClosed, Op: "open"}
	x := &tab{t: t, rows: map[string]string{}}
	c := core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return nil, fault },
		Codec: plain{}, Listener: x, Now: newClock().read,
		Report: func(error) {},
	})
	if err := wait(func(done func(error)) { c.Receive(core.Incoming{}, done) }); !errors.Is(err, fault) {
		t.Errorf("got %v, want the fault of opening", err)
	}
	closed := make(chan struct{})
	c.Close(func() { close(closed) })
	<-closed
	if code := codeOf(wait(func(done func(error)) { c.Receive(core.Incoming{}, done) })); code != core.CodeInterrupted {
		t.Errorf("after Close: code %d, want CodeInterrupted", code)
	}
}

func TestCallsAcceptedBeforeCloseAreCommittedAndAnswered(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	answers := make(chan error, 2)
	x.core.Receive(incoming(message(c2c("a"), "1", 0)), func(err error) { answers <- err })
	x.core.Close(func() { answers <- nil })
	x.must(<-answers)
	x.must(<-answers)
	y := openTab(t, db, clock)
	y.expect("list after a restart", y.list(), "a")
}
