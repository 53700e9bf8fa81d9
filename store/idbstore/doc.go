// Package idbstore keeps an account's records in IndexedDB.
//
// One database per account, one object store per core.Space, keys are strings,
// values Uint8Array. go-indexeddb opens and upgrades the database;
// transactions and all events go through the handles behind it
// (driver_js.go says why). Everything but error.go needs the browser.
//
// An Update is one readwrite transaction over every space but the notes, told
// as done when the transaction has completed, not when its requests have. A
// note is a readwrite transaction of its own, over the notes alone, committed
// in the call that wrote it; so that it never queues behind a reader, a View
// reads the notes in a short transaction of theirs and not in its own. In Chromium an
// Update that reads nothing is committed in the task that began it, too:
// docs/decisions/0002-draft-notes.md has the measurements.
package idbstore
