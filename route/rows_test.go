package route_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// caseTests holds one function for every row of a group other than lookup. A
// function returns the paths that must explain the row's code.
var caseTests = map[string]func(t *testing.T) []route.Path{
	// ---- inside the VPC
	"P08": func(t *testing.T) []route.Path {
		n := newNet(t, "10.0.2.0/24 eni-fw")
		return []route.Path{is(t, n.path(route.FromSubnet("subnet-2"), "10.0.2.7"), route.ClassLocal, "direct subnet-2 > local eni-peer")}
	},
	"P09": func(t *testing.T) []route.Path {
		n := newNet(t, "10.0.2.0/24 tgw-1")
		hasFinding(t, n.build(), endpoint.RouteNotAllowedInVPCCIDR, "rtb-1")
		return []route.Path{is(t, n.path(subnet1, "10.0.2.7"), route.ClassInvalidInput, "", endpoint.RouteNotAllowedInVPCCIDR)}
	},
	"P10": func(t *testing.T) []route.Path {
		n := newNet(t, "10.0.2.0/25 eni-fw")
		hasFinding(t, n.build(), endpoint.RouteNotAllowedInVPCCIDR, "rtb-1")
		p := is(t, n.path(subnet1, "10.0.2.7"), route.ClassInvalidInput, "", endpoint.RouteNotAllowedInVPCCIDR)
		if p.Hops[0].Rule != "R12" {
			t.Errorf("rule %s, want R12", p.Hops[0].Rule)
		}
		return []route.Path{p}
	},
	// ---- prefix lists, states
	"PL15": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1", "pl-unknown vpce-s3")
		return []route.Path{is(t, n.path(subnet1, "52.216.1.1"), route.ClassUnknown, "")}
	},
	"B05": func(t *testing.T) []route.Path {
		n := newNet(t, "10.9.0.0/16 pcx-1 blackhole", "10.9.0.0/16 vgw-1 propagated")
		p := is(t, n.path(subnet1, "10.9.1.1"), route.ClassUnspecified, "")
		if p.Hops[0].Rule != "R17" || p.Hops[0].Target != "" {
			t.Errorf("hop %+v, want R17 and an empty row", p.Hops[0])
		}
		return []route.Path{p}
	},
	"B06": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 - filtered")
		hasFinding(t, n.build(), endpoint.RouteStateUnrecognised, "rtb-1")
		is(t, n.path(subnet1, "10.0.2.7"), route.ClassLocal, "local eni-peer") // it does not win here
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassUnspecified, "", endpoint.RouteStateUnrecognised)}
	},
	"B08": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.NATGateways[0].State = "deleting"
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassNATGateway, "nat-1 > igw-1")}
	},
	"B09": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.NATGateways[0].State = "failed"
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassBlocked, "nat-1")}
	},
	"B10": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 igw-1")
		n.InternetGateways[0].Attachments = nil
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassBlocked, "igw-1")}
	},
	// ---- which table
	"A01": func(t *testing.T) []route.Path {
		n := newNet(t).build()
		if id, explicit, ok := n.TableOf("subnet-pub"); id != "rtb-pub" || !explicit || !ok {
			t.Errorf("TableOf = %s, %v, %v", id, explicit, ok)
		}
		return nil
	},
	"A03": func(t *testing.T) []route.Path {
		n := newNet(t)
		n.table("rtb-1").Associations = []route.Association{{Main: true}, {SubnetID: "subnet-1"}}
		n.table("rtb-2").Associations = nil
		w := n.build()
		if id, explicit, ok := w.TableOf("subnet-1"); id != "rtb-1" || !explicit || !ok {
			t.Errorf("TableOf(subnet-1) = %s, %v, %v", id, explicit, ok)
		}
		if id, explicit, ok := w.TableOf("subnet-2"); id != "rtb-1" || explicit || !ok {
			t.Errorf("TableOf(subnet-2) = %s, %v, %v", id, explicit, ok)
		}
		return nil
	},
	"A04": func(t *testing.T) []route.Path {
		w := newNet(t).peerVPC().build()
		if id, _, _ := w.TableOf("subnet-1"); id != "rtb-1" {
			t.Errorf("vpc-1's main table is %s", id)
		}
		if id, _, _ := w.TableOf("subnet-far"); id != "rtb-far" {
			t.Errorf("vpc-2's main table is %s", id)
		}
		return nil
	},
	"A05": func(t *testing.T) []route.Path {
		n := newNet(t)
		n.RouteTables = append(n.RouteTables, route.Table{
			ID: "rtb-edge", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}}, Routes: route.MustParseRoutes("10.0.2.0/24 vpce-gwlb"),
		})
		p := is(t, n.path(subnet1, "10.0.2.7"), route.ClassLocal, "local eni-peer")
		if p.Hops[0].RouteTable != "rtb-1" {
			t.Errorf("decided by %s, want the main table", p.Hops[0].RouteTable)
		}
		return []route.Path{p}
	},
	"A06": func(t *testing.T) []route.Path {
		n := newNet(t)
		n.table("rtb-pub").Associations = []route.Association{
			{SubnetID: "subnet-pub", AssociationState: route.AssociationState{State: "disassociated"}},
		}
		if id, explicit, ok := n.build().TableOf("subnet-pub"); id != "rtb-1" || explicit || !ok {
			t.Errorf("TableOf = %s, %v, %v", id, explicit, ok)
		}
		return nil
	},
	"A07": func(t *testing.T) []route.Path { // the prose of cloud-custodian's cross-AZ test: implicit main
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.subnet("subnet-1").AvailabilityZone = "us-west-2c"
		if id, explicit, ok := n.build().TableOf("subnet-1"); id != "rtb-1" || explicit || !ok {
			t.Errorf("TableOf = %s, %v, %v", id, explicit, ok)
		}
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassNATGateway, "nat-1 > igw-1", endpoint.AvailabilityZoneCrossed)}
	},
	"U05": func(t *testing.T) []route.Path { return public(t, newNet(t), false, false) },
	"U06": func(t *testing.T) []route.Path { return public(t, newNet(t, "::/0 igw-1"), false, true) },
	"U08": func(t *testing.T) []route.Path { return public(t, newNet(t, "pl-s3 vpce-s3"), false, false) },
	// ---- internet gateway
	"I03": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 igw-1")
		p := n.path(route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), "8.8.8.8")
		is(t, p, route.ClassInternetGateway, "igw-1")
		if explains(p, endpoint.SourceAddressNotGiven) {
			t.Error("the source address was given")
		}
		is(t, n.path(subnet1, "8.8.8.8"), route.ClassInternetGateway, "igw-1", endpoint.SourceAddressNotGiven)
		return []route.Path{is(t, n.path(eniSrc, "8.8.8.8"), route.ClassBlocked, "igw-1")}
	},
	"I04": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "::/0 igw-1").path(eniSrc, "2600::1"), route.ClassInternetGateway, "igw-1")}
	},
	"I09": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 igw-1")
		p := n.host(route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), "monitoring.us-west-2.amazonaws.com")
		return []route.Path{is(t, p, route.ClassInternetGateway, "igw-1", endpoint.PublicAddressNotKnown)}
	},
	"I11": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 igw-1")
		n.RouteTables = append(n.RouteTables, route.Table{
			ID: "rtb-edge", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}},
			Routes: route.MustParseRoutes("10.0.0.0/16 local", "10.0.1.0/24 eni-fw"),
		})
		return []route.Path{is(t, n.path(route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), "8.8.8.8"), route.ClassBlocked, "igw-1")}
	},
	// ---- NAT
	"N01": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "0.0.0.0/0 nat-1").path(subnet1, "8.8.8.8"), route.ClassNATGateway, "nat-1 > igw-1")}
	},
	"N02": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.table("rtb-pub").Routes = route.MustParseRoutes("10.0.0.0/16 local")
		hasFinding(t, n.build(), endpoint.NATWithoutInternetRoute, "nat-1")
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassNoRoute, "nat-1")}
	},
	"N04": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.NATGateways[0].ConnectivityType = "private"
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassBlocked, "nat-1 > igw-1")}
	},
	"N05": func(t *testing.T) []route.Path {
		n := newNet(t, "10.0.0.0/8 nat-1").add("rtb-pub", "10.0.0.0/8 tgw-1")
		n.NATGateways[0].ConnectivityType = "private"
		return []route.Path{is(t, n.path(subnet1, "10.9.1.1"), route.ClassNATGateway, "nat-1 > tgw-1")}
	},
	"N06": func(t *testing.T) []route.Path {
		n := newNet(t)
		n.table("rtb-pub").Routes = route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-1")
		return []route.Path{is(t, n.path(route.FromSubnet("subnet-pub"), "8.8.8.8"), route.ClassBlocked, "nat-1", endpoint.RoutingLoop)}
	},
	"N07": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		n.subnet("subnet-1").AvailabilityZone = "us-west-2c"
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassNATGateway, "nat-1 > igw-1", endpoint.AvailabilityZoneCrossed)}
	},
	"N10": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		is(t, n.path(subnet1, "8.8.8.8", proto(route.ICMP)), route.ClassNATGateway, "nat-1 > igw-1")
		return []route.Path{
			is(t, n.path(subnet1, "8.8.8.8", proto(route.ESP)), route.ClassBlocked, "nat-1"),
			is(t, n.path(subnet1, "8.8.8.8", proto(route.GRE)), route.ClassBlocked, "nat-1"),
		}
	},
	"N11": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1")
		p := n.path(route.FromGateway("igw-1", "vpc-1", netip.MustParseAddr("8.8.8.8")), "203.0.113.5")
		return []route.Path{is(t, p, route.ClassBlocked, "igw-1 > nat-1", endpoint.NGWRequiresSourceInVPC)}
	},
	"N14": func(t *testing.T) []route.Path {
		n := newNet(t, "::/0 eigw-1")
		is(t, n.add("rtb-1", "64:ff9b::/96 nat-1").path(subnet1, "64:ff9b::808:808"), route.ClassNATGateway, "nat-1 > igw-1")
		p := newNet(t, "::/0 eigw-1").path(subnet1, "64:ff9b::34d9:101")
		return []route.Path{is(t, p, route.ClassEgressOnlyInternetGateway, "eigw-1", endpoint.NAT64Missing)}
	},
	"N15": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3").path(subnet1, "52.216.1.1"), route.ClassGatewayEndpoint, "vpce-s3")}
	},
	"N18": func(t *testing.T) []route.Path {
		n := regional(t)
		n.NATGateways[0].AutoProvisionZones = "disabled"
		n.NATGateways[0].NATGatewayAddresses = []route.NATGatewayAddress{{PrivateIP: "10.0.2.250", AvailabilityZone: "us-west-2b"}}
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassBlocked, "nat-r")}
	},
	"N20": func(t *testing.T) []route.Path {
		n := regional(t)
		n.NATGateways[0].ConnectivityType = "private"
		hasFinding(t, n.build(), endpoint.NotModelled, "nat-r")
		return []route.Path{is(t, n.path(subnet1, "8.8.8.8"), route.ClassInvalidInput, "nat-r")}
	},
	"N21": func(t *testing.T) []route.Path {
		return []route.Path{is(t, regional(t).path(subnet1, "8.8.8.8"), route.ClassNATGateway, "nat-r > tgw-1")}
	},
	"N22": func(t *testing.T) []route.Path {
		return []route.Path{is(t, natInstance(t, false).path(subnet1, "8.8.8.8"), route.ClassNetworkInterface, "eni-nat > in subnet-pub > igw-1")}
	},
	"N23": func(t *testing.T) []route.Path {
		return []route.Path{is(t, natInstance(t, true).path(subnet1, "8.8.8.8"), route.ClassBlocked, "eni-nat")}
	},
	"N24": func(t *testing.T) []route.Path {
		n := newNet(t, "0.0.0.0/0 nat-1").acls()
		is(t, n.path(subnet1, "52.94.1.1"), route.ClassNATGateway, "nat-1 > igw-1")
		n.deny("subnet-pub", true, 443, 443, "0.0.0.0/0")
		return []route.Path{is(t, n.path(subnet1, "52.94.1.1"), route.ClassBlocked, "nat-1 > igw-1")}
	},
	"N25": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "10.0.2.0/24 nat-1").path(subnet1, "10.0.2.7"), route.ClassNATGateway, "nat-1 > local eni-peer")}
	},
	// ---- egress-only, Block Public Access
	"E01": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "::/0 eigw-1").path(subnet1, "2600::1"), route.ClassEgressOnlyInternetGateway, "eigw-1")}
	},
	"E02": func(t *testing.T) []route.Path {
		n := newNet(t, "::/0 eigw-1")
		return []route.Path{is(t, n.path(route.FromGateway("eigw-1", "vpc-1", netip.MustParseAddr("2600::1")), "2001:db8:1:1::5"), route.ClassBlocked, "eigw-1")}
	},
	"X01": func(t *testing.T) []route.Path {
		return blockPublicAccess(t, "block-bidirectional", "0.0.0.0/0 igw-1", route.ClassBlocked, "igw-1")
	},
	"X02": func(t *testing.T) []route.Path {
		return blockPublicAccess(t, "block-bidirectional", "0.0.0.0/0 nat-1", route.ClassBlocked, "nat-1 > igw-1")
	},
	"X03": func(t *testing.T) []route.Path {
		return blockPublicAccess(t, "block-ingress", "0.0.0.0/0 nat-1", route.ClassNATGateway, "nat-1 > igw-1")
	},
	"X04": func(t *testing.T) []route.Path {
		return blockPublicAccess(t, "block-ingress", "0.0.0.0/0 igw-1", route.ClassBlocked, "igw-1")
	},
	"X06": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available)
		n.VPCs[0].BlockPublicAccessStates.InternetGatewayBlockMode = "block-bidirectional"
		return []route.Path{is(t, n.path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	"X07": func(t *testing.T) []route.Path {
		n := newNet(t, "::/0 eigw-1")
		n.VPCs[0].BlockPublicAccessStates.InternetGatewayBlockMode = "block-bidirectional"
		return []route.Path{is(t, n.path(subnet1, "2600::1"), route.ClassBlocked, "eigw-1")}
	},
	// ---- interface endpoints
	"V02": func(t *testing.T) []route.Path { // batfish's network, made up anew: two subnets, one with the interface
		n := newNet(t, "0.0.0.0/0 igw-1").endpoint(endpoint.Available)
		return []route.Path{is(t, n.path(eniSrc, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	"V03": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t).endpoint(endpoint.Available).path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	"V07": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).acls()
		n.NetworkInterfaces[0].Groups = []endpoint.SecurityGroup{{ID: "sg-client"}}
		n.Endpoints[1].Groups = []endpoint.SecurityGroup{{ID: "sg-vpce"}}
		in := rule("tcp", 443)
		in.UserIDGroupPairs = []route.UserIDGroupPair{{GroupID: "sg-client"}}
		n.SecurityGroups = []route.SecurityGroup{
			groupConfig("sg-client", nil, []route.IPPermission{rule("-1", 0, "0.0.0.0/0")}),
			groupConfig("sg-vpce", []route.IPPermission{in}, nil),
		}
		p := is(t, n.path(eniSrc, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")
		if explains(p, endpoint.FiltersNotEvaluated) {
			t.Error("every filter was evaluated")
		}
		n.NetworkInterfaces[0].Groups[0].ID = "sg-vpce"
		is(t, n.path(eniSrc, "10.0.2.9"), route.ClassBlocked, "eni-vpce", endpoint.SGHasNoRules) // no egress rule
		return []route.Path{p}
	},
	"V09": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).acls().deny("subnet-2", false, 443, 443, "10.0.1.0/24")
		return []route.Path{is(t, n.path(subnet1, "10.0.2.9"), route.ClassBlocked, "eni-vpce")}
	},
	"V10": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).acls().deny("subnet-2", false, 443, 443, "0.0.0.0/0")
		return []route.Path{is(t, n.path(route.FromSubnet("subnet-2"), "10.0.2.9"), route.ClassEndpoint, "direct subnet-2 > eni-vpce")}
	},
	"V11": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).acls().deny("subnet-2", true, 1024, 65535, "0.0.0.0/0")
		return []route.Path{is(t, n.path(subnet1, "10.0.2.9"), route.ClassBlocked, "eni-vpce > return subnet-2")}
	},
	"V12": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).peerVPC("10.0.0.0/16 pcx-1").add("rtb-2", "10.2.0.0/16 pcx-1")
		return []route.Path{is(t, n.path(route.FromSubnet("subnet-far"), "10.0.2.9"), route.ClassEndpoint, "pcx-1 > eni-vpce")}
	},
	"V13": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).peerVPC("10.0.0.0/16 pcx-1")
		p := is(t, n.path(route.FromSubnet("subnet-far"), "10.0.2.9"), route.ClassNoRoute, "pcx-1 > eni-vpce > return subnet-2")
		return []route.Path{p}
	},
	"V14": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).add("rtb-2", "192.168.0.0/16 vgw-1 propagated")
		p := n.path(route.FromGateway("vgw-1", "vpc-1", netip.MustParseAddr("192.168.7.7")), "10.0.2.9")
		return []route.Path{is(t, p, route.ClassEndpoint, "vgw-1 > eni-vpce")}
	},
	"V16": func(t *testing.T) []route.Path {
		var ps []route.Path
		for _, s := range []endpoint.State{"pendingAcceptance", "pending", "rejected", "expired", "failed", "deleting", "deleted"} {
			ps = append(ps, is(t, newNet(t).endpoint(s).path(subnet1, "10.0.2.9"), route.ClassBlocked, "eni-vpce", endpoint.EndpointNotAvailable))
		}
		return ps
	},
	"V17": func(t *testing.T) []route.Path {
		return []route.Path{
			is(t, newNet(t).endpoint("available").path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce"),
			is(t, newNet(t).endpoint("Available").path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce"),
		}
	},
	"V19": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available)
		n.Endpoints[1].PolicyDocument = `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}`
		return []route.Path{is(t, n.path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce", endpoint.PolicyNotEvaluated)}
	},
	"V20": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available)
		return []route.Path{is(t, n.path(route.FromInterface("eni-vpce"), "10.0.1.10"), route.ClassBlocked, "")}
	},
	"V21": func(t *testing.T) []route.Path { // what private DNS answers is zone's; its address goes this way
		return []route.Path{is(t, newNet(t, "0.0.0.0/0 nat-1").endpoint(endpoint.Available).path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	"V23": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available)
		n.Endpoints[1].PrivateDNSEnabled = false
		return []route.Path{is(t, n.path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	"V24": func(t *testing.T) []route.Path { // zone answers with both; no AZ is preferred, and none is marked crossed
		n := newNet(t).endpoint(endpoint.Available)
		n.NetworkInterfaces = append(n.NetworkInterfaces, worldENI("eni-vpce-a", "vpc-1", "subnet-pub", "10.0.250.9"))
		n.Endpoints[1].NetworkInterfaceIDs = append(n.Endpoints[1].NetworkInterfaceIDs, "eni-vpce-a")
		ps := []route.Path{
			is(t, n.path(subnet1, "10.0.250.9"), route.ClassEndpoint, "eni-vpce-a"),
			is(t, n.path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce"),
		}
		for _, p := range ps {
			if explains(p, endpoint.AvailabilityZoneCrossed) {
				t.Error("AVAILABILITY_ZONE_CROSSED at an endpoint's interface")
			}
		}
		return ps
	},
	"V25": func(t *testing.T) []route.Path { // the zonal name's one address, in the other zone
		return []route.Path{is(t, newNet(t).endpoint(endpoint.Available).path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	"V29": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available)
		return []route.Path{is(t, n.path(route.FromGateway("igw-1", "vpc-1", netip.MustParseAddr("8.8.8.8")), "10.0.2.9"), route.ClassNoRoute, "igw-1")}
	},
	// ---- gateway endpoints
	"G04": func(t *testing.T) []route.Path {
		n := newNet(t, "pl-s3 vpce-s3")
		is(t, n.path(subnet1, "52.216.1.1", proto(route.ICMP)), route.ClassGatewayEndpoint, "vpce-s3")
		return []route.Path{is(t, n.path(subnet1, "52.216.1.1", proto(route.UDP)), route.ClassBlocked, "vpce-s3")}
	},
	"G05": func(t *testing.T) []route.Path {
		n := newNet(t, "pl-s3 vpce-s3")
		n.NetworkInterfaces[0].Groups = []endpoint.SecurityGroup{{ID: "sg-1"}}
		out := rule("tcp", 443, "10.0.0.0/16")
		n.SecurityGroups = []route.SecurityGroup{groupConfig("sg-1", nil, []route.IPPermission{out})}
		p := is(t, n.path(eniSrc, "52.216.1.1"), route.ClassBlocked, "vpce-s3")
		out.PrefixListIDs = []route.PrefixListID{{PrefixListID: "pl-s3"}}
		n.SecurityGroups = []route.SecurityGroup{groupConfig("sg-1", nil, []route.IPPermission{out})}
		is(t, n.path(eniSrc, "52.216.1.1"), route.ClassGatewayEndpoint, "vpce-s3")
		return []route.Path{p}
	},
	"G06": func(t *testing.T) []route.Path {
		n := newNet(t).endpoint(endpoint.Available).acls()
		n.NetworkACLs[0].Entries = append(n.NetworkACLs[0].Entries, route.NetworkACLEntry{RuleNumber: 10, RuleAction: "allow", Protocol: "-1", PrefixListID: "pl-s3"})
		hasFinding(t, n.build(), endpoint.NotModelled, "acl-subnet-1")
		return []route.Path{is(t, n.path(subnet1, "10.0.2.9"), route.ClassInvalidInput, "", endpoint.NotModelled)}
	},
	// ---- both kinds of endpoint for S3: what DNS answers is zone's
	"D01": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "pl-s3 vpce-s3").host(subnet1, "s3.us-west-2.amazonaws.com"), route.ClassGatewayEndpoint, "vpce-s3")}
	},
	"D03": func(t *testing.T) []route.Path {
		n := newNet(t, "pl-s3 vpce-s3").endpoint(endpoint.Available)
		is(t, n.path(route.FromGateway("vgw-1", "vpc-1", netip.Addr{}), "10.0.2.9"), route.ClassEndpoint, "vgw-1 > eni-vpce") // the inbound Resolver's answer
		return []route.Path{is(t, n.host(subnet1, "s3.us-west-2.amazonaws.com"), route.ClassGatewayEndpoint, "vpce-s3")}
	},
	"D04": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "0.0.0.0/0 nat-1").host(subnet1, "s3.us-west-2.amazonaws.com"), route.ClassNATGateway, "nat-1 > igw-1")}
	},
	"D05": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t).host(subnet1, "s3.us-west-2.amazonaws.com"), route.ClassNoRoute, "")}
	},
	"D06": func(t *testing.T) []route.Path { // the refusal is Inventory.Create's (route/trace); the way without either endpoint is the table's
		return []route.Path{is(t, newNet(t, "0.0.0.0/0 nat-1").host(subnet1, "s3.us-west-2.amazonaws.com"), route.ClassNATGateway, "nat-1 > igw-1")}
	},
	"D07": func(t *testing.T) []route.Path {
		return []route.Path{is(t, newNet(t, "pl-s3 vpce-s3").endpoint(endpoint.Available).path(subnet1, "10.0.2.9"), route.ClassEndpoint, "eni-vpce")}
	},
	// ---- entries and other gateways
	"W02": func(t *testing.T) []route.Path {
		n := newNet(t)
		n.RouteTables = append(n.RouteTables, route.Table{
			ID: "rtb-edge", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "vgw-1"}},
			Routes: route.MustParseRoutes("10.0.0.0/16 local", "10.0.2.0/24 vpce-gwlb"),
		})
		n.Endpoints = append(n.Endpoints, endpoint.Endpoint{ID: "vpce-gwlb", Type: endpoint.GatewayLoadBalancer, VPCID: "vpc-1", State: endpoint.Available, SubnetIDs: []string{"subnet-pub"}})
		p := is(t, n.path(route.FromGateway("vgw-1", "vpc-1", netip.MustParseAddr("192.168.7.7")), "10.0.2.7"), route.ClassBlocked, "vgw-1")
		return []route.Path{p}
	},
	"T02": func(t *testing.T) []route.Path { // B to C, both peered with A only
		n := newNet(t).peerVPC("10.0.0.0/16 pcx-1", "10.3.0.0/16 pcx-1")
		n.VPCs = append(n.VPCs, worldVPC("vpc-3", "10.3.0.0/16"))
		return []route.Path{is(t, n.path(route.FromSubnet("subnet-far"), "10.3.1.1"), route.ClassBlocked, "pcx-1", endpoint.PCXRequiresAddressInVPCCIDR)}
	},
	"T03": func(t *testing.T) []route.Path {
		p := is(t, newNet(t, "10.0.0.0/8 tgw-1").path(subnet1, "10.9.1.1"), route.ClassTransitGateway, "tgw-1")
		if p.Verdict != route.VerdictUnknown {
			t.Errorf("verdict %s", p.Verdict)
		}
		return []route.Path{p}
	},
	"T04": func(t *testing.T) []route.Path { // batfish's network in prose: a public and a private subnet, the main table by a virtual private gateway
		return []route.Path{is(t, newNet(t, "0.0.0.0/0 vgw-1").path(eniSrc, "8.8.8.8"), route.ClassVirtualPrivateGateway, "vgw-1")}
	},
	"T05": func(t *testing.T) []route.Path { // the neighbour's public address
		n := newNet(t, "0.0.0.0/0 vgw-1")
		n.NetworkInterfaces[1].PrivateIPAddresses[0].Association = &endpoint.Association{PublicIP: "203.0.113.77"}
		return []route.Path{is(t, n.path(eniSrc, "203.0.113.77"), route.ClassVirtualPrivateGateway, "vgw-1")}
	},
	"T06": func(t *testing.T) []route.Path {
		var ps []route.Path
		for i, target := range []string{
			"lgw-1", "cagw-1", "arn:aws:networkmanager::111122223333:core-network/core-network-1", "arn:aws:odb:us-west-2:111122223333:odb-network/odbnet-1", "169.254.1.1",
		} {
			n := newNet(t, fmt.Sprintf("192.168.%d.0/24 %s", i, target))
			ps = append(ps, is(t, n.path(subnet1, fmt.Sprintf("192.168.%d.1", i)), route.ClassOtherGateway, target))
			if got := n.table("rtb-1").Routes[2].Target(); got != target {
				t.Errorf("target %q, want %q", got, target)
			}
		}
		return ps
	},
}

