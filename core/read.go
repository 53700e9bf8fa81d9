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
	c.enqueue(&operation{
		name: "mark read", writes: true, weight: 1, done: done,
		apply: func(s *stage) error {
			old := s.Conversation(key)
			if old == nil {
				return &Error{Code: CodeNoConversation, Op: "mark read"}
			}
			mark, err := s.readMark(old, to)
			if err != nil {
				return err
			}
			return s.markRead(old, mark)
		},
	})
}

// MarkAllRead reads every conversation of that type, of any type where kind is
// 0, up to the time (C2C) or sequence (groups) given, or to the newest message
// where that is 0.
func (c *Core) MarkAllRead(kind ConvType, to ReadUpTo, done func(error)) {
	c.enqueue(&operation{
		name: "mark all read", writes: true, weight: 100, done: done,
		apply: func(s *stage) error {
			var unread []*Conversation
			s.Conversations(func(c *Conversation) bool {
				if (kind == 0 || c.Type == kind) && (c.Unread > 0 || len(c.Mentions) > 0) {
					unread = append(unread, c)
				}
				return true
			})
			for _, c := range unread {
				upTo := ReadUpTo{Time: to.Time}
				if c.Type == Group {
					upTo = ReadUpTo{Seq: to.Seq}
				}
				mark, err := s.readMark(c, upTo)
				if err == nil {
					err = s.markRead(c, mark)
				}
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

// readMark turns what was read into a mark.
func (s *stage) readMark(c *Conversation, to ReadUpTo) (ReadMark, error) {
	at := Position{Time: to.Time, Seq: to.Seq}
	if to.ID != "" {
		keys, err := s.keysOf(Target{Conv: c.ConvKey, ID: to.ID})
		if err != nil {
			return ReadMark{}, err
		}
		for _, key := range keys {
			if p, ok := parsePosition(string(key)); ok {
				at = p
			}
		}
		if at == (Position{}) { // nobody knows up to where
			return ReadMark{}, &Error{Code: CodeNoMessage, Op: "mark read"}
		}
	}
	switch {
	case at.Time == 0 && (c.Type == C2C || at.Seq == 0):
		return s.markOfAll(c), nil
	case at.Time == 0: // messages without a sequence are read up to there
		second, err := s.secondOf(c.ConvKey, at.Seq)
		if err != nil {
			return ReadMark{}, err
		}
		at.Time = second
	case c.Type == Group && at.Seq == 0: // those with a sequence are read up to there
		seq, err := s.seqBefore(c.ConvKey, at)
		if err != nil {
			return ReadMark{}, err
		}
		at.Seq = seq
	}
	mark := s.markOfAll(c) // what is not stored yet cannot have been read here
	mark.Time, mark.All = min(mark.Time, at.Time), 0
	if c.Type == Group {
		mark.Seq = min(mark.Seq, at.Seq)
	}
	return mark, nil
}

// markOfAll is the mark that covers all that is stored now.
func (s *stage) markOfAll(c *Conversation) ReadMark {
	arrival := s.meta.arrival
	mark := ReadMark{Time: min(c.MaxTime, s.horizon()), TimeArrival: arrival, All: arrival}
	if c.Type == Group {
		mark.Seq, mark.SeqArrival = c.MaxSeq, arrival
	}
	return mark
}

// horizon is the last second, a day ahead of the clock, that is believed: a
// mark beyond would swallow all that comes until then.
func (s *stage) horizon() int64 { return s.op.at/1000 + 24*60*60 }

// markRead raises the read mark of a conversation.
func (s *stage) markRead(old *Conversation, mark ReadMark) error {
	joined := old.Read.join(mark)
	same := joined.Time == old.Read.Time && joined.Seq == old.Read.Seq
	if joined == old.Read || same && mark.All > 0 && old.Read.All >= old.MaxArrival {
		return nil // nothing has been stored since everything was read
	}
	c := old.changed()
	c.Read, c.Mentions = joined, nil
	for _, m := range old.Mentions {
		if !c.Read.covers(m.At, c.Type) {
			c.Mentions = append(c.Mentions, m)
		}
	}
	if c.Unread > 0 { // a mark that rises makes it no more
		if err := s.recount(c, c.unreadFrom()); err != nil {
			return err
		}
	}
	s.save(c)
	return nil
}

// unreadFrom is a second before which no message counts.
func (c *Conversation) unreadFrom() int64 {
	if c.Type == C2C { // all earlier ones are read, whatever brought them
		return max(c.UnreadFrom, c.Read.Time)
	}
	return c.UnreadFrom
}

// recount takes the unread count from the stored messages of that second and later; no
// older one may count.
func (s *stage) recount(c *Conversation, from int64) error {
	c.Unread, c.UnreadFrom = 0, 0
	if c.Read.All >= s.meta.arrival {
		return nil // nothing stored is above the mark
	}
	stored, err := s.messagesOf(c.ConvKey, from)
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
