package core

import "bytes"

// repair puts aside what is damaged, and brings conversations into agreement with the
// stored messages: the counts of records after one that could not be read may tell of
// messages that are gone, and messages may be there without their conversation.
func (c *Core) repair() *operation {
	var d *damage
	n := 0
	op := &operation{name: "repair", writes: true, weight: 1}
	op.apply = func(s *stage) error {
		err := s.repair()
		d, n = s.damage, len(s.damage.fresh)
		return err
	}
	op.done = func(err error) {
		if err != nil {
			c.cfg.Report(err)
		} else {
			d.fresh = d.fresh[n:]
		}
		c.quarantine()
	}
	return op
}

func (s *stage) repair() error {
	if err := s.inspect(); err != nil {
		return err
	}
	stored, err := s.tx.Values(SpaceMessages, "", "", 0)
	if err != nil {
		return err
	}
	byConv := map[ConvKey][]*Message{}
	for _, m := range s.decodeMessages(stored) {
		byConv[m.Conv] = append(byConv[m.Conv], m)
		s.meta.arrival = max(s.meta.arrival, m.At.Arrival)
		if err := s.rest(); err != nil {
			return err
		}
	}
	if err := s.repairIDs(byConv); err != nil {
		return err
	}
	if err := s.putAside(); err != nil {
		return err
	}
	s.damage.suspect = false
	var known []*Conversation
	s.byKey.Scan(func(c *Conversation) bool {
		known = append(known, c)
		return true
	})
	for _, old := range known {
		s.repairOne(old, old.changed(), byConv[old.ConvKey])
		delete(byConv, old.ConvKey)
	}
	for key, messages := range byConv {
		last := messages[len(messages)-1]
		s.repairOne(nil, &Conversation{ConvKey: key, Exists: true, Active: last.At.Time * 1000}, messages)
	}
	return nil
}

// inspect finds what is damaged of messages, of changes of messages to come and of
// messages being sent.
func (s *stage) inspect() error {
	err := s.damage.inspect(s.tx.Tx, SpaceMessages, "", "", func(_ string, value []byte) bool {
		_, err := decodeMessage(value)
		return err == nil
	})
	if err == nil {
		err = s.damage.inspect(s.tx.Tx, SpaceMeta, "pending/", "pending0", func(_ string, value []byte) bool {
			_, ok := openText(value)
			return ok
		})
	}
	if err == nil {
		err = s.damage.inspect(s.tx.Tx, SpaceMeta, sendingFrom, sendingEnd, func(_ string, value []byte) bool {
			_, err := decodeInFlight(value)
			return err == nil
		})
	}
	return err
}

// repairIDs has identities whose records are damaged lead to their messages again.
// Those that lead to no message are forgotten, so that it can come again.
func (s *stage) repairIDs(messages map[ConvKey][]*Message) error {
	here := map[string]string{}
	for _, of := range messages {
		for _, m := range of {
			key := messageKey(m.Conv, m.At)
			for _, id := range m.idKeys() {
				here[id] = key
			}
		}
	}
	var wrong []string
	err := s.damage.inspect(s.tx.Tx, SpaceIDs, "", "", func(id string, value []byte) bool {
		key := openID(value)
		if key == nil || s.damage.names[string(SpaceMessages)+"/"+string(key)] {
			wrong = append(wrong, id)
		}
		return key != nil
	})
	for _, id := range wrong {
		if s.ids.get(id) != nil { // the journal has it anew
			continue
		}
		s.tx.Delete(SpaceIDs, id)
		if key := here[id]; key != "" {
			s.tx.putID(id, key, nil)
		}
		s.written = true
	}
	return err
}

func (s *stage) repairOne(old, c *Conversation, messages []*Message) {
	c.Last, c.Unread, c.UnreadFrom, c.Mentions = nil, 0, 0, nil
	for _, m := range messages {
		c.show(m)
	}
	if old == nil || old.Unread != c.Unread || old.MaxTime != c.MaxTime || old.MaxSeq != c.MaxSeq || len(old.Mentions) != len(c.Mentions) || !sameLast(old.Last, c.Last) {
		s.save(c)
	}
}

func sameLast(a, b *Last) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.At == b.At && bytes.Equal(a.Raw, b.Raw)
}
