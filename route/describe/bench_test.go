//go:build unix

package describe_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
)

// bare is what a program without this package decodes into.
type bare struct {
	Vpcs              []endpoint.VPC
	Subnets           []endpoint.Subnet
	NetworkInterfaces []endpoint.NetworkInterface
	VpcEndpoints      []endpoint.Endpoint
	RouteTables       []route.Table
	SecurityGroups    []route.SecurityGroup
}

// BenchmarkRead compares Read with the bare decode of the same files into the
// same types: process CPU time, interleaved, minimum of all rounds. The bar of
// the specification is x-bare <= 1.3.
func BenchmarkRead(b *testing.B) {
	fsys := account(400)
	var size int64
	for _, f := range fsys {
		size += int64(len(f.Data))
	}
	b.SetBytes(size)
	var read, decode time.Duration
	for b.Loop() {
		read = shorter(read, cpu(func() {
			if _, err := describe.Read(fsys); err != nil {
				b.Fatal(err)
			}
		}))
		decode = shorter(decode, cpu(func() {
			for name := range fsys {
				data, err := fsys.ReadFile(name)
				if err != nil {
					b.Fatal(err)
				}
				var into bare
				if err := json.Unmarshal(data, &into); err != nil {
					b.Fatal(err)
				}
			}
		}))
	}
	b.ReportMetric(float64(read)/float64(decode), "x-bare")
	b.ReportMetric(float64(size)/read.Seconds()/1e6, "cpu-MB/s")
}

func shorter(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// cpu returns the CPU time this process spends in f.
func cpu(f func()) time.Duration {
	var before, after syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
		panic(err)
	}
	f()
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
		panic(err)
	}
	spent := func(r syscall.Rusage) int64 { return r.Utime.Nano() + r.Stime.Nano() }
	return time.Duration(spent(after) - spent(before))
}

