package jsapi

import (
	"encoding/json"
	"strings"
	"testing"
)

func FuzzValidJSON(f *testing.F) {
	for _, s := range []string{
		"", " ", "null", "nul", "[]", "[1,]", "[,1]", `{"a":1}`, `{"a":1,}`, `{"a"}`, `{a:1}`, `{"a":[{"b":{}}],"c":[[],[[]]]} `,
		"01", "-", "-0", "1.", ".5", "1e", "1e+", "-1.5E-7", "1 2", "[1}", `{"a":1]`, "]", `"a`, `"\u12"`, `"\u12G4"`, `"\u12ab\n\/"`,
		`"\x"`, "\"\t\"", "\"\x7f\xff\"", "[\"\\\"]", "\ufeff[]", "[1]]", "[[1]", `{"a":tru}`, "\f1", `{"":{"":[null,true,false]}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := validJSON(s), json.Valid([]byte(s)); got != want && strings.Count(s, "[")+strings.Count(s, "{") <= maxDepth {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	})
}

func TestNestingIsBounded(t *testing.T) {
	for _, open := range []string{"[", `{"a":`} {
		end := map[string]string{"[": "]", `{"a":`: "}"}[open]
		for depth, want := range map[int]bool{maxDepth - 1: true, maxDepth: true, maxDepth + 1: false, 1 << 20: false} {
			if got := validJSON(strings.Repeat(open, depth) + "1" + strings.Repeat(end, depth)); got != want {
				t.Errorf("%d deep %q: %v", depth, open, got)
			}
		}
	}
}
