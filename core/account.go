package core

import "github.com/tidwall/btree"

// An Account is everything that is kept in memory: all conversations, in
// order, and the counters. It is a value that can be cloned at the price of
// one allocation, because its trees share what neither of them changes; the
// conversations themselves are never changed at all.
type Account struct {
	meta   meta
	byKey  *btree.BTreeG[*Conversation] // all, ghosts too
	order  *btree.BTreeG[*Conversation] // those that exist, in list order
	total  int                          // sum of Conversation.Total
	pinned int
	marked int   // conversations with marks
	custom int   // conversations with custom data
	stamp  int64 // newest draft stamp seen
	wiped  int64 // drafts of stamps up to this one are not taken any more

	messages table     // messages and identities that only the journal has
	ids      table     //
	journal  []logSize // how long it is, entry by entry, oldest first
	looked   looking   // when the record of counters was last read, and agreed with all this
	book     *book     // of pages; shared by clones
	damage   *damage   // shared by clones

	wanted *Conversation // what find looks for; shared by clones
}

func newAccount() *Account {
	return &Account{
		byKey: btree.NewBTreeGOptions(keyLess, btree.Options{NoLocks: true}),
		order: newOrder(),

		messages: newTable(), ids: newIDTable(), book: newBook(), damage: &damage{}, wanted: &Conversation{},
	}
}

// newOrder makes a tree of conversations in list order.
func newOrder() *btree.BTreeG[*Conversation] {
	return btree.NewBTreeGOptions(orderLess, btree.Options{NoLocks: true})
}

func keyLess(a, b *Conversation) bool {
	if a.Type != b.Type {
		return a.Type < b.Type
	}
	return a.ID < b.ID
}

// orderLess is the order of the list: pinned first, then by activity, newest
// first, then by type and id.
func orderLess(a, b *Conversation) bool {
	if a.Pinned != b.Pinned {
		return a.Pinned
	}
	if a.Active != b.Active {
		return a.Active > b.Active
	}
	return keyLess(a, b)
}

func (a *Account) clone() *Account {
	n := *a
	n.byKey, n.order = a.byKey.Copy(), a.order.Copy()
	n.messages, n.ids = a.messages.clone(), a.ids.clone()
	return &n
}

// find returns the conversation or its ghost, nil if nothing is known.
func (a *Account) find(key ConvKey) *Conversation {
	a.wanted.ConvKey = key
	c, _ := a.byKey.Get(a.wanted)
	return c
}

// Conversation returns the conversation of that name, nil if there is none.
func (a *Account) Conversation(key ConvKey) *Conversation {
	if c := a.find(key); c != nil && c.Exists {
		return c
	}
	return nil
}

// RecvOpt is the receive option of a user or a group, in the list or not.
func (a *Account) RecvOpt(key ConvKey) uint8 {
	if c := a.find(key); c != nil {
		return c.RecvOpt
	}
	return 0
}

// Conversations calls yield for every conversation in list order, as long as
// it returns true.
func (a *Account) Conversations(yield func(*Conversation) bool) { a.order.Scan(yield) }

// ConversationsBelow is the same for those that sort below everything of that
// activity key, pinned or not. The largest key is the top of the list.
func (a *Account) ConversationsBelow(pinned bool, active int64, yield func(*Conversation) bool) {
	from := &Conversation{Pinned: pinned, Active: active - 1}
	a.order.Ascend(from, yield)
}

// Revision tells which state of which database this is: epoch is "" where
// nothing was ever stored, and rev grows with every change.
func (a *Account) Revision() (epoch string, rev uint64) { return a.meta.epoch, a.meta.rev }

// Len is the number of conversations in the list.
func (a *Account) Len() int { return a.order.Len() }

// TotalUnread is the sum of what every conversation adds to the total.
func (a *Account) TotalUnread() int { return a.total }

// put replaces the conversation of c's name by c.
func (a *Account) put(c *Conversation) {
	a.stamp = max(a.stamp, c.DraftStamp)
	if old, ok := a.byKey.Set(c); ok && old.Exists {
		a.order.Delete(old)
		a.tally(old, -1)
	}
	if c.Exists {
		a.order.Set(c)
		a.tally(c, 1)
	}
}

func (a *Account) tally(c *Conversation, sign int) {
	a.total += sign * c.Total()
	if c.Pinned {
		a.pinned += sign
	}
	if c.Marks != 0 {
		a.marked += sign
	}
	if c.Custom != "" {
		a.custom += sign
	}
}

// liveKey is the activity key of something done here at now (milliseconds):
// the clock, but above every key that live activity was given before.
func (a *Account) liveKey(now int64) int64 {
	if now <= a.meta.live {
		now = a.meta.live + 1
	}
	a.meta.live = now
	return now
}

// messageKey is the activity key of a message of that second that arrives now
// for a conversation: the second in milliseconds plus 0 to 999, so that later
// arrivals of the same second sort first whatever the order of seconds.
func (a *Account) messageKey(second int64, key ConvKey) int64 {
	first, last := second*1000, second*1000+999
	next := first
	for _, pinned := range []bool{true, false} {
		from := a.wanted // one of its own would weigh as much as the message
		from.ConvKey, from.Active, from.Pinned = ConvKey{}, last, pinned
		a.order.Ascend(from, func(c *Conversation) bool {
			if c.Pinned != pinned || c.Active < first {
				return false
			}
			if c.ConvKey == key { // it needs to be above the others only
				next = max(next, c.Active)
				return true
			}
			next = max(next, c.Active+1)
			return false
		})
	}
	return min(next, last)
}
