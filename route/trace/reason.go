package trace

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// reason says why it is not known whether ways that end alike arrive, in words
// that a code has not; "" where it is known, or the codes say it all. The first
// that fits:
//
//  1. UNKNOWN_RESOURCE: which call's output lacks what (C1)
//  2. an address that no network interface has: that, or that the input has
//     none at all
//  3. a network interface beyond a transit gateway: its VPC is neither this one
//     nor a peered one, and only those count as private
func (tr Trace) reason(g way) string {
	p := g[0]
	if slices.Contains(p.Codes, endpoint.UnknownResource) {
		return tr.From.w.lacking(p)
	}
	n := len(p.Hops)
	for n > 0 && p.Hops[n-1].Kind == route.HopReturn {
		n--
	}
	if p.Verdict != route.VerdictUnknown || !p.Address.IsValid() || n == 0 || p.Hops[n-1].Kind != route.HopLocal {
		return ""
	}
	switch {
	case p.Hops[n-1].ID != "":
		return "a network interface of neither this VPC nor a peered one"
	case tr.From.w.inv.NetworkInterfaces == nil:
		return "describe-network-interfaces is not in the input"
	}
	return "no network interface in the input has " + addresses(g)
}

// lacking says what the input lacks where a path ends at it: the last hop, or
// what that leads to.
func (w *World) lacking(p route.Path) string {
	if len(p.Hops) == 0 {
		return "describe-subnets does not have the subnet"
	}
	last := p.Hops[len(p.Hops)-1]
	call, has := w.described(last.ID)
	switch {
	case call != "" && !has:
		return call + " does not have it"
	case last.Kind == route.HopEndpointENI:
		return "describe-vpc-endpoints does not have its endpoint"
	case last.Kind == route.HopLocal:
		return "describe-subnets does not have its subnet"
	}
	return "the input does not have all that decides here"
}

// described returns the call that describes the resource with an id, and
// whether the input has the resource; "" for an id of any other kind.
func (w *World) described(id string) (call string, has bool) {
	kind, _, _ := strings.Cut(id, "-")
	switch inv := &w.inv; kind {
	case "subnet":
		_, has = w.places[id]
		return "describe-subnets", has
	case "eni":
		_, has = w.places[id]
		return "describe-network-interfaces", has
	case "vpce":
		return "describe-vpc-endpoints", slices.ContainsFunc(inv.Endpoints, func(e endpoint.Endpoint) bool { return e.ID == id })
	case "nat":
		return "describe-nat-gateways", slices.ContainsFunc(inv.NATGateways, func(g route.NATGateway) bool { return g.ID == id })
	case "igw":
		return "describe-internet-gateways", slices.ContainsFunc(inv.InternetGateways, func(g route.InternetGateway) bool { return g.ID == id })
	case "eigw":
		return "describe-egress-only-internet-gateways", slices.ContainsFunc(inv.EgressOnlyInternetGateways, func(g route.EgressOnlyInternetGateway) bool { return g.ID == id })
	case "pcx":
		return "describe-vpc-peering-connections", slices.ContainsFunc(inv.VPCPeeringConnections, func(c route.VPCPeeringConnection) bool { return c.ID == id })
	}
	return "", false
}

// reasons leaves out the codes that say how a path was asked for, not why it
// ends as it does.
func reasons(codes []endpoint.Code) []endpoint.Code {
	return slices.DeleteFunc(slices.Clone(codes), func(c endpoint.Code) bool {
		switch c {
		case endpoint.PublicAddressNotKnown, endpoint.SourceAddressNotGiven, endpoint.FiltersNotEvaluated,
			endpoint.PolicyNotEvaluated, endpoint.AvailabilityZoneCrossed:
			return true
		}
		return false
	})
}
