package core_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// asking notes in which order the pages of a database are asked for and read.
type asking struct {
	*memstore.Handle
	told []string
}

type askingTx struct {
	core.Tx
	of *asking
}

func (a *asking) View(fn func(core.Tx) error) error {
	return a.Handle.View(func(tx core.Tx) error { return fn(askingTx{tx, a}) })
}

func (t askingTx) ExpectValues(space core.Space, from, to string, limit int) {
	if space == core.SpaceConvs {
		t.of.told = append(t.of.told, fmt.Sprint("ask ", from, " ", limit))
	}
	t.Tx.ExpectValues(space, from, to, limit)
}

func (t askingTx) Values(space core.Space, from, to string, limit int) ([][]byte, error) {
	if space == core.SpaceConvs {
		t.of.told = append(t.of.told, fmt.Sprint("read ", from, " ", limit))
	}
	return t.Tx.Values(space, from, to, limit)
}

func TestPagesAreAskedForBeforeThoseBeforeThemAreRead(t *testing.T) {
	const many = 20_000
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	var messages []*core.Message
	for i := range many {
		messages = append(messages, message(c2c(fmt.Sprint("c", i)), fmt.Sprint("m", i), int64(i)))
	}
	x.receive(messages...)
	x.eventually("folding", func() bool { return db.Len(core.SpaceConvs) >= many/128 })

	h := &asking{Handle: db.NewTab()}
	c := core.New(core.Config{
		Open:  func(func(core.State, string)) (core.Store, error) { return h, nil },
		Codec: plain{}, Listener: newTab(t), Now: clock.read, Random: func() string { return "id" },
		After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	found := make(chan int)
	c.Read(func(a *core.Account) {
		n := 0
		a.Conversations(func(*core.Conversation) bool { n++; return true })
		found <- n
	}, func(err error) { x.must(err) })
	if got := <-found; got != many {
		t.Errorf("%d conversations, want %d", got, many)
	}
	var asked []string
	for i, told := range h.told {
		if asks := "ask " + told[len("read "):]; told[0] == 'r' && !slices.Contains(h.told[:i], asks) {
			t.Errorf("%s comes before it is asked for, in %q", told, h.told)
		} else if told[0] == 'a' {
			asked = append(asked, told)
		}
	}
	if reads := len(h.told) - len(asked); reads != len(asked) || reads < 3 || h.told[1][0] != 'a' {
		t.Errorf("got %q, want each part asked for while the one before is read", h.told)
	}
}
