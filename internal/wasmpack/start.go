package main

import (
	"bytes"
	"encoding/binary"
)

// A ramp is memory in which every step bytes lies a number of 32 bits: 0, 1 and so on,
// up to count. In the file it would be long, though it says little.
type ramp struct{ address, step, count uint32 }

// The sections that a start function needs, and the instructions that it is made of.
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	startSection    = 8
	codeSection     = 10

	typeI32   = 0x7f
	typeVoid  = 0x40
	typeFunc  = 0x60
	importsFn = 0

	opLoop     = 0x03
	opBranchIf = 0x0d
	opLocalGet = 0x20
	opLocalTee = 0x22
	opStore    = 0x36 // of 32 bits
	opLess     = 0x49 // unsigned
	opAdd      = 0x6a
	opMultiply = 0x6c
	aligned    = 2
)

// code is the body of a function that fills the memory.
func (r ramp) code() []byte {
	body := []byte{1, 1, typeI32, opLoop, typeVoid} // one local, i
	constant := func(n uint32) { body = appendSigned(append(body, opI32Const), int32(n)) }
	body = append(body, opLocalGet, 0)
	constant(r.step)
	body = append(body, opMultiply, opLocalGet, 0, opStore, aligned) // memory[i*step + address] = i
	body = binary.AppendUvarint(body, uint64(r.address))
	body = append(body, opLocalGet, 0)
	constant(1)
	body = append(body, opAdd, opLocalTee, 0) // i++
	constant(r.count)
	return append(body, opLess, opBranchIf, 0, opEnd, opEnd)
}

// startWith adds a start function, which runs before any other and after the data
// is in memory.
func (s sections) startWith(r ramp) (sections, error) {
	types, imports, functions, code := s.body(typeSection), s.body(importSection), s.body(functionSection), s.body(codeSection)
	if types == nil || imports == nil || functions == nil || code == nil || s.body(startSection) != nil {
		return nil, errFormat
	}
	imported, err := importedFunctions(*imports)
	if err != nil {
		return nil, err
	}
	number, err := addItem(types, []byte{typeFunc, 0, 0}) // takes and gives nothing
	if err == nil {
		number, err = addItem(functions, binary.AppendUvarint(nil, number))
	}
	if err == nil {
		body := r.code()
		_, err = addItem(code, append(binary.AppendUvarint(nil, uint64(len(body))), body...))
	}
	if err != nil {
		return nil, err
	}
	start := section{startSection, binary.AppendUvarint(nil, imported+number)}
	for i, other := range s {
		if other.id > startSection { // they lie in order
			return append(append(append(sections{}, s[:i]...), start), s[i:]...), nil
		}
	}
	return nil, errFormat
}

// addItem adds an item to a section that is a list, and returns its number.
func addItem(body *[]byte, item []byte) (number uint64, err error) {
	number, n := binary.Uvarint(*body)
	if n <= 0 {
		return 0, errFormat
	}
	longer := binary.AppendUvarint(nil, number+1)
	*body = append(append(longer, (*body)[n:]...), item...)
	return number, nil
}

// importedFunctions counts the imports. Go's are all functions.
func importedFunctions(body []byte) (uint64, error) {
	r := bytes.NewReader(body)
	count, err := binary.ReadUvarint(r)
	for range count {
		for range 2 { // the names of the module and of the function
			var n uint64
			if n, err = binary.ReadUvarint(r); err == nil {
				r.Seek(int64(min(n, uint64(len(body)))), 1)
			}
		}
		if kind, failed := r.ReadByte(); failed != nil || kind != importsFn {
			return 0, errFormat
		}
		_, err = binary.ReadUvarint(r) // its type
	}
	if err != nil || r.Len() > 0 {
		return 0, errFormat
	}
	return count, nil
}
