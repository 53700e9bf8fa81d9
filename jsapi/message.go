package jsapi

import (
	"errors"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

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
	sender             string
	hasConv, hasType   bool
	hasID, hasFromSelf bool
	hasStatus          bool
	clientTime         uint64
	serverTime         uint64
	clientRaw, rand    string
	targeted, excluded bool
	atMe, atAll        bool
	remark, nick, face string
}

// decodeMessage reads one Message object. What came in is kept; what was
// missing is filled in: identity, conversation, from-self, status and times.
func decodeMessage(v gjson.Result, in intake) (*core.Message, error) {
	if !v.IsObject() {
		return nil, errors.New("not an object")
	}
	m := &incoming{}
	found := knownMembers(v)
	for _, f := range found {
		if !absent(f.value) && !f.read(m, f.value, in) {
			return nil, errors.New(f.key + " cannot be taken: " + brief(f.value.Raw))
		}
	}
	if err := m.name(); err != nil {
		return nil, err
	}
	var drop, add []string
	for _, filled := range m.complete(in) {
		add = append(add, quoted(filled.key)+":"+filled.text)
		if slices.ContainsFunc(found, func(f field) bool { return f.key == filled.key }) {
			drop = append(drop, filled.key)
		}
	}
	m.Raw = []byte(splice(v.Raw, drop, add))
	m.finish(in)
	return &m.Message, nil
}

// A field of a Message that is read, or is to be filled in.
type field struct {
	key   string
	value gjson.Result
	read  messageReader
	text  string // the JSON to fill in
}

// knownMembers returns the members that matter, of each key the last.
func knownMembers(v gjson.Result) []field {
	found := make([]field, 0, 16)
	eachMember(v, func(key string, value gjson.Result) {
		read, known := messageMembers[key]
		if !known {
			return
		}
		for i := range found {
			if found[i].key == key {
				found[i].value = value
				return
			}
		}
		found = append(found, field{key: key, value: value, read: read})
	})
	return found
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
func (m *incoming) complete(in intake) []field {
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
		m.ID = in.random()
		if m.sender != "" && m.clientTime != 0 && m.rand != "" {
			m.ID = m.sender + "-" + m.clientRaw + "-" + m.rand
		}
		fill("message_msg_id", quoted(m.ID))
	}
	return add
}

// finish derives what the core needs from what was read.
func (m *incoming) finish(in intake) {
	second := m.serverTime
	if second == 0 {
		second = m.clientTime
	}
	if m.Clocked = second == 0 || second >= maxTime; m.Clocked {
		second = uint64(in.now / 1000)
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

type messageReader func(*incoming, gjson.Result, intake) bool

// messageMembers reads the members of a Message that matter to conversations.
// A reader says false for what cannot be taken.
var messageMembers = map[string]messageReader{
	"message_conv_id": func(m *incoming, v gjson.Result, _ intake) bool {
		m.hasConv, m.Conv.ID = true, textOf(v)
		return v.Type == gjson.String && validID(m.Conv.ID)
	},
	"message_conv_type": func(m *incoming, v gjson.Result, _ intake) bool {
		kind, ok := convType(v)
		m.hasType, m.Conv.Type = true, kind
		return ok
	},
	"message_sender": func(m *incoming, v gjson.Result, _ intake) bool {
		m.sender = textOf(v)
		return v.Type == gjson.String && wellFormed(m.sender)
	},
	"message_msg_id": func(m *incoming, v gjson.Result, _ intake) bool {
		m.ID = textOf(v)
		m.hasID = m.ID != ""
		return v.Type == gjson.String && (!m.hasID || validID(m.ID))
	},
	"message_client_time": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.clientTime, ok = uintOf(v)
		m.clientRaw = v.Raw
		return ok
	},
	"message_server_time": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.serverTime, ok = uintOf(v)
		return ok
	},
	"message_seq": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.At.Seq, ok = uintOf(v)
		return ok
	},
	"message_rand": func(m *incoming, v gjson.Result, _ intake) bool {
		_, ok := uintOf(v)
		m.rand = v.Raw
		return ok
	},
	"message_status": func(m *incoming, v gjson.Result, _ intake) bool {
		n, ok := uintOf(v)
		m.hasStatus, m.Status = true, core.MessageStatus(n)
		return ok && n <= 255
	},
	"message_is_from_self": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.FromSelf, ok = isTrue(v)
		m.hasFromSelf = true
		return ok
	},
	"message_is_read": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.IsRead, ok = isTrue(v)
		return ok
	},
	"message_is_online_msg": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.Online, ok = isTrue(v)
		return ok
	},
	"message_is_excluded_from_unread_count": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.excluded, ok = isTrue(v)
		return ok
	},
	"message_excluded_from_last_message": func(m *incoming, v gjson.Result, _ intake) (ok bool) {
		m.NoLast, ok = isTrue(v)
		return ok
	},
	"message_target_group_member_array": func(m *incoming, v gjson.Result, _ intake) bool {
		m.targeted = v.IsArray() && len(elements(v)) > 0
		return v.IsArray()
	},
	"message_group_at_user_array": func(m *incoming, v gjson.Result, in intake) bool {
		if !v.IsArray() {
			return false
		}
		var users []string
		for _, user := range elements(v) {
			users = append(users, textOf(user))
		}
		m.atAll = slices.Contains(users, atAll)
		m.atMe = in.self != "" && slices.Contains(users, in.self)
		return true
	},
	"message_sender_profile": func(m *incoming, v gjson.Result, _ intake) bool {
		eachMember(v, func(key string, value gjson.Result) {
			text := textOf(value)
			switch key {
			case "user_profile_friend_remark":
				m.remark = text
			case "user_profile_nick_name":
				m.nick = text
			case "user_profile_face_url":
				m.face = text
			}
		})
		return v.IsObject()
	},
	"message_elem_array": func(_ *incoming, v gjson.Result, _ intake) bool { return v.IsArray() },
}

func quoted(s string) string { return string(appendQuoted(nil, s)) }
