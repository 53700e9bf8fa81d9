//go:build js && wasm

package idbstore

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/storetest"
)

func TestIdbstoreIsAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() core.Store {
		name := fresh(t)
		return func() core.Store { return opened(t, name, nil) }
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

// opened opens a handle, which is closed after the test.
func opened(t *testing.T, name string, notify func(core.State, string)) *store {
	t.Helper()
	s, err := open(name, schemaVersion, notify)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

// put commits one record.
func put(s core.Store, key string) error {
	return s.Update(func(tx core.Tx) error {
		tx.Put(core.SpaceConvs, key, []byte(key))
		return nil
	})
}

// keys lists the records that put has put.
func keys(t *testing.T, s core.Store) string {
	t.Helper()
	return listed(t, s, core.SpaceConvs)
}

func listed(t *testing.T, s core.Store, space core.Space) string {
	t.Helper()
	var all string
	err := s.View(func(tx core.Tx) error {
		values, err := tx.Values(space, "", "", 0)
		all = string(bytes.Join(values, []byte(" ")))
		return err
	})
	if err != nil {
		t.Errorf("View: %v", err)
	}
	return all
}

func wantCode(t *testing.T, what string, err error, want core.Code) {
	t.Helper()
	var e *core.Error
	if !errors.As(err, &e) || e.Code != want {
		t.Errorf("%s: got error %v, want a core.Error of code %d", what, err, want)
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 10 s in vain: %s", what)
		}
	}
}

// states collects what a store notifies.
type states struct {
	mu      sync.Mutex
	all     []string
	reasons []string
}

func (s *states) notify(state core.State, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, string(state))
	s.reasons = append(s.reasons, reason)
}

func (s *states) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.all, " ")
}

func (s *states) want(t *testing.T, want string) {
	t.Helper()
	eventually(t, "the states "+want+", got "+s.String(), func() bool { return s.String() == want })
}
