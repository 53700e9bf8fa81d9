package core_test

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// eventually waits for what a tab does by itself.
func (x *tab) eventually(what string, is func() bool) {
	x.t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatalf("%s does not come about", what)
		}
	}
}

// short reports whether the journal has been folded.
func short(db *memstore.DB) func() bool {
	return func() bool { return db.Len(core.SpaceLog) < 20 }
}

// busy receives a few hundred messages in some twenty conversations, of which
// some are changed and deleted again.
func (x *tab) busy(from int) {
	x.t.Helper()
	for i := from; i < from+200; i++ {
		key := c2c(fmt.Sprint("c", i%20))
		x.receive(message(key, fmt.Sprint("m", i), int64(i)), message(group(fmt.Sprint("g", i%7)), fmt.Sprint("n", i), int64(i)))
		switch i % 50 {
		case 10:
			x.delete(key)
		case 20:
			x.must(x.read(key, core.ReadUpTo{}))
		case 30:
			x.core.ChangeMessages("change", []core.Change{{Target: core.Target{Conv: key, ID: fmt.Sprint("m", i-20)}, What: []byte("changed")}},
				func([]core.Changed, error) {})
		}
	}
}

func (x *tab) all() string {
	x.t.Helper()
	var text string
	for _, key := range []core.ConvKey{c2c("c0"), c2c("c10"), group("g0"), group("g3")} {
		x.core.Messages(key, core.History{Count: 1000}, func(found []*core.Message, _ *core.Conversation, err error) {
			x.must(err)
			for _, m := range found {
				text += fmt.Sprintf("%s=%s ", m.ID, m.Raw)
			}
		})
		x.barrier()
	}
	return x.texts() + text
}

// texts is the list, a conversation a line.
func (x *tab) texts() string {
	x.t.Helper()
	lines := ""
	x.core.Read(func(a *core.Account) {
		a.Conversations(func(c *core.Conversation) bool { lines += string(c.Text(plain{})) + "\n"; return true })
	}, func(error) {})
	x.barrier()
	return lines
}

func TestTheJournalIsFolded(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.busy(0)
	before := x.all()
	x.eventually("folding", short(db))
	if db.Len(core.SpaceMessages) < 100 || db.Len(core.SpaceConvs) == 0 {
		t.Fatalf("%d messages and %d pages stored", db.Len(core.SpaceMessages), db.Len(core.SpaceConvs))
	}
	y.follow(db)
	fresh := openTab(t, db, clock)
	for i, tab := range []*tab{x, y, fresh} {
		tab.expect(fmt.Sprint("tab ", i), tab.all(), before)
		tab.verified()
	}
	x.receive(message(c2c("c0"), "m0", 0), message(c2c("c3"), "m103", 103))
	x.expect("what was folded comes again", x.all(), before)
}

func TestFoldingGoesOnWhereAnotherTabStopped(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	for round := range 12 {
		x := openTab(t, db, clock)
		x.busy(round * 200)
		before := x.all()
		n := 0
		db.SetFault(func(c memstore.Commit) memstore.Outcome { // the tab dies at some step
			if n++; n > round {
				x.handle.Kill()
			}
			return memstore.Outcome{}
		})
		x.eventually("death", func() bool { _, err := x.handle.LiveTabs(); return err != nil || short(db)() })
		db.SetFault(nil)
		y := openTab(t, db, clock)
		y.expect(fmt.Sprint("after round ", round), y.all(), before)
		y.verified()
		y.handle.Kill()
		x.handle.Kill()
	}
	x := openTab(t, db, clock)
	x.eventually("folding", short(db))
	if pages := db.Len(core.SpaceConvs); pages > 12 {
		t.Errorf("%d pages for 27 conversations", pages)
	}
}

// sluggish is a handle whose steps of folding put few messages each.
type sluggish struct{ *memstore.Handle }

type sluggishTx struct{ core.Tx }

func (s sluggish) Update(fn func(core.Tx) error) error {
	return s.Handle.Update(func(tx core.Tx) error { return fn(sluggishTx{tx}) })
}

func (tx sluggishTx) Put(space core.Space, key string, value []byte) {
	if space == core.SpaceMessages {
		time.Sleep(time.Millisecond)
	}
	tx.Tx.Put(space, key, value)
}

