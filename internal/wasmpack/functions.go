package main

import (
	"encoding/binary"
	"errors"
)

// Go keeps a table of all functions: their names, and for each tables that turn
// a program counter into something. Some of these only stack traces read, or
// nobody in a browser, and they hardly compress. The layout read here is
// runtime/symtab.go's and internal/abi's; the header carries a magic number that
// changes with it, and where anything is not as expected slim fails.

// functionHeader is the start of the table: magic, padding, the smallest
// instruction, the size of a pointer.
var functionHeader = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// Offsets in bytes: in the header, in a function's entry, and in the module's
// description (runtime.moduledata), whose slices are an address, a length and a
// capacity.
const (
	offFuncCount = 8
	offNames     = 32
	offUnits     = 40
	offPCTable   = 56
	offFuncTable = 64
	headerEnd    = 72
	rowSize      = 8 // which function, and where its entry is

	entryName      = 4
	entryPCFile    = 20
	entryPCLine    = 24
	entryPCSP      = 16
	entryNPCData   = 28
	entryUnit      = 32
	entryStartLine = 36
	entryFuncID    = 40
	entryNFuncData = 43
	entryEnd       = 44

	modulePCTable   = 80
	moduleFuncCount = 136
	moduleFindFunc  = 152
	moduleFuncData  = 320
	moduleEnd       = 336
)

// The tables a function may have, by their numbers in internal/abi. A missing
// table of values by program counter is 0, missing data are ^0.
const (
	pcUnsafePoint = 0
	pcInlined     = 2
	pcLiveArgs    = 3

	dataInlined  = 3
	dataArgs     = 5
	dataLiveArgs = 6

	inlinedSize = 16
	inlinedName = 4
	noData      = 1<<32 - 1

	// A wrapper makes the sentence of its panic from its own name.
	funcIDWrapper = 23
)

var errFunctions = errors.New("the function table is not where Go has it, or of another layout")

// functions is Go's function table. Addresses are those of the running module.
type functions struct {
	memory
	count    uint64
	names    uint64 // the names, up to units
	units    uint64 // files by compilation unit, then their names, up to pcTable
	pcTable  uint64 // values by program counter, up to entries
	entries  uint64 // where to find each function's entry, then these
	findFunc uint64 // which function a program counter is in
	funcData uint64 // what entries' data are relative to
}

func readFunctions(m []byte) (*functions, error) {
	f := &functions{memory: memory{bytes: m}}
	header, found := f.find(functionHeader)
	if !found {
		return nil, errFunctions
	}
	f.count = f.uint64(header + offFuncCount)
	f.names = header + f.uint64(header+offNames)
	f.units = header + f.uint64(header+offUnits)
	f.pcTable = header + f.uint64(header+offPCTable)
	f.entries = header + f.uint64(header+offFuncTable)
	ordered := header+headerEnd <= f.names && f.names < f.units && f.units < f.pcTable && f.pcTable < f.entries
	if f.bad || !ordered || f.count == 0 || f.count > 1<<20 {
		return nil, errFunctions
	}
	start := binary.LittleEndian.AppendUint64(nil, header)
	module, found := f.find(binary.LittleEndian.AppendUint64(start, f.names))
	if !found || f.uint64(module+modulePCTable) != f.pcTable || f.uint64(module+moduleFuncCount) != f.count+1 {
		return nil, errFunctions
	}
	f.findFunc = f.uint64(module + moduleFindFunc)
	f.funcData = f.uint64(module + moduleFuncData)
	if f.at(module, moduleEnd); f.bad {
		return nil, errFunctions
	}
	return f, nil
}

// entry returns the address of a function's entry.
func (f *functions) entry(i uint64) uint64 {
	return f.entries + f.uint32(f.entries+rowSize*i+4)
}

// pcTables returns the address in the entry of the first of its tables by
// program counter, and how many there are.
func (f *functions) pcTables(entry uint64) (first, n uint64) {
	return entry + entryEnd, f.uint32(entry + entryNPCData)
}

// data returns the address in the entry of the first of its data, and how many
// there are.
func (f *functions) data(entry uint64) (first, n uint64) {
	tables, count := f.pcTables(entry)
	return tables + 4*count, f.byte(entry + entryNFuncData)
}

// span reads one table of values by program counter: pairs of differences up
// to a first one of 0, which only the first pair may have. It returns the
// address behind it and the largest value.
func (f *functions) span(table uint64) (end uint64, largest int64) {
	at, value, largest := f.pcTable+table, int64(-1), int64(-1)
	for first := true; !f.bad; first = false {
		difference, next := f.uvarint(at)
		at = next
		if difference == 0 && !first {
			return at, largest
		}
		value += int64(difference>>1) ^ -int64(difference&1)
		largest = max(largest, value)
		if _, at = f.uvarint(at); at > f.entries {
			f.bad = true
		}
	}
	return at, largest
}
