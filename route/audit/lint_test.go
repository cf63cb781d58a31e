package audit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

type edits = []func(*trace.Inventory)

func edited(list edits) trace.Inventory {
	inv := page()
	for _, f := range list {
		f(&inv)
	}
	return inv
}

func records(name string, addrs ...string) zone.RecordSet {
	r := zone.RecordSet{Name: name + ".", Type: "A", TTL: 60}
	for _, a := range addrs {
		r.ResourceRecords = append(r.ResourceRecords, zone.ResourceRecord{Value: a})
	}
	return r
}

// hosted adds a private hosted zone of vpc-1.
func hosted(id, name string, sets ...zone.RecordSet) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.HostedZones = append(inv.HostedZones, zone.HostedZone{ID: "/hostedzone/" + id, Name: name + ".", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}}, RecordSets: sets})
	}
}

// privateDNS sets it on the page's endpoint.
func privateDNS(on bool) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		if err := audit.SetPrivateDNS(inv, "vpce-099deb00b40f00e22", on); err != nil {
			panic(err)
		}
	}
}

// service makes the page's endpoint one for another service, whose names the
// catalogue gives.
func service(name string) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.Endpoints[0].ServiceName, inv.Endpoints[0].DNSEntries = "com.amazonaws.us-east-2."+name, nil
	}
}

// s3Gateway adds an S3 gateway endpoint on some tables.
func s3Gateway(tables ...int) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.PrefixLists = []route.PrefixList{{ID: "pl-1", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"52.219.80.0/20"}}}
		e := endpoint.Endpoint{ID: "vpce-0c", Type: endpoint.Gateway, VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.Available}
		for _, i := range tables {
			e.RouteTableIDs = append(e.RouteTableIDs, inv.RouteTables[i].ID)
			inv.RouteTables[i].Routes = append(inv.RouteTables[i].Routes, route.MustParseRoutes("pl-1 vpce-0c")...)
		}
		inv.Endpoints = append(inv.Endpoints, e)
	}
}

// spoke adds a VPC that resolves the page's host to the hub's endpoint by a
// shared zone, and reaches it by a transit gateway: there and back as told.
func spoke(there, back bool) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		privateDNS(false)(inv)
		hosted("Z1", pageHost, records(pageHost, "10.0.1.10", "10.0.2.10", "10.0.3.10"))(inv)
		inv.HostedZones[0].VPCs = append(inv.HostedZones[0].VPCs, zone.ZoneVPC{VPCID: "vpc-2"})
		inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: "vpc-2", CIDRBlock: "10.2.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
		inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-s", VPCID: "vpc-2", CIDRBlock: "10.2.1.0/24", AvailabilityZone: "us-east-2a"})
		table := route.Table{ID: "rtb-s", VPCID: "vpc-2", Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.2.0.0/16 local")}
		if there {
			table.Routes = append(table.Routes, route.MustParseRoutes("10.0.0.0/16 tgw-1")...)
		}
		inv.RouteTables = append(inv.RouteTables, table)
		for i := range 3 {
			if back {
				inv.RouteTables[i].Routes = append(inv.RouteTables[i].Routes, route.MustParseRoutes("10.2.0.0/16 tgw-1")...)
			}
		}
		for i, at := range []struct{ vpc, subnets string }{{"vpc-1", "subnet-a subnet-b subnet-c"}, {"vpc-2", "subnet-s"}} {
			id := "tgw-attach-" + strconv.Itoa(i+1)
			inv.TransitGatewayVPCAttachments = append(inv.TransitGatewayVPCAttachments, route.TransitGatewayVPCAttachment{ID: id, TransitGatewayID: "tgw-1", VPCID: at.vpc, State: "available", SubnetIDs: strings.Fields(at.subnets)})
			inv.TransitGatewayAttachments = append(inv.TransitGatewayAttachments, route.TransitGatewayAttachment{
				ID: id, TransitGatewayID: "tgw-1", ResourceType: "vpc", ResourceID: at.vpc, State: "available",
				Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-1", State: "associated"},
			})
		}
		inv.TransitGatewayRouteTables = []route.TransitGatewayRouteTable{{ID: "tgw-rtb-1", TransitGatewayID: "tgw-1", State: "available", Routes: []route.TransitGatewayRoute{
			{DestinationCIDRBlock: "10.0.0.0/16", Type: "propagated", State: "active", TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: "tgw-attach-1", ResourceType: "vpc", ResourceID: "vpc-1"}}},
			{DestinationCIDRBlock: "10.2.0.0/16", Type: "propagated", State: "active", TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: "tgw-attach-2", ResourceType: "vpc", ResourceID: "vpc-2"}}},
		}}}
	}
}

