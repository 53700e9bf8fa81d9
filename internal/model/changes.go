package model

import (
	"fmt"
	"slices"
	"strconv"
)

// A target names a message in one of several ways: stored, held back, or one
// that will never come.
type target struct {
	m    *message // nil: not stored
	id   string   // "": a locator
	conv *conv
	seq  int64
	rand int64
	time int64
}

// target picks a message to change.
func (g *Generator) target() target {
	if len(g.held) > 0 && g.chance(25) {
		m := g.complete(g.held[g.Intn(len(g.held))], sent)
		return g.targetOf(m, m.conv.find(m.ids[0])) // it may have been imported
	}
	if m := g.stored(); m != nil {
		return g.targetOf(m, m)
	}
	return target{id: fmt.Sprint("never", g.next())}
}

func (g *Generator) targetOf(m, stored *message) target {
	t := target{m: stored, conv: m.conv, id: m.ids[0]}
	if m.seq > 0 && g.chance(50) {
		t.id, t.seq, t.rand, t.time = "", m.seq, m.rand, m.time
	}
	return t
}

// object names the target as a Message object or a locator does.
func (t target) object(withConv bool) *object {
	o := &object{}
	switch {
	case t.id != "":
		o.text("message_msg_id", t.id)
		if withConv && t.conv != nil {
			o.text("message_conv_id", t.conv.id)
			o.int("message_conv_type", int64(t.conv.kind))
		}
	default:
		o.text("message_locator_conv_id", t.conv.id)
		o.int("message_locator_conv_type", int64(t.conv.kind))
		o.int("message_locator_seq", t.seq)
		o.int("message_locator_rand", t.rand)
		if !t.conv.group() || t.seq%2 == 0 {
			o.int("message_locator_time", t.time)
		}
	}
	return o
}

func (t target) pending() string {
	if t.id != "" {
		return pendingID(t.id)
	}
	return pendingAt(t.conv, t.seq, t.rand)
}

// changeOrKeep changes a message, or keeps the change for when it comes.
func (g *Generator) changeOrKeep(t target, now members) (changed bool) {
	if t.m != nil {
		return g.w.change(t.m, now)
	}
	before := g.w.pending[t.pending()]
	after := before.with(now)
	if slices.Equal(before, after) {
		return false
	}
	g.w.pending[t.pending()] = after
	return true
}

// recvRevoke tells of a message that was revoked elsewhere.
func (g *Generator) recvRevoke() {
	t := g.target()
	o := t.object(false)
	o.text("message_revoker_user_id", "ann")
	if g.chance(50) {
		o.text("message_revoke_reason", "why")
	}
	now := members{{"message_status", "6"}, {"message_revoker_user_id", `"ann"`}}
	if why := o.members.get("message_revoke_reason"); why != "" {
		now = append(now, member{"message_revoke_reason", why})
	}
	if g.changeOrKeep(t, now) {
		text := o.String()
		if t.m != nil {
			text = t.m.revocation()
		}
		g.told.notices = append(g.told.notices, notice{"revoked", text, true, true})
	}
	g.call("TIMRecvMsgRevoke", array([]string{o.String()}))
	g.answer(0, "[]")
}

// revocation is what is told of a message that was revoked.
func (m *message) revocation() string {
	o := &object{}
	o.text("message_locator_conv_id", m.conv.id)
	o.int("message_locator_conv_type", int64(m.conv.kind))
	o.bool("message_locator_is_revoked", true)
	o.bool("message_locator_is_self", m.fromSelf)
	o.int("message_locator_rand", m.rand)
	o.int("message_locator_seq", m.seq)
	o.int("message_locator_time", m.time)
	if unique := m.raw.get("message_unique_id"); unique != "" {
		o.raw("message_locator_unique_id", unique)
	} else {
		o.int("message_locator_unique_id", 0)
	}
	o.text("message_msg_id", m.ids[0])
	for _, f := range m.raw {
		if f.key == "message_revoker_user_id" || f.key == "message_revoke_reason" {
			o.raw(f.key, f.text)
		}
	}
	return o.String()
}

