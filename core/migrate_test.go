package core_test

import (
	"bufio"
	"encoding/hex"
	"os"
	"strings"
	"testing"

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
