package core

// MessageStatus is the state of a message, as the API numbers it.
type MessageStatus uint8

// The states that change how a message counts.
const (
	StatusSending  MessageStatus = 1 // a tab is at it
	StatusSent     MessageStatus = 2
	StatusFailed   MessageStatus = 3
	StatusDeleted  MessageStatus = 4 // never the last message, never counted
	StatusImported MessageStatus = 5 // never counted
	StatusRevoked  MessageStatus = 6 // may be the last message, never counted
	StatusCanceled MessageStatus = 7 // while it was being sent
)

// A Position orders the messages of a conversation: by time, then sequence,
// then order of arrival.
type Position struct {
	Time    int64 // seconds since 1970
	Seq     uint64
	Arrival uint64 // the account's number of arrivals when it was stored
}

// Before reports whether p sorts before q.
func (p Position) Before(q Position) bool {
	if p.Time != q.Time {
		return p.Time < q.Time
	}
	if p.Seq != q.Seq {
		return p.Seq < q.Seq
	}
	return p.Arrival < q.Arrival
}

// A Message is one message as the core needs it. Raw is the API's JSON text,
// complete: nothing of it is read again here.
type Message struct {
	Conv ConvKey
	ID   string   // its identity within the conversation
	Also []string // more identities of the same message
	Rand uint64   // as the API's message_rand; part of what a locator names
	At   Position

	// Clocked says that the message brought no usable time, so that At.Time is
	// the clock's and differs when the same message comes again.
	Clocked bool

	// Local says that no server has dated the message: it was made here, and
	// its time says nothing about what else has arrived.
	Local bool

	FromSelf bool
	IsRead   bool // read on arrival
	Online   bool // only for whoever is online: not stored, not counted
	NoCount  bool // excluded from unread counts, or meant for some members only
	NoLast   bool // never the last message
	Status   MessageStatus
	Mention  MentionKind
	Sender   Profile // incoming C2C messages that bring a profile; At is not set

	Raw []byte
}

// countable reports whether the message may count as unread at all.
func (m *Message) countable() bool {
	return !m.FromSelf && !m.IsRead && !m.NoCount && !m.gone() && m.Status != StatusImported
}

// gone reports whether the message was revoked or deleted.
func (m *Message) gone() bool { return m.Status == StatusRevoked || m.Status == StatusDeleted }

// mentions reports whether the message may show as a mention at all. A message
// that is kept out of the counts still mentions.
func (m *Message) mentions() bool {
	return m.Mention != 0 && m.Conv.Type == Group && !m.FromSelf && !m.IsRead &&
		!m.gone() && m.Status != StatusImported
}

// lastable reports whether the message may be a last message.
func (m *Message) lastable() bool { return !m.NoLast && m.Status != StatusDeleted }
