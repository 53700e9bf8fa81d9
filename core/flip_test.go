package core_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// everyBit has a bit of each byte changed, not only of some.
var everyBit = flag.Bool("everybit", false, "change a bit of every byte of the damaged records")

// An exported is what a core.BackupWriter gets.
type exported struct {
	messages int
	damaged  []stored
}

func (*exported) Settings([]string, []byte)         {}
func (*exported) Conversation(core.ConvKey, []byte) {}
func (e *exported) Message(head, raw []byte)        { e.messages++ }
func (e *exported) Damaged(space core.Space, key string, bytes []byte) {
	e.damaged = append(e.damaged, stored{space, key, string(bytes)})
}

func (x *tab) export() *exported {
	x.t.Helper()
	var e *exported
	x.must(wait(func(done func(error)) {
		x.core.Export(func() core.BackupWriter { e = &exported{}; return e }, done)
	}))
	return e
}

// whole fails the test where a row's text is not what its conversation is.
func (x *tab) whole() {
	x.t.Helper()
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			a.Conversations(func(c *core.Conversation) bool {
				if got, want := string(c.Text(plain{})), string(plain{}.AppendConversation(nil, c)); got != want {
					x.t.Errorf("the text of a row: got %s, want %s", got, want)
				}
				return true
			})
		}, done)
	}))
}

// use reads what a record is for, if that is not done by opening and verifying.
func (x *tab) use(r stored) {
	x.t.Helper()
	x.must(wait(func(done func(error)) { x.core.Verify(func(_ []string, err error) { done(err) }) }))
	if n := 0; r.space == core.SpaceIDs {
		_, _ = fmt.Sscanf(r.key, "%d:", &n)
		id := r.key[strings.Index(r.key, ":")+1:][:n]
		x.must(wait(func(done func(error)) {
			x.core.FindMessages([]core.Target{{ID: id}}, func(found []core.Changed, err error) {
				if err == nil && (found[0].Message == nil || found[0].Message.ID != id) {
					x.t.Errorf("message %q is not found by its identity: %v", id, found[0].Message)
				}
				done(err)
			})
		}))
	}
	if strings.HasPrefix(r.key, "pending/") {
		x.receive(message(c2c("late5"), "to come", 505))
	}
}

// quarantined fails the test unless exactly this is quarantined, and exported.
func (x *tab) quarantined(when string, r stored, at int) {
	x.t.Helper()
	if n := x.core.Status().Quarantined; n != 1 {
		x.t.Errorf("%s: %d records are quarantined, want 1", when, n)
	}
	e := x.export()
	if len(e.damaged) != 1 || e.damaged[0].space != r.space || r.space != core.SpaceNotes && !strings.HasPrefix(e.damaged[0].key, r.key) {
		x.t.Fatalf("%s: exported are %q, want one of %s %q", when, e.damaged, r.space, r.key)
	}
	part := e.damaged[0].value
	for from := 0; from <= at; from++ {
		if strings.HasPrefix(r.value[from:], part) && at < from+len(part) {
			return
		}
	}
	x.t.Errorf("%s: byte %d is not part of what is exported: %x", when, at, part)
}

// TestEveryChangedBitIsNoticed changes one bit of some bytes of records of every kind,
// with -everybit of each byte: it is noticed, counted once, now and after a
// reload and, for some, after folding, takes no row with it but its own, and is exported.
func TestEveryChangedBitIsNoticed(t *testing.T) {
	records := read(t, "testdata/v4/database.txt")
	clock := newClock()
	opened := openTab(t, filled(t, records), clock)
	want := map[string]bool{}
	for _, row := range strings.Split(strings.TrimSpace(opened.texts()), "\n") {
		want[row] = true
	}
	opened.core.Close(func() {})
	seed := rand.Int63()
	random := rand.New(rand.NewSource(seed))
	some := map[core.Space]int{}
	for i, r := range records {
		if some[r.space]++; some[r.space] > few[r.space] {
			continue
		}
		for _, at := range places(len(r.value), random) {
			flipped := []byte(r.value)
			flipped[at] ^= 1 << random.Intn(8)
			bad := append([]stored(nil), records...)
			bad[i].value = string(flipped)
			name := fmt.Sprintf("seed %d, %s %q byte %d", seed, r.space, r.key, at)
			flip(t, name, want, bad[i], at, filled(t, bad), random.Intn(8) == 0)
			if t.Failed() {
				t.Fatal(name)
			}
		}
	}
}

// few is how many records of a space are damaged.
var few = map[core.Space]int{core.SpaceConvs: 2, core.SpaceLog: 2, core.SpaceMessages: 2, core.SpaceIDs: 2, core.SpaceMeta: 4, core.SpaceNotes: 1}

