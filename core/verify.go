package core

import (
	"bytes"
	"fmt"
)

// Verify recomputes every count, mention list, last message and total from the
// stored messages and gives done one line for each that differs from what is
// cached. There must be none; what of conversations differs, because stored records
// were damaged, is put right behind it.
func (c *Core) Verify(done func(differences []string, err error)) {
	var found, totals []string
	c.enqueue(&operation{name: "verify totals", done: func(error) {}, solo: func() {
		for _, sub := range c.subscriptions {
			if total := c.account.UnreadBy(sub.filter); total != sub.total {
				totals = append(totals, fmt.Sprintf("total of filter %s: kept %d, summed %d", sub.text, sub.total, total))
			}
		}
	}})
	c.enqueue(&operation{
		name: "verify", writes: true, // a transaction, to read messages in
		done: func(err error) {
			if len(found) > 0 {
				c.enqueueFirst([]*operation{c.repair()})
			}
			done(append(totals, found...), err)
		},
		apply: func(s *stage) (err error) {
			found, err = s.verify()
			return err
		},
	})
}

func (s *stage) verify() ([]string, error) {
	var found []string
	var fault error
	var want Account
	s.byKey.Scan(func(c *Conversation) bool {
		if c.Exists {
			want.tally(c, 1)
		}
		var differences []string
		differences, fault = s.verifyConversation(c)
		found = append(found, differences...)
		return fault == nil
	})
	for _, n := range []struct {
		what         string
		cached, want int
	}{
		{"total", s.total, want.total}, {"pinned", s.pinned, want.pinned},
		{"marked", s.marked, want.marked}, {"custom", s.custom, want.custom},
	} {
		if n.cached != n.want {
			found = append(found, fmt.Sprintf("%s: cached %d, counted %d", n.what, n.cached, n.want))
		}
	}
	return found, fault
}

func (s *stage) verifyConversation(c *Conversation) ([]string, error) {
	stored, err := s.messagesOf(c.ConvKey, 0)
	if err != nil {
		return nil, err
	}
	want := &Conversation{ConvKey: c.ConvKey, Kind: c.Kind, Read: c.Read}
	for _, m := range stored {
		want.reach(m)
		want.count(m)
		if m.lastable() && (want.Last == nil || want.Last.At.Before(m.At)) {
			want.Last = lastOf(m)
		}
	}
	var found []string
	differ := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			found = append(found, fmt.Sprintf("%d %q %s: cached %v, recomputed %v", c.Type, c.ID, what, got, want))
		}
	}
	differ("unread", c.Unread, want.Unread)
	if want.Unread > 0 { // reading goes on from there
		differ("oldest unread", min(c.UnreadFrom, want.UnreadFrom), c.UnreadFrom)
	}
	differ("newest time", max(c.MaxTime, want.MaxTime), c.MaxTime)
	differ("newest sequence", max(c.MaxSeq, want.MaxSeq), c.MaxSeq)
	differ("mentions", len(c.Mentions), len(want.Mentions))
	differ("last message", c.Last != nil, want.Last != nil)
	if c.Last != nil && want.Last != nil {
		differ("last message", c.Last.At, want.Last.At)
		differ("last message's text", bytes.Equal(c.Last.Raw, want.Last.Raw), true)
	}
	return found, nil
}
