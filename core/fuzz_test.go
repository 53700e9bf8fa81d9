package core

import (
	"bytes"
	"reflect"
	"testing"
	"unsafe"
)

// A kind of record, as the fuzz targets need it.
type kind[T any] struct {
	decode func([]byte) (T, error)
	encode func(T) []byte
	stored func(T) T           // the value without what its record does not hold; nil: it holds all
	seal   func([]byte) []byte // makes the checksums of a record right; nil: there is one, at the end
}

// fuzz holds, for whatever bytes, that the decoder does not panic and leaves
// them as they are, that what it takes is written as it was read, and that a
// value made of the bytes is read as it was written.
func (k kind[T]) fuzz(f *testing.F, seeds ...T) {
	for _, seed := range seeds {
		f.Add(k.encode(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		seal := sealAgain
		if k.seal != nil {
			seal = k.seal
		}
		for _, b := range [][]byte{b, seal(b)} { // with checksums that hardly ever fit, and with such that do
			before := bytes.Clone(b)
			taken, err := k.decode(b)
			if !bytes.Equal(b, before) {
				t.Fatalf("decoding changed the record %x into %x", before, b)
			}
			if err == nil {
				k.check(t, taken)
			}
		}
		var made T
		(&filling{bytes.Clone(b)}).fill(reflect.ValueOf(&made).Elem())
		if k.stored != nil {
			made = k.stored(made)
		}
		k.check(t, made)
	})
}

func (k kind[T]) check(t *testing.T, want T) {
	t.Helper()
	record := k.encode(want)
	got, err := k.decode(record)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, %v\nwant %+v", got, err, want)
	}
	if again := k.encode(got); !bytes.Equal(again, record) {
		t.Fatalf("written again it is %x, was %x", again, record)
	}
}

// sealAgain makes a record of bytes of which the last are no checksum.
func sealAgain(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	w := newWriter(recordVersion, 0)
	w.b = append(w.b, b[1:max(len(b)-sumSize, 1)]...)
	return w.seal(0)
}

// sealParts makes parts of bytes by what they have for lengths and kinds.
func sealParts(b []byte) []byte {
	w := newWriter(recordVersion, 0)
	for b = b[min(1, len(b)):]; len(b) > partHead; {
		n := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
		size := min(int(n>>3), len(b)-partHead)
		part := b[partHead : partHead+size]
		from := w.begin()
		if kind := n & 7; kind == partMessage || kind == partNews { // a record
			w.b = append(w.b, sealAgain(part)...)
			w.head(from, kind)
		} else {
			w.b = append(w.b, part[:max(size-sumSize, 0)]...)
			w.finish(from, kind)
		}
		b = b[partHead+size:]
	}
	return w.b
}

// A filling makes a value out of fuzzed bytes; behind their end all is zero.
type filling struct{ b []byte }

func (f *filling) byte() byte {
	if len(f.b) == 0 {
		return 0
	}
	c := f.b[0]
	f.b = f.b[1:]
	return c
}

// uint takes as many bytes as the first says.
func (f *filling) uint() (n uint64) {
	for range f.byte() % 9 {
		n = n<<8 | uint64(f.byte())
	}
	return n
}

func (f *filling) text() []byte {
	n := min(int(f.byte()), len(f.b))
	text := f.b[:n:n]
	f.b = f.b[n:]
	return text
}

func (f *filling) fill(v reflect.Value) {
	v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem() // unexported fields too
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(f.byte()&1 == 1)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(f.uint() & (1<<v.Type().Bits() - 1))
	case reflect.Int64:
		v.SetInt(int64(f.uint()))
	case reflect.Int: // counts
		v.SetInt(int64(f.uint() & (1<<31 - 1)))
	case reflect.String:
		v.SetString(string(f.text()))
	case reflect.Pointer:
		if f.byte()&1 == 1 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes(append([]byte{}, f.text()...))
			return
		}
		for range f.byte() % 4 {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			f.fill(v.Index(v.Len() - 1))
		}
	}
}

