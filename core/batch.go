package core

// eachOf runs change for conversations by name, in order, as one operation.
// done gets one error for each, nil where it succeeded. One that does not exist
// fails with CodeNoConversation; the others are not disturbed.
func (c *Core) eachOf(name string, keys []ConvKey, change func(s *stage, old *Conversation) error, done func([]error, error)) {
	c.enqueue(c.eachOperation(name, keys, change, done))
}

func (c *Core) eachOperation(name string, keys []ConvKey, change func(s *stage, old *Conversation) error, done func([]error, error)) *operation {
	var results []error
	return &operation{
		name: name, writes: true, weight: len(keys),
		done: func(err error) { done(results, err) },
		apply: func(s *stage) error {
			results = make([]error, len(keys))
			for i, key := range keys {
				old := s.Conversation(key)
				if old == nil {
					results[i] = &Error{Code: CodeNoConversation, Op: name}
					continue
				}
				err := change(s, old)
				if ofStorage(err) {
					return err
				}
				results[i] = err
			}
			return nil
		},
	}
}

// Mark sets or clears mark bits. A conversation that would be one more than
// Limits.Marked with marks fails with CodeTooMany.
func (c *Core) Mark(keys []ConvKey, bits uint64, set bool, done func([]error, error)) {
	c.eachOf("mark", keys, func(s *stage, old *Conversation) error {
		n := old.changed()
		if set {
			n.Marks |= bits
		} else {
			n.Marks &^= bits
		}
		if n.Marks == old.Marks {
			return nil
		}
		if old.Marks == 0 && s.marked >= s.limits.Marked {
			return &Error{Code: CodeTooMany, Op: "mark"}
		}
		s.save(n)
		return nil
	}, done)
}

// SetCustom sets the custom data. A conversation that would be one more than
// Limits.Marked with custom data fails with CodeTooMany.
func (c *Core) SetCustom(keys []ConvKey, data string, done func([]error, error)) {
	c.eachOf("set custom data", keys, func(s *stage, old *Conversation) error {
		if old.Custom == data {
			return nil
		}
		if old.Custom == "" && s.custom >= s.limits.Marked {
			return &Error{Code: CodeTooMany, Op: "set custom data"}
		}
		n := old.changed()
		n.Custom = data
		s.save(n)
		return nil
	}, done)
}
