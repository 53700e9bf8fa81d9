//go:build js && wasm

package idbstore

import (
	"syscall/js"
	"testing"
)

func TestAGlanceIsReplacedByANewerOneOnly(t *testing.T) {
	name := fresh(t)
	g := NewGlance(name)
	t.Cleanup(g.Forget)
	glanced := func() string {
		return text(js.Global().Get("localStorage").Call("getItem", "timconv-first:"+name))
	}
	for _, step := range []struct {
		epoch string
		rev   uint64
		text  string
		want  string
	}{
		{"a", 7, "seven", "7 a\nseven"},
		{"a", 10, "ten", "10 a\nten"},
		{"a", 9, "nine", "10 a\nten"}, // a number, not a text
		{"a", 10, "ten again", "10 a\nten again"},
		{"b", 1, "another database", "1 b\nanother database"},
	} {
		g.Keep(step.epoch, step.rev, step.text)
		done := make(chan bool)
		g.alone(func(js.Value) { close(done) }) // behind it
		<-done
		if got := glanced(); got != step.want {
			t.Errorf("after %s %d there is %q, want %q", step.epoch, step.rev, got, step.want)
		}
	}
	g.Keep("b", 2, "late")
	g.Forget()
	eventually(t, "nothing to be left", func() bool { return glanced() == "" })
}
