package endpoint_test

import (
	"fmt"

	"github.com/privatelink-go/privatelink/endpoint"
)

// The DNS entries of the CloudWatch endpoint of the AWS page, as it lists them.
var monitoring = endpoint.DNSEntries{
	{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
	{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
	{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
	{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
	{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"},
}

func ExampleDNSEntries_Regional() {
	name, ok := monitoring.Regional()
	fmt.Println(name, ok)
	// Output: vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com true
}

func ExampleDNSEntries_Zonal() {
	name, ok := monitoring.Zonal("us-east-2b")
	fmt.Println(name, ok)
	_, ok = monitoring.Zonal("us-east-2d")
	fmt.Println(ok)
	// Output:
	// vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com true
	// false
}

func ExampleDNSEntries_Private() {
	for name := range monitoring.Private() {
		fmt.Println(name)
	}
	// Output: monitoring.us-east-2.amazonaws.com
}

func ExampleEntries() {
	type sdkEntry struct{ DnsName, HostedZoneId *string }
	list := []sdkEntry{{DnsName: new("monitoring.us-east-2.amazonaws.com"), HostedZoneId: new("Z06320943MMOWYG6MAVL9")}}
	es := endpoint.Entries(list, func(e sdkEntry) (name, zoneID *string) { return e.DnsName, e.HostedZoneId })
	fmt.Println(es)
	// Output: [{monitoring.us-east-2.amazonaws.com Z06320943MMOWYG6MAVL9}]
}

func ExampleEndpoint_Records() {
	e := endpoint.Endpoint{IPAddressType: endpoint.DualStack}
	e.DNSOptions.RecordIPType = endpoint.RecordServiceDefined
	private, public := e.Records()
	fmt.Printf("private %+v, Regional and zonal %+v\n", private, public)
	// Output: private {A:true AAAA:false}, Regional and zonal {A:true AAAA:true}
}
