package jsapi

import (
	"encoding/hex"
	"errors"
	"hash/fnv"
	"strings"

	"timconv/core"
)

// Why a backup is refused.
var (
	errNoBackup   = errors.New("this is no backup of timconv")
	errNewBackup  = errors.New("the backup was made by a newer version")
	errOfAnother  = errors.New("the backup is of another account")
	errBadBackup  = errors.New("the backup is damaged")
	errCutBackup  = errors.New("the backup is damaged: its end is missing")
	errBadContent = errors.New("the backup is damaged: it holds what no account does")
)

func timConvImport(m *Module, c *core.Core, a *args) func() {
	text, reply := a.text(0), a.callback(1)
	return func() {
		account := databaseName(m.appID, m.of(c).user)
		var why error
		c.Restore(len(text)/usualMessage, func(rest func()) (b *core.Backup, err error) {
			if b, why = readBackup(text, account, rest); why != nil {
				err = &core.Error{Code: core.CodeParam, Op: "import backup", Err: why}
			}
			text = ""
			return b, err
		}, func(did core.Restored, err error) {
			code, desc := outcome(err)
			if why != nil {
				desc = why.Error()
			}
			if err != nil {
				reply(code, desc, "")
				return
			}
			w := &object{}
			w.int("conversations", int64(did.Conversations))
			w.int("known", int64(did.Known))
			w.int("messages", int64(did.Messages))
			reply(code, desc, string(w.end()))
		})
	}
}

// readBackup reads the text of a backup of that account, all or nothing.
func readBackup(text, account string, rest func()) (*core.Backup, error) {
	body := strings.TrimRight(text, " \t\r\n")
	at := strings.LastIndexByte(body, '\n') + 1
	first, _, _ := strings.Cut(body, "\n")
	if err := checkHead(first, account); err != nil {
		return nil, err
	}
	if at == 0 {
		return nil, errCutBackup
	}
	body, tail := body[:at], body[at:]
	if err := checkTail(body, tail, rest); err != nil {
		return nil, err
	}
	_, body, _ = strings.Cut(body, "\n")
	b := &core.Backup{}
	for body != "" {
		var line string
		line, body, _ = strings.Cut(body, "\n")
		if !readBackupLine(b, line) {
			return nil, errBadContent
		}
		rest()
	}
	return b, nil
}

func checkHead(line, account string) error {
	head, ok := parseJSON(line)
	if !ok || !head.isObject() {
		return errNoBackup
	}
	var version, of value
	head.each(func(key string, v value) {
		switch key {
		case "timconv_backup":
			version = v
		case "account":
			of = v
		}
	})
	switch n, ok := version.uint(); {
	case !ok || n == 0:
		return errNoBackup
	case n > backupVersion:
		return errNewBackup
	case of.text() != account:
		return errOfAnother
	}
	return nil
}

// checkTail compares the last line with what stands before it.
func checkTail(body, tail string, rest func()) error {
	line, ok := parseJSON(tail)
	if !ok || !line.isObject() {
		return errCutBackup
	}
	var sum, lines value
	line.each(func(key string, v value) {
		switch key {
		case "fnv1a":
			sum = v
		case "lines":
			lines = v
		}
	})
	n, ok := lines.uint()
	if !ok || !sum.isString() {
		return errCutBackup
	}
	got, found := fnv.New64a(), 0
	for left := body; left != ""; {
		chunk := left[:min(len(left), backupChunk)]
		left = left[len(chunk):]
		_, _ = got.Write([]byte(chunk))
		found += strings.Count(chunk, "\n")
		for range 16 { // a rest is looked for now and then only
			rest()
		}
	}
	if hex.EncodeToString(got.Sum(nil)) != sum.text() || uint64(found) != n {
		return errBadBackup
	}
	return nil
}

// readBackupLine adds what a line holds.
func readBackupLine(b *core.Backup, text string) (ok bool) {
	line, ok := parseJSON(text)
	if !ok || !line.isObject() {
		return false
	}
	member := map[string]value{}
	line.each(func(key string, v value) { member[key] = v })
	switch {
	case member["record"] != "":
		return readBackupConversation(b, member["record"])
	case member["message"] != "":
		return readBackupMessage(b, member["head"], member["message"])
	case member["raw"] != "":
		raw, ok := parseJSON(member["raw"].text())
		return ok && readBackupMessage(b, member["head"], raw)
	case member["groups"] != "":
		for _, name := range member["groups"].elements() {
			b.Groups = append(b.Groups, name.text())
		}
		if option := member["receive_option"]; option.isObject() {
			b.Muted = []byte(option)
		}
	}
	return true // what a later version may add
}

func readBackupConversation(b *core.Backup, record value) bool {
	bytes, err := hex.DecodeString(record.text())
	if err != nil {
		return false
	}
	c, err := core.DecodeBackupConversation(bytes)
	if err != nil || !validConv(c.ConvKey) || c.RecvOpt > maxRecvOpt || len(c.Custom) > maxCustomData {
		return false
	}
	if c.Draft != nil {
		if draft, ok := parseJSON(string(c.Draft)); !ok || !draft.isObject() {
			return false
		}
	}
	b.Conversations = append(b.Conversations, c)
	return true
}

func readBackupMessage(b *core.Backup, head, raw value) bool {
	bytes, err := hex.DecodeString(head.text())
	if err != nil {
		return false
	}
	m, err := core.DecodeBackupMessage(bytes, []byte(raw))
	if err != nil || !validConv(m.Conv) || m.ID == "" || !raw.isObject() {
		return false
	}
	b.Messages = append(b.Messages, m)
	return true
}

func validConv(key core.ConvKey) bool {
	return validID(key.ID) && (key.Type == core.C2C || key.Type == core.Group)
}
