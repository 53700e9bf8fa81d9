package jsapi

import (
	"runtime"
	"sync"
	"time"

	"timconv/core"
)

// To make a JavaScript string of a long list costs more than all else about it, and
// the bytes of all of it in one piece would be more memory than the conversations
// have. So a list is made in parts. Where lists are asked for one after the other,
// the strings of their parts are kept for a while, and the next list is put together
// from those in which nothing has changed.

// A Text makes strings of the host.
type Text interface {
	// Make makes one of bytes that may change afterwards.
	Make(b []byte) Value
	// Concat joins strings; what it returns is long.
	Concat(parts []Value) Value
}

const (
	partRows   = 256 // conversations in a part
	fewestRows = 64  // fewer join what follows
	partsKept  = 10 * time.Second
)

// A part is a run of conversations as they stood in a list, and their text.
type part struct {
	convs []*core.Conversation
	text  Value
}

// listText writes an account's list.
type listText struct {
	text Text

	mu    sync.Mutex // guards what follows
	parts []part     // of the last list
	used  int        // lists asked for
	since int        // of these, not yet forgotten
	bytes []byte     // of the part being made
}

// write returns the list as a string of the host. Of the first one for a while no
// parts are kept: most pages ask once.
func (l *listText) write(all []*core.Conversation) Value {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.used++
	l.since++
	known := make(map[*core.Conversation]int, len(l.parts))
	for i, p := range l.parts {
		known[p.convs[0]] = i
	}
	var parts []part
	for from := 0; from < len(all); {
		end := from
		for end < len(all) {
			i, begins := known[all[end]]
			if begins && (end == from || end-from >= fewestRows) && l.parts[i].stands(all[end:]) {
				break
			}
			end++
		}
		if run := all[from:end]; len(run) > 0 {
			for n := (len(run) + partRows - 1) / partRows; n > 0; n-- {
				size := len(run) / n
				parts = append(parts, l.make(run[:size]))
				run = run[size:]
			}
		} else {
			p := l.parts[known[all[from]]]
			parts = append(parts, p)
			end += len(p.convs)
		}
		from = end
	}
	l.bytes = nil
	if l.since > 1 {
		l.parts = parts
	}
	comma := l.text.Make([]byte(","))
	strings := []Value{l.text.Make([]byte("["))}
	for i, p := range parts {
		if i > 0 {
			strings = append(strings, comma)
		}
		strings = append(strings, p.text)
	}
	return l.text.Concat(append(strings, l.text.Make([]byte("]"))))
}

// stands reports whether the part is how a list begins.
func (p *part) stands(all []*core.Conversation) bool {
	if len(all) < len(p.convs) {
		return false
	}
	for i, c := range p.convs {
		if all[i] != c {
			return false
		}
	}
	return true
}

func (l *listText) make(convs []*core.Conversation) part {
	size := len(convs)
	for _, c := range convs {
		size += len(c.Text(codec{}))
	}
	if size > cap(l.bytes) { // growing by append would leave as much behind
		l.bytes = make([]byte, 0, size+size/4)
	}
	b := l.bytes[:0]
	for i, c := range convs {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, c.Text(codec{})...)
	}
	return part{convs: append([]*core.Conversation(nil), convs...), text: l.text.Make(b)}
}

// forgetLater has the parts forgotten, unless there is another list before.
func (l *listText) forgetLater(after func(time.Duration, func())) {
	l.mu.Lock()
	used := l.used
	l.mu.Unlock()
	after(partsKept, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.used == used {
			l.parts, l.since = nil, 0
			runtime.GC() // the host's strings go when Go finds that nothing holds them
		}
	})
}

// forget has the parts forgotten at once.
func (l *listText) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.parts = nil
}
