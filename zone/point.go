package zone

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// Point is where a name is looked up from: the resolver of a VPC, the same as
// a subnet of it sees it (DNS64 is an attribute of subnets), the inbound
// Resolver endpoint of a VPC, or the public DNS (dns.md section 2). Points are
// comparable with == and may be keys of a map. The zero Point is invalid.
type Point struct {
	kind pointKind
	id   string
}

type pointKind uint8

const (
	pointVPC pointKind = iota + 1
	pointSubnet
	pointInbound
	pointPublic
)

// ErrPoint is what [ParsePoint] returns for a text that is no Point.
var ErrPoint = errors.New("not a point of view: want vpc:ID, subnet:ID, inbound:VPC or public")

// VPC returns the point of view of a VPC: its resolver at VPC+2, which is also
// 169.254.169.253 and fd00:ec2::253. An empty id gives the zero Point.
func VPC(id string) Point { return newPoint(pointVPC, id) }

// Subnet returns the point of view of a subnet: that of its VPC, with DNS64
// where the subnet has it on (Z33). An empty id gives the zero Point.
func Subnet(id string) Point { return newPoint(pointSubnet, id) }

// Inbound returns the point of view of whoever asks the inbound Resolver
// endpoint of a VPC: that of the VPC, and the zones for inbound Resolver
// endpoints only (Z38). An empty id gives the zero Point.
func Inbound(vpcID string) Point { return newPoint(pointInbound, vpcID) }

// Public returns the point of view of the internet, which is also that of a
// DNS server in a VPC that recurses by itself (Z2).
func Public() Point { return Point{kind: pointPublic} }

func newPoint(k pointKind, id string) Point {
	if id == "" {
		return Point{}
	}
	return Point{kind: k, id: id}
}

// ParsePoint reads what [Point.String] prints. An id is any text but the empty
// one: whether there is such a VPC or subnet, [Zones.View] tells. The error
// wraps [ErrPoint].
func ParsePoint(s string) (Point, error) {
	if s == "public" {
		return Public(), nil
	}
	word, id, ok := strings.Cut(s, ":")
	if ok && id != "" {
		switch word {
		case "vpc":
			return VPC(id), nil
		case "subnet":
			return Subnet(id), nil
		case "inbound":
			return Inbound(id), nil
		}
	}
	return Point{}, fmt.Errorf("%q: %w", s, ErrPoint)
}

// MustParsePoint is [ParsePoint] for points known to be right, in tests and
// tables. It panics if s is no Point.
func MustParsePoint(s string) Point {
	p, err := ParsePoint(s)
	if err != nil {
		panic(err)
	}
	return p
}

// IsValid reports whether p is not the zero Point.
func (p Point) IsValid() bool { return p.kind != 0 }

// ID returns the id of the VPC or subnet, "" for the public point and the zero
// Point.
func (p Point) ID() string { return p.id }

func (p Point) word() string {
	switch p.kind {
	case pointVPC:
		return "vpc:"
	case pointSubnet:
		return "subnet:"
	case pointInbound:
		return "inbound:"
	case pointPublic:
		return "public"
	}
	return ""
}

// String returns "vpc:ID", "subnet:ID", "inbound:VPC" or "public"; the zero
// Point prints "invalid Point".
func (p Point) String() string {
	if !p.IsValid() {
		return "invalid Point"
	}
	return p.word() + p.id
}

// AppendTo appends the text to b; nothing for the zero Point.
func (p Point) AppendTo(b []byte) []byte { return append(append(b, p.word()...), p.id...) }

// AppendText implements [encoding.TextAppender]; it never fails.
func (p Point) AppendText(b []byte) ([]byte, error) { return p.AppendTo(b), nil }

// MarshalText implements [encoding.TextMarshaler]; it never fails. The zero
// Point is the empty text.
func (p Point) MarshalText() ([]byte, error) { return p.AppendTo(nil), nil }

// UnmarshalText implements [encoding.TextUnmarshaler] by [ParsePoint]. The
// empty text is the zero Point. On an error p is left alone.
func (p *Point) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Point{}
		return nil
	}
	q, err := ParsePoint(string(text))
	if err == nil {
		*p = q
	}
	return err
}

// Compare orders points: the zero Point, VPCs, subnets, inbound Resolver
// endpoints, each by id, and the public one.
func (p Point) Compare(q Point) int {
	return cmp.Or(cmp.Compare(p.kind, q.kind), strings.Compare(p.id, q.id))
}
