package route

import (
	"net/netip"

	"github.com/privatelink-go/privatelink/endpoint"
)

// Network is an immutable snapshot of everything that decides which way
// traffic goes. Make one with [New]. It is safe for concurrent use.
type Network struct {
	findings []endpoint.Finding
}

// New builds a Network. Every input that cannot be read into the model, such
// as a CIDR that is none or a resource without an id, is reported: the error
// joins one [endpoint.FieldError] for each, and the Network is then nil. What
// contradicts itself builds, and is among [Network.Findings].
func New(c Config) (*Network, error) {
	return &Network{}, nil
}

// Findings returns what contradicts itself in the input or what AWS's API
// would have refused, sorted.
func (n *Network) Findings() []endpoint.Finding { return n.findings }

// Path returns the proof of the way f takes.
func (n *Network) Path(f Flow) Path {
	c, v := n.Class(f)
	return Path{Address: f.To.addr, Class: c, Verdict: v}
}

// Class returns the class and the verdict of [Network.Path] without the proof
// and without allocating.
func (n *Network) Class(f Flow) (Class, Verdict) { return ClassUnknown, VerdictUnknown }

// TableOf returns the route table that decides for a subnet, and whether it is
// associated explicitly or the main table of the VPC; ok is false if the
// subnet is not in the input or the input has no table for it (R1, R2).
func (n *Network) TableOf(subnetID string) (id string, explicit, ok bool) { return "", false, false }

// TableHas reports whether a route table has a route with that target: "igw-…",
// "vpce-…", "local".
func (n *Network) TableHas(tableID, target string) bool { return false }

// IsPublicSubnet reports whether the table of a subnet has a route to an
// internet gateway in that family (R19). It is false for an unknown subnet.
func (n *Network) IsPublicSubnet(subnetID string, f Family) bool { return false }

// Region returns the Region of a VPC: that of its subnets' Availability Zones,
// else of its endpoints' service names (routing.md section 8); false if
// neither tells.
func (n *Network) Region(vpcID string) (string, bool) { return "", false }

// EndpointOf returns the id of the VPC endpoint that a network interface
// belongs to; false if it belongs to none in the input.
func (n *Network) EndpointOf(eni string) (string, bool) { return "", false }

// InterfaceAt returns the network interface that holds a private or IPv6
// address in a VPC; false if none in the input does.
func (n *Network) InterfaceAt(vpcID string, a netip.Addr) (string, bool) { return "", false }

// HasFamily reports whether a source has an address of a family: a network
// interface by its addresses, a subnet by its CIDRs.
func (n *Network) HasFamily(s Source, f Family) bool { return false }