// securityGroup gives the page's endpoint a group with one rule for a port.
func securityGroup(protocol string, from, to int) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.SecurityGroups = []route.SecurityGroup{{ID: "sg-1", VPCID: "vpc-1", IPPermissions: []route.IPPermission{{IPProtocol: protocol, FromPort: new(from), ToPort: new(to), IPRanges: []route.IPRange{{CIDRIP: "10.0.0.0/16"}}}}}}
		inv.Endpoints[0].Groups = []endpoint.SecurityGroup{{ID: "sg-1"}}
		for i := range inv.NetworkInterfaces {
			inv.NetworkInterfaces[i].Groups = inv.Endpoints[0].Groups
		}
	}
}

// dualStack gives the subnets IPv6, and subnet-b an IPv6 way out.
func dualStack(inv *trace.Inventory) {
	inv.VPCs[0].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: "2001:db8::/56"}}
	for i := range inv.Subnets {
		inv.Subnets[i].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: fmt.Sprintf("2001:db8:0:%d::/64", i)}}
	}
	inv.EgressOnlyInternetGateways = []route.EgressOnlyInternetGateway{{ID: "eigw-1", Attachments: []route.GatewayAttachment{{State: "attached", VPCID: "vpc-1"}}}}
	inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("2001:db8::/56 local", "::/0 eigw-1")...)
}

// ipv6Only takes the IPv4 addresses of a subnet away and gives it IPv6 ones.
func ipv6Only(subnet int) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.VPCs[0].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: "2001:db8::/56"}}
		inv.Subnets[subnet].CIDRBlock = ""
		inv.Subnets[subnet].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: fmt.Sprintf("2001:db8:0:%d::/64", subnet)}}
	}
}

// addressType gives an endpoint its IP address type.
func addressType(i int, ip endpoint.IPAddressType) func(*trace.Inventory) {
	return func(inv *trace.Inventory) { inv.Endpoints[i].IPAddressType = ip }
}

