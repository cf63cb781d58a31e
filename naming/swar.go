package naming

import (
	"slices"
	"strings"
)

// This file examines eight bytes a step, as the eight lanes of a word.

const (
	lanes = 0x0101010101010101
	highs = 0x80 * lanes
)

// load returns s[i:i+8] as a word, first byte lowest; the compiler makes it
// one load.
func load(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// store writes w to b[i:i+8], as load reads it.
func store(b []byte, i int, w uint64) {
	b = b[i : i+8]
	b[0], b[1], b[2], b[3] = byte(w), byte(w>>8), byte(w>>16), byte(w>>24)
	b[4], b[5], b[6], b[7] = byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56)
}

// from adds to each lane of w what makes its high bit say whether the lane is
// at least c; the other bits mean nothing. Every lane of w must be ASCII: then
// no sum reaches the next lane. Two of them with ^ in between tell a range.
func from(w uint64, c byte) uint64 { return w + uint64(0x80-c)*lanes }

func isHex8(s string, i int) bool {
	w := load(s, i)
	hex := from(w, 'a') ^ from(w, 'f'+1) ^ from(w, '0') ^ from(w, '9'+1)
	return hex&^w&highs == highs
}

func isAlnum8(s string, i int) bool {
	w := load(s, i)
	alnum := from(w, 'a') ^ from(w, 'z'+1) ^ from(w, '0') ^ from(w, '9'+1)
	return alnum&^w&highs == highs
}

func isHexByte(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }

// canonical reports whether s is a canonical host name without an asterisk.
func canonical(s string) bool {
	ok, _ := plain(s)
	return ok
}

// plain reports whether s is a canonical host name without an asterisk, and if
// so whether it holds a hyphen.
func plain(s string) (ok, hyphen bool) {
	n := len(s)
	if n >= 8 && n <= maxName {
		if good, even := words(s); good == highs {
			return n <= maxLabel || shortLabels(s), even != highs
		}
	}
	return plainSlow(s)
}

// What to add to a word, as from does.
const (
	fromHyphen = (0x80 - '-') * lanes
	fromDot    = (0x80 - '.') * lanes
	aboveDot   = (0x80 - '/') * lanes
	from0      = (0x80 - '0') * lanes
	above9     = (0x80 - ':') * lanes
	fromA      = (0x80 - 'a') * lanes
	// To take a word from: the high bit says whether the lane is at most z.
	uptoZ = (0x80 + 'z') * lanes
)

// part says with the high bits of good which lanes of a word may stand in a
// canonical name: letters in lower case, digits, and separators behind one of
// the two; and with those of seps which are separators. Before is 0x80 if a
// separator may stand in lane 0, and 0 if not.
//
// Hyphen and dot are neighbours in ASCII, so one range tells both. A byte that
// is not ASCII spoils the lanes above it, but the lowest such lane is not good:
// it is beyond uptoZ or, from 0xfb on, in none of the ranges.
func part(w, before uint64) (good, seps uint64) {
	alnums := (w + from0) ^ (w + above9) ^ (w + fromA) // or beyond z
	seps = (w + fromHyphen) ^ (w + aboveDot)
	return (alnums | seps&(alnums<<8|before)) & (uptoZ - w), seps
}

// words returns highs for good if s, of 8 bytes or more, holds only letters in
// lower case, digits and separators, none of these first, last or next to
// another; and highs for even as well if no separator is a hyphen. A name with
// "--" in it is canonical too, but rare, and left to plainSlow.
//
// Each word shares a byte with the next, so that every two neighbours are in
// one word, and no word waits for what the one before tells.
func words(s string) (good, even uint64) {
	w := load(s, 0)
	good, _ = part(w, 0)
	even = w + fromDot
	for i := 7; i < len(s)-8; i += 7 {
		w := load(s, i)
		g, _ := part(w, 0x80)
		good &= g
		even &= w + fromDot
	}
	w = load(s, len(s)-8)
	g, seps := part(w, 0x80)
	good &= g &^ (seps >> 56) & highs
	return good, good & even & (w + fromDot)
}

// plainSlow is plain a byte at a time.
func plainSlow(s string) (ok, hyphens bool) {
	if len(s) > maxName {
		return false, false
	}
	before := uint8(dot)
	for i := range len(s) {
		c := class[s[i]]
		switch {
		case c == alnum:
		case c == hyphen && before != dot:
			hyphens = true
		case c == dot && before == alnum:
		default:
			return false, false
		}
		before = c
	}
	return before == alnum && (len(s) <= maxLabel || shortLabels(s)), hyphens
}

// shortLabels reports whether no label of s is longer than a label may be.
func shortLabels(s string) bool {
	for {
		i := strings.IndexByte(s, '.')
		if i < 0 {
			return len(s) <= maxLabel
		}
		if i > maxLabel {
			return false
		}
		s = s[i+1:]
	}
}

// grow returns b with n more bytes of length, whose content is undefined.
func grow(b []byte, n int) []byte {
	if cap(b)-len(b) < n {
		b = slices.Grow(b, n)
	}
	return b[:len(b)+n]
}

// move8, move16 and move32 copy s to the beginning of b, which is as long, by
// a few moves of fixed size that may overlap: unlike the copying of any length,
// they have no branch that differs from name to name.

// move8 is for 8 to 16 bytes.
func move8(b []byte, s string) {
	n := len(s)
	copy(b[:8], s[:8])
	copy(b[n-8:n], s[n-8:])
}

// move16 is for 16 to 32 bytes.
func move16(b []byte, s string) {
	n := len(s)
	copy(b[:16], s[:16])
	copy(b[n-16:n], s[n-16:])
}

// move32 is for 32 to 64 bytes.
func move32(b []byte, s string) {
	n := len(s)
	copy(b[:16], s[:16])
	copy(b[16:32], s[16:32])
	copy(b[n-32:n-16], s[n-32:n-16])
	copy(b[n-16:n], s[n-16:])
}

// put8 copies s to the beginning of b, which has room for it, and returns its
// length. It is made for the parts of 8 to 16 bytes: suffix, zone, Region.
func put8(b []byte, s string) int {
	if len(s) < 8 || len(s) > 16 {
		return copy(b, s)
	}
	move8(b, s)
	return len(s)
}

// put16 is put8 for the parts of 16 to 32 bytes: endpoint id, domain.
func put16(b []byte, s string) int {
	if len(s) < 16 || len(s) > 32 {
		return copy(b, s)
	}
	move16(b, s)
	return len(s)
}
