package resolver

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"sync"
	"unsafe"
)

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

// nameBuffer holds the text of one name while it is looked up.
type nameBuffer [maxName + 1]byte

// nameBuffers is a free list of nameBuffers. A name on the stack would be
// simpler, and is not possible: it escapes into the lookup.
type nameBuffers struct{ pool sync.Pool }

func (l *nameBuffers) get() *nameBuffer {
	if b, ok := l.pool.Get().(*nameBuffer); ok {
		return b
	}
	return new(nameBuffer)
}

func (l *nameBuffers) put(b *nameBuffer) { l.pool.Put(b) }

// text is textName in memory that is used again: the text, and all that was made
// of it, is gone with the next use. It is false for a name that needs an escape.
// query is the message that begins the name at offset headerLen and ends it
// before end.
//
// A zone.View keeps a name in the Answer and nowhere else, and hands copies to
// the functions of its Config, as TestNamesAreKept checks.
func (b *nameBuffer) text(query []byte, end int) (string, bool) {
	n := end - headerLen - 2 // octets of the text: all but the first length and the root
	if n < 0 {
		return ".", true
	}
	// Eight octets a step, the lengths among them: the letters are folded, and
	// what cannot stand in text is counted.
	odd, i := 0, 0
	src := query[headerLen+1:]
	for ; i+8 <= n; i += 8 {
		folded, flags := foldWord(binary.LittleEndian.Uint64(src[i : i+8]))
		odd += bits.OnesCount64(flags)
		binary.LittleEndian.PutUint64(b[i:i+8], folded)
	}
	for ; i < n; i++ {
		c := src[i]
		if foldOctet[c] == 0 {
			odd++
		} else {
			c = foldOctet[c]
		}
		b[i] = c
	}
	// Then the dots are put between the labels. If the lengths account for all
	// that was counted, the labels hold nothing of it.
	for i := int(query[headerLen]); i < n; {
		length := src[i]
		if length < '!' || length == '.' { // foldOctet has 0 for it
			odd--
		}
		b[i] = '.'
		i += 1 + int(length)
	}
	return unsafe.String(&b[0], n), odd == 0
}

// foldWord folds the ASCII letters of eight octets to lower case, and sets the
// highest bit of each octet that foldOctet maps to 0.
func foldWord(x uint64) (folded, odd uint64) {
	const (
		ones = 0x0101010101010101
		high = 0x80 * ones
	)
	y := x &^ high                  // sums of these and less than 0x81 do not carry
	space := ^(y + (0x80-'!')*ones) // high bit: below '!'
	del := y + (0x80-0x7f)*ones     // 0x7f
	dot := ^((y ^ '.'*ones) + 0x7f*ones)
	slash := ^((y ^ '\\'*ones) + 0x7f*ones)
	upper := (y + (0x80-'A')*ones) &^ (y + (0x80-'Z'-1)*ones) &^ x & high
	return x | upper>>2, (x | space | del | dot | slash) & high
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
