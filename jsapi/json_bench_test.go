package jsapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

func bigArray() string {
	var b strings.Builder
	b.WriteByte('[')
	for i := range 5000 {
		if i > 0 {
			b.WriteByte(',')
		}
		text := strings.Repeat("x", 600)
		if i%2 == 0 {
			text = strings.Repeat("中文消息", 60)
		}
		fmt.Fprintf(&b, `{"message_conv_id":"user%d","message_conv_type":1,"message_sender":"user%d","message_msg_id":"s%d","message_server_time":%d,"message_seq":%d,"message_elem_array":[{"elem_type":0,"text_elem_content":"%s"}]}`, i, i, i, 1800000000+i, i, text)
	}
	b.WriteByte(']')
	return b.String()
}

func BenchmarkText(b *testing.B) {
	text := bigArray()
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"escape", func() { escapeSurrogates(text) }},
		{"valid, ours", func() { validJSON(text) }},
		{"valid", func() { gjson.Valid(text) }},
		{"elements", func() { value(text).elements() }},
		{"decode", func() {
			for _, v := range value(text).elements() {
				decodeMessage(v, intake{random: func() string { return "x" }})
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for range b.N {
				c.run()
			}
		})
	}
}
