//go:build js && wasm

package idbstore

import (
	"syscall/js"

	"timconv/core"
)

// durabilityNotes: relaxed is as safe against a killed browser as strict, and
// shortens the queue of a fast typist.
var durabilityNotes = relaxed

// A noteWrite puts a note, or deletes it where value is undefined.
type noteWrite struct {
	key   string
	value js.Value
}

// issue writes the note and commits, without waiting: from then on the browser
// process finishes the write by itself, whatever becomes of this tab.
func (w noteWrite) issue(c *conn) (err error) {
	raw, err := c.transaction(c.notes, readWrite, durabilityNotes)
	if err != nil {
		return err
	}
	defer rescue(&err)
	space := raw.Call("objectStore", string(core.SpaceNotes))
	if w.value.IsUndefined() {
		space.Call("delete", w.key)
	} else {
		space.Call("put", w.value, w.key)
	}
	if committable {
		raw.Call("commit")
	}
	return nil
}

// PutNote implements core.Store.
func (s *store) PutNote(key string, value []byte) {
	s.writeNote(noteWrite{key, valueOf(value)})
}

// DeleteNote implements core.Store.
func (s *store) DeleteNote(key string) {
	s.writeNote(noteWrite{key, js.Undefined()})
}

func (s *store) writeNote(w noteWrite) {
	s.mu.Lock()
	c, gone := s.conn, s.gone
	s.mu.Unlock()
	if gone != nil {
		return
	}
	if c != nil {
		err := w.issue(c)
		if err == nil || !breaksConnection(err) {
			return
		}
		go s.lose(c, err.Error())
	}
	s.mu.Lock()
	s.waiting = append(s.waiting, w)
	s.mu.Unlock()
	go func() { _, _ = s.connection() }()
}
