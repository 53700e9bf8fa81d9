package core_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// A modelConv is a conversation done again, plainly: it keeps every message
// and works everything out when asked.
type modelConv struct {
	key      core.ConvKey
	exists   bool
	pinned   bool
	opt      uint8
	kind     core.GroupType
	draft    string
	active   int64
	messages []modelMessage
	readAt   int // number of arrivals that a read covered, and
	readTime int64
	floor    int64 // newest time ever deleted
	known    map[string]bool
}

type modelMessage struct {
	*core.Message
	arrival int
}

type model struct {
	convs   []*modelConv
	live    int64
	arrived int
}

func (m *model) conv(key core.ConvKey) *modelConv {
	for _, c := range m.convs {
		if c.key == key {
			return c
		}
	}
	c := &modelConv{key: key, known: map[string]bool{}}
	m.convs = append(m.convs, c)
	return c
}

func (m *model) liveKey(now int64) int64 {
	m.live = max(m.live+1, now)
	return m.live
}

func (m *model) secondKey(second int64, of *modelConv) int64 {
	key := second * 1000
	for _, c := range m.convs {
		if c.exists && c.active/1000 == second {
			if c == of {
				key = max(key, c.active)
			} else {
				key = max(key, c.active+1)
			}
		}
	}
	key = min(key, second*1000+999)
	m.live = max(m.live, key)
	return key
}

func (m *model) receive(msg *core.Message) {
	c := m.conv(msg.Conv)
	if c.known[msg.ID] || msg.At.Time < c.floor {
		return
	}
	c.known[msg.ID] = true
	m.arrived++
	c.messages = append(c.messages, modelMessage{msg, m.arrived})
	if !msg.NoLast || !c.exists {
		c.active = max(c.active, m.secondKey(msg.At.Time, c))
	}
	c.exists = true
}

func (c *modelConv) unread() int {
	n := 0
	for _, msg := range c.messages {
		read := msg.At.Time < c.readTime || msg.At.Time == c.readTime && msg.arrival <= c.readAt
		if !msg.FromSelf && !msg.NoCount && !read && !(c.key.Type == core.Group && c.kind == core.GroupLive) {
			n++
		}
	}
	return n
}

func (c *modelConv) last() string {
	last := "-"
	best := modelMessage{}
	for _, msg := range c.messages {
		if !msg.NoLast && (last == "-" || msg.At.Time > best.At.Time || msg.At.Time == best.At.Time && msg.arrival > best.arrival) {
			last, best = string(msg.Raw), msg
		}
	}
	return last
}

func (m *model) total() int {
	total := 0
	for _, c := range m.convs {
		if c.exists && c.opt == 0 && !(c.key.Type == core.Group && c.kind == core.GroupMeeting) {
			total += c.unread()
		}
	}
	return total
}

// lines shows the list.
func (m *model) lines() string {
	var list []*modelConv
	for _, c := range m.convs {
		if c.exists {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *modelConv) int {
		switch {
		case a.pinned != b.pinned:
			if a.pinned {
				return -1
			}
			return 1
		case a.active != b.active:
			return int(b.active - a.active)
		case a.key.Type != b.key.Type:
			return int(a.key.Type) - int(b.key.Type)
		}
		return strings.Compare(a.key.ID, b.key.ID)
	})
	var lines []string
	for _, c := range list {
		lines = append(lines, fmt.Sprintf("%d%s unread=%d last=%s draft=%s active=%d", c.key.Type, c.key.ID, c.unread(), c.last(), c.draft, c.active))
	}
	return strings.Join(lines, "\n")
}

// lines shows a tab's list in the same way.
func (x *tab) lines() (string, int) {
	var lines []string
	total := 0
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			lines = nil
			a.Conversations(func(c *core.Conversation) bool {
				last := "-"
				if c.Last != nil {
					last = string(c.Last.Raw)
				}
				lines = append(lines, fmt.Sprintf("%d%s unread=%d last=%s draft=%s active=%d", c.Type, c.ID, c.Unread, last, c.Draft, c.Active))
				return true
			})
			total = a.TotalUnread()
		}, done)
	}))
	return strings.Join(lines, "\n"), total
}

// A walk makes random calls on two tabs of one account and on a model of it.
type walk struct {
	*rand.Rand
	db    *memstore.DB
	clock *clock
	tabs  []*tab
	model model
	fed   []*core.Message
}

// walkIDs are ids that would meet in keys that are put together carelessly.
var walkIDs = []string{"a", "A", "a/", "a/~", "1:1:a", "a@1:1:a", "a\x00", "\uffff"}

func (w *walk) key() core.ConvKey {
	return core.ConvKey{Type: core.ConvType(1 + w.Intn(2)), ID: walkIDs[w.Intn(len(walkIDs))]}
}

func (w *walk) message() *core.Message {
	if len(w.fed) > 0 && w.Intn(4) == 0 {
		return w.fed[w.Intn(len(w.fed))] // once more
	}
	m := message(w.key(), fmt.Sprint("m", len(w.fed)), int64(w.Intn(60)))
	m.FromSelf, m.NoCount, m.NoLast = w.Intn(5) == 0, w.Intn(8) == 0, w.Intn(8) == 0
	w.fed = append(w.fed, m)
	return m
}

