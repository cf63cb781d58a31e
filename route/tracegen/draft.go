package tracegen

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// draft is an inventory on its way: what every part of the generator draws
// from and adds to.
type draft struct {
	*rapid.T
	k   Knobs
	inv *trace.Inventory
	ids map[string]int // numbers given out, by prefix
}

// id makes up an id as AWS would, short enough to be read: vpc-1, vpc-2.
// Endpoints need eight hex digits, so that their DNS names parse; the prefix
// "" is the eight characters after an endpoint's id in its names.
func (d *draft) id(prefix string) string {
	d.ids[prefix]++
	switch n := d.ids[prefix]; prefix {
	case "vpce-":
		return fmt.Sprintf("vpce-%08x", n)
	case "":
		return fmt.Sprintf("suffix%02d", n)
	default:
		return fmt.Sprintf("%s%d", prefix, n)
	}
}

// pick draws one of a list that is not empty; it shrinks to the first.
func pick[E any](d *draft, label string, list ...E) E {
	return rapid.SampledFrom(list).Draw(d.T, label)
}

// one draws an element of a list to be changed in place; nil if it is empty.
func one[E any](d *draft, label string, list []E) *E {
	if len(list) == 0 {
		return nil
	}
	return &list[d.upTo(len(list)-1, label)]
}

// upTo draws a number from 0 to n; it shrinks to 0.
func (d *draft) upTo(n int, label string) int { return rapid.IntRange(0, n).Draw(d.T, label) }

// flip draws a yes or no; it shrinks to no.
func (d *draft) flip(label string) bool { return rapid.Bool().Draw(d.T, label) }

// rarely is yes in one of n draws; it shrinks to no.
func (d *draft) rarely(n int, label string) bool {
	return rapid.SampledFrom(append(make([]bool, n-1), true)).Draw(d.T, label)
}

// subset draws some elements of a list, in their order; it shrinks to none.
func subset[E any](d *draft, label string, list []E) []E {
	var out []E
	for i := range list {
		if d.flip(fmt.Sprintf("%s %d", label, i)) {
			out = append(out, list[i])
		}
	}
	return out
}

func (d *draft) vpc(id string) *endpoint.VPC {
	i := slices.IndexFunc(d.inv.VPCs, func(v endpoint.VPC) bool { return v.ID == id })
	if i < 0 {
		return nil
	}
	return &d.inv.VPCs[i]
}

// subnets returns the subnets of a VPC, to be changed in place.
func (d *draft) subnets(vpc string) []*endpoint.Subnet {
	var list []*endpoint.Subnet
	for i := range d.inv.Subnets {
		if d.inv.Subnets[i].VPCID == vpc {
			list = append(list, &d.inv.Subnets[i])
		}
	}
	return list
}

// tables returns the route tables of a VPC, to be changed in place.
func (d *draft) tables(vpc string) []*route.Table {
	var list []*route.Table
	for i := range d.inv.RouteTables {
		if d.inv.RouteTables[i].VPCID == vpc {
			list = append(list, &d.inv.RouteTables[i])
		}
	}
	return list
}

// region returns the Region of a VPC, that of its first subnet.
func (d *draft) region(vpc string) string {
	for _, s := range d.subnets(vpc) {
		if r, ok := naming.ZoneRegion(s.AvailabilityZone); ok {
			return r
		}
	}
	return "us-east-2"
}

// to makes a route: destination, a CIDR or a prefix list, and target.
func to(destination, target string) route.Route {
	r := route.Route{Origin: "CreateRoute", State: "active"}
	switch {
	case strings.HasPrefix(destination, "pl-"):
		r.DestinationPrefixListID = destination
	case strings.Contains(destination, ":"):
		r.DestinationIPv6CIDRBlock = destination
	default:
		r.DestinationCIDRBlock = destination
	}
	retarget(&r, target)
	if target == "local" {
		r.Origin = "CreateRouteTable"
	}
	return r
}

// retarget puts a target into the field that AWS has for its kind, and takes
// the old one out.
func retarget(r *route.Route, target string) {
	*r = route.Route{
		DestinationCIDRBlock: r.DestinationCIDRBlock, DestinationIPv6CIDRBlock: r.DestinationIPv6CIDRBlock,
		DestinationPrefixListID: r.DestinationPrefixListID, Origin: r.Origin, State: r.State,
	}
	if strings.HasPrefix(target, "arn:") {
		r.CoreNetworkARN = target
		return
	}
	kind, _, _ := strings.Cut(target, "-")
	switch kind {
	case "nat":
		r.NATGatewayID = target
	case "eigw":
		r.EgressOnlyInternetGatewayID = target
	case "eni":
		r.NetworkInterfaceID = target
	case "pcx":
		r.VPCPeeringConnectionID = target
	case "tgw":
		r.TransitGatewayID = target
	case "lgw":
		r.LocalGatewayID = target
	case "cagw":
		r.CarrierGatewayID = target
	default: // local, igw-, vgw-, vpce-: GatewayId is a union
		r.GatewayID = target
	}
}

// has reports whether a table has a static route to a destination: AWS refuses
// a second one.
func has(t *route.Table, destination string) bool {
	return slices.ContainsFunc(t.Routes, func(r route.Route) bool {
		return r.Origin != propagated && (r.DestinationCIDRBlock == destination ||
			r.DestinationIPv6CIDRBlock == destination || r.DestinationPrefixListID == destination)
	})
}

// add puts routes on a table, but for destinations that it has; false if it has
// all of them.
func add(t *route.Table, routes ...route.Route) (added bool) {
	for _, r := range routes {
		if d := r.DestinationCIDRBlock + r.DestinationIPv6CIDRBlock + r.DestinationPrefixListID; !has(t, d) || r.Origin == propagated {
			t.Routes = append(t.Routes, r)
			added = true
		}
	}
	return added
}

// gatewayIDs are those of what joins VPCs with the internet and each other: a
// transit gateway's once for each attachment.
func (d *draft) gatewayIDs() (ids []string) {
	for _, g := range d.inv.InternetGateways {
		ids = append(ids, g.ID)
	}
	for _, g := range d.inv.EgressOnlyInternetGateways {
		ids = append(ids, g.ID)
	}
	for _, c := range d.inv.VPCPeeringConnections {
		ids = append(ids, c.ID)
	}
	for _, a := range d.inv.TransitGatewayVPCAttachments {
		ids = append(ids, a.TransitGatewayID)
	}
	return ids
}

// propagated is the Origin of a route that a virtual private gateway
// propagated.
const propagated = "EnableVgwRoutePropagation"

func name(s string) endpoint.Tags { return endpoint.Tags{{Key: "Name", Value: s}} }
