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
// so whether it may hold "vpce-": false only if it does not.
//
// Hyphen and dot are neighbours in ASCII, so one range tells the separators.
// Two of them side by side are rare, and left to plainSlow.
func plain(s string) (ok, vpce bool) {
	n := len(s)
	if n < 8 || n > maxName {
		return plainSlow(s)
	}
	var suspect uint64
	last := uint64(0x80) // lane 0 tells whether a separator precedes the word, as if one preceded the name
	for i := 0; ; {
		w := load(s, i)
		fromDot := from(w, '.')
		seps := from(w, '-') ^ from(w, '.'+1)
		valid := seps ^ from(w, 'a') ^ from(w, 'z'+1) ^ from(w, '0') ^ from(w, '9'+1)
		if valid&^w&highs != highs {
			return false, false
		}
		seps &= highs
		if (seps<<8|last)&seps != 0 {
			return plainSlow(s)
		}
		if hyphens := seps &^ fromDot; hyphens != 0 {
			// Those behind an e, and one in lane 0, behind what is not looked at.
			suspect |= hyphens & ((from(w, 'e')^from(w, 'e'+1))<<8 | 0x80)
		}
		last = seps >> 56
		if i += 8; i == n {
			break
		}
		if i > n-8 {
			i, last = n-8, 0 // the last word overlaps the one before, which told what precedes it
		}
	}
	return last == 0 && (n <= maxLabel || shortLabels(s)), suspect != 0
}

// plainSlow is plain a byte at a time.
func plainSlow(s string) (ok, vpce bool) {
	if len(s) > maxName {
		return false, false
	}
	before := uint8(dot)
	for i := range len(s) {
		c := class[s[i]]
		switch {
		case c == alnum:
		case c == hyphen && before != dot:
			vpce = true
		case c == dot && before == alnum:
		default:
			return false, false
		}
		before = c
	}
	return before == alnum && (len(s) <= maxLabel || shortLabels(s)), vpce
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
