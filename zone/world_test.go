package zone_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// The fixtures of dns.md section 1: invented addresses and ids, but for EP1,
// which is the example of the AWS page "Access AWS services through AWS
// PrivateLink".
const (
	v1 = "vpc-00000000000000001"
	v2 = "vpc-00000000000000002"
	v3 = "vpc-00000000000000003"

	ep1 = "vpce-099deb00b40f00e22"
	ep2 = "vpce-02222222222222222"
	ep3 = "vpce-03333333333333333"
	ep4 = "vpce-04444444444444444"
	ep5 = "vpce-05555555555555555"
	ep6 = "vpce-06666666666666666"
	ep7 = "vpce-07777777777777777"
	ep8 = "vpce-08888888888888888"

	regionalName = "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"
	zonalNameA   = "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com"
	defaultName  = "monitoring.us-east-2.amazonaws.com"
	publicZone   = "ZC8PG0KIFKBRI"
)

// vpcs returns V1, V2 and V3, both attributes of each given and true.
func vpcs() []endpoint.VPC {
	on := true
	return []endpoint.VPC{
		{ID: v1, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: &on, EnableDNSHostnames: &on},
		{ID: v2, CIDRBlock: "10.2.0.0/16", EnableDNSSupport: &on, EnableDNSHostnames: &on},
		{ID: v3, CIDRBlock: "10.3.0.0/16", EnableDNSSupport: &on, EnableDNSHostnames: &on},
	}
}

func subnets() []endpoint.Subnet {
	return []endpoint.Subnet{
		{ID: "subnet-a", VPCID: v1, AvailabilityZone: "us-east-2a", AvailabilityZoneID: "use2-az1", CIDRBlock: "10.0.1.0/24"},
		{ID: "subnet-b", VPCID: v1, AvailabilityZone: "us-east-2b", AvailabilityZoneID: "use2-az2", CIDRBlock: "10.0.2.0/24"},
		{ID: "subnet-c", VPCID: v1, AvailabilityZone: "us-east-2c", AvailabilityZoneID: "use2-az3", CIDRBlock: "10.0.3.0/24"},
		{ID: "subnet-64", VPCID: v1, AvailabilityZone: "us-east-2a", AvailabilityZoneID: "use2-az1", EnableDNS64: true},
		{ID: "subnet-v2", VPCID: v2, AvailabilityZone: "us-east-2a", AvailabilityZoneID: "use2-az1", CIDRBlock: "10.2.1.0/24"},
		{ID: "subnet-v3a", VPCID: v3, AvailabilityZone: "us-east-1a", AvailabilityZoneID: "use1-az1", CIDRBlock: "10.3.1.0/24"},
		{ID: "subnet-v3b", VPCID: v3, AvailabilityZone: "us-east-1b", AvailabilityZoneID: "use1-az2", CIDRBlock: "10.3.2.0/24"},
	}
}

// subnetsOf returns the subnets, by index, that the network interfaces of a
// VPC's endpoints lie in.
func subnetsOf(vpc string) []string {
	if vpc == v3 {
		return []string{"subnet-v3a", "subnet-v3b"}
	}
	return []string{"subnet-a", "subnet-b", "subnet-c"}
}

// place is an endpoint with its network interfaces.
type place struct {
	endpoint.Endpoint
	interfaces []endpoint.NetworkInterface
}

