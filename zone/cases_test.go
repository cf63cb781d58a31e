package zone_test

import (
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// leftOut are the rows of the table that are not about this package, with the
// reason.
var leftOut = map[string]string{
	"D020": "asks VPC+2 from outside the VPC, which AWS does not support: there is no such point of view",
	"D026": "asks an address where no resolver is",
	"D032": "the class of a question is the wire's: package resolver",
	"D033": "the opcode of a question is the wire's: package resolver",
	"R019": "AWS says nothing of it; TestDelegation shows what the model says",
	"R020": "rate limits are not modelled",
	"P014": "what a filter outside AWS makes of an answer", "P015": "what a filter outside AWS makes of an answer",
	"P016": "what a filter outside AWS makes of an answer", "P017": "what a filter outside AWS makes of an answer",
	"S015": "private names of Resource endpoints are not modelled (Z42)", "S016": "private names of Resource endpoints are not modelled (Z42)",
	"W025": "AWS does not say what it answers",
	"L007": "package resolver", "L008": "package resolver", "L009": "package resolver", "L010": "package resolver",
	"A004": "a call that changes a VPC, without a code", "A005": "a call that changes a VPC, without a code",
	"A012": "what DescribeVpcEndpoints shows, without a code",
	"C014": "a call without a code: the service is not in the Region", "S007": "a call without a code: the name is not verified",
	"S017": "a call without a code: an option of other endpoint types",
	"R013": "what ListHostedZonesByVPC lists, without a code",
	"W027": "a default of CreateVpcEndpoint: the endpoint it would make is W026's",
}

// row is one row of testdata/dns_cases.tsv.
type row struct{ id, situation, name, typ, from, rcode, answer string }

func cases(t *testing.T) []row {
	t.Helper()
	file, err := os.ReadFile("testdata/dns_cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for line := range strings.Lines(string(file)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || f[0] == "id" {
			continue
		}
		rows = append(rows, row{f[0], f[1], f[2], f[3], f[4], f[5], f[6]})
	}
	return rows
}

// viewpoint reads the column "from".
func viewpoint(r row) zone.Point {
	from, _, _ := strings.Cut(r.from, " ")
	vpc := func(name string) string { return map[string]string{"V1": v1, "V2": v2, "V3": v3}[name] }
	if id, ok := strings.CutPrefix(from, "inbound:"); ok {
		return zone.Inbound(vpc(id))
	}
	if from == "public" || from == "authoritative" {
		return zone.Public()
	}
	from = strings.TrimPrefix(from, "vpc:")
	if v, subnet, ok := strings.Cut(from, "/"); ok && v == "V1" {
		return zone.Subnet("subnet-" + strings.TrimPrefix(subnet, "S-"))
	}
	return zone.VPC(vpc(from))
}

