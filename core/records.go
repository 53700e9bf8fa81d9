package core

import "errors"

// A record is a version byte, the fields in a fixed order, for conversations and
// messages the API's JSON texts as they are, and a checksum. Nothing of a record is
// parsed as JSON when it is opened.

// conversation appends a conversation; with tells whether the text of the last
// message is part of it.
func (w *writer) conversation(c *Conversation, with bool) {
	w.key(c.ConvKey)
	w.flags(c.Exists, c.Pinned, c.Last != nil,
		c.Last != nil && c.Last.FromSelf, c.Last != nil && c.Last.IsRead, c.Draft != nil)
	w.int(c.Active)
	w.uint(uint64(c.RecvOpt))
	w.uint(uint64(c.Kind))
	w.string(c.Name)
	w.string(c.FaceURL)
	w.profile(c.Sender)
	w.int(c.Read.Time)
	w.uint(c.Read.TimeArrival)
	w.uint(c.Read.Seq)
	w.uint(c.Read.SeqArrival)
	w.uint(c.Read.All)
	w.int(c.Floor.Time)
	w.uint(c.Floor.Seq)
	w.uint(uint64(len(c.Floor.IDs)))
	w.floorIDs(c.Floor.IDs)
	w.int(c.MaxTime)
	w.uint(c.MaxSeq)
	w.uint(c.MaxArrival)
	w.uint(uint64(c.Unread))
	w.int(c.UnreadFrom)
	w.uint(uint64(len(c.Mentions)))
	w.mentions(c.Mentions)
	w.int(c.PeerRead)
	w.string(c.Cause.Op)
	w.int(c.Cause.At)
	w.uint(uint64(c.Cause.From))
	w.uint(uint64(c.Cause.To))
	w.uint(c.Marks)
	w.string(c.Custom)
	w.uint(uint64(len(c.Groups)))
	w.memberships(c.Groups)
	w.int(c.DraftStamp)
	w.bytes(c.Draft)
	if c.Last != nil {
		w.position(c.Last.At)
		if with {
			w.bytes(c.Last.Raw)
		}
	}
}

func (r *reader) conversation(c *Conversation, with bool) {
	c.ConvKey = r.key()
	flags := r.flags()
	c.Exists, c.Pinned = flags.at(0), flags.at(1)
	c.Active = r.int()
	c.RecvOpt = uint8(r.uint())
	c.Kind = GroupType(r.uint())
	c.Name = r.string()
	c.FaceURL = r.string()
	c.Sender = r.profile()
	c.Read = ReadMark{Time: r.int(), TimeArrival: r.uint(), Seq: r.uint(), SeqArrival: r.uint(), All: r.uint()}
	c.Floor = Floor{Time: r.int(), Seq: r.uint()}
	c.Floor.IDs = r.floorIDs(r.length(1))
	c.MaxTime = r.int()
	c.MaxSeq = r.uint()
	c.MaxArrival = r.uint()
	c.Unread = int(r.uint())
	c.UnreadFrom = r.int()
	c.Mentions = r.mentions(r.length(5))
	c.PeerRead = r.int()
	c.Cause = Cause{Op: r.string(), At: r.int(), From: int(r.uint()), To: int(r.uint())}
	c.Marks = r.uint()
	c.Custom = r.string()
	c.Groups = r.memberships(r.length(2))
	c.DraftStamp = r.int()
	if draft := r.bytes(); flags.at(5) {
		c.Draft = draft
	}
	if flags.at(2) {
		c.Last = &Last{FromSelf: flags.at(3), IsRead: flags.at(4), At: r.position()}
		if with {
			c.Last.Raw = r.bytes()
		}
	}
}

func (w *writer) floorIDs(ids []string) {
	for _, id := range ids {
		w.string(id)
	}
}

// floorIDs reads n of them; so do mentions and memberships.
func (r *reader) floorIDs(n int) (ids []string) {
	for ; n > 0 && r.err == nil; n-- {
		ids = append(ids, r.string())
	}
	return ids
}

func (w *writer) mentions(mentions []Mention) {
	for _, m := range mentions {
		w.uint(m.Seq)
		w.uint(uint64(m.Kind))
		w.position(m.At)
	}
}

func (r *reader) mentions(n int) (mentions []Mention) {
	for ; n > 0 && r.err == nil; n-- {
		mentions = append(mentions, Mention{Seq: r.uint(), Kind: MentionKind(r.uint()), At: r.position()})
	}
	return mentions
}

func (w *writer) memberships(groups []Membership) {
	for _, m := range groups {
		w.string(m.Group)
		w.uint(m.Since)
	}
}

func (r *reader) memberships(n int) (groups []Membership) {
	for ; n > 0 && r.err == nil; n-- {
		groups = append(groups, Membership{Group: r.string(), Since: r.uint()})
	}
	return groups
}

