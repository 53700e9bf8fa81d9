package jsapi

// Kind is the JavaScript type of an argument.
type Kind uint8

// The kinds of argument that matter here.
const (
	KindUndefined Kind = iota
	KindNull
	KindBool
	KindNumber
	KindString
	KindBigInt
	KindFunction
	KindBytes // a Uint8Array
	KindOther
)

// A Value is one JavaScript argument. Ask for what its Kind says.
type Value interface {
	Kind() Kind
	Bool() bool
	Number() float64

	// Text is a string, or a BigInt's digits. A lone surrogate is in its
	// three-byte form, which no well-formed text has.
	Text() string

	// Fill copies b into a Uint8Array, and reports whether it had room.
	Fill(b []byte) bool

	// Post calls a function later, never before the running call has returned,
	// in the order of the Posts. An argument is an int, a string, of which it
	// takes a copy, or a Value.
	// What the function throws reaches the host's error handler alone.
	Post(args ...any)

	// Same reports whether both are the same JavaScript value.
	Same(Value) bool
}

// undefined stands for an argument that was not given.
type undefined struct{}

func (undefined) Kind() Kind        { return KindUndefined }
func (undefined) Bool() bool        { return false }
func (undefined) Number() float64   { return 0 }
func (undefined) Text() string      { return "" }
func (undefined) Fill([]byte) bool  { return false }
func (undefined) Post(...any)       {}
func (undefined) Same(v Value) bool { return v.Kind() == KindUndefined }
