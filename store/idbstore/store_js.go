//go:build js && wasm

package idbstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall/js"
	"time"

	"timconv/core"
)

// A store is one handle of one account's database. The connection behind it
// comes and goes; nil means that the next call opens it afresh.
type store struct {
	name    string
	version int // schemaVersion, but in tests
	notify  func(core.State, string)
	tabs    *tabs

	writing sync.Mutex     // held by the Update under way
	renew   sync.Once      // of renewLog
	opening sync.Mutex     // held while a connection is being opened
	running sync.WaitGroup // transactions under way
	closing chan struct{}  // closed by Close

	// mu guards what follows and is never held while anything is waited for:
	// PutNote takes it inside a call from JavaScript.
	mu      sync.Mutex
	conn    *conn
	conns   uint64 // how many there have been
	gone    error  // why the store is closed for good
	closed  bool   // by Close
	relaxed bool
	waiting []noteWrite // until there is a connection again
	ahead   *ahead      // for the first View
}

var errClosed = errors.New("the store was closed")

// Open opens the account's database called name, and makes it where it does
// not exist. It blocks until that is done; a database that another tab holds in
// an older version makes it wait. It fails with ErrUnavailable where IndexedDB
// cannot be had at all.
func Open(name string, notify func(core.State, string)) (core.Store, error) {
	s, err := open(name, schemaVersion, notify)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// firstDelay is how long the first open waits before it is tried again.
const firstDelay = 100 * time.Millisecond

func open(name string, version int, notify func(core.State, string)) (*store, error) {
	if notify == nil {
		notify = func(core.State, string) {}
	}
	s := &store{name: name, version: version, notify: notify, closing: make(chan struct{})}
	notify(core.StateOpening, "")
	if _, err := factory(); err != nil {
		return nil, wrap("open", fmt.Errorf("%w: %w", ErrUnavailable, err))
	}
	s.tabs = newTabs(name, core.NewID())
	joined := s.tabs.join(name) // beside the opening: each takes a while
	_, err := s.connection()
	for delay := firstDelay; transient(err) && delay < 30*firstDelay; delay *= 3 {
		notify(core.StateOpening, errors.Unwrap(err).Error()+"; it is tried again")
		time.Sleep(delay)
		_, err = s.connection()
	}
	<-joined
	if err != nil {
		s.Close()
		if refused(err) {
			err = wrap("open", fmt.Errorf("%w: %w", ErrUnavailable, errors.Unwrap(err)))
		}
		return nil, err
	}
	s.tabs.follow()
	s.ahead = takeAhead(name)
	return s, nil
}

// enter counts a transaction in, unless the store is closed for good. Who
// entered calls running.Done.
func (s *store) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone != nil {
		return s.gone
	}
	s.running.Add(1)
	return nil
}

func (s *store) current() (*conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn, s.gone
}

// connection returns the open connection; it opens one where there is none.
func (s *store) connection() (*conn, error) {
	if c, err := s.current(); c != nil || err != nil {
		return c, err
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	if c, err := s.current(); c != nil || err != nil {
		return c, err
	}
	c, err := s.dial()
	if hasName(err, nameVersion) {
		return nil, s.shut(err, "the database has a newer format than this page knows; reload the page")
	}
	if err != nil {
		return nil, wrap("open", err)
	}
	if err := s.adopt(c); err != nil {
		c.close()
		return nil, err
	}
	s.notify(core.StateReady, "")
	s.tabs.revive()
	return c, nil
}

// adopt makes c the connection, after the notes that waited for one.
func (s *store) adopt(c *conn) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone != nil {
		return s.gone
	}
	for _, write := range s.waiting {
		_ = write.issue(c)
	}
	s.conns++
	c.number = s.conns
	s.conn, s.waiting = c, nil
	return nil
}

