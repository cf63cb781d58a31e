package route_test

import (
	"net/netip"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// What the input does not settle is never answered as if it did, and what it
// settles is not left open: rule by rule, on the VPC of newNet.
func TestOnlyWhatIsSettled(t *testing.T) {
	missing := func(n *net) *net { n.PrefixLists[0].CIDRs = nil; return n }
	edge := func(routes ...string) *net {
		n := newNet(t, "0.0.0.0/0 igw-1")
		n.RouteTables = append(n.RouteTables, route.Table{
			ID: "rtb-edge", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}}, Routes: route.MustParseRoutes(append([]string{"10.0.0.0/16 local"}, routes...)...),
		})
		return n
	}
	untyped := func(n *net) *net { n.Endpoints[0].Type = ""; return n }
	appliance := func(edit func(*endpoint.NetworkInterface)) *net {
		n := natInstance(t, false)
		n.NetworkInterfaces[2].PrivateIPAddresses[0].Association = nil
		edit(&n.NetworkInterfaces[2])
		return n
	}
	plain := func(*endpoint.NetworkInterface) {}
	foreign := func(n *net) *net { // an interface and a GWLB endpoint of the peer
		e := worldENI("eni-far", "vpc-2", "subnet-far", "10.2.1.4")
		e.SourceDestCheck = new(false)
		n.NetworkInterfaces = append(n.NetworkInterfaces, e)
		n.gwlb().Endpoints[1].VPCID = "vpc-2"
		return n.peerVPC("0.0.0.0/0 igw-1")
	}
	manual := func(addresses ...route.NATGatewayAddress) *net {
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.NATGateways[0] = route.NATGateway{
			ID: "nat-1", VPCID: "vpc-1", State: "available", AvailabilityMode: "regional", AutoProvisionZones: "disabled", RouteTableID: "rtb-pub", NATGatewayAddresses: addresses,
		}
		return n
	}
	dual, bare := route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), subnet1
	const s3, web = "bkt.s3.us-west-2.amazonaws.com", "www.example.com"
	for _, tt := range []struct {
		name    string
		world   *net
		from    route.Source
		to      string // an address, or a host
		class   route.Class
		devices string
		code    endpoint.Code
	}{
		{"P2 beside a nameless list to another target", missing(newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3", "pl-x nat-1")), bare, s3, route.ClassUnknown, "", endpoint.PrefixListEntriesMissing},
		{"P2 beside it in the other order", missing(newNet(t, "0.0.0.0/0 nat-1", "pl-x nat-1", "pl-s3 vpce-s3")), bare, s3, route.ClassUnknown, "", endpoint.PrefixListEntriesMissing},
		{"P2 beside a nameless list to the endpoint itself", missing(newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3", "pl-x vpce-9")), bare, s3, route.ClassUnknown, "", endpoint.PrefixListEntriesMissing},
		{"P2 beside an IPv6 list", func() *net {
			n := missing(newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3", "pl-six nat-1"))
			n.PrefixLists = append(n.PrefixLists, route.PrefixList{ID: "pl-six", AddressFamily: "IPv6"})
			return n
		}(), bare, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.PolicyNotEvaluated},

		{"C10 the destination's subnet is not in the input", func() *net {
			n := newNet(t, "10.2.0.0/16 pcx-1").peerVPC("10.0.0.0/16 pcx-1")
			n.NetworkInterfaces = append(n.NetworkInterfaces, worldENI("eni-far", "vpc-2", "subnet-hidden", "10.2.7.10"))
			return n
		}(), bare, "10.2.7.10", route.ClassUnknown, "pcx-1 > local eni-far", endpoint.UnknownResource},
		{"C1 no CIDR of the peer is in the input", func() *net {
			n := newNet(t, "10.2.0.0/16 pcx-1").peerVPC()
			n.VPCs, n.Subnets, n.RouteTables = n.VPCs[:1], n.Subnets[:3], n.RouteTables[:3]
			n.VPCPeeringConnections[0].RequesterVPCInfo.CIDRBlock = ""
			return n
		}(), bare, "10.2.1.1", route.ClassUnknown, "pcx-1", endpoint.UnknownResource},
		{"C7 the peer's CIDRs told by its local routes", func() *net {
			n := newNet(t, "10.2.0.0/15 pcx-1").peerVPC()
			n.VPCs, n.VPCPeeringConnections[0].RequesterVPCInfo.CIDRBlock = n.VPCs[:1], ""
			return n
		}(), bare, "10.3.1.1", route.ClassBlocked, "pcx-1", endpoint.PCXRequiresAddressInVPCCIDR},

		{"I11 the edge table drops", edge("10.0.1.0/24 vpce-gwlb blackhole"), dual, "8.8.8.8", route.ClassBlackhole, "igw-1", endpoint.BadStateRoute},
		{"I11 the edge table drops a part of the subnet", edge("10.0.1.128/25 vpce-gwlb blackhole"), bare, "8.8.8.8", route.ClassBlackhole, "igw-1", endpoint.BadStateRoute},
		{"I11 the edge table drops another part", edge("10.0.1.128/25 vpce-gwlb blackhole"), dual, "8.8.8.8", route.ClassInternetGateway, "igw-1", ""},
		{"I11 the edge table's row is filtered", edge("10.0.1.0/24 vpce-gwlb filtered"), dual, "8.8.8.8", route.ClassUnspecified, "igw-1", endpoint.RouteStateUnrecognised},
		{"I11 the edge table lacks local, and a list's entries", func() *net {
			n := edge("pl-x vpce-gwlb")
			t := n.table("rtb-edge")
			t.Routes = t.Routes[1:]
			return n
		}(), dual, "8.8.8.8", route.ClassUnknown, "igw-1", endpoint.PrefixListEntriesMissing},
		{"R13 a list on the edge table does not touch the VPC", edge("pl-x vpce-gwlb"), dual, "8.8.8.8", route.ClassInternetGateway, "igw-1", ""},

		{"R20 neither appliance nor source has a public address", appliance(plain), eniSrc, "8.8.8.8", route.ClassBlocked, "eni-nat > in subnet-pub > igw-1", endpoint.IGWPublicIPAssociationForEgress},
		{"R20 the source has one, should the appliance not translate", appliance(plain), dual, "8.8.8.8", route.ClassNetworkInterface, "eni-nat > in subnet-pub > igw-1", endpoint.SourceAddressNotGiven},
		{"R20 the appliance's addresses are not given", appliance(func(e *endpoint.NetworkInterface) { e.PrivateIPAddress, e.PrivateIPAddresses = "", nil }), eniSrc, "8.8.8.8", route.ClassNetworkInterface, "eni-nat > in subnet-pub > igw-1", endpoint.SourceAddressNotGiven},
		{"R20 the appliance has another interface", func() *net {
			n := appliance(plain)
			e := worldENI("eni-nat2", "vpc-1", "subnet-2", "10.0.2.77")
			e.Attachment = &endpoint.Attachment{InstanceID: "i-nat"}
			n.NetworkInterfaces = append(n.NetworkInterfaces, e)
			n.table("rtb-1").Routes[2].InstanceID = ""
			return n
		}(), eniSrc, "8.8.8.8", route.ClassNetworkInterface, "eni-nat > in subnet-pub > igw-1", endpoint.SourceAddressNotGiven},

		{"section 4 an endpoint without type, told by its list", untyped(newNet(t, "pl-s3 vpce-s3")), bare, "52.216.1.1", route.ClassGatewayEndpoint, "vpce-s3", endpoint.PolicyNotEvaluated},
		{"section 4 an endpoint without type, a CIDR", untyped(newNet(t, "52.216.0.0/15 vpce-s3")), bare, "52.216.1.1", route.ClassUnknown, "", endpoint.TargetTypeUnknown},
		{"R12 an endpoint without type inside the VPC", untyped(newNet(t, "10.0.2.0/24 vpce-s3")), bare, "10.0.2.9", route.ClassUnknown, "", endpoint.TargetTypeUnknown},
		{"section 4 an interface of another VPC", foreign(newNet(t, "9.0.0.0/8 eni-far")), bare, "9.1.1.1", route.ClassInvalidInput, "", endpoint.NotModelled},
		{"section 4 an endpoint of another VPC", foreign(newNet(t, "9.0.0.0/8 vpce-gwlb")), bare, "9.1.1.1", route.ClassInvalidInput, "", endpoint.NotModelled},

		{"N18 manual, no address in the zone", manual(route.NATGatewayAddress{AvailabilityZone: "us-west-2b"}), bare, "8.8.8.8", route.ClassBlocked, "nat-1", endpoint.RegionalNGWRouteAZRestriction},
		{"N18 manual, an address whose zone is not given", manual(route.NATGatewayAddress{}), bare, "8.8.8.8", route.ClassUnknown, "nat-1", endpoint.UnknownResource},

		{"G06 the walk stops at the list's rule", func() *net {
			n := newNet(t, "0.0.0.0/0 nat-1").acls()
			n.NetworkACLs[2].Entries = append(n.NetworkACLs[2].Entries, route.NetworkACLEntry{RuleNumber: 10, RuleAction: "allow", Protocol: "-1", PrefixListID: "pl-s3"})
			return n
		}(), bare, "8.8.8.8", route.ClassInvalidInput, "", endpoint.NotModelled},

		{"F3 a group that admits private addresses only, a public host", withEgress(newNet(t, "0.0.0.0/0 nat-1"), "10.0.0.0/8"), eniSrc, web, route.ClassBlocked, "nat-1 > igw-1", endpoint.ENISGRulesMismatch},
		{"F3 a group that admits a gap of the list", withEgress(newNet(t, "pl-s3 vpce-s3"), "50.0.0.0/8"), eniSrc, s3, route.ClassBlocked, "vpce-s3", endpoint.ENISGRulesMismatch},
		{"F3 a group that admits a part of the list", withEgress(newNet(t, "pl-s3 vpce-s3"), "52.217.0.0/16"), eniSrc, s3, route.ClassGatewayEndpoint, "vpce-s3", endpoint.FiltersNotEvaluated},
		{"G05 a network ACL that admits private addresses only", func() *net {
			n := newNet(t, "pl-s3 vpce-s3").acls()
			for i := range n.NetworkACLs[0].Entries {
				n.NetworkACLs[0].Entries[i].CIDRBlock = "10.0.0.0/8"
			}
			return n
		}(), bare, s3, route.ClassBlocked, "vpce-s3", endpoint.SubnetACLRestriction},
		{"F2 a network ACL that denies private addresses only", newNet(t, "0.0.0.0/0 nat-1").acls().deny("subnet-1", true, 0, 65535, "192.168.0.0/16"), bare, web, route.ClassNATGateway, "nat-1 > igw-1", endpoint.PublicAddressNotKnown},

		{"R29 no NAT gateway on the way", newNet(t, "64:ff9b::/96 eigw-1"), bare, "64:ff9b::808:808", route.ClassEgressOnlyInternetGateway, "eigw-1", endpoint.NAT64Missing},
		{"R29 no route", newNet(t), bare, "64:ff9b::808:808", route.ClassNoRoute, "", endpoint.NAT64Missing},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p route.Path
			if _, err := netip.ParseAddr(tt.to); err == nil {
				p = tt.world.path(tt.from, tt.to)
			} else {
				p = tt.world.host(tt.from, tt.to)
			}
			is(t, p, tt.class, tt.devices, tt.code)
		})
	}
	for _, f := range []struct {
		name, resource string
		n              *net
	}{
		{"R3", "rtb-edge", edge("pl-x vpce-gwlb")},
		{"section 4", "rtb-1", foreign(newNet(t, "9.0.0.0/8 eni-far"))},
	} {
		t.Run(f.name+" is a Finding", func(t *testing.T) { hasFinding(t, f.n.build(), endpoint.NotModelled, f.resource) })
	}
}

// withEgress gives the source a group that lets it out to a CIDR.
func withEgress(n *net, cidr string) *net {
	n.NetworkInterfaces[0].Groups = []endpoint.SecurityGroup{{ID: "sg-1"}}
	n.SecurityGroups = []route.SecurityGroup{groupConfig("sg-1", nil, []route.IPPermission{rule("tcp", 443, cidr)})}
	return n
}

// R29: NAT64_MISSING says that a path is known not to reach a NAT gateway.
func TestNAT64MissingIsKnown(t *testing.T) {
	for _, tt := range []struct {
		name  string
		world *net
		class route.Class
	}{
		{"NAT gateway not described", newNet(t, "64:ff9b::/96 nat-9"), route.ClassUnknown},
		{"NAT gateway failed", func() *net { n := newNet(t, "64:ff9b::/96 nat-1"); n.NATGateways[0].State = "failed"; return n }(), route.ClassBlocked},
		{"no table", func() *net { n := newNet(t); n.table("rtb-1").Associations = nil; return n }(), route.ClassUnknown},
		{"beyond a transit gateway", newNet(t, "64:ff9b::/96 tgw-1"), route.ClassTransitGateway},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if p := tt.world.path(subnet1, "64:ff9b::808:808"); p.Class != tt.class || explains(p, endpoint.NAT64Missing) {
				t.Errorf("%+v", p)
			}
		})
	}
}

