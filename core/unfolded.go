package core

import (
	"slices"

	"github.com/tidwall/btree"
)

// A record is a value that so far only the journal has: a message, or where a
// message identity leads.
type record struct {
	key   string
	value []byte
	raw   []byte  // of a message: of value, Message.Raw
	of    *record // of an identity: the message that brought it, if it is here
	rev   uint64  // of the commit that put it
}

// A table is the records of one space that the journal has not been folded of,
// in order of keys. It is cloned at the price of one allocation.
type table struct {
	tree   *btree.BTreeG[*record]
	wanted *record    // what get looks for; shared by clones
	keys   *numberSet // of all records there are, and of some that there were; shared by clones; nil: of none
}

func newTable() table {
	less := func(a, b *record) bool { return a.key < b.key }
	return table{tree: btree.NewBTreeGOptions(less, btree.Options{NoLocks: true}), wanted: &record{}}
}

// newIDTable makes a table that is mostly asked for keys which are not in it.
func newIDTable() table {
	t := newTable()
	t.keys = &numberSet{}
	return t
}

func (t table) clone() table {
	t.tree = t.tree.Copy()
	return t
}

// get returns the record of that key, nil if there is none.
func (t table) get(key string) *record {
	if t.keys != nil && !t.keys.mayHave(key) {
		return nil
	}
	t.wanted.key = key
	r, _ := t.tree.Get(t.wanted)
	return r
}

// has reports whether that very record is in the table.
func (t table) has(r *record) bool { return t.get(r.key) == r }

func (t table) set(r *record) {
	t.tree.Set(r)
	if t.keys != nil {
		t.keys.add(r.key)
	}
}

// missing are the keys that are not in the table.
func (t table) missing(keys []string) (missing []string) {
	for _, key := range keys {
		if t.get(key) == nil {
			missing = append(missing, key)
		}
	}
	return missing
}

// scan yields the records with keys in [from, to), all where to is empty.
func (t table) scan(from, to string, yield func(*record) bool) {
	t.tree.Ascend(&record{key: from}, func(r *record) bool {
		return (to == "" || r.key < to) && yield(r)
	})
}

// between are the records that scan yields.
func (t table) between(from, to string) (found []*record) {
	t.scan(from, to, func(r *record) bool { found = append(found, r); return true })
	return found
}

// drop removes what a commit deleted.
func (t table) drop(d drop) {
	if d.to == "" {
		t.tree.Delete(&record{key: d.from})
		return
	}
	for _, r := range t.between(d.from, d.to) {
		t.tree.Delete(r)
	}
}

// forget removes the records of commits before a rev: the journal has been
// folded of them.
func (t *table) forget(before uint64) {
	var old []*record
	t.tree.Scan(func(r *record) bool {
		if r.rev < before {
			old = append(old, r)
		}
		return true
	})
	for _, r := range old {
		t.tree.Delete(r)
	}
	if t.keys == nil || t.tree.Len() > t.keys.n/2 { // to make it anew is not cheap where much is left
		return
	}
	t.keys = &numberSet{}
	t.tree.Scan(func(r *record) bool {
		t.keys.add(r.key)
		return true
	})
}

// A tx is a transaction in which messages and identities are seen as they are,
// whether they lie in their spaces or in the journal only. What is put waits
// for the journal; what is deleted is deleted at once, there and here.
type tx struct {
	Tx
	account *Account
	rev     uint64 // of the commit under way

	puts  []*record
	drops []drop
	open  []asked // what was expected through this, and has not been read yet
}

// An asked is one thing that was expected: a value, or a range.
type asked struct {
	space    Space
	key      string
	from, to string
	limit    int
	last     bool
}

func (t *tx) expect(a asked) { t.open = append(t.open, a) }

func (t *tx) read(a asked) {
	if i := slices.Index(t.open, a); i >= 0 {
		t.open = slices.Delete(t.open, i, i+1)
	}
}

// forgetExpected gives up what an operation has expected and not read: what is expected is as
// it stood then, and a later operation may ask for the same after a deletion.
func (t *tx) forgetExpected() {
	for _, a := range t.open {
		switch {
		case a.key != "":
			_, _ = t.Tx.Get(a.space, a.key)
		case a.last:
			_, _ = t.Tx.Last(a.space, a.from, a.to, a.limit)
		default:
			_, _ = t.Tx.Values(a.space, a.from, a.to, a.limit)
		}
	}
	t.open = nil
}

// Expect implements Tx: each is to be read by itself.
func (t *tx) Expect(space Space, keys ...string) {
	for _, key := range keys {
		t.expect(asked{space: space, key: key})
		t.Tx.Expect(space, key)
	}
}

// ExpectValues implements Tx.
func (t *tx) ExpectValues(space Space, from, to string, limit int) {
	t.expect(asked{space: space, from: from, to: to, limit: limit})
	t.Tx.ExpectValues(space, from, to, limit)
}

