package jsapi

import (
	"strconv"
	"strings"
	"unsafe"

	"github.com/tidwall/gjson"
)

// A value is the text of one valid JSON value, "" for one that is missing. Its
// first byte tells what it is.
type value string

// parseJSON reads JSON text from outside. It fails where the text is no JSON
// or nested too deep.
func parseJSON(text string) (value, bool) {
	text, ok := escapeSurrogates(text)
	if !ok || !validJSON(text) {
		return "", false
	}
	return value(strings.Trim(text, " \t\r\n")), true
}

// is reports whether the value begins with that byte.
func (v value) is(first byte) bool { return v != "" && v[0] == first }

func (v value) isObject() bool { return v.is('{') }
func (v value) isArray() bool  { return v.is('[') }
func (v value) isString() bool { return v.is('"') }
func (v value) isNumber() bool { return v.is('-') || v != "" && '0' <= v[0] && v[0] <= '9' }

// absent reports whether the value is missing or null.
func (v value) absent() bool { return v == "" || v == "null" }

// text is the text of a string, "" of anything else.
func (v value) text() string {
	if !v.isString() {
		return ""
	}
	return unquote(string(v))
}

// uint reads a number as the unsigned integer it is, with all its digits. A
// fraction is cut off. It fails for what is no number, is negative or does not
// fit into 64 bits.
func (v value) uint() (uint64, bool) {
	if n, err := strconv.ParseUint(string(v), 10, 64); err == nil && v.isNumber() {
		return n, true
	}
	if !v.isNumber() || !strings.ContainsAny(string(v), ".eE") {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(v), 64)
	if err != nil || n < 0 || n >= 1<<64 {
		return 0, false
	}
	return uint64(n), true
}

// enum reads a whole number from 0 to most.
func (v value) enum(most uint64) (uint64, bool) {
	n, err := strconv.ParseFloat(string(v), 64)
	if err != nil || !v.isNumber() || n < 0 || n > float64(most) || n != float64(uint64(n)) {
		return 0, false
	}
	return uint64(n), true
}

// bool reads a boolean; ok that it is one.
func (v value) bool() (is, ok bool) { return v == "true", v == "true" || v == "false" }

// each calls fn with the members of an object, in order, or with the elements
// of an array, whose key is "". Where a key is there twice the last one counts,
// as in JavaScript: so fn must let a later call undo an earlier one.
func (v value) each(fn func(key string, v value)) {
	gjson.Parse(string(v)).ForEach(func(key, member gjson.Result) bool {
		fn(unquote(key.Raw), value(member.Raw))
		return true
	})
}

// elements returns the elements of an array.
func (v value) elements() []value {
	var all []value
	if v.isArray() {
		v.each(func(_ string, element value) { all = append(all, element) })
	}
	return all
}

// withMembers returns the object with some members replaced where they stand,
// and added at the end where they do not. Nothing else of the text changes.
func (v value) withMembers(members []field) string {
	if len(members) == 0 {
		return string(v)
	}
	var b strings.Builder
	placed, from := 0, 0
	gjson.Parse(string(v)).ForEach(func(key, member gjson.Result) bool {
		for i := range members {
			if f := &members[i]; f.key == unquote(key.Raw) {
				b.WriteString(string(v[from:member.Index]))
				b.WriteString(f.text)
				from = member.Index + len(member.Raw)
				f.placed = true
			}
		}
		placed++
		return true
	})
	end := strings.LastIndexByte(string(v), '}')
	b.WriteString(strings.TrimRight(string(v[from:end]), " \t\r\n"))
	for _, f := range members {
		if f.placed {
			continue
		}
		if placed > 0 {
			b.WriteByte(',')
		}
		placed++
		b.Write(appendQuoted(nil, f.key))
		b.WriteByte(':')
		b.WriteString(f.text)
	}
	b.WriteString(string(v[end:]))
	return b.String()
}

// completed is withMembers for members that are hardly ever there. What is complete
// is not copied: nobody changes the bytes of a text.
func (v value) completed(members []field) []byte {
	if len(members) == 0 {
		return unsafe.Slice(unsafe.StringData(string(v)), len(v))
	}
	size := len(v)
	for _, f := range members {
		if strings.Contains(string(v), f.key) { // empty or null, perhaps
			return []byte(v.withMembers(members))
		}
		size += len(f.key) + len(f.text) + 4
	}
	end := strings.LastIndexByte(string(v), '}')
	body := strings.TrimRight(string(v[:end]), " \t\r\n")
	b := append(make([]byte, 0, size), body...)
	for _, f := range members {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = appendQuoted(b, f.key)
		b = append(b, ':')
		b = append(b, f.text...)
	}
	return append(b, v[end:]...)
}

// A field is a member to put into an object: its key and its JSON text.
type field struct {
	key, text string
	placed    bool
}
