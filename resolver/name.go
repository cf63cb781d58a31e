package resolver

import "strings"

// foldOctet maps an octet of a label to the octet of its canonical text: ASCII
// letters in lower case; 0 for one that stands as an escape.
var foldOctet = func() (t [256]byte) {
	for c := byte('!'); c < 0x7f; c++ {
		switch {
		case c == '.' || c == '\\':
		case 'A' <= c && c <= 'Z':
			t[c] = c + 'a' - 'A'
		default:
			t[c] = c
		}
	}
	return t
}()

// textName returns the canonical text of an uncompressed name in wire form, as
// package zone writes it: lower case, no final dot, a backslash and three octal
// digits for octets that need it; "." for the root. A dot inside a label is
// data, and never read as the end of one (RFC 2181 section 11).
func textName(wire []byte) string {
	if len(wire) == 1 {
		return "."
	}
	var b strings.Builder
	b.Grow(len(wire))
	for i := 0; wire[i] != 0; i += 1 + int(wire[i]) {
		if i > 0 {
			b.WriteByte('.')
		}
		for _, c := range wire[i+1 : i+1+int(wire[i])] {
			if f := foldOctet[c]; f != 0 {
				b.WriteByte(f)
			} else {
				b.Write([]byte{'\\', '0' + c>>6, '0' + c>>3&7, '0' + c&7})
			}
		}
	}
	return b.String()
}

// appendWireName appends the wire form of a record's owner, which is canonical
// text and "" for the root.
func appendWireName(dst []byte, name string) []byte {
	for label := range strings.SplitSeq(name, ".") {
		if label == "" {
			break
		}
		at := len(dst)
		dst = append(dst, 0)
		for i := 0; i < len(label); i++ {
			c := label[i]
			if c == '\\' && i+3 < len(label) {
				c = label[i+1]<<6 | (label[i+2]-'0')<<3 | (label[i+3] - '0')
				i += 3
			}
			dst = append(dst, c)
		}
		dst[at] = byte(len(dst) - at - 1)
	}
	return append(dst, 0)
}
