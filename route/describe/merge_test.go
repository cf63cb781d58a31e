package describe_test

import (
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

func TestOneIDOneObject(t *testing.T) {
	const a = `{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24","Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]}]}`
	first := []endpoint.Subnet{{ID: "subnet-1", CIDRBlock: "10.0.0.0/24", Tags: endpoint.Tags{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}}}

	t.Run("identical", func(t *testing.T) {
		check(t, read(t, "a.json", a, "b/a.json", a), trace.Inventory{Subnets: first})
	})
	t.Run("identical but for the order of lists and empty lists", func(t *testing.T) {
		const b = `{"Subnets":[{"SubnetId":"subnet-1","Ipv6CidrBlockAssociationSet":[],"Tags":[{"Value":"2","Key":"b"},{"Value":"1","Key":"a"}],"CidrBlock":"10.0.0.0/24"}]}`
		check(t, read(t, "a.json", a, "b.json", b), trace.Inventory{Subnets: first})
	})
	t.Run("different: the first file's is kept", func(t *testing.T) {
		const b = `{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.1.0/24","VpcId":"vpc-1","Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]},{"SubnetId":"subnet-2"}]}`
		check(t, read(t, "a.json", a, "b.json", b), trace.Inventory{
			Subnets: append(first[:1:1], endpoint.Subnet{ID: "subnet-2"}),
			Findings: []endpoint.Finding{{
				Code: endpoint.ConflictingObjects, Resource: "subnet-1",
				Text: "CidrBlock, VpcId: a.json and b.json disagree; the first is kept",
			}},
		})
	})
	t.Run("different in one file: the first is kept", func(t *testing.T) {
		inv := readOne(t, `{"Vpcs":[{"VpcId":"vpc-1","OwnerId":"111122223333"},{"VpcId":"vpc-1","OwnerId":"444455556666"},{"VpcId":"vpc-2"}]}`)
		check(t, inv, trace.Inventory{
			VPCs:     []endpoint.VPC{{ID: "vpc-1", OwnerID: "111122223333"}, {ID: "vpc-2"}},
			Findings: []endpoint.Finding{{Code: endpoint.ConflictingObjects, Resource: "vpc-1", Text: "OwnerId: stdin has it twice; the first is kept"}},
		})
	})
	t.Run("a service has a name for each of its types", func(t *testing.T) {
		inv := readOne(t, `{"ServiceDetails":[{"ServiceName":"com.amazonaws.us-east-2.s3","ServiceType":[{"ServiceType":"Gateway"}]},{"ServiceName":"com.amazonaws.us-east-2.s3","ServiceType":[{"ServiceType":"Interface"}]}]}`)
		if len(inv.ServiceDetails) != 2 || inv.Findings != nil {
			t.Errorf("services %v, findings %v", inv.ServiceDetails, inv.Findings)
		}
	})
}

// TestSides has objects that two accounts see, each its part of them.
func TestSides(t *testing.T) {
	inv := read(
		t, "hub/a", `{"TransitGatewayAttachments":[{"TransitGatewayAttachmentId":"tgw-attach-1","TransitGatewayId":"tgw-1","Association":{"TransitGatewayRouteTableId":"tgw-rtb-1"}}]}`,
		"a-spoke/a", `{"TransitGatewayAttachments":[{"TransitGatewayAttachmentId":"tgw-attach-1","TransitGatewayId":"tgw-1","Tags":[{"Key":"Name","Value":"spoke"}]}]}`,
		"hub/p", `{"VpcPeeringConnections":[{"VpcPeeringConnectionId":"pcx-1","Status":{"Code":"active"},"AccepterVpcInfo":{"VpcId":"vpc-1"}}]}`,
		"a-spoke/p", `{"VpcPeeringConnections":[{"VpcPeeringConnectionId":"pcx-1","Status":{"Code":"deleted"},"RequesterVpcInfo":{"VpcId":"vpc-2"}}]}`,
	)
	check(t, inv, trace.Inventory{
		TransitGatewayAttachments: []route.TransitGatewayAttachment{{
			ID: "tgw-attach-1", TransitGatewayID: "tgw-1", Tags: endpoint.Tags{{Key: "Name", Value: "spoke"}},
			Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-1"},
		}},
		VPCPeeringConnections: []route.VPCPeeringConnection{{
			ID: "pcx-1", Status: route.PeeringStatus{Code: "deleted"},
			AccepterVPCInfo: route.PeeringVPC{VPCID: "vpc-1"}, RequesterVPCInfo: route.PeeringVPC{VPCID: "vpc-2"},
		}},
		Findings: []endpoint.Finding{{Code: endpoint.ConflictingObjects, Resource: "pcx-1", Text: "Status: a-spoke/p and hub/p disagree; the first is kept"}},
	})
}

func TestAttributes(t *testing.T) {
	const vpcs = `{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16"}]}`
	const support = `{"VpcId":"vpc-1","EnableDnsSupport":{"Value":true}}`
	const hostnames = `{"VpcId":"vpc-1","EnableDnsHostnames":{"Value":false}}`
	want := trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(false)}}}
	t.Run("before the VPC", func(t *testing.T) { check(t, read(t, "a", support, "b", hostnames, "c", vpcs), want) })
	t.Run("behind the VPC", func(t *testing.T) { check(t, read(t, "a", vpcs, "b", support+hostnames+support), want) })
	t.Run("null", func(t *testing.T) {
		check(t, readOne(t, `{"VpcId":"vpc-1","EnableDnsSupport":null,"EnableDnsHostnames":{"Value":null}}`), trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1"}}})
	})
	t.Run("contradicting: the first is kept", func(t *testing.T) {
		inv := read(t, "a", support, "b", `{"VpcId":"vpc-1","EnableDnsSupport":{"Value":false}}`)
		check(t, inv, trace.Inventory{
			VPCs:     []endpoint.VPC{{ID: "vpc-1", EnableDNSSupport: new(true)}},
			Findings: []endpoint.Finding{{Code: endpoint.ConflictingObjects, Resource: "vpc-1", Text: "EnableDnsSupport: a and b disagree; the first is kept"}},
		})
	})
}

