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
			for _, key := range keys {
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
	if !old.Exists && old.Last == nil && old.MaxTime == 0 {
		stored, err := s.tx.Values(SpaceMessages, messagesFrom(key, 0), messagesEnd(key), 1)
		if err != nil || len(stored) == 0 {
			return err
		}
	}
	floor, err := s.floorOf(old)
	if err != nil {
		return err
	}
	ghost := old.ghost(floor, max(stamp, old.DraftStamp))
	if clear {
		err = s.clear(key, floor)
	} else {
		ghost.MaxTime, ghost.MaxSeq, ghost.MaxArrival, ghost.Last = old.MaxTime, old.MaxSeq, old.MaxArrival, old.Last
		ghost.Read = old.Read.join(s.markOfAll(old))
	}
	s.save(ghost)
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
			floor, err := s.floorOf(old)
			if err != nil {
				return err
			}
			n := old.changed()
			n.Floor, n.Last, n.Mentions = floor, nil, nil
			n.Unread, n.UnreadFrom = 0, 0
			s.save(n)
			return s.clear(key, floor)
		},
	})
}

// clearPage is how many messages are deleted between two rests.
const clearPage = 256

// clear deletes the messages of a conversation. The identities of those that
// the deletion mark tells again go with them; those of the others outlive the
// deletion.
func (s *stage) clear(key ConvKey, floor Floor) error {
	from, end := messagesFrom(key, 0), messagesEnd(key)
	for {
		values, err := s.tx.Values(SpaceMessages, from, end, clearPage)
		if err != nil {
			return err
		}
		stored := s.decodeMessages(values)
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
		from = messageKey(key, stored[len(stored)-1].At) + "\x00"
		if err := s.rest(); err != nil {
			return err
		}
	}
	s.tx.DeleteRange(SpaceMessages, messagesFrom(key, 0), end)
	if s.meta.damaged {
		s.tx.DeleteRange(SpaceMeta, damagedFrom+string(SpaceMessages)+"/"+messagesFrom(key, 0), damagedFrom+string(SpaceMessages)+"/"+end)
	}
	s.written = true
	return nil
}

// floorOf is the deletion mark that a conversation leaves when it is deleted
// now.
func (s *stage) floorOf(c *Conversation) (Floor, error) {
	floor, newest := c.Floor, min(c.MaxTime, s.horizon())
	floor.Seq = max(floor.Seq, c.MaxSeq)
	if newest < floor.Time {
		return floor, nil
	}
	if newest > floor.Time {
		floor.Time, floor.IDs = newest, nil
	}
	ids := append([]string(nil), floor.IDs...)
	values, err := s.tx.Values(SpaceMessages, messagesFrom(c.ConvKey, newest), messagesFrom(c.ConvKey, newest+1), 0)
	if err != nil {
		return Floor{}, err
	}
	for _, m := range s.decodeMessages(values) {
		ids = append(append(ids, m.ID), m.Also...)
	}
	floor.IDs = ids
	return floor, nil
}
