package model

import (
	"fmt"
	"slices"
)

// told is what one call tells besides the difference between two views.
type told struct {
	news, newsOthers []string
	notices          []notice
	groups           []groupEvent
}

// A notice is told to the tab that made the call, to the others, or both.
type notice struct {
	name, text   string
	self, others bool
}

type groupEvent struct {
	name, group, newName string
	reason               int
	convs                []*conv
}

// posts puts what was told in order, for the caller or for the others.
func (t *told) posts(w *world, was, is view, others bool) []Post {
	var posts []Post
	news := t.news
	if others {
		news = t.newsOthers
	}
	if len(news) > 0 {
		posts = append(posts, Post{"new", array(news)})
	}
	for _, name := range []string{"revoked", "updated", "receipt", "muted"} {
		var texts []string
		for _, n := range t.notices {
			if n.name == name && (others && n.others || !others && n.self) {
				texts = append(texts, n.text)
			}
		}
		switch {
		case len(texts) > 0 && name == "muted":
			posts = append(posts, Post{name, texts[len(texts)-1]})
		case len(texts) > 0:
			posts = append(posts, Post{name, array(texts)})
		}
	}
	var groups []Post
	for _, e := range t.groups {
		groups = append(groups, e.post())
	}
	return append(posts, w.difference(was, is, groups)...)
}

func (e groupEvent) post() Post {
	var rows []string
	for _, c := range e.convs {
		rows = append(rows, c.json())
	}
	switch e.name {
	case "deleted":
		return Post{e.name, e.group}
	case "renamed":
		return Post{e.name, e.group, e.newName}
	case "left":
		return Post{e.name, e.group, array(rows), e.reason}
	}
	return Post{e.name, e.group, array(rows)}
}

// store takes a message in and shows it.
func (w *world) store(m *message) {
	w.arrivals++
	m.arrival = w.arrivals
	c := m.conv
	w.applyPending(m)
	c.messages = append(c.messages, m)
	c.reach(m)
	profile := m.raw.get("message_sender_profile")
	if profile != "" && !c.group() && !m.fromSelf && (c.sender == nil || !m.before(c.sender)) {
		var name string
		fmt.Sscanf(profile, `{"user_profile_nick_name":%q`, &name)
		c.sender, c.senderName, c.senderFace = m, name, "face of "+name
	}
}

// reach keeps the newest time and sequence that a server gave.
func (c *conv) reach(m *message) {
	if !m.local && !m.clocked {
		c.maxTime, c.maxSeq = max(c.maxTime, m.time), max(c.maxSeq, m.seq)
	}
}

func pendingID(id string) string { return "id " + id }

func pendingAt(c *conv, seq, rand int64) string { return fmt.Sprint(c.prefixed(), " ", seq, " ", rand) }

// applyPending changes a message that has just come as was asked before.
func (w *world) applyPending(m *message) {
	keys := []string{pendingAt(m.conv, m.seq, m.rand)}
	for _, id := range m.ids {
		keys = append(keys, pendingID(id))
	}
	for _, key := range keys {
		if change := w.pending[key]; change != nil {
			m.raw = m.raw.with(change)
			m.readAgain()
			delete(w.pending, key)
		}
	}
}

// receive takes in a message that arrived.
func (w *world) receive(m *message, t *told) {
	if m.raw.get("message_is_online_msg") == "true" {
		t.news, t.newsOthers = append(t.news, m.text), append(t.newsOthers, m.text)
		return
	}
	c := m.conv
	for _, id := range m.ids {
		if stored := c.find(id); stored != nil {
			w.echo(stored, m, t)
			return
		}
	}
	if c.covers(m) || c.outlives(m) {
		return
	}
	w.store(m)
	t.news, t.newsOthers = append(t.news, m.text), append(t.newsOthers, m.text)
	w.lift(c, m)
}

