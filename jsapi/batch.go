package jsapi

import (
	"math"
	"strconv"
	"strings"

	"timconv/core"
)

// Limits of batch calls.
const (
	maxBatch      = 100 // conversations in one call
	maxCustomData = 256 // bytes
)

// How conversations are named where one text must also tell the type.
const (
	prefixC2C   = "c2c_"
	prefixGroup = "group_"
)

// convName reads a prefixed name.
func convName(name string) (core.ConvKey, bool) {
	if id, ok := strings.CutPrefix(name, prefixC2C); ok && validID(id) {
		return core.ConvKey{Type: core.C2C, ID: id}, true
	}
	id, ok := strings.CutPrefix(name, prefixGroup)
	return core.ConvKey{Type: core.Group, ID: id}, ok && validID(id)
}

// A batch is an array of prefixed names: each has its own result.
type batch struct {
	names  []string
	keys   []core.ConvKey // of the names that can be one, in order
	places []int          // of the keys among the names
}

// batch reads an array of prefixed names. Of names that are none the result
// will tell.
func (a *args) batch(i int) *batch {
	b := &batch{}
	for _, v := range a.json(i, value.isArray).elements() {
		name := v.text()
		a.badJSON = a.badJSON || !v.isString()
		if key, ok := convName(name); ok {
			b.keys = append(b.keys, key)
			b.places = append(b.places, len(b.names))
		}
		b.names = append(b.names, name)
	}
	a.badJSON = a.badJSON || !a.badParam && len(b.names) == 0
	return b
}

// run answers a batch that is too large, and has work do any other.
func (b *batch) run(reply answer, work func(done func([]error, error))) {
	if len(b.names) > maxBatch {
		reply(codeTooManyAtOnce, "more than 100 conversations in one call", "[]")
		return
	}
	work(func(results []error, err error) { b.answer(reply, results, err) })
}

// answer tells the result of each name, and success where one succeeded.
func (b *batch) answer(reply answer, results []error, err error) {
	code, text := outcome(err)
	if err != nil {
		reply(code, text, "[]")
		return
	}
	codes, texts := make([]int, len(b.names)), make([]string, len(b.names))
	for i := range codes {
		codes[i], texts[i] = codeInvalidParameters, "no conversation has such an id"
	}
	for i, place := range b.places {
		codes[place], texts[place] = outcome(results[i])
	}
	list, succeededOnce := array{}, false
	for i, name := range b.names {
		succeededOnce = succeededOnce || codes[i] == succeeded
		w := &object{}
		w.text("conversation_operation_result_conversation_id", name)
		w.int("conversation_operation_result_result_code", int64(codes[i]))
		w.text("conversation_operation_result_result_info", texts[i])
		list.add(w.end())
	}
	if !succeededOnce {
		code, text = codeNoSuccess, "no conversation could be changed"
	}
	reply(code, text, list.text())
}

func timConvDeleteConversationList(_ *Module, c *core.Core, a *args) func() {
	b, clear, reply := a.batch(0), a.bool(1), a.callback(2)
	return func() {
		b.run(reply, func(done func([]error, error)) {
			c.DeleteAll(b.keys, clear, func(err error) { done(make([]error, len(b.keys)), err) })
		})
	}
}

func timConvSetConversationCustomData(_ *Module, c *core.Core, a *args) func() {
	b, data, reply := a.batch(0), a.text(1), a.callback(2)
	return func() {
		if len(data) > maxCustomData {
			reply(codeInvalidParameters, "custom data of more than 256 bytes", "[]")
			return
		}
		b.run(reply, func(done func([]error, error)) { c.SetCustom(b.keys, data, done) })
	}
}

func timConvMarkConversation(_ *Module, c *core.Core, a *args) func() {
	b, bits, enable, reply := a.batch(0), a.uint(1), a.bool(2), a.callback(3)
	a.badParam = a.badParam || bits == 0
	return func() {
		b.run(reply, func(done func([]error, error)) { c.Mark(b.keys, bits, enable, done) })
	}
}

// markBits reads a mark value from JSON: a number, or its digits as a text. Of a
// number the nearest double counts where that is a single bit: JavaScript wrote
// it, and lost digits.
func markBits(v value) (uint64, bool) {
	if v.isString() {
		n, err := strconv.ParseUint(v.text(), 10, 64)
		return n, err == nil
	}
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil || !v.isNumber() || f < 0 || f >= 1<<64 || f != math.Trunc(f) {
		return 0, false
	}
	if frac, _ := math.Frexp(f); frac == 0.5 || f < 1<<53 { // a power of two, or exact
		return uint64(f), true
	}
	n, err := strconv.ParseUint(string(v), 10, 64)
	return n, err == nil
}
