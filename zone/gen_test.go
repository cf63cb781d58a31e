package zone_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
	"pgregory.net/rapid"
)

// The generators draw small worlds from few names, so that zones, rules and
// records meet. What a Config cannot hold, such as a record outside its zone,
// they do not draw.

var (
	genDomains = []string{
		"amazonaws.com", "us-east-2.amazonaws.com", "monitoring.us-east-2.amazonaws.com", "dkr.ecr.us-east-2.amazonaws.com",
		"b.dkr.ecr.us-east-2.amazonaws.com", "ecr.us-east-2.amazonaws.com", "example.com", "svc.example.com", "a.svc.example.com",
		"us-east-2.vpce.amazonaws.com",
	}
	genLabels = []string{"a", "b", "svc", "*", "dkr", "monitoring"}
	genVPCs   = []string{v1, v2}
	genStates = []endpoint.State{"available", "available", "available", "Available", "pending", "pendingAcceptance", "deleting", "deleted", "failed"}
)

// genService is a service that endpoints of the generated worlds are for.
type genService struct {
	name, label string
	private     []string
}

var genServices = []genService{
	{"com.amazonaws.us-east-2.monitoring", "monitoring.us-east-2", []string{"monitoring.us-east-2.amazonaws.com", "monitoring.us-east-2.api.aws"}},
	{"com.amazonaws.us-east-2.ecr.dkr", "dkr.ecr.us-east-2", []string{"dkr.ecr.us-east-2.amazonaws.com", "*.dkr.ecr.us-east-2.amazonaws.com"}},
	{"com.amazonaws.us-east-2.s3", "s3.us-east-2", []string{"s3.us-east-2.amazonaws.com", "*.s3.us-east-2.amazonaws.com"}},
	{"com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230", "vpce-svc-01230123012301230.us-east-2", []string{"svc.example.com"}},
	{"com.amazonaws.vpce.us-east-2.vpce-svc-04560456045604560", "vpce-svc-04560456045604560.us-east-2", []string{"*.a.example.com", "a.example.com"}},
}

func genBool() *rapid.Generator[*bool] {
	yes, no := true, false
	return rapid.SampledFrom([]*bool{&yes, &yes, &yes, &no, nil})
}

// genName draws a name in or near the domains.
func genName() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		name := rapid.SampledFrom(genDomains).Draw(t, "domain")
		for range rapid.IntRange(0, 3).Draw(t, "labels") {
			name = rapid.SampledFrom(genLabels).Draw(t, "label") + "." + name
		}
		return name
	})
}

// genEndpoint draws an endpoint of a VPC and its network interfaces.
func genEndpoint(i int) *rapid.Generator[*place] {
	return rapid.Custom(func(t *rapid.T) *place {
		svc := rapid.SampledFrom(genServices).Draw(t, "service")
		var hosts [][]string
		for k := range rapid.IntRange(1, 3).Draw(t, "hosts") {
			host := []string{fmt.Sprintf("10.0.%d.%d", k+1, i+10)}
			if rapid.Bool().Draw(t, "IPv6") {
				host = append(host, fmt.Sprintf("2001:db8:0:%d::%d", k+1, i+10))
			}
			hosts = append(hosts, host)
		}
		p := newEndpoint(fmt.Sprintf("vpce-%017x", i+1), fmt.Sprintf("tagtag%02d", i), v1, svc.name, svc.label,
			fmt.Sprintf("ZHIDDEN%02d", i), svc.private, hosts...)
		p.State = rapid.SampledFrom(genStates).Draw(t, "state")
		p.IPAddressType = rapid.SampledFrom([]endpoint.IPAddressType{"", "ipv4", "ipv6", "dualstack"}).Draw(t, "IpAddressType")
		p.DNSOptions.RecordIPType = rapid.SampledFrom([]endpoint.RecordIPType{"", "", "ipv4", "ipv6", "dualstack", "service-defined"}).Draw(t, "DnsRecordIpType")
		p.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = rapid.IntRange(0, 4).Draw(t, "inbound only") == 0
		if rapid.IntRange(0, 3).Draw(t, "private DNS") == 0 {
			p.privateOff()
		}
		for k := range p.interfaces {
			p.interfaces[k].Status = rapid.SampledFrom([]string{"in-use", "in-use", "in-use", "available"}).Draw(t, "status")
		}
		if rapid.IntRange(0, 7).Draw(t, "interface missing") == 0 {
			p.interfaces = p.interfaces[1:]
		}
		return p
	})
}

