package main

import "testing"

func TestReadingPastTheEndIsNoted(t *testing.T) {
	m := &memory{bytes: []byte("abcdefgh")}
	if got := m.uint32(4); got != 0x68676665 || m.bad {
		t.Errorf("got %#x, bad %t", got, m.bad)
	}
	for _, address := range []uint64{5, 8, 9, 1 << 40, 1<<64 - 1} {
		if m.bad = false; m.uint32(address) != 0 || !m.bad {
			t.Errorf("read past the end at %d", address)
		}
	}
}

func TestNumbersOfVaryingLengthEndInMemory(t *testing.T) {
	m := &memory{bytes: []byte("\x05\xac\x02\xff")}
	if value, next := m.uvarint(0); value != 5 || next != 1 {
		t.Errorf("got %d up to %d, want 5 up to 1", value, next)
	}
	if value, next := m.uvarint(1); value != 300 || next != 3 {
		t.Errorf("got %d up to %d, want 300 up to 3", value, next)
	}
	if m.uvarint(3); !m.bad {
		t.Error("read past the end")
	}
}
