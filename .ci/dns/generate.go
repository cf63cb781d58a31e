package main

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// maxChain keeps chains of CNAMEs shorter than BIND and the library follow them: no chain has more links than there are
// CNAMEs.
const maxChain = 5

var (
	// domains of zones, below a suffix of the estate's own. Some are nested, some hold octets that need escapes.
	domains = []string{"", "corp.", "a.", "b.a.", "c.b.a.", "www.", `we\056ird.`, `\351t\351.`, "_sip.a."}

	// privateDomains are those of hidden zones: AWS gives endpoints host names only.
	privateDomains = []string{"api.", "d.a.", "a.b.a.", "b.corp."}

	// labels that owners and questions are made of: few, so that they meet, and some that need escapes in a zone file.
	labels = []string{
		"a", "a", "b", "b", "www", "www", "*", "*", "*", "d", "_sip", "x-1",
		`*b`, `w\056x`, `\100`, `\044`, `\073`, `\042`, `\134`, `\040`, `\050`, `\000`, `\377`, `\303\274`, strings.Repeat("l", 63),
	}
)

// genConfig draws one to four customers' zones and up to two hidden ones, all below the suffix, in one VPC. The zones
// may be nested; no two have the same domain, which AWS says nothing about. No CNAME stands at a zone's domain: BIND
// refuses such a zone. A name with a CNAME has nothing else, for the same reason. There are no delegations, which the
// library does not follow, and no alias whose target has nothing, which a zone file cannot say.
func genConfig(suffix string) *rapid.Generator[zone.Config] {
	return rapid.Custom(func(t *rapid.T) zone.Config {
		var c zone.Config
		g := generator{T: t, suffix: suffix}
		for i, d := range rapid.SliceOfNDistinct(rapid.SampledFrom(domains), 1, 4, rapid.ID[string]).Draw(t, "domains") {
			c.HostedZones = append(c.HostedZones, g.hostedZone(fmt.Sprintf("Z%d", i), d+suffix))
		}
		for i, d := range rapid.SliceOfNDistinct(rapid.SampledFrom(privateDomains), 0, 2, rapid.ID[string]).Draw(t, "private names") {
			e, enis := g.endpoint(i, d+suffix)
			c.Endpoints = append(c.Endpoints, e)
			c.NetworkInterfaces = append(c.NetworkInterfaces, enis...)
		}
		return c
	})
}

type generator struct {
	*rapid.T
	suffix string
	cnames int // so far
}

func (g *generator) pick(what string, from ...string) string {
	return rapid.SampledFrom(from).Draw(g.T, what)
}

// below draws a name up to four labels below another.
func (g *generator) below(name string) string {
	for range rapid.SampledFrom([]int{0, 1, 1, 2, 2, 3, 4}).Draw(g.T, "depth") {
		name = rapid.SampledFrom(labels).Draw(g.T, "label") + "." + name
	}
	return name
}

func (g *generator) hostedZone(id, apex string) zone.HostedZone {
	z := hostedZone(id, apex)
	z.RecordSets = []zone.RecordSet{}
	has := func(owner, typ string) bool {
		return slices.ContainsFunc(z.RecordSets, func(rs zone.RecordSet) bool {
			return rs.Name == owner && (typ == "" || rs.Type == typ)
		})
	}
	for range rapid.SampledFrom([]int{0, 3, 6, 9, 12}).Draw(g.T, "record sets") {
		rs := g.recordSet(z)
		if rs.Type == "CNAME" && (rs.Name == apex || has(rs.Name, "") || g.cnames == maxChain) ||
			has(rs.Name, rs.Type) || has(rs.Name, "CNAME") {
			continue
		}
		if rs.Type == "CNAME" {
			g.cnames++
		}
		z.RecordSets = append(z.RecordSets, rs)
	}
	return z
}

// recordSet draws one more set for a zone: it may be an alias of one that the zone has already.
func (g *generator) recordSet(z zone.HostedZone) zone.RecordSet {
	apex := z.Name
	owner := g.below(apex)
	ttl := rapid.SampledFrom([]uint32{0, 60, 300, 86400, 1<<31 - 1}).Draw(g.T, "TTL")
	typ := g.pick("type", "A", "A", "A", "AAAA", "TXT", "TXT", "CNAME", "CNAME", "CNAME", "alias", "alias", "MX", "SRV", "CAA", "PTR", "SPF", "HTTPS", "TYPE65400", "domain")
	var values []string
	several := func(what string, all ...string) {
		values = rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, min(3, len(all)), rapid.ID[string]).Draw(g.T, what)
	}
	switch typ {
	case "A":
		several("addresses", "10.0.0.1", "10.0.0.2", "192.0.2.1", "203.0.113.255")
	case "AAAA":
		several("addresses", "2001:db8::1", "2001:db8:1::", "::ffff:10.0.0.1", "::")
	case "TXT", "SPF":
		several("texts", `"text"`, `""`, `"two" "strings"`, `"quo\"ted" "back\\slash"`, `"semi;colon $ @ ( )"`, `"\000\011\012\177\303\274\377"`, `"v=spf1 -all"`,
			`"`+strings.Repeat("t", 255)+`"`)
	case "CNAME":
		values = []string{g.target(apex)}
	case "MX":
		several("mail servers", "0 .", "10 "+g.target(apex), "65535 mail.example.net.")
	case "SRV":
		several("servers", "0 0 0 .", "1 2 443 "+g.target(apex), "65535 65535 65535 srv.example.net.")
	case "CAA":
		several("authorities", `0 issue "ca.example.net"`, `128 iodef "mailto:a;b@example.net"`, `0 issue ";"`)
	case "PTR":
		several("names", g.target(apex), "ptr.example.net.")
	case "HTTPS":
		several("services", `\# 3 000100`, `\# 9 0001000003000201bb`)
	case "TYPE65400":
		several("data", `\# 0`, `\# 1 00`, `\# 4 deadbeef`)
	case "domain": // what every zone has, in the customer's own form
		if g.pick("at the domain", "NS", "SOA") == "NS" {
			return recordSet(apex, "NS", ttl, "ns.example.net.", "ns.example.org.")
		}
		return recordSet(apex, "SOA", ttl, "ns.example.net. host\\056master.example.net. 7 7200 900 1209600 "+g.pick("MINIMUM", "0", "30", "86400"))
	case "alias":
		var targets []zone.RecordSet
		for _, o := range z.RecordSets {
			if o.Type == "A" || o.Type == "AAAA" || o.Type == "TXT" {
				targets = append(targets, o)
			}
		}
		if len(targets) == 0 {
			return recordSet(owner, "A", ttl, "10.0.0.3")
		}
		target := rapid.SampledFrom(targets).Draw(g.T, "alias of")
		return zone.RecordSet{Name: owner, Type: target.Type, AliasTarget: &zone.AliasTarget{HostedZoneID: z.ID, DNSName: target.Name}}
	}
	return recordSet(owner, typ, ttl, values...)
}

