package route_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// The address plan of drawn networks is small, so that routes, lists, subnets
// and questions meet often.
var (
	drawnCIDRs = []string{
		"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16", "10.0.1.0/24", "10.0.2.0/24", "10.0.1.0/25", "10.1.1.0/24",
		"10.1.2.0/24", "52.0.0.0/8", "52.216.0.0/15", "52.216.0.0/16", "52.217.1.1/32", "52.217.1.17/20", "100.64.0.0/10", "169.254.0.0/16", "192.168.0.0/16",
	}
	drawnAddrs = []string{
		"10.0.1.10", "10.0.1.130", "10.0.2.10", "10.0.2.7", "10.0.250.5", "10.0.9.9", "10.1.1.10", "10.1.2.10", "10.1.9.9", "10.2.0.1", "52.217.1.1",
		"52.216.0.9", "52.217.15.255", "52.218.0.1", "8.8.8.8", "200.1.1.1", "100.64.0.1", "169.254.169.254", "169.254.1.1", "192.168.1.1", "0.0.0.0", "255.255.255.255",
	}
	drawnTargets = []string{
		"igw-1", "igw-2", "nat-1", "nat-2", "nat-9", "vpce-s3", "vpce-9", "pcx-1", "pcx-9", "vgw-1", "tgw-1",
	}
)

func drawRoute(t *rapid.T, lists bool) route.Route {
	dest := rapid.SampledFrom(drawnCIDRs).Draw(t, "destination")
	if lists && rapid.IntRange(0, 3).Draw(t, "list?") == 0 {
		dest = rapid.SampledFrom([]string{"pl-1", "pl-2", "pl-missing", "pl-absent", "pl-six"}).Draw(t, "list")
	}
	mark := rapid.SampledFrom([]string{"", "", "", "", " blackhole", " propagated", " propagated", " filtered"}).Draw(t, "mark")
	return route.MustParseRoutes(dest + " " + rapid.SampledFrom(drawnTargets).Draw(t, "target") + mark)[0]
}

func drawLists(t *rapid.T) []route.PrefixList {
	entries := rapid.SliceOfNDistinct(rapid.SampledFrom(drawnCIDRs), 0, 4, rapid.ID[string])
	l1, l2 := entries.Draw(t, "pl-1"), entries.Draw(t, "pl-2")
	return []route.PrefixList{{ID: "pl-1", CIDRs: append([]string{}, l1...)}, {ID: "pl-2", CIDRs: append([]string{}, l2...)}, {ID: "pl-missing"}, {ID: "pl-six", AddressFamily: "IPv6"}}
}