// newEndpoint makes an available interface endpoint with private DNS on. The
// private names are given as its DnsEntries print them; hosts, which stand for
// network interfaces, by IPv4 address and perhaps IPv6 address. label is the
// service as the vpce names have it, with the Region, "monitoring.us-east-2".
func newEndpoint(id, tag, vpc, service, label, zoneID string, private []string, hosts ...[]string) *place {
	p := &place{Endpoint: endpoint.Endpoint{
		ID: id, Type: endpoint.Interface, VPCID: vpc, ServiceName: service, State: "available", PrivateDNSEnabled: len(private) > 0,
	}}
	star := ""
	if label == "s3.us-east-2" {
		star = "*."
	}
	entry := func(name, zone string) {
		p.DNSEntries = append(p.DNSEntries, endpoint.DNSEntry{Name: name, HostedZoneID: zone})
	}
	entry(fmt.Sprintf("%s%s-%s.%s.vpce.amazonaws.com", star, id, tag, label), publicZone)
	for i, host := range hosts {
		subnet := subnetsOf(vpc)[i]
		az := ""
		for _, s := range subnets() {
			if s.ID == subnet {
				az = s.AvailabilityZone
			}
		}
		entry(fmt.Sprintf("%s%s-%s-%s.%s.vpce.amazonaws.com", star, id, tag, az, label), publicZone)
		n := endpoint.NetworkInterface{
			ID: fmt.Sprintf("eni-%s-%d", id[5:], i), InterfaceType: "vpc_endpoint", VPCID: vpc, SubnetID: subnet, Status: "in-use",
			PrivateIPAddress: host[0],
		}
		for _, v6 := range host[1:] {
			n.IPv6Addresses = append(n.IPv6Addresses, endpoint.IPv6Address{IPv6Address: v6})
		}
		p.interfaces = append(p.interfaces, n)
		p.NetworkInterfaceIDs = append(p.NetworkInterfaceIDs, n.ID)
		p.SubnetIDs = append(p.SubnetIDs, subnet)
	}
	for _, name := range private {
		entry(name, zoneID)
	}
	return p
}

// The endpoints of dns.md section 1, by their names there.
func fixtures() map[string]*place {
	s3 := []string{}
	for _, base := range []string{"s3", "s3-accesspoint", "s3-control", "s3.dualstack", "s3-accesspoint.dualstack", "s3-control.dualstack"} {
		s3 = append(s3, base+".us-east-2.amazonaws.com", "*."+base+".us-east-2.amazonaws.com")
	}
	m := map[string]*place{
		"EP1": newEndpoint(ep1, "lj2wisx3", v1, "com.amazonaws.us-east-2.monitoring", "monitoring.us-east-2", "Z06320943MMOWYG6MAVL9",
			[]string{defaultName}, []string{"10.0.1.10"}, []string{"10.0.2.10"}, []string{"10.0.3.10"}),
		"EP2": newEndpoint(ep2, "tg2ecrdk", v1, "com.amazonaws.us-east-2.ecr.dkr", "dkr.ecr.us-east-2", "Z00000000000000000002",
			[]string{"dkr.ecr.us-east-2.amazonaws.com", "*.dkr.ecr.us-east-2.amazonaws.com"}, []string{"10.0.1.11"}, []string{"10.0.2.11"}),
		"EP3": newEndpoint(ep3, "tg3execa", v1, "com.amazonaws.us-east-2.execute-api", "execute-api.us-east-2", "Z00000000000000000003",
			[]string{"execute-api.us-east-2.amazonaws.com", "*.execute-api.us-east-2.amazonaws.com"}, []string{"10.0.1.12"}, []string{"10.0.2.12"}),
		"EP4": newEndpoint(ep4, "tg4s3ifx", v1, "com.amazonaws.us-east-2.s3", "s3.us-east-2", "Z00000000000000000004", s3,
			[]string{"10.0.1.13"}, []string{"10.0.2.13"}),
		"EP5": newEndpoint(ep5, "tg5provx", v1, "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230", "vpce-svc-01230123012301230.us-east-2",
			"Z00000000000000000005", []string{"svc.example.com"}, []string{"10.0.1.15"}, []string{"10.0.2.15"}),
		"EP6": newEndpoint(ep6, "tg6duals", v1, "com.amazonaws.us-east-2.svc4", "svc4.us-east-2", "Z00000000000000000006",
			[]string{"svc4.us-east-2.amazonaws.com"}, []string{"10.0.1.16", "2001:db8:0:1::16"}, []string{"10.0.2.16", "2001:db8:0:2::16"}),
		"EP7": newEndpoint(ep7, "tg7cross", v3, "com.amazonaws.vpce.us-west-2.vpce-svc-04560456045604560", "vpce-svc-04560456045604560.us-west-2",
			"", nil, []string{"10.3.1.17"}, []string{"10.3.2.17"}),
		"EP8": newEndpoint(ep8, "tg8kines", v1, "com.amazonaws.us-east-2.kinesis-streams", "kinesis.us-east-2", "Z00000000000000000008",
			[]string{"kinesis.us-east-2.amazonaws.com"}, []string{"10.0.1.18"}),
	}
	m["EP6"].IPAddressType = endpoint.DualStack
	m["EP7"].ServiceRegion = "us-west-2"
	return m
}

