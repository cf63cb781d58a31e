package zone

import "math/bits"

// A key is a name to look for, as it was asked: in any letter case (Z3).
type key struct {
	text string // without final dot; "" for the root
	vpce bool   // it may be an endpoint's own name or below one; see [tree.find]
}

const (
	maxName  = 253 // characters of a name without escapes and without the final dot: 255 octets on the wire
	maxLabel = 63
)

// lower returns a copy of the name in lower case: unlike text, it may be kept.
func (k *key) lower() string {
	var room [maxName]byte
	return string(k.appendLower(room[:0]))
}

func (k *key) appendLower(b []byte) []byte {
	for i := range len(k.text) {
		b = append(b, lower(k.text[i]))
	}
	return b
}

// cutDot returns a name without its final dot.
func cutDot(s string) string {
	if n := len(s); n > 0 && s[n-1] == '.' {
		return s[:n-1]
	}
	return s
}

// What follows takes eight octets of a name at a time, as the lanes of a word.
const (
	lanes = 0x0101010101010101
	high  = 0x80 * lanes
	cases = 0x20 * lanes // the bit in which the two cases of a letter differ
)

// word returns the first eight octets of s, the first lowest; the compiler makes
// it one load.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// wordAt returns the eight octets from a place on, with zeros behind the end.
func wordAt(s string, at int) uint64 {
	rest := len(s) - at
	switch {
	case rest >= 8:
		return word(s[at:])
	case len(s) >= 8:
		return word(s[len(s)-8:]) >> uint(64-8*rest)
	}
	return short(s[at:])
}

// short returns a text of fewer than eight octets, with zeros behind.
func short(s string) uint64 {
	var x uint64
	for i := range len(s) {
		x |= uint64(s[i]) << (8 * i)
	}
	return x
}

// hash returns a number that is the same for a name in any letter case. It
// takes sixteen octets a step, the last sixteen once more if need be.
//
// That it does not tell "@" from "`" either, and four such pairs more, nobody
// will notice: see same.
func hash(s string) uint64 {
	const a, b, c uint64 = 0x8bb84b93962eacc9, 0x4b33a62ed433d4a3, 0x2d358dccaa6c78a5
	n := len(s)
	h := c + uint64(n)
	if n < 8 {
		return mix(h^(short(s)|cases), a)
	}
	if n < 16 {
		return mix(h^(word(s)|cases), b^(word(s[n-8:])|cases))
	}
	for i := 0; i < n-16; i += 16 {
		h = mix(h^(word(s[i:])|cases), a^(word(s[i+8:])|cases))
	}
	return mix(h^(word(s[n-16:])|cases), b^(word(s[n-8:])|cases))
}

// mix spreads every bit of both over the whole word.
func mix(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return hi ^ lo
}

// same reports whether s is that canonical name in any letter case. rare tells
// that the name has an octet which is no letter and yet differs from another one
// in nothing but the bit of letter case.
func same(s, name string, rare bool) bool {
	n := len(name)
	if len(s) != n {
		return false
	}
	if n < 8 || rare {
		for i := range n {
			if lower(s[i]) != name[i] {
				return false
			}
		}
		return true
	}
	d := differ(word(s[n-8:]), word(name[n-8:]))
	for i := 0; i < n-8; i += 8 {
		d |= differ(word(s[i:]), word(name[i:]))
	}
	return d == 0
}

// differ returns the bits in which eight octets differ from those of a
// canonical name, but for that of letter case: where the name has an octet from
// 0x60 on, which is a small letter if it is none of the rare.
func differ(x, name uint64) uint64 { return (x ^ name) &^ (name & (name >> 1) & cases) }

// isRare reports whether a canonical name has one of the octets that [same]
// must be told of: "`", "{", "|", "}" and "~".
func isRare(name string) bool {
	for i := 0; i < len(name); i += 8 {
		x := wordAt(name, i)
		if (x|from(x, '{')|from(x, '`')&^from(x, '`'+1))&high != 0 {
			return true
		}
	}
	return false
}

// hasUpper reports whether a name has a letter in upper case.
func hasUpper(name string) bool {
	for i := 0; i < len(name); i += 8 {
		if x := wordAt(name, i); from(x, 'A')&^from(x, 'Z'+1)&high != 0 {
			return true
		}
	}
	return false
}

// from adds to each octet of x what makes its high bit say whether the octet is
// at least c. Every octet must be ASCII: then no sum reaches the next.
func from(x uint64, c byte) uint64 { return x + uint64(0x80-c)*lanes }

// label returns where the label behind the one that begins at a place of s
// begins, the end of s if that is the last. It is false if the label is none, or
// holds an escape.
func label(s string, at int) (next int, ok bool) {
	i := at
	for ; i+8 <= len(s); i += 8 {
		bad, dots := marks(word(s[i:]))
		if dots != 0 {
			return labelEnd(s, at, i, bad, dots)
		}
		if bad != 0 {
			return 0, false
		}
	}
	bad, dots := marks(wordAt(s, i))
	if dots != 0 {
		return labelEnd(s, at, i, bad, dots)
	}
	bad &= 1<<(8*(len(s)-i)) - 1 // behind the end there is nothing
	return len(s), bad == 0 && len(s) > at && len(s)-at <= maxLabel
}

// labelEnd is label for one that ends in the word at i.
func labelEnd(s string, at, i int, bad, dots uint64) (next int, ok bool) {
	end := i + bits.TrailingZeros64(dots)/8
	bad &= dots&-dots - 1 // before the dot
	return end + 1, bad == 0 && end > at && end-at <= maxLabel && end+1 < len(s)
}

// marks sets the high bit of those of eight octets that no plain text of a
// name holds, and of the dots.
//
// The sums work because no octet is above 0x7f, so that none carries into the
// next; where one is, bad marks it, and what is marked behind it means nothing.
// The high bit of an octet of x+k*lanes is set if that octet of x is at least
// 0x80-k.
func marks(x uint64) (bad, dots uint64) {
	bad = x | // not ASCII
		^(x + (0x80-'!')*lanes) | // space and below
		(x + lanes) | // delete
		^((x ^ '\\'*lanes) + 0x7f*lanes) // a backslash
	return bad & high, ^(x | ((x ^ '.'*lanes) + 0x7f*lanes)) & high
}

// isPlain reports whether a text without final dot is a DNS name without
// escapes.
func isPlain(s string) bool {
	for at := 0; at < len(s); {
		next, ok := label(s, at)
		if !ok {
			return false
		}
		at = next
	}
	return len(s) <= maxName
}
