package core_test

import (
	"fmt"
	"strings"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

// change does something to a message and returns the code, -1 for success.
func (x *tab) change(c core.Change) core.Code {
	x.t.Helper()
	code := core.Code(-1)
	x.must(wait(func(done func(error)) {
		x.core.ChangeMessages("change", []core.Change{c}, func(results []core.Changed, err error) {
			if err == nil {
				code = codeOf(results[0].Err)
			}
			done(err)
		})
	}))
	return code
}

func revoke(id string) core.Change {
	return core.Change{
		Target: core.Target{ID: id}, What: []byte("status=6 revoked " + id), Keep: true,
		Notice: core.NoticeRevoked, Tell: func(m *core.Message) []byte { return []byte(id) },
	}
}

// page returns the raw texts of a page of history.
func (x *tab) page(key core.ConvKey, h core.History) string {
	x.t.Helper()
	var texts []string
	x.must(wait(func(done func(error)) {
		x.core.Messages(key, h, func(page []*core.Message, _ *core.Conversation, err error) {
			for _, m := range page {
				texts = append(texts, string(m.Raw))
			}
			done(err)
		})
	}))
	return strings.Join(texts, " ")
}

func TestARevokedMessageCountsNoMore(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.receive(message(c2c("a"), "1", 0), message(c2c("a"), "2", 1))
	y.follow(db)
	y.heard()
	x.change(revoke("2"))
	y.follow(db)
	y.expect("events in the other tab", y.heard(), "revoked 2; update a; total 1")
	y.expect("last message", strings.Fields(y.show(c2c("a")))[2], "last=revoked")
	x.heard()
	x.change(revoke("2"))
	x.expect("events of the same again", x.heard(), "")
	x.verified()
}

func TestAChangeWaitsForItsMessageAcrossRestarts(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	x.change(revoke("later"))
	x.expect("events", x.heard(), "revoked later")
	x.change(revoke("later"))
	x.expect("events of the same again", x.heard(), "")
	y := openTab(t, db, clock)
	y.receive(message(c2c("a"), "later", 0), message(c2c("a"), "other", 1))
	y.expect("unread", strings.Fields(y.show(c2c("a")))[1], "unread=1")
	y.expect("history", y.page(c2c("a"), core.History{Count: 9}), "other revoked later")
	y.verified()
}

func TestTheLastMessageFallsBack(t *testing.T) {
	x := newTab(t)
	for i := range 40 {
		x.receive(message(c2c("a"), fmt.Sprint(i), int64(i)))
	}
	for i := 39; i > 0; i-- {
		x.change(core.Change{Target: core.Target{Conv: c2c("a"), ID: fmt.Sprint(i)}, What: []byte("status=4 gone")})
		if want := fmt.Sprintf("a unread=%d last=%d ", i, i-1); !strings.HasPrefix(x.show(c2c("a")), want) {
			t.Fatalf("got %s, want %s", x.show(c2c("a")), want)
		}
	}
	x.expect("history", x.page(c2c("a"), core.History{Count: 9}), "0")
	x.verified()
}

func TestHistoryPages(t *testing.T) {
	x := newTab(t)
	for i := range 30 {
		m := message(group("g"), fmt.Sprint(i), int64(i/3)) // three to a second
		m.At.Seq = uint64(100 + i)
		x.receive(m)
	}
	x.expect("newest", x.page(group("g"), core.History{Count: 3}), "29 28 27")
	x.expect("older", x.page(group("g"), core.History{Count: 3, Anchor: &core.Target{ID: "27"}}), "26 25 24")
	x.expect("by position", x.page(group("g"), core.History{Count: 2, Anchor: &core.Target{Time: someday + 9, Seq: 128}}), "27 26")
	x.expect("newer", x.page(group("g"), core.History{Count: 3, Anchor: &core.Target{ID: "3"}, After: true}), "6 5 4")
	x.expect("by sequence", x.page(group("g"), core.History{Count: 2, Seq: 113}), "13 12")
	x.expect("by sequence, newer", x.page(group("g"), core.History{Count: 2, Seq: 113, After: true}), "14 13")
	x.expect("by time", x.page(group("g"), core.History{Count: 9, Begin: someday + 2, Period: 1}), "8 7 6 5 4 3")
	x.expect("by time, newer", x.page(group("g"), core.History{Count: 9, Begin: someday + 2, Period: 1, After: true}), "11 10 9 8 7 6")
	x.expect("by sequences", x.page(group("g"), core.History{Count: 9, Seqs: []uint64{105, 129, 105, 7}}), "29 5")
	x.expect("the end", x.page(group("g"), core.History{Count: 9, Anchor: &core.Target{ID: "1"}}), "0")
	odd := func(m *core.Message) bool { return m.At.Seq%10 == 5 }
	x.expect("picked", x.page(group("g"), core.History{Count: 2, Picks: odd}), "25 15")
	all, before := "", &core.Target{}
	for h := (core.History{Count: 7}); ; h.Anchor = before {
		page := x.page(group("g"), h)
		if page == "" {
			break
		}
		all = strings.TrimSpace(all + " " + page)
		before.ID = all[strings.LastIndexByte(all, ' ')+1:]
	}
	if ids := strings.Fields(all); len(ids) != 30 || ids[29] != "0" {
		t.Errorf("page by page: %s", all)
	}
}

func TestAMessageThatNoServerDatedReadsNothing(t *testing.T) {
	x := newTab(t)
	mine := message(c2c("a"), "mine", 300) // by a clock that is ahead
	mine.FromSelf, mine.Local, mine.Status = true, true, core.StatusFailed
	x.must(wait(func(done func(error)) { x.core.Save(mine, func(_ *core.Message, err error) { done(err) }) }))
	x.must(x.read(c2c("a"), core.ReadUpTo{}))
	x.receive(message(c2c("a"), "1", 10))
	x.expect("unread", strings.Fields(x.show(c2c("a")))[1], "unread=1")
	x.delete(c2c("a"))
	x.receive(message(c2c("a"), "2", 20))
	x.expect("unread after a deletion", strings.Fields(x.show(c2c("a")))[1], "unread=1")
	x.verified()
}
