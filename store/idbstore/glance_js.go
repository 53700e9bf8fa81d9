//go:build js && wasm

package idbstore

import (
	"strconv"
	"strings"
	"syscall/js"
)

// A Glance is one text in localStorage, which a page reads in a millisecond. In
// front of it, on a line of their own, stand rev and epoch.
type Glance struct{ key string }

// NewGlance returns that of the database of that name.
func NewGlance(name string) Glance { return Glance{"timconv-first:" + name} }

// Keep replaces the text, unless the one that is there is of the same epoch and
// a later rev, or still says that the text's epoch is over. It does not wait. still is asked
// while no other tab keeps or forgets, so that who wipes and forgets then has the last word.
func (g Glance) Keep(epoch string, rev uint64, text string, still func() bool) {
	g.alone(func(storage js.Value) {
		if !still() {
			return
		}
		if old := storage.Call("getItem", g.key); old.Type() == js.TypeString {
			head, _, _ := strings.Cut(old.String(), "\n")
			oldRev, oldEpoch, _ := strings.Cut(head, " ")
			if n, err := strconv.ParseUint(oldRev, 10, 64); err == nil && oldEpoch == epoch && n > rev {
				return
			}
		}
		storage.Call("removeItem", g.key) // an old one is no use where there is no room for a new one
		storage.Call("setItem", g.key, strconv.FormatUint(rev, 10)+" "+epoch+"\n"+text)
	})
}

// Forget removes the text, at once and after every Keep before.
func (g Glance) Forget() {
	remove := func(storage js.Value) { storage.Call("removeItem", g.key) }
	_ = attempt(func() { remove(global("localStorage")) })
	g.alone(remove)
}

// alone runs do on a goroutine, while no other tab does; where there are no locks it hopes so.
func (g Glance) alone(do func(storage js.Value)) {
	run := func() { _ = attempt(func() { do(global("localStorage")) }) }
	var locks js.Value
	_ = attempt(func() { locks = js.Global().Get("navigator").Get("locks") })
	if !locks.Truthy() {
		go run()
		return
	}
	granted := make(chan error, 1)
	release, err := ask(locks, g.key, granted)
	if err != nil {
		go run()
		return
	}
	go func() {
		if <-granted == nil {
			run()
		}
		release()
	}()
}
