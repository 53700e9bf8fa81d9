//go:build js && wasm

package idbstore

import (
	"testing"
	"time"
)

func TestATabIsUnaidedWhileItIsAlone(t *testing.T) {
	name := fresh(t)
	s := opened(t, name, nil)
	if !inChromium {
		time.Sleep(100 * time.Millisecond)
		if s.Unaided() {
			t.Error("where a commit leaves the page late, or not at all, it needs help")
		}
		return
	}
	eventually(t, "the tab to be unaided", s.Unaided)
	other := opened(t, name, nil)
	eventually(t, "the other tab to be heard of", func() bool { return !s.Unaided() })
	if other.Unaided() {
		t.Error("a tab beside another is unaided")
	}
	other.Close()
	eventually(t, "the tab to be alone again", func() bool {
		s.Announce([]byte("hello"), false)
		return s.Unaided()
	})
}
