package naming

import "strings"

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

// from sets the high bit of each lane of w that is at least c. Every lane of w
// must be ASCII: then no sum reaches the next lane.
func from(w uint64, c byte) uint64 { return (w + uint64(0x80-c)*lanes) & highs }

// alnums sets the high bit of each lane that is a lower-case letter or digit.
func alnums(w uint64) uint64 {
	return from(w, 'a')&^from(w, 'z'+1) | from(w, '0')&^from(w, '9'+1)
}

// hexes sets the high bit of each lane that is a lower-case hex digit.
func hexes(w uint64) uint64 {
	return from(w, 'a')&^from(w, 'f'+1) | from(w, '0')&^from(w, '9'+1)
}

func isHex8(s string, i int) bool {
	w := load(s, i)
	return w&highs == 0 && hexes(w) == highs
}

func isAlnum8(s string, i int) bool {
	w := load(s, i)
	return w&highs == 0 && alnums(w) == highs
}

func isHexByte(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }

// canonical reports whether s is a canonical host name without an asterisk.
func canonical(s string) bool {
	ok, _ := plain(s)
	return ok
}

// plain reports whether s is a canonical host name without an asterisk, and if
// so whether it holds a hyphen. Hyphen and dot are neighbours in ASCII, so one
// range tells the separators; two of them side by side are allowed only if
// both are hyphens.
func plain(s string) (ok, hyphens bool) {
	n := len(s)
	if n < 8 {
		return plainShort(s)
	}
	if n > maxName {
		return false, false
	}
	var dashes, last uint64 = 0, 0x80 // what precedes the first byte acts as a dot
	i := 0
	for {
		w := load(s, i)
		if w&highs != 0 {
			return false, false
		}
		seps := from(w, '-') &^ from(w, '.'+1)
		dots := seps & from(w, '.')
		if alnums(w)|seps != highs {
			return false, false
		}
		dash := seps &^ dots
		dashes |= dash
		// last is 0x80 after a dot, 1<<6 after a hyphen, else 0.
		before := dots<<8 | last&0x80
		if before&seps != 0 || (dash<<8|last<<1&0x80)&dots != 0 {
			return false, false
		}
		last = dots>>56 | dash>>57
		if i += 8; i == n {
			break
		}
		if i > n-8 {
			// The last word overlaps the one before: its first byte was
			// examined already, and only its byte before it matters.
			i, last = n-8, 0
		}
	}
	if last != 0 {
		return false, false
	}
	return n <= maxLabel || shortLabels(s), dashes != 0
}

func plainShort(s string) (ok, hyphens bool) {
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
	return before == alnum, hyphens
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
