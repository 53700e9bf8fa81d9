package jsapi

import (
	"slices"

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
	f := a.fn(0, 1)
	reply := a.callback(0)
	return func() {
		json, list := "[]", Value(nil)
		c.Read(func(acc *core.Account) {
			if open := m.of(c); open != nil && open.list.text != nil && acc.Len() > partRows {
				list = open.list.write(slices.Collect(acc.Conversations))
				open.list.forgetLater(m.host.After)
				return
			}
			texts := make([][]byte, 0, acc.Len())
			acc.Conversations(func(conv *core.Conversation) bool {
				texts = append(texts, conv.Text(codec{}))
				return true
			})
			json = joined(texts)
		}, func(err error) {
			code, text := outcome(err)
			if list != nil && err == nil && f.fn.Kind() == KindFunction {
				f.post(code, text, list, f.userData)
				return
			}
			reply(code, text, json)
		})
	}
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
		if draft, ok = decodeDraft(v.Text(), m.now()); !ok {
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