// findings are the rows about API calls: the endpoint or zone that AWS would
// have refused, with its code and AWS's text where one was seen; "" for calls
// that succeed.
var findings = map[string]struct {
	code   endpoint.Code
	source string
	text   string
}{
	"A001": {}, "A014": {}, "C003": {}, "C006": {}, "C011": {}, "S018": {},
	"A002": {endpoint.PrivateDNSNeedsAttributes, "E2 InvalidParameter", "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for " + v1},
	"A003": {endpoint.PrivateDNSNeedsAttributes, "E2 InvalidParameter", "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for " + v1},
	"W026": {endpoint.InboundOnlyWithoutGateway, "E4 InvalidParameter", "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC " + v1 + " must have a Gateway endpoint for the service."},
	"W032": {endpoint.WildcardZoneName, "E7", "Creation of hosted zone with a wildcard domain name is not supported"},
	"P013": {endpoint.PrivateDNSBeforeAcceptance, "E8", "private DNS"},
	"I006": {endpoint.RecordIPTypeNotAllowed, "AWS PrivateLink Guide, DNS record IP types", "dualstack"},
	"I007": {endpoint.RecordIPTypeNotAllowed, "AWS PrivateLink Guide, DNS record IP types", "ipv4"},
	"I012": {endpoint.RecordIPTypeNotAllowed, "AWS PrivateLink Guide, DNS record IP types", "service-defined"},
	"C001": {endpoint.ConflictingPrivateDNS, "E1 InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain for monitoring.us-east-2.amazonaws.com in the VPC " + v1},
	"C002": {endpoint.ConflictingPrivateDNS, "E1 InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain for *.execute-api.us-east-2.amazonaws.com in the VPC " + v1},
	"C004": {endpoint.ConflictingPrivateDNS, "E1 InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain for monitoring.us-east-2.amazonaws.com in the VPC " + v1},
	"C005": {endpoint.ConflictingPrivateDNS, "E5 ConflictingDomainExists", "The VPC " + v1 + " in region us-east-2 has already been associated with the hosted zone Z06320943MMOWYG6MAVL9 with the same domain name."},
	"S008": {endpoint.PrivateDNSNotOffered, "E3 InvalidParameter", "Private DNS can't be enabled because the service com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230 does not provide a private DNS name."},
}

// unspecified are the rows of which AWS says nothing, and what the model says
// (dns.md section 20), as text prints it up to the records.
var unspecified = map[string]string{
	"D030": "NOERROR Z9 hidden-zone(Z06320943MMOWYG6MAVL9,monitoring.us-east-2.amazonaws.com) modelled | monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10" +
		" | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10",
	"W029": "NOERROR Z25 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) modelled | SOA us-east-2.vpce.amazonaws.com",
	"P008": "- Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) unspecified",
	"P010": "NXDOMAIN Z24 vpce(,us-east-2.vpce.amazonaws.com) modelled [ENDPOINT_NOT_AVAILABLE] | SOA us-east-2.vpce.amazonaws.com",
	"P011": "NXDOMAIN Z24 vpce(,us-east-2.vpce.amazonaws.com) modelled [ENDPOINT_NOT_AVAILABLE] | SOA us-east-2.vpce.amazonaws.com",
	"P012": "NOERROR Z7 public(,) modelled [ENDPOINT_NOT_AVAILABLE] | monitoring.us-east-2.amazonaws.com 300 A " + publicAddr,
	"P019": "- Z24 vpce(,us-east-1.vpce.amazonaws.com) unspecified",
	"R011": "- Z5 autodefined(,253.169.254.169.in-addr.arpa) unspecified",
	"R014": "- Z36 hosted-zone(,monitoring.us-east-2.amazonaws.com) unspecified [CONFLICTING_PRIVATE_DNS]",
}

var (
	addressSet = regexp.MustCompile(`^(A|AAAA) 60 \{([^}]*)\}`)
	oneAddress = regexp.MustCompile(`^(A|AAAA) (?:60 )?([0-9a-f]+[.:][0-9a-f.:]+)`)
	theirs     = regexp.MustCompile(`\{([^}]*)\}`)
)

// TestCases is the table of cases, a subtest for every row.
func TestCases(t *testing.T) {
	rows := cases(t)
	if len(rows) != 184 {
		t.Errorf("%d rows, want 184: the table changed, look at what it says now", len(rows))
	}
	for _, r := range rows {
		t.Run(r.id, func(t *testing.T) {
			if why := leftOut[r.id]; why != "" {
				t.Skip(why)
			}
			z := build(t, stage(t, r).Config)
			if r.from == "api" {
				checkFinding(t, r, z)
				return
			}
			typ, err := zone.ParseType(r.typ)
			if err != nil {
				t.Fatal(err)
			}
			name := r.name
			if r.id == "L006" {
				name = strings.Repeat("a23456789.", 25) + "abcde."
			}
			v := view(t, z, viewpoint(r))
			a := v.Lookup(name, typ)
			checkAnswer(t, r, a)
			if a.IsValid() && a.Name() != strings.ToLower(strings.TrimSuffix(name, ".")) {
				t.Errorf("Name() = %q", a.Name())
			}
		})
	}
}

