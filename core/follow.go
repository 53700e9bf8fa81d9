package core

import (
	"bytes"
	"errors"
	"slices"
	"time"
)

// load fills the account from an open store.
func (c *Core) load(tx Tx) error {
	values, err := tx.Get(SpaceMeta, MetaKey)
	if err != nil {
		return err
	}
	if values[0] == nil {
		c.missEvicted()
		return nil
	}
	if old(values[0]) {
		return errOld
	}
	m, err := decodeMeta(values[0])
	if err != nil {
		c.cfg.Report(err)
		return errDamaged
	}
	a, err := c.readAll(tx, m)
	if err == nil {
		c.tellFollowed(a)
		c.adopt(a)
	}
	return err
}

// readAll reads every conversation, and what the journal has not been folded
// of. A record that cannot be decoded is counted and left where it is.
func (c *Core) readAll(tx Tx, m meta) (*Account, error) {
	a := newAccount()
	a.meta = m
	tx.Expect(SpaceMeta, wipedKey) // it is here when the rest is
	if m.damaged {
		if err := a.damage.readAside(tx); err != nil {
			return nil, err
		}
	}
	if err := a.readPages(tx, c.cfg.Codec); err != nil {
		return nil, err
	}
	values, err := tx.Values(SpaceLog, logKey(m.oldest), "", 0)
	if err != nil {
		return nil, err
	}
	begun, rev := time.Now(), m.oldest
	for _, value := range values {
		if entry, err := decodeLogEntry(rev, value); err != nil {
			a.damage.find(SpaceLog, logKey(rev), value)
			a.count(rev, nil, len(value))
		} else {
			a.replay(entry, len(value))
			rev = entry.rev
		}
		rev++
		if time.Since(begun) > sliceTime {
			if err := tx.Breathe(); err != nil {
				return nil, err
			}
			begun = time.Now()
		}
	}
	err = a.readWiped(tx)
	a.stamp = max(a.stamp, a.wiped)
	return a, err
}

// missEvicted tells that nothing is stored where once there was.
func (c *Core) missEvicted() {
	if c.cfg.Marker == nil || c.Status().State == StateMemory || !c.cfg.Marker.IsSet() {
		return
	}
	c.mu.Lock()
	c.status.Evicted = true
	status := c.status
	c.mu.Unlock()
	c.cfg.Listener.Status(status)
}

// adopt makes a the account.
func (c *Core) adopt(a *Account) {
	c.account = a
	c.quarantine()
	if !c.marked && a.meta.epoch != "" && c.cfg.Marker != nil && c.Status().State != StateMemory {
		c.marked = true
		c.cfg.Marker.Set()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rev, c.epoch = a.meta.rev, a.meta.epoch
	c.lastStamp = max(c.lastStamp, a.stamp)
}

// quarantine tells how many records are damaged, and has more looked for where some
// were met.
func (c *Core) quarantine() {
	d := c.account.damage
	c.mu.Lock()
	changed := c.status.Quarantined != len(d.all)
	c.status.Quarantined = len(d.all)
	status := c.status
	c.mu.Unlock()
	if changed {
		c.cfg.Listener.Status(status)
	}
	if d.suspect {
		d.suspect = false
		c.enqueueFirst([]*operation{c.repair()})
	}
}

// catchUp brings the account up to date with what other tabs committed.
func (c *Core) catchUp() {
	var next *Account
	var did *effects
	err := c.store.View(func(tx Tx) (err error) {
		c.expectOthers(tx)
		next, did, err = c.follow(tx, c.account)
		return err
	})
	if err != nil {
		c.cfg.Report(err)
		return
	}
	c.become(next, did)
}

// tellFollowed tells what the account is about to be brought up to.
func (c *Core) tellFollowed(next *Account) {
	if c.cfg.Followed != nil {
		epoch := c.account.meta.epoch
		c.cfg.Followed(next.meta.rev, epoch != "" && epoch != next.meta.epoch)
	}
}

// become makes the account what it was found to be, and tells what is new.
func (c *Core) become(next *Account, did *effects) {
	was := c.account
	if did != nil {
		c.othersAt = time.Now()
		c.tellFollowed(next)
	}
	c.adopt(next)
	if did != nil {
		c.dropSpent()
		did.tell(c.cfg.Listener)
		c.tellPanes(was, did)
	}
}

// follow returns the account as the store has it, and what is new about it;
// nil effects if nothing is. A tab within the log's reach applies the missing
// entries; one further behind, or in front of another database than before,
// reads everything and takes the difference.
func (c *Core) follow(tx Tx, a *Account) (*Account, *effects, error) {
	m, entries, err := c.others(tx, a)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case m.epoch == a.meta.epoch && m.rev <= a.meta.rev && len(entries) == 0:
		if m.oldest != a.meta.oldest || m.pages != a.meta.pages { // another tab folds
			a = a.clone()
			a.meta.oldest, a.meta.pages = m.oldest, m.pages
			a.folded()
		}
		a.looked = lookingNow(tx)
		return a, nil, nil
	case (m.epoch == a.meta.epoch || a.meta.epoch == "") && len(entries) > 0 && a.meta.rev+1 >= m.oldest:
		if next, did, err := c.followLog(a, &m, entries); !errors.Is(err, errDamaged) {
			next.looked = lookingNow(tx)
			return next, did, err
		}
	}
	next, err := c.readAll(tx, m)
	if err != nil {
		return nil, nil, err
	}
	next.looked = lookingNow(tx)
	did := newEffects(a, c.subscriptions)
	for _, account := range []*Account{a, next} {
		account.byKey.Scan(func(conv *Conversation) bool {
			did.before(conv.ConvKey, a.find(conv.ConvKey))
			return true
		})
	}
	did.compare(a, next)
	did.close(next, c.cfg.Codec)
	return next, did, nil
}

