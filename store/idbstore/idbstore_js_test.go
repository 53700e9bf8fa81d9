//go:build js && wasm

package idbstore

import (
	"crypto/rand"
	"testing"

	"timconv/core"
	"timconv/store/storetest"
)

func TestIdbstoreIsAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() core.Store {
		name := fresh(t)
		return func() core.Store { return open(t, name, nil) }
	})
}

// fresh is the name of a database that is deleted after the test. Its cleanup
// runs after those of the handles, which are opened later.
func fresh(t *testing.T) string {
	t.Helper()
	name := "test " + t.Name() + " " + rand.Text()
	t.Cleanup(func() {
		if err := Delete(name); err != nil {
			t.Errorf("Delete: %v", err)
		}
	})
	return name
}

func open(t *testing.T, name string, notify func(core.State, string)) core.Store {
	t.Helper()
	s, err := Open(name, notify)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}
