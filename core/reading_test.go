package core_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// reads counts what is read of messages and identities: values, and how often an answer
// is waited for that had not been asked for before.
type reads struct {
	*memstore.Handle
	db            *memstore.DB
	values, waits int
	asked         map[string]bool
}

type readsTx struct {
	core.Tx
	of *reads
}

func (r *reads) View(fn func(core.Tx) error) error {
	return r.Handle.View(func(tx core.Tx) error { return fn(readsTx{tx, r}) })
}

func (r *reads) Update(fn func(core.Tx) error) error {
	return r.Handle.Update(func(tx core.Tx) error { return fn(readsTx{tx, r}) })
}

func (t readsTx) expect(space core.Space, what ...any) {
	t.of.asked[fmt.Sprint(space, what)] = true
}

func (t readsTx) note(space core.Space, values [][]byte, what ...any) {
	if space != core.SpaceMessages && space != core.SpaceIDs {
		return
	}
	t.of.values += len(values)
	if key := fmt.Sprint(space, what); !t.of.asked[key] {
		t.of.waits++
	} else {
		delete(t.of.asked, key)
	}
}

func (t readsTx) Expect(space core.Space, keys ...string) {
	t.expect(space, keys)
	t.Tx.Expect(space, keys...)
}

func (t readsTx) ExpectValues(space core.Space, from, to string, limit int) {
	t.expect(space, from, to, limit)
	t.Tx.ExpectValues(space, from, to, limit)
}

func (t readsTx) ExpectLast(space core.Space, from, to string, limit int) bool {
	t.expect(space, "last", from, to, limit)
	return t.Tx.ExpectLast(space, from, to, limit)
}

func (t readsTx) Get(space core.Space, keys ...string) ([][]byte, error) {
	values, err := t.Tx.Get(space, keys...)
	t.note(space, values, keys)
	return values, err
}

func (t readsTx) Values(space core.Space, from, to string, limit int) ([][]byte, error) {
	values, err := t.Tx.Values(space, from, to, limit)
	t.note(space, values, from, to, limit)
	return values, err
}

func (t readsTx) Last(space core.Space, from, to string, limit int) ([][]byte, error) {
	values, err := t.Tx.Last(space, from, to, limit)
	t.note(space, values, "last", from, to, limit)
	return values, err
}

// openFolded opens a tab on messages that are not in the journal any more, and tells what
// it reads of them.
func openFolded(t *testing.T, messages ...*core.Message) (*tab, *reads) {
	t.Helper()
	db, clock := memstore.NewDB(), newClock()
	first := openTab(t, db, clock)
	first.receive(messages...)
	first.receive(message(c2c("filler"), "filler", -1000)) // the newest entry stays in the journal
	var filler []*core.Message
	for i := range 20 {
		filler = append(filler, message(c2c("filler"), fmt.Sprint("a filler of some length ", i), -900))
	}
	first.receive(filler...)
	first.eventually("folding", func() bool { return db.Len(core.SpaceMessages) >= len(messages) && db.Len(core.SpaceLog) < 3 })
	done := make(chan struct{})
	first.core.Close(func() { close(done) })
	<-done
	r := &reads{db: db, asked: map[string]bool{}}
	x := &tab{t: t, clock: clock, rows: map[string]string{}, totals: map[string]int{}}
	x.core = core.New(core.Config{
		Open: func(notify func(core.State, string)) (core.Store, error) {
			r.Handle = db.NewTab()
			x.handle = r.Handle
			notify(core.StateReady, "")
			return r, nil
		},
		Codec: plain{}, Listener: x, Now: clock.read, Random: func() string { return "id" },
		After: func(time.Duration, func()) {}, Report: func(err error) { t.Errorf("reported: %v", err) },
	})
	x.barrier()
	r.values, r.waits = 0, 0
	return x, r
}

