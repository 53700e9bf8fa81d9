// Command wasmpack makes a WebAssembly module that Go has linked smaller, in
// place, without changing what it does.
//
// It joins data segments: Go's linker leaves out every short run of zeros
// and so writes some 70,000 segments, whose headers weigh more than the zeros
// they save once the module is compressed. It clears what only stack traces
// use of the function table; these name functions still. And what can be told in a
// few bytes of code is not kept as data: a start function makes it.
package main

import (
	"fmt"
	"os"
)

// minGap is the shortest run of zeros that is left out between two segments.
const minGap = 1 << 10

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: wasmpack MODULE.wasm")
		os.Exit(2)
	}
	if err := packFile(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "wasmpack:", err)
		os.Exit(1)
	}
}

func packFile(path string) error {
	module, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	packed, err := pack(module, minGap, slim)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, packed, 0o644)
}
