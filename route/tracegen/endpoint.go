package tracegen

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// services are the short names of the services that generated endpoints lead
// to: one with a plain name, a global host beside it, a wildcard, a name unlike
// the service's, wildcards of vpce names, several zones.
var services = []string{"monitoring", "sts", "ecr.dkr", "execute-api", "kinesis-streams", "s3", "logs"}

// Endpoint generates interface endpoints as describe-vpc-endpoints prints
// them, with DnsEntries in every order in which AWS may list them, with and
// without private names, whose zone may be pending (ZONEIDPENDING, Z20).
func Endpoint() *rapid.Generator[endpoint.Endpoint] {
	return rapid.Custom(func(t *rapid.T) endpoint.Endpoint {
		d := &draft{T: t, k: Knobs{VPCs: 1, Without: Gateways | IPv6}, inv: &trace.Inventory{}, ids: map[string]int{}}
		d.places()
		v := &d.inv.VPCs[0]
		v.EnableDNSSupport, v.EnableDNSHostnames = new(true), new(true)
		e := d.interfaceEndpoint(v.ID)
		d.permuteEntries(e)
		if d.rarely(4, "zone pending") {
			d.pend(e)
		}
		return *e
	})
}

// endpoints draws the endpoints of every VPC.
func (d *draft) endpoints() {
	for _, v := range d.inv.VPCs {
		if d.k.has(InterfaceEndpoints) {
			for range d.upTo(2, "interface endpoints") {
				d.interfaceEndpoint(v.ID)
			}
		}
		if d.k.has(GatewayEndpoints) && d.flip("gateway endpoint") {
			d.gatewayEndpoint(v.ID)
		}
	}
}

// interfaceEndpoint has Create make an interface endpoint in some subnets of a
// VPC; where AWS refuses private DNS, without it.
func (d *draft) interfaceEndpoint(vpc string) *endpoint.Endpoint {
	in := trace.CreateEndpoint{
		Type: endpoint.Interface, VPCID: vpc, ServiceName: d.service(vpc), NewID: d.id,
		PrivateDNSEnabled: !d.rarely(4, "without private DNS"),
	}
	in.Tags = name(in.ServiceName)
	in.SubnetIDs, in.IPAddressType = d.subnetsFor(vpc)
	if in.IPAddressType == endpoint.DualStack {
		in.RecordIPType = pick(d, "record type", "", endpoint.RecordDualStack, endpoint.RecordIPv4, endpoint.RecordIPv6, endpoint.RecordServiceDefined)
	}
	if d.flip("for every resolver") {
		in.PrivateDNSOnlyForInboundResolverEndpoint = new(false)
	}
	_, err := d.inv.Create(in)
	if err != nil {
		in.PrivateDNSEnabled = false
		if _, err = d.inv.Create(in); err != nil {
			d.Fatalf("an endpoint that AWS would make is refused: %v", err)
		}
	}
	return &d.inv.Endpoints[len(d.inv.Endpoints)-1]
}

// subnetsFor draws the subnets of an interface endpoint, one for each zone, as
// AWS wants it, and the IP address type: one that all of them can serve.
func (d *draft) subnetsFor(vpc string) (ids []string, ip endpoint.IPAddressType) {
	zones := map[string]bool{}
	var v4, v6 bool
	for i, s := range d.subnets(vpc) {
		has4, has6 := s.CIDRBlock != "", len(s.IPv6CIDRBlockAssociationSet) > 0
		if i == 0 {
			v4, v6 = has4, has6
		} else if zones[s.AvailabilityZone] || !(v4 && has4 || v6 && has6) || d.flip("not in "+s.ID) {
			continue
		}
		zones[s.AvailabilityZone] = true
		v4, v6 = v4 && has4, v6 && has6
		ids = append(ids, s.ID)
	}
	switch {
	case !v4:
		return ids, endpoint.IPv6
	case v6 && d.flip("dual-stack endpoint"):
		return ids, endpoint.DualStack
	}
	return ids, ""
}

