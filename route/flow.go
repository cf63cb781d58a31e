package route

import "net/netip"

// Flow is a question: which way does traffic from here to there go?
type Flow struct {
	From     Source
	To       Destination
	Protocol Protocol // zero: TCP
	Port     uint16   // destination port; 0: any
}

// Source is where a flow starts: a subnet, or one private address of a network
// interface. Make one with [FromSubnet], [FromInterface] or [FromAddr].
type Source struct {
	id   string     // subnet-… or eni-…
	vpc  string     // of an entry
	addr netip.Addr // of the interface; zero: its first of the destination's family
}

// FromSubnet is a source somewhere in a subnet: its address and its security
// groups are not known.
func FromSubnet(id string) Source { return Source{id: id} }

// FromInterface is a network interface; the source address is its first
// address of the destination's family.
func FromInterface(id string) Source { return Source{id: id} }

// FromAddr is one private address of a network interface (R20).
func FromAddr(eni string, a netip.Addr) Source { return Source{id: eni, addr: a} }

// Family is an IP address family. The zero Family is none.
type Family uint8

// The families.
const (
	IPv4 Family = 4
	IPv6 Family = 6
)

// Destination is where a flow goes: one address, or a host that only public
// DNS answers. Make one with [Addr] or [PublicAddr].
type Destination struct {
	addr   netip.Addr
	host   string
	family Family
}

// Addr is the destination of one known address.
func Addr(a netip.Addr) Destination { return Destination{addr: a.Unmap()} }

// PublicAddr is the unknown public address of a host in one family (routing.md
// section 8). Host is a canonical host name; which service it names, and so
// which addresses are possible, is read off its text.
func PublicAddr(host string, f Family) Destination { return Destination{host: host, family: f} }

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

// FromGateway is an entry: traffic from a, outside the VPC, that enters the
// VPC by a gateway: "igw-…", "eigw-…", "vgw-…" (VPN and Direct Connect),
// "pcx-…" or "tgw-…" (routing.md section 1).
func FromGateway(gateway, vpcID string, a netip.Addr) Source {
	return Source{id: gateway, vpc: vpcID, addr: a}
}
