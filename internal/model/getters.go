package model

import (
	"fmt"
	"slices"
	"strconv"
)

// List is the conversation list as JSON, in order.
func (g *Generator) List() string {
	var rows []string
	for _, c := range g.w.list() {
		rows = append(rows, g.seen.rows[c])
	}
	return array(rows)
}

// Order is the list's prefixed names, in order.
func (g *Generator) Order() []string {
	names := []string{}
	for _, c := range g.w.list() {
		names = append(names, c.prefixed())
	}
	return names
}

// asked is a call that changes nothing.
func (g *Generator) asked(name, json string, args ...any) *Step {
	return &Step{Now: g.now, Call: name, Args: append(args, Callback("cb"), nil), Posts: []Post{answer("cb", 0, json)}}
}

func unreadJSON(n int) string {
	return fmt.Sprintf(`{"conv_get_total_unread_message_count_result_unread_count":%d}`, n)
}

// Totals asks for the total and for that of every filter.
func (g *Generator) Totals() []*Step {
	steps := []*Step{g.asked("TIMConvGetTotalUnreadMessageCount", unreadJSON(g.w.total()))}
	for _, f := range filters {
		steps = append(steps, g.asked("TIMConvGetUnreadMessageCountByFilter", unreadJSON(g.w.totalOf(f)), f.text))
	}
	return steps
}

// Getters asks for everything that can be asked for.
func (g *Generator) Getters() []*Step {
	steps := append(g.Totals(), g.asked("TIMConvGetConvList", g.List()),
		g.asked("TIMConvGetConversationGroupList", quoted(g.w.groups)),
		g.asked("TIMConvVerify", "[]"))
	if g.w.muted != "" {
		steps = append(steps, g.asked("TIMMsgGetAllReceiveMessageOpt", g.w.muted))
	}
	var query, rows, users, options []string
	for _, c := range g.w.convs {
		query = append(query, fmt.Sprintf(`{"get_conversation_list_param_conv_id":%q,"get_conversation_list_param_conv_type":%d}`, c.id, c.kind))
		if c.exists {
			rows = append(rows, g.seen.rows[c])
		}
		if !c.group() {
			users = append(users, c.id)
			options = append(options, fmt.Sprintf(`{"msg_recv_msg_opt_result_identifier":%q,"msg_recv_msg_opt_result_opt":%d}`, c.id, c.opt))
		}
		steps = append(steps, g.historyOf(c)...)
	}
	steps = append(steps, g.asked("TIMConvGetConvInfo", array(rows), array(query)),
		g.asked("TIMMsgGetC2CReceiveMessageOpt", array(options), quoted(users)))
	for _, f := range filters {
		steps = append(steps, g.filtered(f)...)
	}
	return steps
}

// filtered asks for the pages of the conversations that a filter picks.
func (g *Generator) filtered(f filter) []*Step {
	var steps []*Step
	size, cursor := 1+g.Intn(6), int64(0)
	for {
		var rows []string
		next, finished := int64(0), true
		for _, c := range g.w.list() {
			key := c.orderKey()
			if !f.picks(c) || cursor > 0 && key >= cursor {
				continue
			}
			if len(rows) >= size && key != next { // equal keys share a page
				finished = false
				break
			}
			rows, next = append(rows, g.seen.rows[c]), key
		}
		steps = append(steps, g.asked("TIMConvGetConversationListByFilter", fmt.Sprintf(
			`{"conversation_list_result_conv_list":%s,"conversation_list_result_is_finished":%t,"conversation_list_result_next_seq":%d}`,
			array(rows), finished, next), f.text, int(cursor), size))
		if finished {
			return steps
		}
		cursor = next
	}
}

// historyOf asks for all messages of a conversation, and why they count.
func (g *Generator) historyOf(c *conv) []*Step {
	var all, ids, found []string
	counted := 0
	for _, m := range slices.Backward(c.sorted()) {
		if m.status != deleted {
			all = append(all, m.shown())
		}
		ids, found = append(ids, m.ids[len(m.ids)-1]), append(found, m.shown())
		if m.countable() && !c.hasRead(m) && !(c.group() && c.room == live) {
			counted++
		}
	}
	steps := []*Step{
		g.asked("TIMMsgGetMsgList", array(all), c.id, c.kind, `{"msg_getmsglist_param_last_msg":null,"msg_getmsglist_param_count":1000}`),
		g.asked("TIMMsgFindMessages", array(found), quoted(ids)),
	}
	if len(c.messages) > 0 {
		explained := g.asked("TIMConvExplainUnread", fmt.Sprintf(`{"conv_unread_num":%d,"stored":%d,"in_list":%t}`, counted, len(c.messages), c.exists), c.id, c.kind)
		explained.Subset = true
		steps = append(steps, explained)
	}
	return steps
}