func public(t *testing.T, n *net, v4, v6 bool) []route.Path {
	t.Helper()
	w := n.build()
	if got := w.IsPublicSubnet("subnet-1", route.IPv4); got != v4 {
		t.Errorf("public for IPv4: %v, want %v", got, v4)
	}
	if got := w.IsPublicSubnet("subnet-1", route.IPv6); got != v6 {
		t.Errorf("public for IPv6: %v, want %v", got, v6)
	}
	return nil
}

// regional is a world whose only NAT gateway is regional, with a table of its
// own.
func regional(t *testing.T) *net {
	n := newNet(t, "0.0.0.0/0 nat-r")
	n.RouteTables = append(n.RouteTables, worldTable("rtb-r", "vpc-1", nil, "10.0.0.0/16 local", "0.0.0.0/0 tgw-1"))
	n.NATGateways = []route.NATGateway{{ID: "nat-r", VPCID: "vpc-1", State: "available", AvailabilityMode: "regional", RouteTableID: "rtb-r", AutoProvisionZones: "enabled"}}
	return n
}

// natInstance is a world where an instance in the public subnet translates.
func natInstance(t *testing.T, check bool) *net {
	n := newNet(t)
	e := worldENI("eni-nat", "vpc-1", "subnet-pub", "10.0.250.77")
	e.SourceDestCheck, e.Attachment = new(check), &endpoint.Attachment{InstanceID: "i-nat"}
	e.PrivateIPAddresses[0].Association = &endpoint.Association{PublicIP: "203.0.113.78"}
	n.NetworkInterfaces = append(n.NetworkInterfaces, e)
	rt := n.table("rtb-1")
	rt.Routes = append(rt.Routes, route.Route{DestinationCIDRBlock: "0.0.0.0/0", InstanceID: "i-nat", NetworkInterfaceID: "eni-nat", State: "active"})
	return n
}

func blockPublicAccess(t *testing.T, mode, defaultRoute string, c route.Class, devices string) []route.Path {
	t.Helper()
	n := newNet(t, defaultRoute)
	n.VPCs[0].BlockPublicAccessStates.InternetGatewayBlockMode = mode
	p := is(t, n.path(route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), "8.8.8.8"), c, devices)
	// An exclusion shows as the subnet's own state.
	n.subnet("subnet-1").BlockPublicAccessStates.InternetGatewayBlockMode = "off"
	n.subnet("subnet-pub").BlockPublicAccessStates.InternetGatewayBlockMode = "off"
	if q := n.path(route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), "8.8.8.8"); q.Verdict != route.Public {
		t.Errorf("excluded, and yet %s %s", q.Class, q.Verdict)
	}
	return []route.Path{p}
}
