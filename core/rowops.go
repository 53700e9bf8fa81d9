package core

// RowOpKind is what happens to a row.
type RowOpKind uint8

// The kinds of row operation.
const (
	RowInsert RowOpKind = iota // Conv comes in at Index
	RowMove                    // the row at From is taken out, and put in at Index
	RowRemove                  // the row at Index goes
	RowUpdate                  // the row at Index is Conv now
)

// A RowOp is one step from the rows of a window as they were to those that are
// now. Places count from the window's first row, at that step.
type RowOp struct {
	Kind        RowOpKind
	Index, From int
	Conv        *Conversation // of RowInsert and RowUpdate
}

// rowOps is how to get from one list of rows to another: removals from the end
// on, then moves, insertions and updates from the top. Where nothing stays it
// says to begin anew, and the removals are left out.
func rowOps(old, now []*Conversation, codec Codec) (reset bool, ops []RowOp) {
	skip := 0 // rows that are the same at the top, and at the end
	for skip < min(len(old), len(now)) && old[skip] == now[skip] {
		skip++
	}
	same := 0
	for same < min(len(old), len(now))-skip && old[len(old)-1-same] == now[len(now)-1-same] {
		same++
	}
	were, are := old[skip:len(old)-same], now[skip:len(now)-same]

	place := make(map[ConvKey]int64, len(are))
	for i, c := range are {
		place[c.ConvKey] = int64(i)
	}
	var stay []*Conversation
	stays := make([]*Conversation, len(are)) // those that were there, as they were, where they are now
	for _, c := range were {
		if at, ok := place[c.ConvKey]; ok {
			stay, stays[at] = append(stay, c), c
		}
	}
	for i := len(were) - 1; i >= 0; i-- {
		if _, ok := place[were[i].ConvKey]; !ok {
			ops = append(ops, RowOp{Kind: RowRemove, Index: skip + i})
		}
	}
	if len(stay) == 0 && skip+same == 0 && len(old) > 0 {
		reset, ops = true, nil
	}
	ops = append(ops, rowMoves(stay, stays, skip)...)
	for i, c := range are {
		if stays[i] == nil {
			ops = append(ops, RowOp{Kind: RowInsert, Index: skip + i, Conv: c})
		}
	}
	for i, c := range are {
		if was := stays[i]; was != nil && was != c && string(was.Text(codec)) != string(c.Text(codec)) {
			ops = append(ops, RowOp{Kind: RowUpdate, Index: skip + i, Conv: c})
		}
	}
	return reset, ops
}

// rowMoves brings rows into the order that they have in sorted, which may hold
// nil in between. It is not always the shortest way, but one row is one move.
func rowMoves(rows, sorted []*Conversation, skip int) (ops []RowOp) {
	rows = append([]*Conversation(nil), rows...)
	var want []*Conversation
	for _, c := range sorted {
		if c != nil {
			want = append(want, c)
		}
	}
	find := func(in []*Conversation, from int, c *Conversation) int {
		for in[from] != c {
			from++
		}
		return from
	}
	for i := range want {
		if rows[i] == want[i] {
			continue
		}
		from, to := find(rows, i, want[i]), i
		if from == i+1 { // rather than rows below it one by one, what stood here moved down
			from, to = i, find(want, i, rows[i])
		}
		c := rows[from]
		if from < to {
			copy(rows[from:to], rows[from+1:])
		} else {
			copy(rows[to+1:from+1], rows[to:from])
		}
		rows[to] = c
		ops = append(ops, RowOp{Kind: RowMove, From: skip + from, Index: skip + to})
	}
	return ops
}
