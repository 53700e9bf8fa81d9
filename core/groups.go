package core

import (
	"slices"

	"github.com/tidwall/btree"
)

// GroupEventKind says what happened to a group of conversations.
type GroupEventKind uint8

// The kinds of group event.
const (
	GroupCreated GroupEventKind = iota + 1
	GroupDeleted
	GroupRenamed
	GroupAdded
	GroupRemoved
)

// The reasons for which conversations leave a group.
const (
	RemovedByCall = 0
	RemovedAsMost = 1 // the oldest member makes room for a new one
)

// A GroupEvent is what one operation did to a group of conversations.
type GroupEvent struct {
	Kind    GroupEventKind
	Group   string
	NewName string          // of GroupRenamed
	Reason  int             // of GroupRemoved
	Convs   []*Conversation // of GroupCreated, GroupAdded and GroupRemoved, as they are afterwards

	keys []ConvKey
}

// Groups returns the names of the groups of conversations, in order of
// creation. The caller must not change it.
func (a *Account) Groups() []string { return a.meta.groups }

// in returns the place of a group in c.Groups, -1 if c is not in it.
func (c *Conversation) in(group string) int {
	return slices.IndexFunc(c.Groups, func(m Membership) bool { return m.Group == group })
}

// CreateGroup makes a group of some conversations; an existing one is joined by
// them. It fails with CodeGroupLimit where there are Limits.Groups already. No
// group is made where no conversation can be put into it.
func (c *Core) CreateGroup(group string, keys []ConvKey, done func([]error, error)) {
	c.joinAll("create group", group, keys, func(s *stage) error {
		if slices.Contains(s.meta.groups, group) {
			return nil
		}
		if len(s.meta.groups) >= s.limits.Groups {
			return &Error{Code: CodeGroupLimit, Op: "create group"}
		}
		if slices.ContainsFunc(keys, func(key ConvKey) bool { return s.Conversation(key) != nil }) {
			s.makeGroup(group)
		}
		return nil
	}, done)
}

// makeGroup makes a group where there is none of that name.
func (s *stage) makeGroup(group string) {
	if !slices.Contains(s.meta.groups, group) {
		s.meta.groups = append(slices.Clone(s.meta.groups), group)
		s.tellGroup(GroupEvent{Kind: GroupCreated, Group: group})
	}
}

// AddToGroup puts conversations into a group. It fails with CodeNoGroup where
// there is none. Beyond Limits.Members the oldest member leaves.
func (c *Core) AddToGroup(group string, keys []ConvKey, done func([]error, error)) {
	c.joinAll("add to group", group, keys, func(s *stage) error { return s.needGroup("add to group", group) }, done)
}

// joinAll puts conversations into a group, after a check that can fail the
// whole call.
func (c *Core) joinAll(name, group string, keys []ConvKey, check func(*stage) error, done func([]error, error)) {
	var members []ConvKey // the oldest first
	c.inGroup(name, keys, func(s *stage) error {
		members = s.members(group)
		return check(s)
	}, func(s *stage, old *Conversation) error {
		if old.in(group) >= 0 {
			return nil
		}
		if len(members) >= s.limits.Members {
			s.leave(s.find(members[0]), group, RemovedAsMost)
			members = members[1:]
		}
		s.join(old, group)
		members = append(members, old.ConvKey)
		return nil
	}, done)
}

// members returns the conversations of a group, the oldest member first.
func (a *Account) members(group string) []ConvKey {
	since := func(c *Conversation) uint64 { return c.Groups[c.in(group)].Since }
	found := btree.NewBTreeGOptions(func(a, b *Conversation) bool { return since(a) < since(b) }, btree.Options{NoLocks: true})
	a.Conversations(func(c *Conversation) bool {
		if c.in(group) >= 0 {
			found.Set(c)
		}
		return true
	})
	keys := make([]ConvKey, 0, found.Len())
	found.Scan(func(c *Conversation) bool {
		keys = append(keys, c.ConvKey)
		return true
	})
	return keys
}

// RemoveFromGroup takes conversations out of a group. It fails with CodeNoGroup
// where there is none.
func (c *Core) RemoveFromGroup(group string, keys []ConvKey, done func([]error, error)) {
	c.inGroup("remove from group", keys, func(s *stage) error { return s.needGroup("remove from group", group) },
		func(s *stage, old *Conversation) error { s.leave(old, group, RemovedByCall); return nil }, done)
}

