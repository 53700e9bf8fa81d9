package jsapi

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"timconv/core"
)

// texts are strings of Go, and count what was made.
type texts struct{ made int }

func (t *texts) Make(b []byte) Value {
	t.made += len(b)
	return &fake{kind: KindString, v: string(b)}
}

func (t *texts) Concat(parts []Value) Value {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.Text())
	}
	return &fake{kind: KindString, v: b.String()}
}

func TestAListIsPutTogetherFromWhatStands(t *testing.T) {
	seed := rand.Int63()
	random := rand.New(rand.NewSource(seed))
	made := &texts{}
	l := listText{text: made}
	conv := func(n, version int) *core.Conversation {
		return &core.Conversation{ConvKey: core.ConvKey{Type: core.C2C, ID: fmt.Sprint("c", n, "-", version)}, Exists: true}
	}
	var all []*core.Conversation
	for n := range 5000 {
		all = append(all, conv(n, 0))
	}
	for step := range 300 {
		var want [][]byte
		for _, c := range all {
			want = append(want, c.Text(codec{}))
		}
		made.made = 0
		if got := l.write(all).Text(); got != joined(want) {
			t.Fatalf("seed %d, step %d: the list is another", seed, step)
		}
		if size := len(joined(want)); step > 0 && made.made > size/4 {
			t.Errorf("seed %d, step %d: %d of %d bytes made anew", seed, step, made.made, size)
		}
		switch i := random.Intn(len(all)); random.Intn(3) {
		case 0: // it moves to the top
			all = slices.Insert(slices.Delete(slices.Clone(all), i, i+1), 0, conv(i, step))
		case 1:
			all = slices.Delete(slices.Clone(all), i, i+1)
		case 2:
			all = slices.Clone(all)
			all[i] = conv(i, step)
		}
	}
}
