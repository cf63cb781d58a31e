package zone_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
	"pgregory.net/rapid"
)

// The invariants of dns.md section 18, on generated worlds. The ninth, about
// sizes on the wire, is package resolver's.

// must is build for properties.
func must(t *rapid.T, c zone.Config) *zone.Zones {
	z, err := zone.New(c)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return z
}

func look(t *rapid.T, z *zone.Zones, p zone.Point, name string, typ zone.Type) zone.Answer {
	v, ok := z.View(p)
	if !ok {
		t.Fatalf("no view %v", p)
	}
	return v.Lookup(name, typ)
}

// question is one lookup.
type question struct {
	from zone.Point
	name string
	typ  zone.Type
}

func genQuestion(c zone.Config) *rapid.Generator[question] {
	from, host, typ := genPoint(c), genHost(c), genType()
	return rapid.Custom(func(t *rapid.T) question {
		return question{from.Draw(t, "from"), host.Draw(t, "host"), typ.Draw(t, "type")}
	})
}

// same fails if two worlds answer a question differently.
func same(t *rapid.T, q question, a, b *zone.Zones, why string) {
	if got, want := text(look(t, b, q.from, q.name, q.typ)), text(look(t, a, q.from, q.name, q.typ)); got != want {
		t.Fatalf("%s: %s %s from %s\n got %s\nwant %s", why, q.name, q.typ, q.from, got, want)
	}
}

// follows reports whether the answer went on from the name's own zone or rule:
// other zones then have a say.
func follows(a zone.Answer) bool { return a.Rule() == "Z31" || a.Rule() == "Z33" }

// TestInvariant1OneWinner: there is one winner, and a less specific zone or
// rule never changes its answer.
func TestInvariant1OneWinner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		z := must(t, c)
		a := look(t, z, q.from, q.name, q.typ)
		k := a.Source().Kind
		if k != zone.HiddenZone && k != zone.CustomerZone && k != zone.ForwardRule || follows(a) {
			return
		}
		domain := strings.TrimSuffix(a.Source().Zone, ".")
		above := func(name string) bool {
			name = strings.TrimSuffix(name, ".")
			return name != domain && slowWithin(domain, name)
		}
		less := c
		less.HostedZones = slices.DeleteFunc(slices.Clone(c.HostedZones), func(h zone.HostedZone) bool { return above(h.Name) })
		less.ResolverRules = slices.DeleteFunc(slices.Clone(c.ResolverRules), func(r zone.ResolverRule) bool { return above(r.DomainName) })
		less.ResolverRuleAssociations = slices.DeleteFunc(slices.Clone(c.ResolverRuleAssociations), func(a zone.ResolverRuleAssociation) bool {
			return !slices.ContainsFunc(less.ResolverRules, func(r zone.ResolverRule) bool { return r.ID == a.ResolverRuleID })
		})
		same(t, q, z, must(t, less), "less specific zones and rules removed")
		if up := slowUp(domain); up != "" {
			more := c
			more.HostedZones = append(slices.Clone(c.HostedZones), privateZone("ZMORE", "com", []zone.RecordSet{
				set("*.com", "A", 60, "192.0.2.99"), set(up, "A", 60, "192.0.2.99"), set("*."+up, "A", 60, "192.0.2.99"),
			}, v1, v2))
			if domain != "com" && strings.HasSuffix(up, ".com") {
				same(t, q, z, must(t, more), "a less specific zone added")
			}
		}
	})
}

// privateOff returns a world whose endpoints, or those that which names, have
// private DNS off, with their private DnsEntries or without.
func privateOff(c zone.Config, which func(endpoint.Endpoint) bool, entries bool) zone.Config {
	c.Endpoints = slices.Clone(c.Endpoints)
	for i := range c.Endpoints {
		e := &c.Endpoints[i]
		if !which(*e) {
			continue
		}
		e.PrivateDNSEnabled = false
		if !entries {
			e.DNSEntries = slices.DeleteFunc(slices.Clone(e.DNSEntries), func(d endpoint.DNSEntry) bool { return !naming.IsEndpointName(d.Name) })
		}
	}
	return c
}

