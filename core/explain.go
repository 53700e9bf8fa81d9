package core

import "slices"

// An Explanation says why an unread count is what it is.
type Explanation struct {
	Conv     *Conversation // its ghost where it is not in the list
	Messages []Reason      // the newest first, at most as many as were asked for
	Sums     [Whys]int     // of all stored messages, by reason
	Stored   int
}

// A Reason says whether a message counts, and if not, why.
type Reason struct {
	Message *Message
	Why     Why
}

// Why says why a message counts, or does not.
type Why uint8

// The reasons.
const (
	WhyCounts   Why = iota
	WhyRead         // at or below the read mark
	WhyOwn          // from this account
	WhyIsRead       // read on arrival
	WhyExcluded     // excluded from counts, or meant for some members only
	WhyImported
	WhyRevoked
	WhyDeleted
	WhyLive // in a live room
	Whys    // how many there are
)

// Why says whether m counts as unread in c.
func (c *Conversation) Why(m *Message) Why {
	switch {
	case m.Status == StatusDeleted:
		return WhyDeleted
	case m.Status == StatusRevoked:
		return WhyRevoked
	case m.FromSelf:
		return WhyOwn
	case m.Status == StatusImported:
		return WhyImported
	case m.IsRead:
		return WhyIsRead
	case m.NoCount:
		return WhyExcluded
	case c.live():
		return WhyLive
	case c.Read.covers(m.At, c.Type):
		return WhyRead
	}
	return WhyCounts
}

// ExplainUnread explains an unread count, with the newest messages. Where
// nothing is known of the conversation done gets nil.
func (c *Core) ExplainUnread(key ConvKey, newest int, done func(*Explanation, error)) {
	var found *Explanation
	c.enqueue(&operation{
		name: "explain", views: true,
		done: func(err error) { done(found, err) },
		apply: func(s *stage) error {
			found = nil
			conv := s.find(key)
			if conv == nil {
				return nil
			}
			stored, err := s.messagesOf(key, 0)
			if err != nil {
				return err
			}
			e := &Explanation{Conv: conv, Stored: len(stored)}
			for _, m := range slices.Backward(stored) {
				why := conv.Why(m)
				e.Sums[why]++
				if len(e.Messages) < newest {
					e.Messages = append(e.Messages, Reason{m, why})
				}
			}
			found = e
			return nil
		},
	})
}