// ExpectLast implements Tx.
func (t *tx) ExpectLast(space Space, from, to string, limit int) bool {
	t.expect(asked{space: space, from: from, to: to, limit: limit, last: true})
	return t.Tx.ExpectLast(space, from, to, limit)
}

// unfolded is the table of a space, nil for spaces that the journal does not
// cover.
func (a *Account) unfolded(space Space) table {
	switch space {
	case SpaceMessages:
		return a.messages
	case SpaceIDs:
		return a.ids
	}
	return table{}
}

func (t *tx) Get(space Space, keys ...string) ([][]byte, error) {
	table := t.account.unfolded(space)
	if table.tree == nil || table.tree.Len() == 0 {
		return t.stored(space, keys)
	}
	missing := table.missing(keys)
	if len(missing) == len(keys) {
		return t.stored(space, keys)
	}
	values := make([][]byte, len(keys))
	var stored [][]byte
	if len(missing) > 0 {
		var err error
		if stored, err = t.stored(space, missing); err != nil {
			return nil, err
		}
	}
	for i, key := range keys {
		if r := table.get(key); r != nil {
			values[i] = r.value
		} else {
			values[i], stored = stored[0], stored[1:]
		}
	}
	return values, nil
}

// stored is Get of what the space has.
func (t *tx) stored(space Space, keys []string) ([][]byte, error) {
	if len(keys) == 1 {
		t.read(asked{space: space, key: keys[0]})
	}
	return t.Tx.Get(space, keys...)
}

func (t *tx) Values(space Space, from, to string, limit int) ([][]byte, error) {
	t.read(asked{space: space, from: from, to: to, limit: limit})
	stored, err := t.Tx.Values(space, from, to, limit)
	if err != nil {
		return nil, err
	}
	values := t.merged(space, from, to, stored)
	if limit > 0 && len(values) > limit {
		values = values[:limit]
	}
	return values, nil
}

func (t *tx) Last(space Space, from, to string, limit int) ([][]byte, error) {
	t.read(asked{space: space, from: from, to: to, limit: limit, last: true})
	stored, err := t.Tx.Last(space, from, to, limit)
	if err != nil {
		return nil, err
	}
	values := t.merged(space, from, to, stored)
	return values[max(len(values)-limit, 0):], nil
}

// merged joins stored values, in order of keys, with those that only the
// journal has.
func (t *tx) merged(space Space, from, to string, stored [][]byte) [][]byte {
	table := t.account.unfolded(space)
	if table.tree == nil || table.tree.Len() == 0 {
		return stored
	}
	recent := table.between(from, to)
	if len(recent) == 0 {
		return stored
	}
	if space == SpaceIDs { // in no order
		for _, r := range recent {
			if !slices.ContainsFunc(stored, func(v []byte) bool { return string(v) == string(r.value) }) {
				stored = append(stored, r.value)
			}
		}
		return stored
	}
	values := make([][]byte, 0, len(stored)+len(recent))
	for _, value := range stored {
		key := keyOfMessage(value)
		for len(recent) > 0 && recent[0].key < key {
			values, recent = append(values, recent[0].value), recent[1:]
		}
		if len(recent) > 0 && recent[0].key == key {
			continue // it has been put anew
		}
		values = append(values, value)
	}
	for _, r := range recent {
		values = append(values, r.value)
	}
	return values
}

// keyOfMessage is the key under which a message record lies. A record that
// cannot be decoded comes first, as one that nobody will read.
func keyOfMessage(value []byte) string {
	m, err := decodeMessage(value)
	if err != nil {
		return ""
	}
	return messageKey(m.Conv, m.At)
}

func (t *tx) Delete(space Space, key string) {
	t.Tx.Delete(space, key)
	t.drop(drop{space: space, from: key})
}

func (t *tx) DeleteRange(space Space, from, to string) {
	t.Tx.DeleteRange(space, from, to)
	t.drop(drop{space: space, from: from, to: to})
}

func (t *tx) drop(d drop) {
	if table := t.account.unfolded(d.space); table.tree != nil {
		table.drop(d)
		t.drops = append(t.drops, d)
	}
}

// putMessage stores a message. Its text moves into the record, so that it is
// kept once.
func (t *tx) putMessage(key string, m *Message) *record {
	value := encodeMessage(m)
	end := len(value) - sumSize
	m.Raw = value[end-len(m.Raw) : end : end]
	r := &record{key: key, value: value, raw: m.Raw, rev: t.rev}
	t.account.messages.set(r)
	t.puts = append(t.puts, r)
	return r
}

// putID stores where a message identity leads.
func (t *tx) putID(id, key string, of *record) {
	r := &record{key: id, value: sealText([]byte(key)), rev: t.rev, of: of}
	t.account.ids.set(r)
	t.puts = append(t.puts, r)
}
