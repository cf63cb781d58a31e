package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// vpcID is the VPC that every estate is seen from.
const vpcID = "vpc-0a1b2c3d4e5f60001"

// estate is the zones of one VPC, and what the library answers there.
type estate struct {
	name     string
	zones    []zone.Zone
	view     *zone.View
	resolver *resolver.Resolver
}

// newEstate builds a Config's zones. In its public DNS no name exists.
func newEstate(name string, c zone.Config) (*estate, error) {
	c.Public = func(string, zone.Type) (zone.Answer, bool) { return zone.NewAnswer(zone.NXDomain), true }
	on := true
	c.VPCs = []endpoint.VPC{{ID: vpcID, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: &on, EnableDNSHostnames: &on}}
	z, err := zone.New(c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, f := range z.Findings() {
		return nil, fmt.Errorf("%s: %v", name, f)
	}
	v, ok := z.View(zone.VPC(vpcID))
	if !ok {
		return nil, fmt.Errorf("%s: no view", name)
	}
	e := &estate{name: name, view: v, resolver: resolver.New(v)}
	e.zones = slices.AppendSeq(slices.Collect(z.Hosted(vpcID)), z.Hidden(vpcID))
	return e, nil
}

// ask asks the library. A question for ANY is not asked by a message: it is answered with one set there (A6), and with
// all of them by BIND and by Lookup.
func (e *estate) ask(q question) (reply, error) {
	if q.typ == zone.ANY {
		a := e.view.Lookup(q.name, q.typ)
		r := reply{rcode: zone.Refused, answer: slices.Collect(a.Records())}
		if rcode, ok := a.RCode(); ok {
			r.rcode = rcode
		}
		if soa, ok := a.SOA(); ok {
			r.soa = []zone.Record{soa}
		}
		r.sort()
		return r, nil
	}
	query, err := q.query(1)
	if err != nil {
		return reply{}, err
	}
	msg, ok := e.resolver.AppendResponse(nil, query, resolver.MaxStream)
	if !ok {
		return reply{}, fmt.Errorf("%s: no response", q)
	}
	return newReply(msg, 1)
}

// circular reports whether CNAMEs lead back to one of themselves. BIND gives up there, the library answers each CNAME
// once (A5), and AWS does not say.
func (e *estate) circular(q question) bool {
	seen := map[string]bool{}
	target := ""
	for r := range e.view.Lookup(q.name, q.typ).Records() {
		seen[r.Name] = true
		target = ""
		if r.Type == zone.CNAME && q.typ != zone.CNAME && q.typ != zone.ANY {
			target = r.Data()
		}
	}
	return seen[target]
}

// names returns the owners of the zones, the empty non-terminals above them, and the names that CNAMEs lead to, all
// sorted.
func (e *estate) names() []string {
	set := map[string]bool{}
	for _, z := range e.zones {
		for r := range z.Records() {
			for name := r.Name; name != z.Name; _, name, _ = strings.Cut(name, ".") {
				set[name] = true
			}
			if r.Type == zone.CNAME {
				set[r.Data()] = true
			}
		}
		set[z.Name] = true
	}
	var list []string
	for name := range set {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// asTypes are the types asked for. DS is none of them: a server that has a zone and the zone above it answers that one
// from above.
var asTypes = []zone.Type{
	zone.A, zone.AAAA, zone.CNAME, zone.TXT, zone.MX, zone.NS, zone.SOA, zone.SRV, zone.CAA, zone.PTR, zone.SPF, zone.HTTPS, privateType, zone.ANY,
}

// privateType is a type of the private range, which no program knows (RFC 6895).
const privateType zone.Type = 65400

func recordSet(owner, typ string, ttl uint32, values ...string) zone.RecordSet {
	rs := zone.RecordSet{Name: owner, Type: typ, TTL: ttl}
	for _, v := range values {
		rs.ResourceRecords = append(rs.ResourceRecords, zone.ResourceRecord{Value: v})
	}
	return rs
}

func hostedZone(id, name string, sets ...zone.RecordSet) zone.HostedZone {
	return zone.HostedZone{ID: id, Name: name, Private: true, VPCs: []zone.ZoneVPC{{VPCID: vpcID, VPCRegion: "us-east-2"}}, RecordSets: sets}
}

const (
	region     = "us-east-2.amazonaws.com"
	vpceRegion = "us-east-2.vpce.amazonaws.com"
	manyName   = "many.big.test" // its TXT records take more than a datagram
	someName   = "some.big.test" // its TXT records take more than a datagram without EDNS
)

// manyTexts is how many TXT records manyName has; someName has a quarter of them.
const manyTexts = 40

// fixedConfig is the zones that answers of BIND 9.18 were measured with (wildcards and empty non-terminals in zones as
// endpoints and customers have them), and one with answers that are too long for a datagram.
func fixedConfig() zone.Config {
	zones := []zone.HostedZone{
		hostedZone("ZM", "monitoring."+region, recordSet("monitoring."+region, "A", 60, "10.0.1.10", "10.0.2.10", "10.0.3.10")),
		hostedZone("ZK", "dkr.ecr."+region,
			recordSet("dkr.ecr."+region, "A", 60, "10.0.1.11"),
			recordSet("*.dkr.ecr."+region, "A", 60, "10.0.1.11")),
		hostedZone("ZX", "execute-api."+region, recordSet("*.execute-api."+region, "A", 60, "10.0.1.12")),
		hostedZone("ZS", "s3."+region,
			recordSet("s3."+region, "A", 60, "10.0.1.13"),
			recordSet("*.s3."+region, "A", 60, "10.0.1.13"),
			recordSet("*.dualstack.s3."+region, "A", 60, "10.0.1.99")),
		hostedZone("ZV", vpceRegion,
			recordSet("vpce-1-aaaa.monitoring."+vpceRegion, "A", 60, "10.0.1.10"),
			recordSet("vpce-1-aaaa-us-east-2a.monitoring."+vpceRegion, "A", 60, "10.0.1.10"),
			recordSet("*.vpce-2-bbbb.s3."+vpceRegion, "A", 60, "10.0.1.13"),
			recordSet("*.vpce-2-bbbb-us-east-2a.s3."+vpceRegion, "A", 60, "10.0.1.13")),
		hostedZone("ZD", "ds.us-east-2.api.aws",
			recordSet("ds.us-east-2.api.aws", "A", 60, "10.0.1.20"),
			recordSet("ds.us-east-2.api.aws", "AAAA", 60, "2600:1f16::20")),
		hostedZone("Z6", "v6.us-east-2.api.aws", recordSet("v6.us-east-2.api.aws", "AAAA", 60, "2600:1f16::21")),
		hostedZone("ZE", "ent.test",
			recordSet("*.d.ent.test", "A", 60, "127.0.1.53"), recordSet("r.c.d.ent.test", "A", 60, "127.0.1.52"),
			recordSet("f.*.e.ent.test", "A", 60, "2.2.2.2"), recordSet("t.e.ent.test", "A", 60, "1.1.1.1"),
			recordSet("*.ent.test", "TXT", 60, `"star"`), recordSet("x.prod.*.y.ent.test", "A", 60, "3.3.3.3"),
			recordSet("cn.ent.test", "CNAME", 60, "target.other.test."), recordSet("dn.ent.test", "CNAME", 60, "missing.ent2.ent.test."),
			recordSet("*.w.ent.test", "CNAME", 60, "tgt.ent.test."), recordSet("tgt.ent.test", "A", 60, "5.5.5.5")),
	}
	var texts []string
	for i := range manyTexts {
		texts = append(texts, fmt.Sprintf(`"%02d %s"`, i, strings.Repeat("x", 60)))
	}
	zones = append(zones, hostedZone("ZB", "big.test", recordSet(manyName, "TXT", 60, texts...), recordSet(someName, "TXT", 60, texts[:manyTexts/4]...)))
	return zone.Config{HostedZones: zones}
}

// fixedQuestions asks for every name of an estate, for names beside and below it, and for one outside, each for every
// type that its zones hold.
func fixedQuestions(e *estate) []question {
	names := []string{"other.example.org", "monitoring.us-east-1.amazonaws.com"}
	for _, name := range e.names() {
		names = append(names, name, "x."+name, "c.x."+name, "*."+name, strings.ToUpper(name))
	}
	held := map[zone.Type]bool{zone.MX: true, zone.HTTPS: true, zone.ANY: true}
	for _, z := range e.zones {
		for r := range z.Records() {
			held[r.Type] = true
		}
	}
	var list []question
	for _, name := range names {
		for _, t := range asTypes {
			if held[t] {
				list = append(list, question{name, t})
			}
		}
	}
	return list
}