func every(endpoint.Endpoint) bool { return true }

func TestInvariant2HiddenZonesStayInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		c.ProfileAssociations = nil
		q := genQuestion(c).Draw(t, "question")
		q.from = zone.Public()
		same(t, q, must(t, c), must(t, privateOff(c, every, false)), "private DNS off, seen publicly")
		q.from = rapid.SampledFrom([]zone.Point{zone.VPC(v2), zone.Inbound(v2), zone.Subnet("subnet-v2")}).Draw(t, "from") // the endpoints are V1's
		same(t, q, must(t, c), must(t, privateOff(c, every, false)), "private DNS off in another VPC")
	})
}

func TestInvariant3PrivateDNSOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		pick := rapid.SampledFrom(append(slices.Clone(c.Endpoints), endpoint.Endpoint{})).Draw(t, "endpoint")
		one := func(e endpoint.Endpoint) bool { return e.ID == pick.ID }
		off := must(t, privateOff(c, one, true))
		same(t, q, off, must(t, privateOff(c, one, false)), "private DNS off, and the zone never made")
		for n := range pick.DNSEntries.Names() {
			same(t, question{zone.Public(), n.String(), q.typ}, must(t, c), off, "a vpce name, private DNS off")
		}
	})
}

func TestInvariant4RegionalIsUnionOfZonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := genEndpoint(0).Draw(t, "endpoint")
		p.State = endpoint.Available
		if len(p.interfaces) != len(p.NetworkInterfaceIDs) {
			return
		}
		for i := range p.interfaces {
			p.interfaces[i].Status = "in-use"
		}
		p.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = false
		z := must(t, world(p))
		for _, typ := range []zone.Type{zone.A, zone.AAAA} {
			all := func(from zone.Point, name string) []netip.Addr {
				list := slices.Collect(look(t, z, from, name, typ).Addrs())
				slices.SortFunc(list, netip.Addr.Compare)
				return list
			}
			regional, _ := p.DNSEntries.Regional()
			want := all(zone.Public(), regional.String())
			var union []netip.Addr
			for n := range p.DNSEntries.Names() {
				if n.IsZonal() {
					union = append(union, all(zone.Public(), n.String())...)
				}
			}
			slices.SortFunc(union, netip.Addr.Compare)
			if !slices.Equal(union, want) {
				t.Fatalf("%s: Regional %v, zonal together %v", typ, want, union)
			}
			for name := range p.DNSEntries.Private() {
				if got := all(zone.VPC(v1), name); p.PrivateDNSEnabled && len(got) > 0 && !slices.Equal(got, want) {
					t.Fatalf("%s: %s %v, Regional %v", typ, name, got, want)
				}
			}
		}
	})
}

func TestInvariant5NXDOMAIN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		z := must(t, c)
		a := look(t, z, q.from, q.name, q.typ)
		if !a.IsNXDOMAIN() || follows(a) {
			return
		}
		for _, typ := range []zone.Type{zone.A, zone.AAAA, zone.TXT, zone.NS, zone.SOA, zone.CNAME, zone.ANY, zone.Type(65535)} {
			if b := look(t, z, q.from, q.name, typ); !b.IsNXDOMAIN() || b.Source() != a.Source() {
				t.Fatalf("%s does not exist, and its %s: %s", q.name, typ, text(b))
			}
		}
		below := rapid.SampledFrom(genLabels).Draw(t, "label") + "." + q.name
		if b := look(t, z, q.from, below, q.typ); b.Source() == a.Source() && !b.IsNXDOMAIN() && a.Source().Kind != zone.VPCE {
			t.Fatalf("%s does not exist, and below it: %s", q.name, text(b))
		}
	})
}

