package main

import (
	"bytes"
	"testing"
)

func unchanged([]segment) error { return nil }

// contents is what the segments of a module leave in memory.
func contents(t *testing.T, segments []segment) []byte {
	t.Helper()
	var m []byte
	for _, s := range segments {
		if int(s.end()) > len(m) {
			m = append(m, make([]byte, int(s.end())-len(m))...)
		}
		copy(m[s.address:], s.data)
	}
	return m
}

func TestJoinedSegmentsLeaveTheSameMemory(t *testing.T) {
	segments := []segment{{8, []byte("ab")}, {10, []byte("c")}, {14, []byte("d")}, {1000, []byte("e")}, {5, []byte("f")}}
	joined := join(segments, 4)
	if len(joined) != 3 {
		t.Errorf("%d segments, want 3", len(joined))
	}
	if got, want := contents(t, joined), contents(t, segments); !bytes.Equal(got, want) {
		t.Errorf("memory differs:\n got %q\nwant %q", got, want)
	}
}

func TestPackKeepsOtherSections(t *testing.T) {
	data := writeSegments([]segment{{0, []byte("x")}, {3, []byte("y")}, {1 << 31, []byte("z")}})
	module := []byte("\x00asm\x01\x00\x00\x00" + "\x00\x03abc")
	module = append(module, dataSection, byte(len(data)))
	module = append(append(module, data...), "\x07\x02hi"...)
	packed, err := pack(module, 8, unchanged)
	if err != nil {
		t.Fatal(err)
	}
	want := writeSegments([]segment{{0, []byte("x\x00\x00y")}, {1 << 31, []byte("z")}})
	for _, part := range []string{"\x00\x03abc", string(want), "\x07\x02hi"} {
		if !bytes.Contains(packed, []byte(part)) {
			t.Errorf("%q is missing in %q", part, packed)
		}
	}
}

func TestPackRefusesWhatIsNoModule(t *testing.T) {
	for _, module := range []string{"", "\x00asm", "\x00asm\x01\x00\x00\x00\x0b\x7f", "\x00asm\x01\x00\x00\x00\x0b\x02\x01\x07"} {
		if _, err := pack([]byte(module), 8, unchanged); err == nil {
			t.Errorf("packed %q", module)
		}
	}
}

func TestSignedNumbersReadAsWritten(t *testing.T) {
	for _, n := range []int32{0, 1, 63, 64, -1, -64, -65, 1 << 20, 1<<31 - 1, -1 << 31} {
		b := appendSigned(nil, n)
		if got, size := readSigned(b); got != n || size != len(b) {
			t.Errorf("%d reads as %d in %d of %d bytes", n, got, size, len(b))
		}
	}
}
