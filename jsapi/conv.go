package jsapi

import (
	"timconv/core"
)

func timConvCreate(_ *Module, c *core.Core, a *args) func() {
	key, reply := a.conv(0), a.callback(2)
	return func() {
		c.Create(key, func(created *core.Conversation, err error) {
			code, text := outcome(err)
			info := ""
			if err == nil {
				info = string(created.Text(codec{}))
			}
			reply(code, text, info)
		})
	}
}

func timConvDelete(_ *Module, c *core.Core, a *args) func() {
	key, reply := a.conv(0), a.callback(2)
	return func() {
		c.Delete(key, reply.plain)
	}
}

// read answers with what show makes of the account, in JSON; with failed where
// the account cannot be had.
func (reply answer) read(c *core.Core, failed string, show func(acc *core.Account) string) {
	json := failed
	c.Read(func(acc *core.Account) { json = show(acc) }, func(err error) {
		code, text := outcome(err)
		reply(code, text, json)
	})
}

// plain answers a call that has no result.
func (reply answer) plain(err error) {
	code, text := outcome(err)
	reply(code, text, "")
}

func timConvGetConvList(m *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		reply.read(c, "[]", func(acc *core.Account) string {
			size := 2
			acc.Conversations(func(conv *core.Conversation) bool {
				size += len(conv.Text(codec{})) + 1
				return true
			})
			list := array{b: m.of(c).listBuffer(size)}
			acc.Conversations(func(conv *core.Conversation) bool {
				list.add(conv.Text(codec{}))
				return true
			})
			return list.text()
		})
	}
}

// listBuffer is room for a list. One buffer serves list after list: it is as
// large as everything there is, and its text has crossed before the next one is
// written.
func (a *account) listBuffer(size int) []byte {
	if a == nil { // it is being closed
		return nil
	}
	if cap(a.list) < size {
		a.list = make([]byte, 0, size+size/8)
	}
	return a.list
}

func timConvGetConvInfo(_ *Module, c *core.Core, a *args) func() {
	var keys []core.ConvKey
	if a.given(0) {
		query := a.json(0, value.isArray)
		var ok bool
		if keys, ok = convQuery(query); !ok {
			a.badJSON = true
		}
	} else {
		a.badParam = true
	}
	reply := a.callback(1)
	return func() {
		reply.read(c, "[]", func(acc *core.Account) string {
			var texts [][]byte
			for _, key := range keys {
				if conv := acc.Conversation(key); conv != nil {
					texts = append(texts, conv.Text(codec{}))
				}
			}
			return joined(texts)
		})
	}
}

// convQuery reads which conversations are asked for. It fails for an entry
// that is no object, or whose id or type is of the wrong JSON type; one that
// lacks them, or names what cannot exist, is left out.
func convQuery(query value) (keys []core.ConvKey, ok bool) {
	for _, entry := range query.elements() {
		var id, kind value
		entry.each(func(key string, v value) {
			switch key {
			case "get_conversation_list_param_conv_id":
				id = v
			case "get_conversation_list_param_conv_type":
				kind = v
			}
		})
		if !entry.isObject() || id != "" && !id.isString() || kind != "" && !kind.isNumber() {
			return nil, false
		}
		if t, known := convType(kind); known && validID(id.text()) {
			keys = append(keys, core.ConvKey{Type: t, ID: id.text()})
		}
	}
	return keys, true
}

func timConvSetDraft(m *Module, c *core.Core, a *args) func() {
	var draft []byte
	switch v := a.at(2); v.Kind() {
	case KindString:
		var ok bool
		if draft, ok = decodeDraft(v.Text(), m.host.Now()); !ok {
			a.badJSON = true
		}
	case KindUndefined, KindNull:
		a.badJSON = true
	default:
		a.badParam = true
	}
	key := a.conv(0)
	return func() {
		c.SetDraft(key, draft)
	}
}

func timConvCancelDraft(_ *Module, c *core.Core, a *args) func() {
	key := a.conv(0)
	return func() {
		c.SetDraft(key, nil)
	}
}

func timConvPinConversation(_ *Module, c *core.Core, a *args) func() {
	key, pinned, reply := a.conv(0), a.bool(2), a.callback(3)
	return func() {
		c.Pin(key, pinned, reply.plain)
	}
}

func timConvGetTotalUnreadMessageCount(m *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		m.slots.arm()
		reply.read(c, unreadJSON(0), func(acc *core.Account) string { return unreadJSON(acc.TotalUnread()) })
	}
}
