package describe_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

// The AWS page's endpoint, as two commands print it. Programs read a
// directory by os.DirFS("world").
var page = fstest.MapFS{
	"111122223333/us-east-2/endpoints.json": {Data: []byte(`{"VpcEndpoints": [{
	    "VpcEndpointId": "vpce-099deb00b40f00e22", "VpcEndpointType": "Interface", "VpcId": "vpc-0a1b2c3d4e5f60718",
	    "ServiceName": "com.amazonaws.us-east-2.monitoring", "State": "available", "PrivateDnsEnabled": true,
	    "DnsEntries": [
	        {"DnsName": "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", "HostedZoneId": "ZC8PG0KIFKBRI"},
	        {"DnsName": "monitoring.us-east-2.amazonaws.com", "HostedZoneId": "Z06320943MMOWYG6MAVL9"}
	    ]}]}`)},
	"111122223333/us-east-2/vpc-attribute.json": {Data: []byte(`{"VpcId": "vpc-0a1b2c3d4e5f60718", "EnableDnsSupport": {"Value": true}}`)},
}

func ExampleRead() {
	inv, err := describe.Read(page)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range inv.Endpoints {
		n, _ := e.DNSEntries.Regional()
		fmt.Println(e.ID, e.ServiceName, n.Suffix())
	}
	fmt.Println(inv.VPCs[0].ID, *inv.VPCs[0].EnableDNSSupport)
	// Output:
	// vpce-099deb00b40f00e22 com.amazonaws.us-east-2.monitoring lj2wisx3
	// vpc-0a1b2c3d4e5f60718 true
}

func ExampleRead_errors() {
	_, err := describe.Read(fstest.MapFS{
		"subnets.json": {Data: []byte("{\"Subnets\": [\n  {\"SubnetId\": \"subnet-1\", \"CidrBlock\": 10}]}")},
		"vpcs.json":    {Data: []byte(`{"Vpcs": [{"VpcId": "vpc-1"}`)},
	})
	fmt.Println(err)
	// Output:
	// subnets.json:2:41: Subnets[0].CidrBlock: want a string, found a number
	// vpcs.json:1:29: Vpcs[0]: broken JSON: unexpected EOF
}

// What aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[*].DnsEntries'
// prints is enough for an endpoint's names.
func ExampleReadFrom() {
	const query = `[[
	    {"DnsName": "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"},
	    {"DnsName": "monitoring.us-east-2.amazonaws.com"}
	]]`
	inv, err := describe.ReadFrom("stdin", strings.NewReader(query))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range inv.Endpoints {
		fmt.Println(e.ID, "private DNS", e.PrivateDNSEnabled)
	}
	// Output:
	// vpce-099deb00b40f00e22 private DNS true
}

func ExampleLoad() {
	w, err := describe.Load(page)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(w.Inventory().Endpoints), "endpoint")
	// Output:
	// 1 endpoint
}

func ExampleWrite() {
	files, err := describe.Write(trace.Inventory{
		Subnets: []endpoint.Subnet{{ID: "subnet-0a1b2c3d4e5f60718", CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		fmt.Printf("%s:\n%s", f.Name, f.Data)
	}
	// Output:
	// describe-subnets.json:
	// {
	//     "Subnets": [
	//         {
	//             "SubnetId": "subnet-0a1b2c3d4e5f60718",
	//             "CidrBlock": "10.0.1.0/24",
	//             "AvailabilityZone": "us-east-2a"
	//         }
	//     ]
	// }
}
