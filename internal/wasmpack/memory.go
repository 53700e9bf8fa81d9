package main

import (
	"bytes"
	"encoding/binary"
)

// memory is what the segments leave in memory, addressed as in the running
// module. Between segments there are zeros, which cannot be written. Reading
// past a segment's end sets bad.
type memory struct {
	segments []segment
	bad      bool
}

// find returns the address of the first occurrence of pattern in one segment.
func (m *memory) find(pattern []byte) (address uint64, found bool) {
	for _, s := range m.segments {
		if at := bytes.Index(s.data, pattern); at >= 0 {
			return uint64(s.address) + uint64(at), true
		}
	}
	return 0, false
}

// at returns size bytes of one segment, or where they are not all there a few
// zeros, at most 8.
func (m *memory) at(address, size uint64) []byte {
	for _, s := range m.segments {
		if from := address - uint64(s.address); from < uint64(len(s.data)) {
			if size > uint64(len(s.data))-from {
				break
			}
			return s.data[from : from+size]
		}
	}
	m.bad = true
	return make([]byte, min(size, 8))
}

// change applies fn to the bytes from one address to another that are in
// segments.
func (m *memory) change(from, to uint64, fn func(address uint64, b []byte)) {
	for _, s := range m.segments {
		start, end := max(from, uint64(s.address)), min(to, uint64(s.address)+uint64(len(s.data)))
		if start < end {
			fn(start, s.data[start-uint64(s.address):end-uint64(s.address)])
		}
	}
}

func (m *memory) clear(from, to uint64) {
	m.change(from, to, func(_ uint64, b []byte) { clear(b) })
}

func (m *memory) uint64(address uint64) uint64 {
	return binary.LittleEndian.Uint64(m.at(address, 8))
}

func (m *memory) uint32(address uint64) uint64 {
	return uint64(binary.LittleEndian.Uint32(m.at(address, 4)))
}

func (m *memory) byte(address uint64) uint64 { return uint64(m.at(address, 1)[0]) }

func (m *memory) put(address uint64, n uint32) {
	binary.LittleEndian.PutUint32(m.at(address, 4), n)
}

// uvarint reads a number and returns the address behind it.
func (m *memory) uvarint(address uint64) (value, next uint64) {
	for shift := 0; shift < 64 && !m.bad; shift += 7 {
		b := m.byte(address)
		address++
		value |= b & 0x7f << shift
		if b < 0x80 {
			return value, address
		}
	}
	m.bad = true
	return 0, address
}
