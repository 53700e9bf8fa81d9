//go:build js && wasm

package idbstore

import (
	"syscall/js"

	"timconv/core"
)

// marker is a core.Marker in localStorage, which a browser may keep where it
// deletes databases.
type marker struct{ key string }

// Marker returns that of the database of that name.
func Marker(name string) core.Marker { return marker{"timconv-stored:" + name} }

func (m marker) Set() {
	_ = attempt(func() { global("localStorage").Call("setItem", m.key, "1") })
}

func (m marker) IsSet() (is bool) {
	_ = attempt(func() { is = global("localStorage").Call("getItem", m.key).Type() == js.TypeString })
	return is
}
