package core

import (
	"errors"
)

// errDamaged says that the counters, or an entry of the journal, cannot be read.
var errDamaged = errors.New("damaged")

// mend makes counters anew where their record cannot be read, from everything else
// that is stored. What stands nowhere else is lost: where no entry of the journal has them,
// groups of conversations without members and the receive option for all conversations.
// Groups with members come back with the repair that is to follow. The damaged record is
// kept beside.
func (c *Core) mend(tx Tx) error {
	values, err := tx.Get(SpaceMeta, MetaKey)
	if err != nil {
		return err
	}
	if _, err := decodeMeta(values[0]); err == nil || errors.Is(err, errNewer) {
		return err // another tab was quicker
	}
	m := meta{epoch: c.cfg.Random()} // by another epoch the other tabs know that they must read anew
	see := func(conv *Conversation) {
		for _, arrival := range []uint64{conv.MaxArrival, conv.Read.TimeArrival, conv.Read.SeqArrival, conv.Read.All} {
			if arrival != anyArrival {
				m.arrival = max(m.arrival, arrival)
			}
		}
		m.live = max(m.live, min(conv.Active, c.cfg.Now()))
	}
	if err := eachPage(tx, func(r *pageReader) {
		m.pages = max(m.pages, r.number)
		r.each(&damage{}, see)
	}); err != nil {
		return err
	}
	if err := c.mendJournal(tx, &m, see); err != nil {
		return err
	}
	if err := mendMessages(tx, &m); err != nil {
		return err
	}
	tx.Put(SpaceMeta, damagedFrom+string(SpaceMeta)+"/"+MetaKey+"/"+m.epoch, values[0])
	m.damaged = true
	tx.Put(SpaceMeta, MetaKey, encodeMeta(m))
	return nil
}

// mendMessages takes from messages, and from changes of messages to come, what the
// counters say of them.
func mendMessages(tx Tx, m *meta) error {
	stored, err := tx.Values(SpaceMessages, "", "", 0)
	if err != nil {
		return err
	}
	for _, value := range stored {
		if message, err := decodeMessage(value); err == nil {
			m.arrival = max(m.arrival, message.At.Arrival)
		}
	}
	pending, err := tx.Values(SpaceMeta, "pending/", "pending0", 0)
	if err != nil {
		return err
	}
	m.pending = uint64(len(pending))
	return nil
}

// mendJournal takes from the journal how far it reaches, and what the counters were if
// it tells.
func (c *Core) mendJournal(tx Tx, m *meta, see func(*Conversation)) error {
	keys, err := tx.Keys(SpaceLog, "", "", 0)
	if err != nil {
		return err
	}
	entries, err := tx.Values(SpaceLog, "", "", 0)
	if err != nil {
		return err
	}
	if n := len(keys); n > 0 {
		m.rev = revOf(keys[n-1])
	}
	m.rev++ // a commit of its own, which takes the next key
	putVoid(tx, m.rev)
	rev := uint64(0)
	for _, value := range entries {
		entry, err := decodeLogEntry(rev+1, value)
		if err != nil {
			continue
		}
		if m.oldest == 0 {
			m.oldest = entry.rev
		}
		rev = entry.rev
		if after := entry.after; after != nil {
			m.arrival, m.live, m.joined = max(m.arrival, after.arrival), max(m.live, after.live), max(m.joined, after.joined)
			m.muted, m.groups = after.muted, after.groups
		}
		for _, conv := range entry.convs {
			see(conv)
		}
		for _, logged := range entry.messages {
			m.arrival = max(m.arrival, logged.m.At.Arrival)
		}
	}
	if m.oldest == 0 {
		m.oldest = m.rev + 1
	}
	return nil
}