func unreadOf(key core.ConvKey, n int) (messages []*core.Message) {
	for i := range n {
		m := message(key, fmt.Sprint(key.ID, "-", i), int64(i))
		if key.Type == core.Group {
			m.At.Seq = uint64(i + 1)
		}
		messages = append(messages, m)
	}
	return messages
}

func TestOneOfManyUnreadMessagesTakesNoMoreReading(t *testing.T) {
	const many, few = 300, 12
	for _, key := range []core.ConvKey{c2c("ann"), group("team")} {
		for name, do := range map[string]struct {
			call func(x *tab)
			left int
		}{
			"revoke": {func(x *tab) { x.change(revoke(fmt.Sprint(key.ID, "-100"))) }, many - 1},
			"delete the first": {func(x *tab) {
				x.change(core.Change{Target: core.Target{ID: key.ID + "-0"}, What: []byte("status=4 gone")})
			}, many - 1},
			"change the text": {func(x *tab) { x.change(core.Change{Target: core.Target{ID: key.ID + "-100"}, What: []byte("other")}) }, many},
			"read everything": {func(x *tab) { x.must(x.read(key, core.ReadUpTo{})) }, 0},
		} {
			x, r := openFolded(t, unreadOf(key, many)...)
			before := x.total()
			do.call(x)
			if r.values > few {
				t.Errorf("%s: %s reads %d values, want %d at most", key.ID, name, r.values, few)
			}
			if got, want := before-x.total(), many-do.left; got != want {
				t.Errorf("%s: %s takes %d off the total, want %d", key.ID, name, got, want)
			}
			x.verified()
		}
	}
}

func TestAReadOnAnotherDeviceReadsWhatIsBehindIt(t *testing.T) {
	const many, few = 300, 80
	for name, update := range map[string]core.ConvUpdate{
		"C2C, nearly all":         {Key: c2c("ann"), Read: &core.ReadUpTo{Time: someday + many - 3}},
		"group that is read":      {Key: group("team"), Read: &core.ReadUpTo{Seq: many}},
		"group, nearly all of it": {Key: group("team"), Read: &core.ReadUpTo{Seq: many - 20}},
	} {
		messages := append(unreadOf(c2c("ann"), many), unreadOf(group("team"), many)...)
		for _, m := range messages[many : 2*many-1] {
			m.IsRead = true
		}
		x, r := openFolded(t, messages...)
		x.must(wait(func(done func(error)) { x.core.UpdateConversations([]core.ConvUpdate{update}, done) }))
		if r.values > few {
			t.Errorf("%s: %d values are read, want %d at most", name, r.values, few)
		}
		x.verified()
	}
}

func TestReadsOfManyConversationsDoNotWaitForEach(t *testing.T) {
	const many = 70
	var messages []*core.Message
	var updates []core.ConvUpdate
	for i := range many {
		key, to := c2c(fmt.Sprint("c", i)), core.ReadUpTo{Time: someday + 1}
		if i%2 == 0 {
			key, to = group(fmt.Sprint("g", i)), core.ReadUpTo{Seq: 3}
		}
		messages = append(messages, unreadOf(key, 3)...)
		updates = append(updates, core.ConvUpdate{Key: key, Read: &to})
	}
	x, r := openFolded(t, messages...)
	x.must(wait(func(done func(error)) { x.core.UpdateConversations(updates, done) }))
	if r.waits > 0 {
		t.Errorf("%d answers are waited for, want all of them asked for before", r.waits)
	}
	if got, want := x.total(), 21+many/2; got != want {
		t.Errorf("total %d, want %d: one message of each C2C conversation, and the fillers", got, want)
	}
	x.verified()
}

