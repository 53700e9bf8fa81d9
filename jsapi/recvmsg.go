package jsapi

import (
	"errors"

	"timconv/core"
)

var (
	errNoTarget = errors.New("neither message_msg_id nor a locator names a message")
	errNoPeer   = errors.New("msg_receipt_conv_id or msg_receipt_conv_type names no conversation")
	errNoName   = errors.New("neither c2c_ nor group_ and an id")
)

// changeAll changes messages, which may come later than their changes.
func changeAll(name string) func(*core.Core, []core.Change, func(error)) {
	return func(c *core.Core, changes []core.Change, done func(error)) {
		c.ChangeMessages(name, changes, func(_ []core.Changed, err error) { done(err) })
	}
}

// readRevoke reads a locator or a Message object of a message that was revoked
// elsewhere.
func readRevoke(_ *Module, v value) (core.Change, error) {
	if !v.isObject() {
		return core.Change{}, errNoObject
	}
	t, ok := messageTarget(v)
	if !ok || t.ID == "" && (t.Conv.ID == "" || t.Seq == 0 && t.Rand == 0) {
		return core.Change{}, errNoTarget
	}
	fields := []field{statusField(core.StatusRevoked)}
	for _, f := range membersOf(v) {
		switch f.key {
		case "message_revoker_user_id", "message_revoker_nick_name", "message_revoker_face_url", "message_revoke_reason":
			fields = append(fields, f)
		}
	}
	return core.Change{
		Target: t, What: objectOf(fields), Keep: true,
		Notice: core.NoticeRevoked, Tell: func(m *core.Message) []byte {
			if m == nil {
				return []byte(v)
			}
			return revokeInfo(m)
		},
	}, nil
}

// readVersion reads a newer version of a message.
func readVersion(_ *Module, v value) (core.Change, error) {
	if !v.isObject() {
		return core.Change{}, errNoObject
	}
	if err := readMembers(v, (&incoming{}).read); err != nil {
		return core.Change{}, err
	}
	t, ok := messageTarget(v)
	if !ok || t.ID == "" && (t.Conv.ID == "" || t.Seq == 0 && t.Rand == 0) {
		return core.Change{}, errNoTarget
	}
	return core.Change{
		Target: t, What: objectOf(newVersion(v, false)), Keep: true, Notice: core.NoticeUpdated, Tell: rawOf,
	}, nil
}

// readReceipt reads a MessageReceipt object.
func readReceipt(_ *Module, v value) (core.Receipt, error) {
	if !v.isObject() {
		return core.Receipt{}, errNoObject
	}
	var r core.Receipt
	var fields []field
	err := readMembers(v, func(key string, v value) (ok bool) {
		switch key {
		case "msg_receipt_conv_id":
			r.Conv.ID = v.text()
			return validID(r.Conv.ID)
		case "msg_receipt_conv_type":
			r.Conv.Type, ok = convType(v)
		case "msg_receipt_msg_id":
			r.ID = v.text()
			return v.isString()
		case "msg_receipt_time_stamp":
			var n uint64
			n, ok = v.uint()
			ok = ok && n < maxTime
			r.Time = int64(n)
		case "msg_receipt_is_peer_read":
			fields = append(fields, field{key: "message_receipt_peer_read", text: string(v)})
			_, ok = v.bool()
		case "msg_receipt_read_count":
			fields = append(fields, field{key: "message_group_receipt_read_count", text: string(v)})
			_, ok = v.uint()
		case "msg_receipt_unread_count":
			fields = append(fields, field{key: "message_group_receipt_unread_count", text: string(v)})
			_, ok = v.uint()
		default:
			return true
		}
		return ok
	})
	if err != nil {
		return r, err
	}
	if r.Conv.ID == "" || r.Conv.Type == 0 {
		return r, errNoPeer
	}
	conv := r.Conv
	r.Change = core.Change{
		Target: core.Target{Conv: conv, ID: r.ID}, What: objectOf(fields), Keep: true,
		Notice: core.NoticeReceipt, Tell: func(*core.Message) []byte { return []byte(v) },
	}
	return r, nil
}
