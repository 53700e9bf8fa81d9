// Package storetest is the one suite that every core.Store must pass. It takes
// nothing but a way to open handles of a fresh account.
package storetest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"timconv/core"
)

// NewAccount makes an empty account and returns the function that opens one
// more handle of it, as one more tab would. The suite closes the handles.
type NewAccount func(t *testing.T) (open func() core.Store)

// Run runs the suite.
func Run(t *testing.T, account NewAccount) {
	for _, group := range []struct {
		name  string
		cases []testCase
	}{
		{"Reading", readingCases},
		{"Writing", writingCases},
		{"Failing", failingCases},
		{"Sharing", sharingCases},
		{"Notes", noteCases},
		{"Tabs", tabCases},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) { c.run(newSuite(t, account)) })
			}
		})
	}
}

type testCase struct {
	name string
	run  func(*suite)
}

// suite is what one case works with: its account, and a first handle of it.
type suite struct {
	*testing.T
	account NewAccount
	store   core.Store
	open    func() core.Store
}

func newSuite(t *testing.T, account NewAccount) *suite {
	t.Helper()
	open := account(t)
	s := &suite{T: t, account: account, open: func() core.Store {
		t.Helper()
		store := open()
		t.Cleanup(store.Close)
		return store
	}}
	s.store = s.open()
	return s
}

func (s *suite) update(store core.Store, fn func(core.Tx) error) {
	s.Helper()
	if err := store.Update(fn); err != nil {
		s.Fatalf("Update: %v", err)
	}
}

func (s *suite) view(store core.Store, fn func(core.Tx) error) {
	s.Helper()
	if err := store.View(fn); err != nil {
		s.Fatalf("View: %v", err)
	}
}

// put commits key-value pairs in one transaction.
func (s *suite) put(space core.Space, pairs ...string) {
	s.Helper()
	s.update(s.store, func(tx core.Tx) error {
		for i := 0; i < len(pairs); i += 2 {
			tx.Put(space, pairs[i], []byte(pairs[i+1]))
		}
		return nil
	})
}

// values reads a range as strings, in a View of its own.
func (s *suite) values(store core.Store, space core.Space, from, to string, limit int) []string {
	s.Helper()
	var got []string
	s.view(store, func(tx core.Tx) error {
		values, err := tx.Values(space, from, to, limit)
		got = texts(values)
		return err
	})
	return got
}

// wantValues compares a range, in a View of its own, with the texts wanted.
func (s *suite) wantValues(space core.Space, from, to string, limit int, want ...string) {
	s.Helper()
	s.equal(s.values(s.store, space, from, to, limit), want)
}

// wantAll compares the whole of space with the texts wanted.
func (s *suite) wantAll(space core.Space, want ...string) {
	s.Helper()
	s.wantValues(space, "", "", 0, want...)
}

func (s *suite) equal(got, want []string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("got values %.500q, want %.500q", got, want)
	}
}

func (s *suite) wantCode(err error, want core.Code) {
	s.Helper()
	var e *core.Error
	if !errors.As(err, &e) || e.Code != want {
		s.Errorf("got error %v, want a core.Error of code %d", err, want)
	}
}

// eventually is for what the host does in its own time.
func (s *suite) eventually(what string, ok func() bool) {
	s.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.Fatalf("waited 10 s in vain: %s", what)
		}
	}
}

func texts(values [][]byte) []string {
	all := []string{}
	for _, value := range values {
		if value == nil {
			all = append(all, "<nil>")
			continue
		}
		all = append(all, string(value))
	}
	return all
}

// bulk is a value of n bytes that shows a wrong offset.
func bulk(n int) []byte {
	return bytes.Repeat([]byte(strings.Repeat("0123456789abcdef", 4)+"\n"), n/65+1)[:n]
}
