package privatelink

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// views are the points of view of one World, by the addresses of their clients.
// They are immutable.
type views struct {
	byCIDR   map[netip.Prefix][]place
	bits     []int // the prefix lengths in byCIDR, longest first
	fallback *zone.View
}

// place is a subnet: CIDRs of several VPCs may be the same.
type place struct {
	vpc  string
	view *zone.View
}

// newViews prepares a World. The zero fallback is none; one that the World does
// not have is an error, as is a subnet without a readable CIDR.
func newViews(w *trace.World, fallback zone.Point) (*views, error) {
	v := &views{byCIDR: map[netip.Prefix][]place{}}
	if fallback != (zone.Point{}) {
		var ok bool
		if v.fallback, ok = w.Zones().View(fallback); !ok {
			return nil, fmt.Errorf("the world has no default view %s", fallback)
		}
	}
	for _, s := range w.Inventory().Subnets {
		view, ok := w.Zones().View(zone.Subnet(s.ID))
		if !ok {
			continue
		}
		cidrs, err := s.CIDRs()
		if err != nil {
			return nil, err
		}
		for _, c := range cidrs {
			v.byCIDR[c] = append(v.byCIDR[c], place{s.VPCID, view})
			if !slices.Contains(v.bits, c.Bits()) {
				v.bits = append(v.bits, c.Bits())
			}
		}
	}
	slices.Sort(v.bits)
	slices.Reverse(v.bits)
	return v, nil
}

// forClient returns the view of a client and what chose it:
//
//  1. "subnet": the subnets that contain the address are of one VPC; the
//     smallest one's view.
//  2. "default": there is none, or they are of several VPCs, so that the address
//     does not tell; the default view.
//  3. "none": neither; nil.
func (v *views) forClient(ip string) (view *zone.View, by string) {
	if addr, err := netip.ParseAddr(ip); err == nil {
		addr = addr.Unmap().WithZone("")
		var found *place
		one := true
		for _, bits := range v.bits {
			prefix, err := addr.Prefix(bits)
			if err != nil {
				continue // longer than an IPv4 address
			}
			for i := range v.byCIDR[prefix] {
				p := &v.byCIDR[prefix][i]
				if found == nil {
					found = p
				}
				one = one && p.vpc == found.vpc
			}
		}
		if found != nil && one {
			return found.view, "subnet"
		}
	}
	if v.fallback != nil {
		return v.fallback, "default"
	}
	return nil, "none"
}
