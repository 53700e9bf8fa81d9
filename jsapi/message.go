package jsapi

import (
	"errors"
	"strconv"

	"timconv/core"
)

// atAll is how a message mentions everybody.
const atAll = "__kImSDK_MessageAtALL__"

// maxTime is the first time in seconds that is not taken for one. Beyond lie
// milliseconds, and keys that JavaScript could not hold.
const maxTime = 1e11

// An intake is what completes a message: who takes it in, and when.
type intake struct {
	self   string        // the login's user, "" for nobody
	now    int64         // milliseconds
	random func() string // a fresh id
}

// incoming is a message half read: which of its fields were missing.
type incoming struct {
	core.Message
	in                 intake
	sender             string
	hasConv, hasType   bool
	hasID, hasFromSelf bool
	hasStatus          bool
	clientTime         uint64
	serverTime         uint64
	hasRand            bool
	targeted, excluded bool
	atMe, atAll        bool
	remark, nick, face string
}

// decodeMessage reads one Message object. What came in is kept; what was
// missing is filled in: identity, conversation, from-self, status and times.
func decodeMessage(v value, in intake) (*core.Message, error) {
	if !v.isObject() {
		return nil, errNoObject
	}
	m := &incoming{in: in}
	if err := readMembers(v, m.read); err != nil {
		return nil, err
	}
	if err := m.name(); err != nil {
		return nil, err
	}
	m.Raw = v.completed(m.complete())
	if id := m.nativeID(); m.FromSelf && id != "" && id != m.ID {
		m.Also = []string{id} // of the echo of a message that was sent from here
	}
	m.finish()
	return &m.Message, nil
}

// readMembers has read take in every member of an object that is not null. It
// fails for the first member that read says it cannot, unless the same key
// comes again and can.
func readMembers(v value, read func(key string, v value) bool) error {
	badKey, bad := "", value("")
	v.each(func(key string, v value) {
		switch {
		case v.absent():
		case !read(key, v):
			if badKey == "" {
				badKey, bad = key, v
			}
		case key == badKey:
			badKey = ""
		}
	})
	if badKey != "" {
		return errors.New(badKey + " cannot be taken: " + brief(string(bad)))
	}
	return nil
}

// brief shortens a text for a message to a person.
func brief(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}

// name settles which conversation the message belongs to.
func (m *incoming) name() error {
	if !m.hasConv && !m.hasType {
		m.Conv = core.ConvKey{Type: core.C2C, ID: m.sender}
		if !validID(m.sender) {
			return errors.New("neither message_conv_id nor message_sender names a conversation")
		}
		return nil
	}
	if !m.hasConv {
		return errors.New("message_conv_id is missing")
	}
	if !m.hasType {
		return errors.New("message_conv_type is missing")
	}
	return nil
}

// complete settles what is missing and returns the members to fill in.
func (m *incoming) complete() []field {
	in := &m.in
	var add []field
	fill := func(key, text string) { add = append(add, field{key: key, text: text}) }
	if !m.hasConv {
		fill("message_conv_id", quoted(m.Conv.ID))
		fill("message_conv_type", "1")
	}
	if !m.hasFromSelf {
		m.FromSelf = in.self != "" && m.sender == in.self
		fill("message_is_from_self", strconv.FormatBool(m.FromSelf))
	}
	if !m.hasStatus {
		fill("message_status", "2")
	}
	if m.clientTime == 0 && m.serverTime == 0 {
		now := strconv.FormatInt(in.now/1000, 10)
		fill("message_client_time", now)
		fill("message_server_time", now)
	}
	if !m.hasID {
		if m.ID = m.nativeID(); m.ID == "" {
			m.ID = m.serverID()
		}
		if m.ID == "" {
			m.ID = in.random()
		}
		fill("message_msg_id", quoted(m.ID))
	}
	return add
}

// nativeID is the identity that the native SDK forms, "" where a part of it is
// missing.
func (m *incoming) nativeID() string {
	if m.sender == "" || m.clientTime == 0 || !m.hasRand {
		return ""
	}
	return m.sender + "-" + strconv.FormatUint(m.clientTime, 10) + "-" + strconv.FormatUint(m.Rand, 10)
}

