package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	maxFileLines = 400
	maxFuncLines = 60
	maxMainLines = 59 // of wasm/main.go

	module     = "timconv"
	browserTag = "//go:build js && wasm"
)

// A room is a top directory and what its files, tests apart, may import besides
// the standard library. A name ending in a slash allows all below it.
type room struct {
	allowed   []string
	forbidden []string // of the standard library
}

var rooms = map[string]room{
	"core":     {allowed: []string{"github.com/tidwall/btree"}, forbidden: []string{"syscall/js", "encoding/json"}},
	"jsapi":    {allowed: []string{module + "/core", module + "/jsapi/", "github.com/tidwall/gjson"}, forbidden: []string{"encoding/json"}},
	"store":    {allowed: []string{module + "/core", module + "/store/", "github.com/hack-pad/"}, forbidden: []string{"encoding/json"}},
	"wasm":     {allowed: []string{module + "/"}, forbidden: []string{"encoding/json"}},
	"internal": {allowed: []string{module + "/"}},
}

// Check returns what is wrong with the Go file called name, a slash-separated
// path from the module's root.
func Check(name string, src []byte) (faults []string) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	fault := func(format string, args ...any) {
		faults = append(faults, name+": "+fmt.Sprintf(format, args...))
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			fault("%v", err)
		} else if why := wrongImport(name, imported); why != "" {
			fault("imports %s: %s", imported, why)
		}
	}
	if forBrowser(name) != hasBrowserTag(file) {
		fault("files that end in _js.go, and no others, say %q", browserTag)
	}
	lines := fset.File(file.Pos()).LineCount()
	if lines > maxFileLines {
		fault("has %d lines, at most %d are allowed", lines, maxFileLines)
	}
	if name == "wasm/main.go" && lines > maxMainLines {
		fault("has %d lines, at most %d are allowed", lines, maxMainLines)
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
			if n > maxFuncLines {
				fault("%s has %d lines, at most %d are allowed", fn.Name.Name, n, maxFuncLines)
			}
		}
	}
	return faults
}

// wrongImport says why the file called name must not import a package, or "".
func wrongImport(name, imported string) string {
	isTest := strings.HasSuffix(name, "_test.go")
	if imported == "syscall/js" && !forBrowser(name) {
		return "only files that end in _js.go may"
	}
	top, _, _ := strings.Cut(name, "/")
	rule, known := rooms[top]
	switch {
	case !known:
		return top + " is not a room of this project"
	case isTest:
		return wrongTestImport(top, imported)
	case slices.Contains(rule.forbidden, imported):
		return "forbidden in " + top
	case isStandard(imported), slices.ContainsFunc(rule.allowed, matches(imported)):
		return ""
	default:
		return "not among what " + top + " may import"
	}
}

// wrongTestImport is laxer: tests may read JSON and use any store, but rooms
// further out stay out of sight.
func wrongTestImport(top, imported string) string {
	outer := map[string][]string{
		"core":  {module + "/jsapi", module + "/wasm", module + "/store/idbstore"},
		"store": {module + "/jsapi", module + "/wasm"},
		"jsapi": {module + "/wasm"},
	}
	if slices.Contains(outer[top], imported) {
		return "tests of " + top + " do not reach that far"
	}
	return ""
}

func matches(imported string) func(string) bool {
	return func(pattern string) bool {
		return imported == pattern || strings.HasSuffix(pattern, "/") && strings.HasPrefix(imported, pattern)
	}
}

// isStandard: the first element of any other import path has a dot, but for
// this module's own.
func isStandard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first != module && !strings.Contains(first, ".")
}

// forBrowser: by its ending, or because it is the program itself.
func forBrowser(name string) bool {
	if name == "wasm/main.go" {
		return true
	}
	base := path.Base(name)
	return strings.HasSuffix(base, "_js.go") || strings.HasSuffix(base, "_js_test.go")
}

func hasBrowserTag(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if comment.Pos() < file.Package && comment.Text == browserTag {
				return true
			}
		}
	}
	return false
}
