package core

// A Receipt says that others have read messages: the peer of a C2C
// conversation up to that second, or somebody one message.
type Receipt struct {
	Conv ConvKey
	Time int64
	Change
}

// TakeReceipts takes in what others have read.
func (c *Core) TakeReceipts(receipts []Receipt, done func(error)) {
	c.enqueue(&operation{
		name: "receipts", writes: true, weight: len(receipts), done: done,
		apply: func(s *stage) error {
			for i := range receipts {
				if err := s.receipt(&receipts[i]); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

func (s *stage) receipt(r *Receipt) error {
	told := len(s.running.notices)
	if r.ID != "" {
		var result Changed
		if err := s.change(&r.Change, &result); err != nil {
			return err
		}
	}
	c := s.peer(r.Conv)
	if r.Conv.Type != C2C || r.Time <= c.PeerRead {
		return nil
	}
	c.PeerRead = r.Time
	s.save(c)
	if len(s.running.notices) == told {
		s.tellChange(&r.Change, nil)
	}
	return nil
}

// Muted is the receive option for all conversations, as it was set; nil if it
// never was.
func (a *Account) Muted() []byte { return a.meta.muted }

// SetMuted sets it. notice is what is told about it.
func (c *Core) SetMuted(value, notice []byte, done func(error)) {
	c.enqueue(&operation{
		name: "mute", writes: true, weight: 1, done: done,
		apply: func(s *stage) error {
			s.meta.muted = value
			s.tell(NoticeMuted, notice)
			return nil
		},
	})
}
