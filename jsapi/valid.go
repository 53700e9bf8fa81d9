package jsapi

import (
	"math/bits"
	"unsafe"
)

// maxDepth bounds the nesting of JSON from outside. A reader that recurses
// overflows the host's stack from about ten times that on, and no recover
// sees it.
const maxDepth = 1000

// validJSON reports whether s is one JSON value, as RFC 8259 has it, nested no
// deeper than maxDepth. It does not recurse.
func validJSON(s string) bool {
	var objects [maxDepth/64 + 1]uint64 // which of the open containers are objects
	depth, i := 0, 0
	for {
		i = skipSpace(s, i)
		if i == len(s) {
			return false
		}
		switch c := s[i]; c {
		case '{', '[':
			if depth++; depth > maxDepth {
				return false
			}
			i = skipSpace(s, i+1)
			bit := uint64(1) << (depth % 64)
			if c == '{' {
				objects[depth/64] |= bit
			} else {
				objects[depth/64] &^= bit
			}
			if i < len(s) && s[i] == c+2 { // both end two behind where they begin
				break
			}
			if c == '{' {
				if i = skipKey(s, i); i < 0 {
					return false
				}
			}
			continue
		default:
			if i = skipScalar(s, i); i < 0 {
				return false
			}
		}
		if i, depth = skipEnds(s, i, depth, &objects); i < 0 || depth == 0 {
			return i == len(s)
		}
	}
}

// skipEnds skips what follows a value: the ends of containers and, unless the
// outermost has ended, a comma and in objects the next key. It returns -1 at a
// fault.
func skipEnds(s string, i, depth int, objects *[maxDepth/64 + 1]uint64) (int, int) {
	for {
		i = skipSpace(s, i)
		if depth == 0 {
			return i, 0
		}
		if i == len(s) {
			return -1, depth
		}
		isObject := objects[depth/64]>>(depth%64)&1 == 1
		switch c := s[i]; {
		case c == ',' && isObject:
			return skipKey(s, skipSpace(s, i+1)), depth
		case c == ',':
			return i + 1, depth
		case c == '}' && isObject, c == ']' && !isObject:
			depth--
			i++
		default:
			return -1, depth
		}
	}
}

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t') {
		i++
	}
	return i
}

// skipKey skips a key and its colon. Like the functions below it returns -1
// where there is none.
func skipKey(s string, i int) int {
	if i == len(s) || s[i] != '"' {
		return -1
	}
	if i = skipString(s, i); i < 0 {
		return -1
	}
	if i = skipSpace(s, i); i == len(s) || s[i] != ':' {
		return -1
	}
	return i + 1
}

func skipScalar(s string, i int) int {
	word := ""
	switch s[i] {
	case '"':
		return skipString(s, i)
	case 't':
		word = "true"
	case 'f':
		word = "false"
	case 'n':
		word = "null"
	default:
		return skipNumber(s, i)
	}
	if len(s)-i < len(word) || s[i:i+len(word)] != word {
		return -1
	}
	return i + len(word)
}

// skipPlain skips the inside of a string as far as it is just text: up to a
// quote, a backslash or a control character, eight bytes at a time.
func skipPlain(s string, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; len(s)-i >= 8; i += 8 {
		x := *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
		quote, slash := x^'"'*ones, x^'\\'*ones
		// The top bit of each byte that is one of them; others may be marked above
		// the lowest of these only.
		if found := ((x-' '*ones)&^x | (quote-ones)&^quote | (slash-ones)&^slash) & tops; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

func skipString(s string, i int) int {
	for i++; ; i++ {
		i = skipPlain(s, i)
		switch {
		case i == len(s) || s[i] < ' ':
			return -1
		case s[i] == '"':
			return i + 1
		}
		if i++; i == len(s) {
			return -1
		}
		switch s[i] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		case 'u':
			if hex4(s[i+1:]) < 0 {
				return -1
			}
			i += 4
		default:
			return -1
		}
	}
}

func skipNumber(s string, i int) int {
	if s[i] == '-' {
		i++
	}
	if i < len(s) && s[i] == '0' {
		i++
	} else if i = skipDigits(s, i); i < 0 {
		return -1
	}
	if i < len(s) && s[i] == '.' {
		if i = skipDigits(s, i+1); i < 0 {
			return -1
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		return skipDigits(s, i)
	}
	return i
}

// skipDigits skips at least one digit.
func skipDigits(s string, i int) int {
	first := i
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	if i == first {
		return -1
	}
	return i
}
