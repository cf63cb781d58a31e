package trace_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// s3World is the page's VPC with both kinds of S3 endpoint: the interface one
// in subnet-a with private DNS as told, the gateway one on the tables named.
func s3World(t *testing.T, privateDNS, inboundOnly bool, tables ...string) trace.Inventory {
	t.Helper()
	inv := bare()
	inv.PrefixLists = []route.PrefixList{{ID: "pl-s3", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"3.5.128.0/22", "52.219.80.0/20"}}}
	if len(tables) > 0 {
		if _, err := inv.Create(trace.CreateEndpoint{VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.s3", RouteTableIDs: tables, NewID: counting()}); err != nil {
			t.Fatal(err)
		}
	}
	in := create("com.amazonaws.us-east-2.s3", privateDNS)
	in.SubnetIDs = []string{"subnet-a"}
	in.NewID = func() func(string) string {
		next := counting()
		return func(prefix string) string { return next(prefix + "1")[:len(prefix)] + next(prefix)[len(prefix):] }
	}()
	in.PrivateDNSOnlyForInboundResolverEndpoint = &inboundOnly
	if _, err := inv.Create(in); err != nil {
		t.Fatal(err)
	}
	return inv
}

// TestNamedRows asks by name what the rows of the route cases say by name: the
// groups endpoint and s3-both.
func TestNamedRows(t *testing.T) {
	const bucket = "bkt.s3.us-east-2.amazonaws.com"
	off := page()
	off.Endpoints[0].PrivateDNSEnabled = false
	off.Endpoints[0].DNSEntries = off.Endpoints[0].DNSEntries[:4]
	vpceBucket := func(inv trace.Inventory) string {
		e := inv.Endpoints[len(inv.Endpoints)-1]
		n, ok := e.DNSEntries.Regional()
		if !ok {
			t.Fatalf("no Regional name in %v", e.DNSEntries)
		}
		n, err := n.WithPrefix("logs.bucket")
		if err != nil {
			t.Fatal(err)
		}
		return n.String()
	}
	all := []string{"rtb-a", "rtb-b", "rtb-c"}
	d07 := s3World(t, false, false, all...)
	for _, tt := range []struct {
		id, from, to string
		inv          trace.Inventory
		class        route.Class
		code         endpoint.Code
	}{
		{"V21", "private", pageHost, page(), route.ClassEndpoint, ""},
		{"V23", "isolated", "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", off, route.ClassEndpoint, ""},
		{"V24", "public", pageHost, page(), route.ClassEndpoint, ""},
		{"V25", "public", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", page(), route.ClassEndpoint, ""},
		{"R36", "private", pageHost, off, route.ClassNATGateway, endpoint.PrivateDNSOff},
		{"D01", "private", bucket, s3World(t, false, false, all...), route.ClassGatewayEndpoint, ""},
		{"D03", "private", bucket, s3World(t, true, true, all...), route.ClassGatewayEndpoint, ""},
		{"D04", "private", bucket, s3World(t, true, true, "rtb-c"), route.ClassNATGateway, endpoint.GatewayEndpointNotOnTable},
		{"D05", "isolated", bucket, s3World(t, true, true, "rtb-b"), route.ClassNoRoute, endpoint.GatewayEndpointNotOnTable},
		{"D07", "isolated", vpceBucket(d07), d07, route.ClassEndpoint, ""},
		{"R37 flag false", "isolated", bucket, s3World(t, true, false, all...), route.ClassEndpoint, ""},
	} {
		t.Run(tt.id, func(t *testing.T) {
			tr := ask(t, tt.inv, tt.from, tt.to)
			if tr.Class != tt.class || (tt.code != "" && !slices.Contains(tr.Codes, tt.code)) {
				t.Errorf("class %s, want %s, code %s\n%s", tr.Class, tt.class, tt.code, tr)
			}
			switch tt.id {
			case "V24":
				if len(tr.Paths) != 3 {
					t.Errorf("R32a: %d paths, want one to each network interface", len(tr.Paths))
				}
			case "V25":
				if len(tr.Paths) != 1 || tr.Paths[0].Address.String() != "10.0.2.10" {
					t.Errorf("R32a: %v, want exactly 10.0.2.10", tr.Paths)
				}
			}
		})
	}
}

// TestV29: a vpce name gives its private addresses everywhere; from a VPC
// without a path to them that is no route, and says why.
func TestV29(t *testing.T) {
	inv := page()
	inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: "vpc-2", CIDRBlock: "10.9.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
	inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-z", VPCID: "vpc-2", CIDRBlock: "10.9.1.0/24", AvailabilityZone: "us-east-2a"})
	inv.RouteTables = append(inv.RouteTables, route.Table{ID: "rtb-z", VPCID: "vpc-2", Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.9.0.0/16 local")})
	tr := ask(t, inv, "subnet-z", "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com")
	if tr.Class != route.ClassNoRoute || !slices.Contains(tr.Codes, endpoint.PrivateAddressFromPublicDNS) {
		t.Errorf("%s", tr)
	}
	if tr := ask(t, inv, "subnet-z", pageHost); tr.Class != route.ClassNoRoute || slices.Contains(tr.Codes, endpoint.PrivateAddressFromPublicDNS) {
		t.Errorf("the endpoint's private name is not this VPC's: %s", tr)
	}
}

// dualStack gives the page's private subnet IPv6 with an egress-only internet
// gateway.
func dualStack(inv trace.Inventory) trace.Inventory {
	inv.VPCs[0].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: "2001:db8::/56"}}
	inv.Subnets[1].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: "2001:db8::/64"}}
	inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("2001:db8::/56 local", "::/0 eigw-1")...)
	inv.EgressOnlyInternetGateways = []route.EgressOnlyInternetGateway{{ID: "eigw-1", Attachments: []route.GatewayAttachment{{State: "attached", VPCID: "vpc-1"}}}}
	return inv
}

