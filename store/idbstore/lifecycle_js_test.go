//go:build js && wasm

package idbstore

import (
	"errors"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"timconv/core"
)

// rawOpen opens a database behind the stores' back. upgrade, which may be nil,
// gets the request while it upgrades.
func rawOpen(t *testing.T, name string, version int, upgrade func(req js.Value)) (db js.Value, err error) {
	t.Helper()
	req := js.Global().Get("indexedDB").Call("open", name, version)
	done := make(chan error, 1)
	remove := on(req, func(event js.Value) {
		switch event.Get("type").String() {
		case "upgradeneeded":
			if upgrade != nil {
				upgrade(req)
			}
		case "success":
			done <- nil
		case "error":
			event.Call("preventDefault")
			done <- errorOf(req.Get("error"))
		}
	}, "upgradeneeded", "success", "error")
	defer remove()
	if err := <-done; err != nil {
		return js.Undefined(), err
	}
	return req.Get("result"), nil
}

func TestANewerTabsUpgradeClosesTheStoreForGood(t *testing.T) {
	var seen states
	name := fresh(t)
	s := opened(t, name, seen.notify)
	newer, err := rawOpen(t, name, schemaVersion+1, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer newer.Call("close")
	seen.want(t, "opening ready recovering closed")
	if reason := seen.reasons[3]; !strings.Contains(reason, "reload") {
		t.Errorf("got reason %q, want advice to reload", reason)
	}
	wantCode(t, "Update", put(s, "a"), core.CodeStorageClosed)
	_, err = open(name, schemaVersion, nil)
	wantCode(t, "Open", err, core.CodeStorageClosed)
	if errors.Is(err, ErrUnavailable) {
		t.Error("a newer format counts as no IndexedDB: its data would be hidden by a store in memory")
	}
}

func TestAnUpgradeThatFailsLeavesTheStoreWorking(t *testing.T) {
	var seen states
	name := fresh(t)
	s := opened(t, name, seen.notify)
	_ = put(s, "a")
	if _, err := rawOpen(t, name, schemaVersion+1, func(req js.Value) { req.Get("transaction").Call("abort") }); err == nil {
		t.Fatal("the upgrade was to fail")
	}
	seen.want(t, "opening ready recovering ready")
	if err := put(s, "b"); err != nil {
		t.Error(err)
	}
	if got := keys(t, s); got != "a b" {
		t.Errorf("got records %q, want both", got)
	}
}

func TestAnOldTabBlocksTheOpenUntilItLetsGo(t *testing.T) {
	var seen states
	name := fresh(t)
	_ = put(opened(t, name, nil), "a")
	old, err := rawOpen(t, name, schemaVersion, nil)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan *store)
	go func() {
		s, err := open(name, schemaVersion+1, seen.notify)
		if err != nil {
			t.Error(err)
		}
		done <- s
	}()
	seen.want(t, "opening blocked")
	old.Call("close")
	s := <-done
	defer s.Close()
	seen.want(t, "opening blocked ready")
	if got := keys(t, s); got != "a" {
		t.Errorf("got records %q after the upgrade, want a", got)
	}
}

func TestCloseEndsAnOpenThatIsBlocked(t *testing.T) {
	name := fresh(t)
	s := opened(t, name, nil)
	old, err := rawOpen(t, name, schemaVersion, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.conn.raw.Call("close")
	s.version++ // as if another tab ran an older page
	failed := make(chan error)
	go func() { failed <- put(s, "a") }()
	time.Sleep(50 * time.Millisecond)
	s.Close()
	wantCode(t, "the waiting Update", <-failed, core.CodeStorageClosed)
	old.Call("close")
}

func TestADeletedDatabaseIsMadeAnew(t *testing.T) {
	var seen states
	name := fresh(t)
	s := opened(t, name, seen.notify)
	_ = put(s, "old")
	holdout, err := rawOpen(t, name, schemaVersion, nil)
	if err != nil {
		t.Fatal(err)
	}
	deleted := make(chan error, 1)
	go func() { deleted <- Delete(name) }()
	seen.want(t, "opening ready recovering")
	written := make(chan error, 1)
	go func() { written <- put(s, "new") }()
	select {
	case <-written:
		t.Error("the database was reopened while it was being deleted")
	case <-time.After(50 * time.Millisecond):
	}
	holdout.Call("close")
	for _, done := range []chan error{deleted, written} {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	seen.want(t, "opening ready recovering ready")
	if got := keys(t, s); got != "new" {
		t.Errorf("got records %q, want only the new one", got)
	}
}

func TestAMissingOrRefusedIndexedDBIsUnavailable(t *testing.T) {
	object := js.Global().Get("Object")
	refusing := func(exception string) js.Value {
		reason := js.Global().Get("DOMException").New("no", exception)
		signal := js.Global().Get("AbortSignal").Call("abort", reason)
		factory := object.New()
		factory.Set("open", signal.Get("throwIfAborted").Call("bind", signal))
		return factory
	}
	for what, value := range map[string]js.Value{
		"undefined":     js.Undefined(),
		"null":          js.Null(),
		"SecurityError": refusing("SecurityError"),
		"private mode":  refusing("InvalidStateError"),
	} {
		before := object.Call("getOwnPropertyDescriptor", js.Global(), "indexedDB")
		instead := object.New()
		instead.Set("value", value)
		instead.Set("configurable", true)
		object.Call("defineProperty", js.Global(), "indexedDB", instead)
		_, err := Open("never there", nil)
		object.Call("defineProperty", js.Global(), "indexedDB", before)
		if !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: got error %v, want ErrUnavailable", what, err)
		}
		wantCode(t, what, err, core.CodeStorage)
	}
}
