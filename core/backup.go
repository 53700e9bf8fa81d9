package core

import "strings"

// A BackupWriter takes what an account consists of, in this order: its settings,
// its conversations, ghosts of deleted ones among them, and its messages in order
// of conversation and time. The bytes must not be changed.
type BackupWriter interface {
	Settings(groups []string, muted []byte)
	// Conversation takes a record as decodeBackup reads it.
	Conversation(key ConvKey, record []byte)
	// Message takes a record in two parts: head, and the API's JSON text.
	Message(head, raw []byte)
	// Damaged takes a record that cannot be read, or a part of one, and where it
	// lies.
	Damaged(space Space, key string, bytes []byte)
}

// messagesAtOnce is how many messages a backup reads at a time.
const messagesAtOnce = 512

// Export gives all that is stored of the account, as of one moment, to a writer.
// begin makes the writer, and is called again if the store failed on the way.
func (c *Core) Export(begin func() BackupWriter, done func(error)) {
	c.enqueue(&operation{
		name: "export", views: true, done: done,
		apply: func(s *stage) error { return s.export(begin()) },
	})
}

func (s *stage) export(to BackupWriter) error {
	to.Settings(s.meta.groups, s.meta.muted)
	var err error
	s.byKey.Scan(func(c *Conversation) bool {
		w := newWriter(oldRecord, 256+len(c.Draft))
		w.conversation(c, false)
		to.Conversation(c.ConvKey, w.b)
		err = s.rest()
		return err == nil
	})
	for from, limit := "", messagesAtOnce; err == nil; {
		var values [][]byte
		if values, err = s.tx.Values(SpaceMessages, from, "", limit); err != nil {
			break
		}
		next := ""
		for _, value := range values {
			m, bad := decodeMessage(value)
			if bad != nil {
				s.damage.meet(value)
				continue
			}
			next = messageKey(m.Conv, m.At) + "\x00"
			to.Message(headOf(value, m), m.Raw)
			if err = s.rest(); err != nil {
				return err
			}
		}
		if len(values) < limit {
			break
		}
		if next == "" { // nothing but damage: look further
			limit *= 2
			continue
		}
		from, limit = next, messagesAtOnce
	}
	for _, r := range s.damage.all {
		space, key, _ := strings.Cut(r.name, "/")
		to.Damaged(Space(space), key, r.bytes)
	}
	return err
}

// headOf is a message record without its text, as one that is not sealed has it.
func headOf(record []byte, m *Message) []byte {
	end := len(record) - len(m.Raw)
	if record[0] == recordVersion {
		end -= sumSize
	}
	return append([]byte{oldRecord}, record[1:end]...)
}

// DecodeBackupConversation reads what Export wrote of a conversation; its last
// message has no text.
func DecodeBackupConversation(record []byte) (*Conversation, error) {
	r := newReader(oldRecord, record, "conversation of a backup")
	c := &Conversation{}
	r.conversation(c, false)
	return c, r.end()
}

// DecodeBackupMessage reads what Export wrote of a message.
func DecodeBackupMessage(head, raw []byte) (*Message, error) {
	m, err := decodeMessage(append(head[:len(head):len(head)], raw...))
	if err == nil && len(m.Raw) != len(raw) {
		err = errTruncated
	}
	return m, err
}
