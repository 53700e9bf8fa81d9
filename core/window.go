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
	Locate ConvKey
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
	Located int  // place of the conversation to be located, -1 where it is not picked
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
// A nil tell ends the subscription of that id.
func (c *Core) SubscribeList(w Window, tell func(*WindowDiff, error)) {
	op := &operation{
		name:  "subscribe list",
		apply: func(*stage) error { return c.show(w, tell) },
		done: func(err error) {
			if err != nil && tell != nil {
				tell(nil, err)
			}
		},
	}
	op.solo = func() { c.read(op) }
	c.enqueue(op)
}

// show opens a window, moves the one of its id, or closes it.
func (c *Core) show(w Window, tell func(*WindowDiff, error)) error {
	at := 0
	for at < len(c.panes) && c.panes[at].ID != w.ID {
		at++
	}
	first := at == len(c.panes)
	if tell == nil {
		if !first {
			c.panes = append(c.panes[:at], c.panes[at+1:]...)
		}
		return nil
	}
	if first {
		if at == mostWindows {
			return &Error{Code: CodeParam, Op: "subscribe list"}
		}
		c.panes = append(c.panes, &pane{})
	}
	p := c.panes[at]
	if !p.sameList(&w) {
		p.list = nil
		if len(w.Any) > 0 {
			p.list = newOrder()
			c.account.Conversations(func(conv *Conversation) bool {
				p.follow(&w, nil, conv)
				return true
			})
		}
	}
	p.Window, p.tell = w, tell
	p.look(c.account, c.cfg.Codec, first, true)
	return nil
}

// tellPanes tells each subscriber how its window differs now that the account
// is no longer was.
func (c *Core) tellPanes(was *Account, did ...*effects) {
	for _, p := range c.panes {
		for _, e := range did {
			if p.list == nil || e == nil {
				continue
			}
			for _, key := range e.keys {
				p.follow(&p.Window, was.find(key), c.account.find(key))
			}
		}
		p.look(c.account, c.cfg.Codec, false, false)
	}
}

// follow keeps up what the filter picks.
func (p *pane) follow(w *Window, before, after *Conversation) {
	if w.picks(before) {
		p.list.Delete(before)
	}
	if w.picks(after) {
		p.list.Set(after)
	}
}

// look takes what the window shows of an account and tells how it differs,
// where it does or is to be told anyhow. The cost depends on the rows, not on
// how many conversations there are.
func (p *pane) look(a *Account, codec Codec, first, anyhow bool) {
	list := p.list
	if list == nil {
		list = a.order
	}
	d := &WindowDiff{ID: p.ID, From: p.From, Total: list.Len(), Located: -1}
	if conv := a.find(p.Locate); p.picks(conv) {
		d.Located = placeOf(list, conv)
	}
	rows := make([]*Conversation, 0, len(p.rows))
	if top, ok := list.GetAt(p.From); ok && p.Count > 0 {
		list.Ascend(top, func(conv *Conversation) bool {
			rows = append(rows, conv)
			return len(rows) < p.Count
		})
	}
	d.Reset, d.Ops = rowOps(p.rows, rows, codec)
	if anyhow || d.Reset || len(d.Ops) > 0 || d.Total != p.total || d.Located != p.located {
		d.Reset = d.Reset || first
		p.tell(d, nil)
	}
	p.rows, p.total, p.located = rows, d.Total, d.Located
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
