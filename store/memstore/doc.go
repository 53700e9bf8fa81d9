// Package memstore keeps an account's records in memory. It is what a page
// falls back to where IndexedDB is missing or refused, and what the tests of
// core run on: several handles of one DB are several tabs, announcements can be
// held and dropped, commits can be made to fail.
package memstore
