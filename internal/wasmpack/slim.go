package main

import "bytes"

// The runtime divides the program counters of a module into buckets of this
// size, of which a WebAssembly function fills some, and only the first is read. It
// names a function at or before the one that is looked for; the runtime goes on from
// there.
const (
	bucketSize         = 20
	bucketsPerFunction = 1 << 16 / 4096
)

// slim leaves out of the function table what the module works without: files
// and lines, which function was inlined where, and the arguments in stack traces
// (a trace names every function of ours, with "?:0" for its line), and where
// a thread may be interrupted, which in a browser it never is. What is left out
// becomes zeros, which weigh nothing. The buckets become zeros too, and the rows that lead
// to entries become differences: slim returns how they are filled again.
func slim(memory []byte) (filling, error) {
	f, err := readFunctions(memory)
	if err != nil {
		return filling{}, err
	}
	tables, names := newUse(), map[uint64]bool{}
	for i := range f.count {
		entry := f.entry(i)
		if name := f.uint32(entry + entryName); f.told(name) || f.byte(entry+entryFuncID) == funcIDWrapper {
			names[name] = true
		} else {
			f.put(entry+entryName, 0) // the runtime takes it for none
		}
		f.slimEntry(entry, tables)
		if f.bad {
			return filling{}, errFunctions
		}
	}
	for table := range tables.dropped {
		if end, _ := f.span(table); !tables.kept[table] {
			f.clear(f.pcTable+table, end)
		}
	}
	f.clear(f.units, f.pcTable)
	f.slimNames(names)
	filled := filling{f.takeBuckets(), f.takeRows()}
	if f.bad {
		return filling{}, errFunctions
	}
	return filled, nil
}

// use is which tables some function still uses, and which one has used.
type use struct{ kept, dropped map[uint64]bool }

func newUse() use { return use{map[uint64]bool{}, map[uint64]bool{0: true}} }

// drop makes the entry's word at address one that names no table.
func (f *functions) drop(address uint64, tables use) {
	tables.dropped[f.uint32(address)] = true
	f.put(address, 0)
}

func (f *functions) slimEntry(entry uint64, tables use) {
	first, n := f.pcTables(entry)
	if f.bad {
		return
	}
	f.dropInlined(entry)
	tables.kept[0] = true
	tables.kept[f.uint32(entry+entryPCSP)] = true
	for i := range min(n, 1<<8) {
		switch address := first + 4*i; i {
		case pcUnsafePoint, pcInlined, pcLiveArgs:
			f.drop(address, tables)
		default:
			tables.kept[f.uint32(address)] = true
		}
	}
	f.drop(entry+entryPCFile, tables)
	f.drop(entry+entryPCLine, tables)
	f.put(entry+entryUnit, 0)
	f.put(entry+entryStartLine, 0)
	first, n = f.data(entry)
	for _, i := range []uint64{dataArgs, dataLiveArgs} {
		if i < n {
			f.put(first+4*i, noData)
		}
	}
}

// dropInlined drops the list of functions that are inlined in one. As long as
// its largest index is in the table by program counter, its length is known.
func (f *functions) dropInlined(entry uint64) {
	tables, n := f.pcTables(entry)
	data, dataCount := f.data(entry)
	if f.bad || n <= pcInlined || dataCount <= dataInlined {
		return
	}
	list, table := f.uint32(data+4*dataInlined), f.uint32(tables+4*pcInlined)
	if list == noData {
		return
	}
	if _, largest := f.span(table); table != 0 && largest >= 0 {
		f.clearInlined(f.funcData+list, uint64(largest+1))
	}
	f.put(data+4*dataInlined, noData)
}

// clearInlined clears a list of n functions, each its kind in one byte, three of
// zeros, its name, and 8 bytes more. What does not look so is none.
func (f *functions) clearInlined(list, n uint64) {
	for i := range n {
		item := list + inlinedSize*i
		if f.uint32(item)>>8 != 0 || f.uint32(item+inlinedName) >= f.units-f.names {
			f.bad = true
			return
		}
	}
	f.clear(list, list+inlinedSize*n)
}

// told are the packages whose functions stack traces name: the program's own. Go
// asks for those of reflect, which it knows by name. What has no name is left out of
// traces, as the runtime's own functions are.
var told = []string{"timconv/", "main.", "reflect."}

func (f *functions) told(name uint64) bool {
	for _, prefix := range told {
		if string(f.at(f.names+name, uint64(len(prefix)))) == prefix {
			return true
		}
	}
	return false
}

// slimNames leaves the names that begin at one of these offsets, one behind the other,
// and has the entries name them there: a function that is always inlined has a name and
// no entry.
func (f *functions) slimNames(kept map[uint64]bool) {
	names := f.at(f.names, f.units-f.names)
	old, moved, end := bytes.Clone(names), map[uint64]uint32{0: 0}, 1
	for start := 0; start < len(old); {
		length := bytes.IndexByte(old[start:], 0)
		if length < 0 {
			f.bad = true
			return
		}
		if kept[uint64(start)] && start > 0 {
			moved[uint64(start)] = uint32(end)
			end += copy(names[end:], old[start:start+length+1])
		}
		start += length + 1
	}
	names[0] = 0
	clear(names[end:])
	for i := range f.count {
		name := f.entry(i) + entryName
		to, found := moved[f.uint32(name)]
		f.bad = f.bad || !found
		f.put(name, to)
	}
}

// takeBuckets clears the buckets. It expects in each that is read its own function, or
// one before it where some have no entry. The last function has no more buckets than
// its code fills.
func (f *functions) takeBuckets() ramp {
	last, behind := uint64(0), uint64(0)
	for i := range f.count {
		start := f.uint32(f.findFunc + bucketSize*bucketsPerFunction*i)
		if start < last || start > i {
			f.bad = true
			return ramp{}
		}
		last, behind = start, max(behind, i-start)
	}
	if last == 0 && f.count > 1 {
		f.bad = true // a table of zeros is another one
	}
	f.clear(f.findFunc, f.findFunc+bucketSize*((f.count-1)*bucketsPerFunction+1))
	const step = bucketSize * bucketsPerFunction
	return ramp{address: uint32(f.findFunc + step*behind), step: step, count: uint32(f.count - min(f.count, behind))}
}

// takeRows makes differences of the rows that lead to entries. It expects what a row says
// of its function at the beginning of the entry too.
func (f *functions) takeRows() rows {
	number, place := uint64(0), uint64(0)
	for i := range f.count {
		at, entry := f.entries+rowSize*i, f.entry(i)
		n, p := f.uint32(at), f.uint32(at+4)
		f.bad = f.bad || n <= number && i > 0 || p <= place || f.uint32(entry) != n
		f.put(at, uint32(n-number-1))
		f.put(at+4, uint32(p-place))
		f.put(entry, 0)
		number, place = n, p
	}
	return rows{address: uint32(f.entries), count: uint32(f.count)}
}
