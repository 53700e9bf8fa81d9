package jsapi

import (
	"math"

	"timconv/core"
)

// defaultRows is the count of a window that names none.
const defaultRows = 20

// window reads which part of which list is looked at.
func (a *args) window(i int) core.Window {
	w := core.Window{Count: defaultRows}
	a.json(i, value.isObject).each(func(key string, v value) {
		if v.absent() {
			return
		}
		bad, ok, n := &a.badJSON, true, uint64(0)
		switch key {
		case "id":
			w.ID, ok = v.text(), v.isString()
			a.badParam = a.badParam || !wellFormed(w.ID)
		case "filter":
			w.Any = a.filters(v)
		case "from":
			n, ok = v.enum(math.MaxInt32)
			w.From, bad = int(n), &a.badParam
		case "count":
			n, ok = v.enum(core.MostRows)
			w.Count, bad = int(n), &a.badParam
		case "locate":
			w.Locate, ok = convName(v.text())
			bad = &a.badConv
		}
		*bad = *bad || !ok
	})
	return w
}

// filters reads one filter, or several of which one has to pick; none where one
// of them has no condition.
func (a *args) filters(v value) (all []core.Filter) {
	if !v.isArray() {
		v = "[" + v + "]"
	}
	every := false
	v.each(func(_ string, v value) {
		f, conditions := a.filterOf(v)
		a.badJSON = a.badJSON || !v.isObject()
		all, every = append(all, f), every || conditions == 0
	})
	if every {
		all = nil
	}
	return all
}

func timConvSubscribeList(_ *Module, c *core.Core, a *args) func() {
	w := a.window(0)
	f := a.fn(1, 2)
	a.badParam = a.badParam || f.fn.Kind() != KindFunction
	return func() {
		c.SubscribeList(w, func(d *core.WindowDiff, err error) {
			if err != nil {
				d = &core.WindowDiff{ID: w.ID, From: w.From, Located: -1, Reset: true}
			}
			f.post(diffJSON(d, err), f.userData)
		})
	}
}

func timConvUnsubscribeList(_ *Module, c *core.Core, a *args) func() {
	id := a.text(0)
	return func() { c.SubscribeList(core.Window{ID: id}, nil) }
}

var opNames = [...]string{core.RowInsert: "insert", core.RowMove: "move", core.RowRemove: "remove", core.RowUpdate: "update"}

// diffJSON is what a window's subscriber hears; code and desc only of a failure.
func diffJSON(d *core.WindowDiff, err error) string {
	room := 200 + len(d.ID)
	for _, op := range d.Ops {
		room += 60
		if op.Conv != nil {
			room += len(op.Conv.Text(codec{}))
		}
	}
	w := &object{b: make([]byte, 0, room)}
	if err != nil {
		code, text := outcome(err)
		w.int("code", int64(code))
		w.text("desc", text)
	}
	w.uint("from", uint64(d.From))
	w.text("id", d.ID)
	w.int("located", int64(d.Located))
	w.key("ops")
	w.b = appendOps(w.b, d.Ops)
	w.bool("reset", d.Reset)
	w.uint("total", uint64(d.Total))
	return textOfBytes(w.end())
}

func appendOps(b []byte, ops []core.RowOp) []byte {
	b = append(b, '[')
	for i, op := range ops {
		if i > 0 {
			b = append(b, ',')
		}
		w := object{b: b}
		if op.Conv != nil {
			w.key("conv")
			w.b = append(w.b, op.Conv.Text(codec{})...)
		}
		if op.Kind == core.RowMove {
			w.uint("from", uint64(op.From))
		}
		w.uint("index", uint64(op.Index))
		w.text("op", opNames[op.Kind])
		b = w.end()
	}
	return append(b, ']')
}
