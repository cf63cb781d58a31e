package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// drawHosts draws hosts that are near to what a world answers.
func drawHosts(t *rapid.T, w *trace.World) []audit.Host {
	var list []audit.Host
	for _, s := range rapid.SliceOfN(tracegen.HostFor(w), 1, 12).Draw(t, "hosts") {
		if h, err := audit.ParseHost(s); err == nil && !slices.Contains(list, h) {
			list = append(list, h)
		}
	}
	return append(list, hosts("s3.{region}.{suffix}", "any.s3.{region}.{suffix}", "sts.{region}.{suffix}", "ec2.{region}.{suffix}", "x.example", "y.example", "192.0.2.1")...)
}

// TestMatrixIsTo: over any network every cell is the Trace of its question,
// dual stack, DNS64, filters and all, though a row asks only once for all
// hosts that are one destination.
func TestMatrixIsTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := tracegen.World(tracegen.Knobs{}).Draw(t, "world")
		list := drawHosts(t, w)
		m, err := audit.NewMatrix(context.Background(), slices.Collect(w.Vantages()), list, nil)
		if err != nil {
			t.Fatal(err)
		}
		for c, tr := range m.Traces() {
			if tr.Class != c.Class || tr.Verdict != c.Verdict {
				t.Fatalf("cell %s %s, Trace:\n%s", c.Class, c.Verdict, tr)
			}
		}
	})
}

// TestDiffIsTwoTraces: over any network and any edit of it, a host given
// changes if and only if its Traces differ.
func TestDiffIsTwoTraces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := tracegen.World(tracegen.Knobs{}).Draw(t, "world")
		inv := before.Inventory()
		drawEdit(t, &inv)
		after, err := trace.New(inv)
		if err != nil {
			t.Fatal(err)
		}
		list := drawHosts(t, before)
		got := map[change]bool{}
		for c := range audit.Diff(context.Background(), before, after, list) {
			k := change{c.From.ID(), c.Target(), c.Before, c.After}
			if got[k] || c.Before == c.After || c.Text == "" {
				t.Fatalf("%+v, twice %t", c, got[k])
			}
			got[k] = true
		}
		for b := range before.Vantages() {
			a, ok := after.From(b.ID())
			if !ok {
				continue
			}
			for _, h := range list {
				name, ok := h.In(b.Region())
				if other, _ := h.In(a.Region()); !ok || other != name {
					continue
				}
				tb, ta := b.To(name, h.Port()), a.To(name, h.Port())
				c := change{b.ID(), audit.Cell{Host: name, Port: h.Port()}.Target(), audit.State{Class: tb.Class, Verdict: tb.Verdict}, audit.State{Class: ta.Class, Verdict: ta.Verdict}}
				if want := c.Before != c.After; got[c] != want {
					t.Fatalf("%+v is a change: %t, want %t", c, got[c], want)
				}
			}
		}
	})
}

// TestDiffIsTwoMatrices: Diff finds every cell that differs between the whole
// matrices of two networks, whatever befell their subnets: one that only one
// network has, that is in another VPC or Region, or none at all. What it finds
// besides is a change too, it comes by subnet, and nothing comes twice.
func TestDiffIsTwoMatrices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		networks := [2]trace.Inventory{tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")}
		networks[1] = networks[0].Clone()
		drawEdit(t, &networks[1])
		drawMoves(t, &networks[1])
		if rapid.Bool().Draw(t, "the other way") {
			slices.Reverse(networks[:])
		}
		var worlds [2]*trace.World
		for i, inv := range networks {
			var err error
			if worlds[i], err = trace.New(inv); err != nil {
				t.Skip(err)
			}
		}
		var list []audit.Host
		watched := hosts("s3.{region}.{suffix}", "dynamodb.{region}.{suffix}", "sts.{region}.{suffix}")
		if rapid.Bool().Draw(t, "hosts given") {
			list = drawHosts(t, worlds[0])
			watched = append(watched, list...)
		} else {
			watched = append(watched, hosts("example.com")...)
		}
		at := func(i int, id, name string, port uint16) audit.State {
			v, ok := worlds[i].From(id)
			switch {
			case !ok:
				return audit.State{}
			case strings.Contains(name, "{"):
				return audit.State{Class: route.ClassUnknown, Verdict: route.VerdictUnknown}
			}
			tr := v.To(name, port)
			return audit.State{Class: tr.Class, Verdict: tr.Verdict}
		}
		got, found := map[change]bool{}, map[change]bool{} // found: without states
		from := ""
		for c := range audit.Diff(context.Background(), worlds[0], worlds[1], list) {
			k := change{c.From.ID(), c.Target(), c.Before, c.After}
			if got[k] || c.Before == c.After || c.From.ID() < from {
				t.Fatalf("%+v, twice %t, after %s", k, got[k], from)
			}
			got[k], from = true, c.From.ID()
			found[change{From: from, Host: k.Host}] = true
			if !sameRegion(worlds, from) {
				continue // a template has two names: the one after stands for both
			}
			if b, a := at(0, from, c.Host, c.Port), at(1, from, c.Host, c.Port); b != c.Before || a != c.After {
				t.Fatalf("%+v: before %+v, after %+v", k, b, a)
			}
		}
		var ids []string
		for _, w := range worlds {
			for v := range w.Vantages() {
				ids = append(ids, v.ID())
			}
		}
		for _, id := range ids {
			for _, h := range watched {
				c := change{From: id}
				for i, state := range []*audit.State{&c.Before, &c.After} {
					if v, ok := worlds[i].From(id); ok {
						name, _ := h.In(v.Region())
						*state = at(i, id, name, h.Port())
						c.Host = audit.Cell{Host: name, Port: h.Port()}.Target()
					}
				}
				if !sameRegion(worlds, id) && found[change{From: id, Host: c.Host}] {
					continue
				}
				if c.Before != c.After && !got[c] {
					t.Fatalf("%+v is not among %+v", c, got)
				}
			}
		}
	})
}

