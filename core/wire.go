package core

import (
	"encoding/binary"
	"errors"
	"unsafe"
)

// A writer appends the fields of a record.
type writer struct{ b []byte }

func newWriter(version byte, size int) *writer {
	return &writer{b: append(make([]byte, 0, size), version)}
}

func (w *writer) uint(n uint64) { w.b = binary.AppendUvarint(w.b, n) }

func (w *writer) string(s string) { w.uint(uint64(len(s))); w.b = append(w.b, s...) }

func (w *writer) int(n int64)    { w.uint(uint64(n)<<1 ^ uint64(n>>63)) } // as binary.AppendVarint
func (w *writer) bytes(s []byte) { w.string(unsafe.String(unsafe.SliceData(s), len(s))) }
func (w *writer) key(k ConvKey)  { w.uint(uint64(k.Type)); w.string(k.ID) }

func (w *writer) position(p Position) {
	w.int(p.Time)
	w.uint(p.Seq)
	w.uint(p.Arrival)
}

func (w *writer) profile(p Profile) {
	w.string(p.Name)
	w.string(p.FaceURL)
	w.position(p.At)
}

func (w *writer) flags(flags ...bool) {
	var n uint64
	for i, flag := range flags {
		if flag {
			n |= 1 << i
		}
	}
	w.uint(n)
}

var (
	errTruncated = errors.New("truncated")
	errVersion   = errors.New("of an unknown version")
	errTrailing  = errors.New("followed by foreign bytes")
)

// A reader takes the fields of a record apart. After the first fault it yields
// zero values and end tells the fault. What it yields shares the record's
// bytes, strings excepted.
type reader struct {
	b    []byte
	at   int // how much of b has been read
	what string
	err  error
}

// newReader takes a record that is sealed, or one of that version, which is not.
func newReader(version byte, b []byte, what string) *reader {
	r := &reader{b: b, at: 1, what: what}
	switch {
	case len(b) == 0:
		r.fail(errTruncated)
	case b[0] == recordVersion:
		if r.b = unsealed(b); r.b == nil {
			r.fail(errSum)
		}
	case b[0] != version:
		r.fail(errVersion)
	}
	return r
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = &Error{Code: CodeStorage, Op: "decode " + r.what, Err: err}
	}
	r.b, r.at = nil, 0
}

// more reports whether there is anything left to read.
func (r *reader) more() bool { return r.err == nil && r.at < len(r.b) }

// end returns the first fault, bytes left over included.
func (r *reader) end() error {
	if r.err == nil && r.at < len(r.b) {
		r.fail(errTrailing)
	}
	return r.err
}

// uint reads what binary.AppendUvarint wrote, byte by byte without a call: a
// start reads hundreds of thousands of them.
func (r *reader) uint() uint64 {
	var n uint64
	for i, c := range r.b[r.at:] {
		if i == binary.MaxVarintLen64 || i == binary.MaxVarintLen64-1 && c > 1 {
			break
		}
		if n |= uint64(c&0x7f) << (7 * i); c < 0x80 {
			r.at += i + 1
			return n
		}
	}
	r.fail(errTruncated)
	return 0
}

func (r *reader) int() int64 {
	n := r.uint()
	return int64(n>>1) ^ -int64(n&1)
}

// length reads how many items of at least size bytes follow.
func (r *reader) length(size int) int {
	n := r.uint()
	if n > uint64((len(r.b)-r.at)/size) {
		r.fail(errTruncated)
		return 0
	}
	return int(n)
}

func (r *reader) bytes() []byte {
	n := r.length(1)
	end := r.at + n
	s := r.b[r.at:end:end]
	r.at = end
	return s
}

func (r *reader) string() string { return string(r.bytes()) }

func (r *reader) key() ConvKey { return ConvKey{Type: ConvType(r.uint()), ID: r.string()} }

func (r *reader) position() Position {
	return Position{Time: r.int(), Seq: r.uint(), Arrival: r.uint()}
}

func (r *reader) profile() Profile {
	return Profile{Name: r.string(), FaceURL: r.string(), At: r.position()}
}

// flags are up to 64 booleans.
type flags uint64

func (f flags) at(i int) bool { return f>>i&1 == 1 }

func (r *reader) flags() flags { return flags(r.uint()) }
