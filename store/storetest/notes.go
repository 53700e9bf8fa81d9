package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"timconv/core"
)

var noteCases = []testCase{
	{"ANoteIsSeenByAViewOfItsHandle", func(s *suite) {
		s.store.PutNote("b", []byte("B"))
		s.store.PutNote("a", []byte("A"))
		s.wantAll(core.SpaceNotes, "A", "B")
		s.view(s.store, func(tx core.Tx) error {
			values, err := tx.Get(core.SpaceNotes, "b", "none")
			s.equal(texts(values), []string{"B", "<nil>"})
			return err
		})
		s.wantValues(core.SpaceNotes, "a", "b", 0, "A")
		s.wantValues(core.SpaceNotes, "", "", 1, "A")
	}},
	{"TheLastWordOnANoteStays", func(s *suite) {
		for i := range 20 {
			s.store.PutNote("a", fmt.Append(nil, i))
			s.store.PutNote("b", fmt.Append(nil, i))
			s.store.DeleteNote("b")
		}
		s.store.DeleteNote("c")
		s.store.PutNote("c", []byte("C"))
		s.wantAll(core.SpaceNotes, "19", "C")
	}},
	{"ADeletedNoteIsGone", func(s *suite) {
		s.store.PutNote("a", []byte("A"))
		s.store.DeleteNote("a")
		s.wantAll(core.SpaceNotes)
		s.store.PutNote("a", []byte("A"))
		s.wantAll(core.SpaceNotes, "A")
		s.store.DeleteNote("a")
		s.wantAll(core.SpaceNotes)
	}},
	{"ANoteIsSeenAndDeletedByAnotherHandle", func(s *suite) {
		other := s.open()
		s.store.PutNote("a", []byte("A"))
		s.store.PutNote("b", []byte("B"))
		s.eventuallyNotes(other, "A", "B")
		other.DeleteNote("a")
		s.eventuallyNotes(s.store, "B")
		s.eventuallyNotes(other, "B")
	}},
	{"ANoteOutlivesItsHandle", func(s *suite) {
		s.store.PutNote("a", []byte("A"))
		s.store.Close()
		s.store = s.open()
		s.eventuallyNotes(s.store, "A")
		s.store.DeleteNote("a")
		s.store.Close()
		s.store = s.open()
		s.eventuallyNotes(s.store)
	}},
	{"NotesOfAnyScriptAndSizeSurvive", func(s *suite) {
		all := make([]byte, 256)
		for i := range all {
			all[i] = byte(i)
		}
		big := string(bulk(300_000))
		s.store.PutNote("1 \U0001F600\x00\u4f1a", all)
		s.store.PutNote("2", []byte(big))
		s.store.PutNote("3", nil)
		s.wantAll(core.SpaceNotes, string(all), big, "")
	}},
	{"APutNoteInsideAnUpdateDoesNotWait", func(s *suite) {
		s.update(s.store, func(tx core.Tx) error {
			tx.Put(core.SpaceConvs, "a", []byte("A"))
			s.store.PutNote("n", []byte("N"))
			_, err := tx.Get(core.SpaceConvs, "a")
			return err
		})
		s.wantAll(core.SpaceConvs, "A")
		s.wantAll(core.SpaceNotes, "N")
	}},
	{"AnUpdateDoesNotReachNotes", func(s *suite) {
		s.store.PutNote("n", []byte("N"))
		for _, try := range []func(core.Tx) error{
			func(tx core.Tx) error { _, err := tx.Get(core.SpaceNotes, "n"); return err },
			func(tx core.Tx) error { _, err := tx.Values(core.SpaceNotes, "", "", 0); return err },
			func(tx core.Tx) error { tx.Put(core.SpaceNotes, "n", nil); return nil },
			func(tx core.Tx) error { tx.Delete(core.SpaceNotes, "n"); return nil },
			func(tx core.Tx) error { tx.DeleteRange(core.SpaceNotes, "", ""); return nil },
		} {
			err := s.store.Update(func(tx core.Tx) error {
				tx.Put(core.SpaceConvs, "a", []byte("A"))
				return try(tx)
			})
			s.wantCode(err, core.CodeInternal)
		}
		s.wantAll(core.SpaceConvs)
		s.wantAll(core.SpaceNotes, "N")
	}},
	{"AnUpdateAllReachesEverySpace", func(s *suite) {
		other := s.open()
		for _, space := range core.Spaces {
			if space != core.SpaceNotes {
				s.put(space, "a", "A", "b", "B")
			}
		}
		other.PutNote("a", []byte("A"))
		s.eventuallyNotes(s.store, "A")
		emptied := func(tx core.Tx) error {
			s.check(tx.Breathe()) // is allowed, and does nothing
			values, err := tx.Values(core.SpaceNotes, "", "", 0)
			s.equal(texts(values), []string{"A"})
			for _, space := range core.Spaces {
				tx.DeleteRange(space, "", "")
				tx.Put(space, "c", []byte("C"))
			}
			return err
		}
		refused := errors.New("refused")
		err := s.store.UpdateAll(func(tx core.Tx) error {
			s.check(emptied(tx))
			return refused
		})
		if !errors.Is(err, refused) {
			s.Errorf("got error %v, want that of fn", err)
		}
		s.wantAll(core.SpaceConvs, "A", "B")
		s.wantAll(core.SpaceNotes, "A")
		s.check(s.store.UpdateAll(emptied))
		for _, space := range core.Spaces {
			s.wantAll(space, "C")
		}
		s.store.PutNote("d", []byte("D"))
		s.wantAll(core.SpaceNotes, "C", "D")
	}},
}

func (s *suite) eventuallyNotes(store core.Store, want ...string) {
	s.Helper()
	s.eventually("notes "+strings.Join(want, ", "), func() bool {
		return slices.Equal(s.values(store, core.SpaceNotes, "", "", 0), want)
	})
}
