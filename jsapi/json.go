package jsapi

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// maxDepth bounds the nesting of JSON from outside. A reader that recurses
// overflows the host's stack from about ten times that on, and no recover
// sees it.
const maxDepth = 1000

// parseJSON reads JSON text from outside. It fails where the text is no JSON
// or nested too deep.
func parseJSON(text string) (gjson.Result, bool) {
	text, ok := escapeSurrogates(text)
	if !ok || tooDeep(text) || !gjson.Valid(text) {
		return gjson.Result{}, false
	}
	return gjson.Parse(text), true
}

func tooDeep(text string) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}

// eachMember calls fn with the members of an object, in order. Where a key is
// there twice the last one counts, as in JavaScript: so fn must let a later
// call undo an earlier one.
func eachMember(object gjson.Result, fn func(key string, value gjson.Result)) {
	object.ForEach(func(key, value gjson.Result) bool {
		fn(unquote(key.Raw), value)
		return true
	})
}

// elements returns the elements of an array.
func elements(array gjson.Result) []gjson.Result {
	var all []gjson.Result
	array.ForEach(func(_, value gjson.Result) bool {
		all = append(all, value)
		return true
	})
	return all
}

// textOf is the text of a JSON string, "" of anything else.
func textOf(v gjson.Result) string {
	if v.Type != gjson.String {
		return ""
	}
	return unquote(v.Raw)
}

// uintOf reads a JSON number as the unsigned integer it is, with all its
// digits. A fraction is cut off. It fails for what is no number, is negative
// or does not fit into 64 bits.
func uintOf(v gjson.Result) (uint64, bool) {
	if v.Type != gjson.Number {
		return 0, false
	}
	if n, err := strconv.ParseUint(v.Raw, 10, 64); err == nil {
		return n, true
	}
	if strings.IndexAny(v.Raw, ".eE") < 0 || v.Num < 0 || v.Num >= 1<<64 {
		return 0, false
	}
	return uint64(v.Num), true
}

// isTrue reports whether v is the JSON value true; ok that it is a boolean.
func isTrue(v gjson.Result) (isTrue, ok bool) {
	return v.Type == gjson.True, v.Type == gjson.True || v.Type == gjson.False
}

// splice returns the object text without its members of some names, and with
// others added at the end: "key":value pairs as they are to stand there.
func splice(object string, drop []string, add []string) string {
	if len(drop) > 0 {
		object = without(object, drop)
	}
	if len(add) == 0 {
		return object
	}
	end := strings.LastIndexByte(object, '}')
	head := strings.TrimRight(object[:end], " \t\r\n")
	var b strings.Builder
	b.WriteString(head)
	for i, member := range add {
		if i > 0 || !strings.HasSuffix(head, "{") {
			b.WriteByte(',')
		}
		b.WriteString(member)
	}
	b.WriteString(object[end:])
	return b.String()
}

func without(object string, drop []string) string {
	var b strings.Builder
	b.WriteByte('{')
	gjson.Parse(object).ForEach(func(key, value gjson.Result) bool {
		for _, name := range drop {
			if unquote(key.Raw) == name {
				return true
			}
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(key.Raw)
		b.WriteByte(':')
		b.WriteString(value.Raw)
		return true
	})
	b.WriteByte('}')
	return b.String()
}
