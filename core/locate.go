package core

import (
	"math"
	"slices"
	"sort"
)

// locateAhead is for how many messages at once is asked.
const locateAhead = 64

// expectEach is called before the i-th of n messages is located. It has some of them read in
// two bursts, where otherwise each would wait for two answers.
func (s *stage) expectEach(i, n int, of func(i int) Target) error {
	if i%locateAhead != 0 || n == 1 {
		return nil
	}
	s.ahead = map[Target][]string{}
	var targets []Target
	for at := i; at < min(i+locateAhead, n); at++ {
		t := of(at)
		if _, again := s.ahead[t]; again || t.ID == "" {
			continue
		}
		s.ahead[t] = nil
		targets = append(targets, t)
		switch {
		case t.Conv.ID == "":
			s.tx.ExpectValues(SpaceIDs, idsFrom(t.ID), idsEnd(t.ID), 0)
		case s.ids.get(idKey(t.Conv, t.ID)) == nil:
			s.tx.Expect(SpaceIDs, idKey(t.Conv, t.ID))
		}
	}
	asked := map[string]bool{}
	for _, t := range targets {
		keys, err := s.keysOf(t)
		if err != nil {
			return err
		}
		s.ahead[t] = keys
		if len(keys) > 0 && !asked[keys[0]] && s.messages.get(keys[0]) == nil { // the first one will do
			asked[keys[0]] = true
			s.tx.Expect(SpaceMessages, keys[0])
		}
	}
	return nil
}

// locate finds a message, nil if it is not stored.
func (s *stage) locate(t Target) (*Message, error) {
	for _, key := range s.ahead[t] { // it may have moved meanwhile
		if m, err := s.message(key); err != nil || m != nil {
			return m, err
		}
	}
	if t.ID != "" {
		keys, err := s.keysOf(t)
		for _, key := range keys {
			if m, err := s.message(key); err != nil || m != nil {
				return m, err
			}
		}
		if err != nil || t.Conv.ID == "" || t.Seq == 0 {
			return nil, err
		}
	}
	if t.Conv.ID == "" || t.Seq == 0 && t.Rand == 0 {
		return nil, nil
	}
	return s.locateAt(t)
}

func (s *stage) keysOf(t Target) (keys []string, err error) {
	var values [][]byte
	if t.Conv.ID == "" {
		values, err = s.tx.Values(SpaceIDs, idsFrom(t.ID), idsEnd(t.ID), 0)
	} else {
		values, err = s.tx.Get(SpaceIDs, idKey(t.Conv, t.ID))
	}
	for _, value := range values {
		if key := s.openID(value); key != "" && key != nowhere {
			keys = append(keys, key)
		}
	}
	return keys, err
}

// hintSlack is how far, in seconds, a message may lie from where a locator says
// it is: its time may be the sender's or the server's.
const hintSlack = 300

// locateAt finds a message by sequence and random number.
func (s *stage) locateAt(t Target) (*Message, error) {
	is := func(m *Message) bool {
		return (t.Seq == 0 || m.At.Seq == t.Seq) && (t.Rand == 0 || m.Rand == t.Rand)
	}
	from := max(t.Time-hintSlack, 0)
	if t.Time == 0 && t.Seq == 0 { // nothing says where: among the newest
		values, err := s.tx.Last(SpaceMessages, messagesFrom(t.Conv, 0), messagesEnd(t.Conv), 1000)
		for _, m := range slices.Backward(s.decodeMessages(values)) {
			if is(m) {
				return m, err
			}
		}
		return nil, err
	}
	if t.Time == 0 {
		var err error
		if from, err = s.secondOf(t.Conv, t.Seq); err != nil {
			return nil, err
		}
	}
	end := messagesFrom(t.Conv, min(from+2*hintSlack, math.MaxUint32<<8))
	values, err := s.tx.Values(SpaceMessages, messagesFrom(t.Conv, from), end, 0)
	if err != nil {
		return nil, err
	}
	for _, m := range s.decodeMessages(values) {
		if is(m) {
			return m, nil
		}
	}
	return nil, nil
}

// secondOf finds the second of the message of that sequence, or where it would
// be. Sequences grow with time. It is looked for among the newest first, and then by
// halving, at a cost that does not depend on the length of the history.
func (s *stage) secondOf(key ConvKey, seq uint64) (int64, error) {
	c := s.find(key)
	if c == nil {
		return 0, nil
	}
	if last := c.Last; last != nil && 0 < last.At.Seq && last.At.Seq <= seq && last.At.Time == c.MaxTime {
		return last.At.Time, nil
	}
	end := messagesEnd(key)
	for _, size := range []int{8, 64} {
		values, err := s.tx.Last(SpaceMessages, messagesFrom(key, 0), end, size)
		if err != nil {
			return 0, err
		}
		stored := s.decodeMessages(values)
		for _, m := range slices.Backward(stored) {
			if 0 < m.At.Seq && m.At.Seq <= seq && !m.Clocked && !m.Local { // those stand anywhere
				return m.At.Time, nil
			}
		}
		if len(values) < size {
			return 0, nil
		}
		if len(stored) > 0 {
			end = messageKey(key, stored[0].At)
		}
	}
	var fault error
	after := sort.Search(int(c.MaxTime)+1, func(second int) bool {
		next, err := s.seqFrom(messagesFrom(key, int64(second)+1), messagesEnd(key))
		if err != nil {
			fault = err
		}
		return next == 0 || next > seq
	})
	return int64(after), fault
}

// seqFrom is the sequence of the first message between two keys that has one,
// 0 if none has.
func (s *stage) seqFrom(from, end string) (uint64, error) {
	for size := 8; ; size = min(size*8, 512) {
		values, err := s.tx.Values(SpaceMessages, from, end, size)
		if err != nil {
			return 0, err
		}
		stored := s.decodeMessages(values)
		for _, m := range stored {
			if m.At.Seq > 0 {
				return m.At.Seq, nil
			}
			from = messageKey(m.Conv, m.At) + "\x00"
		}
		if len(values) < size || len(stored) == 0 {
			return 0, nil
		}
	}
}

// seqBefore is the sequence of the last message of a conversation up to a
// position that has one, 0 if none has.
func (s *stage) seqBefore(key ConvKey, p Position) (uint64, error) {
	end := messagesFrom(key, p.Time+1)
	if p.Arrival > 0 {
		end = messageKey(key, p)
	}
	for size := 8; ; size = min(size*8, 512) {
		values, err := s.tx.Last(SpaceMessages, messagesFrom(key, 0), end, size)
		if err != nil {
			return 0, err
		}
		stored := s.decodeMessages(values)
		for _, m := range slices.Backward(stored) {
			if m.At.Seq > 0 {
				return m.At.Seq, nil
			}
			end = messageKey(m.Conv, m.At)
		}
		if len(values) < size || len(stored) == 0 {
			return 0, nil
		}
	}
}
