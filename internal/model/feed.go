package model

import (
	"fmt"
	"slices"
	"strconv"
)

// said makes a message as a server delivers it: complete, but for what may be
// missing.
func (g *Generator) said(c *conv) members {
	n := g.next()
	o := &object{}
	own := g.chance(15)
	sender := pickOf(g, "ann", "bob")
	if own {
		sender = Self
	} else if !c.group() {
		sender = c.id
	}
	time, seq := g.now/1000-20+int64(g.Intn(24)), int64(0)
	if !c.group() {
		seq = int64(g.Intn(3) * n)
	} else if g.chance(90) {
		time, seq = g.serverOf(c).say(g)
	}
	clocked := !c.group() && g.chance(5) // brings no time at all
	if clocked || !g.chance(10) {
		o.text("message_msg_id", fmt.Sprint("m", n))
	} else { // its identity will be derived
		o.int("message_client_time", time)
	}
	if c.group() || own || g.chance(80) {
		o.text("message_conv_id", c.id)
		o.int("message_conv_type", int64(c.kind))
	}
	o.text("message_sender", sender)
	if !clocked {
		o.int("message_server_time", time)
	}
	o.int("message_seq", seq)
	o.int("message_rand", int64(n))
	if g.chance(50) {
		o.bool("message_is_from_self", own)
	}
	g.colour(o, c, own)
	o.raw("message_elem_array", g.elements())
	return o.members
}

// colour adds what makes messages count in different ways.
func (g *Generator) colour(o *object, c *conv, own bool) {
	if g.chance(50) {
		o.bool("message_is_read", own || g.chance(10))
	}
	if g.chance(10) {
		o.bool("message_is_excluded_from_unread_count", true)
	}
	if g.chance(10) {
		o.bool("message_excluded_from_last_message", true)
	}
	if own && g.chance(50) {
		o.bool("message_is_peer_read", false)
	}
	if c.group() && g.chance(5) {
		o.raw("message_target_group_member_array", `["ann"]`)
	}
	if c.group() && g.chance(25) {
		o.raw("message_group_at_user_array", quoted(pickOf(g, []string{Self}, []string{everybody}, []string{"bob", Self, everybody}, []string{"bob"})))
	}
	if !own && g.chance(20) {
		name := fmt.Sprint("name", g.Intn(5))
		o.raw("message_sender_profile", fmt.Sprintf(`{"user_profile_nick_name":%q,"user_profile_face_url":"face of %s"}`, name, name))
	}
}

func (g *Generator) elements() string {
	if g.chance(20) {
		return fmt.Sprintf(`[{"elem_type":3,"custom_elem_data":"%d"}]`, g.next())
	}
	return fmt.Sprintf(`[{"elem_type":0,"text_elem_content":"text %d"}]`, g.next())
}

func (g *Generator) serverOf(c *conv) *server {
	return g.groups[slices.IndexFunc(g.groups, func(s *server) bool { return s.conv == c })]
}

// say gives the next message of a group its time and sequence.
func (s *server) say(g *Generator) (time, seq int64) {
	s.seq += int64(1 + g.Intn(2))
	s.time = max(s.time, g.now/1000-int64(g.Intn(3)))
	return s.time, s.seq
}

// complete is a message as it is taken in: what was missing is filled in.
func (g *Generator) complete(raw members, status int) *message {
	sender := unquote(raw.get("message_sender"))
	raw = slices.Clone(raw).fill(members{{"message_conv_id", quote(sender)}, {"message_conv_type", "1"}})
	own := strconv.FormatBool(sender == Self)
	raw = raw.fill(members{{"message_is_from_self", own}, {"message_status", strconv.Itoa(status)}})
	client := raw.get("message_client_time")
	clocked := raw.get("message_server_time") == "" && client == ""
	if clocked {
		now := strconv.FormatInt(g.now/1000, 10)
		raw = append(raw, members{{"message_client_time", now}, {"message_server_time", now}}...)
	}
	native := ""
	if client != "" && client != "0" {
		native = sender + "-" + client + "-" + raw.get("message_rand")
		raw = raw.fill(members{{"message_msg_id", quote(native)}})
	}
	m := &message{raw: raw, clocked: clocked, ids: []string{unquote(raw.get("message_msg_id"))}}
	kind, id := raw.get("message_conv_type"), unquote(raw.get("message_conv_id"))
	for _, c := range g.w.convs {
		if strconv.Itoa(c.kind) == kind && c.id == id {
			m.conv = c
		}
	}
	m.readAgain()
	if m.fromSelf && native != "" && native != m.ids[0] {
		m.ids = append(m.ids, native)
	}
	return m
}

func unquote(s string) string {
	if len(s) < 2 {
		return ""
	}
	return s[1 : len(s)-1]
}

// recvNew feeds some messages: new ones, late ones, and some once more.
func (g *Generator) recvNew() {
	var texts []string
	for range 1 + g.Intn(4) {
		raw := g.arrival()
		if raw == nil {
			continue
		}
		texts = append(texts, raw.String())
		g.w.receive(g.complete(raw, sent), &g.told)
	}
	g.call("TIMRecvNewMsg", array(texts))
	g.answer(0, "[]")
}

// arrival is the next message to arrive, nil where it is held back.
func (g *Generator) arrival() members {
	switch {
	case len(g.held) > 0 && g.chance(25):
		i := g.Intn(len(g.held))
		raw := g.held[i]
		g.held = slices.Delete(g.held, i, i+1)
		return g.arrived(raw)
	case len(g.fed) > 0 && g.chance(15):
		return g.fed[g.Intn(len(g.fed))]
	}
	raw := g.said(g.conv())
	if g.chance(15) && len(g.held) < 40 {
		g.held = append(g.held, raw)
		return nil
	}
	return g.arrived(raw)
}

// arrived keeps a message, to feed it once more.
func (g *Generator) arrived(raw members) members {
	if g.fed = append(g.fed, raw); len(g.fed) > 300 {
		g.fed = g.fed[100:]
	}
	return raw
}

// recvOnline feeds a message that is not stored.
func (g *Generator) recvOnline() {
	raw := append(g.said(g.conv()), member{"message_is_online_msg", "true"})
	g.w.receive(g.complete(raw, sent), &g.told)
	g.call("TIMRecvNewMsg", array([]string{raw.String()}))
	g.answer(0, "[]")
}
