package core

import (
	"fmt"
	"testing"
)

func TestAnIDSetHasWhatWasAddedAndGivesUpAtItsLimit(t *testing.T) {
	s := &idSet{term: 1, all: true}
	if !s.excludes(1, "anything") {
		t.Error("an empty set does not exclude")
	}
	key := func(i int) string { return fmt.Sprint("12:id", i, "@1:4:conv") }
	const n = 100_000
	for i := range n {
		s.add(key(i))
	}
	excluded := 0
	for i := range n {
		if s.excludes(1, key(i)) {
			t.Fatalf("%s is excluded", key(i))
		}
		if s.excludes(1, key(n+i)) {
			excluded++
		}
	}
	if excluded < n-n/100 {
		t.Errorf("of %d other keys only %d are excluded", n, excluded)
	}
	if s.excludes(2, key(n)) || s.excludes(1, "\xff") {
		t.Error("another term's, or a key that the host has otherwise, is excluded")
	}
	for i := n; s.n < idsMost; i++ {
		s.add(key(i))
	}
	s.add("one more")
	if s.excludes(1, "another") || s.numbers != nil {
		t.Error("a set that was given up excludes")
	}
	(*idSet)(nil).add("to none")
	if (*idSet)(nil).excludes(1, "of none") {
		t.Error("no set excludes")
	}
}
