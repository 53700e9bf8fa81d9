//go:build js && wasm

package jsapi

import "syscall/js"

// longFrom is how many UTF-16 units make a long string.
const longFrom = 1 << 16

var (
	jsObject   = js.Global().Get("Object")
	charCodeAt = unbound(js.Global().Get("String").Get("prototype"), "charCodeAt")
	encoder    = js.Global().Get("TextEncoder").New()
	encodeInto = encoder.Get("encodeInto").Call("bind", encoder)
)

// unbound is a method as a function that takes its object as first argument.
func unbound(prototype js.Value, method string) js.Value {
	return callFn.Call("bind", prototype.Get(method))
}

// textOf is the text of a string, as js.Value.String has it. A long one comes in
// through encodeInto, which is several times faster.
func textOf(v js.Value) string {
	if code := charCodeAt.Invoke(v, longFrom).Float(); code != code { // it ends before
		return v.String()
	}
	scratch := uint8Array.New(3 * jsObject.Invoke(v).Get("length").Int()) // the most it may become
	b := make([]byte, encodeInto.Invoke(v, scratch).Get("written").Int())
	js.CopyBytesToGo(b, scratch)
	return textOfBytes(b)
}
