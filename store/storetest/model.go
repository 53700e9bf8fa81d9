package storetest

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"timconv/core"
)

// walk is a store beside a plain map that should hold the same.
type walk struct {
	*suite
	rng  *rand.Rand
	want map[string]string // of the transaction under way
}

var errWalk = errors.New("this transaction is to leave nothing")

// randomTransactions runs transactions of random writes and reads, some of
// which fail, and compares every read with the map.
func randomTransactions(s *suite) {
	seed := rand.Uint64()
	defer func() {
		if s.Failed() {
			s.Logf("seed %d", seed)
		}
	}()
	w := &walk{suite: s, rng: rand.New(rand.NewPCG(seed, 0)), want: map[string]string{}}
	stores := []core.Store{s.store, s.open()}
	for range 60 {
		before := maps.Clone(w.want)
		fails := w.rng.IntN(4) == 0
		err := stores[w.rng.IntN(2)].Update(func(tx core.Tx) error {
			for range w.rng.IntN(25) {
				if err := w.step(tx); err != nil {
					return err
				}
			}
			if fails {
				return errWalk
			}
			return nil
		})
		if fails {
			w.want = before
		}
		if (err != nil) != fails || fails && !errors.Is(err, errWalk) {
			s.Fatalf("got error %v", err)
		}
		s.view(stores[w.rng.IntN(2)], func(tx core.Tx) error { return w.compare(tx, "", "", 0) })
	}
}

func (w *walk) key() string { return fmt.Sprintf("%02d", w.rng.IntN(60)) }

func (w *walk) step(tx core.Tx) error {
	from, to := w.key(), w.key()
	switch w.rng.IntN(10) {
	case 0, 1, 2, 3, 4:
		value := fmt.Sprint(w.rng.Uint32())
		tx.Put(core.SpaceLog, from, []byte(value))
		w.want[from] = value
	case 5:
		tx.Delete(core.SpaceLog, from)
		delete(w.want, from)
	case 6:
		to = min(to, from+"9") // rarely all of it
		tx.DeleteRange(core.SpaceLog, from, to)
		maps.DeleteFunc(w.want, func(key, _ string) bool { return from <= key && key < to })
	case 7:
		values, err := tx.Get(core.SpaceLog, from, to)
		if err != nil {
			return err
		}
		for i, key := range []string{from, to} {
			if want, there := w.want[key]; string(values[i]) != want || (values[i] != nil) != there {
				w.Errorf("key %s: got %q, want %q", key, values[i], want)
			}
		}
	default:
		return w.compare(tx, from, to, w.rng.IntN(5))
	}
	return nil
}

func (w *walk) compare(tx core.Tx, from, to string, limit int) error {
	values, err := tx.Values(core.SpaceLog, from, to, limit)
	want := []string{}
	for _, key := range slices.Sorted(maps.Keys(w.want)) {
		if key >= from && (to == "" || key < to) && (limit == 0 || len(want) < limit) {
			want = append(want, w.want[key])
		}
	}
	w.equal(texts(values), want)
	if err != nil || limit == 0 {
		return err
	}
	all, err := tx.Values(core.SpaceLog, from, to, 0)
	if err != nil {
		return err
	}
	last, err := tx.Last(core.SpaceLog, from, to, limit)
	w.equal(texts(last), texts(all[max(len(all)-limit, 0):]))
	return err
}
