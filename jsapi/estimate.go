package jsapi

import "timconv/core"

// An Estimate is what the browser says about its storage.
type Estimate struct {
	Asked     bool // whether it was asked and said
	Persisted bool
	Measured  bool // whether it said what follows
	Usage     uint64
	Quota     uint64
}

func (e Estimate) json() string {
	w := &object{}
	if e.Asked {
		w.bool("persisted", e.Persisted)
	}
	if e.Measured {
		w.uint("quota", e.Quota)
		w.uint("usage", e.Usage)
	}
	if w.b == nil {
		return "{}"
	}
	return string(w.end())
}

// timPersistStorage asks on a goroutine: the browser may ask the user.
func timPersistStorage(m *Module, _ *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		if m.host.Persist == nil {
			reply(succeeded, okText, Estimate{}.json())
			return
		}
		go func() {
			found := m.host.Persist()
			m.mu.Lock()
			m.estimate = found
			m.slots.post(slotStatus, statusJSON(m.status, found))
			m.mu.Unlock()
			reply(succeeded, okText, found.json())
		}()
	}
}
