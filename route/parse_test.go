package route_test

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

func TestParseRoutes(t *testing.T) {
	for text, want := range map[string]route.Route{
		"10.0.0.0/16 local":                {DestinationCIDRBlock: "10.0.0.0/16", GatewayID: "local", Origin: "CreateRouteTable", State: "active"},
		"0.0.0.0/0 nat-0a":                 {DestinationCIDRBlock: "0.0.0.0/0", NATGatewayID: "nat-0a", Origin: "CreateRoute", State: "active"},
		"::/0 eigw-0a":                     {DestinationIPv6CIDRBlock: "::/0", EgressOnlyInternetGatewayID: "eigw-0a", Origin: "CreateRoute", State: "active"},
		"pl-0a vpce-0b":                    {DestinationPrefixListID: "pl-0a", GatewayID: "vpce-0b", Origin: "CreateRoute", State: "active"},
		"10.9.0.0/16 vgw-0a propagated":    {DestinationCIDRBlock: "10.9.0.0/16", GatewayID: "vgw-0a", Origin: "EnableVgwRoutePropagation", State: "active"},
		"10.9.0.0/16 eni-0a advertised":    {DestinationCIDRBlock: "10.9.0.0/16", NetworkInterfaceID: "eni-0a", Origin: "Advertisement", State: "active"},
		"10.9.0.0/16 - blackhole":          {DestinationCIDRBlock: "10.9.0.0/16", Origin: "CreateRoute", State: "blackhole"},
		"10.9.0.0/16 i-0a filtered":        {DestinationCIDRBlock: "10.9.0.0/16", InstanceID: "i-0a", Origin: "CreateRoute", State: "filtered"},
		"10.9.0.0/16 igw-0a":               {DestinationCIDRBlock: "10.9.0.0/16", GatewayID: "igw-0a", Origin: "CreateRoute", State: "active"},
		"10.9.0.0/16 pcx-0a":               {DestinationCIDRBlock: "10.9.0.0/16", VPCPeeringConnectionID: "pcx-0a", Origin: "CreateRoute", State: "active"},
		"10.9.0.0/16 tgw-0a":               {DestinationCIDRBlock: "10.9.0.0/16", TransitGatewayID: "tgw-0a", Origin: "CreateRoute", State: "active"},
		"10.9.0.0/16 lgw-0a":               {DestinationCIDRBlock: "10.9.0.0/16", LocalGatewayID: "lgw-0a", Origin: "CreateRoute", State: "active"},
		"10.9.0.0/16 cagw-0a":              {DestinationCIDRBlock: "10.9.0.0/16", CarrierGatewayID: "cagw-0a", Origin: "CreateRoute", State: "active"},
		"10.9.0.0/16 192.0.2.1":            {DestinationCIDRBlock: "10.9.0.0/16", IPAddress: "192.0.2.1", Origin: "CreateRoute", State: "active"},
		"::/0 arn:aws:x:::core-network/cn": {DestinationIPv6CIDRBlock: "::/0", CoreNetworkARN: "arn:aws:x:::core-network/cn", Origin: "CreateRoute", State: "active"},
		"::/0 arn:aws:x:::odb-network/on":  {DestinationIPv6CIDRBlock: "::/0", ODBNetworkARN: "arn:aws:x:::odb-network/on", Origin: "CreateRoute", State: "active"},
	} {
		got, err := route.ParseRoutes(text)
		if err != nil {
			t.Error(err)
			continue
		}
		if d := gocmp.Diff([]route.Route{want}, got); d != "" {
			t.Errorf("%s:\n%s", text, d)
		}
		if s := got[0].String(); s != text {
			t.Errorf("String() = %q, want %q", s, text)
		}
	}
}

