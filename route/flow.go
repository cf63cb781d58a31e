package route

import (
	"net/netip"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// Flow is a question: which way does traffic from here to there go?
type Flow struct {
	From     Source
	To       Destination
	Protocol Protocol // zero: TCP
	Port     uint16   // destination port; 0: any
}

// Source is where a flow starts: a subnet, one private address of a network
// interface, or an entry from outside a VPC. Make one with [FromSubnet],
// [FromInterface], [FromAddr] or [FromGateway]. Sources are comparable with ==.
// The zero Source is none: every answer to it is invalid-input.
type Source struct {
	id   string // subnet-…, eni-…, or an entry's gateway
	vpc  string // of an entry
	addr netip.Addr
}

// FromSubnet is a source somewhere in a subnet: its address and its security
// groups are not known.
func FromSubnet(id string) Source { return Source{id: id} }

// FromInterface is a network interface; the source address is its first
// address of the destination's family.
func FromInterface(id string) Source { return Source{id: id} }

// FromAddr is one private address, of a network interface or in a subnet (R20).
// An address in a subnet that no interface of the input holds has no public
// address of its own.
func FromAddr(id string, a netip.Addr) Source { return Source{id: id, addr: a.Unmap()} }

// FromGateway is an entry: traffic from a, outside the VPC, that enters the
// VPC by a gateway: "igw-…", "eigw-…", "vgw-…" (VPN and Direct Connect),
// "pcx-…" or "tgw-…" (routing.md section 1). The zero Addr is an address that
// is not known; the way back is then not checked.
func FromGateway(gateway, vpcID string, a netip.Addr) Source {
	return Source{id: gateway, vpc: vpcID, addr: a.Unmap()}
}

// gatewayKind tells an entry's gateway by its id.
func (s *Source) gatewayKind() targetKind {
	switch {
	case strings.HasPrefix(s.id, "igw-"):
		return toIGW
	case strings.HasPrefix(s.id, "eigw-"):
		return toEIGW
	case strings.HasPrefix(s.id, "vgw-"):
		return toVGW
	case strings.HasPrefix(s.id, "pcx-"):
		return toPCX
	case strings.HasPrefix(s.id, "tgw-"):
		return toTGW
	}
	return toNothing
}

// Family is an IP address family. The zero Family is none.
type Family uint8

// The families.
const (
	IPv4 Family = 4
	IPv6 Family = 6
)

// String returns "IPv4" or "IPv6", and "" for anything else.
func (f Family) String() string {
	switch f {
	case IPv4:
		return "IPv4"
	case IPv6:
		return "IPv6"
	}
	return ""
}

// Destination is where a flow goes: one address, or a host that only public
// DNS answers. Make one with [Addr] or [PublicAddr]. Destinations are
// comparable with ==. The zero Destination is none: every answer to it is
// invalid-input.
type Destination struct {
	family  Family // of a host
	kind    hostKind
	addr    netip.Addr
	service string
	region  string
}

// Addr is the destination of one known address.
func Addr(a netip.Addr) Destination { return Destination{addr: a.Unmap()} }

// PublicAddr is the unknown public address of a host in one family (routing.md
// section 8). Which service the host names, and so which addresses are
// possible, is read off its text, once, here. A text that is no host name, and
// one that names an endpoint, whose addresses are not public, count as a host
// that may have any. From a subnet with DNS64 the possible IPv6 addresses are
// also those that DNS64 makes of the IPv4 ones (R29).
func PublicAddr(host string, f Family) Destination {
	h := naming.Classify(host)
	d := Destination{family: f}
	d.kind, d.service = kindOfHost(h)
	if d.kind == gatewayHost {
		d.region = h.Region()
	}
	return d
}

// Protocol is an IP protocol number. The zero value counts as TCP.
type Protocol uint8

// The protocols that rules of the model tell apart.
const (
	ICMP   Protocol = 1
	TCP    Protocol = 6
	UDP    Protocol = 17
	GRE    Protocol = 47
	ESP    Protocol = 50
	ICMPv6 Protocol = 58
)
