package audit

import (
	"cmp"
	"iter"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// lostWay is one watched host that does not arrive, or goes two ways.
type lostWay struct {
	code     endpoint.Code
	resource string
	host     string
	from     string
	where    string // what to add to the text
}

// checkWays asks from every subnet for the watched hosts, and reports what does
// not arrive: by code and resource, with the hosts and the subnets. Class and
// verdict are asked first; a proof is made only for what is wrong.
func (l *linter) checkWays() {
	var ways []lostWay
	watched := map[string][]Host{}
	for v := range l.w.Vantages() {
		list, ok := watched[v.VPC()]
		if !ok {
			list = l.watchedHosts(v)
			watched[v.VPC()] = list
		}
		for _, h := range list {
			class, verdict := v.Class(h.text, h.port)
			if class == route.ClassNoRoute && isUsual(h, v.Region()) {
				continue // an isolated subnet is meant to be one
			}
			if verdict == route.Failed || class == route.ClassMixed || class == route.ClassUnknown {
				tr := v.To(h.text, h.port)
				ways = append(ways, l.lost(&tr)...)
			}
		}
	}
	type key struct {
		code            endpoint.Code
		resource, where string
	}
	var order []key
	groups := map[key][]lostWay{}
	for _, w := range ways {
		k := key{w.code, w.resource, w.where}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], w)
	}
	for _, k := range order {
		if l.reported(k.code, k.resource) {
			continue
		}
		var hosts, from []string
		for _, w := range groups[k] {
			hosts = appendNew(hosts, w.host)
			from = appendNew(from, w.from)
		}
		l.rule = l.ruleOf(k.code)
		l.report(k.resource, "%s to %s from %s", cmp.Or(k.where, "is on the way"), few(hosts), l.labels(from))
	}
}

// reported reports whether a check of the resource itself has said it already.
func (l *linter) reported(c endpoint.Code, resource string) bool {
	return slices.ContainsFunc(l.issues, func(i Issue) bool { return i.Code == c && i.Resource == resource })
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// watchedHosts returns what is asked from a VPC: the names of its private
// zones, wildcards by an example, on the port of the service they belong to,
// and the usual hosts of its Region.
func (l *linter) watchedHosts(v trace.Vantage) []Host {
	var list []Host
	add := func(name string, port uint16) {
		if h, err := ParseHost(name); err == nil && !slices.Contains(list, Host{h.text, port}) {
			list = append(list, Host{h.text, port})
		}
	}
	for _, seq := range []iter.Seq[zone.Zone]{l.w.Zones().Hidden(v.VPC()), l.w.Zones().Hosted(v.VPC())} {
		for z := range seq {
			port := l.portOf(z.EndpointID)
			for r := range z.Records() {
				switch r.Type {
				case zone.A, zone.AAAA, zone.CNAME:
					add(example(r.Name), port)
				}
			}
		}
	}
	for _, h := range usual {
		if name, ok := h.In(v.Region()); ok {
			add(name, h.port)
		}
	}
	return list
}

// isUsual reports whether a host is one of the usual ones in a Region.
func isUsual(h Host, region string) bool {
	return slices.ContainsFunc(usual, func(u Host) bool {
		name, ok := u.In(region)
		return ok && name == h.text && u.port == h.port
	})
}

// failures are the codes that say why a path fails, most telling first.
var failures = []endpoint.Code{
	endpoint.BadStateRoute, endpoint.RoutingLoop, endpoint.BadStateAttachment, endpoint.BadState,
	endpoint.ENISourceDestCheckRestriction, endpoint.PCXRequiresAddressInVPCCIDR, endpoint.TGWRouteAZRestriction,
	endpoint.NAT64Missing, endpoint.SubnetACLRestriction, endpoint.SGHasNoRules, endpoint.ENISGRulesMismatch,
	endpoint.NoRouteToDestination,
}

// lost says what is wrong with a Trace: of each failed path the first of
// failures, and whether one family stays private and the other does not.
//
// That a public host is not reached is what an isolated subnet is for: no route
// to it is no mistake.
func (l *linter) lost(tr *trace.Trace) []lostWay {
	var ways []lostWay
	add := func(c endpoint.Code, resource, where string) {
		w := lostWay{c, resource, hostPort(tr.Host, tr.Port), tr.From.ID(), where}
		if !slices.Contains(ways, w) {
			ways = append(ways, w)
		}
	}
	if slices.Contains(tr.Codes, endpoint.FamilyPathsDiffer) && partlyPrivate(tr.Paths) {
		add(endpoint.FamilyPathsDiffer, tr.From.VPC(), "IPv4 and IPv6 take different ways")
	}
	for i := range tr.Paths {
		p := &tr.Paths[i]
		if p.Verdict != route.Failed || len(p.Hops) == 0 {
			continue
		}
		at := slices.IndexFunc(failures, func(c endpoint.Code) bool { return slices.Contains(p.Codes, c) })
		if at < 0 {
			continue
		}
		last := p.Hops[len(p.Hops)-1]
		code := failures[at]
		switch {
		case last.Kind == route.HopReturn:
			add(ReturnRouteMissing, cmp.Or(last.RouteTable, last.ID), "has no way back for answers")
		case code == endpoint.NoRouteToDestination && p.Address.IsValid():
			add(code, cmp.Or(last.RouteTable, last.ID), "has no route for the private addresses")
		case code == endpoint.NoRouteToDestination:
		case code == endpoint.BadStateRoute:
			add(code, last.RouteTable, "the route for "+last.Destination+" is a blackhole on the way")
		default:
			add(code, l.failing(p), "")
		}
	}
	return ways
}

// partlyPrivate reports whether some paths stay private and others do not. That
// IPv4 leaves by a NAT gateway and IPv6 by an egress-only internet gateway is
// how dual-stack VPCs are built.
func partlyPrivate(paths []route.Path) bool {
	private := func(p route.Path) bool { return p.Verdict == route.Private }
	leaves := func(p route.Path) bool { return p.Verdict == route.Public || p.Verdict == route.Failed }
	return slices.ContainsFunc(paths, private) && slices.ContainsFunc(paths, leaves)
}

// failing is the resource at which a path ends: the endpoint of a network
// interface, the target of a row, or the last hop that has an id. An address
// that no network interface in the input has is a hop without one.
func (l *linter) failing(p *route.Path) string {
	for _, h := range slices.Backward(p.Hops) {
		if id, ok := l.w.Network().EndpointOf(h.ID); ok {
			return id
		}
		if h.Target != "" && h.Target != "local" {
			return h.Target
		}
		if id := cmp.Or(h.ID, h.RouteTable); id != "" {
			return id
		}
	}
	return ""
}
