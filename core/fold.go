package core

import (
	"errors"
	"time"
)

// Folding brings what the journal has to where it belongs: messages and
// identities to their spaces, conversations into new pages. It is done in small
// steps while nothing else is to do, by one tab, each step one transaction that
// first brings the tab up to date. It changes neither rev nor state: what has
// been folded and what is still in the journal are read as one, so that a tab
// killed between two steps leaves nothing to be repaired. Only the last step
// shortens the journal.

// A Journal says how long the journal may get, in bytes.
type Journal struct {
	Keep  int // so much is left for tabs that follow
	Round int // about as much is folded in one go, so that a tab closed soon has not worked for nothing; 0: all
	From  int // from here on it is folded, when there has been rest for a while
	Busy  int // from here on, now and then, rest or not, unless a burst comes in
	AtAll int // from here on, as fast as it comes in
}

// DefaultJournal is what a Config without one gets.
var DefaultJournal = Journal{Keep: 128 << 10, Round: 4 << 20, From: 768 << 10, Busy: 4 << 20, AtAll: 16 << 20}

const (
	foldRest  = 100 * time.Millisecond // without a commit
	foldGap   = 10 * time.Millisecond  // between two steps
	foldQuick = time.Millisecond       // the same, where nothing has been committed for a second
	foldSlice = 8 * time.Millisecond   // how long a step puts messages
	foldRetry = time.Minute            // after a step that failed
	foldBurst = 1 << 17                // so many bytes within foldRest are a burst: they stop soon
)

// A logSize is how long an entry of the journal is.
type logSize struct {
	rev  uint64
	size int
	upTo int // with all before it, as far back as the tab knows
}

// lengthen notes one more entry of the journal.
func (a *Account) lengthen(rev uint64, size int) {
	upTo := size
	if n := len(a.journal); n > 0 {
		upTo += a.journal[n-1].upTo
	}
	a.journal = append(a.journal, logSize{rev, size, upTo})
}

// foldable is up to which rev the journal may be folded, and how long it is as
// far as that.
func (a *Account) foldable(keep int) (upTo uint64, size int) {
	for i := len(a.journal) - 1; i >= 0; i-- {
		entry := a.journal[i]
		if keep -= entry.size; keep < 0 {
			return entry.rev, entry.upTo - a.journal[0].upTo + a.journal[0].size
		}
	}
	return 0, 0
}

// A fold is a round of folding under way.
type fold struct {
	epoch   string
	book    *book  // of the reading that the records are of
	ids     *idSet // gets the identities that are put
	upTo    uint64 // the last rev to be folded
	records []foldRecord
	begun   bool      // what follows is known
	convs   []ConvKey // still to be put
	given   []uint64  // pages given up
}

type foldRecord struct {
	*record
	space Space
}

// A folder is what a Core keeps of folding.
type folder struct {
	now       *fold
	waiting   bool      // a timer runs
	committed time.Time // the last commit of this tab
	folded    time.Time // the last step
	length    int       // of the journal, upTo of its last entry, when that was last looked at
	looked    time.Time // when it was
}

// foldSoon sees to it that the journal is folded before long, if it is due.
func (c *Core) foldSoon() {
	f := &c.folder
	_, size := c.account.foldable(c.cfg.Journal.Keep)
	if f.waiting || f.now == nil && size < c.cfg.Journal.From || !c.store.Leads() {
		return
	}
	c.foldAfter(foldRest)
}

func (c *Core) foldAfter(delay time.Duration) {
	c.folder.waiting = true
	c.cfg.After(delay, func() {
		c.enqueue(&operation{name: "fold", solo: c.fold, done: func(error) {}})
	})
}

// burst reports whether the journal has grown as fast as in a burst since this was asked last.
func (f *folder) burst(a *Account) bool {
	length, looked := f.length, f.looked
	f.length, f.looked = 0, time.Now()
	if n := len(a.journal); n > 0 {
		f.length = a.journal[n-1].upTo
	}
	return (f.length-length)*int(foldRest) >= foldBurst*int(min(f.looked.Sub(looked), time.Hour))
}

