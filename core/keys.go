package core

import "strconv"

// MetaKey is the key, in SpaceMeta, of the record of counters. Whatever changes in the
// spaces of commits changes this record, or has an entry of its own in SpaceLog.
const MetaKey = "meta"

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

// idKey is the key of a message's identity. The identity comes first, so that
// a message can be found by it alone.
func idKey(k ConvKey, id string) string { return idsFrom(id) + convKey(k) }

// idsFrom and idsEnd bound the keys of one identity in whatever conversation.
func idsFrom(id string) string { return strconv.Itoa(len(id)) + ":" + id + "@" }
func idsEnd(id string) string  { return idsFrom(id) + "~" }

// pendingKeys are the keys, in SpaceMeta, of changes for a message that has not
// come: by its identity, and by what a locator names.
func (t Target) pendingKeys() []string {
	var keys []string
	if t.ID != "" {
		keys = append(keys, "pending/"+idsFrom(t.ID))
		if t.Conv.ID != "" {
			keys = append(keys, "pending/"+idKey(t.Conv, t.ID))
		}
	}
	if t.Conv.ID != "" && (t.Seq > 0 || t.Rand > 0) {
		keys = append(keys, "pending/"+convKey(t.Conv)+"/"+strconv.FormatUint(t.Seq, 10)+"/"+strconv.FormatUint(t.Rand, 10))
	}
	return keys
}

const sendingFrom, sendingEnd = "sending/", "sending0" // '0' follows '/'

// key is the key of f in SpaceMeta.
func (f inFlight) key() string { return sendingFrom + f.tab + "/" + idKey(f.conv, f.id) }

// parsePosition reads the position off the end of a message key.
func parsePosition(key string) (Position, bool) {
	const digits = 12 + 16 + 12
	if len(key) < digits {
		return Position{}, false
	}
	key = key[len(key)-digits:]
	time, err1 := strconv.ParseUint(key[:12], 16, 64) // it takes no sign
	seq, err2 := strconv.ParseUint(key[12:28], 16, 64)
	arrival, err3 := strconv.ParseUint(key[28:], 16, 64)
	return Position{Time: int64(time), Seq: seq, Arrival: arrival}, err1 == nil && err2 == nil && err3 == nil
}

// logKey sorts by rev.
func logKey(rev uint64) string { return string(appendHex(nil, rev, 16)) }

// revOf is the rev of a key that logKey made, 0 of another.
func revOf(key string) uint64 {
	rev, err := strconv.ParseUint(key, 16, 64)
	if err != nil {
		return 0
	}
	return rev
}

func noteKey(tab string, k ConvKey) string { return tab + "/" + convKey(k) }

// appendHex appends the last digits hexadecimal digits of n.
func appendHex(b []byte, n uint64, digits int) []byte {
	for shift := (digits - 1) * 4; shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[n>>shift&15])
	}
	return b
}
