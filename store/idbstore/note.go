package idbstore

import (
	"cmp"
	"slices"
	"sort"
)

// A note is one record of the notes.
type note struct {
	key   string
	value []byte
}

// notes is the content of the notes at one moment, in ascending byte order of
// the keys.
type notes []note

// newNotes takes keys and values as IndexedDB lists them: in UTF-16 order.
func newNotes(keys []string, values [][]byte) notes {
	ns := make(notes, len(keys))
	for i, key := range keys {
		ns[i] = note{key, values[i]}
	}
	sort.Sort(ns)
	return ns
}

func (ns notes) at(key string) (int, bool) {
	return slices.BinarySearchFunc(ns, key, func(n note, key string) int { return cmp.Compare(n.key, key) })
}

func (ns notes) get(keys []string) [][]byte {
	values := make([][]byte, len(keys))
	for i, key := range keys {
		if at, found := ns.at(key); found {
			values[i] = ns[at].value
		}
	}
	return values
}

// values has the semantics of core.Tx.Values.
func (ns notes) values(from, to string, limit int) [][]byte {
	start, _ := ns.at(from)
	var values [][]byte
	for _, n := range ns[start:] {
		if to != "" && n.key >= to || limit > 0 && len(values) == limit {
			break
		}
		values = append(values, n.value)
	}
	return values
}

func (ns notes) Len() int           { return len(ns) }
func (ns notes) Less(i, j int) bool { return ns[i].key < ns[j].key }
func (ns notes) Swap(i, j int)      { ns[i], ns[j] = ns[j], ns[i] }
