package core

// A hint is what tabs announce to each other: a commit is about to start, or
// is complete.
type hint struct {
	kind  hintKind
	epoch string
	rev   uint64
}

type hintKind uint64

const (
	hintStart hintKind = 1
	hintDone  hintKind = 2
)

func (h hint) encode() []byte {
	w := newWriter(oldRecord, 16)
	w.uint(uint64(h.kind))
	w.string(h.epoch)
	w.uint(h.rev)
	return w.b
}

func decodeHint(b []byte) (hint, bool) {
	r := newReader(oldRecord, b, "hint")
	h := hint{kind: hintKind(r.uint()), epoch: r.string(), rev: r.uint()}
	return h, r.end() == nil && (h.kind == hintStart || h.kind == hintDone)
}
