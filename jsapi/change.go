package jsapi

import (
	"strconv"

	"timconv/core"
)

// maxDeleted is how many messages TIMMsgListDelete takes.
const maxDeleted = 50

// deletion is what becomes of a message that is deleted: it stays known, but
// what it said goes.
var deletion = objectOf([]field{statusField(core.StatusDeleted), {key: "message_elem_array", text: "[]"}})

func timMsgDelete(_ *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	var t core.Target
	all := false
	err := readMembers(a.json(2, value.isObject), func(key string, v value) (ok bool) {
		switch key {
		case "msg_delete_param_msg":
			all = v.isObject() && len(membersOf(v)) == 0
			t, ok = messageTarget(v)
			return ok
		case "msg_delete_param_is_ramble", "msg_delete_param_is_remble":
			_, ok = v.bool()
			return ok
		}
		return true
	})
	a.badJSON = a.badJSON || err != nil && !a.badParam
	a.badParam = a.badParam || !a.badJSON && !all && empty(t) // only {} stands for all messages
	reply := a.callback(3)
	return func() {
		if all {
			c.ClearHistory(key, reply.plain)
			return
		}
		t.Conv = key
		c.ChangeMessages("delete message", []core.Change{{Target: t, What: deletion}}, reply.changed(nil))
	}
}

func timMsgListDelete(_ *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	targets, reply := a.targets(2, key), a.callback(3)
	a.badJSON = a.badJSON || len(targets) == 0 && !a.badParam
	return func() {
		if len(targets) > maxDeleted {
			reply(codeInvalidParameters, "more than 50 messages in one call", "")
			return
		}
		changes := make([]core.Change, len(targets))
		for i, t := range targets {
			changes[i] = core.Change{Target: t, What: deletion}
		}
		c.ChangeMessages("delete messages", changes, reply.changed(nil))
	}
}

// changed answers a call that changes messages: it succeeds where one was
// changed, with what show makes of the first.
func (reply answer) changed(show func(core.Changed) string) func([]core.Changed, error) {
	return func(results []core.Changed, err error) {
		for i := 0; i < len(results) && err == nil; i++ {
			if results[i].Err == nil {
				json := ""
				if show != nil {
					json = show(results[i])
				}
				reply(succeeded, okText, json)
				return
			}
		}
		json := ""
		if err == nil && len(results) > 0 {
			if err = results[0].Err; show != nil && results[0].Message != nil {
				json = show(results[0])
			}
		}
		code, text := outcome(err)
		reply(code, text, json)
	}
}

func timMsgClearHistoryMessage(_ *Module, c *core.Core, a *args) func() {
	key, reply := a.conv(0), a.callback(2)
	return func() { c.ClearHistory(key, reply.plain) }
}

func timMsgRevoke(m *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	t, reply := a.target(2, key), a.callback(3)
	a.badParam = a.badParam || empty(t) && !a.badJSON
	return func() {
		fields := []field{statusField(core.StatusRevoked)}
		if self := m.LoginUserID(); self != "" {
			fields = append(fields, field{key: "message_revoker_user_id", text: quoted(self)})
		}
		change := core.Change{
			Target: t, What: objectOf(fields), Notice: core.NoticeRevoked, Tell: revokeInfo, Silent: true,
			May: func(msg *core.Message) error {
				if key.Type == core.C2C && !msg.FromSelf || msg.Status == core.StatusDeleted || msg.Status == core.StatusSending {
					return &core.Error{Code: core.CodeNotAllowed, Op: "revoke"}
				}
				return nil
			},
		}
		c.ChangeMessages("revoke", []core.Change{change}, reply.changed(nil))
	}
}

// revokeInfo is what TIMSetMsgRevokeCallback gets about a message.
func revokeInfo(m *core.Message) []byte {
	if m == nil {
		return nil
	}
	w := &object{}
	unique := value("0")
	var revoker []field
	value(m.Raw).each(func(key string, v value) {
		switch key {
		case "message_unique_id":
			unique = v
		case "message_revoker_user_id", "message_revoker_nick_name", "message_revoker_face_url", "message_revoke_reason":
			revoker = append(revoker, field{key: key, text: string(v)})
		}
	})
	w.text("message_locator_conv_id", m.Conv.ID)
	w.uint("message_locator_conv_type", uint64(m.Conv.Type))
	w.bool("message_locator_is_revoked", true)
	w.bool("message_locator_is_self", m.FromSelf)
	w.uint("message_locator_rand", m.Rand)
	w.uint("message_locator_seq", m.At.Seq)
	w.int("message_locator_time", m.At.Time)
	w.raw("message_locator_unique_id", string(unique))
	w.text("message_msg_id", m.ID)
	for _, f := range revoker {
		w.raw(f.key, f.text)
	}
	return w.end()
}

// settled are the members of a message that no later version of it replaces:
// its identity, its place, and what this account did with it.
var settled = map[string]bool{
	"message_conv_id": true, "message_conv_type": true, "message_msg_id": true, "message_unique_id": true,
	"message_sender": true, "message_is_from_self": true, "message_client_time": true, "message_server_time": true,
	"message_seq": true, "message_rand": true, "message_is_read": true, "message_is_peer_read": true,
	"message_custom_int": true, "message_custom_str": true,
}

// newVersion are the members of a message that take the place of older ones.
func newVersion(v value, own bool) []field {
	var fields []field
	for _, f := range membersOf(v) {
		if !settled[f.key] && !(own && f.key == "message_status") {
			fields = append(fields, f)
		}
	}
	return fields
}

func timMsgModifyMessage(_ *Module, c *core.Core, a *args) func() {
	v := a.json(0, value.isObject)
	t, ok := messageTarget(v)
	a.badJSON = a.badJSON || !a.badParam && (!ok || !fits(v))
	a.badParam = a.badParam || !a.badJSON && empty(t)
	reply := a.callback(1)
	return func() {
		change := core.Change{
			Target: t, What: objectOf(newVersion(v, true)), Notice: core.NoticeUpdated, Tell: rawOf,
			May: func(msg *core.Message) error {
				if msg.Status == core.StatusRevoked || msg.Status == core.StatusDeleted {
					return &core.Error{Code: core.CodeNotAllowed, Op: "modify"}
				}
				return nil
			},
		}
		c.ChangeMessages("modify", []core.Change{change}, reply.changed(func(r core.Changed) string {
			return string(messageJSON(r.Message, r.Conv))
		}))
	}
}

func rawOf(m *core.Message) []byte {
	if m == nil {
		return nil
	}
	return m.Raw
}

// fits reports whether a Message object's members can be taken.
func fits(v value) bool { return readMembers(v, (&incoming{}).read) == nil }

func timMsgSetLocalCustomData(_ *Module, c *core.Core, a *args) func() {
	v := a.json(0, value.isObject)
	t, ok := messageTarget(v)
	var fields []field
	err := readMembers(v, func(key string, v value) (ok bool) {
		switch key {
		case "message_custom_int":
			var n uint64
			n, ok = v.uint()
			fields = append(fields, field{key: key, text: strconv.FormatUint(n, 10)})
		case "message_custom_str":
			ok = v.isString()
			fields = append(fields, field{key: key, text: string(v)})
		default:
			return true
		}
		return ok
	})
	a.badJSON = a.badJSON || !a.badParam && (!ok || err != nil)
	a.badParam = a.badParam || !a.badJSON && empty(t)
	reply := a.callback(1)
	return func() {
		c.ChangeMessages("set local custom data", []core.Change{{Target: t, What: objectOf(fields)}}, reply.changed(nil))
	}
}
