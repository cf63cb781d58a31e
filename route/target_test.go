package route_test

import (
	"net/netip"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// gwlb adds a Gateway Load Balancer endpoint in the public subnet.
func (n *net) gwlb() *net {
	n.Endpoints = append(n.Endpoints, endpoint.Endpoint{
		ID: "vpce-gwlb", Type: endpoint.GatewayLoadBalancer, VPCID: "vpc-1", State: endpoint.Available, SubnetIDs: []string{"subnet-pub"},
	})
	return n
}

// C1, C4 to C7 and the targets of section 4, one by one.
func TestTargets(t *testing.T) {
	dualSrc := route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11"))
	for _, tt := range []struct {
		name     string
		world    func() *net
		from     route.Source
		to       string
		class    route.Class
		devices  string
		evidence naming.Evidence
		code     endpoint.Code
	}{
		{"C1 NAT gateway not described", func() *net { return newNet(t, "0.0.0.0/0 nat-9") }, subnet1, "8.8.8.8", route.ClassUnknown, "nat-9", naming.Unknown, endpoint.UnknownResource},
		{"C1 internet gateway not described", func() *net { return newNet(t, "0.0.0.0/0 igw-9") }, subnet1, "8.8.8.8", route.ClassUnknown, "igw-9", naming.Unknown, endpoint.UnknownResource},
		{"C1 peering not described", func() *net { return newNet(t, "10.2.0.0/16 pcx-9") }, subnet1, "10.2.1.1", route.ClassUnknown, "pcx-9", naming.Unknown, endpoint.UnknownResource},
		{"C1 interface not described", func() *net { return newNet(t, "0.0.0.0/0 eni-9") }, subnet1, "8.8.8.8", route.ClassUnknown, "eni-9", naming.Unknown, endpoint.UnknownResource},
		{"C1 the peer VPC not described", func() *net {
			n := newNet(t, "10.2.0.0/16 pcx-1").peerVPC("10.0.0.0/16 pcx-1")
			n.VPCs, n.Subnets, n.RouteTables = n.VPCs[:1], n.Subnets[:3], n.RouteTables[:3]
			return n
		}, subnet1, "10.2.1.1", route.ClassUnknown, "pcx-1 > local", naming.Unknown, endpoint.UnknownResource},
		{"R2 no main table", func() *net { n := newNet(t); n.table("rtb-1").Associations = nil; return n }, subnet1, "8.8.8.8", route.ClassUnknown, "", naming.Unknown, endpoint.MainRouteTableMissing},
		{"R4 an association that does not count", func() *net {
			n := newNet(t)
			n.table("rtb-pub").Associations[0].AssociationState.State = "disassociated"
			return n
		}, route.FromSubnet("subnet-pub"), "10.0.2.7", route.ClassLocal, "local eni-peer", naming.Modelled, endpoint.FiltersNotEvaluated},
		{"an endpoint not described", func() *net { return newNet(t, "0.0.0.0/0 vpce-9") }, subnet1, "8.8.8.8", route.ClassUnknown, "", naming.Unknown, endpoint.TargetTypeUnknown},
		{"an endpoint not described, told by its list", func() *net { return newNet(t, "pl-s3 vpce-9") }, subnet1, "52.216.1.1", route.ClassGatewayEndpoint, "vpce-9", naming.Modelled, endpoint.PolicyNotEvaluated},
		{"a route without target field", func() *net {
			n := newNet(t)
			n.table("rtb-1").Routes = append(n.table("rtb-1").Routes, route.Route{DestinationCIDRBlock: "0.0.0.0/0", State: "active"})
			return n
		}, subnet1, "8.8.8.8", route.ClassUnknown, "", naming.Unknown, endpoint.TargetTypeUnknown},
		{"R32 gateway endpoint not available", func() *net { n := newNet(t, "pl-s3 vpce-s3"); n.Endpoints[0].State = "deleting"; return n }, subnet1, "52.216.1.1", route.ClassBlocked, "vpce-s3", naming.Given, endpoint.EndpointNotAvailable},
		{"R32 partial is unspecified", func() *net { return newNet(t).endpoint("Partial") }, subnet1, "10.0.2.9", route.ClassUnspecified, "eni-vpce", naming.Unspecified, endpoint.EndpointNotAvailable},
		{"R31 interface not healthy", func() *net {
			n := newNet(t).endpoint(endpoint.Available)
			n.NetworkInterfaces[2].Status = "pending"
			return n
		}, subnet1, "10.0.2.9", route.ClassBlocked, "eni-vpce", naming.Modelled, endpoint.BadState},
		{"R31 an endpoint's interface without its endpoint", func() *net {
			n := newNet(t).endpoint(endpoint.Available)
			n.Endpoints, n.NetworkInterfaces[2].InterfaceType = n.Endpoints[:1], "vpc_endpoint"
			return n
		}, subnet1, "10.0.2.9", route.ClassUnknown, "eni-vpce", naming.Unknown, endpoint.UnknownResource},
		{"R12 diverts from an endpoint", func() *net {
			n := newNet(t, "10.0.2.0/24 vpce-gwlb").endpoint(endpoint.Available).gwlb()
			return n
		}, subnet1, "10.0.2.9", route.ClassEndpoint, "vpce-gwlb > in subnet-pub > eni-vpce", naming.Modelled, endpoint.PolicyNotEvaluated},
		{"R30 list on the NAT gateway's table only", func() *net { return newNet(t, "0.0.0.0/0 nat-1").add("rtb-pub", "pl-s3 vpce-s3") }, subnet1, "52.216.1.1", route.ClassNATGateway, "nat-1 > vpce-s3", naming.Modelled, endpoint.PolicyNotEvaluated},
		{"R39 a table the endpoint does not name", func() *net {
			n := newNet(t, "pl-s3 vpce-s3")
			n.Endpoints[0].RouteTableIDs = []string{"rtb-2"}
			return n
		}, subnet1, "52.216.1.1", route.ClassGatewayEndpoint, "vpce-s3", naming.Modelled, endpoint.PolicyNotEvaluated},
		{"C4 inspection, then the internet gateway", func() *net { return newNet(t, "0.0.0.0/0 vpce-gwlb").gwlb() }, dualSrc, "8.8.8.8", route.ClassGWLBEndpoint, "vpce-gwlb > in subnet-pub > igw-1", naming.Modelled, endpoint.FiltersNotEvaluated},
		{"C4 inspection keeps the source: no public address", func() *net { return newNet(t, "0.0.0.0/0 vpce-gwlb").gwlb() }, eniSrc, "8.8.8.8", route.ClassBlocked, "vpce-gwlb > in subnet-pub > igw-1", naming.Modelled, endpoint.IGWPublicIPAssociationForEgress},
		{"C4 the edge table leads back through the same endpoint", func() *net {
			n := newNet(t, "0.0.0.0/0 vpce-gwlb").gwlb()
			n.RouteTables = append(n.RouteTables, route.Table{
				ID: "rtb-edge", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "10.0.1.0/24 vpce-gwlb"),
			})
			return n
		}, dualSrc, "8.8.8.8", route.ClassGWLBEndpoint, "vpce-gwlb > in subnet-pub > igw-1", naming.Modelled, endpoint.FiltersNotEvaluated},
		{"C4 no subnet", func() *net {
			n := newNet(t, "0.0.0.0/0 vpce-gwlb").gwlb()
			n.Endpoints[1].SubnetIDs = nil
			return n
		}, subnet1, "8.8.8.8", route.ClassUnknown, "vpce-gwlb", naming.Unknown, endpoint.UnknownResource},
		{"C6 inspection that leads back to itself", func() *net {
			n := newNet(t, "0.0.0.0/0 vpce-gwlb").gwlb()
			n.table("rtb-pub").Routes = route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 vpce-gwlb")
			return n
		}, subnet1, "8.8.8.8", route.ClassBlocked, "vpce-gwlb > in subnet-pub", naming.Modelled, endpoint.RoutingLoop},
		{"C5 source/destination check not given", func() *net { n := natInstance(t, false); n.NetworkInterfaces[2].SourceDestCheck = nil; return n }, subnet1, "8.8.8.8", route.ClassUnknown, "eni-nat", naming.Unknown, endpoint.UnknownResource},
		{"C5 the interface's own address", func() *net {
			n := newNet(t, "10.0.2.0/24 eni-peer")
			return n
		}, subnet1, "10.0.2.7", route.ClassLocal, "local eni-peer", naming.Given, endpoint.FiltersNotEvaluated},
		{"C5 whether it translates is unknown", func() *net {
			n := natInstance(t, false)
			n.NetworkInterfaces[2].PrivateIPAddresses[0].Association = nil
			return n
		}, subnet1, "8.8.8.8", route.ClassNetworkInterface, "eni-nat > in subnet-pub > igw-1", naming.Modelled, endpoint.SourceAddressNotGiven},
		{"C5 by the instance alone", func() *net {
			n := natInstance(t, false)
			n.table("rtb-1").Routes[2].NetworkInterfaceID = ""
			return n
		}, subnet1, "8.8.8.8", route.ClassNetworkInterface, "i-nat > in subnet-pub > igw-1", naming.Modelled, endpoint.FiltersNotEvaluated},
		{"C7 peering not active", func() *net {
			n := newNet(t, "10.2.0.0/16 pcx-1").peerVPC("10.0.0.0/16 pcx-1")
			n.VPCPeeringConnections[0].Status.Code = "pending-acceptance"
			return n
		}, subnet1, "10.2.1.1", route.ClassBlocked, "pcx-1", naming.Given, endpoint.BadState},
		{"C7 not onward to the peer's internet gateway", func() *net { return newNet(t, "0.0.0.0/0 pcx-1").peerVPC("0.0.0.0/0 igw-1") }, subnet1, "8.8.8.8", route.ClassBlocked, "pcx-1", naming.Given, endpoint.PCXRequiresAddressInVPCCIDR},
		{"C10 the way back goes by another gateway", func() *net { return newNet(t, "10.2.0.0/16 pcx-1").peerVPC("10.0.0.0/8 tgw-1") }, subnet1, "10.2.1.1", route.ClassUnknown, "pcx-1 > local > return subnet-far", naming.Unknown, endpoint.NoPossibleDestination},
		{"an address of no subnet of the peer", func() *net { return newNet(t, "10.2.0.0/16 pcx-1").peerVPC("10.0.0.0/16 pcx-1") }, subnet1, "10.2.9.9", route.ClassVPCPeering, "pcx-1 > local", naming.Modelled, endpoint.UnknownDestination},
		{"R21 RFC 1918", func() *net { return newNet(t, "0.0.0.0/0 igw-1") }, dualSrc, "192.168.1.1", route.ClassBlocked, "igw-1", naming.Given, endpoint.IGWDestinationNotInRFC1918},
		{"R21 RFC 6598", func() *net { return newNet(t, "0.0.0.0/0 igw-1") }, dualSrc, "100.64.0.1", route.ClassBlocked, "igw-1", naming.Given, endpoint.IGWDestinationNotInRFC6598},
		{"R20 no interfaces in the input", func() *net { n := newNet(t, "0.0.0.0/0 igw-1"); n.NetworkInterfaces = nil; return n }, route.FromAddr("subnet-1", netip.MustParseAddr("10.0.1.10")), "8.8.8.8", route.ClassInternetGateway, "igw-1", naming.Given, endpoint.SourceAddressNotGiven},
		{"R20 IPv6 not global", func() *net { return newNet(t, "::/0 igw-1") }, route.FromAddr("subnet-1", netip.MustParseAddr("fd12::1")), "2600::1", route.ClassBlocked, "igw-1", naming.Given, endpoint.IGWPublicIPAssociationForEgress},
		{"R23 a mode AWS has not named", func() *net {
			n := newNet(t, "0.0.0.0/0 igw-1")
			n.VPCs[0].BlockPublicAccessStates.InternetGatewayBlockMode = "block-sometimes"
			return n
		}, subnet1, "8.8.8.8", route.ClassUnspecified, "igw-1", naming.Unspecified, endpoint.VPCBlockPublicAccessEnabled},
		{"R23 block-ingress lets an egress-only gateway out", func() *net {
			n := newNet(t, "::/0 eigw-1")
			n.VPCs[0].BlockPublicAccessStates.InternetGatewayBlockMode = "block-ingress"
			return n
		}, subnet1, "2600::1", route.ClassEgressOnlyInternetGateway, "eigw-1", naming.Given, endpoint.FiltersNotEvaluated},
		{"R24 a NAT gateway in a working state with a warning", func() *net { n := newNet(t, "0.0.0.0/0 nat-1"); n.NATGateways[0].State = "deleting"; return n }, subnet1, "8.8.8.8", route.ClassNATGateway, "nat-1 > igw-1", naming.Given, endpoint.BadState},
		{"R26 a NAT gateway of another VPC", func() *net { n := newNet(t, "0.0.0.0/0 nat-1"); n.NATGateways[0].VPCID = "vpc-2"; return n }, subnet1, "8.8.8.8", route.ClassBlocked, "nat-1", naming.Given, endpoint.NGWRequiresSourceInVPC},
		{"R28 a regional NAT gateway that provides zones itself", func() *net {
			n := regional(t)
			n.table("rtb-r").Routes[1] = route.MustParseRoutes("0.0.0.0/0 igw-1")[0]
			return n
		}, subnet1, "8.8.8.8", route.ClassNATGateway, "nat-r > igw-1", naming.Given, endpoint.FiltersNotEvaluated},
		{"R29 the embedded address is reserved", func() *net { return newNet(t, "64:ff9b::/96 nat-1") }, subnet1, "64:ff9b::169.254.169.254", route.ClassReserved, "nat-1", naming.Given, ""},
		{"R29 IPv6 that is not translated", func() *net { return newNet(t, "::/0 nat-1") }, subnet1, "2600::1", route.ClassBlocked, "nat-1", naming.Given, endpoint.ProtocolRestriction},
		{"R29 no way at all", func() *net { return newNet(t) }, subnet1, "64:ff9b::808:808", route.ClassNoRoute, "", naming.Given, endpoint.NAT64Missing},
		{"R33 over VPN", func() *net { return newNet(t).endpoint(endpoint.Available) }, route.FromGateway("vgw-1", "vpc-1", netip.MustParseAddr("192.168.7.7")), "10.0.2.9", route.ClassNoRoute, "vgw-1 > eni-vpce > return subnet-2", naming.Given, endpoint.NoRouteToDestination},
		{"R33 from a peer not described", func() *net {
			return newNet(t).endpoint(endpoint.Available).peerVPC().add("rtb-2", "10.2.0.0/16 pcx-1")
		}, route.FromGateway("pcx-1", "vpc-1", netip.MustParseAddr("10.2.1.1")), "10.0.2.9", route.ClassEndpoint, "pcx-1 > eni-vpce", naming.Given, endpoint.PolicyNotEvaluated},
		{"R3 an edge table through an appliance", func() *net {
			n := natInstance(t, false)
			n.RouteTables = append(n.RouteTables, route.Table{
				ID: "rtb-edge", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "10.0.1.0/24 eni-nat"),
			})
			n.add("rtb-1", "10.0.250.0/24 local")
			return n
		}, route.FromGateway("igw-1", "vpc-1", netip.Addr{}), "203.0.113.11", route.ClassInternetGateway, "igw-1 > eni-nat > in subnet-pub > local eni-src", naming.Modelled, endpoint.FiltersNotEvaluated},
		{"R34 an endpoint's IPv6 from the internet", func() *net {
			n := newNet(t, "::/0 igw-1").endpoint(endpoint.Available)
			n.NetworkInterfaces[2].IPv6Addresses = []endpoint.IPv6Address{{IPv6Address: "2001:db8:1:2::9"}}
			n.NetworkInterfaces[2].DenyAllIGWTraffic = true
			return n
		}, route.FromGateway("igw-1", "vpc-1", netip.MustParseAddr("2600::1")), "2001:db8:1:2::9", route.ClassBlocked, "igw-1", naming.Given, endpoint.NoPossibleDestination},
		{"trap 6 overlapping subnets by address alone", func() *net {
			n := newNet(t).peerVPC("10.0.0.0/16 pcx-1").add("rtb-2", "10.2.0.0/16 pcx-1")
			n.Subnets = append(n.Subnets, worldSubnet("subnet-2b", "vpc-1", "10.0.2.0/25", "us-west-2b"))
			return n
		}, route.FromSubnet("subnet-far"), "10.0.2.77", route.ClassUnknown, "pcx-1 > local", naming.Unknown, endpoint.UnknownDestination},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := tt.world().path(tt.from, tt.to)
			var codes []endpoint.Code
			if tt.code != "" {
				codes = append(codes, tt.code)
			}
			is(t, p, tt.class, tt.devices, codes...)
			if p.Evidence != tt.evidence {
				t.Errorf("evidence %v, want %v", p.Evidence, tt.evidence)
			}
		})
	}
}

