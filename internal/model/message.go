package model

import (
	"slices"
	"strconv"
	"strings"
)

// The states of a message.
const (
	sending  = 1
	sent     = 2
	failed   = 3
	deleted  = 4
	imported = 5
	revoked  = 6
	canceled = 7
)

// A message is what the API shows, and what follows from it.
type message struct {
	raw     members
	conv    *conv
	ids     []string // the first one is shown
	time    int64
	seq     int64
	rand    int64
	arrival int

	local    bool  // no server has dated it
	clocked  bool  // it brought no time
	placed   int64 // where it was put when it was sent; 0: where its times say
	noCount  bool  // excluded, targeted, or saved here
	fromSelf bool
	isRead   bool
	noLast   bool
	status   int
	mention  int
	text     string // raw as JSON
}

// readAgain takes from the raw members what may change.
func (m *message) readAgain() {
	is := func(key string) bool { return m.raw.get(key) == "true" }
	number := func(key string) int64 {
		n, _ := strconv.ParseInt(m.raw.get(key), 10, 64)
		return n
	}
	if m.time = number("message_server_time"); m.time == 0 {
		m.time = number("message_client_time")
		if m.placed > 0 {
			m.time = m.placed
		}
	}
	m.seq, m.rand = number("message_seq"), number("message_rand")
	m.status = int(number("message_status"))
	m.fromSelf, m.isRead = is("message_is_from_self"), is("message_is_read")
	m.noLast = is("message_excluded_from_last_message")
	targeted := m.raw.get("message_target_group_member_array")
	m.noCount = m.noCount || is("message_is_excluded_from_unread_count") || targeted != "" && targeted != "[]"
	at := m.raw.get("message_group_at_user_array")
	m.mention = 0
	if strings.Contains(at, quote(Self)) {
		m.mention = 1
	}
	if strings.Contains(at, quote(everybody)) {
		m.mention += 2
	}
	m.text = m.raw.String()
}

func (m *message) is(id string) bool { return slices.Contains(m.ids, id) }

// gone: neither revoked nor deleted messages count, or mention.
func (m *message) gone() bool { return m.status == revoked || m.status == deleted }

func (m *message) countable() bool {
	return !m.fromSelf && !m.isRead && !m.noCount && !m.gone() && m.status != imported
}

func (m *message) mentions() bool {
	return m.mention > 0 && m.conv.group() && !m.fromSelf && !m.isRead && !m.gone() && m.status != imported
}

func (m *message) lastable() bool { return !m.noLast && m.status != deleted }

// before is the order of a history: by time, sequence and arrival.
func (m *message) before(n *message) bool { return m.at(n.time, n.seq, n.arrival) < 0 }

// at compares the message's place with another.
func (m *message) at(time, seq int64, arrival int) int64 {
	switch {
	case m.time != time:
		return m.time - time
	case m.seq != seq:
		return m.seq - seq
	}
	return int64(m.arrival - arrival)
}

// shown is the message as it is shown: with what was read since it came.
func (m *message) shown() string {
	c := m.conv
	var now members
	if !m.fromSelf && c.hasRead(m) && m.raw.get("message_is_read") == "false" {
		now = append(now, member{"message_is_read", "true"})
	}
	if reached := m.status == sent || m.status == imported || m.status == revoked; reached && m.fromSelf && !c.group() && c.peerRead > 0 && m.time <= c.peerRead {
		now = append(now, member{"message_is_peer_read", "true"})
	}
	if now == nil {
		return m.text
	}
	return m.raw.with(now).String()
}
