package core

// A ReadUpTo names the message up to which a conversation was read. Where the
// message of that identity is stored, its own position counts; else the time
// and sequence given. The zero value is everything stored.
type ReadUpTo struct {
	ID   string
	Time int64
	Seq  uint64
}

// MarkRead reads one conversation up to a message, or up to the newest. An
// unknown conversation fails with CodeNoConversation.
func (c *Core) MarkRead(key ConvKey, to ReadUpTo, done func(error)) {
	var wants []string
	if to.ID != "" {
		wants = idKeys(key, to.ID)
	}
	c.enqueue(&operation{
		name: "mark read", writes: true, weight: 1, done: done,
		apply: func(s *stage) error {
			old := s.Conversation(key)
			if old == nil {
				return &Error{Code: CodeNoConversation, Op: "mark read"}
			}
			mark, err := s.readMark(old, to, wants)
			if err != nil {
				return err
			}
			return s.markRead(old, mark)
		},
	})
}

// MarkAllRead reads every conversation of that type up to the newest message.
func (c *Core) MarkAllRead(kind ConvType, done func(error)) {
	c.enqueue(&operation{
		name: "mark all read", writes: true, weight: 100, done: done,
		apply: func(s *stage) error {
			var unread []*Conversation
			s.Conversations(func(c *Conversation) bool {
				if c.Type == kind && (c.Unread > 0 || len(c.Mentions) > 0) {
					unread = append(unread, c)
				}
				return true
			})
			for _, c := range unread {
				if err := s.markRead(c, s.markOfAll(c)); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// readMark turns what was read into a mark.
func (s *stage) readMark(c *Conversation, to ReadUpTo, idKeys []string) (ReadMark, error) {
	at := Position{Time: to.Time, Seq: to.Seq}
	if len(idKeys) > 0 {
		values, err := s.tx.Get(SpaceIDs, idKeys...)
		if err != nil {
			return ReadMark{}, err
		}
		for _, value := range values {
			if p, ok := parsePosition(string(value)); ok {
				at = p
			}
		}
	}
	if at.Time == 0 && (c.Type == C2C || at.Seq == 0) {
		return s.markOfAll(c), nil
	}
	mark := ReadMark{Time: at.Time, TimeArrival: s.meta.arrival}
	if c.Type == Group {
		mark.Seq, mark.SeqArrival = at.Seq, s.meta.arrival
	}
	return mark, nil
}

// markOfAll is the mark that covers all that is stored now.
func (s *stage) markOfAll(c *Conversation) ReadMark {
	mark := ReadMark{Time: c.MaxTime, TimeArrival: s.meta.arrival}
	if c.Type == Group {
		mark.Seq, mark.SeqArrival = c.MaxSeq, s.meta.arrival
	}
	return mark
}

// markRead raises the read mark of a conversation.
func (s *stage) markRead(old *Conversation, mark ReadMark) error {
	joined := old.Read.join(mark)
	if joined == old.Read {
		return nil
	}
	same := joined.Time == old.Read.Time && joined.Seq == old.Read.Seq
	if same && old.Unread == 0 && len(old.Mentions) == 0 && !old.live() {
		return nil // only the arrival number would rise, over nothing that counts
	}
	c := old.changed()
	c.Read = joined
	if err := s.recount(c, c.UnreadFrom); err != nil {
		return err
	}
	s.save(c)
	return nil
}

// recount takes the unread count and the mentions from the stored messages of
// that second and later; no older one may count.
func (s *stage) recount(c *Conversation, from int64) error {
	c.Unread, c.UnreadFrom = 0, 0
	mentions := c.Mentions
	c.Mentions = nil
	for _, m := range mentions {
		if !c.Read.covers(m.At, c.Type) {
			c.Mentions = append(c.Mentions, m)
		}
	}
	if all := s.markOfAll(c); c.Read.join(all) == c.Read {
		return nil // nothing stored is above the mark
	}
	stored, err := s.messages(c.ConvKey, from)
	if err != nil {
		return err
	}
	for _, m := range stored {
		if c.counts(m) {
			if c.Unread == 0 {
				c.UnreadFrom = m.At.Time
			}
			c.Unread++
		}
	}
	return nil
}
