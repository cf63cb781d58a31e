package zone_test

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// page is the network of the AWS page: one VPC, and the endpoint for
// CloudWatch with its network interfaces.
func page() zone.Config {
	on := true
	c := zone.Config{
		VPCs: []endpoint.VPC{{ID: "vpc-00000001", CIDRBlock: "10.0.0.0/16", EnableDNSSupport: &on, EnableDNSHostnames: &on}},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, State: endpoint.Available, VPCID: "vpc-00000001",
			ServiceName: "com.amazonaws.us-east-2.monitoring", PrivateDNSEnabled: true,
			NetworkInterfaceIDs: []string{"eni-0000000a", "eni-0000000b", "eni-0000000c"},
			DNSEntries: endpoint.DNSEntries{
				{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"},
			},
		}},
	}
	for i, az := range []string{"us-east-2a", "us-east-2b", "us-east-2c"} {
		letter := string(az[len(az)-1])
		c.Subnets = append(c.Subnets, endpoint.Subnet{ID: "subnet-0000000" + letter, VPCID: "vpc-00000001", AvailabilityZone: az})
		c.NetworkInterfaces = append(c.NetworkInterfaces, endpoint.NetworkInterface{
			ID: "eni-0000000" + letter, VPCID: "vpc-00000001", SubnetID: "subnet-0000000" + letter, PrivateIPAddress: fmt.Sprintf("10.0.%d.10", i+1),
		})
	}
	return c
}

// Example asks one name from inside and from outside.
func Example() {
	z, err := zone.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, from := range []zone.Point{zone.VPC("vpc-00000001"), zone.Public()} {
		v, _ := z.View(from)
		a := v.Lookup("monitoring.us-east-2.amazonaws.com", zone.A)
		fmt.Printf("%s: %s %s, rule %s, %s\n", from, a.Source().Kind, a.Source().ID, a.Rule(), a.Evidence())
		for addr := range a.Addrs() {
			fmt.Println(" ", addr)
		}
	}
	// Output:
	// vpc:vpc-00000001: hidden-zone Z06320943MMOWYG6MAVL9, rule Z9, given
	//   10.0.1.10
	//   10.0.2.10
	//   10.0.3.10
	// public: public , rule Z7, documented
}

func ExampleNew() {
	c := page()
	c.Subnets = append(c.Subnets, endpoint.Subnet{})
	c.NetworkInterfaces[1].PrivateIPAddress = "10.0.2.300"
	_, err := zone.New(c)
	fmt.Println(err)
	// Output:
	// Subnets[3]: no id
	// eni-0000000b: PrivateIpAddress "10.0.2.300": not an IP address
}

func ExampleView_Lookup() {
	z, err := zone.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	v, _ := z.View(zone.VPC("vpc-00000001"))
	for _, name := range []string{"Monitoring.US-East-2.amazonaws.com.", "foo.monitoring.us-east-2.amazonaws.com", "logs.us-east-2.amazonaws.com", "no..name"} {
		a := v.Lookup(name, zone.AAAA)
		if !a.IsValid() {
			fmt.Println(name, "is no DNS name")
			continue
		}
		rcode, ok := a.RCode()
		fmt.Println(a.Name(), a.Source().Kind, a.Rule(), rcode, ok)
		if soa, ok := a.SOA(); ok {
			fmt.Println("  not to be asked again for", soa.TTL, "seconds")
		}
	}
	// Output:
	// monitoring.us-east-2.amazonaws.com hidden-zone Z9 NOERROR true
	//   not to be asked again for 900 seconds
	// foo.monitoring.us-east-2.amazonaws.com hidden-zone Z9 NXDOMAIN true
	//   not to be asked again for 900 seconds
	// logs.us-east-2.amazonaws.com public Z7 NOERROR false
	// no..name is no DNS name
}

// One name, many views: what depends on the name alone is done once.
func ExampleParseName() {
	z, err := zone.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	name, err := zone.ParseName("Monitoring.US-East-2.amazonaws.com.")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, from := range []zone.Point{zone.Public(), zone.VPC("vpc-00000001"), zone.Subnet("subnet-0000000a")} {
		v, _ := z.View(from)
		a := v.LookupName(name, zone.A)
		fmt.Println(name, from, a.Source().Kind, a.Len())
	}
	_, err = zone.ParseName("no..name")
	fmt.Println(err)
	// Output:
	// monitoring.us-east-2.amazonaws.com public public 0
	// monitoring.us-east-2.amazonaws.com vpc:vpc-00000001 hidden-zone 3
	// monitoring.us-east-2.amazonaws.com subnet:subnet-0000000a hidden-zone 3
	// "no..name": not a DNS name: empty label
}

