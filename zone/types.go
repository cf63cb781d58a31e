package zone

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Type is the type of a DNS record, by its number (IANA, Resource Record
// TYPEs). The zero Type is invalid: no record has it, and no lookup for it
// finds one.
type Type uint16

// The record types that the zones of Route 53 hold or that resolvers ask for.
const (
	A     Type = 1
	NS    Type = 2
	CNAME Type = 5
	SOA   Type = 6
	PTR   Type = 12
	MX    Type = 15
	TXT   Type = 16
	AAAA  Type = 28
	SRV   Type = 33
	NAPTR Type = 35
	DS    Type = 43
	SSHFP Type = 44
	TLSA  Type = 52
	SVCB  Type = 64
	HTTPS Type = 65
	SPF   Type = 99
	ANY   Type = 255 // a question only: every record of the name
	CAA   Type = 257
)

// ErrType is what [ParseType] returns for a text that is no record type.
var ErrType = errors.New("not a record type: want a mnemonic such as AAAA, or TYPE and a number")

var typeWords = map[Type]string{
	A: "A", NS: "NS", CNAME: "CNAME", SOA: "SOA", PTR: "PTR", MX: "MX", TXT: "TXT", AAAA: "AAAA", SRV: "SRV", NAPTR: "NAPTR",
	DS: "DS", SSHFP: "SSHFP", TLSA: "TLSA", SVCB: "SVCB", HTTPS: "HTTPS", SPF: "SPF", ANY: "ANY", CAA: "CAA",
}

var typeNumbers = func() map[string]Type {
	m := make(map[string]Type, len(typeWords))
	for t, w := range typeWords {
		m[w] = t
	}
	return m
}()

// ParseType reads a record type: a mnemonic in any case, or "TYPE" and a
// number (RFC 3597, section 5). Any other text is an error that wraps
// [ErrType].
func ParseType(s string) (Type, error) {
	if t, ok := typeNumbers[s]; ok {
		return t, nil
	}
	upper := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, s)
	if t, ok := typeNumbers[upper]; ok {
		return t, nil
	}
	if digits, ok := strings.CutPrefix(upper, "TYPE"); ok {
		if n, err := strconv.ParseUint(digits, 10, 16); err == nil && n > 0 && digits[0] != '0' {
			return Type(n), nil
		}
	}
	return 0, fmt.Errorf("%q: %w", s, ErrType)
}

// String returns the mnemonic, "TYPE" and the number for a type without one
// (RFC 3597), and "invalid Type" for the zero Type.
func (t Type) String() string {
	if w, ok := typeWords[t]; ok {
		return w
	}
	if t == 0 {
		return "invalid Type"
	}
	return "TYPE" + strconv.Itoa(int(t))
}

// IsValid reports whether t is not the zero Type.
func (t Type) IsValid() bool { return t != 0 }

// AppendText implements [encoding.TextAppender]; it never fails. The zero Type
// is the empty text.
func (t Type) AppendText(b []byte) ([]byte, error) {
	if t == 0 {
		return b, nil
	}
	return append(b, t.String()...), nil
}

// MarshalText implements [encoding.TextMarshaler]; it never fails. The zero
// Type is the empty text.
func (t Type) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText implements [encoding.TextUnmarshaler] by [ParseType]. The
// empty text is the zero Type. On an error t is left alone.
func (t *Type) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = 0
		return nil
	}
	u, err := ParseType(string(text))
	if err == nil {
		*t = u
	}
	return err
}

// RCode is the response code of a DNS answer (IANA, DNS RCODEs). The zero
// RCode is NoError.
type RCode uint16

// The response codes that the model gives or that a resolver needs.
const (
	NoError  RCode = 0
	FormErr  RCode = 1
	ServFail RCode = 2
	NXDomain RCode = 3
	NotImp   RCode = 4
	Refused  RCode = 5
	BadVers  RCode = 16
)

// String returns the mnemonic as dig prints it: "NOERROR", "NXDOMAIN"; "RCODE"
// and the number for a code without one.
func (r RCode) String() string {
	switch r {
	case NoError:
		return "NOERROR"
	case FormErr:
		return "FORMERR"
	case ServFail:
		return "SERVFAIL"
	case NXDomain:
		return "NXDOMAIN"
	case NotImp:
		return "NOTIMP"
	case Refused:
		return "REFUSED"
	case BadVers:
		return "BADVERS"
	}
	return "RCODE" + strconv.Itoa(int(r))
}
