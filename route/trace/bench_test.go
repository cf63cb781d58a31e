package trace_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// questions are the kinds of answer a matrix is full of: an endpoint, a name
// below a hidden zone, a public service, an address.
var questions = []string{pageHost, "foo." + pageHost, "sts.us-east-2.amazonaws.com", "10.0.3.10", "8.8.8.8"}

func vantage(t testing.TB, inv trace.Inventory, id string) trace.Vantage {
	t.Helper()
	v, ok := newWorld(t, inv).From(id)
	if !ok {
		t.Fatalf("no %s", id)
	}
	return v
}

// TestClassDoesNotAllocate: class and verdict alone cost no allocation on a
// world without filters.
func TestClassDoesNotAllocate(t *testing.T) {
	v := vantage(t, page(), "subnet-b")
	for _, host := range questions {
		if n := testing.AllocsPerRun(100, func() { v.Class(host, 443) }); n != 0 {
			t.Errorf("Class to %s: %v allocations, want 0", host, n)
		}
	}
}

// TestClassOfManyHosts asks for more hosts than a World keeps: those that it has
// no room for are answered alike, and without allocating.
func TestClassOfManyHosts(t *testing.T) {
	kept, fresh := vantage(t, page(), "subnet-b"), vantage(t, page(), "subnet-b")
	hosts := make([]string, 5000)
	for i := range hosts {
		switch i % 3 {
		case 0:
			hosts[i] = fmt.Sprintf("Service%d.us-east-2.amazonaws.com", i)
		case 1:
			hosts[i] = fmt.Sprintf("name%d.%s.", i, pageHost)
		default:
			hosts[i] = fmt.Sprintf("-%d.example.com", i) // no host name
		}
	}
	for range 2 {
		for i, host := range hosts {
			class, verdict := kept.Class(host, 443)
			tr := fresh.To(host, 443)
			if class != tr.Class || verdict != tr.Verdict {
				t.Fatalf("host %d, %s: class %s %s, want %s %s", i, host, class, verdict, tr.Class, tr.Verdict)
			}
		}
	}
	const lower = "late.us-east-2.amazonaws.com"
	if n := testing.AllocsPerRun(100, func() { kept.Class(lower, 443) }); n != 0 {
		t.Errorf("a host that is not kept: %v allocations, want 0", n)
	}
}

// TestClassConcurrently has many goroutines ask a World for the same hosts at
// once.
func TestClassConcurrently(t *testing.T) {
	v := vantage(t, page(), "subnet-b")
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 500 {
				host := questions[(g+i)%len(questions)]
				if i%2 == 0 {
					host = fmt.Sprintf("host%d.example.com", i)
				}
				tr := v.To(host, 443)
				if class, verdict := v.Class(host, 443); class != tr.Class || verdict != tr.Verdict {
					t.Errorf("%s: class %s %s, want %s %s", host, class, verdict, tr.Class, tr.Verdict)
					return
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkClass(b *testing.B) {
	v := vantage(b, page(), "subnet-b")
	for _, host := range questions {
		b.Run(host, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.Class(host, 443)
			}
		})
	}
}

func BenchmarkTo(b *testing.B) {
	v := vantage(b, page(), "subnet-b")
	for _, host := range questions {
		b.Run(host, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.To(host, 443)
			}
		})
	}
}

// BenchmarkNew builds a World of many VPCs like the page's.
func BenchmarkNew(b *testing.B) {
	inv := page()
	for i := range 100 {
		one := page()
		suffix := "-" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		rename(&one, suffix)
		inv.VPCs = append(inv.VPCs, one.VPCs...)
		inv.Subnets = append(inv.Subnets, one.Subnets...)
		inv.NetworkInterfaces = append(inv.NetworkInterfaces, one.NetworkInterfaces...)
		inv.RouteTables = append(inv.RouteTables, one.RouteTables...)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := trace.New(inv); err != nil {
			b.Fatal(err)
		}
	}
}

// rename gives every id of a network a suffix.
func rename(inv *trace.Inventory, suffix string) {
	for i := range inv.VPCs {
		inv.VPCs[i].ID += suffix
	}
	for i := range inv.Subnets {
		inv.Subnets[i].ID += suffix
		inv.Subnets[i].VPCID += suffix
	}
	for i := range inv.NetworkInterfaces {
		n := &inv.NetworkInterfaces[i]
		n.ID, n.VPCID, n.SubnetID = n.ID+suffix, n.VPCID+suffix, n.SubnetID+suffix
	}
	for i := range inv.RouteTables {
		t := &inv.RouteTables[i]
		t.ID, t.VPCID = t.ID+suffix, t.VPCID+suffix
		t.Associations = []route.Association{{Main: true}}
	}
	inv.Endpoints = []endpoint.Endpoint{}
}
