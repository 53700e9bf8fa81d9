//go:build js && wasm

package jsapi

import "syscall/js"

// Long strings come in through encodeInto, which is several times faster than
// what js.Value.String does, and needs no copy of the whole in JavaScript.

// longFrom is how many UTF-16 units make a long string, scratchSize how many
// bytes of one cross at a time.
const (
	longFrom    = 1 << 16
	scratchSize = 1 << 18
)

var (
	jsObject   = js.Global().Get("Object")
	charCodeAt = unbound(js.Global().Get("String").Get("prototype"), "charCodeAt")
	slice      = unbound(js.Global().Get("String").Get("prototype"), "slice")
	encoder    = js.Global().Get("TextEncoder").New()
	encodeInto = encoder.Get("encodeInto").Call("bind", encoder)
	scratch    js.Value // made for the first long string
)

// unbound is a method as a function that takes its object as first argument.
func unbound(prototype js.Value, method string) js.Value {
	return callFn.Call("bind", prototype.Get(method))
}

// textOf is the text of a string, as js.Value.String has it.
func textOf(v js.Value) string {
	if code := charCodeAt.Invoke(v, longFrom).Float(); code != code { // it ends before
		return v.String()
	}
	if scratch.IsUndefined() {
		scratch = uint8Array.New(scratchSize)
	}
	left := jsObject.Invoke(v).Get("length").Int()
	b := make([]byte, 0, left+left/8)
	for {
		result := encodeInto.Invoke(v, scratch)
		read, written := result.Get("read").Int(), result.Get("written").Int()
		b = append(b, make([]byte, written)...)
		js.CopyBytesToGo(b[len(b)-written:], scratch)
		if left -= read; left <= 0 {
			return textOfBytes(b)
		}
		v = slice.Invoke(v, read)
	}
}
