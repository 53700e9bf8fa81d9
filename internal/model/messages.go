package model

import (
	"fmt"
	"slices"
	"strconv"
)

var deletion = members{{"message_status", "4"}, {"message_elem_array", "[]"}}

func (g *Generator) deleteMessage() {
	m := g.stored()
	if m == nil {
		c := g.conv()
		g.call("TIMMsgDelete", c.id, c.kind, `{"msg_delete_param_msg":{"message_msg_id":"none"}}`)
		g.answer(badParameters, "")
		return
	}
	g.w.change(m, deletion)
	g.call("TIMMsgDelete", m.conv.id, m.conv.kind, fmt.Sprintf(`{"msg_delete_param_msg":%s,"msg_delete_param_is_remble":true}`, m.name()))
	g.answer(0, "")
}

// name names a message by its identity.
func (m *message) name() string { return members{{"message_msg_id", quote(m.ids[0])}}.String() }

func (g *Generator) deleteMessages() {
	c := g.conv()
	names := []string{`{"message_msg_id":"none"}`}
	code := badParameters
	for _, m := range c.messages {
		if g.chance(10) {
			names = append(names, m.name())
			g.w.change(m, deletion)
			code = 0
		}
	}
	g.call("TIMMsgListDelete", c.id, c.kind, array(names))
	g.answer(code, "")
}

func (g *Generator) clearHistory() {
	c := g.conv()
	if g.chance(50) {
		g.call("TIMMsgClearHistoryMessage", c.id, c.kind)
	} else {
		g.call("TIMMsgDelete", c.id, c.kind, `{"msg_delete_param_msg":{}}`)
	}
	if !c.exists {
		g.answer(noConversation, "")
		return
	}
	c.raiseFloor()
	c.clear()
	g.answer(0, "")
}

// emptyOut keeps conversations small enough for a model.
func (g *Generator) emptyOut(c *conv) {
	if !c.exists || g.chance(50) {
		c.remove(true, g.w.arrivals)
		g.call("TIMConvDelete", c.id, c.kind)
		g.answer(0, "")
		return
	}
	c.raiseFloor()
	c.clear()
	g.call("TIMMsgClearHistoryMessage", c.id, c.kind)
	g.answer(0, "")
}

// own is a Message object for a message that is made here.
func (g *Generator) own() members {
	n := g.next()
	raw := members{{"message_elem_array", g.elements()}, {"message_rand", strconv.Itoa(n)}}
	time := g.now/1000 - int64(g.Intn(20))
	if g.chance(50) {
		time = g.now / 1000
	}
	raw = append(raw, member{"message_client_time", strconv.FormatInt(time, 10)})
	if g.chance(10) {
		raw = append(raw, member{"message_excluded_from_last_message", "true"})
	}
	return raw
}

// made is such a message as it is kept.
func (g *Generator) made(raw members, c *conv, status int) *message {
	client, rand := raw.get("message_client_time"), raw.get("message_rand")
	now := members{{"message_conv_id", quote(c.id)}, {"message_conv_type", strconv.Itoa(c.kind)}, {"message_status", strconv.Itoa(status)}}
	sender := raw.get("message_sender")
	if sender == "" {
		sender = quote(Self)
		now = append(now, member{"message_sender", sender})
	}
	now = append(now, member{"message_is_from_self", strconv.FormatBool(sender == quote(Self))})
	if status == sending {
		now = append(now, members{{"message_server_time", "0"}, {"message_seq", "0"}, {"message_is_read", "true"}}...)
	} else {
		now = append(now, member{"message_server_time", client})
	}
	var time, n uint64
	fmt.Sscan(client, &time)
	fmt.Sscan(rand, &n)
	now = append(now, member{"message_unique_id", strconv.FormatUint(time<<32+n, 10)})
	m := g.complete(raw.with(now), status)
	m.local = true
	return m
}

// save inserts a message locally, of ours or of the other one.
func (g *Generator) save() {
	c, raw := g.conv(), g.own()
	if g.chance(30) {
		raw = append(raw, members{{"message_sender", `"ann"`}, {"message_is_read", "false"}}...)
	}
	m := g.made(raw, c, sent)
	m.noCount = true
	g.call("TIMMsgSaveMsg", c.id, c.kind, raw.String())
	g.w.store(m)
	g.w.lift(c, m)
	g.answer(0, m.text)
}

// importList stores messages of old, and some that are known.
func (g *Generator) importList() {
	c := g.conv()
	var texts []string
	for range 1 + g.Intn(3) {
		raw := g.said(c)
		switch {
		case len(g.held) > 0 && g.chance(30):
			if late := g.held[g.Intn(len(g.held))]; g.complete(late, sent).conv == c {
				raw = late
			}
		case len(c.messages) > 0 && g.chance(20):
			raw = c.messages[g.Intn(len(c.messages))].raw
		}
		texts = append(texts, raw.String())
		forced := members{{"message_conv_id", quote(c.id)}, {"message_conv_type", strconv.Itoa(c.kind)}, {"message_status", "5"}}
		m := g.complete(raw.with(forced), imported)
		if !c.outlives(m) && !slices.ContainsFunc(m.ids, func(id string) bool { return c.find(id) != nil }) {
			g.w.store(m)
		}
	}
	g.call("TIMMsgImportMsgList", c.id, c.kind, array(texts))
	g.answer(0, "")
}
