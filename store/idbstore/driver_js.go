//go:build js && wasm

package idbstore

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"

	"github.com/hack-pad/go-indexeddb/idb"
)

// go-indexeddb opens databases and makes their spaces. It hides the handles it wraps,
// and what it offers for waiting has traps: an Await whose context ends returns no
// error, one that starts late hangs, an Upgrader that fails ends the program,
// "blocked" and "close" are not heard at all. So the raw request is made first, events
// are listened for on it, and the driver is given the very same request to wrap. What
// makes it take it is a hatch. Transactions do without the driver: what it makes of
// one costs as much as the requests in it.

// A hatch is an object with a method that hands out the value laid into it.
type hatch struct {
	box js.Value
}

// newHatch puts a method on object, which then returns what is in the hatch.
func newHatch(object js.Value, method string) hatch {
	h := hatch{js.Global().Get("Map").New()}
	// Map.prototype.get bound to one key ignores the driver's arguments.
	object.Set(method, h.box.Get("get").Call("bind", h.box, 0))
	return h
}

func (h hatch) lay(value js.Value) { h.box.Call("set", 0, value) }

// global reads a property of the global object whose getter may throw, as
// those of storage do in some sandboxes. What Get meets there cannot be caught.
func global(name string) js.Value {
	return js.Global().Get("Reflect").Call("get", js.Global(), name)
}

// factory is indexedDB, or ErrUnavailable.
func factory() (f js.Value, err error) {
	defer rescue(&err)
	f = global("indexedDB")
	if !f.Truthy() || !js.Global().Get("IDBRequest").Truthy() {
		return js.Value{}, ErrUnavailable
	}
	return f, nil
}

// openRequest starts opening a database. The upgrade needs no more than the request.
func openRequest(ctx context.Context, name string, version int) (raw js.Value, err error) {
	defer rescue(&err)
	f, err := factory()
	if err != nil {
		return raw, err
	}
	object := js.Global().Get("Object").New()
	h := newHatch(object, "open")
	driver, err := idb.WrapFactory(object)
	if err != nil {
		return raw, jsErrorOf(err)
	}
	raw = f.Call("open", name, version)
	h.lay(raw)
	upgrade := func(db *idb.Database, oldVersion, _ uint) (none error) {
		// An error returned or a panic here would end the program. Aborting
		// the upgrade fails the open instead.
		defer func() {
			if recover() != nil {
				_ = attempt(func() { raw.Get("transaction").Call("abort") })
			}
		}()
		if err := migrate(db, int(oldVersion)); err != nil {
			panic(err)
		}
		return nil
	}
	_, err = driver.Open(ctx, name, uint(version), upgrade)
	return raw, jsErrorOf(err)
}

// attempt runs a call into JavaScript and returns what it throws.
func attempt(call func()) (err error) {
	defer rescue(&err)
	call()
	return nil
}

// rescue, deferred, turns an exception into an error. Other panics go on.
func rescue(err *error) {
	switch thrown := recover().(type) {
	case nil:
	case js.Error:
		*err = errorOf(thrown.Value)
	case *js.ValueError:
		*err = thrown
	default:
		panic(thrown)
	}
}

// errorOf makes an error of a DOMException, or of whatever was thrown. It is
// nil for null and undefined.
func errorOf(value js.Value) error {
	switch value.Type() {
	case js.TypeUndefined, js.TypeNull:
		return nil
	case js.TypeObject, js.TypeFunction:
		return &jsError{name: text(value.Get("name")), message: text(value.Get("message"))}
	default:
		return &jsError{name: "Error", message: js.Global().Get("String").Invoke(value).String()}
	}
}

func text(value js.Value) string {
	if value.Type() != js.TypeString {
		return ""
	}
	return value.String()
}

// jsErrorOf finds the exception in an error of the driver, which wraps it with a stack.
func jsErrorOf(err error) error {
	if thrown, ok := errors.AsType[js.Error](err); ok {
		return errorOf(thrown.Value)
	}
	return err
}

// handlerOf is methodOf for functions that are called on nothing.
func handlerOf(fn func(args []js.Value) any) js.Func {
	return methodOf(func(_ js.Value, args []js.Value) any { return fn(args) })
}

// methodOf makes a js.Func of fn that lets no panic out: one that escaped
// would end the program for the whole page.
func methodOf(fn func(this js.Value, args []js.Value) any) js.Func {
	return js.FuncOf(func(this js.Value, args []js.Value) any {
		defer func() {
			if thrown := recover(); thrown != nil {
				js.Global().Get("console").Call("error", "timconv: "+fmt.Sprint(thrown))
			}
		}()
		return fn(this, args)
	})
}

