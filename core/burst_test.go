package core

import (
	"testing"
	"time"
)

func TestAJournalThatGrowsFastIsInABurst(t *testing.T) {
	for _, c := range []struct {
		what          string
		before, after int // the journal's length
		elapsed       time.Duration
		want          bool
	}{
		{"8 MB a second", 5 << 20, 5<<20 + 800<<10, foldRest, true},
		{"as fast, looked at late", 5 << 20, 13 << 20, time.Second, true},
		{"250 kB a second", 5 << 20, 5<<20 + 25<<10, foldRest, false},
		{"250 kB a second, looked at late", 5 << 20, 5<<20 + 250<<10, time.Second, false},
		{"nothing", 5 << 20, 5 << 20, foldRest, false},
		{"begun anew", 5 << 20, 1 << 20, foldRest, false},
	} {
		f := &folder{length: c.before, looked: time.Now().Add(-c.elapsed)}
		if got := f.burst(&Account{journal: []logSize{{upTo: c.after}}}); got != c.want {
			t.Errorf("%s: a burst: %v", c.what, got)
		}
		if f.length != c.after {
			t.Errorf("%s: it goes on from %d, want %d", c.what, f.length, c.after)
		}
	}
	if new(folder).burst(&Account{journal: []logSize{{upTo: 15 << 20}}}) {
		t.Error("what was there before it was first looked at is a burst")
	}
}
