package zone

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// New builds the Zones of a Config. What cannot be read into the model, such
// as an address that is none or an object without an id, is an error: all of
// them are joined, each an [*endpoint.FieldError], and no Zones are returned
// with them. What AWS could have printed builds, and contradictions in it
// are [Zones.Findings].
//
// New keeps nothing of c but the functions Public and Forward: whoever edits
// the slices of c afterwards, or what its pointers lead to, changes no answer
// and races with no lookup.
//
// An id that appears twice among the VPCs, or among the subnets, network
// interfaces, endpoints, hosted zones or Resolver rules, counts once, the last
// time. VPCs that subnets, endpoints, hosted zones and associations name need
// not be among [Config.VPCs]: their attributes are then not given (Z12).
func New(c Config) (*Zones, error) {
	b := &builder{
		c:         c,
		z:         &Zones{vpcs: map[string]*vpc{}, subnets: map[string]subnet{}, endpoints: map[string]endpointState{}, public: c.Public, forward: c.Forward, negativeTTL: c.NegativeTTL},
		subnets:   map[string]*endpoint.Subnet{},
		enis:      map[string]*eni{},
		endpoints: map[string]*endpointZones{},
		hosted:    map[string]*zoneData{},
		rules:     map[string]*ResolverRule{},
		members:   map[string][]member{},
	}
	b.readVPCs()
	b.readInterfaces()
	b.readEndpoints()
	b.readHostedZones()
	b.readRules()
	b.readProfiles()
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	b.buildViews()
	b.findConflicts()
	slices.SortFunc(b.z.findings, endpoint.Finding.Compare)
	b.z.findings = slices.Compact(b.z.findings)
	return b.z, nil
}

// builder turns a Config into Zones.
type builder struct {
	c         Config
	z         *Zones
	errs      []error
	subnets   map[string]*endpoint.Subnet
	enis      map[string]*eni
	endpoints map[string]*endpointZones
	hosted    map[string]*zoneData // private hosted zones by id
	rules     map[string]*ResolverRule
	members   map[string][]member // by VPC
	all       []*zoneData
	sets      []rrset // not handed out yet
}

// member is a zone or a rule as part of a VPC's view.
type member struct {
	zone    *zoneData
	rule    *ResolverRule
	profile bool // by a Route 53 Profile (Z36)
}

func (b *builder) fail(resource, field, in string, err error) {
	b.errs = append(b.errs, &endpoint.FieldError{Resource: resource, Field: field, In: in, Err: err})
}

func (b *builder) find(f endpoint.Finding) { b.z.findings = append(b.z.findings, f) }

