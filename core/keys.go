package core

import "strconv"

// metaKey is the key of the one record of SpaceMeta.
const metaKey = "meta"

// convKey is a conversation's key in SpaceConvs and the prefix of everything
// that belongs to it. The length keeps one id from being the prefix of
// another.
func convKey(k ConvKey) string {
	return strconv.Itoa(int(k.Type)) + ":" + strconv.Itoa(len(k.ID)) + ":" + k.ID
}

// messageKey sorts as Position does.
func messageKey(k ConvKey, p Position) string {
	b := make([]byte, 0, len(k.ID)+50)
	b = append(b, convKey(k)...)
	b = append(b, '/')
	b = appendHex(b, uint64(p.Time), 12)
	b = appendHex(b, p.Seq, 16)
	b = appendHex(b, p.Arrival, 12)
	return string(b)
}

// messagesFrom and messagesEnd bound the messages of a conversation from that
// second on.
func messagesFrom(k ConvKey, second int64) string {
	return string(appendHex([]byte(convKey(k)+"/"), uint64(second), 12))
}

func messagesEnd(k ConvKey) string { return convKey(k) + "/~" }

// idKey is the key of a message's identity. That of a message without a time
// of its own lies outside idsFrom and idsEnd: no other mark could tell it
// again, so it outlives the deletion of its conversation.
func idKey(m *Message) string {
	if m.Clocked {
		return convKey(m.Conv) + "!" + m.ID
	}
	return convKey(m.Conv) + "/" + m.ID
}

// idKeys are the keys under which a message of that identity may be known.
func idKeys(k ConvKey, id string) []string {
	return []string{convKey(k) + "/" + id, convKey(k) + "!" + id}
}

func idsFrom(k ConvKey) string { return convKey(k) + "/" }
func idsEnd(k ConvKey) string  { return convKey(k) + "0" } // '0' follows '/'

// parsePosition reads the position off the end of a message key.
func parsePosition(key string) (Position, bool) {
	const digits = 12 + 16 + 12
	if len(key) < digits {
		return Position{}, false
	}
	key = key[len(key)-digits:]
	time, err1 := strconv.ParseInt(key[:12], 16, 64)
	seq, err2 := strconv.ParseUint(key[12:28], 16, 64)
	arrival, err3 := strconv.ParseUint(key[28:], 16, 64)
	return Position{Time: time, Seq: seq, Arrival: arrival}, err1 == nil && err2 == nil && err3 == nil
}

// logKey sorts by rev.
func logKey(rev uint64) string { return string(appendHex(nil, rev, 16)) }

func noteKey(tab string, k ConvKey) string { return tab + "/" + convKey(k) }

// appendHex appends the last digits hexadecimal digits of n.
func appendHex(b []byte, n uint64, digits int) []byte {
	for shift := (digits - 1) * 4; shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[n>>shift&15])
	}
	return b
}
