package jsapi

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

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
		if size := len(joined(want)); step > 1 && made.made > size/4 {
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

func TestPartsOfAListAreKeptForAWhile(t *testing.T) {
	made := &texts{}
	l := listText{text: made}
	var all []*core.Conversation
	for n := range 1000 {
		all = append(all, &core.Conversation{ConvKey: core.ConvKey{Type: core.C2C, ID: fmt.Sprint("c", n)}, Exists: true})
	}
	var later []func()
	list := func() int {
		made.made = 0
		l.write(all)
		l.forgetLater(func(_ time.Duration, fn func()) { later = append(later, fn) })
		return made.made
	}
	size := list()
	if l.parts != nil {
		t.Error("parts of a single list are kept")
	}
	if got := list(); got < size {
		t.Errorf("the second list: %d bytes made, want %d", got, size)
	}
	if got := list(); got > size/100 {
		t.Errorf("the third list: %d of %d bytes made anew", got, size)
	}
	later[0]()
	if l.parts == nil {
		t.Error("a list came since: its parts are forgotten too early")
	}
	later[2]()
	if l.parts != nil || l.bytes != nil {
		t.Error("parts are kept for good")
	}
	if got := list(); got < size || l.parts != nil {
		t.Errorf("the first list after a while: %d bytes made, %d parts kept", got, len(l.parts))
	}
}
