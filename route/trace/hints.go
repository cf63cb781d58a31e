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
)

// hints says why the VPC's own endpoints for the service that the host names
// are not used. The host's text must name the service (catalog.Host), and no
// path may end at the endpoint (X5). For each such endpoint, the first that
// fits:
//
//  1. its State is not available: ENDPOINT_NOT_AVAILABLE
//  2. a gateway endpoint of the host's Region without a route on the table
//     from here: GATEWAY_ENDPOINT_NOT_ON_TABLE
//  3. any other gateway endpoint, and the endpoint's own vpce names: nothing
//  4. nothing is known of its private names: nothing
//  5. the host is not among its private names: HOST_NOT_COVERED, with the
//     sibling that is, where a row of the catalogue has a source for it
//     (NAM-37, X6)
//  6. private DNS is off: PRIVATE_DNS_OFF
//  7. an attribute of the VPC is given as false: DNS_ATTRIBUTES_OFF
//  8. private DNS serves the inbound Resolver only: INBOUND_RESOLVER_ONLY
//
// One hint is given for a code; endpoints are taken in order of their ids.
func (v Vantage) hints(tr *Trace) []Hint {
	m, ok := v.w.catalog.Host(tr.Host)
	if !ok {
		return nil
	}
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
	return hints
}

// hint is the list of hints for one endpoint.
func (v Vantage) hint(host string, m catalog.Match, e *endpoint.Endpoint) (Hint, bool) {
	id := v.w.label(e.ID)
	if e.State != "" && !e.State.Is(endpoint.Available) { // 1
		return Hint{endpoint.EndpointNotAvailable, host, fmt.Sprintf("%s is in state %s", id, e.State)}, true
	}
	if e.Type.Is(endpoint.Gateway) { // 2
		table, _, ok := v.w.network.TableOf(v.p.subnet)
		if !ok || m.Host.GatewayService() == "" || m.Host.Region() == "" || v.w.network.TableHas(table, e.ID) {
			return Hint{}, false
		}
		return Hint{endpoint.GatewayEndpointNotOnTable, host, fmt.Sprintf("%s is not on %s: add this table to the endpoint", id, v.w.label(table))}, true
	}
	if !e.Type.Is(endpoint.Interface) || m.Host.EndpointID() != "" { // 3
		return Hint{}, false
	}
	names := v.w.privateNames(e)
	if len(names) == 0 { // 4
		return Hint{}, false
	}
	if !covered(names, host) { // 5
		use, remedy := v.sibling(host, names)
		return Hint{endpoint.HostNotCovered, use, fmt.Sprintf("%s answers %s only%s", id, strings.Join(names, ", "), remedy)}, true
	}
	if !e.PrivateDNSEnabled { // 6
		return Hint{endpoint.PrivateDNSOff, host, fmt.Sprintf("%s would answer %s, but its private DNS is off: turn it on, or use %s", id, host, regionalName(e))}, true
	}
	if off := v.w.attributesOff(v.p.vpc); off != "" { // 7
		return Hint{endpoint.DNSAttributesOff, host, fmt.Sprintf("%s is false on %s, so the private names of %s do not answer", off, v.w.label(v.p.vpc), id)}, true
	}
	if e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint { // 8
		return Hint{endpoint.InboundResolverOnly, host, fmt.Sprintf("%s answers %s only through an inbound Resolver endpoint", id, host)}, true
	}
	return Hint{}, false
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
// private DNS on: its DnsEntries list them, else the catalogue.
func (w *World) privateNames(e *endpoint.Endpoint) []string {
	if names := slices.Collect(e.DNSEntries.Private()); len(names) > 0 {
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

// attributesOff names the DNS attribute of a VPC that is given as false, "" if
// none is.
func (w *World) attributesOff(vpc string) string {
	for i := range w.inv.VPCs {
		v := &w.inv.VPCs[i]
		switch {
		case v.ID != vpc:
		case v.EnableDNSSupport != nil && !*v.EnableDNSSupport:
			return "enableDnsSupport"
		case v.EnableDNSHostnames != nil && !*v.EnableDNSHostnames:
			return "enableDnsHostnames"
		}
	}
	return ""
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
			return h.ID == id || h.Kind == route.HopEndpointENI && tr.From.w.owners[h.ID] == id
		})
	})
}