func TestParseRoutesErrors(t *testing.T) {
	rs, err := route.ParseRoutes("10.0.0.0/16 local", "10.0.0.0/16", "10.0.0.0/99 local", "10.0.0.0/16 nat", "10.0.0.0/16 igw-1 quickly", "")
	if rs != nil || err == nil {
		t.Fatalf("ParseRoutes = %v, %v", rs, err)
	}
	for _, want := range []string{
		`route 2 "10.0.0.0/16": a destination and a target belong here`,
		`route 3: destination "10.0.0.0/99": not a CIDR`,
		`route 4: target "nat": value not allowed here`,
		`route 5: mark "quickly": value not allowed here`,
		`route 6: a destination and a target belong here`,
	} {
		if !slices.Contains(strings.Split(err.Error(), "\n"), want) {
			t.Errorf("no line %q in\n%v", want, err)
		}
	}
	if !errors.Is(err, endpoint.ErrCIDR) || !errors.Is(err, endpoint.ErrValue) {
		t.Error("errors.Is is false")
	}
	defer func() {
		if recover() == nil {
			t.Error("MustParseRoutes does not panic")
		}
	}()
	route.MustParseRoutes("nonsense")
}

// What parses prints, parses again to the same, and builds.
func FuzzParseRoutes(f *testing.F) {
	for _, s := range []string{"10.0.0.0/16 local", "pl-0a vpce-0b", "::/0 eigw-0a blackhole", "0.0.0.0/0 -", "100.68.0.18/18 tgw-1 propagated filtered"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rs, err := route.ParseRoutes(s)
		if err != nil {
			var field *endpoint.FieldError
			if !errors.As(err, &field) {
				t.Fatalf("%q: %v is no FieldError", s, err)
			}
			return
		}
		again, err := route.ParseRoutes(rs[0].String())
		if err != nil || !gocmp.Equal(rs, again) {
			t.Fatalf("%q prints %q, which parses to %v, %v", s, rs[0].String(), again, err)
		}
		if _, err := route.New(route.Config{RouteTables: []route.Table{{ID: "rtb-1", Routes: rs}}}); err != nil {
			t.Fatalf("%q parses and does not build: %v", s, err)
		}
	})
}

// A table of any routes decides as its slow twin does, and never panics.
func FuzzTable(f *testing.F) {
	f.Add("10.0.0.0/16 local\n0.0.0.0/0 igw-1\n10.0.5.0/24 vgw-1 propagated", []byte{10, 0, 5, 9})
	f.Add("10.0.0.0/16 local\n10.9.0.0/16 pcx-1 blackhole\n10.9.0.0/16 vgw-1 propagated\npl-1 tgw-1", []byte{10, 9, 0, 1})
	f.Add("0.0.0.0/1 tgw-1\n128.0.0.0/1 tgw-1\n128.0.0.0/1 tgw-2", []byte{200, 0, 0, 1})
	f.Fuzz(func(t *testing.T, text string, addr []byte) {
		a, ok := netip.AddrFromSlice(addr)
		if !ok || a.Is4In6() {
			return
		}
		rs, err := route.ParseRoutes(strings.Split(text, "\n")...)
		if err != nil || slices.ContainsFunc(rs, func(r route.Route) bool {
			return r.Origin == "Advertisement" || r.DestinationPrefixListID != "" && r.Origin != "CreateRoute"
		}) {
			return
		}
		c := route.Config{
			Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1"}}, PrefixLists: []route.PrefixList{{ID: "pl-1", CIDRs: []string{"10.9.0.0/16", "52.0.0.0/8"}}},
			RouteTables: []route.Table{{ID: "rtb-1", VPCID: "vpc-1", Associations: []route.Association{{Main: true}}, Routes: rs}},
		}
		n, err := route.New(c)
		if err != nil {
			t.Fatal(err)
		}
		q := route.Flow{From: route.FromSubnet("subnet-1"), To: route.Addr(a)}
		p, want := n.Path(q), slowDecide(c, c.RouteTables[0], a)
		if h := p.Hops[0]; h.Destination != want.destination || h.Target != want.target || h.Rule != want.rule || want.class != "" && p.Class != want.class {
			t.Fatalf("%s:\n got %+v\nwant %+v", a, p, want)
		}
		if c, v := n.Class(q); c != p.Class || v != p.Verdict {
			t.Fatalf("Class = %s, %s; Path %+v", c, v, p)
		}
	})
}