// drawConfig draws two VPCs, which may be peered, with subnets, tables, NAT and
// internet gateways in any state, and an interface endpoint.
func drawConfig(t *rapid.T) route.Config {
	state := func(name string, states ...string) string { return rapid.SampledFrom(states).Draw(t, name) }
	c := route.Config{
		Subnets: []endpoint.Subnet{
			worldSubnet("subnet-1", "vpc-0", "10.0.1.0/24", "us-east-2a"), worldSubnet("subnet-2", "vpc-0", "10.0.2.0/24", "us-east-2b"),
			worldSubnet("subnet-pub", "vpc-0", "10.0.250.0/24", "us-east-2a"),
			worldSubnet("subnet-far", "vpc-1", "10.1.1.0/28", "us-east-2a"), worldSubnet("subnet-far2", "vpc-1", "10.1.2.0/28", "us-east-2a"),
		},
		NetworkInterfaces: []endpoint.NetworkInterface{
			worldENI("eni-1", "vpc-0", "subnet-1", "10.0.1.10"), worldENI("eni-2", "vpc-0", "subnet-2", "10.0.2.7"),
			worldENI("eni-vpce", "vpc-0", "subnet-2", "10.0.2.10"), worldENI("eni-far", "vpc-1", "subnet-far", "10.1.1.10"),
		},
		InternetGateways: []route.InternetGateway{
			{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: state("igw-1", "available", "available", "detached"), VPCID: "vpc-0"}}},
		},
		NATGateways: []route.NATGateway{
			{
				ID: "nat-1", VPCID: "vpc-0", SubnetID: "subnet-pub", State: state("nat-1", "available", "available", "failed", "deleting"),
				NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.250.5", PublicIP: "198.11.222.333"}},
			},
			{ID: "nat-2", VPCID: "vpc-0", SubnetID: "subnet-2", State: "available", ConnectivityType: "private"},
		},
		Endpoints: []endpoint.Endpoint{
			{ID: "vpce-s3", Type: endpoint.Gateway, VPCID: "vpc-0", ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.State(state("vpce-s3", "available", "Available", "deleted"))},
			{
				ID: "vpce-if", Type: endpoint.Interface, VPCID: "vpc-0", ServiceName: "com.amazonaws.us-east-2.sts", NetworkInterfaceIDs: []string{"eni-vpce"},
				State: endpoint.State(state("vpce-if", "available", "pending")),
			},
		},
		PrefixLists: drawLists(t),
		VPCPeeringConnections: []route.VPCPeeringConnection{{
			ID: "pcx-1", Status: route.PeeringStatus{Code: state("pcx-1", "active", "active", "deleted")},
			RequesterVPCInfo: route.PeeringVPC{VPCID: "vpc-0"}, AccepterVPCInfo: route.PeeringVPC{VPCID: "vpc-1"},
		}},
	}
	for i, cidr := range []string{"10.0.0.0/16", "10.1.0.0/16"} {
		vpc := fmt.Sprintf("vpc-%d", i)
		c.VPCs = append(c.VPCs, worldVPC(vpc, cidr))
		main := worldTable("rtb-main-"+vpc, vpc, []string{"main"}, cidr+" local")
		for range rapid.IntRange(0, 4).Draw(t, "routes of main") {
			main.Routes = append(main.Routes, drawRoute(t, true))
		}
		c.RouteTables = append(c.RouteTables, main)
	}
	for _, s := range []string{"subnet-2", "subnet-pub"} {
		if rapid.Bool().Draw(t, "explicit "+s) {
			x := worldTable("rtb-"+s, "vpc-0", []string{s}, "10.0.0.0/16 local")
			for range rapid.IntRange(0, 4).Draw(t, "routes of "+s) {
				x.Routes = append(x.Routes, drawRoute(t, true))
			}
			c.RouteTables = append(c.RouteTables, x)
		}
	}
	for i := range c.RouteTables { // AWS has one route per destination and origin
		c.RouteTables[i].Routes = slices.CompactFunc(slices.Clone(sorted(c.RouteTables[i].Routes)), func(a, b route.Route) bool {
			return canonical(a) == canonical(b) && a.Origin == b.Origin
		})
	}
	return c
}

