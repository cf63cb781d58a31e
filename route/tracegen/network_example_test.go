package tracegen_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// Without an internet gateway nothing is public. In a test, rapid draws the
// world and shrinks a counterexample:
//
//	rapid.Check(t, func(t *rapid.T) {
//		w := tracegen.World(tracegen.Knobs{Without: tracegen.InternetGateways}).Draw(t, "world")
//		…
//	})
func ExampleWorld() {
	public := 0
	for seed := range 50 {
		w := tracegen.World(tracegen.Knobs{Without: tracegen.InternetGateways}).Example(seed)
		v := tracegen.Vantage(w).Example(seed)
		if v.To(tracegen.HostFor(w).Example(seed), 443).Verdict == route.Public {
			public++
		}
	}
	fmt.Println(public)
	// Output: 0
}

// Inventories are plain data: a what-if is an edit.
func ExampleInventory() {
	inv := tracegen.Inventory(tracegen.Knobs{VPCs: 1, Subnets: 1, Without: tracegen.Twists}).Example(1)
	inv.Endpoints = nil
	_, err := trace.New(inv)
	fmt.Println(len(inv.VPCs), len(inv.Subnets), err)
	// Output: 1 1 <nil>
}

// The Regional name is found wherever AWS lists it.
func ExampleEndpoint() {
	found := 0
	for seed := range 100 {
		e := tracegen.Endpoint().Example(seed)
		if n, ok := e.DNSEntries.Regional(); ok && n.EndpointID() == e.ID {
			found++
		}
	}
	fmt.Println(found)
	// Output: 100
}

// Hosts are drawn relative to the world: that of an endpoint's world mostly has
// to do with the endpoint.
func ExampleHostFor() {
	w := tracegen.World(tracegen.Knobs{VPCs: 1, Without: tracegen.Gateways | tracegen.Twists}).Example(3)
	hosts := map[string]bool{}
	for seed := range 200 {
		hosts[tracegen.HostFor(w).Example(seed)] = true
	}
	fmt.Println(len(hosts) > 10)
	// Output: true
}

func ExampleVantage() {
	w := tracegen.World(tracegen.Knobs{}).Example(1)
	v := tracegen.Vantage(w).Example(0)
	_, ok := w.From(v.ID())
	fmt.Println(ok)
	// Output: true
}

// Flows ask the routing half alone, from gateways too and in any protocol.
func ExampleFlow() {
	w := tracegen.World(tracegen.Knobs{}).Example(1)
	f := tracegen.Flow(w).Example(1)
	class, verdict := w.Network().Class(f)
	p := w.Network().Path(f)
	fmt.Println(class == p.Class, verdict == p.Verdict)
	// Output: true true
}

func ExampleHostedZone() {
	z := tracegen.HostedZone().Example(2)
	fmt.Println(z.Private, z.VPCs[0].VPCID)
	// Output: true vpc-1
}

// Order means nothing in what AWS lists, so it may mean nothing to a reader.
func ExampleShuffle() {
	inv := tracegen.Inventory(tracegen.Knobs{}).Example(4)
	other := tracegen.Shuffle(inv).Example(4)
	ids := func(list []endpoint.Subnet) (ids []string) {
		for _, s := range list {
			ids = append(ids, s.ID)
		}
		slices.Sort(ids)
		return ids
	}
	fmt.Println(slices.Equal(ids(inv.Subnets), ids(other.Subnets)))
	// Output: true
}

// Whatever happens to a network, every subnet of it has an answer. In a test,
// the body is that of a rapid.Check.
func ExampleMachine() {
	property := func(t *rapid.T) int {
		m, checks := tracegen.NewMachine(t, tracegen.Knobs{VPCs: 2}), 0
		t.Repeat(m.Actions(func(t *rapid.T) {
			for v := range m.World(t).Vantages() {
				if class, _ := v.Class("sts.us-east-2.amazonaws.com", 443); class == "" {
					t.Errorf("no class from %s", v.ID())
				}
			}
			checks++
		}))
		return checks
	}
	fmt.Println(rapid.Custom(property).Example(1) > 1)
	// Output: true
}
