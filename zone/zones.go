package zone

import (
	"iter"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
)

// Zones is the DNS of a network, seen from everywhere: what [New] makes of a
// [Config]. It is an immutable snapshot, safe for concurrent use. The zero
// Zones has no VPC, and knows nothing of the public DNS.
type Zones struct {
	vpcs      map[string]*vpc
	subnets   map[string]subnet
	endpoints map[string]endpointState
	vpce      *tree // the public names of all endpoints
	public    func(string, Type) (Answer, bool)
	forward   func(ResolverRule, string, Type) (Answer, bool)
	findings  []endpoint.Finding

	negativeTTL uint32 // of the zones of vpce names; 0 stands for 900
}

// subnet is what DNS needs to know of a subnet.
type subnet struct {
	vpc   *vpc
	dns64 bool
}

// Findings returns what contradicts itself in the input, what AWS's API would
// have refused (E1 to E8 of dns.md section 15), and what the model had to pass
// over; sorted by resource, code and text, nil if there is nothing.
func (z *Zones) Findings() []endpoint.Finding { return slices.Clone(z.findings) }

// View returns the point of view p. ok is false if the input names no such VPC
// or subnet, or not the subnet's VPC, and for the zero Point. Views of the same
// Point are interchangeable.
func (z *Zones) View(p Point) (v *View, ok bool) {
	v = &View{point: p, zones: z}
	switch p.kind {
	case pointPublic:
		v.publicly()
		return v, true
	case pointVPC, pointInbound:
		vpc := z.vpcs[p.id]
		if vpc == nil {
			return nil, false
		}
		v.of(vpc, p.kind == pointInbound)
		return v, true
	case pointSubnet:
		s, ok := z.subnets[p.id]
		if !ok || s.vpc == nil {
			return nil, false
		}
		v.of(s.vpc, false)
		v.dns64 = s.dns64
		return v, true
	}
	return nil, false
}

// Zone is a private zone as a VPC has it.
type Zone struct {
	Name        string     // its domain, in lower case and without final dot
	ID          string     // its HostedZoneId; "" if that is pending or not in the input
	Kind        SourceKind // HiddenZone or CustomerZone
	EndpointID  string     // the endpoint of a hidden zone
	InboundOnly bool       // it answers through inbound Resolver endpoints only (Z38)

	data *zoneData
}

// Records yields the zone's records by name, from the domain down, then by
// type, SOA and NS included; alias records are flattened (Z32). Sets whose
// records are not known are not among them.
func (z Zone) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		if z.data == nil {
			return
		}
		for _, o := range z.data.sorted() {
			for i := range o.sets {
				s := &o.sets[i]
				if s.state != setKnown {
					continue
				}
				for j := range s.len() {
					if !yield(Record{Name: o.name, Type: s.typ, TTL: s.ttl, data: s.item(j)}) {
						return
					}
				}
			}
		}
	}
}

// Hidden yields the hidden private hosted zones of a VPC by name, then id:
// those of its endpoints with private DNS, whether or not the VPC's attributes
// let them answer, and those that a Route 53 Profile brings. An unknown VPC has
// none.
func (z *Zones) Hidden(vpcID string) iter.Seq[Zone] { return z.list(vpcID, HiddenZone) }

// Hosted yields the customers' private hosted zones of a VPC by name, then id,
// those of a Route 53 Profile included. An unknown VPC has none.
func (z *Zones) Hosted(vpcID string) iter.Seq[Zone] { return z.list(vpcID, CustomerZone) }

func (z *Zones) list(vpcID string, kind SourceKind) iter.Seq[Zone] {
	return func(yield func(Zone) bool) {
		v := z.vpcs[vpcID]
		if v == nil {
			return
		}
		for _, m := range v.zones {
			d := m.zone
			if d.Kind != kind || d.withheld {
				continue
			}
			zone := Zone{Name: d.name, ID: d.ID, Kind: d.Kind, EndpointID: d.endpointID, InboundOnly: d.inboundOnly, data: d}
			if !yield(zone) {
				return
			}
		}
	}
}
