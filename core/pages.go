package core

import "strconv"

// Conversations lie in pages, many to a value: browsers read a few large values
// much faster than many small ones. A page is written once and never changed.
// What changes goes to the journal and, with folding, to a new page, so that the
// copy in the older page is waste. Of several copies the one in the newest page
// is the conversation. A page that is mostly waste is given up: what is left of
// it is folded with the rest.

// A page takes pageSize conversations, or fewer that weigh pageBytes. Chromium compresses a
// value of more than 64 kB, and puts one that is still longer into a file of its own, which
// takes longer to read: pages of twice that stay inside.
const (
	pageSize  = 128
	pageBytes = 128 << 10
)

// weight is about how many bytes of a page a conversation takes.
func (c *Conversation) weight() int {
	const rest = 800 // its head, and what the text has beside these
	weight := rest + len(c.Draft) + len(c.Custom)
	if c.Last != nil {
		weight += len(c.Last.Raw)
	}
	return weight
}

// pagesAtOnce is how many pages are read with one request.
const pagesAtOnce = 64

// oldPage is the version of pages without checksums. In version 1 of the format each
// conversation was a value of its own.
const oldPage = 2

// A book says how much of each page is not waste.
type book struct {
	pages  uint64          // meta.pages when it was right
	stored map[uint64]int  // conversations by page
	live   map[uint64]int  // those of them of which it is the newest copy
	old    map[uint64]bool // pages of an older version
}

func newBook() *book {
	return &book{stored: map[uint64]int{}, live: map[uint64]int{}, old: map[uint64]bool{}}
}

// take notes a page that was read.
func (b *book) take(r *pageReader) {
	if r.number != 0 {
		b.stored[r.number] = max(r.count, r.seen)
	}
	if r.isOld {
		b.old[r.number] = true
	}
}

// drop forgets a page.
func (b *book) drop(page uint64) {
	delete(b.stored, page)
	delete(b.live, page)
	delete(b.old, page)
}

// move notes that the newest copy of a conversation is now in that page.
func (b *book) move(c *Conversation, page uint64) {
	if c.page != 0 {
		b.live[c.page]--
	}
	c.page = page
	b.live[page]++
}

// pageKey sorts by number.
func pageKey(number uint64) string { return string(appendHex(nil, number, 12)) }

// encodePage writes a page: its header and its conversations, each a part. Beside
// its fields a conversation has its text, so that a list can be given out without
// writing one anew.
func encodePage(number uint64, codec Codec, convs []*Conversation) []byte {
	w := newWriter(recordVersion, 64+len(convs)*1536)
	from := w.begin()
	w.uint(number)
	w.string(codec.Form())
	w.uint(uint64(len(convs)))
	w.finish(from, partHeader)
	for _, c := range convs {
		from := w.begin()
		w.pageConversation(c, codec)
		w.finish(from, partRow)
	}
	return w.b
}

// decodeInPage reads a conversation of a page.
func decodeInPage(record []byte, c *Conversation) error {
	r := reader{b: record, what: "conversation in a page"}
	r.pageConversation(c)
	return r.end()
}

// A pageReader takes a page apart.
type pageReader struct {
	reader       // of a page of version 2
	parts  parts // of others
	page   []byte
	key    string // where it lies
	number uint64 // 0: it cannot be told
	form   string // of the texts
	count  int    // how many conversations it has
	isOld  bool   // of version 2
	seen   int    // how many have been read, or could not be
	header bool   // it could be read
	first  int    // where the conversations begin
}

// readPage reads what a page has beside its conversations. Where that cannot be read
// they still are: what they are is not told by it.
func readPage(page []byte) *pageReader {
	r := &pageReader{page: page}
	if r.isOld = len(page) > 0 && page[0] == oldPage; r.isOld {
		r.reader = *newReader(oldPage, page, "page")
		r.number, r.form, r.count = r.uint(), r.string(), r.length(pageRowSize)
		r.header = r.err == nil
		return r
	}
	r.parts = parts{b: page, at: min(1, len(page))}
	r.first = r.parts.at
	if kind, part := r.parts.next(); kind == partHeader || kind == partDamaged {
		r.first = r.parts.at
		if part = unsealed(part); kind == partHeader && part != nil {
			head := reader{b: part, what: "page"}
			number, form, count := head.uint(), head.string(), head.uint()
			if count <= uint64((len(page)-r.first)/pageRowSize) && head.end() == nil {
				r.number, r.form, r.count, r.header = number, form, int(count), page[0] == recordVersion
			}
		}
	} else {
		r.parts.at = r.first
	}
	return r
}

