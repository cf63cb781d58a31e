package trace_test

import (
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