// Two endpoints of one VPC cannot have private DNS for one name: AWS refuses
// the second. In an input that has both, the name is unspecified, unless the
// records are the same.
func ExampleZones_Findings() {
	c := page()
	second := c.Endpoints[0]
	second.ID = "vpce-0aaaaaaaaaaaaaaaa"
	second.NetworkInterfaceIDs = second.NetworkInterfaceIDs[:1]
	second.DNSEntries = second.DNSEntries[4:]
	c.Endpoints = append(c.Endpoints, second)
	z, err := zone.New(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range z.Findings() {
		fmt.Println(f.Code, f.Resource, f.Source)
	}
	v, _ := z.View(zone.VPC("vpc-00000001"))
	a := v.Lookup("monitoring.us-east-2.amazonaws.com", zone.A)
	fmt.Println(a.Rule(), a.Evidence(), a.Codes())
	// Output:
	// CONFLICTING_PRIVATE_DNS vpce-0aaaaaaaaaaaaaaaa E1 InvalidParameter
	// DNS_ENTRIES_INCONSISTENT vpce-0aaaaaaaaaaaaaaaa NAM-41
	// Z6 unspecified [CONFLICTING_PRIVATE_DNS]
}

// A user who knows what the public DNS says can tell it.
func ExampleNewAnswer() {
	c := page()
	c.Public = func(name string, t zone.Type) (zone.Answer, bool) {
		if name != "www.example.com" || t != zone.A {
			return zone.Answer{}, false
		}
		r, err := zone.AddrRecord(name, 300, netip.MustParseAddr("203.0.113.7"))
		return zone.NewAnswer(zone.NoError, r), err == nil
	}
	z, err := zone.New(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	v, _ := z.View(zone.Public())
	a := v.Lookup("www.example.com", zone.A)
	for r := range a.Records() {
		fmt.Println(r, a.Evidence())
	}
	// Output:
	// www.example.com. 300 IN A 203.0.113.7 given
}

func ExampleZones_Hidden() {
	z, err := zone.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	for h := range z.Hidden("vpc-00000001") {
		fmt.Println(h.Name, h.ID, h.EndpointID)
		for r := range h.Records() {
			if r.Type == zone.A {
				fmt.Println(" ", r)
			}
		}
	}
	// Output:
	// monitoring.us-east-2.amazonaws.com Z06320943MMOWYG6MAVL9 vpce-099deb00b40f00e22
	//   monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.1.10
	//   monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.2.10
	//   monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.3.10
}

func ExampleZones_Hosted() {
	c := page()
	c.HostedZones = []zone.HostedZone{{
		ID: "/hostedzone/Z00000000000000000030", Name: "db.example.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-00000001"}},
		RecordSets: []zone.RecordSet{{Name: "db.example.com.", Type: "A", TTL: 300, ResourceRecords: []zone.ResourceRecord{{Value: "10.0.9.9"}}}},
	}}
	z, err := zone.New(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	for h := range z.Hosted("vpc-00000001") {
		fmt.Println(h.Name, h.ID)
	}
	// Output:
	// db.example.com Z00000000000000000030
}

func ExampleAppendZoneFile() {
	z, err := zone.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	for h := range z.Hidden("vpc-00000001") {
		fmt.Print(string(zone.AppendZoneFile(nil, h)))
	}
	// Output:
	// ; hidden private hosted zone Z06320943MMOWYG6MAVL9 of vpce-099deb00b40f00e22
	// $ORIGIN monitoring.us-east-2.amazonaws.com.
	// monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.1.10
	// monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.2.10
	// monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.3.10
	// monitoring.us-east-2.amazonaws.com. 172800 IN NS ns-0.awsdns-00.com.
	// monitoring.us-east-2.amazonaws.com. 172800 IN NS ns-512.awsdns-00.net.
	// monitoring.us-east-2.amazonaws.com. 172800 IN NS ns-1024.awsdns-00.org.
	// monitoring.us-east-2.amazonaws.com. 172800 IN NS ns-1536.awsdns-00.co.uk.
	// monitoring.us-east-2.amazonaws.com. 900 IN SOA ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400
}

func ExampleAppendChangeBatch() {
	z, err := zone.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	for h := range z.Hidden("vpc-00000001") {
		batch, err := zone.AppendChangeBatch(nil, h)
		fmt.Print(string(batch), err)
	}
	// Output:
	// {
	//   "Comment": "monitoring.us-east-2.amazonaws.com: what the hidden private hosted zone Z06320943MMOWYG6MAVL9 of vpce-099deb00b40f00e22 answers",
	//   "Changes": [
	//     {"Action": "UPSERT", "ResourceRecordSet": {"Name": "monitoring.us-east-2.amazonaws.com.", "Type": "A", "AliasTarget": {"HostedZoneId": "ZC8PG0KIFKBRI", "DNSName": "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", "EvaluateTargetHealth": false}}}
	//   ]
	// }
	// <nil>
}

func ExampleParsePoint() {
	p, err := zone.ParsePoint("inbound:vpc-00000001")
	fmt.Println(p, p == zone.Inbound("vpc-00000001"), err)
	_, err = zone.ParsePoint("vpc-00000001")
	fmt.Println(err)
	// Output:
	// inbound:vpc-00000001 true <nil>
	// "vpc-00000001": not a point of view: want vpc:ID, subnet:ID, inbound:VPC or public
}

func ExampleParseType() {
	t, err := zone.ParseType("aaaa")
	fmt.Println(t, err)
	t, err = zone.ParseType("TYPE99")
	fmt.Println(t, err)
	_, err = zone.ParseType("ADDRESS")
	fmt.Println(err)
	// Output:
	// AAAA <nil>
	// SPF <nil>
	// "ADDRESS": not a record type: want a mnemonic such as AAAA, or TYPE and a number
}

func ExampleNewRecord() {
	r, err := zone.NewRecord("Example.COM.", zone.MX, 300, "10 Mail.Example.com.")
	fmt.Println(r, err)
	fmt.Printf("%q\n", r.AppendRData(nil))
	_, err = zone.NewRecord("example.com", zone.A, 300, "10.0.0")
	fmt.Println(strings.ReplaceAll(err.Error(), "\n", "; "))
	// Output:
	// example.com. 300 IN MX 10 mail.example.com <nil>
	// "\x00\n\x04mail\aexample\x03com\x00"
	// example.com: A "10.0.0": not the data of a record of this type
}
