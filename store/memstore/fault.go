package memstore

import (
	"errors"

	"timconv/core"
)

// A Commit is what an Update is about to commit.
type Commit struct {
	Tab     string // the handle it came through
	Puts    int
	Deletes int
	Bytes   int // of the keys and values put
}

// An Outcome says how a commit ends. The zero Outcome is success.
type Outcome struct {
	Err     error // what the caller of Update is told
	Applied bool  // the transaction took effect in spite of Err
}

// SetFault has fn decide the outcome of every commit from now on; nil ends it.
// While fn runs, the transaction is under way: a fn that waits is a slow disk.
// It replaces what FailNext, FailNextAfterCommit and FailAbove have set.
func (db *DB) SetFault(fn func(Commit) Outcome) {
	db.faultMu.Lock()
	defer db.faultMu.Unlock()
	db.fault = fn
}

// FailNext has the next n commits fail with code and leave nothing.
func (db *DB) FailNext(n int, code core.Code) {
	db.failNext(n, Outcome{Err: injected(code)})
}

// FailNextAfterCommit has the next n commits take effect although their
// callers are told CodeStorage, as when the connection breaks between the two.
func (db *DB) FailNextAfterCommit(n int) {
	db.failNext(n, Outcome{Err: injected(core.CodeStorage), Applied: true})
}

func (db *DB) failNext(n int, out Outcome) {
	db.SetFault(func(Commit) Outcome {
		if n <= 0 {
			return Outcome{}
		}
		n--
		return out
	})
}

// FailAbove has every commit of more than limit bytes fail with CodeQuota.
func (db *DB) FailAbove(limit int) {
	db.SetFault(func(c Commit) Outcome {
		if c.Bytes > limit {
			return Outcome{Err: injected(core.CodeQuota)}
		}
		return Outcome{}
	})
}

// FailNextViews has the next n Views fail with code before their fn runs.
func (db *DB) FailNextViews(n int, code core.Code) {
	db.faultMu.Lock()
	defer db.faultMu.Unlock()
	db.viewFault = func() error {
		if n <= 0 {
			return nil
		}
		n--
		return injected(code)
	}
}

func (db *DB) judge(c Commit) Outcome {
	db.faultMu.Lock()
	fault := db.fault
	db.faultMu.Unlock()
	if fault == nil {
		return Outcome{}
	}
	return fault(c)
}

func (db *DB) judgeView() error {
	db.faultMu.Lock()
	defer db.faultMu.Unlock()
	if db.viewFault == nil {
		return nil
	}
	return db.viewFault()
}

var errInjected = errors.New("injected fault")

func injected(code core.Code) error {
	return &core.Error{Code: code, Op: "commit", Err: errInjected}
}
