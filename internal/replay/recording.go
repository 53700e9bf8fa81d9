package replay

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// A header is the first line of a recording.
type header struct {
	Format   int    `json:"timconv_recording"`
	Account  string `json:"account"`
	Life     int    `json:"life"`
	PinLimit int    `json:"pin_limit"`
	Relaxed  bool   `json:"relaxed"`
	Recorder int    `json:"recorder"`
	First    uint64 `json:"first"`
	Dropped  int    `json:"dropped"`
	Since    int64  `json:"since"`
	Seed     string `json:"seed"`
	Module   string `json:"module"`
}

// A line is one of the others: a call, what a function was called with, how storage
// is, or a rev that came from elsewhere.
type line struct {
	T int64  `json:"t"`
	N uint64 `json:"n"`

	Call  string            `json:"call"`
	Args  []json.RawMessage `json:"args"`
	Ret   *int              `json:"ret"`
	Token string            `json:"token"`

	Told  string            `json:"told"`
	Place int               `json:"cb"`
	Got   []json.RawMessage `json:"got"`

	Rev uint64 `json:"rev"`
}

// A recording is read from what TIMRecorderExport wrote.
type recording struct {
	header
	lines []line
}

func read(text string) (*recording, error) {
	r := &recording{}
	for i, one := range strings.Split(strings.TrimRight(text, "\r\n"), "\n") {
		var err error
		if i == 0 {
			err = json.Unmarshal([]byte(one), &r.header)
			if err == nil && r.Format != 1 {
				err = fmt.Errorf("this is no recording of format 1")
			}
		} else {
			var l line
			err = json.Unmarshal([]byte(one), &l)
			r.lines = append(r.lines, l)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return r, nil
}

// key names a function that was called, so that what it got can be compared in order.
func (l *line) key() string {
	if l.Told != "" {
		return l.Told
	}
	return callKey(l.N, l.Place)
}

func callKey(n uint64, place int) string { return fmt.Sprintf("%d/%d", n, place) }

// code is that of an answer.
func (l *line) code() (code int, ok bool) {
	if l.Told != "" || len(l.Got) != 3 {
		return 0, false
	}
	code, err := strconv.Atoi(string(l.Got[0]))
	return code, err == nil
}

func (l *line) String() string {
	var args []string
	for _, arg := range l.Args {
		args = append(args, string(arg))
	}
	return fmt.Sprintf("call %d, %s(%s)", l.N, l.Call, strings.Join(args, ", "))
}

// accepted finds the first call of that name that returned 0, and what stands before it.
func (r *recording) accepted(name string) (call *line, before []line) {
	for i := range r.lines {
		if l := &r.lines[i]; l.Call == name && l.Ret != nil && *l.Ret == 0 {
			return l, r.lines[:i]
		}
	}
	return nil, r.lines
}

// returned reports whether a call returned that.
func returned(lines []line, ret int) bool {
	for _, l := range lines {
		if l.Ret != nil && *l.Ret == ret {
			return true
		}
	}
	return false
}

// The life of an application, as in the first line.
const (
	lifeLocal = iota
	lifeNative
	lifeUninit
	lifeInited
)

// begin is how all stood before the first call: the first line says how it stood after
// the last one.
func (r *recording) begin() (life int, appID uint64, user string, err error) {
	parts := strings.Split(r.Account, ":")
	if len(parts) != 3 {
		return 0, 0, "", fmt.Errorf("%q is no account", r.Account)
	}
	if appID, err = strconv.ParseUint(parts[1], 10, 64); err != nil {
		return 0, 0, "", err
	}
	if user, err = url.PathUnescape(parts[2]); err != nil {
		return 0, 0, "", err
	}
	life = r.Life
	login, before := r.accepted("TIMLogin")
	if login != nil {
		user = ""
	}
	if init, earlier := r.accepted("TIMInit"); init != nil {
		life = lifeLocal
		if returned(earlier, -1) {
			life = lifeUninit
		}
	} else if life == lifeNative && login != nil && !returned(before, -2) {
		life = lifeLocal
	}
	return life, appID, user, nil
}

// owner is whose account the calls work on, to take in its backup.
func (r *recording) owner() (appID uint64, user string, err error) {
	_, appID, user, err = r.begin()
	if init, _ := r.accepted("TIMInit"); init != nil && len(init.Args) > 0 {
		_, appID = number(string(init.Args[0]))
	}
	if login, _ := r.accepted("TIMLogin"); login != nil && len(login.Args) > 0 {
		user = unquote(login.Args[0])
	}
	return appID, user, err
}

// whole reports whether the calls are all that ever touched the account.
func (r *recording) whole() (bool, string) {
	for _, l := range r.lines {
		if l.Rev > 0 {
			return false, "other calls than these have changed the account"
		}
		for _, arg := range l.Args {
			if strings.HasPrefix(string(arg), `{"bytes":`) {
				return false, l.String() + " has an argument that is too long to be recorded"
			}
		}
	}
	for _, l := range r.lines {
		if l.Call != "" {
			return l.N == r.First, fmt.Sprintf("it begins with call %d", l.N)
		}
	}
	return true, ""
}

// heardBefore are the slots whose functions were called before the calls that fill
// them: they had been filled before.
func (r *recording) heardBefore() (slots []string) {
	known := map[string]bool{}
	for _, l := range r.lines {
		known[l.Call] = true
		if l.Told != "" && !known[l.Told] {
			known[l.Told] = true
			slots = append(slots, l.Told)
		}
	}
	return slots
}
