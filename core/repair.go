package core

import (
	"bytes"
	"slices"
)

// repair puts aside what is damaged, and brings conversations into agreement with the
// stored messages: the counts of records after one that could not be read may tell of
// messages that are gone, and messages may be there without their conversation.
func (c *Core) repair() *operation {
	var d *damage
	aside := 0
	op := &operation{name: "repair", writes: true, weight: 1}
	op.apply = func(s *stage) error {
		err := s.repair()
		d, aside = s.damage, len(s.damage.all)
		return err
	}
	op.done = func(err error) {
		if err != nil {
			c.cfg.Report(err)
		} else {
			d.aside = aside
		}
		c.quarantine()
	}
	return op
}

func (s *stage) repair() error {
	lost, err := s.inspect()
	if err != nil {
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
		for _, id := range m.idKeys() {
			if lost[id] {
				s.tx.putID(id, messageKey(m.Conv, m.At), nil)
			}
		}
		if err := s.rest(); err != nil {
			return err
		}
	}
	s.putAside()
	s.damage.suspect = false
	var known []*Conversation
	s.byKey.Scan(func(c *Conversation) bool {
		known = append(known, c)
		return true
	})
	s.regroup(known)
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

// inspect finds what is damaged beside conversations and the journal. Identities that
// lead to no message are forgotten, so that the message can come again, or be found
// to be here; it returns them.
func (s *stage) inspect() (lost map[string]bool, err error) {
	gone := map[string]bool{nowhere: true}
	err = s.damage.inspect(s.tx.Tx, SpaceMessages, "", "", func(key string, value []byte) bool {
		_, err := decodeMessage(value)
		gone[key] = err != nil
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	lost = map[string]bool{}
	err = s.damage.inspect(s.tx.Tx, SpaceIDs, "", "", func(id string, value []byte) bool {
		key := s.openID(value)
		if gone[key] && s.ids.get(id) == nil {
			lost[id] = true
		}
		return key != nowhere
	})
	if err != nil {
		return nil, err
	}
	for id := range lost {
		s.tx.Delete(SpaceIDs, id)
		s.written = true
	}
	return lost, s.damage.inspect(s.tx.Tx, SpaceMeta, "pending/", "", func(key string, value []byte) bool {
		if key[0] == 'p' {
			_, ok := openText(value)
			return ok
		}
		if key == wipedKey {
			_, err := decodeWipe(value)
			return err == nil
		}
		_, err := decodeInFlight(value)
		return err == nil
	})
}

// regroup makes the groups that conversations are in and the counters do not know, in
// order of their oldest members.
func (s *stage) regroup(known []*Conversation) {
	for {
		var oldest *Membership
		for _, c := range known {
			for i := range c.Groups {
				m := &c.Groups[i]
				s.meta.joined = max(s.meta.joined, m.Since)
				if (oldest == nil || m.Since < oldest.Since) && !slices.Contains(s.meta.groups, m.Group) {
					oldest = m
				}
			}
		}
		if oldest == nil {
			return
		}
		s.makeGroup(oldest.Group)
		s.written = true
	}
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
