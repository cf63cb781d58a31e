package privatelink_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	privatelink "github.com/privatelink-go/privatelink/examples/coredns"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// TestForClient compares the choice of a view with its slow twin, which looks at
// every subnet, in networks of a few VPCs that often overlap.
func TestForClient(t *testing.T) {
	counts := map[string]int{}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		var inv trace.Inventory
		for v := range 3 {
			vpc := fmt.Sprintf("vpc-%d", v)
			inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: vpc, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
			for s := range r.IntN(4) { // of different sizes, and never overlapping in one VPC
				inv.Subnets = append(inv.Subnets, endpoint.Subnet{
					ID: fmt.Sprintf("subnet-%d%d", v, s), VPCID: vpc,
					CIDRBlock: fmt.Sprintf("10.0.%d.0/%d", 4*r.IntN(2)+16*s, 22+r.IntN(3)),
				})
			}
		}
		w, err := trace.New(inv)
		if err != nil {
			t.Fatal(err)
		}
		fallback := []zone.Point{{}, zone.VPC("vpc-0")}[r.IntN(2)]
		forClient, err := privatelink.ForClient(w, fallback)
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			addr := netip.AddrFrom4([4]byte{10, 0, byte(r.IntN(64)), byte(r.IntN(4))})
			gotPoint, gotBy := forClient(addr.String())
			wantPoint, wantBy := slowForClient(inv, fallback, addr)
			if gotPoint != wantPoint || gotBy != wantBy {
				t.Fatalf("seed %d, client %s: got %v by %s, want %v by %s", seed, addr, gotPoint, gotBy, wantPoint, wantBy)
			}
			counts[gotBy]++
		}
	}
	for _, by := range []string{"subnet", "default", "none"} {
		if counts[by] < 100 {
			t.Errorf("%s chose %d views: the test says little about it", by, counts[by])
		}
	}
}

func slowForClient(inv trace.Inventory, fallback zone.Point, addr netip.Addr) (zone.Point, string) {
	id, vpcs := "", map[string]bool{}
	for _, s := range inv.Subnets {
		if netip.MustParsePrefix(s.CIDRBlock).Contains(addr) {
			id, vpcs[s.VPCID] = s.ID, true
		}
	}
	switch {
	case len(vpcs) == 1:
		return zone.Subnet(id), "subnet"
	case fallback != zone.Point{}:
		return fallback, "default"
	}
	return zone.Point{}, "none"
}
