package jsapi

import "timconv/core"

// The values of TIMLoginStatus.
const (
	statusLogined   = 1
	statusLogining  = 2
	statusUnLogined = 3
	statusLogouting = 4
)

func timInit(m *Module, a *args) any {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.inited {
		return codeInitialized
	}
	options := a.optionalJSON(1, value.isObject)
	appID := a.uint(0)
	if ret := a.fault(); ret != succeeded {
		return ret
	}
	if !m.configure(options) {
		return errParam
	}
	if m.account != nil {
		m.close(false, max(m.recorder.n.Load(), 1)-1, func() {})
	}
	m.life, m.inited, m.appID = lifeNative, true, appID
	m.setStatus(core.Status{State: core.StateClosed, Reason: "nobody is logged in"})
	return succeeded
}

func timUninit(m *Module, _ *args) any {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.life == lifeLocal || m.life == lifeUninit {
		return errUninit
	}
	if m.account != nil {
		m.close(false, m.recorder.n.Load(), func() {})
	}
	m.life, m.inited, m.appID = lifeUninit, false, 0
	return succeeded
}

func timLogin(m *Module, a *args) any {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.life == lifeUninit {
		return errUninit
	}
	user := a.id(0)
	if k := a.private(1).Kind(); k != KindString && k != KindNull && k != KindUndefined {
		a.badParam = true
	}
	reply := a.callback(2)
	if ret := a.fault(); ret != succeeded {
		return ret
	}
	if m.account != nil && m.account.user != "" {
		// In the order of the calls: behind what was accepted before.
		behind := func(code int, text string) any {
			m.account.core.Read(func(*core.Account) {}, func(error) { reply(code, text, "") })
			return succeeded
		}
		if m.account.loading {
			return behind(codeLoginRunning, "a login is under way")
		}
		if m.account.user == user {
			return behind(succeeded, okText)
		}
	}
	if m.account != nil {
		m.close(m.account.user != "", max(m.recorder.n.Load(), 1)-1, func() {})
	}
	m.life = lifeNative
	acc := m.open(user, func() { m.slots.post(slotConvEvent, int(core.EventStart), "") })
	acc.loading = true
	acc.core.Read(func(*core.Account) {}, func(err error) { acc.loaded(err, reply) })
	return succeeded
}

// loaded ends a login. An account that could not be opened is let go.
func (a *account) loaded(err error, reply answer) {
	m := a.m
	m.mu.Lock()
	a.loading = false
	if err != nil && m.account == a {
		status := m.status
		m.close(false, 0, func() {})
		m.setStatus(status)
	}
	m.mu.Unlock()
	m.slots.post(slotConvEvent, int(core.EventFinish), "")
	code, text := outcome(err)
	reply(code, text, "")
}

func timLogout(m *Module, a *args) any {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.life == lifeUninit {
		return errUninit
	}
	if m.account == nil || m.account.user == "" {
		return errNoLogin
	}
	reply := a.callback(0)
	if ret := a.fault(); ret != succeeded {
		return ret
	}
	m.close(true, m.recorder.n.Load(), func() { reply(succeeded, okText, "") })
	return succeeded
}

func timGetLoginStatus(m *Module, _ *args) any {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.account != nil && m.account.user != "" && m.account.loading:
		return statusLogining
	case m.account != nil && m.account.user != "":
		return statusLogined
	case m.closing > 0:
		return statusLogouting
	}
	return statusUnLogined
}

// timGetLoginUserID fills a buffer as the C function does, with the id and a
// NUL, or calls a callback.
func timGetLoginUserID(m *Module, a *args) any {
	m.mu.Lock()
	uninit, user := m.life == lifeUninit, ""
	none := m.life == lifeNative && m.account == nil
	if m.account != nil {
		user = m.account.user
	}
	m.mu.Unlock()
	switch v := a.at(0); {
	case uninit:
		return errUninit
	case none:
		return errNoLogin
	case v.Kind() == KindBytes:
		if !v.Fill(append([]byte(user), 0)) {
			return errParam
		}
	case v.Kind() == KindFunction:
		a.callback(0)(succeeded, okText, user)
	default:
		return errParam
	}
	return succeeded
}

func timGetSDKVersion(*Module, *args) any { return Version }

func timGetServerTime(m *Module, _ *args) any { return float64(m.host.Now() / 1000) }