// R14a: which missing lists matter.
func TestMissingEntries(t *testing.T) {
	for _, tt := range []struct {
		name, route, to string
		want            route.Class
	}{
		{"R14a may win", "pl-x tgw-1", "8.8.8.8", route.ClassUnknown},
		{"R14a the winner has the same target", "pl-x vgw-1", "8.8.8.8", route.ClassVirtualPrivateGateway},
		{"R14a the winner lies inside a VPC CIDR", "pl-x tgw-1", "10.0.2.7", route.ClassLocal},
		{"R14a the winner is a static /32", "pl-x tgw-1", "9.9.9.9", route.ClassVirtualPrivateGateway},
		{"R14a a propagated /32 is not", "pl-x tgw-1", "9.9.9.8", route.ClassUnknown},
		{"R14a another family", "pl-six tgw-1", "8.8.8.8", route.ClassVirtualPrivateGateway},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t, "0.0.0.0/0 vgw-1", "9.9.9.9/32 vgw-1", "9.9.9.8/32 vgw-1 propagated", tt.route)
			n.PrefixLists = append(n.PrefixLists, route.PrefixList{ID: "pl-six", AddressFamily: "IPv6"})
			p := n.path(subnet1, tt.to)
			if p.Class != tt.want {
				t.Errorf("%+v", p)
			}
			if h := p.Hops[0]; tt.want == route.ClassUnknown && (h.Rule != "R14a" || h.Target != "" || h.Lost[0] != (route.Lost{Destination: "pl-x", Target: "tgw-1", Code: endpoint.PrefixListEntriesMissing})) {
				t.Errorf("hop %+v", h)
			}
			if got, ok := mustDecider(t, n, "rtb-1").Target(netip.MustParseAddr(tt.to)); ok != (tt.want != route.ClassUnknown) || ok && got != p.Hops[0].Target {
				t.Errorf("Target = %q, %v", got, ok)
			}
		})
	}
}

