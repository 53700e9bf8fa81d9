package core

// A ConvUpdate is what a server knows better about a conversation. Fields that
// are nil stay as they are; an empty name or picture takes the told one back.
type ConvUpdate struct {
	Key     ConvKey
	Name    *string
	FaceURL *string
	Kind    *GroupType
	RecvOpt *uint8
}

// UpdateConversations takes in what a server knows about conversations. One
// that does not exist is not created: what was told is kept for its first
// appearance.
func (c *Core) UpdateConversations(updates []ConvUpdate, done func(error)) {
	c.enqueue(&operation{
		name: "update conversations", writes: true, weight: len(updates), done: done,
		apply: func(s *stage) error {
			for _, u := range updates {
				if err := s.update(u); err != nil {
					return err
				}
				if err := s.rest(); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

func (s *stage) update(u ConvUpdate) error {
	old := s.find(u.Key)
	c := s.peer(u.Key)
	if u.Name != nil {
		c.Name = *u.Name
	}
	if u.FaceURL != nil {
		c.FaceURL = *u.FaceURL
	}
	if u.RecvOpt != nil {
		c.RecvOpt = *u.RecvOpt
	}
	if u.Kind != nil && *u.Kind != c.Kind {
		wasLive := c.live()
		c.Kind = *u.Kind
		if c.live() != wasLive {
			if err := s.recount(c, 0); err != nil {
				return err
			}
		}
	}
	if old != nil && c.Name == old.Name && c.FaceURL == old.FaceURL && c.RecvOpt == old.RecvOpt && c.Kind == old.Kind {
		return nil
	}
	s.save(c)
	return nil
}
