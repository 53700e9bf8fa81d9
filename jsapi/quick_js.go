//go:build js && wasm

package jsapi

import (
	"fmt"
	"strings"
	"syscall/js"
	"unsafe"
)

// A call through js.FuncOf asks the page for its event and for one argument after the
// other, and each function and each string that comes in is a value that Go has to
// finalise. For functions that are called in great numbers the loader has a shorter way: it
// writes the text into memory, keeps the callback and its user data, and is told by
// number whom to call back. Where there is no loader (script tags), and for a call that is
// not of the usual sort, there is the other way.

// quickKey is where the loader has laid {wrap, post, take}.
const quickKey = "timconv.quick"

// slowly says that a call is to be made the other way: nothing has been done for it.
const slowly = -1 << 31

// quick is the shorter way.
var quick struct {
	room             [1 << 16]byte // for the text of a call; tim.js knows how large it is
	module           *Module
	report           func(err error)
	wrap, post, take js.Value
}

// newQuick takes what the loader has laid.
func newQuick(m *Module, host Host) {
	key := js.Global().Get("Symbol").Call("for", quickKey)
	if laid := js.Global().Get("Reflect").Call("get", js.Global(), key); !laid.IsUndefined() {
		quick.module, quick.report = m, host.Report
		quick.wrap, quick.post, quick.take = laid.Get("wrap"), laid.Get("post"), laid.Get("take")
	}
}

// quickly is a function of TIM, by its place among functions, with the shorter way before
// the other one.
func quickly(place int, slow js.Value) js.Value {
	if quick.module == nil {
		return slow
	}
	return quick.wrap.Invoke(place, slow)
}

var _, _ = quickRoom, quickCall // which the loader calls: linters do not know go:wasmexport

//go:wasmexport quick_room
func quickRoom() unsafe.Pointer { return unsafe.Pointer(&quick.room) }

// quickCall runs a function with so many of three arguments: a text, which lies in the room;
// a callback, by its kind, and by its number if it is a function; and user data, by its kind.
//
//go:wasmexport quick_call
func quickCall(place, count, length, callback int32, call float64, data int32) (ret int32) {
	e := &functions[place]
	defer func() {
		if fault := recover(); fault != nil {
			quick.report(fmt.Errorf("%s: %v", e.name, fault))
			ret = errParam
		}
	}()
	text := string(quick.room[:length])
	if strings.Contains(text, "\uFFFD") { // a lone surrogate, perhaps
		return slowly
	}
	values := []Value{
		quickValue{kind: KindString, text: text}, quickValue{kind: Kind(callback), call: call}, quickValue{kind: Kind(data)},
	}
	return int32(e.run(quick.module, &args{values: values[:count]}).(int))
}

// quickValue is an argument that came the shorter way: a text, a function, by its number, or
// what nobody looks at.
type quickValue struct {
	kind Kind
	text string
	call float64
}

func (v quickValue) Kind() Kind       { return v.kind }
func (v quickValue) Bool() bool       { return false }
func (v quickValue) Number() float64  { return 0 }
func (v quickValue) Text() string     { return v.text }
func (v quickValue) Fill([]byte) bool { return false }
func (v quickValue) Same(Value) bool  { return false }

// Post leaves out the user data, the last argument, which the loader adds.
func (v quickValue) Post(args ...any) {
	call := []any{v.call}
	long := false
	for _, arg := range args[:len(args)-1] {
		text, _ := arg.(string)
		long = long || len(text) >= longPost
		call = append(call, argument(arg))
	}
	if long || len(posts.waiting) > 0 {
		posts.add(quick.take.Invoke(call...), long)
	} else {
		quick.post.Invoke(call...)
	}
}
