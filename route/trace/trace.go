package trace

import (
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// Trace is the proven answer to one question: which way traffic from a vantage
// to a host goes, and why. It is a value of its own; its String method prints
// the proof. The zero Trace is invalid and must not be printed: [Vantage.To] and
// [World.Why] make Traces.
type Trace struct {
	From     Vantage
	Host     string // canonical: lower case, no final dot; or an address
	Port     uint16
	Class    route.Class
	Verdict  route.Verdict
	Codes    []endpoint.Code // sorted: of the counted lookups, the paths, and the Trace's own
	DNS      []Lookup        // A, then AAAA; nil where Host is an address
	Paths    []route.Path    // one per address; several for one host where they differ (PUBLIC_PATHS_DIFFER)
	Hints    []Hint
	Evidence naming.Evidence // the weakest of the counted lookups and the paths
}

// Lookup is one lookup of a Trace.
type Lookup struct {
	View    zone.Point
	Name    string
	Type    zone.Type
	Counted bool // the vantage has an address of the family, and the answer was not passed over
	Answer  zone.Answer

	// public is what routing says of an address that only public DNS knows:
	// PUBLIC_ADDRESS_NOT_KNOWN or PUBLIC_PATHS_DIFFER. It is "" elsewhere.
	public endpoint.Code
}

// Hint says what would have to change, or why an endpoint is not used.
type Hint struct {
	Code endpoint.Code
	Host string // the host name to use (X6): a covered sibling, else the one asked
	Text string
}

// To answers which way traffic from here to host and port goes. It is total:
// host is a host name in any letter case, with or without final dot, or an IP
// address; anything else gives a Trace of class invalid-input.
//
// The order of the answer:
//
//  1. An IP address is routed as it is; no name is looked up.
//  2. Otherwise A and AAAA are looked up in the view from here. Only families
//     in which the vantage has an address count, AAAA also with DNS64.
//  3. Every address of a counted answer is routed.
//  4. A host that only public DNS answers is routed as a public address that
//     is not known, one question per counted family (routing.md section 8).
//  5. A counted family that is NODATA while the other has addresses is passed
//     over.
//  6. Class and verdict follow from the paths and from the lookups that gave
//     none.
//  7. Codes are the union of the counted lookups', the paths' and the Trace's
//     own; hints say what an existing endpoint is not used for.
func (v Vantage) To(host string, port uint16) Trace {
	if a, ok := parseAddr(host); ok {
		return v.toAddr(a, port)
	}
	tr := Trace{From: v, Host: host, Port: port}
	h, err := readHost(host)
	if err != nil {
		tr.Class, tr.Verdict, tr.Evidence = route.ClassInvalidInput, route.VerdictUnknown, naming.Given
		return tr
	}
	tr.Host = h.name

	var t tally
	var classes [len(families)][]route.Class
	stray := false // a vpce name gave an address without a way to it
	for i, f := range families {
		ans := v.lookup(&h, f.record)
		counted := v.p.counts(f.record)
		tr.DNS = append(tr.DNS, Lookup{View: v.p.point, Name: h.name, Type: f.record, Counted: counted, Answer: ans})
		if !counted {
			continue
		}
		addrs := ans.AppendAddrs(nil)
		out := outcomeOf(&ans, addrs)
		t.outcome(out)
		for _, to := range destinations(addrs, out, h.public[i]) {
			p := v.w.network.Path(v.flow(to, port))
			t.add(p)
			classes[i] = append(classes[i], p.Class)
			stray = stray || ans.Source().Kind == zone.VPCE && p.Class == route.ClassNoRoute
			if !p.Address.IsValid() {
				tr.DNS[i].public = ofPublicHost(p)
			}
			tr.addPath(p)
		}
	}
	tr.passOver(classes[:])
	tr.Class, tr.Verdict = t.class(), t.verdict()
	tr.Evidence = naming.Given
	for _, l := range tr.DNS {
		if l.Counted {
			tr.Evidence = min(tr.Evidence, l.Answer.Evidence())
			tr.Codes = append(tr.Codes, l.Answer.Codes()...)
		}
	}
	for _, p := range tr.Paths {
		tr.Evidence = min(tr.Evidence, p.Evidence)
	}
	if t.differ {
		tr.Evidence = min(tr.Evidence, naming.Unknown)
	}
	if differ(classes[0], classes[1]) {
		tr.Codes = append(tr.Codes, endpoint.FamilyPathsDiffer)
	}
	if stray {
		tr.Codes = append(tr.Codes, endpoint.PrivateAddressFromPublicDNS) // R34
	}
	tr.finish()
	return tr
}

// toAddr answers for an address.
func (v Vantage) toAddr(a netip.Addr, port uint16) Trace {
	tr := Trace{From: v, Host: a.String(), Port: port}
	p := v.w.network.Path(v.flow(route.Addr(a), port))
	tr.addPath(p)
	tr.Class, tr.Verdict, tr.Evidence = p.Class, p.Verdict, p.Evidence
	tr.finish()
	return tr
}

// destinations returns what an answer asks to be routed: addresses, or that of
// the host in the public DNS.
func destinations(addrs []netip.Addr, out outcome, unknown route.Destination) []route.Destination {
	switch out {
	case resolved:
		var list []route.Destination
		for _, a := range addrs {
			list = append(list, route.Addr(a))
		}
		return list
	case public:
		return []route.Destination{unknown}
	}
	return nil
}

// add counts a path and remembers whether its alternatives differ.
func (t *tally) add(p route.Path) {
	t.path(p.Class, p.Verdict)
	t.differ = t.differ || p.Alternatives != nil
}

// addPath adds a path, or the alternatives it stands for, and its codes.
func (tr *Trace) addPath(p route.Path) {
	tr.Codes = append(tr.Codes, p.Codes...)
	if p.Alternatives == nil {
		tr.Paths = append(tr.Paths, p)
		return
	}
	for _, a := range p.Alternatives {
		tr.Codes = append(tr.Codes, a.Codes...)
		tr.Paths = append(tr.Paths, a)
	}
}

// ofPublicHost returns the code by which a path says whether all addresses that
// a public host may have take one way (P1); "" if there is no such address.
func ofPublicHost(p route.Path) endpoint.Code {
	for _, c := range []endpoint.Code{endpoint.PublicAddressNotKnown, endpoint.PublicPathsDiffer} {
		if slices.Contains(p.Codes, c) {
			return c
		}
	}
	return ""
}

// passOver stops counting a family that is NODATA while the other has a path
// (step 5).
func (tr *Trace) passOver(classes [][]route.Class) {
	for i := range tr.DNS {
		l := &tr.DNS[i]
		if l.Counted && l.Answer.IsNODATA() && len(classes[1-i]) > 0 {
			l.Counted = false
		}
	}
}

// differ reports whether both families have paths and their classes are not
// the same set.
func differ(a, b []route.Class) bool {
	return len(a) > 0 && len(b) > 0 &&
		!(subset(a, b) && subset(b, a))
}

func subset(a, b []route.Class) bool {
	return !slices.ContainsFunc(a, func(c route.Class) bool { return !slices.Contains(b, c) })
}

// finish adds the Trace's own codes and hints and brings the codes into order.
func (tr *Trace) finish() {
	tr.Hints = tr.From.hints(tr)
	tr.touched()
	slices.Sort(tr.Codes)
	tr.Codes = slices.Compact(tr.Codes)
}

// touched adds the codes of the Findings on what the answer passed: the zones
// that answered, the hops, their tables and the endpoint at the end.
func (tr *Trace) touched() {
	w := tr.From.w
	if len(w.findings) == 0 {
		return
	}
	ids := map[string]bool{}
	for _, l := range tr.DNS {
		if l.Counted {
			ids[l.Answer.Source().ID] = true
		}
	}
	for _, p := range tr.Paths {
		for _, h := range p.Hops {
			ids[h.ID], ids[h.RouteTable], ids[w.owner(h.ID)] = true, true, true
		}
	}
	delete(ids, "")
	for _, f := range w.findings {
		if ids[f.Resource] {
			tr.Codes = append(tr.Codes, f.Code)
		}
	}
}