// version is what a newer version of a message says.
func (g *Generator) version() members {
	now := members{{"message_elem_array", g.elements()}}
	if g.chance(30) {
		now = append(now, member{"message_cloud_custom_str", quote(fmt.Sprint(g.Intn(3)))})
	}
	if g.chance(20) {
		now = append(now, member{"message_group_at_user_array", pickOf(g, `[]`, quoted([]string{Self}))})
	}
	if g.chance(10) {
		now = append(now, member{"message_excluded_from_last_message", strconv.FormatBool(g.chance(70))})
	}
	return now
}

// recvUpdate tells of a newer version of a message.
func (g *Generator) recvUpdate() {
	t := g.target()
	if t.id == "" { // by identity only: a version is a message
		t.id, t.seq = "never", 0
		if t.m != nil {
			t.id = t.m.ids[0]
		}
	}
	now := g.version()
	if g.changeOrKeep(t, now) && t.m != nil {
		g.told.notices = append(g.told.notices, notice{"updated", t.m.text, true, true})
	}
	o := append(t.object(t.m != nil && g.chance(50)).members, now...)
	g.call("TIMRecvMsgUpdate", array([]string{o.String()}))
	g.answer(0, "[]")
}

// recvReceipt tells what others have read.
func (g *Generator) recvReceipt() {
	c, o := g.conv(), &object{}
	o.text("msg_receipt_conv_id", c.id)
	o.int("msg_receipt_conv_type", int64(c.kind))
	changed := false
	if t := g.target(); t.id != "" && t.conv != nil && g.chance(60) {
		c = t.conv
		o = &object{}
		o.text("msg_receipt_conv_id", c.id)
		o.int("msg_receipt_conv_type", int64(c.kind))
		o.text("msg_receipt_msg_id", t.id)
		n := g.Intn(3)
		o.int("msg_receipt_read_count", int64(n))
		changed = g.changeOrKeep(t, members{{"message_group_receipt_read_count", strconv.Itoa(n)}})
	}
	if !c.group() && g.chance(70) {
		time := g.now/1000 - int64(g.Intn(40))
		o.int("msg_receipt_time_stamp", time)
		changed = changed || time > c.peerRead
		c.peerRead = max(c.peerRead, time)
	}
	if changed {
		g.told.notices = append(g.told.notices, notice{"receipt", o.String(), true, true})
	}
	g.call("TIMRecvMsgReadedReceipt", array([]string{o.String()}))
	g.answer(0, "[]")
}

// revoke is a call of this account.
func (g *Generator) revoke() {
	m := g.stored()
	if m == nil {
		g.create()
		return
	}
	g.call("TIMMsgRevoke", m.conv.id, m.conv.kind, g.named(m))
	if !m.conv.group() && !m.fromSelf || m.status == deleted || m.status == sending {
		g.answer(notAllowed, "")
		return
	}
	if g.w.change(m, members{{"message_status", "6"}, {"message_revoker_user_id", quote(Self)}}) {
		g.told.notices = append(g.told.notices, notice{"revoked", m.revocation(), false, true})
	}
	g.answer(0, "")
}

func (g *Generator) modify() {
	m := g.stored()
	if m == nil {
		g.create()
		return
	}
	now := g.version()
	o := members{{"message_msg_id", quote(m.ids[0])}}.with(now)
	g.call("TIMMsgModifyMessage", o.String())
	if m.gone() {
		g.answer(notAllowed, m.shown())
		return
	}
	if g.w.change(m, now) {
		g.told.notices = append(g.told.notices, notice{"updated", m.text, true, true})
	}
	g.answer(0, m.shown())
}

func (g *Generator) localCustom() {
	m := g.stored()
	if m == nil {
		g.create()
		return
	}
	now := members{{"message_custom_int", strconv.Itoa(g.Intn(5))}, {"message_custom_str", quote("mine")}}
	g.w.change(m, now)
	g.call("TIMMsgSetLocalCustomData", members{{"message_msg_id", quote(m.ids[0])}}.with(now).String())
	g.answer(0, "")
}