// places are where a record is damaged: more often at its ends, where its own fields are.
func places(size int, random *rand.Rand) (all []int) {
	const ends, some = 16, 6
	for at := range size {
		if *everyBit || random.Intn(size) < some || (at < ends || at >= size-ends/2) && random.Intn(4) == 0 {
			all = append(all, at)
		}
	}
	return all
}

func flip(t *testing.T, name string, want map[string]bool, r stored, at int, db *memstore.DB, fold bool) {
	x := openTab(t, db, newClock())
	x.use(r)
	x.whole()
	x.verified()
	lost := len(want)
	for _, row := range strings.Split(strings.TrimSpace(x.texts()), "\n") {
		if want[row] {
			lost--
		}
	}
	if most := map[core.Space]int{core.SpaceLog: 2}[r.space]; lost > max(most, 1) { // what one commit changed
		t.Errorf("%s: %d rows differ", name, lost)
	}
	x.quarantined(name, r, at)
	x.receive(message(c2c("after the damage"), "new", 10000))
	x.verified()
	x.handle.Kill()
	y := openTab(t, db, newClock())
	y.quarantined(name+", opened again", r, at)
	if !fold {
		y.handle.Kill()
		return
	}
	for i := range 10 {
		y.receive(message(c2c("more"), fmt.Sprint("more", i), int64(11000+i)))
	}
	y.eventually("folding", short(db))
	y.handle.Kill()
	z := openTab(t, db, newClock())
	z.use(stored{})
	z.quarantined(name+", folded", r, at)
	z.verified()
	z.whole()
	z.core.Close(func() {})
}

