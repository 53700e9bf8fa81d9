package jsapi

import (
	"timconv/core"
)

func timMsgReportReaded(_ *Module, c *core.Core, a *args) func() {
	to, ok := readUpTo(a.optionalJSON(2, value.isObject))
	if !ok {
		a.badJSON = true
	}
	kind, reply := a.convType(1), a.callback(3)
	all := !a.given(0)
	key := core.ConvKey{Type: kind}
	if !all {
		key.ID = a.id(0)
	}
	return func() {
		if all {
			c.MarkAllRead(kind, reply.plain)
		} else {
			c.MarkRead(key, to, reply.plain)
		}
	}
}

// readUpTo reads which message a Message object names. An empty object names
// none.
func readUpTo(v value) (to core.ReadUpTo, ok bool) {
	var client, server uint64
	err := readMembers(v, func(key string, v value) (ok bool) {
		switch key {
		case "message_msg_id":
			to.ID = v.text()
			return v.isString()
		case "message_server_time":
			server, ok = v.uint()
		case "message_client_time":
			client, ok = v.uint()
		case "message_seq":
			to.Seq, ok = v.uint()
		default:
			return true
		}
		return ok
	})
	if server == 0 {
		server = client
	}
	if server < maxTime {
		to.Time = int64(server)
	}
	return to, err == nil
}
