package audit_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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