// world makes a Config of the VPCs, subnets and some endpoints of the
// fixtures.
func world(eps ...*place) zone.Config {
	c := zone.Config{VPCs: vpcs(), Subnets: subnets()}
	for _, p := range eps {
		c.Endpoints = append(c.Endpoints, p.Endpoint)
		c.NetworkInterfaces = append(c.NetworkInterfaces, p.interfaces...)
	}
	return c
}

// privateZone makes a customer's zone; records are "name type ttl value" lines.
func privateZone(id, name string, sets []zone.RecordSet, in ...string) zone.HostedZone {
	z := zone.HostedZone{ID: id, Name: name, Private: true, RecordSets: sets}
	if z.RecordSets == nil {
		z.RecordSets = []zone.RecordSet{}
	}
	for _, v := range in {
		z.VPCs = append(z.VPCs, zone.ZoneVPC{VPCID: v, VPCRegion: "us-east-2"})
	}
	return z
}

func set(name, typ string, ttl uint32, values ...string) zone.RecordSet {
	rs := zone.RecordSet{Name: name, Type: typ, TTL: ttl}
	for _, v := range values {
		rs.ResourceRecords = append(rs.ResourceRecords, zone.ResourceRecord{Value: v})
	}
	return rs
}

func aliasTo(name, typ, target string) zone.RecordSet {
	return zone.RecordSet{Name: name, Type: typ, AliasTarget: &zone.AliasTarget{HostedZoneID: publicZone, DNSName: target}}
}

// within is an alias to a name of its own zone.
func within(id, name, typ, target string) zone.RecordSet {
	rs := aliasTo(name, typ, target)
	rs.AliasTarget.HostedZoneID = id
	return rs
}

func build(tb testing.TB, c zone.Config) *zone.Zones {
	tb.Helper()
	z, err := zone.New(c)
	if err != nil {
		tb.Fatalf("New: %v", err)
	}
	return z
}

func view(tb testing.TB, z *zone.Zones, p zone.Point) *zone.View {
	tb.Helper()
	v, ok := z.View(p)
	if !ok {
		tb.Fatalf("View(%v): no such VPC or subnet", p)
	}
	return v
}

// text prints an answer in one line for comparisons: rcode, rule, source,
// evidence, codes, records and SOA.
func text(a zone.Answer) string {
	rcode := "-"
	if r, ok := a.RCode(); ok {
		rcode = r.String()
	}
	var s strings.Builder
	s.WriteString(fmt.Sprintf("%s %s %s(%s,%s) %s", rcode, a.Rule(), a.Source().Kind, a.Source().ID, a.Source().Zone, a.Evidence()))
	if c := a.Codes(); c != nil {
		s.WriteString(fmt.Sprint(" ", c))
	}
	for r := range a.Records() {
		s.WriteString(fmt.Sprintf(" | %s %d %s %s", r.Name, r.TTL, r.Type, r.Data()))
	}
	if soa, ok := a.SOA(); ok {
		s.WriteString(" | SOA " + soa.Name)
	}
	return s.String()
}

var _ = naming.Given
