package trace

import (
	"net/netip"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// Vantage is a point of view in a [World]: a subnet or a network interface.
// Make one with [World.From], [World.Select] or [World.Vantages]; the zero
// Vantage is invalid and its methods must not be called. It is comparable and
// safe for concurrent use.
type Vantage struct {
	w *World
	p *place
}

// ID returns the id of the subnet or network interface.
func (v Vantage) ID() string { return v.p.id }

// Name returns its Name tag, "" if it has none.
func (v Vantage) Name() string { return v.w.names[v.p.id] }

// VPC returns the id of its VPC, "" if the input does not say. That of a network
// interface is its subnet's, if the input has the subnet.
func (v Vantage) VPC() string { return v.p.vpc }

// AZ returns the name of its Availability Zone, "" if the input does not say.
func (v Vantage) AZ() string { return v.p.az }

// View returns the DNS view from here, that of the subnet; false if the input
// lacks the subnet.
func (v Vantage) View() (*zone.View, bool) { return v.p.view, v.p.view != nil }

// SharesFamily reports whether the vantage has an address of a family that the
// endpoint serves: without one, no route and no zone makes traffic from here
// reach it. The endpoint's IpAddressType says which it serves, "" IPv4; a
// vantage of which the input has no address counts as IPv4. IPv6 that NAT64
// translates comes from the NAT gateway, not from here, and does not count
// (routing.md, R16).
func (v Vantage) SharesFamily(e endpoint.Endpoint) bool {
	switch ip := string(e.IPAddressType); {
	case strings.EqualFold(ip, string(endpoint.IPv6)):
		return v.p.v6
	case strings.EqualFold(ip, string(endpoint.DualStack)):
		return true
	}
	return v.p.counts(zone.A)
}

// counts reports whether records of the type count from here: the vantage has
// an address of their family, or DNS64 makes AAAA of A.
func (p *place) counts(t zone.Type) bool {
	if t == zone.AAAA {
		return p.v6 || p.dns64
	}
	return p.v4 || !p.v6
}

// Class answers as [Vantage.To] does, without the proof: class and verdict are
// the same, whatever was asked before. It allocates nothing but
//
//   - for the first question for a host: a World keeps what the names of some
//     two thousand say, the first that it is asked for;
//   - where only the proof tells: from a dual-stack vantage to a public host to
//     which ways differ, or are not known;
//   - for a name that a CNAME or DNS64 answers, or that is none;
//   - on a world with filters.
func (v Vantage) Class(host string, port uint16) (route.Class, route.Verdict) {
	h := v.w.hosts.get(host)
	if h == nil {
		if a, ok := parseAddr(host); ok {
			return v.p.start.ClassOfAddr(a, route.TCP, port)
		}
		if h = v.w.hosts.keep(host); h == nil {
			read, err := readHost(host)
			if err != nil {
				return route.ClassInvalidInput, route.VerdictUnknown
			}
			return v.classOf(&read, port)
		}
	}
	return v.classOf(h, port)
}

func (v Vantage) classOf(h *host, port uint16) (route.Class, route.Verdict) {
	known := v.p.settled
	if h.ready == nil {
		known = nil
	}
	if i := v.p.only; i >= 0 && known != nil { // one path is the answer: nothing is to be added up
		switch {
		case known.public.has(i, h):
			return v.p.start.Class(&h.public[i], route.TCP, port)
		case v.p.stays[i] && known.endpoint.has(i, h):
			return route.ClassEndpoint, route.Private
		}
	}
	var t tally
	for i, f := range families {
		switch {
		case !v.p.counts(f.record):
		case known != nil && known.public.has(i, h):
			v.publicClass(&t, &h.public[i], port)
		case known != nil && v.p.stays[i] && known.endpoint.has(i, h):
			t.path(route.ClassEndpoint, route.Private)
		default:
			v.classIn(&t, i, h, port, known)
		}
	}
	return t.class(), t.verdict()
}

// classIn counts the paths of one family, and notes what they tell of all
// others in the VPC: nothing if DNS64 may have made the addresses, which others
// do not see.
func (v Vantage) classIn(t *tally, i int, h *host, port uint16, known *settled) {
	f := families[i]
	var room [8]netip.Addr
	ans := v.lookup(h, f.record)
	addrs := ans.AppendAddrs(room[:0])
	out := outcomeOf(&ans, addrs)
	if f.record == zone.AAAA && v.p.dns64 {
		known = nil
	}
	switch out {
	case resolved:
		endpoints := known != nil && v.p.stays[i]
		for _, a := range addrs {
			class, verdict := v.p.start.ClassOfAddr(a, route.TCP, port)
			t.path(class, verdict)
			endpoints = endpoints && class == route.ClassEndpoint && verdict == route.Private && v.p.start.InVPC(a)
		}
		if endpoints {
			known.endpoint.add(i, h)
		}
	case public:
		v.publicClass(t, &h.public[i], port)
		if known != nil {
			known.public.add(i, h)
		}
	}
	t.outcome(out)
}

// publicClass counts the path to an unknown public address. Paths that differ
// make the whole Trace unknown, one that is unknown does not; where another
// family may have a path too, only the proof tells them apart.
func (v Vantage) publicClass(t *tally, to *route.Destination, port uint16) {
	c, verdict := v.p.start.Class(to, route.TCP, port)
	if c == route.ClassUnknown && v.p.counts(zone.A) && v.p.counts(zone.AAAA) {
		t.add(v.w.network.Path(v.flow(*to, port)))
		return
	}
	t.path(c, verdict)
}

func (v Vantage) flow(to route.Destination, port uint16) route.Flow {
	return route.Flow{From: v.p.source, To: to, Protocol: route.TCP, Port: port}
}

func (v Vantage) lookup(h *host, t zone.Type) zone.Answer {
	switch {
	case v.p.view == nil:
		return zone.Answer{}
	case h.ready == nil:
		return v.p.view.Lookup(h.name, t)
	}
	return v.p.view.LookupName(h.ready, t)
}

// family pairs an address family with its record type, in the order of
// questions.
type family struct {
	record zone.Type
	family route.Family
}

var families = [...]family{{zone.A, route.IPv4}, {zone.AAAA, route.IPv6}}

// outcome is what a lookup means for the way on.
type outcome uint8

const (
	resolved    outcome = iota // addresses
	public                     // only public DNS answers, and its address is not known
	negative                   // NXDOMAIN, NODATA, SERVFAIL, or silence that is given
	unspecified                // AWS publishes no rule
	unknown                    // the input does not tell
)

// outcomeOf reads an answer and its addresses: the first that fits.
//
//  1. addresses: resolved
//  2. evidence unspecified or unknown: that word
//  3. an rcode, or silence because enableDnsSupport is given as false: negative
//  4. the public DNS: public
//  5. else unknown
func outcomeOf(a *zone.Answer, addrs []netip.Addr) outcome {
	if len(addrs) > 0 {
		return resolved
	}
	switch a.Evidence() {
	case naming.Unspecified:
		return unspecified
	case naming.Unknown:
		return unknown
	}
	if _, ok := a.RCode(); ok || a.Source().Kind == zone.NoSource {
		return negative
	}
	if a.Source().Kind == zone.PublicDNS {
		return public
	}
	return unknown
}

// tally adds up paths and lookups to the class and verdict of a Trace
// (design: "Class and verdict").
type tally struct {
	first                      route.Class // of the first path
	mixed                      bool
	anyPublic, anyUnknown      bool
	anyFailed                  bool
	paths                      int
	sawUnspecified, sawUnknown bool // a counted lookup without a path said so
	differ                     bool // PUBLIC_PATHS_DIFFER
}

func (t *tally) path(c route.Class, v route.Verdict) {
	if t.paths == 0 {
		t.first = c
	}
	t.paths++
	t.mixed = t.mixed || c != t.first
	switch v {
	case route.Public:
		t.anyPublic = true
	case route.Failed:
		t.anyFailed = true
	case route.Private:
	default:
		t.anyUnknown = true
	}
}

func (t *tally) outcome(o outcome) {
	switch o {
	case unspecified:
		t.sawUnspecified = true
	case unknown:
		t.sawUnknown = true
	}
}

// class returns the class of the Trace: the first that fits.
//
//  1. paths of one public host that differ: unknown
//  2. a counted lookup without a path is unknown, or unspecified: that word
//  3. no path: unresolved
//  4. paths of several classes: mixed
//  5. the paths' class
func (t *tally) class() route.Class {
	switch {
	case t.differ, t.sawUnknown:
		return route.ClassUnknown
	case t.sawUnspecified:
		return route.ClassUnspecified
	case t.paths == 0:
		return route.ClassUnresolved
	case t.mixed:
		return route.ClassMixed
	}
	return t.first
}

// verdict returns the verdict of the Trace: the first that fits.
//
//  1. class unknown, unspecified or invalid-input: unknown
//  2. any path public: public
//  3. any path unknown: unknown
//  4. any path failed, or unresolved: failed
//  5. private
func (t *tally) verdict() route.Verdict {
	switch c := t.class(); {
	case c == route.ClassUnknown, c == route.ClassUnspecified, c == route.ClassInvalidInput:
		return route.VerdictUnknown
	case t.anyPublic:
		return route.Public
	case t.anyUnknown:
		return route.VerdictUnknown
	case t.anyFailed, c == route.ClassUnresolved:
		return route.Failed
	}
	return route.Private
}

// World returns the World the vantage stands in.
func (v Vantage) World() *World { return v.w }
