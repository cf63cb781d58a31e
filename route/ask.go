package route

import (
	"net/netip"

	"github.com/privatelink-go/privatelink/naming"
)

// Path returns the proof of the way f takes. It is total:
//
//  1. a source or a destination that was never made, a family that is none, a
//     source address of another family than the destination, an interface
//     without address of that family: invalid-input;
//  2. a source that the input lacks: unknown, UNKNOWN_RESOURCE (C1);
//  3. a known address: its chain, as routing.md sections 2 to 7 and 9 have it;
//  4. a public host: the chains of all its possible addresses (section 8). All
//     equal: that chain, PUBLIC_ADDRESS_NOT_KNOWN. Otherwise unknown,
//     PUBLIC_PATHS_DIFFER, and one Path per distinct chain in Alternatives, in
//     the order of their first addresses.
//
// The evidence is the weakest of what the path rests on: given if the input
// and documented rules settle it, modelled for rules of this library's own and
// all of section 8, unspecified and unknown where the path ends so.
func (n *Network) Path(f Flow) Path {
	w := walk{rec: &record{}}
	if f.To.addr.IsValid() || f.To.family != IPv4 && f.To.family != IPv6 {
		n.walk(&w, &f, nil, span{})
		return w.path(f.To.addr, []*record{w.rec})
	}
	type chain struct {
		walk
		proofs []*record
	}
	var chains []*chain
	u := n.universe(&f.To, n.vantageOf(f.From))
	for from := (ip{}); ; {
		piece, ok := u.next(from, f.To.family)
		if !ok {
			break
		}
		w := walk{rec: &record{abstract: true}}
		n.walk(&w, &f, u, piece)
		var same *chain
		for _, c := range chains {
			if c.equal(&w) {
				same = c
				break
			}
		}
		if same == nil {
			same = &chain{walk: w}
			chains = append(chains, same)
		}
		same.weaken(w.evidence)
		same.proofs = append(same.proofs, w.rec)
		if from, ok = w.reach().next(f.To.family); !ok {
			break
		}
	}
	switch len(chains) {
	case 0: // the lists leave no address
		return Path{Class: ClassUnknown, Verdict: VerdictUnknown, Codes: cUnknownDestination.list()}
	case 1:
		c := chains[0]
		c.codes |= cPublicAddressNotKnown
		c.weaken(naming.Modelled)
		return c.path(netip.Addr{}, c.proofs)
	}
	p := Path{Class: ClassUnknown, Verdict: VerdictUnknown, Codes: cPublicPathsDiffer.list()}
	for _, c := range chains {
		c.weaken(naming.Modelled)
		p.Alternatives = append(p.Alternatives, c.path(netip.Addr{}, c.proofs))
	}
	return p
}

// Class returns the class and the verdict of [Network.Path], without the proof
// and without allocating.
func (n *Network) Class(f Flow) (Class, Verdict) {
	s := n.Start(f.From)
	if f.To.addr.IsValid() {
		return s.ClassOfAddr(f.To.addr, f.Protocol, f.Port)
	}
	return s.Class(&f.To, f.Protocol, f.Port)
}

// A Start is a source in a Network that was looked up once, for many questions.
// It is comparable and safe for concurrent use. Make one with [Network.Start];
// every answer of the zero Start is invalid-input.
type Start struct {
	n      *Network
	source Source
	subnet *subnet // if the source is a bare one
}

// Start looks a source up.
func (n *Network) Start(s Source) Start {
	start := Start{n: n, source: s}
	if !s.addr.IsValid() && s.vpc == "" && s.gatewayKind() == toNothing {
		start.subnet = n.subnets[s.id]
	}
	return start
}

// StaysInVPC reports whether the source is a subnet of a VPC, traffic from here
// to every address of the CIDRs of that VPC goes by the local route, and no
// filter is asked. The way to such an address ([Start.InVPC]) is then the same
// from all subnets of the VPC of which this holds. It is false where that is not
// so, or not known.
func (s *Start) StaysInVPC(vpcID string, f Family) bool {
	return s.subnet != nil && s.subnet.vpc.id == vpcID && !s.n.filterGroups && !s.n.filterACLs &&
		(f == IPv4 || f == IPv6) && s.subnet.keepsInside(f)
}

// InVPC reports whether an address is in a CIDR of the VPC of a source that is
// a subnet. A subnet may have addresses that its VPC has not: its own CIDR may be
// all that the input tells.
func (s *Start) InVPC(a netip.Addr) bool {
	a = a.Unmap()
	return s.subnet != nil && a.IsValid() && holds(s.subnet.vpc.blocks, familyOf(a), ipOf(a))
}

