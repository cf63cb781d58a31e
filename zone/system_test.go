package zone_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestSystemBelowForward: a SYSTEM rule gives the names below it back to the
// zone, with all that the zone says above the rule's domain, also where a
// FORWARD rule takes the names in between (Z8). Without rules the answers are
// the same.
func TestSystemBelowForward(t *testing.T) {
	for _, q := range []struct {
		rule            string
		sets            []zone.RecordSet
		forward, system string
		want            map[string]string // by name
	}{
		{
			"Z34 a delegation above",
			[]zone.RecordSet{set("d.ex.com", "NS", 60, "ns.x.d.ex.com."), set("ns.x.d.ex.com", "A", 60, "9.9.9.9")},
			"d.ex.com", "x.d.ex.com",
			map[string]string{
				"ns.x.d.ex.com": "- Z34 hosted-zone(ZX,ex.com) unspecified [NOT_MODELLED]",
				"x.d.ex.com":    "- Z34 hosted-zone(ZX,ex.com) unspecified [NOT_MODELLED]",
			},
		},
		{
			"Z34 a delegation above, the rule's domain not in the zone",
			[]zone.RecordSet{set("d.ex.com", "NS", 60, "ns.ex.net.")},
			"d.ex.com", "x.d.ex.com",
			map[string]string{
				"x.d.ex.com":   "- Z34 hosted-zone(ZX,ex.com) unspecified [NOT_MODELLED]",
				"y.x.d.ex.com": "- Z34 hosted-zone(ZX,ex.com) unspecified [NOT_MODELLED]",
			},
		},
		{
			"Z28 a wildcard above",
			[]zone.RecordSet{set(`\052.ex.com`, "A", 60, "9.9.9.9"), set("a.b.ex.com", "A", 60, "9.9.9.8")},
			"ex.com", "b.ex.com",
			map[string]string{
				"b.ex.com":   "NOERROR Z9 hosted-zone(ZX,ex.com) modelled | SOA ex.com",
				"c.b.ex.com": "NXDOMAIN Z9 hosted-zone(ZX,ex.com) modelled | SOA ex.com",
				"a.b.ex.com": "NOERROR Z9 hosted-zone(ZX,ex.com) given | a.b.ex.com 60 A 9.9.9.8",
			},
		},
		{
			"Z28 the wildcard is the rule's domain",
			[]zone.RecordSet{set(`a.\052.ex.com`, "A", 60, "9.9.9.9")},
			"ex.com", `\052.ex.com`,
			map[string]string{
				`c.\052.ex.com`: `NXDOMAIN Z9 hosted-zone(ZX,ex.com) given | SOA ex.com`,
			},
		},
	} {
		t.Run(q.rule, func(t *testing.T) {
			c := world()
			c.HostedZones = []zone.HostedZone{privateZone("ZX", "ex.com", q.sets, v1, v2)}
			c.ResolverRules = []zone.ResolverRule{
				{ID: "rslvr-rr-1", RuleType: "FORWARD", DomainName: q.forward}, {ID: "rslvr-rr-2", RuleType: "SYSTEM", DomainName: q.system},
			}
			c.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ResolverRuleID: "rslvr-rr-1", VPCID: v1}, {ResolverRuleID: "rslvr-rr-2", VPCID: v1}}
			z := build(t, c)
			for name, want := range q.want {
				for _, in := range []string{v1, v2} { // with the rules, and without
					if got := text(view(t, z, zone.VPC(in)).Lookup(name, zone.A)); got != want {
						t.Errorf("%s in %s\n got %s\nwant %s", name, in, got, want)
					}
				}
			}
		})
	}
}