// drawMore adds what the slow chain does not know: a transit gateway between
// the VPCs, an appliance, a Gateway Load Balancer endpoint, security groups,
// network ACLs, and Block Public Access.
func drawMore(t *rapid.T, c *route.Config) {
	if rapid.Bool().Draw(t, "transit") {
		table := route.TransitGatewayRouteTable{ID: "tgw-rtb-1", Routes: []route.TransitGatewayRoute{}}
		for i, subnet := range []string{"subnet-1", "subnet-far"} {
			id, vpc := fmt.Sprintf("tgw-attach-%d", i), fmt.Sprintf("vpc-%d", i)
			c.TransitGatewayAttachments = append(c.TransitGatewayAttachments, route.TransitGatewayAttachment{
				ID: id, TransitGatewayID: "tgw-1", ResourceType: "vpc", ResourceID: vpc, State: "available",
				Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-1"},
			})
			c.TransitGatewayVPCAttachments = append(c.TransitGatewayVPCAttachments, route.TransitGatewayVPCAttachment{
				ID: id, TransitGatewayID: "tgw-1", VPCID: vpc, SubnetIDs: []string{subnet}, State: rapid.SampledFrom([]string{"available", "available", "failed"}).Draw(t, id),
			})
			table.Routes = append(table.Routes, route.TransitGatewayRoute{
				DestinationCIDRBlock: rapid.SampledFrom(drawnCIDRs).Draw(t, "transit CIDR"), Type: "static",
				TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: id}},
			})
		}
		c.TransitGatewayRouteTables = []route.TransitGatewayRouteTable{table}
	}
	c.NetworkInterfaces[1].SourceDestCheck = new(rapid.Bool().Draw(t, "check"))
	c.Endpoints = append(c.Endpoints, endpoint.Endpoint{ID: "vpce-9", Type: endpoint.GatewayLoadBalancer, VPCID: "vpc-0", State: endpoint.Available, SubnetIDs: []string{"subnet-2"}})
	for range rapid.IntRange(0, 2).Draw(t, "appliance routes") {
		r := route.Route{DestinationCIDRBlock: rapid.SampledFrom(drawnCIDRs).Draw(t, "destination"), NetworkInterfaceID: "eni-2", State: "active"}
		i := rapid.IntRange(0, len(c.RouteTables)-1).Draw(t, "table")
		c.RouteTables[i].Routes = append(c.RouteTables[i].Routes, r)
	}
	c.VPCs[0].BlockPublicAccessStates.InternetGatewayBlockMode = rapid.SampledFrom([]string{"", "", "off", "block-ingress", "block-bidirectional"}).Draw(t, "mode")
	if rapid.Bool().Draw(t, "groups") {
		cidr := func() string { return rapid.SampledFrom(drawnCIDRs[:15]).Draw(t, "group CIDR") }
		in := rule("tcp", 443, cidr())
		in.UserIDGroupPairs = []route.UserIDGroupPair{{GroupID: "sg-1"}}
		c.SecurityGroups = []route.SecurityGroup{groupConfig("sg-1", []route.IPPermission{rule("tcp", 443, cidr())}, []route.IPPermission{rule("-1", 0, cidr())}), groupConfig("sg-2", []route.IPPermission{in}, nil)}
		c.NetworkInterfaces[0].Groups = []endpoint.SecurityGroup{{ID: "sg-1"}}
		c.NetworkInterfaces[3].Groups = []endpoint.SecurityGroup{{ID: "sg-2"}}
		c.Endpoints[1].Groups = []endpoint.SecurityGroup{{ID: "sg-2"}}
	}
	if rapid.Bool().Draw(t, "ACLs") {
		for _, s := range c.Subnets {
			a := route.NetworkACL{ID: "acl-" + s.ID, Associations: []route.ACLAssociation{{SubnetID: s.ID}}}
			for i := range rapid.IntRange(1, 3).Draw(t, "rules") {
				for _, out := range []bool{false, true} {
					a.Entries = append(a.Entries, route.NetworkACLEntry{
						RuleNumber: 10 * i, Egress: out, RuleAction: rapid.SampledFrom([]string{"allow", "allow", "deny"}).Draw(t, "action"), Protocol: "-1",
						CIDRBlock: rapid.SampledFrom(drawnCIDRs[:5]).Draw(t, "rule CIDR"),
					})
				}
			}
			c.NetworkACLs = append(c.NetworkACLs, a)
		}
	}
}

func canonical(r route.Route) string {
	if p, err := netip.ParsePrefix(r.Destination()); err == nil {
		return p.Masked().String()
	}
	return r.Destination()
}

// sorted keeps local routes before others of the same destination.
func sorted(rs []route.Route) []route.Route {
	slices.SortStableFunc(rs, func(a, b route.Route) int {
		return 10*strings.Compare(canonical(a), canonical(b)) + strings.Compare(b.Origin, a.Origin)
	})
	return rs
}

func drawAddr(t *rapid.T) netip.Addr {
	return netip.MustParseAddr(rapid.SampledFrom(drawnAddrs).Draw(t, "address"))
}

func drawSubnet(t *rapid.T, c route.Config) endpoint.Subnet {
	return rapid.SampledFrom(c.Subnets).Draw(t, "subnet")
}