// history asks for a page of a history.
func (g *Generator) history() {
	c := g.conv()
	if c.group() && g.chance(20) {
		g.bySequence(c)
		return
	}
	o := &object{}
	all := c.sorted()
	forward, count := g.chance(50), 1+g.Intn(8)
	o.int("msg_getmsglist_param_count", int64(count))
	o.bool("msg_getmsglist_param_is_forward", forward)
	in := func(*message) bool { return true }
	switch {
	case len(all) > 0 && g.chance(60):
		anchor := all[g.Intn(len(all))]
		o.raw("msg_getmsglist_param_last_msg", g.named(anchor))
		in = func(m *message) bool { return m != anchor && anchor.before(m) == forward }
	case c.group() && g.chance(50):
		seq := max(g.serverOf(c).seq-int64(g.Intn(20)), 1)
		second := c.secondOf(seq)
		o.int("msg_getmsglist_param_last_msg_seq", seq)
		in = func(m *message) bool {
			if forward {
				return m.at(second, seq, 0) > 0
			}
			return m.at(second, seq+1, 0) < 0
		}
	}
	begin, period := int64(0), int64(0)
	if g.chance(30) {
		begin, period = g.now/1000-int64(g.Intn(30)), int64(g.Intn(20))
		o.int("msg_getmsglist_param_time_begin", begin)
		o.int("msg_getmsglist_param_time_period", period)
	}
	kind := ""
	if g.chance(20) {
		kind = `"elem_type":3`
		o.raw("msg_getmsglist_param_message_type_array", "[3]")
	}
	g.call("TIMMsgGetMsgList", c.id, c.kind, o.String())
	g.answer(0, array(pageOf(all, forward, count, func(m *message) bool {
		return in(m) && within(m.time, begin, period, forward) && m.status != deleted && contains(m.raw.get("message_elem_array"), kind)
	})))
}

// bySequence asks for messages of a group by their sequences.
func (g *Generator) bySequence(c *conv) {
	var seqs, found []string
	for _, m := range slices.Backward(c.sorted()) {
		if m.seq > 0 && g.chance(20) {
			seqs = append(seqs, strconv.FormatInt(m.seq, 10))
			if m.status != deleted {
				found = append(found, m.shown())
			}
		}
	}
	seqs = append(seqs, strconv.FormatInt(g.serverOf(c).seq+1, 10))
	g.call("TIMMsgGetMsgList", c.id, c.kind, fmt.Sprintf(`{"msg_getmsglist_param_message_seq_array":%s}`, array(seqs)))
	g.answer(0, array(found))
}

func contains(text, part string) bool {
	for i := 0; i+len(part) <= len(text); i++ {
		if text[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

// within reports whether a second lies in a period that begins at another and
// runs in the page's direction.
func within(second, begin, period int64, forward bool) bool {
	if begin == 0 {
		return true
	}
	if !forward {
		return second <= begin && (period == 0 || second >= begin-period)
	}
	return second >= begin && (period == 0 || second <= begin+period)
}

// pageOf is a page of the messages that are in it, the newest first.
func pageOf(all []*message, forward bool, count int, in func(*message) bool) []string {
	var page []*message
	for _, m := range all {
		if in(m) {
			page = append(page, m)
		}
	}
	if forward {
		page = page[:min(count, len(page))]
	} else {
		page = page[max(0, len(page)-count):]
	}
	var texts []string
	for _, m := range slices.Backward(page) {
		texts = append(texts, m.shown())
	}
	return texts
}

// find asks for messages by identity, or by locators.
func (g *Generator) find() {
	c := g.conv()
	var locators, found []string
	for _, m := range c.messages {
		if m.seq > 0 && g.chance(20) {
			locators = append(locators, members{{"message_locator_seq", strconv.FormatInt(m.seq, 10)},
				{"message_locator_rand", strconv.FormatInt(m.rand, 10)}, {"message_locator_time", strconv.FormatInt(m.time, 10)}}.String())
			found = append(found, m.shown())
		}
	}
	locators = append(locators, `{"message_locator_seq":1,"message_locator_rand":1,"message_locator_time":1}`)
	g.call("TIMMsgFindByMsgLocatorList", c.id, c.kind, array(locators))
	g.answer(0, array(found))
}
