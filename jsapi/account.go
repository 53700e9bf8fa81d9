package jsapi

import (
	"runtime"
	"strconv"
	"strings"

	"timconv/core"
)

// An account is one user's data, open. It listens to its core.
type account struct {
	m       *Module
	user    string // "" for the default account
	core    *core.Core
	loading bool
	glance  glancer
	list    listText
}

// life says which calls the life cycle allows.
type life int

const (
	lifeLocal  life = iota // neither TIMInit nor TIMLogin was called: the default account will do
	lifeNative             // TIMLogin is needed
	lifeUninit             // TIMInit is needed
)

// open opens the account of a user, behind the account that is being closed.
// It needs the lock.
func (m *Module) open(user string, begin func()) *account {
	a := &account{m: m, user: user}
	before := m.closed
	database := databaseName(m.appID, user)
	var early core.Early
	if m.host.Early != nil {
		early = m.host.Early(database)
	}
	var marker core.Marker
	if m.host.Marker != nil {
		marker = m.host.Marker(database)
	}
	if m.host.Glance != nil {
		a.glance.Glance, a.glance.name = m.host.Glance(database), database
	}
	a.list.text = m.host.Text
	a.core = core.New(core.Config{
		Early: early, Marker: marker,
		Open: func(notify func(core.State, string)) (core.Store, error) {
			if before != nil {
				<-before
			}
			begin()
			return m.host.Open(database, notify)
		},
		Codec:    codec{self: user},
		Listener: a,
		Limits:   m.config.limits(),
		Journal:  m.host.Journal,
		Yield:    m.host.Yield,
		Settle:   m.host.Settle,
		Opened:   m.host.Opened,
		Followed: m.followed,
		Now:      m.now, Random: m.host.Random, After: m.host.After, Report: m.host.Report,
	})
	a.core.SetRelaxed(m.config.relaxed)
	m.account = a
	a.look()
	m.setStatus(core.Status{State: core.StateOpening})
	return a
}

// close closes the account that is open, after all that was accepted; then it
// calls done. A logout leaves nothing that paints before the next login. The
// recorder forgets the calls up to that one. It needs the lock.
func (m *Module) close(logout bool, upTo uint64, done func()) {
	a := m.account
	m.giveUp(a.core)
	m.account = nil
	closed := make(chan struct{})
	m.closed = closed
	if a.user != "" {
		m.closing++
	}
	a.core.Close(func() {
		m.mu.Lock()
		if a.user != "" {
			m.closing--
		}
		m.mu.Unlock()
		a.list.forget()
		m.recorder.forget(upTo)
		if logout {
			a.forgetGlance()
			runtime.GC() // what the page's heap keeps for what is forgotten here goes with it
		}
		done()
		close(closed)
	})
	m.setStatus(core.Status{State: core.StateClosed, Reason: "nobody is logged in"})
}

// of returns the open account, if that is its core.
func (m *Module) of(c *core.Core) *account {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.account != nil && m.account.core == c {
		return m.account
	}
	return nil
}

// use returns the core of the open account, or what the call must return.
func (m *Module) use() (*core.Core, int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.life == lifeUninit:
		return nil, errUninit
	case m.account != nil:
		return m.account.core, succeeded
	case m.life == lifeNative:
		return nil, errNoLogin
	}
	return m.open("", func() {}).core, succeeded
}

// Start opens the default account, unless the application has begun another
// life cycle.
func (m *Module) Start() {
	m.mu.Lock()
	local := m.life == lifeLocal
	m.mu.Unlock()
	if local {
		m.use()
	}
}

// databaseName is the name of a user's database. Both parts are escaped, so
// that no two accounts share one.
func databaseName(appID uint64, user string) string {
	b := strconv.AppendUint([]byte("timconv:"), appID, 10)
	b = append(b, ':')
	for i := 0; i < len(user); i++ {
		c := user[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.@", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return string(b)
}

// The methods of a core.Listener tell the application what its account tells.

func (a *account) NewMessages(raw [][]byte) { a.m.slots.postMessages(raw) }

func (a *account) Conversations(kind core.EventKind, convs []*core.Conversation) {
	a.look()
	if a.m.slots.has(slotConvEvent) {
		a.m.slots.post(slotConvEvent, int(kind), convsJSON(convs))
	}
}

func (a *account) Notices(kind core.NoticeKind, raw [][]byte) {
	switch kind {
	case core.NoticeRevoked:
		a.m.slots.post(slotRevoke, joined(raw))
	case core.NoticeUpdated:
		a.m.slots.post(slotUpdate, joined(raw))
	case core.NoticeReceipt:
		a.m.slots.post(slotReceipt, joined(raw))
	case core.NoticeMuted:
		a.m.slots.post(slotMuted, mutedJSON(raw[len(raw)-1]))
	}
}

func (a *account) FilterUnread(filter string, total int) {
	a.m.slots.post(slotFilterUnread, filter, total)
}

func (a *account) TotalUnread(total int) { a.m.slots.post(slotTotalUnread, total) }

func (a *account) Status(s core.Status) {
	a.m.mu.Lock()
	defer a.m.mu.Unlock()
	if a.m.account == a {
		a.m.setStatus(s)
	}
}