// asStored is c as far as records hold it.
func asStored(c *Conversation) *Conversation {
	if c == nil {
		return &Conversation{}
	}
	if c.DraftStamp&1 == 0 {
		c.Draft = nil
	}
	c.fragment, c.rev, c.page = nil, 0, 0
	return c
}

func messageAsStored(m *Message) *Message {
	if m == nil {
		return &Message{Raw: []byte{}}
	}
	m.Online, m.Sender = false, Profile{} // such messages and profiles are never part of one
	return m
}

func FuzzConversationRecord(f *testing.F) {
	kind[*Conversation]{decodeConversation, encodeConversation, asStored, bytes.Clone}.fuzz(f, fullConversation(), &Conversation{})
}

func FuzzMessageRecord(f *testing.F) {
	kind[*Message]{decodeMessage, encodeMessage, messageAsStored, nil}.fuzz(f, fullMessage(), &Message{Raw: []byte{}})
}

func FuzzMetaRecord(f *testing.F) {
	kind[meta]{decodeMeta, encodeMeta, nil, nil}.fuzz(f, meta{epoch: "e", rev: 1, muted: []byte("{}"), groups: []string{"g"}}, meta{muted: []byte{}})
}

func FuzzSendingRecord(f *testing.F) {
	kind[inFlight]{decodeInFlight, encodeInFlight, nil, nil}.fuzz(f, inFlight{tab: "t", conv: ConvKey{Group, "b"}, id: "i"})
}

func FuzzNoteRecord(f *testing.F) {
	stored := func(n *note) *note {
		if n == nil {
			n = &note{}
		}
		if n.stamp&1 == 0 {
			n.draft = nil
		}
		return n
	}
	draft := &note{conv: ConvKey{C2C, "ann"}, tab: "t", stamp: 5, draft: []byte(`{"draft_edit_time":1}`)}
	kind[*note]{decodeNote, encodeNote, stored, nil}.fuzz(f, draft, &note{})
}

func FuzzWipeRecord(f *testing.F) {
	kind[int64]{decodeWipe, encodeWipe, nil, nil}.fuzz(f, 1_800_000_000_000, -1)
}

func FuzzHint(f *testing.F) {
	stored := func(h hint) hint {
		h.kind = hintStart + h.kind%2
		return h
	}
	decode := func(b []byte) (hint, error) {
		h, ok := decodeHint(b)
		if !ok {
			return h, errTrailing // any error will do
		}
		return h, nil
	}
	kind[hint]{decode, hint.encode, stored, bytes.Clone}.fuzz(f, hint{hintStart, "e", 9}, hint{hintDone, "", 1 << 63})
}

// A pageOf is a page taken apart.
type pageOf struct {
	number uint64
	form   string
	convs  []*Conversation // with their texts
}

// formed writes a conversation as it says itself, in whatever form.
type formed struct {
	Codec
	form string
}

func (c formed) Form() string { return c.form }

func (formed) AppendConversation(b []byte, c *Conversation) []byte {
	b = append(b, c.ID...)
	if c.Last != nil && c.Pinned {
		b = append(append(b, ' '), c.Last.Raw...)
	}
	return b
}

func FuzzPage(f *testing.F) {
	decode := func(b []byte) (pageOf, error) {
		r, d := readPage(b), &damage{}
		p := pageOf{number: r.number, form: r.form}
		r.each(d, func(c *Conversation) { p.convs = append(p.convs, c) })
		if len(d.all) > 0 {
			return p, errDamaged
		}
		return p, nil
	}
	encode := func(p pageOf) []byte { return encodePage(p.number, formed{form: p.form}, p.convs) }
	stored := func(p pageOf) pageOf {
		for i, c := range p.convs {
			c = asStored(c)
			c.fragment = formed{}.AppendConversation([]byte{}, c)
			p.convs[i] = c
		}
		return p
	}
	kind[pageOf]{decode, encode, stored, sealParts}.fuzz(f, pageOf{7, "form", []*Conversation{fullConversation(), {ConvKey: ConvKey{C2C, "a"}}}})
}

