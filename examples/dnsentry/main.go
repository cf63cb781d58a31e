// Command dnsentry picks the right one of an endpoint's DnsEntries: by what it
// is, not by its position, which means nothing.
package main

import (
	"fmt"

	"github.com/privatelink-go/privatelink/endpoint"
)

// entry has the shape of an SDK's DnsEntry: pointers, and AWS's names.
type entry struct{ DNSName, HostedZoneID *string }

func main() {
	// As some calls print it: the private name first, the zonal names in no order.
	described := []entry{
		{new("monitoring.us-east-2.amazonaws.com"), new("Z06320943MMOWYG6MAVL9")},
		{new("vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com"), new("ZC8PG0KIFKBRI")},
		{new("vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"), new("ZC8PG0KIFKBRI")},
		{new("vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com"), new("ZC8PG0KIFKBRI")},
	}
	entries := endpoint.Entries(described, func(e entry) (name, zoneID *string) { return e.DNSName, e.HostedZoneID })

	if n, ok := entries.Regional(); ok {
		fmt.Println("Regional     ", n)
	}
	for _, az := range []string{"us-east-2a", "us-east-2b"} {
		n, ok := entries.Zonal(az)
		if !ok {
			fmt.Println(az, "   no network interface there; use the Regional name")
			continue
		}
		fmt.Println(az, "  ", n)
	}
	for name := range entries.Private() {
		fmt.Println("private      ", name)
	}
	fmt.Println("alias target ", entries.PublicZoneID())
}
