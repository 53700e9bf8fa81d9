package jsapi

import (
	"maps"
	"slices"

	"timconv/core"
)

// explained is how many messages TIMConvExplainUnread shows.
const explained = 100

func timConvExplainUnread(_ *Module, c *core.Core, a *args) func() {
	key, reply := a.conv(0), a.callback(2)
	return func() {
		c.ExplainUnread(key, explained, func(e *core.Explanation, err error) {
			if err == nil && e == nil {
				err = &core.Error{Code: core.CodeNoConversation, Op: "explain"}
			}
			code, text := outcome(err)
			json := ""
			if err == nil {
				json = explanationJSON(e)
			}
			reply(code, text, json)
		})
	}
}

func explanationJSON(e *core.Explanation) string {
	conv := e.Conv
	marks, floor, cause, sums := &object{}, &object{}, &object{}, &object{}
	marks.uint("sequence", conv.Read.Seq)
	marks.int("timestamp", conv.Read.Time)
	floor.uint("sequence", conv.Floor.Seq)
	floor.int("timestamp", conv.Floor.Time)
	cause.text("by", conv.Cause.Op)
	cause.int("from", int64(conv.Cause.From))
	cause.int("time", conv.Cause.At)
	cause.int("to", int64(conv.Cause.To))
	for _, why := range slices.Sorted(maps.Keys(e.Sums)) {
		sums.int(why, int64(e.Sums[why]))
	}
	list := array{}
	for _, r := range e.Messages {
		w := &object{}
		w.bool("counted", r.Why == core.WhyCounts)
		w.text("message_msg_id", r.Message.ID)
		w.text("reason", r.Why)
		w.uint("sequence", r.Message.At.Seq)
		w.int("timestamp", r.Message.At.Time)
		list.add(w.end())
	}
	w := &object{}
	w.text("conv_id", conv.ID)
	w.uint("conv_type", uint64(conv.Type))
	w.int("conv_unread_num", int64(conv.Unread))
	w.raw("deletion_mark", string(floor.end()))
	w.bool("in_list", conv.Exists)
	w.bool("in_total", conv.Total() == conv.Unread)
	w.raw("last_change", string(cause.end()))
	w.raw("messages", list.text())
	w.raw("read_mark", string(marks.end()))
	w.int("stored", int64(e.Stored))
	w.raw("sums", string(sums.end()))
	return string(w.end())
}

func timConvVerify(_ *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		c.Verify(func(differences []string, err error) {
			code, text := outcome(err)
			list := array{}
			for _, d := range differences {
				list.add(appendQuoted(nil, d))
			}
			reply(code, text, list.text())
		})
	}
}
