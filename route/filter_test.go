package route_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// filtered is a world where every filter is in the input: the endpoint's group
// sg-vpce has the rules given, the source's sg-src lets all out.
func filtered(t testing.TB, in ...route.IPPermission) *net {
	n := newNet(t).endpoint(endpoint.Available).acls()
	n.NetworkInterfaces[0].Groups = []endpoint.SecurityGroup{{ID: "sg-src"}}
	n.Endpoints[1].Groups = []endpoint.SecurityGroup{{ID: "sg-vpce"}}
	n.SecurityGroups = []route.SecurityGroup{
		groupConfig("sg-vpce", in, nil),
		groupConfig("sg-src", nil, []route.IPPermission{rule("-1", 0, "0.0.0.0/0")}),
	}
	return n
}

func withGroups(p route.IPPermission, pairs ...route.UserIDGroupPair) route.IPPermission {
	p.UserIDGroupPairs = pairs
	return p
}

func withLists(p route.IPPermission, ids ...string) route.IPPermission {
	for _, id := range ids {
		p.PrefixListIDs = append(p.PrefixListIDs, route.PrefixListID{PrefixListID: id})
	}
	return p
}

// F1 and F5: what an endpoint's groups say to an interface, and to a bare
// subnet of which one address asks.
func TestSecurityGroups(t *testing.T) {
	const blocked, ends = route.ClassBlocked, route.ClassEndpoint
	for _, tt := range []struct {
		name       string
		in         []route.IPPermission
		edit       func(*net)
		fromENI    route.Class
		eniOpen    bool // FILTERS_NOT_EVALUATED from the interface
		fromSubnet route.Class
		evidence   naming.Evidence // from the subnet
		code       endpoint.Code   // from the interface
	}{
		{"F1 whole subnet admitted", []route.IPPermission{rule("tcp", 443, "10.0.0.0/16")}, nil, ends, false, ends, naming.Given, ""},
		{"F1 every protocol", []route.IPPermission{rule("-1", 0, "10.0.0.0/16")}, nil, ends, false, ends, naming.Given, ""},
		{"F1 two halves of the subnet", []route.IPPermission{rule("tcp", 443, "10.0.1.0/25", "10.0.1.128/25")}, nil, ends, false, ends, naming.Given, ""},
		{"F1 another port", []route.IPPermission{rule("tcp", 80, "10.0.0.0/16")}, nil, blocked, false, blocked, naming.Given, endpoint.ENISGRulesMismatch},
		{"F1 another protocol", []route.IPPermission{rule("udp", 443, "10.0.0.0/16")}, nil, blocked, false, blocked, naming.Given, endpoint.ENISGRulesMismatch},
		{"F1 another CIDR", []route.IPPermission{rule("tcp", 443, "10.9.0.0/16")}, nil, blocked, false, blocked, naming.Given, endpoint.ENISGRulesMismatch},
		{"F1 no rules", nil, nil, blocked, false, blocked, naming.Given, endpoint.SGHasNoRules},
		{"F1 prefix list", []route.IPPermission{withLists(rule("tcp", 443), "pl-in")}, func(n *net) {
			n.PrefixLists = append(n.PrefixLists, route.PrefixList{ID: "pl-in", CIDRs: []string{"10.0.1.0/24"}})
		}, ends, false, ends, naming.Given, ""},
		{"F5 prefix list without entries", []route.IPPermission{withLists(rule("tcp", 443), "pl-in")}, nil, ends, true, ends, naming.Modelled, ""},
		{"F5 part of the subnet admitted", []route.IPPermission{rule("tcp", 443, "10.0.1.10/32")}, nil, ends, false, ends, naming.Modelled, ""},
		{"F5 another part", []route.IPPermission{rule("tcp", 443, "10.0.1.99/32")}, nil, blocked, false, ends, naming.Modelled, endpoint.ENISGRulesMismatch},
		{"F1 group of the source", []route.IPPermission{withGroups(rule("tcp", 443), route.UserIDGroupPair{GroupID: "sg-src"})}, nil, ends, false, ends, naming.Modelled, ""},
		{"F1 group of others", []route.IPPermission{withGroups(rule("tcp", 443), route.UserIDGroupPair{GroupID: "sg-x"})}, nil, blocked, false, ends, naming.Modelled, endpoint.ENISGRulesMismatch},
		{"F5 the endpoint's group is not in the input", nil, func(n *net) { n.SecurityGroups = n.SecurityGroups[1:] }, ends, true, ends, naming.Given, ""},
		{"F1 no group named: the default one", nil, func(n *net) {
			n.Endpoints[1].Groups = nil
			n.SecurityGroups = append(n.SecurityGroups, route.SecurityGroup{ID: "sg-d", Name: "default", VPCID: "vpc-1", IPPermissions: []route.IPPermission{rule("tcp", 443, "10.0.1.0/24")}})
		}, ends, false, ends, naming.Given, ""},
		{"F1 source egress", []route.IPPermission{rule("-1", 0, "10.0.0.0/8")}, func(n *net) {
			n.SecurityGroups[1].IPPermissionsEgress = []route.IPPermission{rule("tcp", 443, "10.9.0.0/16")}
		}, blocked, false, ends, naming.Given, endpoint.ENISGRulesMismatch},
		{"F5 no groups in the input", nil, func(n *net) { n.SecurityGroups = nil }, ends, true, ends, naming.Given, ""},
		{"F5 no ACLs in the input", []route.IPPermission{rule("tcp", 443, "10.0.0.0/16")}, func(n *net) { n.NetworkACLs = nil }, ends, true, ends, naming.Given, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := filtered(t, tt.in...)
			if tt.edit != nil {
				tt.edit(n)
			}
			p := n.path(eniSrc, "10.0.2.9")
			if p.Class != tt.fromENI || explains(p, endpoint.FiltersNotEvaluated) != tt.eniOpen {
				t.Errorf("from the interface: %+v", p)
			}
			if tt.code != "" && !explains(p, tt.code) {
				t.Errorf("%s is not in the explanation: %+v", tt.code, p)
			}
			p = n.path(subnet1, "10.0.2.9")
			if p.Class != tt.fromSubnet || p.Evidence != tt.evidence || explains(p, endpoint.FiltersNotEvaluated) != (tt.fromSubnet != blocked) {
				t.Errorf("from the subnet: %+v", p)
			}
		})
	}
}

