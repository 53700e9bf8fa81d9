package storetest

import (
	"errors"
	"fmt"
	"time"

	"timconv/core"
)

var writingCases = []testCase{
	{"ATransactionSeesWhatItHasPut", func(s *suite) {
		s.put(core.SpaceConvs, "a", "old", "c", "C")
		s.update(s.store, func(tx core.Tx) error {
			tx.Put(core.SpaceConvs, "b", []byte("B"))
			tx.Put(core.SpaceConvs, "a", []byte("new"))
			values, err := tx.Values(core.SpaceConvs, "", "", 0)
			s.equal(texts(values), []string{"new", "B", "C"})
			if err != nil {
				return err
			}
			values, err = tx.Get(core.SpaceConvs, "b", "a")
			s.equal(texts(values), []string{"B", "new"})
			return err
		})
		s.wantAll(core.SpaceConvs, "new", "B", "C")
	}},
	{"TheLastPutOfAKeyStays", func(s *suite) {
		s.update(s.store, func(tx core.Tx) error {
			tx.Put(core.SpaceConvs, "a", []byte("1"))
			tx.Delete(core.SpaceConvs, "a")
			tx.Put(core.SpaceConvs, "a", []byte("2"))
			tx.Put(core.SpaceConvs, "b", []byte("3"))
			tx.Delete(core.SpaceConvs, "b")
			tx.Delete(core.SpaceConvs, "never there")
			return nil
		})
		s.wantAll(core.SpaceConvs, "2")
	}},
	{"AddPutsWhatIsNotThere", func(s *suite) {
		s.update(s.store, func(tx core.Tx) error {
			tx.Add(core.SpaceLog, "a", []byte("1"))
			tx.Put(core.SpaceLog, "b", []byte("2"))
			tx.Delete(core.SpaceLog, "b")
			tx.Add(core.SpaceLog, "b", []byte("3"))
			return nil
		})
		s.wantAll(core.SpaceLog, "1", "3")
	}},
	{"DeleteRangeTakesWhatIsInItAndNoMore", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C", "d", "D")
		s.update(s.store, func(tx core.Tx) error {
			tx.Put(core.SpaceMessages, "bb", []byte("BB"))
			tx.DeleteRange(core.SpaceMessages, "b", "d")
			tx.Put(core.SpaceMessages, "cc", []byte("CC"))
			values, err := tx.Values(core.SpaceMessages, "", "", 0)
			s.equal(texts(values), []string{"A", "CC", "D"})
			return err
		})
		s.wantAll(core.SpaceMessages, "A", "CC", "D")
	}},
	{"DeleteRangeWithoutEndsIsEverything", func(s *suite) {
		s.put(core.SpaceMessages, "a", "A", "b", "B", "c", "C")
		s.update(s.store, func(tx core.Tx) error {
			tx.DeleteRange(core.SpaceMessages, "b", "b")
			tx.DeleteRange(core.SpaceMessages, "c", "a")
			return nil
		})
		s.wantAll(core.SpaceMessages, "A", "B", "C")
		s.update(s.store, func(tx core.Tx) error {
			tx.DeleteRange(core.SpaceMessages, "b", "")
			return nil
		})
		s.wantAll(core.SpaceMessages, "A")
		s.update(s.store, func(tx core.Tx) error {
			tx.DeleteRange(core.SpaceMessages, "", "")
			return nil
		})
		s.wantAll(core.SpaceMessages)
	}},
	{"BreatheKeepsALongTransactionAlive", func(s *suite) {
		s.update(s.store, func(tx core.Tx) error {
			for i := range 5 {
				tx.Put(core.SpaceMessages, fmt.Sprint(i), []byte("x"))
				for start := time.Now(); time.Since(start) < 10*time.Millisecond; {
					_ = bulk(1000) // work that never waits
				}
				if err := tx.Breathe(); err != nil {
					return err
				}
			}
			values, err := tx.Values(core.SpaceMessages, "", "", 0)
			if len(values) != 5 {
				s.Errorf("got %d values after breathing, want 5", len(values))
			}
			return err
		})
		s.wantAll(core.SpaceMessages, "x", "x", "x", "x", "x")
	}},
	{"BreatheWorksInAView", func(s *suite) {
		s.put(core.SpaceConvs, "a", "A")
		s.view(s.store, func(tx core.Tx) error {
			if err := tx.Breathe(); err != nil {
				return err
			}
			values, err := tx.Get(core.SpaceConvs, "a")
			s.equal(texts(values), []string{"A"})
			return err
		})
	}},
	{"EmptyTransactionsSucceed", func(s *suite) {
		nothing := func(core.Tx) error { return nil }
		s.update(s.store, nothing)
		s.view(s.store, nothing)
	}},
	{"RandomTransactionsAgreeWithAMap", randomTransactions},
	{"RelaxedAndStrictCommitAlike", func(s *suite) {
		s.store.SetRelaxed(true)
		s.put(core.SpaceConvs, "a", "A")
		s.store.SetRelaxed(false)
		s.put(core.SpaceConvs, "b", "B")
		s.wantAll(core.SpaceConvs, "A", "B")
	}},
}

