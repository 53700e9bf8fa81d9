package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program fails at its end.
const program = `package main

import (
	"fmt"
	"reflect"
	"runtime"
	"time"
)

func main() {
	var kept [][]byte
	for i := range 20000 {
		kept = append(kept, fmt.Appendf(nil, "item %d", i))
		if i%1000 == 0 {
			runtime.GC()
		}
	}
	fmt.Println(len(kept), string(kept[19999]))
	fmt.Println(deep(10000, kept[:1]), recovered())
	fmt.Println(wrapped((*time.Month)(nil)), made())
	defer fmt.Println("deferred")
	fails()
}

// wrapped calls a method through a wrapper that panics with its own name.
func wrapped(s fmt.Stringer) (value any) {
	defer func() { value = recover() }()
	return s.String()
}

// made collects garbage below a frame that the runtime knows by its name.
func made() string {
	collects := func(in []reflect.Value) []reflect.Value {
		runtime.GC()
		return []reflect.Value{reflect.ValueOf("made of " + in[0].String())}
	}
	var made func(string) string
	reflect.ValueOf(&made).Elem().Set(reflect.MakeFunc(reflect.TypeOf(made), collects))
	return made(fmt.Sprint("parts"))
}

// deep makes the stack grow, and be scanned and moved while it is deep.
func deep(n int, kept [][]byte) int {
	if n == 0 {
		runtime.GC()
		return len(kept)
	}
	local := [][]byte{make([]byte, 100)}
	return deep(n-1, local) + len(local) - len(kept)
}

func recovered() (value any) {
	defer func() { value = recover() }()
	var none []int
	return inlined(none)
}

func inlined(s []int) int { return s[len(s)] }

//go:noinline
func fails() { panic("on purpose") }
`

// TestPackedModuleRunsAndNamesFunctions links a real module, packs it and runs
// it: it must do what it did, collect garbage, and still name functions where
// it panics.
func TestPackedModuleRunsAndNamesFunctions(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.go"), program)
	write(t, filepath.Join(dir, "go.mod"), "module packed\n\ngo 1.26\n")
	module := filepath.Join(dir, "main.wasm")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", module)
	build.Dir = dir
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	before, memory := size(t, module), memoryOf(t, module)
	if err := packFile(module); err != nil {
		t.Fatal(err)
	}
	differsOnlyInTheTable(t, memory, memoryOf(t, module))
	t.Logf("%d bytes, packed %d", before, size(t, module))

	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/go_js_wasm_exec"), module)
	out, err := run.CombinedOutput()
	if err == nil {
		t.Error("the module did not fail, as it should")
	}
	for _, want := range []string{"20000 item 19999", "1 runtime error: index out of range", "value method time.Month.String called using nil *Month pointer made of parts", "deferred", "panic: on purpose", "main.fails", "?:0"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("%q is missing in its output:\n%s", want, out)
		}
	}
}