// TestFamilies: A to the endpoint and AAAA by the egress-only gateway differ,
// and say so.
func TestFamilies(t *testing.T) {
	inv := dualStack(page())
	inv.HostedZones = []zone.HostedZone{{
		ID: "Z1", Name: "metrics.example.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
		RecordSets: []zone.RecordSet{
			{Name: "metrics.example.com.", Type: "A", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: "10.0.1.10"}}},
			{Name: "metrics.example.com.", Type: "AAAA", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: "2600::1"}}},
		},
	}}
	tr := ask(t, inv, "private", "metrics.example.com")
	if tr.Class != route.ClassMixed || tr.Verdict != route.Public || !slices.Contains(tr.Codes, endpoint.FamilyPathsDiffer) || len(tr.Paths) != 2 {
		t.Errorf("%s", tr)
	}
	// An IPv4-only name of a dual-stack subnet: the family without records is
	// passed over.
	if tr := ask(t, inv, "private", pageHost); tr.Class != route.ClassEndpoint || tr.DNS[1].Counted || tr.Evidence != naming.Given {
		t.Errorf("%s", tr)
	}
}

// TestPublicPathsDiffer: an unknown IPv6 address may be one of the VPC's own,
// which section 8 counts as a route; the candidates are named, none is chosen.
func TestPublicPathsDiffer(t *testing.T) {
	tr := ask(t, dualStack(bare()), "private", "example.com")
	if tr.Class != route.ClassUnknown || tr.Verdict != route.VerdictUnknown || !slices.Contains(tr.Codes, endpoint.PublicPathsDiffer) || tr.Evidence != naming.Unknown {
		t.Errorf("%s", tr)
	}
	for _, p := range tr.Paths {
		if p.Class == route.ClassUnknown {
			t.Errorf("a candidate keeps its own class: %+v", p)
		}
	}
}

