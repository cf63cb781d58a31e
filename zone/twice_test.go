package zone_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
	"pgregory.net/rapid"
)

// TestIDTwice: of objects with one id only the last counts; nothing of those
// before stays.
func TestIDTwice(t *testing.T) {
	only := func(t *testing.T, c, want zone.Config, asks ...ask) {
		t.Helper()
		got, once := build(t, c), build(t, want)
		if diff := cmp.Diff(once.Findings(), got.Findings()); diff != "" {
			t.Errorf("findings: %s", diff)
		}
		for _, q := range asks {
			typ, err := zone.ParseType(q.typ)
			if err != nil {
				t.Fatal(err)
			}
			p := zone.MustParsePoint(q.from)
			a, b := text(view(t, got, p).Lookup(q.name, typ)), text(view(t, once, p).Lookup(q.name, typ))
			if a != b {
				t.Errorf("%s %s\n got %s\nwant %s", q.name, q.typ, a, b)
			}
		}
	}
	in1 := "vpc:" + v1
	t.Run("hosted zones", func(t *testing.T) {
		c, want := world(), world()
		want.HostedZones = []zone.HostedZone{privateZone("Z1", "example.com", nil, v1)}
		c.HostedZones = []zone.HostedZone{
			privateZone("/hostedzone/Z1", "example.com", []zone.RecordSet{set("example.com", "A", 60, "192.0.2.1")}, v1), want.HostedZones[0],
		}
		only(t, c, want, ask{in1, "example.com", "A", ""})
	})
	t.Run("endpoints", func(t *testing.T) {
		c, want := world(fixtures()["EP1"]), world(fixtures()["EP1"])
		gateway := endpoint.Endpoint{ID: ep1, Type: endpoint.Gateway, VPCID: v1, ServiceName: "com.amazonaws.us-east-2.s3", State: "available"}
		c.Endpoints = append(c.Endpoints, gateway)
		want.Endpoints = []endpoint.Endpoint{gateway}
		for _, c := range []*zone.Config{&c, &want} {
			c.VPCs[0].EnableDNSSupport, c.VPCs[0].EnableDNSHostnames = nil, nil // Z12: private DNS would tell
		}
		only(t, c, want, ask{in1, defaultName, "A", ""}, ask{in1, regionalName, "A", ""}, ask{in1, "10.1.0.10.in-addr.arpa", "PTR", ""})
	})
	t.Run("network interfaces", func(t *testing.T) {
		c, want := world(fixtures()["EP8"]), world(fixtures()["EP8"])
		old := c.NetworkInterfaces[0]
		old.PrivateIPAddress = "10.0.1.99"
		c.NetworkInterfaces = slices.Insert(c.NetworkInterfaces, 0, old)
		only(t, c, want, ask{in1, "99.1.0.10.in-addr.arpa", "PTR", ""}, ask{in1, "18.1.0.10.in-addr.arpa", "PTR", ""}, ask{in1, kinesisRegional, "A", ""})
	})
	t.Run("rules", func(t *testing.T) {
		c, want := world(), world()
		want.ResolverRules = []zone.ResolverRule{{ID: "rslvr-rr-1", RuleType: "FORWARD", DomainName: "example.com"}}
		want.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ResolverRuleID: "rslvr-rr-1", VPCID: v1}}
		c.ResolverRules = append([]zone.ResolverRule{{ID: "rslvr-rr-1", RuleType: "DELEGATE", DomainName: "example.org"}}, want.ResolverRules...)
		c.ResolverRuleAssociations = want.ResolverRuleAssociations
		only(t, c, want, ask{in1, "example.com", "A", ""}, ask{in1, "example.org", "A", ""})
	})
}

// TestIDTwiceAnyWorld: an object that comes again, changed or not, is as if it
// had come the last time alone.
func TestIDTwiceAnyWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		twice, other := c, genWorld().Draw(t, "objects of the same ids")
		has := map[string]bool{}
		for _, e := range c.Endpoints {
			has[e.ID] = true
		}
		for _, z := range c.HostedZones {
			has[z.ID] = true
		}
		for _, n := range c.NetworkInterfaces {
			has[n.ID] = true
		}
		for _, r := range c.ResolverRules {
			has[r.ID] = true
		}
		twice.VPCs = slices.Concat(other.VPCs, c.VPCs)
		twice.Subnets = slices.Concat(other.Subnets, c.Subnets)
		twice.Endpoints, twice.HostedZones, twice.NetworkInterfaces, twice.ResolverRules = nil, nil, nil, nil
		for _, e := range other.Endpoints {
			if has[e.ID] {
				twice.Endpoints = append(twice.Endpoints, e)
			}
		}
		for _, z := range other.HostedZones {
			if has[z.ID] {
				twice.HostedZones = append(twice.HostedZones, z)
			}
		}
		for _, n := range other.NetworkInterfaces {
			if has[n.ID] {
				n.PrivateIPAddress = netip.AddrFrom4([4]byte{10, 0, 9, byte(len(twice.NetworkInterfaces))}).String()
				twice.NetworkInterfaces = append(twice.NetworkInterfaces, n)
			}
		}
		for _, r := range other.ResolverRules {
			if has[r.ID] {
				twice.ResolverRules = append(twice.ResolverRules, r)
			}
		}
		twice.Endpoints = append(twice.Endpoints, c.Endpoints...)
		twice.HostedZones = append(twice.HostedZones, c.HostedZones...)
		twice.NetworkInterfaces = append(twice.NetworkInterfaces, c.NetworkInterfaces...)
		twice.ResolverRules = append(twice.ResolverRules, c.ResolverRules...)
		one, err := zone.New(c)
		if err != nil {
			t.Fatal(err)
		}
		two, err := zone.New(twice)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(one.Findings(), two.Findings()); diff != "" {
			t.Fatalf("findings: %s", diff)
		}
		host := genHost(twice)
		for range 10 {
			p, name, typ := genPoint(c).Draw(t, "from"), host.Draw(t, "host"), genType().Draw(t, "type")
			v, _ := one.View(p)
			w, _ := two.View(p)
			if a, b := text(v.Lookup(name, typ)), text(w.Lookup(name, typ)); a != b {
				t.Fatalf("%s %s from %s\n got %s\nwant %s", name, typ, p, b, a)
			}
		}
	})
}
