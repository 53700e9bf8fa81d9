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
	name  string // space, slash, key
	sum   uint64 // of what is stored
	bytes []byte
}

// damage is what is known of damaged records.
type damage struct {
	all     []damagedRecord
	aside   int  // so many of them have been put aside
	size    int  // of them
	suspect bool // more have been met since they were looked for
}

// find takes in a record that is damaged.
func (d *damage) find(space Space, key string, bytes []byte) {
	name, is := string(space)+"/"+key, sum(bytes)
	for i := range d.all {
		if d.all[i].name == name {
			d.all[i].sum = is
			return
		}
	}
	if d.size+len(bytes) > damagedBytes {
		bytes = nil
	}
	d.size += len(bytes)
	d.all, d.suspect = append(d.all, damagedRecord{name, is, bytes}), true
}

// meet is told of a record that cannot be read, whose key is not known.
func (d *damage) meet(bytes []byte) {
	is := sum(bytes)
	for i := range d.all {
		if d.all[i].sum == is {
			return
		}
	}
	d.suspect = true
}

// inspect calls visit for the records of a range, and finds those for which it is
// false.
func (d *damage) inspect(tx Tx, space Space, from, to string, visit func(key string, value []byte) bool) error {
	keys, err := tx.Keys(space, from, to, 0)
	if err != nil || len(keys) == 0 {
		return err
	}
	values, err := tx.Values(space, from, to, 0)
	for i, value := range values {
		if !visit(keys[i], value) {
			d.find(space, keys[i], value)
		}
	}
	return err
}

// readAside takes in what was put aside before.
func (d *damage) readAside(tx Tx) error {
	err := d.inspect(tx, SpaceMeta, damagedFrom, damagedEnd, func(key string, bytes []byte) bool {
		space, key, _ := strings.Cut(key[len(damagedFrom):], "/")
		d.find(Space(space), key, bytes)
		return true
	})
	d.aside, d.suspect = len(d.all), false
	return err
}

// putAside puts aside what has not been.
func (s *stage) putAside() {
	for _, r := range s.damage.all[s.damage.aside:] {
		s.tx.Put(SpaceMeta, damagedFrom+r.name, r.bytes)
		s.meta.damaged, s.written = true, true
	}
}
