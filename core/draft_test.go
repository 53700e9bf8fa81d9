package core_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

func (x *tab) draft(id, text string) {
	if text == "" {
		x.core.SetDraft(c2c(id), nil)
		return
	}
	x.core.SetDraft(c2c(id), []byte(text))
}

func (x *tab) expectDraft(id, want string) {
	x.t.Helper()
	_, got, _ := strings.Cut(x.show(c2c(id)), " draft=")
	got, _, _ = strings.Cut(got, " ")
	if got != want {
		x.t.Fatalf("draft of %s: got %q, want %q", id, got, want)
	}
}

func TestDraftOnUnknownConversationCreatesIt(t *testing.T) {
	x := newTab(t)
	x.draft("a", "one")
	x.draft("a", "two")
	x.expectDraft("a", "two")
	x.draft("a", "")
	x.draft("nobody", "")
	x.barrier()
	x.expectDraft("a", "")
	x.expect("events", x.heard(), "add a; update a; update a")
	x.expect("list", x.list(), "a")
}

func TestReceivingLeavesTheDraft(t *testing.T) {
	x := newTab(t)
	x.draft("a", "text")
	x.receive(message(c2c("a"), "m", 0))
	x.expectDraft("a", "text")
}

func TestDraftOfAKilledTabIsThereAtTheNextStart(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	hold := make(chan struct{})
	db.SetFault(func(memstore.Commit) memstore.Outcome {
		<-hold
		return memstore.Outcome{Err: &core.Error{Code: core.CodeStorageClosed}}
	})
	x.draft("a", "unsaved")
	x.handle.Kill()
	close(hold)
	db.SetFault(nil)

	y := openTab(t, db, clock)
	y.expectDraft("a", "unsaved")
	y.barrier()
	if n := db.Len(core.SpaceNotes); n != 0 {
		t.Errorf("%d notes are left after the replay", n)
	}
}

// The note of a committed draft waits for the next draft to be written over it, but for
// nothing else: of what is deleted it would bring something back.
func TestTheNoteOfACommittedDraftGoesWithAnythingElse(t *testing.T) {
	for name, other := range map[string]func(x, y *tab, db *memstore.DB){
		"deleted":       func(x, _ *tab, _ *memstore.DB) { x.delete(c2c("a")) },
		"deleted there": func(x, y *tab, db *memstore.DB) { y.delete(c2c("a")); x.follow(db) },
		"closed": func(x, _ *tab, _ *memstore.DB) {
			x.must(wait(func(done func(error)) { x.core.Close(func() { done(nil) }) }))
		},
		"killed": func(x, _ *tab, _ *memstore.DB) { x.handle.Kill() },
		"later":  nil,
	} {
		t.Run(name, func(t *testing.T) {
			db, clock := memstore.NewDB(), newClock()
			var mu sync.Mutex
			var later []func()
			x := openTabWith(t, db, clock, func(fn func()) {
				mu.Lock()
				defer mu.Unlock()
				later = append(later, fn)
			})
			y := openTab(t, db, clock)
			for _, text := range []string{"on", "one"} {
				x.draft("a", text)
				x.barrier()
				if n := db.Len(core.SpaceNotes); n != 1 {
					t.Errorf("%d notes after a draft, want the one to be written over", n)
				}
			}
			y.follow(db)
			if other != nil {
				other(x, y, db)
			} else {
				mu.Lock()
				for _, fn := range later {
					fn()
				}
				mu.Unlock()
			}
			if n := db.Len(core.SpaceNotes); n != 0 && name != "killed" {
				t.Errorf("%d notes are left", n)
			}
			x.handle.Kill()
			z := openTab(t, db, clock)
			if n := db.Len(core.SpaceNotes); n != 0 {
				t.Errorf("%d notes are left after the next start", n)
			}
			want := "a"
			if strings.HasPrefix(name, "deleted") {
				want = ""
			}
			z.expect("list", z.list(), want)
		})
	}
}

func TestDraftOfALivingTabIsNotReplayed(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	db.FailAbove(10)
	x.draft("a", "typing")
	x.expectDraft("a", "typing")
	y := openTab(t, db, clock)
	y.expect("list of the other tab", y.list(), "")
	y.expect("its events", y.heard(), "")
}

func TestClearedDraftDoesNotComeBackFromAnOlderNote(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	db.FailNext(100, core.CodeQuota)
	x.draft("a", "old")
	x.barrierOrFault()
	x.handle.Kill()
	db.SetFault(nil)

	y := openTab(t, db, clock) // replays it
	y.expectDraft("a", "old")
	y.draft("a", "")
	y.barrier()
	z := openTab(t, db, clock)
	z.expectDraft("a", "")
}

// barrierOrFault waits until everything accepted is done, durable or not.
func (x *tab) barrierOrFault() {
	_ = wait(func(done func(error)) { x.core.Receive(core.Incoming{}, done) })
}

func TestDraftThatCannotBeCommittedStaysVisibleAndIsTriedAgain(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	x.create(c2c("b"))
	db.FailAbove(10)
	x.draft("a", "kept")
	x.expectDraft("a", "kept")
	if reason := x.core.Status().Reason; reason == "" {
		t.Error("the status does not tell that a draft could not be saved")
	}
	if n := db.Len(core.SpaceNotes); n != 1 {
		t.Errorf("%d notes, want the one of the draft", n)
	}
	db.SetFault(nil)
	x.must(x.pin("b", true))
	x.barrier()
	openTab(t, db, clock).expectDraft("a", "kept")
	if reason := x.core.Status().Reason; reason != "" {
		t.Errorf("the status still tells %q", reason)
	}
}

