package core

import "time"

// sliceTime is how long a transaction works before it lets the host draw.
const sliceTime = 20 * time.Millisecond

// A stage is an account on its way through one transaction: a copy that the
// batch's operations change, and the writes that go with it. Messages are
// written at once, conversations and counters once at the end.
type stage struct {
	*Account // the copy
	limits   Limits
	tx       Tx
	rested   time.Time

	ids     map[string]bool // message identities looked up or added: known or not
	touched []ConvKey       // conversations to write, in order of the first change
	dirty   map[ConvKey]bool

	log     logEntry
	written bool // something is to be committed

	running *effects // of the operation being applied
}

// Limits are the numbers an application may choose.
type Limits struct {
	Pinned int // most conversations pinned at once
}

func newStage(base *Account, tx Tx, limits Limits) *stage {
	return &stage{
		Account: base.clone(), tx: tx, limits: limits, rested: time.Now(),
		ids: map[string]bool{}, dirty: map[ConvKey]bool{},
	}
}

// save puts a changed conversation into the copy and marks it for writing.
func (s *stage) save(c *Conversation) {
	s.running.before(c.ConvKey, s.find(c.ConvKey))
	s.put(c)
	s.written = true
	if !s.dirty[c.ConvKey] {
		s.dirty[c.ConvKey] = true
		s.touched = append(s.touched, c.ConvKey)
	}
}

// peer returns what is known about a conversation, to be changed and saved.
func (s *stage) peer(key ConvKey) *Conversation {
	if c := s.find(key); c != nil {
		return c.changed()
	}
	return &Conversation{ConvKey: key}
}

// lookUp reads in one burst which of the identities are known.
func (s *stage) lookUp(keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	values, err := s.tx.Get(SpaceIDs, keys...)
	if err != nil {
		return err
	}
	for i, value := range values {
		s.ids[keys[i]] = value != nil
	}
	return nil
}

// store writes a message that is new.
func (s *stage) store(m *Message) {
	key := messageKey(m.Conv, m.At)
	s.tx.Put(SpaceMessages, key, encodeMessage(m))
	id := idKey(m)
	s.tx.Put(SpaceIDs, id, []byte(key))
	s.ids[id] = true
	s.log.messages = append(s.log.messages, messageRef{conv: m.Conv, at: m.At})
	s.written = true
}

// messages reads the stored messages of a conversation from that second on.
func (s *stage) messages(key ConvKey, second int64) ([]*Message, error) {
	values, err := s.tx.Values(SpaceMessages, messagesFrom(key, second), messagesEnd(key), 0)
	if err != nil {
		return nil, err
	}
	found := make([]*Message, 0, len(values))
	for _, value := range values {
		if m, err := decodeMessage(value); err == nil {
			found = append(found, m)
		}
	}
	return found, nil
}

// rest lets the host draw a frame when it is time.
func (s *stage) rest() error {
	if time.Since(s.rested) < sliceTime {
		return nil
	}
	err := s.tx.Breathe()
	s.rested = time.Now()
	return err
}

// flush queues the writes that are left: conversations, log and counters.
func (s *stage) flush(tab string, batch uint64) {
	for _, key := range s.touched {
		s.tx.Put(SpaceConvs, convKey(key), encodeConversation(s.find(key)))
	}
	s.meta.rev++
	s.log.rev, s.log.tab, s.log.batch, s.log.convs = s.meta.rev, tab, batch, s.touched
	s.tx.Put(SpaceLog, logKey(s.meta.rev), encodeLogEntry(&s.log))
	if s.meta.rev-s.meta.oldest >= logKept {
		s.meta.oldest = s.meta.rev - logKept + 1
		s.tx.DeleteRange(SpaceLog, "", logKey(s.meta.oldest))
	}
	s.tx.Put(SpaceMeta, metaKey, encodeMeta(s.meta))
}
