package jsapi

import "timconv/core"

// timConvWipe deletes what is painted before the module is there at once, and
// again when the rest is gone: a tab that had not heard may have made it anew.
func timConvWipe(m *Module, c *core.Core, a *args) func() {
	reply := a.callback(0)
	return func() {
		acc, upTo := m.of(c), m.recorder.n.Load()
		acc.forgetGlance()
		c.Wipe(func(err error) {
			acc.forgetGlance()
			if err != nil {
				acc.look()
			} else {
				m.recorder.forget(upTo)
			}
			reply.plain(err)
		})
	}
}
