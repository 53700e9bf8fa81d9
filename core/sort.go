package core

// A start sorts all conversations twice. Following a pointer to what is compared costs
// more than to compare it, so that each goes with a number that decides nearly always.
type ranked struct {
	rank uint64
	*Conversation
}

// byName sorts as keyLess says and keeps the order of equals.
func byName(convs []*Conversation) []ranked {
	var common [1 << 8]string // what all ids of a type begin with
	var known [1 << 8]bool
	for _, c := range convs {
		prefix := common[c.Type]
		if !known[c.Type] {
			prefix, known[c.Type] = c.ID, true
		}
		n := 0
		for n < min(len(prefix), len(c.ID)) && prefix[n] == c.ID[n] {
			n++
		}
		common[c.Type] = prefix[:n]
	}
	all := make([]ranked, len(convs))
	for i, c := range convs {
		rank, rest := uint64(c.Type), c.ID[len(common[c.Type]):]
		for n := range 7 {
			if rank <<= 8; n < len(rest) {
				rank |= uint64(rest[n])
			}
		}
		all[i] = ranked{rank, c}
	}
	sortRanked(all, keyLess)
	return all
}

// byOrder sorts as orderLess says.
func byOrder(convs []*Conversation) []ranked {
	all := make([]ranked, len(convs))
	for i, c := range convs {
		rank := ^(uint64(c.Active) ^ 1<<63) >> 1 // the last bit is left to orderLess
		if !c.Pinned {
			rank |= 1 << 63
		}
		all[i] = ranked{rank, c}
	}
	sortRanked(all, orderLess)
	return all
}

// sortRanked sorts by rank, and by less where ranks are equal. What is in order already
// costs one comparison each.
func sortRanked(all []ranked, less func(a, b *Conversation) bool) {
	before := func(a, b ranked) bool {
		return a.rank < b.rank || a.rank == b.rank && less(a.Conversation, b.Conversation)
	}
	var sort func(all, spare []ranked)
	sort = func(all, spare []ranked) {
		n := len(all) / 2
		if n == 0 {
			return
		}
		sort(all[:n], spare[:n])
		sort(all[n:], spare[n:])
		if !before(all[n], all[n-1]) {
			return
		}
		copy(spare, all)
		left, right := spare[:n], spare[n:]
		for i := range all {
			if len(right) > 0 && (len(left) == 0 || before(right[0], left[0])) {
				all[i], right = right[0], right[1:]
			} else {
				all[i], left = left[0], left[1:]
			}
		}
	}
	sort(all, make([]ranked, len(all)))
}