func TestFunctionsOfAnotherLayoutAreLeftAlone(t *testing.T) {
	table := string(functionHeader)
	for _, data := range []string{"", "no table", table, table + strings.Repeat("\xff", 100), table + strings.Repeat("\x01", 1000)} {
		if _, err := slim([]byte(data)); err == nil {
			t.Errorf("%q was taken for a function table", data)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// memoryOf is what a module's memory begins with.
func memoryOf(t *testing.T, module string) (memory []byte) {
	t.Helper()
	content, err := os.ReadFile(module)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pack(content, minGap, func(m []byte) (filling, error) {
		memory = bytes.Clone(m)
		return filling{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

// differsOnlyInTheTable expects no change outside of the function table, whose
// parts Go lays one behind the other.
func differsOnlyInTheTable(t *testing.T, before, after []byte) {
	t.Helper()
	f, err := readFunctions(before)
	if err != nil {
		t.Fatal(err)
	}
	end := f.findFunc + ((f.count-1)*bucketsPerFunction+1)*bucketSize
	after = append(after, make([]byte, len(before)-len(after))...)
	if !bytes.Equal(before[:f.names], after[:f.names]) || !bytes.Equal(before[end:], after[end:]) {
		t.Error("memory outside of the function table has changed")
	}
	if bytes.Equal(before, after) {
		t.Error("nothing has changed")
	}
}

// A Go that has moved something would have the wrong memory cleared.
func TestWhatIsNoListOfInlinedFunctionsStays(t *testing.T) {
	list := append([]byte{1, 0, 0, 0, 5, 0, 0, 0}, make([]byte, 8)...)
	foreign := append([]byte{1, 2, 0, 0, 5, 0, 0, 0}, make([]byte, 8)...)
	unnamed := append([]byte{1, 0, 0, 0, 200, 0, 0, 0}, make([]byte, 8)...)
	for _, c := range []struct {
		name  string
		bytes []byte
		bad   bool
	}{
		{"a list", bytes.Join([][]byte{list, list}, nil), false},
		{"another thing", bytes.Join([][]byte{list, foreign}, nil), true},
		{"names that are none", bytes.Join([][]byte{list, unnamed}, nil), true},
	} {
		f := &functions{memory: memory{bytes: bytes.Clone(c.bytes)}, names: 0, units: 100}
		f.clearInlined(0, 2)
		if f.bad != c.bad || bytes.Equal(f.bytes, c.bytes) != c.bad {
			t.Errorf("%s: bad %t, cleared %t", c.name, f.bad, !bytes.Equal(f.bytes, c.bytes))
		}
	}
}

func TestBucketsThatNameNoFunctionsAreRefused(t *testing.T) {
	buckets := func(starts ...uint32) []byte {
		var b []byte
		for _, start := range starts {
			for range bucketsPerFunction {
				b = append(binary.LittleEndian.AppendUint32(b, start), make([]byte, bucketSize-4)...)
			}
		}
		return b
	}
	for _, c := range []struct {
		starts []uint32
		bad    bool
		want   ramp
	}{
		{[]uint32{0, 1, 2, 3}, false, ramp{0, 320, 4}}, {[]uint32{0, 1, 1, 2}, false, ramp{320, 320, 3}},
		{[]uint32{0, 2, 1, 3}, true, ramp{}}, {[]uint32{0, 1, 0, 3}, true, ramp{}}, {[]uint32{0, 0, 0, 0}, true, ramp{}}, {[]uint32{7, 7, 7, 7}, true, ramp{}},
	} {
		table := buckets(c.starts...)
		table = table[:len(table)-(bucketsPerFunction-1)*bucketSize] // the last function is short
		behind := bytes.Repeat([]byte{0xff}, bucketsPerFunction*bucketSize)
		f := &functions{memory: memory{bytes: append(table, behind...)}, count: 4}
		if got := f.takeBuckets(); f.bad != c.bad || !f.bad && got != c.want {
			t.Errorf("%v: %+v, bad %t, want %+v, %t", c.starts, got, f.bad, c.want, c.bad)
		}
		if !bytes.HasSuffix(f.bytes, behind) {
			t.Errorf("%v: what stands behind the table has changed", c.starts)
		}
	}
}

func TestRowsThatLeadToOtherFunctionsAreRefused(t *testing.T) {
	table := func(rows [][2]uint32, entries map[uint32]uint32) []byte {
		b := make([]byte, 100)
		for i, row := range rows {
			binary.LittleEndian.PutUint32(b[rowSize*i:], row[0])
			binary.LittleEndian.PutUint32(b[rowSize*i+4:], row[1])
		}
		for place, number := range entries {
			binary.LittleEndian.PutUint32(b[place:], number)
		}
		return b
	}
	for _, c := range []struct {
		name    string
		rows    [][2]uint32
		entries map[uint32]uint32
		bad     bool
	}{
		{"one behind the other", [][2]uint32{{4096, 40}, {4097, 60}, {4098, 64}}, map[uint32]uint32{40: 4096, 60: 4097, 64: 4098}, false},
		{"with gaps", [][2]uint32{{0, 40}, {1, 60}, {7, 64}}, map[uint32]uint32{40: 0, 60: 1, 64: 7}, false},
		{"not in order", [][2]uint32{{1, 40}, {1, 60}, {2, 64}}, map[uint32]uint32{40: 1, 60: 1, 64: 2}, true},
		{"whose entries are not in order", [][2]uint32{{1, 40}, {2, 64}, {3, 60}}, map[uint32]uint32{40: 1, 64: 2, 60: 3}, true},
		{"whose entries are of others", [][2]uint32{{1, 40}, {2, 60}, {3, 64}}, map[uint32]uint32{40: 1, 60: 3, 64: 3}, true},
	} {
		before := table(c.rows, c.entries)
		f := &functions{memory: memory{bytes: bytes.Clone(before)}, count: 3}
		if f.takeRows(); f.bad != c.bad {
			t.Errorf("rows %s: bad %t", c.name, f.bad)
		}
		if c.bad {
			continue
		}
		number, place := uint64(0), uint64(0)
		for i := range f.count { // as the start function does
			number += f.uint32(rowSize*i) + 1
			place += f.uint32(rowSize*i + 4)
			f.put(rowSize*i, uint32(number))
			f.put(rowSize*i+4, uint32(place))
			f.put(place, uint32(number))
		}
		if !bytes.Equal(f.bytes, before) {
			t.Errorf("rows %s are\n%v\nwant\n%v", c.name, f.bytes, before)
		}
	}
}
