package core

// EventKind is what happened to conversations, as the API numbers it.
type EventKind int

// The kinds of conversation event. Start and Finish carry no conversation.
const (
	EventAdd    EventKind = 0
	EventDel    EventKind = 1
	EventUpdate EventKind = 2
	EventStart  EventKind = 3
	EventFinish EventKind = 4
)

// A Listener hears what happened, after it is durable, in order. It is called
// from one goroutine at a time and must not call back into the Core and wait.
type Listener interface {
	// NewMessages hears the raw text of messages not known before.
	NewMessages(raw [][]byte)
	// Notices hears what happened to messages.
	Notices(kind NoticeKind, raw [][]byte)
	// Conversations hears of all that one change did to conversations.
	Conversations(kind EventKind, convs []*Conversation)
	// Group hears what happened to a group of conversations.
	Group(event GroupEvent)
	// TotalUnread hears the new total when it changed, FilterUnread that of a
	// subscribed filter.
	TotalUnread(total int)
	FilterUnread(filter string, total int)
	// Status hears how storage is when that changed.
	Status(status Status)
}

// A Notice tells what happened to one message, as the codec wrote it.
type Notice struct {
	Kind NoticeKind
	Raw  []byte
}

// NoticeKind says what a notice is about.
type NoticeKind uint8

// The kinds of notice.
const (
	NoticeNew     NoticeKind = iota // a message that is stored nowhere, or that another tab sent
	NoticeRevoked                   // a message was revoked
	NoticeUpdated                   // a message was changed
	NoticeReceipt                   // messages were read by others
	NoticeMuted                     // the receive option for all conversations; empty: there is none any more
	noticeKinds
)

// Status says how an account's storage is.
type Status struct {
	State       State
	Reason      string // "" where there is nothing to say
	Quarantined int    // records that could not be decoded
	Evicted     bool   // there is nothing stored any more where once there was
}

// effects are what one operation did, to be told when it is durable. Events
// are not written down by whoever changes a conversation: they are the
// difference between the conversation before and after.
type effects struct {
	news  [][]byte // raw messages
	keys  []ConvKey
	old   map[ConvKey]*Conversation
	total int // before

	added, deleted, updated []*Conversation
	notices                 []Notice
	groups                  []GroupEvent
	newTotal                int

	subscriptions []*subscription
	moved         []int // how far each one's total moves
}

func newEffects(a *Account, subscriptions []*subscription) *effects {
	return &effects{
		old: map[ConvKey]*Conversation{}, total: a.total,
		subscriptions: subscriptions, moved: make([]int, len(subscriptions)),
	}
}

// before remembers a conversation as it was when the operation first changes
// it; nil if nothing was known.
func (e *effects) before(key ConvKey, c *Conversation) {
	if _, seen := e.old[key]; !seen {
		e.old[key] = c
		e.keys = append(e.keys, key)
	}
}

// close takes the difference to the account as the operation left it.
func (e *effects) close(after *Account, codec Codec) {
	for _, key := range e.keys {
		was, is := e.old[key], after.find(key)
		existed := was != nil && was.Exists
		exists := is != nil && is.Exists
		switch {
		case exists && !existed:
			e.added = append(e.added, is)
		case existed && !exists:
			e.deleted = append(e.deleted, was)
		case existed && exists && is.differs(was, codec):
			e.updated = append(e.updated, is)
		}
		for i, s := range e.subscriptions {
			e.moved[i] += s.filter.total(is) - s.filter.total(was)
		}
	}
	for i := range e.groups {
		g := &e.groups[i]
		g.Convs = nil
		for _, key := range g.keys {
			if c := after.Conversation(key); c != nil {
				g.Convs = append(g.Convs, c)
			}
		}
	}
	e.newTotal = after.total
	e.old = nil
}

// tell tells the listener, messages first, totals last.
func (e *effects) tell(to Listener) {
	if len(e.news) > 0 {
		to.NewMessages(e.news)
	}
	for kind := NoticeRevoked; kind < noticeKinds; kind++ {
		var raw [][]byte
		for _, n := range e.notices {
			if n.Kind == kind {
				raw = append(raw, n.Raw)
			}
		}
		if len(raw) > 0 {
			to.Notices(kind, raw)
		}
	}
	for _, event := range []struct {
		kind  EventKind
		convs []*Conversation
	}{{EventAdd, e.added}, {EventDel, e.deleted}, {EventUpdate, e.updated}} {
		if len(event.convs) > 0 {
			to.Conversations(event.kind, event.convs)
		}
	}
	for _, g := range e.groups {
		to.Group(g)
	}
	if e.newTotal != e.total {
		to.TotalUnread(e.newTotal)
	}
	for i, s := range e.subscriptions {
		if e.moved[i] != 0 {
			s.total += e.moved[i]
			to.FilterUnread(s.text, s.total)
		}
	}
}

// A Codec writes conversations as the API shows them, and changes messages.
// It works inside transactions: it must be quick and always give the same.
type Codec interface {
	AppendConversation(b []byte, c *Conversation) []byte

	// Form names the way conversations are written. Texts that were stored
	// under another name are written anew.
	Form() string

	// Change returns a copy of m as a change leaves it, m itself where it
	// changes nothing. A change is what the codec's owner wrote; here it is
	// only kept.
	Change(m *Message, change []byte) *Message

	// Join returns the change that does what one change and then another do.
	Join(first, then []byte) []byte

	// Settle returns a copy of m as sent, with what its echo from the server
	// knows better: times, sequence, a second identity.
	Settle(m *Message, echo []byte) *Message

	// Fail returns a copy of m as one that could not be sent.
	Fail(m *Message) *Message
}

// differs reports whether a conversation looks different than before.
func (c *Conversation) differs(was *Conversation, codec Codec) bool {
	return c.Active != was.Active || c.Unread != was.Unread || c.Pinned != was.Pinned || // these show
		string(c.Text(codec)) != string(was.Text(codec))
}

// Text is the conversation as the codec writes it. It is written once and must
// not be changed.
func (c *Conversation) Text(codec Codec) []byte {
	if c.fragment == nil {
		size := 512 + len(c.Draft) + len(c.Custom)
		if c.Last != nil {
			size += len(c.Last.Raw)
		}
		c.fragment = codec.AppendConversation(make([]byte, 0, size), c)
	}
	return c.fragment
}
