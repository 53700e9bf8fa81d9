package model

import (
	"cmp"
	"slices"
)

// Self is who is logged in, everybody how a message mentions all.
const (
	Self      = "me"
	everybody = "__kImSDK_MessageAtALL__"
)

// Limits are the numbers that bound conversations.
type Limits struct{ Pinned, Marked, Groups, Members int }

// Native are the limits of the native SDK.
var Native = Limits{Pinned: 50, Marked: 1000, Groups: 20, Members: 1000}

// A world is one account.
type world struct {
	limits   Limits
	convs    []*conv
	groups   []string
	arrivals int
	joined   int
	live     int64 // the largest key of live activity
	muted    string
	pending  map[string]members // changes of messages to come
}

// list is the conversations in the list, in order.
func (w *world) list() []*conv {
	var list []*conv
	for _, c := range w.convs {
		if c.exists {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *conv) int {
		switch {
		case a.pinned != b.pinned:
			if a.pinned {
				return -1
			}
			return 1
		case a.active != b.active:
			return cmp.Compare(b.active, a.active)
		case a.kind != b.kind:
			return a.kind - b.kind
		}
		return cmp.Compare(a.id, b.id)
	})
	return list
}

func (w *world) total() int {
	total := 0
	for _, c := range w.convs {
		total += c.total()
	}
	return total
}

// A filter is a condition in the API's words and in ours.
type filter struct {
	text  string
	picks func(c *conv) bool
}

var filters = []filter{
	{`{"conversation_list_filter_conv_type":1}`, func(c *conv) bool { return !c.group() }},
	{`{"conversation_list_filter_conv_type":2}`, func(c *conv) bool { return c.group() }},
	{`{"conversation_list_filter_mark_type":0}`, func(c *conv) bool { return c.marks == 0 }},
	{`{"conversation_list_filter_mark_type":1}`, func(c *conv) bool { return c.marks&1 == 1 }},
	{`{"conversation_list_filter_mark_type":8589934592,"conversation_list_filter_conv_type":0}`, func(c *conv) bool { return c.marks>>33&1 == 1 }},
	{`{"conversation_list_filter_conversation_group":""}`, func(c *conv) bool { return len(c.groups) == 0 }},
	{`{"conversation_list_filter_conversation_group":"work"}`, func(c *conv) bool { return slices.Contains(c.groups, "work") }},
	{`{"conversation_list_filter_has_unread_count":true}`, func(c *conv) bool { return c.unread() > 0 }},
	{`{"conversation_list_filter_has_unread_count":false}`, func(c *conv) bool { return c.unread() == 0 }},
	{`{"conversation_list_filter_has_group_at_info":true,"conversation_list_filter_conv_type":2}`, func(c *conv) bool { return c.group() && len(c.mentions()) > 0 }},
	{`{"conversation_list_filter_has_group_at_info":false,"conversation_list_filter_mark_type":0}`, func(c *conv) bool { return len(c.mentions()) == 0 && c.marks == 0 }},
}

func (w *world) totalOf(f filter) int {
	total := 0
	for _, c := range w.convs {
		if c.exists && f.picks(c) {
			total += c.total()
		}
	}
	return total
}

// members are the conversations of a group, the oldest member first.
func (w *world) members(group string) []*conv {
	var found []*conv
	for _, c := range w.convs {
		if c.exists && slices.Contains(c.groups, group) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b *conv) int {
		return a.since[slices.Index(a.groups, group)] - b.since[slices.Index(b.groups, group)]
	})
	return found
}

// A view is what everybody can see of a world.
type view struct {
	rows   map[*conv]string
	total  int
	totals []int
}

func (w *world) see() view {
	v := view{rows: map[*conv]string{}, total: w.total()}
	for _, c := range w.convs {
		if c.exists {
			v.rows[c] = c.json()
		}
	}
	for _, f := range filters {
		v.totals = append(v.totals, w.totalOf(f))
	}
	return v
}

// difference is the events that lead from one view to the next; groups is what
// happened to groups meanwhile.
func (w *world) difference(was, is view, groups []Post) []Post {
	var events [3][]string
	for _, c := range w.convs {
		old, new := was.rows[c], is.rows[c]
		switch {
		case old == "" && new != "":
			events[0] = append(events[0], new)
		case old != "" && new == "":
			events[1] = append(events[1], old)
		case old != new:
			events[2] = append(events[2], new)
		}
	}
	var posts []Post
	for kind, rows := range events {
		if len(rows) > 0 {
			posts = append(posts, Post{"event", kind, array(rows)})
		}
	}
	posts = append(posts, groups...)
	if was.total != is.total {
		posts = append(posts, Post{"total", is.total})
	}
	for i, f := range filters {
		if was.totals[i] != is.totals[i] {
			posts = append(posts, Post{"filter", f.text, is.totals[i]})
		}
	}
	return posts
}

// liveKey is the key of live activity: the clock, but above all before.
func (w *world) liveKey(now int64) int64 {
	w.live = max(w.live+1, now)
	return w.live
}

// lift moves a conversation to where a message of that second belongs: in front
// of all others of the second.
func (w *world) lift(c *conv, m *message) {
	if m.noLast && c.exists {
		return
	}
	key := m.time * 1000
	for _, other := range w.convs {
		if other.exists && other.active/1000 == m.time {
			if other == c {
				key = max(key, c.active)
			} else {
				key = max(key, other.active+1)
			}
		}
	}
	key = min(key, m.time*1000+999)
	w.live = max(w.live, key)
	c.active = max(c.active, key)
	c.exists = true
}

// appear makes a conversation exist in front of all.
func (w *world) appear(c *conv, now int64) {
	c.active = w.liveKey(now)
	c.exists = true
}
