package core

import "time"

// load fills the account from an open store.
func (c *Core) load(tx Tx) error {
	values, err := tx.Get(SpaceMeta, metaKey)
	if err != nil || values[0] == nil {
		return err
	}
	m, err := decodeMeta(values[0])
	if err != nil {
		return err
	}
	a, err := c.readAll(tx, m)
	if err == nil {
		c.adopt(a)
	}
	return err
}

// readAll reads every conversation. A record that cannot be decoded is counted
// and left where it is.
func (c *Core) readAll(tx Tx, m meta) (*Account, error) {
	values, err := tx.Values(SpaceConvs, "", "", 0)
	if err != nil {
		return nil, err
	}
	a := newAccount()
	a.meta = m
	bad := 0
	for _, value := range values {
		if conv, err := decodeConversation(value); err != nil {
			bad++
		} else {
			a.put(conv)
		}
	}
	c.quarantine(bad)
	return a, nil
}

// adopt makes a the account.
func (c *Core) adopt(a *Account) {
	c.account = a
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rev, c.epoch = a.meta.rev, a.meta.epoch
	c.lastStamp = max(c.lastStamp, a.stamp)
}

// quarantine tells how many records could not be decoded.
func (c *Core) quarantine(bad int) {
	c.mu.Lock()
	changed := c.status.Quarantined != bad
	c.status.Quarantined = bad
	status := c.status
	c.mu.Unlock()
	if changed {
		c.cfg.Listener.Status(status)
	}
}

// catchUp brings the account up to date with what other tabs committed.
func (c *Core) catchUp() {
	var next *Account
	var did *effects
	err := c.store.View(func(tx Tx) (err error) {
		next, did, err = c.follow(tx, c.account)
		return err
	})
	if err != nil {
		c.cfg.Report(err)
		return
	}
	was := c.account
	c.adopt(next)
	if did != nil {
		did.tell(c.cfg.Listener)
		c.tellPanes(was, did)
	}
}

// follow returns the account as the store has it, and what is new about it;
// nil effects if nothing is. A tab within the log's reach applies the missing
// entries; one further behind, or in front of another database than before,
// reads everything and takes the difference.
func (c *Core) follow(tx Tx, a *Account) (*Account, *effects, error) {
	values, err := tx.Get(SpaceMeta, metaKey)
	if err != nil {
		return nil, nil, err
	}
	var m meta
	if values[0] != nil {
		if m, err = decodeMeta(values[0]); err != nil {
			return nil, nil, err
		}
	}
	switch {
	case m.epoch == a.meta.epoch && m.rev == a.meta.rev:
		return a, nil, nil
	case (m.epoch == a.meta.epoch || a.meta.epoch == "") && a.meta.rev < m.rev && a.meta.rev+1 >= m.oldest:
		return c.followLog(tx, a, m)
	}
	next, err := c.readAll(tx, m)
	if err != nil {
		return nil, nil, err
	}
	did := newEffects(a, c.subscriptions)
	for _, account := range []*Account{a, next} {
		account.byKey.Scan(func(conv *Conversation) bool {
			did.before(conv.ConvKey, a.find(conv.ConvKey))
			return true
		})
	}
	did.close(next, c.cfg.Codec)
	return next, did, nil
}

// followLog applies the log entries that the account has not seen.
func (c *Core) followLog(tx Tx, a *Account, m meta) (*Account, *effects, error) {
	values, err := tx.Values(SpaceLog, logKey(a.meta.rev+1), "", 0)
	if err != nil {
		return nil, nil, err
	}
	did := newEffects(a, c.subscriptions)
	for _, value := range values {
		entry, err := decodeLogEntry(value)
		if err != nil {
			return nil, nil, err
		}
		did.groups = append(did.groups, entry.groups...)
		for _, key := range entry.convs {
			did.before(key, a.find(key))
		}
		if err := c.followMessages(tx, entry, did); err != nil {
			return nil, nil, err
		}
	}
	next := a.clone()
	next.meta = m
	keys := make([]string, len(did.keys))
	for i, key := range did.keys {
		keys[i] = convKey(key)
	}
	records, err := tx.Get(SpaceConvs, keys...)
	if err != nil {
		return nil, nil, err
	}
	bad := c.Status().Quarantined
	for _, record := range records {
		if conv, err := decodeConversation(record); err == nil {
			next.put(conv)
		} else {
			bad++
		}
	}
	c.quarantine(bad)
	did.close(next, c.cfg.Codec)
	return next, did, nil
}

// followMessages finds the messages that a commit brought.
func (c *Core) followMessages(tx Tx, entry *logEntry, did *effects) error {
	keys := make([]string, len(entry.messages))
	for i, ref := range entry.messages {
		keys[i] = messageKey(ref.conv, ref.at)
	}
	values, err := tx.Get(SpaceMessages, keys...)
	if err != nil {
		return err
	}
	for _, value := range values {
		if m, err := decodeMessage(value); err == nil {
			did.news = append(did.news, m.Raw)
		}
	}
	for _, n := range entry.notices {
		if n.Kind == NoticeNew {
			did.news = append(did.news, n.Raw)
		} else {
			did.notices = append(did.notices, n)
		}
	}
	return nil
}

// enqueueFollow has the account brought up to date, once for many hints.
func (c *Core) enqueueFollow() {
	c.mu.Lock()
	queued := c.following || c.closing
	c.following = true
	c.mu.Unlock()
	if !queued {
		c.enqueue(&operation{
			name: "follow", follow: true, done: func(error) {},
			apply: func(*stage) error { return nil },
		})
	}
}

// patience is how long a tab waits for the end of a commit of which it heard
// the beginning.
const patience = time.Second

// hear takes in what another tab announced. Announcements are hints: what they
// say is read from the store.
func (c *Core) hear(msg []byte) {
	if msg == nil {
		c.enqueueFollow()
		return
	}
	h, ok := decodeHint(msg)
	if !ok || !c.behind(h) {
		return
	}
	if h.kind == hintDone || c.elsewhere(h) {
		c.enqueueFollow()
		return
	}
	c.mu.Lock()
	waiting := c.expected != 0
	c.expected = max(c.expected, h.rev)
	c.mu.Unlock()
	if !waiting {
		c.await(h)
	}
}

// await looks, after a while, whether the commit of that hint was heard to end.
// One timer serves all commits that begin meanwhile.
func (c *Core) await(h hint) {
	c.cfg.After(patience, func() {
		if c.behind(h) {
			c.enqueueFollow()
		}
		c.mu.Lock()
		next := c.expected
		if next == h.rev {
			c.expected = 0
		}
		c.mu.Unlock()
		if next > h.rev {
			c.await(hint{kind: h.kind, epoch: h.epoch, rev: next})
		}
	})
}

// behind reports whether the account does not have what a hint tells of.
func (c *Core) behind(h hint) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rev < h.rev || c.epoch != h.epoch
}

// elsewhere reports whether a hint is of another database than the account's:
// its own was deleted.
func (c *Core) elsewhere(h hint) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.epoch != "" && c.epoch != h.epoch
}
