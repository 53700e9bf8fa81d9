package jsapi

import (
	"math"
	"strconv"
	"strings"

	"timconv/core"
)

// args are the arguments of one call. Each is read by its place; what is wrong
// is kept, and told by fault once all are read, so that the order of checks is
// the API's: JSON first, then parameters.
type args struct {
	values   []Value
	badJSON  bool
	badParam bool
	badConv  bool

	recorder *recorder
	name     string
	token    string // of what the transport says
	n        uint64 // the call's number; 0: it is not recorded
	seen     int    // how many arguments were looked at
	hidden   uint64 // bits of those that no recording has
}

// fault is what to return for the arguments read so far: 0 if they are good.
func (a *args) fault() int {
	switch {
	case a.badJSON:
		return errJSON
	case a.badParam:
		return errParam
	case a.badConv:
		return errConv
	}
	return succeeded
}

// at returns the argument at that place; missing ones are undefined.
func (a *args) at(i int) Value {
	a.seen = max(a.seen, i+1)
	if i < len(a.values) {
		return a.values[i]
	}
	return undefined{}
}

// private is at for what no recording has.
func (a *args) private(i int) Value {
	a.hidden |= 1 << i
	return a.at(i)
}

// fn reads what may be a function to be called back, and its user data.
func (a *args) fn(i, data int) registered {
	return registered{fn: a.at(i), userData: a.private(data), recorder: a.recorder, n: a.n, place: i}
}

// registered reads a function that fills a slot.
func (a *args) registered() registered {
	f := a.fn(0, 1)
	f.n, f.name = 0, a.name
	return f
}

// given reports whether the argument is neither missing, null nor "".
func (a *args) given(i int) bool {
	v := a.at(i)
	switch v.Kind() {
	case KindUndefined, KindNull:
		return false
	case KindString:
		return v.Text() != ""
	}
	return true
}

// id reads a user's or group's id.
func (a *args) id(i int) string {
	v := a.at(i)
	if v.Kind() == KindString {
		if s := v.Text(); validID(s) {
			return s
		}
	}
	a.badParam = true
	return ""
}

// convType reads a conversation type.
func (a *args) convType(i int) core.ConvType {
	v := a.at(i)
	if v.Kind() == KindNumber {
		switch v.Number() {
		case float64(core.C2C):
			return core.C2C
		case float64(core.Group):
			return core.Group
		}
	}
	a.badParam = true
	return 0
}

// conv reads an id and the type behind it.
func (a *args) conv(i int) core.ConvKey {
	return core.ConvKey{ID: a.id(i), Type: a.convType(i + 1)}
}

func (a *args) bool(i int) bool {
	v := a.at(i)
	if v.Kind() != KindBool {
		a.badParam = true
		return false
	}
	return v.Bool()
}

// uint reads a 64-bit unsigned integer: a number, a BigInt or decimal digits.
func (a *args) uint(i int) uint64 {
	v := a.at(i)
	switch v.Kind() {
	case KindNumber:
		if n := v.Number(); n >= 0 && n < 1<<64 && n == math.Trunc(n) {
			return uint64(n)
		}
	case KindBigInt, KindString:
		if n, err := strconv.ParseUint(v.Text(), 10, 64); err == nil {
			return n
		}
	}
	a.badParam = true
	return 0
}

// text reads a string that is well-formed.
func (a *args) text(i int) string {
	v := a.at(i)
	if v.Kind() != KindString || !wellFormed(v.Text()) {
		a.badParam = true
		return ""
	}
	return v.Text()
}

// json reads JSON text of the shape that is asked for.
func (a *args) json(i int, shape func(value) bool) value {
	v := a.at(i)
	switch v.Kind() {
	case KindUndefined, KindNull:
		a.badJSON = true
		return ""
	case KindString:
	default:
		a.badParam = true
		return ""
	}
	r, ok := parseJSON(v.Text())
	if !ok || !shape(r) {
		a.badJSON = true
		return ""
	}
	return r
}

// optionalJSON reads the same, or nothing where nothing is given.
func (a *args) optionalJSON(i int, shape func(value) bool) value {
	if v := a.at(i); v.Kind() == KindString && strings.TrimSpace(v.Text()) == "" || !a.given(i) {
		return ""
	}
	return a.json(i, shape)
}

// An answer calls a call's callback back, once.
type answer func(code int, desc, json string)

// callback reads a callback and the user data behind it. No callback is fine;
// anything else than a function is not.
func (a *args) callback(i int) answer { return a.callbackWith(i, i+1) }

func (a *args) callbackWith(i, data int) answer {
	f := a.fn(i, data)
	switch f.fn.Kind() {
	case KindFunction:
		return func(code int, desc, json string) { f.post(code, desc, json, f.userData) }
	case KindUndefined, KindNull:
	default:
		a.badParam = true
	}
	return func(int, string, string) {}
}
