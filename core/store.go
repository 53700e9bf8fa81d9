package core

import "errors"

// ErrTaken is wrapped by the error of an Update that adds what is there.
var ErrTaken = errors.New("the key has a value")

// Space names one keyed collection of a Store.
type Space string

// The spaces of an account. Commit transactions cover all but SpaceNotes,
// which PutNote and DeleteNote write on their own.
const (
	SpaceMeta     Space = "meta"     // epoch, rev, counters; messages being sent; changes of messages to come; the last wipe
	SpaceConvs    Space = "convs"    // pages of conversations
	SpaceMessages Space = "messages" // message records, in order within a conversation
	SpaceIDs      Space = "ids"      // message identities to message keys
	SpaceLog      Space = "log"      // the journal: what each commit did, by rev
	SpaceNotes    Space = "notes"    // write-ahead notes of drafts
)

// Spaces lists every space a Store must hold.
var Spaces = []Space{SpaceMeta, SpaceConvs, SpaceMessages, SpaceIDs, SpaceLog, SpaceNotes}

// A Store keeps the records of one account, shared by every tab that opened
// the same account. Values are opaque bytes; a stored value is never changed
// in place, neither by the store nor by who reads it. All methods may be
// called from any goroutine; Update and View block it.
//
// Errors carry a Code: CodeQuota when the disk is full, CodeStorageClosed when
// the store has been closed for good (Close, a newer format), CodeStorage for everything else. After CodeStorage the next call
// opens the database afresh, so that a caller may simply try again.
type Store interface {
	// Update runs fn inside one readwrite transaction over every space but
	// SpaceNotes and returns nil only when the transaction is durable. An
	// error from fn, or from any request, leaves nothing behind; so does a panic
	// of fn, which goes on to the caller. Inside fn nothing may be waited for
	// but the methods of tx.
	Update(fn func(tx Tx) error) error

	// UpdateAll is Update over every space, SpaceNotes too. What is issued by
	// PutNote while it runs takes effect after it; Breathe does nothing.
	UpdateAll(fn func(tx Tx) error) error

	// View runs fn inside one readonly transaction over every space. It sees
	// one consistent state.
	View(fn func(tx Tx) error) error

	// PutNote issues the write of a note at once, in the caller's task, and
	// does not wait: the write needs no further help from this tab to become
	// durable. DeleteNote removes it in the same manner, after every earlier
	// PutNote of the same key.
	PutNote(key string, value []byte)
	DeleteNote(key string)

	// Unaided reports whether an Update becomes durable without further help from this tab,
	// as a note does, once its fn has returned, if that has waited for nothing and each of
	// its writes was taken. So far as is known no other handle is in its way.
	Unaided() bool

	// SetRelaxed chooses the durability of later Updates: true trades the
	// flush to the disk for speed, false (the default) is strict.
	SetRelaxed(relaxed bool)

	// Tab is the random id of this handle. As long as its tab lives, LiveTabs
	// of every handle of the account lists it. LiveTabs fails where the host
	// cannot tell.
	Tab() string
	LiveTabs() ([]string, error)

	// Leads reports whether this handle is the one among those of the account
	// that looks after what they share. Where the host cannot tell, each is.
	Leads() bool

	// Announce sends msg, of at most 1 kB, to the other handles of the account; their Listen
	// function gets it, in order, soon or never. Where soon is enough msg may be sent a
	// frame later, and not at all if another such one follows. Listen is called once,
	// before the first Update. It gets nil when this tab comes back to life (visible,
	// shown, resumed, reopened) and may have missed announcements.
	Announce(msg []byte, soon bool)
	Listen(fn func(msg []byte))

	// Close waits for running transactions and lets go of the database.
	Close()
}

// A Tx is one transaction. It is valid until the function it was given to
// returns, and is used by one goroutine at a time.
type Tx interface {
	// Get reads the values of keys in one burst, nil where there is none.
	Get(space Space, keys ...string) ([][]byte, error)

	// Expect says that these values will be asked for with one Get and may
	// begin to read them without waiting. They are as they stand now, whatever
	// is put before that Get. Several may be open, of different keys.
	Expect(space Space, keys ...string)

	// ExpectValues and ExpectLast are Expect for what Values or Last finds, of the same range
	// and limit. Where the latter would take several answers it does nothing and is false.
	ExpectValues(space Space, from, to string, limit int)
	ExpectLast(space Space, from, to string, limit int) bool

	// Values reads the values whose keys are in [from, to), in ascending key
	// order, at most limit of them (0: all). An empty to means no upper end.
	// It sees what this transaction has put before. Keys share any prefix
	// that is not ASCII, so byte order and UTF-16 order agree.
	Values(space Space, from, to string, limit int) ([][]byte, error)

	// Last reads the values of the last limit keys in [from, to), in ascending
	// key order too, at a cost that does not depend on how many there are.
	Last(space Space, from, to string, limit int) ([][]byte, error)

	// Keys are the keys in [from, to), at most limit of them (0: all), of every space
	// but SpaceNotes.
	Keys(space Space, from, to string, limit int) ([]string, error)

	// Put, Delete and DeleteRange ([from, to)) queue a write; what goes wrong
	// is told by Update. They panic in a View. The store may keep value.
	Put(space Space, key string, value []byte)
	Delete(space Space, key string)
	DeleteRange(space Space, from, to string)

	// Add is Put of a key that has no value; where it has one, Update fails with
	// ErrTaken.
	Add(space Space, key string, value []byte)

	// Term is the same number in all Updates between which this handle led without a
	// break, over the same connection; 0 where it does not lead, or cannot know that it
	// does so alone. What another handle did while it led is in the store before the
	// first Update of this term.
	Term() uint64

	// Connection is the same number in all transactions over the same connection: the
	// database is the same one as before.
	Connection() uint64

	// Breathe keeps the transaction alive while it lets the host do other
	// work, drawing a frame for instance.
	Breathe() error
}

// An Opener opens the store of one account. It blocks until the store can be
// used, or fails. It calls notify, from any goroutine, whenever the state of
// storage changes, while it opens and afterwards.
type Opener func(notify func(State, string)) (Store, error)

// An Early keeps the notes of drafts until they are committed, beside the store,
// which may not be open yet or take a note later than in the caller's task. It is
// not as good a place as the store: it may lose a note with the browser, not with
// the tab. A note that is replayed twice changes nothing the second time, so that
// any tab may take up what it finds.
type Early interface {
	// Keep writes a note at once, in the caller's task; drop removes it.
	Keep(note []byte) (drop func())
	// Left returns the notes that are there; drop removes them.
	Left() (notes [][]byte, drop func())
}

// A Marker remembers, elsewhere than in the store, that the account has been
// stored: a browser that is short of space deletes databases as a whole.
type Marker interface {
	Set()
	IsSet() bool
}

// State says how storage is.
type State string

// The states of storage.
const (
	StateOpening    State = "opening"    // the store is being opened; calls wait
	StateReady      State = "ready"      // all is well
	StateBlocked    State = "blocked"    // another tab holds an older format open; calls wait
	StateReadonly   State = "readonly"   // reads work, writes fail
	StateMemory     State = "memory"     // no storage: everything works until the tab closes
	StateClosed     State = "closed"     // no account, or a newer format: calls fail until a reload
	StateRecovering State = "recovering" // the database was lost and is being reopened; calls wait
)
