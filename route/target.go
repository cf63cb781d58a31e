package route

import (
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// deliver ends the chain inside the VPC, in this order:
//
//  1. the subnet that holds the address: its interface's, else by CIDR; of
//     overlapping subnets none (section 12, trap 6);
//  2. a NAT gateway's own address takes no traffic (N11);
//  3. an endpoint's interface: the endpoint must be described, and usable
//     (R32), and the interface healthy (R31, R33);
//  4. any other address, known or not;
//  5. what came from outside the VPC must find its way back (C10), which is not
//     known of an interface whose subnet is not in the input (C1); of an
//     address that no subnet and no interface holds it is not asked.
func (w *walk) deliver(direct bool) {
	var e *eni
	if w.u == nil && !w.back {
		e = w.vpc.holderOf(w.family, w.dst)
	}
	to, unclear := w.at, false
	switch {
	case e != nil && e.subnet != nil:
		to = e.subnet
	case !direct:
		to, unclear = w.holder()
	}
	if !w.cross(to) {
		return
	}
	w.arrived, w.end, w.dest = w.vpc, atAddress, e
	switch {
	case e == nil:
		w.hop(device{HopLocal, "", 0}, noRule)
	case e.nat != nil:
		w.hop(device{HopKind(ClassNATGateway), e.nat.id, e.nat.num}, noRule)
		w.passes(ClassNATGateway)
		if w.entered != inside {
			w.block(cNGWRequiresSourceInVPC)
		} else {
			w.block(cNoPossibleDestination)
		}
		return
	case e.endpoint != nil || e.ofService:
		w.end = atEndpoint
		w.hop(device{HopEndpointENI, e.id, e.num}, r31)
		switch {
		case e.endpoint == nil:
			w.lacks()
			return
		case !w.usable(e.endpoint.state):
			return
		case !e.healthy:
			w.block(cBadState)
			w.weaken(naming.Modelled) // only DNS says what an unhealthy interface does (Z17)
			return
		}
		if to != nil && to.mode() != "" && to.mode() != bpaOff {
			w.weaken(naming.Modelled) // X06
		}
		w.codes |= cPolicyNotEvaluated
	default:
		w.hop(device{HopLocal, e.id, e.num}, noRule)
	}
	w.known = e != nil && w.entered != byTransit
	if w.entered == inside || w.back {
		return
	}
	switch {
	case len(w.vpc.subnets) == 0, to == nil && e != nil:
		w.lacks() // the subnet's table is not in the input either
	case to == nil:
		w.codes |= cUnknownDestination
		w.weaken(naming.Modelled) // the way back is not checked
		if unclear {
			w.stop(ClassUnknown, 0)
		}
	default:
		w.owe(debtAt(to))
	}
}

// holder returns the subnet that holds the destination: nil if none does, and
// nil and true if several do, since an address alone does not choose between
// overlapping subnets.
func (w *walk) holder() (found *subnet, unclear bool) {
	for _, s := range w.vpc.subnets {
		w.clip(s.blocks)
		if holds(s.blocks, w.family, w.dst) {
			if found != nil {
				return nil, true
			}
			found = s
		}
	}
	return found, false
}

// cross passes the network ACLs between the subnet the packet stands in and
// another, in both directions (F2). Inside one subnet none applies (V10). It is
// false if that ends the chain: a refusal does not, as a route further on that
// drops says more.
func (w *walk) cross(to *subnet) bool {
	if to != nil && to == w.at {
		return true
	}
	return w.leave() && w.enter(to)
}

func (w *walk) leave() bool { return w.at == nil || w.askACL(w.at, true) }

func (w *walk) enter(s *subnet) bool {
	if s == nil {
		w.filtersOpen = true
		return true
	}
	return w.askACL(s, false)
}

// askACL judges a subnet's border: what goes, and what comes back from ports
// 1024 to 65535. Out of the subnet the other side is the destination, into it
// the source. It is false if the chain ends there, at rules that AWS would not
// have accepted (G06).
func (w *walk) askACL(s *subnet, out bool) bool {
	if w.back || w.refused != 0 {
		return true
	}
	if !w.n.filterACLs || s.acl == nil {
		w.filtersOpen = true
		return true
	}
	if s.acl.invalid {
		w.stop(ClassInvalidInput, cNotModelled)
		return false
	}
	t := w.traffic(out)
	switch s.acl.judge(out, t) {
	case denied:
		w.refused = cSubnetACLRestriction
		return true
	case open:
		w.filtersOpen = true
	}
	if hasPorts(t.proto) {
		t.ports = returnPorts
	}
	switch s.acl.judge(!out, t) {
	case denied:
		w.refused, w.refusedBack = cSubnetACLRestriction, s
	case open:
		w.filtersOpen = true
	}
	return true
}

// traffic is what filters see, with the destination or the source as the other
// side.
func (w *walk) traffic(toDestination bool) traffic {
	t := traffic{family: w.family, proto: w.proto, ports: w.ports, peer: span{hi: last(w.family)}}
	switch {
	case toDestination && w.u != nil:
		t.peer, t.u, t.list = w.u.hull, w.u, w.u.list
	case toDestination:
		t.peer = one(w.dst)
	case w.src.family == w.family:
		t.peer = w.src.span
	}
	return t
}

// translate passes a NAT gateway (C2, C3, R24 to R29), in this order: it must
// be described; in a working state; of the VPC that the source is in; for a
// regional one, public (N20) and with an address in the source's zone, unless
// it provides zones by itself (N18; not known where an address comes without
// its zone); the protocol one that it carries; an IPv6
// destination one that it translates (NAT64). Then the source is its address.
func (w *walk) translate(to *target) (device, *table, bool) {
	d := device{HopKind(ClassNATGateway), to.id, to.num}
	stop := func(c Class, codes codeSet) (device, *table, bool) {
		w.hop(d, noRule)
		w.stop(c, codes)
		return device{}, nil, false
	}
	w.passes(ClassNATGateway)
	w.atNAT = true
	g, ok := to.to.(*nat)
	if !ok || !g.regional && g.subnet == nil {
		return stop(ClassUnknown, cUnknownResource)
	}
	if w.met(to.num) && !w.asksNAT64() {
		return w.loop()
	}
	if g.regional && !w.leave() || !g.regional && !w.cross(g.subnet) {
		return device{}, nil, false
	}
	switch g.state {
	case "", "available":
	case "deleting":
		w.codes |= cBadState // may still work (B08)
	default:
		return stop(ClassBlocked, cBadState)
	}
	if g.vpc.id != "" && g.vpc != w.vpc || w.entered == byPeering || w.entered == byGateway {
		return stop(ClassBlocked, cNGWRequiresSourceInVPC)
	}
	if w.entered == byTransit {
		w.weaken(naming.Modelled) // R26
		if g.regional {
			w.owe(debt{d: d, table: g.table, at: nil, vpc: w.vpc, zone: w.zone})
		} else {
			w.owe(debtAt(g.subnet))
		}
	}
	switch {
	case g.regional && g.private:
		return stop(ClassInvalidInput, 0)
	case g.regional && !g.auto && w.zone != nil && w.zone.az != "" && !slices.Contains(g.zones, w.zone.az):
		if g.unzoned {
			return stop(ClassUnknown, cUnknownResource)
		}
		return stop(ClassBlocked, cRegionalNGWRouteAZ)
	case !g.regional && w.zone != nil:
		if same, known := g.subnet.zoneOf(w.zone); known && !same {
			w.codes |= cAvailabilityZoneCrossed // R27
		}
	}
	if w.proto != TCP && w.proto != UDP && w.proto != ICMP && w.proto != ICMPv6 {
		return stop(ClassBlocked, cProtocolRestriction)
	}
	if w.family == IPv6 {
		if !w.asksNAT64() {
			return stop(ClassBlocked, cProtocolRestriction)
		}
		w.family, w.dst, w.nat64 = IPv4, outOfNAT64(w.dst), true
		w.within = span{outOfNAT64(w.within.lo), outOfNAT64(w.within.hi)}
		if w.u != nil {
			w.u = w.u.embedded
		}
	}
	w.nat, w.public, w.appliance, w.bare = true, !g.private, nil, true
	w.at, w.entered = g.subnet, inside
	if !g.regional {
		w.zone = g.subnet
	}
	w.src = source{family: IPv4, home: w.vpc, exact: g.knowsAddr, span: one(g.addr)}
	if !g.knowsAddr {
		w.src = source{}
		if g.subnet != nil {
			if b, ok := g.subnet.block(IPv4); ok {
				w.src = source{family: IPv4, home: w.vpc, span: b.span}
			}
		}
	}
	return d, g.table, true
}

// loop ends a chain at a device it has met before (C6).
func (w *walk) loop() (device, *table, bool) {
	w.block(cRoutingLoop)
	w.weaken(naming.Modelled)
	return device{}, nil, false
}

// met reports whether a device was passed before.
func (w *walk) met(num int32) bool {
	for _, s := range w.steps[:min(w.taken, maxSteps)] {
		if s.device == num {
			return true
		}
	}
	return false
}

// serviceEndpoint takes a vpce- target: a gateway endpoint ends the chain, a
// GWLB endpoint sends it on from its own subnet (C4). Only VpcEndpointType
// tells them apart; where the input lacks it, a gateway service's list tells a
// gateway endpoint. An endpoint of another VPC is no target AWS accepts.
func (w *walk) serviceEndpoint(lk *look) (device, *table, bool) {
	to := lk.way.to
	e, ok := to.to.(*vpce)
	switch {
	case w.foreign(to):
		return device{}, nil, false
	case (!ok || e.typ == "") && !lk.way.implied:
		w.stop(ClassUnknown, cTargetTypeUnknown)
		return device{}, nil, false
	case !ok:
		w.weaken(naming.Modelled)
		w.gatewayEndpoint(to)
		return device{}, nil, false
	case lk.way.implied, e.typ.Is(endpoint.Gateway):
		if lk.way.implied {
			w.weaken(naming.Modelled)
		}
		if lk.way.list != nil && e.tables != nil && !slices.Contains(e.tables, lk.t.id) {
			w.weaken(naming.Modelled) // R39: trust the route
		}
		if w.nat {
			w.weaken(naming.Modelled) // R30
		}
		w.gatewayEndpoint(to)
		if w.bad == "" {
			w.usable(e.state)
		}
		return device{}, nil, false
	case !e.typ.Is(endpoint.GatewayLoadBalancer):
		w.stop(ClassInvalidInput, cTargetTypeUnknown)
		return device{}, nil, false
	}
	if w.met(to.num) {
		return w.loop()
	}
	if !w.cross(e.subnet) {
		return device{}, nil, false
	}
	w.hop(device{HopKind(ClassGWLBEndpoint), to.id, to.num}, noRule)
	w.passes(ClassGWLBEndpoint)
	if !w.usable(e.state) {
		return device{}, nil, false
	}
	if e.subnet == nil {
		w.lacks()
		return device{}, nil, false
	}
	w.weaken(naming.Modelled) // inspection is assumed to pass (C4)
	w.filtersOpen = true
	w.at, w.zone = e.subnet, e.subnet
	return subnetDevice(e.subnet), e.subnet.table, true
}

// foreign ends the chain at a target that is in another VPC than the table.
func (w *walk) foreign(to *target) bool {
	if v := to.home(); v == nil || v == w.vpc {
		return false
	}
	w.stop(ClassInvalidInput, cNotModelled)
	return true
}

// gatewayEndpoint ends the chain at a gateway endpoint: not from outside the
// VPC (R33), unless an appliance of the VPC may have translated the source,
// which is not known (C5); TCP and ICMP echo only (R38).
func (w *walk) gatewayEndpoint(to *target) {
	if !w.leave() {
		return
	}
	w.hop(device{HopKind(ClassGatewayEndpoint), to.id, to.num}, noRule)
	w.passes(ClassGatewayEndpoint)
	switch {
	case w.entered != inside && w.mayBeTranslated():
		w.stop(ClassUnknown, cNoPossibleDestination)
		return
	case w.entered != inside:
		w.block(cNoPossibleDestination)
		return
	case w.proto != TCP && w.proto != ICMP && w.proto != ICMPv6:
		w.block(cVPCEGatewayProtocol)
		return
	}
	w.end = atGatewayEndpoint
	w.codes |= cPolicyNotEvaluated
}

// throughInterface takes a network interface (C5): it is the destination, or
// it forwards, which its source/destination check must allow, and its subnet's
// table decides on.
func (w *walk) throughInterface(to *target) (device, *table, bool) {
	e, ok := to.to.(*eni)
	if w.foreign(to) {
		return device{}, nil, false
	}
	if ok && e.vpc == w.vpc {
		if _, own := e.address(w.family, w.dst); own {
			w.deliver(false)
			return device{}, nil, false
		}
	}
	if w.met(to.num) {
		return w.loop()
	}
	if ok && !w.cross(e.subnet) {
		return device{}, nil, false
	}
	w.hop(device{HopKind(ClassNetworkInterface), to.id, to.num}, noRule)
	w.passes(ClassNetworkInterface)
	switch {
	case !ok || e.check == nil || e.subnet == nil:
		w.lacks()
		return device{}, nil, false
	case *e.check:
		w.block(cENISourceDestCheck)
		return device{}, nil, false
	}
	w.weaken(naming.Modelled)
	w.filtersOpen = true
	w.appliance, w.bare = e, true
	w.at, w.zone = e.subnet, e.subnet
	return subnetDevice(e.subnet), e.subnet.table, true
}

// peer crosses a peering connection (C7): active, to an address of the other
// side, and there to nothing but local.
func (w *walk) peer(to *target) {
	w.hop(device{HopKind(ClassVPCPeering), to.id, to.num}, noRule)
	w.passes(ClassVPCPeering)
	p, ok := to.to.(*pcx)
	if !ok {
		w.lacks()
		return
	}
	var far *pcxSide
	switch w.vpc {
	case p.sides[0].vpc:
		far = &p.sides[1]
	case p.sides[1].vpc:
		far = &p.sides[0]
	default:
		w.block(cBadStateAttachment)
		return
	}
	if p.status != "" && p.status != "active" {
		w.block(cBadState)
		return
	}
	w.arrive(far)
}

// arrive delivers to one side of a peering connection.
func (w *walk) arrive(far *pcxSide) {
	bs := far.blocks
	if len(bs) == 0 {
		bs = far.vpc.blocks // of its local routes
	}
	w.clip(bs)
	switch {
	case len(bs) == 0:
		w.lacks()
		return
	case !holds(bs, w.family, w.dst):
		w.block(cPCXRequiresAddressInVPCCIDR)
		return
	}
	w.vpc, w.at, w.entered = far.vpc, nil, byPeering
	w.deliver(false)
}
