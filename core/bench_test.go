package core_test

import (
	"fmt"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

func BenchmarkReceive(b *testing.B) {
	db := memstore.NewDB()
	x := &tab{rows: map[string]string{}, totals: map[string]int{}}
	c := core.New(core.Config{
		Open:  func(notify func(core.State, string)) (core.Store, error) { h, err := db.Open(notify); return h, err },
		Codec: plain{}, Listener: quiet{x}, Limits: core.Limits{Pinned: 3}, Now: newClock().read,
		Random: func() string { return "e" }, After: func(_ time.Duration, fn func()) {}, Yield: func() {}, Report: func(error) {},
		Journal: core.Journal{From: 1 << 40, Keep: 1},
	})
	raw := make([]byte, 1100)
	feed := func(from, n int) {
		var batch []*core.Message
		for i := from; i < from+n; i++ {
			m := message(c2c(fmt.Sprint("user", i*7919%10000)), fmt.Sprint("m", i), int64(i))
			m.Raw = raw
			batch = append(batch, m)
		}
		if err := wait(func(done func(error)) { c.Receive(incoming(batch...), done) }); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; i < 10000; i += 500 {
		feed(i, 500)
	}
	b.ResetTimer()
	b.ReportAllocs()
	for i := 0; i < b.N; i += 64 {
		feed(10000+i, 64)
	}
}

func BenchmarkLoad(b *testing.B) {
	db := memstore.NewDB()
	open := func(journal core.Journal) *core.Core {
		return core.New(core.Config{
			Open:  func(notify func(core.State, string)) (core.Store, error) { return db.Open(notify) },
			Codec: plain{}, Listener: quiet{&tab{}}, Now: newClock().read, Yield: func() {},
			Random: func() string { return "e" }, After: func(_ time.Duration, fn func()) { go fn() }, Report: func(error) {},
			Journal: journal,
		})
	}
	c := open(core.Journal{Keep: 1, From: 1, Busy: 1, AtAll: 1})
	for i := 0; i < 10000; i += 500 {
		var batch []*core.Message
		for n := i; n < i+500; n++ {
			m := message(c2c(fmt.Sprint("user", n)), fmt.Sprint("m", n), int64(n))
			m.Raw = make([]byte, 1100)
			batch = append(batch, m)
		}
		if err := wait(func(done func(error)) { c.Receive(incoming(batch...), done) }); err != nil {
			b.Fatal(err)
		}
	}
	for db.Len(core.SpaceLog) > 1 {
		time.Sleep(time.Millisecond)
	}
	c.Close(func() {})
	b.ResetTimer()
	b.ReportAllocs()
	for range b.N {
		c := open(core.Journal{From: 1 << 40})
		if err := wait(func(done func(error)) { c.Read(func(*core.Account) {}, done) }); err != nil {
			b.Fatal(err)
		}
		c.Close(func() {})
	}
}

type quiet struct{ *tab }

func (quiet) NewMessages([][]byte)                               {}
func (quiet) Notices(core.NoticeKind, [][]byte)                  {}
func (quiet) Conversations(core.EventKind, []*core.Conversation) {}
func (quiet) Group(core.GroupEvent)                              {}
func (quiet) TotalUnread(int)                                    {}
func (quiet) FilterUnread(string, int)                           {}
func (quiet) Status(core.Status)                                 {}
