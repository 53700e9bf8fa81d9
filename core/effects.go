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
	// Conversations hears of all that one change did to conversations.
	Conversations(kind EventKind, convs []*Conversation)
	// TotalUnread hears the new total when it changed.
	TotalUnread(total int)
	// Status hears how storage is when that changed.
	Status(status Status)
}

// Status says how an account's storage is.
type Status struct {
	State       State
	Reason      string // "" where there is nothing to say
	Quarantined int    // records that could not be decoded
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
	newTotal                int
}

func newEffects(a *Account) *effects {
	return &effects{old: map[ConvKey]*Conversation{}, total: a.total}
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
		case existed && exists && string(was.Text(codec)) != string(is.Text(codec)):
			e.updated = append(e.updated, is)
		}
	}
	e.newTotal = after.total
	e.old, e.keys = nil, nil
}

// tell tells the listener, messages first, totals last.
func (e *effects) tell(to Listener) {
	if len(e.news) > 0 {
		to.NewMessages(e.news)
	}
	for _, event := range []struct {
		kind  EventKind
		convs []*Conversation
	}{{EventAdd, e.added}, {EventDel, e.deleted}, {EventUpdate, e.updated}} {
		if len(event.convs) > 0 {
			to.Conversations(event.kind, event.convs)
		}
	}
	if e.newTotal != e.total {
		to.TotalUnread(e.newTotal)
	}
}

// A Codec writes conversations as the API shows them.
type Codec interface {
	AppendConversation(b []byte, c *Conversation) []byte
}

// Text is the conversation as the codec writes it. It is written once and must
// not be changed.
func (c *Conversation) Text(codec Codec) []byte {
	if c.fragment == nil {
		c.fragment = codec.AppendConversation(nil, c)
	}
	return c.fragment
}
