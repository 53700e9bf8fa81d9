package core_test

import (
	"fmt"
	"strings"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

// each runs a batch call and returns the code of each result, -1 for success.
func (x *tab) each(call func(done func([]error, error))) string {
	x.t.Helper()
	var codes []string
	x.must(wait(func(done func(error)) {
		call(func(results []error, err error) {
			for _, err := range results {
				codes = append(codes, fmt.Sprint(int(codeOf(err))))
			}
			done(err)
		})
	}))
	return strings.Join(codes, " ")
}

func keys(ids ...string) []core.ConvKey {
	var all []core.ConvKey
	for _, id := range ids {
		all = append(all, c2c(id))
	}
	return all
}

func (x *tab) createAll(ids ...string) {
	for _, id := range ids {
		x.create(c2c(id))
	}
	x.heard()
}

func TestMarksAndCustomDataKeepToTheirLimit(t *testing.T) {
	x := newTab(t)
	x.createAll("a", "b", "c", "d")
	tooMany := fmt.Sprint(int(core.CodeTooMany))
	got := x.each(func(done func([]error, error)) { x.core.Mark(keys("a", "b", "c", "d"), 1<<63, true, done) })
	x.expect("marks", got, "-1 -1 -1 "+tooMany)
	got = x.each(func(done func([]error, error)) { x.core.Mark(keys("a"), 1<<63, false, done) })
	x.expect("unmark", got, "-1")
	got = x.each(func(done func([]error, error)) { x.core.Mark(keys("d", "b"), 2, true, done) })
	x.expect("room again", got, "-1 -1")
	got = x.each(func(done func([]error, error)) { x.core.SetCustom(keys("a", "b", "c", "d"), "x", done) })
	x.expect("custom data", got, "-1 -1 -1 "+tooMany)
	x.delete(c2c("a"))
	got = x.each(func(done func([]error, error)) { x.core.SetCustom(keys("d"), "x", done) })
	x.expect("custom data after a deletion", got, "-1")
	x.verified()
}

func TestTheOldestMemberMakesRoomInAGroup(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	x.createAll("a", "b", "c", "d")
	y.follow(db)
	y.heard()
	x.each(func(done func([]error, error)) { x.core.CreateGroup("g", keys("b", "a", "c"), done) })
	x.expect("events", x.heard(), "update b,a,c; group g created ,b,a,c")
	x.each(func(done func([]error, error)) { x.core.AddToGroup("g", keys("d", "a"), done) })
	x.expect("events of an eviction", x.heard(), "update b,d; group g left ,b; group g joined ,d")
	y.follow(db)
	if heard := y.heard(); !strings.HasSuffix(heard, "group g left ,b; group g joined ,d") {
		t.Errorf("the other tab heard %s", heard)
	}
	x.each(func(done func([]error, error)) { x.core.CreateGroup("h", keys("a"), done) })
	err := wait(func(done func(error)) {
		x.core.CreateGroup("i", keys("a"), func(_ []error, err error) { done(err) })
	})
	if codeOf(err) != core.CodeGroupLimit {
		t.Errorf("a group beyond the limit: %v", err)
	}
	fresh := openTab(t, db, clock)
	fresh.must(wait(func(done func(error)) {
		fresh.core.Read(func(a *core.Account) {
			if got := strings.Join(a.Groups(), ","); got != "g,h" {
				t.Errorf("groups after a restart: %s", got)
			}
		}, done)
	}))
}

func TestSubscribedTotalsFollowEveryTab(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x, y := openTab(t, db, clock), openTab(t, db, clock)
	kind, marks := core.C2C, uint64(1)
	y.core.Subscribe(core.Filter{Type: &kind}, "c2c")
	y.core.Subscribe(core.Filter{Marks: &marks}, "starred")
	x.receive(message(c2c("a"), "1", 0), message(group("g"), "2", 0))
	y.follow(db)
	y.expect("events", y.heard(), "new 1,2; add a,g; total 2; total c2c 1")
	x.each(func(done func([]error, error)) { x.core.Mark(keys("a"), 1, true, done) })
	y.follow(db)
	y.expect("events of a mark", y.heard(), "update a; total starred 1")
	opt := uint8(2)
	x.update(core.ConvUpdate{Key: c2c("a"), RecvOpt: &opt})
	y.follow(db)
	y.expect("events of muting", y.heard(), "total 1; total c2c 0; total starred 0")
	y.core.Unsubscribe(core.Filter{Type: &kind})
	x.update(core.ConvUpdate{Key: c2c("a"), RecvOpt: new(uint8)})
	y.follow(db)
	y.expect("events after unsubscribing", y.heard(), "total 2; total starred 1")
	y.verified()
}

func TestDeletionThatKeepsMessagesReadsThem(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("a"), "1", 0), message(c2c("a"), "2", 5))
	x.heard()
	x.must(wait(func(done func(error)) { x.core.DeleteAll(keys("a", "nobody"), false, done) }))
	x.expect("events", x.heard(), "del a; total 0")
	x.receive(message(c2c("a"), "2", 5)) // a resync
	x.expect("events of a resync", x.heard(), "")
	x.create(c2c("a"))
	if line := x.show(c2c("a")); !strings.HasPrefix(line, "a unread=0 last=2 ") {
		t.Errorf("it comes back as %s", line)
	}
	x.must(wait(func(done func(error)) { x.core.DeleteAll(keys("a"), true, done) }))
	x.create(c2c("a"))
	if line := x.show(c2c("a")); !strings.HasPrefix(line, "a unread=0 last=- ") {
		t.Errorf("after clearing it comes back as %s", line)
	}
	x.verified()
}
