package tracegen_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracegen"
	"github.com/privatelink-go/privatelink/zone"
)

// question is a drawn network and something to ask in it.
type question struct {
	t    *rapid.T
	inv  trace.Inventory
	w    *trace.World
	v    trace.Vantage
	host string
}

// ask draws a question and, should the property fail, prints the network.
func ask(t *rapid.T, k tracegen.Knobs) *question {
	q := &question{t: t, inv: tracegen.Inventory(k).Draw(t, "inventory")}
	q.w = build(t, q.inv)
	q.v = tracegen.Vantage(q.w).Draw(t, "from")
	q.host = tracegen.HostFor(q.w).Draw(t, "host")
	t.Log("asked from " + q.v.ID() + " for " + q.host + "\n" + brief(q.inv))
	return q
}

func build(t *rapid.T, inv trace.Inventory) *trace.World {
	w, err := trace.New(inv)
	if err != nil {
		t.Fatalf("does not build: %v\n%s", err, brief(inv))
	}
	return w
}

// same asks the same question in another World, and wants the same proof.
func (q *question) same(w *trace.World, what string) {
	v, ok := w.From(q.v.ID())
	if !ok {
		q.t.Fatalf("%s: no %s", what, q.v.ID())
	}
	before, after := proof(q.v.To(q.host, 443)), proof(v.To(q.host, 443))
	if diff := cmp.Diff(before, after); diff != "" {
		q.t.Fatalf("%s (-before +after):\n%s", what, diff)
	}
}

// proof is what programs read of a Trace, and what people do.
func proof(tr trace.Trace) any {
	type plain struct {
		Class    route.Class
		Verdict  route.Verdict
		Codes    []endpoint.Code
		Evidence naming.Evidence
		Paths    []string
		Hints    []trace.Hint
		Text     []string
	}
	// A hint's text lists the names of an endpoint in the order of its DnsEntries:
	// it is for people, and the one thing here that order changes.
	for i := range tr.Hints {
		tr.Hints[i].Text = ""
	}
	p := plain{tr.Class, tr.Verdict, tr.Codes, tr.Evidence, nil, tr.Hints, strings.Split(tr.String(), "\n")}
	for _, path := range tr.Paths {
		p.Paths = append(p.Paths, fmt.Sprintf("%+v", path))
	}
	return p
}

// TestBuilds: a generated inventory always builds, and so does what its World
// gives back.
func TestBuilds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		again := build(t, q.w.Inventory())
		q.same(again, "the World's own Inventory")
		if diff := cmp.Diff(q.w.Findings(), again.Findings()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestClassIsTo: the answer without the proof is the answer with it.
func TestClassIsTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		tr := q.v.To(q.host, 443)
		if c, verdict := q.v.Class(q.host, 443); c != tr.Class || verdict != tr.Verdict {
			t.Errorf("Class says %s %s, To %s %s\n%s", c, verdict, tr.Class, tr.Verdict, tr)
		}
	})
}

// TestFlowClassIsPath is the same of the routing half alone, from gateways and
// in every protocol.
func TestFlowClassIsPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		f := tracegen.Flow(q.w).Draw(t, "flow")
		p := q.w.Network().Path(f)
		if c, verdict := q.w.Network().Class(f); c != p.Class || verdict != p.Verdict {
			t.Errorf("Class says %s %s, Path %+v", c, verdict, p)
		}
	})
}

// TestDescribeRoundTrip: printed as the AWS CLI prints it and read again, a
// network gives the same proofs.
func TestDescribeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		files, err := describe.Write(q.inv)
		if err != nil {
			t.Fatal(err)
		}
		fsys := fstest.MapFS{}
		for _, f := range files {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		w, err := describe.Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		q.same(w, "after a round trip")
	})
}

// TestOrderNeverMatters: every list in another order gives the same proofs and
// the same Findings.
func TestOrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		w := build(t, tracegen.Shuffle(q.inv).Draw(t, "shuffled"))
		q.same(w, "in another order")
		if diff := cmp.Diff(q.w.Findings(), w.Findings()); diff != "" {
			t.Errorf("Findings (-before +after):\n%s", diff)
		}
	})
}

// TestSpelling: letter case and a final dot change nothing (dns.md section 18,
// 6).
func TestSpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		if _, err := netip.ParseAddr(q.host); err == nil {
			t.Skip("an address")
		}
		host := tracegen.Spelling(q.host).Draw(t, "spelt")
		if diff := cmp.Diff(proof(q.v.To(q.host, 443)), proof(q.v.To(host, 443))); diff != "" {
			t.Errorf("%s (-before +after):\n%s", host, diff)
		}
	})
}

// TestNoGatewayNoPublic: without internet gateways, nothing is public.
func TestNoGatewayNoPublic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{Without: tracegen.InternetGateways})
		if tr := q.v.To(q.host, 443); tr.Verdict == route.Public {
			t.Errorf("public:\n%s", tr)
		}
	})
}

