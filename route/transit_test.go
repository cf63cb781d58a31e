package route_test

import (
	"net/netip"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// C8, clause by clause, on the hub and the spoke of the worked example (d).
func TestTransitGateway(t *testing.T) {
	hub := func(c *route.Config) *route.TransitGatewayVPCAttachment { return &c.TransitGatewayVPCAttachments[0] }
	spoke := func(c *route.Config) *route.TransitGatewayVPCAttachment { return &c.TransitGatewayVPCAttachments[1] }
	routes := func(c *route.Config) *route.TransitGatewayRouteTable { return &c.TransitGatewayRouteTables[0] }
	const (
		there = "tgw-00000001 > in subnet-0000004a > eni-00000014"
		far   = "tgw-00000001"
	)
	for _, tt := range []struct {
		name     string
		edit     func(*route.Config)
		class    route.Class
		devices  string
		evidence naming.Evidence
		code     endpoint.Code
	}{
		{"followed", func(*route.Config) {}, route.ClassEndpoint, there, naming.Given, endpoint.PolicyNotEvaluated},
		{"no attachments file", func(c *route.Config) { c.TransitGatewayAttachments = nil }, route.ClassTransitGateway, far, naming.Modelled, endpoint.NoPossibleDestination},
		{"no VPC attachments file", func(c *route.Config) { c.TransitGatewayVPCAttachments = nil }, route.ClassTransitGateway, far, naming.Modelled, endpoint.NoPossibleDestination},
		{"no tables file", func(c *route.Config) { c.TransitGatewayRouteTables = nil }, route.ClassTransitGateway, far, naming.Modelled, endpoint.NoPossibleDestination},
		{"no routes file", func(c *route.Config) { routes(c).Routes = nil }, route.ClassTransitGateway, far, naming.Modelled, endpoint.NoPossibleDestination},
		{"routes incomplete", func(c *route.Config) { routes(c).AdditionalRoutesAvailable = true }, route.ClassUnknown, far, naming.Unknown, endpoint.UnknownResource},
		{"attachment not available", func(c *route.Config) { spoke(c).State = "failed" }, route.ClassBlocked, far, naming.Given, endpoint.BadStateAttachment},
		{"far attachment not available", func(c *route.Config) { hub(c).State = "deleting" }, route.ClassBlocked, far, naming.Given, endpoint.BadStateAttachment},
		{"no subnet in the zone", func(c *route.Config) {
			c.Subnets = append(c.Subnets, worldSubnet("subnet-b", "vpc-00000002", "10.1.2.0/24", "us-east-2b"))
			spoke(c).SubnetIDs = []string{"subnet-b"}
		}, route.ClassBlocked, far, naming.Given, endpoint.TGWRouteAZRestriction},
		{"a subnet of the attachment is not in the input", func(c *route.Config) { spoke(c).SubnetIDs = []string{"subnet-x"} }, route.ClassUnknown, far, naming.Unknown, endpoint.UnknownResource},
		{"zone crossed", func(c *route.Config) {
			c.Subnets[1].AvailabilityZone = "us-east-2b" // the hub's attachment
			c.Subnets[2].AvailabilityZone = "us-east-2b" // and the endpoint, whose answer so leaves in its own zone
		}, route.ClassEndpoint, there, naming.Modelled, endpoint.AvailabilityZoneCrossed},
		{"zones compared by id across accounts", func(c *route.Config) {
			c.Subnets[0].AvailabilityZone, c.Subnets[0].AvailabilityZoneID = "us-east-2c", "use2-az1"
			c.Subnets[1].AvailabilityZoneID, c.Subnets[2].AvailabilityZoneID = "use2-az1", "use2-az1"
		}, route.ClassEndpoint, there, naming.Given, endpoint.FiltersNotEvaluated},
		{"no association given", func(c *route.Config) { c.TransitGatewayAttachments[1].Association = nil }, route.ClassTransitGateway, far, naming.Modelled, endpoint.NoPossibleDestination},
		{"not associated", func(c *route.Config) { c.TransitGatewayAttachments[1].Association.State = "disassociated" }, route.ClassNoRoute, far, naming.Given, endpoint.NoRouteToDestination},
		{"no route there", func(c *route.Config) { routes(c).Routes = routes(c).Routes[1:] }, route.ClassNoRoute, far, naming.Given, endpoint.NoRouteToDestination},
		{"no route back", func(c *route.Config) { routes(c).Routes = routes(c).Routes[:1] }, route.ClassNoRoute, there + " > return tgw-00000001", naming.Given, endpoint.NoRouteToDestination},
		{"blackhole", func(c *route.Config) { routes(c).Routes[0].State = "blackhole" }, route.ClassBlackhole, far, naming.Given, endpoint.BadStateRoute},
		{"static before propagated", func(c *route.Config) {
			r := routes(c).Routes[0]
			r.Type, r.State = "static", "blackhole"
			routes(c).Routes = append(routes(c).Routes, r)
		}, route.ClassBlackhole, far, naming.Given, endpoint.HigherPriorityRoute},
		{"longest prefix before type", func(c *route.Config) {
			r := routes(c).Routes[0]
			r.DestinationCIDRBlock, r.Type, r.State = "10.0.0.0/8", "static", "blackhole"
			routes(c).Routes = append(routes(c).Routes, r)
		}, route.ClassEndpoint, there, naming.Given, endpoint.MoreSpecificRoute},
		{"VPN attachment", func(c *route.Config) {
			c.TransitGatewayAttachments[0].ResourceType = "vpn"
			c.TransitGatewayVPCAttachments = c.TransitGatewayVPCAttachments[1:]
		}, route.ClassTransitGateway, far, naming.Given, endpoint.NoPossibleDestination},
		{"no route back from the hub", func(c *route.Config) { c.RouteTables[2].Routes = c.RouteTables[2].Routes[:1] }, route.ClassNoRoute, there + " > return subnet-0000004e", naming.Given, endpoint.NoRouteToDestination},
		{"blackhole on the way back", func(c *route.Config) { c.RouteTables[2].Routes[1].State = "blackhole" }, route.ClassBlackhole, there + " > return subnet-0000004e", naming.Given, endpoint.BadStateRoute},
		{"half of the source's subnet comes back", func(c *route.Config) { c.RouteTables[2].Routes[1].DestinationCIDRBlock = "10.1.1.0/25" }, route.ClassNoRoute, there + " > return subnet-0000004e", naming.Given, endpoint.NoRouteToDestination},
		{"two halves to one target come back", func(c *route.Config) {
			r := c.RouteTables[2].Routes[1]
			c.RouteTables[2].Routes[1].DestinationCIDRBlock, r.DestinationCIDRBlock = "10.1.1.0/25", "10.1.1.128/25"
			c.RouteTables[2].Routes = append(c.RouteTables[2].Routes, r)
		}, route.ClassEndpoint, there, naming.Given, endpoint.PolicyNotEvaluated},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := worldD(true)
			tt.edit(&c)
			f := route.Flow{From: route.FromSubnet("subnet-00000051"), To: route.Addr(netip.MustParseAddr("10.0.1.20")), Port: 443}
			n := mustNetwork(t, c)
			p := n.Path(f)
			is(t, p, tt.class, tt.devices, tt.code)
			if p.Evidence != tt.evidence {
				t.Errorf("evidence %v, want %v", p.Evidence, tt.evidence)
			}
			if c, v := n.Class(f); c != p.Class || v != p.Verdict {
				t.Errorf("Class = %s %s", c, v)
			}
		})
	}
}