// serverID is what can stand for it: whatever brings the message again brings
// its sequence too.
func (m *incoming) serverID() string {
	if m.sender == "" || m.serverTime == 0 || m.At.Seq == 0 {
		return ""
	}
	return m.sender + "-" + strconv.FormatUint(m.serverTime, 10) + "-" + strconv.FormatUint(m.Rand, 10) + "-" + strconv.FormatUint(m.At.Seq, 10)
}

// finish derives what the core needs from what was read.
func (m *incoming) finish() {
	second := m.serverTime
	if second == 0 {
		second = m.clientTime
	}
	if m.Clocked = second == 0 || second >= maxTime; m.Clocked {
		second = uint64(m.in.now / 1000)
	}
	m.At.Time = int64(second)
	m.NoCount = m.excluded || m.targeted
	switch {
	case m.atMe && m.atAll:
		m.Mention = core.MentionAllAndMe
	case m.atAll:
		m.Mention = core.MentionAll
	case m.atMe:
		m.Mention = core.MentionMe
	}
	if m.Conv.Type == core.C2C && !m.FromSelf {
		m.Sender.Name, m.Sender.FaceURL = m.remark, m.face
		if m.remark == "" {
			m.Sender.Name = m.nick
		}
	}
}

// read takes in one member, and reports whether it could. Members that do not
// matter to conversations can all be taken.
func (m *incoming) read(key string, v value) (ok bool) {
	switch key {
	case "message_conv_id":
		m.hasConv, m.Conv.ID = true, v.text()
		return validID(m.Conv.ID)
	case "message_conv_type":
		m.hasType = true
		m.Conv.Type, ok = convType(v)
	case "message_sender":
		m.sender = v.text()
		return v.isString() && wellFormed(m.sender)
	case "message_msg_id":
		m.ID = v.text()
		m.hasID = m.ID != ""
		return v.isString() && (!m.hasID || validID(m.ID))
	case "message_client_time":
		m.clientTime, ok = v.uint()
	case "message_server_time":
		m.serverTime, ok = v.uint()
	case "message_seq":
		m.At.Seq, ok = v.uint()
	case "message_rand":
		m.hasRand = true
		m.Rand, ok = v.uint()
	case "message_elem_array":
		return v.isArray()
	default:
		return m.readStatus(key, v)
	}
	return ok
}

// readStatus reads what says how a message counts and whom it concerns.
func (m *incoming) readStatus(key string, v value) (ok bool) {
	switch key {
	case "message_status":
		var n uint64
		n, ok = v.enum(255)
		m.hasStatus, m.Status = true, core.MessageStatus(n)
	case "message_is_from_self":
		m.hasFromSelf = true
		m.FromSelf, ok = v.bool()
	case "message_is_read":
		m.IsRead, ok = v.bool()
	case "message_is_online_msg":
		m.Online, ok = v.bool()
	case "message_is_excluded_from_unread_count":
		m.excluded, ok = v.bool()
	case "message_excluded_from_last_message":
		m.NoLast, ok = v.bool()
	case "message_target_group_member_array":
		m.targeted = len(v.elements()) > 0
		return v.isArray()
	case "message_group_at_user_array":
		m.atMe, m.atAll = false, false
		for _, user := range v.elements() {
			name := user.text()
			m.atAll = m.atAll || name == atAll
			m.atMe = m.atMe || name != "" && name == m.in.self
		}
		return v.isArray()
	case "message_sender_profile":
		m.remark, m.nick, m.face = "", "", ""
		v.each(func(key string, v value) {
			switch key {
			case "user_profile_friend_remark":
				m.remark = v.text()
			case "user_profile_nick_name":
				m.nick = v.text()
			case "user_profile_face_url":
				m.face = v.text()
			}
		})
		return v.isObject()
	default:
		return true
	}
	return ok
}

func quoted(s string) string { return string(appendQuoted(nil, s)) }
