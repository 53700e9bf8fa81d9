package core

import "time"

// sliceTime is how long a transaction works before it lets the host draw.
const sliceTime = 20 * time.Millisecond

// A stage is an account on its way through one transaction: a copy that the
// batch's operations change, and the writes that go with it. Messages are
// written at once, conversations and counters once at the end.
type stage struct {
	*Account // the copy
	codec    Codec
	limits   Limits
	tx       *tx
	tab      string
	rested   time.Time
	steps    int // since the clock was read

	known   map[string]string   // message identities looked up or added, to message keys; "": not known
	news    map[string]bool     // keys of messages not known before
	ahead   map[Target][]string // where messages that are being located were found
	touched []ConvKey           // conversations to write, in order of the first change
	dirty   map[ConvKey]bool

	log     logEntry
	written bool // something is to be committed

	op      *operation // being applied
	running *effects   // of it
	done    []*effects // of all that were applied
}

// Limits are the numbers an application may choose.
type Limits struct {
	Pinned int // most conversations pinned at once
	Marked int // most conversations with marks, and most with custom data

	Groups  int // most groups of conversations
	Members int // most conversations in a group
}

func newStage(base *Account, codec Codec, raw Tx, limits Limits) *stage {
	copy := base.clone()
	return &stage{
		Account: copy, codec: codec, tx: &tx{Tx: raw, account: copy, rev: base.meta.rev + 1}, limits: limits, rested: time.Now(),
		known: map[string]string{}, news: map[string]bool{}, dirty: map[ConvKey]bool{},
	}
}

// save puts a changed conversation into the copy and marks it for writing.
func (s *stage) save(c *Conversation) {
	old, unread := s.find(c.ConvKey), 0
	if old != nil {
		unread = old.Unread
	}
	if c.Unread != unread {
		c.Cause = Cause{Op: s.op.name, At: s.op.at, From: unread, To: c.Unread}
	}
	if old != nil {
		c.page = old.page
	}
	s.running.before(c.ConvKey, old)
	s.put(c)
	s.written = true
	if !s.dirty[c.ConvKey] {
		s.dirty[c.ConvKey] = true
		s.touched = append(s.touched, c.ConvKey)
	}
}

// tell notes what every tab is told, tellOthers what only other tabs are.
func (s *stage) tell(kind NoticeKind, raw []byte) {
	s.running.notices = append(s.running.notices, Notice{kind, raw})
	s.tellOthers(kind, raw)
}

func (s *stage) tellOthers(kind NoticeKind, raw []byte) {
	s.log.notices = append(s.log.notices, Notice{kind, raw})
	s.written = true
}

// peer returns what is known about a conversation, to be changed and saved.
func (s *stage) peer(key ConvKey) *Conversation {
	if c := s.find(key); c != nil {
		return c.changed()
	}
	return &Conversation{ConvKey: key}
}

// lookUpAtOnce is how many identities are looked up with one burst of requests,
// which is one task of the host.
const lookUpAtOnce = 256

// lookUp reads where the messages of these identities are.
func (s *stage) lookUp(keys []string) error {
	for len(keys) > 0 {
		some := keys[:min(lookUpAtOnce, len(keys))]
		values, err := s.tx.Get(SpaceIDs, some...)
		if err != nil {
			return err
		}
		for i, value := range values {
			s.known[some[i]] = s.openID(value)
		}
		keys = keys[len(some):]
	}
	return nil
}

// nowhere is where an identity leads whose record is damaged: its message is known.
const nowhere = "?"

// openID is the message key that a stored identity leads to, "" if there is none.
func (s *stage) openID(value []byte) string {
	if value == nil {
		return ""
	}
	key, ok := openText(value)
	if _, leads := parsePosition(string(key)); !ok || !leads {
		s.damage.meet(value)
		return nowhere
	}
	return string(key)
}

