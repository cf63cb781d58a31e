package tracegen_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// TestFiltersOnlyBlock: security groups and network ACLs stop traffic, or
// leave it where the routes lead.
func TestFiltersOnlyBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{})
		inv := q.inv.Clone()
		inv.SecurityGroups, inv.NetworkACLs = nil, nil
		v, _ := build(t, inv).From(q.v.ID())
		with, without := q.v.To(q.host, 443), v.To(q.host, 443)
		if len(with.Paths) != len(without.Paths) {
			t.Fatalf("%d paths with filters, %d without\n%s\n%s", len(with.Paths), len(without.Paths), with, without)
		}
		for i, p := range with.Paths {
			switch p.Class {
			case route.ClassBlocked, route.ClassInvalidInput, route.ClassUnknown, route.ClassUnspecified:
				continue // what filters can make of a path
			}
			if o := without.Paths[i]; o.Class != p.Class || o.Verdict != p.Verdict {
				t.Errorf("with filters %s %s, without %s %s\n%s\n%s", p.Class, p.Verdict, o.Class, o.Verdict, with, without)
			}
		}
	})
}

// TestStrangersChangeNothing: VPCs that nothing joins with the one asked from
// may as well not be in the input.
func TestStrangersChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := ask(t, tracegen.Knobs{Without: tracegen.Peerings | tracegen.TransitGateways | tracegen.PrivateZones | tracegen.Twists})
		inv, home := q.inv.Clone(), q.v.VPC()
		inv.VPCs = slices.DeleteFunc(inv.VPCs, func(v endpoint.VPC) bool { return v.ID != home })
		inv.Subnets = slices.DeleteFunc(inv.Subnets, func(s endpoint.Subnet) bool { return s.VPCID != home })
		inv.RouteTables = slices.DeleteFunc(inv.RouteTables, func(t route.Table) bool { return t.VPCID != home })
		inv.NATGateways = slices.DeleteFunc(inv.NATGateways, func(n route.NATGateway) bool { return n.VPCID != home })
		inv.SecurityGroups = slices.DeleteFunc(inv.SecurityGroups, func(g route.SecurityGroup) bool { return g.VPCID != home })
		inv.NetworkACLs = slices.DeleteFunc(inv.NetworkACLs, func(a route.NetworkACL) bool { return a.VPCID != home })
		q.same(build(t, inv), "without the other VPCs")
	})
}
