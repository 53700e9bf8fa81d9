package core

import (
	"errors"
	"slices"
)

// A Backup is what Export wrote.
type Backup struct {
	Groups        []string
	Muted         []byte
	Conversations []*Conversation
	Messages      []*Message
}

// Restored tells what Restore took in.
type Restored struct {
	Conversations int // that were not in the list
	Messages      int // that were not known
	Known         int // messages that were
}

// Restore takes in a backup, in one transaction. Messages that are known stay as
// they are. A conversation that is not in the list comes back as it was; one that
// is keeps its settings, and has the messages it lacks, the further read mark and
// the newer draft. Limits are not asked for: what an account had it may have
// again. What cannot be read of a backup fails the call as a whole. about is the
// number of records, roughly.
func (c *Core) Restore(about int, read func(rest func()) (*Backup, error), done func(Restored, error)) {
	var did Restored
	var b *Backup
	var bad error
	op := &operation{name: "import backup", writes: true, weight: 1 + about, done: func(err error) { done(did, err) }}
	op.prepare = func(rest func()) {
		if b, bad = read(rest); bad == nil {
			bad = checkBackup(b)
		}
		if bad == nil {
			for _, m := range b.Messages {
				op.wants = append(op.wants, m.idKeys()...)
			}
		}
	}
	op.apply = func(s *stage) (err error) {
		if bad != nil {
			return bad
		}
		did, err = s.restore(b)
		return err
	}
	c.enqueue(op)
}

// A restoring is a backup on its way into a stage. Arrival numbers and joinings of
// the backup go on behind those that the account has.
type restoring struct {
	*stage
	arrivals uint64
	joined   uint64
	order    []ConvKey
	convs    map[ConvKey]*Conversation // as they become
	marks    map[ConvKey]ReadMark      // of conversations that are in the list: what of the backup had been read
	grown    map[ConvKey]bool          // conversations that get messages
	did      Restored
}

func (s *stage) restore(b *Backup) (Restored, error) {
	r := &restoring{stage: s, arrivals: s.meta.arrival, joined: s.meta.joined, convs: map[ConvKey]*Conversation{}, marks: map[ConvKey]ReadMark{}, grown: map[ConvKey]bool{}}
	for _, group := range b.Groups {
		s.makeGroup(group)
		s.written = true
	}
	if len(s.meta.muted) == 0 && b.Muted != nil {
		s.meta.muted, s.written = b.Muted, true
		s.tell(NoticeMuted, b.Muted)
	}
	for _, c := range b.Conversations {
		r.begin(c)
	}
	for _, m := range b.Messages {
		if err := r.message(m); err != nil {
			return r.did, err
		}
	}
	for _, key := range r.order {
		if err := r.end(r.convs[key]); err != nil {
			return r.did, err
		}
	}
	return r.did, nil
}

// begin takes over what a conversation is, apart from its messages.
func (r *restoring) begin(from *Conversation) {
	old := r.find(from.ConvKey)
	c := from.changed()
	c.Last, c.Unread, c.UnreadFrom, c.Mentions, c.page, c.rev = nil, 0, 0, nil, 0, 0
	for _, arrival := range []*uint64{&c.Read.TimeArrival, &c.Read.SeqArrival, &c.Read.All, &c.MaxArrival, &c.Sender.At.Arrival} {
		if *arrival > 0 && *arrival != anyArrival {
			*arrival += r.arrivals
			r.meta.arrival = max(r.meta.arrival, *arrival)
		}
	}
	c.Groups = nil
	for _, m := range from.Groups {
		if m.Since += r.joined; slices.Contains(r.meta.groups, m.Group) {
			c.Groups = append(c.Groups, m)
			r.meta.joined = max(r.meta.joined, m.Since)
		}
	}
	switch {
	case old != nil && old.Exists:
		r.marks[c.ConvKey] = c.Read
		c = merged(old, c)
	case old != nil && !c.Exists:
		c = old.changed()
	case c.Exists:
		r.did.Conversations++
		if c.Active <= r.horizon()*1000 {
			r.meta.live = max(r.meta.live, c.Active)
		}
	}
	if r.convs[c.ConvKey] == nil {
		r.order = append(r.order, c.ConvKey)
	}
	r.convs[c.ConvKey] = c
}

