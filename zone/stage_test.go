package zone_test

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// scene is the network of one row while it is put together.
type scene struct {
	zone.Config
	eps    map[string]*place
	used   []string
	public map[string]zone.Answer // by "name type"
}

// publicAddr and forwardAddr are what this test's public DNS and the targets
// of its FORWARD rules answer to every question for an A record.
const (
	publicAddr  = "203.0.113.53"
	forwardAddr = "198.51.100.53"
)

var mentioned = regexp.MustCompile(`\bEP[1-8]\b`)

// stage reads a row's situation: the endpoints it mentions, private DNS on
// unless it says otherwise, and what staging adds.
func stage(t *testing.T, r row) *scene {
	t.Helper()
	s := &scene{eps: fixtures(), public: map[string]zone.Answer{}}
	s.VPCs, s.Subnets = vpcs(), subnets()
	s.used = mentioned.FindAllString(r.situation, -1)
	if len(s.used) == 0 && !strings.Contains(r.situation, "no endpoint") && r.from != "api" {
		s.used = []string{"EP1"}
	}
	slices.Sort(s.used)
	s.used = slices.Compact(s.used)
	if strings.Contains(r.situation, "private DNS off") || strings.Contains(r.situation, "without private DNS") ||
		strings.Contains(r.situation, "off; no") || strings.HasSuffix(r.situation, " off") || strings.Contains(r.situation, "switched off") {
		for _, id := range s.used {
			s.eps[id].privateOff()
		}
	}
	if set := staging[r.id]; set != nil {
		set(s)
	}
	for _, id := range s.used {
		s.Endpoints = append(s.Endpoints, s.eps[id].Endpoint)
		s.NetworkInterfaces = append(s.NetworkInterfaces, s.eps[id].interfaces...)
	}
	s.Public = func(name string, typ zone.Type) (zone.Answer, bool) {
		if a, ok := s.public[name+" "+typ.String()]; ok {
			return a, true
		}
		if typ != zone.A {
			return zone.Answer{}, false
		}
		return zone.NewAnswer(zone.NoError, record(t, name, "A", publicAddr)), true
	}
	if s.Forward == nil {
		s.Forward = func(_ zone.ResolverRule, name string, _ zone.Type) (zone.Answer, bool) {
			return zone.NewAnswer(zone.NoError, record(t, name, "A", forwardAddr)), true
		}
	}
	return s
}

