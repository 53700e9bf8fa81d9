//go:build js && wasm

package idbstore

import (
	"syscall/js"
	"time"
)

// Browsers have been seen not to answer: an open in Safari that never ends, a
// connection whose transactions are silent after the computer has slept. So what
// has been silent for long is given up, and asked again over a new connection.
// The core looks whether the transaction before has succeeded after all.
const (
	silence = 20 * time.Second
	// grace is a second look: a tab that was frozen finds its clock far ahead of
	// answers that lie in front of it.
	grace = time.Second
	// nudge is after how long an open is helped along: Safari goes on with one that
	// hangs when it is asked for its databases.
	nudge = 3 * time.Second
)

const nameSilent = "TimeoutError"

var errSilent = &jsError{name: nameSilent, message: "no answer for 20 seconds"}

// watch has silent transactions noticed, with one timer for all of them.
func (rs *runs) watch() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if !rs.watched {
		rs.watched = true
		time.AfterFunc(silence/4, rs.look)
	}
}

func (rs *runs) look() {
	rs.mu.Lock()
	var silent []*run
	for _, r := range rs.all {
		if time.Since(r.heardAt) > silence {
			silent = append(silent, r)
		}
	}
	rs.watched = len(rs.all) > 0
	if rs.watched {
		time.AfterFunc(silence/4, rs.look)
	}
	rs.mu.Unlock()
	for _, r := range silent {
		r.giveUp()
	}
}

// giveUp ends a transaction that is still silent after a second look.
func (r *run) giveUp() {
	heardAt := r.heardAt
	time.AfterFunc(grace, func() {
		if r.ended || r.heardAt != heardAt {
			return
		}
		_ = r.call("abort")
		r.finish(errSilent)
	})
}

// help makes an open that hangs go on, where that is known to help, and tells if the
// database is newer than that version.
func help(name string, version int, newer func()) {
	_ = attempt(func() {
		if f := global("indexedDB"); f.Get("databases").Type() == js.TypeFunction {
			look := handler(func(list js.Value) {
				for i := range list.Length() {
					if db := list.Index(i); text(db.Get("name")) == name && version > 0 && db.Get("version").Int() > version {
						newer()
					}
				}
			})
			ignore := handler(func(js.Value) {})
			f.Call("databases").Call("then", look, ignore)
			time.AfterFunc(silence, func() { look.Release(); ignore.Release() })
		}
	})
}