// merged is a conversation of the list with what a backup knows better.
func merged(old, from *Conversation) *Conversation {
	c := old.changed()
	if c.Name == "" {
		c.Name = from.Name
	}
	if c.FaceURL == "" {
		c.FaceURL = from.FaceURL
	}
	if c.Kind == 0 {
		c.Kind = from.Kind
	}
	if c.Sender.At.Before(from.Sender.At) && from.Sender.Name+from.Sender.FaceURL != "" {
		c.Sender = from.Sender
	}
	if from.DraftStamp > c.DraftStamp {
		c.Draft, c.DraftStamp = from.Draft, from.DraftStamp
	}
	// Of a mark only what is further counts: its arrival numbers, and a mark of
	// everything, would cover what has come since the backup.
	mark := from.Read
	mark.All = 0
	if mark.Time == c.Read.Time {
		mark.TimeArrival = 0
	}
	if mark.Seq == c.Read.Seq {
		mark.SeqArrival = 0
	}
	c.Read = c.Read.join(mark)
	c.PeerRead = max(c.PeerRead, from.PeerRead)
	c.MaxTime, c.MaxSeq = max(c.MaxTime, from.MaxTime), max(c.MaxSeq, from.MaxSeq)
	return c
}

// message stores a message that is not known yet.
func (r *restoring) message(m *Message) error {
	if err := r.rest(); err != nil {
		return err
	}
	n := *m
	if n.Status == StatusSending { // nobody is at it any more
		n = *r.codec.Fail(&n)
	}
	n.At.Arrival += r.arrivals
	if r.same(&n) != "" {
		r.did.Known++
		return nil
	}
	if r.convs[n.Conv] == nil {
		r.begin(&Conversation{ConvKey: n.Conv})
	}
	if mark, listed := r.marks[n.Conv]; listed && mark.covers(n.At, n.Conv.Type) {
		n.IsRead = true
	}
	if r.meta.pending > 0 {
		if err := r.applyPending(&n); err != nil {
			return err
		}
	}
	r.meta.arrival = max(r.meta.arrival, n.At.Arrival)
	r.write(&n)
	r.grown[n.Conv] = true
	if r.find(n.Conv) == nil {
		r.convs[n.Conv].show(&n)
	}
	r.did.Messages++
	return nil
}

// end saves a conversation. Where something was known of it before, what follows
// from its messages is taken from all that are stored.
func (r *restoring) end(c *Conversation) error {
	if err := r.rest(); err != nil {
		return err
	}
	old := r.find(c.ConvKey)
	switch {
	case old == nil: // what it has came with the backup
	case !old.Exists || r.grown[c.ConvKey] || old.Read != c.Read:
		stored, err := r.messagesOf(c.ConvKey, 0)
		if err != nil {
			return err
		}
		c.Last, c.Unread, c.UnreadFrom, c.Mentions = nil, 0, 0, nil
		for _, m := range stored {
			c.show(m)
		}
	case sameButMessages(old, c):
		return nil
	}
	r.save(c)
	return nil
}

// sameButMessages reports whether nothing that merged may change has changed.
func sameButMessages(old, c *Conversation) bool {
	return old.Name == c.Name && old.FaceURL == c.FaceURL && old.Kind == c.Kind && old.Sender == c.Sender && old.DraftStamp == c.DraftStamp &&
		old.PeerRead == c.PeerRead && old.MaxTime == c.MaxTime && old.MaxSeq == c.MaxSeq
}

// Bounds of what a backup may say: far above what an account comes to, and far
// enough below what keys have room for.
const (
	mostArrivals = 1 << 40
	lastSecond   = 1 << 40
)

var errBackup = errors.New("out of bounds")

// checkBackup fails where a number could not be one of this account's.
func checkBackup(b *Backup) error {
	for _, c := range b.Conversations {
		counters := []uint64{c.Read.TimeArrival, c.Read.SeqArrival, c.Read.All, c.MaxArrival, c.Sender.At.Arrival}
		for _, m := range c.Groups {
			counters = append(counters, m.Since)
		}
		if slices.ContainsFunc(counters, func(n uint64) bool { return n > mostArrivals && n != anyArrival }) || c.Read.Time > lastSecond || c.Floor.Time > lastSecond {
			return &Error{Code: CodeParam, Op: "import backup", Err: errBackup}
		}
	}
	for _, m := range b.Messages {
		if m.At.Arrival > mostArrivals || m.At.Time < 0 || m.At.Time > lastSecond {
			return &Error{Code: CodeParam, Op: "import backup", Err: errBackup}
		}
	}
	return nil
}
