package tracetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// From returns the one vantage that a word stands for: the id or the Name tag of
// a subnet or a network interface, or a VPC with one subnet. Anything else ends
// the test (tb.Fatal).
func From(tb testing.TB, w *trace.World, from string) trace.Vantage {
	tb.Helper()
	vs, err := w.Select(from)
	if err == nil && len(vs) != 1 {
		err = fmt.Errorf("%q stands for %d vantages", from, len(vs))
	}
	if err != nil {
		tb.Fatal(err)
		return trace.Vantage{}
	}
	return vs[0]
}

// IsolatedVPC returns a World of one VPC without any gateway, in a Region of
// any partition: vpc-isolated, 10.0.0.0/16, both DNS attributes on, with the
// subnets isolated-a, 10.0.0.0/24, and isolated-b, 10.0.1.0/24, in the Region's
// zones a and b.
//
// Services are short names ("sts", "ecr.api") or service names
// ("com.amazonaws.us-east-2.sts"). Each gets an interface endpoint with private
// DNS on in both subnets, where the service offers it; s3 and dynamodb get
// gateway endpoints instead.
//
// What is known to be refused by AWS panics, as the test is wrong then: an
// unknown Region, a service twice, and, with the name that was likely meant, the
// labels of a service's host names instead of its short name ("api.ecr" for
// "ecr.api", "kinesis" for "kinesis-streams"). Any other name that the catalogue
// lacks is taken for a service that came after it, as they do every week, and its
// private name follows the rule (NAM-33). So "stss" makes an endpoint that no
// program asks for, and the program's request for sts fails the test.
func IsolatedVPC(region string, services ...string) *trace.World {
	b := newBuilder(region)
	b.vpc("isolated", "10.0")
	b.subnet("isolated", "isolated-a", "10.0.0.0/24", "a")
	b.subnet("isolated", "isolated-b", "10.0.1.0/24", "b")
	b.table("isolated", "isolated", []string{"isolated-a", "isolated-b"}, "10.0.0.0/16 local")
	for _, s := range services {
		b.endpoint(s, "isolated", true)
	}
	return b.world()
}

