package zone

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// ErrRData is the reason of an error about a record's value that its type does
// not allow.
var ErrRData = errors.New("not the data of a record of this type")

// ErrRDataType is the reason of an error about a record type whose text form
// this package does not read.
var ErrRDataType = errors.New("a record type whose values are not modelled")

// parseRData reads the value of a record from Route 53's text form into wire
// form, uncompressed. Any type may also be given as RFC 3597 writes it: \# n
// hex.
func parseRData(t Type, s string) (string, error) {
	bad := func() (string, error) { return "", fmt.Errorf("%s %q: %w", t, s, ErrRData) }
	if rest, ok := strings.CutPrefix(s, `\# `); ok {
		return parseGeneric(t, s, rest)
	}
	switch t {
	case A, AAAA:
		a, err := netip.ParseAddr(s)
		if err != nil || a.Zone() != "" || a.Is4() != (t == A) {
			return bad()
		}
		return addrData(a), nil
	case TXT, SPF:
		return parseTXT(t, s)
	}
	f := strings.Fields(s)
	p := rdataParser{fields: f}
	switch t {
	case NS, CNAME, PTR:
		p.name()
	case SOA:
		p.name()
		p.name()
		for range 5 {
			p.number(32)
		}
	case MX:
		p.number(16)
		p.name()
	case SRV:
		p.number(16)
		p.number(16)
		p.number(16)
		p.name()
	case CAA:
		return parseCAA(s)
	default:
		return "", fmt.Errorf("%s %q: %w", t, s, ErrRDataType)
	}
	if p.bad || len(p.fields) > 0 {
		return bad()
	}
	return string(p.out), nil
}

// rdataParser reads the fields of a value one by one.
type rdataParser struct {
	fields []string
	out    []byte
	bad    bool
}

func (p *rdataParser) next() string {
	if len(p.fields) == 0 {
		p.bad = true
		return ""
	}
	f := p.fields[0]
	p.fields = p.fields[1:]
	return f
}

func (p *rdataParser) name() {
	out, why := appendName(p.out, p.next())
	p.out, p.bad = out, p.bad || why != ""
}

func (p *rdataParser) number(bits int) {
	n, err := strconv.ParseUint(p.next(), 10, bits)
	p.bad = p.bad || err != nil
	if bits == 16 {
		p.out = binary.BigEndian.AppendUint16(p.out, uint16(n))
	} else {
		p.out = binary.BigEndian.AppendUint32(p.out, uint32(n))
	}
}

func parseGeneric(t Type, s, rest string) (string, error) {
	f := strings.Fields(rest)
	if len(f) > 0 {
		b, err := hex.DecodeString(strings.Join(f[1:], ""))
		n, errN := strconv.Atoi(f[0])
		if err == nil && errN == nil && n == len(b) && n <= 65535 && (known(t) == nil || known(t)(string(b))) {
			return string(b), nil
		}
	}
	return "", fmt.Errorf("%s %q: %w", t, s, ErrRData)
}

// known returns the test of the wire form of a type with a text form of its
// own; nil for any other type. Data in such a type that does not fit it is
// refused, so that whatever a zone holds can be printed and packed.
func known(t Type) func(string) bool {
	switch t {
	case A, AAAA, NS, CNAME, PTR, SOA, MX, SRV, CAA, TXT, SPF:
		return func(wire string) bool {
			text, ok := rdataText(nil, t, wire, route53)
			if !ok {
				return false
			}
			again, err := parseRData(t, string(text))
			return err == nil && again == wire
		}
	}
	return nil
}

// parseTXT reads character strings, quoted or not, of up to 255 octets each.
func parseTXT(t Type, s string) (string, error) {
	var out []byte
	for rest := strings.TrimLeft(s, " \t"); rest != ""; rest = strings.TrimLeft(rest, " \t") {
		text, after, ok := cutString(rest)
		if !ok || len(text) > 255 {
			return "", fmt.Errorf("%s %q: %w", t, s, ErrRData)
		}
		out = append(append(out, byte(len(text))), text...)
		rest = after
	}
	if len(out) == 0 || len(out) > 65535 {
		return "", fmt.Errorf("%s %q: %w", t, s, ErrRData)
	}
	return string(out), nil
}

// cutString cuts one character string, quoted or not, off s. Route 53 escapes
// with a backslash and three octal digits, or a backslash and the character.
func cutString(s string) (text []byte, rest string, ok bool) {
	quoted := s[0] == '"'
	i := 0
	if quoted {
		i = 1
	}
	for i < len(s) {
		c := s[i]
		i++
		switch {
		case quoted && c == '"':
			return text, s[i:], i == len(s) || s[i] == ' ' || s[i] == '\t'
		case !quoted && (c == ' ' || c == '\t'):
			return text, s[i:], true
		case !quoted && c == '"':
			return nil, "", false
		case c == '\\':
			if i == len(s) {
				return nil, "", false
			}
			if i+3 <= len(s) && s[i] >= '0' && s[i] <= '3' && s[i+1] >= '0' && s[i+1] <= '7' && s[i+2] >= '0' && s[i+2] <= '7' {
				c = (s[i]-'0')<<6 | (s[i+1]-'0')<<3 | (s[i+2] - '0')
				i += 3
			} else {
				c = s[i]
				i++
			}
		}
		text = append(text, c)
	}
	return text, "", !quoted
}

