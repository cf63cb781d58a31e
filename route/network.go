package route

import (
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
)

// Network is an immutable snapshot of everything that decides which way
// traffic goes. Make one with [New]. It is safe for concurrent use. The zero
// Network knows of nothing: its every answer is unknown.
type Network struct {
	vpcs      map[string]*vpc
	subnets   map[string]*subnet
	enis      map[string]*eni
	tables    map[string]*table
	vpces     map[string]*vpce
	nats      map[string]*nat
	igws      map[string]*gateway
	eigws     map[string]*gateway
	pcxs      map[string]*pcx
	lists     map[string]*list
	groups    map[string]*group
	edges     map[string]*table          // by the gateway's id (R3)
	public    map[netip.Addr]translation // by public IPv4 address
	attached  map[tgwVPC]*attachment
	attaches  map[string]*attachment
	published map[string]*published // by Region
	targets   map[string]*target
	findings  []endpoint.Finding

	noENIs       bool // the input has no network interfaces
	filterGroups bool // the input has security groups
	filterACLs   bool // the input has network ACLs
}

// A translation is what an internet gateway makes of a public address.
type translation struct {
	eni *eni
	ip  ip
}

type tgwVPC struct {
	tgw string
	vpc *vpc
}

// New builds a Network. Every input that cannot be read into the model, such
// as a CIDR that is none or a resource without an id, is reported: the error
// joins one [endpoint.FieldError] for each, and the Network is then nil. What
// contradicts itself builds, and is among [Network.Findings]. Public addresses
// are the exception: AWS's own samples misprint them, only their presence
// counts, and an unreadable one is no error.
//
// New keeps nothing of c.
func New(c Config) (*Network, error) {
	b := newBuilder(&c)
	b.build()
	if err := b.err(); err != nil {
		return nil, err
	}
	return b.n, nil
}

// Findings returns what contradicts itself in the input or what AWS's API
// would have refused, sorted and without repeats.
func (n *Network) Findings() []endpoint.Finding { return slices.Clone(n.findings) }

// TableOf returns the route table that decides for a subnet, and whether it is
// associated explicitly or is the main table of the VPC; ok is false if the
// subnet is not in the input or the input has no table for it (R1, R2, R4).
func (n *Network) TableOf(subnetID string) (id string, explicit, ok bool) {
	s := n.subnets[subnetID]
	if s == nil || s.table == nil {
		return "", false, false
	}
	return s.table.id, s.explicit, true
}

// TableHas reports whether a route table has a route, in any state, whose
// target is "igw-…", "vpce-…", "local" and so on.
func (n *Network) TableHas(tableID, target string) bool {
	t := n.tables[tableID]
	return t != nil && slices.ContainsFunc(t.ways, func(w way) bool { return w.to.id == target })
}

// IsPublicSubnet reports whether the table of a subnet has a route to an
// internet gateway in that family (R19): neither the subnet's name nor
// MapPublicIpOnLaunch tells. It is false for a subnet or a table that is not
// in the input.
func (n *Network) IsPublicSubnet(subnetID string, f Family) bool {
	s := n.subnets[subnetID]
	return s != nil && s.table != nil &&
		slices.ContainsFunc(s.table.half(f).rows, func(r row) bool { return r.way.to.kind == toIGW })
}

// Region returns the Region of a VPC: that of its subnets' Availability Zones,
// else of its endpoints' service names (routing.md section 8); false if
// neither tells.
func (n *Network) Region(vpcID string) (string, bool) {
	v := n.vpcs[vpcID]
	if v == nil || v.region == "" {
		return "", false
	}
	return v.region, true
}

// EndpointOf returns the id of the VPC endpoint that a network interface
// belongs to; false if it belongs to none in the input.
func (n *Network) EndpointOf(eni string) (string, bool) {
	e := n.enis[eni]
	if e == nil || e.endpoint == nil {
		return "", false
	}
	return e.endpoint.id, true
}

// InterfaceAt returns the network interface that holds a private IPv4 address
// or an IPv6 address in a VPC; false if none in the input does.
func (n *Network) InterfaceAt(vpcID string, a netip.Addr) (string, bool) {
	v := n.vpcs[vpcID]
	if v == nil || !a.IsValid() {
		return "", false
	}
	e := v.holderOf(familyOf(a.Unmap()), ipOf(a.Unmap()))
	if e == nil {
		return "", false
	}
	return e.id, true
}

// HasFamily reports whether a source has an address of a family: an address by
// its own, a network interface by its addresses, a subnet by its CIDRs. It is
// false for a source that is not in the input.
func (n *Network) HasFamily(s Source, f Family) bool {
	if s.addr.IsValid() {
		return familyOf(s.addr.Unmap()) == f
	}
	if e := n.enis[s.id]; e != nil {
		_, ok := e.first(f)
		return ok
	}
	if sub := n.subnets[s.id]; sub != nil {
		_, ok := sub.block(f)
		return ok
	}
	return false
}

// Decider is one route table alone. The zero Decider is none.
type Decider struct{ t *table }

// Decider returns the route table of that id; false if the input lacks it.
func (n *Network) Decider(tableID string) (Decider, bool) {
	t := n.tables[tableID]
	return Decider{t}, t != nil
}

// Target returns the target of the row that wins for an address in the table:
// steps 5 to 12 of routing.md section 3. A blackhole row wins too, and its
// target may be "". ok is false if no row contains the address, or if it is not
// settled which wins. Target does not allocate.
func (d Decider) Target(a netip.Addr) (target string, ok bool) {
	if d.t == nil {
		return "", false
	}
	if len(d.t.missing) > 0 {
		return d.t.hear(a.Unmap())
	}
	if a.Is4() {
		b := a.As4()
		target = d.t.v4.targets[d.t.v4.cuts.find4(binary.BigEndian.Uint32(b[:]))]
	} else {
		if !a.IsValid() {
			return "", false
		}
		x, c := ipOf6(a), &d.t.v6.cuts
		switch {
		case x.hi == 0 && a.Is4In6():
			return d.Target(a.Unmap())
		case c.lo == nil:
			target = d.t.v6.targets[c.findUpper(x.hi)]
		default:
			target = d.t.v6.targets[c.find6(x)]
		}
	}
	if target == notSettled {
		return "", false
	}
	return target, true
}

// hear is Target for a table with lists whose entries are missing (R14a).
func (t *table) hear(a netip.Addr) (string, bool) {
	if !a.IsValid() {
		return "", false
	}
	w := walk{n: &Network{}, family: familyOf(a), dst: ipOf(a)}
	lk := w.look(t)
	if lk.way == nil {
		return "", false
	}
	return lk.way.to.id, true
}
