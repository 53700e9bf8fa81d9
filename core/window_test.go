package core_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// A scroller is a client of a window: it keeps what the differences tell.
type scroller struct {
	core.Window
	mu      sync.Mutex
	rows    []string
	total   int
	located int
	diffs   []*core.WindowDiff
	err     error
}

// hear applies a difference as any client would.
func (s *scroller) hear(d *core.WindowDiff, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err = err; err != nil {
		return
	}
	if d.Reset {
		s.rows = nil
	}
	for _, op := range d.Ops {
		switch op.Kind {
		case core.RowInsert:
			s.rows = slices.Insert(s.rows, op.Index, string(op.Conv.Text(plain{})))
		case core.RowMove:
			row := s.rows[op.From]
			s.rows = slices.Insert(slices.Delete(s.rows, op.From, op.From+1), op.Index, row)
		case core.RowRemove:
			s.rows = slices.Delete(s.rows, op.Index, op.Index+1)
		case core.RowUpdate:
			s.rows[op.Index] = string(op.Conv.Text(plain{}))
		}
	}
	s.total, s.located = d.Total, d.Located
	s.diffs = append(s.diffs, d)
}

// told describes the differences since the last call, one line each.
func (x *tab) told(s *scroller) string {
	x.t.Helper()
	x.barrier() // differences come after the answers of the calls that made them
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []string
	for _, d := range s.diffs {
		line := fmt.Sprintf("%s@%d of %d:", d.ID, d.From, d.Total)
		if d.Reset {
			line += " reset"
		}
		if d.Located >= 0 {
			line += fmt.Sprint(" at ", d.Located)
		}
		for _, op := range d.Ops {
			switch op.Kind {
			case core.RowInsert:
				line += fmt.Sprintf(" +%s %d", op.Conv.ID, op.Index)
			case core.RowMove:
				line += fmt.Sprintf(" %d>%d", op.From, op.Index)
			case core.RowRemove:
				line += fmt.Sprintf(" -%d", op.Index)
			case core.RowUpdate:
				line += fmt.Sprintf(" =%s %d", op.Conv.ID, op.Index)
			}
		}
		lines = append(lines, line)
	}
	s.diffs = nil
	return strings.Join(lines, "; ")
}

// watch subscribes, or moves, and waits for the answer.
func (x *tab) watch(s *scroller, w core.Window) {
	x.t.Helper()
	s.Window = w
	x.core.SubscribeList(w, s.hear)
	x.barrier()
	x.must(s.err)
}

// sees fails unless a window shows what the list has there.
func (x *tab) sees(s *scroller, what string) {
	x.t.Helper()
	var all []string
	located := -1
	x.must(wait(func(done func(error)) {
		x.core.Read(func(a *core.Account) {
			a.Conversations(func(c *core.Conversation) bool {
				picked := len(s.Any) == 0
				for _, f := range s.Any {
					picked = picked || f.Picks(c)
				}
				if picked {
					if s.Locate == c.ConvKey {
						located = len(all)
					}
					all = append(all, string(c.Text(plain{})))
				}
				return true
			})
		}, done)
	}))
	s.mu.Lock()
	defer s.mu.Unlock()
	from := min(s.From, len(all))
	want := all[from:min(from+s.Count, len(all))]
	if !slices.Equal(s.rows, want) {
		x.t.Fatalf("%s: window %q from %d shows\n%s\nwant\n%s", what, s.ID, s.From, strings.Join(s.rows, "\n"), strings.Join(want, "\n"))
	}
	if s.total != len(all) {
		x.t.Fatalf("%s: window %q is of %d rows, want %d", what, s.ID, s.total, len(all))
	}
	if s.located != located {
		x.t.Fatalf("%s: window %q locates %v at %v, want %d", what, s.ID, s.Locate, s.located, located)
	}
}

func ptr[T any](v T) *T { return &v }

