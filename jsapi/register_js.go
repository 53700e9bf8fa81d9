//go:build js && wasm

package jsapi

import (
	"fmt"
	"syscall/js"
)

// Register puts the module on the JavaScript global TIM. It returns false and
// does nothing where a module stands there already. What it reports goes to the
// console.
func Register(host Host) bool {
	if standing := js.Global().Get("TIM"); standing.Truthy() {
		return false
	}
	host.Report = func(err error) { js.Global().Get("console").Call("error", "timconv: "+err.Error()) }
	host.Yield = newTurn(newTask)
	host.Settle = newTurn(newTail)
	host.Text = hostText{}
	host.Persist = persist
	tim := js.Global().Get("JSON").Call("parse", constants())
	var resolve js.Value
	executor := js.FuncOf(func(_ js.Value, in []js.Value) any {
		resolve = in[0]
		return nil
	})
	ready := js.Global().Get("Promise").New(executor)
	executor.Release()
	var m *Module
	settle := guarded(host, "done", func(values []Value) any {
		if len(values) > 0 {
			m.Done(values[0].Text(), values[1:])
		}
		return nil
	})
	host.Done = func(token string) Value { return newValue(callFn.Call("bind", settle.Value, js.Undefined(), token)) }
	m = New(host, func() { resolve.Invoke() })
	newQuick(m, host)

	for i := range functions {
		e := &functions[i]
		fn := guarded(host, e.name, func(values []Value) any { return e.run(m, &args{values: values}) }).Value
		if e.quick {
			fn = quickly(i, fn)
		}
		tim.Set(e.name, fn)
	}
	tim.Set("version", Version)
	tim.Set("ready", ready)
	property(tim, "loginUserID", func() any { return m.LoginUserID() })
	property(tim, "status", func() any { return js.Global().Get("JSON").Call("parse", m.StatusJSON()) })
	js.Global().Set("TIM", tim)
	begin := newTask(m.Start) // behind what the page does first, which may be a login
	begin()
	return true
}

// newTurn returns what blocks a goroutine until the page has had its turn; newKind
// makes of a function what has it called then.
func newTurn(newKind func(fn func()) func()) func() {
	var waiting []chan struct{}
	ask := newKind(func() {
		if len(waiting) > 0 {
			close(waiting[0])
			waiting = waiting[1:]
		}
	})
	return func() {
		turn := make(chan struct{})
		waiting = append(waiting, turn)
		ask()
		<-turn
	}
}

// guarded is fn as a JavaScript function. Whatever happens inside, it returns: a
// panic that escaped would end the module for the whole page.
func guarded(host Host, name string, fn func(values []Value) any) js.Func {
	return js.FuncOf(func(_ js.Value, in []js.Value) (result any) {
		defer func() {
			if fault := recover(); fault != nil {
				host.Report(fmt.Errorf("%s: %v", name, fault))
				result = errParam
			}
		}()
		values := make([]Value, len(in))
		for i, v := range in {
			values[i] = newValue(v)
		}
		if result = fn(values); result == nil {
			return js.Undefined()
		}
		return result
	})
}

// property defines a property that is read by calling get.
func property(object js.Value, name string, get func() any) {
	getter := js.FuncOf(func(js.Value, []js.Value) (value any) {
		defer func() { _ = recover() }()
		return get()
	})
	jsObject.Call("defineProperty", object, name,
		map[string]any{"get": getter, "enumerable": true})
}