func TestPrefixLists(t *testing.T) {
	const managed = `{"PrefixLists":[{"PrefixListId":"pl-0a1","PrefixListName":"hosts","AddressFamily":"IPv4","OwnerId":"111122223333","Tags":[]}]}`
	const withCIDRs = `{"PrefixLists":[{"PrefixListId":"pl-0a1","PrefixListName":"hosts","Cidrs":["192.0.2.0/24","198.51.100.0/24"]}]}`
	full := route.PrefixList{ID: "pl-0a1", Name: "hosts", AddressFamily: "IPv4", OwnerID: "111122223333", Tags: endpoint.Tags{}, CIDRs: []string{"192.0.2.0/24", "198.51.100.0/24"}}
	t.Run("both commands", func(t *testing.T) {
		for _, names := range [][2]string{{"a", "b"}, {"b", "a"}} {
			check(t, read(t, names[0], managed, names[1], withCIDRs), trace.Inventory{PrefixLists: []route.PrefixList{full}})
		}
	})
	t.Run("pages of entries add up", func(t *testing.T) {
		inv := read(t, "m", managed, "1-pl-0a1.json", `{"Entries":[{"Cidr":"192.0.2.0/24"}],"NextToken":"x"}`, "2-pl-0a1.json", `{"Entries":[{"Cidr":"192.0.2.0/24"},{"Cidr":"198.51.100.0/24"}]}`)
		check(t, inv, trace.Inventory{PrefixLists: []route.PrefixList{full}})
	})
	t.Run("a list without entries", func(t *testing.T) {
		inv := read(t, "pl-0a1.json", `{"Entries":[]}`)
		check(t, inv, trace.Inventory{PrefixLists: []route.PrefixList{{ID: "pl-0a1", CIDRs: []string{}}}})
	})
	t.Run("entries that contradict the CIDRs", func(t *testing.T) {
		inv := read(t, "a", withCIDRs, "pl-0a1.json", `{"Entries":[{"Cidr":"192.0.2.0/24"}]}`)
		checkCodes(t, inv, endpoint.ConflictingObjects)
		if got := inv.PrefixLists[0].CIDRs; len(got) != 2 {
			t.Errorf("CIDRs %v, want those of describe-prefix-lists", got)
		}
	})
	t.Run("entries that repeat the CIDRs", func(t *testing.T) {
		checkCodes(t, read(t, "a", withCIDRs, "pl-0a1.json", `{"Entries":[{"Cidr":"198.51.100.0/24"},{"Cidr":"192.0.2.0/24"}]}`))
	})
	t.Run("contradicting lists", func(t *testing.T) {
		checkCodes(t, read(t, "a", managed, "b", strings.ReplaceAll(managed, "hosts", "guests")), endpoint.ConflictingObjects)
	})
}

