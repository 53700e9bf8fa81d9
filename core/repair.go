package core

import "bytes"

// repair brings conversations into agreement with the stored messages, after records
// could not be read: the counts of later ones may tell of messages that are gone, and
// messages may be there without their conversation.
func (c *Core) repair() *operation {
	return &operation{
		name: "repair", writes: true, weight: 1, done: func(err error) {
			if err != nil {
				c.cfg.Report(err)
			}
		},
		apply: func(s *stage) error { return s.repair() },
	}
}

func (s *stage) repair() error {
	stored, err := s.tx.Values(SpaceMessages, "", "", 0)
	if err != nil {
		return err
	}
	byConv := map[ConvKey][]*Message{}
	for _, m := range decodeMessages(stored) {
		byConv[m.Conv] = append(byConv[m.Conv], m)
		s.meta.arrival = max(s.meta.arrival, m.At.Arrival)
		if err := s.rest(); err != nil {
			return err
		}
	}
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
