package idbstore

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"timconv/core"
)

func TestErrorsOfTheBrowserHaveTheirCodes(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   core.Code
		breaks bool
	}{
		{&jsError{name: "QuotaExceededError"}, core.CodeQuota, false},
		{fmt.Errorf("put: %w", &jsError{name: "QuotaExceededError"}), core.CodeQuota, false},
		{&jsError{name: "VersionError"}, core.CodeStorageClosed, true},
		{&jsError{name: "UnknownError"}, core.CodeStorage, true},
		{&jsError{name: "InvalidStateError"}, core.CodeStorage, true},
		{&jsError{name: "AbortError"}, core.CodeStorage, true},
		{&jsError{name: "TransactionInactiveError"}, core.CodeStorage, false},
		{&jsError{name: "DataError"}, core.CodeStorage, false},
		{errors.New("other"), core.CodeStorage, true},
	} {
		var e *core.Error
		if !errors.As(wrap("test", c.err), &e) || e.Code != c.code || !errors.Is(e, c.err) {
			t.Errorf("%v: got %#v, want code %d around it", c.err, e, c.code)
		}
		if got := breaksConnection(c.err); got != c.breaks {
			t.Errorf("%v: breaks the connection: got %v, want %v", c.err, got, c.breaks)
		}
	}
	if wrap("test", nil) != nil || breaksConnection(nil) {
		t.Error("nil counts as an error")
	}
	known := &core.Error{Code: core.CodeQuota, Op: "inner"}
	if got := wrap("outer", known); got != error(known) {
		t.Errorf("got %v, want the error that had a code as it was", got)
	}
}

func TestOnlyARefusalMakesIndexedDBUnavailable(t *testing.T) {
	for name, want := range map[string]bool{
		"SecurityError": true, "InvalidStateError": true, "NotAllowedError": true,
		"UnknownError": false, "VersionError": false, "QuotaExceededError": false, "AbortError": false,
	} {
		if got := refused(wrap("open", &jsError{name: name})); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	if !refused(ErrUnavailable) {
		t.Error("ErrUnavailable does not count as a refusal")
	}
}

func TestNotesAreReadLikeAnyRange(t *testing.T) {
	keys := []string{"b", "\U0001F600", "\uFFFD", "a"} // as UTF-16 would not order them
	ns := newNotes(keys, [][]byte{[]byte("B"), []byte("smile"), []byte("what"), {}})
	for _, c := range []struct {
		from, to string
		limit    int
		want     []string
	}{
		{"", "", 0, []string{"", "B", "what", "smile"}},
		{"b", "", 0, []string{"B", "what", "smile"}},
		{"aa", "\U0001F600", 0, []string{"B", "what"}},
		{"", "", 2, []string{"", "B"}},
		{"b", "b", 0, nil},
		{"z", "a", 0, nil},
	} {
		var got []string
		for _, value := range ns.values(c.from, c.to, c.limit) {
			got = append(got, string(value))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("values(%q, %q, %d): got %q, want %q", c.from, c.to, c.limit, got, c.want)
		}
	}
	got := ns.get([]string{"\uFFFD", "none", "a"})
	if string(got[0]) != "what" || got[1] != nil || got[2] == nil {
		t.Errorf("get: got %q, want what, nothing, an empty value", got)
	}
}
