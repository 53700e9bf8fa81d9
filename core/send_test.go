package core_test

import (
	"strings"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

func outgoing(id string, second int64) *core.Message {
	m := message(c2c("a"), id, second)
	m.FromSelf, m.Local, m.Status = true, true, core.StatusSending
	return m
}

func (x *tab) send(m *core.Message) error {
	return wait(func(done func(error)) { x.core.Send(m, func(_ *core.Message, err error) { done(err) }) })
}

func (x *tab) settle(id string, echo, change []byte) *core.Message {
	x.t.Helper()
	var settled *core.Message
	x.must(wait(func(done func(error)) {
		x.core.Settle(c2c("a"), id, echo, change, func(m *core.Message, _ *core.Conversation, err error) {
			settled = m
			done(err)
		})
	}))
	return settled
}

func TestAMessageThatWasSentMovesToItsServerTime(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.must(x.send(outgoing("mine", 9)))
	x.receive(message(c2c("a"), "theirs", 5))
	x.expect("last message", strings.Fields(x.show(c2c("a")))[2], "last=mine")
	y.follow(db)
	y.heard()
	x.settle("mine", []byte("at=3"), nil)
	x.expect("last message once settled", strings.Fields(x.show(c2c("a")))[2], "last=theirs")
	y.follow(db)
	y.expect("events in the other tab", y.heard(), "new at=3; update a")
	x.expect("history", x.page(c2c("a"), core.History{Count: 9}), "theirs at=3")
	if m := x.settle("mine", nil, []byte("status=3 failed")); m.Status != core.StatusSent {
		t.Error("what was sent has failed afterwards")
	}
	x.verified()
}

func TestAnEchoIsTheMessageThatWasSent(t *testing.T) {
	x := newTab(t)
	x.must(x.send(outgoing("mine", 0)))
	x.heard()
	echo := message(c2c("a"), "server", 1)
	echo.FromSelf, echo.Also, echo.Raw = true, []string{"mine"}, []byte("at=1")
	x.receive(echo)
	x.expect("events", x.heard(), "changed at=1; update a")
	if err := x.send(outgoing("mine", 0)); codeOf(err) != core.CodeNotAllowed {
		t.Errorf("sent twice: %v", err)
	}
	x.expect("history", x.page(c2c("a"), core.History{Count: 9}), "at=1")
	x.verified()
}

func TestMessagesOfTabsThatAreGoneFail(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, alive := openTab(t, db, clock), openTab(t, db, clock)
	x.must(x.send(outgoing("dead", 0)))
	alive.must(alive.send(outgoing("living", 1)))
	x.handle.Kill()
	y := openTab(t, db, clock)
	y.expect("history", y.page(c2c("a"), core.History{Count: 9}), "living failed dead")
	y.must(y.send(outgoing("dead", 2)))
	y.expect("history after sending again", y.page(c2c("a"), core.History{Count: 9}), "dead living")
	y.verified()
}

func TestWhatIsSentStandsAtTheEnd(t *testing.T) {
	x := newTab(t)
	theirs := message(c2c("a"), "theirs", 60) // by a clock that is ahead of ours
	theirs.At.Seq = 7
	x.receive(message(c2c("b"), "other", 30), theirs)
	x.must(x.send(outgoing("mine", 0)))
	x.expect("history", x.page(c2c("a"), core.History{Count: 9}), "mine theirs")
	x.settle("mine", nil, []byte("status=3 failed"))
	x.expect("history once it failed", x.page(c2c("a"), core.History{Count: 9}), "failed theirs")
	x.must(x.send(outgoing("mine", 1)))
	x.expect("history when it is sent again", x.page(c2c("a"), core.History{Count: 9}), "mine theirs")
	x.settle("mine", []byte("at=61"), nil)
	x.expect("list", x.list(), "a b")
	x.verified()
}
