package core_test

import (
	"fmt"
	"testing"

	"timconv/core"
	"timconv/store/memstore"
)

func BenchmarkReceive(b *testing.B) {
	db := memstore.NewDB()
	x := &tab{rows: map[string]string{}, totals: map[string]int{}}
	c := core.New(core.Config{
		Open:  func(notify func(core.State, string)) (core.Store, error) { h, err := db.Open(notify); return h, err },
		Codec: plain{}, Listener: quiet{x}, Limits: core.Limits{Pinned: 3}, Now: newClock().read,
		Random: func() string { return "e" }, After: nil, Report: func(error) {},
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

type quiet struct{ *tab }

func (quiet) NewMessages([][]byte)                               {}
func (quiet) Notices(core.NoticeKind, [][]byte)                  {}
func (quiet) Conversations(core.EventKind, []*core.Conversation) {}
func (quiet) Group(core.GroupEvent)                              {}
func (quiet) TotalUnread(int)                                    {}
func (quiet) FilterUnread(string, int)                           {}
func (quiet) Status(core.Status)                                 {}
