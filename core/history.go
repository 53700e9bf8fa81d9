package core

import "slices"

// A History asks for a page of a conversation's stored messages.
type History struct {
	After bool // newer than the anchor, else older

	// The anchor, which is not part of the page: the message of that identity,
	// else that position. Where there is none a page of older messages begins
	// with the newest.
	Anchor *Target

	// Seq is an anchor by sequence, which is part of the page; groups only.
	Seq uint64

	// Begin and Period, in seconds, bound the page in time: from Begin
	// (0: no bound) Period far (0: all the way), in the page's direction.
	Begin, Period int64

	Count int
	Seqs  []uint64            // these sequences only, whatever the rest says
	Picks func(*Message) bool // nil: every message
}

// Messages reads a page of messages, the newest first, and gives it to done
// with the conversation, which is nil where nothing is known of it. Deleted
// messages are left out.
func (c *Core) Messages(key ConvKey, h History, done func([]*Message, *Conversation, error)) {
	var page []*Message
	var conv *Conversation
	hinted := false
	c.enqueue(&operation{
		name: "read history", views: true,
		done:   func(err error) { done(page, conv, err) },
		expect: func(s *stage) { hinted = s.expectPage(key, h) },
		apply: func(s *stage) (err error) {
			conv = s.find(key)
			if len(h.Seqs) > 0 {
				page, err = s.messagesBySeq(key, h.Seqs)
			} else {
				page, err = s.page(key, h, hinted)
			}
			return err
		},
	})
}

// FindMessages finds messages, deleted ones too; nil where there is none.
func (c *Core) FindMessages(targets []Target, done func([]Changed, error)) {
	var found []Changed
	c.enqueue(&operation{
		name: "find messages", views: true,
		done: func(err error) { done(found, err) },
		apply: func(s *stage) error {
			found = make([]Changed, len(targets))
			for i, t := range targets {
				if err := s.expectEach(i, len(targets), func(i int) Target { return targets[i] }); err != nil {
					return err
				}
				m, err := s.locate(t)
				if err != nil {
					return err
				}
				if m != nil {
					found[i] = Changed{Message: m, Conv: s.find(m.Conv)}
				}
			}
			return nil
		},
	})
}

// expectPage says what a page reads first: its anchor, or the messages themselves, or both,
// which it tells.
func (s *stage) expectPage(key ConvKey, h History) (hinted bool) {
	switch {
	case len(h.Seqs) > 0 || h.Seq > 0 || h.After:
	case h.Anchor == nil:
		if from, to, err := s.bounds(key, h); err == nil {
			s.tx.ExpectLast(SpaceMessages, from, to, h.Count)
		}
	case h.Anchor.ID != "":
		if id := idKey(key, h.Anchor.ID); s.ids.get(id) == nil {
			s.tx.Expect(SpaceIDs, id)
		}
		if to, ok := h.hint(key); ok {
			return s.tx.ExpectLast(SpaceMessages, messagesFrom(key, 0), to, h.Count+1)
		}
	}
	return false
}

// hint is behind the anchor of a page of older messages, if that lies where the call says.
func (h History) hint(key ConvKey) (to string, ok bool) {
	if h.After || h.Begin > 0 || h.Period > 0 || h.Anchor == nil || h.Anchor.ID == "" || h.Anchor.Time == 0 {
		return "", false
	}
	return messageKey(key, Position{Time: h.Anchor.Time, Seq: h.Anchor.Seq + 1}), true
}

// lastBefore reads the values that a page of older messages begins with, the last ones of a
// range. Where the anchor, whose key is the end of it, lies where the call says, they may
// have been asked for.
func (s *stage) lastBefore(key ConvKey, h History, hinted bool, from, to string) ([][]byte, error) {
	if hint, ok := h.hint(key); ok && hinted && to < hint {
		values, err := s.tx.Last(SpaceMessages, from, hint, h.Count+1)
		if n := len(values); err != nil || n > 0 && keyOfMessage(values[n-1]) == to {
			return values[:max(n-1, 0)], err
		}
	}
	return s.tx.Last(SpaceMessages, from, to, h.Count)
}