// TestIsolated: without any gateway, all that arrives is private.
func TestIsolated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{Without: tracegen.Gateways | tracegen.Twists})
		tr := q.v.To(q.host, 443)
		for _, p := range tr.Paths {
			switch p.Class {
			case route.ClassEndpoint, route.ClassLocal, route.ClassNoRoute, route.ClassReserved, route.ClassBlocked, route.ClassUnknown, route.ClassUnspecified:
			case route.ClassNATGateway, route.ClassTransitGateway, route.ClassVPCPeering, route.ClassInternetGateway:
				t.Errorf("a gateway in a network without:\n%s", tr)
			}
		}
	})
}

// TestLessSpecificRouteChangesNothing: a route that is shorter than the one
// that won decides nothing (R9a).
func TestLessSpecificRouteChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{Without: tracegen.IPv6})
		q.host = tracegen.HostFor(q.w).Filter(func(h string) bool {
			a, err := netip.ParseAddr(h)
			return err == nil && a.Is4()
		}).Draw(t, "address")
		a := netip.MustParseAddr(q.host)
		before := q.v.To(q.host, 443)
		if len(before.Paths) != 1 || len(before.Paths[0].Hops) == 0 {
			t.Skip("no hop")
		}
		hop := before.Paths[0].Hops[0]
		cidr := hop.Destination[strings.LastIndexByte(hop.Destination, ' ')+1:]
		won, err := netip.ParsePrefix(cidr)
		if err != nil || won.Bits() == 0 {
			t.Skip("no winner, or the shortest")
		}
		shorter, err := a.Prefix(rapid.IntRange(0, won.Bits()-1).Draw(t, "bits"))
		if err != nil {
			t.Fatal(err)
		}
		inv := q.inv.Clone()
		i := slices.IndexFunc(inv.RouteTables, func(r route.Table) bool { return r.ID == hop.RouteTable })
		if slices.ContainsFunc(inv.RouteTables[i].Routes, func(r route.Route) bool { return r.DestinationCIDRBlock == shorter.String() }) {
			t.Skip("the table has that destination")
		}
		inv.RouteTables[i].Routes = append(inv.RouteTables[i].Routes, route.Route{DestinationCIDRBlock: shorter.String(), TransitGatewayID: "tgw-less", Origin: "CreateRoute", State: "active"})
		v, _ := build(t, inv).From(q.v.ID())
		after := v.To(q.host, 443).Paths[0].Hops[0]
		if after.Destination != hop.Destination || after.Target != hop.Target || after.Rule == "R9" {
			t.Errorf("%s changes the winner from %+v to %+v", shorter, hop, after)
		}
	})
}

// names are names to look up: the drawn host, if it is none, and every name
// that the endpoints have.
func (q *question) names() []string {
	names := []string{q.host, "www.example.com"}
	for _, e := range q.inv.Endpoints {
		names = append(names, slices.Collect(e.DNSEntries.Private())...)
		for n := range e.DNSEntries.Names() {
			names = append(names, n.String())
		}
	}
	return slices.DeleteFunc(names, func(n string) bool { _, err := netip.ParseAddr(n); return err == nil })
}

func answer(w *trace.World, p zone.Point, name string, typ zone.Type) string {
	view, ok := w.Zones().View(p)
	if !ok {
		return "no view"
	}
	a := view.Lookup(name, typ)
	rc, ok := a.RCode()
	return fmt.Sprintf("%v %v %+v %v %v %v", rc, ok, a.Source(), a.Evidence(), a.Codes(), slices.Collect(a.Records()))
}

// TestHiddenZonesNeverChangePublic: whatever stands in VPCs, the public DNS
// answers the same (dns.md section 18, 2).
func TestHiddenZonesNeverChangePublic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		inv := q.inv.Clone()
		for i := range inv.Endpoints {
			inv.Endpoints[i].PrivateDNSEnabled = false
		}
		inv.HostedZones, inv.ResolverRules, inv.ResolverRuleAssociations, inv.ProfileAssociations, inv.ProfileResourceAssociations = nil, nil, nil, nil, nil
		w := build(t, inv)
		for _, n := range q.names() {
			if a, b := answer(q.w, zone.Public(), n, zone.A), answer(w, zone.Public(), n, zone.A); a != b {
				t.Errorf("%s: with private zones %s, without %s", n, a, b)
			}
		}
	})
}

// TestEndpointsStayInTheirVPC: what one VPC's endpoints answer privately is
// nothing to another VPC without a Profile (dns.md section 18, 2).
func TestEndpointsStayInTheirVPC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		if len(q.inv.VPCs) < 2 || q.inv.ProfileAssociations != nil {
			t.Skip("one VPC, or a Profile")
		}
		vpc := q.inv.VPCs[0].ID
		inv := q.inv.Clone()
		for i := range inv.Endpoints {
			if inv.Endpoints[i].VPCID != vpc {
				inv.Endpoints[i].PrivateDNSEnabled = false
			}
		}
		w := build(t, inv)
		for _, n := range q.names() {
			if a, b := answer(q.w, zone.VPC(vpc), n, zone.A), answer(w, zone.VPC(vpc), n, zone.A); a != b {
				t.Errorf("%s: with the others' private DNS %s, without %s", n, a, b)
			}
		}
	})
}

