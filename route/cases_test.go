package route_test

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// A caseRow is one row of testdata/route_cases.tsv.
type caseRow struct {
	id, group, given, query, expect string
	code                            endpoint.Code
}

func readCases(t testing.TB) []caseRow {
	t.Helper()
	text, err := os.ReadFile("testdata/route_cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []caseRow
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "id" {
			continue
		}
		if len(cells) != 9 {
			t.Fatalf("%d cells: %s", len(cells), line)
		}
		rows = append(rows, caseRow{cells[0], cells[1], cells[3], cells[4], cells[5], endpoint.Code(cells[6])})
	}
	return rows
}

// explains reports whether a code stands in a path's codes or among its lost
// rows.
func explains(p route.Path, c endpoint.Code) bool {
	return slices.Contains(p.Codes, c) || slices.ContainsFunc(p.Hops, func(h route.Hop) bool {
		return slices.ContainsFunc(h.Lost, func(l route.Lost) bool { return l.Code == c })
	})
}

// lookupWorld reads the mini-language of the lookup group: routes of the main
// table of one VPC that nothing else is known of.
func lookupWorld(t testing.TB, given string) route.Config {
	t.Helper()
	c := route.Config{Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1"}}}
	var routes []string
	for item := range strings.SplitSeq(given, ";") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		dest, target, ok := strings.Cut(item, ">")
		if !ok {
			t.Fatalf("no target in %q", item)
		}
		if name, entries, ok := strings.Cut(dest, "{"); ok {
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: name, CIDRs: strings.Split(strings.TrimSuffix(entries, "}"), ",")})
			dest = name
		}
		marks := ""
		for mark, word := range map[string]string{"!b": " blackhole", "!f": " filtered", "~p": " propagated"} {
			if rest, ok := strings.CutSuffix(target, mark); ok {
				target, marks = rest, word
			}
		}
		if target == "?" {
			target = "-"
		}
		routes = append(routes, dest+" "+target+marks)
	}
	c.RouteTables = []route.Table{worldTable("rtb-1", "vpc-1", []string{"main"}, routes...)}
	return c
}

// firstTarget says what the first hop says, in the words of the column expect.
func firstTarget(p route.Path) string {
	switch {
	case p.Class == route.ClassReserved:
		return "reserved"
	case p.Class == route.ClassNoRoute && len(p.Hops) == 1:
		return "no-route"
	case p.Class == route.ClassBlackhole && len(p.Hops) == 1:
		return "drop"
	case p.Class == route.ClassUnspecified:
		var targets []string
		for _, l := range p.Hops[0].Lost {
			if l.Code == endpoint.AmbiguousPrefixLists && !slices.Contains(targets, l.Target) {
				targets = append(targets, l.Target)
			}
		}
		return "unspecified:" + strings.Join(targets, "|")
	}
	return p.Hops[0].Target
}

func TestLookupCases(t *testing.T) {
	count := 0
	for _, row := range readCases(t) {
		if row.group != "lookup" {
			continue
		}
		count++
		t.Run(row.id, func(t *testing.T) {
			dst, ok := strings.CutPrefix(row.query, "dst=")
			if !ok {
				t.Fatalf("query %q", row.query)
			}
			n := mustNetwork(t, lookupWorld(t, row.given))
			p := n.Path(route.Flow{From: route.FromSubnet("subnet-1"), To: route.Addr(netip.MustParseAddr(dst))})
			if got := firstTarget(p); got != row.expect {
				t.Errorf("%s to %s goes %s, want %s", row.given, dst, got, row.expect)
			}
			if row.code != "" && !explains(p, row.code) {
				t.Errorf("%s is not in the explanation %+v", row.code, p)
			}
		})
	}
	if count != 43 {
		t.Errorf("%d rows of the lookup group, want 43", count)
	}
}

// ---- the rows of the other groups, each written out

// net is a world that rows change: a VPC with a private subnet, where the
// source stands, another, and a public one with a NAT gateway.
type net struct {
	route.Config
	tb testing.TB
}

const (
	listS3  = "3.5.0.0/20 3.5.16.0/21 52.216.0.0/15 54.231.0.0/17"
	service = "com.amazonaws.us-west-2."
)

