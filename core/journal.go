package core

import (
	"strconv"
	"unsafe"
)

// A logEntry is what one commit did, as the journal keeps it. It is all that a
// commit puts, the counters among it: conversations and messages come to
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
	after    *meta           // the counters as it left them; nil in a void one, and in those of builds before

	damaged [][]byte // parts of a stored one that cannot be read
}

// A loggedMessage is a message that a commit put.
type loggedMessage struct {
	record []byte // as encodeMessage wrote it
	raw    []byte // of it, Message.Raw
	news   bool   // it was not known before
	m      *Message
}

// A loggedID is the key of a message identity and the message key it leads to.
type loggedID struct{ key, to string }

// A drop is a range of keys [from, to) that a commit deleted; one key, where to
// is empty.
type drop struct {
	space    Space
	from, to string
}

// oldLog is the version of log entries that are one part. The entries of version 1
// only named what had changed.
const oldLog = 2

// encodeLogEntry writes an entry: its messages and the counters are parts of their
// own, all else is the header. The last message of a conversation is referred to where the entry has
// it: lastOf gives its number in e.messages, -1 if it has not.
func encodeLogEntry(e *logEntry, lastOf func(*Conversation) int) []byte {
	size := 256 + 256*len(e.convs)
	for _, m := range e.messages {
		size += len(m.record) + partHead
	}
	w := newWriter(recordVersion, size)
	from := w.begin()
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
	w.flags(e.after != nil)
	w.finish(from, partHeader)
	if e.after != nil {
		from := w.begin()
		w.meta(e.after)
		w.finish(from, partMeta)
	}
	for _, m := range e.messages { // a record has a seal of its own
		from, kind := w.begin(), uint32(partMessage)
		if m.news {
			kind = partNews
		}
		w.b = append(w.b, m.record...)
		w.head(from, kind)
	}
	return w.b
}

// putVoid puts an entry of which nothing is left. Whatever changes what is stored, and
// is not folding, leaves one or another under the rev that follows: a tab that adds its
// own there (attempt) finds out by it.
func putVoid(tx Tx, rev uint64) {
	void := &logEntry{rev: rev}
	tx.Put(SpaceLog, logKey(rev), encodeLogEntry(void, func(*Conversation) int { return -1 }))
}

// decodeLogEntry reads the entry of that rev. Where a part cannot be read the entry
// has the others, and says so; only where none can be it fails.
func decodeLogEntry(rev uint64, b []byte) (*logEntry, error) {
	e := &logEntry{rev: rev}
	var r *reader // of what is not messages
	version := uint8(0)
	if len(b) > 0 {
		version = b[0]
	}
	if version == oldLog {
		r = newReader(oldLog, b, "log entry")
	} else {
		r = e.parts(b)
	}
	if r.err == nil {
		if e.rest(r, version == oldLog); r.end() != nil { // sealed, and yet not what it should be
			e = &logEntry{rev: rev, messages: e.messages, damaged: append(e.damaged, b[:1])}
		}
	}
	if r.end() != nil && (len(e.messages) == 0 || version == oldLog) {
		return nil, r.err
	}
	if len(e.damaged) == 0 && version != oldLog && version != recordVersion {
		e.damage(b[:1])
	}
	return e, nil
}

// parts reads the messages of an entry, and gives its header to be read.
func (e *logEntry) parts(b []byte) *reader {
	header := &reader{what: "log entry"}
	header.fail(errSum)
	p := parts{b: b, at: min(1, len(b))}
	for {
		from := p.at
		kind, part := p.next()
		switch {
		case part == nil:
			return header
		case kind == partHeader && header.err != nil && unsealed(part) != nil:
			header = &reader{b: unsealed(part), what: "log entry"}
		case kind == partMeta && e.counters(unsealed(part)):
		case kind != partMessage && kind != partNews || !e.message(part, kind == partNews):
			e.damage(b[from:p.at])
		}
	}
}

// counters takes in the counters.
func (e *logEntry) counters(part []byte) bool {
	r := &reader{b: part, what: "counters"}
	m := r.meta(true)
	if part == nil || r.end() != nil {
		return false
	}
	e.after = &m
	return true
}

