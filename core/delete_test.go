package core_test

import (
	"strings"
	"testing"

	"timconv/core"
)

func TestDeleteRemovesMessagesAndALaterOneStartsAnew(t *testing.T) {
	x := newTab(t)
	muted := uint8(2)
	x.update(core.ConvUpdate{Key: c2c("a"), RecvOpt: &muted})
	x.receive(message(c2c("a"), "1", 0), message(c2c("a"), "2", 1))
	x.draft("a", "text")
	x.must(x.pin("a", true))
	x.heard()
	x.delete(c2c("a"))
	x.expect("events", x.heard(), "del a")
	x.expect("list", x.list(), "")
	x.verified()

	x.receive(message(c2c("a"), "3", 2))
	x.expect("events", x.heard(), "new 3; add a")
	if line := x.show(c2c("a")); !strings.HasPrefix(line, "a unread=1 last=3 name") {
		t.Errorf("got %s, want one unread message, no draft, no pin", line)
	}
	if got := x.total(); got != 0 {
		t.Errorf("total %d: the receive option did not survive the deletion", got)
	}
	x.verified()
}

func TestResyncOfWhatWasDeletedChangesNothing(t *testing.T) {
	clocked := message(c2c("a"), "no time of its own", 5)
	clocked.Clocked = true
	old := []*core.Message{message(c2c("a"), "1", 0), message(c2c("a"), "2", 1), message(c2c("a"), "2 too", 1), clocked}
	for _, m := range old[:3] {
		m.At.Time -= 100
	}
	x := newTab(t)
	x.receive(old...)
	x.delete(c2c("a"))
	x.heard()
	clocked.At.Time += 1000 // the clock has moved on
	x.receive(old...)
	x.receive(message(c2c("a"), "never seen, but older", -101))
	x.expect("events", x.heard(), "")
	x.expect("list", x.list(), "")
	x.create(c2c("a"))
	x.receive(old...)
	x.expect("events", x.heard(), "add a")
	x.delete(c2c("a"))
	x.receive(old...)
	x.expect("list", x.list(), "")
	x.verified()
}

func TestNewMessageOfTheDeletedSecondIsTaken(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("a"), "1", 0))
	x.delete(c2c("a"))
	x.receive(message(c2c("a"), "2", 0))
	x.expect("list", x.list(), "a")
}

func TestDeletedGroupKnowsItsSequence(t *testing.T) {
	x := newTab(t)
	m := message(group("g"), "1", 0)
	m.At.Seq = 10
	x.receive(m)
	x.delete(group("g"))
	late, next := message(group("g"), "late", 5), message(group("g"), "next", -5)
	late.At.Seq, next.At.Seq = 9, 11
	x.receive(late)
	x.expect("list", x.list(), "")
	x.receive(next)
	x.expect("list", x.list(), "g")
	x.verified()
}

func TestDeletingAnUnknownConversationIsNoError(t *testing.T) {
	x := newTab(t)
	x.delete(c2c("nobody"))
	x.expect("events", x.heard(), "")
}

func TestUpdateOfAnUnknownConversationIsKeptForItsAppearance(t *testing.T) {
	x := newTab(t)
	name := "Team"
	x.update(core.ConvUpdate{Key: group("g"), Name: &name})
	x.expect("events", x.heard(), "")
	x.expect("list", x.list(), "")
	x.create(group("g"))
	if line := x.show(group("g")); !strings.Contains(line, "name=Team") {
		t.Errorf("got %s, want the name that was told before", line)
	}
}

func TestNameIsTheToldOneElseTheNewestSendersElseTheID(t *testing.T) {
	x := newTab(t)
	send := func(id, name string, second int64) {
		m := message(c2c("a"), id, second)
		m.Sender.Name = name
		x.receive(m)
	}
	shows := func(want string) {
		t.Helper()
		if line := x.show(c2c("a")); !strings.Contains(line, "name="+want+" ") {
			t.Errorf("got %s, want the name %s", line, want)
		}
	}
	send("1", "", 0)
	shows("a")
	send("2", "Ann", 10)
	shows("Ann")
	send("3", "Annie", 5)
	shows("Ann")
	told := "Boss"
	x.update(core.ConvUpdate{Key: c2c("a"), Name: &told})
	shows("Boss")
	send("4", "Anna", 20)
	shows("Boss")
	told = ""
	x.update(core.ConvUpdate{Key: c2c("a"), Name: &told})
	shows("Anna")
}
