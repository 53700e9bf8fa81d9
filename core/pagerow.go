package core

import (
	"bytes"
	"unsafe"
)

// A pageRow is the head of a conversation in a page: all that has a fixed size,
// as it lies in the memory of a little-endian machine. A start reads ten
// thousand of them, each with one copy. Behind it lie the texts, one after the
// other, and then what hardly any conversation has, as a record has it.
//
// web/list.js reads the same before the module is there.
type pageRow struct {
	kind, recvOpt, group, flags uint8
	unread                      uint32

	// How long the texts are.
	id, name, face, senderName, senderFace, cause, custom, draft, text uint32
	// Where in text the last message lies; 0: behind it, in what follows.
	rawAt, rawLen         uint32
	ids, mentions, groups uint32 // how many follow
	causeFrom, causeTo    uint32

	active, senderTime                       int64
	senderSeq, senderArrival                 uint64
	readTime                                 int64
	readTimeArrival, readSeq, readSeqArrival uint64
	readAll                                  uint64
	floorTime                                int64
	floorSeq                                 uint64
	maxTime                                  int64
	maxSeq, maxArrival                       uint64
	unreadFrom, peerRead, causeAt            int64
	marks                                    uint64
	draftStamp, lastTime                     int64
	lastSeq, lastArrival                     uint64
}

const pageRowSize = int(unsafe.Sizeof(pageRow{}))

// The flags of a pageRow.
const (
	rowExists = 1 << iota
	rowPinned
	rowHasLast
	rowLastFromSelf
	rowLastIsRead
	rowHasDraft
)

// bytes is the row in memory.
func (r *pageRow) bytes() []byte { return unsafe.Slice((*byte)(unsafe.Pointer(r)), pageRowSize) }

func bitIf(is bool, bit uint8) uint8 {
	if is {
		return bit
	}
	return 0
}

// pageConversation appends a conversation as a page has it.
func (w *writer) pageConversation(c *Conversation, codec Codec) {
	text := c.Text(codec)
	r := pageRow{
		kind: uint8(c.Type), recvOpt: c.RecvOpt, group: uint8(c.Kind),
		flags:  bitIf(c.Exists, rowExists) | bitIf(c.Pinned, rowPinned) | bitIf(c.Draft != nil, rowHasDraft),
		unread: uint32(c.Unread),
		id:     uint32(len(c.ID)), name: uint32(len(c.Name)), face: uint32(len(c.FaceURL)),
		senderName: uint32(len(c.Sender.Name)), senderFace: uint32(len(c.Sender.FaceURL)),
		cause: uint32(len(c.Cause.Op)), custom: uint32(len(c.Custom)), draft: uint32(len(c.Draft)), text: uint32(len(text)),
		ids: uint32(len(c.Floor.IDs)), mentions: uint32(len(c.Mentions)), groups: uint32(len(c.Groups)),
		causeFrom: uint32(c.Cause.From), causeTo: uint32(c.Cause.To), causeAt: c.Cause.At,
		active: c.Active, senderTime: c.Sender.At.Time, senderSeq: c.Sender.At.Seq, senderArrival: c.Sender.At.Arrival,
		readTime: c.Read.Time, readTimeArrival: c.Read.TimeArrival, readSeq: c.Read.Seq, readSeqArrival: c.Read.SeqArrival,
		readAll: c.Read.All, floorTime: c.Floor.Time, floorSeq: c.Floor.Seq,
		maxTime: c.MaxTime, maxSeq: c.MaxSeq, maxArrival: c.MaxArrival,
		unreadFrom: c.UnreadFrom, peerRead: c.PeerRead, marks: c.Marks, draftStamp: c.DraftStamp,
	}
	if last := c.Last; last != nil {
		r.flags |= rowHasLast | bitIf(last.FromSelf, rowLastFromSelf) | bitIf(last.IsRead, rowLastIsRead)
		r.lastTime, r.lastSeq, r.lastArrival = last.At.Time, last.At.Seq, last.At.Arrival
		r.rawAt, r.rawLen = uint32(bytes.Index(text, last.Raw)+1), uint32(len(last.Raw))
	}
	w.b = append(w.b, r.bytes()...)
	for _, s := range []string{c.ID, c.Name, c.FaceURL, c.Sender.Name, c.Sender.FaceURL, c.Cause.Op, c.Custom} {
		w.b = append(w.b, s...)
	}
	w.b = append(append(w.b, c.Draft...), text...)
	if c.Last != nil && r.rawAt == 0 {
		w.b = append(w.b, c.Last.Raw...)
	}
	w.floorIDs(c.Floor.IDs)
	w.mentions(c.Mentions)
	w.memberships(c.Groups)
}

// pageConversation reads a conversation as a page has it. Its texts share the
// bytes of the page.
func (r *reader) pageConversation(c *Conversation) {
	var row pageRow
	copy(row.bytes(), r.take(uint32(pageRowSize)))
	c.Type, c.RecvOpt, c.Kind = ConvType(row.kind), row.recvOpt, GroupType(row.group)
	c.Exists, c.Pinned, c.Unread = row.flags&rowExists != 0, row.flags&rowPinned != 0, int(row.unread)
	c.ID, c.Name, c.FaceURL = r.shared(row.id), r.shared(row.name), r.shared(row.face)
	c.Sender = Profile{Name: r.shared(row.senderName), FaceURL: r.shared(row.senderFace), At: Position{row.senderTime, row.senderSeq, row.senderArrival}}
	c.Cause = Cause{Op: r.shared(row.cause), At: row.causeAt, From: int(row.causeFrom), To: int(row.causeTo)}
	c.Custom = r.shared(row.custom)
	if draft := r.take(row.draft); row.flags&rowHasDraft != 0 {
		c.Draft = draft
	}
	c.fragment = r.take(row.text)
	c.Active, c.Marks, c.DraftStamp, c.PeerRead = row.active, row.marks, row.draftStamp, row.peerRead
	c.Read = ReadMark{Time: row.readTime, TimeArrival: row.readTimeArrival, Seq: row.readSeq, SeqArrival: row.readSeqArrival, All: row.readAll}
	c.Floor = Floor{Time: row.floorTime, Seq: row.floorSeq}
	c.MaxTime, c.MaxSeq, c.MaxArrival, c.UnreadFrom = row.maxTime, row.maxSeq, row.maxArrival, row.unreadFrom
	if row.flags&rowHasLast != 0 {
		c.Last = &Last{
			At:       Position{row.lastTime, row.lastSeq, row.lastArrival},
			FromSelf: row.flags&rowLastFromSelf != 0, IsRead: row.flags&rowLastIsRead != 0,
		}
		if from, end := uint64(row.rawAt)-1, uint64(row.rawAt)-1+uint64(row.rawLen); row.rawAt == 0 {
			c.Last.Raw = r.take(row.rawLen)
		} else if end <= uint64(len(c.fragment)) {
			c.Last.Raw = c.fragment[from:end:end]
		} else {
			r.fail(errTruncated)
		}
	}
	c.Floor.IDs, c.Mentions, c.Groups = r.floorIDs(int(row.ids)), r.mentions(int(row.mentions)), r.memberships(int(row.groups))
}

// take are the next n bytes.
func (r *reader) take(n uint32) []byte {
	if uint64(n) > uint64(len(r.b)-r.at) {
		r.fail(errTruncated)
		return nil
	}
	end := r.at + int(n)
	s := r.b[r.at:end:end]
	r.at = end
	return s
}

// shared are the next n bytes as a string that shares them.
func (r *reader) shared(n uint32) string {
	s := r.take(n)
	return unsafe.String(unsafe.SliceData(s), len(s))
}