// lastOf returns the objects of a list, of those with one id the last. One
// without an id is an error, and left out.
func lastOf[T any](b *builder, name string, list []T, id func(*T) string) []T {
	last := make(map[string]int, len(list))
	for i := range list {
		if key := id(&list[i]); key != "" {
			last[key] = i
		} else {
			b.fail(fmt.Sprintf("%s[%d]", name, i), "", "", endpoint.ErrID)
		}
	}
	if len(last) == len(list) {
		return list
	}
	kept := make([]T, 0, len(last))
	for i := range list {
		if at, ok := last[id(&list[i])]; ok && at == i {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// vpc returns the VPC of that id, described or not; nil for no id.
func (b *builder) vpc(id string) *vpc {
	if id == "" {
		return nil
	}
	v := b.z.vpcs[id]
	if v == nil {
		v = &vpc{id: id}
		b.z.vpcs[id] = v
	}
	return v
}

// copied returns a pointer to a copy of what p points to; nil for nil.
func copied(p *bool) *bool {
	if p == nil {
		return nil
	}
	return new(*p)
}

func (b *builder) readVPCs() {
	b.c.VPCs = lastOf(b, "VPCs", b.c.VPCs, func(v *endpoint.VPC) string { return v.ID })
	for i := range b.c.VPCs {
		in := &b.c.VPCs[i]
		v := b.vpc(in.ID)
		v.support, v.hostnames, v.isDefault = copied(in.EnableDNSSupport), copied(in.EnableDNSHostnames), in.IsDefault
		cidrs, err := in.CIDRs()
		if err != nil {
			b.errs = append(b.errs, err)
		}
		v.cidrs = cidrs
	}
	b.c.Subnets = lastOf(b, "Subnets", b.c.Subnets, func(s *endpoint.Subnet) string { return s.ID })
	for i := range b.c.Subnets {
		in := &b.c.Subnets[i]
		b.subnets[in.ID] = in
		v := b.vpc(in.VPCID)
		b.z.subnets[in.ID] = subnet{vpc: v, dns64: in.EnableDNS64}
		if v != nil {
			v.addRegion(in.AvailabilityZone)
		}
	}
}

// eni is a network interface as DNS sees it.
type eni struct {
	az      string // "" if the input does not tell
	addrs   []netip.Addr
	healthy bool
}

func (b *builder) readInterfaces() {
	b.c.NetworkInterfaces = lastOf(b, "NetworkInterfaces", b.c.NetworkInterfaces, func(n *endpoint.NetworkInterface) string { return n.ID })
	for i := range b.c.NetworkInterfaces {
		in := &b.c.NetworkInterfaces[i]
		addrs, err := in.Addrs()
		if err != nil {
			b.errs = append(b.errs, err)
			continue
		}
		n := &eni{az: in.AvailabilityZone, addrs: addrs, healthy: in.Healthy()}
		vpcID := in.VPCID
		if s := b.subnets[in.SubnetID]; s != nil {
			n.az, vpcID = cmp.Or(s.AvailabilityZone, n.az), cmp.Or(vpcID, s.VPCID)
		}
		b.enis[in.ID] = n
		if v := b.vpc(vpcID); v != nil {
			v.addRegion(n.az)
			v.interfaces = append(v.interfaces, n)
		}
	}
}

// addressSets makes the A and AAAA sets of some of an endpoint's network
// interfaces: every healthy one, in the order of Availability Zones, then
// addresses (Z17). The sets are missing if one of the interfaces is not in the
// input. There is at least one set, if an empty one: the name exists, and is no
// empty non-terminal.
func (b *builder) addressSets(ids []string, types endpoint.AddressRecords, evidence naming.Evidence) []rrset {
	var list []*eni
	named := evidence // of the name
	missing := len(ids) == 0
	for _, id := range ids {
		if n := b.enis[id]; n == nil || len(n.addrs) == 0 {
			missing = true
		} else {
			list = append(list, n)
		}
	}
	healthy := slices.DeleteFunc(slices.Clone(list), func(n *eni) bool { return !n.healthy })
	if len(healthy) == 0 {
		healthy, evidence = list, evidence.Weakest(naming.Modelled) // section 20: all of them
	}
	type placed struct {
		az   string
		addr netip.Addr
	}
	var all []placed
	for _, n := range healthy {
		for _, a := range n.addrs {
			all = append(all, placed{n.az, a})
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Or(strings.Compare(a.az, b.az), a.addr.Compare(b.addr)) })
	all = slices.Compact(all)

	var sets []rrset
	for _, t := range []Type{A, AAAA} {
		if t == A && !types.A || t == AAAA && !types.AAAA {
			continue
		}
		s := rrset{typ: t, ttl: 60, evidence: evidence}
		var data []byte
		for _, p := range all {
			if p.addr.Is4() == (t == A) {
				data = append(data, p.addr.AsSlice()...)
			}
		}
		s.data = string(data)
		if missing {
			s.data, s.state = "", setMissing
		}
		if s.data != "" || missing {
			sets = append(sets, s)
		}
	}
	if len(sets) == 0 {
		sets = append(sets, rrset{typ: A, ttl: 60, evidence: named})
	}
	return sets
}