// sameRegion reports whether a subnet is in one Region in all worlds that have it.
func sameRegion(worlds [2]*trace.World, id string) bool {
	b, inB := worlds[0].From(id)
	a, inA := worlds[1].From(id)
	return !inB || !inA || b.Region() == a.Region()
}

// drawMoves takes subnets out, and to other VPCs and Regions.
func drawMoves(t *rapid.T, inv *trace.Inventory) {
	vpcs := []string{"vpc-unseen"}
	for _, v := range inv.VPCs {
		vpcs = append(vpcs, v.ID)
	}
	for i := range inv.Subnets {
		s := &inv.Subnets[i]
		switch rapid.IntRange(0, 8).Draw(t, "move") {
		case 1:
			s.VPCID = rapid.SampledFrom(vpcs).Draw(t, "VPC")
		case 2:
			s.AvailabilityZone = rapid.SampledFrom([]string{"", "eu-west-1a", "us-east-2b"}).Draw(t, "zone")
		case 3:
			s.ID = ""
		}
	}
	inv.Subnets = slices.DeleteFunc(inv.Subnets, func(s endpoint.Subnet) bool { return s.ID == "" })
	if rapid.IntRange(0, 20).Draw(t, "no subnets") == 1 {
		inv.Subnets = nil
	}
}

// drawEdit makes one edit, if there is anything to edit.
func drawEdit(t *rapid.T, inv *trace.Inventory) {
	var edits []audit.Edit
	for _, e := range inv.Endpoints {
		edits = append(edits, func(inv *trace.Inventory) error { return audit.SetPrivateDNS(inv, e.ID, !e.PrivateDNSEnabled) })
	}
	for _, table := range inv.RouteTables {
		for _, r := range table.Routes {
			for _, d := range []string{r.DestinationCIDRBlock, r.DestinationIPv6CIDRBlock, r.DestinationPrefixListID} {
				if d != "" {
					edits = append(edits, func(inv *trace.Inventory) error { return audit.DropRoute(inv, table.ID, d) })
				}
			}
		}
	}
	for i := range inv.VPCs {
		edits = append(edits, func(inv *trace.Inventory) error {
			inv.VPCs[i].EnableDNSHostnames = new(false)
			return nil
		})
	}
	if len(edits) > 0 {
		_ = rapid.SampledFrom(edits).Draw(t, "edit")(inv) // a refusal changes nothing
	}
}

// TestLintAnyNetwork: over any network lint answers, in order, the same again,
// and the same for the network in any order of its lists.
func TestLintAnyNetwork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		lint := func(inv trace.Inventory) []audit.Issue {
			w, err := trace.New(inv)
			if err != nil {
				t.Fatal(err)
			}
			return audit.Lint(w)
		}
		issues := lint(inv)
		if !slices.IsSortedFunc(issues, audit.Issue.Compare) {
			t.Fatal("not in order")
		}
		for _, i := range issues {
			if i.Resource == "" || i.Text == "" || i.Fix == "" || i.Severity == "" {
				t.Fatalf("%+v", i)
			}
		}
		if diff := cmp.Diff(issues, lint(inv)); diff != "" {
			t.Fatalf("again (-first +second):\n%s", diff)
		}
		if diff := cmp.Diff(issues, lint(tracegen.Shuffle(inv).Draw(t, "shuffled"))); diff != "" {
			t.Fatalf("in another order (-as drawn +shuffled):\n%s", diff)
		}
	})
}

// TestDiffOfEquals: nothing changes between a network and itself in another
// order.
func TestDiffOfEquals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		before, err := trace.New(inv)
		if err != nil {
			t.Fatal(err)
		}
		after, err := trace.New(tracegen.Shuffle(inv).Draw(t, "shuffled"))
		if err != nil {
			t.Fatal(err)
		}
		for c := range audit.Diff(context.Background(), before, after, nil) {
			t.Fatalf("%s from %s: %+v to %+v", c.Host, c.From.ID(), c.Before, c.After)
		}
	})
}

// TestVerdictTotals: totals of rows and columns add up to all cells.
func TestVerdictTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := tracegen.World(tracegen.Knobs{}).Draw(t, "world")
		m, err := audit.NewMatrix(context.Background(), slices.Collect(w.Vantages()), drawHosts(t, w), nil)
		if err != nil {
			t.Fatal(err)
		}
		vantages, hosts := m.Len()
		for _, v := range []route.Verdict{route.Private, route.Public, route.Failed, route.VerdictUnknown} {
			rows, columns, unmet := 0, 0, 0
			for i := range vantages {
				rows += m.Row(i).Of(v)
			}
			for j := range hosts {
				columns += m.Column(j).Of(v)
			}
			for range m.Unmet(v) {
				unmet++
			}
			if all := m.Totals(); rows != all.Of(v) || columns != rows || unmet != all.All()-rows {
				t.Fatalf("%s: rows %d, columns %d, all %+v, unmet %d", v, rows, columns, all, unmet)
			}
		}
	})
}
