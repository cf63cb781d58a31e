package route_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

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
