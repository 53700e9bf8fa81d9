package model

import (
	"fmt"
	"slices"
)

// Codes of failures.
const (
	noSuccess      = 6003
	noConversation = 6004
	badParameters  = 6017
	notAllowed     = 7014
	tooManyMarked  = 51008
	noGroup        = 51009
	tooManyGroups  = 51010
)

func (g *Generator) create() {
	c := g.conv()
	if !c.exists {
		g.w.appear(c, g.now)
	}
	g.call("TIMConvCreate", c.id, c.kind)
	g.answer(0, c.json())
}

func (g *Generator) delete() {
	c := g.conv()
	c.remove(true, g.w.arrivals)
	g.call("TIMConvDelete", c.id, c.kind)
	g.answer(0, "")
}

// recvDelete tells of a deletion on another device.
func (g *Generator) recvDelete() {
	names, convs := g.names()
	for _, c := range convs {
		if c != nil {
			c.remove(true, g.w.arrivals)
		}
	}
	g.call("TIMRecvConvDelete", quoted(names))
	var refused []string
	for i, c := range convs {
		if c == nil {
			refused = append(refused, fmt.Sprintf(`{"index":%d,"code":%d,"info":%q}`, i, badParameters, "neither c2c_ nor group_ and an id"))
		}
	}
	code := 0
	if len(refused) == len(names) {
		code = badParameters
	}
	g.answer(code, array(refused))
}

func (g *Generator) deleteList() {
	names, convs := g.names()
	clear := g.chance(50)
	for _, c := range convs {
		if c != nil {
			c.remove(clear, g.w.arrivals)
		}
	}
	g.call("TIMConvDeleteConversationList", quoted(names), clear)
	g.results(names, convs, func(*conv) int { return 0 })
}

// names are up to four prefixed names, some of nobody, and their
// conversations, nil for what is no name.
func (g *Generator) names() (names []string, convs []*conv) {
	for range 1 + g.Intn(4) {
		if g.chance(3) {
			names, convs = append(names, "nobody"), append(convs, nil)
			continue
		}
		c := g.conv()
		names, convs = append(names, c.prefixed()), append(convs, c)
	}
	return names, convs
}

// results answers a batch call with the code that each conversation gets.
func (g *Generator) results(names []string, convs []*conv, each func(*conv) int) {
	texts := map[int]string{
		0: ok, noConversation: "the conversation does not exist", badParameters: "no conversation has such an id",
		tooManyMarked: "too many conversations are marked or have custom data",
	}
	code := noSuccess
	var list []string
	for i, name := range names {
		result := badParameters
		if convs[i] != nil {
			result = each(convs[i])
		}
		if result == 0 {
			code = 0
		}
		o := &object{}
		o.text("conversation_operation_result_conversation_id", name)
		o.int("conversation_operation_result_result_code", int64(result))
		o.text("conversation_operation_result_result_info", texts[result])
		list = append(list, o.String())
	}
	g.answer(code, array(list))
}

func (g *Generator) pin() {
	c, pin := g.conv(), g.chance(60)
	pinned := 0
	for _, other := range g.w.convs {
		if other.exists && other.pinned {
			pinned++
		}
	}
	g.call("TIMConvPinConversation", c.id, c.kind, pin)
	switch {
	case !c.exists:
		g.answer(noConversation, "")
	case pin && !c.pinned && pinned >= g.w.limits.Pinned:
		g.answer(notAllowed, "")
	default:
		c.pinned = pin
		g.answer(0, "")
	}
}

func (g *Generator) setDraft() {
	c := g.conv()
	text := fmt.Sprint("draft ", g.next())
	msg := fmt.Sprintf(`{"message_elem_array":[{"elem_type":0,"text_elem_content":%q}]}`, text)
	c.draft = fmt.Sprintf(`{"draft_edit_time":%d,"draft_msg":%s,"draft_user_define":"mine"}`, g.now/1000, msg)
	g.w.appear(c, g.now)
	g.callNow("TIMConvSetDraft", c.id, c.kind, fmt.Sprintf(`{"draft_msg":%s,"draft_user_define":"mine"}`, msg))
}

func (g *Generator) cancelDraft() {
	c := g.conv()
	c.draft = ""
	if g.chance(70) {
		g.callNow("TIMConvCancelDraft", c.id, c.kind)
		return
	}
	g.callNow("TIMConvSetDraft", c.id, c.kind, `{"draft_msg":{"message_elem_array":[{"elem_type":0,"text_elem_content":""}]},"draft_user_define":""}`)
}

func (g *Generator) mark() {
	names, convs := g.names()
	bits, set := pickOf[uint64](g, 1, 2, 4, 1<<33, 1|1<<33, 1<<63), g.chance(60)
	g.call("TIMConvMarkConversation", quoted(names), fmt.Sprint(bits), set)
	g.results(names, convs, func(c *conv) int {
		marked := 0
		for _, other := range g.w.convs {
			if other.exists && other.marks != 0 {
				marked++
			}
		}
		switch {
		case !c.exists:
			return noConversation
		case set && c.marks == 0 && marked >= g.w.limits.Marked:
			return tooManyMarked
		case set:
			c.marks |= bits
		default:
			c.marks &^= bits
		}
		return 0
	})
}

