package core

// meta are an account's counters. Every commit writes them, as part of its entry of the
// journal. A record of their own, which alone counts for epoch, oldest and pages, is
// written by folding, by what begins an epoch (the first commit, a wipe, a repair), where
// it was of an older version, and where damaged is set.
type meta struct {
	epoch   string   // random, made with the database
	rev     uint64   // number of commits
	oldest  uint64   // the first rev still in the journal: it is folded up to here
	pages   uint64   // number of the last page written
	arrival uint64   // number of messages ever stored
	live    int64    // largest activity key given to live activity
	joined  uint64   // number of joinings of groups
	pending uint64   // number of changes kept for messages that have not come
	muted   []byte   // the receive option for all conversations, as the codec writes it
	groups  []string // of conversations, in order of creation; never changed in place
	damaged bool     // there is something damaged that was put aside
	old     bool     // the record of them has no checksum
}

// A note is a draft or a clear on its way to a commit, written in the very
// task that made it. Its stamp is in milliseconds, grows within a tab and is
// above every stamp the tab has seen.
type note struct {
	conv  ConvKey
	tab   string // whose note in the store it is; empty: it is not there
	stamp int64
	draft []byte // nil: clear

	early func() // drops the note from Config.Early; nil where it is not there
}

// newer reports whether the note must still be applied to a conversation whose
// last draft or clear has that stamp. On equal stamps the clear wins.
func (n *note) newer(stamp int64) bool {
	return n.stamp > stamp || n.stamp == stamp && n.draft == nil
}
