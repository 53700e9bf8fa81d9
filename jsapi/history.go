package jsapi

import (
	"slices"

	"timconv/core"
)

// Limits of TIMMsgGetMsgList.
const (
	defaultPage = 20
	maxPage     = 1000
)

func timMsgGetMsgList(_ *Module, c *core.Core, a *args) func() {
	h, ok := historyQuery(a.json(2, value.isObject))
	a.badJSON = a.badJSON || !ok && !a.badParam
	key, reply := a.conv(0), a.callback(3)
	return func() {
		c.Messages(key, h, func(page []*core.Message, conv *core.Conversation, err error) {
			code, text := outcome(err)
			texts := make([][]byte, len(page))
			for i, m := range page {
				texts[i] = messageJSON(m, conv)
			}
			reply(code, text, joined(texts))
		})
	}
}

// historyQuery reads what page of a history is asked for.
func historyQuery(v value) (h core.History, ok bool) {
	h.Count = defaultPage
	var kinds []uint64
	anywhere := false
	err := readMembers(v, func(key string, v value) (ok bool) {
		var n uint64
		switch key {
		case "msg_getmsglist_param_last_msg":
			var t core.Target
			if t, ok = messageTarget(v); ok && !empty(t) {
				h.Anchor = &t
			}
		case "msg_getmsglist_param_count":
			if n, ok = v.uint(); n > 0 {
				h.Count = int(min(n, maxPage))
			}
		case "msg_getmsglist_param_is_forward":
			h.After, ok = v.bool()
		case "msg_getmsglist_param_is_ramble", "msg_getmsglist_param_is_remble":
			anywhere, ok = v.bool() // there is no server to ask
		case "msg_getmsglist_param_last_msg_seq":
			h.Seq, ok = v.uint()
		case "msg_getmsglist_param_time_begin":
			n, ok = v.uint()
			h.Begin = int64(min(n, maxTime))
		case "msg_getmsglist_param_time_period":
			n, ok = v.uint()
			h.Period = int64(min(n, maxTime))
		case "msg_getmsglist_param_message_seq_array":
			h.Seqs, ok = uints(v)
		case "msg_getmsglist_param_message_type_array":
			kinds, ok = uints(v)
		default:
			return true
		}
		return ok
	})
	if len(kinds) > 0 && !anywhere {
		h.Picks = func(m *core.Message) bool { return hasElement(m, kinds) }
	}
	return h, err == nil
}

func uints(v value) (all []uint64, ok bool) {
	for _, element := range v.elements() {
		n, ok := element.uint()
		if !ok {
			return nil, false
		}
		all = append(all, n)
	}
	return all, v.isArray()
}

// hasElement reports whether a message has an element of one of these types.
func hasElement(m *core.Message, kinds []uint64) bool {
	found := false
	value(m.Raw).each(func(key string, v value) {
		if key != "message_elem_array" {
			return
		}
		found = false
		for _, element := range v.elements() {
			element.each(func(key string, v value) {
				if n, ok := v.uint(); key == "elem_type" && ok && slices.Contains(kinds, n) {
					found = true
				}
			})
		}
	})
	return found
}

func timMsgFindMessages(_ *Module, c *core.Core, a *args) func() {
	var targets []core.Target
	for _, v := range a.json(0, value.isArray).elements() {
		a.badJSON = a.badJSON || !v.isString()
		targets = append(targets, core.Target{ID: v.text()})
	}
	reply := a.callback(1)
	return func() { find(c, targets, reply) }
}

func timMsgFindByMsgLocatorList(_ *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	targets, reply := a.targets(2, key), a.callback(3)
	return func() { find(c, targets, reply) }
}

func find(c *core.Core, targets []core.Target, reply answer) {
	c.FindMessages(targets, func(found []core.Changed, err error) {
		code, text := outcome(err)
		reply(code, text, messagesJSON(found))
	})
}

func timMsgSaveMsg(m *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	v, reply := a.json(2, value.isObject), a.callback(3)
	if a.fault() != succeeded {
		return nil
	}
	msg, err := m.ownMessage(v, key, core.StatusSent)
	a.badJSON = err != nil
	return func() {
		msg.NoCount = true
		c.Save(msg, func(saved *core.Message, err error) {
			code, text := outcome(err)
			json := ""
			if saved != nil && err == nil {
				json = string(saved.Raw)
			}
			reply(code, text, json)
		})
	}
}

func timMsgImportMsgList(m *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	list, reply := a.json(2, value.isArray), a.callback(3)
	return func() {
		imported := func(v value) value {
			return value(v.withMembers(append(convFields(key), statusField(core.StatusImported))))
		}
		messagesIn(list, m.intake(), imported, (*core.Core).Import, c, func(code int, text, _ string) { reply(code, text, "") })
	}
}

// convFields name the conversation of a message.
func convFields(key core.ConvKey) []field {
	return []field{
		{key: "message_conv_id", text: quoted(key.ID)},
		{key: "message_conv_type", text: string('0' + rune(key.Type))},
	}
}

func (m *Module) intake() intake {
	return intake{self: m.LoginUserID(), now: m.now(), random: m.random()}
}
