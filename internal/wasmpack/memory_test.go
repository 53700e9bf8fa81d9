package main

import "testing"

func TestMemoryIsReadWithinASegmentAndClearedAcross(t *testing.T) {
	m := &memory{segments: []segment{{10, []byte("abcdefgh")}, {30, []byte("ijklmnop")}}}
	if got := m.uint32(14); got != 0x68676665 || m.bad {
		t.Errorf("got %#x, bad %t", got, m.bad)
	}
	for _, address := range []uint64{0, 9, 15, 18, 29, 1 << 40} {
		if m.bad = false; m.uint32(address) != 0 || !m.bad {
			t.Errorf("read past a segment at %d", address)
		}
	}
	m.clear(16, 32)
	if got := string(m.segments[0].data) + string(m.segments[1].data); got != "abcdef\x00\x00\x00\x00klmnop" {
		t.Errorf("got %q", got)
	}
}

func TestNumbersOfVaryingLengthEndInTheirSegment(t *testing.T) {
	m := &memory{segments: []segment{{0, []byte("\x05\xac\x02\xff")}}}
	if value, next := m.uvarint(0); value != 5 || next != 1 {
		t.Errorf("got %d up to %d, want 5 up to 1", value, next)
	}
	if value, next := m.uvarint(1); value != 300 || next != 3 {
		t.Errorf("got %d up to %d, want 300 up to 3", value, next)
	}
	if m.uvarint(3); !m.bad {
		t.Error("read past the segment")
	}
}