// centralNAT is the hub and the spoke of worldD, where the spoke's default
// leads to the hub, and the hub's attachment's to the target given; subnet-pub
// of the hub has the way out and the way back.
func centralNAT(target string) route.Config {
	c := worldD(true)
	c.RouteTables[0].Routes = route.MustParseRoutes("10.1.0.0/16 local", "0.0.0.0/0 tgw-00000001")
	c.RouteTables[1].Routes = route.MustParseRoutes("10.0.0.0/16 local", "10.1.0.0/16 tgw-00000001", "0.0.0.0/0 "+target)
	c.TransitGatewayRouteTables[0].Routes = append(c.TransitGatewayRouteTables[0].Routes, route.TransitGatewayRoute{
		DestinationCIDRBlock: "0.0.0.0/0", Type: "static", State: "active",
		TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: "tgw-attach-00000001", ResourceType: "vpc"}},
	})
	c.Subnets = append(c.Subnets, worldSubnet("subnet-pub", "vpc-00000001", "10.0.5.0/24", "us-east-2a"))
	c.RouteTables = append(c.RouteTables, worldTable("rtb-pub", "vpc-00000001", []string{"subnet-pub"}, "10.0.0.0/16 local", "0.0.0.0/0 igw-1", "10.1.0.0/16 tgw-00000001"))
	c.InternetGateways = []route.InternetGateway{{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: "available", VPCID: "vpc-00000001"}}}}
	c.NATGateways = []route.NATGateway{{ID: "nat-1", VPCID: "vpc-00000001", AvailabilityMode: "regional", RouteTableID: "rtb-pub", State: "available"}}
	e := worldENI("eni-nat", "vpc-00000001", "subnet-pub", "10.0.5.77")
	e.SourceDestCheck = new(false)
	e.PrivateIPAddresses[0].Association = &endpoint.Association{PublicIP: "203.0.113.78"}
	c.NetworkInterfaces = append(c.NetworkInterfaces, e)
	return c
}

