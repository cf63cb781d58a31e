package zone

import (
	"errors"
	"fmt"
	"strings"
)

// ErrName is the reason of an error about a text that is no DNS name.
var ErrName = errors.New("not a DNS name")

// plain tells the octets that stand for themselves in a name's text. Route 53
// writes every other octet as a backslash and three octal digits (dns.md, DNF).
func plain(c byte) bool { return c > ' ' && c < 0x7f && c != '.' && c != '\\' }

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// canonical returns the canonical text of any DNS name: in lower case, without
// final dot, "" for the root, and with escapes only for octets that need one.
func canonical(s string) (string, error) {
	if k := (key{text: cutDot(s)}); s != "" && isPlain(k.text) {
		if hasUpper(k.text) {
			return k.lower(), nil
		}
		return k.text, nil
	}
	text, why := canonicalOr(s)
	if why != "" {
		return "", fmt.Errorf("%q: %w: %s", s, ErrName, why)
	}
	return text, nil
}

// canonicalIn is canonical for a name that mostly is in a zone, and canonical
// already: then nothing is left to look at but what precedes the zone's.
func canonicalIn(s, zone string) (string, error) {
	text := cutDot(s)
	if n := len(text) - len(zone) - 1; zone != "" && n > 0 && len(text) <= maxName && text[n] == '.' && text[n+1:] == zone && isPlain(text[:n]) && !hasUpper(text[:n]) {
		return text, nil
	}
	return canonical(s)
}

// canonicalOr is [canonical] that says what is wrong without keeping s, which
// then need not be on the heap.
func canonicalOr(s string) (text, why string) {
	wire, why := appendName(nil, s)
	if why == "" {
		text, _ = nameText(wire)
	}
	return text, why
}

// appendName appends the name in wire form, folded, or says why s is no name.
// The final dot is optional; "" is no name.
func appendName(dst []byte, s string) (wire []byte, why string) {
	bad := func(why string) ([]byte, string) { return dst, why }
	if s == "" {
		return bad("empty")
	}
	start := len(dst)
	if s == "." {
		return append(dst, 0), ""
	}
	out := append(dst, 0) //nolint:gocritic // dst stays what it was, for the faults below; this is its first label's length
	at := start
	for i := 0; i < len(s); {
		c := s[i]
		i++
		switch {
		case c == '.':
			n := len(out) - at - 1
			if n == 0 {
				return bad("empty label")
			}
			out[at] = byte(n)
			if i == len(s) {
				return append(out, 0), ""
			}
			at = len(out)
			out = append(out, 0)
			continue
		case c == '\\':
			if i+3 > len(s) || s[i] < '0' || s[i] > '3' || s[i+1] < '0' || s[i+1] > '7' || s[i+2] < '0' || s[i+2] > '7' {
				return bad("a backslash without three octal digits")
			}
			c = (s[i]-'0')<<6 | (s[i+1]-'0')<<3 | (s[i+2] - '0')
			i += 3
		case !plain(c):
			return bad("a character that needs an escape")
		}
		if len(out)-at-1 == maxLabel {
			return bad("a label longer than 63 octets")
		}
		out = append(out, lower(c))
		if len(out)-start > 254 {
			return bad("longer than 255 octets")
		}
	}
	out[at] = byte(len(out) - at - 1)
	return append(out, 0), ""
}

// nameText returns the text of the name at the start of an uncompressed wire
// form, and what follows it.
func nameText(wire []byte) (text string, rest string) {
	if len(wire) > 0 && wire[0] == 0 {
		return "", string(wire[1:])
	}
	b, rest := appendNameText(nil, string(wire), route53)
	return string(b), rest
}

// appendNameText appends the text of the name at the start of an uncompressed
// wire form, "." for the root, and returns what follows it.
func appendNameText(b []byte, wire string, how style) (text []byte, rest string) {
	if wire != "" && wire[0] == 0 {
		return append(b, '.'), wire[1:]
	}
	for start := len(b); wire != "" && wire[0] != 0; {
		if len(b) > start {
			b = append(b, '.')
		}
		n := int(wire[0])
		for i := 1; i <= n; i++ {
			switch c := wire[i]; {
			case how == master && plain(c) && !alphanumeric(string(c)) && !strings.ContainsRune("-_*", rune(c)):
				b = append(b, '\\', c)
			case plain(c):
				b = append(b, c)
			default:
				b = appendEscape(b, c, how)
			}
		}
		wire = wire[1+n:]
	}
	if how == master {
		b = append(b, '.')
	}
	return b, wire[1:]
}

// canonicalText is [canonical] for names that mostly are canonical already:
// those it returns without allocating. What is no name it returns as "".
func canonicalText(s string) string {
	text := cutDot(s)
	for i := range len(text) {
		if c := text[i]; c != lower(c) || c == '\\' {
			text, _ := canonicalOr(s)
			return text
		}
	}
	return text
}