// sameText reports whether two texts are one in memory, as a log entry shares
// those of its messages with the conversations.
func sameText(a, b []byte) bool {
	return (a == nil) == (b == nil) && len(a) == len(b) && unsafe.SliceData(a) == unsafe.SliceData(b)
}

func FuzzLogEntry(f *testing.F) {
	encode := func(e *logEntry) []byte {
		return encodeLogEntry(e, func(c *Conversation) int {
			for i, logged := range e.messages {
				if c.Last != nil && sameText(c.Last.Raw, logged.raw) && logged.m.At == c.Last.At && logged.m.Conv == c.ConvKey {
					return i
				}
			}
			return -1
		})
	}
	stored := func(e *logEntry) *logEntry {
		if e == nil {
			return &logEntry{}
		}
		for i := range e.drops {
			if e.drops[i].space != SpaceIDs {
				e.drops[i].space = SpaceMessages
			}
		}
		for i := range e.messages {
			logged := &e.messages[i]
			if logged.m == nil {
				logged.m = &Message{}
			}
			logged.record = encodeMessage(messageAsStored(logged.m))
			logged.m, _ = decodeMessage(logged.record)
			logged.raw = logged.m.Raw
		}
		e.damaged = nil
		for i, c := range e.convs {
			e.convs[i] = asStored(c)
		}
		for i := range e.groups {
			e.groups[i].Convs = nil
		}
		return e
	}
	decode := func(b []byte) (*logEntry, error) {
		e, err := decodeLogEntry(0, b)
		if err == nil && len(e.damaged) > 0 {
			err = errDamaged
		}
		return e, err
	}
	message := fullMessage()
	kind[*logEntry]{decode, encode, stored, sealParts}.fuzz(f, &logEntry{}, stored(&logEntry{
		rev: 1, tab: "t", batch: 2, drops: []drop{{SpaceMessages, "a", "b"}, {SpaceIDs, "c", ""}},
		messages: []loggedMessage{{record: encodeMessage(message), news: true}, {}},
		ids:      []loggedID{{"d", "e"}},
		convs:    []*Conversation{fullConversation(), {ConvKey: message.Conv}},
		notices:  []Notice{{NoticeRevoked, []byte("{}")}},
		groups:   []GroupEvent{{Kind: GroupRemoved, Group: "g", NewName: "h", Reason: RemovedAsMost, keys: []ConvKey{{C2C, "a"}}}},
	}))
}

// FuzzMessageKey: a position is read off the key as it was written, and what is
// read off any text lies on a key of its own.
func FuzzMessageKey(f *testing.F) {
	f.Add("1:3:ann/00006553f10000000000000000070000000003", int64(1_700_000_000), uint64(7), uint64(3))
	f.Add("-0000000000f00000000000000070000000000a0", int64(0), uint64(0), uint64(0))
	f.Add("000000000010-00000000000000700000000000a", int64(0), uint64(0), uint64(0))
	f.Fuzz(func(t *testing.T, key string, time int64, seq, arrival uint64) {
		if p, ok := parsePosition(key); ok {
			k := ConvKey{C2C, "a"}
			if again, ok := parsePosition(messageKey(k, p)); !ok || again != p {
				t.Errorf("%q is %+v, and %+v (%v) when written again", key, p, again, ok)
			}
		}
		p := Position{time & (1<<48 - 1), seq, arrival & (1<<48 - 1)}
		if got, ok := parsePosition(messageKey(ConvKey{Group, key}, p)); !ok || got != p {
			t.Errorf("got %+v (%v), want %+v", got, ok, p)
		}
	})
}
