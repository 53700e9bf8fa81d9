package core

// Conversations lie in pages, many to a value: browsers read a few large values
// much faster than many small ones. A page is written once and never changed.
// What changes goes to the journal and, with folding, to a new page, so that the
// copy in the older page is waste. Of several copies the one in the newest page
// is the conversation. A page that is mostly waste is given up: what is left of
// it is folded with the rest.

// A page takes pageSize conversations, or fewer that have pageBytes.
const (
	pageSize  = 256
	pageBytes = 512 << 10
)

// pagesAtOnce is how many pages are read with one request.
const pagesAtOnce = 16

// pageVersion is that of pages. In version 1 of the format each conversation was
// a value of its own.
const pageVersion = 2

// A book says how much of each page is not waste.
type book struct {
	pages  uint64         // meta.pages when it was right
	stored map[uint64]int // conversations by page
	live   map[uint64]int // those of them of which it is the newest copy
}

func newBook() *book { return &book{stored: map[uint64]int{}, live: map[uint64]int{}} }

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

// encodePage writes a page. Beside its fields each conversation has its text,
// so that a list can be given out without writing one anew.
func encodePage(number uint64, codec Codec, convs []*Conversation) []byte {
	w := newWriter(pageVersion, 64+len(convs)*1536)
	w.uint(number)
	w.string(codec.Form())
	w.uint(uint64(len(convs)))
	var record writer
	for _, c := range convs {
		record.b = record.b[:0]
		record.pageConversation(c, codec)
		w.bytes(record.b)
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
	reader
	number uint64
	form   string // of the texts
	count  int
}

func readPage(page []byte) *pageReader {
	r := &pageReader{reader: *newReader(pageVersion, page, "page")}
	r.number, r.form, r.count = r.uint(), r.string(), r.length(pageRowSize)
	return r
}

// eachPage calls visit for every page, oldest first. Every pagesAtOnce pages are
// a task of the host of their own.
func eachPage(tx Tx, visit func(*pageReader)) error {
	from := ""
	for {
		pages, err := tx.Values(SpaceConvs, from, "", pagesAtOnce)
		if err != nil {
			return err
		}
		for _, page := range pages {
			visit(readPage(page))
		}
		if len(pages) < pagesAtOnce {
			return nil
		}
		last := readPage(pages[pagesAtOnce-1])
		if last.err != nil || pageKey(last.number) < from { // where it lies cannot be told
			pages, err = tx.Values(SpaceConvs, from, "", 0)
			if err != nil {
				return err
			}
			for _, page := range pages[pagesAtOnce:] {
				visit(readPage(page))
			}
			return nil
		}
		from = pageKey(last.number + 1)
	}
}

// readPages puts all conversations that lie in pages into an account that is
// empty. It returns how many records could not be read.
func (a *Account) readPages(tx Tx, codec Codec) (bad int, err error) {
	a.book.pages = a.meta.pages
	form := codec.Form()
	var all []*Conversation // oldest page first
	err = eachPage(tx, func(r *pageReader) {
		convs := make([]Conversation, r.count)
		for i := range convs {
			record := r.bytes()
			if r.err != nil {
				break
			}
			c := &convs[i]
			if decodeInPage(record, c) != nil {
				bad++
				continue
			}
			if r.form != form {
				c.fragment = nil
			}
			c.page = r.number
			all = append(all, c)
		}
		a.book.stored[r.number] = r.count
		if r.end() != nil {
			bad++
		}
	})
	a.fill(all)
	return bad, err
}

// fill puts conversations into an account that is empty; of several of one name
// it takes the last. Trees are built several times faster from what is in order.
func (a *Account) fill(all []*Conversation) {
	sortConversations(all, keyLess)
	var shown []*Conversation
	for i, c := range all {
		if i+1 < len(all) && all[i+1].ConvKey == c.ConvKey {
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
	sortConversations(shown, orderLess)
	for _, c := range shown {
		a.order.Load(c)
	}
}

// sortConversations sorts and keeps the order of equals. What is in order
// already costs one comparison each.
func sortConversations(convs []*Conversation, less func(a, b *Conversation) bool) {
	spare := make([]*Conversation, len(convs))
	var sort func(convs, spare []*Conversation)
	sort = func(convs, spare []*Conversation) {
		n := len(convs) / 2
		if n == 0 {
			return
		}
		sort(convs[:n], spare[:n])
		sort(convs[n:], spare[n:])
		if !less(convs[n], convs[n-1]) {
			return
		}
		copy(spare, convs)
		left, right := spare[:n], spare[n:]
		for i := range convs {
			if len(right) > 0 && (len(left) == 0 || less(right[0], left[0])) {
				convs[i], right = right[0], right[1:]
			} else {
				convs[i], left = left[0], left[1:]
			}
		}
	}
	sort(convs, spare)
}

// readBook finds out anew in which page each conversation lies, after another
// tab has folded.
func (a *Account) readBook(tx Tx) error {
	*a.book = *newBook()
	a.book.pages = a.meta.pages
	a.byKey.Scan(func(c *Conversation) bool { c.page = 0; return true })
	return eachPage(tx, func(r *pageReader) {
		for range r.count {
			var stored Conversation
			if decodeInPage(r.bytes(), &stored) != nil {
				continue
			}
			if c := a.find(stored.ConvKey); c != nil {
				a.book.move(c, r.number)
			}
		}
		a.book.stored[r.number] = r.count
	})
}
