package core

import "slices"

// A ConvUpdate is what a server knows better about a conversation. Fields that
// are nil stay as they are; an empty name or picture takes the told one back.
type ConvUpdate struct {
	Key     ConvKey
	Name    *string
	FaceURL *string
	Kind    *GroupType
	RecvOpt *uint8

	// Read is up to where another device has read, that second or sequence
	// included. It never takes anything back.
	Read *ReadUpTo

	// Of conversations in the list only.
	Pinned *bool
	Marks  *uint64
	Custom *string
	Groups *[]string // all that it is in; those that do not exist are made
}

// UpdateConversations takes in what a server knows about conversations. One
// that does not exist is not created: what was told about the user or the
// group, and what was read, is kept for its first appearance. The limits that
// calls have do not hold here.
func (c *Core) UpdateConversations(updates []ConvUpdate, done func(error)) {
	c.enqueue(&operation{
		name: "update conversations", writes: true, weight: len(updates), done: done,
		apply: func(s *stage) error {
			for i, u := range updates {
				if i%recountAhead == 0 {
					s.expectUnread(updates[i:min(i+recountAhead, len(updates))])
				}
				if err := s.update(u); err != nil {
					return err
				}
				if err := s.rest(); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// recountAhead is of how many conversations at once the messages are asked for that may
// still count, recountMost how many they are at most.
const (
	recountAhead = 32
	recountMost  = 64
)

// expectUnread has read what markRead will ask for, and no more, without waiting for one
// conversation after the other.
func (s *stage) expectUnread(updates []ConvUpdate) {
	asked := map[ConvKey]bool{}
	for _, u := range updates {
		c := s.find(u.Key)
		if u.Read == nil || c == nil || c.Unread == 0 || c.Unread > recountMost || asked[u.Key] {
			continue
		}
		n := *c
		if n.Read = c.Read.join(s.markTo(*u.Read)); n.Read == c.Read {
			continue
		}
		asked[u.Key] = true
		s.tx.ExpectValues(SpaceMessages, messagesFrom(u.Key, n.unreadFrom()), messagesEnd(u.Key), 0)
	}
}

func (s *stage) update(u ConvUpdate) error {
	if err := s.updatePeer(u); err != nil {
		return err
	}
	if c := s.Conversation(u.Key); c != nil {
		s.updateListed(c, u)
	}
	return nil
}

// updatePeer takes in what is known of a conversation in the list or not.
func (s *stage) updatePeer(u ConvUpdate) error {
	old := s.find(u.Key)
	c := s.peer(u.Key)
	set(&c.Name, u.Name)
	set(&c.FaceURL, u.FaceURL)
	set(&c.RecvOpt, u.RecvOpt)
	if u.Kind != nil && *u.Kind != c.Kind {
		wasLive := c.live()
		c.Kind = *u.Kind
		if c.live() != wasLive {
			if err := s.recount(c, 0); err != nil {
				return err
			}
		}
	}
	if old == nil || c.Name != old.Name || c.FaceURL != old.FaceURL || c.RecvOpt != old.RecvOpt || c.Kind != old.Kind {
		s.save(c)
	}
	if u.Read == nil {
		return nil
	}
	mark, err := s.markFromOutside(c, *u.Read)
	if err != nil {
		return err
	}
	return s.markRead(s.find(u.Key), mark)
}

func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// anyArrival makes a mark that covers all of its second or sequence, whenever
// it arrives.
const anyArrival = 1<<63 - 1

// markFromOutside is the mark of a read on another device.
func (s *stage) markFromOutside(c *Conversation, to ReadUpTo) (ReadMark, error) {
	mark := s.markTo(to)
	if mark.Seq > 0 {
		second, err := s.secondOf(c.ConvKey, mark.Seq)
		if err != nil {
			return ReadMark{}, err
		}
		if second > mark.Time { // messages without a sequence are read up to there
			mark.Time, mark.TimeArrival = second, s.meta.arrival
		}
	}
	return mark, nil
}

// markTo is that mark, but for messages without a sequence in a group.
func (s *stage) markTo(to ReadUpTo) ReadMark {
	mark := ReadMark{Time: min(to.Time, s.horizon()), Seq: to.Seq}
	if mark.Time > 0 {
		mark.TimeArrival = anyArrival
	}
	if mark.Seq > 0 {
		mark.SeqArrival = anyArrival
	}
	return mark
}

// updateListed takes in what only a conversation in the list has.
func (s *stage) updateListed(old *Conversation, u ConvUpdate) {
	c := old.changed()
	set(&c.Pinned, u.Pinned)
	set(&c.Marks, u.Marks)
	set(&c.Custom, u.Custom)
	if c.Pinned != old.Pinned || c.Marks != old.Marks || c.Custom != old.Custom {
		s.save(c)
	}
	if u.Groups == nil {
		return
	}
	for _, m := range c.Groups {
		if !slices.Contains(*u.Groups, m.Group) {
			s.leave(s.find(u.Key), m.Group, RemovedByCall)
		}
	}
	for _, group := range *u.Groups {
		if c := s.find(u.Key); c.in(group) < 0 {
			s.makeGroup(group)
			s.join(c, group)
		}
	}
}
