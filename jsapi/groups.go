package jsapi

import "timconv/core"

// maxGroupName is the longest name of a group of conversations, in bytes.
const maxGroupName = 32

// groupName reads the name of a group of conversations.
func (a *args) groupName(i int) string {
	name := a.text(i)
	a.badParam = a.badParam || name == ""
	return name
}

// nameTooLong answers a call with a name that is too long, and reports whether
// it did.
func nameTooLong(reply answer, json string, names ...string) bool {
	for _, name := range names {
		if len(name) > maxGroupName {
			reply(codeNameTooLong, "the name of a group of conversations has more than 32 bytes", json)
			return true
		}
	}
	return false
}

func timConvCreateConversationGroup(_ *Module, c *core.Core, a *args) func() {
	return members(a, c.CreateGroup)
}

func timConvAddConversationsToGroup(_ *Module, c *core.Core, a *args) func() {
	return members(a, c.AddToGroup)
}

func timConvDeleteConversationsFromGroup(_ *Module, c *core.Core, a *args) func() {
	return members(a, c.RemoveFromGroup)
}

// members is what functions on the members of a group have in common.
func members(a *args, run func(name string, keys []core.ConvKey, done func([]error, error))) func() {
	b := a.batch(1)
	name, reply := a.groupName(0), a.callback(2)
	return func() {
		if !nameTooLong(reply, "[]", name) {
			b.run(reply, func(done func([]error, error)) { run(name, b.keys, done) })
		}
	}
}

func timConvGetConversationGroupList(_ *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		reply.read(c, "[]", func(acc *core.Account) string { return stringsJSON(acc.Groups()) })
	}
}

func stringsJSON(texts []string) string {
	list := array{}
	for _, text := range texts {
		list.add(appendQuoted(nil, text))
	}
	return list.text()
}

func timConvDeleteConversationGroup(_ *Module, c *core.Core, a *args) func() {
	name, reply := a.groupName(0), a.callback(1)
	return func() {
		if !nameTooLong(reply, "", name) {
			c.DeleteGroup(name, reply.plain)
		}
	}
}

func timConvRenameConversationGroup(_ *Module, c *core.Core, a *args) func() {
	name, newName, reply := a.groupName(0), a.groupName(1), a.callback(2)
	return func() {
		if !nameTooLong(reply, "", name, newName) {
			c.RenameGroup(name, newName, reply.plain)
		}
	}
}

// Group tells the application what happened to a group of conversations.
func (a *account) Group(e core.GroupEvent) {
	switch e.Kind {
	case core.GroupCreated:
		a.m.slots.post(slotGroupCreated, e.Group, convsJSON(e.Convs))
	case core.GroupDeleted:
		a.m.slots.post(slotGroupDeleted, e.Group)
	case core.GroupRenamed:
		a.m.slots.post(slotGroupRenamed, e.Group, e.NewName)
	case core.GroupAdded:
		a.m.slots.post(slotGroupAdded, e.Group, convsJSON(e.Convs))
	case core.GroupRemoved:
		a.m.slots.post(slotGroupRemoved, e.Group, convsJSON(e.Convs), e.Reason)
	}
}

func convsJSON(convs []*core.Conversation) string {
	texts := make([][]byte, len(convs))
	for i, c := range convs {
		texts[i] = c.Text(codec{})
	}
	return joined(texts)
}
