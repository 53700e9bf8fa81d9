package model

import (
	"slices"
	"strconv"
)

// Types of conversation.
const (
	c2c   = 1
	group = 2
)

// The kinds of group that count in a way of their own.
const (
	meeting = 2
	live    = 4
)

// A conv is a conversation, in the list or not. It keeps every message.
type conv struct {
	kind int
	id   string

	exists bool
	active int64
	pinned bool
	opt    int
	room   int // the type of a group
	name   string
	face   string

	senderName, senderFace string
	sender                 *message // that told these

	readTime, readSeq               int64
	readTimeArrival, readSeqArrival int
	readArrivals                    int // at the last read of everything

	floorTime, floorSeq int64 // newest message ever deleted
	floorIDs            []string
	outlived            []string // identities of deleted messages that brought no time

	maxTime, maxSeq int64 // newest that a server dated
	peerRead        int64

	marks  uint64
	custom string
	groups []string
	since  []int // when it joined each
	draft  string

	messages []*message
}

func (c *conv) group() bool { return c.kind == group }

// prefixed is the name that tells the type too.
func (c *conv) prefixed() string {
	if c.group() {
		return "group_" + c.id
	}
	return "c2c_" + c.id
}

// hasRead: group messages by sequence, others by second. A read covers what had
// arrived of the very second or sequence; one of everything covers what had
// arrived at all.
func (c *conv) hasRead(m *message) bool {
	if m.arrival <= c.readArrivals {
		return true
	}
	if c.group() && m.seq > 0 {
		return m.seq < c.readSeq || m.seq == c.readSeq && m.arrival <= c.readSeqArrival
	}
	return m.time < c.readTime || m.time == c.readTime && m.arrival <= c.readTimeArrival
}

// readTo raises the read marks.
func (c *conv) readTo(time int64, timeArrival int, seq int64, seqArrival int) {
	if time > c.readTime || time == c.readTime && timeArrival > c.readTimeArrival {
		c.readTime, c.readTimeArrival = time, timeArrival
	}
	if c.group() && (seq > c.readSeq || seq == c.readSeq && seqArrival > c.readSeqArrival) {
		c.readSeq, c.readSeqArrival = seq, seqArrival
	}
}

func (c *conv) unread() int {
	n := 0
	for _, m := range c.messages {
		if m.countable() && !c.hasRead(m) && !(c.group() && c.room == live) {
			n++
		}
	}
	return n
}

// total is what it adds to the unread total.
func (c *conv) total() int {
	if !c.exists || c.opt != 0 || c.group() && c.room == meeting {
		return 0
	}
	return c.unread()
}

// mentions are the unread messages that mention this account, in order.
func (c *conv) mentions() []*message {
	var found []*message
	for _, m := range c.messages {
		if m.mentions() && !c.hasRead(m) {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, compare)
	return found
}

func compare(m, n *message) int {
	if m.before(n) {
		return -1
	}
	return 1
}

// sorted is the history, the oldest first.
func (c *conv) sorted() []*message {
	list := slices.Clone(c.messages)
	slices.SortFunc(list, compare)
	return list
}

func (c *conv) last() *message {
	var last *message
	for _, m := range c.messages {
		if m.lastable() && (last == nil || last.before(m)) {
			last = m
		}
	}
	return last
}

// find returns the stored message of that identity.
func (c *conv) find(id string) *message {
	for _, m := range c.messages {
		if m.is(id) {
			return m
		}
	}
	return nil
}

// secondOf is the newest second with a message of at most that sequence.
func (c *conv) secondOf(seq int64) int64 {
	second := int64(0)
	for _, m := range c.messages {
		if m.seq > 0 && m.seq <= seq {
			second = max(second, m.time)
		}
	}
	return second
}

func (c *conv) showName() string {
	switch {
	case c.name != "":
		return c.name
	case !c.group() && c.senderName != "":
		return c.senderName
	}
	return c.id
}

func (c *conv) showFace() string {
	if c.face == "" && !c.group() {
		return c.senderFace
	}
	return c.face
}

// orderKey sorts the whole list.
func (c *conv) orderKey() int64 {
	if c.pinned {
		return c.active + 1<<52
	}
	return c.active
}

// json is the conversation as the API shows it.
func (c *conv) json() string {
	o := &object{make(members, 0, 20)}
	last, mentions := c.last(), c.mentions()
	o.int("conv_active_time", c.orderKey())
	if c.group() {
		o.raw("conv_c2c_read_timestamp", "0")
	} else {
		o.int("conv_c2c_read_timestamp", c.readTime)
	}
	o.raw("conv_conversation_group_array", quoted(c.groups))
	o.text("conv_custom_data", c.custom)
	if c.draft != "" {
		o.raw("conv_draft", c.draft)
	}
	o.text("conv_face_url", c.showFace())
	if len(mentions) > 0 {
		list := make([]string, len(mentions))
		for i, m := range mentions {
			at := &object{}
			at.int("conv_group_at_info_at_type", int64(m.mention))
			at.int("conv_group_at_info_seq", m.seq)
			list[i] = at.String()
		}
		o.raw("conv_group_at_info_array", array(list))
	}
	o.int("conv_group_read_sequence", c.readSeq)
	if c.group() {
		o.int("conv_group_type", int64(c.room))
	}
	o.text("conv_id", c.id)
	o.bool("conv_is_has_draft", c.draft != "")
	o.bool("conv_is_has_lastmsg", last != nil)
	o.bool("conv_is_pinned", c.pinned)
	if last != nil {
		o.raw("conv_last_msg", last.shown())
	}
	var marks []string
	for bit := range 64 {
		if c.marks>>bit&1 == 1 {
			marks = append(marks, strconv.FormatUint(1<<bit, 10))
		}
	}
	o.raw("conv_mark_array", array(marks))
	o.int("conv_recv_opt", int64(c.opt))
	o.text("conv_show_name", c.showName())
	o.int("conv_type", int64(c.kind))
	o.int("conv_unread_num", int64(c.unread()))
	return o.String()
}