// lintCases has, for every row of the table with a check, an inventory in which
// it finds a resource, and one close to it in which it finds nothing.
var lintCases = []struct {
	code      endpoint.Code
	resource  string
	text      string // a part of it
	bad, good edits
}{
	{
		endpoint.DNSAttributesOff, "vpc-1", "enableDnsHostnames is false",
		edits{hosted("Z1", "corp.example", records("corp.example", "10.0.1.9")), func(inv *trace.Inventory) { inv.VPCs[0].EnableDNSHostnames = new(false) }},
		edits{hosted("Z1", "corp.example", records("corp.example", "10.0.1.9"))},
	},
	{
		endpoint.DNSAttributesAssumed, "vpc-1", "assume",
		edits{func(inv *trace.Inventory) { inv.VPCs[0].EnableDNSSupport = nil }},
		edits{func(inv *trace.Inventory) { inv.VPCs[0].EnableDNSSupport, inv.Endpoints = nil, nil }},
	},
	{
		endpoint.PrivateDNSOff, "vpce-099deb00b40f00e22", pageHost,
		edits{privateDNS(false)},
		edits{privateDNS(false), hosted("Z1", pageHost, records(pageHost, "10.0.1.10"))},
	},
	{endpoint.InboundResolverOnly, "vpce-099deb00b40f00e22", "vpc-1 (page) has none", edits{func(inv *trace.Inventory) {
		inv.Endpoints[0].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
		inv.ResolverEndpoints = []zone.ResolverEndpoint{{ID: "rslvr-out-1", Direction: "OUTBOUND", HostVPCID: "vpc-1"}}
	}}, edits{func(inv *trace.Inventory) {
		inv.Endpoints[0].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
		inv.ResolverEndpoints = []zone.ResolverEndpoint{{ID: "rslvr-in-1", Direction: "INBOUND", HostVPCID: "vpc-1"}}
	}}},
	{audit.WildcardCatchesPublic, "vpce-099deb00b40f00e22", "public APIs", edits{service("execute-api")}, edits{service("execute-api"), privateDNS(false)}},
	{audit.EndpointNamesOutdated, "vpce-099deb00b40f00e22", "monitoring.us-east-2.api.aws", nil, edits{func(inv *trace.Inventory) { inv.Endpoints[0].DNSEntries = nil }}},
	{
		endpoint.ZoneLabelsReversed, "Z1", "api.ecr.us-east-2.amazonaws.com",
		edits{hosted("Z1", "ecr.api.us-east-2.amazonaws.com", records("ecr.api.us-east-2.amazonaws.com", "10.0.1.10"))},
		edits{hosted("Z1", "api.ecr.us-east-2.amazonaws.com", records("api.ecr.us-east-2.amazonaws.com", "10.0.1.10"))},
	},
	{endpoint.ZoneLabelsReversed, "Z1", "kinesis.us-east-2.amazonaws.com", edits{hosted("Z1", "kinesis-streams.us-east-2.amazonaws.com")}, edits{hosted("Z1", "db.us-east-2.example.com")}},
	{
		endpoint.ZoneWildcardMissing, "Z1", "*.dkr.ecr.us-east-2.amazonaws.com",
		edits{hosted("Z1", "dkr.ecr.us-east-2.amazonaws.com", records("dkr.ecr.us-east-2.amazonaws.com", "10.0.1.10"))},
		edits{hosted("Z1", "dkr.ecr.us-east-2.amazonaws.com", records("dkr.ecr.us-east-2.amazonaws.com", "10.0.1.10"), records(`\052.dkr.ecr.us-east-2.amazonaws.com`, "10.0.1.10"))},
	},
	{
		endpoint.ZoneNamesMissing, "Z1", "ecr.us-east-2.api.aws",
		edits{hosted("Z1", "api.ecr.us-east-2.amazonaws.com", records("api.ecr.us-east-2.amazonaws.com", "10.0.1.10"))},
		edits{hosted("Z1", "api.ecr.us-east-2.amazonaws.com", records("api.ecr.us-east-2.amazonaws.com", "10.0.1.10")), hosted("Z2", "ecr.us-east-2.api.aws", records("ecr.us-east-2.api.aws", "10.0.1.10"))},
	},
	{
		endpoint.ZoneNamesMissing, "Z1", "*.data-kinesis.us-east-2.amazonaws.com",
		edits{hosted("Z1", "kinesis.us-east-2.amazonaws.com", records("kinesis.us-east-2.amazonaws.com", "10.0.1.10"))},
		edits{hosted("Z1", "corp.example")},
	},
	{audit.ZoneHidesAWSNames, "Z1", "us-east-2.api.aws", edits{hosted("Z1", "aws")}, edits{hosted("Z1", "sts.us-east-2.amazonaws.com")}},
	{audit.ZoneHidesAWSNames, "Z1", "us-east-2.vpce.amazonaws.com", edits{hosted("Z1", "amazonaws.com")}, edits{hosted("Z1", "us-west-2.amazonaws.com")}},
	{audit.ZoneTooManyVPCs, "Z1", "301 VPCs", edits{hosted("Z1", "corp.example"), associate(300)}, edits{hosted("Z1", "corp.example"), associate(299)}},
	{audit.RuleBeatsZone, "rslvr-rr-1", "vpce-099deb00b40f00e22", edits{forward(pageHost)}, edits{forward("us-east-2.amazonaws.com")}},

	{
		endpoint.EndpointNotAvailable, "vpce-099deb00b40f00e22", "rejected",
		edits{func(inv *trace.Inventory) { inv.Endpoints[0].State = endpoint.Rejected }},
		edits{func(inv *trace.Inventory) { inv.Endpoints[0].State = "Available" }},
	},
	{endpoint.EndpointZoneMissing, "vpce-099deb00b40f00e22", "no network interface in us-east-2c, from where subnet-c (isolated)", edits{func(inv *trace.Inventory) {
		inv.Endpoints[0].SubnetIDs, inv.Endpoints[0].NetworkInterfaceIDs = []string{"subnet-a", "subnet-b"}, []string{"eni-a", "eni-b"}
	}}, nil},
	{endpoint.GatewayEndpointNotOnTable, "vpce-0c", "is on no route table that a subnet of vpc-1 (page) uses", edits{s3Gateway()}, edits{s3Gateway(0, 1, 2)}},
	{endpoint.GatewayEndpointNotOnTable, "vpce-0c", "is not on rtb-c, so subnet-c (isolated)", edits{s3Gateway(0, 1)}, edits{s3Gateway(0, 1, 2)}},
	{endpoint.ENISGRulesMismatch, "vpce-099deb00b40f00e22", "no rule of sg-1 admits TCP 443", edits{securityGroup("tcp", 80, 80)}, edits{securityGroup("tcp", 1, 65535)}},
	{endpoint.ENISGRulesMismatch, "vpce-099deb00b40f00e22", "TCP 9142", edits{service("cassandra"), securityGroup("6", 443, 443)}, edits{service("cassandra"), securityGroup("6", 9142, 9142)}},
	{endpoint.ENISGRulesMismatch, "vpce-099deb00b40f00e22", "TCP 443", edits{securityGroup("udp", 443, 443)}, edits{securityGroup("-1", 0, 0)}},

	{endpoint.AvailabilityZoneCrossed, "nat-1", "serves subnet-b (private) of other zones by rtb-b", nil, edits{func(inv *trace.Inventory) { inv.Subnets[1].AvailabilityZone = "us-east-2a" }}},
	{
		endpoint.MainRouteTableMissing, "subnet-c", "main table of vpc-1 (page)",
		edits{func(inv *trace.Inventory) { inv.RouteTables = inv.RouteTables[:2] }},
		edits{func(inv *trace.Inventory) { inv.RouteTables = nil }},
	},
	{endpoint.PrefixListEntriesMissing, "pl-1", "is a destination on rtb-c", edits{s3Gateway(2), func(inv *trace.Inventory) { inv.PrefixLists[0].CIDRs = nil }}, edits{s3Gateway(2)}},
	{endpoint.UnknownResource, "nat-2", "is a target on rtb-c", edits{func(inv *trace.Inventory) {
		inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes("0.0.0.0/0 nat-2")...)
	}}, edits{func(inv *trace.Inventory) {
		inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes("0.0.0.0/0 nat-1", "10.9.0.0/16 tgw-1")...)
	}}},

	{endpoint.FamilyPathsDiffer, "vpc-1", "s3.us-east-2.amazonaws.com from subnet-b (private)", edits{dualStack, s3Gateway(1)}, edits{dualStack}},
	{
		endpoint.BadStateRoute, "rtb-b", "the route for 0.0.0.0/0 is a blackhole",
		edits{func(inv *trace.Inventory) { inv.RouteTables[1].Routes[1].State = "blackhole" }},
		edits{func(inv *trace.Inventory) {
			inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.Route{DestinationCIDRBlock: "10.9.0.0/16", State: "blackhole"})
		}},
	},
	{endpoint.BadState, "nat-1", "sts.us-east-2.amazonaws.com", edits{func(inv *trace.Inventory) { inv.NATGateways[0].State = "failed" }}, nil},
	{endpoint.BadStateAttachment, "igw-1", "is on the way", edits{func(inv *trace.Inventory) { inv.InternetGateways[0].Attachments = nil }}, nil},
	{endpoint.RoutingLoop, "nat-1", "is on the way", edits{func(inv *trace.Inventory) {
		inv.RouteTables[0].Routes = route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-1")
	}}, nil},
	{endpoint.NoRouteToDestination, "rtb-s", "private addresses to " + pageHost + " from subnet-s", edits{spoke(false, true)}, edits{spoke(true, true)}},
	{audit.ReturnRouteMissing, "rtb-c", "no way back for answers to " + pageHost + " from subnet-s", edits{spoke(true, false)}, edits{spoke(true, true)}},
	{endpoint.SubnetACLRestriction, "", pageHost, edits{acl("deny")}, edits{acl("allow")}},
	{ // an address that no network interface has: the last hop has no id
		endpoint.SubnetACLRestriction, "subnet-a", "db.corp.example",
		edits{acl("deny"), hosted("Z1", "db.corp.example", records("db.corp.example", "10.0.3.200"))},
		edits{acl("allow"), hosted("Z1", "db.corp.example", records("db.corp.example", "10.0.3.200"))},
	},
	{endpoint.SGHasNoRules, "vpce-099deb00b40f00e22", pageHost, edits{securityGroup("tcp", 443, 443), func(inv *trace.Inventory) { inv.SecurityGroups[0].IPPermissions = nil }}, edits{securityGroup("tcp", 443, 443)}},
	{endpoint.PCXRequiresAddressInVPCCIDR, "pcx-1", "sts.us-east-2.amazonaws.com", edits{peering("0.0.0.0/0")}, edits{peering("10.2.0.0/16")}},
	{endpoint.TGWRouteAZRestriction, "", pageHost, edits{spoke(true, true), func(inv *trace.Inventory) {
		inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-f", VPCID: "vpc-2", CIDRBlock: "10.2.2.0/24", AvailabilityZone: "us-east-2f"})
	}}, edits{spoke(true, true)}},
	{endpoint.NAT64Missing, "", "", edits{nat64(false)}, edits{nat64(true)}},
	{endpoint.ENISourceDestCheckRestriction, "", "sts.us-east-2.amazonaws.com", edits{appliance(true)}, edits{appliance(false)}},
}

