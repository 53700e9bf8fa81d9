package main

import (
	"bytes"
	"encoding/binary"
)

// header is how every module begins.
const header = "\x00asm\x01\x00\x00\x00"

// sections are what a module is made of.
type sections []section

type section struct {
	id   byte
	body []byte
}

func readSections(module []byte) (sections, error) {
	rest, found := bytes.CutPrefix(module, []byte(header))
	if !found {
		return nil, errFormat
	}
	var s sections
	for len(rest) > 0 {
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return nil, errFormat
		}
		end := 1 + n + int(size)
		s = append(s, section{rest[0], rest[1+n : end : end]})
		rest = rest[end:]
	}
	return s, nil
}

// body is the body of the section of that kind, nil if there is none.
func (s sections) body(id byte) *[]byte {
	for i := range s {
		if s[i].id == id {
			return &s[i].body
		}
	}
	return nil
}

func (s sections) bytes() []byte {
	module := []byte(header)
	for _, section := range s {
		module = append(module, section.id)
		module = binary.AppendUvarint(module, uint64(len(section.body)))
		module = append(module, section.body...)
	}
	return module
}
