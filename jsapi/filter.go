package jsapi

import "timconv/core"

// filter reads a filter, and how many of its conditions were given.
func (a *args) filter(i int) (f core.Filter, conditions int) {
	return a.filterOf(a.json(i, value.isObject))
}

// filterOf reads a filter that is part of an argument.
func (a *args) filterOf(v value) (f core.Filter, conditions int) {
	v.each(func(key string, v value) {
		if v.absent() {
			return
		}
		ok := true
		switch key {
		case "conversation_list_filter_conv_type":
			var n uint64
			if n, ok = v.uint(); ok && n > 0 {
				t, known := convType(v)
				f.Type = &t
				a.badParam = a.badParam || !known
			}
		case "conversation_list_filter_conversation_group":
			text := v.text()
			f.Group, ok = &text, v.isString()
		case "conversation_list_filter_mark_type":
			var bits uint64
			bits, ok = markBits(v)
			f.Marks = &bits
		case "without_mark_type":
			var bits uint64
			bits, ok = markBits(v)
			f.Without = &bits
		case "conversation_list_filter_has_unread_count":
			var is bool
			is, ok = v.bool()
			f.Unread = &is
		case "conversation_list_filter_has_group_at_info":
			var is bool
			is, ok = v.bool()
			f.At = &is
		default: // the electron wrapper leaves its cursor and count in here
			return
		}
		conditions++
		a.badJSON = a.badJSON || !ok
	})
	return f, conditions
}

// condition reads a filter that must have a condition.
func (a *args) condition(i int) core.Filter {
	f, conditions := a.filter(i)
	a.badJSON = a.badJSON || conditions == 0 && !a.badParam
	return f
}

func timConvGetConversationListByFilter(_ *Module, c *core.Core, a *args) func() {
	f, _ := a.filter(0)
	cursor, count, reply := a.uint(1), a.uint(2), a.callback(3)
	a.badJSON = a.badJSON || count == 0 && !a.badParam
	return func() {
		reply.read(c, listPage{}.json(), func(acc *core.Account) string { return filteredPage(acc, f, cursor, count).json() })
	}
}

// A listPage is a page of the list: next is the order key of its last row.
type listPage struct {
	texts [][]byte
	next  uint64
	more  bool
}

func (p listPage) json() string {
	w := &object{b: make([]byte, 0, 200+sizeOf(p.texts))}
	w.key("conversation_list_result_conv_list")
	w.b = appendJoined(w.b, p.texts)
	w.bool("conversation_list_result_is_finished", !p.more)
	w.uint("conversation_list_result_next_seq", p.next)
	return textOfBytes(w.end())
}

// filteredPage reads the page of conversations below a cursor; 0 is the top.
// Rows that share the order key of the last one come with it, so that the key
// alone tells where the next page begins.
func filteredPage(acc *core.Account, f core.Filter, cursor, count uint64) listPage {
	page := listPage{}
	pinned, active := orderKeyParts(cursor)
	acc.ConversationsBelow(pinned, active, func(c *core.Conversation) bool {
		if !f.Picks(c) {
			return true
		}
		key := orderKey(c)
		if uint64(len(page.texts)) >= count && key != page.next {
			page.more = true
			return false
		}
		page.texts = append(page.texts, c.Text(codec{}))
		page.next = key
		return true
	})
	return page
}

func timConvGetUnreadMessageCountByFilter(_ *Module, c *core.Core, a *args) func() {
	f, reply := a.condition(0), a.callback(1)
	return func() {
		reply.read(c, unreadJSON(0), func(acc *core.Account) string { return unreadJSON(acc.UnreadBy(f)) })
	}
}

func unreadJSON(total int) string {
	w := &object{}
	w.int("conv_get_total_unread_message_count_result_unread_count", int64(total))
	return string(w.end())
}

func timConvSubscribeUnreadMessageCountByFilter(_ *Module, c *core.Core, a *args) func() {
	f, text := a.condition(0), a.at(0).Text
	return func() { c.Subscribe(f, text()) }
}

func timConvUnsubscribeUnreadMessageCountByFilter(_ *Module, c *core.Core, a *args) func() {
	f := a.condition(0)
	return func() { c.Unsubscribe(f) }
}