// A spoke's way to the internet by the hub's NAT gateway: R26, and the way
// back from the NAT gateway's own subnet.
func TestTransitToCentralNAT(t *testing.T) {
	c := worldD(true)
	c.RouteTables[0].Routes = route.MustParseRoutes("10.1.0.0/16 local", "0.0.0.0/0 tgw-00000001")
	c.RouteTables[1].Routes = route.MustParseRoutes("10.0.0.0/16 local", "10.1.0.0/16 tgw-00000001", "0.0.0.0/0 nat-1")
	c.TransitGatewayRouteTables[0].Routes = append(c.TransitGatewayRouteTables[0].Routes, route.TransitGatewayRoute{
		DestinationCIDRBlock: "0.0.0.0/0", Type: "static", State: "active",
		TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: "tgw-attach-00000001", ResourceType: "vpc"}},
	})
	c.Subnets = append(c.Subnets, worldSubnet("subnet-pub", "vpc-00000001", "10.0.5.0/24", "us-east-2a"))
	c.RouteTables = append(c.RouteTables, worldTable("rtb-pub", "vpc-00000001", []string{"subnet-pub"}, "10.0.0.0/16 local", "0.0.0.0/0 igw-1", "10.1.0.0/16 tgw-00000001"))
	c.NATGateways = []route.NATGateway{{ID: "nat-1", VPCID: "vpc-00000001", SubnetID: "subnet-pub", State: "available"}}
	c.InternetGateways = []route.InternetGateway{{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: "available", VPCID: "vpc-00000001"}}}}
	ask := func(to route.Destination) route.Path {
		return mustNetwork(t, c).Path(route.Flow{From: route.FromSubnet("subnet-00000051"), To: to, Port: 443})
	}
	const out = "tgw-00000001 > in subnet-0000004a > nat-1 > igw-1"
	p := is(t, ask(route.Addr(netip.MustParseAddr("8.8.8.8"))), route.ClassTransitGateway, out)
	if p.Verdict != route.Public || p.Evidence != naming.Modelled {
		t.Errorf("%s, %s", p.Verdict, p.Evidence)
	}
	p = is(t, ask(route.PublicAddr("sts.us-east-2.amazonaws.com", route.IPv4)), route.ClassTransitGateway, out)
	if p.Hops[1].Destination != "0.0.0.0/0" || p.Hops[1].Target != "tgw-attach-00000001" {
		t.Errorf("%+v", p.Hops[1])
	}
	c.RouteTables[3].Routes = c.RouteTables[3].Routes[:2] // the NAT gateway's table forgets the spoke
	is(t, ask(route.Addr(netip.MustParseAddr("8.8.8.8"))), route.ClassBlocked, out+" > return subnet-pub", endpoint.IGWDestinationNotInRFC1918)
	// Without a NAT gateway the hub's internet gateway has no address of the spoke's.
	c.RouteTables[1].Routes[2] = route.MustParseRoutes("0.0.0.0/0 igw-1")[0]
	is(t, ask(route.Addr(netip.MustParseAddr("8.8.8.8"))), route.ClassBlocked, "tgw-00000001 > in subnet-0000004a > igw-1", endpoint.IGWPublicIPAssociationForEgress)
	// R33: a gateway endpoint serves its own VPC only.
	c.RouteTables[1].Routes[2] = route.MustParseRoutes("pl-s3 vpce-s3")[0]
	c.PrefixLists = []route.PrefixList{{ID: "pl-s3", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"52.219.80.0/20"}}}
	c.Endpoints = append(c.Endpoints, endpoint.Endpoint{ID: "vpce-s3", Type: endpoint.Gateway, VPCID: "vpc-00000001", ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.Available})
	is(t, ask(route.Addr(netip.MustParseAddr("52.219.80.1"))), route.ClassBlocked, "tgw-00000001 > in subnet-0000004a > vpce-s3")
}