func TestInvariant6CaseAndDot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		z := must(t, c)
		name := []byte(q.name)
		for i := range name {
			if rapid.Bool().Draw(t, "upper") && 'a' <= name[i] && name[i] <= 'z' {
				name[i] -= 'a' - 'A'
			}
		}
		odd := string(name)
		if rapid.Bool().Draw(t, "dot") {
			odd += "."
		}
		if rapid.Bool().Draw(t, "escape") {
			odd = strings.Replace(odd, "*", `\052`, 1)
		}
		if got, want := text(look(t, z, q.from, odd, q.typ)), text(look(t, z, q.from, q.name, q.typ)); got != want {
			t.Fatalf("%s %s\n got %s\nwant %s", odd, q.typ, got, want)
		}
	})
}

func TestInvariant7OwnerIsNoWildcard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		owner := q.name
		for r := range look(t, must(t, c), q.from, q.name, q.typ).Records() {
			if r.Name != owner {
				t.Fatalf("%s %s: record of %s", q.name, q.typ, r.Name)
			}
			if r.Type == zone.CNAME && q.typ != zone.CNAME {
				owner = r.Data()
			}
		}
	})
}

func TestInvariant8NegativeHasSOA(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		a := look(t, must(t, c), q.from, q.name, q.typ)
		soa, ok := a.SOA()
		if negative := a.IsNXDOMAIN() || a.IsNODATA(); negative != ok {
			t.Fatalf("negative %v, SOA %v: %s", negative, ok, text(a))
		}
		if _, last := a.Final(); ok && (soa.Name != last.Zone || soa.Type != zone.SOA || soa.TTL > 900) {
			t.Fatalf("SOA %v of the zone %s", soa, last.Zone)
		}
	})
}

func TestInvariant10OrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		q := genQuestion(c).Draw(t, "question")
		mixed := c
		mixed.VPCs = rapid.Permutation(c.VPCs).Draw(t, "VPCs")
		mixed.Subnets = rapid.Permutation(c.Subnets).Draw(t, "Subnets")
		mixed.NetworkInterfaces = rapid.Permutation(c.NetworkInterfaces).Draw(t, "NetworkInterfaces")
		mixed.HostedZones = rapid.Permutation(c.HostedZones).Draw(t, "HostedZones")
		mixed.ResolverRules = rapid.Permutation(c.ResolverRules).Draw(t, "ResolverRules")
		mixed.ResolverRuleAssociations = rapid.Permutation(c.ResolverRuleAssociations).Draw(t, "ResolverRuleAssociations")
		mixed.ProfileResourceAssociations = rapid.Permutation(c.ProfileResourceAssociations).Draw(t, "ProfileResourceAssociations")
		mixed.Endpoints = rapid.Permutation(c.Endpoints).Draw(t, "Endpoints")
		for i := range mixed.Endpoints {
			e := &mixed.Endpoints[i]
			e.DNSEntries = rapid.Permutation(e.DNSEntries).Draw(t, "DnsEntries")
			e.NetworkInterfaceIDs = rapid.Permutation(e.NetworkInterfaceIDs).Draw(t, "NetworkInterfaceIds")
		}
		z, m := must(t, c), must(t, mixed)
		same(t, q, z, m, "all lists in another order")
		if !slices.Equal(z.Findings(), m.Findings()) {
			t.Fatalf("findings\n%v\n%v", z.Findings(), m.Findings())
		}

		pending := c
		pending.Endpoints = slices.Clone(c.Endpoints)
		for i := range pending.Endpoints {
			e := &pending.Endpoints[i]
			e.DNSEntries = slices.Clone(e.DNSEntries)
			for k, d := range e.DNSEntries {
				if strings.HasPrefix(d.HostedZoneID, "ZHIDDEN") {
					e.DNSEntries[k].HostedZoneID = endpoint.ZoneIDPending
				}
			}
		}
		a, b := look(t, z, q.from, q.name, q.typ), look(t, must(t, pending), q.from, q.name, q.typ)
		if a.Source().Kind == zone.HiddenZone && b.Source().ID != "" {
			t.Fatalf("zone id %q while it is pending", b.Source().ID)
		}
		if !slices.Equal(slices.Collect(a.Records()), slices.Collect(b.Records())) {
			t.Fatalf("zone ids pending\n got %s\nwant %s", text(b), text(a))
		}
	})
}
