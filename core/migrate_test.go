package core_test

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// recorded is a database as a file of testdata has it: space, key and value a
// line, the latter two in hexadecimal.
func recorded(t *testing.T, name string) *memstore.DB {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	db := memstore.NewDB()
	tab := db.NewTab()
	defer tab.Close()
	err = tab.Update(func(tx core.Tx) error {
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			fields := strings.Split(lines.Text(), " ")
			key, err := hex.DecodeString(fields[1])
			if err != nil {
				return err
			}
			value, err := hex.DecodeString(fields[2])
			if err != nil {
				return err
			}
			tx.Put(core.Space(fields[0]), string(key), value)
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestADatabaseOfVersion1IsTakenOver(t *testing.T) {
	want, err := os.ReadFile("testdata/v1/list.txt")
	if err != nil {
		t.Fatal(err)
	}
	db := recorded(t, "testdata/v1/database.txt")
	db.FailNext(1, core.CodeStorage) // the migration is interrupted
	for _, again := range []string{"first", "again"} {
		x := openTab(t, db, newClock())
		if got := x.texts(); got != string(want) {
			t.Fatalf("%s opened:\n%s\nwant\n%s", again, got, want)
		}
		x.verified()
		x.core.Close(func() {})
	}
	x := openTab(t, db, newClock())
	x.receive(message(c2c("user1"), "m29", 29), message(c2c("user1"), "new", 60))
	x.verified()
	x.expect("history", x.page(c2c("user1"), core.History{Count: 3}), "new m29 m22")
}

// dump is all that lies in a database.
func dump(db *memstore.DB) string {
	var lines []string
	for _, space := range core.Spaces {
		for key, value := range db.Records(space) {
			lines = append(lines, fmt.Sprintf("%s %q %x", space, key, value))
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

// TestATakeOverThatIsInterruptedLeavesTheDataWhole has the tab die at each transaction
// in turn, before it and after it, from the first on until all is folded, of which
// pages of older versions are part.
func TestATakeOverThatIsInterruptedLeavesTheDataWhole(t *testing.T) {
	for _, version := range []string{"v1", "v2", "v3"} {
		want, err := os.ReadFile("testdata/" + version + "/list.txt")
		if err != nil {
			t.Fatal(err)
		}
		for step := 0; ; step++ {
			db := filled(t, read(t, "testdata/"+version+"/database.txt"))
			before, n := dump(db), 0
			var died atomic.Bool
			db.SetFault(func(memstore.Commit) memstore.Outcome {
				if n++; n <= step/2 {
					return memstore.Outcome{}
				}
				died.Store(true)
				return memstore.Outcome{Applied: n == step/2+1 && step%2 == 1, Err: &core.Error{Code: core.CodeStorageClosed}}
			})
			c := core.New(core.Config{
				Open:  func(func(core.State, string)) (core.Store, error) { return db.NewTab(), nil },
				Codec: plain{}, Listener: quiet{&tab{}}, Now: newClock().read, Random: func() string { return "e" },
				After: func(_ time.Duration, fn func()) { go fn() }, Report: func(error) {},
				Journal: core.Journal{Keep: 1, From: 1, Busy: 1, AtAll: 1},
			})
			for i := range 4 { // which folding comes behind of
				_ = wait(func(done func(error)) { c.Receive(incoming(message(c2c("user1"), fmt.Sprint("more", i), 5)), done) })
			}
			for begun := time.Now(); !died.Load() && db.Len(core.SpaceLog) > 1 && time.Since(begun) < 10*time.Second; {
				time.Sleep(time.Millisecond)
			}
			c.Close(func() {})
			if step == 0 && dump(db) != before {
				t.Errorf("%s: what failed has left something", version)
			}
			db.SetFault(nil)
			x := openTab(t, db, newClock())
			if got := rowsBut(x.texts(), "user1 "); got != rowsBut(string(want), "user1 ") {
				t.Fatalf("%s, step %d:\n%s\nwant\n%s", version, step, got, want)
			}
			x.verified()
			x.handle.Kill()
			if !died.Load() {
				if step < 6 {
					t.Errorf("%s: all is done in %d steps", version, step)
				}
				break
			}
		}
	}
}

func rowsBut(rows, beginning string) (rest string) {
	for _, row := range strings.SplitAfter(rows, "\n") {
		if !strings.HasPrefix(row, beginning) {
			rest += row
		}
	}
	return rest
}

// TestPagesOfAnOlderVersionAreWrittenAnew when the journal is folded.
func TestPagesOfAnOlderVersionAreWrittenAnew(t *testing.T) {
	db := filled(t, read(t, "testdata/v2/database.txt"))
	x := openTab(t, db, newClock())
	for i := range 20 {
		x.receive(message(c2c("user1"), fmt.Sprint("more", i), int64(1000+i)))
	}
	before := x.texts()
	old := func() (n int) {
		for _, page := range db.Records(core.SpaceConvs) {
			if page[0] == 2 {
				n++
			}
		}
		return n
	}
	x.eventually("folding", func() bool { return short(db)() && old() == 0 })
	x.expect("list", x.texts(), before)
	y := openTab(t, db, newClock())
	y.expect("list of a new tab", y.texts(), before)
	y.verified()
}