// genZone draws a customer's zone; targets are names an alias may point to.
func genZone(i int, targets []string) *rapid.Generator[zone.HostedZone] {
	return rapid.Custom(func(t *rapid.T) zone.HostedZone {
		name := rapid.SampledFrom(genDomains).Draw(t, "zone")
		vpcs := rapid.SliceOfNDistinct(rapid.SampledFrom(genVPCs), 0, 2, rapid.ID[string]).Draw(t, "VPCs")
		z := privateZone(fmt.Sprintf("ZHOSTED%02d", i), name, nil, vpcs...)
		if rapid.IntRange(0, 9).Draw(t, "no record sets") == 0 {
			z.RecordSets = nil
			return z
		}
		taken := map[string]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "record sets") {
			owner := name
			for range rapid.IntRange(0, 3).Draw(t, "labels") {
				owner = rapid.SampledFrom(genLabels).Draw(t, "label") + "." + owner
			}
			rs := genSet(owner, z, targets).Draw(t, "set")
			if rs.Type == "NS" && strings.HasPrefix(owner, "*.") || taken[owner+" "+rs.Type] {
				continue
			}
			taken[owner+" "+rs.Type] = true
			z.RecordSets = append(z.RecordSets, rs)
		}
		return z
	})
}

func genSet(owner string, z zone.HostedZone, targets []string) *rapid.Generator[zone.RecordSet] {
	return rapid.Custom(func(t *rapid.T) zone.RecordSet {
		apex, zoneID := z.Name, publicZone
		target := func() string {
			if !rapid.Bool().Draw(t, "in the zone") {
				return rapid.SampledFrom(targets).Draw(t, "target")
			}
			zoneID = z.ID
			name := apex
			for range rapid.IntRange(1, 3).Draw(t, "labels") {
				name = rapid.SampledFrom(genLabels).Draw(t, "label") + "." + name
			}
			return name
		}
		switch rapid.SampledFrom([]string{"A", "A", "A", "AAAA", "TXT", "CNAME", "alias", "alias", "NS", "policy"}).Draw(t, "kind") {
		case "A":
			return set(owner, "A", 300, rapid.SampledFrom([]string{"192.0.2.1", "192.0.2.2"}).Draw(t, "address"))
		case "AAAA":
			return set(owner, "AAAA", 300, "2001:db8::1")
		case "TXT":
			return set(owner, "TXT", 300, `"text"`)
		case "CNAME":
			if owner != apex {
				return set(owner, "CNAME", 300, target()+".")
			}
			return set(owner, "TXT", 300, `"text"`)
		case "NS":
			if owner != apex {
				return set(owner, "NS", 300, "ns.example.net.")
			}
			return set(owner, "A", 300, "192.0.2.1")
		case "policy":
			rs := set(owner, "A", 300, "192.0.2.9")
			rs.SetIdentifier = "one"
			return rs
		default:
			rs := aliasTo(owner, rapid.SampledFrom([]string{"A", "AAAA"}).Draw(t, "alias type"), target())
			rs.AliasTarget.HostedZoneID = rapid.SampledFrom([]string{zoneID, zoneID, ""}).Draw(t, "hosted zone of the target")
			return rs
		}
	})
}

