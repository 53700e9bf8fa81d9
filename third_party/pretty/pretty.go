// Package pretty stands in for the module of the same path, which gjson
// imports for its @pretty and @ugly modifiers alone. The original brings
// encoding/json into the binary (130 kB of brotli); timconv never uses the two
// modifiers, so here they return their input.
package pretty

// Options is what gjson fills for @pretty.
type Options struct {
	Width    int
	Prefix   string
	Indent   string
	SortKeys bool
}

// DefaultOptions is what gjson starts from.
var DefaultOptions = &Options{}

// Pretty returns json unchanged.
func Pretty(json []byte) []byte { return json }

// PrettyOptions returns json unchanged.
func PrettyOptions(json []byte, _ *Options) []byte { return json }

// Ugly returns json unchanged.
func Ugly(json []byte) []byte { return json }
