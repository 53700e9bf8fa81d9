package core

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden records under testdata/v4")

// fullConversation has a value other than zero in every field that is stored.
func fullConversation() *Conversation {
	at := Position{Time: 1_700_000_000, Seq: 1<<64 - 1, Arrival: 7}
	return &Conversation{
		ConvKey: ConvKey{Type: Group, ID: "é世界😀'\""}, Exists: true,
		Active: 1_700_000_000_123, Pinned: true, RecvOpt: 2, Kind: GroupMeeting,
		Name: "name \xed\xa0\x80", FaceURL: "https://face", Sender: Profile{Name: "ann", FaceURL: "f", At: at},
		Read:    ReadMark{Time: 5, TimeArrival: 6, Seq: 7, SeqArrival: 8, All: 9},
		Floor:   Floor{Time: 9, Seq: 10, IDs: []string{"a", "b"}},
		MaxTime: 11, MaxSeq: 12, MaxArrival: 13, Unread: 13, UnreadFrom: 14,
		Mentions: []Mention{{Seq: 15, Kind: MentionAll, At: at}},
		Last:     &Last{At: at, FromSelf: true, IsRead: true, Raw: []byte(`{"message_unique_id":6961616747713488299}`)},
		Draft:    []byte(`{"draft_edit_time":1}`), DraftStamp: 16,
		PeerRead: 17, Cause: Cause{Op: "receive", At: 18, From: 19, To: 20},
		Marks: 1 << 63, Custom: "custom", Groups: []Membership{{"g", 21}, {"世", 22}},
	}
}

func fullMessage() *Message {
	return &Message{
		Conv: ConvKey{Type: C2C, ID: "ann"}, ID: "ann-1-2", Also: []string{"b"}, Rand: 6, At: Position{Time: 3, Seq: 4, Arrival: 5},
		Clocked: true, FromSelf: true, IsRead: true, NoCount: true, NoLast: true, Local: true,
		Status: StatusRevoked, Mention: MentionMe, Raw: []byte(`{"x":"😀"}`),
	}
}

// lines writes a conversation as its id and last message.
type lines struct{ Codec }

func (lines) Form() string { return "lines" }

func (lines) AppendConversation(b []byte, c *Conversation) []byte {
	b = append(b, c.ID...)
	if c.Last != nil && c.Type == Group {
		b = append(append(b, ' '), c.Last.Raw...)
	}
	return b
}

func decodePage(b []byte) (any, error) {
	var convs []*Conversation
	d, fault := &damage{}, error(nil)
	readPage(b).each(d, func(c *Conversation) {
		if string(c.fragment) != string(lines{}.AppendConversation(nil, c)) {
			fault = errTrailing
		}
		c.fragment = nil
		convs = append(convs, c)
	})
	if len(d.all) > 0 {
		fault = errDamaged
	}
	return convs, fault
}

func decodeWholeEntry(b []byte) (any, error) {
	e, err := decodeLogEntry(0, b)
	if err == nil && len(e.damaged) > 0 {
		err = errDamaged
	}
	return e, err
}

// A recordCase is a record of each kind, with all there can be in it.
type recordCase struct {
	name   string
	value  any
	record []byte
	decode func([]byte) (any, error)
	old    any // what one of version 2 has
	was    any // what one of version 3 has
}