var hosts = []string{
	"sts.us-east-2.amazonaws.com", "bkt.s3.us-east-2.amazonaws.com", "s3.eu-west-1.amazonaws.com", "s3.amazonaws.com", "www.example.com",
	"dynamodb.us-east-2.amazonaws.com", "sts.amazonaws.com", "internal-lb-1.us-east-2.elb.amazonaws.com",
}

func drawDestination(t *rapid.T) route.Destination {
	if rapid.IntRange(0, 3).Draw(t, "host?") == 0 {
		return route.PublicAddr(rapid.SampledFrom(hosts).Draw(t, "host"), rapid.SampledFrom([]route.Family{route.IPv4, route.IPv6}).Draw(t, "family"))
	}
	return route.Addr(drawAddr(t))
}

func drawSource(t *rapid.T, c route.Config) route.Source {
	switch rapid.IntRange(0, 3).Draw(t, "source") {
	case 0:
		return route.FromInterface(rapid.SampledFrom(c.NetworkInterfaces).Draw(t, "interface").ID)
	case 1:
		gateway := rapid.SampledFrom([]string{"igw-1", "vgw-1", "pcx-1", "tgw-1", "eigw-1"}).Draw(t, "gateway")
		return route.FromGateway(gateway, "vpc-0", drawAddr(t))
	}
	return route.FromSubnet(drawSubnet(t, c).ID)
}

// A table alone against its twin: many routes, IPv4, lists known and not.
func TestTableAgainstSlowTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := route.Config{Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-0"}}, PrefixLists: drawLists(t)}
		if rapid.Bool().Draw(t, "VPC given") {
			c.VPCs = []endpoint.VPC{worldVPC("vpc-0", "10.0.0.0/16")}
		}
		table := worldTable("rtb-1", "vpc-0", []string{"main"}, "10.0.0.0/16 local")
		for range rapid.SampledFrom([]int{0, 1, 2, 3, 5, 8, 60}).Draw(t, "routes") {
			r := drawRoute(t, true)
			if rapid.Bool().Draw(t, "random CIDR") {
				a := netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "bytes")))
				r.DestinationCIDRBlock, r.DestinationPrefixListID = netip.PrefixFrom(a, rapid.IntRange(0, 32).Draw(t, "bits")).String(), ""
			}
			table.Routes = append(table.Routes, r)
		}
		c.RouteTables = []route.Table{table}
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		asked := []netip.Addr{drawAddr(t)}
		for _, r := range table.Routes { // and at every border
			if p, err := netip.ParsePrefix(r.Destination()); err == nil {
				lo := p.Masked().Addr()
				asked = append(asked, lo, lo.Prev())
			}
		}
		for _, a := range asked {
			if !a.IsValid() {
				continue
			}
			p, want := n.Path(route.Flow{From: route.FromSubnet("subnet-1"), To: route.Addr(a)}), slowDecide(c, table, a)
			h := p.Hops[0]
			if want.class != "" && p.Class != want.class || want.class == "" && decided(p) != "" {
				t.Fatalf("%s: class %s, slowly %q\n%+v", a, p.Class, want.class, p)
			}
			if got := (slowAnswer{class: want.class, destination: h.Destination, target: h.Target, rule: h.Rule, via: want.via}); got != want {
				t.Fatalf("%s:\n got %+v\nwant %+v\n%+v", a, got, want, p)
			}
			checkLost(t, p)
		}
	})
}

// decided returns the class of a path that its first table ended.
func decided(p route.Path) route.Class {
	if len(p.Hops) > 1 || p.Hops[0].Target != "" {
		return ""
	}
	return p.Class
}

