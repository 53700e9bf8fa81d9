package core

// ConvType is the kind of a conversation.
type ConvType uint8

// The kinds of conversation. Others are refused at the border.
const (
	C2C   ConvType = 1 // with one user
	Group ConvType = 2 // in a group
)

// GroupType is the kind of a group.
type GroupType uint8

// The kinds of group that change how a conversation counts. Other values are
// kept and shown.
const (
	GroupMeeting GroupType = 2 // counted, but out of every total
	GroupLive    GroupType = 4 // an AVChatRoom: never counted
)

// ConvKey names a conversation: a user's or a group's bare id, and which.
type ConvKey struct {
	Type ConvType
	ID   string
}

// A Conversation is what an account knows about a user or a group. It is never
// changed in place: whoever changes one copies it first.
//
// Texts that arrived as JSON strings may hold a lone surrogate in its
// three-byte form; everything else is UTF-8.
type Conversation struct {
	ConvKey

	// Exists says that the conversation is in the list. Where it is false the
	// rest is what must be known when the conversation appears: its names,
	// receive option, read mark and deletion mark.
	Exists bool

	Active  int64 // order: milliseconds since 1970, see Account.messageKey
	Pinned  bool
	RecvOpt uint8
	Kind    GroupType // of a group; 0 as long as nothing is known

	Name, FaceURL string  // as the server told them, "" if it did not
	Sender        Profile // of the newest incoming message; C2C only

	Read  ReadMark
	Floor Floor

	// Newest time and sequence of all messages stored that a server has dated,
	// in or out of order.
	MaxTime    int64
	MaxSeq     uint64
	MaxArrival uint64 // of all messages

	// Unread caches the number of stored messages above the read mark; no
	// counted message is older than UnreadFrom (seconds).
	Unread     int
	UnreadFrom int64
	Mentions   []Mention // unread messages that mention this account

	PeerRead int64 // second up to which the peer read our messages; C2C only
	Cause    Cause // what changed the unread count last

	Marks  uint64       // one bit each
	Custom string       // custom data, "" if there is none
	Groups []Membership // in order of joining

	Last *Last // nil: there is none

	Draft      []byte // the API's draft object, nil if there is none
	DraftStamp int64  // of the last draft or clear, see Note

	fragment []byte // the conversation as the codec wrote it, once asked for

	// Where it lies on disk; kept by the worker alone.
	rev  uint64 // of the commit that changed it last, 0: before the journal
	page uint64 // its newest copy that is no journal's; 0: there is none
}

// A Profile is how a user names himself in a message.
type Profile struct {
	Name, FaceURL string
	At            Position // of the message that brought it
}

// A Cause says what changed an unread count.
type Cause struct {
	Op       string // as operations name themselves: "receive", "mark read"
	At       int64  // milliseconds since 1970
	From, To int
}

// A Membership says in which group of conversations a conversation is.
type Membership struct {
	Group string
	Since uint64 // grows with every joining in the account
}

// A Mention is an unread message that mentions this account, everybody, or
// both.
type Mention struct {
	Seq  uint64
	Kind MentionKind
	At   Position
}

// MentionKind says who is mentioned.
type MentionKind uint8

// The kinds of mention; 0 is none.
const (
	MentionMe       MentionKind = 1
	MentionAll      MentionKind = 2
	MentionAllAndMe MentionKind = 3
)

// Last is a conversation's last message.
type Last struct {
	At       Position
	FromSelf bool
	IsRead   bool // as the message itself says
	Raw      []byte
}

// ShowName is what to call the conversation: what the server told, else how
// the other one names himself, else the id.
func (c *Conversation) ShowName() string {
	switch {
	case c.Name != "":
		return c.Name
	case c.Type == C2C && c.Sender.Name != "":
		return c.Sender.Name
	}
	return c.ID
}

// ShowFaceURL is the picture to show, "" if none is known.
func (c *Conversation) ShowFaceURL() string {
	if c.FaceURL == "" && c.Type == C2C {
		return c.Sender.FaceURL
	}
	return c.FaceURL
}

// Total is the conversation's part of the account's unread total: nothing
// where notifications are muted, in meetings and in live rooms.
func (c *Conversation) Total() int {
	if !c.InTotal() {
		return 0
	}
	return c.Unread
}

// InTotal reports whether the conversation's unread count is part of totals.
func (c *Conversation) InTotal() bool {
	return c.Exists && c.RecvOpt == 0 && !(c.Type == Group && c.Kind == GroupMeeting)
}

// live reports whether the conversation is a live room, which never counts.
func (c *Conversation) live() bool { return c.Type == Group && c.Kind == GroupLive }

// counts reports whether m is an unread message of c. The unread count is the
// number of stored messages for which it is true.
func (c *Conversation) counts(m *Message) bool {
	return m.countable() && !c.live() && !c.Read.covers(m.At, c.Type)
}

// ghost is what remains of c when it is deleted: what belongs to the peer or
// the group, the read mark and the deletion mark.
func (c *Conversation) ghost(floor Floor, stamp int64) *Conversation {
	return &Conversation{
		ConvKey: c.ConvKey, RecvOpt: c.RecvOpt, Kind: c.Kind,
		Name: c.Name, FaceURL: c.FaceURL, Sender: c.Sender,
		Read: c.Read, PeerRead: c.PeerRead, Floor: floor, DraftStamp: stamp,
	}
}

// peerHasRead reports whether the peer has read a message of ours at p.
func (c *Conversation) peerHasRead(p Position) bool {
	return c.Type == C2C && c.PeerRead > 0 && p.Time <= c.PeerRead
}

// Shown says how a stored message is shown: what of it has been read since it
// was stored.
type Shown struct {
	Read     bool // by this account
	PeerRead bool // by the peer
}

// Shows reports how a message at p is shown.
func (c *Conversation) Shows(p Position, fromSelf bool) Shown {
	return Shown{Read: !fromSelf && c.Read.covers(p, c.Type), PeerRead: fromSelf && c.peerHasRead(p)}
}

// changed returns a copy of c to be changed, without what is cached.
func (c *Conversation) changed() *Conversation {
	n := *c
	n.fragment = nil
	return &n
}