// service draws the name of a service of a VPC's Region: one of AWS, or the
// account's own with a private name.
func (d *draft) service(vpc string) string {
	region := d.region(vpc)
	short := pick(d, "service", append(services, "own")...)
	if short != "own" {
		if n, err := naming.NewServiceName(short, region); err == nil {
			return n.String()
		}
	}
	p, _ := naming.PartitionOf(region)
	id := fmt.Sprintf("%s.vpce.%s.vpce-svc-%017x", p.ReversedPrefix, region, len(d.inv.ServiceDetails)+1)
	detail := endpoint.ServiceDetail{
		ServiceName: id, ServiceType: []endpoint.ServiceType{{ServiceType: endpoint.Interface}}, AcceptanceRequired: d.rarely(4, "acceptance required"),
		PrivateDNSName: pick(d, "private name", fmt.Sprintf("api%d.example.com", len(d.inv.ServiceDetails)+1), ""),
	}
	if detail.PrivateDNSName != "" {
		detail.PrivateDNSNames = []endpoint.PrivateDNSName{{PrivateDNSName: detail.PrivateDNSName}}
		detail.PrivateDNSNameVerificationState = pick(d, "verification", "verified", "pendingVerification")
	}
	d.inv.ServiceDetails = append(d.inv.ServiceDetails, detail)
	return id
}

// Entries of AWS's prefix lists in the generated networks: documented ranges
// of S3 and DynamoDB, the same in every Region.
var gatewayServices = []struct {
	short   string
	entries []string
}{
	{"s3", []string{"3.5.128.0/22", "52.219.80.0/20"}},
	{"dynamodb", []string{"52.94.4.0/22"}},
}

// gatewayEndpoint has Create make a gateway endpoint on some tables of a VPC.
// The prefix list of its service is in the inventory with entries, without,
// or, as Create then adds it, is not.
func (d *draft) gatewayEndpoint(vpc string) {
	g := pick(d, "gateway service", gatewayServices...)
	n, err := naming.NewServiceName(g.short, d.region(vpc))
	if err != nil {
		d.Fatalf("%s in %s: %v", g.short, d.region(vpc), err)
	}
	known := false
	for _, l := range d.inv.PrefixLists {
		known = known || l.Name == n.String()
	}
	if !known {
		l := route.PrefixList{ID: d.id("pl-"), Name: n.String(), AddressFamily: pick(d, "family", "", "IPv4")}
		if !d.rarely(3, "entries missing") {
			l.CIDRs = append(l.CIDRs, g.entries...)
		}
		d.inv.PrefixLists = append(d.inv.PrefixLists, l)
	}
	in := trace.CreateEndpoint{Type: endpoint.Gateway, VPCID: vpc, ServiceName: n.String(), NewID: d.id, Tags: name(g.short)}
	for _, t := range d.tables(vpc) {
		if !d.flip("not on " + t.ID) {
			in.RouteTableIDs = append(in.RouteTableIDs, t.ID)
		}
	}
	if _, err := d.inv.Create(in); err != nil {
		d.Fatalf("a gateway endpoint that AWS would make is refused: %v", err)
	}
}

// permuteEntries puts the DnsEntries of an endpoint into any order: what AWS
// lists has none (NAM-40).
func (d *draft) permuteEntries(e *endpoint.Endpoint) {
	if len(e.DNSEntries) > 1 {
		e.DNSEntries = rapid.Permutation(e.DNSEntries).Draw(d.T, "DnsEntries")
	}
}

// pend makes the zones of an endpoint's private names pending.
func (d *draft) pend(e *endpoint.Endpoint) {
	for i := range e.DNSEntries {
		if _, err := naming.Parse(e.DNSEntries[i].Name); err != nil {
			e.DNSEntries[i].HostedZoneID = endpoint.ZoneIDPending
		}
	}
}
