package archtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryFileKeepsTheRules(t *testing.T) {
	root := os.DirFS(filepath.Join("..", ".."))
	checked := 0
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			switch base := entry.Name(); {
			case base == "node_modules", base == "third_party", base == "testdata", base == "bin",
				strings.HasPrefix(base, ".") && name != ".":
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		checked++
		for _, fault := range Check(name, src) {
			t.Error(fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 10 {
		t.Errorf("checked %d files: looking in the wrong place?", checked)
	}
}

func TestWrongFilesAreFound(t *testing.T) {
	const tag = browserTag + "\n\n"
	for _, c := range []struct {
		name, src string
		want      string // "" for a good file
	}{
		{"core/a.go", `package core; import "sort"`, ""},
		{"core/a.go", `package core; import "github.com/tidwall/btree"`, ""},
		{"core/a.go", `package core; import "syscall/js"`, "only files that end in _js.go"},
		{"core/a_js.go", tag + `package core; import "syscall/js"`, "forbidden in core"},
		{"core/a.go", `package core; import "encoding/json"`, "forbidden in core"},
		{"core/a.go", `package core; import "timconv/store/memstore"`, "not among"},
		{"core/a_test.go", `package core; import "timconv/store/memstore"`, ""},
		{"core/a_test.go", `package core; import "encoding/json"`, ""},
		{"core/a_test.go", `package core; import "timconv/jsapi"`, "do not reach"},
		{"core/a.go", `package core; import "github.com/tidwall/gjson"`, "not among"},
		{"jsapi/a.go", `package jsapi; import "timconv/core"; import "github.com/tidwall/gjson"`, ""},
		{"jsapi/a.go", `package jsapi; import "timconv/store/idbstore"`, "not among"},
		{"jsapi/a.go", `package jsapi; import "github.com/hack-pad/go-indexeddb/idb"`, "not among"},
		{"jsapi/a.go", `package jsapi; import "encoding/json"`, "forbidden"},
		{"jsapi/a_js.go", tag + `package jsapi; import "syscall/js"`, ""},
		{"jsapi/a_js.go", `package jsapi; import "syscall/js"`, browserTagFault},
		{"jsapi/a.go", tag + `package jsapi`, browserTagFault},
		{"jsapi/a_js_test.go", tag + `package jsapi; import "syscall/js"`, ""},
		{"jsapi/a_js_test.go", `package jsapi`, browserTagFault},
		{"store/x/a.go", `package x; import "timconv/core"`, ""},
		{"store/x/a.go", `package x; import "timconv/jsapi"`, "not among"},
		{"internal/x/a.go", `package x; import "encoding/json"`, ""},
		{"other/a.go", `package other; import "sort"`, "not a room"},
		{"wasm/main.go", tag + "package main" + strings.Repeat("\n", 60), "at most 59"},
		{"core/a.go", "package core" + strings.Repeat("\n", 401), "at most 400"},
		{"core/a.go", "package core; func f() {" + strings.Repeat("\n", 60) + "}", "f has 61 lines"},
		{"core/a.go", "package core; func f() {" + strings.Repeat("\n", 59) + "}", ""},
	} {
		got := strings.Join(Check(c.name, []byte(c.src)), "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s %.60q: got %q, want %q", c.name, c.src, got, c.want)
		}
	}
}

const browserTagFault = "and no others, say"
