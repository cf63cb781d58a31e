package tracegen_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracegen"
	"github.com/privatelink-go/privatelink/zone"
)

// garble makes an inventory contradict itself, or lack parts, in ways that no
// engineer and no AWS would: a World must not be right by luck.
func garble(t *rapid.T, inv *trace.Inventory) {
	vpcs := []string{""}
	for _, v := range inv.VPCs {
		vpcs = append(vpcs, v.ID)
	}
	flip := func(what string) bool {
		return rapid.SampledFrom([]bool{false, false, false, false, true}).Draw(t, what)
	}
	for i := range inv.NetworkInterfaces {
		if flip("interface of another VPC") {
			inv.NetworkInterfaces[i].VPCID = rapid.SampledFrom(vpcs).Draw(t, "VPC")
		}
	}
	for i := range inv.VPCs {
		v := &inv.VPCs[i]
		if flip("no IPv6 CIDRs") {
			v.IPv6CIDRBlockAssociationSet = nil
		}
		if flip("no CIDRs") {
			v.CIDRBlock, v.CIDRBlockAssociationSet = "", nil
		}
		if flip("a narrow CIDR") {
			v.CIDRBlock, v.CIDRBlockAssociationSet = "10.0.1.0/24", nil
		}
		if flip("DNS off") {
			v.EnableDNSSupport = new(false)
		}
	}
	for i := range inv.Subnets {
		s := &inv.Subnets[i]
		if flip("subnet of another VPC") {
			s.VPCID = rapid.SampledFrom(vpcs).Draw(t, "VPC")
		}
		if flip("DNS64") {
			s.EnableDNS64 = true
		}
	}
	if flip("a subnet twice") && len(inv.Subnets) > 0 {
		s := rapid.SampledFrom(inv.Subnets).Draw(t, "subnet")
		s.VPCID = rapid.SampledFrom(vpcs).Draw(t, "VPC")
		inv.Subnets = append(inv.Subnets, s)
	}
	if flip("an interface with a subnet's id") && len(inv.NetworkInterfaces) > 0 && len(inv.Subnets) > 0 {
		n := &inv.NetworkInterfaces[rapid.IntRange(0, len(inv.NetworkInterfaces)-1).Draw(t, "interface")]
		n.ID = rapid.SampledFrom(inv.Subnets).Draw(t, "subnet").ID
	}
	for i := range inv.RouteTables {
		r := &inv.RouteTables[i]
		if flip("no local routes") {
			r.Routes = slices.DeleteFunc(r.Routes, func(r route.Route) bool { return r.GatewayID == "local" })
		}
		if flip("table of another VPC") {
			r.VPCID = rapid.SampledFrom(vpcs).Draw(t, "VPC")
		}
	}
	if flip("no VPCs") {
		inv.VPCs = nil
	}
	if rapid.Bool().Draw(t, "no filters") {
		inv.SecurityGroups, inv.NetworkACLs = nil, nil
	}
	if rapid.Bool().Draw(t, "a zone of addresses") {
		pin(t, inv, vpcs[1:])
	}
}

// pin adds a hosted zone whose names have the addresses of interfaces, of one
// VPC or of several.
func pin(t *rapid.T, inv *trace.Inventory, vpcs []string) {
	addrs := map[string][]zone.ResourceRecord{}
	for i := range inv.NetworkInterfaces {
		list, _ := inv.NetworkInterfaces[i].Addrs()
		for _, a := range list {
			typ := "A"
			if a.Is6() {
				typ = "AAAA"
			}
			addrs[typ] = append(addrs[typ], zone.ResourceRecord{Value: a.String()})
		}
	}
	z := zone.HostedZone{ID: "ZPIN", Name: "pin.example.", Private: true}
	for _, id := range vpcs {
		if rapid.Bool().Draw(t, "associated") {
			z.VPCs = append(z.VPCs, zone.ZoneVPC{VPCID: id})
		}
	}
	for _, name := range []string{"a.pin.example.", "b.pin.example."} {
		for _, typ := range []string{"A", "AAAA"} {
			if len(addrs[typ]) > 0 {
				z.RecordSets = append(z.RecordSets, zone.RecordSet{
					Name: name, Type: typ, TTL: 60,
					ResourceRecords: rapid.SliceOfN(rapid.SampledFrom(addrs[typ]), 1, 2).Draw(t, typ),
				})
			}
		}
	}
	inv.HostedZones = append(inv.HostedZones, z)
}

