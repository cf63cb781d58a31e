package route_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// Section 8, host by host and table by table. The NAT gateway leads to the
// internet gateway everywhere.
func TestPublicHosts(t *testing.T) {
	const (
		s3     = "bkt.s3.us-west-2.amazonaws.com"
		s3Far  = "bkt.s3.eu-west-1.amazonaws.com"
		sts    = "sts.us-west-2.amazonaws.com"
		global = "s3.amazonaws.com"
		other  = "www.example.com"
		ddb    = "dynamodb.us-west-2.amazonaws.com"
		nat    = "nat-1 > igw-1"
	)
	missing := func(n *net) { n.PrefixLists[0].CIDRs = nil }
	for _, tt := range []struct {
		name    string
		routes  string // of subnet-1's table, divided by commas
		edit    func(*net)
		host    string
		class   route.Class
		devices string
		code    endpoint.Code
	}{
		{"Regional name, list on the table", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nil, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"Regional name, list elsewhere", "0.0.0.0/0 nat-1", nil, s3, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"Regional name, isolated", "", nil, s3, route.ClassNoRoute, "", endpoint.NoRouteToDestination},
		{"Regional name, a route inside the list", "0.0.0.0/0 nat-1,pl-s3 vpce-s3,52.216.1.0/24 igw-1", nil, s3, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"Regional name, a route outside the list", "0.0.0.0/0 nat-1,pl-s3 vpce-s3,8.8.8.0/24 igw-1", nil, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"another Region", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nil, s3Far, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"another service", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nil, sts, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"another gateway service without its list", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nil, ddb, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"global name: could be S3 here", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nil, global, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"no AWS name", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nil, other, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"no AWS name, lone default", "0.0.0.0/0 nat-1", nil, other, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"no AWS name, private routes never match", "0.0.0.0/0 nat-1,10.0.0.0/8 tgw-1,192.168.0.0/16 vgw-1", nil, other, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"P1 two halves", "0.0.0.0/1 nat-1,128.0.0.0/1 nat-1", nil, other, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"P1 one half", "0.0.0.0/1 nat-1", nil, other, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"P1 a public VPC CIDR counts as a route", "0.0.0.0/0 nat-1,44.0.0.0/16 local", func(n *net) {
			n.VPCs[0].CIDRBlockAssociationSet = []endpoint.CIDRBlockAssociation{{CIDRBlock: "44.0.0.0/16"}}
		}, other, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"P1 the NAT gateway's own table counts", "0.0.0.0/0 nat-1", func(n *net) { n.add("rtb-pub", "8.0.0.0/8 tgw-1") }, other, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"P2 entries missing, default alone", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", missing, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"P2 entries missing, another route", "0.0.0.0/0 nat-1,pl-s3 vpce-s3,8.8.8.0/24 igw-1", missing, s3, route.ClassUnknown, "", endpoint.PrefixListEntriesMissing},
		{"P2 entries missing, private routes", "0.0.0.0/0 nat-1,pl-s3 vpce-s3,10.0.0.0/8 tgw-1", missing, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"P2 entries missing, another gateway service's list", "0.0.0.0/0 nat-1,pl-s3 vpce-s3,pl-ddb vpce-ddb", func(n *net) {
			missing(n)
			n.PrefixLists = append(n.PrefixLists, route.PrefixList{ID: "pl-ddb", Name: service + "dynamodb", CIDRs: []string{"52.94.0.0/22"}})
		}, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"P2 the list told by its endpoint", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", func(n *net) { n.PrefixLists[0].Name = "" }, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"P2 the list not in the input, told by its endpoint", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", func(n *net) { n.PrefixLists = nil }, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
		{"P3 another service, the service's list without entries", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", missing, sts, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"P3 another service, a nameless list without entries", "0.0.0.0/0 nat-1,pl-x tgw-1", nil, sts, route.ClassUnknown, "", endpoint.PrefixListEntriesMissing},
		{"P3 the same target", "0.0.0.0/0 nat-1,pl-x nat-1", nil, sts, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"Region unknown, list on the table", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", nowhere, sts, route.ClassUnknown, "", endpoint.PublicPathsDiffer},
		{"Region unknown, all pieces agree", "0.0.0.0/0 nat-1", nowhere, sts, route.ClassNATGateway, nat, endpoint.PublicAddressNotKnown},
		{"Region from an endpoint", "0.0.0.0/0 nat-1,pl-s3 vpce-s3", func(n *net) {
			for i := range n.Subnets {
				n.Subnets[i].AvailabilityZone = ""
			}
		}, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PublicAddressNotKnown},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var routes []string
			if tt.routes != "" {
				routes = strings.Split(tt.routes, ",")
			}
			n := newNet(t, routes...)
			if tt.edit != nil {
				tt.edit(n)
			}
			p := n.host(subnet1, tt.host)
			is(t, p, tt.class, tt.devices, tt.code)
			if tt.class == route.ClassUnknown && p.Evidence != naming.Unknown || tt.class != route.ClassUnknown && p.Evidence != naming.Modelled {
				t.Errorf("evidence %v", p.Evidence)
			}
			if p.Address.IsValid() {
				t.Errorf("address %v", p.Address)
			}
		})
	}
}

func nowhere(n *net) {
	for i := range n.Subnets {
		n.Subnets[i].AvailabilityZone = ""
	}
	n.Endpoints = nil
}

// X7: rows of one target are joined, in address order.
func TestPublicRowsAreJoined(t *testing.T) {
	p := newNet(t, "128.0.0.0/1 nat-1", "0.0.0.0/1 nat-1", "8.0.0.0/8 nat-1").host(subnet1, "www.example.com")
	h := p.Hops[0]
	if h.Destination != "0.0.0.0/1 8.0.0.0/8 128.0.0.0/1" || h.Target != "nat-1" || h.Rule != "R9" || len(h.Lost) != 0 {
		t.Errorf("%+v", h)
	}
	list := newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3").host(subnet1, "s3.us-west-2.amazonaws.com").Hops[0]
	if list.Destination != "pl-s3" || list.Rule != "R9a" || len(list.Lost) != 1 || list.Lost[0].Code != endpoint.MoreSpecificRoute {
		t.Errorf("%+v", list)
	}
}

// PUBLIC_PATHS_DIFFER names all candidates, no-route included, each with its
// own class and verdict.
func TestPublicAlternatives(t *testing.T) {
	p := newNet(t, "0.0.0.0/1 nat-1", "pl-s3 vpce-s3").host(subnet1, "www.example.com")
	var got []string
	for _, a := range p.Alternatives {
		got = append(got, string(a.Class)+" "+string(a.Verdict))
	}
	if s := strings.Join(got, ", "); s != "nat-gateway public, gateway-endpoint private, no-route failed" {
		t.Errorf("alternatives %s", s)
	}
	if p.Class != route.ClassUnknown || p.Verdict != route.VerdictUnknown || p.Hops != nil {
		t.Errorf("%+v", p)
	}
}

// PL16, PL18: the families are separate questions; the IPv6 list is told by
// its endpoint, as no name of one was seen.
func TestPublicIPv6(t *testing.T) {
	n := newNet(t, "0.0.0.0/0 nat-1", "::/0 eigw-1", "pl-s3 vpce-s3")
	six := func(f *route.Flow) { f.To = route.PublicAddr("s3.us-west-2.amazonaws.com", route.IPv6) }
	// The VPC's own IPv6 CIDR is public, and counts as a route.
	p := is(t, n.host(subnet1, "", six), route.ClassUnknown, "", endpoint.PublicPathsDiffer)
	if c := p.Alternatives[0].Class; c != route.ClassEgressOnlyInternetGateway {
		t.Errorf("first alternative %s", c)
	}
	n.add("rtb-1", "pl-six vpce-s3")
	n.PrefixLists = append(n.PrefixLists, route.PrefixList{ID: "pl-six", CIDRs: []string{"2600:1fa0::/28"}})
	is(t, n.host(subnet1, "", six), route.ClassGatewayEndpoint, "vpce-s3")

	// Without IPv6 of its own the VPC leaves one way.
	n = newNet(t, "::/0 eigw-1")
	n.VPCs[0].IPv6CIDRBlockAssociationSet = nil
	for i := range n.Subnets {
		n.Subnets[i].IPv6CIDRBlockAssociationSet = nil
	}
	n.table("rtb-1").Routes = route.MustParseRoutes("10.0.0.0/16 local", "::/0 eigw-1")
	is(t, n.host(subnet1, "", six), route.ClassEgressOnlyInternetGateway, "eigw-1")
}

// P4: filters with rules narrower than everything or the service's list are
// never concluded about.
func TestPublicFiltersStayOpen(t *testing.T) {
	n := newNet(t, "pl-s3 vpce-s3")
	n.NetworkInterfaces[0].Groups = []endpoint.SecurityGroup{{ID: "sg-1"}}
	out := rule("tcp", 443)
	out.PrefixListIDs = []route.PrefixListID{{PrefixListID: "pl-s3"}}
	n.SecurityGroups = []route.SecurityGroup{groupConfig("sg-1", nil, []route.IPPermission{out})}
	n.acls()
	p := is(t, n.host(eniSrc, "s3.us-west-2.amazonaws.com"), route.ClassGatewayEndpoint, "vpce-s3")
	if explains(p, endpoint.FiltersNotEvaluated) {
		t.Error("the list and every address are admitted")
	}
	n.deny("subnet-1", true, 443, 443, "52.216.0.0/16")
	is(t, n.host(eniSrc, "s3.us-west-2.amazonaws.com"), route.ClassGatewayEndpoint, "vpce-s3", endpoint.FiltersNotEvaluated)
	n.deny("subnet-1", true, 443, 443, "0.0.0.0/0")
	is(t, n.host(eniSrc, "s3.us-west-2.amazonaws.com"), route.ClassBlocked, "vpce-s3", endpoint.SubnetACLRestriction)
}

func TestRegion(t *testing.T) {
	for _, tt := range []struct{ zone, want string }{
		{"us-east-2b", "us-east-2"}, {"us-west-2-lax-1a", "us-west-2"}, {"us-gov-west-1a", "us-gov-west-1"}, {"us-east-1-wl1-bos-wlz-1", "us-east-1"}, {"nowhere", ""}, {"", ""},
	} {
		c := route.Config{Subnets: []endpoint.Subnet{worldSubnet("subnet-1", "vpc-1", "10.0.0.0/24", tt.zone)}}
		if got, ok := mustNetwork(t, c).Region("vpc-1"); got != tt.want || ok != (tt.want != "") {
			t.Errorf("zone %q: Region %q, %v, want %q", tt.zone, got, ok, tt.want)
		}
	}
	c := route.Config{Endpoints: []endpoint.Endpoint{{ID: "vpce-1", VPCID: "vpc-1", ServiceName: "com.amazonaws.eu-west-1.sts"}}}
	if got, _ := mustNetwork(t, c).Region("vpc-1"); got != "eu-west-1" {
		t.Errorf("Region %q", got)
	}
	c.Endpoints[0].ServiceRegion = "eu-west-1" // R35: the service's, perhaps not the VPC's
	if got, ok := mustNetwork(t, c).Region("vpc-1"); ok {
		t.Errorf("Region %q", got)
	}
	if got, ok := mustNetwork(t, c).Region("vpc-9"); ok {
		t.Errorf("Region %q of no VPC", got)
	}
}

// A public host seen from outside, and questions that are none.
func TestTotal(t *testing.T) {
	n := newNet(t).build()
	addr := route.Addr(netip.MustParseAddr("8.8.8.8"))
	for _, tt := range []struct {
		name string
		f    route.Flow
		want route.Class
	}{
		{"zero Flow", route.Flow{}, route.ClassInvalidInput},
		{"no source", route.Flow{To: addr}, route.ClassInvalidInput},
		{"no destination", route.Flow{From: subnet1}, route.ClassInvalidInput},
		{"zero Addr", route.Flow{From: subnet1, To: route.Addr(netip.Addr{})}, route.ClassInvalidInput},
		{"family that is none", route.Flow{From: subnet1, To: route.PublicAddr("www.example.com", 5)}, route.ClassInvalidInput},
		{"source unknown", route.Flow{From: route.FromSubnet("subnet-9"), To: addr}, route.ClassUnknown},
		{"interface unknown", route.Flow{From: route.FromInterface("eni-9"), To: addr}, route.ClassUnknown},
		{"address of another family", route.Flow{From: route.FromAddr("eni-src", netip.MustParseAddr("::1")), To: addr}, route.ClassInvalidInput},
		{"not the interface's address", route.Flow{From: route.FromAddr("eni-src", netip.MustParseAddr("10.0.9.9")), To: addr}, route.ClassInvalidInput},
		{"interface without the family", route.Flow{From: route.FromInterface("eni-peer"), To: route.Addr(netip.MustParseAddr("2600::1"))}, route.ClassInvalidInput},
		{"gateway unknown", route.Flow{From: route.FromGateway("igw-9", "vpc-1", netip.Addr{}), To: addr}, route.ClassUnknown},
		{"VPC unknown", route.Flow{From: route.FromGateway("vgw-1", "vpc-9", netip.Addr{}), To: addr}, route.ClassUnknown},
	} {
		p := n.Path(tt.f)
		if p.Class != tt.want || p.Verdict != route.VerdictUnknown {
			t.Errorf("%s: %s %s, want %s", tt.name, p.Class, p.Verdict, tt.want)
		}
		if c, v := n.Class(tt.f); c != p.Class || v != p.Verdict {
			t.Errorf("%s: Class = %s %s", tt.name, c, v)
		}
	}
	var zero route.Network
	if p := zero.Path(route.Flow{From: subnet1, To: addr}); p.Class != route.ClassUnknown {
		t.Errorf("zero Network: %+v", p)
	}
}
