//go:build js && wasm

package jsapi

import "syscall/js"

// persist asks the browser to keep what is stored, and what there is.
func persist() (e Estimate) {
	storage := js.Global().Get("navigator").Get("storage")
	if !storage.Truthy() {
		return e
	}
	if granted, ok := promised(storage, "persist"); ok {
		e.Asked, e.Persisted = true, granted.Truthy()
	}
	if found, ok := promised(storage, "estimate"); ok && found.Type() == js.TypeObject {
		usage, quota := found.Get("usage"), found.Get("quota")
		if usage.Type() == js.TypeNumber && quota.Type() == js.TypeNumber {
			e.Measured, e.Usage, e.Quota = true, uint64(usage.Float()), uint64(quota.Float())
		}
	}
	return e
}

// promised calls a method, if there is one, and waits for what it promises.
func promised(object js.Value, method string) (value js.Value, ok bool) {
	defer func() { _ = recover() }() // what it throws is as good as no answer
	if object.Get(method).Type() != js.TypeFunction {
		return value, false
	}
	done := make(chan bool, 1)
	settle := func(well bool) js.Func {
		return js.FuncOf(func(_ js.Value, in []js.Value) any {
			if len(in) > 0 {
				value = in[0]
			}
			done <- well
			return nil
		})
	}
	fulfilled, rejected := settle(true), settle(false)
	defer fulfilled.Release()
	defer rejected.Release()
	object.Call(method).Call("then", fulfilled, rejected)
	return value, <-done
}
