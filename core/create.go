package core

// Create puts a conversation into the list, or does nothing where it is in the
// list already. done gets it as it then is.
func (c *Core) Create(key ConvKey, done func(*Conversation, error)) {
	now := c.now()
	var created *Conversation
	c.enqueue(&operation{
		name: "create", writes: true, weight: 1,
		done: func(err error) { done(created, err) },
		apply: func(s *stage) error {
			if created = s.Conversation(key); created == nil {
				s.save(s.appear(key, now))
				created = s.find(key)
			}
			return nil
		},
	})
}

// appear makes a conversation exist, in front of all that is not pinned.
func (s *stage) appear(key ConvKey, now int64) *Conversation {
	c := s.peer(key)
	c.Exists = true
	c.Active = s.liveKey(now)
	return c
}
