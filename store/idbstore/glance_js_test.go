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
		over  bool
	}{
		{epoch: "a", rev: 7, text: "seven", want: "7 a\nseven"},
		{epoch: "a", rev: 10, text: "ten", want: "10 a\nten"},
		{epoch: "a", rev: 9, text: "nine", want: "10 a\nten"}, // a number, not a text
		{epoch: "a", rev: 10, text: "ten again", want: "10 a\nten again"},
		{epoch: "b", rev: 1, text: "another database", want: "1 b\nanother database"},
		{epoch: "a", rev: 11, text: "eleven", want: "1 b\nanother database", over: true},
	} {
		g.Keep(step.epoch, step.rev, step.text, func() bool { return !step.over })
		done := make(chan bool)
		g.alone(func(js.Value) { close(done) }) // behind it
		<-done
		if got := glanced(); got != step.want {
			t.Errorf("after %s %d there is %q, want %q", step.epoch, step.rev, got, step.want)
		}
	}
	g.Keep("b", 2, "late", func() bool { return true })
	g.Forget()
	eventually(t, "nothing to be left", func() bool { return glanced() == "" })
}
