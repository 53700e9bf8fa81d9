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

// sortRanked sorts by rank, and by less where ranks are equal.
func sortRanked(all []ranked, less func(a, b *Conversation) bool) {
	spare := make([]ranked, len(all))
	byRank(all, spare)
	for from, end := 0, 0; from < len(all); from = end {
		for end = from + 1; end < len(all) && all[end].rank == all[from].rank; end++ {
		}
		merge(all[from:end], spare, less)
	}
}

// merge sorts by less. What is in order already costs one comparison each.
func merge(all, spare []ranked, less func(a, b *Conversation) bool) {
	n := len(all) / 2
	if n == 0 {
		return
	}
	merge(all[:n], spare, less)
	merge(all[n:], spare, less)
	if !less(all[n].Conversation, all[n-1].Conversation) {
		return
	}
	left, right := spare[:n], all[n:]
	copy(left, all)
	for i := range all {
		if len(left) == 0 {
			return // the others are where they belong
		}
		if len(right) > 0 && less(right[0].Conversation, left[0].Conversation) {
			all[i], right = right[0], right[1:]
		} else {
			all[i], left = left[0], left[1:]
		}
	}
}

// byRank sorts by rank alone and keeps the order of equals: byte by byte, the lowest
// first, but those that are the same in all. It compares nothing, which matters at a
// start: code that runs for the first time is slow.
func byRank(all, spare []ranked) {
	var counts [8][1 << 8]int // of the values that each byte has; then where the next such one goes
	for _, r := range all {
		for i, rank := 0, r.rank; i < len(counts); i, rank = i+1, rank>>8 {
			counts[i][byte(rank)]++
		}
	}
	from, to := all, spare
	for i := range counts {
		next, shift := &counts[i], 8*i
		if len(all) == 0 || next[byte(all[0].rank>>shift)] == len(all) {
			continue
		}
		at := 0
		for value, n := range next {
			next[value] = at
			at += n
		}
		for _, r := range from {
			place := &next[byte(r.rank>>shift)]
			to[*place] = r
			*place++
		}
		from, to = to, from
	}
	copy(all, from)
}
