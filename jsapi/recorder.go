package jsapi

import (
	"encoding/hex"
	"hash/fnv"
	"strconv"
	"sync"
	"sync/atomic"
)

// The flight recorder keeps, where the application asks for it, the last calls and
// what came of them, in the form in which it is exported: one JSON object a line.
// It keeps what a call has looked at of its arguments, nothing of user data, and of
// long texts that went out only their length and FNV-1a of 64 bits. So that a replay
// gives the same: the clock stands while a recorded call runs, and the fresh ids of
// what it brings follow from a seed and the number of the call.
const (
	recordingVersion = 1
	maxRecorded      = 100_000 // lines
	recordedBytes    = 4 << 20 // of them together
	longestRecorded  = 1 << 20 // bytes of an argument
	shownText        = 256     // bytes of a text that went out
)

// A recorder is a module's.
type recorder struct {
	max atomic.Int64  // lines; 0: it is off
	n   atomic.Uint64 // number of the call that runs, or of the last one
	at  atomic.Int64  // when the call that runs began, if it is recorded; else 0

	mu        sync.Mutex // guards what follows
	now       func() int64
	seed      string
	since     int64
	lines     []recorded // oldest first
	bytes     int
	dropped   int    // for lack of room
	first     uint64 // the call before which the account was closed, or empty; 0: unknown
	forgotten uint64 // calls up to this one have left nothing
}

// A recorded is a line, but for its end.
type recorded struct {
	n    uint64 // of the call; 0: of whatever account is open
	line []byte
}

// record switches the recorder on, to another size, or off with 0. It needs the
// lock.
func (m *Module) record(max int) {
	r := &m.recorder
	if r.max.Load() == 0 {
		r.now, r.seed, r.since, r.dropped, r.first = m.host.Now, m.host.Random(), m.host.Now(), 0, 0
		if m.account == nil {
			r.first = r.n.Load() + 1
		}
	}
	r.max.Store(int64(max))
	r.forget(0) // the lines that are too many
}

// now is the clock, which stands while a recorded call runs.
func (m *Module) now() int64 {
	if at := m.recorder.at.Load(); at != 0 {
		return at
	}
	return m.host.Now()
}

// random returns what gives the fresh ids of one call. It is asked once in a call.
func (m *Module) random() func() string {
	if m.recorder.max.Load() == 0 {
		return m.host.Random
	}
	prefix, drawn := m.recorder.token(), 0
	return func() string {
		drawn++
		return prefix + strconv.Itoa(drawn)
	}
}

// token names the call that runs.
func (r *recorder) token() string { return r.seed + "-" + strconv.FormatUint(r.n.Load(), 10) + "-" }

// run runs the function, and records the call, also where it panics.
func (e *entry) run(m *Module, a *args) (result any) {
	r := &m.recorder
	a.recorder, a.name = r, e.name
	if r.max.Load() == 0 || e.silent {
		return e.do(m, a)
	}
	a.n = r.n.Add(1)
	at := m.host.Now()
	r.at.Store(at)
	defer func() {
		r.at.Store(0)
		w := &object{}
		w.uint("n", a.n)
		w.text("call", e.name)
		list := array{}
		for i, v := range a.values {
			list.add(recordValue(v, i >= a.seen || a.hidden&(1<<i) != 0))
		}
		w.raw("args", list.text())
		if ret, ok := result.(int); ok {
			w.int("ret", int64(ret))
		}
		if a.token != "" {
			w.text("token", a.token)
		}
		r.add(a.n, at, w)
	}()
	return e.do(m, a)
}

// add adds a line, w without its end, unless its call is forgotten, and drops the
// oldest where there are too many.
func (r *recorder) add(n uint64, at int64, w *object) {
	w.int("t", at)
	r.mu.Lock()
	if n == 0 || n > r.forgotten {
		r.lines = append(r.lines, recorded{n, w.b})
		r.bytes += len(w.b)
	}
	for len(r.lines) > int(r.max.Load()) || r.bytes > recordedBytes {
		r.bytes -= len(r.lines[0].line)
		r.lines[0].line = nil
		r.lines = r.lines[1:]
		r.dropped++
	}
	r.mu.Unlock()
}

