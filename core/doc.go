// Package core knows conversations: their messages, order, drafts, pins,
// unread counts and events, and the one queue through which every change of an
// account passes. It knows no JSON key, no IndexedDB and no JavaScript value:
// what it needs of those it declares as the ports Store, Codec and Listener.
package core
