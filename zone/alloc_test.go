package zone_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestLookupAllocs holds Lookup to its promise: where one zone or the public
// DNS answers without CNAME and DNS64, it does not allocate, nor do the ways to
// read the answer but for a name asked with upper case.
func TestLookupAllocs(t *testing.T) {
	f := fixtures()
	c := world(f["EP1"], f["EP2"], f["EP3"], f["EP4"], f["EP8"])
	c.HostedZones = slices.Concat(bindZones()[7:], []zone.HostedZone{
		privateZone("Z1", "foo.us-east-2.compute.internal", []zone.RecordSet{set("host.foo.us-east-2.compute.internal", "A", 60, "10.0.0.1")}, v1),
		privateZone("Z2", "200.10.in-addr.arpa", []zone.RecordSet{set("250.201.200.10.in-addr.arpa", "PTR", 60, "host.example.com")}, v1),
	})
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprintf("192.0.2.%d", i+1))
	}
	c.HostedZones = append(c.HostedZones, privateZone("Z3", "example.net", []zone.RecordSet{set("many.example.net", "A", 60, many...)}, v1))
	c.ResolverRules = []zone.ResolverRule{{ID: "rslvr-rr-1", DomainName: "example.org", RuleType: "FORWARD"}, {ID: "rslvr-rr-2", DomainName: "public.example.org", RuleType: "SYSTEM"}}
	c.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ResolverRuleID: "rslvr-rr-1", VPCID: v1}, {ResolverRuleID: "rslvr-rr-2", VPCID: v1}}
	z := build(t, c)
	v := view(t, z, zone.VPC(v1))
	for _, c := range []struct {
		name, host string
		typ        zone.Type
		view       *zone.View
	}{
		{"hit", "MONITORING.us-East-2.AmazonAWS.COM.", zone.A, v},
		{"wildcard", "123456789012.DKR.ecr.us-east-2.amazonaws.com", zone.A, v},
		{"NODATA", defaultName, zone.AAAA, v},
		{"NXDOMAIN", "Foo.monitoring.us-east-2.amazonaws.com", zone.A, v},
		{"empty non-terminal", "c.d.ent.test", zone.A, v},
		{"ANY", defaultName, zone.ANY, v},
		{"public", "www.example.com", zone.A, v},
		{"sibling", "logs.us-east-2.amazonaws.com", zone.A, v},
		{"public, a label begins with v", "VPN.Vpce-0123.example.com", zone.A, v},
		{"public, nearly a private API", "abcdefghij-vpce-012345.example.com", zone.A, v},
		{"public, nearly below vpce", "a.vpce.example.com", zone.A, v},
		{"public, by a SYSTEM rule", "www.Public.example.org", zone.A, v},
		{"private, below the resolver's own zone", "Host.foo.us-east-2.compute.internal", zone.A, v},
		{"private, reverse", "250.201.200.10.in-addr.arpa", zone.PTR, v},
		{"private, reverse NXDOMAIN", "255.255.200.10.in-addr.arpa", zone.PTR, v},
		{"many addresses", "many.example.net", zone.A, v},
		{"vpce name", regionalName, zone.A, v},
		{"vpce name, publicly", zonalNameA, zone.A, view(t, z, zone.Public())},
		{"bucket", "bucket.vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com", zone.A, v},
	} {
		t.Run(c.name, func(t *testing.T) {
			ready, err := zone.ParseName(c.host)
			if err != nil {
				t.Fatal(err)
			}
			if n := testing.AllocsPerRun(100, func() { c.view.LookupName(ready, c.typ) }); n != 0 {
				t.Errorf("%v allocations for a name made ready, want 0", n)
			}
			n := testing.AllocsPerRun(100, func() {
				a := c.view.Lookup(c.host, c.typ)
				count := 0
				for addr := range a.Addrs() {
					if addr.Is4() {
						count++
					}
				}
				var room [32]netip.Addr
				if count > a.Len() || count > len(a.AppendAddrs(room[:0])) {
					t.Error("more addresses than records")
				}
				_, _ = a.SOA()
				_, _ = a.RCode()
				_, _ = a.Source(), a.Codes()
			})
			if n != 0 {
				t.Errorf("%v allocations, want 0", n)
			}
		})
	}
}