// covers reports whether a message was known when the conversation was deleted.
func (c *conv) covers(m *message) bool {
	if c.group() && m.seq > 0 && c.floorSeq > 0 {
		return m.seq <= c.floorSeq
	}
	return !m.clocked && (m.time < c.floorTime || m.time == c.floorTime && slices.Contains(c.floorIDs, m.ids[0]))
}

// outlives: a message that the deletion mark does not tell again is known by
// its identity, for ever.
func (c *conv) outlives(m *message) bool {
	return slices.ContainsFunc(m.ids, func(id string) bool { return slices.Contains(c.outlived, id) })
}

// clear deletes the messages.
func (c *conv) clear() {
	for _, m := range c.messages {
		if m.clocked || m.local || m.time > c.floorTime {
			c.outlived = append(c.outlived, m.ids...)
		}
	}
	c.messages = nil
}

// echo takes in a message of ours that is known already.
func (w *world) echo(stored, m *message, t *told) {
	if !m.fromSelf {
		return
	}
	if stored.status == sending || stored.status == failed {
		w.settle(stored, m.raw)
		t.notices = append(t.notices, notice{"updated", stored.text, true, false})
		t.newsOthers = append(t.newsOthers, stored.text)
	} else if !stored.is(m.ids[0]) {
		stored.ids = append(stored.ids, m.ids[0])
	}
}

// settle makes a message one that was sent.
func (w *world) settle(m *message, echo members) {
	now := members{{"message_status", "2"}}
	for _, key := range []string{"message_server_time", "message_seq", "message_unique_id"} {
		if text := echo.get(key); text != "" && text != "0" {
			now = append(now, member{key, text})
		}
	}
	if id := echo.get("message_msg_id"); id != "" && !m.is(id[1:len(id)-1]) {
		m.ids = append(m.ids, id[1:len(id)-1])
	}
	m.local = m.local && echo.get("message_server_time") == ""
	m.raw = m.raw.with(now)
	m.readAgain()
	m.conv.reach(m)
	w.lift(m.conv, m)
}

// change puts members into a message, unless it was deleted.
func (w *world) change(m *message, now members) bool {
	if m.status == deleted {
		return false
	}
	raw := m.raw.with(now)
	if raw.String() == m.text {
		return false
	}
	m.raw = raw
	m.readAgain()
	return true
}

// remove takes a conversation out of the list, and what was in it.
func (c *conv) remove(clear bool, arrivals int) {
	if !c.exists && !(clear && len(c.messages) > 0) {
		return
	}
	c.raiseFloor()
	c.exists, c.active, c.pinned = false, 0, false
	c.marks, c.custom, c.groups, c.since, c.draft = 0, "", nil, nil, ""
	if !clear {
		c.readAll(arrivals)
		return
	}
	c.clear()
	c.maxTime, c.maxSeq = 0, 0
}

// raiseFloor has everything stored count as known before.
func (c *conv) raiseFloor() {
	c.floorSeq = max(c.floorSeq, c.maxSeq)
	if c.maxTime < c.floorTime {
		return
	}
	if c.maxTime > c.floorTime {
		c.floorIDs = nil
	}
	c.floorTime = c.maxTime
	for _, m := range c.messages {
		if m.time >= c.floorTime {
			c.floorIDs = append(slices.Clone(c.floorIDs), m.ids...)
		}
	}
}

// readAll reads all that is stored.
func (c *conv) readAll(arrivals int) {
	c.readTo(c.maxTime, arrivals, c.maxSeq, arrivals)
	c.readArrivals = arrivals
}

// readUpTo reads up to a second, in groups up to a sequence, but no further
// than what is stored. Nothing given is everything.
func (c *conv) readUpTo(time, seq int64, arrivals int) {
	if time == 0 && (!c.group() || seq == 0) {
		c.readAll(arrivals)
		return
	}
	if time == 0 { // messages without a sequence are read up to there
		time = c.secondOf(seq)
	}
	c.readTo(min(c.maxTime, time), arrivals, min(c.maxSeq, seq), arrivals)
}