// checkLost is X3: rows that contain the address, longest first.
func checkLost(t *rapid.T, p route.Path) {
	if !p.Address.IsValid() {
		return
	}
	bits := 129
	for _, l := range p.Hops[0].Lost {
		if l.Code == endpoint.PrefixListEntriesMissing {
			continue
		}
		_, cidr, ok := strings.Cut(l.Destination, " ")
		if !ok {
			cidr = l.Destination
		}
		c := netip.MustParsePrefix(cidr)
		if !c.Contains(p.Address) {
			t.Fatalf("%s lost against %s and does not contain it", l.Destination, p.Address)
		}
		if c.Bits() > bits {
			t.Fatalf("lost rows out of order: %+v", p.Hops[0].Lost)
		}
		bits = c.Bits()
	}
}

func TestChainAgainstSlowTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		from, a := drawSubnet(t, c), drawAddr(t)
		p := n.Path(route.Flow{From: route.FromSubnet(from.ID), To: route.Addr(a)})
		class, devices := slowChain(c, from, a)
		// The twin does not say where on the way back it was decided.
		cut := func(s string) string { s, _, _ = strings.Cut(s, "> return"); return s }
		got := cut(chain(p))
		if want := cut(strings.Join(devices, " > ")); p.Class != class || got != want {
			t.Fatalf("from %s to %s: %s by %q, slowly %s by %q\n%+v", from.ID, a, p.Class, got, class, want, p)
		}
	})
}

func TestClassIsPathWithoutProof(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		if rapid.Bool().Draw(t, "more") {
			drawMore(t, &c)
		}
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		f := route.Flow{From: drawSource(t, c), To: drawDestination(t), Port: 443}
		p := n.Path(f)
		if c, v := n.Class(f); c != p.Class || v != p.Verdict {
			t.Fatalf("Class = %s, %s; Path = %+v", c, v, p)
		}
	})
}

// Input order never matters.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		drawMore(t, &c)
		c.Subnets = append(c.Subnets, worldSubnet("subnet-1", "vpc-0", "10.0.1.0/25", "us-east-2c")) // one id twice
		d := c
		d.VPCs = rapid.Permutation(c.VPCs).Draw(t, "vpcs")
		d.Subnets = rapid.Permutation(c.Subnets).Draw(t, "subnets")
		d.NetworkInterfaces = rapid.Permutation(c.NetworkInterfaces).Draw(t, "interfaces")
		d.Endpoints = rapid.Permutation(c.Endpoints).Draw(t, "endpoints")
		d.NATGateways = rapid.Permutation(c.NATGateways).Draw(t, "nats")
		d.PrefixLists = rapid.Permutation(c.PrefixLists).Draw(t, "lists")
		d.RouteTables = rapid.Permutation(c.RouteTables).Draw(t, "tables")
		for i := range d.RouteTables {
			d.RouteTables[i].Routes = rapid.Permutation(d.RouteTables[i].Routes).Draw(t, "routes")
		}
		n, err := route.New(c)
		m, err2 := route.New(d)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if diff := gocmp.Diff(n.Findings(), m.Findings()); diff != "" {
			t.Fatalf("findings:\n%s", diff)
		}
		f := route.Flow{From: drawSource(t, c), To: drawDestination(t), Port: 443}
		if diff := gocmp.Diff(n.Path(f), m.Path(f), cmpopts.EquateComparable(netip.Addr{})); diff != "" {
			t.Fatalf("paths:\n%s", diff)
		}
	})
}

// Adding a less specific route never changes a decision.
func TestLessSpecificRouteChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		from, a := drawSubnet(t, c), drawAddr(t)
		f := route.Flow{From: route.FromSubnet(from.ID), To: route.Addr(a)}
		before := n.Path(f)
		h := before.Hops[0]
		if h.Target == "" {
			return // direct, or nothing won
		}
		_, cidr, ok := strings.Cut(h.Destination, " ")
		if !ok {
			cidr = h.Destination
		}
		won := netip.MustParsePrefix(cidr)
		if won.Bits() == 0 {
			return
		}
		wider, _ := a.Prefix(rapid.IntRange(0, won.Bits()-1).Draw(t, "bits"))
		r := drawRoute(t, false)
		r.DestinationCIDRBlock = wider.String()
		for i := range c.RouteTables {
			if c.RouteTables[i].ID == h.RouteTable {
				c.RouteTables[i].Routes = append(slices.Clip(c.RouteTables[i].Routes), r)
			}
		}
		n, err = route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		after := n.Path(f)
		if g := after.Hops[0]; g.Destination != h.Destination || g.Target != h.Target {
			t.Fatalf("%s added, and the decision changed from %+v to %+v", r.String(), h, g)
		}
	})
}

