package core

// A Filter picks conversations; all its conditions must hold. A nil condition
// holds for every conversation.
type Filter struct {
	Type    *ConvType
	Group   *string // "": in no group
	Marks   *uint64 // all of these bits; 0: none at all
	Without *uint64 // none of these bits
	Unread  *bool
	At      *bool // mentions
}

// equal reports whether two filters pick the same.
func (f Filter) equal(g Filter) bool {
	return same(f.Type, g.Type) && same(f.Group, g.Group) && same(f.Marks, g.Marks) &&
		same(f.Without, g.Without) && same(f.Unread, g.Unread) && same(f.At, g.At)
}

func same[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// Picks reports whether the filter picks a conversation.
func (f Filter) Picks(c *Conversation) bool {
	switch {
	case f.Type != nil && *f.Type != c.Type,
		f.Group != nil && *f.Group == "" && len(c.Groups) > 0,
		f.Group != nil && *f.Group != "" && c.in(*f.Group) < 0,
		f.Marks != nil && *f.Marks == 0 && c.Marks != 0,
		f.Marks != nil && c.Marks&*f.Marks != *f.Marks,
		f.Without != nil && c.Marks&*f.Without != 0,
		f.Unread != nil && *f.Unread != (c.Unread > 0),
		f.At != nil && *f.At != (len(c.Mentions) > 0):
		return false
	}
	return true
}

// total is what a conversation adds to the unread total of a filter.
func (f Filter) total(c *Conversation) int {
	if c == nil || !c.Exists || !f.Picks(c) {
		return 0
	}
	return c.Total()
}

// UnreadBy is the unread total of the conversations that a filter picks.
func (a *Account) UnreadBy(f Filter) int {
	total := 0
	a.Conversations(func(c *Conversation) bool {
		total += f.total(c)
		return true
	})
	return total
}

// A subscription is a total by filter that is kept up: each change of a
// conversation moves it by a difference.
type subscription struct {
	filter Filter
	text   string // as the subscriber wrote the filter
	total  int
}

// maxSubscriptions bounds what every change has to look at.
const maxSubscriptions = 1000

// Subscribe has the listener hear when the unread total of a filter changes. A
// filter that is subscribed already only gets the new text.
func (c *Core) Subscribe(f Filter, text string) {
	c.enqueue(&operation{name: "subscribe", solo: func() {
		for _, s := range c.subscriptions {
			if s.filter.equal(f) {
				s.text = text
				return
			}
		}
		if len(c.subscriptions) < maxSubscriptions {
			c.subscriptions = append(c.subscriptions, &subscription{filter: f, text: text, total: c.account.UnreadBy(f)})
		}
	}, done: func(error) {}})
}

// Unsubscribe ends that.
func (c *Core) Unsubscribe(f Filter) {
	c.enqueue(&operation{name: "unsubscribe", solo: func() {
		for i, s := range c.subscriptions {
			if s.filter.equal(f) {
				// A new list: effects not told yet count along the old one.
				rest := append([]*subscription(nil), c.subscriptions[:i]...)
				c.subscriptions = append(rest, c.subscriptions[i+1:]...)
				return
			}
		}
	}, done: func(error) {}})
}