// assume takes it that messages of these identities are where memory has them, and
// that the others are new.
func (s *stage) assume(keys []string) {
	for _, key := range keys {
		s.known[key] = ""
		if r := s.ids.get(key); r != nil {
			s.known[key] = s.openID(r.value)
		}
	}
}

// idKeys are the keys of all identities of a message.
func (m *Message) idKeys() []string {
	keys := append(make([]string, 0, 1+len(m.Also)), idKey(m.Conv, m.ID))
	for _, id := range m.Also {
		keys = append(keys, idKey(m.Conv, id))
	}
	return keys
}

// same returns the key of the message that is the same as m, "" if there is
// none. The identities of m must have been looked up.
func (s *stage) same(m *Message) string {
	for _, id := range m.idKeys() {
		if key := s.known[id]; key != "" {
			return key
		}
	}
	return ""
}

// write stores a message and where its identities lead.
func (s *stage) write(m *Message) {
	key := messageKey(m.Conv, m.At)
	r := s.tx.putMessage(key, m)
	for _, id := range m.idKeys() {
		if before := s.known[id]; before != key {
			if before != "" {
				s.tx.Delete(SpaceIDs, id) // so that one that is stored does not show beside it
			}
			s.tx.putID(id, key, r)
			s.known[id] = key
		}
	}
	s.written = true
}

// arrive gives a message that is new its place and stores it, changed as was
// asked before it came.
func (s *stage) arrive(m *Message) error {
	if s.meta.pending > 0 {
		if err := s.applyPending(m); err != nil {
			return err
		}
	}
	s.meta.arrival++
	m.At.Arrival = s.meta.arrival
	s.write(m)
	return nil
}

// message reads a stored message, nil if there is none.
func (s *stage) message(key string) (*Message, error) {
	values, err := s.tx.Get(SpaceMessages, key)
	if err != nil || values[0] == nil {
		return nil, err
	}
	m, err := decodeMessage(values[0])
	if err != nil {
		s.damage.meet(values[0])
		return nil, nil
	}
	return m, nil
}

// messagesOf reads the stored messages of a conversation from that second on.
func (s *stage) messagesOf(key ConvKey, second int64) ([]*Message, error) {
	values, err := s.tx.Values(SpaceMessages, messagesFrom(key, second), messagesEnd(key), 0)
	if err != nil {
		return nil, err
	}
	return s.decodeMessages(values), nil
}

// decodeMessages leaves out what cannot be decoded.
func (s *stage) decodeMessages(values [][]byte) []*Message {
	found := make([]*Message, 0, len(values))
	for _, value := range values {
		if m, err := decodeMessage(value); err == nil {
			found = append(found, m)
		} else {
			s.damage.meet(value)
		}
	}
	return found
}

// rest lets the host draw a frame when it is time.
func (s *stage) rest() error {
	if s.steps++; s.steps%16 != 0 { // reading the clock is not cheap
		return nil
	}
	return s.restAfter(sliceTime)
}

// restAfter lets the host draw a frame if it has not been for so long.
func (s *stage) restAfter(long time.Duration) error {
	if time.Since(s.rested) < long {
		return nil
	}
	err := s.tx.Breathe()
	s.rested = time.Now()
	return err
}

// manyPuts are enough for a pause before they are written down.
const manyPuts = 256

// flush queues the write that is left: the entry of the journal, which is put or added.
func (s *stage) flush(tab string, batch uint64, adds bool) {
	s.meta.rev++
	for i := range s.done {
		s.log.groups = append(s.log.groups, s.done[i].groups...)
	}
	rest := func() {
		if len(s.tx.puts) > manyPuts { // to write them down and to hand them over takes a slice each
			_ = s.restAfter(sliceTime / 4) // if the transaction is over, Put says so
		}
	}
	rest()
	entry := s.logged(tab, batch)
	rest()
	if adds {
		s.tx.Add(SpaceLog, logKey(s.meta.rev), entry)
	} else {
		s.tx.Put(SpaceLog, logKey(s.meta.rev), entry)
	}
	s.lengthen(s.meta.rev, len(entry))
}
