package naming

import "strings"

const (
	maxName  = 253 // RFC 1035, without the final dot (NAM-14)
	maxLabel = 63
)

// CanonicalHost returns the canonical text of a host name: in lower case and
// without a final dot. It never trims or repairs. In this order, it rejects
// with a [ParseError]
//
//  1. "" and "." ([ErrEmpty]);
//  2. any of : / @ ? # \ [ ], which tell a URL or a host and port from a host
//     name ([ErrNotHostName], NAM-16);
//  3. any other character but ASCII letters, digits, hyphen, dot and asterisk
//     ([ErrCharacter], NAM-12: checked before folding, because folding may
//     turn a foreign letter into an ASCII one);
//  4. a name of more than 253 characters ([ErrTooLong], NAM-14);
//  5. the first label that is empty, longer than 63 characters, begins or ends
//     with a hyphen, or holds an asterisk without being the whole leftmost
//     label ([ErrEmptyLabel], [ErrLongLabel], [ErrHyphen], [ErrAsterisk],
//     NAM-13 to NAM-15).
//
// A name that is canonical already, or but for its final dot, is returned
// without allocating.
func CanonicalHost(s string) (string, error) {
	if canonical(s) {
		return s, nil
	}
	text, f := fold(s)
	if f.why != nil {
		return "", f.in(s)
	}
	return text, nil
}

// The classes of a byte in a host name.
const (
	foreign = iota // not in any host name
	url            // tells a URL from a host name
	upper
	alnum
	hyphen
	dot
	asterisk
)

var class = func() (t [256]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = alnum, upper
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = alnum
	}
	for _, c := range `:/@?#\[]` {
		t[c] = url
	}
	t['-'], t['.'], t['*'] = hyphen, dot, asterisk
	return t
}()

// fold returns the canonical text of s, or why there is none. It is the whole
// of what CanonicalHost decides; canonical is its fast path.
func fold(s string) (string, fault) {
	name := strings.TrimSuffix(s, ".")
	if name == "" {
		return "", fault{why: ErrEmpty}
	}
	bad, mixed := -1, false
	for i := range len(name) {
		switch class[name[i]] {
		case url:
			return "", fault{why: ErrNotHostName}
		case foreign:
			if bad < 0 {
				bad = i
			}
		case upper:
			mixed = true
		}
	}
	if bad >= 0 {
		lo, hi := label(name, bad)
		return "", fault{ErrCharacter, name[lo:hi]}
	}
	if len(name) > maxName {
		return "", fault{why: ErrTooLong}
	}
	for lo := 0; lo <= len(name); {
		_, hi := label(name, lo)
		l := name[lo:hi]
		switch {
		case l == "":
			return "", fault{why: ErrEmptyLabel}
		case len(l) > maxLabel:
			return "", fault{ErrLongLabel, l}
		case l[0] == '-' || l[len(l)-1] == '-':
			return "", fault{ErrHyphen, l}
		case strings.IndexByte(l, '*') >= 0 && (lo > 0 || l != "*"):
			return "", fault{ErrAsterisk, l}
		}
		lo = hi + 1
	}
	if mixed {
		name = lower(name)
	}
	return name, fault{}
}

// lower maps A–Z only (RFC 4343), in one allocation.
func lower(s string) string {
	var b [maxName]byte
	for i := range len(s) {
		c := s[i]
		if class[c] == upper {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return string(b[:len(s)])
}

// label returns the bounds of the label that holds, or ends at, place i.
func label(s string, i int) (lo, hi int) {
	lo = strings.LastIndexByte(s[:i], '.') + 1
	if hi = strings.IndexByte(s[i:], '.'); hi < 0 {
		return lo, len(s)
	}
	return lo, i + hi
}