func (g *Generator) custom() {
	names, convs := g.names()
	data := pickOf(g, "", "a", "b", "c")
	g.call("TIMConvSetConversationCustomData", quoted(names), data)
	g.results(names, convs, func(c *conv) int {
		custom := 0
		for _, other := range g.w.convs {
			if other.exists && other.custom != "" {
				custom++
			}
		}
		switch {
		case !c.exists:
			return noConversation
		case c.custom == "" && data != "" && custom >= g.w.limits.Marked:
			return tooManyMarked
		}
		c.custom = data
		return 0
	})
}

// convUpdate tells what a server knows better.
func (g *Generator) convUpdate() {
	var list []string
	for range 1 + g.Intn(2) {
		c := g.conv()
		o := &object{}
		o.text("conv_id", c.id)
		o.int("conv_type", int64(c.kind))
		if g.chance(20) {
			c.name = pickOf(g, "", "Name", "Other name")
			o.text("conv_show_name", c.name)
		}
		if g.chance(15) {
			c.face = pickOf(g, "", "face", "other face")
			o.text("conv_face_url", c.face)
		}
		if c.group() && g.chance(30) {
			c.room = pickOf(g, 0, 0, 1, meeting, live)
			o.int("conv_group_type", int64(c.room))
		}
		if g.chance(20) {
			c.opt = pickOf(g, 0, 0, 1, 2, 3)
			o.int("conv_recv_opt", int64(c.opt))
		}
		if g.chance(50) {
			g.readElsewhere(o, c)
		}
		g.listedElsewhere(o, c)
		list = append(list, o.String())
	}
	g.call("TIMRecvConvUpdate", array(list))
	g.answer(0, "[]")
}

// readElsewhere is a read on another device: what it names is covered whenever
// it arrives.
func (g *Generator) readElsewhere(o *object, c *conv) {
	const always = 1 << 60
	if !c.group() {
		time := g.now/1000 - int64(g.Intn(40))
		o.int("conv_c2c_read_timestamp", time)
		c.readTo(time, always, 0, 0)
		return
	}
	seq := max(g.serverOf(c).seq-int64(g.Intn(20)), 1)
	o.int("conv_group_read_sequence", seq)
	c.readTo(c.secondOf(seq), g.w.arrivals, seq, always)
}

// listedElsewhere is what another device did with a conversation in the list.
func (g *Generator) listedElsewhere(o *object, c *conv) {
	if g.chance(10) {
		pin := g.chance(40)
		o.bool("conv_is_pinned", pin)
		c.pinned = c.exists && pin
	}
	if g.chance(10) {
		o.raw("conv_mark_array", "[1,8589934592]")
		if c.exists {
			c.marks = 1 | 1<<33
		}
	}
	if g.chance(10) {
		o.text("conv_custom_data", "theirs")
		if c.exists {
			c.custom = "theirs"
		}
	}
	if g.chance(10) {
		groups := pickOf(g, []string{}, []string{"work"}, []string{"play", "work"})
		o.raw("conv_conversation_group_array", quoted(groups))
		if c.exists {
			g.regroup(c, groups)
		}
	}
}

// regroup puts a conversation into these groups only.
func (g *Generator) regroup(c *conv, groups []string) {
	for _, group := range slices.Clone(c.groups) {
		if !slices.Contains(groups, group) {
			g.leave(c, group, 0)
		}
	}
	for _, group := range groups {
		if !slices.Contains(c.groups, group) {
			g.makeGroup(group)
			g.join(c, group)
		}
	}
}

// recvOpt sets the receive option of users, or of a group.
func (g *Generator) recvOpt() {
	c, opt := g.conv(), pickOf(g, 0, 0, 1, 2, 3, 4)
	if c.opt = opt; c.group() {
		g.call("TIMMsgSetGroupReceiveMessageOpt", c.id, opt)
	} else {
		other := g.w.convs[g.Intn(9)]
		other.opt = opt
		g.call("TIMMsgSetC2CReceiveMessageOpt", quoted([]string{c.id, other.id}), opt)
	}
	g.answer(0, "")
}

// mute sets the receive option for all conversations.
func (g *Generator) mute() {
	opt, start, length := pickOf(g, 0, 1, 2), g.Intn(1000), g.Intn(1000)
	g.w.muted = fmt.Sprintf(`{"msg_all_recv_msg_duration":%d,"msg_all_recv_msg_opt_level":%d,"msg_all_recv_msg_opt_start_hour":0,"msg_all_recv_msg_opt_start_minute":0,"msg_all_recv_msg_opt_start_second":0,"msg_all_recv_msg_opt_start_time_stamp":%d}`, length, opt, start)
	g.told.notices = append(g.told.notices, notice{"muted", g.w.muted, true, true})
	g.call("TIMMsgSetAllReceiveMessageOpt2", opt, start, length)
	g.answer(0, "")
}