// F2: lowest number first, both directions, both subnets.
func TestNetworkACLs(t *testing.T) {
	admits := rule("tcp", 443, "10.0.0.0/16")
	for _, tt := range []struct {
		name string
		edit func(*net)
		want route.Class
	}{
		{"F2 all pass", func(*net) {}, route.ClassEndpoint},
		{"F2 out of the source's subnet", func(n *net) { n.deny("subnet-1", true, 443, 443, "10.0.2.0/24") }, route.ClassBlocked},
		{"F2 another port", func(n *net) { n.deny("subnet-1", true, 80, 80, "10.0.2.0/24") }, route.ClassEndpoint},
		{"F2 into the endpoint's subnet", func(n *net) { n.deny("subnet-2", false, 443, 443, "10.0.1.0/24") }, route.ClassBlocked},
		{"F2 back out of the endpoint's subnet", func(n *net) { n.deny("subnet-2", true, 1024, 65535, "10.0.1.0/24") }, route.ClassBlocked},
		{"F2 back into the source's subnet", func(n *net) { n.deny("subnet-1", false, 1024, 65535, "10.0.2.0/24") }, route.ClassBlocked},
		{"F2 some return ports", func(n *net) { n.deny("subnet-1", false, 1024, 2000, "10.0.2.0/24") }, route.ClassEndpoint},
		{"F2 a lower number admits first", func(n *net) {
			n.deny("subnet-2", false, 443, 443, "10.0.1.0/24")
			n.NetworkACLs[1].Entries = append(n.NetworkACLs[1].Entries, route.NetworkACLEntry{RuleNumber: 40, RuleAction: "allow", Protocol: "6", CIDRBlock: "10.0.1.0/24"})
		}, route.ClassEndpoint},
		{"F2 no rule matches", func(n *net) { n.NetworkACLs[1].Entries = nil }, route.ClassBlocked},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := filtered(t, admits)
			tt.edit(n)
			if p := n.path(eniSrc, "10.0.2.9"); p.Class != tt.want {
				t.Errorf("%+v", p)
			} else if tt.want == route.ClassBlocked && !explains(p, endpoint.SubnetACLRestriction) {
				t.Errorf("codes %v", p.Codes)
			}
		})
	}
}

// F4: references to groups survive peering, and no other hop.
func TestGroupReferences(t *testing.T) {
	peered := withGroups(rule("tcp", 443), route.UserIDGroupPair{GroupID: "sg-far", VPCPeeringConnectionID: "pcx-1"})
	n := filtered(t, peered).peerVPC("10.0.0.0/16 pcx-1").add("rtb-2", "10.2.0.0/16 pcx-1")
	n.NetworkACLs = nil
	far := worldENI("eni-far", "vpc-2", "subnet-far", "10.2.1.10")
	far.Groups = []endpoint.SecurityGroup{{ID: "sg-far"}}
	n.NetworkInterfaces = append(n.NetworkInterfaces, far)
	n.SecurityGroups = append(n.SecurityGroups, route.SecurityGroup{ID: "sg-far", VPCID: "vpc-2", IPPermissionsEgress: []route.IPPermission{rule("-1", 0, "0.0.0.0/0")}})
	is(t, n.path(route.FromInterface("eni-far"), "10.0.2.9"), route.ClassEndpoint, "pcx-1 > eni-vpce")
	is(t, n.path(route.FromSubnet("subnet-far"), "10.0.2.9"), route.ClassEndpoint, "pcx-1 > eni-vpce", endpoint.UnknownPeeredSGs)

	c := worldD(true) // the same over a transit gateway
	c.Endpoints[0].Groups = []endpoint.SecurityGroup{{ID: "sg-vpce"}}
	spoke := worldENI("eni-spoke", "vpc-00000002", "subnet-00000051", "10.1.1.10")
	spoke.Groups = []endpoint.SecurityGroup{{ID: "sg-far"}}
	c.NetworkInterfaces = append(c.NetworkInterfaces, spoke)
	c.SecurityGroups = []route.SecurityGroup{
		groupConfig("sg-vpce", []route.IPPermission{peered}, nil), groupConfig("sg-far", nil, []route.IPPermission{rule("-1", 0, "0.0.0.0/0")}),
	}
	p := mustNetwork(t, c).Path(route.Flow{From: route.FromInterface("eni-spoke"), To: route.Addr(netip.MustParseAddr("10.0.1.20")), Port: 443})
	if p.Class != route.ClassBlocked || !explains(p, endpoint.SGReferencesNotPreserved) {
		t.Errorf("%+v", p)
	}
}