func checkFinding(t *testing.T, r row, z *zone.Zones) {
	t.Helper()
	want, ok := findings[r.id]
	if !ok {
		t.Fatalf("no expectation for the call %q", r.name)
	}
	if want.code == "" {
		if f := z.Findings(); len(f) > 0 {
			t.Errorf("the call succeeds, findings: %v", f)
		}
		return
	}
	for _, f := range z.Findings() {
		if f.Code == want.code && f.Source == want.source && strings.Contains(f.Text, want.text) {
			return
		}
	}
	t.Errorf("no finding %s %s %q among %v", want.code, want.source, want.text, z.Findings())
}

func checkAnswer(t *testing.T, r row, a zone.Answer) {
	t.Helper()
	got := text(a)
	rcode, known := a.RCode()
	soa, negative := a.SOA()
	fail := func() {
		t.Helper()
		t.Errorf("%s %s from %s\n got %s\nwant %s %s", r.name, r.typ, r.from, got, r.rcode, r.answer)
	}
	if want, ok := unspecified[r.id]; ok {
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		return
	}
	switch r.rcode {
	case "TIMEOUT":
		if !a.IsSilent() || known || a.Len() > 0 || a.Source().Kind != zone.NoSource {
			fail()
		}
		return
	case "CLIENT":
		if a.IsValid() {
			fail()
		}
		return
	case "REFUSED": // L019: of names outside the zones the model knows nothing; what then goes over the wire is the resolver's policy
		if known || a.Source().Kind != zone.PublicDNS {
			fail()
		}
		return
	case "(public)":
		if a.Source().Kind != zone.PublicDNS {
			fail()
		}
		return
	case "(forwarded)":
		if a.Source().Kind != zone.ForwardRule || !slices.Equal(slices.Collect(a.Addrs()), addrs(forwardAddr)) || a.Rule() != "Z8" {
			fail()
		}
		return
	case "SERVFAIL", "NXDOMAIN", "NOERROR", "NOERROR+TC": // the model gives the whole set, what is cut off is the wire's
		if want := strings.TrimSuffix(r.rcode, "+TC"); !known || rcode.String() != want {
			fail()
		}
	default:
		t.Fatalf("rcode %q", r.rcode)
	}
	if r.rcode == "NXDOMAIN" && (!a.IsNXDOMAIN() || !negative || soa.Name != a.Source().Zone || a.Len() > 0) {
		fail()
	}
	if want, ok := exactly[r.id]; ok {
		if !strings.HasSuffix(got, want) {
			t.Errorf("got  %s\nwant … %s", got, want)
		}
		return
	}
	if r.rcode != "NOERROR" {
		return
	}
	switch m := addressSet.FindStringSubmatch(r.answer); {
	case m != nil:
		checkAddrs(t, a, m[1], addrs(strings.Split(m[2], ",")...))
	case oneAddress.MatchString(r.answer):
		m := oneAddress.FindStringSubmatch(r.answer)
		checkAddrs(t, a, m[1], addrs(m[2]))
	case strings.HasPrefix(r.answer, "public addresses"):
		if a.Source().Kind != zone.PublicDNS || !slices.Equal(slices.Collect(a.Addrs()), addrs(publicAddr)) {
			fail()
		}
	case strings.HasPrefix(r.answer, "NODATA"):
		if !a.IsNODATA() || !negative || soa.Name != a.Source().Zone || a.Len() > 0 {
			fail()
		}
	case theirs.MatchString(r.answer):
		checkAddrs(t, a, r.typ, addrs(strings.Split(theirs.FindStringSubmatch(r.answer)[1], ",")...))
	default:
		t.Errorf("the expected answer is not understood: %q", r.answer)
	}
}