func associate(n int) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		for i := range n {
			inv.HostedZones[0].VPCs = append(inv.HostedZones[0].VPCs, zone.ZoneVPC{VPCID: fmt.Sprintf("vpc-x%d", i)})
		}
	}
}

func forward(domain string) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.ResolverRules = []zone.ResolverRule{{ID: "rslvr-rr-1", DomainName: domain + ".", RuleType: "FORWARD", TargetIPs: []zone.TargetAddress{{IP: "192.0.2.1"}}}}
		inv.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-1", ResolverRuleID: "rslvr-rr-1", VPCID: "vpc-1"}}
	}
}

func acl(action string) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		a := route.NetworkACL{ID: "acl-1", VPCID: "vpc-1"}
		for _, s := range inv.Subnets {
			a.Associations = append(a.Associations, route.ACLAssociation{SubnetID: s.ID})
		}
		for _, egress := range []bool{false, true} {
			a.Entries = append(a.Entries, route.NetworkACLEntry{RuleNumber: 100, Egress: egress, RuleAction: action, Protocol: "-1", CIDRBlock: "0.0.0.0/0"})
		}
		inv.NetworkACLs = []route.NetworkACL{a}
	}
}

func peering(destination string) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.VPCPeeringConnections = []route.VPCPeeringConnection{{
			ID: "pcx-1", Status: route.PeeringStatus{Code: "active"},
			RequesterVPCInfo: route.PeeringVPC{VPCID: "vpc-1", CIDRBlock: "10.0.0.0/16"}, AccepterVPCInfo: route.PeeringVPC{VPCID: "vpc-2", CIDRBlock: "10.2.0.0/16"},
		}}
		inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes(destination+" pcx-1")...)
	}
}

