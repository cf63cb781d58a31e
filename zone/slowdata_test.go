package zone_test

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// candidates returns the zones and rules of a VPC (Z5).
func (s slow) candidates(vpc string) []slowZone {
	var list []slowZone
	add := func(z slowZone) {
		own := func(o slowZone) bool { return o.id == z.id && o.kind == z.kind && o.name == z.name }
		if !z.profile || !slices.ContainsFunc(list, own) {
			list = append(list, z)
		}
	}
	for _, e := range s.c.Endpoints {
		if e.VPCID == vpc {
			for _, z := range s.hidden(e) {
				add(z)
			}
		}
	}
	for _, h := range s.c.HostedZones {
		for _, v := range h.VPCs {
			if v.VPCID == vpc {
				add(s.hosted(h))
			}
		}
	}
	for _, a := range s.c.ResolverRuleAssociations {
		for _, r := range s.c.ResolverRules {
			if a.VPCID == vpc && a.ResolverRuleID == r.ID {
				add(slowZone{name: strings.TrimSuffix(r.DomainName, "."), id: r.ID, kind: "rule", rule: r.RuleType})
			}
		}
	}
	for _, p := range s.c.ProfileAssociations {
		for _, r := range s.c.ProfileResourceAssociations {
			if p.ResourceID != vpc || p.ProfileID != r.ProfileID {
				continue
			}
			for _, e := range s.c.Endpoints {
				if strings.HasSuffix(r.ResourceARN, "vpc-endpoint/"+e.ID) {
					for _, z := range s.hidden(e) {
						z.profile = true
						add(z)
					}
				}
			}
			for _, h := range s.c.HostedZones {
				if strings.HasSuffix(r.ResourceARN, "hostedzone/"+h.ID) {
					z := s.hosted(h)
					z.profile = true
					add(z)
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b slowZone) int { return strings.Compare(a.id, b.id) })
	return list
}

// hidden returns the hidden zones of an endpoint (Z14 to Z17, Z40).
func (s slow) hidden(e endpoint.Endpoint) []slowZone {
	if !e.Type.Is(endpoint.Interface) || !e.PrivateDNSEnabled {
		return nil
	}
	var list []slowZone
	for entry := range e.DNSEntries.PrivateEntries() {
		base := strings.TrimPrefix(entry.Name, "*.")
		i := slices.IndexFunc(list, func(z slowZone) bool { return z.name == base })
		if i < 0 {
			i = len(list)
			list = append(list, slowZone{
				name: base, id: entry.ZoneID(), kind: "hidden-zone", evidence: naming.Given,
				inboundOnly: e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint, withheld: !e.State.Is(endpoint.Available),
				records: apexRecords(base, naming.Modelled),
			})
		}
		private, _ := e.Records()
		if strings.Contains(e.ServiceName, "vpce-svc-") {
			r, _ := e.DNSEntries.Regional()
			list[i].records = append(list[i].records, slowSet{
				owner: entry.Name, typ: zone.CNAME, ttl: 60, data: []string{r.String()}, evidence: naming.Given,
			})
			continue
		}
		for _, r := range s.addresses(e.NetworkInterfaceIDs, private) {
			r.owner = entry.Name
			list[i].records = append(list[i].records, r)
		}
		list[i].records = append(list[i].records, slowSet{owner: entry.Name, typ: zone.NAPTR}) // so that the name exists
	}
	return list
}

func apexRecords(name string, evidence naming.Evidence) []slowSet {
	return []slowSet{
		{owner: name, typ: zone.SOA, ttl: 900, evidence: evidence, data: []string{"ns-1536.awsdns-00.co.uk awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400"}},
		{owner: name, typ: zone.NS, ttl: 172800, evidence: evidence, data: []string{
			"ns-0.awsdns-00.com", "ns-512.awsdns-00.net", "ns-1024.awsdns-00.org", "ns-1536.awsdns-00.co.uk",
		}},
	}
}

// addresses returns the records of some network interfaces (Z17).
func (s slow) addresses(ids []string, types endpoint.AddressRecords) []slowSet {
	type host struct {
		az   string
		addr netip.Addr
	}
	var healthy, all []host
	missing := len(ids) == 0
	for _, id := range ids {
		i := slices.IndexFunc(s.c.NetworkInterfaces, func(n endpoint.NetworkInterface) bool { return n.ID == id })
		if i < 0 {
			missing = true
			continue
		}
		n := s.c.NetworkInterfaces[i]
		addrs, _ := n.Addrs()
		for _, a := range addrs {
			h := host{s.az(n), a}
			all = append(all, h)
			if n.Status == "in-use" || n.Status == "" {
				healthy = append(healthy, h)
			}
		}
	}
	evidence := naming.Given
	if len(healthy) == 0 {
		healthy, evidence = all, naming.Modelled
	}
	slices.SortFunc(healthy, func(a, b host) int {
		if a.az != b.az {
			return strings.Compare(a.az, b.az)
		}
		return a.addr.Compare(b.addr)
	})
	var list []slowSet
	for _, t := range []zone.Type{zone.A, zone.AAAA} {
		r := slowSet{typ: t, ttl: 60, evidence: evidence}
		for _, h := range healthy {
			if h.addr.Is4() == (t == zone.A) {
				r.data = append(r.data, h.addr.String())
			}
		}
		if missing {
			r.state, r.data = "missing", nil
		}
		if (missing || len(r.data) > 0) && (t == zone.A && types.A || t == zone.AAAA && types.AAAA) {
			list = append(list, r)
		}
	}
	return list
}

func (s slow) az(n endpoint.NetworkInterface) string {
	for _, sub := range s.c.Subnets {
		if sub.ID == n.SubnetID {
			return sub.AvailabilityZone
		}
	}
	return n.AvailabilityZone
}

// hosted returns a customer's zone.
func (s slow) hosted(h zone.HostedZone) slowZone {
	z := slowZone{name: h.Name, id: h.ID, kind: "hosted-zone", evidence: naming.Given, noSets: h.RecordSets == nil}
	for _, rs := range h.RecordSets {
		t, _ := zone.ParseType(rs.Type)
		r := slowSet{owner: rs.Name, typ: t, ttl: int(rs.TTL), evidence: naming.Given}
		for _, v := range rs.ResourceRecords {
			r.data = append(r.data, strings.TrimSuffix(v.Value, "."))
		}
		if rs.AliasTarget != nil {
			r.isAlias, r.alias, r.aliasZone = true, rs.AliasTarget.DNSName, rs.AliasTarget.HostedZoneID
		}
		if rs.SetIdentifier != "" {
			r.state, r.data, r.isAlias = "not modelled", nil, false
		}
		z.records = append(z.records, r)
	}
	for _, r := range apexRecords(z.name, naming.Modelled) {
		if !slices.ContainsFunc(z.records, func(o slowSet) bool { return o.owner == z.name && o.typ == r.typ }) {
			z.records = append(z.records, r)
		}
	}
	flat := slices.Clone(z.records)
	for i := range flat {
		if flat[i].isAlias {
			flat[i] = s.flatten(z, flat[i], nil)
		}
	}
	z.records = flat
	return z
}

// flatten gives an alias its target's records (Z32); a circle has none.
func (s slow) flatten(z slowZone, r slowSet, open []string) slowSet {
	r.data = nil
	key := r.owner + " " + r.typ.String()
	if slices.Contains(open, key) {
		return r
	}
	open = append(open, key)
	own := slowWithin(r.alias, z.name) && (r.aliasZone == "" || r.aliasZone == z.id)
	if own && r.aliasZone == "" && strings.Contains(r.alias, ".vpce.") {
		own = z.exists(r.alias)
	}
	if !own {
		a, _ := s.public(slowAnswer{evidence: naming.Given}, r.alias, r.typ)
		switch {
		case a.kind != "vpce" || a.rcode == "" && a.evidence != naming.Unspecified:
			r.state = "missing"
		case a.rcode == "":
			r.state = "unspecified"
		default:
			r.evidence, r.ttl, r.codes = a.evidence, 60, a.codes
			for _, rec := range a.records {
				r.data = append(r.data, strings.Fields(rec)[3])
			}
		}
		return r
	}
	name := r.alias
	if !z.exists(name) {
		for !z.exists(name) {
			name = slowUp(name)
		}
		name = "*." + name
	}
	for _, t := range z.at(name) {
		if t.typ != r.typ {
			continue
		}
		if t.isAlias {
			t = s.flatten(z, t, open)
		}
		r.data, r.ttl, r.state, r.evidence, r.codes = t.data, t.ttl, t.state, t.evidence, t.codes
	}
	return r
}

// public answers from the public DNS: endpoints' own names (Z23 to Z25), and
// nothing else.
func (s slow) public(a slowAnswer, name string, t zone.Type) (slowAnswer, string) {
	region, ok := strings.CutSuffix(name, ".vpce.amazonaws.com")
	if !ok {
		a.kind, a.rule, a.evidence = "public", "Z7", min(a.evidence, naming.Documented)
		return a, ""
	}
	region = region[strings.LastIndexByte(region, '.')+1:]
	z := slowZone{name: region + ".vpce.amazonaws.com"}
	a.kind, a.zone = "vpce", z.name
	for _, e := range s.c.Endpoints {
		if !e.Type.Is(endpoint.Interface) || !e.State.Is(endpoint.Available) {
			continue
		}
		_, types := e.Records()
		for n := range e.DNSEntries.Names() {
			if n.Region() != region {
				continue
			}
			a.id = e.DNSEntries.PublicZoneID()
			var ids []string
			sick := true
			for _, id := range e.NetworkInterfaceIDs {
				i := slices.IndexFunc(s.c.NetworkInterfaces, func(x endpoint.NetworkInterface) bool { return x.ID == id })
				if n.IsZonal() && (i < 0 || s.az(s.c.NetworkInterfaces[i]) != n.Zone()) {
					continue
				}
				ids = append(ids, id)
				sick = sick && i >= 0 && s.c.NetworkInterfaces[i].Status != "in-use"
			}
			for _, r := range s.addresses(ids, types) {
				r.owner = n.String()
				if n.IsZonal() && sick && len(ids) > 0 {
					r.state = "unspecified"
				}
				z.records = append(z.records, r)
			}
			z.records = append(z.records, slowSet{owner: n.String(), typ: zone.NAPTR}) // so that the name exists
		}
	}
	if len(z.records) == 0 {
		return s.unlisted(a, name)
	}
	closest := name
	for !z.exists(closest) && closest != z.name {
		closest = slowUp(closest)
	}
	starred := strings.HasPrefix(name, "*.")
	own := z.at(closest)
	switch {
	case name == z.name && (t == zone.NS || t == zone.SOA):
		a.rule, a.evidence = "Z25", naming.Unknown
		a.codes = append(a.codes, "UNKNOWN_RESOURCE")
		return a, ""
	case name == z.name:
		a.rule, a.rcode, a.soa, a.evidence = "Z25", "NOERROR", z.name, min(a.evidence, naming.Modelled)
		return a, ""
	case closest == name && len(own) == 0: // an empty non-terminal
		a.rule, a.rcode, a.soa, a.evidence = "Z25", "NOERROR", z.name, min(a.evidence, naming.Modelled)
		return a, ""
	case closest != name && z.exists("*."+closest):
		own, starred = z.at("*."+closest), true
	case closest != name && len(own) == 0:
		return s.unlisted(a, name)
	case closest != name:
		a.rule, a.rcode, a.soa = "Z24", "NXDOMAIN", z.name
		if strings.HasPrefix(closest, "*.") {
			a.rule = "Z25"
		}
		return a, ""
	}
	a.rule = "Z24"
	if starred {
		a.rule = "Z25"
	}
	for _, r := range own {
		if r.typ == t && t != zone.NAPTR {
			return r.into(a, name, z.name)
		}
	}
	a.rcode, a.soa = "NOERROR", z.name
	return a, ""
}

// slowOtherZone is the start of a zonal name whose zone may be another Region's
// (Z43).
var slowOtherZone = regexp.MustCompile(`^(vpce-[0-9a-f]+-[0-9a-z]+)-[a-z]+(?:-[a-z]+)+-[0-9][a-z]\.`)

// unlisted answers for names of vpce zones that no endpoint's DnsEntries have.
func (s slow) unlisted(a slowAnswer, name string) (slowAnswer, string) {
	h := naming.Classify(name)
	most := a.evidence
	a.rule, a.evidence = "Z23", naming.Unknown
	if h.Kind() == naming.KindBase {
		a.rule = "Z25"
	}
	for up := name; h.Kind() != naming.KindBase && h.Kind() != naming.KindRegional && h.Kind() != naming.KindZonal && up != ""; up = slowUp(up) {
		for _, p := range []naming.Host{naming.Classify(up), naming.Classify(slowOtherZone.ReplaceAllString(up, "$1."))} {
			if p.Kind() == naming.KindRegional || p.Kind() == naming.KindZonal {
				h = p
			}
		}
	}
	if h.Kind() == naming.KindRegional || h.Kind() == naming.KindZonal {
		for _, e := range s.c.Endpoints {
			if e.ID != h.EndpointID() || !e.Type.Is(endpoint.Interface) {
				continue
			}
			_, named := e.DNSEntries.Regional()
			serves := e.State.Is(endpoint.Available)
			if serves && !named {
				break
			}
			a.rule, a.evidence, a.rcode, a.soa = "Z24", most, "NXDOMAIN", a.zone
			if !serves {
				a.evidence = min(most, naming.Modelled)
				a.codes = append(a.codes, "ENDPOINT_NOT_AVAILABLE")
			}
			return a, ""
		}
	}
	a.codes = append(a.codes, "UNKNOWN_RESOURCE")
	return a, ""
}