func TestTransitGatewayRoutes(t *testing.T) {
	const table = `{"TransitGatewayRouteTables":[{"TransitGatewayRouteTableId":"tgw-rtb-hub","TransitGatewayId":"tgw-1"}]}`
	const static = `{"Routes":[{"DestinationCidrBlock":"10.0.0.0/8","Type":"static","State":"blackhole"}],"AdditionalRoutesAvailable":false}`
	const propagated = `{"Routes":[{"DestinationCidrBlock":"10.1.0.0/16","TransitGatewayAttachments":[],"Type":"propagated","State":"active"}],"AdditionalRoutesAvailable":true}`
	t.Run("files of one table add up", func(t *testing.T) {
		inv := read(t, "static_tgw-rtb-hub.json", static, "propagated_tgw-rtb-hub.json", propagated, "tables", table)
		check(t, inv, trace.Inventory{TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{
			ID: "tgw-rtb-hub", TransitGatewayID: "tgw-1", AdditionalRoutesAvailable: true,
			Routes: []route.TransitGatewayRoute{
				{DestinationCIDRBlock: "10.1.0.0/16", Type: "propagated", State: "active", TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{}},
				{DestinationCIDRBlock: "10.0.0.0/8", Type: "static", State: "blackhole"},
			},
		}}})
	})
	t.Run("no routes at all", func(t *testing.T) {
		inv := read(t, "tgw-rtb-0a1.json", `{"Routes":[],"AdditionalRoutesAvailable":false}`)
		check(t, inv, trace.Inventory{TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-0a1", Routes: []route.TransitGatewayRoute{}}}})
	})
	t.Run("null routes", func(t *testing.T) {
		inv := read(t, "tgw-rtb-0a1.json", `{"Routes":null,"AdditionalRoutesAvailable":null}`)
		check(t, inv, trace.Inventory{TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-0a1", Routes: []route.TransitGatewayRoute{}}}})
	})
	t.Run("no id in the name", func(t *testing.T) {
		checkCodes(t, read(t, "search-transit-gateway-routes.json", static), endpoint.FileIDMissing)
	})
	t.Run("contradicting routes", func(t *testing.T) {
		inv := read(t, "tgw-rtb-0a1.json", static, "z-tgw-rtb-0a1.json", strings.ReplaceAll(static, "blackhole", "active"))
		checkCodes(t, inv, endpoint.ConflictingObjects)
	})
}

func TestHostedZones(t *testing.T) {
	const get = `{"HostedZone":{"Id":"/hostedzone/Z0A1","Name":"example.internal.","Config":{"Comment":"c","PrivateZone":true}},"VPCs":[{"VPCRegion":"us-east-2","VPCId":"vpc-0a1"}]}`
	const list = `{"HostedZones":[{"Id":"/hostedzone/Z0A1","Name":"example.internal.","Config":{"Comment":"c","PrivateZone":true}}]}`
	const summary = `{"HostedZoneSummaries":[{"HostedZoneId":"Z0A1","Name":"example.internal.","Owner":{"OwningAccount":"111122223333"}}]}`
	const records = `{"ResourceRecordSets":[{"Name":"Example.Internal.","Type":"SOA","TTL":900,"ResourceRecords":[{"Value":"soa"}]}]}`
	want := zone.HostedZone{ID: "Z0A1", Name: "example.internal.", Private: true, Comment: "c", VPCs: []zone.ZoneVPC{{VPCID: "vpc-0a1", VPCRegion: "us-east-2"}}}
	soa := zone.RecordSet{Name: "Example.Internal.", Type: "SOA", TTL: 900, ResourceRecords: []zone.ResourceRecord{{Value: "soa"}}}

	t.Run("three commands, any order", func(t *testing.T) {
		for _, names := range [][3]string{{"a", "b", "c-vpc-0a1"}, {"c", "b", "a-vpc-0a1"}, {"b", "c", "a-vpc-0a1"}} {
			check(t, read(t, names[0], get, names[1], list, names[2], summary), trace.Inventory{HostedZones: []zone.HostedZone{want}})
		}
	})
	t.Run("summaries of two VPCs", func(t *testing.T) {
		inv := read(t, "vpc-0a1.json", summary, "vpc-0b2.json", summary)
		check(t, inv, trace.Inventory{HostedZones: []zone.HostedZone{{
			ID: "Z0A1", Name: "example.internal.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-0a1"}, {VPCID: "vpc-0b2"}},
		}}})
	})
	t.Run("summaries of a VPC whose id only the input tells", func(t *testing.T) {
		inv := read(t, "zones-of-vpc-hub.json", summary, "vpcs", `{"Vpcs":[{"VpcId":"vpc-spoke"},{"VpcId":"vpc-hub"}]}`)
		if z := inv.HostedZones[0]; len(z.VPCs) != 1 || z.VPCs[0].VPCID != "vpc-hub" || inv.Findings != nil {
			t.Errorf("zone %+v, findings %v", z, inv.Findings)
		}
	})
	t.Run("null record sets", func(t *testing.T) {
		inv := read(t, "a", get, "Z0A1.json", `{"ResourceRecordSets":null}`)
		if z := inv.HostedZones[0]; z.RecordSets == nil || len(z.RecordSets) != 0 {
			t.Errorf("record sets %#v, want none, but not nil", z.RecordSets)
		}
	})
	t.Run("summaries of no VPC", func(t *testing.T) {
		inv := read(t, "list-hosted-zones-by-vpc.json", summary)
		checkCodes(t, inv, endpoint.FileIDMissing)
		if len(inv.HostedZones) != 1 || inv.HostedZones[0].VPCs != nil {
			t.Errorf("zones %+v, want the zone without VPC", inv.HostedZones)
		}
	})
	t.Run("record sets by the file's name", func(t *testing.T) {
		z := want
		z.RecordSets = []zone.RecordSet{soa}
		check(t, read(t, "a", get, "list-resource-record-sets_Z0A1.json", records), trace.Inventory{HostedZones: []zone.HostedZone{z}})
	})
	t.Run("record sets by the SOA's name", func(t *testing.T) {
		z := want
		z.RecordSets = []zone.RecordSet{soa}
		check(t, read(t, "records.json", records, "z", get), trace.Inventory{HostedZones: []zone.HostedZone{z}})
	})
	t.Run("record sets of two zones with one name", func(t *testing.T) {
		inv := read(t, "a", get, "b", strings.ReplaceAll(get, "Z0A1", "Z0B2"), "records.json", records)
		checkCodes(t, inv, endpoint.FileIDMissing)
	})
	t.Run("record sets of an unknown zone", func(t *testing.T) {
		checkCodes(t, read(t, "records.json", records), endpoint.FileIDMissing)
		checkCodes(t, read(t, "records.json", `{"ResourceRecordSets":[]}`), endpoint.FileIDMissing)
	})
	t.Run("record sets of a zone that is not described", func(t *testing.T) {
		inv := read(t, "Z0A1.json", records)
		checkCodes(t, inv, endpoint.UnknownResource)
		check(t, trace.Inventory{HostedZones: inv.HostedZones}, trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z0A1", Name: "Example.Internal.", RecordSets: []zone.RecordSet{soa}}}})
	})
	t.Run("pages of record sets add up", func(t *testing.T) {
		inv := read(t, "a", get, "1-Z0A1.json", records, "2-Z0A1.json", `{"ResourceRecordSets":[{"Name":"a.example.internal.","Type":"A"}],"IsTruncated":false}`)
		if n := len(inv.HostedZones[0].RecordSets); n != 2 || inv.Findings != nil {
			t.Errorf("%d record sets, findings %v", n, inv.Findings)
		}
	})
	t.Run("contradictions", func(t *testing.T) {
		checkCodes(t, read(t, "a", get, "b", strings.ReplaceAll(list, "true", "false")), endpoint.ConflictingObjects)
		checkCodes(t, read(t, "a", get, "b", strings.ReplaceAll(list, "internal", "intern")), endpoint.ConflictingObjects)
		checkCodes(t, read(t, "a", get, "b", strings.ReplaceAll(get, "us-east-2", "us-east-1")), endpoint.ConflictingObjects)
		checkCodes(t, read(t, "a", get, "1-Z0A1.json", records, "2-Z0A1.json", strings.ReplaceAll(records, "900", "60")), endpoint.ConflictingObjects)
	})
}

func TestBareDNSEntries(t *testing.T) {
	const second = "vpce-0123456789abcdef0-abcdefgh.sqs.us-east-2.vpce.amazonaws.com"
	const private = "sqs.us-east-2.amazonaws.com"
	list := func(names ...string) string { return `[{"DnsName":"` + strings.Join(names, `"},{"DnsName":"`) + `"}]` }
	t.Run("1 the names tell the endpoint", func(t *testing.T) {
		inv := readOne(t, list(seedRegional, second, strings.Replace(second, "-abcdefgh", "-abcdefgh-us-east-2a", 1)))
		checkCodes(t, inv)
		if len(inv.Endpoints) != 2 || len(inv.Endpoints[1].DNSEntries) != 2 {
			t.Errorf("endpoints %+v", inv.Endpoints)
		}
	})
	t.Run("2 other names are its private names", func(t *testing.T) {
		inv := readOne(t, list(second, private, "*."+private))
		if e := inv.Endpoints[0]; len(e.DNSEntries) != 3 || !e.PrivateDNSEnabled || e.ServiceName != "" {
			t.Errorf("endpoint %+v", e)
		}
	})
	t.Run("3 a private name of several endpoints, or of none, is a Finding", func(t *testing.T) {
		checkCodes(t, readOne(t, list(seedRegional, second, private)), endpoint.DNSEntryUnparsed)
		checkCodes(t, readOne(t, list(private)), endpoint.DNSEntryUnparsed)
	})
	t.Run("entries of an endpoint that is described", func(t *testing.T) {
		full := `{"VpcEndpoint":{"VpcEndpointId":"vpce-0123456789abcdef0","VpcId":"vpc-1","DnsEntries":` + list(private, second) + `}}`
		checkCodes(t, readOne(t, full+list(second, private)))
		checkCodes(t, readOne(t, full+list(second)), endpoint.ConflictingObjects)
	})
}
