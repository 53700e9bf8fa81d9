package core

import "unsafe"

// A numberSet has a number of 32 bits for each of some keys, so that of most other keys it
// is certain, without a look at any, that they are not among them.
type numberSet struct {
	numbers []uint32 // 0: free
	n       int
}

// numberOf is what stands for a key, never 0.
func numberOf(key string) uint32 {
	return uint32(sum(unsafe.Slice(unsafe.StringData(key), len(key)))) | 1
}

// find is where a number is, or would be.
func (s *numberSet) find(number uint32) *uint32 {
	mask := uint32(len(s.numbers) - 1)
	for i := number >> 1 & mask; ; i = (i + 1) & mask {
		if at := &s.numbers[i]; *at == number || *at == 0 {
			return at
		}
	}
}

func (s *numberSet) add(key string) {
	if s.n >= len(s.numbers)/4*3 {
		before := s.numbers
		s.numbers = make([]uint32, max(1024, 2*len(before)))
		for _, number := range before {
			if number != 0 {
				*s.find(number) = number
			}
		}
	}
	number := numberOf(key)
	if at := s.find(number); *at == 0 {
		*at = number
		s.n++
	}
}

// mayHave is false of a key that was certainly not added.
func (s *numberSet) mayHave(key string) bool { return s.n > 0 && *s.find(numberOf(key)) != 0 }
