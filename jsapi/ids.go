package jsapi

import (
	"github.com/tidwall/gjson"

	"timconv/core"
)

// maxID is the longest id in bytes of UTF-8.
const maxID = 1024

// validID reports whether s can name a user, a group or a message.
func validID(s string) bool { return s != "" && len(s) <= maxID && wellFormed(s) }

// convType reads a conversation type from JSON: C2C or group, no other.
func convType(v gjson.Result) (core.ConvType, bool) {
	n, ok := uintOf(v)
	return core.ConvType(n), ok && (n == uint64(core.C2C) || n == uint64(core.Group))
}