// genWorld draws a Config.
func genWorld() *rapid.Generator[zone.Config] {
	return rapid.Custom(func(t *rapid.T) zone.Config {
		var eps []*place
		targets := []string{"www.example.net", "monitoring.us-east-2.amazonaws.com", "svc.example.com"}
		for i := range rapid.IntRange(0, 4).Draw(t, "endpoints") {
			p := genEndpoint(i).Draw(t, "endpoint")
			eps = append(eps, p)
			for _, e := range p.DNSEntries {
				if naming.IsEndpointName(e.Name) {
					targets = append(targets, e.Name)
				}
			}
		}
		c := world(eps...)
		for i := range c.VPCs {
			c.VPCs[i].EnableDNSSupport = genBool().Draw(t, "enableDnsSupport")
			c.VPCs[i].EnableDNSHostnames = genBool().Draw(t, "enableDnsHostnames")
			c.VPCs[i].IsDefault = rapid.IntRange(0, 5).Draw(t, "default VPC") == 0
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "hosted zones") {
			c.HostedZones = append(c.HostedZones, genZone(i, targets).Draw(t, "hosted zone"))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "rules") {
			r := zone.ResolverRule{
				ID: fmt.Sprintf("rslvr-rr-%d", i), DomainName: rapid.SampledFrom(append([]string{"."}, genDomains...)).Draw(t, "rule"),
				RuleType: rapid.SampledFrom([]string{"FORWARD", "FORWARD", "SYSTEM", "SYSTEM", "DELEGATE"}).Draw(t, "rule type"),
			}
			c.ResolverRules = append(c.ResolverRules, r)
			c.ResolverRuleAssociations = append(c.ResolverRuleAssociations, zone.ResolverRuleAssociation{
				ResolverRuleID: r.ID, VPCID: rapid.SampledFrom(genVPCs).Draw(t, "VPC"),
			})
		}
		if rapid.IntRange(0, 2).Draw(t, "profile") == 0 {
			c.ProfileAssociations = []zone.ProfileAssociation{{ProfileID: "rp-1", ResourceID: rapid.SampledFrom(genVPCs).Draw(t, "VPC")}}
			for _, e := range c.Endpoints {
				if rapid.Bool().Draw(t, "in profile") {
					c.ProfileResourceAssociations = append(c.ProfileResourceAssociations, zone.ProfileResourceAssociation{
						ProfileID: "rp-1", ResourceARN: "arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/" + e.ID,
					})
				}
			}
			for _, z := range c.HostedZones {
				if rapid.Bool().Draw(t, "in profile") {
					c.ProfileResourceAssociations = append(c.ProfileResourceAssociations, zone.ProfileResourceAssociation{
						ProfileID: "rp-1", ResourceARN: "arn:aws:route53:::hostedzone/" + z.ID,
					})
				}
			}
		}
		return c
	})
}

// genHost draws a name relative to a world: one it has, one near by, or any.
func genHost(c zone.Config) *rapid.Generator[string] {
	var names []string
	for _, e := range c.Endpoints {
		for _, d := range e.DNSEntries {
			names = append(names, d.Name)
		}
		if r, ok := e.DNSEntries.Regional(); ok { // zones of the Region without network interface, and of another one
			first, rest, _ := strings.Cut(r.String(), ".")
			names = append(names, first+"-us-east-2d."+rest, first+"-us-west-2a."+rest)
		}
	}
	for _, z := range c.HostedZones {
		names = append(names, z.Name)
		for _, rs := range z.RecordSets {
			names = append(names, rs.Name)
		}
	}
	for _, r := range c.ResolverRules {
		if r.DomainName != "." {
			names = append(names, r.DomainName)
		}
	}
	slices.Sort(names)
	names = append(slices.Compact(names), "www.example.net")
	return rapid.Custom(func(t *rapid.T) string {
		name := rapid.SampledFrom(names).Draw(t, "name")
		switch rapid.IntRange(0, 4).Draw(t, "near") {
		case 0, 1:
			return name
		case 2:
			return rapid.SampledFrom(genLabels).Draw(t, "label") + "." + name
		case 3:
			if up := slowUp(name); up != "" {
				return up
			}
			return name
		default:
			return genName().Draw(t, "name")
		}
	})
}

func genType() *rapid.Generator[zone.Type] {
	return rapid.SampledFrom([]zone.Type{zone.A, zone.A, zone.A, zone.AAAA, zone.AAAA, zone.CNAME, zone.TXT, zone.NS, zone.SOA, zone.MX})
}

func genPoint(c zone.Config) *rapid.Generator[zone.Point] {
	points := []zone.Point{zone.Public(), zone.VPC(v1), zone.VPC(v1), zone.VPC(v2), zone.Inbound(v1), zone.Inbound(v2)}
	for _, s := range c.Subnets {
		points = append(points, zone.Subnet(s.ID))
	}
	return rapid.SampledFrom(points)
}