// C3, C5, C8 and C10 where the packet crossed a transit gateway.
func TestOnlyWhatIsSettledBehindTransit(t *testing.T) {
	const (
		tgw   = "tgw-00000001"
		in    = tgw + " > in subnet-0000004a > "
		apart = "tgw-attach-00000009"
	)
	old := func(id, state string) func(*route.Config) { // another attachment of both VPCs
		return func(c *route.Config) {
			for i := range 2 {
				a, v := c.TransitGatewayAttachments[i], c.TransitGatewayVPCAttachments[i]
				a.ID, v.ID = id+a.ResourceID, id+a.ResourceID
				a.State, v.State = state, state
				c.TransitGatewayAttachments = append(c.TransitGatewayAttachments, a)
				c.TransitGatewayVPCAttachments = append(c.TransitGatewayVPCAttachments, v)
			}
		}
	}
	endpointENI, out := "10.0.1.20", "8.8.8.8"
	for _, tt := range []struct {
		name    string
		target  string // of the hub's default
		edit    func(*route.Config)
		to      string
		class   route.Class
		devices string
		code    endpoint.Code
	}{
		{"C3 regional NAT gateway", "nat-1", func(*route.Config) {}, out, route.ClassTransitGateway, in + "nat-1 > igw-1", ""},
		{"C10 regional NAT gateway whose table has no way back", "nat-1", func(c *route.Config) { c.RouteTables[3].Routes = c.RouteTables[3].Routes[:2] }, out, route.ClassBlocked, in + "nat-1 > igw-1 > return nat-1", endpoint.IGWDestinationNotInRFC1918},
		{"C10 regional NAT gateway whose table drops", "nat-1", func(c *route.Config) { c.RouteTables[3].Routes[2].State = "blackhole" }, out, route.ClassBlackhole, in + "nat-1 > igw-1 > return nat-1", endpoint.BadStateRoute},
		{"C5 the hub's appliance", "eni-nat", func(*route.Config) {}, out, route.ClassTransitGateway, in + "eni-nat > in subnet-pub > igw-1", endpoint.FiltersNotEvaluated},
		{"R20 the hub's appliance without a public address", "eni-nat", func(c *route.Config) { c.NetworkInterfaces[1].PrivateIPAddresses[0].Association = nil }, out, route.ClassBlocked, in + "eni-nat > in subnet-pub > igw-1", endpoint.IGWPublicIPAssociationForEgress},
		{"C5 the hub's appliance, then a gateway endpoint", "eni-nat", func(c *route.Config) {
			c.RouteTables[3].Routes[1] = route.MustParseRoutes("8.0.0.0/8 vpce-s3")[0]
			c.Endpoints = append(c.Endpoints, endpoint.Endpoint{ID: "vpce-s3", Type: endpoint.Gateway, VPCID: "vpc-00000001", ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.Available})
		}, out, route.ClassUnknown, in + "eni-nat > in subnet-pub > vpce-s3", endpoint.NoPossibleDestination},
		{"C8 a deleted attachment that sorts first", "nat-1", old("tgw-attach-0", "deleted"), endpointENI, route.ClassEndpoint, in + "eni-00000014", ""},
		{"C8 a deleted attachment that sorts last", "nat-1", old("tgw-attach-1", "deleted"), endpointENI, route.ClassEndpoint, in + "eni-00000014", ""},
		{"C8 a deleted attachment, the live one in one file only", "nat-1", func(c *route.Config) {
			old("tgw-attach-0", "deleted")(c)
			c.TransitGatewayVPCAttachments = c.TransitGatewayVPCAttachments[1:]
			c.TransitGatewayVPCAttachments[0].State, c.TransitGatewayVPCAttachments[0].ID = "deleted", apart
		}, endpointENI, route.ClassTransitGateway, tgw, endpoint.NoPossibleDestination},
		{"C8 the far subnet of the zone is not in the input", "nat-1", func(c *route.Config) {
			c.TransitGatewayVPCAttachments[0].SubnetIDs = []string{"subnet-b", "subnet-hidden"}
			c.Subnets = append(c.Subnets, worldSubnet("subnet-b", "vpc-00000001", "10.0.8.0/28", "us-east-2b"))
		}, endpointENI, route.ClassUnknown, tgw, endpoint.UnknownResource},
		{"C8 the far subnet's zone is not given", "nat-1", func(c *route.Config) { c.Subnets[1].AvailabilityZone = "" }, endpointENI, route.ClassUnknown, tgw, endpoint.UnknownResource},
		{"C8 the near subnet's zone is not given", "nat-1", func(c *route.Config) {
			c.Subnets = append(c.Subnets, worldSubnet("subnet-n", "vpc-00000002", "10.1.2.0/24", ""))
			c.TransitGatewayVPCAttachments[1].SubnetIDs = []string{"subnet-n"}
		}, endpointENI, route.ClassUnknown, tgw, endpoint.UnknownResource},
		{"C8 the source's zone is not given, its subnet is the attachment's", "nat-1", func(c *route.Config) {
			for i := range c.Subnets {
				c.Subnets[i].AvailabilityZone = ""
			}
			c.TransitGatewayVPCAttachments[0].SubnetIDs = nil
		}, endpointENI, route.ClassTransitGateway, tgw, endpoint.NoPossibleDestination},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := centralNAT(tt.target)
			tt.edit(&c)
			f := route.Flow{From: route.FromSubnet("subnet-00000051"), To: route.Addr(netip.MustParseAddr(tt.to)), Port: 443}
			n := mustNetwork(t, c)
			p := n.Path(f)
			is(t, p, tt.class, tt.devices, tt.code)
			if c, v := n.Class(f); c != p.Class || v != p.Verdict {
				t.Errorf("Class = %s %s", c, v)
			}
		})
	}
}

