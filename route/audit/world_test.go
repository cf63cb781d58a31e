package audit_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

const pageHost = "monitoring.us-east-2.amazonaws.com"

// page is the VPC of the AWS page: public, private and isolated subnets, an
// internet gateway, a NAT gateway and the CloudWatch endpoint.
func page() trace.Inventory {
	const vpc = "vpc-1"
	inv := trace.Inventory{
		VPCs: []endpoint.VPC{{ID: vpc, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true), Tags: tag("page")}},
		Subnets: []endpoint.Subnet{
			{ID: "subnet-a", VPCID: vpc, CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a", Tags: tag("public")},
			{ID: "subnet-b", VPCID: vpc, CIDRBlock: "10.0.2.0/24", AvailabilityZone: "us-east-2b", Tags: tag("private")},
			{ID: "subnet-c", VPCID: vpc, CIDRBlock: "10.0.3.0/24", AvailabilityZone: "us-east-2c", Tags: tag("isolated")},
		},
		RouteTables: []route.Table{
			{ID: "rtb-a", VPCID: vpc, Associations: []route.Association{{SubnetID: "subnet-a"}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 igw-1")},
			{ID: "rtb-b", VPCID: vpc, Associations: []route.Association{{SubnetID: "subnet-b"}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-1")},
			{ID: "rtb-c", VPCID: vpc, Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.0.0.0/16 local")},
		},
		InternetGateways: []route.InternetGateway{{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: "available", VPCID: vpc}}}},
		NATGateways:      []route.NATGateway{{ID: "nat-1", VPCID: vpc, SubnetID: "subnet-a", State: "available", NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.1.4", PublicIP: "203.0.113.4"}}}},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: vpc, ServiceName: "com.amazonaws.us-east-2.monitoring",
			State: endpoint.Available, PrivateDNSEnabled: true,
			SubnetIDs: []string{"subnet-a", "subnet-b", "subnet-c"}, NetworkInterfaceIDs: []string{"eni-a", "eni-b", "eni-c"},
			DNSEntries: endpoint.DNSEntries{
				{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: pageHost, HostedZoneID: "Z06320943MMOWYG6MAVL9"},
			},
		}},
	}
	for i, s := range inv.Subnets {
		inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{
			ID: "eni-" + string(rune('a'+i)), InterfaceType: "vpc_endpoint", VPCID: vpc, SubnetID: s.ID, AvailabilityZone: s.AvailabilityZone,
			PrivateIPAddress: "10.0." + string(rune('1'+i)) + ".10",
		})
	}
	return inv
}

func tag(name string) endpoint.Tags { return endpoint.Tags{{Key: "Name", Value: name}} }

func newWorld(t testing.TB, inv trace.Inventory) *trace.World {
	t.Helper()
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// hosts parses hosts that are right.
func hosts(words ...string) []audit.Host {
	list := make([]audit.Host, len(words))
	for i, w := range words {
		list[i] = audit.MustParseHost(w)
	}
	return list
}

func newMatrix(t testing.TB, w *trace.World, list []audit.Host) *audit.Matrix {
	t.Helper()
	vs, err := audit.Vantages(w)
	if err != nil {
		t.Fatal(err)
	}
	m, err := audit.NewMatrix(t.Context(), vs, list, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
