package core

import "errors"

// Code says what kind of fault an Error is. The set is closed.
type Code int

// The codes of core and of the stores behind it.
const (
	CodeInternal       Code = iota // a fault of ours
	CodeParam                      // a parameter that cannot be taken
	CodeNoConversation             // the conversation does not exist
	CodePinLimit                   // one more pinned conversation than allowed
	CodeTooMany                    // one more conversation with marks or custom data than allowed
	CodeNoGroup                    // the group of conversations does not exist
	CodeGroupLimit                 // one more group of conversations than allowed
	CodeGroupExists                // the group of conversations exists already
	CodeNoMessage                  // the message is not known
	CodeNotAllowed                 // the message does not allow that
	CodeStorage                    // the database failed; trying again may help
	CodeQuota                      // the disk, or this origin's share of it, is full
	CodeStorageClosed              // the database is closed for good in this tab
	CodeInterrupted                // the account was closed before the call was done
	codes                          // how many there are
)

// Codes returns every code, for tables that must have a row for each.
func Codes() []Code {
	all := make([]Code, codes)
	for i := range all {
		all[i] = Code(i)
	}
	return all
}

var codeTexts = [codes]string{
	CodeInternal:       "internal error",
	CodeParam:          "invalid parameter",
	CodeNoConversation: "no such conversation",
	CodePinLimit:       "too many pinned conversations",
	CodeTooMany:        "too many conversations",
	CodeNoGroup:        "no such group of conversations",
	CodeGroupLimit:     "too many groups of conversations",
	CodeGroupExists:    "the group of conversations exists",
	CodeNoMessage:      "no such message",
	CodeNotAllowed:     "not allowed",
	CodeStorage:        "storage failed",
	CodeQuota:          "storage is full",
	CodeStorageClosed:  "storage is closed",
	CodeInterrupted:    "interrupted",
}

// An Error is what core and its stores fail with. Ask with errors.As for the
// code; Err, which may be nil, is the cause.
type Error struct {
	Code Code
	Op   string // what was being done: "commit", "pin"
	Err  error
}

func (e *Error) Error() string {
	s := e.Op + ": " + codeTexts[e.Code]
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of err, CodeInternal where it has none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}
