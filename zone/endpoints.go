package zone

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// endpointZones is what one interface endpoint brings into the DNS.
type endpointZones struct {
	*endpoint.Endpoint
	available bool
	regional  naming.Name // the zero Name if its DnsEntries have none
	owned     bool        // of a customer's endpoint service, not of AWS (Z40)
	private   []string    // the private names, wildcards included, that private DNS would serve
	zones     []*zoneData // one per base name (Z16); none without private DNS
}

// serves reports whether an endpoint in this state has records: only an
// available one (section 6). A state that the input leaves out counts as
// available.
func serves(s endpoint.State) bool { return s == "" || s.Is(endpoint.Available) }

func (b *builder) readEndpoints() {
	public := newVPCEBuilder(b)
	b.c.Endpoints = lastOf(b, "Endpoints", b.c.Endpoints, func(e *endpoint.Endpoint) string { return e.ID })
	for i := range b.c.Endpoints {
		in := &b.c.Endpoints[i]
		b.vpc(in.VPCID)
		if !in.Type.Is(endpoint.Interface) {
			continue // Z39, Z42: gateway and Gateway Load Balancer endpoints have no names
		}
		e := &endpointZones{Endpoint: in, available: serves(in.State)}
		e.regional, _ = in.DNSEntries.Regional()
		if service, err := naming.ParseServiceName(in.ServiceName); err == nil {
			e.owned = service.IsOwned()
		}
		b.endpoints[in.ID] = e
		b.checkEntries(e)
	}
	for _, id := range slices.Sorted(maps.Keys(b.endpoints)) {
		e := b.endpoints[id]
		public.add(e)
		if e.PrivateDNSEnabled {
			b.hiddenZones(e)
		}
	}
	b.z.vpce = new(public.t.tree)
}

// privateName is a private name of an endpoint and where it comes from.
type privateName struct {
	name, zoneID string
	evidence     naming.Evidence
}

// privateNames returns the private names of an endpoint whose private DNS is
// on: those of its DnsEntries; failing that, those that [Config.Names] tells,
// a wildcard of which stands for two, the apex and itself (Z14, Z15).
func (b *builder) privateNames(e *endpointZones) []privateName {
	var list []privateName
	for entry := range e.DNSEntries.PrivateEntries() {
		list = append(list, privateName{name: entry.Name, zoneID: entry.ZoneID(), evidence: naming.Given})
	}
	if len(list) > 0 {
		return list
	}
	var names []string
	evidence := naming.Unknown
	if b.c.Names != nil {
		names, evidence = b.c.Names(*e.Endpoint)
	}
	if b.crossRegion(e) {
		evidence = evidence.Weakest(naming.Modelled) // Z44
	}
	for _, in := range names {
		name, err := canonical(in)
		if err != nil || name == "" {
			b.fail(e.ID, "PrivateDnsNames", in, ErrName)
			continue
		}
		list = append(list, privateName{name: name, evidence: evidence})
		if base, ok := strings.CutPrefix(name, "*."); ok {
			list = append(list, privateName{name: base, evidence: evidence})
		}
	}
	switch {
	case len(names) > 0:
	case evidence >= naming.Documented:
		b.findNoPrivateName(e) // E3
	default:
		b.findNamesMissing(e)
	}
	return list
}

// crossRegion reports whether an endpoint leads to an AWS service of another
// Region (Z44).
func (b *builder) crossRegion(e *endpointZones) bool {
	v := b.z.vpcs[e.VPCID]
	return !e.owned && e.ServiceRegion != "" && v != nil && v.region() != "" && v.region() != e.ServiceRegion
}

// hiddenZones makes the hidden zones of an endpoint, one for each base name
// (Z16): the domain and, where the endpoint lists it, the wildcard hold the
// addresses of its network interfaces (Z17), or for a customer's endpoint
// service a CNAME to the Regional name (Z40).
func (b *builder) hiddenZones(e *endpointZones) {
	names := b.privateNames(e)
	byBase := map[string]*zoneData{}
	for _, n := range names {
		e.private = append(e.private, n.name)
		base := strings.TrimPrefix(n.name, "*.")
		z := byBase[base]
		if z == nil {
			z = b.newZone(base, HiddenZone)
			z.evidence, z.endpointID, z.regionalZone = n.evidence, e.ID, e.DNSEntries.PublicZoneID()
			if e.regional.IsValid() {
				z.regional = e.regional.String()
			}
			_, z.types = e.Records()
			z.soa, z.soaTTL = zoneSOA, b.negativeTTL()
			z.inboundOnly = e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint
			z.withheld = !e.available
			apex := owner{name: base}
			apex.add(soaSet)
			apex.add(nsSet)
			z.owners = append(z.owners, apex)
			byBase[base] = z
			e.zones = append(e.zones, z)
		}
		if z.ID == "" {
			z.ID = n.zoneID
		}
		z.evidence = z.evidence.Weakest(n.evidence)
		o := &z.owners[0]
		if n.name != base {
			z.owners = append(z.owners, owner{name: n.name})
			o = &z.owners[len(z.owners)-1]
		}
		if find(o.sets, A) != nil || find(o.sets, AAAA) != nil || find(o.sets, CNAME) != nil {
			continue // listed twice
		}
		for _, s := range b.privateSets(e, n.evidence) {
			o.add(s)
		}
	}
	slices.SortFunc(e.zones, func(a, b *zoneData) int { return compareNames(a.name, b.name) })
	for _, z := range e.zones {
		z.owners = slices.CompactFunc(z.sorted(), func(a, b owner) bool { return a.name == b.name })
		z.index = len(b.all)
		b.all = append(b.all, z)
	}
}

// privateSets returns the records of a private name.
func (b *builder) privateSets(e *endpointZones, evidence naming.Evidence) []rrset {
	if !e.owned {
		private, _ := e.Records()
		return b.addressSets(e.NetworkInterfaceIDs, private, evidence)
	}
	s := rrset{typ: CNAME, ttl: 60, evidence: evidence}
	if !e.regional.IsValid() {
		s.state = setMissing
		return []rrset{s}
	}
	s.data = string(CNAME.appendItem(nil, mustRData(CNAME, e.regional.String())))
	return []rrset{s}
}

func (b *builder) negativeTTL() uint32 { return cmp.Or(b.c.NegativeTTL, soaSet.ttl) }

func (b *builder) newZone(name string, kind SourceKind) *zoneData {
	z := &zoneData{name: name}
	z.Kind, z.Zone = kind, name
	return z
}