func record(tb testing.TB, name, typ, data string) zone.Record {
	tb.Helper()
	t, err := zone.ParseType(typ)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := zone.NewRecord(name, t, 300, data)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// privateOff switches the private DNS of an endpoint off.
func (p *place) privateOff() {
	p.PrivateDNSEnabled = false
	p.DNSEntries = slices.DeleteFunc(slices.Clone(p.DNSEntries), func(e endpoint.DNSEntry) bool {
		return !naming.IsEndpointName(e.Name)
	})
}

func (s *scene) attributes(vpc string, support, hostnames bool) {
	for i := range s.VPCs {
		if s.VPCs[i].ID == vpc {
			s.VPCs[i].EnableDNSSupport, s.VPCs[i].EnableDNSHostnames = &support, &hostnames
		}
	}
}

func (s *scene) rule(id, typ, domain, vpc string) {
	s.ResolverRules = append(s.ResolverRules, zone.ResolverRule{
		ID: id, RuleType: typ, DomainName: domain, TargetIPs: []zone.TargetAddress{{IP: "192.0.2.53"}},
	})
	s.ResolverRuleAssociations = append(s.ResolverRuleAssociations, zone.ResolverRuleAssociation{ResolverRuleID: id, VPCID: vpc})
}

func (s *scene) zone(id, name, vpc string, sets ...zone.RecordSet) {
	s.HostedZones = append(s.HostedZones, privateZone(id, name, sets, vpc))
}

func (s *scene) profile(id, vpc, arn string, priority int) {
	s.ProfileAssociations = append(s.ProfileAssociations, zone.ProfileAssociation{ProfileID: id, ResourceID: vpc, Priority: priority})
	s.ProfileResourceAssociations = append(s.ProfileResourceAssociations, zone.ProfileResourceAssociation{ProfileID: id, ResourceARN: arn})
}

// second adds another endpoint like one of the fixtures.
func (s *scene) second(of, id string) *place {
	p := *s.eps[of]
	p.ID = id
	p.DNSEntries = slices.DeleteFunc(slices.Clone(p.DNSEntries), func(e endpoint.DNSEntry) bool { return naming.IsEndpointName(e.Name) })
	s.eps[id] = &p
	s.used = append(s.used, id)
	return &p
}

func entZone(s *scene) {
	s.zone("ZENT", "ent.test", v1, entRecords...)
}

// entRecords is the zone E of wildcards-bind.md.
var entRecords = []zone.RecordSet{
	set("*.d.ent.test", "A", 60, "127.0.1.53"), set("r.c.d.ent.test", "A", 60, "127.0.1.52"), set("f.*.e.ent.test", "A", 60, "2.2.2.2"),
	set("t.e.ent.test", "A", 60, "1.1.1.1"), set("*.ent.test", "TXT", 60, `"star"`), set("x.prod.*.y.ent.test", "A", 60, "3.3.3.3"),
	set("cn.ent.test", "CNAME", 60, "target.other.test."), set("dn.ent.test", "CNAME", 60, "missing.ent2.ent.test."),
	set("*.w.ent.test", "CNAME", 60, "tgt.ent.test."), set("tgt.ent.test", "A", 60, "5.5.5.5"),
}

const (
	apiName   = "a1b2c3d4e5.execute-api.us-east-2.amazonaws.com"
	dkrName   = "dkr.ecr.us-east-2.amazonaws.com"
	ecrRegion = "vpce-02222222222222222-tg2ecrdk.dkr.ecr.us-east-2.vpce.amazonaws.com"
)

// staging is what the situations of some rows add to the endpoints they
// mention.
var staging = map[string]func(*scene){
	"D025": func(s *scene) { s.Subnets[3].EnableDNS64 = false },
	"D029": func(s *scene) { s.eps["EP1"].interfaces[1].Status = "available" },
	"D030": func(s *scene) {
		for i := range s.eps["EP1"].interfaces {
			s.eps["EP1"].interfaces[i].Status = "available"
		}
	},
	"D031": func(s *scene) {
		p := s.eps["EP1"]
		p.interfaces, p.NetworkInterfaceIDs, p.SubnetIDs = p.interfaces[:2], p.NetworkInterfaceIDs[:2], p.SubnetIDs[:2]
	},
	"A001": func(s *scene) { s.used = []string{"EP1"} },
	"A002": func(s *scene) { s.used = []string{"EP1"}; s.attributes(v1, true, false) },
	"A003": func(s *scene) { s.used = []string{"EP1"}; s.attributes(v1, false, false) },
	"A006": func(s *scene) { s.attributes(v1, true, false) },
	"A007": func(s *scene) { s.attributes(v1, true, false) },
	"A008": func(s *scene) { s.attributes(v1, false, false) },
	"A009": func(s *scene) { s.attributes(v1, false, false) },
	"A010": func(s *scene) { s.attributes(v1, false, false) },
	"A011": func(s *scene) { s.attributes(v1, true, false) },
	"A013": func(s *scene) {
		s.zone("ZCORP", "corp.example", v1, set("db.corp.example", "A", 60, "10.0.9.9"))
		s.attributes(v1, true, false)
	},
	"A014": func(s *scene) {
		s.used = []string{"EP1"}
		s.VPCs[0] = endpoint.VPC{ID: v1, IsDefault: true}
	},
	"W012": func(s *scene) {
		s.public["api.shop.test A"] = zone.NewAnswer(zone.NoError, mustRecord("api.shop.test", "CNAME", "d-"+apiName))
	},
	"W014": phzB, "W015": phzB, "W016": phzB,
	"W023": inboundOnly, "W024": inboundOnly,
	"W026": func(s *scene) {
		s.used = []string{"EP4"}
		s.eps["EP4"].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
	},
	"W030": func(s *scene) { s.used = nil; s.gateway() },
	"W032": func(s *scene) { s.zone("ZSTAR", "*."+dkrName, v1) },
	"W033": phzD, "W034": phzD,
	"P008": func(s *scene) { s.eps["EP1"].interfaces[0].Status = "available" },
	"P009": func(s *scene) { s.eps["EP1"].State = "deleted" },
	"P010": func(s *scene) { s.eps["EP1"].State = "deleting" },
	"P011": func(s *scene) { s.eps["EP1"].State = "pending" },
	"P012": func(s *scene) {
		s.eps["EP1"].State = "pending"
		s.eps["EP1"].DNSEntries[4].HostedZoneID = endpoint.ZoneIDPending
	},
	"P013": func(s *scene) { s.used = []string{"EP1"}; s.eps["EP1"].State = "pendingAcceptance" },
	"I002": func(s *scene) { s.eps["EP6"].DNSOptions.RecordIPType = "ipv4" },
	"I003": func(s *scene) { s.eps["EP6"].DNSOptions.RecordIPType = "ipv6" },
	"I004": func(s *scene) { s.eps["EP6"].DNSOptions.RecordIPType = "service-defined" },
	"I005": func(s *scene) { s.eps["EP6"].DNSOptions.RecordIPType = "service-defined" },
	"I006": func(s *scene) { s.recordType("ipv4", "dualstack") },
	"I007": func(s *scene) { s.recordType("ipv6", "ipv4") },
	"I012": func(s *scene) { s.recordType("ipv4", "service-defined") },
	"C001": func(s *scene) { s.second("EP1", "vpce-11111111111111111") },
	"C002": func(s *scene) { s.second("EP3", "vpce-11111111111111111") },
	"C003": func(s *scene) { s.second("EP1", "vpce-11111111111111111").privateOff() },
	"C004": func(s *scene) { s.zone("ZPHZC", defaultName, v1) },
	"C005": func(s *scene) { s.zone("ZPHZC", defaultName, v1) },
	"C006": phzA, "C007": phzA, "C008": phzA, "C009": phzA, "C015": phzA,
	"C010": func(s *scene) {
		s.used = nil
		s.zone("ZPHZE", "example.com", v1, set("seattle.accounting.example.com", "A", 60, "192.0.2.7"))
		s.zone("ZPHZF", "accounting.example.com", v1)
	},
	"C011": func(s *scene) {
		s.eps["api"] = newEndpoint("vpce-0aaaaaaaaaaaaaaaa", "tgartapi", v1, "com.amazonaws.us-east-2.codeartifact.api", "api.codeartifact.us-east-2",
			"Z0A", []string{"codeartifact.us-east-2.amazonaws.com"}, []string{"10.0.1.21"})
		s.eps["repositories"] = newEndpoint("vpce-0bbbbbbbbbbbbbbbb", "tgartrep", v1, "com.amazonaws.us-east-2.codeartifact.repositories",
			"d.codeartifact.us-east-2", "Z0B", []string{"d.codeartifact.us-east-2.amazonaws.com", "*.d.codeartifact.us-east-2.amazonaws.com"}, []string{"10.0.1.22"})
		s.used = []string{"api", "repositories"}
	},
	"C013": func(s *scene) { s.eps["EP1"].State = "deleted" },
	"R001": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", "amazonaws.com", v1) },
	"R002": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", ".", v1) },
	"R003": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", defaultName, v1) },
	"R004": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", "foo."+defaultName, v1) },
	"R005": func(s *scene) {
		s.rule("rslvr-rr-1", "FORWARD", "amazonaws.com", v1)
		s.rule("rslvr-rr-2", "SYSTEM", "us-east-2.amazonaws.com", v1)
	},
	"R006": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", "amazonaws.com", v1) },
	"R007": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", ".", v1); s.attributes(v1, true, false) },
	"R008": func(s *scene) {
		s.rule("rslvr-rr-1", "FORWARD", "example.com", v1)
		s.Forward = func(zone.ResolverRule, string, zone.Type) (zone.Answer, bool) {
			return zone.NewAnswer(zone.ServFail), true
		}
	},
	"R009": func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", "acme.example.com", v1) },
	"R012": func(s *scene) { s.profile("rp-1", v2, "arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/"+ep1, 0) },
	"R014": func(s *scene) {
		s.used = nil
		s.HostedZones = []zone.HostedZone{
			privateZone("ZP1", defaultName, []zone.RecordSet{set(defaultName, "A", 60, "192.0.2.1")}),
			privateZone("ZP2", defaultName, []zone.RecordSet{set(defaultName, "A", 60, "192.0.2.2")}),
		}
		s.profile("rp-1", v2, "arn:aws:route53:::hostedzone/ZP1", 100)
		s.profile("rp-2", v2, "arn:aws:route53:::hostedzone/ZP2", 200)
	},
	"R015": central, "R016": central,
	"R017": func(s *scene) { s.zone("ZCENTRAL", dkrName, v2, aliasTo(dkrName, "A", ecrRegion)) },
	"R018": func(s *scene) { s.zone("ZWRONG", "ecr.api.us-east-2.amazonaws.com", v2) },
	"S006": func(s *scene) {
		e := s.eps["EP5"].DNSEntries
		s.eps["EP5"].DNSEntries = append(e[:len(e)-1:len(e)-1], endpoint.DNSEntry{Name: "*.svc.example.com", HostedZoneID: "Z05"})
	},
	"S008": func(s *scene) {
		s.eps["EP5"].privateOff()
		s.eps["EP5"].PrivateDNSEnabled = true
		s.Names = func(endpoint.Endpoint) ([]string, naming.Evidence) { return nil, naming.Documented }
	},
	"S009": func(s *scene) { s.verification("_aksldja21i1.svc.example.com") },
	"S010": func(s *scene) { s.verification("svc.example.com") },
	"S013": func(s *scene) {
		s.eps["kms"] = newEndpoint("vpce-0cccccccccccccccc", "tgkmswes", v3, "com.amazonaws.us-west-2.kms", "kms.us-west-2", "Z0C", nil, []string{"10.3.1.19"})
		s.eps["kms"].PrivateDNSEnabled, s.eps["kms"].ServiceRegion = true, "us-west-2"
		s.Names = func(endpoint.Endpoint) ([]string, naming.Evidence) {
			return []string{"kms.us-west-2.amazonaws.com"}, naming.Documented
		}
		s.used = []string{"kms"}
	},
	"S014": func(s *scene) {
		s.eps["iam"] = newEndpoint("vpce-0dddddddddddddddd", "tgiamglo", v1, "com.amazonaws.iam", "iam.us-east-1", "Z0D", []string{"iam.amazonaws.com"}, []string{"10.0.1.20"})
		s.used = []string{"iam"}
	},
	"S018": func(s *scene) {
		p := newEndpoint("vpce-0eeeeeeeeeeeeeeee", "tgs3west", v3, "com.amazonaws.us-west-2.s3", "s3.us-west-2", "", nil, []string{"10.3.1.20"}, []string{"10.3.2.20"})
		p.ServiceRegion = "us-west-2"
		p.DNSEntries = p.DNSEntries[:1]
		p.DNSEntries[0].Name = "*." + p.DNSEntries[0].Name
		s.eps["s3"], s.used = p, []string{"s3"}
	},
	"L001": big, "L002": big,
	"L013": func(s *scene) { s.zone("ZEFS", "fs-1.efs.us-west-2.amazonaws.com", v1) },
	"L014": entZone, "L015": entZone, "L016": entZone, "L017": entZone, "L018": entZone,
	"L019": func(s *scene) { s.public["other.example.org A"] = zone.Answer{} },
}

func phzA(s *scene) { s.zone("ZPHZA", "amazonaws.com", v1) }
func phzB(s *scene) { s.zone("ZPHZB", apiName, v1, set(apiName, "A", 60, "203.0.113.9")) }
func phzD(s *scene) {
	s.used = nil
	s.zone("ZPHZD", dkrName, v1, set(`\052.`+dkrName, "A", 60, "10.0.9.1"))
}

func central(s *scene) { s.zone("ZPHZC", defaultName, v2, aliasTo(defaultName, "A", regionalName)) }

func big(s *scene) {
	rs := set("big.example.com", "A", 60)
	for i := range 30 {
		rs.ResourceRecords = append(rs.ResourceRecords, zone.ResourceRecord{Value: netip.AddrFrom4([4]byte{192, 0, 2, byte(i + 1)}).String()})
	}
	s.zone("ZPHZE", "example.com", v1, rs)
}

func inboundOnly(s *scene) {
	s.eps["EP4"].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
	s.gateway()
}

func (s *scene) gateway() {
	s.Endpoints = append(s.Endpoints, endpoint.Endpoint{
		ID: "vpce-0fffffffffffffff0", Type: "Gateway", VPCID: v1, ServiceName: "com.amazonaws.us-east-2.s3", State: "available",
	})
}

func (s *scene) recordType(ip endpoint.IPAddressType, record endpoint.RecordIPType) {
	s.used = []string{"EP6"}
	s.eps["EP6"].IPAddressType, s.eps["EP6"].DNSOptions.RecordIPType = ip, record
}

func (s *scene) verification(name string) {
	s.public[name+" TXT"] = zone.NewAnswer(zone.NoError, mustRecord(name, "TXT", `"vpce:asjdakjshd78126eu21"`))
}

func mustRecord(name, typ, data string) zone.Record {
	t, err := zone.ParseType(typ)
	if err != nil {
		panic(err)
	}
	r, err := zone.NewRecord(name, t, 300, data)
	if err != nil {
		panic(err)
	}
	return r
}
