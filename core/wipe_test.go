package core_test

import (
	"runtime"
	"strings"
	"testing"
	"time"
	"weak"

	"timconv/core"
	"timconv/store/memstore"
)

func (x *tab) wipe() {
	x.t.Helper()
	x.must(wait(x.core.Wipe))
}

// mustBeEmpty fails unless an account's database and list have nothing but what
// a wipe leaves: entries of the journal with nothing in them among it.
func (x *tab) mustBeEmpty(db *memstore.DB) {
	x.t.Helper()
	x.expect("list", x.list(), "")
	if x.total() != 0 || len(x.rows) != 0 {
		x.t.Errorf("total %d, rows by events %v", x.total(), x.rows)
	}
	for _, space := range core.Spaces {
		want := 0
		if space == core.SpaceMeta {
			want = 2 // counters, and the stamp of the wipe
		}
		if space == core.SpaceLog {
			for rev, entry := range db.Records(space) {
				if len(entry) > 32 {
					x.t.Errorf("entry %s of the journal still has %d bytes", rev, len(entry))
				}
			}
			continue
		}
		if got := db.Len(space); got != want {
			x.t.Errorf("%d records are left in %s, want %d", got, space, want)
		}
	}
}

// furnish makes one of everything that an account can have.
func (x *tab) furnish() {
	x.t.Helper()
	x.receive(message(c2c("a"), "1", 0), message(c2c("b"), "2", 1), message(group("g"), "3", 2))
	x.must(wait(func(done func(error)) {
		x.core.CreateGroup("work", []core.ConvKey{c2c("a")}, func(_ []error, err error) { done(err) })
	}))
	x.must(wait(func(done func(error)) { x.core.SetMuted([]byte("muted"), []byte("muted"), done) }))
	x.must(x.pin("b", true))
	x.delete(c2c("b"))
	x.draft("a", "text")
	x.barrier()
}

func TestAWipeLeavesNothingAndEveryTabIsTold(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.furnish()
	y.follow(db)
	group := "work"
	for _, tab := range []*tab{x, y} {
		tab.core.Subscribe(core.Filter{Group: &group}, "of work")
		tab.barrier()
		tab.heard()
	}
	x.wipe()
	y.follow(db)
	for _, tab := range []*tab{x, y} {
		tab.expect("events", tab.heard(), "muted ; del a,g; group work deleted; total 0; total of work 0")
		tab.mustBeEmpty(db)
		tab.replayed()
		tab.verified()
	}
	openTab(t, db, clock).mustBeEmpty(db)
}

func TestAWipedAccountBeginsAnew(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.furnish()
	x.wipe()
	x.heard()
	x.receive(message(c2c("b"), "2", 1)) // no mark of a deletion is left
	x.draft("a", "new")
	x.barrier()
	x.expect("events", x.heard(), "new 2; add b; total 1; add a")
	y.follow(db)
	for _, tab := range []*tab{x, y, openTab(t, db, clock)} {
		tab.expect("list", tab.list(), "a b")
		tab.expectDraft("a", "new")
		tab.verified()
	}
}

func TestAWipeComesBetweenTheCallsBeforeAndBehindIt(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	answers := make(chan string, 3)
	tell := func(what string) func(error) {
		return func(err error) {
			if err != nil {
				t.Error(what, err)
			}
			answers <- what
		}
	}
	x.core.Receive(incoming(message(c2c("old"), "1", 0)), tell("receive"))
	x.draft("old", "old")
	x.core.Wipe(tell("wipe"))
	x.draft("new", "new")
	x.core.Receive(incoming(message(c2c("later"), "2", 0)), tell("receive again"))
	x.expect("answers", strings.Join([]string{<-answers, <-answers, <-answers}, ", "), "receive, wipe, receive again")
	x.expect("list", x.list(), "later new")
	x.verified()
}

func TestADraftBehindAWipeKeepsItsNote(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	began, hold := make(chan struct{}, 8), make(chan struct{})
	db.SetFault(func(memstore.Commit) memstore.Outcome {
		began <- struct{}{}
		<-hold
		return memstore.Outcome{}
	})
	x.receive2(message(c2c("a"), "1", 0))
	<-began // so that what follows is accepted before the wipe is done
	x.draft("old", "old")
	x.core.Wipe(func(error) {})
	x.draft("new", "new")
	hold <- struct{}{} // the message
	<-began            // the old draft
	hold <- struct{}{}
	<-began // the wipe
	hold <- struct{}{}
	<-began // the new draft, which is not to be committed
	x.handle.Kill()
	close(hold)
	db.SetFault(nil)
	next := openTab(t, db, clock)
	next.expect("list", next.list(), "new")
	next.expectDraft("new", "new")
}

// receive2 does not wait.
func (x *tab) receive2(m *core.Message) { x.core.Receive(incoming(m), func(error) {}) }

func TestADraftOlderThanAWipeDoesNotComeBack(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	db.SetFault(func(c memstore.Commit) memstore.Outcome {
		if c.Tab == y.handle.Tab() {
			return memstore.Outcome{Err: &core.Error{Code: core.CodeQuota, Op: "commit"}}
		}
		return memstore.Outcome{}
	})
	y.draft("a", "stuck")
	_ = wait(func(done func(error)) { y.core.Receive(core.Incoming{}, done) })
	y.expectDraft("a", "stuck")
	var notes [][]byte
	x.must(y.handle.View(func(tx core.Tx) (err error) {
		notes, err = tx.Values(core.SpaceNotes, "", "", 0)
		return err
	}))
	clock.advance(time.Second)
	x.wipe()
	db.SetFault(nil)
	y.follow(db)
	y.mustBeEmpty(db)
	y.handle.PutNote(y.handle.Tab()+"/1:1:a", notes[0]) // as one that was on its way
	y.handle.Kill()
	next := openTab(t, db, clock)
	next.mustBeEmpty(db)
	next.verified()
}

