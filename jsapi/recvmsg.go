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

// recvChanges takes in changes of messages, which may come later than these.
func recvChanges(name string, read func(v value) (core.Change, error)) intakeOf {
	return func(*Module) (func(value) error, func(*core.Core, func(error))) {
		var all []core.Change
		return func(v value) error {
				change, err := read(v)
				if err == nil {
					all = append(all, change)
				}
				return err
			}, func(c *core.Core, done func(error)) {
				c.ChangeMessages(name, all, func(_ []core.Changed, err error) { done(err) })
			}
	}
}

func timRecvMsgRevoke(m *Module, c *core.Core, a *args) func() {
	return recv(m, c, a, recvChanges("revoke", readRevoke))
}

func timRecvMsgUpdate(m *Module, c *core.Core, a *args) func() {
	return recv(m, c, a, recvChanges("update message", readVersion))
}

func timRecvMsgReadedReceipt(m *Module, c *core.Core, a *args) func() {
	return recv(m, c, a, recvReceipts)
}

func recvReceipts(*Module) (func(value) error, func(*core.Core, func(error))) {
	var all []core.Receipt
	return func(v value) error {
		r, err := readReceipt(v)
		if err == nil {
			all = append(all, r)
		}
		return err
	}, func(c *core.Core, done func(error)) { c.TakeReceipts(all, done) }
}

// readRevoke reads a locator or a Message object of a message that was revoked
// elsewhere.
func readRevoke(v value) (core.Change, error) {
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
func readVersion(v value) (core.Change, error) {
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
func readReceipt(v value) (core.Receipt, error) {
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
