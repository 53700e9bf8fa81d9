package jsapi

import "timconv/core"

// maxID is the longest id in bytes of UTF-8.
const maxID = 1024

// validID reports whether s can name a user, a group or a message.
func validID(s string) bool { return s != "" && len(s) <= maxID && wellFormed(s) }

// convType reads a conversation type from JSON: C2C or group, no other.
func convType(v value) (core.ConvType, bool) {
	n, ok := v.enum(uint64(core.Group))
	return core.ConvType(n), ok && n > 0
}
