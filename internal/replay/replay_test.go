package replay

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAReportOfABrowser is what a test of a report looks like. The file was written by
// a browser: e2e/recorder.test.mjs makes such a one and has it replayed here.
func TestAReportOfABrowser(t *testing.T) {
	Run(t, cmp.Or(os.Getenv("REPLAY_FILE"), "testdata/report.jsonl"))
}

// A witness is a test that notes that it failed.
type witness struct {
	testing.TB
	said []string
}

func (w *witness) Helper()                   {}
func (w *witness) Log(args ...any)           {}
func (w *witness) Error(args ...any)         { w.said = append(w.said, fmt.Sprint(args...)) }
func (w *witness) Fatal(args ...any)         { w.Error(args...) }
func (w *witness) Fatalf(f string, a ...any) { w.Error(fmt.Sprintf(f, a...)) }

func sample(t *testing.T) string {
	text, err := os.ReadFile("testdata/report.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// replayed runs a text and returns what Run said.
func replayed(t *testing.T, text string, with ...Option) []string {
	file := filepath.Join(t.TempDir(), "report.jsonl")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w := &witness{TB: t}
	Run(w, file, with...)
	return w.said
}

func TestADoctoredReportFails(t *testing.T) {
	text := sample(t)
	for _, c := range []struct{ what, old, new, says string }{
		{"a code", `"got":[6004,`, `"got":[0,`, `TIMConvPinConversation("nobody", 1, true, {"is":"function"}, {"is":"object"}): got [6004`},
		{"a return value", `"ret":-3`, `"ret":0`, `"not JSON"): returned -3, recorded was 0`},
		{"an argument", `"c2c_ann`, `"c2c_eve`, `TIMConvMarkConversation(`},
		{"a message", "it's", "its", "TIMSetConvEventCallback: got"},
		{"an answer that is missing", `"call":"TIMConvDelete","args":["ann",`, `"call":"TIMConvDelete","args":["",`, "TIMConvDelete"},
		{"no recording", `"timconv_recording":1`, `"timconv_recording":2`, "no recording"},
	} {
		doctored := strings.Replace(text, c.old, c.new, 1)
		if doctored == text {
			doctored = strings.Replace(text, strings.ReplaceAll(c.old, `"`, `\"`), strings.ReplaceAll(c.new, `"`, `\"`), 1)
		}
		if doctored == text {
			t.Fatalf("%s: there is no %s", c.what, c.old)
		}
		if said := strings.Join(replayed(t, doctored), "\n"); !strings.Contains(said, c.says) {
			t.Errorf("%s: said %q, want %q", c.what, said, c.says)
		}
	}
}

// TestAReportFromTheMiddleNeedsTheAccount takes the first half of the report away.
func TestAReportFromTheMiddleNeedsTheAccount(t *testing.T) {
	lines := strings.SplitAfter(sample(t), "\n")
	from := 0
	for i, line := range lines {
		if strings.Contains(line, `"call":"TIMConvMarkConversation"`) {
			from = i
		}
	}
	text := lines[0] + strings.Join(lines[from:], "")
	if said := strings.Join(replayed(t, text), "\n"); !strings.Contains(said, "TIMConvMarkConversation") {
		t.Errorf("without the account: said %q", said)
	}
	r, err := read(lines[0] + strings.Join(lines[1:from], ""))
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.jsonl")
	if err := os.WriteFile(backup, []byte(backupAfter(t, r)), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := replayed(t, text, WithBackup(backup)); len(said) > 0 {
		t.Errorf("with its backup: said %q", said)
	}
}

// backupAfter is the account after the calls of a recording.
func backupAfter(t *testing.T, r *recording) string {
	p, err := newPlayer(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.lines {
		p.step(&r.lines[i])
	}
	_, got := p.ask("TIMConvExport")
	return got[2].(string)
}
