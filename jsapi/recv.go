package jsapi

import (
	"errors"

	"github.com/tidwall/gjson"

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
	list := a.json(0, isArray)
	reply := a.callback(1)
	return func() {
		in := intake{self: m.LoginUserID(), now: m.host.Now(), random: m.host.Random}
		bad, items := &refused{}, elements(list)
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
	list := a.json(0, isArray)
	reply := a.callback(1)
	return func() {
		bad, items := &refused{}, elements(list)
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
func decodeConvUpdate(v gjson.Result) (core.ConvUpdate, error) {
	var u core.ConvUpdate
	if !v.IsObject() {
		return u, errors.New("not an object")
	}
	faults := map[string]string{}
	eachMember(v, func(key string, value gjson.Result) {
		read, known := updateMembers[key]
		if !known {
			return
		}
		delete(faults, key)
		if !read(&u, value) {
			faults[key] = brief(value.Raw)
		}
	})
	for key, text := range faults {
		return u, errors.New(key + " cannot be taken: " + text)
	}
	switch {
	case u.Key.ID == "":
		return u, errors.New("conv_id is missing")
	case u.Key.Type == 0:
		return u, errors.New("conv_type is missing")
	case u.Key.Type != core.Group:
		u.Kind = nil
	}
	return u, nil
}

var updateMembers = map[string]func(*core.ConvUpdate, gjson.Result) bool{
	"conv_id": func(u *core.ConvUpdate, v gjson.Result) bool {
		u.Key.ID = textOf(v)
		return v.Type == gjson.String && validID(u.Key.ID)
	},
	"conv_type": func(u *core.ConvUpdate, v gjson.Result) (ok bool) {
		u.Key.Type, ok = convType(v)
		return ok
	},
	"conv_show_name": func(u *core.ConvUpdate, v gjson.Result) bool {
		return textMember(v, &u.Name)
	},
	"conv_face_url": func(u *core.ConvUpdate, v gjson.Result) bool {
		return textMember(v, &u.FaceURL)
	},
	"conv_group_type": func(u *core.ConvUpdate, v gjson.Result) bool {
		n, ok := uintOf(v)
		kind := core.GroupType(n)
		u.Kind = &kind
		return ok && n <= maxGroupType
	},
	"conv_recv_opt": func(u *core.ConvUpdate, v gjson.Result) bool {
		n, ok := uintOf(v)
		opt := uint8(n)
		u.RecvOpt = &opt
		return ok && n <= maxRecvOpt
	},
}

// textMember reads a text, or nothing where it is null.
func textMember(v gjson.Result, to **string) bool {
	if absent(v) {
		*to = nil
		return true
	}
	s := textOf(v)
	*to = &s
	return v.Type == gjson.String
}
