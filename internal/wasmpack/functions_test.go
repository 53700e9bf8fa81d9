package main

import (
	"bytes"
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
	"runtime"
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
	defer fmt.Println("deferred")
	fails()
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
	before := size(t, module)
	if err := packFile(module); err != nil {
		t.Fatal(err)
	}
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
	for _, want := range []string{"20000 item 19999", "1 runtime error: index out of range", "deferred", "panic: on purpose", "main.fails", "?:0"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("%q is missing in its output:\n%s", want, out)
		}
	}
}

func TestFunctionsOfAnotherLayoutAreLeftAlone(t *testing.T) {
	table := string(functionHeader)
	for _, data := range []string{"", "no table", table, table + strings.Repeat("\xff", 100), table + strings.Repeat("\x01", 1000)} {
		if err := slim([]byte(data)); err == nil {
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