// nat64 makes subnet-b IPv6-only with DNS64, and a zone with an IPv4 address.
func nat64(routed bool) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		dualStack(inv)
		inv.RouteTables[1].Routes = inv.RouteTables[1].Routes[:3] // without ::/0
		inv.Subnets[1].CIDRBlock, inv.Subnets[1].EnableDNS64 = "", true
		inv.Endpoints[0].SubnetIDs, inv.Endpoints[0].NetworkInterfaceIDs = []string{"subnet-a", "subnet-c"}, []string{"eni-a", "eni-c"}
		inv.NetworkInterfaces = slices.Delete(inv.NetworkInterfaces, 1, 2)
		hosted("Z1", "corp.example", records("corp.example", "198.51.100.7"))(inv)
		if routed {
			inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("64:ff9b::/96 nat-1")...)
		}
	}
}

// appliance sends subnet-c's traffic by a network interface in subnet-a.
func appliance(check bool) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: "eni-appliance", VPCID: "vpc-1", SubnetID: "subnet-a", PrivateIPAddress: "10.0.1.99", SourceDestCheck: new(check)})
		inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes("0.0.0.0/0 eni-appliance")...)
	}
}

func TestLint(t *testing.T) {
	tested := map[endpoint.Code]bool{}
	for _, tt := range lintCases {
		tested[tt.code] = true
		t.Run(string(tt.code), func(t *testing.T) {
			row, ok := audit.RuleOf(tt.code)
			if !ok {
				t.Fatal("no row")
			}
			found := slices.ContainsFunc(audit.Lint(newWorld(t, edited(tt.bad))), func(i audit.Issue) bool {
				return i.Code == tt.code && (tt.resource == "" && i.Resource != "" || i.Resource == tt.resource) && strings.Contains(i.Text, tt.text) &&
					i.Severity == row.Severity && i.Fix == row.Fix && i.Source != ""
			})
			if !found {
				t.Errorf("not found on %q with %q:\n%s", tt.resource, tt.text, issuesOf(newWorld(t, edited(tt.bad))))
			}
			for _, i := range audit.Lint(newWorld(t, edited(tt.good))) {
				if i.Code == tt.code {
					t.Errorf("found where nothing is wrong: %s", i)
				}
			}
		})
	}
	for _, r := range audit.Rules() {
		if !tested[r.Code] && !slices.Contains(findingCodes(t), string(r.Code)) {
			t.Errorf("%s: no case, and no Finding has this code", r.Code)
		}
	}
}

