package jsapi

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Inside, text is UTF-8, except that a lone surrogate, which JavaScript strings
// may hold, has its three-byte form ED A0..BF 80..BF. Outside, in JSON, it is
// its \uXXXX escape.

// surrogateAt reports the lone surrogate at the start of s, if one is there.
func surrogateAt(s string) (rune, bool) {
	if len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), true
	}
	return 0, false
}

// holdsSurrogate reports whether a lone surrogate is in s.
func holdsSurrogate(s string) bool {
	for i := 0; ; i++ {
		n := strings.IndexByte(s[i:], 0xED)
		if n < 0 {
			return false
		}
		i += n
		if _, lone := surrogateAt(s[i:]); lone {
			return true
		}
	}
}

// textOfBytes is b as a string, without a copy: b must not be changed any more.
func textOfBytes(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// wellFormed reports whether s holds no lone surrogate.
func wellFormed(s string) bool { return utf8.ValidString(s) }

// unquote decodes a valid JSON string literal.
func unquote(literal string) string {
	if len(literal) < 2 {
		return ""
	}
	s := literal[1 : len(literal)-1]
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b = append(b, s[i])
			continue
		}
		i++
		if s[i] != 'u' {
			b = append(b, unescape(s[i]))
			continue
		}
		r, size := unescapeUnicode(s[i+1:])
		b = appendRune(b, r)
		i += size
	}
	return string(b)
}

func unescape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// unescapeUnicode decodes the hex digits behind \u, a surrogate pair included,
// and returns how many bytes they took.
func unescapeUnicode(s string) (rune, int) {
	r := hex4(s)
	if r < 0 {
		return utf8.RuneError, 0
	}
	if 0xD800 <= r && r < 0xDC00 && strings.HasPrefix(s[4:], `\u`) {
		if low := hex4(s[6:]); 0xDC00 <= low && low < 0xE000 {
			return 0x10000 + (r-0xD800)<<10 + (low - 0xDC00), 10
		}
	}
	return r, 4
}

// hex4 reads four hex digits, -1 if they are not there.
func hex4(s string) rune {
	if len(s) < 4 {
		return -1
	}
	var r rune
	for i := range 4 {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}

// appendRune appends r, a surrogate in its three-byte form.
func appendRune(b []byte, r rune) []byte {
	if 0xD800 <= r && r < 0xE000 {
		return append(b, 0xED, byte(0x80|r>>6&0x3F), byte(0x80|r&0x3F))
	}
	return utf8.AppendRune(b, r)
}

const hexDigits = "0123456789abcdef"

// appendQuoted appends s as a JSON string literal. Only what must be escaped
// is.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0xED {
			continue
		}
		if c == 0xED {
			if r, lone := surrogateAt(s[i:]); lone {
				b = appendEscape(append(b, s[from:i]...), r)
				from = i + 3
				i += 2
			}
			continue
		}
		b = append(b, s[from:i]...)
		if c == '"' || c == '\\' {
			b = append(b, '\\', c)
		} else {
			b = appendEscape(b, rune(c))
		}
		from = i + 1
	}
	return append(append(b, s[from:]...), '"')
}

func appendEscape(b []byte, r rune) []byte {
	return append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// escapeSurrogates turns the lone surrogates of a JSON text into escapes. It
// fails where one stands behind a backslash, for the two together are no JSON,
// but the escape would be.
func escapeSurrogates(s string) (string, bool) {
	if !holdsSurrogate(s) {
		return s, true
	}
	b := make([]byte, 0, len(s)+16)
	backslashes := 0
	for i := 0; i < len(s); i++ {
		if r, lone := surrogateAt(s[i:]); lone {
			if backslashes%2 == 1 {
				return "", false
			}
			b = appendEscape(b, r)
			i += 2
			continue
		}
		if s[i] == '\\' {
			backslashes++
		} else {
			backslashes = 0
		}
		b = append(b, s[i])
	}
	return string(b), true
}
