package core

import "slices"

// Delete removes a conversation and its messages for good. What belongs to the
// peer or the group stays known, and so does what was read and deleted, so
// that no resync brings it back. An unknown conversation is no error.
func (c *Core) Delete(key ConvKey, done func(error)) {
	stamp := c.stamp()
	c.enqueue(&operation{
		name: "delete", writes: true, weight: 1, done: done,
		apply: func(s *stage) error { return s.remove(key, stamp, true) },

		overrides: func(n *note) bool { return n.conv == key && n.stamp <= stamp },
	})
}

// DeleteAll removes conversations, with their messages or without: messages
// that stay count as read, and show again when the conversation does.
func (c *Core) DeleteAll(keys []ConvKey, clear bool, done func(error)) {
	stamp := c.stamp()
	c.enqueue(&operation{
		name: "delete", writes: true, weight: len(keys), done: done,

		overrides: func(n *note) bool { return n.stamp <= stamp && slices.Contains(keys, n.conv) },
		apply: func(s *stage) error {
			for i, key := range keys {
				if clear && i%clearAhead == 0 {
					s.expectHistories(keys[i:min(i+clearAhead, len(keys))])
				}
				err := s.remove(key, stamp, clear)
				if err == nil {
					err = s.rest()
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// remove leaves a conversation's ghost. A stamp keeps older drafts of dead
// tabs away.
func (s *stage) remove(key ConvKey, stamp int64, clear bool) error {
	old := s.find(key)
	if old == nil || !old.Exists && !clear {
		return nil
	}
	if !clear {
		floor, err := s.floorOf(old)
		if err != nil {
			return err
		}
		ghost := old.ghost(floor, max(stamp, old.DraftStamp))
		ghost.MaxTime, ghost.MaxSeq, ghost.MaxArrival, ghost.Last = old.MaxTime, old.MaxSeq, old.MaxArrival, old.Last
		ghost.Read = old.Read.join(s.markOfAll(old))
		s.save(ghost)
		return nil
	}
	first, err := s.beginning(key)
	if err != nil || !old.Exists && old.Last == nil && old.MaxTime == 0 && len(first) == 0 {
		return err
	}
	floor, err := s.clear(old, first)
	s.save(old.ghost(floor, max(stamp, old.DraftStamp)))
	return err
}

// ClearHistory deletes the messages of a conversation, which stays where it is
// in the list. An unknown conversation fails with CodeNoConversation.
func (c *Core) ClearHistory(key ConvKey, done func(error)) {
	c.enqueue(&operation{
		name: "clear history", writes: true, weight: 1, done: done,
		apply: func(s *stage) error {
			old := s.Conversation(key)
			if old == nil {
				return &Error{Code: CodeNoConversation, Op: "clear history"}
			}
			first, err := s.beginning(key)
			if err != nil {
				return err
			}
			n := old.changed()
			n.Floor, err = s.clear(old, first)
			n.Last, n.Mentions = nil, nil
			n.Unread, n.UnreadFrom = 0, 0
			s.save(n)
			return err
		},
	})
}

// clearPage is how many messages are deleted between two rests, clearAhead of how many
// conversations the first ones are asked for at once.
const (
	clearPage  = 256
	clearAhead = 16
)

// beginning reads the first messages of a conversation that is to be cleared.
func (s *stage) beginning(key ConvKey) ([][]byte, error) {
	return s.tx.Values(SpaceMessages, messagesFrom(key, 0), messagesEnd(key), clearPage)
}

// expectHistories has the beginnings of some histories read without waiting for one after
// the other.
func (s *stage) expectHistories(keys []ConvKey) {
	for _, key := range keys {
		if s.find(key) != nil {
			s.tx.ExpectValues(SpaceMessages, messagesFrom(key, 0), messagesEnd(key), clearPage)
		}
	}
}

// clear deletes the messages of a conversation, of which the first ones have been read, and
// returns its deletion mark. The identities of those that the mark tells again go with them;
// those of the others outlive the deletion.
func (s *stage) clear(c *Conversation, values [][]byte) (Floor, error) {
	end := messagesEnd(c.ConvKey)
	stored := s.decodeMessages(values)
	var floor Floor
	if len(values) < clearPage { // these are all
		floor = s.floorWith(c, stored)
	} else {
		var err error
		if floor, err = s.floorOf(c); err != nil {
			return floor, err
		}
	}
	for {
		for _, m := range stored {
			if m.Clocked || m.Local || m.At.Time > floor.Time {
				continue
			}
			for _, id := range m.idKeys() {
				s.tx.Delete(SpaceIDs, id)
				delete(s.known, id)
			}
		}
		if len(values) < clearPage || len(stored) == 0 {
			break
		}
		from := messageKey(c.ConvKey, stored[len(stored)-1].At) + "\x00"
		err := s.rest()
		if err == nil {
			values, err = s.tx.Values(SpaceMessages, from, end, clearPage)
		}
		if err != nil {
			return floor, err
		}
		stored = s.decodeMessages(values)
	}
	s.tx.DeleteRange(SpaceMessages, messagesFrom(c.ConvKey, 0), end)
	if s.meta.damaged {
		s.tx.DeleteRange(SpaceMeta, damagedFrom+string(SpaceMessages)+"/"+messagesFrom(c.ConvKey, 0), damagedFrom+string(SpaceMessages)+"/"+end)
	}
	s.written = true
	return floor, nil
}

// floorOf is the deletion mark that a conversation leaves when it is deleted
// now.
func (s *stage) floorOf(c *Conversation) (Floor, error) {
	newest := min(c.MaxTime, s.horizon())
	if newest < c.Floor.Time {
		return s.floorWith(c, nil), nil
	}
	values, err := s.tx.Values(SpaceMessages, messagesFrom(c.ConvKey, newest), messagesFrom(c.ConvKey, newest+1), 0)
	if err != nil {
		return Floor{}, err
	}
	return s.floorWith(c, s.decodeMessages(values)), nil
}

// floorWith is floorOf where the messages of the newest second are at hand.
func (s *stage) floorWith(c *Conversation, stored []*Message) Floor {
	floor, newest := c.Floor, min(c.MaxTime, s.horizon())
	floor.Seq = max(floor.Seq, c.MaxSeq)
	if newest < floor.Time {
		return floor
	}
	if newest > floor.Time {
		floor.Time, floor.IDs = newest, nil
	}
	ids := append([]string(nil), floor.IDs...)
	for _, m := range stored {
		if m.At.Time == newest {
			ids = append(append(ids, m.ID), m.Also...)
		}
	}
	floor.IDs = ids
	return floor
}
