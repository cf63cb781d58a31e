package route

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// ParseRoutes reads one route from each text: a destination, a target and
// marks, divided by spaces.
//
//	10.0.0.0/16 local
//	0.0.0.0/0 nat-0a
//	pl-0a vpce-0b
//	10.9.0.0/16 vgw-0a propagated
//	10.8.0.0/16 - blackhole
//
// A destination is a CIDR of either family or a prefix list's id. The target's
// beginning says which field of the [Route] it fills: local, igw-, vgw- and
// vpce-, nat-, eigw-, eni-, i-, pcx-, tgw-, lgw-, cagw-, the ARN of a core
// network or of an ODB network, an IP address; "-" fills none, as on a
// blackhole route whose target is gone. The marks are propagated, advertised,
// blackhole and filtered; without a mark the route is active and static.
//
// Every text that is no route is reported: the error joins one
// [endpoint.FieldError] for each, whose Resource is "route 3" for the third.
func ParseRoutes(texts ...string) ([]Route, error) {
	rs := make([]Route, 0, len(texts))
	var errs []error
	for i, s := range texts {
		r, err := parseRoute(s, fmt.Sprintf("route %d", i+1))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		rs = append(rs, r)
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	return rs, nil
}

// MustParseRoutes is [ParseRoutes] for tests and for tables in code: it panics
// on an error.
func MustParseRoutes(texts ...string) []Route {
	rs, err := ParseRoutes(texts...)
	if err != nil {
		panic(err)
	}
	return rs
}

func parseRoute(s, place string) (Route, error) {
	bad := func(field, in string, why error) error {
		return &endpoint.FieldError{Resource: place, Field: field, In: in, Err: why}
	}
	words := strings.Fields(s)
	if len(words) < 2 {
		return Route{}, bad("", s, errShort)
	}
	r := Route{Origin: originStatic, State: stateActive}
	if dest := words[0]; strings.HasPrefix(dest, "pl-") {
		r.DestinationPrefixListID = dest
	} else if p, err := netip.ParsePrefix(dest); err != nil {
		return Route{}, bad("destination", dest, endpoint.ErrCIDR)
	} else if p.Addr().Is4() {
		r.DestinationCIDRBlock = dest
	} else {
		r.DestinationIPv6CIDRBlock = dest
	}
	if target := words[1]; target != "-" {
		f := r.targetField(target)
		if f == nil {
			return Route{}, bad("target", target, endpoint.ErrValue)
		}
		*f = target
	}
	if words[1] == "local" {
		r.Origin = originTable
	}
	for _, mark := range words[2:] {
		switch mark {
		case "propagated":
			r.Origin = originPropagated
		case "advertised":
			r.Origin = originAdvertised
		case stateBlackhole, stateFiltered:
			r.State = mark
		default:
			return Route{}, bad("mark", mark, endpoint.ErrValue)
		}
	}
	return r, nil
}

var errShort = errors.New("a destination and a target belong here")

// targetField returns the field that a target of that form belongs in, nil if
// no target has the form.
func (r *Route) targetField(target string) *string {
	switch {
	case target == "local", hasIDPrefix(target, "igw-"), hasIDPrefix(target, "vgw-"), hasIDPrefix(target, "vpce-"):
		return &r.GatewayID
	case hasIDPrefix(target, "nat-"):
		return &r.NATGatewayID
	case hasIDPrefix(target, "eigw-"):
		return &r.EgressOnlyInternetGatewayID
	case hasIDPrefix(target, "eni-"):
		return &r.NetworkInterfaceID
	case hasIDPrefix(target, "i-"):
		return &r.InstanceID
	case hasIDPrefix(target, "pcx-"):
		return &r.VPCPeeringConnectionID
	case hasIDPrefix(target, "tgw-"):
		return &r.TransitGatewayID
	case hasIDPrefix(target, "lgw-"):
		return &r.LocalGatewayID
	case hasIDPrefix(target, "cagw-"):
		return &r.CarrierGatewayID
	case strings.HasPrefix(target, "arn:") && strings.Contains(target, ":core-network/"):
		return &r.CoreNetworkARN
	case strings.HasPrefix(target, "arn:") && strings.Contains(target, ":odb-network/"):
		return &r.ODBNetworkARN
	}
	if _, err := netip.ParseAddr(target); err == nil {
		return &r.IPAddress
	}
	return nil
}

func hasIDPrefix(s, prefix string) bool { return len(s) > len(prefix) && strings.HasPrefix(s, prefix) }

// Destination returns the destination as the route has it, a CIDR or a prefix
// list's id; "" if it has none.
func (r *Route) Destination() string {
	switch {
	case r.DestinationCIDRBlock != "":
		return r.DestinationCIDRBlock
	case r.DestinationIPv6CIDRBlock != "":
		return r.DestinationIPv6CIDRBlock
	}
	return r.DestinationPrefixListID
}

// Target returns the id of the target, "" if the route has none. A route to an
// instance has the id of its network interface where AWS printed both.
func (r *Route) Target() string {
	for _, id := range [...]string{
		r.GatewayID, r.NATGatewayID, r.EgressOnlyInternetGatewayID, r.NetworkInterfaceID, r.InstanceID, r.VPCPeeringConnectionID,
		r.TransitGatewayID, r.LocalGatewayID, r.CarrierGatewayID, r.CoreNetworkARN, r.ODBNetworkARN, r.IPAddress,
	} {
		if id != "" {
			return id
		}
	}
	return ""
}

// String returns the text that [ParseRoutes] reads. A state or an origin that
// it has no mark for is left out.
func (r *Route) String() string {
	s := r.Destination() + " "
	if t := r.Target(); t != "" {
		s += t
	} else {
		s += "-"
	}
	switch r.Origin {
	case originPropagated:
		s += " propagated"
	case originAdvertised:
		s += " advertised"
	}
	if r.State == stateBlackhole || r.State == stateFiltered {
		s += " " + r.State
	}
	return s
}

// The origins and states of routes (routing.md section 11).
const (
	originTable      = "CreateRouteTable"
	originStatic     = "CreateRoute"
	originPropagated = "EnableVgwRoutePropagation"
	originAdvertised = "Advertisement"

	stateActive    = "active"
	stateBlackhole = "blackhole"
	stateFiltered  = "filtered"
)
