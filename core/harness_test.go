package core_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// plain writes a conversation as one readable line; tests compare lines.
type plain struct{}

func (plain) AppendConversation(b []byte, c *core.Conversation) []byte {
	last, draft := "-", "-"
	if c.Last != nil {
		last = string(c.Last.Raw)
	}
	if c.Draft != nil {
		draft = string(c.Draft)
	}
	b = fmt.Appendf(b, "%s unread=%d last=%s", c.ID, c.Unread, last)
	if c.Draft != nil {
		b = fmt.Appendf(b, " draft=%s", draft)
	}
	if c.Pinned {
		b = append(b, " pinned"...)
	}
	if len(c.Mentions) > 0 {
		b = fmt.Appendf(b, " mentions=%d", len(c.Mentions))
	}
	if c.Marks != 0 || c.Custom != "" {
		b = fmt.Appendf(b, " marks=%x custom=%s", c.Marks, c.Custom)
	}
	for _, m := range c.Groups {
		b = append(b, " in="+m.Group...)
	}
	return fmt.Appendf(b, " name=%s read=%d/%d active=%d", c.ShowName(), c.Read.Time, c.Read.Seq, c.Active)
}

func (plain) Form() string { return "plain" }

// Change replaces the text: "status=4 rest" also sets the status.
func (plain) Change(m *core.Message, change []byte) *core.Message {
	n := *m
	text := string(change)
	if status, rest, ok := strings.Cut(strings.TrimPrefix(text, "status="), " "); ok && strings.HasPrefix(text, "status=") {
		fmt.Sscan(status, &n.Status)
		text = rest
	}
	n.Raw = []byte(text)
	return &n
}

// Join has the later text win.
func (plain) Join(_, then []byte) []byte { return then }

// Settle takes the echo for the text, and "at=seconds" in it for the time.
func (plain) Settle(m *core.Message, echo []byte) *core.Message {
	n := *m
	n.Status, n.Raw = core.StatusSent, echo
	var second int64
	if _, err := fmt.Sscanf(string(echo), "at=%d", &second); err == nil {
		n.At.Time = someday + second
	}
	return &n
}

func (plain) Fail(m *core.Message) *core.Message {
	n := *m
	n.Status, n.Raw = core.StatusFailed, append([]byte("failed "), m.Raw...)
	return &n
}

// A tab is one Core over a shared memstore, and what its listener heard.
type tab struct {
	t      *testing.T
	core   *core.Core
	handle *memstore.Handle
	clock  *clock

	mu     sync.Mutex
	events []string
	status []core.Status
	rows   map[string]string // the list as the events alone tell it
	totals map[string]int    // of filters, as told
	over   bool              // the test is: a tab lives on behind it
}

func (x *tab) report(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.over {
		x.t.Logf("reported: %v", err)
	}
}

// A clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now int64
}

func (c *clock) read() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += d.Milliseconds()
}

var epochs atomic.Int64 // random ids drawn

const someday = 1_800_000_000 // seconds; what the clocks of tests start at

func newClock() *clock { return &clock{now: someday * 1000} }

func openTab(t *testing.T, db *memstore.DB, clock *clock) *tab {
	t.Helper()
	return openTabWith(t, db, clock, func(fn func()) { go fn() })
}

// openTabWith opens a tab in which after gets what is to be done later.
func openTabWith(t *testing.T, db *memstore.DB, clock *clock, after func(func())) *tab {
	t.Helper()
	x := &tab{t: t, clock: clock, rows: map[string]string{}, totals: map[string]int{}}
	t.Cleanup(func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.over = true
	})
	x.core = core.New(core.Config{
		Open: func(notify func(core.State, string)) (core.Store, error) {
			x.handle = db.NewTab()
			notify(core.StateReady, "")
			return x.handle, nil
		},
		Codec: plain{}, Listener: x, Limits: core.Limits{Pinned: 3, Marked: 3, Groups: 2, Members: 3},
		Journal: core.Journal{Keep: 500, Round: 4000, From: 1000, Busy: 1000, AtAll: 20000},
		Now:     clock.read,
		Random:  func() string { return fmt.Sprint("epoch-", epochs.Add(1)) },
		After:   func(_ time.Duration, fn func()) { after(fn) },
		Yield:   runtime.Gosched,
		Report:  x.report,
	})
	x.barrier()
	x.core.Read(func(a *core.Account) {
		a.Conversations(func(c *core.Conversation) bool {
			x.rows[keyOf(c)] = string(c.Text(plain{}))
			return true
		})
	}, func(error) {})
	x.barrier()
	return x
}

func newTab(t *testing.T) *tab { return openTab(t, memstore.NewDB(), newClock()) }

func keyOf(c *core.Conversation) string { return fmt.Sprint(c.Type, c.ID) }

func (x *tab) hear(event string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.events = append(x.events, event)
}

func (x *tab) NewMessages(raw [][]byte) {
	texts := make([]string, len(raw))
	for i := range raw {
		texts[i] = string(raw[i])
	}
	x.hear("new " + strings.Join(texts, ","))
}

