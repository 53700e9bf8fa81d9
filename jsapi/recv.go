package jsapi

import (
	"errors"
	"strings"

	"timconv/core"
)

// refused collects the items of an array that could not be taken, as JSON.
type refused struct {
	list  array
	count int
}

func (r *refused) add(index int, why error) {
	w := &object{}
	w.uint("index", uint64(index))
	w.int("code", codeInvalidParameters)
	w.text("info", why.Error())
	r.list.add(w.end())
	r.count++
}

// answer tells how a call went that brought so many items: success when at
// least one was taken, or none was brought.
func (r *refused) answer(reply answer, items int, err error) {
	code, text := outcome(err)
	if err == nil && items > 0 && r.count == items {
		code, text = codeInvalidParameters, "none of the items could be taken"
	}
	reply(code, text, r.list.text())
}

// An intakeOf begins to take in an array: take reads one item, run has the core
// take in all that could be read.
type intakeOf func(m *Module) (take func(v value) error, run func(c *core.Core, done func(error)))

// recv is what functions that take in an array have in common: what cannot be
// taken is listed, the rest goes on.
func recv(m *Module, c *core.Core, a *args, begin intakeOf) func() {
	list := a.json(0, value.isArray)
	reply := a.callback(1)
	return func() {
		bad, items := &refused{}, list.elements()
		take, run := begin(m)
		for i, item := range items {
			if err := take(item); err != nil {
				bad.add(i, err)
			}
		}
		run(c, func(err error) { bad.answer(reply, len(items), err) })
	}
}

// usualMessage is about how many bytes a message has.
const usualMessage = 1000

// An intakeFunc is Receive or Import.
type intakeFunc func(c *core.Core, in core.Incoming, done func(error))

// messagesIn has the core take in an array of messages, each as change leaves
// it. They are read when it is their turn, for there may be thousands.
func messagesIn(list value, in intake, change func(value) value, run intakeFunc, c *core.Core, reply answer) {
	bad, items := &refused{}, 0
	read := func(rest func()) (all []*core.Message) {
		list.each(func(_ string, item value) {
			if !item.isObject() {
				bad.add(items, errNoObject)
			} else if msg, err := decodeMessage(change(item), in); err != nil {
				bad.add(items, err)
			} else {
				all = append(all, msg)
			}
			items++
			rest()
		})
		return all
	}
	about := 0
	if strings.TrimSpace(string(list[1:len(list)-1])) != "" {
		about = 1 + len(list)/usualMessage
	}
	run(c, core.Incoming{Count: about, Read: read}, func(err error) { bad.answer(reply, items, err) })
}

func timRecvNewMsg(m *Module, c *core.Core, a *args) func() {
	list, reply := a.json(0, value.isArray), a.callback(1)
	return func() {
		messagesIn(list, m.intake(), func(v value) value { return v }, (*core.Core).Receive, c, reply)
	}
}

func timRecvConvUpdate(m *Module, c *core.Core, a *args) func() {
	return recv(m, c, a, recvConvUpdates)
}

func timRecvConvDelete(m *Module, c *core.Core, a *args) func() {
	return recv(m, c, a, recvConvDeletes)
}

func recvConvUpdates(*Module) (func(value) error, func(*core.Core, func(error))) {
	var all []core.ConvUpdate
	return func(v value) error {
		u, err := decodeConvUpdate(v)
		if err == nil {
			all = append(all, u)
		}
		return err
	}, func(c *core.Core, done func(error)) { c.UpdateConversations(all, done) }
}

func recvConvDeletes(*Module) (func(value) error, func(*core.Core, func(error))) {
	var all []core.ConvKey
	return func(v value) error {
		key, ok := convName(v.text())
		if !ok {
			return errNoName
		}
		all = append(all, key)
		return nil
	}, func(c *core.Core, done func(error)) { c.DeleteAll(all, true, done) }
}

// highest values of the enums that TIMRecvConvUpdate takes.
const (
	maxGroupType = 5
	maxRecvOpt   = 4
)

// decodeConvUpdate reads one partial ConvInfo object: what a server may know
// better. Members it does not know are left alone.
func decodeConvUpdate(v value) (core.ConvUpdate, error) {
	var u core.ConvUpdate
	if !v.isObject() {
		return u, errNoObject
	}
	err := readMembers(v, func(key string, v value) bool { return readUpdate(&u, key, v) })
	switch {
	case err != nil:
		return u, err
	case u.Key.ID == "":
		return u, errors.New("conv_id is missing")
	case u.Key.Type == 0:
		return u, errors.New("conv_type is missing")
	case u.Key.Type != core.Group:
		u.Kind = nil
	}
	if u.Read != nil && u.Key.Type == core.Group {
		u.Read.Time = 0
	} else if u.Read != nil {
		u.Read.Seq = 0
	}
	return u, nil
}

func readUpdate(u *core.ConvUpdate, key string, v value) (ok bool) {
	switch key {
	case "conv_id":
		u.Key.ID = v.text()
		return validID(u.Key.ID)
	case "conv_type":
		u.Key.Type, ok = convType(v)
		return ok
	case "conv_show_name":
		text := v.text()
		u.Name = &text
		return v.isString()
	case "conv_face_url":
		text := v.text()
		u.FaceURL = &text
		return v.isString()
	case "conv_group_type":
		n, ok := v.enum(maxGroupType)
		kind := core.GroupType(n)
		u.Kind = &kind
		return ok
	case "conv_recv_opt":
		n, ok := v.enum(maxRecvOpt)
		opt := uint8(n)
		u.RecvOpt = &opt
		return ok
	}
	return readListed(u, key, v)
}

// readListed reads what other devices did with a conversation.
func readListed(u *core.ConvUpdate, key string, v value) bool {
	switch key {
	case "conv_is_pinned":
		is, ok := v.bool()
		u.Pinned = &is
		return ok
	case "conv_custom_data":
		text := v.text()
		u.Custom = &text
		return v.isString()
	case "conv_mark_array":
		var bits uint64
		for _, element := range v.elements() {
			bit, ok := markBits(element)
			if !ok {
				return false
			}
			bits |= bit
		}
		u.Marks = &bits
		return v.isArray()
	case "conv_conversation_group_array":
		names := []string{}
		for _, element := range v.elements() {
			name := element.text()
			if name == "" || len(name) > maxGroupName || !wellFormed(name) {
				return false
			}
			names = append(names, name)
		}
		u.Groups = &names
		return v.isArray()
	case "conv_c2c_read_timestamp", "conv_group_read_sequence":
		n, ok := v.uint()
		if u.Read == nil {
			u.Read = &core.ReadUpTo{}
		}
		if key == "conv_group_read_sequence" {
			u.Read.Seq = n
			return ok
		}
		u.Read.Time = int64(min(n, maxTime))
		return ok && n < maxTime
	}
	return true
}
