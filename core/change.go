package core

import (
	"bytes"
	"slices"
)

// A Target names a message: by its identity, which is enough, or by what a
// locator has: conversation, sequence and random number.
type Target struct {
	Conv ConvKey // the zero value where the identity alone is known
	ID   string
	Time int64 // a hint, in seconds
	Seq  uint64
	Rand uint64
}

// A Change is something to be done to a message.
type Change struct {
	Target
	What []byte // for Codec.Change

	// Notice is what to tell; NoticeNew: nothing. Tell writes it, from the
	// message as it then is; nil for one that has not come yet, of which it may
	// write nothing. Silent tells other tabs only.
	Notice NoticeKind
	Tell   func(m *Message) []byte
	Silent bool

	// May, where it is set, refuses messages.
	May func(m *Message) error

	// Keep has a change wait for a message that has not come yet.
	Keep bool
}

// A Changed is what became of a change: the message as it then is, or why not.
type Changed struct {
	Message *Message
	Conv    *Conversation
	Err     error
}

// ChangeMessages changes messages, in order. A message that is not known fails
// with CodeNoMessage, unless the change is kept for it.
func (c *Core) ChangeMessages(name string, changes []Change, done func([]Changed, error)) {
	var results []Changed
	c.enqueue(&operation{
		name: name, writes: true, weight: len(changes),
		done: func(err error) { done(results, err) },
		apply: func(s *stage) error {
			results = make([]Changed, len(changes))
			for i := range changes {
				err := s.expectEach(i, len(changes), func(i int) Target { return changes[i].Target })
				if err == nil {
					err = s.change(&changes[i], &results[i])
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

func (s *stage) change(change *Change, result *Changed) error {
	m, err := s.locate(change.Target)
	if err != nil {
		return err
	}
	if m == nil {
		if change.Keep {
			return s.keep(change)
		}
		result.Err = &Error{Code: CodeNoMessage, Op: s.op.name}
		return nil
	}
	result.Message, result.Conv = m, s.find(m.Conv)
	if change.May != nil {
		if result.Err = change.May(m); result.Err != nil {
			return nil
		}
	}
	n := m
	if m.Status != StatusDeleted { // what was deleted here stays so, whatever others do with it
		n = s.codec.Change(m, change.What)
	}
	result.Message = n
	if n != m && !(bytes.Equal(n.Raw, m.Raw) && n.Status == m.Status) {
		if err := s.replace(m, n); err != nil {
			return err
		}
		s.tellChange(change, n)
	}
	result.Conv = s.find(n.Conv)
	return nil
}

// keep writes a change down for a message that has not come yet.
func (s *stage) keep(change *Change) error {
	keys := change.pendingKeys()
	if len(keys) == 0 {
		return nil
	}
	key := keys[len(keys)-1] // the most exact one
	if change.ID != "" && change.Conv.ID != "" {
		key = keys[1]
	}
	values, err := s.tx.Get(SpaceMeta, key)
	if err != nil {
		return err
	}
	what := change.What
	if values[0] == nil {
		s.meta.pending++
	} else if before := s.openPending(values[0]); before != nil {
		if what = s.codec.Join(before, what); bytes.Equal(what, before) {
			return nil
		}
	}
	s.tx.Put(SpaceMeta, key, sealText(what))
	s.written = true
	s.tellChange(change, nil)
	return nil
}

func (s *stage) tellChange(change *Change, m *Message) {
	if change.Notice == NoticeNew {
		return
	}
	if raw := change.Tell(m); raw != nil && change.Silent {
		s.tellOthers(change.Notice, raw)
	} else if raw != nil {
		s.tell(change.Notice, raw)
	}
}

// openPending returns nil where a change cannot be read.
func (s *stage) openPending(value []byte) []byte {
	change, ok := openText(value)
	if !ok {
		s.damage.meet(value)
		return nil
	}
	return change
}

// applyPending changes a message that has just come as was asked before.
func (s *stage) applyPending(m *Message) error {
	var keys []string
	for _, id := range append([]string{m.ID}, m.Also...) {
		t := Target{Conv: m.Conv, ID: id, Seq: m.At.Seq, Rand: m.Rand}
		for _, t := range []Target{t, {Conv: m.Conv, Seq: m.At.Seq}, {Conv: m.Conv, Rand: m.Rand}} {
			for _, key := range t.pendingKeys() {
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
	}
	values, err := s.tx.Get(SpaceMeta, keys...)
	if err != nil {
		return err
	}
	for i, value := range values {
		if value != nil {
			if change := s.openPending(value); change != nil {
				n := *s.codec.Change(m, change)
				n.At = m.At // it keeps the place it comes to
				*m = n
			}
			s.tx.Delete(SpaceMeta, keys[i])
			s.meta.pending--
		}
	}
	return nil
}

// replace puts a changed message in the place of the one before, and has its
// conversation follow: unread count, mentions and last message.
func (s *stage) replace(m, n *Message) error {
	if n.At != m.At {
		key := messageKey(m.Conv, m.At)
		s.tx.Delete(SpaceMessages, key)
		for _, id := range m.idKeys() {
			s.known[id] = key
		}
	}
	s.write(n)
	old := s.find(n.Conv)
	if old == nil {
		return nil
	}
	c := old.changed()
	c.reach(n)
	c.countAgain(m, n)
	switch isLast := c.Last != nil && c.Last.At == m.At; {
	case isLast && (!n.lastable() || n.At.Before(m.At)):
		if err := s.findLast(c); err != nil {
			return err
		}
	case isLast, n.lastable() && (c.Last == nil || c.Last.At.Before(n.At)):
		c.Last = lastOf(n)
	}
	s.save(c)
	return nil
}

// countAgain brings unread count and mentions up to date when the stored message m has
// become n. It reads nothing: one message of many takes no longer than one of few.
func (c *Conversation) countAgain(m, n *Message) {
	if m.mentions() {
		var others []Mention
		for _, x := range c.Mentions {
			if x.At != m.At {
				others = append(others, x)
			}
		}
		c.Mentions = others
	}
	if c.counts(m) && c.Unread > 0 {
		if c.Unread--; c.Unread == 0 {
			c.UnreadFrom = 0
		}
	}
	c.count(n)
}

// findLast takes the last message from the stored ones.
func (s *stage) findLast(c *Conversation) error {
	c.Last = nil
	end := messagesEnd(c.ConvKey)
	for size := 4; ; size = min(size*4, 256) {
		values, err := s.tx.Last(SpaceMessages, messagesFrom(c.ConvKey, 0), end, size)
		if err != nil {
			return err
		}
		stored := s.decodeMessages(values)
		for _, m := range slices.Backward(stored) {
			if m.lastable() {
				c.Last = lastOf(m)
				return nil
			}
		}
		if len(values) < size || len(stored) == 0 {
			return nil
		}
		end = messageKey(c.ConvKey, stored[0].At)
	}
}
