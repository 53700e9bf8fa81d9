package memstore

import "sort"

// chunkSize bounds how many entries one insertion moves. At 512 a table of
// 100,000 records is 200 to 400 chunks: both searches stay short.
const chunkSize = 512

type entry struct {
	key   string
	value []byte
}

// table is an ordered map from key to value: a list of sorted, non-empty
// chunks. The zero table is empty.
type table struct {
	chunks [][]entry
}

// find returns where key is, or would be inserted.
func (t *table) find(key string) (c, i int, found bool) {
	c = sort.Search(len(t.chunks), func(n int) bool { return t.chunks[n][0].key > key }) - 1
	if c < 0 {
		return 0, 0, false
	}
	chunk := t.chunks[c]
	i = sort.Search(len(chunk), func(n int) bool { return chunk[n].key >= key })
	return c, i, i < len(chunk) && chunk[i].key == key
}

// get returns the value of key, nil where there is none.
func (t *table) get(key string) []byte {
	if c, i, found := t.find(key); found {
		return t.chunks[c][i].value
	}
	return nil
}

// put stores value and returns the one it replaces, nil if there was none.
func (t *table) put(key string, value []byte) (old []byte) {
	c, i, found := t.find(key)
	if found {
		old, t.chunks[c][i].value = t.chunks[c][i].value, value
		return old
	}
	if len(t.chunks) == 0 {
		t.chunks = [][]entry{{{key, value}}}
		return nil
	}
	chunk := append(t.chunks[c], entry{})
	copy(chunk[i+1:], chunk[i:])
	chunk[i] = entry{key, value}
	t.chunks[c] = chunk
	if len(chunk) > chunkSize {
		t.split(c)
	}
	return nil
}

func (t *table) split(c int) {
	chunk := t.chunks[c]
	// Keys mostly arrive in ascending order: at the end of the table a nearly
	// full chunk is left behind rather than half a one.
	at := len(chunk) / 2
	if c == len(t.chunks)-1 {
		at = len(chunk) - 8
	}
	upper := append(make([]entry, 0, chunkSize+1), chunk[at:]...)
	clear(chunk[at:])
	t.chunks = append(t.chunks, nil)
	copy(t.chunks[c+2:], t.chunks[c+1:])
	t.chunks[c], t.chunks[c+1] = chunk[:at], upper
}

// remove deletes key and returns the value it had, nil if there was none.
func (t *table) remove(key string) (old []byte) {
	c, i, found := t.find(key)
	if !found {
		return nil
	}
	chunk := t.chunks[c]
	old = chunk[i].value
	copy(chunk[i:], chunk[i+1:])
	chunk[len(chunk)-1] = entry{}
	t.chunks[c] = chunk[:len(chunk)-1]
	if len(chunk) == 1 {
		t.chunks = append(t.chunks[:c], t.chunks[c+1:]...)
	}
	return old
}

// ascend calls visit for the entries in [from, to), in order, until it returns
// false. An empty to means no upper end. The table must not change meanwhile.
func (t *table) ascend(from, to string, visit func(entry) bool) {
	c, i, _ := t.find(from)
	for ; c < len(t.chunks); c, i = c+1, 0 {
		for _, e := range t.chunks[c][i:] {
			if to != "" && e.key >= to || !visit(e) {
				return
			}
		}
	}
}

// descend is ascend from the other end.
func (t *table) descend(from, to string, visit func(entry) bool) {
	c, i := len(t.chunks)-1, 0
	if to != "" {
		c, i, _ = t.find(to)
	} else if c >= 0 {
		i = len(t.chunks[c])
	}
	for ; c >= 0 && c < len(t.chunks); c-- {
		for chunk := t.chunks[c]; i > 0; i-- {
			if e := chunk[i-1]; e.key < from || !visit(e) {
				return
			}
		}
		if c > 0 {
			i = len(t.chunks[c-1])
		}
	}
}

func (t *table) clone() *table {
	cp := &table{chunks: make([][]entry, len(t.chunks))}
	for i, chunk := range t.chunks {
		cp.chunks[i] = append([]entry(nil), chunk...)
	}
	return cp
}
