package privatelink_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

const cloudwatch = "monitoring.us-east-2.amazonaws.com."

// network has the VPCs "with", which has the CloudWatch endpoint at address and
// a hosted zone, and "without", whose subnets' addresses are in the loopback
// range, so that a test's client can have one; and a third VPC, "silent", whose
// DNS support is off and one of whose CIDRs "twin" has too.
func network(address string) trace.Inventory {
	var many []zone.ResourceRecord
	for i := range 200 {
		many = append(many, zone.ResourceRecord{Value: fmt.Sprintf("127.1.0.%d", i)})
	}
	vpc := func(id, cidr string, dns bool) endpoint.VPC {
		return endpoint.VPC{ID: id, CIDRBlock: cidr, EnableDNSSupport: new(dns), EnableDNSHostnames: new(dns)}
	}
	subnet := func(id, vpc, cidr string) endpoint.Subnet {
		return endpoint.Subnet{ID: id, VPCID: vpc, CIDRBlock: cidr, AvailabilityZone: "us-east-2a", AvailabilityZoneID: "use2-az1"}
	}
	return trace.Inventory{
		VPCs: []endpoint.VPC{
			vpc("vpc-with", "127.1.0.0/16", true), vpc("vpc-without", "127.2.0.0/16", true),
			vpc("vpc-silent", "10.3.0.0/16", false), vpc("vpc-twin", "10.3.0.0/16", true),
		},
		Subnets: []endpoint.Subnet{
			subnet("subnet-with", "vpc-with", "127.1.0.0/24"), subnet("subnet-without", "vpc-without", "127.2.0.0/24"),
			subnet("subnet-silent", "vpc-silent", "10.3.0.0/20"), subnet("subnet-silent2", "vpc-silent", "10.3.16.0/24"),
			subnet("subnet-twin", "vpc-twin", "10.3.0.0/24"),
		},
		NetworkInterfaces: []endpoint.NetworkInterface{{
			ID: "eni-0a1b2c3d4e5f60001", InterfaceType: "vpc_endpoint", VPCID: "vpc-with", SubnetID: "subnet-with",
			AvailabilityZone: "us-east-2a", Status: "in-use", PrivateIPAddress: address,
		}},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: "vpc-with", ServiceName: "com.amazonaws.us-east-2.monitoring",
			State: endpoint.Available, SubnetIDs: []string{"subnet-with"}, NetworkInterfaceIDs: []string{"eni-0a1b2c3d4e5f60001"},
			PrivateDNSEnabled: true,
			DNSEntries: endpoint.DNSEntries{
				{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"},
			},
		}},
		RouteTables: []route.Table{{
			ID: "rtb-with", VPCID: "vpc-with", Associations: []route.Association{{Main: true}},
			Routes: route.MustParseRoutes("127.1.0.0/16 local"),
		}},
		HostedZones: []zone.HostedZone{{
			ID: "Z0123456789ABCDEFGHIJ", Name: "corp.example.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-with", VPCRegion: "us-east-2"}},
			RecordSets: []zone.RecordSet{
				{Name: "corp.example.", Type: "SOA", TTL: 900, ResourceRecords: []zone.ResourceRecord{{Value: "ns-0.example. hostmaster.example. 1 7200 900 1209600 86400"}}},
				{Name: "big.corp.example.", Type: "A", TTL: 60, ResourceRecords: many},
				{Name: "www.corp.example.", Type: "CNAME", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: "www.public.example."}}},
			},
		}},
	}
}

// write fills a directory with a network, as the AWS CLI would. It appears at
// once, as a directory that is filled elsewhere and then renamed does.
func write(t *testing.T, dir string, inv trace.Inventory) {
	t.Helper()
	files, err := describe.Write(inv)
	if err != nil {
		t.Fatal(err)
	}
	next := t.TempDir()
	for _, f := range files {
		path := filepath.Join(next, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "world")
	if err := os.Symlink(next, link); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(link, dir); err != nil {
		t.Fatal(err)
	}
}
