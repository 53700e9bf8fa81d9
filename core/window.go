package core

import "github.com/tidwall/btree"

// A Window is a part of the list that somebody looks at: of the conversations
// that a filter picks, those from a place on.
type Window struct {
	ID    string   // names the subscription
	Any   []Filter // picked is what one of them picks; none: everything
	From  int      // place of the first row, 0 is the top
	Count int      // most rows, up to MostRows
	// Locate is a conversation whose place is to be told, in the window or not.
	Locate *ConvKey
}

// MostRows bounds a window, mostWindows what every commit has to look at.
const (
	MostRows    = 1000
	mostWindows = 100
)

// A WindowDiff tells how a window differs from what was told last.
type WindowDiff struct {
	ID      string
	From    int  // place of the first row
	Total   int  // rows that the filter picks, seen or not
	Located *int // place of the conversation to be located, -1 where it is not picked; nil: none was
	Reset   bool // the rows told before are void
	Ops     []RowOp
}

// picks reports whether a conversation is in the list that the window is of.
func (w *Window) picks(c *Conversation) bool {
	if c == nil || !c.Exists {
		return false
	}
	for _, f := range w.Any {
		if f.Picks(c) {
			return true
		}
	}
	return len(w.Any) == 0
}

// sameList reports whether two windows are of the same list.
func (w *Window) sameList(o *Window) bool {
	for i := range w.Any {
		if i < len(o.Any) && !w.Any[i].equal(o.Any[i]) {
			return false
		}
	}
	return len(w.Any) == len(o.Any)
}

// A pane is a subscribed window and what its subscriber knows of it.
type pane struct {
	Window
	tell    func(*WindowDiff, error)
	list    *btree.BTreeG[*Conversation] // what a filter picks, in list order; nil: the account's
	rows    []*Conversation              // as told
	total   int
	located int
}

// SubscribeList has tell hear what a window shows, then each difference, once a
// commit, after its events. A window of the same id is moved: tell hears how
// the new one differs. A subscription that fails hears the error, and no more.
// AcceptsList must have been asked.
func (c *Core) SubscribeList(w Window, tell func(*WindowDiff, error)) {
	c.mu.Lock()
	c.listIDs[w.ID] = true
	c.mu.Unlock()
	failed := func(err error) {
		if err != nil {
			tell(nil, err)
		}
	}
	c.enqueue(&operation{name: "subscribe list", solo: func() {
		if c.Status().State == StateClosed {
			failed(&Error{Code: CodeStorageClosed, Op: "subscribe list"})
			return
		}
		c.show(w, tell)
	}, done: failed})
}

// AcceptsList reports whether there is room for a window of that id.
func (c *Core) AcceptsList(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.listIDs[id] || len(c.listIDs) < mostWindows
}

// UnsubscribeList ends the subscription of that id, if there is one.
func (c *Core) UnsubscribeList(id string) {
	c.mu.Lock()
	delete(c.listIDs, id)
	c.mu.Unlock()
	c.enqueue(&operation{name: "unsubscribe list", solo: func() {
		for i, p := range c.panes {
			if p.ID == id {
				c.panes = append(c.panes[:i], c.panes[i+1:]...)
				return
			}
		}
	}, done: func(error) {}})
}

// show opens a window, or moves the one of its id.
func (c *Core) show(w Window, tell func(*WindowDiff, error)) {
	for _, f := range w.Any {
		if f.equal(Filter{}) {
			w.Any = nil
			break
		}
	}
	var p *pane
	for _, known := range c.panes {
		if known.ID == w.ID {
			p = known
		}
	}
	first := p == nil
	if first {
		p = &pane{}
		c.panes = append(c.panes, p)
	}
	if first || !p.sameList(&w) {
		p.list = nil
		if len(w.Any) > 0 {
			p.list = newOrder()
			c.account.Conversations(func(conv *Conversation) bool {
				if w.picks(conv) {
					p.list.Set(conv)
				}
				return true
			})
		}
	}
	p.Window, p.tell = w, tell
	d, _ := p.look(c.account, c.cfg.Codec, nil)
	d.Reset = d.Reset || first
	tell(d, nil)
}

// tellPanes tells each subscriber how its window differs now that the account
// is no longer was.
func (c *Core) tellPanes(was *Account, did ...*effects) {
	if len(c.panes) == 0 {
		return
	}
	var top *Conversation // of what changed, as it was or is, what stands highest
	for _, e := range did {
		for _, key := range e.keys {
			before, after := was.find(key), c.account.find(key)
			if before == after {
				continue
			}
			for _, p := range c.panes {
				p.follow(before, after)
			}
			for _, conv := range []*Conversation{before, after} {
				if conv != nil && conv.Exists && (top == nil || orderLess(conv, top)) {
					top = conv
				}
			}
		}
	}
	if top == nil {
		return
	}
	for _, p := range c.panes {
		if d, differs := p.look(c.account, c.cfg.Codec, top); differs {
			p.tell(d, nil)
		}
	}
}

// follow keeps up what the filter picks.
func (p *pane) follow(before, after *Conversation) {
	if p.list == nil {
		return
	}
	if p.picks(before) {
		p.list.Delete(before)
	}
	if p.picks(after) {
		p.list.Set(after)
	}
}

// look takes what the window shows of an account and tells how it differs. top
// is the highest conversation that has changed, nil if it could be any. The
// cost depends on the rows, not on how many conversations there are.
func (p *pane) look(a *Account, codec Codec, top *Conversation) (d *WindowDiff, differs bool) {
	list := p.list
	if list == nil {
		list = a.order
	}
	d = &WindowDiff{ID: p.ID, From: p.From, Total: list.Len()}
	located := -1
	if p.Locate != nil {
		if conv := a.find(*p.Locate); p.picks(conv) {
			located = placeOf(list, conv)
		}
		d.Located = &located
	}
	differs = d.Total != p.total || located != p.located
	p.total, p.located = d.Total, located
	full := p.Count > 0 && len(p.rows) == p.Count
	if top != nil && full && orderLess(p.rows[p.Count-1], top) {
		return d, differs // all of it happened below the window
	}
	rows := make([]*Conversation, 0, min(p.Count, max(d.Total-p.From, 0)))
	if first, ok := list.GetAt(p.From); ok && p.Count > 0 {
		list.Ascend(first, func(conv *Conversation) bool {
			rows = append(rows, conv)
			return len(rows) < p.Count
		})
	}
	d.Reset, d.Ops = rowOps(p.rows, rows, codec)
	p.rows = rows
	return d, differs || d.Reset || len(d.Ops) > 0
}

// placeOf finds the place of a conversation that is in a list.
func placeOf(list *btree.BTreeG[*Conversation], conv *Conversation) int {
	low, high := 0, list.Len()
	for low < high {
		middle := (low + high) / 2
		if at, _ := list.GetAt(middle); orderLess(at, conv) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
