package core

// A ReadMark says up to where a conversation has been read. A read that
// happened here covers what was stored then: beside the second and the
// sequence it keeps the arrival number, so that a later arrival of the same
// second or sequence counts.
type ReadMark struct {
	Time        int64 // seconds; C2C, and group messages without a sequence
	TimeArrival uint64
	Seq         uint64 // groups
	SeqArrival  uint64

	// All is the arrival number of the last read of everything: whatever had
	// been stored by then is read, with whatever time.
	All uint64
}

// covers reports whether the mark covers a message at p.
func (r ReadMark) covers(p Position, t ConvType) bool {
	if p.Arrival <= r.All {
		return true
	}
	if t == Group && p.Seq > 0 {
		return p.Seq < r.Seq || p.Seq == r.Seq && p.Arrival <= r.SeqArrival
	}
	return p.Time < r.Time || p.Time == r.Time && p.Arrival <= r.TimeArrival
}

// join returns the mark that covers what either of the two covers. Marks only
// rise.
func (r ReadMark) join(o ReadMark) ReadMark {
	if r.Time < o.Time || r.Time == o.Time && r.TimeArrival < o.TimeArrival {
		r.Time, r.TimeArrival = o.Time, o.TimeArrival
	}
	if r.Seq < o.Seq || r.Seq == o.Seq && r.SeqArrival < o.SeqArrival {
		r.Seq, r.SeqArrival = o.Seq, o.SeqArrival
	}
	r.All = max(r.All, o.All)
	return r
}

// A Floor is the mark that a deletion leaves. Messages at or below it were
// known when the conversation was deleted, and change nothing when they come
// again.
type Floor struct {
	Time int64
	Seq  uint64
	IDs  []string // identities of the messages of that very second
}

// covers reports whether m was known at the deletion. A message without a time
// of its own is known by its identity alone, which outlives the deletion.
func (f Floor) covers(m *Message) bool {
	if m.Conv.Type == Group && m.At.Seq > 0 && f.Seq > 0 {
		return m.At.Seq <= f.Seq
	}
	if m.Clocked || m.At.Time > f.Time {
		return false
	}
	if m.At.Time < f.Time {
		return true
	}
	for _, id := range f.IDs {
		if id == m.ID {
			return true
		}
	}
	return false
}