func newNet(tb testing.TB, routes ...string) *net {
	v := endpoint.VPC{
		ID: "vpc-1", CIDRBlock: "10.0.0.0/16",
		IPv6CIDRBlockAssociationSet: []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: "2001:db8:1::/56"}},
	}
	dual := func(id, v4, v6, az string) endpoint.Subnet {
		s := worldSubnet(id, "vpc-1", v4, az)
		s.IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: v6}}
		return s
	}
	src := worldENI("eni-src", "vpc-1", "subnet-1", "10.0.1.10", "10.0.1.11", "2001:db8:1:1::5")
	src.PrivateIPAddresses[1].Association = &endpoint.Association{PublicIP: "203.0.113.11"}
	n := &net{tb: tb, Config: route.Config{
		VPCs: []endpoint.VPC{v},
		Subnets: []endpoint.Subnet{
			dual("subnet-1", "10.0.1.0/24", "2001:db8:1:1::/64", "us-west-2a"),
			dual("subnet-2", "10.0.2.0/24", "2001:db8:1:2::/64", "us-west-2b"),
			dual("subnet-pub", "10.0.250.0/24", "2001:db8:1:fa::/64", "us-west-2a"),
		},
		NetworkInterfaces: []endpoint.NetworkInterface{src, worldENI("eni-peer", "vpc-1", "subnet-2", "10.0.2.7")},
		RouteTables: []route.Table{
			worldTable("rtb-1", "vpc-1", []string{"main"}, append([]string{"10.0.0.0/16 local", "2001:db8:1::/56 local"}, routes...)...),
			worldTable("rtb-2", "vpc-1", []string{"subnet-2"}, "10.0.0.0/16 local", "2001:db8:1::/56 local"),
			worldTable("rtb-pub", "vpc-1", []string{"subnet-pub"}, "10.0.0.0/16 local", "0.0.0.0/0 igw-1"),
		},
		InternetGateways:           []route.InternetGateway{{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: "available", VPCID: "vpc-1"}}}},
		EgressOnlyInternetGateways: []route.EgressOnlyInternetGateway{{ID: "eigw-1", Attachments: []route.GatewayAttachment{{State: "attached", VPCID: "vpc-1"}}}},
		NATGateways: []route.NATGateway{{
			ID: "nat-1", VPCID: "vpc-1", SubnetID: "subnet-pub", State: "available",
			NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.250.5", PublicIP: "203.0.113.5"}},
		}},
		PrefixLists: []route.PrefixList{{ID: "pl-s3", Name: service + "s3", CIDRs: strings.Fields(listS3)}},
		Endpoints:   []endpoint.Endpoint{{ID: "vpce-s3", Type: endpoint.Gateway, VPCID: "vpc-1", ServiceName: service + "s3", State: endpoint.Available}},
	}}
	return n
}

// endpoint adds an interface endpoint with an interface in subnet-2.
func (n *net) endpoint(state endpoint.State) *net {
	n.NetworkInterfaces = append(n.NetworkInterfaces, worldENI("eni-vpce", "vpc-1", "subnet-2", "10.0.2.9"))
	n.Endpoints = append(n.Endpoints, endpoint.Endpoint{
		ID: "vpce-if", Type: endpoint.Interface, VPCID: "vpc-1", ServiceName: service + "monitoring", State: state,
		SubnetIDs: []string{"subnet-2"}, NetworkInterfaceIDs: []string{"eni-vpce"},
	})
	return n
}

// peerVPC adds vpc-2, 10.2.0.0/16, peered by pcx-1, with subnet-far.
func (n *net) peerVPC(routes ...string) *net {
	n.VPCs = append(n.VPCs, worldVPC("vpc-2", "10.2.0.0/16"))
	n.Subnets = append(n.Subnets, worldSubnet("subnet-far", "vpc-2", "10.2.1.0/24", "us-west-2a"))
	n.RouteTables = append(n.RouteTables, worldTable("rtb-far", "vpc-2", []string{"main"}, append([]string{"10.2.0.0/16 local"}, routes...)...))
	n.VPCPeeringConnections = append(n.VPCPeeringConnections, route.VPCPeeringConnection{
		ID: "pcx-1", Status: route.PeeringStatus{Code: "active"},
		AccepterVPCInfo:  route.PeeringVPC{VPCID: "vpc-1", CIDRBlock: "10.0.0.0/16"},
		RequesterVPCInfo: route.PeeringVPC{VPCID: "vpc-2", CIDRBlock: "10.2.0.0/16"},
	})
	return n
}

func (n *net) table(id string) *route.Table {
	return &n.RouteTables[slices.IndexFunc(n.RouteTables, func(t route.Table) bool { return t.ID == id })]
}

func (n *net) add(table string, routes ...string) *net {
	t := n.table(table)
	t.Routes = append(t.Routes, route.MustParseRoutes(routes...)...)
	return n
}

func (n *net) subnet(id string) *endpoint.Subnet {
	return &n.Subnets[slices.IndexFunc(n.Subnets, func(s endpoint.Subnet) bool { return s.ID == id })]
}

// acls gives every subnet a network ACL of its own that lets all pass.
func (n *net) acls() *net {
	for _, s := range n.Subnets {
		n.NetworkACLs = append(n.NetworkACLs, route.NetworkACL{
			ID: "acl-" + s.ID, Associations: []route.ACLAssociation{{SubnetID: s.ID}}, Entries: []route.NetworkACLEntry{
				{RuleNumber: 100, RuleAction: "allow", Protocol: "-1", CIDRBlock: "0.0.0.0/0"},
				{RuleNumber: 100, RuleAction: "allow", Protocol: "-1", CIDRBlock: "0.0.0.0/0", Egress: true},
			},
		})
	}
	return n
}