// The peers' assertions that no subnet can ask, on networks made up anew
// (batfish's public-subnet, nat-gateway and subnet tests).
func TestPeerAssertedWithoutSourceSubnet(t *testing.T) {
	internet := route.FromGateway("igw-1", "vpc-1", netip.MustParseAddr("8.8.8.8"))
	closed := func(n *net) *net { // the default group lets its own members in
		n.SecurityGroups = []route.SecurityGroup{groupConfig("sg-default", []route.IPPermission{withGroups(rule("-1", 0), route.UserIDGroupPair{GroupID: "sg-default"})}, []route.IPPermission{rule("-1", 0, "0.0.0.0/0")})}
		for i := range n.NetworkInterfaces {
			n.NetworkInterfaces[i].Groups = []endpoint.SecurityGroup{{ID: "sg-default"}}
		}
		return n
	}
	port80 := func(f *route.Flow) { f.Port = 80 }

	t.Run("testFromInternetToValidPublicIp", func(t *testing.T) {
		n := closed(newNet(t, "0.0.0.0/0 igw-1"))
		is(t, n.path(internet, "203.0.113.11", port80), route.ClassBlocked, "igw-1 > local eni-src", endpoint.ENISGRulesMismatch)
		n.SecurityGroups = nil
		p := is(t, n.path(internet, "203.0.113.11", port80), route.ClassInternetGateway, "igw-1 > local eni-src")
		if p.Verdict != route.Public {
			t.Errorf("verdict %s", p.Verdict)
		}
	})
	t.Run("testFromInternetToInvalidPublicIp", func(t *testing.T) {
		is(t, newNet(t, "0.0.0.0/0 igw-1").path(internet, "54.191.107.23"), route.ClassUnknown, "igw-1", endpoint.UnknownDestination)
	})
	t.Run("testNonSessionPacket", func(t *testing.T) {
		is(t, newNet(t, "0.0.0.0/0 nat-1").path(internet, "203.0.113.5", port80), route.ClassBlocked, "igw-1 > nat-1")
	})
	t.Run("testUnsupportedIpProtocol", func(t *testing.T) { // 107 is A/N
		is(t, newNet(t, "0.0.0.0/0 nat-1").path(eniSrc, "8.8.8.8", proto(107)), route.ClassBlocked, "nat-1", endpoint.ProtocolRestriction)
	})
	t.Run("testIntraSubnetPacket", func(t *testing.T) {
		is(t, newNet(t).path(route.FromSubnet("subnet-pub"), "10.0.250.5", port80), route.ClassBlocked, "direct subnet-pub > nat-1")
	})
	t.Run("testToInternetInvalidPrivateIp", func(t *testing.T) {
		n := newNet(t, "0.0.0.0/0 igw-1")
		is(t, n.path(route.FromAddr("subnet-1", netip.MustParseAddr("10.0.1.92")), "8.8.8.8"), route.ClassBlocked, "igw-1", endpoint.IGWPublicIPAssociationForEgress)
		is(t, n.path(route.FromAddr("subnet-1", netip.MustParseAddr("10.0.1.11")), "8.8.8.8"), route.ClassInternetGateway, "igw-1")
	})
	t.Run("testInstanceToInstance", func(t *testing.T) {
		n := closed(newNet(t)).acls().deny("subnet-2", false, 0, 65535, "0.0.0.0/0")
		n.NetworkInterfaces = append(n.NetworkInterfaces, worldENI("eni-near", "vpc-1", "subnet-2", "10.0.2.8"))
		n.NetworkInterfaces[2].Groups = []endpoint.SecurityGroup{{ID: "sg-x"}}
		n.SecurityGroups = append(n.SecurityGroups, groupConfig("sg-x", []route.IPPermission{rule("tcp", 22, "192.0.2.0/24")}, nil))
		is(t, n.path(route.FromSubnet("subnet-2"), "10.0.2.8"), route.ClassBlocked, "direct subnet-2 > local eni-near", endpoint.ENISGRulesMismatch)
	})
}

func TestCodesAreSorted(t *testing.T) {
	if !slices.IsSorted(route.CodeWords) {
		t.Errorf("codes out of order: %v", route.CodeWords)
	}
	if want := uint64(1) << (len(route.CodeWords) - 1); uint64(route.LastCode) != want {
		t.Errorf("%d words, last bit %#x", len(route.CodeWords), uint64(route.LastCode))
	}
}
