package model

import (
	"strconv"
	"strings"
)

// A member is one member of a JSON object: its key and its JSON text.
type member struct{ key, text string }

// members are an object, in order.
type members []member

func (o members) get(key string) string {
	for _, m := range o {
		if m.key == key {
			return m.text
		}
	}
	return ""
}

// with returns the object with some members put in place of older ones, or at
// the end.
func (o members) with(more members) members {
	n := append(members(nil), o...)
next:
	for _, m := range more {
		for i := range n {
			if n[i].key == m.key {
				n[i].text = m.text
				continue next
			}
		}
		n = append(n, m)
	}
	return n
}

// fill adds what is missing.
func (o members) fill(more members) members {
	for _, m := range more {
		if o.get(m.key) == "" {
			o = append(o, m)
		}
	}
	return o
}

func (o members) String() string {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(m.key)
		b.WriteString(`":`)
		b.WriteString(m.text)
	}
	b.WriteByte('}')
	return b.String()
}

// An object writes a JSON object member by member.
type object struct{ members }

func (o *object) raw(key, text string)     { o.members = append(o.members, member{key, text}) }
func (o *object) text(key, text string)    { o.raw(key, quote(text)) }
func (o *object) int(key string, n int64)  { o.raw(key, strconv.FormatInt(n, 10)) }
func (o *object) bool(key string, is bool) { o.raw(key, strconv.FormatBool(is)) }

// quote writes a text that has no control characters.
func quote(s string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
}

func array(texts []string) string { return "[" + strings.Join(texts, ",") + "]" }

func quoted(texts []string) string {
	list := make([]string, len(texts))
	for i, s := range texts {
		list[i] = quote(s)
	}
	return array(list)
}
