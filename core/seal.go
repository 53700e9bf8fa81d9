package core

import (
	"errors"
	"math/bits"
	"unsafe"
)

// From version 3 of the format on, what is stored is sealed: behind it lies a
// checksum of it. Damage is noticed when a record is read, and takes with it only
// what lies under the same checksum.

// recordVersion is the first byte of every record that is sealed: 3, with a bit by
// which no one changed bit makes it a version before, which had no checksums.
const recordVersion = 0x83

// oldRecord is the first byte of most records of the versions 1 and 2.
const oldRecord = 1

const sumSize = 8

var errSum = errors.New("not what its checksum says")

// sum is a checksum of 64 bits. Each step is one-to-one both in what it adds to and
// in what it adds, so that a change within eight bytes, one changed bit for
// instance, always changes the result. It reads eight bytes at a time, as a
// little-endian machine has them: a start goes through megabytes.
func sum(b []byte) uint64 {
	const odd = 0x9e3779b97f4a7c15
	h := uint64(len(b)) ^ odd
	var words []uint64
	if len(b) >= 8 {
		words = unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/8)
	}
	for _, word := range words {
		h = bits.RotateLeft64(h^word, 29) * odd
	}
	var rest uint64
	for _, c := range b[len(words)*8:] {
		rest = rest<<8 | uint64(c)
	}
	h = (h ^ rest) * odd
	return h ^ h>>32
}

// seal appends the checksum of what was written from there on.
func (w *writer) seal(from int) []byte {
	n := sum(w.b[from:])
	w.b = append(w.b, (*[sumSize]byte)(unsafe.Pointer(&n))[:]...)
	return w.b
}

// unsealed is what was sealed, nil where the checksum is another.
func unsealed(b []byte) []byte {
	n := len(b) - sumSize
	if n < 0 || sum(b[:n]) != *(*uint64)(unsafe.Pointer(&b[n])) {
		return nil
	}
	return b[:n:n]
}

// sealText makes a record of a text, and openText takes it apart. The versions
// before stored texts as they are; none of them begins with a byte that a changed
// bit makes of recordVersion.
func sealText(text []byte) []byte {
	w := newWriter(recordVersion, 1+len(text)+sumSize)
	w.b = append(w.b, text...)
	return w.seal(0)
}

func openText(b []byte) (text []byte, ok bool) {
	if len(b) == 0 || b[0] != recordVersion {
		return b, len(b) > 0 && b[0] >= ' ' && b[0] < 0x7f
	}
	if text = unsealed(b); text == nil {
		return nil, false
	}
	return text[1:], true
}

// What holds much, a page or an entry of the journal, is made of parts that are
// sealed one by one. In front of each lie its length and kind, and the same once
// more, multiplied: where one cannot be read the next is found by that.
const partHead = 8

// The kinds of part.
const (
	partHeader  = iota // what a page or an entry has but once
	partRow            // a conversation of a page
	partMessage        // a message record of an entry
	partNews           // the same, of a message that was not known before
	partMeta           // the counters as an entry left them
	partDamaged = -1
)

// begin begins a part; finish seals it.
func (w *writer) begin() (from int) {
	w.b = append(w.b, make([]byte, partHead)...)
	return len(w.b)
}

func (w *writer) finish(from int, kind uint32) {
	w.seal(from)
	w.head(from, kind)
}

func (w *writer) head(from int, kind uint32) {
	n := uint32(len(w.b)-from)<<3 | kind
	*(*[2]uint32)(unsafe.Pointer(&w.b[from-partHead])) = [2]uint32{n, n * partFactor}
}

// partFactor is odd, so that another length never has the same product.
const partFactor = 0x9e3779b1

// parts is a record of parts, taken apart.
type parts struct {
	b  []byte
	at int
}

// headAt reads the head of a part that lies there and is whole.
func (p *parts) headAt(at int) (kind, size int) {
	if size = len(p.b) - at - partHead; size < sumSize {
		return partDamaged, 0
	}
	h := (*[2]uint32)(unsafe.Pointer(&p.b[at]))
	if h[0]*partFactor != h[1] || h[0]>>3 < sumSize || h[0]>>3 > uint32(size) {
		return partDamaged, 0
	}
	return int(h[0] & 7), int(h[0] >> 3)
}

// next returns the next part, as it was sealed; where none can be told from what is
// there, the bytes as far as one can. It returns nil at the end.
func (p *parts) next() (kind int, part []byte) {
	from := p.at
	if from >= len(p.b) {
		return partDamaged, nil
	}
	kind, size := p.headAt(from)
	if kind != partDamaged {
		p.at += partHead + size
		return kind, p.b[from+partHead : p.at : p.at]
	}
	for p.at++; p.at < len(p.b); p.at++ {
		if kind, _ := p.headAt(p.at); kind != partDamaged {
			break
		}
	}
	return partDamaged, p.b[from:p.at:p.at]
}
