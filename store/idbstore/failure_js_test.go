//go:build js && wasm

package idbstore

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"syscall/js"
	"testing"
	"time"

	"timconv/core"
)

func TestAConnectionClosedInBetweenIsReplaced(t *testing.T) {
	var seen states
	s := opened(t, fresh(t), seen.notify)
	_ = put(s, "a")
	s.conn.raw.Call("close")
	if err := put(s, "b"); err != nil {
		t.Errorf("Update: %v", err)
	}
	s.conn.raw.Call("close")
	if got := keys(t, s); got != "a b" {
		t.Errorf("got records %q, want both", got)
	}
	seen.want(t, "opening ready recovering ready recovering ready")
}

func TestATransactionTheBrowserAbortsLeavesNothingAndTheNextWorks(t *testing.T) {
	for _, when := range []string{"before the commit", "while a read is awaited"} {
		t.Run(when, func(t *testing.T) {
			var seen states
			var heard inbox
			s := opened(t, fresh(t), seen.notify)
			s.Listen(heard.add)
			err := s.Update(func(tx core.Tx) error {
				tx.Put(core.SpaceConvs, "a", []byte("a"))
				txOf(tx).run.raw.Call("abort")
				if when == "before the commit" {
					return nil
				}
				_, err := tx.Get(core.SpaceConvs, "a")
				return err
			})
			wantCode(t, "Update", err, core.CodeStorage)
			if err := put(s, "b"); err != nil {
				t.Errorf("the next Update: %v", err)
			}
			if got := keys(t, s); got != "b" {
				t.Errorf("got records %q, want b", got)
			}
			if when != "before the commit" { // the read was refused before the abort was told
				return
			}
			seen.want(t, "opening ready recovering ready")
			eventually(t, "the nil of a reopened store", func() bool { return heard.String() == "nil" })
		})
	}
}

// Firefox commits the rest of a transaction of which a request fails that is not the
// last one, if it has been told to commit by then.
func TestARequestThatFailsFailsItsWholeTransaction(t *testing.T) {
	s := opened(t, fresh(t), nil)
	if err := put(s, "a"); err != nil {
		t.Fatal(err)
	}
	err := s.Update(func(tx core.Tx) error {
		txOf(tx).run.raw.Call("objectStore", "convs").Call("add", "there is one", "a")
		tx.Put(core.SpaceConvs, "b", []byte("b"))
		return nil
	})
	wantCode(t, "Update", err, core.CodeStorage)
	if got := keys(t, s); got != "a" {
		t.Errorf("got records %q, want a", got)
	}
	if err := put(s, "c"); err != nil {
		t.Errorf("the next Update: %v", err)
	}
}

func txOf(t core.Tx) *tx { return t.(*tx) }

func TestWaitingForSomethingElseFailsTheUpdate(t *testing.T) {
	s := opened(t, fresh(t), nil)
	err := s.Update(func(tx core.Tx) error {
		if _, err := tx.Get(core.SpaceConvs, "a"); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond) // the transaction commits meanwhile
		tx.Put(core.SpaceConvs, "a", []byte("a"))
		return nil
	})
	wantCode(t, "Update", err, core.CodeStorage)
	err = s.View(func(tx core.Tx) error {
		if _, err := tx.Get(core.SpaceConvs, "a"); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
		_, err := tx.Get(core.SpaceConvs, "a")
		return err
	})
	wantCode(t, "View", err, core.CodeStorage)
	if err := put(s, "b"); err != nil {
		t.Errorf("the next Update: %v", err)
	}
	if got := keys(t, s); got != "b" {
		t.Errorf("got records %q, want b", got)
	}
}

func TestANoteDoesNotQueueBehindAView(t *testing.T) {
	s := opened(t, fresh(t), nil)
	err := s.View(func(tx core.Tx) error {
		if err := tx.Breathe(); err != nil {
			return err
		}
		s.PutNote("n", []byte("note"))
		written := make(chan string, 1)
		go func() { written <- listed(t, s, core.SpaceNotes) }()
		for deadline := time.Now().Add(5 * time.Second); ; {
			if err := tx.Breathe(); err != nil {
				return err
			}
			select {
			case got := <-written:
				if got != "note" {
					t.Errorf("got notes %q, want the note", got)
				}
				return nil
			default:
			}
			if time.Now().After(deadline) {
				t.Error("the note is not written while the View runs")
				return nil
			}
		}
	})
	if err != nil {
		t.Error(err)
	}
}

func TestANoteWrittenWithoutAConnectionIsKeptForTheNext(t *testing.T) {
	s := opened(t, fresh(t), nil)
	s.PutNote("a", []byte("one"))
	s.conn.raw.Call("close")
	s.PutNote("b", []byte("two"))
	s.PutNote("a", []byte("three"))
	s.DeleteNote("b")
	eventually(t, "the notes", func() bool { return listed(t, s, core.SpaceNotes) == "three" })
}

