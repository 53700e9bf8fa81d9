package jsapi

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the transcripts under testdata")

// TestTranscripts replays the files under testdata. A line that starts with
// "> " is a call: the function and its arguments as a JSON array without
// brackets, in which cb is a callback, Set callbacks have names of their own,
// and a backquoted text is JSON text. The lines below, up to an empty one, are
// what the call returned ("= ") and what was called back ("< "). "# " comments.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := replay(t, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(want) {
				t.Errorf("%s differs; got:\n%s", file, firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

func replay(t *testing.T, script string) string {
	p := newPage(t)
	var out strings.Builder
	lines := bufio.NewScanner(strings.NewReader(script))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "> "):
			name, rest, _ := strings.Cut(line[2:], " ")
			var result any
			if name == "done" { // the transport's word on the message sent first
				p.done(p.arguments(rest)...)
			} else {
				result = p.call(name, p.arguments(rest)...)
			}
			fmt.Fprintln(&out, line)
			if result != nil {
				fmt.Fprintln(&out, "=", result)
			}
			if posted := p.settle(); posted != "" {
				fmt.Fprintln(&out, "<", strings.ReplaceAll(posted, "\n", "\n< "))
			}
		case strings.HasPrefix(line, "= "), strings.HasPrefix(line, "< "):
		case strings.HasPrefix(line, "@ "): // the clock, in seconds after the start
			fmt.Sscan(line[2:], &p.now)
			p.now = (p.now + someday) * 1000
			fmt.Fprintln(&out, line)
		default:
			fmt.Fprintln(&out, line)
		}
	}
	return out.String()
}

// arguments reads the arguments of a call.
func (p *page) arguments(text string) []any {
	var args []any
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(strings.TrimPrefix(text, ",")) {
		switch {
		case text[0] == '`':
			end := strings.IndexByte(text[1:], '`') + 1
			args = append(args, text[1:end])
			text = strings.TrimSpace(text[end+1:])
		case text[0] == '"':
			decoder := json.NewDecoder(strings.NewReader(text))
			var s string
			if err := decoder.Decode(&s); err != nil {
				p.t.Fatalf("%v in %s", err, text)
			}
			args = append(args, s)
			text = text[decoder.InputOffset():]
		default:
			word, rest, _ := strings.Cut(text, ",")
			args = append(args, p.word(strings.TrimSpace(word)))
			text = rest
		}
	}
	return args
}

func (p *page) word(word string) any {
	var number float64
	switch {
	case word == "null":
		return nil
	case word == "undefined":
		return undefined{}
	case word == "true", word == "false":
		return word == "true"
	case word == "{}":
		return &fake{p: p, kind: KindOther}
	}
	if n, err := fmt.Sscan(word, &number); n == 1 && err == nil {
		return number
	}
	return p.callback(word)
}
