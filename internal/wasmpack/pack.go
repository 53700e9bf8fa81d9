package main

import (
	"encoding/binary"
	"errors"
)

// The numbers of the WebAssembly binary format that matter here.
const (
	dataSection = 11
	opI32Const  = 0x41
	opEnd       = 0x0b
)

// maxMemory is far beyond what any program of ours begins with.
const maxMemory = 64 << 20

var errFormat = errors.New("not a module whose data segments can be joined")

// pack returns the module with its memory changed by edit, and written in as few
// data segments as have at least gap zeros between them. A start function fills what
// edit returns. Everything else stays byte for byte.
func pack(module []byte, gap int, edit func(memory []byte) (filling, error)) ([]byte, error) {
	sections, err := readSections(module)
	if err != nil {
		return nil, err
	}
	data := sections.body(dataSection)
	if data == nil {
		return nil, errFormat
	}
	segments, err := readSegments(*data)
	if err != nil {
		return nil, err
	}
	memory, err := fill(segments)
	if err != nil {
		return nil, err
	}
	filled, err := edit(memory)
	if err != nil {
		return nil, err
	}
	*data = writeSegments(split(memory, gap))
	if filled != (filling{}) {
		if sections, err = sections.startWith(filled); err != nil {
			return nil, err
		}
	}
	return sections.bytes(), nil
}

// A segment is a run of bytes and the address it is copied to.
type segment struct {
	address uint32
	data    []byte
}

// readSegments reads the active segments of memory 0; Go writes no others.
func readSegments(body []byte) ([]segment, error) {
	count, n := binary.Uvarint(body)
	if n <= 0 || count > uint64(len(body)) {
		return nil, errFormat
	}
	body = body[n:]
	segments := make([]segment, 0, count)
	for range count {
		if len(body) < 2 || body[0] != 0 || body[1] != opI32Const {
			return nil, errFormat
		}
		address, n := readSigned(body[2:])
		if n <= 0 || len(body) <= 2+n || body[2+n] != opEnd {
			return nil, errFormat
		}
		body = body[3+n:]
		size, n := binary.Uvarint(body)
		if n <= 0 || size > uint64(len(body)-n) {
			return nil, errFormat
		}
		end := n + int(size)
		segments = append(segments, segment{uint32(address), body[n:end]})
		body = body[end:]
	}
	return segments, nil
}

// fill returns the memory that the segments make, from address 0 to the last.
func fill(segments []segment) ([]byte, error) {
	var memory []byte
	for _, s := range segments {
		end := uint64(s.address) + uint64(len(s.data))
		if end > maxMemory {
			return nil, errFormat
		}
		if grow := int(end) - len(memory); grow > 0 {
			memory = append(memory, make([]byte, grow)...)
		}
		copy(memory[s.address:], s.data)
	}
	return memory, nil
}

// split returns the segments that make the memory, leaving out every run of
// gap zeros or more.
func split(memory []byte, gap int) []segment {
	var segments []segment
	start, zeros := 0, gap
	for i, b := range memory {
		if b == 0 {
			zeros++
			continue
		}
		if zeros >= gap {
			if i-zeros > start {
				segments = append(segments, segment{uint32(start), memory[start : i-zeros]})
			}
			start = i
		}
		zeros = 0
	}
	if end := len(memory) - zeros; end > start {
		segments = append(segments, segment{uint32(start), memory[start:end]})
	}
	return segments
}

func writeSegments(segments []segment) []byte {
	body := binary.AppendUvarint(nil, uint64(len(segments)))
	for _, s := range segments {
		body = append(body, 0, opI32Const)
		body = appendSigned(body, int32(s.address))
		body = append(body, opEnd)
		body = binary.AppendUvarint(body, uint64(len(s.data)))
		body = append(body, s.data...)
	}
	return body
}

// readSigned reads a signed LEB128 number of at most 32 bits and returns it
// with its length, which is 0 if there is none.
func readSigned(b []byte) (int32, int) {
	var value int64
	for i, shift := 0, 0; i < len(b) && i < 5; i, shift = i+1, shift+7 {
		value |= int64(b[i]&0x7f) << shift
		if b[i]&0x80 == 0 {
			if b[i]&0x40 != 0 {
				value -= 1 << (shift + 7)
			}
			return int32(value), i + 1
		}
	}
	return 0, 0
}

func appendSigned(b []byte, value int32) []byte {
	for {
		low := byte(value & 0x7f)
		value >>= 7
		if value == 0 && low&0x40 == 0 || value == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}