var failingCases = []testCase{
	{"AnErrorFromFnLeavesNothing", func(s *suite) {
		s.put(core.SpaceConvs, "a", "A", "b", "B", "c", "C")
		s.put(core.SpaceMeta, "m", "M")
		cause := errors.New("no")
		err := s.store.Update(func(tx core.Tx) error {
			overwrite(tx)
			if _, err := tx.Get(core.SpaceConvs, "d"); err != nil {
				return err
			}
			return cause
		})
		if !errors.Is(err, cause) {
			s.Errorf("got error %v, want fn's own", err)
		}
		s.wantAll(core.SpaceConvs, "A", "B", "C")
		s.wantAll(core.SpaceMeta, "M")
	}},
	{"AnErrorBeforeAnyReadLeavesNothing", func(s *suite) {
		cause := errors.New("no")
		err := s.store.Update(func(tx core.Tx) error {
			tx.Put(core.SpaceConvs, "a", []byte("A"))
			return cause
		})
		if !errors.Is(err, cause) {
			s.Errorf("got error %v, want fn's own", err)
		}
		s.wantAll(core.SpaceConvs)
	}},
	{"AnAddOfWhatIsThereLeavesNothing", func(s *suite) {
		s.put(core.SpaceLog, "a", "A")
		s.put(core.SpaceMeta, "m", "M")
		for range 3 {
			err := s.store.Update(func(tx core.Tx) error {
				tx.Put(core.SpaceConvs, "c", []byte("before"))
				tx.Add(core.SpaceLog, "a", []byte("other"))
				tx.Put(core.SpaceMeta, "m", []byte("behind"))
				return nil
			})
			if !errors.Is(err, core.ErrTaken) {
				s.Errorf("got error %v, want ErrTaken", err)
			}
		}
		s.wantAll(core.SpaceConvs)
		s.wantAll(core.SpaceLog, "A")
		s.wantAll(core.SpaceMeta, "M")
		s.update(s.store, func(tx core.Tx) error {
			tx.Add(core.SpaceLog, "b", []byte("B"))
			return nil
		})
		s.wantAll(core.SpaceLog, "A", "B")
	}},
	{"APanicInFnLeavesNothingAndTheStoreLives", func(s *suite) {
		s.put(core.SpaceConvs, "a", "A", "b", "B", "c", "C")
		for _, run := range []func(func(core.Tx) error) error{s.store.Update, s.store.View} {
			if got := caught(func() { _ = run(func(core.Tx) error { panic("ouch") }) }); got != "ouch" {
				s.Errorf("got panic %v, want fn's own", got)
			}
		}
		caught(func() {
			_ = s.store.Update(func(tx core.Tx) error {
				overwrite(tx)
				panic("ouch")
			})
		})
		s.wantAll(core.SpaceConvs, "A", "B", "C")
		s.put(core.SpaceConvs, "d", "D")
		s.wantAll(core.SpaceConvs, "A", "B", "C", "D")
	}},
	{"AViewCannotWrite", func(s *suite) {
		for _, write := range []func(core.Tx){
			func(tx core.Tx) { tx.Put(core.SpaceConvs, "a", nil) },
			func(tx core.Tx) { tx.Add(core.SpaceConvs, "a", nil) },
			func(tx core.Tx) { tx.Delete(core.SpaceConvs, "a") },
			func(tx core.Tx) { tx.DeleteRange(core.SpaceConvs, "a", "b") },
		} {
			if caught(func() { _ = s.store.View(func(tx core.Tx) error { write(tx); return nil }) }) == nil {
				s.Error("a write in a View did not panic")
			}
		}
		s.wantAll(core.SpaceConvs)
	}},
	{"AnErrorFromAViewIsPassedOn", func(s *suite) {
		cause := errors.New("no")
		if err := s.store.View(func(core.Tx) error { return cause }); !errors.Is(err, cause) {
			s.Errorf("got error %v, want fn's own", err)
		}
	}},
	{"AClosedStoreAnswersStorageClosed", func(s *suite) {
		s.put(core.SpaceConvs, "a", "A")
		store := s.open()
		store.Close()
		ran := func(core.Tx) error { s.Error("fn ran on a closed store"); return nil }
		s.wantCode(store.Update(ran), core.CodeStorageClosed)
		s.wantCode(store.View(ran), core.CodeStorageClosed)
		_, err := store.LiveTabs()
		s.wantCode(err, core.CodeStorageClosed)
		store.PutNote("n", []byte("N"))
		store.DeleteNote("n")
		store.Announce([]byte("late"), false)
		store.Close()
		s.wantAll(core.SpaceConvs, "A")
	}},
	{"WhatWasCommittedOutlivesItsHandle", func(s *suite) {
		s.put(core.SpaceConvs, "a", "A")
		s.store.Close()
		s.store = s.open()
		s.wantAll(core.SpaceConvs, "A")
	}},
}

func overwrite(tx core.Tx) {
	tx.Put(core.SpaceMeta, "m", []byte("changed"))
	tx.Put(core.SpaceConvs, "a", []byte("changed"))
	tx.Put(core.SpaceConvs, "a", []byte("changed again"))
	tx.Delete(core.SpaceConvs, "b")
	tx.Put(core.SpaceConvs, "d", []byte("new"))
	tx.DeleteRange(core.SpaceConvs, "", "")
	tx.Put(core.SpaceConvs, "b", []byte("back"))
}

func caught(run func()) (panicked any) {
	defer func() { panicked = recover() }()
	run()
	return nil
}
