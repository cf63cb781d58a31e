package naming

import "strings"

// A Name is the Regional or a zonal DNS name of one interface endpoint, with
// or without a prefix:
//
//	vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com
//	vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com
//	*.vpce-0e5d025c8b9244b00-frjqbhg9.s3.us-west-2.vpce.amazonaws.com
//
// It holds its canonical text, so String is free, and every part that a method
// returns is a piece of that text. Names are comparable with == and may be
// keys of a map. The zero Name is invalid.
type Name struct {
	s string
	bounds
}

// Parts are the parts of a [Name] as AWS writes them. [New] checks them.
type Parts struct {
	Prefix     string // "", "*", or for s3 "bucket", "logs.2026.bucket", "ap-123456789012.accesspoint", "123456789012.control"
	EndpointID string // "vpce-099deb00b40f00e22"
	Suffix     string // "lj2wisx3": the eight characters AWS adds, which nothing else tells (NAM-02)
	Zone       string // "us-east-2c"; "" for the Regional name
	Service    string // "monitoring", "api.ecr", "vpce-svc-0762b4928b8687636"
	Region     string // "us-east-2"
	Domain     string // "vpce.amazonaws.com"; "" stands for the Region's partition's vpce suffix
}

// The lengths of the fixed parts of an endpoint label.
const (
	longID    = len("vpce-") + 17
	shortID   = len("vpce-") + 8
	suffixLen = 8
)

// IsValid reports whether n is a name, and not the zero Name.
func (n Name) IsValid() bool { return n.s != "" }

// IsZonal reports whether n is the name of an endpoint in one zone.
func (n Name) IsZonal() bool { return n.s != "" && n.tagEnd()+1 < n.at(atService) }

// tagEnd is the end of the eight-character suffix of a valid name.
func (n Name) tagEnd() int { return n.at(atID) + len("-") + suffixLen }

// Prefix returns what stands before the endpoint label, without its dot: "" if
// nothing does.
func (n Name) Prefix() string {
	return n.s[:max(n.at(atEP), 1)-1]
}

// EndpointID returns the VpcEndpointId: "vpce-" and 17 hex digits, or 8 for
// endpoints made before long ids.
func (n Name) EndpointID() string { return n.s[n.at(atEP):n.at(atID)] }

// Suffix returns the eight characters after the endpoint id.
func (n Name) Suffix() string {
	if n.s == "" {
		return ""
	}
	return n.s[n.at(atID)+1 : n.tagEnd()]
}

// Zone returns the name of the zone in a zonal name, or "" in a Regional one.
func (n Name) Zone() string {
	if !n.IsZonal() {
		return ""
	}
	return n.s[n.tagEnd()+1 : n.at(atService)-1]
}

// Service returns the service's labels as written in the name: "monitoring",
// "api.ecr", or the id of an endpoint service, "vpce-svc-0762b4928b8687636".
func (n Name) Service() string {
	if n.s == "" {
		return ""
	}
	return n.s[n.at(atService) : n.at(atRegion)-1]
}

// Region returns the Region in the name. For a cross-Region endpoint that is
// the service's Region, not that of the endpoint's VPC (NAM-21).
func (n Name) Region() string {
	if n.s == "" {
		return ""
	}
	return n.s[n.at(atRegion) : n.at(atDomain)-1]
}

// Domain returns the vpce suffix: "vpce.amazonaws.com".
func (n Name) Domain() string { return n.s[n.at(atDomain):] }

// DomainEvidence says how well it is founded that endpoint names end in this
// name's Domain: Documented if names were observed, Modelled if only a rule or
// third-party tests say so (NAM-25), Unknown for the zero Name.
func (n Name) DomainEvidence() Evidence {
	d, _ := findVPCESuffix(n.s)
	if d == nil {
		return Unknown
	}
	return d.vpce
}

// Partition returns the partition of the name's Region; the zero Partition for
// the zero Name.
func (n Name) Partition() Partition {
	p, _ := PartitionOf(n.Region())
	return p
}

// Parts returns the parts of n, all "" for the zero Name. New(n.Parts())
// returns n.
func (n Name) Parts() Parts {
	return Parts{
		Prefix:     n.Prefix(),
		EndpointID: n.EndpointID(),
		Suffix:     n.Suffix(),
		Zone:       n.Zone(),
		Service:    n.Service(),
		Region:     n.Region(),
		Domain:     n.Domain(),
	}
}

// String returns the canonical text, in lower case and without a final dot.
// The zero Name prints "invalid Name".
func (n Name) String() string {
	if n.s == "" {
		return "invalid Name"
	}
	return n.s
}

// AppendTo appends the canonical text to b; nothing for the zero Name.
func (n Name) AppendTo(b []byte) []byte { return append(b, n.s...) }

// AppendText implements [encoding.TextAppender]; it never fails.
func (n Name) AppendText(b []byte) ([]byte, error) { return n.AppendTo(b), nil }

// MarshalText implements [encoding.TextMarshaler]; it never fails. The zero
// Name is the empty text.
func (n Name) MarshalText() ([]byte, error) { return []byte(n.s), nil }

// UnmarshalText implements [encoding.TextUnmarshaler] by [Parse]. The empty
// text is the zero Name. On an error n is left alone.
func (n *Name) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Name{}
		return nil
	}
	v, err := Parse(string(text))
	if err == nil {
		*n = v
	}
	return err
}

// Compare orders names by their canonical text; the zero Name comes first.
func (n Name) Compare(o Name) int { return strings.Compare(n.s, o.s) }