// Class answers as [Network.Class] does; p and port are as in [Flow]. to is only
// read.
func (s *Start) Class(to *Destination, p Protocol, port uint16) (Class, Verdict) {
	if to.addr.IsValid() {
		return s.ClassOfAddr(to.addr, p, port)
	}
	if p == 0 {
		p = TCP
	}
	known := to.family == IPv4 || to.family == IPv6
	if known && s.subnet != nil {
		if c, v, ok := s.subnet.memos[s.n.universe(to, s.subnet.vantage()).slot].load(p, port); ok {
			return c, v
		}
	}
	f := Flow{s.source, *to, p, port}
	if s.n == nil {
		return ClassInvalidInput, VerdictUnknown
	}
	if !known {
		return s.n.classOf(&f)
	}
	u := s.n.universe(to, s.n.vantageOf(s.source))
	c, v := s.n.classOfHost(&f, u)
	if s.subnet != nil {
		s.subnet.memos[u.slot].store(p, port, c, v)
	}
	return c, v
}

// ClassOfAddr is Class for the destination [Addr] of an address.
func (s *Start) ClassOfAddr(a netip.Addr, p Protocol, port uint16) (Class, Verdict) {
	if s.subnet != nil && a.IsValid() {
		if c, v, ok := s.n.quick(s.subnet, a.Unmap()); ok {
			return c, v
		}
	}
	if s.n == nil {
		return ClassInvalidInput, VerdictUnknown
	}
	f := Flow{s.source, Addr(a), p, port}
	return s.n.classOf(&f)
}

func (n *Network) classOf(f *Flow) (Class, Verdict) {
	var w walk
	n.walk(&w, f, nil, span{})
	return w.class(), w.verdict()
}

func (n *Network) classOfHost(f *Flow, u *universe) (Class, Verdict) {
	var first walk
	for from := (ip{}); ; {
		piece, ok := u.next(from, f.To.family)
		if !ok {
			break
		}
		var w walk
		n.walk(&w, f, u, piece)
		switch {
		case first.n == nil:
			first = w
		case !first.equal(&w):
			return ClassUnknown, VerdictUnknown
		}
		if from, ok = w.reach().next(f.To.family); !ok {
			break
		}
	}
	if first.n == nil {
		return ClassUnknown, VerdictUnknown // the lists leave no address
	}
	return first.class(), first.verdict()
}

// A vantage is what a source has to do with a public host's addresses.
type vantage struct {
	*vpc       // nil if it is not known
	dns64 bool // its subnet has DNS64
}

func (s *subnet) vantage() vantage { return vantage{s.vpc, s.dns64} }

func (n *Network) vantageOf(s Source) vantage {
	if sub := n.subnets[s.id]; sub != nil {
		return sub.vantage()
	}
	if e := n.enis[s.id]; e != nil {
		if e.subnet != nil {
			return e.subnet.vantage()
		}
		return vantage{vpc: e.vpc}
	}
	return vantage{vpc: n.vpcs[s.vpc]}
}

// reach returns the last address of the walk's piece, as the question has it.
func (w *walk) reach() ip {
	if w.nat64 {
		return inNAT64(w.within.hi)
	}
	return w.within.hi
}

// walk makes w the walk of a flow: of its known address, or of the piece of u
// that begins where piece does.
func (n *Network) walk(w *walk, f *Flow, u *universe, piece span) {
	w.n, w.evidence, w.u, w.proto, w.ports = n, naming.Given, u, f.Protocol, allPorts
	if w.proto == 0 {
		w.proto = TCP
	}
	if f.Port != 0 && hasPorts(w.proto) {
		w.ports = ports{f.Port, f.Port}
	}
	if u != nil {
		w.family, w.dst, w.within = f.To.family, piece.lo, piece
	} else {
		if !f.To.addr.IsValid() {
			w.stop(ClassInvalidInput, 0)
			return
		}
		w.family, w.dst = familyOf(f.To.addr), ipOf(f.To.addr)
		w.within = one(w.dst)
	}
	translated := w.asksNAT64()
	asked := w.traffic(true)
	w.leaveFrom(&f.From)
	for i := 0; i < w.owed && w.bad == ""; i++ {
		w.comeBack(&w.debts[i]) // C10
	}
	w.judgeGroups(&asked)
	w.finish()
	if translated && !w.atNAT && w.verdict() != VerdictUnknown {
		w.codes |= cNAT64Missing // R29: known not to reach a NAT gateway
	}
}

// leaveFrom starts the chain at the source.
func (w *walk) leaveFrom(s *Source) {
	n := w.n
	switch {
	case s.id == "" || s.addr.IsValid() && familyOf(s.addr) != w.family:
		w.stop(ClassInvalidInput, 0)
		return
	case s.vpc != "" || s.gatewayKind() != toNothing:
		w.enterFrom(s)
		return
	}
	sub, e := n.subnets[s.id], n.enis[s.id]
	switch {
	case sub != nil && s.addr.IsValid():
		w.src = source{span: one(ipOf(s.addr)), family: w.family, exact: true, home: sub.vpc}
		e = sub.vpc.holderOf(w.family, w.src.lo)
		w.src.eni, w.origin = e, e
	case sub != nil:
		if b, ok := sub.block(w.family); ok {
			w.src = source{span: b.span, family: w.family, home: sub.vpc}
		}
	case e == nil || e.subnet == nil:
		w.lacks()
		return
	default:
		sub = e.subnet
		a, ok := e.first(w.family)
		if s.addr.IsValid() {
			a, ok = e.address(w.family, ipOf(s.addr))
		}
		if !ok && len(e.addrs) > 0 {
			w.stop(ClassInvalidInput, 0)
			return
		}
		w.origin = e
		if ok {
			w.src = source{span: one(a.ip), family: w.family, exact: true, home: e.vpc, eni: e}
		}
	}
	w.vpc, w.at, w.zone = sub.vpc, sub, sub
	w.follow(subnetDevice(sub), sub.table)
}

