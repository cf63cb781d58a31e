package zone_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
	"pgregory.net/rapid"
)

// edit changes every value that v leads to: what stands in it, in the elements
// of its slices and behind its pointers. It returns how many it changed.
func edit(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			n += edit(field)
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += edit(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			n += edit(v.Elem())
		}
	case reflect.Func: // part of the Config itself
	case reflect.String:
		v.SetString("edited-" + v.String())
		n++
	case reflect.Bool:
		v.SetBool(!v.Bool())
		n++
	case reflect.Int:
		v.SetInt(v.Int() + 1)
		n++
	case reflect.Uint32:
		v.SetUint(v.Uint() + 1)
		n++
	default:
		panic("a Config holds a " + v.Kind().String() + ", which this test does not edit")
	}
	return n
}

// answers is everything that Zones say of a world's names: the answer to every
// question from every point of view, the zones, and the findings.
func answers(tb testing.TB, z *zone.Zones, names []string) map[string]string {
	tb.Helper()
	all := map[string]string{"findings": fmt.Sprint(z.Findings())}
	points := []zone.Point{zone.Public()}
	for _, id := range []string{v1, v2, v3} {
		for _, p := range []zone.Point{zone.VPC(id), zone.Inbound(id)} {
			if _, ok := z.View(p); ok {
				points = append(points, p)
			}
		}
		for list, zones := range map[string]func(string) []zone.Zone{
			"hidden": func(id string) []zone.Zone { return slices.Collect(z.Hidden(id)) },
			"hosted": func(id string) []zone.Zone { return slices.Collect(z.Hosted(id)) },
		} {
			for i, d := range zones(id) {
				all[fmt.Sprintf("%s %s %d", list, id, i)] = fmt.Sprint(d.Name, d.ID, d.EndpointID, d.InboundOnly, slices.Collect(d.Records()))
			}
		}
	}
	for _, s := range subnets() {
		if p := zone.Subnet(s.ID); s.VPCID == v1 {
			if _, ok := z.View(p); ok {
				points = append(points, p)
			}
		}
	}
	for _, p := range points {
		v := view(tb, z, p)
		for _, name := range names {
			for _, typ := range []zone.Type{zone.A, zone.AAAA, zone.TXT, zone.PTR} {
				a := v.Lookup(name, typ)
				all[fmt.Sprintf("%s %s %s", p, name, typ)] = text(a) + fmt.Sprint(slices.Collect(a.Targets()))
			}
		}
	}
	return all
}

// fullWorld has something in every field of a Config, so that the test below
// edits all of them.
func fullWorld() (c zone.Config, names []string) {
	f := fixtures()
	c = world(slices.Collect(maps.Values(f))...)
	for i := range c.VPCs { // each a pointer of its own
		c.VPCs[i].EnableDNSSupport, c.VPCs[i].EnableDNSHostnames = new(true), new(true)
	}
	for _, p := range f {
		for _, d := range p.DNSEntries {
			names = append(names, d.Name)
		}
	}
	sns := newEndpoint("vpce-09999999999999999", "tg9nameq", v2, "com.amazonaws.us-east-2.sns", "sns.us-east-2", "", nil, []string{"10.2.1.19"})
	sns.PrivateDNSEnabled = true // its names come from Config.Names
	c.Endpoints = append(c.Endpoints, sns.Endpoint)
	c.NetworkInterfaces = append(c.NetworkInterfaces, sns.interfaces...)
	c.HostedZones = []zone.HostedZone{
		privateZone("Z1", "example.com", []zone.RecordSet{
			set("a.example.com", "A", 60, "192.0.2.1", "192.0.2.2"), set("t.example.com", "TXT", 60, `"text"`),
			aliasTo("alias.example.com", "A", regionalName), within("Z1", "own.example.com", "A", "a.example.com"),
		}, v1, v2),
		privateZone("Z2", "profile.example", []zone.RecordSet{set("a.profile.example", "A", 60, "192.0.2.3")}),
	}
	c.ResolverRules = []zone.ResolverRule{
		{ID: "rslvr-rr-1", Name: "corp", RuleType: "FORWARD", DomainName: "corp.example", Status: "COMPLETE", TargetIPs: []zone.TargetAddress{{IP: "192.0.2.53", Port: 53}, {IPv6: "2001:db8::53", Port: 5353}}},
		{ID: "rslvr-rr-2", RuleType: "SYSTEM", DomainName: "public.corp.example", TargetIPs: []zone.TargetAddress{}},
	}
	for _, r := range c.ResolverRules {
		c.ResolverRuleAssociations = append(c.ResolverRuleAssociations, zone.ResolverRuleAssociation{ID: "a-" + r.ID, ResolverRuleID: r.ID, VPCID: v1, Status: "COMPLETE"})
	}
	c.ResolverEndpoints = []zone.ResolverEndpoint{{ID: "rslvr-in-1", Direction: "INBOUND", HostVPCID: v1}}
	c.ProfileAssociations = []zone.ProfileAssociation{{ID: "rpassoc-1", ProfileID: "rp-1", ResourceID: v3, Status: "COMPLETE", Priority: 500}}
	c.ProfileResourceAssociations = []zone.ProfileResourceAssociation{{ID: "rpr-1", ProfileID: "rp-1", ResourceARN: "arn:aws:route53:::hostedzone/Z2"}}
	c.Names = func(e endpoint.Endpoint) ([]string, naming.Evidence) {
		return []string{"sns.us-east-2.amazonaws.com"}, naming.Documented
	}
	names = append(names, "sns.us-east-2.amazonaws.com", "a.example.com", "t.example.com", "alias.example.com", "own.example.com", "no.example.com",
		"a.profile.example", "db.corp.example", "www.public.corp.example", "ip-10-0-1-10.us-east-2.compute.internal", "10.1.0.10.in-addr.arpa", "www.example.net")
	slices.Sort(names)
	return c, names
}