func addrs(list ...string) []netip.Addr {
	var out []netip.Addr
	for _, s := range list {
		out = append(out, netip.MustParseAddr(s))
	}
	return out
}

// checkAddrs compares the addresses, whose records all are of one type and, in
// a zone, own the asked name for 60 seconds.
func checkAddrs(t *testing.T, a zone.Answer, typ string, want []netip.Addr) {
	t.Helper()
	if got := slices.Collect(a.Addrs()); !slices.Equal(got, want) {
		t.Errorf("addresses %v, want %v in %s", got, want, text(a))
	}
	for r := range a.Records() {
		if r.Type.String() != typ || r.TTL != 60 && r.Name == a.Name() && !strings.HasPrefix(r.Data(), "203.0.113.") || r.Name != a.Name() {
			t.Errorf("record %v in the answer to %s", r, a.Name())
		}
	}
	if soa, ok := a.SOA(); ok {
		t.Errorf("SOA %v with a positive answer (L012)", soa)
	}
}

// exactly are the rows whose answer is not just a set of addresses: what text
// prints at its end.
var exactly = map[string]string{
	"D005": "| monitoring.us-east-2.amazonaws.com 900 SOA ns-1536.awsdns-00.co.uk awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400",
	"D006": "| monitoring.us-east-2.amazonaws.com 172800 NS ns-0.awsdns-00.com | monitoring.us-east-2.amazonaws.com 172800 NS ns-512.awsdns-00.net" +
		" | monitoring.us-east-2.amazonaws.com 172800 NS ns-1024.awsdns-00.org | monitoring.us-east-2.amazonaws.com 172800 NS ns-1536.awsdns-00.co.uk",
	"D029": "| monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10",
	"W012": "| api.shop.test 300 CNAME d-a1b2c3d4e5.execute-api.us-east-2.amazonaws.com | d-a1b2c3d4e5.execute-api.us-east-2.amazonaws.com 60 A 10.0.1.12" +
		" | d-a1b2c3d4e5.execute-api.us-east-2.amazonaws.com 60 A 10.0.2.12",
	"W034": "| 123.dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.9.1",
	"P009": "| SOA us-east-2.vpce.amazonaws.com",
	"I003": "| SOA svc4.us-east-2.amazonaws.com",
	"I008": "| monitoring.us-east-2.amazonaws.com 60 AAAA 64:ff9b::a00:10a | monitoring.us-east-2.amazonaws.com 60 AAAA 64:ff9b::a00:20a" +
		" | monitoring.us-east-2.amazonaws.com 60 AAAA 64:ff9b::a00:30a",
	"R010": "| 10.1.0.10.in-addr.arpa 60 PTR ip-10-0-1-10.us-east-2.compute.internal",
	"S001": "| svc.example.com 60 CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com" +
		" | vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com 60 A 10.0.1.15" +
		" | vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com 60 A 10.0.2.15",
	"S002": "| svc.example.com 60 CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com | SOA us-east-2.vpce.amazonaws.com",
	"S003": "| svc.example.com 60 CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com",
	"S006": "| a.svc.example.com 60 CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com" +
		" | vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com 60 A 10.0.1.15" +
		" | vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com 60 A 10.0.2.15",
	"S009": `| _aksldja21i1.svc.example.com 300 TXT "vpce:asjdakjshd78126eu21"`,
	"S010": `| svc.example.com 300 TXT "vpce:asjdakjshd78126eu21"`,
	"L002": "| big.example.com 60 A 192.0.2.30",
	"L003": "| " + regionalName + " 60 A 10.0.1.10 | " + regionalName + " 60 A 10.0.2.10 | " + regionalName + " 60 A 10.0.3.10",
	"L004": "given | monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10",
	"L012": "given | monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10",
	"L001": "| big.example.com 60 A 192.0.2.30",
	"L017": "| foo.w.ent.test 60 CNAME tgt.ent.test | SOA ent.test",
}