func TestAWipeIsWholeOrNotAtAll(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault func(db *memstore.DB, x *tab)
		wiped bool
		code  core.Code
	}{
		{"it succeeds", func(*memstore.DB, *tab) {}, true, -1},
		{"it fails once", func(db *memstore.DB, _ *tab) { db.FailNext(1, core.CodeStorage) }, true, -1},
		{"its answer is lost", func(db *memstore.DB, _ *tab) { db.FailNextAfterCommit(1) }, true, -1},
		{"it fails for good", func(db *memstore.DB, _ *tab) { db.FailNext(3, core.CodeStorage) }, false, core.CodeStorage},
		{"there is no room", func(db *memstore.DB, _ *tab) { db.FailNext(1, core.CodeQuota) }, false, core.CodeQuota},
		{"the tab is killed", func(db *memstore.DB, x *tab) {
			db.SetFault(func(memstore.Commit) memstore.Outcome { x.handle.Kill(); return memstore.Outcome{} })
		}, false, core.CodeStorageClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, clock := memstore.NewDB(), newClock()
			x, y := openTab(t, db, clock), openTab(t, db, clock)
			x.furnish()
			c.fault(db, x)
			if got := codeOf(wait(x.core.Wipe)); got != c.code {
				t.Errorf("code %d, want %d", got, c.code)
			}
			db.SetFault(nil)
			y.follow(db)
			for _, tab := range []*tab{y, openTab(t, db, clock)} {
				if c.wiped {
					tab.mustBeEmpty(db)
				} else {
					tab.expect("list", tab.list(), "a g")
					tab.expectDraft("a", "text")
				}
				tab.verified()
			}
		})
	}
}

func TestATabThatHasNotHeardOfAWipeWritesNothingOldBack(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.furnish()
	y.follow(db)
	db.Hold()
	x.wipe()
	db.Drop()
	if code := codeOf(y.pin("a", true)); code != core.CodeNoConversation {
		t.Errorf("a pin of a conversation that is gone: code %d", code)
	}
	y.mustBeEmpty(db)
	y.receive(message(c2c("new"), "9", 0))
	for _, tab := range []*tab{y, openTab(t, db, clock)} {
		tab.expect("list", tab.list(), "new")
		tab.verified()
	}
}

func TestAWipeDropsTheDraftsOfTabsThatNeverOpened(t *testing.T) {
	kept, db, x := early{}, memstore.NewDB(), newTab(t)
	open := func(opener core.Opener) *core.Core {
		return core.New(core.Config{
			Open: opener, Early: kept, Codec: plain{}, Listener: x, Now: x.clock.read,
			Random: func() string { return "id" }, After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
		})
	}
	listed := func(c *core.Core) (n int) {
		x.must(wait(func(done func(error)) { c.Read(func(a *core.Account) { n = a.Len() }, done) }))
		return n
	}
	opened := func(func(core.State, string)) (core.Store, error) { return db.NewTab(), nil }
	wiping := open(opened)
	x.must(wait(func(done func(error)) { wiping.Receive(core.Incoming{}, done) }))
	open(func(func(core.State, string)) (core.Store, error) { select {} }).SetDraft(c2c("a"), []byte("early"))
	note := kept[0]
	x.clock.advance(time.Second)
	x.must(wait(wiping.Wipe))
	if len(kept) != 0 {
		t.Errorf("%d notes are left", len(kept))
	}
	kept[0] = note // as after a kill between the transaction and this
	next := open(opened)
	if n := listed(next); n != 0 {
		t.Errorf("%d conversations have come back", n)
	}
	x.must(wait(func(done func(error)) { next.Receive(core.Incoming{}, done) }))
	if len(kept) != 0 {
		t.Errorf("%d notes are left at the next start", len(kept))
	}
}

// TestAClosedAccountKeepsNoRow holds on to the Core, as a timer of its may.
func TestAClosedAccountKeepsNoRow(t *testing.T) {
	x := newTab(t)
	x.furnish()
	x.core.SubscribeList(core.Window{ID: "w", Count: 10}, func(*core.WindowDiff, error) {})
	x.draft("g", "text")
	var rows []weak.Pointer[core.Conversation]
	var texts []weak.Pointer[byte]
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			a.Conversations(func(c *core.Conversation) bool {
				rows = append(rows, weak.Make(c))
				texts = append(texts, weak.Make(&c.Text(plain{})[0]))
				return true
			})
		}, done)
	}))
	closed := make(chan struct{})
	x.core.Close(func() { close(closed) })
	<-closed
	x.rows, x.handle = nil, nil
	for range 3 {
		runtime.GC()
	}
	for i := range rows {
		if rows[i].Value() != nil || texts[i].Value() != nil {
			t.Errorf("row %d of a closed account is still in memory", i)
		}
	}
	if len(rows) < 3 {
		t.Errorf("only %d rows were looked at", len(rows))
	}
	runtime.KeepAlive(x.core)
}

func TestClosingTriesDraftsOnceMore(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	db.FailAbove(0)
	x.draft("a", "stuck")
	_ = wait(func(done func(error)) { x.core.Receive(core.Incoming{}, done) })
	db.SetFault(nil)
	closed := make(chan struct{})
	x.core.Close(func() { close(closed) })
	<-closed
	if n := db.Len(core.SpaceNotes); n != 0 {
		t.Errorf("%d notes are left", n)
	}
	openTab(t, db, clock).expectDraft("a", "stuck")
}
