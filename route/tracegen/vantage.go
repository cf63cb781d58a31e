package tracegen

import (
	"net/netip"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Vantage draws a point of view in a World: a subnet or a network interface,
// seldom an endpoint's, which starts no connections (R32). It shrinks to the
// first subnet. A World of this package always has one; t fails for one that
// has none.
func Vantage(w *trace.World) *rapid.Generator[trace.Vantage] {
	inv := w.Inventory()
	var ids, endpoints []string
	for _, s := range inv.Subnets {
		ids = append(ids, s.ID)
	}
	for _, n := range inv.NetworkInterfaces {
		if n.InterfaceType == "interface" {
			ids = append(ids, n.ID)
		} else {
			endpoints = append(endpoints, n.ID)
		}
	}
	return rapid.Custom(func(t *rapid.T) trace.Vantage {
		if len(ids) == 0 {
			t.Fatalf("a world without subnets and network interfaces")
		}
		d := &draft{T: t}
		from := ids
		if len(endpoints) > 0 && d.rarely(16, "from an endpoint") {
			from = endpoints
		}
		v, _ := w.From(pick(d, "from", from...))
		return v
	})
}

// Flow draws a question for the routing half of a World alone: from a subnet,
// a network interface, one of its addresses, or a gateway by which traffic
// enters a VPC; to an address that means something in the World or a host that
// only public DNS answers; in any protocol.
func Flow(w *trace.World) *rapid.Generator[route.Flow] {
	inv := w.Inventory()
	return rapid.Custom(func(t *rapid.T) route.Flow {
		d := &draft{T: t, inv: &inv}
		f := route.Flow{
			From:     d.source(),
			Protocol: pick(d, "protocol", route.TCP, route.UDP, route.ICMP, route.GRE, route.ESP, route.ICMPv6, 0),
			Port:     pick(d, "port", uint16(443), 0, 53, 22),
		}
		h := HostFor(w).Draw(t, "to")
		if a, err := netip.ParseAddr(h); err == nil {
			f.To = route.Addr(a)
		} else {
			f.To = route.PublicAddr(h, pick(d, "family", route.IPv4, route.IPv6))
		}
		return f
	})
}

func (d *draft) source() route.Source {
	subnet := func() route.Source { return route.FromSubnet(one(d, "subnet", d.inv.Subnets).ID) }
	switch kind := pick(d, "source", "subnet", "network interface", "address", "gateway"); kind {
	case "network interface", "address":
		n := one(d, "network interface", d.inv.NetworkInterfaces)
		if n == nil {
			return subnet()
		}
		if addrs, _ := n.Addrs(); kind == "address" && len(addrs) > 0 {
			return route.FromAddr(n.ID, pick(d, "source address", addrs...))
		}
		return route.FromInterface(n.ID)
	case "gateway":
		gateways := append([]string{"vgw-1"}, d.gatewayIDs()...)
		a := netip.MustParseAddr(pick(d, "from outside", "10.250.0.9", "10.1.1.9", "203.0.113.9", "2001:db8:2:1::9"))
		return route.FromGateway(pick(d, "gateway", gateways...), one(d, "VPC", d.inv.Subnets).VPCID, a)
	}
	return subnet()
}
