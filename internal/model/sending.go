package model

import (
	"fmt"
	"slices"
	"strconv"
)

// Codes of messages that are not sent.
const (
	nothingToCancel = 8020
	wasCanceled     = 8021
	noNetwork       = 9508
)

// send sends a message, a new one or one that could not be sent.
func (g *Generator) send() {
	c, raw := g.conv(), g.own()
	reply := fmt.Sprint("sent ", g.next())
	var again *message
	for _, m := range c.messages {
		if (m.status == failed || m.status == canceled) && m.raw.get("message_server_time") == "0" && g.chance(50) {
			again = m
		}
	}
	if again != nil {
		raw = append(raw, member{"message_msg_id", quote(again.ids[0])})
	}
	g.callNow("TIMMsgSendMessage", c.id, c.kind, raw.String(), nil, Callback(reply), nil)
	m := g.made(raw, c, sending)
	m.placed = m.time
	if last := c.last(); last != nil && (m.time < last.time || m.time == last.time && m.seq < last.seq) {
		m.placed = last.time // what a user sends stands at the end
		if m.seq < last.seq && last != again {
			m.placed++
		}
	}
	m.time = m.placed
	if again != nil {
		again.placed = m.placed
		g.w.arrivals++
		again.raw, again.local, again.arrival, again.noCount = m.raw, true, g.w.arrivals, false
		for _, id := range m.ids {
			if !again.is(id) {
				again.ids = append(again.ids, id)
			}
		}
		again.readAgain()
		m = again
	} else {
		g.w.store(m)
	}
	g.w.lift(c, m)
	g.hand(m, reply)
}

// hand gives a message to the transport.
func (g *Generator) hand(m *message, reply string) {
	t := g.tabs[g.step.Tab]
	t.flights = append(t.flights, &flight{place: t.handed, reply: reply, conv: m.conv, id: m.ids[0]})
	t.handed++
	g.answers = append(g.answers, Post{"send", m.text})
}

// done is the transport's word on a message.
func (g *Generator) done() {
	t := g.tabs[g.step.Tab]
	if len(t.flights) == 0 {
		g.send()
		return
	}
	i := g.Intn(len(t.flights))
	f := t.flights[i]
	t.flights = slices.Delete(t.flights, i, i+1)
	m := f.conv.find(f.id)
	if g.chance(30) {
		g.callNow(CallDone, f.place, noNetwork, "no network", "")
		if m != nil && m.status == sending {
			g.w.change(m, members{{"message_status", "3"}})
		}
		g.answers = append(g.answers, answer(f.reply, noNetwork, ""))
		return
	}
	echo := g.echoOf(f.conv)
	g.callNow(CallDone, f.place, 0, "", echo.String())
	if m != nil && m.status == sending {
		g.w.settle(m, echo)
		g.told.newsOthers = append(g.told.newsOthers, m.text)
	}
	shown := ""
	if m != nil {
		shown = m.shown()
	}
	g.answers = append(g.answers, answer(f.reply, 0, shown))
}

// echoOf is what a server makes of a message sent to a conversation.
func (g *Generator) echoOf(c *conv) members {
	if g.chance(10) {
		return members{{"message_msg_id", quote(fmt.Sprint("echo", g.next()))}}
	}
	time, seq := g.now/1000-int64(g.Intn(2)), int64(g.Intn(50))
	if c.group() {
		time, seq = g.serverOf(c).say(g)
	}
	echo := members{{"message_server_time", strconv.FormatInt(time, 10)}, {"message_seq", strconv.FormatInt(seq, 10)}}
	if g.chance(50) {
		echo = append(echo, member{"message_msg_id", quote(fmt.Sprint("echo", g.next()))})
	}
	return echo
}

func (g *Generator) cancel() {
	t := g.tabs[g.step.Tab]
	if len(t.flights) == 0 {
		c := g.conv()
		g.call("TIMMsgCancelSend", c.id, c.kind, "none")
		g.answer(nothingToCancel, "")
		return
	}
	i := g.Intn(len(t.flights))
	f := t.flights[i]
	t.flights = slices.Delete(t.flights, i, i+1)
	g.call("TIMMsgCancelSend", f.conv.id, f.conv.kind, f.id)
	m := f.conv.find(f.id)
	if m != nil && m.status == sending {
		g.w.change(m, members{{"message_status", "7"}})
	}
	if m != nil && m.status != canceled {
		g.answers = append(g.answers, answer(f.reply, 0, m.shown()))
		g.answer(nothingToCancel, "")
		return
	}
	g.answers = append(g.answers, answer(f.reply, wasCanceled, ""))
	g.answer(0, "")
}

// echo feeds a message that was sent from here, as the server brings it back:
// known by its own identity, or by sender, time and random number.
func (g *Generator) echo() {
	var own []*message
	for _, c := range g.w.convs {
		for _, m := range c.messages {
			if m.fromSelf && m.raw.get("message_client_time") != "" && m.raw.get("message_server_time") == "0" {
				own = append(own, m)
			}
		}
	}
	if len(own) == 0 {
		g.send()
		return
	}
	m := own[g.Intn(len(own))]
	raw := members{{"message_elem_array", m.raw.get("message_elem_array")}, {"message_sender", quote(Self)}, {"message_is_from_self", "true"}}
	raw = append(raw, members{{"message_conv_id", quote(m.conv.id)}, {"message_conv_type", strconv.Itoa(m.conv.kind)}, {"message_rand", m.raw.get("message_rand")}, {"message_client_time", m.raw.get("message_client_time")}}...)
	raw = raw.with(g.echoOf(m.conv))
	if raw.get("message_server_time") == "" {
		raw = append(raw, member{"message_server_time", strconv.FormatInt(g.now/1000, 10)})
	}
	if g.chance(50) && raw.get("message_msg_id") == "" {
		raw = append(raw, member{"message_msg_id", quote(m.ids[0])})
	}
	g.w.receive(g.complete(raw, sent), &g.told)
	g.call("TIMRecvNewMsg", array([]string{raw.String()}))
	g.answer(0, "[]")
}