// deny puts a rule before those of a subnet's network ACL.
func (n *net) deny(subnet string, egress bool, from, to int, cidr string) *net {
	for i := range n.NetworkACLs {
		if a := &n.NetworkACLs[i]; a.ID == "acl-"+subnet {
			a.Entries = append(a.Entries, route.NetworkACLEntry{
				RuleNumber: 50, Egress: egress, RuleAction: "deny", Protocol: "6", CIDRBlock: cidr, PortRange: &route.PortRange{From: from, To: to},
			})
		}
	}
	return n
}

func (n *net) build() *route.Network { return mustNetwork(n.tb, n.Config) }

func (n *net) path(from route.Source, to string, edit ...func(*route.Flow)) route.Path {
	n.tb.Helper()
	f := route.Flow{From: from, To: route.Addr(netip.MustParseAddr(to)), Port: 443}
	return n.ask(f, edit...)
}

func (n *net) host(from route.Source, host string, edit ...func(*route.Flow)) route.Path {
	n.tb.Helper()
	return n.ask(route.Flow{From: from, To: route.PublicAddr(host, route.IPv4), Port: 443}, edit...)
}

func (n *net) ask(f route.Flow, edit ...func(*route.Flow)) route.Path {
	n.tb.Helper()
	for _, e := range edit {
		e(&f)
	}
	w := n.build()
	p := w.Path(f)
	if c, v := w.Class(f); c != p.Class || v != p.Verdict {
		n.tb.Errorf("Class = %v, %v; Path has %v, %v", c, v, p.Class, p.Verdict)
	}
	return p
}

func proto(p route.Protocol) func(*route.Flow) { return func(f *route.Flow) { f.Protocol = p } }

var (
	subnet1 = route.FromSubnet("subnet-1")
	eniSrc  = route.FromInterface("eni-src")
)

// chain prints a path's devices behind the source's subnet: "nat-1 > igw-1".
func chain(p route.Path) string {
	var ids []string
	for i, h := range p.Hops {
		switch {
		case h.Kind == route.HopDirect, h.Kind == route.HopLocal, h.Kind == route.HopReturn:
			ids = append(ids, strings.TrimSpace(string(h.Kind)+" "+h.ID))
		case h.Kind == route.HopEndpointENI:
			ids = append(ids, h.ID)
		case h.Kind != route.HopSubnet:
			ids = append(ids, h.ID)
		case i > 0:
			ids = append(ids, "in "+h.ID)
		}
	}
	return strings.Join(ids, " > ")
}

// is checks a path's end and its devices, and hands it on.
func is(t testing.TB, p route.Path, c route.Class, devices string, codes ...endpoint.Code) route.Path {
	t.Helper()
	if p.Class != c || chain(p) != devices {
		t.Errorf("%s by %q, want %s by %q\n%+v", p.Class, chain(p), c, devices, p)
	}
	for _, code := range codes {
		if code != "" && !explains(p, code) {
			t.Errorf("%s is not in the explanation: %+v", code, p)
		}
	}
	return p
}

func hasFinding(t testing.TB, n *route.Network, c endpoint.Code, resource string) {
	t.Helper()
	if !slices.ContainsFunc(n.Findings(), func(f endpoint.Finding) bool { return f.Code == c && f.Resource == resource }) {
		t.Errorf("no finding %s on %s: %v", c, resource, n.Findings())
	}
}

func groupConfig(id string, in, out []route.IPPermission) route.SecurityGroup {
	return route.SecurityGroup{ID: id, VPCID: "vpc-1", IPPermissions: in, IPPermissionsEgress: out}
}

func rule(proto string, port int, cidrs ...string) route.IPPermission {
	p := route.IPPermission{IPProtocol: proto}
	if port != 0 {
		p.FromPort, p.ToPort = new(port), new(port)
	}
	for _, c := range cidrs {
		p.IPRanges = append(p.IPRanges, route.IPRange{CIDRIP: c})
	}
	return p
}

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

// elsewhere are rows that no question about a way can ask, with the package
// that they belong to.
var elsewhere = map[string]string{
	"V30": "making an endpoint where its service is not offered is refused by AWS's API: TestCreateRefusals of route/trace",
}

func TestCases(t *testing.T) {
	seen := 0
	for _, row := range readCases(t) {
		if row.group == "lookup" {
			continue
		}
		t.Run(row.id, func(t *testing.T) {
			if why := elsewhere[row.id]; why != "" {
				t.Skip(why)
			}
			f := caseTests[row.id]
			if f == nil {
				t.Fatal("no test for this row")
			}
			seen++
			for _, p := range f(t) {
				if row.code != "" && !explains(p, row.code) {
					t.Errorf("%s is not in the explanation: %+v", row.code, p)
				}
			}
		})
	}
	if seen != len(caseTests) {
		t.Errorf("%d rows tested, %d tests", seen, len(caseTests))
	}
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