// judgeGroups asks the security groups of both ends (F1): the source's about
// what leaves, as it leaves, and those of the interface it ends at.
func (w *walk) judgeGroups(asked *traffic) {
	if w.bad != "" {
		return
	}
	n := w.n
	var ours []*group
	if w.origin != nil {
		ours = w.origin.groups
	}
	theirs := w.groupsAtEnd()
	known := len(ours) > 0
	refuse := func(j judgement) bool {
		switch j.admission {
		case denied:
			w.block(j.code)
			return true
		case open:
			w.filtersOpen = true
			w.codes |= j.code
			if j.modelled && w.origin == nil {
				w.weaken(naming.Modelled) // F5, last clause
			}
		}
		return false
	}
	switch {
	case w.entered == byGateway && w.origin == nil:
	case !n.filterGroups || !known:
		w.filtersOpen = true
	case refuse(judge(ours, true, *asked, theirs, len(theirs) > 0, !w.bare)):
		return
	}
	if w.refused != 0 && w.refusedBack == nil {
		w.block(w.refused)
		return
	}
	switch {
	case w.end != atEndpoint && w.end != atAddress:
	case !n.filterGroups || len(theirs) == 0:
		w.filtersOpen = true
	case refuse(judge(theirs, false, w.traffic(false), ours, known || w.entered == byGateway, !w.bare)):
		return
	}
	if w.refused != 0 {
		w.block(w.refused)
		s := w.refusedBack
		w.addStep(step{device: s.num, table: -1})
		if w.rec != nil {
			h := Hop{Kind: HopReturn, ID: s.id}
			if s.table != nil {
				h.RouteTable = s.table.id
			}
			w.rec.hops = append(w.rec.hops, noted{Hop: h})
		}
	}
}

// groupsAtEnd returns the groups of the interface that the chain ends at: an
// endpoint's own, or the VPC's default group if none was named (F1).
func (w *walk) groupsAtEnd() []*group {
	if w.dest == nil {
		return nil
	}
	if e := w.dest.endpoint; e != nil && e.named {
		return e.groups
	}
	if len(w.dest.groups) > 0 || w.dest.endpoint == nil {
		return w.dest.groups
	}
	if w.dest.vpc.defaults != nil {
		return w.dest.vpc.defaults
	}
	return nil
}

// finish settles what only the end of a chain settles: X1's codes stand on
// paths that end well.
func (w *walk) finish() {
	if w.bad != "" {
		w.codes &^= cPolicyNotEvaluated | cFiltersNotEvaluated
		return
	}
	if w.filtersOpen {
		w.codes |= cFiltersNotEvaluated
	}
}

// equal reports whether two chains are equal (P1): the same devices, tables
// and targets, and the same end for the same reasons. Where a chain drops,
// NAT64_MISSING adds nothing: what is no NAT64 address drops there too.
func (w *walk) equal(o *walk) bool {
	codes, others := w.codes, o.codes
	if w.bad != "" {
		codes, others = codes&^cNAT64Missing, others&^cNAT64Missing
	}
	return w.taken == o.taken && w.steps == o.steps && w.bad == o.bad && w.end == o.end && codes == others
}

// class is the class of a path (design.md, Class and verdict): how the chain
// ends, if not well; else endpoint, if it ends at an endpoint's interface; else
// the first gateway's; else local.
func (w *walk) class() Class {
	switch {
	case w.bad != "":
		return w.bad
	case w.end == atEndpoint:
		return ClassEndpoint
	case w.first != "":
		return w.first
	}
	return ClassLocal
}

// verdict is, in this order: failed, if the chain drops; unknown, if it is not
// known how it ends; public, if it passes an internet or egress-only internet
// gateway; private, if it ends at an endpoint or a known address of the VPC or
// a peered one; else unknown.
func (w *walk) verdict() Verdict {
	switch w.bad {
	case ClassNoRoute, ClassBlackhole, ClassBlocked, ClassReserved:
		return Failed
	case ClassUnknown, ClassUnspecified, ClassInvalidInput:
		return VerdictUnknown
	}
	switch {
	case w.passed:
		return Public
	case w.end == atEndpoint, w.end == atGatewayEndpoint, w.end == atAddress && w.known:
		return Private
	}
	return VerdictUnknown
}

func (w *walk) path(a netip.Addr, proofs []*record) Path {
	return Path{Address: a, Class: w.class(), Verdict: w.verdict(), Evidence: w.evidence, Codes: w.codes.list(), Hops: joined(proofs)}
}
