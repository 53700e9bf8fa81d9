package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Go keeps, for every function, tables that turn a program counter into a file
// and a line, for stack traces alone. They hardly compress. The layout read
// here is runtime/symtab.go's and internal/abi's, the same since Go 1.20; the
// header's magic number changes with it, and then dropLines fails.

// lineTable is the start of Go's function table: magic, padding, the smallest
// instruction, the size of a pointer.
var lineTable = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// Offsets in the header, in bytes, and in a function's entry.
const (
	offFuncCount = 8
	offPCTable   = 56
	offFuncTable = 64
	headerEnd    = 72

	funcPCSP    = 16
	funcPCFile  = 20
	funcPCLine  = 24
	funcNPCData = 28
	funcPCData  = 44
)

var errLines = errors.New("the function table is not where Go has it, or of another layout")

// dropLines makes every function one without files and lines: the runtime then
// prints "?:0" for them. The tables they had become zeros, which weigh nothing.
func dropLines(segments []segment) error {
	for _, s := range segments {
		if at := bytes.Index(s.data, lineTable); at >= 0 {
			return (&functions{data: s.data[at:]}).dropLines()
		}
	}
	return errLines
}

// functions is Go's function table. Reading or writing past its end sets bad.
type functions struct {
	data []byte
	bad  bool
}

func (f *functions) dropLines() error {
	count, pcTable, funcTable := f.uint64(offFuncCount), f.uint64(offPCTable), f.uint64(offFuncTable)
	if f.bad || count == 0 || count > 1<<20 || pcTable < headerEnd || pcTable >= funcTable {
		return errLines
	}
	keep, drop := map[uint32]bool{}, map[uint32]bool{}
	for i := range count {
		entry := funcTable + uint64(f.uint32(funcTable+8*i+4))
		for _, off := range []uint64{funcPCFile, funcPCLine} {
			drop[f.uint32(entry+off)] = true
			f.put(entry+off, 0)
		}
		keep[f.uint32(entry+funcPCSP)] = true
		for n := range uint64(f.uint32(entry + funcNPCData)) {
			keep[f.uint32(entry+funcPCData+4*n)] = true
			if f.bad {
				return errLines
			}
		}
	}
	for table := range drop {
		if table != 0 && !keep[table] {
			f.clear(pcTable+uint64(table), funcTable)
		}
	}
	if f.bad {
		return errLines
	}
	return nil
}

// clear zeroes one table: pairs of numbers up to a first number of 0, which
// only the first pair may have.
func (f *functions) clear(at, end uint64) {
	from := at
	for first := true; ; first = false {
		value, size := f.uvarint(at)
		at += size
		if value == 0 && !first {
			break
		}
		_, size = f.uvarint(at)
		at += size
		if f.bad || at > end {
			f.bad = true
			return
		}
	}
	clear(f.data[from:at])
}

func (f *functions) at(off, size uint64) []byte {
	if off > uint64(len(f.data)) || size > uint64(len(f.data))-off {
		f.bad = true
		return make([]byte, size)
	}
	return f.data[off : off+size]
}

func (f *functions) uint64(off uint64) uint64 { return binary.LittleEndian.Uint64(f.at(off, 8)) }
func (f *functions) uint32(off uint64) uint32 { return binary.LittleEndian.Uint32(f.at(off, 4)) }
func (f *functions) put(off uint64, n uint32) { binary.LittleEndian.PutUint32(f.at(off, 4), n) }

func (f *functions) uvarint(off uint64) (value, size uint64) {
	if off >= uint64(len(f.data)) {
		f.bad = true
		return 0, 0
	}
	value, n := binary.Uvarint(f.data[off:])
	if n <= 0 {
		f.bad = true
		return 0, 0
	}
	return value, uint64(n)
}