// TestP1: whether every public address takes the same way is said of each
// family by itself: of IPv4, whose ways are alike, and not of IPv6, whose ways
// are not; and of both where they are alike in each, by another gateway.
func TestP1(t *testing.T) {
	const (
		alike4 = "A: public DNS: the address is not known; every public IPv4 address takes the same way (Z7)"
		alike6 = "AAAA: public DNS: the address is not known; every public IPv6 address takes the same way (Z7)"
		apart6 = "AAAA: public DNS: the address is not known; possible IPv6 addresses take different ways (Z7)"
	)
	apart := dualStack(bare())
	alike := dualStack(bare()) // unique local addresses are not among the public ones
	alike.VPCs[0].IPv6CIDRBlockAssociationSet[0].IPv6CIDRBlock = "fd00:1::/56"
	alike.Subnets[1].IPv6CIDRBlockAssociationSet[0].IPv6CIDRBlock = "fd00:1::/64"
	alike.RouteTables[1].Routes = route.MustParseRoutes("10.0.0.0/16 local", "fd00:1::/56 local", "0.0.0.0/0 nat-1", "::/0 eigw-1")
	apart4 := bare()
	apart4.RouteTables[1].Routes = append(apart4.RouteTables[1].Routes, route.MustParseRoutes("203.0.112.0/20 pcx-1")...)
	for _, tt := range []struct {
		name string
		inv  trace.Inventory
		want []string
	}{
		{"one family alike", bare(), []string{"public DNS: the address is not known; every public address takes the same way (Z7)"}},
		{"one family apart", apart4, []string{"public DNS: the address is not known; possible addresses take different ways (Z7)"}},
		{"IPv4 alike, IPv6 apart", apart, []string{alike4, apart6}},
		{"each alike", alike, []string{alike4, alike6}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := ask(t, tt.inv, "private", "example.com")
			var got []string
			for _, s := range tr.Steps() {
				if s.Word == "dns" {
					got = append(got, s.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q\n%s", got, tt.want, tr)
			}
		})
	}
}

// TestNAT64: DNS64 makes AAAA of the endpoint's A, and without a NAT64 route
// the endpoint is not reached by it.
func TestNAT64(t *testing.T) {
	inv := page()
	inv.Subnets[1].EnableDNS64 = true
	tr := ask(t, inv, "private", pageHost)
	if tr.DNS[1].Answer.Rule() != "Z33" || !tr.DNS[1].Counted || len(tr.Paths) != 6 {
		t.Errorf("%s", tr)
	}
}

// TestSharedZone: a spoke resolves the central endpoint by the shared zone, and
// one that the zone was not associated with goes to the public service.
func TestSharedZone(t *testing.T) {
	inv := page()
	inv.Endpoints[0].PrivateDNSEnabled = false
	inv.Endpoints[0].DNSEntries = inv.Endpoints[0].DNSEntries[:4]
	alias := &zone.AliasTarget{HostedZoneID: "ZC8PG0KIFKBRI", DNSName: inv.Endpoints[0].DNSEntries[0].Name + "."}
	inv.HostedZones = []zone.HostedZone{{
		ID: "Z1", Name: pageHost + ".", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
		RecordSets: []zone.RecordSet{{Name: pageHost + ".", Type: "A", AliasTarget: alias}},
	}}
	if tr := ask(t, inv, "isolated", pageHost); tr.Class != route.ClassEndpoint || tr.DNS[0].Answer.Rule() != "Z32" || len(tr.Hints) > 0 {
		t.Errorf("%s", tr)
	}
	inv.HostedZones[0].VPCs[0].VPCID = "vpc-other"
	if tr := ask(t, inv, "isolated", pageHost); tr.Class != route.ClassNoRoute || len(tr.Hints) != 1 || tr.Hints[0].Code != endpoint.PrivateDNSOff {
		t.Errorf("%s", tr)
	}
}

// R7: a link-local service is on no table, and the proof does not say that a
// table was asked.
func TestReservedText(t *testing.T) {
	tr := ask(t, page(), "subnet-b", "169.254.169.254")
	got := tr.String()
	for _, want := range []string{"no table is asked", "instance metadata", "FAILED: reserved"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
	if strings.Contains(got, "no row") {
		t.Errorf("a table was asked:\n%s", got)
	}
}
