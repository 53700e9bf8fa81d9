package storetest

import (
	"fmt"
	"slices"
	"sync"

	"timconv/core"
)

var tabCases = []testCase{
	{"EveryOpenHandleIsALiveTab", func(s *suite) {
		first, second := s.store, s.open()
		if first.Tab() == "" || first.Tab() == second.Tab() {
			s.Fatalf("got tab ids %q and %q, want two different ones", first.Tab(), second.Tab())
		}
		for _, store := range []core.Store{first, second} {
			s.wantLive(store, first.Tab(), true)
			s.wantLive(store, second.Tab(), true)
			s.wantLive(store, "another", false)
		}
		id := second.Tab()
		second.Close()
		s.eventually("the closed tab to be gone", func() bool { return !s.live(first, id) })
		s.wantLive(first, first.Tab(), true)
	}},
	{"OneHandleHasATermUntilItCloses", func(s *suite) {
		term := func(store core.Store) (term uint64) {
			s.update(store, func(tx core.Tx) error { term = tx.Term(); return nil })
			return term
		}
		s.eventually("a term", func() bool { return term(s.store) != 0 })
		second := s.open()
		first := term(s.store)
		for range 3 {
			if got := term(s.store); got != first {
				s.Errorf("the term became %d, was %d", got, first)
			}
			if got := term(second); got != 0 {
				s.Errorf("beside the one that leads another has term %d", got)
			}
		}
		s.store.Close()
		s.store = second
		s.eventually("the other to lead", func() bool { return term(second) != 0 })
	}},
	{"AnAnnouncementReachesTheOthersInOrder", func(s *suite) {
		second, third := s.open(), s.open()
		var inboxes [3]inbox
		for i, store := range []core.Store{s.store, second, third} {
			store.Listen(inboxes[i].add)
		}
		s.store.Announce([]byte("one"), false)
		s.store.Announce([]byte{0, 255, 0}, false)
		s.store.Announce([]byte{}, false)
		want := []string{"one", "\x00\xff\x00", ""}
		for i := 1; i < 3; i++ {
			s.eventually("three announcements", func() bool { return len(inboxes[i].messages()) == 3 })
			s.equal(inboxes[i].messages(), want)
		}
		second.Announce([]byte("back"), false)
		s.eventually("an answer", func() bool { return len(inboxes[0].messages()) == 1 })
		s.equal(inboxes[0].messages(), []string{"back"})
		s.equal(inboxes[1].messages(), want)
	}},
	{"TheLastOfWhatIsAnnouncedSoonComesInItsPlace", func(s *suite) {
		var in inbox
		other := s.open()
		other.Listen(in.add)
		var all []string
		soon := func(text string) {
			s.store.Announce([]byte(text), true)
			all = append(all, text)
		}
		for i := range 40 {
			soon(fmt.Sprint(i))
		}
		s.store.Announce([]byte("now"), false)
		all = append(all, "now")
		soon("later")
		soon("last")
		s.eventually("the last one", func() bool { return slices.Contains(in.messages(), "last") })
		at := 0
		for _, text := range in.messages() {
			i := slices.Index(all[at:], text)
			if i < 0 {
				s.Fatalf("heard %q, not in the order of %q", in.messages(), all)
			}
			at += i + 1
		}
		for _, text := range []string{"39", "now"} {
			if !slices.Contains(in.messages(), text) {
				s.Errorf("%s was not heard, but %q", text, in.messages())
			}
		}
	}},
	{"WhatIsAnnouncedSoonIsNotLostWithItsHandle", func(s *suite) {
		var in inbox
		other := s.open()
		other.Listen(in.add)
		s.store.Announce([]byte("first"), false)
		s.eventually("the first one", func() bool { return len(in.messages()) == 1 })
		for i := range 3 {
			s.store.Announce([]byte(fmt.Sprint(i)), true)
		}
		s.store.Close()
		s.store = other
		s.eventually("the last one", func() bool { return slices.Contains(in.messages(), "2") })
	}},
	{"AHandleHasOneConnection", func(s *suite) {
		var numbers [2]uint64
		for i := range numbers {
			s.update(s.store, func(tx core.Tx) error { numbers[i] = tx.Connection(); return nil })
		}
		s.check(s.store.View(func(tx core.Tx) error {
			if got := tx.Connection(); got == 0 || got != numbers[0] || got != numbers[1] {
				s.Errorf("a View has connection %d, Updates %v", got, numbers)
			}
			return nil
		}))
	}},
	{"AnAnnouncementDoesNotAliasItsSender", func(s *suite) {
		var in inbox
		other := s.open()
		other.Listen(in.add)
		msg := []byte("said")
		s.store.Announce(msg, false)
		copy(msg, "lies")
		s.eventually("an announcement", func() bool { return len(in.messages()) == 1 })
		s.equal(in.messages(), []string{"said"})
	}},
	{"AccountsNeitherSeeNorHearEachOther", func(s *suite) {
		var mine, theirs inbox
		stranger := newSuite(s.T, s.account).store
		sibling := s.open()
		stranger.Listen(theirs.add)
		sibling.Listen(mine.add)
		s.put(core.SpaceConvs, "a", "A")
		s.store.PutNote("n", []byte("N"))
		s.store.Announce([]byte("one"), false)
		s.eventually("an announcement", func() bool { return len(mine.messages()) == 1 })
		s.equal(theirs.messages(), nil)
		s.equal(s.values(stranger, core.SpaceConvs, "", "", 0), []string{})
		s.equal(s.values(stranger, core.SpaceNotes, "", "", 0), []string{})
	}},
	{"AClosedHandleHearsNothing", func(s *suite) {
		var in, witness inbox
		closed, open := s.open(), s.open()
		closed.Listen(in.add)
		open.Listen(witness.add)
		closed.Close()
		s.store.Announce([]byte("one"), false)
		s.eventually("an announcement", func() bool { return len(witness.messages()) == 1 })
		s.equal(in.messages(), nil)
	}},
	{"AListenerMayUseTheStore", func(s *suite) {
		other := s.open()
		done := make(chan error, 1)
		other.Listen(func(msg []byte) {
			if string(msg) == "go" {
				go func() { done <- other.Update(increment) }()
			}
		})
		s.store.Announce([]byte("go"), false)
		s.check(<-done)
		s.wantAll(core.SpaceMeta, "1")
	}},
}

func (s *suite) live(store core.Store, tab string) bool {
	s.Helper()
	tabs, err := store.LiveTabs()
	if err != nil {
		s.Fatalf("LiveTabs: %v", err)
	}
	return slices.Contains(tabs, tab)
}

func (s *suite) wantLive(store core.Store, tab string, want bool) {
	s.Helper()
	if got := s.live(store, tab); got != want {
		s.Errorf("tab %q: got live %v, want %v", tab, got, want)
	}
}

// inbox collects what a Listen function hears, but for the nil that says the
// tab came back to life, which may come at any time.
type inbox struct {
	mu    sync.Mutex
	heard []string
}

func (in *inbox) add(msg []byte) {
	if msg == nil {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.heard = append(in.heard, string(msg))
}

func (in *inbox) messages() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.Clone(in.heard)
}
