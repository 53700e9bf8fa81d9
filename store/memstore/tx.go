package memstore

import (
	"errors"
	"slices"
	"time"

	"timconv/core"
)

// tx works on the DB's own tables; what it overwrites is kept, newest last, to
// be put back when the transaction fails.
type tx struct {
	db       *DB
	notes    *table // of a View, or of an UpdateAll
	writable bool
	undo     []change
	size     Commit
	err      error // the first write that could not be taken
	term     uint64
	handle   uint64

	expected []expectation
}

// An expectation is what Expect has read.
type expectation struct {
	space  core.Space
	keys   []string // nil: a range
	span   span
	values [][]byte
}

// A span is what is asked for of a range.
type span struct {
	from, to string
	limit    int
	last     bool
}

type change struct {
	table *table
	key   string
	old   []byte
}

var errSpace = errors.New("the space is not part of the transaction")

func (tx *tx) table(space core.Space) (*table, error) {
	if t := tx.db.spaces[space]; t != nil {
		return t, nil
	}
	if space == core.SpaceNotes && tx.notes != nil {
		return tx.notes, nil
	}
	return nil, &core.Error{Code: core.CodeInternal, Op: "space " + string(space), Err: errSpace}
}

func (tx *tx) Get(space core.Space, keys ...string) ([][]byte, error) {
	if values, ok := tx.take(space, keys, span{}); ok && keys != nil {
		return values, nil
	}
	t, err := tx.table(space)
	if err != nil {
		return nil, err
	}
	values := make([][]byte, len(keys))
	for i, key := range keys {
		values[i] = t.get(key)
	}
	return values, nil
}

// Expect implements core.Tx.
func (tx *tx) Expect(space core.Space, keys ...string) {
	if values, err := tx.Get(space, keys...); err == nil {
		tx.expected = append(tx.expected, expectation{space: space, keys: keys, values: values})
	}
}

// ExpectValues implements core.Tx.
func (tx *tx) ExpectValues(space core.Space, from, to string, limit int) {
	if values, err := tx.Values(space, from, to, limit); err == nil {
		tx.expected = append(tx.expected, expectation{space: space, span: span{from, to, limit, false}, values: values})
	}
}

// ExpectLast implements core.Tx.
func (tx *tx) ExpectLast(space core.Space, from, to string, limit int) bool {
	values, err := tx.Last(space, from, to, limit)
	if err == nil {
		tx.expected = append(tx.expected, expectation{space: space, span: span{from, to, limit, true}, values: values})
	}
	return err == nil
}

// take takes out what is expected.
func (tx *tx) take(space core.Space, keys []string, asked span) (values [][]byte, ok bool) {
	for i, e := range tx.expected {
		if space == e.space && asked == e.span && (keys == nil) == (e.keys == nil) && slices.Equal(keys, e.keys) {
			tx.expected = append(tx.expected[:i:i], tx.expected[i+1:]...)
			return e.values, true
		}
	}
	return nil, false
}

func (tx *tx) Values(space core.Space, from, to string, limit int) ([][]byte, error) {
	if values, ok := tx.take(space, nil, span{from, to, limit, false}); ok {
		return values, nil
	}
	t, err := tx.table(space)
	if err != nil {
		return nil, err
	}
	var values [][]byte
	t.ascend(from, to, func(e entry) bool {
		values = append(values, e.value)
		return limit <= 0 || len(values) < limit
	})
	return values, nil
}

// Keys implements core.Tx.
func (tx *tx) Keys(space core.Space, from, to string, limit int) ([]string, error) {
	t, err := tx.table(space)
	if err != nil {
		return nil, err
	}
	var keys []string
	t.ascend(from, to, func(e entry) bool {
		keys = append(keys, e.key)
		return limit <= 0 || len(keys) < limit
	})
	return keys, nil
}

func (tx *tx) Last(space core.Space, from, to string, limit int) ([][]byte, error) {
	if values, ok := tx.take(space, nil, span{from, to, limit, true}); ok {
		return values, nil
	}
	t, err := tx.table(space)
	if err != nil {
		return nil, err
	}
	var values [][]byte
	t.descend(from, to, func(e entry) bool {
		values = append(values, e.value)
		return len(values) < limit
	})
	slices.Reverse(values)
	return values, nil
}

// forWriting returns nil, and remembers why, when space cannot be written.
func (tx *tx) forWriting(space core.Space) *table {
	if !tx.writable {
		panic("memstore: write in a View")
	}
	t, err := tx.table(space)
	if err != nil && tx.err == nil {
		tx.err = err
	}
	return t
}

func (tx *tx) Put(space core.Space, key string, value []byte) {
	t := tx.forWriting(space)
	if t == nil {
		return
	}
	tx.size.Puts++
	tx.size.Bytes += len(key) + len(value)
	tx.undo = append(tx.undo, change{t, key, t.put(key, present(value))})
}

// Add implements core.Tx.
func (tx *tx) Add(space core.Space, key string, value []byte) {
	if t := tx.forWriting(space); t != nil && t.get(key) != nil && tx.err == nil {
		tx.err = &core.Error{Code: core.CodeStorage, Op: "add", Err: core.ErrTaken}
	}
	tx.Put(space, key, value)
}

// Term implements core.Tx.
func (tx *tx) Term() uint64 { return tx.term }

// Connection implements core.Tx: a handle has one.
func (tx *tx) Connection() uint64 { return tx.handle }

func (tx *tx) Delete(space core.Space, key string) {
	t := tx.forWriting(space)
	if t == nil {
		return
	}
	tx.size.Deletes++
	if old := t.remove(key); old != nil {
		tx.undo = append(tx.undo, change{t, key, old})
	}
}

func (tx *tx) DeleteRange(space core.Space, from, to string) {
	t := tx.forWriting(space)
	if t == nil {
		return
	}
	var keys []string
	t.ascend(from, to, func(e entry) bool {
		keys = append(keys, e.key)
		return true
	})
	for _, key := range keys {
		tx.Delete(space, key)
	}
}

// Breathe sleeps for a moment: nothing here would commit meanwhile, and in a
// page it is a timer that lets a frame through. Not where a PutNote would wait.
func (tx *tx) Breathe() error {
	if tx.writable && tx.notes != nil {
		return nil
	}
	time.Sleep(time.Nanosecond)
	return nil
}

func (tx *tx) rollback() {
	for i := len(tx.undo) - 1; i >= 0; i-- {
		if c := tx.undo[i]; c.old == nil {
			c.table.remove(c.key)
		} else {
			c.table.put(c.key, c.old)
		}
	}
}

// present tells an empty value from none, which is nil.
func present(value []byte) []byte {
	if value == nil {
		return []byte{}
	}
	return value
}