func (s *stage) messagesBySeq(key ConvKey, seqs []uint64) ([]*Message, error) {
	var found []*Message
	for _, seq := range seqs {
		m, err := s.locateAt(Target{Conv: key, Seq: seq})
		if err != nil {
			return nil, err
		}
		if m == nil || m.Status == StatusDeleted {
			continue
		}
		at := 0 // the newest first, each once
		for at < len(found) && m.At.Before(found[at].At) {
			at++
		}
		if at == len(found) || found[at].At != m.At {
			found = append(found, nil)
			copy(found[at+1:], found[at:])
			found[at] = m
		}
	}
	return found, nil
}

// page reads ranges in the page's direction until enough messages are picked.
func (s *stage) page(key ConvKey, h History, hinted bool) ([]*Message, error) {
	from, to, err := s.bounds(key, h)
	if err != nil {
		return nil, err
	}
	var page []*Message
	size := h.Count
	for first := true; len(page) < h.Count && from < to; first = false {
		var values [][]byte
		switch {
		case h.After:
			values, err = s.tx.Values(SpaceMessages, from, to, size)
		case first:
			values, err = s.lastBefore(key, h, hinted, from, to)
		default:
			values, err = s.tx.Last(SpaceMessages, from, to, size)
		}
		if err != nil {
			return nil, err
		}
		stored := s.decodeMessages(values)
		if !h.After {
			slices.Reverse(stored)
		}
		for _, m := range stored {
			if len(page) < h.Count && m.Status != StatusDeleted && (h.Picks == nil || h.Picks(m)) {
				page = append(page, m)
			}
		}
		if len(values) < size || len(stored) == 0 {
			break
		}
		if last := messageKey(key, stored[len(stored)-1].At); h.After {
			from = last + "\x00"
		} else {
			to = last
		}
		size = max(size, 64)
	}
	if h.After {
		slices.Reverse(page)
	}
	return page, nil
}

// bounds are the keys between which a page lies.
func (s *stage) bounds(key ConvKey, h History) (from, to string, err error) {
	from, to = messagesFrom(key, 0), messagesEnd(key)
	if h.Begin > 0 && h.After {
		from = messagesFrom(key, h.Begin)
		if h.Period > 0 {
			to = messagesFrom(key, h.Begin+h.Period+1)
		}
	} else if h.Begin > 0 {
		to = messagesFrom(key, h.Begin+1)
		if h.Period > 0 {
			from = messagesFrom(key, max(h.Begin-h.Period, 0))
		}
	} else if newest := s.find(key); h.Period > 0 && newest != nil && !h.After {
		from = messagesFrom(key, max(newest.MaxTime-h.Period, 0))
	}
	var anchor string
	switch {
	case h.Anchor != nil:
		anchor, err = s.anchor(key, *h.Anchor)
		if anchor != "" && h.After {
			anchor += "\x00" // behind it
		}
	case h.Seq > 0:
		var second int64
		if second, err = s.secondOf(key, h.Seq); err == nil {
			anchor = messageKey(key, Position{Time: second, Seq: h.Seq})
			if !h.After {
				anchor = messageKey(key, Position{Time: second, Seq: h.Seq + 1})
			}
		}
	}
	if anchor != "" && h.After {
		from = max(from, anchor)
	} else if anchor != "" {
		to = min(to, anchor)
	}
	return from, to, err
}

// anchor is the key of the message that a page follows, or of its place.
func (s *stage) anchor(key ConvKey, t Target) (string, error) {
	t.Conv = key
	keys, err := s.keysOf(t)
	if err != nil {
		return "", err
	}
	if t.ID != "" && len(keys) > 0 {
		return keys[0], nil
	}
	if t.Time == 0 && t.Seq == 0 {
		return "", &Error{Code: CodeNoMessage, Op: "read history"} // not the newest ones again
	}
	if t.Time == 0 {
		if t.Time, err = s.secondOf(key, t.Seq); err != nil {
			return "", err
		}
	}
	return messageKey(key, Position{Time: t.Time, Seq: t.Seq}), nil
}
