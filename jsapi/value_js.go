//go:build js && wasm

package jsapi

import (
	"strings"
	"syscall/js"
)

var (
	microtask  = js.Global().Get("queueMicrotask")
	bind       = js.Global().Get("Function").Get("prototype").Get("bind")
	stringify  = js.Global().Get("JSON").Get("stringify")
	toString   = js.Global().Get("String")
	uint8Array = js.Global().Get("Uint8Array")
)

// jsValue is an argument as it came from JavaScript.
type jsValue struct {
	v    js.Value
	kind Kind
}

func newValue(v js.Value) jsValue { return jsValue{v, kindOf(v)} }

// kindOf finds a value's type. Type itself panics for a BigInt, and a proxy
// may throw at whoever asks it for its prototype.
func kindOf(v js.Value) (kind Kind) {
	kind = KindBigInt
	defer func() { _ = recover() }()
	switch v.Type() {
	case js.TypeUndefined:
		return KindUndefined
	case js.TypeNull:
		return KindNull
	case js.TypeBoolean:
		return KindBool
	case js.TypeNumber:
		return KindNumber
	case js.TypeString:
		return KindString
	case js.TypeFunction:
		return KindFunction
	}
	kind = KindOther
	if v.InstanceOf(uint8Array) {
		return KindBytes
	}
	return KindOther
}

func (v jsValue) Kind() Kind      { return v.kind }
func (v jsValue) Bool() bool      { return v.v.Bool() }
func (v jsValue) Number() float64 { return v.v.Float() }

func (v jsValue) Text() string {
	if v.kind == KindBigInt {
		return toString.Invoke(v.v).String()
	}
	s := v.v.String()
	if !strings.Contains(s, "\uFFFD") {
		return s
	}
	// What was a lone surrogate is lost in s. JSON.stringify escapes it.
	return unquote(stringify.Invoke(v.v).String())
}

func (v jsValue) Fill(b []byte) bool {
	if v.kind != KindBytes || v.v.Get("length").Int() < len(b) {
		return false
	}
	js.CopyBytesToJS(v.v, b)
	return true
}

// Post hands the call to the host's microtask queue. Called from here, the
// function would run before the call that caused it has returned, and what it
// throws would end the module.
func (v jsValue) Post(args ...any) {
	bound := []any{v.v, js.Undefined()}
	for _, arg := range args {
		switch arg := arg.(type) {
		case jsValue:
			bound = append(bound, arg.v)
		case Value:
			bound = append(bound, js.Undefined())
		default:
			bound = append(bound, arg)
		}
	}
	microtask.Invoke(bind.Call("call", bound...))
}

func (v jsValue) Same(o Value) bool {
	w, ok := o.(jsValue)
	return ok && v.v.Equal(w.v)
}
