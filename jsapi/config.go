package jsapi

import (
	"timconv/core"
)

// config are the options of TIMSetConfig.
type config struct {
	relaxed  bool
	pinLimit int
	recorder int // entries that are kept
}

// defaultPinLimit is the native SDK's, which nobody can raise there.
const defaultPinLimit = 50

// The native SDK's other limits.
const (
	maxMarked  = 1000
	maxGroups  = 20
	maxMembers = 1000
)

func (c config) limits() core.Limits {
	return core.Limits{Pinned: c.pinLimit, Marked: maxMarked, Groups: maxGroups, Members: maxMembers}
}

// configure takes options out of a JSON object, all or none of them. Unknown
// ones are left alone. It needs the lock.
func (m *Module) configure(options value) bool {
	next := m.config
	err := readMembers(options, func(key string, v value) bool {
		switch key {
		case "durability":
			next.relaxed = v.text() == "relaxed"
			return next.relaxed || v.text() == "strict"
		case "pin_limit":
			n, ok := v.uint()
			next.pinLimit = int(n)
			return ok && n <= 1<<31-1
		case "recorder":
			n, ok := v.uint()
			next.recorder = int(n)
			return ok && n <= maxRecorded
		}
		return true
	})
	if err != nil {
		return false
	}
	m.config = next
	if next.recorder != int(m.recorder.max.Load()) {
		m.record(next.recorder)
	}
	if m.account != nil {
		m.account.core.SetRelaxed(next.relaxed)
		m.account.core.SetLimits(next.limits())
	}
	return true
}

func timSetConfig(m *Module, a *args) any {
	options := a.json(0, value.isObject)
	reply := a.callback(1)
	if ret := a.fault(); ret != succeeded {
		return ret
	}
	m.mu.Lock()
	good := m.configure(options)
	m.mu.Unlock()
	if !good {
		return errParam
	}
	reply(succeeded, okText, "")
	return succeeded
}