// compare notes what is told of two states beside their conversations: groups,
// and the receive option for all conversations.
func (e *effects) compare(a, next *Account) {
	for _, group := range a.Groups() {
		if !slices.Contains(next.Groups(), group) {
			e.groups = append(e.groups, GroupEvent{Kind: GroupDeleted, Group: group})
		}
	}
	for _, group := range next.Groups() {
		if !slices.Contains(a.Groups(), group) {
			e.groups = append(e.groups, GroupEvent{Kind: GroupCreated, Group: group, keys: next.members(group)})
		}
	}
	if !bytes.Equal(a.Muted(), next.Muted()) {
		e.notices = append(e.notices, Notice{NoticeMuted, next.Muted()})
	}
}

// expectOthers has what others needs read without waiting.
func (c *Core) expectOthers(tx Tx) {
	tx.Expect(SpaceMeta, MetaKey)
	c.expectEntries(tx)
}

// expectEntries has the part of it read that followJournal needs.
func (c *Core) expectEntries(tx Tx) {
	tx.ExpectValues(SpaceLog, logKey(c.account.meta.rev+1), "", 0)
}

// others reads what other tabs have done: the counters as folding left them, and the
// entries of the journal that the account has not seen.
func (c *Core) others(tx Tx, a *Account) (m meta, entries [][]byte, err error) {
	if m, err = readMeta(tx); err == nil {
		entries, err = tx.Values(SpaceLog, logKey(a.meta.rev+1), "", 0)
	}
	return m, entries, err
}

// A looking is a reading of the record of counters: when, and over which connection.
type looking struct {
	at         time.Time
	connection uint64
}

func lookingNow(tx Tx) looking { return looking{time.Now(), tx.Connection()} }

// journalTells reports whether the journal alone tells what other tabs have done: it has
// had an entry since the account was found to be that of this database, and whatever
// changes what is stored leaves something behind the last one. What else the counters
// tell, how far the journal is folded, may be older by as much as one who writes beside
// others does not guess.
func (a *Account) journalTells(tx Tx) bool {
	return len(a.journal) > 0 && a.looked.connection == tx.Connection() && time.Since(a.looked.at) < beside
}

// followJournal is follow where the journal alone tells. It fails with errDamaged where
// it does not tell everything.
func (c *Core) followJournal(tx Tx, a *Account) (*Account, *effects, error) {
	entries, err := tx.Values(SpaceLog, logKey(a.meta.rev+1), "", 0)
	if err != nil || len(entries) == 0 {
		return a, nil, err
	}
	return c.followLog(a, nil, entries)
}

// followLog applies the log entries that the account has not seen. m is the record of
// counters, nil where the journal alone tells: there each entry must tell that it is of
// the same epoch, which those do not that a wipe or a repair has left.
func (c *Core) followLog(a *Account, m *meta, entries [][]byte) (*Account, *effects, error) {
	did := newEffects(a, c.subscriptions)
	next := a.clone()
	if m != nil {
		next.meta.epoch, next.meta.oldest, next.meta.pages = m.epoch, m.oldest, m.pages
	}
	for _, value := range entries {
		entry, err := decodeLogEntry(0, value)
		if err != nil || len(entry.damaged) > 0 || entry.rev != next.meta.rev+1 {
			return nil, nil, errDamaged
		}
		if m == nil && (entry.after == nil || entry.after.epoch != a.meta.epoch) {
			return nil, nil, errDamaged
		}
		for _, conv := range entry.convs {
			did.before(conv.ConvKey, a.find(conv.ConvKey))
		}
		did.logged(entry)
		next.replay(entry, len(value))
	}
	if m != nil && next.meta.rev < m.rev { // the counters were made anew behind these
		return nil, nil, errDamaged
	}
	next.folded()
	did.close(next, c.cfg.Codec)
	return next, did, nil
}

// logged takes over what an entry of the journal tells.
func (e *effects) logged(entry *logEntry) {
	e.groups = append(e.groups, entry.groups...)
	for _, m := range entry.messages {
		if m.news {
			e.news = append(e.news, m.raw)
		}
	}
	for _, n := range entry.notices {
		if n.Kind == NoticeNew {
			e.news = append(e.news, n.Raw)
		} else {
			e.notices = append(e.notices, n)
		}
	}
}

// readMeta reads the record of counters, which are zero before the first commit.
func readMeta(tx Tx) (m meta, err error) {
	values, err := tx.Get(SpaceMeta, MetaKey)
	if err == nil && values[0] != nil {
		m, err = decodeMeta(values[0])
	}
	return m, err
}

// anyRev is the rev of a follow operation that is for whatever there is.
const anyRev = 1<<64 - 1

// enqueueFollow has the account brought up to a rev at least, once for many hints.
func (c *Core) enqueueFollow(to uint64) {
	c.mu.Lock()
	c.followTo = max(c.followTo, to)
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

// followDue reports whether the account has to be brought up to date now, or is left to
// the rest of the batch: a commit looks what others did, and may have done so meanwhile.
// So tabs that write do not wait for transactions that only read.
func (c *Core) followDue(rest []*operation) (now, left bool) {
	c.mu.Lock()
	to := c.followTo
	c.followTo = 0
	c.mu.Unlock()
	if to <= c.account.meta.rev {
		return false, false
	}
	for _, op := range rest {
		if op.writes {
			c.othersAt, c.fresh = time.Now(), false // it looks before it puts
			return false, true
		}
	}
	return true, false
}