func issuesOf(w *trace.World) string {
	var b strings.Builder
	for _, i := range audit.Lint(w) {
		fmt.Fprintln(&b, i)
	}
	return b.String()
}

// findingCodes returns the codes that packages give to Findings, read off
// their sources.
func findingCodes(t testing.TB) []string {
	t.Helper()
	words := map[string]string{}
	f, err := parser.ParseFile(token.NewFileSet(), "../../endpoint/code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			words[v.Names[0].Name], _ = strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		}
		return true
	})
	use := regexp.MustCompile(`(?:find\(|Code:\s+|Finding\{)endpoint\.([A-Z]\w+)`)
	var codes []string
	for _, dir := range []string{"../../zone", "..", "../describe", "../terraform"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // not every package that reads input need be there
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			src, err := os.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range use.FindAllStringSubmatch(string(src), -1) {
				if w := words[m[1]]; w != "" && !slices.Contains(codes, w) {
					codes = append(codes, w)
				}
			}
		}
	}
	return codes
}

// textsOf returns the texts of the issues with a code, in order.
func textsOf(t *testing.T, code endpoint.Code, list edits) []string {
	t.Helper()
	var texts []string
	for _, i := range audit.Lint(newWorld(t, edited(list))) {
		if i.Code == code {
			texts = append(texts, i.Text)
		}
	}
	return texts
}

