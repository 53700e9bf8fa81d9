package core

// Pin pins or unpins a conversation; its place among its like stays. It fails
// with CodeNoConversation where there is none and with CodePinLimit where too
// many are pinned.
func (c *Core) Pin(key ConvKey, pinned bool, done func(error)) {
	c.enqueue(&operation{
		name: "pin", writes: true, weight: 1, done: done,
		apply: func(s *stage) error {
			old := s.Conversation(key)
			switch {
			case old == nil:
				return &Error{Code: CodeNoConversation, Op: "pin"}
			case old.Pinned == pinned:
				return nil
			case pinned && s.pinned >= s.limits.Pinned:
				return &Error{Code: CodePinLimit, Op: "pin"}
			}
			n := old.changed()
			n.Pinned = pinned
			s.save(n)
			return nil
		},
	})
}