// encodeConversation writes a record of version 1; a page has conversations
// otherwise.
func encodeConversation(c *Conversation) []byte {
	size := 128 + len(c.ID) + len(c.Name) + len(c.FaceURL) + len(c.Draft)
	if c.Last != nil {
		size += len(c.Last.Raw)
	}
	w := newWriter(oldRecord, size)
	w.conversation(c, true)
	return w.b
}

func decodeConversation(b []byte) (*Conversation, error) {
	r := newReader(oldRecord, b, "conversation record")
	c := &Conversation{}
	r.conversation(c, true)
	return c, r.end()
}

func encodeMessage(m *Message) []byte {
	w := newWriter(recordVersion, 72+len(m.ID)+len(m.Raw))
	w.key(m.Conv)
	w.string(m.ID)
	w.uint(uint64(len(m.Also)))
	for _, id := range m.Also {
		w.string(id)
	}
	w.uint(m.Rand)
	w.position(m.At)
	w.flags(m.Clocked, m.FromSelf, m.IsRead, m.NoCount, m.NoLast, m.Local)
	w.uint(uint64(m.Status))
	w.uint(uint64(m.Mention))
	w.bytes(m.Raw)
	return w.seal(0)
}

func decodeMessage(b []byte) (*Message, error) {
	r := newReader(oldRecord, b, "message record")
	m := &Message{Conv: r.key(), ID: r.string()}
	for range r.length(1) {
		m.Also = append(m.Also, r.string())
	}
	m.Rand, m.At = r.uint(), r.position()
	flags := r.flags()
	m.Clocked, m.FromSelf, m.IsRead = flags.at(0), flags.at(1), flags.at(2)
	m.NoCount, m.NoLast, m.Local = flags.at(3), flags.at(4), flags.at(5)
	m.Status = MessageStatus(r.uint())
	m.Mention = MentionKind(r.uint())
	m.Raw = r.bytes()
	return m, r.end()
}

// oldMeta is the version of a meta record that is not sealed. Version 1 knew no
// pages.
const oldMeta = 2

// errNewer says that a database has a format that this build does not know. Every
// format from version 3 on has its counters sealed, behind a byte that grows.
var errNewer = errors.New("a newer format")

func encodeMeta(m meta) []byte {
	w := newWriter(recordVersion, 128)
	w.meta(&m)
	return w.seal(0)
}

func (w *writer) meta(m *meta) {
	w.string(m.epoch)
	w.uint(m.rev)
	w.uint(m.oldest)
	w.uint(m.pages)
	w.uint(m.arrival)
	w.int(m.live)
	w.uint(m.joined)
	w.uint(m.pending)
	w.bytes(m.muted)
	w.uint(uint64(len(m.groups)))
	for _, name := range m.groups {
		w.string(name)
	}
	w.flags(m.damaged)
}

func decodeMeta(b []byte) (meta, error) {
	if len(b) > 0 && b[0] > recordVersion && unsealed(b) != nil {
		return meta{}, &Error{Code: CodeStorageClosed, Op: "open", Err: errNewer}
	}
	r := newReader(oldMeta, b, "meta record")
	sealed := len(b) > 0 && b[0] == recordVersion
	m := r.meta(sealed)
	m.old = !sealed
	return m, r.end()
}

// meta reads counters; those of version 2 do not tell of damage.
func (r *reader) meta(sealed bool) meta {
	m := meta{epoch: r.string(), rev: r.uint(), oldest: r.uint(), pages: r.uint()}
	r.counters(&m)
	if sealed {
		m.damaged = r.flags().at(0)
	}
	return m
}

func (r *reader) counters(m *meta) {
	m.arrival, m.live, m.joined, m.pending, m.muted = r.uint(), r.int(), r.uint(), r.uint(), r.bytes()
	for range r.length(1) {
		m.groups = append(m.groups, r.string())
	}
}

func encodeInFlight(f inFlight) []byte {
	w := newWriter(recordVersion, 72)
	w.string(f.tab)
	w.key(f.conv)
	w.string(f.id)
	return w.seal(0)
}

func decodeInFlight(b []byte) (inFlight, error) {
	r := newReader(oldRecord, b, "message being sent")
	f := inFlight{tab: r.string(), conv: r.key(), id: r.string()}
	return f, r.end()
}

func encodeNote(n *note) []byte {
	w := newWriter(recordVersion, 72+len(n.draft))
	w.key(n.conv)
	w.string(n.tab)
	w.int(n.stamp)
	w.flags(n.draft != nil)
	w.bytes(n.draft)
	return w.seal(0)
}

func decodeNote(b []byte) (*note, error) {
	r := newReader(oldRecord, b, "draft note")
	n := &note{conv: r.key(), tab: r.string(), stamp: r.int()}
	set := r.flags().at(0)
	if draft := r.bytes(); set {
		n.draft = draft
	}
	return n, r.end()
}
