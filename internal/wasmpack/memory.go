package main

import (
	"bytes"
	"encoding/binary"
)

// memory is what a module's memory begins with. Reading or writing past its end
// sets bad.
type memory struct {
	bytes []byte
	bad   bool
}

// find returns the address of the first occurrence of pattern.
func (m *memory) find(pattern []byte) (address uint64, found bool) {
	at := bytes.Index(m.bytes, pattern)
	return uint64(max(at, 0)), at >= 0
}

// at returns size bytes, or where they are not all there a few zeros, at most 8.
func (m *memory) at(address, size uint64) []byte {
	if length := uint64(len(m.bytes)); address > length || size > length-address {
		m.bad = true
		return make([]byte, min(size, 8))
	}
	return m.bytes[address : address+size]
}

func (m *memory) clear(from, to uint64) { clear(m.at(from, to-from)) }

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