func mustDecider(t *testing.T, n *net, table string) route.Decider {
	t.Helper()
	d, ok := n.build().Decider(table)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	return d
}

// A route that a VPC Route Server advertised has no published rank
// (section 16).
func TestAdvertisedRoutes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		routes []string
		want   route.Class
	}{
		{"alone", []string{"10.9.0.0/16 vgw-1 advertised"}, route.ClassVirtualPrivateGateway},
		{"shorter", []string{"10.9.0.0/16 vgw-1 advertised", "10.9.1.0/24 tgw-1"}, route.ClassTransitGateway},
		{"against static", []string{"10.9.1.0/24 vgw-1 advertised", "10.9.1.0/24 tgw-1"}, route.ClassUnspecified},
		{"same target", []string{"10.9.1.0/24 tgw-1 advertised", "10.9.1.0/24 tgw-1"}, route.ClassTransitGateway},
		{"inside the VPC", []string{"10.0.9.0/24 vgw-1 advertised"}, route.ClassUnspecified},
	} {
		t.Run(tt.name, func(t *testing.T) {
			to := "10.9.1.1"
			if tt.name == "inside the VPC" {
				to = "10.0.9.1"
			}
			if p := newNet(t, tt.routes...).path(subnet1, to); p.Class != tt.want {
				t.Errorf("%+v", p)
			}
		})
	}
}

