//go:build js && wasm

package idbstore

import (
	"syscall/js"
	"testing"

	"timconv/core"
)

// termOf is the term of one Update.
func termOf(t *testing.T, s core.Store) (term uint64) {
	t.Helper()
	if err := s.Update(func(tx core.Tx) error { term = tx.Term(); return nil }); err != nil {
		t.Fatal(err)
	}
	return term
}

func TestEachConnectionAndEachLeadHasATermOfItsOwn(t *testing.T) {
	s := opened(t, fresh(t), nil)
	seen := map[uint64]string{}
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"at first", func() {}},
		{"over another connection", func() { s.lose(s.conn, "a test") }},
		{"after the page was away", func() {
			s.tabs.sleep()
			if term := termOf(t, s); term != 0 {
				t.Errorf("a page that is away has term %d", term)
			}
			s.tabs.wake()
		}},
		{"over a third connection", func() { s.lose(s.conn, "a test") }},
	} {
		step.do()
		eventually(t, "a term", func() bool { return termOf(t, s) != 0 })
		term := termOf(t, s)
		if before, known := seen[term]; known {
			t.Errorf("%s the term is %d, as %s", step.name, term, before)
		}
		seen[term] = step.name
	}
}

func TestEachConnectionHasANumberOfItsOwn(t *testing.T) {
	s := opened(t, fresh(t), nil)
	seen := map[uint64]bool{0: true}
	for range 3 {
		var number uint64
		if err := s.View(func(tx core.Tx) error { number = tx.Connection(); return nil }); err != nil {
			t.Fatal(err)
		}
		if seen[number] {
			t.Errorf("a connection has the number %d of one before", number)
		}
		seen[number] = true
		s.lose(s.conn, "a test")
	}
}

func TestAStolenLeadEndsTheTerm(t *testing.T) {
	name := fresh(t)
	s := opened(t, name, nil)
	eventually(t, "a term", func() bool { return termOf(t, s) != 0 })
	steal := js.Global().Get("Object").New()
	steal.Set("steal", true)
	granted := handlerOf(func([]js.Value) any { return nil })
	defer granted.Release()
	s.tabs.locks.Call("request", leadLock(name), steal, granted)
	eventually(t, "the lead to be gone", func() bool { return termOf(t, s) == 0 && !s.Leads() })
}
