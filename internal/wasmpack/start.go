package main

import (
	"bytes"
	"encoding/binary"
)

// filling is what a start function fills in. In the file it would be long, though it says
// little.
type filling struct {
	buckets ramp
	rows    rows
}

// A ramp is memory in which every step bytes lies a number of 32 bits: 0, 1 and so on,
// up to count.
type ramp struct{ address, step, count uint32 }

// rows are the rows of a table, each a number of 32 bits, and behind it the place of an
// entry, counted from where the table begins, which starts with that number again. In the
// file a row has by how much more than one its number differs from that of the row before,
// and by how much its place does; and the entry begins with zeros.
type rows struct{ address, count uint32 }

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
	opLocalSet = 0x21
	opLocalTee = 0x22
	opLoad     = 0x28 // of 32 bits
	opStore    = 0x36
	opLess     = 0x49 // unsigned
	opAdd      = 0x6a
	opMultiply = 0x6c
	aligned    = 2
)

// The locals of the start function.
const (
	counter = iota
	row     // its place, counted from where the table begins
	number
	place
	locals
)

// code is the body of a function, or a part of it.
type code []byte

func (c *code) add(ops ...byte) { *c = append(*c, ops...) }

func (c *code) constant(n uint32) { *c = appendSigned(append(*c, opI32Const), int32(n)) }

// memory loads, or stores, at an offset from the address on the stack.
func (c *code) memory(op byte, offset uint32) {
	*c = binary.AppendUvarint(append(*c, op, aligned), uint64(offset))
}

// loop has something done for each counter below count.
func (c *code) loop(count uint32, body func()) {
	if count == 0 {
		return
	}
	c.constant(0)
	c.add(opLocalSet, counter, opLoop, typeVoid)
	body()
	c.add(opLocalGet, counter)
	c.constant(1)
	c.add(opAdd, opLocalTee, counter)
	c.constant(count)
	c.add(opLess, opBranchIf, 0, opEnd)
}

// code is the body of a function that fills the memory.
func (f filling) code() []byte {
	c := code{1, locals, typeI32}
	r := f.buckets
	c.loop(r.count, func() {
		c.add(opLocalGet, counter)
		c.constant(r.step)
		c.add(opMultiply, opLocalGet, counter)
		c.memory(opStore, r.address)
	})
	c.loop(f.rows.count, func() {
		c.add(opLocalGet, counter)
		c.constant(rowSize)
		c.add(opMultiply, opLocalTee, row)
		c.add(opLocalGet, number, opLocalGet, row)
		c.memory(opLoad, f.rows.address)
		c.add(opAdd)
		c.constant(1)
		c.add(opAdd, opLocalTee, number)
		c.memory(opStore, f.rows.address)
		c.add(opLocalGet, row, opLocalGet, place, opLocalGet, row)
		c.memory(opLoad, f.rows.address+4)
		c.add(opAdd, opLocalTee, place)
		c.memory(opStore, f.rows.address+4)
		c.add(opLocalGet, place, opLocalGet, number)
		c.memory(opStore, f.rows.address)
	})
	return append(c, opEnd)
}

// startWith adds a start function, which runs before any other and after the data
// is in memory.
func (s sections) startWith(f filling) (sections, error) {
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
		body := f.code()
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
