package core

import "unsafe"

// A logEntry is what one commit did, as the journal keeps it. Beside the
// counters it is all that a commit puts: conversations and messages come to
// where they belong when the journal is folded (fold.go). Until then it is read
// when the account is opened. Tabs that follow read it too, and a tab that lost
// the answer finds its own commit in it.
type logEntry struct {
	rev      uint64
	tab      string
	batch    uint64 // number of the commit within the tab
	drops    []drop // what it deleted before it put
	messages []loggedMessage
	ids      []loggedID      // that are not those of messages
	convs    []*Conversation // as the commit left them
	notices  []Notice        // that stand nowhere else
	groups   []GroupEvent    // without their conversations
}

// A loggedMessage is a message that a commit put.
type loggedMessage struct {
	record []byte // as encodeMessage wrote it
	raw    []byte // its end, Message.Raw
	news   bool   // it was not known before
}

// A loggedID is the key of a message identity and the message key it leads to.
type loggedID struct{ key, to string }

// A drop is a range of keys [from, to) that a commit deleted; one key, where to
// is empty.
type drop struct {
	space    Space
	from, to string
}

// logVersion is that of log entries. The entries of version 1 only named what
// had changed.
const logVersion = 2

// encodeLogEntry writes an entry. The last message of a conversation is
// referred to where the entry has it: lastOf gives its number in e.messages,
// -1 if it has not.
func encodeLogEntry(e *logEntry, lastOf func(*Conversation) int) []byte {
	size := 256 + 256*len(e.convs)
	for _, m := range e.messages {
		size += len(m.record) + 8
	}
	w := newWriter(logVersion, size)
	w.uint(e.rev)
	w.string(e.tab)
	w.uint(e.batch)
	w.uint(uint64(len(e.drops)))
	for _, d := range e.drops {
		w.flags(d.space == SpaceIDs)
		w.string(d.from)
		w.string(d.to)
	}
	w.uint(uint64(len(e.messages)))
	for _, m := range e.messages {
		w.flags(m.news)
		w.bytes(m.record)
	}
	w.uint(uint64(len(e.ids)))
	for _, id := range e.ids {
		w.string(id.key)
		w.string(id.to)
	}
	w.uint(uint64(len(e.convs)))
	for _, c := range e.convs {
		last := lastOf(c) + 1
		w.uint(uint64(last))
		w.conversation(c, last == 0)
	}
	w.notices(e.notices)
	w.groups(e.groups)
	return w.b
}

func decodeLogEntry(b []byte) (*logEntry, error) {
	r := newReader(logVersion, b, "log entry")
	e := &logEntry{rev: r.uint(), tab: r.string(), batch: r.uint()}
	for range r.length(3) {
		d := drop{space: SpaceMessages}
		if r.flags().at(0) {
			d.space = SpaceIDs
		}
		d.from, d.to = r.string(), r.string()
		e.drops = append(e.drops, d)
	}
	for range r.length(2) {
		m := loggedMessage{news: r.flags().at(0), record: r.bytes()}
		if decoded, err := decodeMessage(m.record); err == nil {
			m.raw = decoded.Raw
		}
		e.messages = append(e.messages, m)
	}
	for range r.length(2) {
		e.ids = append(e.ids, loggedID{key: r.string(), to: r.string()})
	}
	for range r.length(2) {
		last := r.uint()
		if last > uint64(len(e.messages)) {
			r.fail(errTruncated)
			break
		}
		c := &Conversation{}
		r.conversation(c, last == 0)
		if last > 0 && c.Last != nil {
			c.Last.Raw = e.messages[last-1].raw
		}
		e.convs = append(e.convs, c)
	}
	e.notices, e.groups = r.notices(), r.groups()
	return e, r.end()
}

func (w *writer) notices(notices []Notice) {
	w.uint(uint64(len(notices)))
	for _, n := range notices {
		w.uint(uint64(n.Kind))
		w.bytes(n.Raw)
	}
}

func (r *reader) notices() (notices []Notice) {
	for range r.length(2) {
		notices = append(notices, Notice{Kind: NoticeKind(r.uint()), Raw: r.bytes()})
	}
	return notices
}

func (w *writer) groups(groups []GroupEvent) {
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		w.uint(uint64(g.Kind))
		w.string(g.Group)
		w.string(g.NewName)
		w.uint(uint64(g.Reason))
		w.uint(uint64(len(g.keys)))
		for _, k := range g.keys {
			w.key(k)
		}
	}
}

func (r *reader) groups() (groups []GroupEvent) {
	for range r.length(5) {
		g := GroupEvent{Kind: GroupEventKind(r.uint()), Group: r.string(), NewName: r.string(), Reason: int(r.uint())}
		for range r.length(2) {
			g.keys = append(g.keys, r.key())
		}
		groups = append(groups, g)
	}
	return groups
}

// logged gathers what a stage has put and dropped for its log entry, and
// encodes it.
func (s *stage) logged(tab string, batch uint64) []byte {
	e := &s.log
	e.rev, e.tab, e.batch, e.drops = s.meta.rev, tab, batch, s.tx.drops
	places, texts := map[*record]int{}, map[*byte]int{}
	for _, r := range s.tx.puts {
		_ = s.rest() // if the transaction is over, Put says so
		if r.raw != nil && s.messages.has(r) {
			places[r], texts[unsafe.SliceData(r.raw)] = len(e.messages), len(e.messages)
			e.messages = append(e.messages, loggedMessage{record: r.value, raw: r.raw, news: s.news[r.key]})
		}
	}
	for _, r := range s.tx.puts {
		_ = s.rest()
		if _, implied := places[r.of]; r.raw == nil && !implied && s.ids.has(r) {
			e.ids = append(e.ids, loggedID{key: r.key, to: string(r.value)})
		}
	}
	for _, key := range s.touched {
		c := s.find(key)
		c.rev = e.rev
		e.convs = append(e.convs, c)
	}
	return encodeLogEntry(e, func(c *Conversation) int {
		_ = s.rest()
		if c.Last == nil {
			return -1
		}
		if at, here := texts[unsafe.SliceData(c.Last.Raw)]; here && len(c.Last.Raw) == len(e.messages[at].raw) {
			return at
		}
		return -1
	})
}

// replay does to an account what a commit did.
func (a *Account) replay(e *logEntry, size int) (bad int) {
	for _, d := range e.drops {
		a.unfolded(d.space).drop(d)
	}
	for _, logged := range e.messages {
		m, err := decodeMessage(logged.record)
		if err != nil {
			bad++
			continue
		}
		key := messageKey(m.Conv, m.At)
		r := &record{key: key, value: logged.record, raw: m.Raw, rev: e.rev}
		a.messages.set(r)
		for _, id := range m.idKeys() {
			a.ids.set(&record{key: id, value: []byte(key), rev: e.rev, of: r})
		}
	}
	for _, id := range e.ids {
		a.ids.set(&record{key: id.key, value: []byte(id.to), rev: e.rev})
	}
	for _, c := range e.convs {
		c.rev = e.rev
		if old := a.find(c.ConvKey); old != nil {
			c.page = old.page
		}
		a.put(c)
	}
	a.journal = append(a.journal, logSize{e.rev, size})
	return bad
}