// Verdicts: a known address is private in the VPC and over peering, and an
// unknown one is not.
func TestVerdictOfAddresses(t *testing.T) {
	n := newNet(t, "10.2.0.0/16 pcx-1").peerVPC("10.0.0.0/16 pcx-1")
	n.NetworkInterfaces = append(n.NetworkInterfaces, worldENI("eni-far", "vpc-2", "subnet-far", "10.2.1.10"))
	for to, want := range map[string]route.Verdict{
		"10.0.2.7": route.Private, "10.0.2.8": route.VerdictUnknown, "10.2.1.10": route.Private, "10.2.1.11": route.VerdictUnknown, "8.8.8.8": route.Failed,
	} {
		if p := n.path(subnet1, to); p.Verdict != want {
			t.Errorf("%s: %s, want %s", to, p.Verdict, want)
		}
	}
	c := worldD(true) // over a transit gateway only an endpoint is
	c.NetworkInterfaces = append(c.NetworkInterfaces, worldENI("eni-hub", "vpc-00000001", "subnet-0000004e", "10.0.1.21"))
	p := mustNetwork(t, c).Path(route.Flow{From: route.FromSubnet("subnet-00000051"), To: route.Addr(netip.MustParseAddr("10.0.1.21"))})
	if p.Class != route.ClassTransitGateway || p.Verdict != route.VerdictUnknown {
		t.Errorf("%s %s", p.Class, p.Verdict)
	}
}
