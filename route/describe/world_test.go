package describe_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// dir makes a directory of "name", "content" pairs.
func dir(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// read reads a directory without error.
func read(t *testing.T, pairs ...string) trace.Inventory {
	t.Helper()
	inv, err := describe.Read(dir(pairs...))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return inv
}

// readOne reads one document without error.
func readOne(t *testing.T, json string) trace.Inventory {
	t.Helper()
	inv, err := describe.ReadFrom("stdin", strings.NewReader(json))
	if err != nil {
		t.Fatalf("ReadFrom: %v", err)
	}
	return inv
}

// check compares two inventories, Findings included.
func check(t *testing.T, got, want trace.Inventory) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inventory (-want +got):\n%s", diff)
	}
}

// checkCodes compares the codes of an inventory's Findings.
func checkCodes(t *testing.T, inv trace.Inventory, want ...endpoint.Code) {
	t.Helper()
	var got []endpoint.Code
	for _, f := range inv.Findings {
		got = append(got, f.Code)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("codes of findings (-want +got):\n%s\n%v", diff, inv.Findings)
	}
}

// TestKeys reads one small output of every command of the package's table.
func TestKeys(t *testing.T) {
	name := endpoint.Tags{{Key: "Name", Value: "made up"}}
	tests := []struct {
		name, file, json string
		want             trace.Inventory
	}{
		{
			"Vpcs", "a.json",
			`{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16","IsDefault":false,"OwnerId":"111122223333","Tags":[{"Key":"Name","Value":"made up"}]}]}`,
			trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16", OwnerID: "111122223333", Tags: name}}},
		},
		{
			"Subnets", "a.json", `{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","AvailabilityZone":"us-east-2a","AvailabilityZoneId":"use2-az1"}]}`,
			trace.Inventory{Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1", AvailabilityZone: "us-east-2a", AvailabilityZoneID: "use2-az1"}}},
		},
		{
			"RouteTables", "a.json", `{"RouteTables":[{"RouteTableId":"rtb-1","Routes":[{"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local","State":"active"}]}]}`,
			trace.Inventory{RouteTables: []route.Table{{ID: "rtb-1", Routes: []route.Route{{DestinationCIDRBlock: "10.0.0.0/16", GatewayID: "local", State: "active"}}}}},
		},
		{
			"InternetGateways", "a.json", `{"InternetGateways":[{"InternetGatewayId":"igw-1","Attachments":[{"State":"available","VpcId":"vpc-1"}]}]}`,
			trace.Inventory{InternetGateways: []route.InternetGateway{{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: "available", VPCID: "vpc-1"}}}}},
		},
		{
			"EgressOnlyInternetGateways", "a.json", `{"EgressOnlyInternetGateways":[{"EgressOnlyInternetGatewayId":"eigw-1"}]}`,
			trace.Inventory{EgressOnlyInternetGateways: []route.EgressOnlyInternetGateway{{ID: "eigw-1"}}},
		},
		{
			"NatGateways", "a.json", `{"NatGateways":[{"NatGatewayId":"nat-1","SubnetId":"subnet-1"}]}`,
			trace.Inventory{NATGateways: []route.NATGateway{{ID: "nat-1", SubnetID: "subnet-1"}}},
		},
		{
			"NetworkInterfaces", "a.json", `{"NetworkInterfaces":[{"NetworkInterfaceId":"eni-1","TagSet":[{"Key":"Name","Value":"made up"}]}]}`,
			trace.Inventory{NetworkInterfaces: []endpoint.NetworkInterface{{ID: "eni-1", Tags: name}}},
		},
		{
			"VpcEndpoints", "a.json", `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","PrivateDnsEnabled":true}]}`,
			trace.Inventory{Endpoints: []endpoint.Endpoint{{ID: "vpce-1", PrivateDNSEnabled: true}}},
		},
		{
			"SecurityGroups", "a.json", `{"SecurityGroups":[{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}]}`,
			trace.Inventory{SecurityGroups: []route.SecurityGroup{{ID: "sg-1", IPPermissions: []route.IPPermission{
				{IPProtocol: "tcp", FromPort: new(443), ToPort: new(443), IPRanges: []route.IPRange{{CIDRIP: "10.0.0.0/8"}}},
			}}}},
		},
		{
			"NetworkAcls", "a.json", `{"NetworkAcls":[{"NetworkAclId":"acl-1","Entries":[{"RuleNumber":100,"Egress":true,"RuleAction":"allow","Protocol":"6","PortRange":{"From":443,"To":443},"CidrBlock":"0.0.0.0/0"}]}]}`,
			trace.Inventory{NetworkACLs: []route.NetworkACL{{ID: "acl-1", Entries: []route.NetworkACLEntry{
				{RuleNumber: 100, Egress: true, RuleAction: "allow", Protocol: "6", PortRange: &route.PortRange{From: 443, To: 443}, CIDRBlock: "0.0.0.0/0"},
			}}}},
		},
		{
			"VpcPeeringConnections", "a.json", `{"VpcPeeringConnections":[{"VpcPeeringConnectionId":"pcx-1","Status":{"Code":"active","Message":"Active"}}]}`,
			trace.Inventory{VPCPeeringConnections: []route.VPCPeeringConnection{{ID: "pcx-1", Status: route.PeeringStatus{Code: "active"}}}},
		},
		{
			"TransitGatewayAttachments", "a.json", `{"TransitGatewayAttachments":[{"TransitGatewayAttachmentId":"tgw-attach-1","ResourceType":"vpc","Association":{"TransitGatewayRouteTableId":"tgw-rtb-1"}}]}`,
			trace.Inventory{TransitGatewayAttachments: []route.TransitGatewayAttachment{
				{ID: "tgw-attach-1", ResourceType: "vpc", Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-1"}},
			}},
		},
		{
			"TransitGatewayVpcAttachments", "a.json", `{"TransitGatewayVpcAttachments":[{"TransitGatewayAttachmentId":"tgw-attach-1","SubnetIds":["subnet-1"]}]}`,
			trace.Inventory{TransitGatewayVPCAttachments: []route.TransitGatewayVPCAttachment{{ID: "tgw-attach-1", SubnetIDs: []string{"subnet-1"}}}},
		},
		{
			"TransitGatewayRouteTables", "a.json", `{"TransitGatewayRouteTables":[{"TransitGatewayRouteTableId":"tgw-rtb-1","TransitGatewayId":"tgw-1"}]}`,
			trace.Inventory{TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-1", TransitGatewayID: "tgw-1"}}},
		},
		{
			"Routes with TransitGatewayAttachments", "search-tgw-rtb-0a1.json",
			`{"Routes":[{"DestinationCidrBlock":"10.0.0.0/8","TransitGatewayAttachments":[{"TransitGatewayAttachmentId":"tgw-attach-1"}],"Type":"static","State":"active"}],"AdditionalRoutesAvailable":true}`,
			trace.Inventory{TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-0a1", AdditionalRoutesAvailable: true, Routes: []route.TransitGatewayRoute{
				{DestinationCIDRBlock: "10.0.0.0/8", Type: "static", State: "active", TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: "tgw-attach-1"}}},
			}}}},
		},
		{
			"EnableDnsSupport", "a.json", `{"VpcId":"vpc-1","EnableDnsSupport":{"Value":true}}`,
			trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1", EnableDNSSupport: new(true)}}},
		},
		{
			"EnableDnsHostnames", "a.json", `{"EnableDnsHostnames":{"Value":false},"VpcId":"vpc-1"}`,
			trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1", EnableDNSHostnames: new(false)}}},
		},
		{
			"PrefixLists with Cidrs", "a.json", `{"PrefixLists":[{"PrefixListId":"pl-1","PrefixListName":"com.amazonaws.us-east-2.s3","Cidrs":["192.0.2.0/24"]}]}`,
			trace.Inventory{PrefixLists: []route.PrefixList{{ID: "pl-1", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"192.0.2.0/24"}}}},
		},
		{
			"PrefixLists without Cidrs", "a.json", `{"PrefixLists":[{"PrefixListId":"pl-1","AddressFamily":"IPv4","State":"create-complete"}]}`,
			trace.Inventory{PrefixLists: []route.PrefixList{{ID: "pl-1", AddressFamily: "IPv4"}}},
		},
		{
			"Entries", "get-managed-prefix-list-entries_pl-0a1.json", `{"Entries":[{"Cidr":"192.0.2.0/24","Description":"hosts"},{"Cidr":"198.51.100.0/24"}]}`,
			trace.Inventory{PrefixLists: []route.PrefixList{{ID: "pl-0a1", CIDRs: []string{"192.0.2.0/24", "198.51.100.0/24"}}}},
		},
		{
			"ServiceDetails", "a.json", `{"ServiceNames":["com.amazonaws.us-east-2.sqs"],"ServiceDetails":[{"ServiceName":"com.amazonaws.us-east-2.sqs","ServiceType":[{"ServiceType":"Interface"}],"PrivateDnsName":"sqs.us-east-2.amazonaws.com"}]}`,
			trace.Inventory{ServiceDetails: []endpoint.ServiceDetail{{
				ServiceName: "com.amazonaws.us-east-2.sqs", ServiceType: []endpoint.ServiceType{{ServiceType: endpoint.Interface}}, PrivateDNSName: "sqs.us-east-2.amazonaws.com",
			}}},
		},
		{
			"HostedZone with VPCs", "a.json",
			`{"HostedZone":{"Id":"/hostedzone/Z0A1","Name":"example.internal.","CallerReference":"x","Config":{"Comment":"c","PrivateZone":true},"ResourceRecordSetCount":2},"VPCs":[{"VPCRegion":"us-east-2","VPCId":"vpc-1"}]}`,
			trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z0A1", Name: "example.internal.", Private: true, Comment: "c", VPCs: []zone.ZoneVPC{{VPCID: "vpc-1", VPCRegion: "us-east-2"}}}}},
		},
		{
			"HostedZone of create-hosted-zone", "a.json",
			`{"Location":"https://route53.amazonaws.com/2013-04-01/hostedzone/Z0A1","HostedZone":{"Id":"/hostedzone/Z0A1","Name":"example.internal.","Config":{"PrivateZone":true}},"VPC":{"VPCRegion":"us-east-2","VPCId":"vpc-1"}}`,
			trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z0A1", Name: "example.internal.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1", VPCRegion: "us-east-2"}}}}},
		},
		{
			"HostedZones", "a.json",
			`{"HostedZones":[{"Id":"/hostedzone/Z0A1","Name":"example.com.","Config":{"PrivateZone":false},"LinkedService":{"ServicePrincipal":"servicediscovery.amazonaws.com"}}],"IsTruncated":false,"HostedZoneId":"Z0A1","MaxItems":"100"}`,
			trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z0A1", Name: "example.com.", OwningService: "servicediscovery.amazonaws.com"}}},
		},
		{
			"HostedZoneSummaries", "list-hosted-zones-by-vpc-vpc-0a1.json",
			`{"HostedZoneSummaries":[{"HostedZoneId":"Z0A1","Name":"example.internal.","Owner":{"OwningService":"efs.amazonaws.com"}}],"MaxItems":"100"}`,
			trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z0A1", Name: "example.internal.", Private: true, OwningService: "efs.amazonaws.com", VPCs: []zone.ZoneVPC{{VPCID: "vpc-0a1"}}}}},
		},
		{
			"ResourceRecordSets", "records-Z0A1.json",
			`{"HostedZones":[{"Id":"/hostedzone/Z0A1","Name":"example.internal."}]}
			 {"ResourceRecordSets":[{"Name":"example.internal.","Type":"SOA","TTL":900,"ResourceRecords":[{"Value":"ns-1.example. host.example. 1 7200 900 1209600 86400"}]},
			  {"Name":"\\052.example.internal.","Type":"A","AliasTarget":{"HostedZoneId":"Z0B2","DNSName":"lb.example.com.","EvaluateTargetHealth":false}}]}`,
			trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z0A1", Name: "example.internal.", RecordSets: []zone.RecordSet{
				{Name: "example.internal.", Type: "SOA", TTL: 900, ResourceRecords: []zone.ResourceRecord{{Value: "ns-1.example. host.example. 1 7200 900 1209600 86400"}}},
				{Name: `\052.example.internal.`, Type: "A", AliasTarget: &zone.AliasTarget{HostedZoneID: "Z0B2", DNSName: "lb.example.com."}},
			}}}},
		},
		{
			"ResolverRules", "a.json", `{"ResolverRules":[{"Id":"rslvr-rr-1","DomainName":"corp.example.","RuleType":"FORWARD","TargetIps":[{"Ip":"192.0.2.53","Port":53}]}]}`,
			trace.Inventory{ResolverRules: []zone.ResolverRule{{ID: "rslvr-rr-1", DomainName: "corp.example.", RuleType: "FORWARD", TargetIPs: []zone.TargetAddress{{IP: "192.0.2.53", Port: 53}}}}},
		},
		{
			"ResolverRuleAssociations", "a.json", `{"ResolverRuleAssociations":[{"Id":"rslvr-rrassoc-1","ResolverRuleId":"rslvr-rr-1","VPCId":"vpc-1","Status":"COMPLETE"}]}`,
			trace.Inventory{ResolverRuleAssociations: []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-1", ResolverRuleID: "rslvr-rr-1", VPCID: "vpc-1", Status: "COMPLETE"}}},
		},
		{
			"ResolverEndpoints", "a.json", `{"ResolverEndpoints":[{"Id":"rslvr-in-1","Direction":"INBOUND","HostVPCId":"vpc-1"}]}`,
			trace.Inventory{ResolverEndpoints: []zone.ResolverEndpoint{{ID: "rslvr-in-1", Direction: "INBOUND", HostVPCID: "vpc-1"}}},
		},
		{
			"ProfileAssociations", "a.json", `{"ProfileAssociations":[{"Id":"rpassoc-1","ProfileId":"rp-1","ResourceId":"vpc-1","Priority":100}]}`,
			trace.Inventory{ProfileAssociations: []zone.ProfileAssociation{{ID: "rpassoc-1", ProfileID: "rp-1", ResourceID: "vpc-1", Priority: 100}}},
		},
		{
			"ProfileResourceAssociations", "a.json", `{"ProfileResourceAssociations":[{"Id":"rpr-1","ProfileId":"rp-1","ResourceArn":"arn:aws:route53:::hostedzone/Z0A1"}]}`,
			trace.Inventory{ProfileResourceAssociations: []zone.ProfileResourceAssociation{{ID: "rpr-1", ProfileID: "rp-1", ResourceARN: "arn:aws:route53:::hostedzone/Z0A1"}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { check(t, read(t, tt.file, tt.json), tt.want) })
	}
}