// handler is handlerOf for a listener, which takes an event or nothing.
func handler(fn func(event js.Value)) js.Func {
	return handlerOf(func(args []js.Value) any {
		event := js.Undefined()
		if len(args) > 0 {
			event = args[0]
		}
		fn(event)
		return nil
	})
}

// on adds a listener for events of target and returns what removes it again.
// Nothing happens where target is missing, as document is in a worker.
func on(target js.Value, fn func(event js.Value), events ...string) (remove func()) {
	if !target.Truthy() {
		return func() {}
	}
	f := handler(fn)
	for _, event := range events {
		target.Call("addEventListener", event, f)
	}
	return func() {
		for _, event := range events {
			target.Call("removeEventListener", event, f)
		}
		f.Release()
	}
}

// What is done to every element of an array is done by the host's own
// functions: a call from here costs more than most of what it does.
var (
	arrayFrom  = js.Global().Get("Array").Get("from")
	assign     = js.Global().Get("Object").Get("assign")
	parse      = js.Global().Get("JSON").Get("parse")
	getOfStore = method("IDBObjectStore", "get")
	resultOf   = getter("IDBRequest", "result")
)

// each is Array.from: the results of fn, called on this with each element.
func each(elements, fn, this js.Value) js.Value { return arrayFrom.Invoke(elements, fn, this) }

// method is a method of a class, undefined where there is no such class.
func method(class, name string) js.Value {
	if c := js.Global().Get(class); c.Truthy() {
		return c.Get("prototype").Get(name)
	}
	return js.Undefined()
}

// getter is a function that reads a property, defined by a class, of what it
// is given.
func getter(class, name string) js.Value {
	c := js.Global().Get(class)
	if !c.Truthy() {
		return js.Undefined()
	}
	get := js.Global().Get("Object").Call("getOwnPropertyDescriptor", c.Get("prototype"), name).Get("get")
	call := js.Global().Get("Function").Get("prototype").Get("call")
	return call.Call("bind", get)
}

// arrayOf makes an array of strings, in one crossing.
func arrayOf(texts []string) js.Value {
	b := []byte{'['}
	for i, text := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		for _, c := range []byte(text) {
			switch {
			case c == '"' || c == '\\':
				b = append(b, '\\', c)
			case c < ' ':
				b = append(b, '\\', 'u', '0', '0', '0'+c>>4, "0123456789abcdef"[c&15])
			default:
				b = append(b, c)
			}
		}
		b = append(b, '"')
	}
	return parse.Invoke(string(append(b, ']')))
}

// bytesOf copies a Uint8Array; what is none is nil. It does not ask for the
// type, which panics at a BigInt.
func bytesOf(value js.Value) []byte {
	if !value.InstanceOf(uint8Array) {
		return nil
	}
	b := make([]byte, value.Get("byteLength").Int())
	js.CopyBytesToGo(b, value)
	return b
}

// A block receives many small values. Asking a Uint8Array for its length costs
// as much as copying it, so that a value is copied to where there is room, and
// asked only when it has filled all of it. A value keeps its block alive.
type block struct {
	free []byte
}

const (
	blockSize  = 64 << 10
	blockFirst = 512 // takes the counters
)

// copyAll copies n values. What is not a Uint8Array is nil: absent, or not put
// there by this package.
func copyAll(n int, at func(i int) js.Value) (values [][]byte) {
	values = make([][]byte, n)
	defer func() {
		if recover() == nil {
			return
		}
		// CopyBytesToGo panics at the foreign ones: ask each value first.
		for i := range values {
			values[i] = bytesOf(at(i))
		}
	}()
	b := block{free: make([]byte, blockFirst)}
	for i := range values {
		values[i] = b.copy(at(i), n-i)
	}
	return values
}

// copy copies a value of which, with this one, left are to come; it is a
// Uint8Array or undefined.
func (b *block) copy(value js.Value, left int) []byte {
	if value.Type() != js.TypeObject {
		return nil
	}
	n := js.CopyBytesToGo(b.free, value)
	if n == len(b.free) { // cut short, perhaps
		n = value.Get("byteLength").Int()
		if n > blockSize/8 {
			return bytesOf(value)
		}
		b.free = make([]byte, min(blockSize, n*left)) // the others may be like it
		js.CopyBytesToGo(b.free, value)
	}
	taken := b.free[:n:n]
	b.free = b.free[n:]
	return taken
}

func valueOf(b []byte) js.Value {
	value := uint8Array.New(len(b))
	js.CopyBytesToJS(value, b)
	return value
}

var uint8Array = js.Global().Get("Uint8Array")
