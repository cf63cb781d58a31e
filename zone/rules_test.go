package zone_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// ask is one question of a rule's test and the answer as text prints it.
type ask struct {
	from, name, typ, want string
}

// TestRules has a subtest for each rule of dns.md that is about answers. The
// table of cases says more about most of them.
func TestRules(t *testing.T) {
	const (
		hidden = "hidden-zone(Z06320943MMOWYG6MAVL9,monitoring.us-east-2.amazonaws.com)"
		ours   = " | monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10" +
			" | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10"
		in1 = "vpc:" + v1
		in2 = "vpc:" + v2
	)
	only := func(name string, more func(*scene)) func(*scene) {
		return func(s *scene) {
			s.used = []string{name}
			if more != nil {
				more(s)
			}
		}
	}
	attributes := func(support, hostnames *bool) func(*scene) {
		return only("EP1", func(s *scene) { s.VPCs[0].EnableDNSSupport, s.VPCs[0].EnableDNSHostnames = support, hostnames })
	}
	yes, no := new(true), new(false)
	for _, c := range []struct {
		rule  string
		scene func(*scene)
		asks  []ask
	}{
		{"Z1 own VPC only", only("EP1", nil), []ask{
			{in1, defaultName, "A", "NOERROR Z9 " + hidden + " given" + ours},
			{"inbound:" + v1, defaultName, "A", "NOERROR Z9 " + hidden + " given" + ours},
			{in2, defaultName, "A", "- Z7 public(,) documented"},
			{"public", defaultName, "A", "- Z7 public(,) documented"},
		}},
		{"Z3 letter case, final dot", only("EP1", nil), []ask{
			{in1, "MONITORING.us-east-2.AmazonAWS.com.", "A", "NOERROR Z9 " + hidden + " given" + ours},
		}},
		{"Z4 support false", attributes(no, no), []ask{
			{in1, defaultName, "A", "- Z4 none(,) given [DNS_ATTRIBUTES_OFF]"},
			{in1, regionalName, "A", "- Z4 none(,) given [DNS_ATTRIBUTES_OFF]"},
		}},
		{"Z4 support false, hostnames true", attributes(no, yes), []ask{
			{in1, defaultName, "A", "- Z4 none(,) modelled [DNS_ATTRIBUTES_OFF]"},
		}},
		{"Z5 the resolver's own zones", only("EP1", func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", ".", v1); s.Forward = nil }), []ask{
			{in1, "10.1.0.10.in-addr.arpa", "PTR", "NOERROR Z5 autodefined(,10.in-addr.arpa) documented | 10.1.0.10.in-addr.arpa 60 PTR ip-10-0-1-10.us-east-2.compute.internal"},
			{in1, "10.1.0.10.in-addr.arpa", "A", "NOERROR Z5 autodefined(,10.in-addr.arpa) documented | SOA 10.in-addr.arpa"},
			{in1, "99.9.0.10.in-addr.arpa", "PTR", "- Z5 autodefined(,10.in-addr.arpa) unknown"},
			{in1, "ip-10-0-1-10.us-east-2.compute.internal", "A", "NOERROR Z5 autodefined(,us-east-2.compute.internal) documented | ip-10-0-1-10.us-east-2.compute.internal 60 A 10.0.1.10"},
			{in1, "ip-10-0-9-9.us-east-2.compute.internal", "A", "- Z5 autodefined(,us-east-2.compute.internal) unknown"},
			{in1, "ec2-203-0-113-1.us-east-2.compute.amazonaws.com", "A", "- Z5 autodefined(,us-east-2.compute.amazonaws.com) unknown"},
			{in1, "8.8.8.8.in-addr.arpa", "PTR", "- Z8 rule(rslvr-rr-1,.) unknown"},
		}},
		{"Z5 a rule of the same domain comes first", only("EP1", func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", "10.in-addr.arpa", v1); s.Forward = nil }), []ask{
			{in1, "10.1.0.10.in-addr.arpa", "PTR", "- Z8 rule(rslvr-rr-1,10.in-addr.arpa) unknown"},
		}},
		{"Z6 longest domain, label by label", only("EP1", func(s *scene) { s.zone("ZA", "us-east-2.amazonaws.com", v1) }), []ask{
			{in1, defaultName, "A", "NOERROR Z9 " + hidden + " given" + ours},
			{in1, "xmonitoring.us-east-2.amazonaws.com", "A", "NXDOMAIN Z9 hosted-zone(ZA,us-east-2.amazonaws.com) given | SOA us-east-2.amazonaws.com"},
			{in1, "xus-east-2.amazonaws.com", "A", "- Z7 public(,) documented"},
		}},
		{"Z6 equal domains, other records", only("EP1", func(s *scene) { s.zone("ZC", defaultName, v1, set(defaultName, "A", 60, "192.0.2.1")) }), []ask{
			{in1, defaultName, "A", "- Z6 hidden-zone(,monitoring.us-east-2.amazonaws.com) unspecified [CONFLICTING_PRIVATE_DNS]"},
			{in1, "foo." + defaultName, "A", "- Z6 hidden-zone(,monitoring.us-east-2.amazonaws.com) unspecified [CONFLICTING_PRIVATE_DNS]"},
		}},
		{"Z6 equal domains, same records", only("EP1", func(s *scene) {
			s.zone("ZC", defaultName, v1, set(defaultName, "A", 300, "10.0.3.10", "10.0.1.10", "10.0.2.10"))
		}), []ask{
			{in1, defaultName, "A", "NOERROR Z9 " + hidden + " modelled [CONFLICTING_PRIVATE_DNS]" + ours},
		}},
		{"Z7 no fall-through", phzA, []ask{
			{in1, regionalName, "A", "NXDOMAIN Z9 hosted-zone(ZPHZA,amazonaws.com) given | SOA amazonaws.com"},
		}},
		{"Z8 forwarded, the answer unknown", func(s *scene) { s.rule("rslvr-rr-1", "FORWARD", "example.com", v1); s.Forward = nil }, []ask{
			{in1, "www.example.com", "A", "- Z8 rule(rslvr-rr-1,example.com) unknown"},
		}},
		{"Z8 SYSTEM repeats without rules", only("EP1", func(s *scene) {
			s.rule("rslvr-rr-1", "FORWARD", "us-east-2.amazonaws.com", v1)
			s.rule("rslvr-rr-2", "SYSTEM", "x.us-east-2.amazonaws.com", v1)
			s.zone("ZA", "amazonaws.com", v1, set("*.us-east-2.amazonaws.com", "A", 60, "192.0.2.1"))
			s.Forward = nil
		}), []ask{
			{in1, "y.x.us-east-2.amazonaws.com", "A", "NOERROR Z27 hosted-zone(ZA,amazonaws.com) given | y.x.us-east-2.amazonaws.com 60 A 192.0.2.1"},
			{in1, "x.us-east-2.amazonaws.com", "A", "NOERROR Z27 hosted-zone(ZA,amazonaws.com) given | x.us-east-2.amazonaws.com 60 A 192.0.2.1"},
			{in1, "y.us-east-2.amazonaws.com", "A", "- Z8 rule(rslvr-rr-1,us-east-2.amazonaws.com) unknown"},
		}},
		{"Z9 record, NODATA, NXDOMAIN", only("EP1", nil), []ask{
			{in1, defaultName, "TXT", "NOERROR Z9 " + hidden + " given | SOA monitoring.us-east-2.amazonaws.com"},
			{in1, "foo." + defaultName, "TXT", "NXDOMAIN Z9 " + hidden + " given | SOA monitoring.us-east-2.amazonaws.com"},
		}},
		{"Z9 record sets not in the input", func(s *scene) {
			s.HostedZones = []zone.HostedZone{{ID: "ZX", Name: "example.com", Private: true, VPCs: []zone.ZoneVPC{{VPCID: v1}}}}
		}, []ask{
			{in1, "www.example.com", "A", "- Z9 hosted-zone(ZX,example.com) unknown [UNKNOWN_RESOURCE]"},
		}},
		{"Z10 the zone's own SOA", func(s *scene) {
			s.zone("ZX", "example.com", v1, set("example.com", "SOA", 600, "ns.example.net. host.example.net. 7 1 2 3 120"))
		}, []ask{
			{in1, "www.example.com", "A", "NXDOMAIN Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
			{in1, "example.com", "SOA", "NOERROR Z9 hosted-zone(ZX,example.com) given | example.com 600 SOA ns.example.net host.example.net 7 1 2 3 120"},
		}},
		{"Z12 assumed on: an endpoint has private DNS", attributes(nil, nil), []ask{
			{in1, defaultName, "A", "NOERROR Z9 " + hidden + " modelled [DNS_ATTRIBUTES_ASSUMED]" + ours},
			{in1, "www.example.com", "A", "- Z7 public(,) modelled [DNS_ATTRIBUTES_ASSUMED]"},
		}},
		{"Z12 assumed on: the default VPC", func(s *scene) {
			s.VPCs[0].EnableDNSSupport, s.VPCs[0].EnableDNSHostnames, s.VPCs[0].IsDefault = nil, nil, true
			s.zone("ZX", "example.com", v1, set("example.com", "A", 60, "192.0.2.1"))
		}, []ask{
			{in1, "example.com", "A", "NOERROR Z9 hosted-zone(ZX,example.com) modelled [DNS_ATTRIBUTES_ASSUMED] | example.com 60 A 192.0.2.1"},
		}},
		{"Z12 unknown by assumption", func(s *scene) {
			s.VPCs[0].EnableDNSSupport, s.VPCs[0].EnableDNSHostnames = nil, nil
			s.zone("ZX", "example.com", v1, set("example.com", "A", 60, "192.0.2.1"))
		}, []ask{
			{in1, "example.com", "A", "- Z12 hosted-zone(ZX,example.com) unknown [DNS_ATTRIBUTES_ASSUMED]"},
			{in1, "1.1.0.10.in-addr.arpa", "PTR", "- Z12 autodefined(,10.in-addr.arpa) unknown [DNS_ATTRIBUTES_ASSUMED]"},
			{in1, "example.org", "A", "- Z7 public(,) modelled [DNS_ATTRIBUTES_ASSUMED]"},
		}},
		{"Z12 given in part", attributes(nil, no), []ask{
			{in1, "example.org", "A", "- Z7 public(,) modelled [DNS_ATTRIBUTES_ASSUMED]"},
		}},
		{"Z13 hostnames switched off", attributes(yes, no), []ask{
			{in1, defaultName, "A", "- Z7 public(,) modelled [DNS_ATTRIBUTES_OFF]"},
			{in1, "example.org", "A", "- Z7 public(,) documented"},
			{in1, "10.1.0.10.in-addr.arpa", "PTR", "- Z7 public(,) documented"},
		}},
		{"Z14 names from Config.Names", only("EP1", func(s *scene) {
			s.eps["EP1"].DNSEntries = s.eps["EP1"].DNSEntries[:4]
			s.Names = func(endpoint.Endpoint) ([]string, naming.Evidence) { return []string{defaultName}, naming.Documented }
		}), []ask{
			{in1, defaultName, "A", "NOERROR Z9 hidden-zone(,monitoring.us-east-2.amazonaws.com) documented" + ours},
			{in1, defaultName, "AAAA", "NOERROR Z9 hidden-zone(,monitoring.us-east-2.amazonaws.com) documented | SOA monitoring.us-east-2.amazonaws.com"},
		}},
		{"Z14 given names beat Config.Names", only("EP1", func(s *scene) {
			s.Names = func(endpoint.Endpoint) ([]string, naming.Evidence) {
				return []string{"other.example.com"}, naming.Documented
			}
		}), []ask{
			{in1, "other.example.com", "A", "- Z7 public(,) documented"},
		}},
		{"Z15 a wildcard stands for two names", only("EP2", func(s *scene) {
			s.eps["EP2"].DNSEntries = s.eps["EP2"].DNSEntries[:3]
			s.Names = func(endpoint.Endpoint) ([]string, naming.Evidence) { return []string{"*." + dkrName}, naming.Modelled }
		}), []ask{
			{in1, dkrName, "A", "NOERROR Z9 hidden-zone(,dkr.ecr.us-east-2.amazonaws.com) modelled | dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.1.11 | dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.2.11"},
			{in1, "x." + dkrName, "MX", "NOERROR Z27 hidden-zone(,dkr.ecr.us-east-2.amazonaws.com) modelled | SOA dkr.ecr.us-east-2.amazonaws.com"},
		}},
		{"Z16 one zone for each base name", only("EP4", nil), []ask{
			{in1, "b.s3.dualstack.us-east-2.amazonaws.com", "MX", "NOERROR Z27 hidden-zone(Z00000000000000000004,s3.dualstack.us-east-2.amazonaws.com) given | SOA s3.dualstack.us-east-2.amazonaws.com"},
		}},
		{"Z17 healthy interfaces", only("EP1", func(s *scene) { s.eps["EP1"].interfaces[0].Status = "Available" }), []ask{
			{in1, defaultName, "A", "NOERROR Z9 " + hidden + " given | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10"},
		}},
		{"Z17 an interface not in the input", only("EP1", func(s *scene) { s.eps["EP1"].interfaces = s.eps["EP1"].interfaces[:2] }), []ask{
			{in1, defaultName, "A", "- Z9 " + hidden + " unknown [UNKNOWN_RESOURCE]"},
			{in1, defaultName, "AAAA", "NOERROR Z9 " + hidden + " given | SOA monitoring.us-east-2.amazonaws.com"},
			{"public", zonalNameA, "A", "NOERROR Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) given | " + zonalNameA + " 60 A 10.0.1.10"},
			{"public", regionalName, "A", "- Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
		}},
		{"Z19 SOA and NS of a hidden zone", only("EP1", nil), []ask{
			{in1, defaultName, "SOA", "NOERROR Z9 " + hidden + " modelled | monitoring.us-east-2.amazonaws.com 900 SOA ns-1536.awsdns-00.co.uk awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400"},
		}},
		{"Z20 pending zone id", only("EP1", func(s *scene) { s.eps["EP1"].DNSEntries[4].HostedZoneID = endpoint.ZoneIDPending }), []ask{
			{in1, defaultName, "A", "NOERROR Z9 hidden-zone(,monitoring.us-east-2.amazonaws.com) given" + ours},
		}},
		{"Z22 a second endpoint without private DNS", func(s *scene) { s.used = []string{"EP1"}; s.second("EP1", "vpce-11111111111111111").privateOff() }, []ask{
			{in1, defaultName, "A", "NOERROR Z9 " + hidden + " given" + ours},
		}},
		{"Z23 an endpoint not in the input", func(s *scene) { s.used = []string{"EP1"} }, []ask{
			{"public", "vpce-0123456789abcdef0-abcdefgh.sqs.us-east-2.vpce.amazonaws.com", "A", "- Z23 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "vpce-0123456789abcdef0-abcdefgh.sqs.eu-west-1.vpce.amazonaws.com", "A", "- Z23 vpce(,eu-west-1.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "evil-vpce-0123456789abcdef0-abcdefgh.sqs.us-east-2.vpce.amazonaws.com", "A", "- Z23 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "vpce.example.com", "A", "- Z7 public(,) documented"},
		}},
		{"Z24 zonal names", only("EP1", nil), []ask{
			{"subnet:subnet-c", zonalNameA, "A", "NOERROR Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) given | " + zonalNameA + " 60 A 10.0.1.10"},
			{"public", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2d.monitoring.us-east-2.vpce.amazonaws.com", "A", "NXDOMAIN Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) given | SOA us-east-2.vpce.amazonaws.com"},
			{"public", "foo." + regionalName, "A", "NXDOMAIN Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) given | SOA us-east-2.vpce.amazonaws.com"},
		}},
		{"Z25 S3, empty non-terminals, private APIs", func(s *scene) { s.used = []string{"EP3", "EP4"}; s.eps["EP3"].privateOff() }, []ask{
			{"public", "b.vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com", "AAAA", "NOERROR Z25 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) given | SOA us-east-2.vpce.amazonaws.com"},
			{"public", "s3.us-east-2.vpce.amazonaws.com", "A", "NOERROR Z25 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) modelled | SOA us-east-2.vpce.amazonaws.com"},
			{"public", "us-east-2.vpce.amazonaws.com", "NS", "- Z25 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
			{"public", "sqs.us-east-2.vpce.amazonaws.com", "A", "- Z25 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
			{
				"public", "a1b2c3d4e5-vpce-03333333333333333.execute-api.us-east-2.amazonaws.com", "A", "NOERROR Z25 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) documented" +
					" | a1b2c3d4e5-vpce-03333333333333333.execute-api.us-east-2.amazonaws.com 60 A 10.0.1.12" +
					" | a1b2c3d4e5-vpce-03333333333333333.execute-api.us-east-2.amazonaws.com 60 A 10.0.2.12",
			},
			{"public", "a1b2c3d4e5-vpce-0123456789abcdef0.execute-api.us-east-2.amazonaws.com", "A", "- Z23 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"},
		}},
		{"Z26 an asterisk elsewhere is a label", entZone, []ask{
			{in1, "x.prod.*.y.ent.test", "A", "NOERROR Z9 hosted-zone(ZENT,ent.test) given | x.prod.*.y.ent.test 60 A 3.3.3.3"},
		}},
		{"Z27 any depth", only("EP2", nil), []ask{
			{in1, "a.b.c." + dkrName, "A", "NOERROR Z27 hidden-zone(Z00000000000000000002,dkr.ecr.us-east-2.amazonaws.com) given | a.b.c.dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.1.11 | a.b.c.dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.2.11"},
		}},
		{"Z28 existing names block a wildcard", entZone, []ask{
			{in1, "x.t.e.ent.test", "A", "NXDOMAIN Z9 hosted-zone(ZENT,ent.test) modelled | SOA ent.test"},
			{in1, "c.d.ent.test", "TXT", "NOERROR Z9 hosted-zone(ZENT,ent.test) modelled | SOA ent.test"},
		}},
		{"Z29 empty wildcard", entZone, []ask{
			{in1, "something.e.ent.test", "A", "NOERROR Z29 hosted-zone(ZENT,ent.test) modelled | SOA ent.test"},
		}},
		{"Z30 the owner is the asked name; not for NS", func(s *scene) {
			s.zone("ZX", "example.com", v1, set("*.example.com", "A", 60, "192.0.2.1"), set("*.example.com", "NS", 60, "ns.example.net."))
		}, []ask{
			{in1, "Foo.example.com", "A", "NOERROR Z27 hosted-zone(ZX,example.com) given | foo.example.com 60 A 192.0.2.1"},
			{in1, "*.example.com", "A", "NOERROR Z9 hosted-zone(ZX,example.com) given | *.example.com 60 A 192.0.2.1"},
			{in1, "foo.example.com", "NS", "NOERROR Z27 hosted-zone(ZX,example.com) given | SOA example.com"},
		}},
		{"Z31 CNAMEs", func(s *scene) {
			s.used = []string{"EP1"}
			s.Public = nil
			s.zone("ZX", "example.com", v1, set("in.example.com", "CNAME", 60, defaultName+"."), set("no.example.com", "CNAME", 60, "foo."+defaultName),
				set("out.example.com", "CNAME", 60, "www.example.org."), set("loop.example.com", "CNAME", 60, "pool.example.com."),
				set("pool.example.com", "CNAME", 60, "LOOP.example.com."), set("self.example.com", "CNAME", 60, "self.example.com."))
		}, []ask{
			{in1, "in.example.com", "A", "NOERROR Z31 hosted-zone(ZX,example.com) given | in.example.com 60 CNAME monitoring.us-east-2.amazonaws.com" + ours},
			{in1, "in.example.com", "AAAA", "NOERROR Z31 hosted-zone(ZX,example.com) given | in.example.com 60 CNAME monitoring.us-east-2.amazonaws.com | SOA monitoring.us-east-2.amazonaws.com"},
			{in1, "in.example.com", "ANY", "NOERROR Z9 hosted-zone(ZX,example.com) given | in.example.com 60 CNAME monitoring.us-east-2.amazonaws.com"},
			{in1, "no.example.com", "A", "NXDOMAIN Z31 hosted-zone(ZX,example.com) given | no.example.com 60 CNAME foo.monitoring.us-east-2.amazonaws.com | SOA monitoring.us-east-2.amazonaws.com"},
			{in1, "out.example.com", "A", "- Z31 hosted-zone(ZX,example.com) documented | out.example.com 60 CNAME www.example.org"},
			{in1, "loop.example.com", "A", "NOERROR Z31 hosted-zone(ZX,example.com) unspecified | loop.example.com 60 CNAME pool.example.com | pool.example.com 60 CNAME loop.example.com"},
			{in1, "self.example.com", "A", "NOERROR Z31 hosted-zone(ZX,example.com) unspecified | self.example.com 60 CNAME self.example.com"},
		}},
		{"Z32 aliases", func(s *scene) {
			s.used = []string{"EP1"}
			s.Public = nil
			s.zone("ZX", "example.com", v1, within("ZX", "example.com", "A", "www.example.com."), set("www.example.com", "A", 300, "192.0.2.1"),
				within("ZX", "two.example.com", "A", "example.com."), within("ZX", "wild.example.com", "A", "any.w.example.com."), set("*.w.example.com", "A", 30, "192.0.2.2"),
				aliasTo("lb.example.com", "A", "lb-1.us-east-2.elb.amazonaws.com."), aliasTo("hidden.example.com", "A", defaultName+"."),
				aliasTo("ep.example.com", "AAAA", regionalName+"."), aliasTo("gone.example.com", "A", "vpce-0123456789abcdef0-abcdefgh.sqs.us-east-2.vpce.amazonaws.com."),
				within("ZX", "o.example.com", "A", "p.example.com."), within("ZX", "p.example.com", "A", "o.example.com."), set("lb.example.com", "TXT", 60, `"x"`))
		}, []ask{
			{in1, "example.com", "A", "NOERROR Z32 hosted-zone(ZX,example.com) given | example.com 300 A 192.0.2.1"},
			{in1, "two.example.com", "A", "NOERROR Z32 hosted-zone(ZX,example.com) given | two.example.com 300 A 192.0.2.1"},
			{in1, "two.example.com", "AAAA", "NOERROR Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
			{in1, "wild.example.com", "A", "NOERROR Z32 hosted-zone(ZX,example.com) given | wild.example.com 30 A 192.0.2.2"},
			{in1, "lb.example.com", "A", "- Z32 hosted-zone(ZX,example.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "lb.example.com", "ANY", "- Z9 hosted-zone(ZX,example.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "hidden.example.com", "A", "- Z32 hosted-zone(ZX,example.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "ep.example.com", "AAAA", "NOERROR Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
			{in1, "gone.example.com", "A", "- Z32 hosted-zone(ZX,example.com) unknown [UNKNOWN_RESOURCE]"},
			{in1, "o.example.com", "A", "NOERROR Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
		}},
		{"Z33 DNS64", func(s *scene) {
			s.used = []string{"EP1"}
			s.Public = nil
			s.rule("rslvr-rr-1", "FORWARD", "example.net", v1)
			s.Forward = nil
			s.zone("ZX", "example.com", v1, set("example.com", "A", 3000, "192.0.2.1"), set("www.example.com", "CNAME", 60, "example.com."), set("t.example.com", "TXT", 60, `"x"`))
		}, []ask{
			{"subnet:subnet-64", "example.com", "AAAA", "NOERROR Z33 hosted-zone(ZX,example.com) given | example.com 900 AAAA 64:ff9b::c000:201"},
			{"subnet:subnet-64", "www.example.com", "AAAA", "NOERROR Z33 hosted-zone(ZX,example.com) given | www.example.com 60 CNAME example.com | example.com 900 AAAA 64:ff9b::c000:201"},
			{"subnet:subnet-64", "t.example.com", "AAAA", "NOERROR Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
			{"subnet:subnet-64", "no.example.com", "AAAA", "NXDOMAIN Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
			{"subnet:subnet-64", "example.com", "A", "NOERROR Z9 hosted-zone(ZX,example.com) given | example.com 3000 A 192.0.2.1"},
			{"subnet:subnet-64", "www.example.org", "AAAA", "- Z7 public(,) documented"},
			{"subnet:subnet-a", "example.com", "AAAA", "NOERROR Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
		}},
		{"Z34 DELEGATE rules", func(s *scene) { s.rule("rslvr-rr-1", "DELEGATE", "example.com", v1) }, []ask{
			{in1, "www.example.com", "A", "- Z34 rule(rslvr-rr-1,example.com) unspecified [NOT_MODELLED]"},
		}},
		{"Z34 routing policies", func(s *scene) {
			rs := set("www.example.com", "A", 60, "192.0.2.1")
			rs.SetIdentifier = "blue"
			s.zone("ZX", "example.com", v1, rs)
		}, []ask{
			{in1, "www.example.com", "A", "- Z9 hosted-zone(ZX,example.com) unknown [NOT_MODELLED]"},
			{in1, "www.example.com", "AAAA", "NOERROR Z9 hosted-zone(ZX,example.com) given | SOA example.com"},
		}},
		{"Z36 Profiles", func(s *scene) {
			s.used = []string{"EP1"}
			s.zone("ZX", "example.com", v1, set("example.com", "A", 60, "192.0.2.1"))
			s.profile("rp-1", v2, "arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/"+ep1, 0)
			s.ProfileResourceAssociations = append(s.ProfileResourceAssociations,
				zone.ProfileResourceAssociation{ProfileID: "rp-1", ResourceARN: "arn:aws:route53:::hostedzone/ZX"},
				zone.ProfileResourceAssociation{ProfileID: "rp-1", ResourceARN: "arn:aws:route53resolver:us-east-2:111122223333:resolver-rule/rslvr-rr-1"})
			s.ResolverRules = []zone.ResolverRule{{ID: "rslvr-rr-1", RuleType: "FORWARD", DomainName: "corp.example"}}
			s.Forward = nil
		}, []ask{
			{in2, defaultName, "A", "NOERROR Z9 " + hidden + " given" + ours},
			{in2, "example.com", "A", "NOERROR Z9 hosted-zone(ZX,example.com) given | example.com 60 A 192.0.2.1"},
			{in2, "a.corp.example", "A", "- Z8 rule(rslvr-rr-1,corp.example) unknown"},
		}},
		{"Z36 a Profile's zone and an own zone of one name", func(s *scene) {
			s.used = []string{"EP1"}
			s.zone("ZC", defaultName, v2, set(defaultName, "A", 60, "192.0.2.1"))
			s.profile("rp-1", v2, "arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/"+ep1, 0)
		}, []ask{
			{in2, defaultName, "A", "- Z36 hidden-zone(,monitoring.us-east-2.amazonaws.com) unspecified [CONFLICTING_PRIVATE_DNS]"},
		}},
		{"Z37 a rule of the zone's name, and of its parent", only("EP1", func(s *scene) {
			s.rule("rslvr-rr-1", "FORWARD", defaultName, v1)
			s.zone("ZX", "b.example.com", v1)
			s.rule("rslvr-rr-2", "FORWARD", "example.com", v1)
			s.Forward = nil
		}), []ask{
			{in1, defaultName, "A", "- Z8 rule(rslvr-rr-1,monitoring.us-east-2.amazonaws.com) unknown"},
			{in1, "foo." + defaultName, "A", "- Z8 rule(rslvr-rr-1,monitoring.us-east-2.amazonaws.com) unknown"},
			{in1, "b.example.com", "A", "NOERROR Z9 hosted-zone(ZX,b.example.com) given | SOA b.example.com"},
		}},
		{"Z38 inbound only", only("EP4", inboundOnly), []ask{
			{in1, "b.s3.us-east-2.amazonaws.com", "MX", "- Z38 public(,) documented [INBOUND_RESOLVER_ONLY]"},
			{"inbound:" + v1, "b.s3.us-east-2.amazonaws.com", "MX", "NOERROR Z27 hidden-zone(Z00000000000000000004,s3.us-east-2.amazonaws.com) given | SOA s3.us-east-2.amazonaws.com"},
			{in1, "www.example.org", "MX", "- Z7 public(,) documented"},
		}},
		{"Z39 gateway endpoints", func(s *scene) { s.gateway() }, []ask{
			{in1, "b.s3.us-east-2.amazonaws.com", "MX", "- Z7 public(,) documented"},
		}},
		{"Z40 a customer's service whose Regional name is not in the input", only("EP5", func(s *scene) { s.eps["EP5"].DNSEntries = s.eps["EP5"].DNSEntries[3:] }), []ask{
			{in1, "svc.example.com", "A", "- Z9 hidden-zone(Z00000000000000000005,svc.example.com) unknown [UNKNOWN_RESOURCE]"},
		}},
		{"Z42 other endpoint types", func(s *scene) {
			s.used = []string{"EP1"}
			s.eps["EP1"].Type = "GatewayLoadBalancer"
		}, []ask{
			{in1, defaultName, "A", "- Z7 public(,) documented"},
		}},
		{"Z43 cross-Region", only("EP7", nil), []ask{
			{
				"vpc:" + v3, "vpce-07777777777777777-tg7cross-us-east-1b.vpce-svc-04560456045604560.us-west-2.vpce.amazonaws.com", "A",
				"NOERROR Z24 vpce(ZC8PG0KIFKBRI,us-west-2.vpce.amazonaws.com) given | vpce-07777777777777777-tg7cross-us-east-1b.vpce-svc-04560456045604560.us-west-2.vpce.amazonaws.com 60 A 10.3.2.17",
			},
		}},
		{"Z44 private names of AWS services in another Region", func(s *scene) {
			staging["S013"](s)
		}, []ask{
			{"vpc:" + v3, "kms.us-west-2.amazonaws.com", "A", "NOERROR Z9 hidden-zone(,kms.us-west-2.amazonaws.com) modelled | kms.us-west-2.amazonaws.com 60 A 10.3.1.19"},
		}},
		{"section 6 states", func(s *scene) {
			s.used = []string{"EP1", "EP2", "EP3", "EP5"}
			s.eps["EP1"].State, s.eps["EP2"].State, s.eps["EP3"].State, s.eps["EP5"].State = "Pending", "partial", "expired", "AVAILABLE"
			s.Public = nil
		}, []ask{
			{in1, defaultName, "A", "- Z7 public(,) modelled [ENDPOINT_NOT_AVAILABLE]"},
			{in1, dkrName, "A", "- Z7 public(,) modelled [ENDPOINT_NOT_AVAILABLE]"},
			{in1, "execute-api.us-east-2.amazonaws.com", "A", "- Z7 public(,) modelled [ENDPOINT_NOT_AVAILABLE]"},
			{in1, "svc.example.com", "CNAME", "NOERROR Z9 hidden-zone(Z00000000000000000005,svc.example.com) given | svc.example.com 60 CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com"},
		}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			s := stage(t, row{id: c.rule, situation: "no endpoint"})
			c.scene(s)
			for _, id := range s.used {
				s.Endpoints = append(s.Endpoints, s.eps[id].Endpoint)
				s.NetworkInterfaces = append(s.NetworkInterfaces, s.eps[id].interfaces...)
			}
			s.Public = nil
			z := build(t, s.Config)
			for _, q := range c.asks {
				typ, err := zone.ParseType(q.typ)
				if err != nil {
					t.Fatal(err)
				}
				a := view(t, z, zone.MustParsePoint(q.from)).Lookup(q.name, typ)
				if got := text(a); got != q.want {
					t.Errorf("%s %s from %s\n got %s\nwant %s", q.name, q.typ, q.from, got, q.want)
				}
			}
		})
	}
}

// TestDelegation is R019: of a delegated name the model says that it does not
// know (Z34); the NS records themselves it has.
func TestDelegation(t *testing.T) {
	c := world()
	c.HostedZones = []zone.HostedZone{privateZone("ZPHZE", "example.com", []zone.RecordSet{
		set("child.example.com", "NS", 60, "ns.example.net."), set("a.child.example.com", "A", 60, "192.0.2.1"),
	}, v1)}
	z := build(t, c)
	v := view(t, z, zone.VPC(v1))
	for name, want := range map[string]string{
		"www.child.example.com": "- Z34 hosted-zone(ZPHZE,example.com) unspecified [NOT_MODELLED]",
		"a.child.example.com":   "- Z34 hosted-zone(ZPHZE,example.com) unspecified [NOT_MODELLED]",
		"child.example.com":     "- Z34 hosted-zone(ZPHZE,example.com) unspecified [NOT_MODELLED]",
		"example.com":           "NOERROR Z9 hosted-zone(ZPHZE,example.com) given | SOA example.com",
	} {
		if got := text(v.Lookup(name, zone.A)); got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
	if got, want := text(v.Lookup("child.example.com", zone.NS)), "NOERROR Z9 hosted-zone(ZPHZE,example.com) given | child.example.com 60 NS ns.example.net"; got != want {
		t.Errorf("NS\n got %s\nwant %s", got, want)
	}
	if f := z.Findings(); len(f) != 1 || f[0].Code != endpoint.NotModelled || f[0].Resource != "ZPHZE" {
		t.Errorf("findings %v", f)
	}
}

// TestViews: what has a point of view.
func TestViews(t *testing.T) {
	c := world(fixtures()["EP1"])
	c.HostedZones = []zone.HostedZone{privateZone("ZX", "example.com", nil, "vpc-elsewhere")}
	c.Subnets = append(c.Subnets, endpoint.Subnet{ID: "subnet-lost"})
	z := build(t, c)
	for p, want := range map[zone.Point]bool{
		zone.Public(): true, zone.VPC(v1): true, zone.Inbound(v2): true, zone.Subnet("subnet-64"): true, zone.VPC("vpc-elsewhere"): true,
		zone.VPC("vpc-none"): false, zone.Inbound("vpc-none"): false, zone.Subnet("subnet-none"): false, zone.Subnet("subnet-lost"): false, {}: false,
	} {
		v, ok := z.View(p)
		if ok != want || ok && v.Point() != p || !ok && v != nil {
			t.Errorf("View(%v) = %v, %v", p, v, ok)
		}
	}
	if a := new(zone.View).Lookup("example.com", zone.A); a.IsValid() {
		t.Errorf("the zero View answers %s", text(a))
	}
	v, _ := new(zone.Zones).View(zone.Public())
	if got, want := text(v.Lookup(regionalName, zone.A)), "- Z23 vpce(,us-east-2.vpce.amazonaws.com) unknown [UNKNOWN_RESOURCE]"; got != want {
		t.Errorf("the zero Zones\n got %s\nwant %s", got, want)
	}
}

// TestBelowEndpoint: what the name of an endpoint that does not serve lacks,
// names below it lack too (section 18, 5).
func TestBelowEndpoint(t *testing.T) {
	c := page()
	c.Endpoints[0].State = endpoint.PendingAcceptance
	z, err := zone.New(c)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := z.View(zone.Public())
	n, ok := c.Endpoints[0].DNSEntries.Regional()
	if !ok {
		t.Fatal("no Regional name")
	}
	for _, name := range []string{n.String(), "zz." + n.String(), "a.b." + n.String()} {
		if a := v.Lookup(name, zone.A); !a.IsNXDOMAIN() || a.Evidence() != naming.Modelled {
			t.Errorf("%s: %s %s, want NXDOMAIN modelled", name, a.Rule(), a.Evidence())
		}
	}
}

// TestConsumerZone: a zonal name of an endpoint to another Region's service has
// the consumer's zone (Z43). Where no network interface is there, and for AWS
// services always, it does not exist (Z24, Z44), nor does what is below it.
func TestConsumerZone(t *testing.T) {
	f := fixtures()
	svc := f["EP7"]
	aws := newEndpoint(ep8, "tg8kines", v3, "com.amazonaws.us-west-2.kms", "kms.us-west-2", "", nil, []string{"10.3.1.18"})
	aws.DNSEntries, aws.ServiceRegion = aws.DNSEntries[:1], "us-west-2"
	gone := newEndpoint(ep6, "tg6duals", v3, "com.amazonaws.us-west-2.sqs", "sqs.us-west-2", "", nil, []string{"10.3.1.19"})
	gone.State = endpoint.Deleted
	v := view(t, build(t, world(svc, aws, gone)), zone.VPC(v3))
	const (
		tail = ".vpce-svc-04560456045604560.us-west-2.vpce.amazonaws.com"
		west = "vpce(ZC8PG0KIFKBRI,us-west-2.vpce.amazonaws.com)"
		nx   = "NXDOMAIN Z24 " + west + " given | SOA us-west-2.vpce.amazonaws.com"
	)
	for _, q := range []struct{ rule, name, want string }{
		{"Z43", ep7 + "-tg7cross-us-east-1a" + tail, "NOERROR Z24 " + west + " given | " + ep7 + "-tg7cross-us-east-1a" + tail + " 60 A 10.3.1.17"},
		{"Z24", ep7 + "-tg7cross-us-east-1c" + tail, nx},
		{"Z24 another Region", ep7 + "-tg7cross-us-east-2c" + tail, nx},
		{"Z24 below", "x." + ep7 + "-tg7cross-us-east-2c" + tail, nx},
		{"Z24 Local Zone", ep7 + "-tg7cross-us-east-1-bos-1a" + tail, "- Z24 " + west + " unspecified"},
		{"Z44", ep8 + "-tg8kines-us-east-1a.kms.us-west-2.vpce.amazonaws.com", nx},
		{"section 6", ep6 + "-tg6duals-us-east-1a.sqs.us-west-2.vpce.amazonaws.com", "NXDOMAIN Z24 " + west + " modelled [ENDPOINT_NOT_AVAILABLE] | SOA us-west-2.vpce.amazonaws.com"},
		{"Z23 not in the input", ep5 + "-tg5provx-us-east-1a.sqs.us-west-2.vpce.amazonaws.com", "- Z23 " + west + " unknown [UNKNOWN_RESOURCE]"},
		{"Z23 no zone", ep7 + "-tg7cross-other" + tail, "- Z23 " + west + " unknown [UNKNOWN_RESOURCE]"},
	} {
		if got := text(v.Lookup(q.name, zone.A)); got != q.want {
			t.Errorf("%s\n got %s\nwant %s", q.rule, got, q.want)
		}
	}
}
