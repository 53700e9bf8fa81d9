package core_test

import (
	"strings"
	"testing"

	"timconv/core"
)

func TestOnlyUnreadIncomingMessagesCount(t *testing.T) {
	cases := []struct {
		name   string
		change func(*core.Message)
		unread string
	}{
		{"incoming", func(*core.Message) {}, "unread=1"},
		{"own", func(m *core.Message) { m.FromSelf = true }, "unread=0"},
		{"read on arrival", func(m *core.Message) { m.IsRead = true }, "unread=0"},
		{"excluded or targeted", func(m *core.Message) { m.NoCount = true }, "unread=0"},
		{"revoked", func(m *core.Message) { m.Status = core.StatusRevoked }, "unread=0"},
		{"deleted", func(m *core.Message) { m.Status = core.StatusDeleted }, "unread=0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := newTab(t)
			m := message(c2c("ann"), "m", 0)
			c.change(m)
			x.receive(m)
			if line := x.show(c2c("ann")); !strings.Contains(line, c.unread) {
				t.Errorf("got %s, want %s", line, c.unread)
			}
			x.verified()
		})
	}
}

func TestOnlineMessageIsToldButNeitherStoredNorCounted(t *testing.T) {
	x := newTab(t)
	m := message(c2c("ann"), "m", 0)
	m.Online = true
	x.receive(m)
	x.expect("events", x.heard(), "new m")
	x.expect("list", x.list(), "")
}

func TestSameMessageCountsOnce(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("ann"), "m", 0), message(c2c("ann"), "m", 0))
	x.receive(message(c2c("ann"), "m", 0))
	x.expect("events", x.heard(), "new m; add ann; total 1")
	x.verified()
}

func TestLateOlderMessageCountsButIsNotLast(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("ann"), "new", 100))
	x.receive(message(c2c("ann"), "old", 50))
	if line := x.show(c2c("ann")); !strings.HasPrefix(line, "ann unread=2 last=new") {
		t.Errorf("got %s, want two unread and the newer one last", line)
	}
	x.verified()
}

func TestReadMarkCoversWhatWasStoredThenAndNothingElse(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("ann"), "a", 100), message(c2c("ann"), "b", 100))
	x.must(x.read(c2c("ann"), core.ReadUpTo{}))
	x.expect("total", x.show(c2c("ann"))[:len("ann unread=0")], "ann unread=0")

	x.receive(message(c2c("ann"), "older", 50))
	if got := x.total(); got != 0 {
		t.Errorf("an older message below the mark: total %d, want 0", got)
	}
	x.receive(message(c2c("ann"), "same second", 100))
	if got := x.total(); got != 1 {
		t.Errorf("a later arrival of the read second: total %d, want 1", got)
	}
	x.receive(message(c2c("ann"), "newer", 101))
	if got := x.total(); got != 2 {
		t.Errorf("a newer message: total %d, want 2", got)
	}
	x.verified()
}

func TestReadUpToAMessageLeavesNewerOnesUnread(t *testing.T) {
	for _, key := range []core.ConvKey{c2c("ann"), group("team")} {
		x := newTab(t)
		for i, id := range []string{"a", "b", "c", "d"} {
			m := message(key, id, int64(i))
			if key.Type == core.Group {
				m.At.Seq = uint64(i + 1)
			}
			x.receive(m)
		}
		x.must(x.read(key, core.ReadUpTo{ID: "b"}))
		if got := x.total(); got != 2 {
			t.Errorf("%s read up to the second of four: total %d, want 2", key.ID, got)
		}
		x.must(x.read(key, core.ReadUpTo{ID: "a"}))
		if got := x.total(); got != 2 {
			t.Errorf("%s: a lower mark raised the total to %d", key.ID, got)
		}
		x.must(x.read(key, core.ReadUpTo{Time: someday + 2, Seq: 3}))
		if got := x.total(); got != 1 {
			t.Errorf("%s read up to the third of four: total %d, want 1", key.ID, got)
		}
		x.verified()
	}
}

func TestReadingAnUnknownConversationFails(t *testing.T) {
	x := newTab(t)
	if code := codeOf(x.read(c2c("nobody"), core.ReadUpTo{})); code != core.CodeNoConversation {
		t.Errorf("got code %d, want CodeNoConversation", code)
	}
}

func TestMarkAllReadKeepsToItsType(t *testing.T) {
	x := newTab(t)
	x.receive(message(c2c("ann"), "1", 0), message(c2c("bob"), "2", 1), message(group("team"), "3", 2))
	x.heard()
	x.must(wait(func(done func(error)) { x.core.MarkAllRead(core.C2C, core.ReadUpTo{}, done) }))
	x.expect("events", x.heard(), "update bob,ann; total 1")
	x.verified()
}

func TestMutedMeetingAndLiveConversationsStayOutOfTheTotal(t *testing.T) {
	x := newTab(t)
	muted, meeting, live := uint8(2), core.GroupMeeting, core.GroupLive
	x.receive(message(c2c("ann"), "1", 0), message(group("meet"), "2", 1), message(group("live"), "3", 2))
	x.update(core.ConvUpdate{Key: c2c("ann"), RecvOpt: &muted})
	x.update(core.ConvUpdate{Key: group("meet"), Kind: &meeting})
	x.update(core.ConvUpdate{Key: group("live"), Kind: &live})
	if got := x.total(); got != 0 {
		t.Errorf("total %d, want 0", got)
	}
	for key, want := range map[core.ConvKey]string{c2c("ann"): "unread=1", group("meet"): "unread=1", group("live"): "unread=0"} {
		if line := x.show(key); !strings.Contains(line, want) {
			t.Errorf("got %s, want %s", line, want)
		}
	}
	public := core.GroupType(0)
	x.update(core.ConvUpdate{Key: group("live"), Kind: &public})
	if got := x.total(); got != 1 {
		t.Errorf("a room that is live no longer counts again: total %d, want 1", got)
	}
	x.verified()
}

func TestMentionsEndWithReading(t *testing.T) {
	x := newTab(t)
	m := message(group("team"), "m", 0)
	m.Mention, m.At.Seq = core.MentionMe, 7
	own := message(group("team"), "own", 1)
	own.Mention, own.FromSelf = core.MentionAll, true
	x.receive(m, own)
	if line := x.show(group("team")); !strings.Contains(line, "mentions=1") {
		t.Errorf("got %s, want one mention", line)
	}
	x.must(x.read(group("team"), core.ReadUpTo{}))
	if line := x.show(group("team")); strings.Contains(line, "mentions") {
		t.Errorf("got %s, want no mention after reading", line)
	}
	x.verified()
}

func TestReadingALiveRoomCoversWhatMayCountLater(t *testing.T) {
	x := newTab(t)
	live, public := core.GroupLive, core.GroupType(0)
	x.receive(message(group("room"), "1", 0))
	x.must(x.read(group("room"), core.ReadUpTo{}))
	x.update(core.ConvUpdate{Key: group("room"), Kind: &live})
	x.receive(message(group("room"), "2", 0))
	x.must(x.read(group("room"), core.ReadUpTo{}))
	x.update(core.ConvUpdate{Key: group("room"), Kind: &public})
	if got := x.total(); got != 0 {
		t.Errorf("total %d: what was read counts again", got)
	}
}