func TestWindowHearsOfItsRowsOnly(t *testing.T) {
	x := newTab(t)
	for i := range 10 {
		x.receive(message(c2c(fmt.Sprint("p", i)), fmt.Sprint("m", i), int64(i)))
	}
	s := &scroller{}
	x.watch(s, core.Window{ID: "w", From: 2, Count: 3})
	x.expect("the first answer", x.told(s), "w@2 of 10: reset +p7 0 +p6 1 +p5 2")
	x.receive(message(c2c("p0"), "again", 20))
	x.expect("a row comes from below to above", x.told(s), "w@2 of 10: -2 +p8 0")
	x.receive(message(c2c("p0"), "once more", 21))
	x.must(x.pin("p9", true))
	x.expect("above", x.told(s), "")
	x.must(x.read(c2c("p1"), core.ReadUpTo{}))
	x.expect("below", x.told(s), "")
	x.must(x.read(c2c("p7"), core.ReadUpTo{}))
	x.expect("inside", x.told(s), "w@2 of 10: =p7 1")
	x.delete(c2c("p2"))
	x.expect("one fewer below", x.told(s), "w@2 of 9:")
	x.watch(s, core.Window{ID: "w", From: 3, Count: 4, Locate: c2c("p1")})
	x.expect("moved", x.told(s), "w@3 of 9: at 8 -0 +p5 2 +p4 3")
	x.receive(message(c2c("p1"), "up", 30))
	x.expect("located", x.told(s), "w@3 of 9: at 1 -3 +p8 0")
	x.core.SubscribeList(core.Window{ID: "w"}, nil)
	x.delete(c2c("p7"))
	x.expect("ended", x.told(s), "")
}

func TestWindowOfAFilterHearsOnceACommit(t *testing.T) {
	x := newTab(t)
	s := &scroller{}
	x.watch(s, core.Window{ID: "unread", Count: 5, Any: []core.Filter{{Unread: ptr(true)}, {Marks: ptr(uint64(2))}}})
	x.expect("nothing", x.told(s), "unread@0 of 0: reset")
	x.receive(message(c2c("a"), "1", 1), message(c2c("b"), "2", 2), message(c2c("c"), "3", 3))
	x.expect("one commit", x.told(s), "unread@0 of 3: +c 0 +b 1 +a 2")
	x.receive(message(c2c("a"), "4", 4))
	x.expect("to the top", x.told(s), "unread@0 of 3: 2>0 =a 0")
	x.receive(message(c2c("d"), "5", 5))
	x.expect("a new one", x.told(s), "unread@0 of 4: +d 0")
	x.must(x.read(c2c("d"), core.ReadUpTo{}))
	x.expect("not picked any more", x.told(s), "unread@0 of 3: -0")
	x.must(x.pin("b", true))
	x.told(s)
	x.must(x.pin("b", false))
	x.expect("down again", x.told(s), "unread@0 of 3: 0>2 =b 2")
}

func TestWindowsAreBounded(t *testing.T) {
	x := newTab(t)
	s := &scroller{}
	for i := range 100 {
		x.watch(s, core.Window{ID: fmt.Sprint(i)})
	}
	x.watch(s, core.Window{ID: "7", From: 3})
	refused := &scroller{}
	x.core.SubscribeList(core.Window{ID: "one more"}, refused.hear)
	x.barrier()
	if got := codeOf(refused.err); got != core.CodeParam {
		t.Errorf("code %d, want CodeParam", got)
	}
	x.core.SubscribeList(core.Window{ID: "7"}, nil)
	x.watch(s, core.Window{ID: "one more"})
}

func TestWindowOfAnAccountThatIsClosedHearsTheFault(t *testing.T) {
	x := newTab(t)
	closed := make(chan struct{})
	x.core.Close(func() { close(closed) })
	<-closed
	s := &scroller{}
	x.core.SubscribeList(core.Window{ID: "w"}, s.hear)
	if got := codeOf(s.err); got != core.CodeInterrupted {
		t.Errorf("code %d, want CodeInterrupted", got)
	}
}

func TestWindowFollowsADatabaseThatWasReplaced(t *testing.T) {
	db, clock := memstore.NewDB(), newClock()
	x := openTab(t, db, clock)
	x.receive(message(c2c("a"), "1", 1), message(c2c("b"), "2", 2), message(c2c("c"), "3", 3))
	all, unread := &scroller{}, &scroller{}
	x.watch(all, core.Window{ID: "all", Count: 2})
	x.watch(unread, core.Window{ID: "unread", Count: 2, Any: []core.Filter{{Unread: ptr(true)}}})
	x.told(all)
	db.Hold() // x hears of all at once
	x.must(db.NewTab().Update(func(tx core.Tx) error {
		for _, space := range core.Spaces {
			if space != core.SpaceNotes {
				tx.DeleteRange(space, "", "")
			}
		}
		return nil
	}))
	y := openTab(t, db, clock)
	y.receive(message(c2c("b"), "4", 4), message(c2c("d"), "5", 5))
	y.must(y.read(c2c("d"), core.ReadUpTo{}))
	db.Drop()
	db.Release()
	x.follow(db)
	x.expect("what differs", x.told(all), "all@0 of 2: -0 +d 0 =b 1")
	x.sees(all, "all")
	x.sees(unread, "unread")
}

