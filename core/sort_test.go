package core

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Ranks are a shortcut: what they lead to is what the comparisons themselves say, and
// of equals the later stays behind the earlier.
func TestRankedSortsAsTheComparisonsSay(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	ids := []string{"", "a", "a\x00", "a\x00\x00", "user", "user1", "user10", "user9999999", "user99999990", "用户", "用戶", "\xff\xff"}
	times := []int64{0, 1, 2, 3, -1, -2, 1 << 62, 1<<63 - 1, -1 << 63, 1_700_000_000_000, 1_700_000_000_001}
	compare := func(less func(a, b *Conversation) bool) func(a, b *Conversation) int {
		return func(a, b *Conversation) int {
			switch {
			case less(a, b):
				return -1
			case less(b, a):
				return 1
			}
			return 0
		}
	}
	for round := range 200 {
		convs := make([]*Conversation, r.IntN(300))
		prefix := []string{"", "user_0000000"}[round%2]
		for i := range convs {
			id := ids[r.IntN(len(ids))]
			if r.IntN(2) == 0 {
				id = fmt.Sprint("user", r.IntN(50))
			}
			active := times[r.IntN(len(times))]
			if round%4 > 1 { // any byte may be what decides
				id = fmt.Sprintf("%09b", r.IntN(1<<9))
				active = 1 << r.IntN(64)
			}
			convs[i] = &Conversation{ConvKey: ConvKey{C2C + ConvType(r.IntN(2)), prefix + id}, Active: active, Pinned: r.IntN(4) == 0}
		}
		for _, sorted := range []struct {
			got  []ranked
			less func(a, b *Conversation) bool
		}{{byName(convs), keyLess}, {byOrder(convs), orderLess}} {
			want := slices.Clone(convs)
			slices.SortStableFunc(want, compare(sorted.less))
			if !slices.EqualFunc(sorted.got, want, func(a ranked, b *Conversation) bool { return a.Conversation == b }) {
				t.Fatalf("round %d: %d conversations are not in order", round, len(convs))
			}
		}
	}
}
