package jsapi

import (
	"encoding/hex"
	"hash"
	"hash/fnv"
	"strings"

	"timconv/core"
)

// A backup is text, one JSON object a line: what it is and whose; the groups and
// the receive option for all; each conversation; each message, with its JSON text
// as it is stored; each record that cannot be read, or part of one; at last the number of lines before and their FNV-1a of 64 bits,
// by which what was cut, changed or doubled is found.
const (
	backupVersion = 1
	backupChunk   = 1 << 20 // bytes that become one string
)

// backupWriter is a core.BackupWriter that writes the lines.
type backupWriter struct {
	text  Text // nil: Go's own strings
	line  []byte
	parts []Value
	whole strings.Builder
	lines int
	sum   hash.Hash64
}

// end ends a line.
func (w *backupWriter) end() {
	w.line = append(w.line, '\n')
	w.lines++
	if len(w.line) >= backupChunk {
		w.flush()
	}
}

func (w *backupWriter) flush() {
	_, _ = w.sum.Write(w.line)
	if w.text == nil {
		w.whole.Write(w.line)
	} else {
		w.parts = append(w.parts, w.text.Make(w.line))
	}
	w.line = w.line[:0]
}

// begin writes whose backup it is.
func (w *backupWriter) begin(account string, now int64) {
	head := object{b: w.line}
	head.text("account", account)
	head.text("module", Version)
	head.int("time", now)
	head.int("timconv_backup", backupVersion)
	w.line = head.end()
	w.end()
}

// Settings implements core.BackupWriter, as do the next three.
func (w *backupWriter) Settings(groups []string, muted []byte) {
	line := object{b: w.line}
	line.raw("groups", stringsJSON(groups))
	if len(muted) > 0 {
		line.raw("receive_option", string(muted))
	}
	w.line = line.end()
	w.end()
}

func (w *backupWriter) Conversation(key core.ConvKey, record []byte) {
	line := object{b: w.line}
	line.text("conv_id", key.ID)
	line.uint("conv_type", uint64(key.Type))
	line.text("record", hex.EncodeToString(record))
	w.line = line.end()
	w.end()
}

func (w *backupWriter) Message(head, raw []byte) {
	line := object{b: w.line}
	line.text("head", hex.EncodeToString(head))
	text := textOfBytes(raw)
	if strings.ContainsAny(text, "\r\n") { // between its tokens: it would break the line
		line.text("raw", text)
	} else {
		line.raw("message", text)
	}
	w.line = line.end()
	w.end()
}

func (w *backupWriter) Damaged(space core.Space, key string, bytes []byte) {
	line := object{b: w.line}
	line.text("damaged", hex.EncodeToString(bytes))
	line.text("key", key)
	line.text("space", string(space))
	w.line = line.end()
	w.end()
}

// finish writes the last line and returns all of them, a Value or a string.
func (w *backupWriter) finish() any {
	w.flush()
	line := object{b: w.line}
	line.text("fnv1a", hex.EncodeToString(w.sum.Sum(nil)))
	line.int("lines", int64(w.lines))
	w.line = append(line.end(), '\n')
	if w.text == nil {
		return w.whole.String() + string(w.line)
	}
	return w.text.Concat(append(w.parts, w.text.Make(w.line)))
}

func timConvExport(m *Module, c *core.Core, a *args) func() {
	f := a.fn(0, 1)
	reply := a.callback(0)
	return func() {
		open, now := m.of(c), m.now()
		account := databaseName(m.appID, open.user) // of now: the application may log out before it is written
		var w *backupWriter
		c.Export(func() core.BackupWriter {
			w = &backupWriter{text: open.list.text, sum: fnv.New64a()}
			w.begin(account, now)
			return w
		}, func(err error) {
			code, text := outcome(err)
			if err == nil && f.fn.Kind() == KindFunction {
				f.post(code, text, w.finish(), f.userData)
				return
			}
			reply(code, text, "")
		})
	}
}