// A hub with many spokes, an inspection VPC between them: one transit gateway
// met by two attachments is no loop, met twice by one is.
func TestTransitThroughInspection(t *testing.T) {
	const tgw = "tgw-1"
	c := route.Config{
		VPCs:              []endpoint.VPC{worldVPC("vpc-a", "10.1.0.0/16"), worldVPC("vpc-i", "10.9.0.0/16"), worldVPC("vpc-b", "10.2.0.0/16")},
		NetworkInterfaces: []endpoint.NetworkInterface{worldENI("eni-b", "vpc-b", "subnet-b", "10.2.1.10")},
		Endpoints:         []endpoint.Endpoint{{ID: "vpce-gwlb", Type: endpoint.GatewayLoadBalancer, VPCID: "vpc-i", State: endpoint.Available, SubnetIDs: []string{"subnet-gwlb"}}},
		Subnets: []endpoint.Subnet{
			worldSubnet("subnet-a", "vpc-a", "10.1.1.0/24", "us-east-2a"), worldSubnet("subnet-b", "vpc-b", "10.2.1.0/24", "us-east-2a"),
			worldSubnet("subnet-i", "vpc-i", "10.9.1.0/24", "us-east-2a"), worldSubnet("subnet-gwlb", "vpc-i", "10.9.2.0/24", "us-east-2a"),
		},
		RouteTables: []route.Table{
			worldTable("rtb-a", "vpc-a", []string{"main"}, "10.1.0.0/16 local", "10.0.0.0/8 tgw-1"),
			worldTable("rtb-b", "vpc-b", []string{"main"}, "10.2.0.0/16 local", "10.0.0.0/8 tgw-1"),
			worldTable("rtb-i", "vpc-i", []string{"subnet-i"}, "10.9.0.0/16 local", "0.0.0.0/0 vpce-gwlb"),
			worldTable("rtb-gwlb", "vpc-i", []string{"subnet-gwlb"}, "10.9.0.0/16 local", "0.0.0.0/0 tgw-1"),
		},
		TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-spokes"}, {ID: "tgw-rtb-inspection"}},
	}
	to := func(cidr, attachment string) route.TransitGatewayRoute {
		return route.TransitGatewayRoute{
			DestinationCIDRBlock: cidr, Type: "static", State: "active",
			TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: attachment, ResourceType: "vpc"}},
		}
	}
	c.TransitGatewayRouteTables[0].Routes = []route.TransitGatewayRoute{to("0.0.0.0/0", "tgw-attach-i")}
	c.TransitGatewayRouteTables[1].Routes = []route.TransitGatewayRoute{to("10.1.0.0/16", "tgw-attach-a"), to("10.2.0.0/16", "tgw-attach-b")}
	for _, v := range []string{"a", "b", "i"} {
		table := "tgw-rtb-spokes"
		if v == "i" {
			table = "tgw-rtb-inspection"
		}
		c.TransitGatewayAttachments = append(c.TransitGatewayAttachments, route.TransitGatewayAttachment{
			ID: "tgw-attach-" + v, TransitGatewayID: tgw, ResourceType: "vpc", ResourceID: "vpc-" + v, State: "available",
			Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: table},
		})
		c.TransitGatewayVPCAttachments = append(c.TransitGatewayVPCAttachments, route.TransitGatewayVPCAttachment{
			ID: "tgw-attach-" + v, TransitGatewayID: tgw, VPCID: "vpc-" + v, State: "available", SubnetIDs: []string{"subnet-" + v},
		})
	}
	ask := func() route.Path {
		return mustNetwork(t, c).Path(route.Flow{From: route.FromSubnet("subnet-a"), To: route.Addr(netip.MustParseAddr("10.2.1.10")), Port: 443})
	}
	p := is(t, ask(), route.ClassTransitGateway, "tgw-1 > in subnet-i > vpce-gwlb > in subnet-gwlb > tgw-1 > direct subnet-b > local eni-b")
	if p.Evidence != naming.Modelled { // C4
		t.Errorf("evidence %s", p.Evidence)
	}
	c.TransitGatewayRouteTables[1].Routes[1] = to("10.2.0.0/16", "tgw-attach-i") // back to where it came from
	is(t, ask(), route.ClassBlocked, "tgw-1 > in subnet-i > vpce-gwlb > in subnet-gwlb > tgw-1 > in subnet-i", endpoint.RoutingLoop)
}
