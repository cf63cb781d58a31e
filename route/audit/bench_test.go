package audit_test

import (
	"fmt"
	"math"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

// estate is n VPCs of six subnets in three Availability Zones, each with an
// internet gateway, a NAT gateway, three route tables and twenty interface
// endpoints; hosts are the names
// of 200 services of the Region.
func estate(n int) (trace.Inventory, []audit.Host) {
	var inv trace.Inventory
	const az = "abc"
	var names []naming.ServiceName
	var list []audit.Host
	for s := range catalog.Default().All() {
		name, ok := s.In("us-east-2")
		private, _ := s.PrivateNames("us-east-2")
		if ok && !s.Global && s.Type.Is(endpoint.Interface) && len(private) == 1 && len(list) < 200 {
			names = append(names, name)
			list = append(list, audit.MustParseHost(private[0]))
		}
	}
	for i := range n {
		id := func(kind string, j int) string { return fmt.Sprintf("%s-%05d%02d", kind, i, j) }
		vpc, block := id("vpc", 0), fmt.Sprintf("10.%d.", i%250)
		inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: vpc, CIDRBlock: block + "0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
		inv.InternetGateways = append(inv.InternetGateways, route.InternetGateway{ID: id("igw", 0), Attachments: []route.GatewayAttachment{{State: "available", VPCID: vpc}}})
		inv.NATGateways = append(inv.NATGateways, route.NATGateway{ID: id("nat", 0), VPCID: vpc, SubnetID: id("subnet", 0), State: "available"})
		for t, gateway := range []string{id("igw", 0), id("nat", 0), ""} {
			table := route.Table{ID: id("rtb", t), VPCID: vpc, Associations: []route.Association{{SubnetID: id("subnet", t)}, {SubnetID: id("subnet", t+3)}}}
			table.Routes = route.MustParseRoutes(block+"0.0/16 local", "172.16.0.0/16 pcx-1", "172.17.0.0/16 pcx-1", "172.18.0.0/16 pcx-1", "192.168.0.0/24 tgw-1", "192.168.1.0/24 tgw-1", "192.168.2.0/24 tgw-1")
			if gateway != "" {
				table.Routes = append(table.Routes, route.MustParseRoutes("0.0.0.0/0 "+gateway)...)
			}
			inv.RouteTables = append(inv.RouteTables, table)
		}
		for s := range 6 {
			inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: id("subnet", s), VPCID: vpc, CIDRBlock: fmt.Sprintf("%s%d.0/24", block, s), AvailabilityZone: "us-east-2" + az[s%3:s%3+1]})
		}
		for e := range 20 {
			ep := endpoint.Endpoint{ID: fmt.Sprintf("vpce-%012x%05x", i, e), Type: endpoint.Interface, VPCID: vpc, ServiceName: names[e].String(), State: endpoint.Available, PrivateDNSEnabled: true}
			for s := range 3 {
				eni := fmt.Sprintf("eni-%05d%02d%d", i, e, s)
				inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: eni, VPCID: vpc, SubnetID: id("subnet", s), PrivateIPAddress: fmt.Sprintf("%s%d.%d", block, s, 10+e)})
				ep.NetworkInterfaceIDs = append(ep.NetworkInterfaceIDs, eni)
				ep.SubnetIDs = append(ep.SubnetIDs, id("subnet", s))
			}
			inv.Endpoints = append(inv.Endpoints, ep)
		}
	}
	return inv, list
}

func BenchmarkMatrix(b *testing.B) {
	inv, list := estate(100)
	w := newWorld(b, inv)
	vs, err := audit.Vantages(w)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := audit.NewMatrix(b.Context(), vs, list, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(vs)*len(list)), "ns/cell")
}

func BenchmarkDiff(b *testing.B) {
	inv, list := estate(100)
	before := newWorld(b, inv)
	edited := inv.Clone()
	if err := audit.SetPrivateDNS(&edited, edited.Endpoints[0].ID, false); err != nil {
		b.Fatal(err)
	}
	after := newWorld(b, edited)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for range audit.Diff(b.Context(), before, after, list) {
			n++
		}
		if n != 6 {
			b.Fatalf("%d changes, want 6", n)
		}
	}
}

// BenchmarkDiffCost measures the bar of the comparison, 2.2 times one matrix,
// in CPU time of this process, the two in turns.
func BenchmarkDiffCost(b *testing.B) {
	inv, list := estate(60)
	before, after := newWorld(b, inv), newWorld(b, inv)
	vs, err := audit.Vantages(before)
	if err != nil {
		b.Fatal(err)
	}
	matrix := time.Duration(math.MaxInt64)
	var ratios []float64 // the median of them is steadier on a busy machine than the ratio of two minima
	for b.Loop() {
		start := cpu(b)
		if _, err := audit.NewMatrix(b.Context(), vs, list, nil); err != nil {
			b.Fatal(err)
		}
		middle := cpu(b)
		for c := range audit.Diff(b.Context(), before, after, list) {
			b.Errorf("a change between equals: %+v", c)
		}
		matrix = min(matrix, middle-start)
		ratios = append(ratios, float64(cpu(b)-middle)/float64(middle-start))
	}
	slices.Sort(ratios)
	b.ReportMetric(float64(matrix.Nanoseconds())/float64(len(vs)*len(list)), "cpu-ns/cell")
	b.ReportMetric(ratios[len(ratios)/2], "times-matrix")
}

func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkLint(b *testing.B) {
	inv, _ := estate(100)
	w := newWorld(b, inv)
	b.ReportAllocs()
	for b.Loop() {
		if issues := audit.Lint(w); len(issues) == 0 {
			b.Fatal("nothing found")
		}
	}
}
