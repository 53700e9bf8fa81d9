package jsapi

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"timconv/core"
	"timconv/store/memstore"
)

// opened keeps the account of BenchmarkMemory for the profile, which is written when
// the tests have ended.
var opened *Module

// nothing makes no strings: those are the host's.
type nothing struct{}

func (nothing) Make([]byte) Value    { return undefined{} }
func (nothing) Concat([]Value) Value { return undefined{} }

// BenchmarkMemory opens 10,000 conversations that lie in pages and asks for three
// lists. docs/decisions/0020-memory.md has how its profile is read.
func BenchmarkMemory(b *testing.B) {
	db := memstore.NewDB()
	open := func(journal core.Journal) *Module {
		m := New(Host{
			Open:   func(_ string, notify func(core.State, string)) (core.Store, error) { return db.Open(notify) },
			Now:    func() int64 { return someday * 1000 },
			Random: func() string { return "fresh" },
			After: func(d time.Duration, fn func()) {
				if d < time.Second {
					go fn()
				}
			},
			Report: func(err error) { b.Error(err) }, Yield: runtime.Gosched, Text: nothing{}, Journal: journal,
		}, func() {})
		m.Start()
		return m
	}
	wait := func(m *Module) {
		answered := make(chan struct{})
		m.account.core.Receive(core.Incoming{}, func(error) { close(answered) })
		<-answered
	}
	call := func(m *Module, name string, in ...any) {
		values := make([]Value, len(in))
		for i, arg := range in {
			values[i] = (*page)(nil).value(arg)
		}
		if ret, _ := m.Call(name, values); ret != 0 {
			b.Fatalf("%s returned %v", name, ret)
		}
		wait(m)
	}
	m := open(core.Journal{Keep: 1, From: 1, Busy: 1, AtAll: 1})
	for from := 0; from < 10000; from += 500 {
		call(m, "TIMRecvNewMsg", arrivedIn(from, 500), nil, nil)
	}
	for db.Len(core.SpaceLog) > 1 {
		time.Sleep(time.Millisecond)
	}
	m.account.core.Close(func() {})
	stored := heap()
	b.ResetTimer()
	for range b.N {
		opened = nil
		opened = open(core.Journal{From: 1 << 40})
		wait(opened)
		b.ReportMetric(heap()-stored, "MB/open")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 3 {
			call(opened, "TIMConvGetConvList", nil, nil)
		}
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/1e6, "MB-for-lists")
		b.ReportMetric(heap()-stored, "MB/open-and-lists")
	}
}

// heap is what is live, in MB.
func heap() float64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc) / 1e6
}

// arrivedIn are messages of so many conversations, of about 1.2 kB as they are listed.
func arrivedIn(from, count int) string {
	var b strings.Builder
	for n := from; n < from+count; n++ {
		text := strings.Repeat("x", 280)
		if n%2 == 0 {
			text = strings.Repeat("中文消息", 24)
		}
		fmt.Fprintf(&b, `,{"message_conv_id":"user%05d","message_conv_type":1,"message_sender":"user%05d","message_msg_id":"user%05d-%d-%d","message_server_time":%d,"message_seq":%d,"message_rand":%d,"message_status":2,"message_is_from_self":false,"message_is_read":false,"message_sender_profile":{"user_profile_nick_name":"name of %05d","user_profile_face_url":"https://pictures.example.com/faces/%05d.png"},"message_elem_array":[{"elem_type":0,"text_elem_content":"%s"}]}`,
			n, n, n, someday+n, n, someday+n, n, n, n, n, text)
	}
	return "[" + b.String()[1:] + "]"
}
