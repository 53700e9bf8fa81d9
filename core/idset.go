package core

import (
	"time"
	"unicode/utf8"
)

// An idSet tells of most identities that they are not stored, so that a message which is
// new need not wait for the answer. It has a number for each key in SpaceIDs, once all
// of them have been read. Only folding puts keys there, and only the tab that leads
// folds: so the set is good for one term.
type idSet struct {
	term uint64
	next string // where reading goes on
	all  bool   // everything has been read
	numberSet
}

const (
	idsAtOnce = 2000                   // keys that are read in one step
	idsRest   = 100 * time.Millisecond // behind the commit that had to wait
	idsQuick  = 20_000                 // so many are read without waiting for a rest
	idsMost   = 1 << 20                // a set of so many, of 8 MB, is given up
)

// add takes in a key that is stored, or may be soon.
func (s *idSet) add(key string) {
	if s == nil || s.n == idsMost {
		return
	}
	if s.numberSet.add(key); s.n == idsMost {
		s.numbers = nil
	}
}

// excludes reports whether it is certain that a key is not stored, in a transaction of
// that term.
func (s *idSet) excludes(term uint64, key string) bool {
	return s != nil && s.all && s.n < idsMost && s.term == term && !s.mayHave(key) &&
		utf8.ValidString(key) // or the host has another text for it
}

// learnIDs begins to read which identities are stored, where a commit has had to look
// some up in a term of which that is not known.
func (c *Core) learnIDs(term uint64) {
	if term != 0 && (c.ids == nil || c.ids.term != term) {
		c.ids = &idSet{term: term}
		c.learnAfter(idsRest)
	}
}

func (c *Core) learnAfter(delay time.Duration) {
	c.cfg.After(delay, func() {
		c.enqueue(&operation{name: "learn", solo: c.learn, done: func(error) {}})
	})
}

// learn reads some keys.
func (c *Core) learn() {
	s := c.ids
	if s == nil || s.all {
		return
	}
	var keys []string
	err := c.store.View(func(tx Tx) (err error) {
		if tx.Term() != s.term {
			return errDeposed
		}
		keys, err = tx.Keys(SpaceIDs, s.next, "", idsAtOnce)
		return err
	})
	if err != nil {
		c.ids = nil // the next commit that has to wait begins anew
		return
	}
	for _, key := range keys {
		s.add(key)
	}
	switch {
	case s.n == idsMost:
	case len(keys) < idsAtOnce:
		s.all = true
	default:
		s.next = keys[len(keys)-1] + "\x00"
		delay := foldGap
		if s.n > idsQuick && time.Since(c.folder.committed) < foldRest {
			delay = foldRest // who is busy is not held up by a long history
		}
		c.learnAfter(delay)
	}
}
