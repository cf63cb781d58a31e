package trace

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// hints says what stands next to the way that traffic does not take. The first
// list that has something to say is all that is said:
//
//   - why the VPC's own endpoints for the service are not used ([Vantage.hint]);
//   - a zonal name of a zone without network interface: ENDPOINT_ZONE_MISSING
//   - a name that a customer's zone wins and lacks: ZONE_WILDCARD_MISSING or
//     ZONE_NAMES_MISSING (dns.md, Z35)
//   - labels in the order of the service name, ecr.api for api.ecr, where an
//     endpoint answers the other: ZONE_LABELS_REVERSED (naming.md section 8)
//   - an available endpoint in another VPC that has the host among its private
//     names: ENDPOINT_IN_OTHER_VPC (Z1)
//
// Where a source knows nothing, nothing is said.
func (v Vantage) hints(tr *Trace) []Hint {
	m, named := v.w.catalog.Host(tr.Host)
	if named {
		if hints := v.ownEndpoints(tr, m); hints != nil {
			return hints
		}
	}
	for _, hint := range []func(*Trace, catalog.Match, bool) (Hint, bool){v.zoneless, v.lacking, v.reversed, v.elsewhere} {
		if h, ok := hint(tr, m, named); ok {
			return []Hint{h}
		}
	}
	return nil
}

// ownEndpoints gives the hints about the VPC's own endpoints for the service
// that the host names, and that no path ends at (X5): one for a code, endpoints
// in order of their ids.
func (v Vantage) ownEndpoints(tr *Trace, m catalog.Match) []Hint {
	var hints []Hint
	for e := range v.w.endpointsOf(v.p.vpc) {
		n, err := naming.ParseServiceName(e.ServiceName)
		if err != nil || !m.Is(n) || tr.endsAt(e.ID) {
			continue
		}
		h, ok := v.hint(tr.Host, m, e)
		if ok && !slices.ContainsFunc(hints, func(o Hint) bool { return o.Code == h.Code }) {
			hints = append(hints, h)
		}
	}
	for _, h := range hints {
		tr.Codes = append(tr.Codes, h.Code)
	}
	return hints
}

// zoneless is the hint for a zonal name whose endpoint has no network interface
// in the zone.
func (v Vantage) zoneless(tr *Trace, m catalog.Match, named bool) (Hint, bool) {
	if !named || m.Host.Kind() != naming.KindZonal || tr.Class != route.ClassUnresolved {
		return Hint{}, false
	}
	for i := range v.w.inv.Endpoints {
		if e := &v.w.inv.Endpoints[i]; e.ID == m.Host.EndpointID() {
			return Hint{endpoint.EndpointZoneMissing, regionalName(e), fmt.Sprintf("%s has no network interface in %s: use its Regional name", v.w.Label(e.ID), m.Host.Zone())}, true
		}
	}
	return Hint{}, false
}

// lacking is the hint for a service's name that a customer's zone has won and
// does not have.
func (v Vantage) lacking(tr *Trace, m catalog.Match, named bool) (Hint, bool) {
	if !named || tr.Class != route.ClassUnresolved || len(tr.DNS) == 0 {
		return Hint{}, false
	}
	src := tr.DNS[0].Answer.Source()
	if src.Kind != zone.CustomerZone {
		return Hint{}, false
	}
	code, what := endpoint.ZoneNamesMissing, "this name"
	if s, ok := v.w.catalog.Service(m.Name, endpoint.Interface); ok {
		names, _ := s.PrivateNames(m.Name.Region())
		if !slices.Contains(names, tr.Host) && covered(names, tr.Host) {
			code, what = endpoint.ZoneWildcardMissing, "the record *"
		}
	}
	return Hint{code, tr.Host, fmt.Sprintf("%s %s wins this name and has no record for it: add %s, an alias like the zone's others", v.w.Label(src.ID), src.Zone, what)}, true
}

