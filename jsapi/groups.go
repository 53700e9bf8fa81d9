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

// groupCall is what functions on the members of a group have in common.
func groupCall(run func(c *core.Core, name string, keys []core.ConvKey, done func([]error, error))) accountCall {
	return func(_ *Module, c *core.Core, a *args) func() {
		b := a.batch(1)
		name, reply := a.groupName(0), a.callback(2)
		return func() {
			if !nameTooLong(reply, "[]", name) {
				b.run(reply, func(done func([]error, error)) { run(c, name, b.keys, done) })
			}
		}
	}
}

func timConvGetConversationGroupList(_ *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		list := array{}
		c.Read(func(acc *core.Account) {
			for _, name := range acc.Groups() {
				list.add(appendQuoted(nil, name))
			}
		}, func(err error) {
			code, text := outcome(err)
			reply(code, text, list.text())
		})
	}
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
