package route_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// flows are questions of every kind about the worlds of the examples.
func flows() map[string]struct {
	c route.Config
	f route.Flow
} {
	type q = struct {
		c route.Config
		f route.Flow
	}
	addr := func(s string) route.Destination { return route.Addr(netip.MustParseAddr(s)) }
	b := route.FromSubnet("subnet-0000000b")
	return map[string]q{
		"local":    {worldA(), route.Flow{From: b, To: addr("10.0.1.10"), Port: 443}},
		"direct":   {worldA(), route.Flow{From: b, To: addr("10.0.2.10"), Port: 443}},
		"nat":      {worldB(), route.Flow{From: b, To: addr("8.8.8.8"), Port: 443}},
		"list":     {worldB(), route.Flow{From: b, To: addr("52.219.80.1"), Port: 443}},
		"transit":  {worldD(true), route.Flow{From: route.FromSubnet("subnet-00000051"), To: addr("10.0.1.20"), Port: 443}},
		"noreturn": {worldD(false), route.Flow{From: route.FromSubnet("subnet-00000051"), To: addr("10.0.1.20"), Port: 443}},
		"public":   {worldB(), route.Flow{From: b, To: route.PublicAddr("sts.amazonaws.com", route.IPv4), Port: 443}},
		"bucket":   {worldB(), route.Flow{From: b, To: route.PublicAddr("bkt.s3.us-east-2.amazonaws.com", route.IPv4), Port: 443}},
		"differ":   {worldB(), route.Flow{From: b, To: route.PublicAddr("www.example.com", route.IPv4), Port: 443}},
		"entry":    {worldA(), route.Flow{From: route.FromGateway("vgw-1", "vpc-00000001", netip.MustParseAddr("192.168.1.1")), To: addr("10.0.2.10")}},
		"invalid":  {worldA(), route.Flow{From: b}},
	}
}

func TestClassDoesNotAllocate(t *testing.T) {
	for name, q := range flows() {
		n := mustNetwork(t, q.c)
		if a := testing.AllocsPerRun(100, func() { n.Class(q.f) }); a != 0 {
			t.Errorf("%s: %v allocations, want 0", name, a)
		}
	}
	filtered := newNet(t, "0.0.0.0/0 nat-1").endpoint(endpoint.Available).acls()
	filtered.SecurityGroups = []route.SecurityGroup{groupConfig("sg-1", []route.IPPermission{rule("tcp", 443, "10.0.0.0/16")}, nil)}
	filtered.Endpoints[1].Groups = []endpoint.SecurityGroup{{ID: "sg-1"}}
	n := filtered.build()
	f := route.Flow{From: subnet1, To: route.Addr(netip.MustParseAddr("10.0.2.9")), Port: 443}
	if a := testing.AllocsPerRun(100, func() { n.Class(f) }); a != 0 {
		t.Errorf("with filters: %v allocations, want 0", a)
	}
}

func BenchmarkClass(b *testing.B) {
	for name, q := range flows() {
		b.Run(name, func(b *testing.B) {
			n := mustNetwork(b, q.c)
			b.ReportAllocs()
			for b.Loop() {
				n.Class(q.f)
			}
		})
	}
}

func BenchmarkPath(b *testing.B) {
	for name, q := range flows() {
		b.Run(name, func(b *testing.B) {
			n := mustNetwork(b, q.c)
			b.ReportAllocs()
			for b.Loop() {
				n.Path(q.f)
			}
		})
	}
}