func parseCAA(s string) (string, error) {
	f := strings.SplitN(strings.TrimSpace(s), " ", 3)
	if len(f) == 3 {
		flags, err := strconv.ParseUint(f[0], 10, 8)
		value := strings.TrimLeft(f[2], " ")
		if err == nil && f[1] != "" && len(f[1]) <= 15 && alphanumeric(f[1]) && value != "" {
			if text, rest, ok := cutString(value); ok && strings.TrimSpace(rest) == "" {
				return string([]byte{byte(flags), byte(len(f[1]))}) + f[1] + string(text), nil
			}
		}
	}
	return "", fmt.Errorf("%s %q: %w", CAA, s, ErrRData)
}

func alphanumeric(s string) bool {
	for i := range len(s) {
		if c := lower(s[i]); (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// style is how octets that need an escape are written.
type style uint8

const (
	route53 style = iota // a backslash and three octal digits; names without final dot
	master               // as in a zone file: three decimal digits (RFC 1035, section 5.1); names with final dot
)

// rdataText appends a value in text form; as RFC 3597 does where the type has
// no form of its own, or the data does not fit it (false).
func rdataText(dst []byte, t Type, wire string, how style) (text []byte, ok bool) {
	b, rest, ok := dst, wire, true
	name := func() {
		if ok = ok && validName(rest); ok {
			b, rest = appendNameText(b, rest, how)
		}
	}
	number := func(octets int) {
		if ok = ok && len(rest) >= octets; ok {
			var n uint64
			for i := range octets {
				n = n<<8 | uint64(rest[i])
			}
			b = strconv.AppendUint(b, n, 10)
			rest = rest[octets:]
		}
	}
	str := func(n int) {
		if ok = ok && len(rest) >= n; ok {
			b = appendQuoted(b, rest[:n], how)
			rest = rest[n:]
		}
	}
	space := func() { b = append(b, ' ') }
	switch t {
	case A, AAAA:
		a, valid := wireAddr(t, wire)
		if ok = valid; ok {
			b, rest = a.AppendTo(b), ""
		}
	case NS, CNAME, PTR:
		name()
	case SOA:
		name()
		space()
		name()
		for range 5 {
			space()
			number(4)
		}
	case MX:
		number(2)
		space()
		name()
	case SRV:
		for range 3 {
			number(2)
			space()
		}
		name()
	case CAA:
		number(1)
		if ok = ok && len(rest) > 0 && rest[0] > 0 && int(rest[0]) < len(rest) && alphanumeric(rest[1:1+rest[0]]); ok {
			b = append(append(append(b, ' '), rest[1:1+rest[0]]...), ' ')
			rest = rest[1+rest[0]:]
			str(len(rest))
		}
	case TXT, SPF:
		for ok = rest != ""; rest != "" && ok; {
			if len(rest) < len(wire) {
				space()
			}
			n := int(rest[0])
			rest = rest[1:]
			str(n)
		}
	default:
		return appendGeneric(dst, wire), true
	}
	if !ok || rest != "" {
		return appendGeneric(dst, wire), false
	}
	return b, true
}

// validName reports whether wire begins with a whole uncompressed name.
func validName(wire string) bool {
	for i := 0; i < len(wire) && i < 255; i += 1 + int(wire[i]) {
		if wire[i] == 0 {
			return true
		}
		if wire[i] > maxLabel {
			return false
		}
	}
	return false
}

func appendGeneric(b []byte, wire string) []byte {
	b = strconv.AppendInt(append(b, `\# `...), int64(len(wire)), 10)
	if wire != "" {
		b = hex.AppendEncode(append(b, ' '), []byte(wire))
	}
	return b
}

func appendQuoted(b []byte, s string, how style) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= ' ' && c < 0x7f:
			b = append(b, c)
		default:
			b = appendEscape(b, c, how)
		}
	}
	return append(b, '"')
}

func appendEscape(b []byte, c byte, how style) []byte {
	if how == master {
		return append(b, '\\', '0'+c/100, '0'+c/10%10, '0'+c%10)
	}
	return append(b, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
}

// addrData returns the RDATA of an address.
func addrData(a netip.Addr) string {
	if a.Is4() {
		b := a.As4()
		return string(b[:])
	}
	b := a.As16()
	return string(b[:])
}

// wireAddr reads the address of an A or AAAA record.
func wireAddr(t Type, wire string) (netip.Addr, bool) {
	switch {
	case t == A && len(wire) == 4:
		return netip.AddrFrom4([4]byte{wire[0], wire[1], wire[2], wire[3]}), true
	case t == AAAA && len(wire) == 16:
		return netip.AddrFrom16([16]byte([]byte(wire))), true
	}
	return netip.Addr{}, false
}
