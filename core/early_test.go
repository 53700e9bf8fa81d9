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

func TestADraftSetBeforeTheStoreIsOpenOutlivesItsTab(t *testing.T) {
	kept, db := early{}, memstore.NewDB()
	open := func(opener core.Opener) *core.Core {
		return core.New(core.Config{
			Open: opener, Early: kept, Codec: plain{}, Listener: &tab{t: t, rows: map[string]string{}},
			Now: newClock().read, Random: func() string { return "id" },
			After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
		})
	}
	killed := open(func(func(core.State, string)) (core.Store, error) { select {} })
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
