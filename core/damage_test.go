package core_test

import (
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strings"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

// again is for the day on which the format changes: what is recorded then goes to a
// folder of its own, and what there is stays.
var again = flag.Bool("record", false, "record the database of today")

// A stored record, as testdata has it.
type stored struct {
	space      core.Space
	key, value string
}

func read(t *testing.T, name string) (all []stored) {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(file)), "\n") {
		fields := strings.Split(line, " ")
		key, _ := hex.DecodeString(fields[1])
		value, _ := hex.DecodeString(fields[2])
		all = append(all, stored{core.Space(fields[0]), string(key), string(value)})
	}
	return all
}

func filled(t *testing.T, records []stored) *memstore.DB {
	t.Helper()
	db := memstore.NewDB()
	tab := db.NewTab()
	defer tab.Close()
	if err := tab.UpdateAll(func(tx core.Tx) error {
		for _, r := range records {
			tx.Put(r.space, r.key, []byte(r.value))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return db
}

// damages are what happens to bytes, beside bits that change.
func damages(value string, random *rand.Rand) map[string]string {
	flipped := []byte(value)
	at := random.Intn(len(flipped))
	flipped[at] ^= 1 << random.Intn(8)
	return map[string]string{
		"emptied": "", "cut in half": value[:len(value)/2], "without its end": value[:len(value)-1], "with more behind": value + "\x00more",
		"foreign": "<html>not found</html>", "of another version": "\xff" + value[1:], fmt.Sprint("with a bit changed in byte ", at): string(flipped),
	}
}

// TestNoDamageKeepsAnAccountClosed damages each record of a database in turn, in each
// way: the account opens and takes in messages. Where the record shows that it is
// damaged, the caches agree with the messages that are left, and what the record did
// not hold is there.
func TestNoDamageKeepsAnAccountClosed(t *testing.T) {
	for _, version := range []string{"v2", "v4"} {
		t.Run(version, func(t *testing.T) {
			noDamageKeepsItClosed(t, read(t, "testdata/"+version+"/database.txt"), version != "v2")
		})
	}
}

func noDamageKeepsItClosed(t *testing.T, records []stored, checksums bool) {
	whole := openTab(t, filled(t, records), newClock())
	rows := map[string]bool{}
	for _, row := range strings.Split(strings.TrimSpace(whole.texts()), "\n") {
		rows[row] = true
	}
	whole.core.Close(func() {})
	seed := rand.Int63()
	random := rand.New(rand.NewSource(seed))
	for i, r := range records {
		if step := alike[r.space]; step > 0 && i%step > 0 {
			continue
		}
		for how, value := range damages(r.value, random) {
			damaged := append([]stored(nil), records...)
			damaged[i].value = value
			t.Run(fmt.Sprintf("%s/%x/%s", r.space, r.key, how), func(t *testing.T) {
				x := openTab(t, filled(t, damaged), newClock())
				bit := strings.HasPrefix(how, "with a bit") && !checksums // which may be of a count, or of a name
				if bit || r.space == core.SpaceMessages {                 // noticed when it is read
					x.must(wait(func(done func(error)) { x.core.Verify(func(_ []string, err error) { done(err) }) }))
				}
				if !bit {
					x.verified()
				}
				lost := 0
				seen := map[string]bool{}
				for _, row := range strings.Split(strings.TrimSpace(x.texts()), "\n") {
					seen[row] = true
				}
				for row := range rows {
					if !seen[row] {
						lost++
					}
				}
				if most := holds[r.space]; !bit && lost > most {
					t.Errorf("seed %d: %d of %d rows differ, want at most %d", seed, lost, len(rows), most)
				}
				x.receive(message(c2c("after the damage"), "new", 100))
				if !bit {
					x.verified()
				}
				x.core.Close(func() {})
			})
		}
	}
}

// alike are spaces with many records of a kind, of which one in so many will do.
var alike = map[core.Space]int{core.SpaceMessages: 60, core.SpaceIDs: 60, core.SpaceLog: 4}

// holds is how many rows one record of a space may take with it: a page has all of
// this small account's that have been folded, an entry of the journal a few.
var holds = map[core.Space]int{core.SpaceConvs: 40, core.SpaceLog: 8, core.SpaceMessages: 1, core.SpaceIDs: 0, core.SpaceMeta: 1, core.SpaceNotes: 1}

func TestADatabaseOfEachVersionIsOpened(t *testing.T) {
	if *again {
		record(t)
	}
	for _, version := range []string{"v2", "v3", "v4"} {
		want, err := os.ReadFile("testdata/" + version + "/list.txt")
		if err != nil {
			t.Fatal(err)
		}
		x := openTab(t, filled(t, read(t, "testdata/"+version+"/database.txt")), newClock())
		x.expect(version, x.texts(), string(want))
		x.verified()
		x.expect("quarantined", fmt.Sprint(x.core.Status().Quarantined), "0")
	}
}

// record writes a database of today: some of it folded, some in the journal, one note,
// a message being sent, a change of one to come and what a wipe leaves.
func record(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	x.must(wait(func(done func(error)) { x.core.Wipe(done) }))
	x.busy(0)
	for i := range 12 {
		x.receive(message(c2c(fmt.Sprint("late", i)), fmt.Sprint("late", i), int64(500+i)))
	}
	x.must(wait(func(done func(error)) { x.core.Pin(c2c("late3"), true, done) }))
	x.core.SetDraft(c2c("late4"), []byte("draft"))
	x.must(wait(func(done func(error)) {
		x.core.ChangeMessages("change", []core.Change{{Target: core.Target{Conv: c2c("late5"), ID: "to come"}, What: []byte("changed"), Keep: true}},
			func(_ []core.Changed, err error) { done(err) })
	}))
	sent := message(c2c("late6"), "sent", 600)
	sent.Status, sent.FromSelf = core.StatusSending, true
	x.must(wait(func(done func(error)) { x.core.Send(sent, func(_ *core.Message, err error) { done(err) }) }))
	x.barrier()
	db.SetFault(func(memstore.Commit) memstore.Outcome { // so that the note stays one
		return memstore.Outcome{Err: &core.Error{Code: core.CodeQuota}}
	})
	x.core.SetDraft(c2c("late7"), []byte("a note"))
	x.handle.Kill()
	var lines []string
	var all []stored
	for _, space := range core.Spaces {
		for key, value := range db.Records(space) {
			lines = append(lines, fmt.Sprintf("%s %x %x", space, key, value))
			all = append(all, stored{space, key, string(value)})
		}
	}
	sort.Strings(lines)
	list := openTab(t, filled(t, all), clock).texts() // in which what was being sent has failed
	if err := os.MkdirAll("testdata/v4", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"list": list, "database": strings.Join(lines, "\n") + "\n"} {
		if err := os.WriteFile("testdata/v4/"+name+".txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
