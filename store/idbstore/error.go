package idbstore

import (
	"errors"

	"timconv/core"
)

// ErrUnavailable is what Open fails with where there is no IndexedDB, or where
// the browser refuses it to this page: private modes, an opaque origin, a
// blocked third-party frame. Trying again is of no use.
var ErrUnavailable = errors.New("IndexedDB is not available")

// A jsError is an exception or event error of the browser, by the name that
// the standard gives it.
type jsError struct {
	name    string
	message string
}

func (e *jsError) Error() string {
	if e.message == "" {
		return e.name
	}
	return e.name + ": " + e.message
}

// Is tells of a request to add what was there.
func (e *jsError) Is(target error) bool {
	return target == core.ErrTaken && e.name == nameConstraint
}

// The names of exceptions that say more than that something failed.
const (
	nameQuota        = "QuotaExceededError"
	nameVersion      = "VersionError"
	nameSecurity     = "SecurityError"
	nameNotAllowed   = "NotAllowedError"
	nameInvalidState = "InvalidStateError"
	nameNotSupported = "NotSupportedError"
	nameInactive     = "TransactionInactiveError"
	nameData         = "DataError"
	nameConstraint   = "ConstraintError"
)

// hasName reports whether err is, or wraps, a jsError of one of names.
func hasName(err error, names ...string) bool {
	e, ok := errors.AsType[*jsError](err)
	if !ok {
		return false
	}
	for _, name := range names {
		if e.name == name {
			return true
		}
	}
	return false
}

// wrap gives err its code, unless it has one.
func wrap(op string, err error) error {
	if _, known := errors.AsType[*core.Error](err); known || err == nil {
		return err
	}
	code := core.CodeStorage
	switch {
	case hasName(err, nameQuota):
		code = core.CodeQuota
	case hasName(err, nameVersion):
		code = core.CodeStorageClosed
	}
	return &core.Error{Code: code, Op: op, Err: err}
}

// breaksConnection reports whether a transaction that failed with err says
// that the connection itself may be gone. A full disk does not, nor do a key that
// is taken and faults of the caller's, an unfit key or a wait for something else in
// fn; anything else might, and reopening costs a millisecond.
func breaksConnection(err error) bool {
	return err != nil && !hasName(err, nameQuota, nameData, nameInactive, nameConstraint)
}

// refused reports whether a first open that failed with err will never work.
// Firefox reports its old private mode as InvalidStateError.
func refused(err error) bool {
	return errors.Is(err, ErrUnavailable) ||
		hasName(err, nameSecurity, nameNotAllowed, nameNotSupported, nameInvalidState)
}

// transient reports whether an open that failed with err may well succeed soon.
func transient(err error) bool {
	return err != nil && !refused(err) && core.CodeOf(err) == core.CodeStorage
}
