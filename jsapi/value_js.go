//go:build js && wasm

package jsapi

import (
	"strings"
	"syscall/js"
)

var (
	prototype  = js.Global().Get("Function").Get("prototype")
	callFn     = prototype.Get("call")
	bind       = unbound(prototype, "bind")
	applyFn    = js.Global().Get("Reflect").Get("apply")
	jsArray    = js.Global().Get("Array")
	arrayFrom  = callFn.Call("bind", jsArray.Get("from"), jsArray)
	joinArrays = unbound(jsArray.Get("prototype"), "concat")
	concatAll  = callFn.Call("bind", prototype.Get("apply"), js.Global().Get("String").Get("prototype").Get("concat"), "")
	microtask  = js.Global().Get("queueMicrotask")
	isView     = js.Global().Get("ArrayBuffer").Get("isView")
	stringify  = js.Global().Get("JSON").Get("stringify")
	toString   = js.Global().Get("String")
	uint8Array = js.Global().Get("Uint8Array")
	viewName   = nameOfViews()
)

// nameOfViews is the getter that tells the kind of a typed array from what it
// is, not from its prototype.
func nameOfViews() js.Value {
	object := js.Global().Get("Object")
	views := object.Call("getPrototypeOf", uint8Array.Get("prototype"))
	tag := js.Global().Get("Symbol").Get("toStringTag")
	return js.Global().Get("Reflect").Call("getOwnPropertyDescriptor", views, tag).Get("get")
}

// jsValue is an argument as it came from JavaScript.
type jsValue struct {
	v    js.Value
	kind Kind
	only bool // v is an array that has the string, a long one
}

func newValue(v js.Value) jsValue { return jsValue{v: v, kind: kindOf(v)} }

// hostText is a Text.
type hostText struct{}

func (hostText) Make(b []byte) Value {
	return jsValue{v: js.ValueOf(textOfBytes(b)), kind: KindString}
}

// Concat leaves the string in an array: what Go is given is looked up in a map, for
// which joined parts are copied into one.
func (hostText) Concat(parts []Value) Value {
	texts := make([]any, len(parts))
	for i, part := range parts {
		texts[i] = part.(jsValue).v
	}
	return jsValue{v: arrayFrom.Invoke([]any{texts}, concatAll), kind: KindString, only: true}
}

// kindOf finds a value's type. Type itself panics for a BigInt. An object is
// asked for nothing, not even its prototype: a proxy or a getter may throw, and
// what is thrown while Go reads a property ends the module.
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
	if isView.Invoke(v).Bool() && callFn.Call("call", viewName, v).String() == "Uint8Array" {
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
	s := textOf(v.v)
	if !strings.Contains(s, "\uFFFD") {
		return s
	}
	// What was a lone surrogate is lost in s. JSON.stringify escapes it.
	return unquote(stringify.Invoke(v.v).String())
}

// Fill leaves the check of the length to set, which throws where b is too long:
// the array's own length may be a getter.
func (v jsValue) Fill(b []byte) (filled bool) {
	defer func() { _ = recover() }()
	bytes := uint8Array.New(len(b))
	js.CopyBytesToJS(bytes, b)
	callFn.Call("call", uint8Array.Get("prototype").Get("set"), v.v, bytes)
	return true
}

// Post hands the call to the host's microtask queue. Called from here, the
// function would run before the call that caused it has returned, and what it
// throws would end the module. It is call that is bound, not the function: bind
// reads properties of what it binds.
func (v jsValue) Post(args ...any) {
	bound := []any{callFn, v.v, js.Undefined()}
	long := false
	for i, arg := range args {
		if value, ok := arg.(jsValue); ok && value.only {
			v.postWith(bound[3:], value.v, args[i+1:])
			return
		}
		text, _ := arg.(string)
		long = long || len(text) >= longPost
		bound = append(bound, argument(arg))
	}
	posts.add(bind.Invoke(bound...), long)
}

// postWith posts a call of which one argument is what an array has.
func (v jsValue) postWith(before []any, only js.Value, after []any) {
	rest := make([]any, len(after))
	for i, arg := range after {
		rest[i] = argument(arg)
	}
	posts.add(bind.Invoke(applyFn, js.Undefined(), v.v, js.Undefined(), joinArrays.Invoke(before, only, rest)), true)
}

// argument is an argument of Post for the host.
func argument(arg any) any {
	switch arg := arg.(type) {
	case jsValue:
		return arg.v
	case Value:
		return js.Undefined()
	case string:
		if text, ok := usual[arg]; ok {
			return text
		}
	}
	return arg
}

// longPost is how long a text is that is told in a task of its own: to make it
// and to read it are each enough for one.
const longPost = 1 << 18

// posts are the calls that wait for a task, in order.
var posts postQueue

type postQueue struct {
	waiting []js.Value
	tell    func()
}

// add has a call made: in a microtask, unless it is long or others wait for a
// task.
func (q *postQueue) add(call js.Value, long bool) {
	if !long && len(q.waiting) == 0 {
		microtask.Invoke(call)
		return
	}
	if q.tell == nil {
		q.tell = newTask(func() {
			if len(q.waiting) > 0 {
				microtask.Invoke(q.waiting[0])
				q.waiting[0] = js.Value{} // or the array would keep it
				q.waiting = q.waiting[1:]
			}
		})
	}
	q.waiting = append(q.waiting, call)
	q.tell()
}

// newTask returns what has the page call fn in a task of its own. A message to
// oneself is one, and not held back as timers are.
func newTask(fn func()) (ask func()) {
	channel := js.Global().Get("MessageChannel").New()
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		fn()
		return nil
	}))
	port := channel.Get("port2")
	return func() { port.Call("postMessage", js.Null()) }
}

// newTail returns what calls fn behind what the task under way has still to do. Each
// microtask is behind those that are queued before it; three of them, each queued by the
// one before, are behind what page code does that awaits a callback of ours by way of
// promises.
func newTail(fn func()) func() {
	next := js.FuncOf(func(js.Value, []js.Value) any { fn(); return nil }).Value
	for range 2 {
		next = microtask.Call("bind", js.Undefined(), next)
	}
	return func() { microtask.Invoke(next) }
}

// usual are texts that most callbacks get; to make a string is not cheap.
var usual = map[string]js.Value{"": js.ValueOf(""), "OK": js.ValueOf("OK"), "[]": js.ValueOf("[]")}

func (v jsValue) Same(o Value) bool {
	w, ok := o.(jsValue)
	return ok && v.v.Equal(w.v)
}