// told notes what a function was called with, user data left out.
func (r *recorder) told(f *registered, args []any) {
	w := &object{}
	if f.n != 0 {
		w.uint("n", f.n)
		w.int("cb", int64(f.place))
	} else {
		w.text("told", f.name)
	}
	list := array{}
	for _, arg := range args {
		switch arg := arg.(type) {
		case int:
			list.add(strconv.AppendInt(nil, int64(arg), 10))
		case string:
			list.add(recordText(arg, shownText))
		case Value:
			if arg.Kind() == KindString {
				list.add(recordText(arg.Text(), shownText))
			} else {
				list.add(recordValue(arg, false))
			}
		}
	}
	w.raw("got", list.text())
	r.add(f.n, r.now(), w)
}

// followed notes that the account was read at that rev, or brought up to it by what
// other tabs did. Where they have wiped it nothing is kept.
func (m *Module) followed(rev uint64, wiped bool) {
	r := &m.recorder
	if wiped {
		r.forget(r.n.Load())
	}
	if r.max.Load() != 0 {
		w := &object{}
		w.uint("rev", rev)
		r.add(0, r.now(), w)
	}
}

// forget leaves nothing of the calls up to that one, nor of what was told of their
// account, which is closed or empty.
func (r *recorder) forget(upTo uint64) {
	r.mu.Lock()
	all := r.lines
	r.lines, r.bytes = nil, 0
	if upTo > r.forgotten {
		r.forgotten, r.first, r.dropped = upTo, upTo+1, 0
	}
	for i, l := range all {
		if l.n > r.forgotten && len(all)-i <= int(r.max.Load()) {
			r.lines = append(r.lines, l)
			r.bytes += len(l.line)
		}
	}
	r.mu.Unlock()
}

var kindNames = [...]string{"undefined", "null", "boolean", "number", "string", "bigint", "function", "bytes", "object"}

// recordValue is the JSON of a value; of one that is hidden it says only what it is.
func recordValue(v Value, hidden bool) []byte {
	kind := v.Kind()
	w := &object{}
	if !hidden {
		switch kind {
		case KindNull:
			return []byte("null")
		case KindBool:
			return strconv.AppendBool(nil, v.Bool())
		case KindString:
			return recordText(v.Text(), longestRecorded)
		case KindNumber:
			n := strconv.FormatFloat(v.Number(), 'f', -1, 64)
			if v.Number()-v.Number() == 0 { // neither infinite nor NaN
				return []byte(n)
			}
			w.text("number", n)
			return w.end()
		case KindBigInt:
			w.text("bigint", v.Text())
			return w.end()
		}
	}
	w.text("is", kindNames[kind])
	return w.end()
}

func recordText(s string, longest int) []byte {
	if len(s) <= longest {
		return appendQuoted(nil, s)
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(s))
	w := &object{}
	w.int("bytes", int64(len(s)))
	w.text("fnv1a", hex.EncodeToString(sum.Sum(nil)))
	return w.end()
}

// lifeInited is, in a recording, the life of an application that has called TIMInit.
const lifeInited = 3

// timRecorderExport is not recorded itself, and waits for nothing. The first line
// says how all stands now, and from which call on nothing is missing.
func timRecorderExport(m *Module, a *args) any {
	reply := a.callback(0)
	if ret := a.fault(); ret != succeeded {
		return ret
	}
	r := &m.recorder
	w := &object{}
	m.mu.Lock()
	user, life := "", int64(m.life)
	if m.account != nil {
		user = m.account.user
	}
	if m.inited {
		life = lifeInited
	}
	w.text("account", databaseName(m.appID, user))
	w.int("life", life)
	w.bool("relaxed", m.config.relaxed)
	w.int("pin_limit", int64(m.config.pinLimit))
	w.int("recorder", r.max.Load())
	m.mu.Unlock()
	r.mu.Lock()
	w.uint("first", r.first)
	w.int("dropped", int64(r.dropped))
	w.int("since", r.since)
	w.text("seed", r.seed)
	w.text("module", Version)
	w.int("timconv_recording", recordingVersion)
	lines, most := w.b, r.max.Load()
	for _, l := range r.lines {
		lines = append(append(lines, "}\n"...), l.line...)
	}
	r.mu.Unlock()
	text := ""
	if most != 0 {
		text = string(lines) + "}\n"
	}
	reply(succeeded, okText, text)
	return succeeded
}
