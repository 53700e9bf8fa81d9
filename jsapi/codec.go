package jsapi

import (
	"strconv"

	"timconv/core"
)

// A change is an object whose members take the place of a message's own.

// Change puts the members of change into m.
func (c codec) Change(m *core.Message, change []byte) *core.Message {
	return c.spliced(m, membersOf(value(change)))
}

// Join puts the members of then into first.
func (codec) Join(first, then []byte) []byte {
	return []byte(value(first).withMembers(membersOf(value(then))))
}

// Fail makes m one that could not be sent.
func (c codec) Fail(m *core.Message) *core.Message {
	return c.spliced(m, []field{statusField(core.StatusFailed)})
}

func statusField(status core.MessageStatus) field {
	return field{key: "message_status", text: strconv.Itoa(int(status))}
}

// Settle makes m one that was sent. What the server gave it comes from its
// echo; an identity that is another becomes one more.
func (c codec) Settle(m *core.Message, echo []byte) *core.Message {
	fields := []field{statusField(core.StatusSent)}
	id := ""
	value(echo).each(func(key string, v value) {
		switch key {
		case "message_server_time", "message_seq", "message_unique_id":
			if n, ok := v.uint(); ok && n > 0 {
				fields = append(fields, field{key: key, text: string(v)})
			}
		case "message_msg_id":
			id = v.text()
		}
	})
	n := c.spliced(m, fields)
	if validID(id) && id != m.ID && !contains(m.Also, id) {
		if n == m {
			copied := *m
			n = &copied
		}
		n.Also = append(append([]string(nil), m.Also...), id)
	}
	return n
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// spliced returns m with other members, read anew. Its identities stay, and
// its arrival. m itself comes back where nothing changes.
func (c codec) spliced(m *core.Message, fields []field) *core.Message {
	raw := value(m.Raw).withMembers(fields)
	if raw == string(m.Raw) {
		return m
	}
	read := &incoming{in: intake{self: c.self}}
	if readMembers(value(raw), read.read) != nil {
		return m // the change was checked when it came: this message does not fit it
	}
	read.in.now = m.At.Time * 1000
	read.Raw = []byte(raw)
	read.finish()
	n := read.Message
	n.Conv, n.ID, n.Also, n.Clocked, n.At.Arrival = m.Conv, m.ID, m.Also, m.Clocked, m.At.Arrival
	n.NoCount = n.NoCount || m.NoCount
	unsent := m.Status == core.StatusSending || m.Status == core.StatusFailed
	n.Local = m.Local && !(unsent && read.serverTime != 0)
	if m.Clocked || n.Local && read.serverTime == 0 { // its place is not what its times say
		n.At.Time = m.At.Time
	}
	return &n
}

// membersOf are the members of an object, the last of those with one key.
func membersOf(v value) []field {
	var fields []field
	v.each(func(key string, v value) {
		for i := range fields {
			if fields[i].key == key {
				fields[i].text = string(v)
				return
			}
		}
		fields = append(fields, field{key: key, text: string(v)})
	})
	return fields
}

// objectOf is the object of members.
func objectOf(fields []field) []byte {
	w := &object{}
	for _, f := range fields {
		w.raw(string(quotedKey(f.key)), f.text)
	}
	return w.end()
}

// quotedKey escapes a key for object.raw, which puts it between quotes.
func quotedKey(key string) string {
	q := quoted(key)
	return q[1 : len(q)-1]
}
