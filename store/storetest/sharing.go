package storetest

import (
	"fmt"
	"strconv"
	"sync"

	"timconv/core"
)

var sharingCases = []testCase{
	{"AHandleSeesWhatAnotherCommitted", func(s *suite) {
		other := s.open()
		s.put(core.SpaceConvs, "a", "A")
		s.equal(s.values(other, core.SpaceConvs, "", "", 0), []string{"A"})
	}},
	{"TwoHandlesNeverLoseAnUpdate", func(s *suite) {
		s.hammer([]core.Store{s.store, s.open()}, 2, 50)
	}},
	{"ConcurrentUpdatesOfOneHandleAreSerialised", func(s *suite) {
		s.hammer([]core.Store{s.store}, 8, 25)
	}},
	{"AViewSeesOneState", viewSeesOneState},
	{"ReadersAndWritersOfOneHandleAllFinish", func(s *suite) {
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				s.check(s.store.Update(func(tx core.Tx) error {
					tx.Put(core.SpaceConvs, strconv.Itoa(i), []byte("x"))
					_, err := tx.Values(core.SpaceConvs, "", "", 0)
					return err
				}))
			})
			wg.Go(func() {
				s.check(s.store.View(func(tx core.Tx) error {
					_, err := tx.Values(core.SpaceConvs, "", "", 0)
					return err
				}))
			})
		}
		wg.Wait()
		if got := len(s.values(s.store, core.SpaceConvs, "", "", 0)); got != 10 {
			s.Errorf("got %d records, want 10", got)
		}
	}},
}

// check is for goroutines, which must not stop the test.
func (s *suite) check(err error) {
	s.Helper()
	if err != nil {
		s.Error(err)
	}
}

// hammer increments one counter from goroutines of each store, reading it and
// writing it in the same transaction.
func (s *suite) hammer(stores []core.Store, goroutines, times int) {
	s.Helper()
	var wg sync.WaitGroup
	for _, store := range stores {
		for range goroutines {
			wg.Go(func() {
				for range times {
					s.check(store.Update(increment))
				}
			})
		}
	}
	wg.Wait()
	s.wantAll(core.SpaceMeta, strconv.Itoa(len(stores)*goroutines*times))
}

func increment(tx core.Tx) error {
	values, err := tx.Get(core.SpaceMeta, "counter")
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(string(values[0]))
	tx.Put(core.SpaceMeta, "counter", []byte(strconv.Itoa(n+1)))
	return nil
}

// viewSeesOneState reads two records in turns while another handle always
// changes both together.
func viewSeesOneState(s *suite) {
	other := s.open()
	write := func(i int) error {
		return other.Update(func(tx core.Tx) error {
			tx.Put(core.SpaceMeta, "a", fmt.Append(nil, i))
			tx.Put(core.SpaceLog, "b", fmt.Append(nil, i))
			return nil
		})
	}
	s.check(write(0))
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 30 {
			s.check(write(i + 1))
		}
	})
	for range 30 {
		s.view(s.store, func(tx core.Tx) error {
			a, err := tx.Get(core.SpaceMeta, "a")
			if err != nil {
				return err
			}
			if err := tx.Breathe(); err != nil {
				return err
			}
			b, err := tx.Values(core.SpaceLog, "", "", 0)
			s.equal(texts(b), texts(a))
			return err
		})
	}
	wg.Wait()
}