// reversed is the hint for labels in the order of the service name.
func (v Vantage) reversed(tr *Trace, _ catalog.Match, named bool) (Hint, bool) {
	h := naming.Classify(tr.Host)
	if named || h.Region() == "" || h.Service() == "" {
		return Hint{}, false
	}
	meant, ok := v.w.catalog.SuggestLabel(h.Service())
	if !ok {
		return Hint{}, false
	}
	use := meant + "." + h.Region() + "." + h.Domain()
	for e := range v.w.endpointsOf(v.p.vpc) {
		if covered(v.w.privateNames(e), use) {
			return Hint{endpoint.ZoneLabelsReversed, use, fmt.Sprintf("%s answers %s: hosts have their labels in the other order than service names", v.w.Label(e.ID), use)}, true
		}
	}
	return Hint{}, false
}

// elsewhere is the hint for an endpoint in another VPC that has the host among
// its private names, while here it is left to public DNS. A Route 53 Profile
// shares an endpoint's zones (Z36), so it is advised only where the endpoint has
// zones that answer in its VPC: not with private DNS off, nor for an inbound
// Resolver endpoint only (Z38).
func (v Vantage) elsewhere(tr *Trace, m catalog.Match, named bool) (Hint, bool) {
	public := func(l Lookup) bool { return l.Counted && l.Answer.Source().Kind == zone.PublicDNS }
	if !named || tr.Verdict == route.Private || m.Host.EndpointID() != "" || !slices.ContainsFunc(tr.DNS, public) {
		return Hint{}, false
	}
	for _, i := range v.w.services[m.Short] {
		e := &v.w.inv.Endpoints[i]
		n, err := naming.ParseServiceName(e.ServiceName)
		if err != nil || e.VPCID == v.p.vpc || !e.Type.Is(endpoint.Interface) || !m.Is(n) || !available(e) || !covered(v.w.privateNames(e), tr.Host) {
			continue
		}
		how, remedy := "answers this name in %s", "share it by a private hosted zone or a Route 53 Profile"
		switch {
		case !e.PrivateDNSEnabled:
			how, remedy = "is for this name in %s, with private DNS off", "alias the name to it in a private hosted zone of this VPC"
		case inboundOnly(e):
			how, remedy = "answers this name in %s only through an inbound Resolver endpoint", "alias the name to it in a private hosted zone of this VPC"
		}
		return Hint{endpoint.EndpointInOtherVPC, tr.Host, fmt.Sprintf("%s "+how+": %s, with routes both ways", v.w.Label(e.ID), v.w.Label(e.VPCID), remedy)}, true
	}
	return Hint{}, false
}

// hint is what there is to say of one of the VPC's endpoints: the first that
// fits.
//
//  1. its State is not available: ENDPOINT_NOT_AVAILABLE
//  2. a gateway endpoint of the host's Region without a route on the table
//     from here, where there is an address of a family that the route would
//     be for (R16): GATEWAY_ENDPOINT_NOT_ON_TABLE
//  3. any other gateway endpoint, and the endpoint's own vpce names: nothing
//  4. nothing is known of its private names: nothing
//  5. the host is not among its private names: HOST_NOT_COVERED, with the
//     sibling that is, where a row of the catalogue has a source for it
//     (NAM-37, X6); but INBOUND_RESOLVER_ONLY where none of them answers in the
//     VPC either (Z38)
//  6. private DNS is off: PRIVATE_DNS_OFF
//  7. an attribute of the VPC is given as false: DNS_ATTRIBUTES_OFF
//  8. private DNS serves the inbound Resolver only: INBOUND_RESOLVER_ONLY
func (v Vantage) hint(host string, m catalog.Match, e *endpoint.Endpoint) (Hint, bool) {
	id := v.w.Label(e.ID)
	if !available(e) { // 1
		return Hint{endpoint.EndpointNotAvailable, host, fmt.Sprintf("%s is in state %s", id, e.State)}, true
	}
	if e.Type.Is(endpoint.Gateway) { // 2
		table, _, ok := v.w.network.TableOf(v.p.subnet)
		if !ok || m.Host.GatewayService() == "" || m.Host.Region() == "" || !v.SharesFamily(*e) || v.w.network.TableHas(table, e.ID) {
			return Hint{}, false
		}
		return Hint{endpoint.GatewayEndpointNotOnTable, host, fmt.Sprintf("%s is not on %s: add this table to the endpoint", id, v.w.Label(table))}, true
	}
	if !e.Type.Is(endpoint.Interface) || m.Host.EndpointID() != "" { // 3
		return Hint{}, false
	}
	names := v.w.privateNames(e)
	if len(names) == 0 { // 4
		return Hint{}, false
	}
	if !covered(names, host) { // 5
		if inboundOnly(e) {
			return Hint{endpoint.InboundResolverOnly, host, fmt.Sprintf("%s answers its private names only through an inbound Resolver endpoint, and %s is none of them", id, host)}, true
		}
		use, remedy := v.sibling(host, names)
		return Hint{endpoint.HostNotCovered, use, fmt.Sprintf("%s answers %s only%s", id, strings.Join(names, ", "), remedy)}, true
	}
	if !e.PrivateDNSEnabled { // 6
		return Hint{endpoint.PrivateDNSOff, host, fmt.Sprintf("%s would answer %s, but its private DNS is off: turn it on, or use %s", id, host, regionalName(e))}, true
	}
	if off := v.w.vpcs[v.p.vpc].DNSAttributeOff(); off != "" { // 7
		return Hint{endpoint.DNSAttributesOff, host, fmt.Sprintf("%s is false on %s, so the private names of %s do not answer", off, v.w.Label(v.p.vpc), id)}, true
	}
	if inboundOnly(e) { // 8
		return Hint{endpoint.InboundResolverOnly, host, fmt.Sprintf("%s answers %s only through an inbound Resolver endpoint", id, host)}, true
	}
	return Hint{}, false
}

