package core

import (
	"math/rand/v2"
	"strconv"
)

// NewID returns a fresh random id of 26 characters. The generator is the
// runtime's, seeded by the host's secure one; crypto/rand would add 100 kB to
// the module for the same.
func NewID() string {
	id := strconv.FormatUint(rand.Uint64(), 36) + strconv.FormatUint(rand.Uint64(), 36)
	for len(id) < 26 {
		id += "0"
	}
	return id[:26]
}