// dial opens a connection, however long that takes.
func (s *store) dial() (*conn, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // the driver drops its listeners then
	raw, err := openRequest(ctx, s.name, s.version)
	if err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	end := func(err error) {
		select {
		case ended <- err:
		default: // it has been told
		}
	}
	abandoned, blocked := false, false
	var remove func()
	remove = on(raw, func(event js.Value) {
		switch event.Get("type").String() {
		case "blocked":
			blocked = true
			go s.notify(core.StateBlocked, "another tab of this page holds an older version of the database open")
			return
		case "error":
			event.Call("preventDefault") // or it counts as uncaught
			end(errorOf(raw.Get("error")))
		case "success":
			if abandoned {
				raw.Get("result").Call("close")
			}
			end(nil)
		}
		remove()
	}, "success", "error", "blocked")
	if err = s.opened(ended, end, &blocked); err != nil {
		abandoned = true
		return nil, err
	}
	var c *conn
	c = newConn(raw.Get("result"), connEvents{
		versionchange: func(deleting bool) { go s.letGo(c, deleting) },
		closed:        func() { go s.lose(c, "the browser closed the database") },
	})
	return c, nil
}

// opened waits until an open has ended. One that is silent though nothing blocks it
// is given up, and one of a database that has been seen to be newer: Firefox leaves
// some of those without an answer that have waited for an upgrade.
func (s *store) opened(ended chan error, end func(error), blocked *bool) error {
	newer := func() { end(&jsError{name: nameVersion, message: "the database is newer"}) }
	for begun := time.Now(); ; help(s.name, s.version, newer) {
		select {
		case err := <-ended:
			return err
		case <-s.closing:
			return s.isGone()
		case <-time.After(nudge):
			if time.Since(begun) > silence && !*blocked {
				return errSilent
			}
		}
	}
}

// letGo is called when another tab has made this one close its connection. What
// opens the next one waits, in the browser's own queue, for the upgrade or the
// deletion to be over.
func (s *store) letGo(c *conn, deleting bool) {
	if deleting {
		s.lose(c, "the database is being deleted")
		return
	}
	s.lose(c, "another tab upgrades the database")
}

// lose drops c, if it is still the connection.
func (s *store) lose(c *conn, reason string) {
	s.mu.Lock()
	lost := s.conn == c && s.gone == nil
	if s.conn == c {
		s.conn = nil
	}
	s.mu.Unlock()
	if lost {
		c.close()
		s.notify(core.StateRecovering, reason)
		go s.reconnect()
	}
}

// reconnect opens a connection in the place of one that was lost, so that this
// tab follows the others again even if it makes no call. What keeps it from that is
// told: WebKit gives no page a second connection to a process that has died, and says
// that a reload helps.
func (s *store) reconnect() {
	for delay := 100 * time.Millisecond; ; delay = min(2*delay, time.Minute) {
		_, err := s.connection()
		if err == nil || s.isGone() != nil {
			return
		}
		s.notify(core.StateRecovering, err.Error())
		select {
		case <-time.After(delay):
		case <-s.closing:
			return
		}
	}
}

// shut closes the store for good and returns what every later call answers.
func (s *store) shut(cause error, reason string) error {
	s.mu.Lock()
	if s.gone == nil {
		s.gone = &core.Error{Code: core.CodeStorageClosed, Op: "open", Err: cause}
	}
	err := s.gone
	s.mu.Unlock()
	s.notify(core.StateClosed, reason)
	return err
}

func (s *store) isGone() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone
}

// Close implements core.Store.
func (s *store) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	if s.gone == nil {
		s.gone = &core.Error{Code: core.CodeStorageClosed, Op: "closed", Err: errClosed}
	}
	close(s.closing)
	s.mu.Unlock()
	s.running.Wait()
	s.mu.Lock()
	c := s.conn
	s.conn = nil
	s.mu.Unlock()
	if c != nil {
		c.close()
	}
	s.tabs.leave()
}

// SetRelaxed implements core.Store.
func (s *store) SetRelaxed(relaxed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.relaxed = relaxed
}

func (s *store) durability() js.Value {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.relaxed {
		return relaxed
	}
	return strict
}

// Delete deletes the account's database called name, once every connection to
// it is closed.
func Delete(name string) error {
	f, err := factory()
	if err != nil {
		return wrap("delete", err)
	}
	var req js.Value
	if err := attempt(func() { req = f.Call("deleteDatabase", name) }); err != nil {
		return wrap("delete", err)
	}
	ended := make(chan error, 1)
	defer on(req, func(event js.Value) {
		ended <- errorOf(req.Get("error"))
	}, "success", "error")()
	return wrap("delete", <-ended)
}