// target draws a name that a record may point to: in the same zone, in any zone of the estate, in none, the root.
func (g *generator) target(apex string) string {
	switch g.pick("target", "zone", "zone", "estate", "outside") {
	case "zone":
		return g.below(apex) + "."
	case "estate":
		return g.below(rapid.SampledFrom(slices.Concat(domains, privateDomains)).Draw(g.T, "domain")+g.suffix) + "."
	}
	return g.pick("outside", "www.example.net.", "elsewhere.test.")
}

// endpoint draws an interface endpoint of an AWS service with a private name, a wildcard, or both.
func (g *generator) endpoint(i int, apex string) (endpoint.Endpoint, []endpoint.NetworkInterface) {
	id := fmt.Sprintf("vpce-%017x", i)
	e := endpoint.Endpoint{
		ID: id, Type: endpoint.Interface, VPCID: vpcID, ServiceName: "com.amazonaws.us-east-2.monitoring", State: endpoint.Available, PrivateDNSEnabled: true,
		DNSEntries: endpoint.DNSEntries{{Name: id + "-abcdefgh.monitoring." + vpceRegion, HostedZoneID: "ZC8PG0KIFKBRI"}},
	}
	family := g.pick("address type", "ipv4", "ipv6", "dualstack")
	e.IPAddressType = endpoint.IPAddressType(family)
	e.DNSOptions.RecordIPType = endpoint.RecordIPType(family)
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"", "*."}), 1, 2, rapid.ID[string]).Draw(g.T, "apex and wildcard") {
		e.DNSEntries = append(e.DNSEntries, endpoint.DNSEntry{Name: name + apex, HostedZoneID: "ZHIDDEN"})
	}
	var enis []endpoint.NetworkInterface
	for k := range rapid.IntRange(1, 3).Draw(g.T, "network interfaces") {
		n := endpoint.NetworkInterface{
			ID: fmt.Sprintf("eni-%015x%d", i, k), InterfaceType: "vpc_endpoint", VPCID: vpcID, Status: "in-use",
			PrivateIPAddress: fmt.Sprintf("10.0.%d.%d", k+1, i),
			IPv6Addresses:    []endpoint.IPv6Address{{IPv6Address: fmt.Sprintf("2001:db8:0:%d::%d", k+1, i)}},
		}
		enis = append(enis, n)
		e.NetworkInterfaceIDs = append(e.NetworkInterfaceIDs, n.ID)
	}
	return e, enis
}

// genQuestion draws a question about an estate: for a record that a zone has; for the name of one, or one near by, and
// any type; or for a name outside. A wildcard's records are mostly asked for by a name that the wildcard covers.
func genQuestion(e *estate) *rapid.Generator[question] {
	names := append(e.names(), "www.example.net")
	var records []question
	for _, z := range e.zones {
		for r := range z.Records() {
			if q := (question{r.Name, r.Type}); !slices.Contains(records, q) {
				records = append(records, q)
			}
		}
	}
	return rapid.Custom(func(t *rapid.T) question {
		label := func() string { return rapid.SampledFrom(labels).Draw(t, "label") + "." }
		q := rapid.SampledFrom(records).Draw(t, "record")
		if rapid.Bool().Draw(t, "another name") {
			q.name = rapid.SampledFrom(names).Draw(t, "name")
		}
		if rapid.Bool().Draw(t, "another type") {
			q.typ = rapid.SampledFrom(asTypes).Draw(t, "type")
		}
		if below, ok := strings.CutPrefix(q.name, "*."); ok && rapid.IntRange(0, 3).Draw(t, "of the wildcard") > 0 {
			q.name = label() + below
		}
		exact := q.name
		switch rapid.IntRange(0, 9).Draw(t, "near") {
		case 6:
			q.name = label() + q.name
		case 7:
			q.name = label() + label() + q.name
		case 8:
			if _, up, ok := strings.Cut(q.name, "."); ok {
				q.name = label() + up
			}
		case 9:
			q.name = strings.ToUpper(q.name)
		}
		if _, err := q.query(1); err != nil { // too long
			q.name = exact
		}
		return q
	})
}