// fold does a step, if this is the time.
func (c *Core) fold() {
	f := &c.folder
	f.waiting = false
	_, size := c.account.foldable(c.cfg.Journal.Keep)
	since := time.Since(f.committed)
	burst := f.burst(c.account)
	if since < foldRest && (size < c.cfg.Journal.Busy || size < c.cfg.Journal.AtAll && (burst || time.Since(f.folded) < foldRest)) {
		c.foldAfter(foldRest)
		return
	}
	if len(c.account.damage.all) > c.account.damage.aside { // folding gives up the place of what is damaged
		c.commit([]*operation{c.repair()})
	}
	if len(c.account.damage.all) > c.account.damage.aside {
		c.foldAfter(foldRetry)
		return
	}
	if err := c.foldStep(); err != nil {
		f.now = nil
		if CodeOf(err) != CodeStorageClosed {
			c.cfg.Report(err)
			c.foldAfter(foldRetry)
		}
		return
	}
	f.folded = time.Now()
	if f.now != nil && since > time.Second && time.Since(c.othersAt) > time.Second {
		c.foldAfter(foldQuick)
	} else if f.now != nil {
		c.foldAfter(foldGap)
	} else {
		c.foldSoon()
	}
}

// errDeposed says that the tab has let go of the lead.
var errDeposed = errors.New("this tab does not lead any more")

// foldStep does one step in a transaction of its own.
func (c *Core) foldStep() error {
	var next *Account
	var did *effects
	var learn func()
	err := c.store.Update(func(tx Tx) (err error) {
		c.expectOthers(tx)
		if next, did, err = c.follow(tx, c.account); err != nil {
			return err
		}
		if !c.store.Leads() { // any more: who does may take it that nobody else folds
			return errDeposed
		}
		next = next.clone()
		if now := c.folder.now; now == nil || now.epoch != next.meta.epoch || now.book != next.book { // the account was read anew
			c.folder.now = next.newFold(c.cfg.Journal)
		}
		c.folder.now.ids = c.ids
		learn, err = c.folder.now.step(next, c.cfg.Codec, tx)
		return err
	})
	if errors.Is(err, errDeposed) {
		c.folder.now = nil
		return nil
	}
	if err != nil {
		c.term = 0
		return err
	}
	if learn != nil {
		learn()
	} else {
		c.folder.now = nil
	}
	c.become(next, did)
	return nil
}

// newFold begins a round: it takes the oldest entries, and never the newest.
func (a *Account) newFold(j Journal) *fold {
	f := &fold{epoch: a.meta.epoch, book: a.book}
	f.upTo, _ = a.foldable(j.Keep)
	size := 0
	for _, entry := range a.journal {
		if size += entry.size; j.Round > 0 && size >= j.Round {
			f.upTo = min(f.upTo, entry.rev)
			break
		}
	}
	take := func(space Space, t table) {
		t.tree.Scan(func(r *record) bool {
			if r.rev <= f.upTo {
				f.records = append(f.records, foldRecord{r, space})
			}
			return true
		})
	}
	take(SpaceMessages, a.messages)
	take(SpaceIDs, a.ids)
	return f
}

// step folds some more. It returns what there is to learn once the step is
// durable, nil after the last one.
func (f *fold) step(a *Account, codec Codec, tx Tx) (learn func(), err error) {
	if f.upTo < a.meta.oldest { // another tab was quicker
		return nil, nil
	}
	if len(f.records) > 0 {
		n := f.putRecords(a, tx)
		return func() { f.records = f.records[n:] }, nil
	}
	if a.book.pages != a.meta.pages {
		return func() {}, a.readBook(tx)
	}
	if !f.begun {
		f.gather(a)
	}
	if len(f.convs) > 0 {
		return f.putPage(a, codec, tx), nil
	}
	f.finish(a, tx)
	return nil, nil
}

