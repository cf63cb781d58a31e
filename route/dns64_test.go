package route_test

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// dns64 is newNet with DNS64 in subnet-1, and with no public CIDR of its own.
func dns64(tb testing.TB, routes ...string) *net {
	n := newNet(tb, routes...)
	n.subnet("subnet-1").EnableDNS64 = true
	const ula = "fd12:3456:789a:1::/64"
	n.VPCs[0].IPv6CIDRBlockAssociationSet[0].IPv6CIDRBlock = ula
	for i := range n.Subnets {
		n.Subnets[i].IPv6CIDRBlockAssociationSet = nil
	}
	n.table("rtb-1").Routes[1].DestinationIPv6CIDRBlock = ula
	return n
}

// R29, Z33: a public host may have no AAAA of its own, and DNS64 then makes
// one of its A, so nothing is concluded in IPv6 unless that goes the same way.
func TestPublicHostsBehindDNS64(t *testing.T) {
	const (
		web  = "www.example.com"
		s3   = "bkt.s3.us-west-2.amazonaws.com"
		sts  = "sts.us-west-2.amazonaws.com"
		nats = "64:ff9b::/96 nat-1"
	)
	six := func(f *route.Flow) { f.To = route.PublicAddr(web, route.IPv6) }
	regional := func(f *route.Flow) { f.To = route.PublicAddr(s3, route.IPv6) }
	other := func(f *route.Flow) { f.To = route.PublicAddr(sts, route.IPv6) }
	for _, tt := range []struct {
		name    string
		world   *net
		ask     func(*route.Flow)
		class   route.Class
		devices string
		code    endpoint.Code
		among   []string // the chains that may be
	}{
		{"no other way than NAT64", dns64(t, nats), six, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"nat-1 > igw-1", ""}},
		{"an egress-only gateway besides", dns64(t, nats, "::/0 eigw-1"), six, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"nat-1 > igw-1", "eigw-1"}},
		{"an egress-only gateway for both", dns64(t, "::/0 eigw-1"), six, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"eigw-1", "eigw-1"}},
		{"no route for either", dns64(t), six, route.ClassNoRoute, "", endpoint.NoRouteToDestination, nil},
		{"a transit gateway for both", dns64(t, "::/0 tgw-1"), six, route.ClassTransitGateway, "tgw-1", endpoint.PublicAddressNotKnown, nil},
		{"the NAT gateway's table counts in IPv4", dns64(t, nats).add("rtb-pub", "8.0.0.0/8 tgw-1"), six, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"nat-1 > igw-1", "nat-1 > tgw-1", ""}},
		{"the service's list there is of its hosts only", dns64(t, nats).add("rtb-pub", "pl-s3 vpce-s3"), other, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"nat-1 > igw-1", ""}},
		{"the service's list there holds all of its hosts", dns64(t, nats).add("rtb-pub", "pl-s3 vpce-s3"), regional, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"nat-1 > vpce-s3", ""}},
		{"a gateway service's list without entries holds no such address", func() *net {
			n := dns64(t, nats, "pl-s3 vpce-s3")
			n.PrefixLists[0].CIDRs = nil
			return n
		}(), regional, route.ClassUnknown, "", endpoint.PublicPathsDiffer, []string{"nat-1 > igw-1", "vpce-s3"}},
		{"without DNS64", func() *net {
			n := dns64(t, nats, "::/0 eigw-1")
			n.subnet("subnet-1").EnableDNS64 = false
			return n
		}(), six, route.ClassEgressOnlyInternetGateway, "eigw-1", endpoint.PublicAddressNotKnown, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := is(t, tt.world.host(subnet1, web, tt.ask), tt.class, tt.devices, tt.code)
			var among []string
			for _, a := range p.Alternatives {
				among = append(among, chain(a))
			}
			if !slices.Equal(among, tt.among) {
				t.Errorf("alternatives %q, want %q", among, tt.among)
			}
			if q := is(t, tt.world.host(eniSrc, web, tt.ask), tt.class, tt.devices, tt.code); q.Evidence == naming.Given {
				t.Errorf("evidence %s", q.Evidence)
			}
		})
	}
}

// What is concluded behind DNS64 holds for every address of either kind.
func TestDNS64ConclusionHoldsForEveryAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawConfig(t)
		for i := range c.Subnets {
			c.Subnets[i].EnableDNS64 = true
		}
		for i := range c.RouteTables {
			rt := &c.RouteTables[i]
			for _, dest := range []string{"::/0", "64:ff9b::/96", "64:ff9b::3400:0/104", "2600::/16"} {
				if target := rapid.SampledFrom([]string{"", "eigw-1", "nat-1", "nat-9", "tgw-1", "vpce-s3"}).Draw(t, dest); target != "" {
					rt.Routes = append(rt.Routes, route.MustParseRoutes(dest+" "+target)...)
				}
			}
		}
		c.EgressOnlyInternetGateways = []route.EgressOnlyInternetGateway{{ID: "eigw-1", Attachments: []route.GatewayAttachment{{State: "attached", VPCID: "vpc-0"}}}}
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		f := route.Flow{From: route.FromSubnet(drawSubnet(t, c).ID), To: route.PublicAddr("www.example.com", route.IPv6), Port: 443}
		p := n.Path(f)
		if class, v := n.Class(f); class != p.Class || v != p.Verdict {
			t.Fatalf("Class = %s %s; Path has %+v", class, v, p)
		}
		f.To = route.Addr(netip.MustParseAddr(rapid.SampledFrom([]string{
			"64:ff9b::808:808", "64:ff9b::34d9:101", "64:ff9b::34da:1", "64:ff9b::c801:101", "2600::1", "2a00::1",
		}).Draw(t, "public")))
		q := n.Path(f)
		same := func(x route.Path) bool { return x.Class == q.Class && chain(x) == chain(q) }
		if p.Alternatives == nil && !same(p) || p.Alternatives != nil && !slices.ContainsFunc(p.Alternatives, same) {
			t.Fatalf("%v goes %+v, which is not among %+v", q.Address, q, p)
		}
	})
}