func recordCases() []recordCase {
	lastSent := &Conversation{ConvKey: fullMessage().Conv, Last: lastOf(fullMessage())}
	entry := &logEntry{
		rev: 1, tab: "t", batch: 2,
		drops:    []drop{{SpaceMessages, "a", "b"}, {SpaceIDs, "c", ""}},
		messages: []loggedMessage{{encodeMessage(fullMessage()), fullMessage().Raw, true, fullMessage()}},
		ids:      []loggedID{{"d", "e"}},
		convs:    []*Conversation{fullConversation(), lastSent},
		notices:  []Notice{{NoticeRevoked, []byte("{}")}},
		groups:   []GroupEvent{{Kind: GroupRemoved, Group: "g", NewName: "h", Reason: RemovedAsMost, keys: []ConvKey{{C2C, "a"}}}},
	}
	lastIn := func(c *Conversation) int { return map[bool]int{true: 0, false: -1}[c == lastSent] }
	pageOf := []*Conversation{fullConversation(), {ConvKey: ConvKey{C2C, "a"}}, lastSent}
	page := encodePage(7, lines{}, []*Conversation{fullConversation(), {ConvKey: ConvKey{C2C, "a"}}, lastSent.changed()})
	counters := meta{epoch: "e", rev: 1 << 60, oldest: 2, pages: 7, arrival: 3, live: -4, joined: 5, pending: 6, muted: []byte("{}"), groups: []string{"g", "世"}, damaged: true}
	sending := inFlight{tab: "t", conv: ConvKey{Group, "b"}, id: "i"}
	draft := &note{conv: ConvKey{Group, "b"}, tab: "t", stamp: 5, draft: []byte("{}")}
	entry.after = &counters
	oldCounters, oldEntry := counters, *entry
	pin := &logEntry{rev: 9, tab: "t", convs: []*Conversation{fullConversation()}, after: &counters}
	wasEntry := oldEntry
	wasEntry.after = nil
	oldCounters.damaged, oldCounters.old = false, true // it did not know of damage
	record := bytes.Clone(entry.messages[0].record)
	record = append([]byte{oldRecord}, record[1:len(record)-sumSize]...)
	oldEntry.after = nil
	oldEntry.messages = []loggedMessage{{record, entry.messages[0].raw, true, entry.messages[0].m}}
	cases := []recordCase{
		{name: "conversation", value: fullConversation(), record: encodeConversation(fullConversation()), decode: func(b []byte) (any, error) { return decodeConversation(b) }},
		{name: "page", value: pageOf, record: page, decode: decodePage},
		{name: "message", value: fullMessage(), record: encodeMessage(fullMessage()), decode: func(b []byte) (any, error) { return decodeMessage(b) }},
		{name: "meta", value: counters, record: encodeMeta(counters), decode: func(b []byte) (any, error) { return decodeMeta(b) }, old: oldCounters},
		{name: "log", value: entry, record: encodeLogEntry(entry, lastIn), decode: decodeWholeEntry, old: &oldEntry, was: &wasEntry},
		{name: "void", value: &logEntry{rev: 9}, record: encodeLogEntry(&logEntry{rev: 9}, lastIn), decode: decodeWholeEntry},
		{name: "pin", value: pin, record: encodeLogEntry(pin, lastIn), decode: decodeWholeEntry},
		{name: "sending", value: sending, record: encodeInFlight(sending), decode: func(b []byte) (any, error) { return decodeInFlight(b) }},
		{name: "note", value: draft, record: encodeNote(draft), decode: func(b []byte) (any, error) { return decodeNote(b) }},
		{name: "text", value: "a text", record: sealText([]byte("a text")), decode: func(b []byte) (any, error) {
			text, ok := openText(b)
			if !ok {
				return nil, errSum
			}
			return string(text), nil
		}},
		{name: "wipe", value: int64(1_800_000_000_000), record: encodeWipe(1_800_000_000_000), decode: func(b []byte) (any, error) { return decodeWipe(b) }},
	}
	for i := range cases {
		if cases[i].old == nil {
			cases[i].old = cases[i].value
		}
		if cases[i].was == nil {
			cases[i].was = cases[i].value
		}
	}
	return cases
}

// newKinds are those that a version did not have.
var newKinds = map[string][]string{"v2": {"text", "void", "pin"}, "v3": {"void", "pin"}}

