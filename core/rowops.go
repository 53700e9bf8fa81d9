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

// rowOps is how to get from one list of rows to another: removals, the last row
// first, then what is to be done from the top on. Where nothing stays it says to
// begin anew, and leaves the removals out. It is not always the shortest way,
// but what one row did is told in one step, and one more if the row changed.
func rowOps(old, now []*Conversation, codec Codec) (reset bool, ops []RowOp) {
	same := len(old) == len(now)
	for i := 0; same && i < len(now); i++ {
		same = old[i] == now[i]
	}
	if same {
		return false, nil
	}
	step := func(kind RowOpKind, index, from int, conv *Conversation) {
		ops = append(ops, RowOp{kind, index, from, conv})
	}
	stays := map[ConvKey]bool{}
	for _, c := range now {
		stays[c.ConvKey] = true
	}
	rows := append([]*Conversation(nil), old...)
	for i := len(rows) - 1; i >= 0; i-- {
		if !stays[rows[i].ConvKey] {
			moveRow(rows, i, len(rows)-1)
			rows = rows[:len(rows)-1]
			step(RowRemove, i, 0, nil)
		}
	}
	if len(rows) == 0 && len(old) > 0 {
		reset, ops = true, nil
	}
	for i, c := range now {
		from := findRow(rows, i, c)
		if from < 0 {
			rows = append(rows, c)
			moveRow(rows, len(rows)-1, i)
			step(RowInsert, i, 0, c)
			continue
		}
		if from != i {
			to, down := i, min(findRow(now, i, rows[i]), len(rows)-1)
			if from == i+1 && down > from { // rather than all below it one by one, what stands here has moved
				from, to = i, down
			}
			moveRow(rows, from, to)
			step(RowMove, to, from, nil)
		}
		if was := rows[i]; was != c && string(was.Text(codec)) != string(c.Text(codec)) {
			step(RowUpdate, i, 0, c)
		}
	}
	return reset, ops
}

// findRow finds a conversation among rows by its name, -1 where it is not.
func findRow(rows []*Conversation, from int, c *Conversation) int {
	for i := from; i < len(rows); i++ {
		if rows[i] == c || rows[i].ConvKey == c.ConvKey {
			return i
		}
	}
	return -1
}

// moveRow takes a row out and puts it in elsewhere.
func moveRow(rows []*Conversation, from, to int) {
	c := rows[from]
	copy(rows[from:], rows[from+1:])
	copy(rows[to+1:], rows[to:])
	rows[to] = c
}
