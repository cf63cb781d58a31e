package zone_test

import (
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestUsersAnswers: what the user knows of the public DNS and of FORWARD
// targets, its CNAMEs resolved in the asking view (Z31).
func TestUsersAnswers(t *testing.T) {
	c := world(fixtures()["EP1"])
	c.ResolverRules = []zone.ResolverRule{{ID: "rslvr-rr-1", RuleType: "FORWARD", DomainName: "corp.example", TargetIPs: []zone.TargetAddress{
		{IP: "192.0.2.53"}, {IP: "192.0.2.54", Port: 5353}, {IPv6: "2001:db8::53"},
	}}}
	c.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ResolverRuleID: "rslvr-rr-1", VPCID: v1}}
	var asked []string
	c.Public = func(name string, typ zone.Type) (zone.Answer, bool) {
		asked = append(asked, name)
		switch name {
		case "www.example.org": // with the addresses of the target, as a public resolver answers
			return zone.NewAnswer(zone.NoError, mustRecord(name, "CNAME", "cdn.example.net"), mustRecord("cdn.example.net", "A", "203.0.113.1")), true
		case "gone.example.org":
			return zone.NewAnswer(zone.NXDomain), true
		case "monitor.example.org":
			return zone.NewAnswer(zone.NoError, mustRecord(name, "CNAME", defaultName), mustRecord(defaultName, "A", "203.0.113.2")), true
		}
		return zone.Answer{}, false
	}
	c.Forward = func(r zone.ResolverRule, name string, _ zone.Type) (zone.Answer, bool) {
		if r.ID != "rslvr-rr-1" {
			t.Errorf("asked for the rule %s", r.ID)
		}
		if name == "down.corp.example" {
			return zone.NewAnswer(zone.ServFail), true
		}
		return zone.NewAnswer(zone.NoError, mustRecord(name, "A", "192.0.2.80")), name == "db.corp.example"
	}
	z := build(t, c)
	for _, q := range []ask{
		{"public", "WWW.example.org.", "A", "NOERROR Z31 public(,) given | www.example.org 300 CNAME cdn.example.net | cdn.example.net 300 A 203.0.113.1"},
		{"public", "www.example.org", "CNAME", "NOERROR Z7 public(,) given | www.example.org 300 CNAME cdn.example.net | cdn.example.net 300 A 203.0.113.1"},
		{"public", "gone.example.org", "A", "NXDOMAIN Z7 public(,) given"},
		{"public", "monitor.example.org", "A", "NOERROR Z31 public(,) given | monitor.example.org 300 CNAME monitoring.us-east-2.amazonaws.com | monitoring.us-east-2.amazonaws.com 300 A 203.0.113.2"},
		{
			"vpc:" + v1, "monitor.example.org", "A", "NOERROR Z31 public(,) given | monitor.example.org 300 CNAME monitoring.us-east-2.amazonaws.com" +
				" | monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10",
		},
		{"vpc:" + v1, "db.corp.example", "A", "NOERROR Z8 rule(rslvr-rr-1,corp.example) given | db.corp.example 300 A 192.0.2.80"},
		{"vpc:" + v1, "down.corp.example", "A", "SERVFAIL Z8 rule(rslvr-rr-1,corp.example) given"},
		{"vpc:" + v1, "what.corp.example", "A", "- Z8 rule(rslvr-rr-1,corp.example) unknown"},
		{"public", "what.corp.example", "A", "- Z7 public(,) documented"},
	} {
		typ, err := zone.ParseType(q.typ)
		if err != nil {
			t.Fatal(err)
		}
		a := view(t, z, zone.MustParsePoint(q.from)).Lookup(q.name, typ)
		if got := text(a); got != q.want {
			t.Errorf("%s %s from %s\n got %s\nwant %s", q.name, q.typ, q.from, got, q.want)
		}
	}
	if asked[0] != "www.example.org" {
		t.Errorf("the user was asked for %q, want the name in lower case without final dot", asked[0])
	}
	var targets []string
	for s := range view(t, z, zone.VPC(v1)).Lookup("what.corp.example", zone.A).Targets() {
		targets = append(targets, s.String())
	}
	if want := []string{"192.0.2.53:53", "192.0.2.54:5353", "[2001:db8::53]:53"}; !slices.Equal(targets, want) {
		t.Errorf("Targets %v, want %v", targets, want)
	}
}