func TestForeignRecordsHideNoOthers(t *testing.T) {
	s := opened(t, fresh(t), nil)
	if err := put(s, "a"); err != nil {
		t.Fatal(err)
	}
	err := s.Update(func(tx core.Tx) error {
		os := txOf(tx).run.raw.Call("objectStore", "convs")
		os.Call("put", "text", "b")
		os.Call("put", js.Global().Get("Object").New(), "c")
		os.Call("put", 7, "d")
		os.Call("put", bigInt(7), "dd")
		tx.Put(core.SpaceConvs, "e", bytes.Repeat([]byte("e"), blockSize))
		tx.Put(core.SpaceConvs, "f", []byte("f"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := keys(t, s), "a     "+strings.Repeat("e", blockSize)+" f"; got != want {
		t.Errorf("got %.100q (%d bytes), want a, e's and f", got, len(got))
	}
	err = s.View(func(tx core.Tx) error {
		values, err := tx.Get(core.SpaceConvs, "a", "b", "c", "d", "dd", "none", "f")
		if got := fmt.Sprintf("%q", values); got != `["a" "" "" "" "" "" "f"]` {
			t.Errorf("Get: got %s", got)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// bigInt is what asking for its type panics at.
func bigInt(n int) js.Value { return js.Global().Get("BigInt").Invoke(n) }

func TestForeignMessagesOnTheChannelAreIgnored(t *testing.T) {
	name := fresh(t)
	var heard inbox
	opened(t, name, nil).Listen(heard.add)
	channel := js.Global().Get("BroadcastChannel").New(name)
	defer channel.Call("close")
	for _, message := range []any{
		"text", 1, nil, js.Global().Get("Object").New(), js.Global().Get("Array").New(), bigInt(1), uint8Array.New(mostAnnounced + 1),
	} {
		channel.Call("postMessage", message)
	}
	opened(t, name, nil).Announce([]byte("ours"), false)
	eventually(t, "our own message", func() bool { return heard.String() == "ours" })
}

func TestATabThatComesBackIsToldItMayHaveMissedSomething(t *testing.T) {
	var heard inbox
	s := opened(t, fresh(t), nil)
	s.Listen(heard.add)
	event := func(target, name string) {
		js.Global().Get(target).Call("dispatchEvent", js.Global().Get("Event").New(name))
	}
	event("document", "visibilitychange")
	event("document", "resume")
	event("window", "pageshow")
	eventually(t, "three nils", func() bool { return heard.String() == "nil nil nil" })
	s.Close()
	event("window", "pageshow")
	time.Sleep(10 * time.Millisecond)
	if got := heard.String(); got != "nil nil nil" {
		t.Errorf("got %q after Close, want nothing more", got)
	}
}

// seen makes the page visible or not, as far as it can tell.
func seen(state string) {
	global, property := js.Global(), js.Global().Get("Object").New()
	property.Set("value", state)
	property.Set("configurable", true)
	global.Get("Object").Call("defineProperty", global.Get("document"), "visibilityState", property)
	global.Get("document").Call("dispatchEvent", global.Get("Event").New("visibilitychange"))
}

func TestWhatIsAnnouncedSoonIsGatheredWhereThePageIsSeen(t *testing.T) {
	var heard inbox
	name := fresh(t)
	s, other := opened(t, name, nil), opened(t, name, nil)
	other.Listen(func(msg []byte) {
		if msg != nil {
			heard.add(msg)
		}
	})
	defer js.Global().Get("Reflect").Call("deleteProperty", js.Global().Get("document"), "visibilityState")
	seen("visible")
	s.Announce([]byte("begin"), false)
	eventually(t, "the beginning", func() bool { return heard.String() == "begin" })
	for range 50 {
		s.Announce([]byte("soon"), true)
	}
	s.Announce([]byte("last"), true)
	eventually(t, "the last of many", func() bool { return strings.HasSuffix(heard.String(), "last") })
	if n := strings.Count(heard.String(), "soon"); n > 25 {
		t.Errorf("of 50 that may wait %d were sent", n)
	}
	s.Announce([]byte("e"), true)
	s.Announce([]byte("f"), true)
	seen("hidden") // what is kept is said
	for _, text := range []string{"g", "h"} {
		s.Announce([]byte(text), true)
	}
	eventually(t, "all from a page that is not seen", func() bool { return strings.HasSuffix(heard.String(), "f g h") })
}

func TestWithoutWebLocksNobodyCanSayWhoLives(t *testing.T) {
	s := opened(t, fresh(t), nil)
	locks := s.tabs.locks
	s.tabs.locks = js.Undefined()
	defer func() { s.tabs.locks = locks }()
	_, err := s.LiveTabs()
	wantCode(t, "LiveTabs", err, core.CodeStorage)
}

// inbox collects what a Listen function hears.
type inbox struct {
	mu    sync.Mutex
	heard []string
}

func (in *inbox) add(msg []byte) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if msg == nil {
		in.heard = append(in.heard, "nil")
		return
	}
	in.heard = append(in.heard, string(msg))
}

func (in *inbox) String() string {
	in.mu.Lock()
	defer in.mu.Unlock()
	return strings.Join(in.heard, " ")
}