// account makes the output of six commands for n VPCs, with what the CLI
// prints beside the fields that are read.
func account(n int) fstest.MapFS {
	const (
		vpc = `{"CidrBlock": "10.%[1]d.0.0/16", "DhcpOptionsId": "dopt-0a1b2c3d4e5f60718", "State": "available", "VpcId": "vpc-%017[1]x", "OwnerId": "111122223333", "InstanceTenancy": "default",
            "CidrBlockAssociationSet": [{"AssociationId": "vpc-cidr-assoc-0a1b2c3d4e5f60718", "CidrBlock": "10.%[1]d.0.0/16", "CidrBlockState": {"State": "associated"}}], "IsDefault": false,
            "Tags": [{"Key": "Name", "Value": "vpc %[1]d"}]}`
		subnet = `{"AvailabilityZone": "us-east-2a", "AvailabilityZoneId": "use2-az1", "AvailableIpAddressCount": 251, "CidrBlock": "10.%[1]d.1.0/24", "DefaultForAz": false, "MapPublicIpOnLaunch": false,
            "State": "available", "SubnetId": "subnet-%017[1]x", "VpcId": "vpc-%017[1]x", "OwnerId": "111122223333", "AssignIpv6AddressOnCreation": false, "Ipv6CidrBlockAssociationSet": [],
            "Tags": [{"Key": "Name", "Value": "subnet %[1]d"}], "SubnetArn": "arn:aws:ec2:us-east-2:111122223333:subnet/subnet-%017[1]x", "EnableDns64": false, "Ipv6Native": false,
            "PrivateDnsNameOptionsOnLaunch": {"HostnameType": "ip-name", "EnableResourceNameDnsARecord": false, "EnableResourceNameDnsAAAARecord": false}}`
		eni = `{"Attachment": {"AttachTime": "2026-01-02T03:04:05+00:00", "AttachmentId": "ela-attach-0a1b2c3d4e5f60718", "DeleteOnTermination": false, "DeviceIndex": 1, "InstanceOwnerId": "amazon-aws", "Status": "attached"},
            "AvailabilityZone": "us-east-2a", "Description": "VPC Endpoint Interface vpce-%017[1]x", "Groups": [{"GroupName": "endpoints", "GroupId": "sg-%017[1]x"}], "InterfaceType": "vpc_endpoint", "Ipv6Addresses": [],
            "MacAddress": "02:00:00:00:00:01", "NetworkInterfaceId": "eni-%017[1]x", "OwnerId": "111122223333", "PrivateIpAddress": "10.%[1]d.1.10",
            "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.%[1]d.1.10"}], "RequesterId": "727180483921", "RequesterManaged": true, "SourceDestCheck": true, "Status": "in-use",
            "SubnetId": "subnet-%017[1]x", "TagSet": [], "VpcId": "vpc-%017[1]x"}`
		vpce = `{"VpcEndpointId": "vpce-%017[1]x", "VpcEndpointType": "Interface", "VpcId": "vpc-%017[1]x", "ServiceName": "com.amazonaws.us-east-2.monitoring", "State": "available",
            "PolicyDocument": "{\n  \"Statement\": [\n    {\n      \"Action\": \"*\", \n      \"Effect\": \"Allow\", \n      \"Principal\": \"*\", \n      \"Resource\": \"*\"\n    }\n  ]\n}",
            "RouteTableIds": [], "SubnetIds": ["subnet-%017[1]x"], "Groups": [{"GroupId": "sg-%017[1]x", "GroupName": "endpoints"}], "IpAddressType": "ipv4", "DnsOptions": {"DnsRecordIpType": "ipv4"},
            "PrivateDnsEnabled": true, "RequesterManaged": false, "NetworkInterfaceIds": ["eni-%017[1]x"],
            "DnsEntries": [{"DnsName": "vpce-%017[1]x-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", "HostedZoneId": "ZC8PG0KIFKBRI"},
                {"DnsName": "vpce-%017[1]x-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", "HostedZoneId": "ZC8PG0KIFKBRI"},
                {"DnsName": "monitoring.us-east-2.amazonaws.com", "HostedZoneId": "Z06320943MMOWYG6MAVL9"}],
            "CreationTimestamp": "2026-01-02T03:04:05.678000+00:00", "Tags": [], "OwnerId": "111122223333"}`
		table = `{"Associations": [{"Main": false, "RouteTableAssociationId": "rtbassoc-0a1b2c3d4e5f60718", "RouteTableId": "rtb-%017[1]x", "SubnetId": "subnet-%017[1]x", "AssociationState": {"State": "associated"}}],
            "PropagatingVgws": [], "RouteTableId": "rtb-%017[1]x", "Routes": [{"DestinationCidrBlock": "10.%[1]d.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"},
                {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-%017[1]x", "Origin": "CreateRoute", "State": "active"},
                {"DestinationPrefixListId": "pl-7ba54012", "GatewayId": "vpce-%017[1]x", "Origin": "CreateRoute", "State": "active"}],
            "Tags": [{"Key": "Name", "Value": "private %[1]d"}], "VpcId": "vpc-%017[1]x", "OwnerId": "111122223333"}`
		group = `{"Description": "endpoints", "GroupName": "endpoints", "IpPermissions": [{"FromPort": 443, "IpProtocol": "tcp", "IpRanges": [{"CidrIp": "10.%[1]d.0.0/16", "Description": "the VPC"}], "Ipv6Ranges": [], "PrefixListIds": [], "ToPort": 443, "UserIdGroupPairs": []}],
            "OwnerId": "111122223333", "GroupId": "sg-%017[1]x", "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}], "VpcId": "vpc-%017[1]x"}`
	)
	fsys := fstest.MapFS{}
	for _, c := range []struct {
		key, object string
		each        int
	}{{"Vpcs", vpc, 1}, {"Subnets", subnet, 6}, {"NetworkInterfaces", eni, 12}, {"VpcEndpoints", vpce, 4}, {"RouteTables", table, 3}, {"SecurityGroups", group, 2}} {
		objects := make([]string, n*c.each)
		for i := range objects {
			objects[i] = fmt.Sprintf(c.object, i)
		}
		// The CLI puts every member on a line of its own, 4 spaces a level.
		var text bytes.Buffer
		if err := json.Indent(&text, []byte(`{"`+c.key+`": [`+strings.Join(objects, ",")+`]}`), "", "    "); err != nil {
			panic(err)
		}
		fsys["us-east-2/"+c.key+".json"] = &fstest.MapFile{Data: text.Bytes()}
	}
	return fsys
}
