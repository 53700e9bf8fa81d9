package main

import (
	"bytes"
	"testing"
)

func unchanged([]byte) (filling, error) { return filling{}, nil }

func TestSplitSegmentsMakeTheSameMemory(t *testing.T) {
	segments := []segment{{8, []byte("ab")}, {10, []byte("c")}, {14, []byte("d")}, {18, []byte("e")}, {1000, []byte("f")}, {1001, []byte("\x00\x00")}, {5, []byte("g")}}
	want, err := fill(segments)
	if err != nil {
		t.Fatal(err)
	}
	for gap, count := range map[int]int{1: 5, 2: 5, 3: 4, 4: 2, 981: 2, 982: 1} {
		segments := split(want, gap)
		got, err := fill(segments)
		if err != nil || len(segments) != count {
			t.Errorf("gap %d: %d segments, %v, want %d", gap, len(segments), err, count)
		}
		if !bytes.Equal(bytes.TrimRight(got, "\x00"), bytes.TrimRight(want, "\x00")) {
			t.Errorf("gap %d: memory differs:\n got %q\nwant %q", gap, got, want)
		}
	}
}

func TestPackKeepsOtherSections(t *testing.T) {
	data := writeSegments([]segment{{0, []byte("x")}, {3, []byte("y")}, {1 << 20, []byte("z")}})
	module := []byte("\x00asm\x01\x00\x00\x00" + "\x00\x03abc")
	module = append(module, dataSection, byte(len(data)))
	module = append(append(module, data...), "\x07\x02hi"...)
	packed, err := pack(module, 8, unchanged)
	if err != nil {
		t.Fatal(err)
	}
	want := writeSegments([]segment{{0, []byte("x\x00\x00y")}, {1 << 20, []byte("z")}})
	for _, part := range []string{"\x00\x03abc", string(want), "\x07\x02hi"} {
		if !bytes.Contains(packed, []byte(part)) {
			t.Errorf("%q is missing in %q", part, packed)
		}
	}
}

func TestMemoryBeyondReasonIsRefused(t *testing.T) {
	if _, err := fill([]segment{{1 << 31, []byte("z")}}); err == nil {
		t.Error("taken, want an error")
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

// small is a module of one imported and one own function, with data.
func small(more ...section) sections {
	s := sections{
		{typeSection, []byte("\x01\x60\x00\x00")},
		{importSection, []byte("\x01\x01a\x01b\x00\x00")},
		{functionSection, []byte("\x01\x00")},
	}
	return append(append(s, more...), section{codeSection, []byte("\x01\x02\x00\x0b")}, section{dataSection, writeSegments([]segment{{8, []byte("x")}})})
}

func TestAStartFunctionIsAdded(t *testing.T) {
	fill := func([]byte) (filling, error) { return filling{buckets: ramp{1 << 16, 320, 100}}, nil }
	packed, err := pack(small().bytes(), 8, fill)
	if err != nil {
		t.Fatal(err)
	}
	s, err := readSections(packed)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[byte]string{
		typeSection: "\x02\x60\x00\x00\x60\x00\x00", functionSection: "\x02\x00\x01", startSection: "\x02", dataSection: string(*small().body(dataSection)),
	} {
		if got := s.body(id); got == nil || string(*got) != want {
			t.Errorf("section %d is %q, want %q", id, got, want)
		}
	}
	last := byte(0)
	for _, section := range s {
		if section.id <= last {
			t.Errorf("section %d lies behind section %d", section.id, last)
		}
		last = section.id
	}
	for name, module := range map[string]sections{
		"with a start function": small(section{startSection, []byte{0}}), "without code": small()[:3], "without data": small()[:4],
		"with a memory from outside": append(sections{small()[0], {importSection, []byte("\x01\x01a\x01b\x02\x00\x01")}}, small()[2:]...),
	} {
		if _, err := pack(module.bytes(), 8, fill); err == nil {
			t.Errorf("a module %s is packed", name)
		}
	}
}