// TestAnAccountThatIsReadAnewIsFoldedAnew: between two steps an entry comes that is
// damaged, for which everything is read once more.
func TestAnAccountThatIsReadAnewIsFoldedAnew(t *testing.T) {
	const all = 100
	db, clock, later := memstore.NewDB(), newClock(), make(chan func(), 100)
	x := &tab{t: t, clock: clock, rows: map[string]string{}, totals: map[string]int{}}
	x.core = core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return sluggish{db.NewTab()}, nil },
		Codec: plain{}, Listener: x, Journal: core.Journal{From: 1}, Now: clock.read, Random: func() string { return "id" },
		After: func(_ time.Duration, fn func()) { later <- fn }, Report: func(err error) { t.Logf("reported: %v", err) },
	})
	var many []*core.Message
	for i := range all {
		many = append(many, message(c2c(fmt.Sprint("c", i%50)), fmt.Sprint("m", i), int64(i)))
	}
	x.receive(many...)
	step := func() { // whatever waits, if it is due
		for n := len(later); n > 0; n-- {
			(<-later)()
		}
		x.list()
		time.Sleep(time.Millisecond)
	}
	x.eventually("a first step", func() bool { step(); return db.Len(core.SpaceMessages) > 0 })
	if n := db.Len(core.SpaceMessages); n >= all {
		t.Fatalf("one step was enough for %d messages", n)
	}
	y := openTabWith(t, db, clock, func(func()) {})
	db.Hold()
	y.receive(message(c2c("theirs"), "t", 5))
	key := ""
	for k := range db.Records(core.SpaceLog) {
		key = max(key, k)
	}
	entry := bytes.Clone(db.Records(core.SpaceLog)[key])
	entry[bytes.LastIndex(entry, []byte("theirs"))] ^= 1
	y.must(y.handle.Update(func(tx core.Tx) error { tx.Put(core.SpaceLog, key, entry); return nil }))
	y.handle.Kill()
	x.eventually("folding", func() bool { step(); return db.Len(core.SpaceMessages) >= all || short(db)() && len(later) == 0 })
	z := openTabWith(t, db, clock, func(func()) {})
	if got := z.export().messages; got < all {
		t.Errorf("%d messages are left of %d", got, all)
	}
}

func TestALongJournalIsFoldedInRounds(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	var later []func()
	x := openTabWith(t, db, clock, func(fn func()) { later = append(later, fn) })
	for i := range 100 {
		x.receive(message(c2c(fmt.Sprint("c", i%20)), fmt.Sprint("m", i), int64(i)))
	}
	before, lengths := x.all(), []int{db.Len(core.SpaceLog)}
	for len(later) > 0 {
		now := later
		later = nil
		for _, fn := range now {
			fn()
		}
		x.barrier()
		if n := db.Len(core.SpaceLog); n < lengths[len(lengths)-1] {
			lengths = append(lengths, n)
		}
	}
	if len(lengths) < 4 {
		t.Errorf("the journal's entries, as it became shorter: %v", lengths)
	}
	y := openTab(t, db, clock)
	y.expect("a fresh tab", y.all(), before)
	y.verified()
}

func TestAMessageThatWasFoldedAndComesAgainBesideANewOneCountsOnce(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	for i := range 60 {
		x.receive(message(c2c("c"), fmt.Sprint("m", i), int64(i)))
	}
	x.eventually("folding", func() bool { return db.Len(core.SpaceLog) < 5 })
	for i := range 10 {
		x.receive(message(c2c("c"), fmt.Sprint("m", i), int64(i)), message(c2c("c"), fmt.Sprint("n", i), int64(100+i)))
		x.receive(message(c2c("d"), fmt.Sprint("d", i), int64(i)))
	}
	y.follow(db)
	for i, tab := range []*tab{x, y, openTab(t, db, clock)} {
		tab.core.Read(func(a *core.Account) {
			if c, d := a.Conversation(c2c("c")), a.Conversation(c2c("d")); c.Unread != 70 || d.Unread != 10 {
				t.Errorf("tab %d: %d and %d unread, want 70 and 10", i, c.Unread, d.Unread)
			}
		}, func(error) {})
		tab.verified()
	}
}

func TestHeavyConversationsAreNotWrittenAgainForALightOne(t *testing.T) {
	const many, heavy = 150, 40_000 // of which few fill a page
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	for i := range many {
		m := message(c2c(fmt.Sprint("c", i)), fmt.Sprint("m", i), int64(i))
		m.Raw = bytes.Repeat([]byte{'x'}, heavy)
		x.receive(m)
	}
	x.eventually("folding", short(db))
	pages := db.Len(core.SpaceConvs)
	var written atomic.Int64
	db.SetFault(func(c memstore.Commit) memstore.Outcome {
		written.Add(int64(c.Bytes))
		return memstore.Outcome{}
	})
	for i := range 40 {
		x.receive(message(c2c("light"), fmt.Sprint("a message of some length ", i), int64(i)))
	}
	x.eventually("folding", short(db))
	if got := written.Load(); got > many*heavy/2 {
		t.Errorf("%d bytes were written for 40 messages beside %d pages of %d bytes in all", got, pages, many*heavy)
	}
	x.verified()
}