func TestManyConversationsAreDeletedWithoutWaitingForEach(t *testing.T) {
	const many = 40
	var messages []*core.Message
	var all []core.ConvKey
	for i := range many {
		all = append(all, c2c(fmt.Sprint("c", i)))
		messages = append(messages, unreadOf(all[i], 3)...)
	}
	x, r := openFolded(t, messages...)
	x.must(wait(func(done func(error)) { x.core.DeleteAll(all, true, done) }))
	if r.waits > 0 {
		t.Errorf("%d answers are waited for, want all of them asked for before", r.waits)
	}
	x.receive(messages...) // a resync brings nothing back
	x.verified()
	if got := x.total(); got != 21 {
		t.Errorf("total %d, want that of the one conversation left, 21", got)
	}
}

func TestAPageOfHistoryIsAskedForWithTheCounters(t *testing.T) {
	x, r := openFolded(t, unreadOf(c2c("ann"), 30)...)
	if got := x.page(c2c("ann"), core.History{Count: 3}); got != "ann-29 ann-28 ann-27" || r.waits != 0 {
		t.Errorf("newest page %q after %d answers that were waited for, want none", got, r.waits)
	}
	got := x.page(c2c("ann"), core.History{Count: 2, Anchor: &core.Target{ID: "ann-27"}})
	if got != "ann-26 ann-25" || r.waits != 1 {
		t.Errorf("the page behind it %q after %d answers that were waited for, want 1", got, r.waits)
	}
	for hint, waits := range map[int64]int{25: 0, 26: 1, 24: 1} { // right, and a second off
		r.waits = 0
		got := x.page(c2c("ann"), core.History{Count: 2, Anchor: &core.Target{ID: "ann-25", Time: someday + hint}})
		if got != "ann-24 ann-23" || r.waits != waits {
			t.Errorf("with a hint %d the page behind that %q after %d answers that were waited for, want %d", hint, got, r.waits, waits)
		}
	}
}

func TestManyMessagesAreLocatedTogether(t *testing.T) {
	const many = 100
	messages := unreadOf(c2c("ann"), many)
	x, r := openFolded(t, messages...)
	var targets []core.Target
	var changes []core.Change
	for i := range many {
		target := core.Target{ID: messages[i].ID}
		if i%3 > 0 {
			target.Conv = c2c("ann")
		}
		targets = append(targets, target)
		changes = append(changes, core.Change{Target: target, What: []byte("status=4 gone")}, core.Change{Target: target, What: []byte("gone")})
	}
	found := 0
	find := func() {
		found = 0
		x.must(wait(func(done func(error)) {
			x.core.FindMessages(targets, func(all []core.Changed, err error) {
				for i, c := range all {
					if c.Message != nil && c.Message.ID == messages[i].ID {
						found++
					}
				}
				done(err)
			})
		}))
	}
	if find(); found != many || r.waits != 0 {
		t.Errorf("%d of %d messages found after %d answers that were waited for, want none", found, many, r.waits)
	}
	x.must(wait(func(done func(error)) {
		x.core.ChangeMessages("delete", changes, func(results []core.Changed, err error) {
			for i, result := range results {
				if result.Err != nil || result.Message.Status != core.StatusDeleted {
					t.Errorf("change %d: %v", i, result.Err)
				}
			}
			done(err)
		})
	}))
	if r.waits > 5 { // who is the last message now
		t.Errorf("%d answers were waited for to delete %d messages, want 5 at most", r.waits, many)
	}
	if got := x.total(); got != 21 {
		t.Errorf("total %d, want that of the one conversation left, 21", got)
	}
	x.verified()
}

// together has all calls of fn in one batch.
func (x *tab) together(db *memstore.DB, fn func()) {
	x.t.Helper()
	begun, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	db.SetFault(func(memstore.Commit) memstore.Outcome {
		once.Do(func() { close(begun) })
		<-release
		return memstore.Outcome{}
	})
	x.core.Pin(c2c("filler"), true, func(error) {})
	<-begun
	fn()
	close(release)
	x.barrier()
	db.SetFault(nil)
}

