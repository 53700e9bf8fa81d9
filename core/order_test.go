package core_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"timconv/core"
)

func TestNewestActivityComesFirst(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("a"), "1", 10), message(c2c("b"), "2", 30), message(c2c("c"), "3", 20))
	x.expect("list", x.list(), "b c a")
	x.receive(message(c2c("a"), "4", 5))
	x.expect("list after a late older message", x.list(), "b c a")
	x.receive(message(c2c("a"), "5", 40))
	x.expect("list after a newer message", x.list(), "a b c")
}

func TestLaterArrivalsOfTheSameSecondSortFirst(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("a"), "1", 0), message(c2c("b"), "2", 0))
	x.receive(message(c2c("later"), "3", 9))
	x.receive(message(c2c("c"), "4", 0))
	x.expect("list", x.list(), "later c b a")
	x.receive(message(c2c("a"), "5", 0))
	x.expect("list", x.list(), "later a c b")
	if line := x.show(c2c("a")); !strings.HasSuffix(line, fmt.Sprintf("active=%d", someday*1000+3)) {
		t.Errorf("got %s, want the second's fourth key", line)
	}
}

func TestTheCounterOfASecondStopsAt999(t *testing.T) {
	x := newTab(t)
	var messages []*core.Message
	for i := range 1100 {
		id := fmt.Sprintf("%04d", i)
		messages = append(messages, message(c2c(id), id, 0))
	}
	x.receive(messages...)
	x.receive(message(c2c("next"), "next", 1))
	if list := x.list(); !strings.HasPrefix(list, "next ") {
		t.Errorf("the next second does not come first: %.40s", list)
	}
	if line := x.show(c2c("1099")); !strings.HasSuffix(line, fmt.Sprintf("active=%d", someday*1000+999)) {
		t.Errorf("got %s, want a key within the second", line)
	}
}

func TestLastMessageExcludedMovesNothing(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("a"), "1", 0), message(c2c("b"), "2", 1))
	x.heard()
	m := message(c2c("a"), "3", 2)
	m.NoLast = true
	x.receive(m)
	x.expect("list", x.list(), "b a")
	x.expect("events", x.heard(), "new 3; update a; total 3")
	if line := x.show(c2c("a")); !strings.HasPrefix(line, "a unread=2 last=1") {
		t.Errorf("got %s, want the message counted and not last", line)
	}
	x.verified()
}

func TestPinnedComeFirstAndKeepTheirOrder(t *testing.T) {
	x := newTab(t)
	for i, id := range []string{"5", "4", "3", "2", "1"} {
		x.receive(message(c2c(id), "m"+id, int64(i)))
	}
	x.must(x.pin("3", true))
	x.must(x.pin("2", true))
	x.expect("list", x.list(), "2 3 1 4 5")
	x.must(x.pin("2", false))
	x.expect("unpinned it returns to its place", x.list(), "3 1 2 4 5")
}

func TestPinAnswers(t *testing.T) {
	x := newTab(t)
	for _, id := range []string{"a", "b", "c", "d"} {
		x.create(c2c(id))
	}
	x.heard()
	if code := codeOf(x.pin("nobody", true)); code != core.CodeNoConversation {
		t.Errorf("pin of an unknown conversation: code %d", code)
	}
	for _, id := range []string{"a", "b", "c"} {
		x.must(x.pin(id, true))
	}
	if code := codeOf(x.pin("d", true)); code != core.CodePinLimit {
		t.Errorf("one pin above the limit: code %d", code)
	}
	x.must(x.pin("a", true))
	x.must(x.pin("d", false))
	x.expect("events", x.heard(), "update a; update b; update c")
}

func TestCreationAndDraftComeBeforeEveryLiveActivity(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("ahead"), "1", 3600)) // a server an hour ahead
	x.create(c2c("made"))
	x.expect("list", x.list(), "made ahead")
	x.core.SetDraft(c2c("ahead"), []byte("draft"))
	x.expect("list", x.list(), "ahead made")
	x.clock.advance(2 * time.Hour)
	x.receive(message(c2c("late"), "2", 3601))
	x.expect("list", x.list(), "late ahead made")
}

func TestCreatingTwiceChangesNothing(t *testing.T) {
	x := newTab(t)
	x.create(c2c("a"))
	x.create(c2c("b"))
	x.create(c2c("a"))
	x.expect("events", x.heard(), "add a; add b")
	x.expect("list", x.list(), "b a")
}