// A crowd is two tabs with many conversations, and windows on them.
type crowd struct {
	*rand.Rand
	walk
	scrollers [][]*scroller // of each tab
}

func (w *crowd) filters() []core.Filter {
	all := []core.Filter{
		{Unread: ptr(true)}, {Type: ptr(core.C2C)}, {Type: ptr(core.Group)}, {Marks: ptr(uint64(1))},
		{Without: ptr(uint64(1))}, {Marks: ptr(uint64(0)), Unread: ptr(false)}, {},
	}
	picked := make([]core.Filter, w.Intn(3))
	for i := range picked {
		picked[i] = all[w.Intn(len(all))]
	}
	return picked
}

// scroll moves one window, or gives it another filter.
func (w *crowd) scroll(n int) {
	s := w.scrollers[n][w.Intn(len(w.scrollers[n]))]
	win := s.Window
	switch w.Intn(4) {
	case 0:
		win.Any = w.filters()
	case 1:
		win.From = w.Intn(120)
	case 2:
		win.From = max(0, win.From+w.Intn(7)-3)
	}
	win.Count = w.Intn(25)
	if win.Locate = (core.ConvKey{}); w.Intn(2) == 0 {
		win.Locate = w.key()
	}
	w.tabs[n].watch(s, win)
}

// change makes one call that changes something, of many at once sometimes.
func (w *crowd) change(x *tab) {
	key := w.key()
	switch w.Intn(12) {
	case 0:
		x.delete(key)
	case 1:
		x.core.Pin(key, w.Intn(2) == 0, func(error) {})
	case 2:
		x.core.SetDraft(key, []byte(fmt.Sprint("draft", w.Int63())))
	case 3:
		x.core.MarkRead(key, core.ReadUpTo{}, func(error) {})
	case 4:
		x.core.Mark([]core.ConvKey{key}, 1, w.Intn(2) == 0, func([]error, error) {})
	default:
		for range 1 + w.Intn(4) {
			batch := make([]*core.Message, 1+w.Intn(4))
			for i := range batch {
				batch[i] = w.message()
			}
			x.core.Receive(incoming(batch...), func(error) {})
		}
	}
	x.barrier()
}

// key names one of many conversations.
func (w *crowd) key() core.ConvKey {
	return core.ConvKey{Type: core.ConvType(1 + w.Intn(2)), ID: fmt.Sprint(w.Intn(60))}
}

func (w *crowd) message() *core.Message {
	m := message(w.key(), fmt.Sprint("m", len(w.fed)), int64(w.Intn(600)))
	w.fed = append(w.fed, m)
	return m
}

func TestWindowsAgreeWithTheListAfterRandomCalls(t *testing.T) {
	steps := 3000
	if testing.Short() {
		steps = 300
	}
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	w := &crowd{Rand: rand.New(rand.NewSource(seed))}
	w.db, w.clock = memstore.NewDB(), newClock()
	w.tabs = []*tab{openTab(t, w.db, w.clock), openTab(t, w.db, w.clock)}
	for n, x := range w.tabs {
		w.scrollers = append(w.scrollers, nil)
		for i := range 6 {
			s := &scroller{}
			x.watch(s, core.Window{ID: fmt.Sprint("w", i), Count: 10, Any: w.filters()})
			w.scrollers[n] = append(w.scrollers[n], s)
		}
	}
	for i := range steps {
		n := w.Intn(2)
		what := fmt.Sprintf("seed %d, step %d", seed, i)
		if i%1000 == 500 { // one of the tabs gets out of the log's reach
			w.db.Hold()
			for j := range 600 {
				w.tabs[n].receive(message(c2c("busy"), fmt.Sprint("b", i, "-", j), int64(j)))
			}
			w.tabs[n].delete(w.key())
			w.db.Drop()
			w.db.Release()
			w.tabs[1-n].handle.Wake()
		}
		if w.Intn(3) == 0 {
			w.scroll(n)
		} else {
			w.change(w.tabs[n])
		}
		w.clock.advance(time.Duration(w.Intn(3)) * time.Millisecond)
		for n, x := range w.tabs {
			x.follow(w.db)
			for _, s := range w.scrollers[n] {
				x.sees(s, what)
			}
		}
	}
}
