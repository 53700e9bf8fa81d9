package core

// Delete removes a conversation and its messages for good. What belongs to the
// peer or the group stays known, and so does what was read and deleted, so
// that no resync brings it back. An unknown conversation is no error.
func (c *Core) Delete(key ConvKey, done func(error)) {
	stamp := c.stamp()
	c.enqueue(&operation{
		name: "delete", writes: true, weight: 1, done: done,
		apply: func(s *stage) error {
			old := s.Conversation(key)
			if old == nil {
				return nil
			}
			floor, err := s.floorOf(old)
			if err != nil {
				return err
			}
			s.tx.DeleteRange(SpaceMessages, messagesFrom(key, 0), messagesEnd(key))
			s.tx.DeleteRange(SpaceIDs, idsFrom(key), idsEnd(key))
			s.forget(key)
			s.save(old.ghost(floor, max(stamp, old.DraftStamp)))
			return nil
		},
	})
}

// floorOf is the deletion mark that a conversation leaves when it is deleted
// now.
func (s *stage) floorOf(c *Conversation) (Floor, error) {
	floor := c.Floor
	if c.MaxTime < floor.Time {
		floor.Seq = max(floor.Seq, c.MaxSeq)
		return floor, nil
	}
	if c.MaxTime > floor.Time {
		floor.IDs = nil
	}
	ids := append([]string(nil), floor.IDs...)
	stored, err := s.messages(c.ConvKey, c.MaxTime)
	if err != nil {
		return Floor{}, err
	}
	for _, m := range stored {
		ids = append(ids, m.ID)
	}
	return Floor{Time: c.MaxTime, Seq: max(floor.Seq, c.MaxSeq), IDs: ids}, nil
}

// forget drops what this transaction looked up about a conversation's
// messages, for they are deleted now.
func (s *stage) forget(key ConvKey) {
	from, end := idsFrom(key), idsEnd(key)
	for id := range s.ids {
		if id >= from && id < end {
			delete(s.ids, id)
		}
	}
}
