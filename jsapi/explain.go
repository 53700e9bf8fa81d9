package jsapi

import "timconv/core"

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

// whys name the reasons, in alphabetical order of the names.
var whys = []struct {
	why  core.Why
	name string
}{
	{core.WhyCounts, "counted"}, {core.WhyDeleted, "deleted"}, {core.WhyExcluded, "excluded"},
	{core.WhyOwn, "from_self"}, {core.WhyImported, "imported"}, {core.WhyLive, "live_room"},
	{core.WhyRead, "read"}, {core.WhyIsRead, "read_on_arrival"}, {core.WhyRevoked, "revoked"},
}

func explanationJSON(e *core.Explanation) string {
	conv := e.Conv
	w := &object{}
	w.text("conv_id", conv.ID)
	w.uint("conv_type", uint64(conv.Type))
	w.int("conv_unread_num", int64(conv.Unread))
	w.raw("deletion_mark", markJSON(conv.Floor.Seq, conv.Floor.Time))
	w.bool("in_list", conv.Exists)
	w.bool("in_total", conv.InTotal())
	cause := &object{}
	cause.text("by", conv.Cause.Op)
	cause.int("from", int64(conv.Cause.From))
	cause.int("time", conv.Cause.At)
	cause.int("to", int64(conv.Cause.To))
	w.raw("last_change", string(cause.end()))
	w.raw("messages", reasonsJSON(e.Messages))
	w.raw("read_mark", markJSON(conv.Read.Seq, conv.Read.Time))
	w.int("stored", int64(e.Stored))
	sums := &object{}
	for _, y := range whys {
		if n := e.Sums[y.why]; n > 0 {
			sums.int(y.name, int64(n))
		}
	}
	w.raw("sums", string(sums.end()))
	return string(w.end())
}

func markJSON(seq uint64, time int64) string {
	w := &object{}
	w.uint("sequence", seq)
	w.int("timestamp", time)
	return string(w.end())
}

func reasonsJSON(reasons []core.Reason) string {
	list := array{}
	for _, r := range reasons {
		w := &object{}
		w.bool("counted", r.Why == core.WhyCounts)
		w.text("message_msg_id", r.Message.ID)
		for _, y := range whys {
			if y.why == r.Why {
				w.text("reason", y.name)
			}
		}
		w.uint("sequence", r.Message.At.Seq)
		w.int("timestamp", r.Message.At.Time)
		list.add(w.end())
	}
	return list.text()
}

func timConvVerify(_ *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		c.Verify(func(differences []string, err error) {
			code, text := outcome(err)
			reply(code, text, stringsJSON(differences))
		})
	}
}