// inGroup is eachOf with a check in front that can fail the whole call.
func (c *Core) inGroup(name string, keys []ConvKey, check func(*stage) error, change func(*stage, *Conversation) error, done func([]error, error)) {
	op := c.eachOperation(name, keys, change, done)
	each := op.apply
	op.apply = func(s *stage) error {
		if err := check(s); err != nil {
			return err
		}
		return each(s)
	}
	c.enqueue(op)
}

func (s *stage) needGroup(op, group string) error {
	if !slices.Contains(s.meta.groups, group) {
		return &Error{Code: CodeNoGroup, Op: op}
	}
	return nil
}

// join puts a conversation into a group that exists.
func (s *stage) join(old *Conversation, group string) {
	s.meta.joined++
	n := old.changed()
	n.Groups = append(slices.Clone(old.Groups), Membership{Group: group, Since: s.meta.joined})
	s.save(n)
	s.tellGroup(GroupEvent{Kind: GroupAdded, Group: group, keys: []ConvKey{n.ConvKey}})
}

// leave takes a conversation out of a group.
func (s *stage) leave(old *Conversation, group string, reason int) {
	at := old.in(group)
	if at < 0 {
		return
	}
	n := old.changed()
	n.Groups = append(old.Groups[:at:at], old.Groups[at+1:]...)
	s.save(n)
	s.tellGroup(GroupEvent{Kind: GroupRemoved, Group: group, Reason: reason, keys: []ConvKey{n.ConvKey}})
}

// tellGroup notes a group event, together with the one before where it is of
// the same kind. The conversations of a new group belong to its creation.
func (s *stage) tellGroup(e GroupEvent) {
	s.written = true
	did := s.running
	if last := len(did.groups) - 1; last >= 0 {
		l := &did.groups[last]
		same := l.Kind == e.Kind && l.Reason == e.Reason || l.Kind == GroupCreated && e.Kind == GroupAdded
		if same && l.Group == e.Group && e.Kind != GroupRenamed {
			l.keys = append(l.keys, e.keys...)
			return
		}
	}
	did.groups = append(did.groups, e)
}

// DeleteGroup removes a group; its conversations stay. It fails with
// CodeNoGroup where there is none.
func (c *Core) DeleteGroup(group string, done func(error)) {
	c.enqueue(&operation{
		name: "delete group", writes: true, weight: 100, done: done,
		apply: func(s *stage) error {
			if err := s.needGroup("delete group", group); err != nil {
				return err
			}
			s.eachMember(group, func(n *Conversation, at int) { n.Groups = append(n.Groups[:at:at], n.Groups[at+1:]...) })
			s.meta.groups = slices.DeleteFunc(slices.Clone(s.meta.groups), func(name string) bool { return name == group })
			s.tellGroup(GroupEvent{Kind: GroupDeleted, Group: group})
			return nil
		},
	})
}

// RenameGroup renames a group. It fails with CodeNoGroup where there is none
// and with CodeGroupExists where another has the name.
func (c *Core) RenameGroup(group, name string, done func(error)) {
	c.enqueue(&operation{
		name: "rename group", writes: true, weight: 100, done: done,
		apply: func(s *stage) error {
			if err := s.needGroup("rename group", group); err != nil || name == group {
				return err
			}
			if slices.Contains(s.meta.groups, name) {
				return &Error{Code: CodeGroupExists, Op: "rename group"}
			}
			s.eachMember(group, func(n *Conversation, at int) { n.Groups[at].Group = name })
			s.meta.groups = slices.Clone(s.meta.groups)
			s.meta.groups[slices.Index(s.meta.groups, group)] = name
			s.tellGroup(GroupEvent{Kind: GroupRenamed, Group: group, NewName: name})
			return nil
		},
	})
}

// eachMember saves every conversation of a group as change leaves it; at is
// the group's place in its Groups.
func (s *stage) eachMember(group string, change func(n *Conversation, at int)) {
	for _, key := range s.members(group) {
		n := s.find(key).changed()
		n.Groups = slices.Clone(n.Groups)
		change(n, n.in(group))
		s.save(n)
	}
}