// begin brings activity keys above the stamps of drafts, which run ahead of the
// clock where much is done in one millisecond.
func (w *walk) begin() {
	m := message(w.key(), fmt.Sprint("m", len(w.fed)), 59)
	w.fed = append(w.fed, m)
	w.model.receive(m)
	w.tabs[0].receive(m)
}

func (w *walk) wipe(x *tab) string {
	x.wipe()
	w.model = model{}
	w.begin()
	return "wipe"
}

// step makes one call on one tab and on the model.
func (w *walk) step() string {
	x, key, now := w.tabs[w.Intn(len(w.tabs))], w.key(), w.clock.read()
	if w.Intn(200) == 0 {
		return w.wipe(x)
	}
	c := w.model.conv(key)
	switch w.Intn(10) {
	case 0:
		x.create(key)
		if !c.exists {
			c.exists, c.active = true, w.model.liveKey(now)
		}
		return "create"
	case 1:
		x.delete(key)
		if c.exists {
			for _, m := range c.messages {
				c.floor = max(c.floor, m.At.Time)
			}
			*c = modelConv{key: key, opt: c.opt, kind: c.kind, floor: c.floor, known: c.known, readAt: c.readAt, readTime: c.readTime}
		}
		return "delete"
	case 2:
		w.pin(x, c)
		return "pin"
	case 3:
		text := fmt.Sprint("draft", w.Int63())
		x.core.SetDraft(key, []byte(text))
		c.exists, c.draft, c.active = true, text, w.model.liveKey(now)
		x.barrier()
		return "draft"
	case 4:
		x.core.SetDraft(key, nil)
		c.draft = ""
		x.barrier()
		return "clear draft"
	case 5:
		if err := x.read(key, core.ReadUpTo{}); (err == nil) != c.exists {
			x.t.Fatalf("read: %v", err)
		}
		c.readAll(w.model.arrived)
		return "read"
	case 6:
		c.opt, c.kind = uint8(w.Intn(3)), core.GroupType(w.Intn(5))
		u := core.ConvUpdate{Key: key, RecvOpt: &c.opt}
		if key.Type == core.Group {
			u.Kind = &c.kind
		}
		x.update(u)
		return "update"
	}
	batch := make([]*core.Message, 1+w.Intn(5))
	for i := range batch {
		batch[i] = w.message()
		w.model.receive(batch[i])
	}
	x.receive(batch...)
	return "receive"
}

// pin pins or unpins, as the limit of three allows.
func (w *walk) pin(x *tab, c *modelConv) {
	pinned := 0
	for _, c := range w.model.convs {
		if c.exists && c.pinned {
			pinned++
		}
	}
	want := w.Intn(2) == 0
	err := wait(func(done func(error)) { x.core.Pin(c.key, want, done) })
	if c.exists && (!want || c.pinned || pinned < 3) {
		x.must(err)
		c.pinned = want
	} else if err == nil {
		x.t.Fatal("a pin that must fail succeeded")
	}
}

// readAll covers everything stored; a read of nothing new leaves the mark.
func (c *modelConv) readAll(arrived int) {
	newest := int64(0)
	for _, m := range c.messages {
		newest = max(newest, m.At.Time)
	}
	if c.exists && newest > 0 && newest >= c.readTime {
		c.readTime, c.readAt = newest, arrived
	}
}

func TestRandomCallsAgreeWithAModel(t *testing.T) {
	steps := 3000
	if testing.Short() {
		steps = 300
	}
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	w := &walk{Rand: rand.New(rand.NewSource(seed)), db: memstore.NewDB(), clock: newClock()}
	w.tabs = []*tab{openTab(t, w.db, w.clock), openTab(t, w.db, w.clock)}
	w.begin()
	for i := range steps {
		did := w.step()
		w.clock.advance(time.Duration(w.Intn(3)) * time.Millisecond)
		for n, x := range w.tabs {
			x.follow(w.db)
			lines, total := x.lines()
			if want := w.model.lines(); lines != want {
				t.Fatalf("seed %d, step %d (%s), tab %d:\n got\n%s\nwant\n%s", seed, i, did, n, lines, want)
			}
			if want := w.model.total(); total != want {
				t.Fatalf("seed %d, step %d (%s), tab %d: total %d, want %d", seed, i, did, n, total, want)
			}
		}
		if i%100 == 0 {
			w.deep()
		}
	}
	w.deep()
}

// deep checks what is too slow to check after each call.
func (w *walk) deep() {
	lines, _ := w.tabs[0].lines()
	for _, x := range w.tabs {
		x.verified()
		x.replayed()
	}
	fresh := openTab(w.tabs[0].t, w.db, w.clock)
	if again, _ := fresh.lines(); again != lines {
		fresh.t.Fatalf("a fresh tab loads\n%s\nwant\n%s", again, lines)
	}
	fresh.core.Close(func() {})
}
