package jsapi

import (
	"github.com/tidwall/gjson"

	"timconv/core"
)

func timMsgReportReaded(_ *Module, c *core.Core, a *args) func() {
	to, ok := readUpTo(a.optionalJSON(2, isObject))
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
func readUpTo(v gjson.Result) (to core.ReadUpTo, ok bool) {
	ok = true
	var client, server uint64
	number := func(value gjson.Result, n *uint64) {
		if absent(value) {
			return
		}
		var good bool
		*n, good = uintOf(value)
		ok = ok && good
	}
	eachMember(v, func(key string, value gjson.Result) {
		switch key {
		case "message_msg_id":
			to.ID = textOf(value)
			ok = ok && (value.Type == gjson.String || absent(value))
		case "message_server_time":
			number(value, &server)
		case "message_client_time":
			number(value, &client)
		case "message_seq":
			number(value, &to.Seq)
		}
	})
	if server == 0 {
		server = client
	}
	if server < maxTime {
		to.Time = int64(server)
	}
	return to, ok
}
