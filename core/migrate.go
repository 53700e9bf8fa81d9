package core

import "errors"

// errOld says that a database has the format of version 1, in which each
// conversation was a value of its own and the log only named what had changed.
var errOld = errors.New("an older format")

// old reports whether a meta record is of version 1.
func old(meta []byte) bool { return len(meta) > 0 && meta[0] == 1 }

// migrate brings a database of version 1 to the format of today, in one
// transaction. Records that cannot be decoded stay where they are.
func (c *Core) migrate(tx Tx) error {
	values, err := tx.Get(SpaceMeta, MetaKey)
	if err != nil || !old(values[0]) {
		return err // another tab was quicker
	}
	r := newReader(1, values[0], "meta record")
	m := meta{epoch: r.string(), rev: r.uint(), oldest: r.uint()}
	r.counters(&m)
	if err := r.end(); err != nil {
		return err
	}
	records, err := tx.Values(SpaceConvs, "", "", 0)
	if err != nil {
		return err
	}
	var page []*Conversation
	put := func(least int) {
		if len(page) >= least {
			m.pages++
			tx.Put(SpaceConvs, pageKey(m.pages), encodePage(m.pages, c.cfg.Codec, page))
			page = nil
		}
	}
	for _, record := range records {
		conv, err := decodeConversation(record)
		if err != nil {
			continue
		}
		tx.Delete(SpaceConvs, convKey(conv.ConvKey))
		page = append(page, conv)
		put(pageSize)
	}
	put(1)
	tx.DeleteRange(SpaceLog, "", "")
	putVoid(tx, m.rev)
	m.oldest = m.rev + 1
	tx.Put(SpaceMeta, MetaKey, encodeMeta(m))
	return nil
}
