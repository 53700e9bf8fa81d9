package memstore

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"sort"
	"testing"

	"timconv/core"
	"timconv/store/storetest"
)

func TestMemstoreIsAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() core.Store {
		db := NewDB()
		return func() core.Store {
			store, err := db.Open(nil)
			if err != nil {
				t.Fatal(err)
			}
			return store
		}
	})
}

func TestTableAgreesWithAMap(t *testing.T) {
	seed := rand.Int63()
	rng := rand.New(rand.NewSource(seed))
	var tab table
	plain := map[string]string{}
	for step := range 30_000 {
		key := fmt.Sprintf("%05d", rng.Intn(4000))
		old, had := plain[key]
		if rng.Intn(5) < 3 {
			value := fmt.Sprint(step)
			if got := tab.put(key, []byte(value)); string(got) != old || (got != nil) != had {
				t.Fatalf("seed %d step %d: put(%s) replaced %q, want %q", seed, step, key, got, old)
			}
			plain[key] = value
		} else {
			if got := tab.remove(key); string(got) != old || (got != nil) != had {
				t.Fatalf("seed %d step %d: remove(%s) took %q, want %q", seed, step, key, got, old)
			}
			delete(plain, key)
		}
		if step%1000 == 0 {
			from, to := fmt.Sprintf("%05d", rng.Intn(4000)), fmt.Sprintf("%05d", rng.Intn(4000))
			compare(t, seed, &tab, plain, from, to)
			compare(t, seed, &tab, plain, "", "")
		}
	}
}

func compare(t *testing.T, seed int64, tab *table, plain map[string]string, from, to string) {
	t.Helper()
	var want, got []string
	for key, value := range plain {
		if key >= from && (to == "" || key < to) {
			want = append(want, key+"="+value)
		}
	}
	sort.Strings(want)
	tab.ascend(from, to, func(e entry) bool {
		got = append(got, e.key+"="+string(e.value))
		return true
	})
	if !slices.Equal(got, want) {
		t.Fatalf("seed %d: [%s, %s) has %d entries, want %d, or others", seed, from, to, len(got), len(want))
	}
}

func TestInjectedFaults(t *testing.T) {
	put := func(h *Handle, value string) error {
		return h.Update(func(tx core.Tx) error { tx.Put(core.SpaceConvs, "a", []byte(value)); return nil })
	}
	value := func(h *Handle) (got string) {
		_ = h.View(func(tx core.Tx) error {
			values, err := tx.Get(core.SpaceConvs, "a")
			got = string(values[0])
			return err
		})
		return got
	}
	for _, c := range []struct {
		name   string
		inject func(*DB)
		fails  int
		code   core.Code
		after  string
	}{
		{"before the commit", func(db *DB) { db.FailNext(2, core.CodeStorage) }, 2, core.CodeStorage, "old"},
		{"quota", func(db *DB) { db.FailNext(1, core.CodeQuota) }, 1, core.CodeQuota, "old"},
		{"after the commit", func(db *DB) { db.FailNextAfterCommit(1) }, 1, core.CodeStorage, "new"},
		{"by size", func(db *DB) { db.FailAbove(2) }, 3, core.CodeQuota, "old"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := NewDB()
			h := db.NewTab()
			if err := put(h, "old"); err != nil {
				t.Fatal(err)
			}
			c.inject(db)
			for range c.fails {
				var e *core.Error
				if err := put(h, "new"); !errors.As(err, &e) || e.Code != c.code {
					t.Errorf("got error %v, want code %d", err, c.code)
				}
				if got := value(h); got != c.after {
					t.Errorf("got value %q after the fault, want %q", got, c.after)
				}
			}
			if err := put(h, "1"); err != nil {
				t.Errorf("got error %v once the fault was over", err)
			}
		})
	}
}

func TestFailNextViewsFailsViewsOnly(t *testing.T) {
	db := NewDB()
	h := db.NewTab()
	db.FailNextViews(1, core.CodeStorage)
	nothing := func(core.Tx) error { return nil }
	if err := h.Update(nothing); err != nil {
		t.Errorf("Update: got %v, want nil", err)
	}
	if err := h.View(nothing); err == nil {
		t.Error("first View: got nil, want an error")
	}
	if err := h.View(nothing); err != nil {
		t.Errorf("second View: got %v, want nil", err)
	}
}

func TestAKilledHandleLeavesItsNotesAndNoTransaction(t *testing.T) {
	db := NewDB()
	doomed, other := db.NewTab(), db.NewTab()
	doomed.PutNote("n", []byte("N"))
	err := doomed.Update(func(tx core.Tx) error {
		tx.Put(core.SpaceConvs, "a", []byte("A"))
		doomed.Kill()
		return nil
	})
	if err == nil {
		t.Error("the Update of a killed handle: got nil, want an error")
	}
	doomed.PutNote("late", nil)
	if got := db.Len(core.SpaceConvs); got != 0 {
		t.Errorf("got %d records, want 0", got)
	}
	if got := db.Len(core.SpaceNotes); got != 1 {
		t.Errorf("got %d notes, want 1", got)
	}
	if tabs, err := other.LiveTabs(); err != nil || !slices.Equal(tabs, []string{other.Tab()}) {
		t.Errorf("got live tabs %v, %v, want only the other", tabs, err)
	}
}

func TestAnnouncementsCanBeHeldAndDropped(t *testing.T) {
	db := NewDB()
	from, to := db.NewTab(), db.NewTab()
	var heard []string
	to.Listen(func(msg []byte) {
		if msg == nil {
			heard = append(heard, "wake")
			return
		}
		heard = append(heard, string(msg))
	})
	db.Hold()
	from.Announce([]byte("dropped"), false)
	db.Drop()
	from.Announce([]byte("held"), false)
	db.Settle()
	if len(heard) != 0 {
		t.Errorf("got %v while held, want nothing", heard)
	}
	db.Release()
	from.Announce([]byte("free"), false)
	to.Wake()
	db.Settle()
	if want := []string{"held", "free", "wake"}; !slices.Equal(heard, want) {
		t.Errorf("got %v, want %v", heard, want)
	}
}

func BenchmarkPutHundredThousand(b *testing.B) {
	order := rand.New(rand.NewSource(1)).Perm(100_000)
	keys := make([]string, len(order))
	for i, n := range order {
		keys[i] = fmt.Sprintf("%08d", n)
	}
	for b.Loop() {
		_ = NewDB().NewTab().Update(func(tx core.Tx) error {
			for _, key := range keys {
				tx.Put(core.SpaceMessages, key, nil)
			}
			return nil
		})
	}
}
