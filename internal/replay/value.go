package replay

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"timconv/jsapi"
)

// A val is an argument as it was recorded.
type val struct {
	kind   jsapi.Kind
	number float64
	text   string
	full   bool // of bytes: nothing fits in

	post func(args []any) // of a function
}

// Kind implements jsapi.Value, as do the next six.
func (v *val) Kind() jsapi.Kind            { return v.kind }
func (v *val) Bool() bool                  { return v.number != 0 }
func (v *val) Number() float64             { return v.number }
func (v *val) Text() string                { return v.text }
func (v *val) Fill([]byte) bool            { return !v.full }
func (v *val) Post(args ...any)            { v.post(args) }
func (v *val) Same(other jsapi.Value) bool { return v == other }

func text(s string) *val { return &val{kind: jsapi.KindString, text: s} }

func function(post func(args []any)) *val { return &val{kind: jsapi.KindFunction, post: post} }

var kinds = map[string]jsapi.Kind{
	"undefined": jsapi.KindUndefined, "null": jsapi.KindNull, "boolean": jsapi.KindBool, "number": jsapi.KindNumber, "string": jsapi.KindString,
	"bigint": jsapi.KindBigInt, "function": jsapi.KindFunction, "bytes": jsapi.KindBytes, "object": jsapi.KindOther,
}

func unquote(literal json.RawMessage) string { return jsapi.Unquote(string(literal)) }

// number reads a number, or a BigInt's digits.
func number(arg string) (float64, uint64) {
	f, _ := strconv.ParseFloat(arg, 64)
	n, err := strconv.ParseUint(strings.Trim(strings.TrimPrefix(arg, `{"bigint":`), `"}`), 10, 64)
	if err != nil {
		n = uint64(f)
	}
	return f, n
}

// argument is an argument of that call; a function among them calls post.
func argument(l *line, i int, post func(args []any)) *val {
	arg := string(l.Args[i])
	switch arg[0] {
	case '"':
		return text(jsapi.Unquote(arg))
	case 'n':
		return &val{kind: jsapi.KindNull}
	case 't':
		return &val{kind: jsapi.KindBool, number: 1}
	case 'f':
		return &val{kind: jsapi.KindBool}
	case '{':
		var what struct{ Is, BigInt, Number string }
		_ = json.Unmarshal(l.Args[i], &what)
		v := &val{kind: kinds[what.Is], post: post}
		switch {
		case what.BigInt != "":
			v.kind, v.text = jsapi.KindBigInt, what.BigInt
		case what.Number != "":
			v.kind, v.number = jsapi.KindNumber, math.NaN()
			if f, err := strconv.ParseFloat(what.Number, 64); err == nil {
				v.number = f
			}
		}
		v.full = l.Ret != nil && *l.Ret != 0 // how long a buffer was is not recorded
		return v
	}
	f, _ := number(arg)
	return &val{kind: jsapi.KindNumber, number: f}
}