// TestADamagedMessageOfABatchTakesNoOtherWithIt: it can come again, too.
func TestADamagedMessageOfABatchTakesNoOtherWithIt(t *testing.T) {
	db := memstore.NewDB()
	x := openTabWith(t, db, newClock(), func(func()) {}) // nothing is folded
	var batch []*core.Message
	for i := range 500 {
		batch = append(batch, message(c2c(fmt.Sprint("c", i%50)), fmt.Sprintf("batch%03d", i), int64(i)))
	}
	x.receive(batch...)
	x.handle.Kill()
	tab := db.NewTab()
	for key, entry := range db.Records(core.SpaceLog) {
		at := bytes.LastIndex(entry, []byte("batch321"))
		flipped := bytes.Clone(entry)
		flipped[at] ^= 1
		if err := tab.Update(func(tx core.Tx) error { tx.Put(core.SpaceLog, key, flipped); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	y := openTabWith(t, db, newClock(), func(func()) {})
	y.verified()
	if got := y.export().messages; got != 499 || y.core.Status().Quarantined != 1 {
		t.Errorf("%d messages are left, %d records quarantined, want 499 and 1", got, y.core.Status().Quarantined)
	}
	y.receive(batch[321], batch[320])
	y.expect("messages after both came again", fmt.Sprint(y.export().messages), "500")
	y.verified()
}

// TestCountersThatAreDamagedInTheJournalGoOn: what waits for a message is found, and no
// message takes the place of another.
func TestCountersThatAreDamagedInTheJournalGoOn(t *testing.T) {
	db := memstore.NewDB()
	x := openTabWith(t, db, newClock(), func(func()) {}) // nothing is folded
	x.receive(message(c2c("a"), "first", 0))
	x.must(wait(func(done func(error)) {
		x.core.ChangeMessages("change", []core.Change{{Target: core.Target{Conv: c2c("a"), ID: "to come"}, What: []byte("changed"), Keep: true}},
			func(_ []core.Changed, err error) { done(err) })
	}))
	var batch []*core.Message
	for i := range 20 {
		batch = append(batch, message(c2c("a"), fmt.Sprint("one of many", i), 5))
	}
	x.receive(batch...)
	x.handle.Kill()
	tab, flipped := db.NewTab(), 0
	for key, entry := range db.Records(core.SpaceLog) {
		if at := bytes.LastIndex(entry, []byte("epoch-")); at > 0 && !bytes.Contains(entry, []byte("first")) {
			entry = bytes.Clone(entry)
			entry[at] ^= 1
			flipped++
			if err := tab.Update(func(tx core.Tx) error { tx.Put(core.SpaceLog, key, entry); return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	tab.Kill()
	y := openTabWith(t, db, newClock(), func(func()) {})
	if got := y.core.Status().Quarantined; flipped != 2 || got != flipped {
		t.Fatalf("%d are quarantined of %d entries", got, flipped)
	}
	y.receive(message(c2c("a"), "to come", 5), message(c2c("a"), "one more", 5))
	y.verified()
	if got := y.export().messages; got != 23 {
		t.Errorf("%d messages are stored, want 23", got)
	}
	y.core.FindMessages([]core.Target{{ID: "to come"}}, func(found []core.Changed, err error) {
		if err != nil || string(found[0].Message.Raw) != "changed" {
			t.Errorf("the message that was to come is %v, %v", found, err)
		}
	})
	y.barrier()
}

func TestAGroupWhoseCountersAreDamagedIsThere(t *testing.T) {
	db := memstore.NewDB()
	x := openTabWith(t, db, newClock(), func(func()) {})
	x.receive(message(c2c("a"), "1", 0))
	x.must(wait(func(done func(error)) {
		x.core.CreateGroup("work", []core.ConvKey{c2c("a")}, func(_ []error, err error) { done(err) })
	}))
	x.handle.Kill()
	tab := db.NewTab()
	for key, entry := range db.Records(core.SpaceLog) {
		if at := bytes.LastIndex(entry, []byte("epoch-")); bytes.Contains(entry, []byte("work")) {
			entry = bytes.Clone(entry)
			entry[at] ^= 1
			if err := tab.Update(func(tx core.Tx) error { tx.Put(core.SpaceLog, key, entry); return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	tab.Kill()
	y := openTabWith(t, db, newClock(), func(func()) {})
	y.must(wait(func(done func(error)) { y.core.DeleteGroup("work", done) }))
	if row := y.show(c2c("a")); strings.Contains(row, "work") {
		t.Errorf("its conversation is %s", row)
	}
}

// TestWhatIsQuarantinedIsPutAsideBeforeItsPlaceIsGivenUp has the disk refuse writes
// at first.
func TestWhatIsQuarantinedIsPutAsideBeforeItsPlaceIsGivenUp(t *testing.T) {
	records := read(t, "testdata/v4/database.txt")
	for i := len(records) - 1; i >= 0; i-- {
		r := records[i]
		if r.space == core.SpaceNotes || strings.HasPrefix(r.key, "sending/") { // they would be written first
			records = append(records[:i], records[i+1:]...)
		} else if r.space == core.SpaceLog && records[i-1].space != core.SpaceLog {
			flipped := []byte(r.value)
			flipped[len(flipped)-1] ^= 1
			records[i].value = string(flipped)
		}
	}
	db := filled(t, records)
	db.FailNext(2, core.CodeQuota)
	x := openTab(t, db, newClock())
	for i := range 30 {
		x.core.Receive(incoming(message(c2c("more"), fmt.Sprint("more", i), int64(11000+i))), func(error) {})
		x.barrierAnyway()
	}
	x.eventually("folding", short(db))
	y := openTab(t, db, newClock())
	if e := y.export(); len(e.damaged) != 1 || y.core.Status().Quarantined != 1 {
		t.Errorf("exported are %q, quarantined %d", e.damaged, y.core.Status().Quarantined)
	}
}

func (x *tab) barrierAnyway() {
	_ = wait(func(done func(error)) { x.core.Receive(core.Incoming{}, done) })
}

// TestANewerFormatIsRefusedAndLeftAsItIs: of a store that does not know of formats.
func TestANewerFormatIsRefusedAndLeftAsItIs(t *testing.T) {
	records := read(t, "testdata/v4/database.txt")
	for i, r := range records {
		if r.space == core.SpaceMeta && r.key == core.MetaKey {
			records[i].value = string(core.NextFormat([]byte(r.value)))
		}
	}
	db := filled(t, records)
	x := &tab{t: t, rows: map[string]string{}, totals: map[string]int{}}
	c := core.New(core.Config{
		Open:  func(notify func(core.State, string)) (core.Store, error) { return db.NewTab(), nil },
		Codec: plain{}, Listener: x, Now: newClock().read, Random: func() string { return "e" },
		After: func(time.Duration, func()) {}, Report: func(error) {},
	})
	err := wait(func(done func(error)) { c.Receive(incoming(message(c2c("a"), "m", 1)), done) })
	if codeOf(err) != core.CodeStorageClosed {
		t.Errorf("a message: %v", err)
	}
	if s := c.Status(); s.State != core.StateClosed || !strings.Contains(s.Reason, "newer format") {
		t.Errorf("status %+v", s)
	}
	for _, r := range records {
		if got := db.Records(r.space)[r.key]; string(got) != r.value {
			t.Errorf("%s %q has been changed", r.space, r.key)
		}
	}
}
