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
	place := func(v value, most uint64) int {
		n, ok := v.uint()
		a.badJSON = a.badJSON || !v.isNumber()
		a.badParam = a.badParam || !ok || n > most
		return int(n)
	}
	a.json(i, value.isObject).each(func(key string, v value) {
		if v.absent() {
			return
		}
		switch key {
		case "id":
			a.badJSON = a.badJSON || !v.isString()
			w.ID = v.text()
		case "filter":
			w.Any = a.filters(v)
		case "from":
			w.From = place(v, math.MaxInt32)
		case "count":
			w.Count = place(v, core.MostRows)
		case "locate":
			a.badJSON = a.badJSON || !v.isString()
			key, ok := convName(v.text())
			a.badConv = a.badConv || !ok
			w.Locate = &key
		}
	})
	return w
}

// filters reads one filter, or several of which one has to pick.
func (a *args) filters(v value) (all []core.Filter) {
	list := v.elements()
	if !v.isArray() {
		list = []value{v}
	}
	for _, v := range list {
		f, _ := a.filterOf(v)
		a.badJSON = a.badJSON || !v.isObject()
		all = append(all, f)
	}
	return all
}

func timConvSubscribeList(_ *Module, c *core.Core, a *args) func() {
	w := a.window(0)
	fn, userData := a.at(1), a.at(2)
	a.badParam = a.badParam || !wellFormed(w.ID) || fn.Kind() != KindFunction || !c.AcceptsList(w.ID)
	return func() {
		c.SubscribeList(w, func(d *core.WindowDiff, err error) {
			if err != nil {
				d = &core.WindowDiff{ID: w.ID, From: w.From, Reset: true}
			}
			fn.Post(diffJSON(d, err), userData)
		})
	}
}

func timConvUnsubscribeList(_ *Module, c *core.Core, a *args) func() {
	id := a.text(0)
	return func() { c.UnsubscribeList(id) }
}

var opNames = [...]string{core.RowInsert: "insert", core.RowMove: "move", core.RowRemove: "remove", core.RowUpdate: "update"}

// diffJSON is what a window's subscriber hears; code and desc only of a failure.
func diffJSON(d *core.WindowDiff, err error) string {
	w := &object{}
	if err != nil {
		code, text := outcome(err)
		w.int("code", int64(code))
		w.text("desc", text)
	}
	w.uint("from", uint64(d.From))
	w.text("id", d.ID)
	if d.Located != nil {
		w.int("located", int64(*d.Located))
	}
	w.raw("ops", opsJSON(d.Ops))
	w.bool("reset", d.Reset)
	w.uint("total", uint64(d.Total))
	return string(w.end())
}

func opsJSON(ops []core.RowOp) string {
	size := 2
	for _, op := range ops {
		if size += 50; op.Conv != nil {
			size += len(op.Conv.Text(codec{}))
		}
	}
	list := array{b: make([]byte, 0, size)}
	for _, op := range ops {
		list.next()
		w := &object{b: list.b}
		if op.Conv != nil {
			w.raw("conv", string(op.Conv.Text(codec{})))
		}
		if op.Kind == core.RowMove {
			w.uint("from", uint64(op.From))
		}
		w.uint("index", uint64(op.Index))
		w.text("op", opNames[op.Kind])
		list.b = w.end()
	}
	return list.text()
}