func available(e *endpoint.Endpoint) bool {
	return e.State == "" || e.State.Is(endpoint.Available)
}

// inboundOnly reports whether an endpoint's private names answer through an
// inbound Resolver endpoint, and not in its VPC (Z38).
func inboundOnly(e *endpoint.Endpoint) bool {
	return e.PrivateDNSEnabled && e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint
}

// sibling returns the covered name to use in a host's place, and what makes a
// client use it; the host itself and "" if no row says.
func (v Vantage) sibling(host string, names []string) (use, remedy string) {
	for _, s := range v.w.catalog.Siblings(host, v.Region()) {
		if s.Host != "" && covered(names, s.Host) {
			return s.Host, "; " + s.Remedy
		}
	}
	return host, ""
}

// Region returns the Region of the vantage's VPC (routing.md section 8); "" if
// the input does not tell.
func (v Vantage) Region() string {
	r, _ := v.w.network.Region(v.p.vpc)
	return r
}

// privateNames returns the private names an endpoint has or would have with
// private DNS on: its DnsEntries list them, in no order that means anything and
// so sorted here; else the catalogue.
func (w *World) privateNames(e *endpoint.Endpoint) []string {
	if names := slices.Sorted(e.DNSEntries.Private()); len(names) > 0 {
		return names
	}
	names, _ := w.catalog.PrivateNames(*e)
	return names
}

// covered reports whether a host is one of names, or below a wildcard of them.
func covered(names []string, host string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		suffix, wild := strings.CutPrefix(n, "*")
		return n == host || wild && strings.HasSuffix(host, suffix) && len(host) > len(suffix)
	})
}

func regionalName(e *endpoint.Endpoint) string {
	if n, ok := e.DNSEntries.Regional(); ok {
		return n.String()
	}
	return "its vpce name"
}

// endpointsOf yields the endpoints of a VPC in order of their ids.
func (w *World) endpointsOf(vpc string) iter.Seq[*endpoint.Endpoint] {
	return func(yield func(*endpoint.Endpoint) bool) {
		for _, i := range w.endpoints[vpc] {
			if !yield(&w.inv.Endpoints[i]) {
				return
			}
		}
	}
}

// endsAt reports whether a path meets the endpoint.
func (tr *Trace) endsAt(id string) bool {
	return slices.ContainsFunc(tr.Paths, func(p route.Path) bool {
		return slices.ContainsFunc(p.Hops, func(h route.Hop) bool {
			return h.ID == id || h.Kind == route.HopEndpointENI && tr.From.w.owner(h.ID) == id
		})
	})
}