// C8 for an entry: the attachment must be available, and which of its subnets
// takes the packet is known only if there is one.
func TestEntryByTransit(t *testing.T) {
	ask := func(edit func(*route.Config)) route.Path {
		c := worldD(true)
		edit(&c)
		from := route.FromGateway("tgw-00000001", "vpc-00000001", netip.MustParseAddr("10.1.1.9"))
		return mustNetwork(t, c).Path(route.Flow{From: from, To: route.Addr(netip.MustParseAddr("10.0.1.20")), Port: 443})
	}
	p := is(t, ask(func(*route.Config) {}), route.ClassEndpoint, "tgw-00000001 > in subnet-0000004a > eni-00000014")
	if explains(p, endpoint.AvailabilityZoneCrossed) || p.Evidence != naming.Given {
		t.Errorf("%+v", p)
	}
	is(t, ask(func(c *route.Config) { c.TransitGatewayVPCAttachments[0].State = "deleted" }), route.ClassBlocked, "tgw-00000001", endpoint.BadStateAttachment)
	p = is(t, ask(func(c *route.Config) {
		c.Subnets = append(c.Subnets, worldSubnet("subnet-b", "vpc-00000001", "10.0.8.0/28", "us-east-2b"))
		c.TransitGatewayVPCAttachments[0].SubnetIDs = append(c.TransitGatewayVPCAttachments[0].SubnetIDs, "subnet-b")
	}), route.ClassEndpoint, "tgw-00000001 > in subnet-0000004a > eni-00000014", endpoint.AvailabilityZoneCrossed)
	if p.Evidence != naming.Modelled {
		t.Errorf("evidence %s", p.Evidence)
	}
	is(t, ask(func(c *route.Config) {
		c.TransitGatewayVPCAttachments[0].SubnetIDs = append(c.TransitGatewayVPCAttachments[0].SubnetIDs, "subnet-hidden")
	}), route.ClassUnknown, "tgw-00000001", endpoint.UnknownResource)
}
