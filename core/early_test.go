package core_test

import (
	"strings"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// An early keeps notes in a map.
type early map[int][]byte

func (e early) Keep(note []byte) (drop func()) {
	n := len(e)
	e[n] = note
	return func() { delete(e, n) }
}

func (e early) Left() (notes [][]byte, drop func()) {
	for _, note := range e {
		notes = append(notes, note)
	}
	return notes, func() { clear(e) }
}

// A slow store is that of a tab which is killed before anything of what it
// writes has left it.
type slow struct{ core.Store }

func (slow) PutNote(string, []byte)           {}
func (slow) Update(func(core.Tx) error) error { select {} }

func TestADraftSetBeforeTheStoreHasItOutlivesItsTab(t *testing.T) {
	t.Run("the store is not open", func(t *testing.T) {
		testEarly(t, func(*memstore.DB) core.Store { select {} }, false)
	})
	t.Run("the store has not taken its note", func(t *testing.T) {
		testEarly(t, func(db *memstore.DB) core.Store { return slow{db.NewTab()} }, true)
	})
}

func testEarly(t *testing.T, opener func(*memstore.DB) core.Store, opens bool) {
	kept, db := early{}, memstore.NewDB()
	open := func(opener core.Opener) *core.Core {
		return core.New(core.Config{
			Open: opener, Early: kept, Codec: plain{}, Listener: &tab{t: t, rows: map[string]string{}},
			Now: newClock().read, Random: func() string { return "id" },
			After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
		})
	}
	killed := open(func(func(core.State, string)) (core.Store, error) { return opener(db), nil })
	if opens {
		if err := wait(func(done func(error)) { killed.Read(func(*core.Account) {}, done) }); err != nil {
			t.Fatal(err)
		}
	}
	killed.SetDraft(c2c("a"), []byte("early"))
	if len(kept) != 1 {
		t.Fatalf("%d notes are kept", len(kept))
	}
	next := open(func(func(core.State, string)) (core.Store, error) { return db.NewTab(), nil })
	line := ""
	if err := wait(func(done func(error)) {
		next.Read(func(a *core.Account) { line = string(a.Conversation(c2c("a")).Text(plain{})) }, done)
	}); err != nil || !strings.Contains(line, "draft=early") {
		t.Errorf("%s, %v", line, err)
	}
	if err := wait(func(done func(error)) { next.Receive(core.Incoming{}, done) }); err != nil || len(kept) != 0 {
		t.Errorf("%d notes are left over, %v", len(kept), err)
	}
}