// A subnet without any gateway route never leaves the VPC.
func TestIsolatedSubnetStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		x := worldTable("rtb-isolated", "vpc-0", []string{"subnet-1"}, "10.0.0.0/16 local")
		c.RouteTables = append(c.RouteTables, x)
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		p := n.Path(route.Flow{From: route.FromSubnet("subnet-1"), To: drawDestination(t)})
		for _, h := range p.Hops {
			switch h.Kind {
			case route.HopSubnet, route.HopDirect, route.HopLocal, route.HopEndpointENI:
			case route.HopKind(route.ClassNATGateway): // its own address, which takes no traffic (N11)
				if p.Class != route.ClassBlocked {
					t.Fatalf("passes %s: %+v", h.ID, p)
				}
			default:
				t.Fatalf("leaves by %s: %+v", h.ID, p)
			}
		}
		if p.Verdict == route.Public {
			t.Fatalf("public: %+v", p)
		}
	})
}

// Every NAT answer names the NAT gateway's own way out.
func TestNATNamesItsOwnWayOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		p := n.Path(route.Flow{From: route.FromSubnet(drawSubnet(t, c).ID), To: drawDestination(t), Port: 443})
		for i, h := range p.Hops {
			if p.Class != route.ClassNATGateway || h.Kind != route.HopKind(route.ClassNATGateway) {
				continue
			}
			g := c.NATGateways[slices.IndexFunc(c.NATGateways, func(g route.NATGateway) bool { return g.ID == h.ID })]
			table, _, _ := n.TableOf(g.SubnetID)
			direct := p.Hops[i+1].Kind == route.HopDirect && p.Hops[i+1].ID == g.SubnetID
			if !direct && (h.RouteTable != table || h.Target == "" || h.Destination == "") {
				t.Fatalf("hop %+v, its table is %s", h, table)
			}
		}
	})
}

// Path and return path agree where both are known: what reaches an interface
// over a peering connection is reached from there. Behind a NAT gateway it
// answers the gateway's address, which is another question.
func TestPathAndReturnAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		there := n.Path(route.Flow{From: route.FromInterface("eni-1"), To: route.Addr(netip.MustParseAddr("10.1.1.10"))})
		back := n.Path(route.Flow{From: route.FromInterface("eni-far"), To: route.Addr(netip.MustParseAddr("10.0.1.10"))})
		if there.Class == route.ClassNATGateway || back.Class == route.ClassNATGateway {
			return
		}
		if (there.Class == route.ClassVPCPeering) != (back.Class == route.ClassVPCPeering) {
			t.Fatalf("there %+v\nback %+v", there, back)
		}
	})
}

// What is concluded for a public host holds for each of its possible addresses.
func TestPublicConclusionHoldsForEveryAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		from := route.FromSubnet(drawSubnet(t, c).ID)
		p := n.Path(route.Flow{From: from, To: route.PublicAddr("www.example.com", route.IPv4), Port: 443})
		a := netip.MustParseAddr(rapid.SampledFrom([]string{"8.8.8.8", "52.217.1.1", "52.216.0.9", "52.218.0.1", "200.1.1.1", "1.0.0.0", "223.255.255.255"}).Draw(t, "public"))
		q := n.Path(route.Flow{From: from, To: route.Addr(a), Port: 443})
		same := func(x route.Path) bool { return x.Class == q.Class && chain(x) == chain(q) }
		if p.Alternatives == nil && !same(p) || p.Alternatives != nil && !slices.ContainsFunc(p.Alternatives, same) {
			t.Fatalf("%s goes %+v, which is not among %+v", a, q, p)
		}
	})
}
