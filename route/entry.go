package route

import (
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
)

// enterFrom starts a chain that comes from outside the VPC (routing.md section
// 1): what each gateway lets in, and where it hands it over.
func (w *walk) enterFrom(s *Source) {
	n := w.n
	v := n.vpcs[s.vpc]
	w.entered = byGateway
	if s.addr.IsValid() {
		a := s.addr.Unmap()
		w.src = source{span: one(ipOf(a)), family: familyOf(a), exact: true}
	}
	kind := s.gatewayKind()
	w.exit = s.id
	w.vpc = v
	d := device{id: s.id, num: -1} // whether or not a route leads to it
	if to := n.targets[s.id]; to != nil {
		d.num = to.num
	}
	switch kind {
	case toIGW, toEIGW:
		g := n.igws[s.id]
		d.kind = HopKind(ClassInternetGateway)
		w.passes(ClassInternetGateway)
		if kind == toEIGW {
			g = n.eigws[s.id]
			d.kind, w.first = HopKind(ClassEgressOnlyInternetGateway), ClassEgressOnlyInternetGateway
		}
		w.passed = true
		switch {
		case g == nil || v == nil:
			w.hop(d, noRule)
			w.lacks()
			return
		case !slices.Contains(g.attached, v.id):
			w.hop(d, noRule)
			w.block(cBadStateAttachment)
			return
		case kind == toEIGW:
			w.hop(d, noRule)
			w.block(cNoPossibleDestination) // outbound only, stateful (E02)
			return
		}
		if !w.fromInternet(d) {
			return
		}
	case toVGW:
		d.kind = HopKind(ClassVirtualPrivateGateway)
		w.passes(ClassVirtualPrivateGateway)
	case toPCX:
		d.kind = HopKind(ClassVPCPeering)
		w.passes(ClassVPCPeering)
		w.hop(d, noRule)
		p := n.pcxs[s.id]
		if p == nil || v == nil || p.sides[0].vpc != v && p.sides[1].vpc != v {
			w.lacks()
			return
		}
		if p.status != "" && p.status != "active" {
			w.block(cBadState)
			return
		}
		side := &p.sides[0]
		if side.vpc != v {
			side = &p.sides[1]
		}
		w.arrive(side)
		return
	case toTGW:
		d.kind = HopKind(ClassTransitGateway)
		w.passes(ClassTransitGateway)
		w.hop(d, noRule)
		a := n.attached[tgwVPC{s.id, v}]
		switch {
		case v == nil || a == nil:
			w.lacks()
		case !working(a.state):
			w.block(cBadStateAttachment)
		case w.enterBy(a):
			w.follow(subnetDevice(w.at), w.at.table)
		}
		return
	}
	if v == nil {
		w.hop(d, noRule)
		w.lacks()
		return
	}
	w.throughEdge(d, kind)
}

// throughEdge hands over what enters by a gateway: to its edge table (R3), or
// without one to local.
func (w *walk) throughEdge(d device, kind targetKind) {
	edge := w.n.edges[d.id]
	if edge == nil {
		w.hop(d, noRule)
		w.clip(w.vpc.blocks)
		if !holds(w.vpc.blocks, w.family, w.dst) {
			w.stop(ClassNoRoute, cNoRouteToDestination)
			return
		}
		w.deliver(false)
		return
	}
	lk := w.look(edge)
	w.step(d, edge, lk.target())
	if w.rec != nil {
		w.rec.lookup(d, &lk, w)
	}
	if !w.decided(&lk) {
		return
	}
	switch e, _ := lk.way.to.to.(*vpce); {
	case kind == toVGW && lk.way.to.kind == toVPCE && (e == nil || e.typ.Is(endpoint.GatewayLoadBalancer)):
		w.block(cNoPossibleDestination) // W02
		return
	case lk.way.to.kind != toLocal && lk.way.to.kind != toENI && lk.way.to.kind != toVPCE:
		w.stop(ClassInvalidInput, 0) // R3
		return
	}
	if next, t, ok := w.take(&lk); ok {
		w.follow(next, t)
	}
}

// fromInternet finds whose public address the destination is, and translates
// it (R20, R34).
func (w *walk) fromInternet(d device) bool {
	var e *eni
	private := w.dst
	if w.family == IPv4 {
		p := w.n.public[w.dst.addr(IPv4)]
		e, private = p.eni, p.ip
	} else {
		e = w.vpc.holderOf(w.family, w.dst)
	}
	switch {
	case !touchesPublic(w.family, one(w.dst)):
		w.hop(d, noRule)
		w.stop(ClassNoRoute, cNoRouteToDestination) // nobody routes private addresses on the internet (V29)
		return false
	case e == nil || e.vpc != w.vpc:
		w.hop(d, noRule)
		w.stop(ClassUnknown, cUnknownDestination)
		return false
	case e.denyIGW:
		w.hop(d, noRule)
		w.block(cNoPossibleDestination)
		return false
	}
	if e.subnet != nil && e.subnet.mode() != "" && e.subnet.mode() != bpaOff {
		w.hop(d, noRule)
		w.block(cVPCBlockPublicAccess)
		return false
	}
	if w.family == IPv4 {
		w.dst = private
		w.within = one(w.dst)
	}
	return true
}