// TestQuestionsAskedBefore: what was asked before, of whom and from where,
// changes no answer. Every question to a World, asked in any order and again, is
// answered by Class as by To, which remembers nothing; so is every cell of a
// matrix.
func TestQuestionsAskedBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		if rapid.Bool().Draw(t, "garbled") {
			garble(t, &inv)
		}
		w, err := trace.New(inv)
		if err != nil {
			t.Skip(err)
		}
		from := slices.Collect(w.Vantages())
		for _, n := range inv.NetworkInterfaces {
			v, _ := w.From(n.ID)
			from = append(from, v)
		}
		hosts := rapid.SliceOfN(tracegen.HostFor(w), 2, 10).Draw(t, "hosts")
		hosts = append(hosts, "a.pin.example", "B.pin.example.", "b.pin.example", "x.example", "a..b")
		type question struct {
			from trace.Vantage
			host string
			port uint16
		}
		var all []question
		for _, v := range from {
			for _, h := range hosts {
				all = append(all, question{v, h, 443}, question{v, h, 80})
			}
		}
		all = append(all, all...)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		proofs := map[question]trace.Trace{}
		for _, q := range all {
			c, verdict := q.from.Class(q.host, q.port)
			tr, ok := proofs[q]
			if !ok {
				tr = q.from.To(q.host, q.port)
				proofs[q] = tr
			}
			if c != tr.Class || verdict != tr.Verdict {
				t.Fatalf("Class says %s %s\n%s\n%s", c, verdict, tr, brief(inv))
			}
		}
		var list []audit.Host
		for _, h := range hosts {
			if x, err := audit.ParseHost(h); err == nil {
				list = append(list, x)
			}
		}
		m, err := audit.NewMatrix(context.Background(), from, list, nil)
		if err != nil {
			t.Fatal(err)
		}
		for c := range m.Cells() {
			if tr := c.Trace(); tr.Class != c.Class || tr.Verdict != c.Verdict {
				t.Fatalf("the cell of %s says %s %s\n%s\n%s", c.From.ID(), c.Class, c.Verdict, tr, brief(inv))
			}
		}
	})
}

// TestFlowsAskedBefore is the same of the routing half, which remembers answers
// about public hosts, in every protocol.
func TestFlowsAskedBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		if rapid.Bool().Draw(t, "garbled") {
			garble(t, &inv)
		}
		w, err := trace.New(inv)
		if err != nil {
			t.Skip(err)
		}
		flows := rapid.SliceOfN(tracegen.Flow(w), 1, 40).Draw(t, "flows")
		for _, f := range slices.Concat(flows, flows) {
			p := w.Network().Path(f)
			if c, verdict := w.Network().Class(f); c != p.Class || verdict != p.Verdict {
				t.Fatalf("%+v: Class says %s %s, Path %+v\n%s", f, c, verdict, p, brief(inv))
			}
		}
	})
}

// TestAskedAtOnce: goroutines that ask one World in different orders get the
// answers that each would get alone.
func TestAskedAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := tracegen.World(tracegen.Knobs{Without: tracegen.Filters}).Draw(t, "world")
		from := slices.Collect(w.Vantages())
		hosts := rapid.SliceOfN(tracegen.HostFor(w), 4, 8).Draw(t, "hosts")
		failed := make(chan string, 4)
		var wg sync.WaitGroup
		for g := range cap(failed) {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(uint64(g), 0))
				for range 4 * len(from) * len(hosts) {
					v, host := from[r.IntN(len(from))], hosts[r.IntN(len(hosts))]
					tr := v.To(host, 443)
					if c, verdict := v.Class(host, 443); c != tr.Class || verdict != tr.Verdict {
						failed <- fmt.Sprintf("Class says %s %s\n%s", c, verdict, tr)
						return
					}
				}
			})
		}
		wg.Wait()
		close(failed)
		for why := range failed {
			t.Fatal(why)
		}
	})
}
