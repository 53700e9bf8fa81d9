package jsapi

// What a replay of a recording needs, beside the calls. No page has a use for it.

// A Standing is how a module stands before the first call of a recording.
type Standing struct {
	Life     int // as in the recording's first line
	AppID    uint64
	PinLimit int
	Relaxed  bool
	Armed    bool // the total has been asked for before
}

// Resume makes a new module stand as that says.
func (m *Module) Resume(s Standing) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.life, m.inited, m.appID = life(s.Life), s.Life == lifeInited, s.AppID
	if m.inited {
		m.life = lifeNative
	}
	m.config.pinLimit, m.config.relaxed = s.PinLimit, s.Relaxed
	if s.Armed {
		m.slots.arm()
	}
}

// Record has calls recorded from now on, all of them, with that seed.
func (m *Module) Record(seed string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.record(maxRecorded)
	m.config.recorder = maxRecorded
	m.recorder.seed = seed
}

// Number has the next call recorded under that number.
func (m *Module) Number(n uint64) { m.recorder.n.Store(n - 1) }

// Unquote decodes a JSON string literal; lone surrogates are as Value.Text has them.
func Unquote(literal string) string { return unquote(literal) }