func TestAStuckDraftThatIsTakenBackStaysAway(t *testing.T) {
	for name, takeBack := range map[string]func(x *tab){
		"cleared":  func(x *tab) { x.core.SetDraft(c2c("a"), nil) },
		"deleted":  func(x *tab) { x.core.Delete(c2c("a"), func(error) {}) },
		"replaced": func(x *tab) { x.core.SetDraft(c2c("a"), []byte("short")) },
	} {
		t.Run(name, func(t *testing.T) {
			db := memstore.NewDB()
			x := openTab(t, db, newClock())
			x.create(c2c("other"))
			db.FailAbove(2000)
			x.core.SetDraft(c2c("a"), bytes.Repeat([]byte("x"), 5000))
			if err := wait(func(done func(error)) { x.core.Receive(core.Incoming{}, done) }); codeOf(err) != core.CodeQuota {
				t.Errorf("the barrier behind a draft that is stuck: %v", err)
			}
			takeBack(x)
			x.barrier()
			db.SetFault(nil)
			x.create(c2c("again"))
			if line := x.show(c2c("a")); strings.Contains(line, "xxx") || name == "deleted" && line != "" {
				t.Errorf("it is back: %.80s", line)
			}
			fresh := openTab(t, db, newClock())
			if line := fresh.show(c2c("a")); strings.Contains(line, "xxx") {
				t.Errorf("it is back in a fresh tab: %.80s", line)
			}
		})
	}
}

// A commit that needs no further help from the tab spares a draft its note, if the worker
// gets to it within the call.
func TestADraftWhoseCommitIsHandedOverHasNoNote(t *testing.T) {
	db := memstore.NewDB()
	x := openTabWith(t, db, newClock(), func(func()) {}) // notes that were written stay
	x.create(c2c("b"))                                   // from here on the tab knows that it leads
	db.SetUnaided(true)
	spared := 0
	for i := range 100 {
		returned := make(chan struct{})
		db.SetFault(func(memstore.Commit) memstore.Outcome { <-returned; return memstore.Outcome{} })
		before := db.Len(core.SpaceNotes)
		x.draft(fmt.Sprint("a", i), "one")
		if db.Len(core.SpaceNotes) == before {
			spared++
		}
		close(returned)
		x.barrier()
	}
	if spared == 0 {
		t.Error("each of 100 drafts had a note")
	}
	y := openTab(t, db, newClock())
	for i := range 100 {
		y.expectDraft(fmt.Sprint("a", i), "one")
	}
}

// Where such a commit fails after all, the note is written then, but not over that of a
// newer draft.
func TestADraftThatWasSparedItsNoteHasOneOnceItsCommitFails(t *testing.T) {
	spared := 0
	for _, texts := range [][]string{{"old"}, {"old", "new"}} {
		for range 20 {
			db, clock := memstore.NewDB(), newClock()
			x := openTabWith(t, db, clock, func(func()) {}) // no commit is late
			x.create(c2c("b"))
			db.SetUnaided(true)
			handed, failed := make(chan struct{}, 3), make(chan struct{})
			db.SetFault(func(memstore.Commit) memstore.Outcome {
				handed <- struct{}{}
				<-failed
				return memstore.Outcome{Err: &core.Error{Code: core.CodeStorage}}
			})
			x.draft("a", texts[0])
			<-handed
			if db.Len(core.SpaceNotes) == 0 {
				spared++
			}
			for _, text := range texts[1:] {
				x.draft("a", text)
			}
			failed <- struct{}{}
			<-handed // the second run, behind the note
			x.handle.Kill()
			close(failed)
			db.SetFault(nil)
			openTab(t, db, clock).expectDraft("a", texts[len(texts)-1])
		}
	}
	if spared == 0 {
		t.Error("no draft was spared its note")
	}
}

// A commit that is late has something in its way after all: its draft gets its note.
func TestADraftThatWasSparedItsNoteHasOneOnceItsCommitIsLate(t *testing.T) {
	spared := 0
	for i := range 20 {
		db := memstore.NewDB()
		var mu sync.Mutex
		var later []func()
		x := openTabWith(t, db, newClock(), func(fn func()) {
			mu.Lock()
			defer mu.Unlock()
			later = append(later, fn)
		})
		lateNow := func() {
			mu.Lock()
			defer mu.Unlock()
			for _, fn := range later {
				fn()
			}
		}
		x.create(c2c("b"))
		db.SetUnaided(true)
		handed, going := make(chan struct{}), make(chan struct{})
		db.SetFault(func(memstore.Commit) memstore.Outcome {
			close(handed)
			<-going
			return memstore.Outcome{}
		})
		x.draft("a", "one")
		<-handed
		if db.Len(core.SpaceNotes) == 0 {
			spared++
		}
		if i%2 == 0 {
			lateNow()
			if n := db.Len(core.SpaceNotes); n != 1 {
				t.Errorf("%d notes of a commit that is late", n)
			}
		}
		db.SetFault(nil)
		close(going)
		x.barrier()
		lateNow()
		if n := db.Len(core.SpaceNotes); n != 0 {
			t.Errorf("%d notes are left", n)
		}
	}
	if spared == 0 {
		t.Error("no draft was spared its note")
	}
}