// TestNewKeepsNothing: after New, a Config may be edited from end to end, while
// others look names up, and no answer changes; nor does the rule that Forward is
// given, whoever wrote into an earlier one.
func TestNewKeepsNothing(t *testing.T) {
	c, names := fullWorld()
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).Kind() == reflect.Slice && v.Field(i).Len() == 0 {
			t.Errorf("the test's Config has no %s", name)
		}
	}
	var mu sync.Mutex
	asked := map[string][]zone.ResolverRule{}
	c.Forward = func(r zone.ResolverRule, name string, typ zone.Type) (zone.Answer, bool) {
		mu.Lock()
		defer mu.Unlock()
		kept := r
		kept.TargetIPs = slices.Clone(r.TargetIPs)
		asked[name+" "+typ.String()] = append(asked[name+" "+typ.String()], kept)
		edit(reflect.ValueOf(&r))
		return zone.NewAnswer(zone.NoError, record(t, name, "A", forwardAddr)), true
	}
	z := build(t, c)
	before := answers(t, z, names)
	if len(asked) == 0 {
		t.Fatal("no rule forwarded anything")
	}
	var looking sync.WaitGroup
	looking.Go(func() { answers(t, z, names) })
	if n := edit(reflect.ValueOf(&c).Elem()); n < 500 {
		t.Errorf("only %d values were edited", n)
	}
	looking.Wait()
	if diff := cmp.Diff(before, answers(t, z, names)); diff != "" {
		t.Errorf("answers after the Config was edited (-before +after):\n%s", diff)
	}
	for q, rules := range asked {
		for _, r := range rules {
			if diff := cmp.Diff(rules[0], r); diff != "" || r.ID != "rslvr-rr-1" || r.TargetIPs[0].IP != "192.0.2.53" {
				t.Errorf("%s: Forward was given %+v, and before %+v", q, r, rules[0])
			}
		}
	}
}

// TestNewKeepsNothingOfAny is TestNewKeepsNothing on generated worlds.
func TestNewKeepsNothingOfAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genWorld().Draw(t, "world")
		z := must(t, c)
		var asked []question
		for range 5 {
			asked = append(asked, genQuestion(c).Draw(t, "question"))
		}
		var before []string
		for _, q := range asked {
			before = append(before, text(look(t, z, q.from, q.name, q.typ)))
		}
		edit(reflect.ValueOf(&c).Elem())
		for i, q := range asked {
			if got := text(look(t, z, q.from, q.name, q.typ)); got != before[i] {
				t.Fatalf("%s %s from %s\n got %s\nwant %s", q.name, q.typ, q.from, got, before[i])
			}
		}
	})
}
