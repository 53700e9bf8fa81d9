//go:build js && wasm

package idbstore

import (
	"slices"
	"strings"
	"syscall/js"

	"timconv/core"
)

// Update implements core.Store. A panic in fn aborts the transaction and goes
// on to the caller.
func (s *store) Update(fn func(core.Tx) error) error { return s.update(fn, false) }

// UpdateAll implements core.Store.
func (s *store) UpdateAll(fn func(core.Tx) error) error { return s.update(fn, true) }

func (s *store) update(fn func(core.Tx) error, all bool) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.enter(); err != nil {
		return err
	}
	defer s.running.Done()
	s.renew.Do(s.renewLog)
	t, err := s.begin(readWrite, all)
	if err != nil {
		return wrap("update", err)
	}
	defer func() {
		if !t.run.ended {
			t.run.abort()
			_ = t.run.end()
		}
	}()
	if err := fn(t); err != nil {
		return err
	}
	if t.err != nil {
		return t.err
	}
	return t.check("commit", t.run.commit())
}

// View implements core.Store.
func (s *store) View(fn func(core.Tx) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.running.Done()
	t, err := s.begin(readOnly, false)
	if err != nil {
		return wrap("view", err)
	}
	// Committing lets a waiting Update start at once; nobody waits for the end.
	defer func() { _ = t.run.hurry() }()
	if t.ahead, s.ahead = s.ahead, nil; t.ahead != nil && !t.ahead.fresh(t) {
		t.ahead = nil
	}
	return fn(t)
}

// begin starts a transaction. A connection that turns out to be closed is
// replaced once: fn has not run yet, so nobody need know.
func (s *store) begin(mode js.Value, all bool) (*tx, error) {
	for again := true; ; again = false {
		c, err := s.connection()
		if err != nil {
			return nil, err
		}
		spaces := c.commit
		if all {
			spaces = names(core.Spaces...)
		}
		r, err := c.start(spaces, mode, s.durability())
		if err == nil {
			return &tx{store: s, conn: c, run: r, term: s.term(c), writable: mode.Equal(readWrite), all: all}, nil
		}
		if !breaksConnection(err) {
			return nil, err
		}
		s.lose(c, err.Error())
		if !again {
			return nil, err
		}
	}
}

// term tells apart the times of leading, and the connections they were over. Neither
// count ever falls, so that no sum comes twice.
func (s *store) term(c *conn) uint64 {
	s.tabs.mu.Lock()
	defer s.tabs.mu.Unlock()
	if !s.tabs.leads || s.tabs.led == 0 {
		return 0
	}
	return s.tabs.led + c.number
}

// tx is a core.Tx.
type tx struct {
	store    *store
	conn     *conn
	run      *run
	term     uint64 // as the transaction began
	writable bool
	all      bool // of an UpdateAll: the notes are part of it

	expected []expectation

	err      error  // of the first write that was not taken
	ahead    *ahead // of the first View
	notes    notes  // of a View, once read
	haveNote bool
}

// An expectation is what Expect has asked for: one request, or for several keys an
// array of them; or one request for a range.
type expectation struct {
	space    core.Space
	keys     []string // nil: a range
	span     span
	requests js.Value
	here     bool // they have been answered
}

// A span is what is asked for of a range.
type span struct {
	from, to string
	limit    int
	last     bool
}

// check gives err its code, and lets go of a connection that has broken.
func (t *tx) check(op string, err error) error {
	if breaksConnection(err) {
		t.store.lose(t.conn, err.Error())
	}
	return wrap(op, err)
}

// Expect implements core.Tx. Answers come in the order of the requests, so that
// they are here when a later request has been answered.
func (t *tx) Expect(space core.Space, keys ...string) {
	var requests js.Value
	var err error
	if len(keys) == 1 {
		requests, err = t.run.request(space, "get", keys[0])
	} else {
		requests, err = t.run.gets(space, keys)
	}
	if err == nil {
		t.expected = append(t.expected, expectation{space: space, keys: keys, requests: requests})
	}
}

// ExpectValues implements core.Tx.
func (t *tx) ExpectValues(space core.Space, from, to string, limit int) {
	if t.ahead != nil {
		if _, _, ok := t.ahead.span(space, from, to, limit); ok {
			return
		}
	}
	if request, err := t.run.rangeRequest("getAll", space, from, to, limit); err == nil && !request.IsUndefined() {
		t.expected = append(t.expected, expectation{space: space, span: span{from, to, limit, false}, requests: request})
	}
}

// ExpectLast implements core.Tx.
func (t *tx) ExpectLast(space core.Space, from, to string, limit int) bool {
	if !backwards {
		return false
	}
	request, err := t.run.lastRequest(space, from, to, limit)
	if err == nil && !request.IsUndefined() {
		t.expected = append(t.expected, expectation{space: space, span: span{from, to, limit, true}, requests: request})
	}
	return err == nil
}

// arrived takes out what is expected, these keys or that range, when it is there.
func (t *tx) arrived(space core.Space, keys []string, asked span) (values [][]byte, found bool, err error) {
	for i, e := range t.expected {
		if space != e.space || asked != e.span || (keys == nil) != (e.keys == nil) || !slices.Equal(keys, e.keys) {
			continue
		}
		if err := t.arrive(e); err != nil {
			return nil, true, err
		}
		t.expected = append(t.expected[:i:i], t.expected[i+1:]...)
		switch {
		case asked.last:
			return unpackBackwards(e.requests.Get("result")), true, nil
		case len(keys) == 0:
			return unpack(e.requests.Get("result")), true, nil
		case len(keys) == 1:
			return [][]byte{resultOne(e.requests)}, true, nil
		}
		values, err = results(e.requests)
		return values, true, err
	}
	return nil, false, nil
}