// TestPrivateDNSOffIsNoZone: private DNS off is the zone never made; the
// endpoint's own names stay (dns.md section 18, 3).
func TestPrivateDNSOffIsNoZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{Without: tracegen.Twists})
		off, never := q.inv.Clone(), q.inv.Clone()
		for i := range off.Endpoints {
			off.Endpoints[i].PrivateDNSEnabled = false
			e := &never.Endpoints[i]
			e.PrivateDNSEnabled = false
			e.DNSEntries = slices.DeleteFunc(e.DNSEntries, func(x endpoint.DNSEntry) bool { return !naming.IsEndpointName(x.Name) })
		}
		a, b := build(t, off), build(t, never)
		for _, vpc := range q.inv.VPCs {
			for _, n := range q.names() {
				if x, y := answer(a, zone.VPC(vpc.ID), n, zone.A), answer(b, zone.VPC(vpc.ID), n, zone.A); x != y {
					t.Errorf("%s in %s: off %s, never made %s", n, vpc.ID, x, y)
				}
			}
		}
	})
}

// TestRegionalIsUnionOfZonal: with healthy network interfaces only, a Regional
// name answers what the zonal names do together (dns.md section 18, 4).
func TestRegionalIsUnionOfZonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{Without: tracegen.Twists | tracegen.PrivateZones})
		view, _ := q.w.Zones().View(zone.Public())
		addrs := func(name string, typ zone.Type) (list []string) {
			ans := view.Lookup(name, typ)
			for a := range ans.Addrs() {
				list = append(list, a.String())
			}
			slices.Sort(list)
			return list
		}
		for _, e := range q.inv.Endpoints {
			for _, typ := range []zone.Type{zone.A, zone.AAAA} {
				var regional, zonal []string
				for n := range e.DNSEntries.Names() {
					name := strings.Replace(n.String(), "*.", "bucket.", 1)
					if n.IsZonal() {
						zonal = append(zonal, addrs(name, typ)...)
					} else {
						regional = addrs(name, typ)
					}
				}
				slices.Sort(zonal)
				if !slices.Equal(regional, zonal) {
					t.Errorf("%s %s: Regional %v, zonal %v", e.ID, typ, regional, zonal)
				}
			}
		}
	})
}

// TestTraceHoldsTogether: what a Trace says of itself is consistent: its
// verdict follows from its paths', its codes are sorted and its paths', and its
// evidence is no stronger than theirs.
func TestTraceHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		tr := q.v.To(q.host, 443)
		if tr.Class == "" || tr.Verdict == "" {
			t.Errorf("no answer:\n%s", tr)
		}
		if !slices.IsSorted(tr.Codes) {
			t.Errorf("codes %v", tr.Codes)
		}
		for _, p := range tr.Paths {
			if p.Class == "" || p.Verdict == "" {
				t.Errorf("a path without class or verdict: %+v", p)
			}
			if p.Evidence < tr.Evidence {
				t.Errorf("evidence %s of a path, %s of the trace", p.Evidence, tr.Evidence)
			}
			for _, c := range p.Codes {
				if !slices.Contains(tr.Codes, c) {
					t.Errorf("code %s of a path is none of the trace", c)
				}
			}
			passes := slices.ContainsFunc(p.Hops, func(h route.Hop) bool {
				return h.Kind == "internet-gateway" || h.Kind == "egress-only-internet-gateway"
			})
			if p.Verdict == route.Public && !passes || p.Verdict == route.Private && passes {
				t.Errorf("%s, and passes an internet gateway: %v\n%s", p.Verdict, passes, tr)
			}
			if (p.Class == route.ClassNoRoute || p.Class == route.ClassBlocked || p.Class == route.ClassBlackhole) != (p.Verdict == route.Failed) && p.Class != route.ClassReserved {
				t.Errorf("class %s, verdict %s", p.Class, p.Verdict)
			}
			if p.Class == route.ClassEndpoint && p.Verdict != route.Private {
				t.Errorf("an endpoint, and %s", p.Verdict)
			}
		}
		if tr.Verdict == route.Private && slices.ContainsFunc(tr.Paths, func(p route.Path) bool { return p.Verdict != route.Private }) {
			t.Errorf("private, and a path is not:\n%s", tr)
		}
	})
}

// TestMachine runs the state machine: whatever happens to a network, it builds,
// and the proof agrees with the answer.
func TestMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := tracegen.NewMachine(t, tracegen.Knobs{})
		t.Repeat(m.Actions(func(t *rapid.T) {
			w := m.World(t)
			v := tracegen.Vantage(w).Draw(t, "from")
			host := tracegen.HostFor(w).Draw(t, "host")
			tr := v.To(host, 443)
			if c, verdict := v.Class(host, 443); c != tr.Class || verdict != tr.Verdict {
				t.Errorf("Class says %s %s, To %s %s\n%s\n%s", c, verdict, tr.Class, tr.Verdict, tr, brief(m.Inventory()))
			}
		}))
	})
}