// message takes in a message record.
func (e *logEntry) message(record []byte, news bool) bool {
	m, err := decodeMessage(record)
	if err == nil {
		e.messages = append(e.messages, loggedMessage{record: record, raw: m.Raw, news: news, m: m})
	}
	return err == nil
}

// damage notes a part that cannot be read.
func (e *logEntry) damage(part []byte) {
	e.damaged = append(e.damaged, part)
}

// rest reads what is not messages; in version 2 these lie in between.
func (e *logEntry) rest(r *reader, old bool) {
	e.rev, e.tab, e.batch = r.uint(), r.string(), r.uint()
	for range r.length(3) {
		d := drop{space: SpaceMessages}
		if r.flags().at(0) {
			d.space = SpaceIDs
		}
		d.from, d.to = r.string(), r.string()
		e.drops = append(e.drops, d)
	}
	messages := int(r.uint())
	for i := 0; old && i < messages && r.err == nil; i++ {
		news, record := r.flags().at(0), r.bytes()
		if !e.message(record, news) {
			e.damage(record)
		}
	}
	if messages != len(e.messages) && len(e.damaged) == 0 {
		e.damage(nil) // what was there is gone
	}
	for range r.length(2) {
		e.ids = append(e.ids, loggedID{key: r.string(), to: r.string()})
	}
	for range r.length(2) {
		last := r.uint()
		c := &Conversation{}
		r.conversation(c, last == 0)
		if last > 0 && c.Last != nil {
			e.findLast(c, last)
		}
		e.convs = append(e.convs, c)
	}
	e.notices, e.groups = r.notices(), r.groups()
	if r.more() && r.flags().at(0) && e.after == nil && len(e.damaged) == 0 {
		e.damage(nil)
	}
}

// findLast takes over the text of a last message, the n-th of the entry. Where some
// were damaged it may not be that: then there is none until the conversation is
// repaired.
func (e *logEntry) findLast(c *Conversation, n uint64) {
	if n <= uint64(len(e.messages)) {
		if m := e.messages[n-1].m; m.At == c.Last.At && m.Conv == c.ConvKey {
			c.Last.Raw = m.Raw
			return
		}
	}
	c.Last = nil
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
	e.rev, e.tab, e.batch, e.drops, e.after = s.meta.rev, tab, batch, s.tx.drops, &s.meta
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
func (a *Account) replay(e *logEntry, size int) {
	for _, d := range e.drops {
		a.unfolded(d.space).drop(d)
	}
	for _, logged := range e.messages {
		m := logged.m
		key := messageKey(m.Conv, m.At)
		r := &record{key: key, value: logged.record, raw: m.Raw, rev: e.rev}
		a.messages.set(r)
		to := sealText([]byte(key))
		for _, id := range m.idKeys() {
			a.ids.set(&record{key: id, value: to, rev: e.rev, of: r})
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
	for i, part := range e.damaged {
		a.damage.find(SpaceLog, logKey(e.rev)+"/"+strconv.Itoa(i), part)
	}
	a.count(e.rev, e.after, size)
}

// count brings the counters to what an entry of the journal left, unless folding put
// them down later. Where they cannot be read, numbers go on behind all that such an entry
// can have given, and changes are looked for that wait for their message.
func (a *Account) count(rev uint64, after *meta, size int) {
	a.lengthen(rev, size)
	if rev <= a.meta.rev {
		return
	}
	epoch, oldest, pages := a.meta.epoch, a.meta.oldest, a.meta.pages
	if after != nil {
		a.meta = *after
	} else {
		most := uint64(size / leastRecord)
		a.meta.arrival, a.meta.joined = a.meta.arrival+most, a.meta.joined+most
		a.meta.pending++
	}
	a.meta.epoch, a.meta.rev, a.meta.oldest, a.meta.pages = epoch, rev, oldest, pages
}

// leastRecord is how many bytes a message, or a membership of a group, takes in the
// journal at least.
const leastRecord = 3
