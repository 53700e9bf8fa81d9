//go:build js && wasm

package idbstore

import (
	"encoding/hex"
	"strings"
	"syscall/js"

	"timconv/core"
)

// early is a core.Early in localStorage, whose writes reach the browser at
// once. Where there is no localStorage it keeps nothing.
type early struct{ prefix string }

// Early returns where the drafts of the database of that name are kept until
// they are committed. WebKit sends what a transaction asks for when the task is
// over: there a note of the store outlives a killed tab only in later tasks.
func Early(name string) core.Early { return early{"timconv-early:" + name + ":"} }

func (e early) Keep(note []byte) (drop func()) {
	key := e.prefix + core.NewID()
	_ = attempt(func() {
		global("localStorage").Call("setItem", key, hex.EncodeToString(note))
	})
	return func() { e.remove(key) }
}

func (e early) Left() (notes [][]byte, drop func()) {
	var found []string
	_ = attempt(func() {
		storage := global("localStorage")
		names := js.Global().Get("Object").Call("keys", storage)
		for i := range names.Length() {
			key := names.Index(i).String()
			if !strings.HasPrefix(key, e.prefix) {
				continue
			}
			found = append(found, key)
			if note, err := hex.DecodeString(storage.Call("getItem", key).String()); err == nil {
				notes = append(notes, note)
			}
		}
	})
	return notes, func() {
		for _, key := range found {
			e.remove(key)
		}
	}
}

func (e early) remove(key string) {
	_ = attempt(func() { global("localStorage").Call("removeItem", key) })
}