func (x *tab) Conversations(kind core.EventKind, convs []*core.Conversation) {
	ids := make([]string, len(convs))
	for i, c := range convs {
		ids[i] = c.ID
		if kind == core.EventDel {
			delete(x.rows, keyOf(c))
		} else {
			x.rows[keyOf(c)] = string(c.Text(plain{}))
		}
	}
	name := map[core.EventKind]string{core.EventAdd: "add", core.EventDel: "del", core.EventUpdate: "update"}[kind]
	x.hear(name + " " + strings.Join(ids, ","))
}

func (x *tab) Group(e core.GroupEvent) {
	ids := make([]string, len(e.Convs))
	for i, c := range e.Convs {
		ids[i] = c.ID
	}
	name := map[core.GroupEventKind]string{
		core.GroupCreated: "created", core.GroupDeleted: "deleted", core.GroupRenamed: "renamed",
		core.GroupAdded: "joined", core.GroupRemoved: "left",
	}[e.Kind]
	x.hear(strings.TrimSpace(fmt.Sprintf("group %s %s %s", e.Group, name, strings.Join(append([]string{e.NewName}, ids...), ","))))
}

func (x *tab) FilterUnread(filter string, total int) {
	x.hear(fmt.Sprintf("total %s %d", filter, total))
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.totals != nil {
		x.totals[filter] = total
	}
}

func (x *tab) Notices(kind core.NoticeKind, raw [][]byte) {
	name := map[core.NoticeKind]string{
		core.NoticeRevoked: "revoked", core.NoticeUpdated: "changed", core.NoticeReceipt: "receipt", core.NoticeMuted: "muted",
	}[kind]
	x.hear(name + " " + string(bytes.Join(raw, []byte(","))))
}

func (x *tab) TotalUnread(total int) { x.hear(fmt.Sprint("total ", total)) }

func (x *tab) Status(s core.Status) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.status = append(x.status, s)
}

// heard returns the events since the last call.
func (x *tab) heard() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	events := strings.Join(x.events, "; ")
	x.events = nil
	return events
}

// wait runs an asynchronous call and returns its error.
func wait(call func(done func(error))) error {
	answer := make(chan error, 1)
	call(func(err error) { answer <- err })
	return <-answer
}

func (x *tab) barrier() {
	x.t.Helper()
	x.must(wait(func(done func(error)) { x.core.Receive(core.Incoming{}, done) }))
}

func (x *tab) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatalf("call failed: %v", err)
	}
}

func (x *tab) receive(messages ...*core.Message) {
	x.t.Helper()
	x.must(wait(func(done func(error)) { x.core.Receive(incoming(messages...), done) }))
}

func (x *tab) pin(id string, pinned bool) error {
	return wait(func(done func(error)) { x.core.Pin(c2c(id), pinned, done) })
}

func (x *tab) delete(key core.ConvKey) {
	x.t.Helper()
	x.must(wait(func(done func(error)) { x.core.Delete(key, done) }))
}

func (x *tab) create(key core.ConvKey) {
	x.t.Helper()
	x.must(wait(func(done func(error)) {
		x.core.Create(key, func(_ *core.Conversation, err error) { done(err) })
	}))
}

func (x *tab) read(key core.ConvKey, to core.ReadUpTo) error {
	return wait(func(done func(error)) { x.core.MarkRead(key, to, done) })
}

func (x *tab) update(u core.ConvUpdate) {
	x.t.Helper()
	x.must(wait(func(done func(error)) { x.core.UpdateConversations([]core.ConvUpdate{u}, done) }))
}

// list returns the ids in list order.
func (x *tab) list() string {
	x.t.Helper()
	var ids []string
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			ids = nil
			a.Conversations(func(c *core.Conversation) bool { ids = append(ids, c.ID); return true })
		}, done)
	}))
	return strings.Join(ids, " ")
}

// show returns a conversation's line, "" where there is none.
func (x *tab) show(key core.ConvKey) string {
	x.t.Helper()
	line := ""
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			if c := a.Conversation(key); c != nil {
				line = string(c.Text(plain{}))
			}
		}, done)
	}))
	return line
}

func (x *tab) total() int {
	x.t.Helper()
	total := 0
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) { total = a.TotalUnread() }, done)
	}))
	return total
}

// verified fails the test unless all that is cached agrees with the messages.
func (x *tab) verified() {
	x.t.Helper()
	var found []string
	x.must(wait(func(done func(error)) {
		x.core.Verify(func(differences []string, err error) { found = differences; done(err) })
	}))
	if len(found) > 0 {
		x.t.Fatalf("the cache differs from the stored messages:\n%s", strings.Join(found, "\n"))
	}
}

func (x *tab) expect(what, got, want string) {
	x.t.Helper()
	if got != want {
		x.t.Fatalf("%s:\n got %s\nwant %s", what, got, want)
	}
}

func c2c(id string) core.ConvKey   { return core.ConvKey{Type: core.C2C, ID: id} }
func group(id string) core.ConvKey { return core.ConvKey{Type: core.Group, ID: id} }

func incoming(messages ...*core.Message) core.Incoming {
	return core.Incoming{Count: len(messages), Read: func(func()) []*core.Message { return messages }}
}

// message is an incoming message whose raw text is its id.
func message(key core.ConvKey, id string, second int64) *core.Message {
	return &core.Message{
		Conv: key, ID: id, Status: 2, Raw: []byte(id),
		At: core.Position{Time: someday + second},
	}
}

func codeOf(err error) core.Code {
	var e *core.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return -1
}