func TestWhatAnOperationExpectedIsNothingToALaterOne(t *testing.T) {
	key := group("team")
	x, r := openFolded(t, unreadOf(key, 10)...)
	byID := core.Change{Target: core.Target{Conv: key, ID: "team-4"}, What: []byte("by id")}
	bySeq := core.Change{Target: core.Target{Conv: key, Seq: 5}, What: []byte("by sequence")}
	x.together(r.db, func() {
		x.core.ChangeMessages("change", []core.Change{bySeq, byID}, func([]core.Changed, error) {})
		x.core.ClearHistory(key, func(error) {})
		x.core.ChangeMessages("change", []core.Change{byID}, func([]core.Changed, error) {})
	})
	if got := x.page(key, core.History{Count: 10}); got != "" {
		t.Errorf("%q is there after the history was cleared", got)
	}
	x.verified()
}

func TestASecondIsNotLookedForAtMessagesWithoutATime(t *testing.T) {
	key := group("team")
	x, _ := openFolded(t, unreadOf(key, 20)...)
	for i, m := range []*core.Message{message(key, "clocked", 5000), message(key, "local", 6000)} {
		m.At.Seq, m.Clocked, m.Local = 3, i == 0, i == 1
		x.receive(m)
		if got := x.page(key, core.History{Seqs: []uint64{8}}); got != "team-7" {
			t.Errorf("behind the %s one the message of sequence 8 is %q, want team-7", m.ID, got)
		}
		if got := x.page(key, core.History{Seq: 8, Count: 2}); got != "team-7 team-6" {
			t.Errorf("behind the %s one the page from sequence 8 is %q", m.ID, got)
		}
	}
	x.verified()
}

func TestALongHistoryIsClearedToItsEnd(t *testing.T) {
	const many = 600
	for _, key := range []core.ConvKey{c2c("ann"), group("team")} {
		messages := unreadOf(key, many)
		x, r := openFolded(t, messages...)
		before := r.db.Len(core.SpaceIDs)
		x.must(wait(func(done func(error)) { x.core.DeleteAll([]core.ConvKey{key, key}, true, done) }))
		if got := before - r.db.Len(core.SpaceIDs); got != many {
			t.Errorf("%s: %d identities went with the messages, want %d", key.ID, got, many)
		}
		x.receive(messages...)
		if got := x.total(); got != 21 {
			t.Errorf("%s: total %d after a resync, want that of the one conversation left, 21", key.ID, got)
		}
		x.verified()
	}
}

func TestAHintChangesNoPage(t *testing.T) {
	for _, key := range []core.ConvKey{c2c("ann"), group("team")} {
		messages := unreadOf(key, 40)
		for i, m := range messages {
			m.At.Time = someday + int64(i/3)
		}
		x, _ := openFolded(t, messages[:30]...)
		x.receive(messages[30:]...)
		for i := 1; i < len(messages); i += 7 {
			x.change(core.Change{Target: core.Target{Conv: key, ID: messages[i].ID}, What: []byte("status=4 gone")})
		}
		for i, m := range messages {
			for _, count := range []int{1, 4, 70} {
				plain := core.History{Count: count, Anchor: &core.Target{ID: m.ID}}
				want := x.page(key, plain)
				for _, hint := range []core.Target{
					{ID: m.ID, Time: m.At.Time}, {ID: m.ID, Time: m.At.Time, Seq: m.At.Seq}, {ID: m.ID, Time: m.At.Time, Seq: 1},
					{ID: m.ID, Time: m.At.Time + 1}, {ID: m.ID, Time: m.At.Time - 1}, {ID: m.ID, Time: m.At.Time, Seq: 1<<64 - 1},
				} {
					plain.Anchor = &hint
					if got := x.page(key, plain); got != want {
						t.Errorf("%s, %d behind the one of number %d: %q with the hint %+v, %q without", key.ID, count, i, got, hint, want)
					}
				}
			}
		}
	}
}
