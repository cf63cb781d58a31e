package zone

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// ErrName is the reason of an error about a text that is no DNS name.
var ErrName = errors.New("not a DNS name")

const (
	maxName  = 253 // characters of a name without escapes and without the final dot: 255 octets on the wire
	maxLabel = 63
	foldSize = 256 // room for a name
)

// plain tells the octets that stand for themselves in a name's text. Route 53
// writes every other octet as a backslash and three octal digits (dns.md, DNF).
func plain(c byte) bool { return c > ' ' && c < 0x7f && c != '.' && c != '\\' }

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// Constants for eight octets at a time: each octet of a word.
const (
	ones = 0x0101010101010101
	high = 0x80 * ones
)

// fold writes the canonical text of s to buf: ASCII letters in lower case, no
// final dot (Z3). It returns its length; false if s holds an escape or is no
// DNS name, which [canonicalOr] tells apart. The root is "".
//
// It takes eight octets at a time, the last eight once more if need be.
func fold(buf *[foldSize]byte, s string) (int, bool) {
	n := len(s)
	if n > 0 && s[n-1] == '.' {
		n--
	}
	if n < 8 || n > maxName {
		return foldShort(buf, s, n)
	}
	bad, after := uint64(0), uint64(dot) // a name begins as if after a dot: with no other
	for i := 0; i+8 <= n; i += 8 {
		x, b, dots := foldWord(word(s[i : i+8]))
		binary.LittleEndian.PutUint64(buf[i:i+8], x)
		bad |= b | dots&(dots<<8|after)
		after = dots >> 56
	}
	x, b, dots := foldWord(word(s[n-8 : n]))
	binary.LittleEndian.PutUint64(buf[n-8:n], x)
	bad |= b | dots&(dots<<8) | dots>>63 // nor does one end in another
	return n, bad == 0 && (n <= maxLabel || labelsFit(buf[:n]))
}

// dot is the mark of a dot in the first octet of a word of marks.
const dot = 0x80

func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// foldWord folds eight octets, and marks with the high bit those that no plain
// text of a name holds, and the dots.
//
// The sums work because no octet is above 0x7f, so that none carries into the
// next; where one is, bad says so in any case. The high bit of an octet of
// x+k*ones is set if that octet of x is at least 0x80-k.
func foldWord(x uint64) (folded, bad, dots uint64) {
	bad = x | // not ASCII
		^(x + (0x80-'!')*ones) | // space and below
		(x + ones) | // delete
		^((x ^ '\\'*ones) + 0x7f*ones) // a backslash
	dots = ^((x ^ '.'*ones) + 0x7f*ones) & high
	upper := (x + (0x80-'A')*ones) & ^(x + (0x80-'Z'-1)*ones) & high
	return x | upper>>2, bad & high, dots
}

// labelsFit reports whether no label is too long.
func labelsFit(name []byte) bool {
	for len(name) > maxLabel {
		i := bytes.IndexByte(name, '.')
		if i < 0 || i > maxLabel {
			return false
		}
		name = name[i+1:]
	}
	return true
}

// foldShort is fold for names of fewer than eight octets, of which n count;
// false for one that is too long.
func foldShort(buf *[foldSize]byte, s string, n int) (int, bool) {
	if n > maxName || n == 0 {
		return 0, s == "." // the root
	}
	for i := range n {
		c := s[i]
		if c == '.' && (i == 0 || s[i-1] == '.' || i == n-1) || c != '.' && !plain(c) {
			return 0, false
		}
		buf[i] = lower(c)
	}
	return n, true
}

// canonical returns the canonical text of any DNS name: in lower case, without
// final dot, "" for the root, and with escapes only for octets that need one.
func canonical(s string) (string, error) {
	var buf [foldSize]byte
	if n, ok := fold(&buf, s); ok {
		if text := s[:n]; text == string(buf[:n]) {
			return text, nil
		}
		return string(buf[:n]), nil
	}
	text, why := canonicalOr(s)
	if why != "" {
		return "", fmt.Errorf("%q: %w: %s", s, ErrName, why)
	}
	return text, nil
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
	n := len(s)
	if n > 0 && s[n-1] == '.' {
		n--
	}
	for i := range n {
		if c := s[i]; c != lower(c) || c == '\\' {
			text, _ := canonicalOr(s)
			return text
		}
	}
	return s[:n]
}
