package core

// Incoming are messages that come in: about Count of them, 0 only if there are
// none. They are read when it is their turn: Read returns those that could be
// read, and calls rest after each.
type Incoming struct {
	Count int
	Read  func(rest func()) []*Message
}

// Receive takes in messages that arrived, each at most once. done is called
// when they are durable; with no message at all that makes it a barrier for
// everything accepted before.
func (c *Core) Receive(in Incoming, done func(error)) {
	c.takeIn("receive", in, func(s *stage, m *Message) error { return s.receive(*m) }, done)
}

// takeIn has each of some messages taken in, as one operation.
func (c *Core) takeIn(name string, in Incoming, take func(*stage, *Message) error, done func(error)) {
	var messages []*Message
	op := &operation{name: name, writes: true, weight: in.Count, done: done, barrier: in.Count == 0}
	op.prepare = func(rest func()) {
		if in.Count > 0 {
			messages = in.Read(rest)
		}
		for _, m := range messages {
			if !m.Online {
				op.wants = append(op.wants, m.idKeys()...)
			}
		}
	}
	op.apply = func(s *stage) error {
		for _, m := range messages {
			err := take(s, m)
			if err == nil {
				err = s.rest()
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	c.enqueue(op)
}

// receive takes in one message. It works on its own copy, for an operation may
// run more than once.
func (s *stage) receive(m Message) error {
	if m.Online {
		s.running.news = append(s.running.news, m.Raw)
		s.tellOthers(NoticeNew, m.Raw)
		return nil
	}
	if key := s.same(&m); key != "" {
		return s.echo(key, &m)
	}
	c := s.peer(m.Conv)
	if c.Floor.covers(&m) {
		return nil
	}
	if err := s.arrive(&m); err != nil {
		return err
	}
	s.news[messageKey(m.Conv, m.At)] = true
	s.running.news = append(s.running.news, m.Raw)
	c.show(&m)
	s.lift(c, &m)
	s.save(c)
	return nil
}

// lift moves a conversation up in the list to where a message belongs.
func (s *stage) lift(c *Conversation, m *Message) {
	if !m.NoLast || !c.Exists {
		key := s.messageKey(m.At.Time, c.ConvKey)
		c.Active = max(c.Active, key)
		if m.At.Time <= s.horizon() {
			s.meta.live = max(s.meta.live, key)
		}
	}
	c.Exists = true
}

// show has a conversation take in a message that was stored.
func (c *Conversation) show(m *Message) {
	c.reach(m)
	c.count(m)
	c.showSender(m)
	if m.lastable() && (c.Last == nil || c.Last.At.Before(m.At)) {
		c.Last = lastOf(m)
	}
}

// reach keeps the newest time and sequence.
func (c *Conversation) reach(m *Message) {
	c.MaxArrival = max(c.MaxArrival, m.At.Arrival)
	if !m.Local && !m.Clocked {
		c.MaxTime, c.MaxSeq = max(c.MaxTime, m.At.Time), max(c.MaxSeq, m.At.Seq)
	}
}

func lastOf(m *Message) *Last {
	return &Last{At: m.At, FromSelf: m.FromSelf, IsRead: m.IsRead, Raw: m.Raw}
}

// count adds a message to what is unread, if it is.
func (c *Conversation) count(m *Message) {
	if c.counts(m) {
		if c.Unread == 0 || m.At.Time < c.UnreadFrom {
			c.UnreadFrom = m.At.Time
		}
		c.Unread++
	}
	if m.mentions() && !c.Read.covers(m.At, c.Type) {
		c.mention(m)
	}
}

// mention puts a message among those that mention this account, in order.
func (c *Conversation) mention(m *Message) {
	i := len(c.Mentions)
	for i > 0 && m.At.Before(c.Mentions[i-1].At) {
		i--
	}
	// A new slice: the old one belongs to the conversation before.
	before := c.Mentions
	c.Mentions = append(before[:i:i], Mention{Seq: m.At.Seq, Kind: m.Mention, At: m.At})
	c.Mentions = append(c.Mentions, before[i:]...)
}

// showSender keeps the names that the newest incoming message brought.
func (c *Conversation) showSender(m *Message) {
	if c.Type != C2C || m.FromSelf || m.Sender.Name == "" && m.Sender.FaceURL == "" || m.At.Before(c.Sender.At) {
		return
	}
	c.Sender = m.Sender
	c.Sender.At = m.At
}
