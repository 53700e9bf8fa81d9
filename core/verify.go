package core

import (
	"bytes"
	"fmt"
)

// Verify recomputes every count, mention list, last message and total from the
// stored messages and gives done one line for each that differs from what is
// cached. There must be none.
func (c *Core) Verify(done func(differences []string, err error)) {
	var found []string
	c.enqueue(&operation{
		name: "verify", writes: true, // a transaction, to read messages in
		done: func(err error) { done(found, err) },
		apply: func(s *stage) (err error) {
			found, err = s.verify()
			return err
		},
	})
}

func (s *stage) verify() ([]string, error) {
	var found []string
	var fault error
	total, pinned := 0, 0
	s.byKey.Scan(func(c *Conversation) bool {
		total += c.Total()
		if c.Exists && c.Pinned {
			pinned++
		}
		var differences []string
		differences, fault = s.verifyConversation(c)
		found = append(found, differences...)
		return fault == nil
	})
	if total != s.total {
		found = append(found, fmt.Sprintf("total: cached %d, summed %d", s.total, total))
	}
	if pinned != s.pinned {
		found = append(found, fmt.Sprintf("pinned: cached %d, counted %d", s.pinned, pinned))
	}
	return found, fault
}

func (s *stage) verifyConversation(c *Conversation) ([]string, error) {
	stored, err := s.messages(c.ConvKey, 0)
	if err != nil {
		return nil, err
	}
	want := &Conversation{ConvKey: c.ConvKey, Kind: c.Kind, Read: c.Read}
	for _, m := range stored {
		want.MaxTime, want.MaxSeq = max(want.MaxTime, m.At.Time), max(want.MaxSeq, m.At.Seq)
		want.count(m)
		if m.lastable() && (want.Last == nil || want.Last.At.Before(m.At)) {
			want.Last = &Last{At: m.At, FromSelf: m.FromSelf, IsRead: m.IsRead, Raw: m.Raw}
		}
	}
	var found []string
	differ := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			found = append(found, fmt.Sprintf("%d %q %s: cached %v, recomputed %v", c.Type, c.ID, what, got, want))
		}
	}
	differ("unread", c.Unread, want.Unread)
	differ("newest time", c.MaxTime, want.MaxTime)
	differ("newest sequence", c.MaxSeq, want.MaxSeq)
	differ("mentions", len(c.Mentions), len(want.Mentions))
	differ("last message", c.Last != nil, want.Last != nil)
	if c.Last != nil && want.Last != nil {
		differ("last message", c.Last.At, want.Last.At)
		differ("last message's text", bytes.Equal(c.Last.Raw, want.Last.Raw), true)
	}
	if !c.Exists && len(stored) > 0 {
		differ("messages of a deleted conversation", len(stored), 0)
	}
	return found, nil
}
