package core

import "slices"

// Save stores a message that this account itself made or knows about, as if it
// had been sent: it becomes the last message and lifts the conversation, but
// counts nowhere. One that is known already is left as it is. done gets the
// message as it is stored.
func (c *Core) Save(m *Message, done func(*Message, error)) {
	var saved *Message
	c.enqueue(&operation{
		name: "save message", writes: true, weight: 1, wants: m.idKeys(),
		done: func(err error) { done(saved, err) },
		apply: func(s *stage) (err error) {
			if key := s.same(m); key != "" {
				saved, err = s.message(key)
				return err
			}
			n := *m
			saved = &n
			return s.place(&n)
		},
	})
}

// place stores a message and makes or lifts its conversation.
func (s *stage) place(m *Message) error {
	if err := s.arrive(m); err != nil {
		return err
	}
	c := s.peer(m.Conv)
	c.show(m)
	s.lift(c, m)
	s.save(c)
	return nil
}

// Import stores messages of old: they count nowhere, lift nothing and make no
// conversation. The newest may become the last message.
func (c *Core) Import(in Incoming, done func(error)) {
	c.takeIn("import messages", in, func(s *stage, m *Message) error {
		n := *m
		if s.same(&n) != "" {
			return nil
		}
		if err := s.arrive(&n); err != nil {
			return err
		}
		c := s.peer(n.Conv)
		c.show(&n)
		s.save(c)
		return nil
	}, done)
}

// Send stores a message whose Status is StatusSending. One that is known
// already is sent again if it could not be sent before, and fails with
// CodeNotAllowed otherwise.
func (c *Core) Send(m *Message, done func(*Message, error)) {
	var sent *Message
	c.enqueue(&operation{
		name: "send", writes: true, weight: 1, wants: m.idKeys(),
		done: func(err error) { done(sent, err) },
		apply: func(s *stage) error {
			n := *m
			key := s.same(&n)
			err := error(nil)
			if key == "" {
				s.behindLast(&n, nil)
				err = s.place(&n)
			} else {
				err = s.sendAgain(key, &n)
			}
			if err != nil {
				return err
			}
			sent = &n
			f := inFlight{tab: s.tab, conv: n.Conv, id: n.ID}
			s.tx.Put(SpaceMeta, f.key(), encodeInFlight(f))
			return nil
		},
	})
}

// behindLast puts a message that is to be sent behind the last one, whatever the
// clock says: what a user sends stands at the end. before is what it was, if it
// is sent again.
func (s *stage) behindLast(n, before *Message) {
	c := s.find(n.Conv)
	if c == nil || c.Last == nil {
		return
	}
	last := c.Last.At
	if n.At.Time < last.Time || n.At.Time == last.Time && n.At.Seq < last.Seq {
		n.At.Time = last.Time
		if n.At.Seq < last.Seq && (before == nil || before.At != last) {
			n.At.Time++
		}
	}
}

func (s *stage) sendAgain(key string, n *Message) error {
	m, err := s.message(key)
	if err != nil {
		return err
	}
	if m == nil || m.Status != StatusFailed && m.Status != StatusCanceled {
		return &Error{Code: CodeNotAllowed, Op: "send"}
	}
	s.meta.arrival++
	s.behindLast(n, m)
	given := append([]string{n.ID}, n.Also...)
	n.ID, n.Also, n.At.Arrival = m.ID, slices.Clone(m.Also), s.meta.arrival
	for _, id := range given { // its echo may come under each of them
		if id != n.ID && !slices.Contains(n.Also, id) {
			n.Also = append(n.Also, id)
		}
	}
	if err := s.replace(m, n); err != nil {
		return err
	}
	c := s.peer(n.Conv)
	s.lift(c, n)
	s.save(c)
	return nil
}

// Settle ends the sending of a message: as sent, with what the server's echo
// knows, or as change says. A message that is no longer being sent stays as it
// is. done gets the message as it then is, nil where it is gone.
func (c *Core) Settle(key ConvKey, id string, echo, change []byte, done func(*Message, *Conversation, error)) {
	var settled *Message
	var conv *Conversation
	c.enqueue(&operation{
		name: "settle", writes: true, weight: 1,
		done: func(err error) { done(settled, conv, err) },
		apply: func(s *stage) (err error) {
			settled, err = s.endSending(inFlight{tab: s.tab, conv: key, id: id}, func(m *Message) *Message {
				if echo != nil {
					return s.codec.Settle(m, echo)
				}
				return s.codec.Change(m, change)
			})
			conv = s.find(key)
			return err
		},
	})
}

// An inFlight is a message that a tab is sending.
type inFlight struct {
	tab  string
	conv ConvKey
	id   string
}

// endSending has a message that is still being sent become something else. It
// returns the message as it then is.
func (s *stage) endSending(f inFlight, become func(*Message) *Message) (*Message, error) {
	s.tx.Delete(SpaceMeta, f.key())
	s.written = true
	m, err := s.locate(Target{Conv: f.conv, ID: f.id})
	if err != nil || m == nil || m.Status != StatusSending {
		return m, err
	}
	n := become(m)
	return n, s.settle(m, n)
}

// settle puts a message that was being sent where it belongs now.
func (s *stage) settle(m, n *Message) error {
	if err := s.replace(m, n); err != nil {
		return err
	}
	if n.Status == StatusSent {
		c := s.peer(n.Conv)
		s.lift(c, n)
		s.save(c)
		s.tellOthers(NoticeNew, n.Raw)
	}
	return nil
}

// echo takes in a message that is known already. The echo of one that was sent
// from here settles it, and an identity that is new is remembered.
func (s *stage) echo(key string, m *Message) error {
	if !m.FromSelf {
		return nil
	}
	stored, err := s.message(key)
	if err != nil || stored == nil {
		return err
	}
	waits := stored.Status == StatusSending || stored.Status == StatusFailed
	if !waits && (m.ID == stored.ID || slices.Contains(stored.Also, m.ID)) {
		return nil
	}
	n := s.codec.Settle(stored, m.Raw)
	if !waits {
		only := *stored
		only.Also, only.Raw = n.Also, stored.Raw
		s.write(&only)
		return nil
	}
	s.running.notices = append(s.running.notices, Notice{NoticeUpdated, n.Raw})
	return s.settle(stored, n)
}

// settleDead queues, in front of every call, the failure of messages whose tab
// is gone.
func (c *Core) settleDead() error {
	values, err := c.writtenDown(SpaceMeta, sendingFrom, sendingEnd)
	alive, known := c.alive(len(values))
	if !known {
		return err
	}
	var ops []*operation
	for _, value := range values {
		f, err := decodeInFlight(value)
		if err != nil {
			c.account.damage.meet(value)
		}
		if err != nil || slices.Contains(alive, f.tab) {
			continue
		}
		ops = append(ops, &operation{
			name: "settle", writes: true, weight: 1, done: func(error) {},
			apply: func(s *stage) error {
				_, err := s.endSending(f, s.codec.Fail)
				return err
			},
		})
	}
	c.enqueueFirst(ops)
	return err
}
