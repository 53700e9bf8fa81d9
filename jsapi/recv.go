package jsapi

import (
	"errors"

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

func timRecvNewMsg(m *Module, c *core.Core, a *args) func() {
	list := a.json(0, value.isArray)
	reply := a.callback(1)
	return func() {
		in := intake{self: m.LoginUserID(), now: m.host.Now(), random: m.host.Random}
		bad, items := &refused{}, list.elements()
		messages := make([]*core.Message, 0, len(items))
		for i, item := range items {
			if msg, err := decodeMessage(item, in); err != nil {
				bad.add(i, err)
			} else {
				messages = append(messages, msg)
			}
		}
		c.Receive(messages, func(err error) { bad.answer(reply, len(items), err) })
	}
}

func timRecvConvUpdate(_ *Module, c *core.Core, a *args) func() {
	list := a.json(0, value.isArray)
	reply := a.callback(1)
	return func() {
		bad, items := &refused{}, list.elements()
		updates := make([]core.ConvUpdate, 0, len(items))
		for i, item := range items {
			if u, err := decodeConvUpdate(item); err != nil {
				bad.add(i, err)
			} else {
				updates = append(updates, u)
			}
		}
		c.UpdateConversations(updates, func(err error) { bad.answer(reply, len(items), err) })
	}
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
		return u, errors.New("not an object")
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
		n, ok := v.uint()
		kind := core.GroupType(n)
		u.Kind = &kind
		return ok && n <= maxGroupType
	case "conv_recv_opt":
		n, ok := v.uint()
		opt := uint8(n)
		u.RecvOpt = &opt
		return ok && n <= maxRecvOpt
	}
	return true
}
