package jsapi

import (
	"strconv"

	"timconv/core"
)

// pinnedBit is added to the activity key of a pinned conversation, so that
// sorting by conv_active_time alone is right, and JavaScript keeps each digit.
const pinnedBit = 1 << 52

// codec writes conversations as ConvInfo objects.
type codec struct{}

// AppendConversation appends the ConvInfo of c, its keys in alphabetical order.
func (codec) AppendConversation(b []byte, c *core.Conversation) []byte {
	w := &object{b: b}
	active := c.Active
	var readTime, readSeq uint64
	if c.Pinned {
		active += pinnedBit
	}
	if c.Type == core.Group {
		readSeq = c.Read.Seq
	} else {
		readTime = uint64(c.Read.Time)
	}
	w.raw("conv_active_time", strconv.FormatInt(active, 10))
	w.uint("conv_c2c_read_timestamp", readTime)
	w.raw("conv_conversation_group_array", "[]")
	w.raw("conv_custom_data", `""`)
	if c.Draft != nil {
		w.raw("conv_draft", string(c.Draft))
	}
	w.text("conv_face_url", c.ShowFaceURL())
	if len(c.Mentions) > 0 {
		w.raw("conv_group_at_info_array", mentionsJSON(c.Mentions))
	}
	w.uint("conv_group_read_sequence", readSeq)
	if c.Type == core.Group {
		w.uint("conv_group_type", uint64(c.Kind))
	}
	w.text("conv_id", c.ID)
	w.bool("conv_is_has_draft", c.Draft != nil)
	w.bool("conv_is_has_lastmsg", c.Last != nil)
	w.bool("conv_is_pinned", c.Pinned)
	if c.Last != nil {
		w.raw("conv_last_msg", lastMessageJSON(c))
	}
	w.raw("conv_mark_array", "[]")
	w.uint("conv_recv_opt", uint64(c.RecvOpt))
	w.text("conv_show_name", c.ShowName())
	w.uint("conv_type", uint64(c.Type))
	w.uint("conv_unread_num", uint64(c.Unread))
	return w.end()
}

func mentionsJSON(mentions []core.Mention) string {
	list := array{}
	for _, m := range mentions {
		w := &object{}
		w.uint("conv_group_at_info_at_type", uint64(m.Kind))
		w.uint("conv_group_at_info_seq", m.Seq)
		list.add(w.end())
	}
	return list.text()
}

// lastMessageJSON is the last message as it came, but read where the read mark
// covers it.
func lastMessageJSON(c *core.Conversation) string {
	raw := string(c.Last.Raw)
	if !c.LastIsRead() || c.Last.IsRead {
		return raw
	}
	unread := false
	value(raw).each(func(key string, v value) {
		if key == "message_is_read" {
			unread = v == "false"
		}
	})
	if !unread {
		return raw
	}
	return value(raw).withMembers([]field{{key: "message_is_read", text: "true"}})
}

// An object writes a JSON object.
type object struct {
	b    []byte
	more bool
}

//go:noinline
func (w *object) key(key string) {
	if w.more {
		w.b = append(w.b, ',')
	} else {
		w.b = append(w.b, '{')
	}
	w.more = true
	w.b = append(append(append(w.b, '"'), key...), '"', ':')
}

func (w *object) raw(key, value string)  { w.key(key); w.b = append(w.b, value...) }
func (w *object) text(key, value string) { w.key(key); w.b = appendQuoted(w.b, value) }

func (w *object) uint(key string, n uint64) { w.key(key); w.b = strconv.AppendUint(w.b, n, 10) }
func (w *object) int(key string, n int64)   { w.key(key); w.b = strconv.AppendInt(w.b, n, 10) }
func (w *object) bool(key string, v bool)   { w.key(key); w.b = strconv.AppendBool(w.b, v) }

func (w *object) end() []byte {
	if !w.more {
		w.b = append(w.b, '{')
	}
	return append(w.b, '}')
}

// An array writes a JSON array.
type array struct{ b []byte }

func (a *array) add(item []byte) {
	if len(a.b) == 0 {
		a.b = append(a.b, '[')
	} else {
		a.b = append(a.b, ',')
	}
	a.b = append(a.b, item...)
}

func (a *array) text() string {
	if len(a.b) == 0 {
		return "[]"
	}
	return string(append(a.b, ']'))
}
