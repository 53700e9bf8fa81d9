package jsapi

import (
	"strconv"
	"unsafe"

	"timconv/core"
)

// pinnedBit is added to the activity key of a pinned conversation, so that
// sorting by conv_active_time alone is right, and JavaScript keeps each digit.
const pinnedBit = 1 << 52

// codec writes conversations as ConvInfo objects and changes messages.
type codec struct {
	self string // the login's user, "" for nobody
}

// Form changes with what AppendConversation writes.
func (codec) Form() string { return "1" }

// AppendConversation appends the ConvInfo of c, its keys in alphabetical order.
func (codec) AppendConversation(b []byte, c *core.Conversation) []byte {
	w := &object{b: b}
	var readTime, readSeq uint64
	if c.Type == core.Group {
		readSeq = c.Read.Seq
	} else {
		readTime = uint64(c.Read.Time)
	}
	w.uint("conv_active_time", orderKey(c))
	w.uint("conv_c2c_read_timestamp", readTime)
	w.raw("conv_conversation_group_array", groupsJSON(c.Groups))
	w.text("conv_custom_data", c.Custom)
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
	w.raw("conv_mark_array", marksJSON(c.Marks))
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

func groupsJSON(groups []core.Membership) string {
	names := make([]string, len(groups))
	for i, m := range groups {
		names[i] = m.Group
	}
	return stringsJSON(names)
}

// marksJSON has one number for each bit.
func marksJSON(bits uint64) string {
	list := array{}
	for ; bits != 0; bits &= bits - 1 {
		list.add(strconv.AppendUint(nil, bits&-bits, 10))
	}
	return list.text()
}

// orderKey is what conv_active_time shows: sorting by it alone is right.
func orderKey(c *core.Conversation) uint64 {
	if c.Pinned {
		return uint64(c.Active) + pinnedBit
	}
	return uint64(c.Active)
}

// orderKeyParts takes an order key apart. 0 stands for the top of the list.
func orderKeyParts(key uint64) (pinned bool, active int64) {
	switch {
	case key == 0:
		return true, 1 << 62
	case key >= pinnedBit:
		return true, int64(key-pinnedBit) & (1<<62 - 1)
	}
	return false, int64(key)
}

// lastMessageJSON is the last message as it is shown.
func lastMessageJSON(c *core.Conversation) string {
	last := c.Last
	return shownMessage(textOfBytes(last.Raw), c.Shows(last.At, last.FromSelf))
}

// messageJSON is a stored message as it is shown.
func messageJSON(m *core.Message, c *core.Conversation) []byte {
	if c == nil {
		return m.Raw
	}
	shown := shownMessage(textOfBytes(m.Raw), c.Shows(m.At, m.FromSelf))
	return unsafe.Slice(unsafe.StringData(shown), len(shown)) // which nobody changes
}

// shownMessage is a message as it came, but read where it has been read since.
func shownMessage(raw string, shown core.Shown) string {
	if !shown.Read && !shown.PeerRead {
		return raw
	}
	var fields []field
	sent := true
	value(raw).each(func(key string, v value) {
		if key == "message_is_read" && v == "false" && shown.Read {
			fields = []field{{key: key, text: "true"}}
		}
		if key == "message_status" {
			sent = v == "2" || v == "5" || v == "6"
		}
	})
	if shown.PeerRead && sent {
		fields = append(fields, field{key: "message_is_peer_read", text: "true"})
	}
	return value(raw).withMembers(fields)
}

// An object writes a JSON object.
type object struct {
	b    []byte
	more bool
}

func (w *object) key(key string) {
	if w.more {
		w.b = append(w.b, ',')
	} else {
		w.b = append(w.b, '{')
	}
	w.more = true
	w.b = append(append(append(w.b, '"'), key...), '"', ':')
}

func (w *object) raw(key, value string) { w.key(key); w.b = append(w.b, value...) }

func (w *object) text(key, value string) { w.key(key); w.b = appendQuoted(w.b, value) }

func (w *object) uint(key string, n uint64) { w.key(key); w.b = strconv.AppendUint(w.b, n, 10) }

func (w *object) int(key string, n int64) { w.key(key); w.b = strconv.AppendInt(w.b, n, 10) }

func (w *object) bool(key string, v bool) { w.key(key); w.b = strconv.AppendBool(w.b, v) }

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
	return textOfBytes(append(a.b, ']'))
}