// putRecords puts messages and identities for a while and returns how many are
// done with. What has been put anew or dropped since is left to its own entry.
func (f *fold) putRecords(a *Account, tx Tx) int {
	begun := time.Now()
	for i, r := range f.records {
		if i%8 == 7 && time.Since(begun) > foldSlice {
			return i
		}
		if a.unfolded(r.space).has(r.record) {
			if r.space == SpaceIDs {
				f.ids.add(r.key)
			}
			tx.Put(r.space, r.key, r.value)
		}
	}
	return len(f.records)
}

// gather finds the conversations that only the journal has, and those of pages
// that are mostly waste or of an older version.
func (f *fold) gather(a *Account) {
	f.begun = true
	b := a.book
	pages := make([]uint64, 0, len(b.stored))
	waste, live, given := 0, map[uint64]int{}, map[uint64]bool{}
	for page, n := range b.stored {
		if b.old[page] { // it is written anew
			f.given, given[page] = append(f.given, page), true
			continue
		}
		pages = append(pages, page)
		live[page] = b.live[page]
		waste += n - live[page]
	}
	fresh := func(c *Conversation) bool { return c.rev >= a.meta.oldest && c.rev <= f.upTo }
	weight := 0
	a.byKey.Scan(func(c *Conversation) bool {
		weight += min(c.weight(), pageBytes)
		if fresh(c) {
			f.convs = append(f.convs, c.ConvKey)
			if c.page != 0 {
				live[c.page]--
				waste++
			}
		}
		return true
	})
	all := a.byKey.Len()
	full := max(all/pageSize, weight/pageBytes) // so many pages would do, about
	for len(pages) > 0 {
		least := 0
		for i, page := range pages {
			if live[page] < live[pages[least]] {
				least = i
			}
		}
		page := pages[least]
		if live[page] > 0 && waste <= pageSize+all/4 && len(pages) <= 8+2*full {
			break
		}
		waste -= b.stored[page] - live[page]
		f.given, given[page] = append(f.given, page), true
		pages[least] = pages[len(pages)-1]
		pages = pages[:len(pages)-1]
	}
	a.byKey.Scan(func(c *Conversation) bool {
		if given[c.page] && !fresh(c) {
			f.convs = append(f.convs, c.ConvKey)
		}
		return true
	})
}

// putPage writes one page.
func (f *fold) putPage(a *Account, codec Codec, tx Tx) (learn func()) {
	var page []*Conversation
	n, size := 0, 0
	for n < len(f.convs) && len(page) < pageSize && size < pageBytes {
		c := a.find(f.convs[n])
		n++
		page = append(page, c)
		size += c.weight()
	}
	a.meta.pages++
	number := a.meta.pages
	tx.Put(SpaceConvs, pageKey(number), encodePage(number, codec, page))
	tx.Put(SpaceMeta, MetaKey, encodeMeta(a.meta))
	return func() {
		f.convs = f.convs[n:]
		for _, c := range page {
			a.book.move(c, number)
		}
		a.book.stored[number], a.book.pages = len(page), number
	}
}

// finish shortens the journal and deletes the pages that were given up.
func (f *fold) finish(a *Account, tx Tx) {
	for _, page := range f.given {
		tx.Delete(SpaceConvs, pageKey(page))
		a.book.drop(page)
	}
	tx.DeleteRange(SpaceLog, "", logKey(f.upTo+1))
	if f.upTo == a.meta.rev {
		putVoid(tx, a.meta.rev)
	}
	a.meta.oldest = f.upTo + 1
	tx.Put(SpaceMeta, MetaKey, encodeMeta(a.meta))
	a.folded()
}

// folded forgets what the journal does not have any more.
func (a *Account) folded() {
	if len(a.journal) == 0 || a.journal[0].rev >= a.meta.oldest {
		return
	}
	a.messages.forget(a.meta.oldest)
	a.ids.forget(a.meta.oldest)
	n := 0
	for n < len(a.journal) && a.journal[n].rev < a.meta.oldest {
		n++
	}
	a.journal = a.journal[n:]
}
