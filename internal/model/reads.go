package model

// clean is a read of one conversation, or of many.
func (g *Generator) clean() {
	var time, seq int64
	if g.chance(50) {
		time = g.now/1000 - int64(g.Intn(30))
	}
	c := g.conv()
	if g.chance(50) {
		seq = g.groups[g.Intn(len(g.groups))].seq - int64(g.Intn(20))
		if c.group() {
			seq = g.serverOf(c).seq - int64(g.Intn(20))
		}
		seq = max(seq, 0)
	}
	name := c.prefixed()
	if g.chance(10) {
		kind := 1 + g.Intn(2)
		name = map[int]string{c2c: "c2c", group: "group"}[kind]
		g.readMany(kind, time, seq)
		g.answer(0, "")
	} else {
		g.readOne(c, time, seq)
	}
	g.call("TIMConvCleanConversationUnreadMessageCount", name, int(time), int(seq))
}

// readOne reads one conversation up to a second, or a sequence in groups.
func (g *Generator) readOne(c *conv, time, seq int64) {
	if !c.exists {
		g.answer(noConversation, "")
		return
	}
	if c.group() {
		c.readUpTo(0, seq, g.w.arrivals)
	} else {
		c.readUpTo(time, 0, g.w.arrivals)
	}
	g.answer(0, "")
}

// readMany reads the conversations of a kind, 0 for all, in which something is
// unread.
func (g *Generator) readMany(kind int, time, seq int64) {
	for _, c := range g.w.convs {
		if !c.exists || kind != 0 && c.kind != kind || c.unread() == 0 && len(c.mentions()) == 0 {
			continue
		}
		if c.group() {
			c.readUpTo(0, seq, g.w.arrivals)
		} else {
			c.readUpTo(time, 0, g.w.arrivals)
		}
	}
}

func (g *Generator) reportRead() {
	c := g.conv()
	if g.chance(10) {
		g.readMany(c.kind, 0, 0)
		g.call("TIMMsgReportReaded", nil, c.kind, nil)
		g.answer(0, "")
		return
	}
	if len(c.messages) == 0 || g.chance(40) {
		g.readOne(c, 0, 0)
		g.call("TIMMsgReportReaded", c.id, c.kind, nil)
		return
	}
	m := c.messages[g.Intn(len(c.messages))]
	g.call("TIMMsgReportReaded", c.id, c.kind, g.named(m))
	if !c.exists {
		g.answer(noConversation, "")
		return
	}
	seq := m.seq
	if c.group() && seq == 0 { // those with a sequence are read up to its second
		for _, n := range c.messages {
			if !m.before(n) {
				seq = max(seq, n.seq)
			}
		}
	}
	c.readTo(min(m.time, c.maxTime), g.w.arrivals, min(seq, c.maxSeq), g.w.arrivals)
	g.answer(0, "")
}

func (g *Generator) readAll() {
	g.readMany(0, 0, 0)
	g.call("TIMMsgMarkAllMessageAsRead")
	g.answer(0, "")
}

// named is a Message object that names a message: by identity or in full.
func (g *Generator) named(m *message) string {
	if g.chance(50) {
		o := &object{}
		o.text("message_msg_id", pickOf(g, m.ids...))
		return o.String()
	}
	return m.text
}
