//go:build js && wasm

package idbstore

import (
	"syscall/js"
	"time"
)

// Chromium keeps an origin's databases in one LevelDB. Where the browser is
// killed in the middle of a write, the log of that LevelDB ends in a torn
// record; the next start tolerates it and appends behind it; the start after
// that takes the log for corrupt and deletes everything the origin has stored.
// What gets rid of a torn log is the deletion of a database, which makes
// Chromium begin a new one: so a tab deletes a database that it has just made,
// before it writes for the first time. Each tab does: that others are there does not
// tell that one of them has written since the browser started.
const scratchName = "timconv-log"

// renewTimeout is how long the first write waits for that at most.
const renewTimeout = 5 * time.Second

// renewLog does that, once. Nothing depends on its success.
func (s *store) renewLog() {
	if !inChromium {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if makeDatabase(scratchName) == nil {
			_ = Delete(scratchName)
		}
	}()
	select {
	case <-done:
	case <-time.After(renewTimeout):
	case <-s.closing:
	}
}

// inChromium tells of Chromium, which alone has this.
var inChromium = func() bool {
	return js.Global().Get("navigator").Truthy() && !js.Global().Get("navigator").Get("webkitPersistentStorage").IsUndefined()
}()

// makeDatabase makes an empty database and closes it.
func makeDatabase(name string) error {
	f, err := factory()
	if err != nil {
		return err
	}
	var req js.Value
	if err := attempt(func() { req = f.Call("open", name, 1) }); err != nil {
		return err
	}
	ended := make(chan error, 1)
	defer on(req, func(event js.Value) {
		err := errorOf(req.Get("error"))
		if err != nil {
			event.Call("preventDefault") // or it counts as uncaught
		} else {
			req.Get("result").Call("close")
		}
		ended <- err
	}, "success", "error")()
	return <-ended
}