// TestRecordsReadAsWritten also holds the format: a golden file that changes is
// a format that changed.
func TestRecordsReadAsWritten(t *testing.T) {
	for _, c := range recordCases() {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.decode(c.record)
			if err != nil || !reflect.DeepEqual(got, c.value) {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.value)
			}
			golden := "testdata/v4/" + c.name + ".golden"
			if *update {
				if err := os.WriteFile(golden, c.record, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(c.record, want) {
				t.Errorf("the record is not that of %s (%v)", golden, err)
			}
			for version, want := range map[string]any{"v2": c.old, "v3": c.was} {
				was, err := os.ReadFile("testdata/" + version + "/" + c.name + ".golden")
				if slices.Contains(newKinds[version], c.name) {
					continue
				}
				if got, fault := c.decode(was); err != nil || fault != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("of %s: got %+v, %v, %v\nwant %+v", version, got, err, fault, want)
				}
			}
			c.damaged(t)
		})
	}
}

// damaged fails the test where a record that was cut, followed by something or changed
// in one bit is taken.
func (c recordCase) damaged(t *testing.T) {
	for n := range c.record {
		if _, err := c.decode(c.record[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are taken for a record", n, len(c.record))
		}
	}
	for i := 0; i < 8*len(c.record) && c.name != "conversation"; i++ { // which is of version 1
		flipped := bytes.Clone(c.record)
		flipped[i/8] ^= 1 << (i % 8)
		if _, err := c.decode(flipped); err == nil {
			t.Errorf("bit %d of byte %d changed: it is not noticed", i%8, i/8)
		}
	}
	if _, err := c.decode(append(bytes.Clone(c.record), 0)); err == nil {
		t.Error("a foreign byte behind the record is not noticed")
	}
}

// TestAnEntryTellsNothingOfFolding: the tab that wrote it may not have known how far it is.
func TestAnEntryTellsNothingOfFolding(t *testing.T) {
	a := newAccount()
	a.meta = meta{epoch: "now", rev: 5, oldest: 4, pages: 7, arrival: 1}
	a.count(6, &meta{epoch: "then", rev: 6, oldest: 1, pages: 2, arrival: 9}, 10)
	if want := (meta{epoch: "now", rev: 6, oldest: 4, pages: 7, arrival: 9}); !reflect.DeepEqual(a.meta, want) {
		t.Errorf("got %+v, want %+v", a.meta, want)
	}
	a.count(6, &meta{rev: 6, arrival: 2}, 10)
	if a.meta.arrival != 9 {
		t.Error("an entry that is older than the counters has changed them")
	}
}

func TestMessageKeysSortAsPositions(t *testing.T) {
	key := ConvKey{Type: C2C, ID: "a"}
	positions := []Position{{0, 0, 1}, {0, 1, 0}, {1, 0, 0}, {1, 0, 2}, {1, 1 << 63, 0}, {99_999_999_999, 0, 0}}
	for i := 1; i < len(positions); i++ {
		p, q := positions[i-1], positions[i]
		if !p.Before(q) || messageKey(key, p) >= messageKey(key, q) {
			t.Errorf("%+v and %+v: keys and positions disagree", p, q)
		}
		if got, ok := parsePosition(messageKey(key, q)); !ok || got != q {
			t.Errorf("%+v is read back as %+v, %v", q, got, ok)
		}
		if k := messageKey(key, q); k < messagesFrom(key, q.Time) || k >= messagesEnd(key) {
			t.Errorf("%q lies outside its conversation", k)
		}
	}
}

func TestAPageHoldsNoMoreThanItsBytes(t *testing.T) {
	w := newWriter(recordVersion, 0)
	from := w.begin()
	w.uint(1)
	w.string("lines")
	const count = 1000
	w.uint(count)
	w.finish(from, partHeader)
	w.b = append(w.b, make([]byte, 3*count)...) // memory is made for as many as are told of
	if r := readPage(w.b); r.header || r.count != 0 {
		t.Errorf("%d bytes are taken for %d conversations", len(w.b), r.count)
	}
}