// next reads a conversation into c, or returns what cannot be read of it. At the end
// it returns false.
func (r *pageReader) next(c *Conversation) (damaged []byte, more bool) {
	if r.isOld {
		if r.seen++; r.seen > r.count || r.err != nil {
			return nil, false
		}
		from := r.at
		record := r.bytes()
		if r.err != nil {
			return r.page[from:], true
		} else if decodeInPage(record, c) != nil {
			return record, true
		}
		return nil, true
	}
	from := r.parts.at
	kind, part := r.parts.next()
	if part == nil {
		return nil, false
	}
	r.seen++
	if record := unsealed(part); kind != partRow || record == nil || decodeInPage(record, c) != nil {
		return r.page[from:r.parts.at], true
	}
	return nil, true
}

// each calls visit for the conversations of a page, and finds the others. What visit
// gets lies with the others of the page in memory.
func (r *pageReader) each(d *damage, visit func(*Conversation)) {
	convs, damaged := make([]Conversation, r.count), false
	for {
		if len(convs) == 0 {
			convs = make([]Conversation, 1)
		}
		bytes, more := r.next(&convs[0])
		if !more {
			break
		}
		if bytes != nil {
			d.find(SpaceConvs, r.key+"/"+strconv.Itoa(r.seen), bytes)
			convs[0], damaged = Conversation{}, true
			continue
		}
		visit(&convs[0])
		convs = convs[1:]
	}
	switch {
	case !r.header && !r.isOld:
		d.find(SpaceConvs, r.key, r.page[:r.first])
	case r.isOld && r.end() != nil && !damaged:
		d.find(SpaceConvs, r.key, r.page)
	case r.seen < r.count && !damaged: // what was there is gone
		d.find(SpaceConvs, r.key, nil)
	}
}

// eachPage calls visit for every page, oldest first. Every pagesAtOnce pages are
// a task of the host of their own, whether they were read ahead or not; the host reads
// the next while they are visited.
func eachPage(tx Tx, visit func(*pageReader)) error {
	keys, err := tx.Keys(SpaceConvs, "", "", 0)
	if err != nil {
		return err
	}
	expect := func(i int) {
		if i < len(keys) {
			tx.ExpectValues(SpaceConvs, keys[i], "", pagesAtOnce)
		}
	}
	expect(0)
	for i := 0; i < len(keys); i += pagesAtOnce {
		if i > 0 {
			if err := tx.Breathe(); err != nil {
				return err
			}
		}
		expect(i + pagesAtOnce)
		pages, err := tx.Values(SpaceConvs, keys[i], "", pagesAtOnce)
		if err != nil {
			return err
		}
		for j, page := range pages {
			r := readPage(page)
			if r.key = keys[i+j]; r.key != pageKey(r.number) || !r.header { // the page itself does not tell
				r.number, _ = strconv.ParseUint(r.key, 16, 64)
			}
			visit(r)
		}
	}
	return nil
}

// readPages puts all conversations that lie in pages into an account that is
// empty.
func (a *Account) readPages(tx Tx, codec Codec) error {
	a.book.pages = a.meta.pages
	form := codec.Form()
	var all []*Conversation // oldest page first
	err := eachPage(tx, func(r *pageReader) {
		r.each(a.damage, func(c *Conversation) {
			if r.form != form {
				c.fragment = nil
			}
			c.page = r.number
			all = append(all, c)
		})
		a.book.take(r)
	})
	if err == nil && len(all) > pageSize {
		err = tx.Breathe()
	}
	a.fill(all)
	return err
}

// fill puts conversations into an account that is empty; of several of one name
// it takes the last. Trees are built several times faster from what is in order.
func (a *Account) fill(all []*Conversation) {
	named := byName(all)
	shown := all[:0]
	for i, r := range named {
		c := r.Conversation
		if i+1 < len(named) && named[i+1].rank == r.rank && named[i+1].ConvKey == c.ConvKey {
			continue
		}
		a.byKey.Load(c)
		a.book.live[c.page]++
		a.stamp = max(a.stamp, c.DraftStamp)
		if c.Exists {
			a.tally(c, 1)
			shown = append(shown, c)
		}
	}
	for _, r := range byOrder(shown) {
		a.order.Load(r.Conversation)
	}
}

// readBook finds out anew in which page each conversation lies, after another
// tab has folded.
func (a *Account) readBook(tx Tx) error {
	*a.book = *newBook()
	a.book.pages = a.meta.pages
	a.byKey.Scan(func(c *Conversation) bool { c.page = 0; return true })
	return eachPage(tx, func(r *pageReader) {
		r.each(a.damage, func(stored *Conversation) {
			if c := a.find(stored.ConvKey); c != nil {
				a.book.move(c, r.number)
			}
		})
		a.book.take(r)
	})
}