// TestR16: a gateway endpoint puts its own families' lists on a table, which
// does nothing for a subnet without an address of them.
func TestR16(t *testing.T) {
	const past = "is not on rtb-c, so subnet-c (isolated) go past it to com.amazonaws.us-east-2.s3"
	for _, tt := range []struct {
		name string
		list edits
		want []string
	}{
		{"IPv4 subnet, no type", edits{s3Gateway(0, 1)}, []string{past}},
		{"IPv4 subnet, IPv6 endpoint", edits{s3Gateway(0, 1), addressType(1, "IPv6")}, nil},
		{"IPv6 subnet, no type", edits{s3Gateway(0, 1), ipv6Only(2)}, nil},
		{"IPv6 subnet, IPv4 endpoint", edits{s3Gateway(0, 1), ipv6Only(2), addressType(1, endpoint.IPv4)}, nil},
		{"IPv6 subnet, IPv6 endpoint", edits{s3Gateway(0, 1), ipv6Only(2), addressType(1, endpoint.IPv6)}, []string{past}},
		{"IPv6 subnet, dual-stack endpoint", edits{s3Gateway(0, 1), ipv6Only(2), addressType(1, endpoint.DualStack)}, []string{past}},
		{"on no table, one of them IPv6", edits{s3Gateway(), ipv6Only(2)}, []string{"is on no route table that a subnet of vpc-1 (page) uses"}},
		{
			"on no table but that of an IPv6 subnet",
			edits{s3Gateway(2), ipv6Only(2), func(inv *trace.Inventory) {
				inv.RouteTables[1].Associations = nil
				inv.Subnets = slices.Delete(inv.Subnets, 1, 2)
			}},
			[]string{"is not on rtb-a, so subnet-a (public) go past it to com.amazonaws.us-east-2.s3"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := textsOf(t, endpoint.GatewayEndpointNotOnTable, tt.list); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestR32a: an endpoint's names lead to every zone it is in, so who is in
// another crosses over, if it has an address that can.
func TestR32a(t *testing.T) {
	zonesAB := func(inv *trace.Inventory) {
		inv.Endpoints[0].SubnetIDs, inv.Endpoints[0].NetworkInterfaceIDs = []string{"subnet-a", "subnet-b"}, []string{"eni-a", "eni-b"}
		inv.NetworkInterfaces = inv.NetworkInterfaces[:2]
	}
	another := func(inv *trace.Inventory) {
		inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-d", VPCID: "vpc-1", CIDRBlock: "10.0.4.0/24", AvailabilityZone: "us-east-2c"})
	}
	crosses := func(who string) []string {
		return []string{"has no network interface in us-east-2c, from where " + who + " cross zones to reach it"}
	}
	for _, tt := range []struct {
		name string
		list edits
		want []string
	}{
		{"IPv4 subnet", edits{zonesAB}, crosses("subnet-c (isolated)")},
		{"IPv6-only subnet", edits{zonesAB, ipv6Only(2)}, nil},
		{"IPv6-only subnet and another", edits{zonesAB, ipv6Only(2), another}, crosses("subnet-d")},
		{"IPv6-only subnet, dual-stack endpoint", edits{zonesAB, ipv6Only(2), addressType(0, endpoint.DualStack)}, crosses("subnet-c (isolated)")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := textsOf(t, endpoint.EndpointZoneMissing, tt.list); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestLintFindings: every Finding is an Issue, with the severity and the fix
// of its row and its own source.
func TestLintFindings(t *testing.T) {
	codes := findingCodes(t)
	if len(codes) < 10 {
		t.Fatalf("only %q", codes)
	}
	inv := page()
	for _, c := range codes {
		if _, ok := audit.RuleOf(endpoint.Code(c)); !ok {
			t.Errorf("Findings have the code %s, and no row does", c)
		}
		inv.Findings = append(inv.Findings, endpoint.Finding{Code: endpoint.Code(c), Resource: "x-" + c, Text: "text of " + c, Source: "source of " + c})
	}
	inv.Findings = append(inv.Findings, endpoint.Finding{Code: "NEW_CODE", Resource: "x", Text: "text"})
	issues := audit.Lint(newWorld(t, inv))
	for _, f := range inv.Findings {
		row, _ := audit.RuleOf(f.Code)
		if f.Code == "NEW_CODE" {
			row = audit.Rule{Severity: audit.SeverityWarning, Fix: "look at the resource"}
		}
		want := audit.Issue{Code: f.Code, Severity: row.Severity, Resource: f.Resource, Text: f.Text, Fix: row.Fix, Source: f.Source}
		if !slices.Contains(issues, want) {
			t.Errorf("no %+v", want)
		}
	}
	if !slices.IsSortedFunc(issues, audit.Issue.Compare) {
		t.Error("not in order")
	}
}

// TestLintQuiet: a network without a mistake has no issue, and nothing at all
// has none either.
func TestLintQuiet(t *testing.T) {
	inv := page()
	inv.Subnets[1].AvailabilityZone, inv.NetworkInterfaces[1].AvailabilityZone = "us-east-2a", "us-east-2a"
	inv.Endpoints[0].DNSEntries = nil
	for _, inv := range []trace.Inventory{inv, {}} {
		if issues := audit.Lint(newWorld(t, inv)); len(issues) != 0 {
			t.Errorf("%v", issues)
		}
	}
}

func TestIssueString(t *testing.T) {
	i := audit.Issue{Code: endpoint.BadState, Severity: audit.SeverityError, Resource: "nat-1", Name: "egress", Text: "is gone"}
	if got, want := i.String(), "error BAD_STATE nat-1 (egress): is gone"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRules(t *testing.T) {
	seen := map[endpoint.Code]bool{}
	for _, r := range audit.Rules() {
		if seen[r.Code] || r.Fix == "" || r.Source == "" || !slices.Contains([]audit.Severity{"error", "warning", "info"}, r.Severity) {
			t.Errorf("%+v: twice %t", r, seen[r.Code])
		}
		seen[r.Code] = true
	}
	if _, ok := audit.RuleOf("NEW_CODE"); ok {
		t.Error("a row for nothing")
	}
}