// arrive waits for all that is expected. Answers come in order, and each in a task of its
// own: the last one is waited for. What has a limit is a part of much, and waited for alone.
func (t *tx) arrive(e expectation) error {
	if e.span.limit > 0 {
		return t.run.awaitAnswer(e.requests)
	}
	n := len(t.expected)
	last := &t.expected[n-1]
	if last.here {
		return nil
	}
	request := last.requests
	if len(last.keys) > 1 {
		request = request.Index(len(last.keys) - 1)
	}
	if err := t.run.awaitAnswer(request); err != nil {
		return err
	}
	for i := range t.expected {
		t.expected[i].here = true
	}
	return nil
}

func (t *tx) Get(space core.Space, keys ...string) ([][]byte, error) {
	if len(keys) > 0 {
		if values, found, err := t.arrived(space, keys, span{}); found {
			return values, t.check("get", err)
		}
	}
	if space == core.SpaceNotes && !t.all {
		err := t.readNotes()
		return t.notes.get(keys), err
	}
	values, err := t.run.get(space, keys)
	return values, t.check("get", err)
}

func (t *tx) Values(space core.Space, from, to string, limit int) ([][]byte, error) {
	if space == core.SpaceNotes && !t.all {
		err := t.readNotes()
		return t.notes.values(from, to, limit), err
	}
	if t.ahead != nil {
		if values, ok := t.ahead.valuesOf(space, from, to, limit); ok {
			return values, nil
		}
	}
	if values, found, err := t.arrived(space, nil, span{from, to, limit, false}); found {
		return values, t.check("values", err)
	}
	values, err := t.run.values(space, from, to, limit)
	return values, t.check("values", err)
}

// Keys implements core.Tx.
func (t *tx) Keys(space core.Space, from, to string, limit int) ([]string, error) {
	if t.ahead != nil {
		if first, end, ok := t.ahead.span(space, from, to, limit); ok {
			return t.ahead.spaces[space].keys[first:end], nil
		}
	}
	found, err := t.run.all("getAllKeys", space, from, to, limit)
	return stringsOf(found), t.check("keys", err)
}

func (t *tx) Last(space core.Space, from, to string, limit int) ([][]byte, error) {
	if space == core.SpaceNotes && !t.all {
		err := t.readNotes()
		all := t.notes.values(from, to, 0)
		return all[max(len(all)-limit, 0):], err
	}
	if values, found, err := t.arrived(space, nil, span{from, to, limit, true}); found {
		return values, t.check("last", err)
	}
	values, err := t.run.last(space, from, to, limit)
	return values, t.check("last", err)
}

// Breathe gets a record that is not there: each answer is a task of its own,
// between which the browser draws. In an UpdateAll it does nothing.
func (t *tx) Breathe() error {
	if t.all {
		return nil
	}
	_, err := t.run.get(core.SpaceMeta, []string{""})
	return t.check("breathe", err)
}

// readNotes reads all notes in a transaction over them alone, so that no
// PutNote ever queues behind a long View. The View's own transaction is kept
// alive meanwhile.
func (t *tx) readNotes() error {
	if t.writable {
		return noteInUpdate()
	}
	if t.haveNote {
		return nil
	}
	r, err := t.conn.start(t.conn.notes, readOnly, durabilityNotes)
	if err != nil {
		return t.check("read notes", err)
	}
	keys, err := r.request(core.SpaceNotes, "getAllKeys")
	if err != nil {
		return t.check("read notes", err)
	}
	values, err := r.request(core.SpaceNotes, "getAll")
	if err != nil {
		return t.check("read notes", err)
	}
	for !r.ended {
		if err := t.Breathe(); err != nil {
			return err
		}
	}
	if r.err != nil {
		return t.check("read notes", r.err)
	}
	t.notes, t.haveNote = newNotes(stringsOf(keys.Get("result")), unpack(values.Get("result"))), true
	return nil
}

func noteInUpdate() error {
	return &core.Error{Code: core.CodeInternal, Op: "update", Err: errSpace}
}

// stringsOf are the strings of an array, which come over in one where none of them has
// what is put between them.
func stringsOf(array js.Value) []string {
	const between = "\n"
	all, whole := make([]string, array.Length()), true
	rest := array.Call("join", between).String()
	for i := range all {
		all[i], rest, whole = strings.Cut(rest, between)
	}
	if !whole {
		return all
	}
	for i := range all {
		all[i] = array.Index(i).String()
	}
	return all
}

func (t *tx) Put(space core.Space, key string, value []byte) {
	t.write(space, "put", valueOf(value), key)
}

// Add implements core.Tx.
func (t *tx) Add(space core.Space, key string, value []byte) {
	t.write(space, "add", valueOf(value), key)
}

// Term implements core.Tx.
func (t *tx) Term() uint64 { return t.term }

// Connection implements core.Tx.
func (t *tx) Connection() uint64 { return t.conn.number }

func (t *tx) Delete(space core.Space, key string) {
	t.write(space, "delete", key)
}

func (t *tx) DeleteRange(space core.Space, from, to string) {
	switch bounds, some, err := keyRange(from, to); {
	case err != nil:
		t.err = t.check("write", err)
	case bounds.IsUndefined() && some:
		t.write(space, "clear")
	case some:
		t.write(space, "delete", bounds)
	}
}

// write issues one request that nobody waits for.
func (t *tx) write(space core.Space, method string, args ...any) {
	if !t.writable {
		panic("idbstore: write in a View")
	}
	if t.err != nil {
		return
	}
	if space == core.SpaceNotes && !t.all {
		t.err = noteInUpdate()
		return
	}
	_, err := t.run.request(space, method, args...)
	t.err = t.check("write", err)
}
