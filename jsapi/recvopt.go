package jsapi

import "timconv/core"

// maxRecvOptUsers is how many users TIMMsgSetC2CReceiveMessageOpt takes.
const maxRecvOptUsers = 30

// recvOpt reads a TIMReceiveMessageOpt.
func (a *args) recvOpt(i int) uint8 {
	n := a.uint(i)
	a.badParam = a.badParam || n > maxRecvOpt
	return uint8(n)
}

// users reads an array of user ids.
func (a *args) users(i int) []core.ConvKey {
	var keys []core.ConvKey
	for _, v := range a.json(i, value.isArray).elements() {
		a.badJSON = a.badJSON || !v.isString()
		a.badParam = a.badParam || v.isString() && !validID(v.text())
		keys = append(keys, core.ConvKey{Type: core.C2C, ID: v.text()})
	}
	a.badJSON = a.badJSON || len(keys) == 0 && !a.badParam
	return keys
}

func timMsgSetC2CReceiveMessageOpt(_ *Module, c *core.Core, a *args) func() {
	keys, opt, reply := a.users(0), a.recvOpt(1), a.callback(2)
	return func() {
		if len(keys) > maxRecvOptUsers {
			reply(codeInvalidParameters, "more than 30 users in one call", "")
			return
		}
		updates := make([]core.ConvUpdate, len(keys))
		for i, key := range keys {
			updates[i] = core.ConvUpdate{Key: key, RecvOpt: &opt}
		}
		c.UpdateConversations(updates, reply.plain)
	}
}

func timMsgSetGroupReceiveMessageOpt(_ *Module, c *core.Core, a *args) func() {
	key := core.ConvKey{Type: core.Group, ID: a.id(0)}
	opt, reply := a.recvOpt(1), a.callback(2)
	return func() {
		c.UpdateConversations([]core.ConvUpdate{{Key: key, RecvOpt: &opt}}, reply.plain)
	}
}

func timMsgGetC2CReceiveMessageOpt(_ *Module, c *core.Core, a *args) func() {
	keys, reply := a.users(0), a.callback(1)
	return func() {
		reply.read(c, "[]", func(acc *core.Account) string {
			list := array{}
			for _, key := range keys {
				w := &object{}
				w.text("msg_recv_msg_opt_result_identifier", key.ID)
				w.uint("msg_recv_msg_opt_result_opt", uint64(acc.RecvOpt(key)))
				list.add(w.end())
			}
			return list.text()
		})
	}
}

// A muting is the receive option for all conversations: daily from a time of
// day, or once from a second on.
type muting struct {
	opt                  uint8
	hour, minute, second uint64
	stamp, duration      uint64
}

func (g muting) json() []byte {
	w := &object{}
	w.uint("msg_all_recv_msg_duration", g.duration)
	w.uint("msg_all_recv_msg_opt_level", uint64(g.opt))
	w.uint("msg_all_recv_msg_opt_start_hour", g.hour)
	w.uint("msg_all_recv_msg_opt_start_minute", g.minute)
	w.uint("msg_all_recv_msg_opt_start_second", g.second)
	w.uint("msg_all_recv_msg_opt_start_time_stamp", g.stamp)
	return w.end()
}

func (g muting) set(c *core.Core, reply answer) {
	c.SetMuted(g.json(), g.json(), reply.plain)
}

func timMsgSetAllReceiveMessageOpt(_ *Module, c *core.Core, a *args) func() {
	g := muting{opt: a.recvOpt(0), hour: a.uint(1), minute: a.uint(2), second: a.uint(3), duration: a.uint(4)}
	a.badParam = a.badParam || g.hour > 23 || g.minute > 59 || g.second > 59
	reply := a.callback(5)
	return func() { g.set(c, reply) }
}

func timMsgSetAllReceiveMessageOpt2(_ *Module, c *core.Core, a *args) func() {
	g := muting{opt: a.recvOpt(0), stamp: a.uint(1), duration: a.uint(2)}
	reply := a.callback(3)
	return func() { g.set(c, reply) }
}

func timMsgGetAllReceiveMessageOpt(_ *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		reply.read(c, mutedJSON(nil), func(acc *core.Account) string { return mutedJSON(acc.Muted()) })
	}
}

// mutedJSON is the receive option for all conversations, as it was set or as it
// is where it never was.
func mutedJSON(set []byte) string {
	if len(set) == 0 {
		set = muting{}.json()
	}
	return string(set)
}
