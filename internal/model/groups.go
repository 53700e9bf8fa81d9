package model

import "slices"

var groupNames = []string{"work", "play", "home", "old", "new"}

func (g *Generator) groupName() string { return pickOf(g, groupNames...) }

// tellGroup notes what happened to a group, with what just happened to it
// where both are one thing.
func (g *Generator) tellGroup(e groupEvent) {
	if last := len(g.told.groups) - 1; last >= 0 && e.name != "renamed" {
		l := &g.told.groups[last]
		same := l.name == e.name && l.reason == e.reason || l.name == "created" && e.name == "joined"
		if same && l.group == e.group {
			l.convs = append(l.convs, e.convs...)
			return
		}
	}
	g.told.groups = append(g.told.groups, e)
}

func (g *Generator) makeGroup(group string) {
	if !slices.Contains(g.w.groups, group) {
		g.w.groups = append(slices.Clone(g.w.groups), group)
		g.tellGroup(groupEvent{name: "created", group: group})
	}
}

func (g *Generator) join(c *conv, group string) {
	g.w.joined++
	c.groups, c.since = append(slices.Clone(c.groups), group), append(slices.Clone(c.since), g.w.joined)
	g.tellGroup(groupEvent{name: "joined", group: group, convs: []*conv{c}})
}

func (g *Generator) leave(c *conv, group string, reason int) {
	i := slices.Index(c.groups, group)
	if i < 0 {
		return
	}
	c.groups, c.since = slices.Delete(slices.Clone(c.groups), i, i+1), slices.Delete(slices.Clone(c.since), i, i+1)
	g.tellGroup(groupEvent{name: "left", group: group, reason: reason, convs: []*conv{c}})
}

// joinAll puts conversations into a group; beyond the limit the oldest leaves.
func (g *Generator) joinAll(group string, names []string, convs []*conv) {
	g.results(names, convs, func(c *conv) int {
		if !c.exists {
			return noConversation
		}
		if slices.Contains(c.groups, group) {
			return 0
		}
		if members := g.w.members(group); len(members) >= g.w.limits.Members {
			g.leave(members[0], group, 1)
		}
		g.join(c, group)
		return 0
	})
}

func (g *Generator) createGroup() {
	names, convs := g.names()
	group := g.groupName()
	g.call("TIMConvCreateConversationGroup", group, quoted(names))
	known := slices.Contains(g.w.groups, group)
	if !known && len(g.w.groups) >= g.w.limits.Groups {
		g.answer(tooManyGroups, "[]")
		return
	}
	if slices.ContainsFunc(convs, func(c *conv) bool { return c != nil && c.exists }) {
		g.makeGroup(group)
	}
	g.joinAll(group, names, convs)
}

func (g *Generator) addToGroup() {
	names, convs := g.names()
	group := g.groupName()
	g.call("TIMConvAddConversationsToGroup", group, quoted(names))
	if !slices.Contains(g.w.groups, group) {
		g.answer(noGroup, "[]")
		return
	}
	g.joinAll(group, names, convs)
}

func (g *Generator) removeFromGroup() {
	names, convs := g.names()
	group := g.groupName()
	g.call("TIMConvDeleteConversationsFromGroup", group, quoted(names))
	if !slices.Contains(g.w.groups, group) {
		g.answer(noGroup, "[]")
		return
	}
	g.results(names, convs, func(c *conv) int {
		if !c.exists {
			return noConversation
		}
		g.leave(c, group, 0)
		return 0
	})
}

func (g *Generator) renameGroup() {
	group, name := g.groupName(), g.groupName()
	g.call("TIMConvRenameConversationGroup", group, name)
	switch at := slices.Index(g.w.groups, group); {
	case at < 0:
		g.answer(noGroup, "")
	case name == group:
		g.answer(0, "")
	case slices.Contains(g.w.groups, name):
		g.answer(badParameters, "")
	default:
		g.w.groups = slices.Clone(g.w.groups)
		g.w.groups[at] = name
		for _, c := range g.w.members(group) {
			c.groups = slices.Clone(c.groups)
			c.groups[slices.Index(c.groups, group)] = name
		}
		g.tellGroup(groupEvent{name: "renamed", group: group, newName: name})
		g.answer(0, "")
	}
}

func (g *Generator) deleteGroup() {
	group := g.groupName()
	g.call("TIMConvDeleteConversationGroup", group)
	if !slices.Contains(g.w.groups, group) {
		g.answer(noGroup, "")
		return
	}
	for _, c := range g.w.members(group) {
		i := slices.Index(c.groups, group)
		c.groups, c.since = slices.Delete(slices.Clone(c.groups), i, i+1), slices.Delete(slices.Clone(c.since), i, i+1)
	}
	g.w.groups = slices.DeleteFunc(slices.Clone(g.w.groups), func(name string) bool { return name == group })
	g.tellGroup(groupEvent{name: "deleted", group: group})
	g.answer(0, "")
}