// PageVPC returns the World of the AWS page "Access AWS services through AWS
// PrivateLink": vpc-page, 10.0.0.0/16, in us-east-2 with the subnets public,
// private and isolated, an internet gateway, a NAT gateway in the public subnet,
// and the CloudWatch endpoint vpce-099deb00b40f00e22 in all three, private DNS
// on, with the page's DnsEntries.
func PageVPC() *trace.World {
	b := newBuilder("us-east-2")
	b.vpc("page", "10.0")
	var ids []string
	for i, name := range []string{"public", "private", "isolated"} {
		b.subnet("page", name, fmt.Sprintf("10.0.%d.0/24", i+1), string(rune('a'+i)))
		ids = append(ids, "subnet-"+name)
	}
	b.table("page", "public", []string{"public"}, "10.0.0.0/16 local", "0.0.0.0/0 igw-page")
	b.table("page", "private", []string{"private"}, "10.0.0.0/16 local", "0.0.0.0/0 nat-page")
	b.table("page", "isolated", []string{"isolated"}, "10.0.0.0/16 local")
	b.inv.InternetGateways = []route.InternetGateway{{ID: "igw-page", Attachments: []route.GatewayAttachment{{State: "available", VPCID: "vpc-page"}}}}
	b.inv.NATGateways = []route.NATGateway{{
		ID: "nat-page", VPCID: "vpc-page", SubnetID: "subnet-public", State: "available", ConnectivityType: "public",
		NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.1.4", PublicIP: "203.0.113.4"}},
	}}
	e := endpoint.Endpoint{
		ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: "vpc-page", ServiceName: "com.amazonaws.us-east-2.monitoring",
		State: endpoint.Available, PrivateDNSEnabled: true, SubnetIDs: ids,
		DNSEntries: endpoint.DNSEntries{
			{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
			{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
			{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
			{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
			{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"},
		},
	}
	for i, s := range b.inv.Subnets {
		n := endpoint.NetworkInterface{
			ID: "eni-" + s.AvailabilityZone, InterfaceType: "vpc_endpoint", VPCID: s.VPCID, SubnetID: s.ID,
			AvailabilityZone: s.AvailabilityZone, Status: "in-use", PrivateIPAddress: fmt.Sprintf("10.0.%d.10", i+1),
		}
		b.inv.NetworkInterfaces = append(b.inv.NetworkInterfaces, n)
		e.NetworkInterfaceIDs = append(e.NetworkInterfaceIDs, n.ID)
	}
	b.inv.Endpoints = []endpoint.Endpoint{e}
	return b.world()
}

// HubAndSpoke returns a World in which endpoints are shared: the hub,
// vpc-hub, 10.0.0.0/16, has them in its subnet hub-a; the program stands in the
// spoke, vpc-spoke, 10.1.0.0/16, in its subnet spoke-a. A transit gateway joins
// the two, with routes both ways and nowhere else.
//
// The endpoints have private DNS off, as a central set-up needs it: for each
// private name that a service has, a hosted zone of both VPCs holds the name
// and, where the service has it, the wildcard, as aliases of the endpoint's
// Regional name (dns.md, Z35). Services and panics are those of [IsolatedVPC],
// without gateway endpoints, which no spoke can use.
func HubAndSpoke(region string, services ...string) *trace.World {
	b := newBuilder(region)
	for i, name := range []string{"hub", "spoke"} {
		b.vpc(name, fmt.Sprintf("10.%d", i))
		b.subnet(name, name+"-a", fmt.Sprintf("10.%d.0.0/24", i), "a")
		b.table(name, name, []string{name + "-a"}, fmt.Sprintf("10.%d.0.0/16 local", i), fmt.Sprintf("10.%d.0.0/16 tgw-hub", 1-i))
		attachment := "tgw-attach-" + name
		b.inv.TransitGatewayVPCAttachments = append(b.inv.TransitGatewayVPCAttachments, route.TransitGatewayVPCAttachment{
			ID: attachment, TransitGatewayID: "tgw-hub", VPCID: "vpc-" + name, State: "available", SubnetIDs: []string{"subnet-" + name + "-a"},
		})
		b.inv.TransitGatewayAttachments = append(b.inv.TransitGatewayAttachments, route.TransitGatewayAttachment{
			ID: attachment, TransitGatewayID: "tgw-hub", ResourceType: "vpc", ResourceID: "vpc-" + name, State: "available",
			Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-hub", State: "associated"},
		})
	}
	table := route.TransitGatewayRouteTable{ID: "tgw-rtb-hub", TransitGatewayID: "tgw-hub", State: "available"}
	for i, a := range b.inv.TransitGatewayAttachments {
		table.Routes = append(table.Routes, route.TransitGatewayRoute{
			DestinationCIDRBlock: fmt.Sprintf("10.%d.0.0/16", i), Type: "propagated", State: "active",
			TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: a.ID, ResourceType: "vpc", ResourceID: a.ResourceID}},
		})
	}
	b.inv.TransitGatewayRouteTables = []route.TransitGatewayRouteTable{table}
	for _, s := range services {
		b.share(b.endpoint(s, "hub", false))
	}
	return b.world()
}

// builder puts a World together. What cannot be panics with the reason.
type builder struct {
	region string
	inv    trace.Inventory
	n      int
}

func newBuilder(region string) *builder {
	if _, ok := naming.PartitionOf(region); !ok {
		panic(fmt.Sprintf("tracetest: %q is not a Region", region))
	}
	return &builder{region: region}
}

func named(s string) endpoint.Tags { return endpoint.Tags{{Key: "Name", Value: s}} }

func (b *builder) vpc(name, net string) {
	b.inv.VPCs = append(b.inv.VPCs, endpoint.VPC{ID: "vpc-" + name, CIDRBlock: net + ".0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true), Tags: named(name)})
}

func (b *builder) subnet(vpc, name, cidr, zone string) {
	b.inv.Subnets = append(b.inv.Subnets, endpoint.Subnet{ID: "subnet-" + name, VPCID: "vpc-" + vpc, CIDRBlock: cidr, AvailabilityZone: b.region + zone, Tags: named(name)})
}

func (b *builder) table(vpc, name string, subnets []string, routes ...string) {
	t := route.Table{ID: "rtb-" + name, VPCID: "vpc-" + vpc, Routes: route.MustParseRoutes(routes...), Tags: named(name)}
	for _, s := range subnets {
		t.Associations = append(t.Associations, route.Association{SubnetID: "subnet-" + s})
	}
	b.inv.RouteTables = append(b.inv.RouteTables, t)
}

// newID is the source of ids that Create asks.
func (b *builder) newID(prefix string) string {
	b.n++
	switch prefix {
	case "vpce-":
		return fmt.Sprintf("vpce-%017x", b.n)
	case "":
		return fmt.Sprintf("%08x", b.n)
	}
	return fmt.Sprintf("%s%d", prefix, b.n)
}

// endpoint makes an endpoint for a service in all subnets, or on all tables, of
// a VPC.
func (b *builder) endpoint(service, vpc string, privateDNS bool) endpoint.Endpoint {
	in := trace.CreateEndpoint{Type: endpoint.Interface, VPCID: "vpc-" + vpc, ServiceName: b.serviceName(service), NewID: b.newID, Tags: named(service)}
	if n, err := naming.ParseServiceName(in.ServiceName); err == nil && privateDNS && (n.Short() == "s3" || n.Short() == "dynamodb") {
		in.Type = endpoint.Gateway
		for _, t := range b.inv.RouteTables {
			in.RouteTableIDs = append(in.RouteTableIDs, t.ID)
		}
	} else {
		for _, s := range b.inv.Subnets {
			if s.VPCID == in.VPCID {
				in.SubnetIDs = append(in.SubnetIDs, s.ID)
			}
		}
		names, _ := catalog.Default().PrivateNames(endpoint.Endpoint{Type: in.Type, ServiceName: in.ServiceName, VPCID: in.VPCID})
		in.PrivateDNSEnabled = privateDNS && len(names) > 0
	}
	e, err := b.inv.Create(in)
	if err != nil {
		panic(fmt.Sprintf("tracetest: endpoint for %s: %v", service, err))
	}
	return e
}

// serviceName returns the service name that a short name or a service name
// stands for.
func (b *builder) serviceName(service string) string {
	n, err := naming.ParseServiceName(service)
	if err != nil {
		n, err = b.ofShort(service)
	}
	if err != nil {
		panic(fmt.Sprintf("tracetest: service %q: %v", service, err))
	}
	if s, ok := catalog.Default().ByLabel(n.Short()); ok && s.Short != n.Short() && !n.IsOwned() {
		panic(fmt.Sprintf("tracetest: service %q: %s stands in the host names of %s: did you mean %q?", service, n.Short(), s.Name, s.Short))
	}
	return n.String()
}

// ofShort returns the service name of a short name: the catalogue's, or else
// the usual form.
func (b *builder) ofShort(short string) (naming.ServiceName, error) {
	for s := range catalog.Default().All() {
		if s.Short == short && s.Type.Is(endpoint.Interface) {
			if n, ok := s.In(b.region); ok {
				return n, nil
			}
		}
	}
	return naming.NewServiceName(short, b.region)
}

// share makes the hosted zones of a central endpoint.
func (b *builder) share(e endpoint.Endpoint) {
	regional, ok := e.DNSEntries.Regional()
	if !ok {
		panic(fmt.Sprintf("tracetest: %s has no Regional name", e.ServiceName))
	}
	target := regional.String() + "." // S3's is a wildcard, which an alias may name
	names, _ := catalog.Default().PrivateNames(e)
	for _, n := range names {
		base := strings.TrimPrefix(n, "*.") + "."
		i := slices.IndexFunc(b.inv.HostedZones, func(z zone.HostedZone) bool { return z.Name == base })
		if i < 0 {
			z := zone.HostedZone{ID: b.newID("Z"), Name: base, Private: true, RecordSets: []zone.RecordSet{}}
			for _, v := range b.inv.VPCs {
				z.VPCs = append(z.VPCs, zone.ZoneVPC{VPCID: v.ID, VPCRegion: b.region})
			}
			i = len(b.inv.HostedZones)
			b.inv.HostedZones = append(b.inv.HostedZones, z)
		}
		z := &b.inv.HostedZones[i]
		z.RecordSets = append(z.RecordSets, zone.RecordSet{
			Name: n + ".", Type: "A", AliasTarget: &zone.AliasTarget{HostedZoneID: e.DNSEntries.PublicZoneID(), DNSName: target},
		})
	}
}

func (b *builder) world() *trace.World {
	w, err := trace.New(b.inv)
	if err != nil {
		panic(fmt.Sprintf("tracetest: %v", err)) // not reached: Create made what is in it
	}
	return w
}
