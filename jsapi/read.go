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
			c.MarkAllRead(kind, core.ReadUpTo{}, reply.plain)
		} else {
			c.MarkRead(key, to, reply.plain)
		}
	}
}

func timMsgMarkAllMessageAsRead(_ *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() { c.MarkAllRead(0, core.ReadUpTo{}, reply.plain) }
}

// The names that stand for all conversations of a type.
const (
	allC2C    = "c2c"
	allGroups = "group"
)

func timConvCleanConversationUnreadMessageCount(_ *Module, c *core.Core, a *args) func() {
	var key core.ConvKey
	all, kind := false, core.ConvType(0)
	if !a.given(0) {
		all = true
	} else if name := a.text(0); name == allC2C || name == allGroups {
		all, kind = true, core.C2C
		if name == allGroups {
			kind = core.Group
		}
	} else {
		var ok bool
		key, ok = convName(name)
		a.badConv = !ok
	}
	to := core.ReadUpTo{Time: int64(min(a.uint(1), maxTime)), Seq: a.uint(2)}
	reply := a.callback(3)
	return func() {
		switch {
		case all:
			c.MarkAllRead(kind, to, reply.plain)
		case key.Type == core.C2C:
			c.MarkRead(key, core.ReadUpTo{Time: to.Time}, reply.plain)
		default:
			c.MarkRead(key, core.ReadUpTo{Seq: to.Seq}, reply.plain)
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
	to.Time = int64(min(server, maxTime)) // what is later than all that is stored reads all of it
	return to, err == nil
}
