package core

import "strings"

// What cannot be read is quarantined: left where it is, counted, and put aside once
// more so that it can be exported after its place has been given up.

// damagedFrom and damagedEnd bound the keys, in SpaceMeta, of what was put aside;
// behind it come space and key of the record, and the number of a part.
const damagedFrom, damagedEnd = "damaged/", "damaged0"

// damagedBytes is how much is put aside at most. Of what comes then the names are
// kept alone.
const damagedBytes = 4 << 20

// errSuspect, inside an attempt: a record was read that is damaged, which was not
// known.
var errSuspect = &Error{Code: CodeInternal, Op: "read", Err: errDamaged}

// A damagedRecord is a record, or a part of one, as it is stored.
type damagedRecord struct {
	space Space
	key   string
	bytes []byte
}

func (d damagedRecord) name() string { return string(d.space) + "/" + d.key }

// damage is what is known of damaged records.
type damage struct {
	names   map[string]bool // of all
	seen    map[uint64]bool // their checksums
	fresh   []damagedRecord // those that have not been put aside
	suspect bool            // more have been met since they were looked for
}

func newDamage() *damage { return &damage{names: map[string]bool{}, seen: map[uint64]bool{}} }

// find takes in a record that is damaged.
func (d *damage) find(space Space, key string, bytes []byte) {
	r := damagedRecord{space, key, bytes}
	d.seen[sum(bytes)] = true
	if !d.names[r.name()] {
		d.names[r.name()], d.suspect = true, true
		d.fresh = append(d.fresh, r)
	}
}

// meet is told of a record that cannot be read, whose key is not known.
func (d *damage) meet(bytes []byte) {
	if !d.seen[sum(bytes)] {
		d.suspect = true
	}
}

// inspect finds the damaged records of a range.
func (d *damage) inspect(tx Tx, space Space, from, to string, readable func(key string, value []byte) bool) error {
	values, err := tx.Values(space, from, to, 0)
	if err != nil || len(values) == 0 {
		return err
	}
	keys, err := tx.Keys(space, from, to, 0)
	if err != nil {
		return err
	}
	for i, value := range values {
		if !readable(keys[i], value) {
			d.find(space, keys[i], value)
		}
	}
	return nil
}

// readAside takes in what was put aside before.
func (d *damage) readAside(tx Tx) error {
	aside, err := putAside(tx)
	for _, r := range aside {
		d.names[r.name()], d.seen[sum(r.bytes)] = true, true
	}
	return err
}

// putAside reads what was put aside.
func putAside(tx Tx) ([]damagedRecord, error) {
	keys, err := tx.Keys(SpaceMeta, damagedFrom, damagedEnd, 0)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	values, err := tx.Values(SpaceMeta, damagedFrom, damagedEnd, 0)
	if err != nil {
		return nil, err
	}
	aside := make([]damagedRecord, len(keys))
	for i, key := range keys {
		space, key, found := strings.Cut(key[len(damagedFrom):], "/")
		if !found { // counters of version 2
			space, key = string(SpaceMeta), MetaKey+"/"+space
		}
		aside[i] = damagedRecord{Space(space), key, values[i]}
	}
	return aside, nil
}

// putAside puts aside what has not been.
func (s *stage) putAside() error {
	if len(s.damage.fresh) == 0 {
		return nil
	}
	before, err := putAside(s.tx.Tx)
	if err != nil {
		return err
	}
	size := 0
	for _, r := range before {
		size += len(r.bytes)
	}
	for _, r := range s.damage.fresh {
		if size += len(r.bytes); size > damagedBytes {
			size -= len(r.bytes)
			r.bytes = nil
		}
		s.tx.Put(SpaceMeta, damagedFrom+r.name(), r.bytes)
	}
	s.meta.damaged, s.written = true, true
	return nil
}