// manyVPCs is an estate: every VPC with two subnets in each of three zones,
// three tables, an internet gateway, a NAT gateway and an interface endpoint.
func manyVPCs(vpcs, routes int) route.Config {
	var c route.Config
	for v := range vpcs {
		vpc, net := fmt.Sprintf("vpc-%08x", v), fmt.Sprintf("10.%d", v%256)
		c.VPCs = append(c.VPCs, worldVPC(vpc, net+".0.0/16"))
		c.InternetGateways = append(c.InternetGateways, route.InternetGateway{
			ID: fmt.Sprintf("igw-%08x", v), Attachments: []route.GatewayAttachment{{State: "available", VPCID: vpc}},
		})
		e := endpoint.Endpoint{
			ID: fmt.Sprintf("vpce-%017x", v), Type: endpoint.Interface, VPCID: vpc, ServiceName: "com.amazonaws.us-east-2.monitoring", State: endpoint.Available,
		}
		for s := range 6 {
			id := fmt.Sprintf("subnet-%07x%d", v, s)
			c.Subnets = append(c.Subnets, worldSubnet(id, vpc, fmt.Sprintf("%s.%d.0/24", net, s), "us-east-2"+string(rune('a'+s%3))))
			eni := fmt.Sprintf("eni-%07x%d", v, s)
			e.NetworkInterfaceIDs = append(e.NetworkInterfaceIDs, eni)
			c.NetworkInterfaces = append(c.NetworkInterfaces, worldENI(eni, vpc, id, fmt.Sprintf("%s.%d.10", net, s)))
		}
		c.Endpoints = append(c.Endpoints, e)
		c.NATGateways = append(c.NATGateways, route.NATGateway{ID: fmt.Sprintf("nat-%08x", v), VPCID: vpc, SubnetID: fmt.Sprintf("subnet-%07x0", v), State: "available"})
		for k := range 3 {
			rs := []route.Route{{DestinationCIDRBlock: net + ".0.0/16", GatewayID: "local", State: "active"}}
			if k == 0 {
				rs = append(rs, route.Route{DestinationCIDRBlock: "0.0.0.0/0", GatewayID: fmt.Sprintf("igw-%08x", v), State: "active"})
			} else {
				rs = append(rs, route.Route{DestinationCIDRBlock: "0.0.0.0/0", NATGatewayID: fmt.Sprintf("nat-%08x", v), State: "active"})
			}
			for r := len(rs); r < routes; r++ {
				rs = append(rs, route.Route{DestinationCIDRBlock: fmt.Sprintf("172.%d.%d.0/24", 16+r%16, r), TransitGatewayID: "tgw-1", State: "active"})
			}
			c.RouteTables = append(c.RouteTables, route.Table{
				ID: fmt.Sprintf("rtb-%07x%d", v, k), VPCID: vpc, Routes: rs,
				Associations: []route.Association{{SubnetID: fmt.Sprintf("subnet-%07x%d", v, 2*k)}, {SubnetID: fmt.Sprintf("subnet-%07x%d", v, 2*k+1)}},
			})
		}
	}
	return c
}

func BenchmarkNew(b *testing.B) {
	for _, routes := range []int{8, 64} {
		b.Run(fmt.Sprintf("%droutes", routes), func(b *testing.B) {
			c := manyVPCs(1000, routes)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := route.New(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkScript is the habit that Class is measured against
// (performance.md): format the name, look it up in two maps, scan prefixes
// sorted by length. Class has no name to look up.
func BenchmarkScript(b *testing.B) {
	for _, routes := range []int{8, 64} {
		b.Run(fmt.Sprintf("%droutes", routes), func(b *testing.B) {
			names := map[string]string{"vpc-00000001": "monitoring.us-east-2.amazonaws.com"}
			addrs := map[string]netip.Addr{"vpc-00000001/monitoring.us-east-2.amazonaws.com": netip.MustParseAddr("8.8.8.8")}
			ps := make([]netip.Prefix, 0, routes)
			for i := range routes - 2 {
				ps = append(ps, netip.MustParsePrefix(fmt.Sprintf("172.%d.%d.0/24", 16+i%16, i)))
			}
			ps = append(ps, netip.MustParsePrefix("10.0.0.0/16"), netip.MustParsePrefix("0.0.0.0/0"))
			for b.Loop() {
				host := fmt.Sprintf("%s.%s.amazonaws.com", "monitoring", "us-east-2")
				if names["vpc-00000001"] != host {
					b.Fatal(host)
				}
				a := addrs["vpc-00000001/"+host]
				for _, p := range ps {
					if p.Contains(a) {
						break
					}
				}
			}
		})
	}
}

// BenchmarkDecision is a world as wide as the script's: 8 and 64 routes.
func BenchmarkDecision(b *testing.B) {
	for _, routes := range []int{8, 64} {
		n := mustNetwork(b, manyVPCs(100, routes))
		for name, to := range map[string]route.Destination{
			"endpoint": route.Addr(netip.MustParseAddr("10.50.1.10")), "nat": route.Addr(netip.MustParseAddr("8.8.8.8")),
			"host": route.PublicAddr("sts.us-east-2.amazonaws.com", route.IPv4),
		} {
			b.Run(fmt.Sprintf("%droutes/%s", routes, name), func(b *testing.B) {
				f := route.Flow{From: route.FromSubnet("subnet-00000325"), To: to, Protocol: route.TCP, Port: 443}
				b.ReportAllocs()
				for b.Loop() {
					n.Class(f)
				}
			})
		}
	}
}
