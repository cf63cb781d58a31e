package route

import "slices"

const (
	bpaOff           = "off"
	bpaBidirectional = "block-bidirectional"
	bpaIngress       = "block-ingress"
)

// internet decides at an internet gateway, in the order of routing.md section
// 6. A public NAT gateway satisfies condition 5; a bare subnet skips it.
func (w *walk) internet(to *target) {
	w.hop(device{HopKind(ClassInternetGateway), to.id, to.num}, noRule)
	w.passes(ClassInternetGateway)
	w.passed = true
	g, ok := to.to.(*gateway)
	switch {
	case !ok:
		w.lacks()
		return
	case !slices.Contains(g.attached, w.vpc.id): // 1
		w.block(cBadStateAttachment)
		return
	case !w.blockMode(w.nat): // 2, R23
		return
	case w.family == IPv4 && isRFC1918(w.dst): // 3, R21
		w.block(cIGWNotRFC1918)
		return
	case w.family == IPv4 && isRFC6598(w.dst):
		w.block(cIGWNotRFC6598)
		return
	case !w.toPublic():
		return
	case w.nat && !w.public: // 4
		w.block(cIGWPublicIP)
		return
	case !w.nat && !w.hasPublicAddress(): // 5, R20
		return
	}
	if w.comesIn(g) { // 6
		w.end = outside
	}
}

// toPublic reports whether the destination is in public space. Nothing says what
// an internet gateway does with a loopback, link-local, multicast, reserved or
// unique local address, but that no way leads on. What DNS64 made has rules of
// its own (R29).
func (w *walk) toPublic() bool {
	if !w.asksNAT64() && !touchesPublic(w.family, span{w.dst, w.dst}) {
		w.stop(ClassUnspecified, cNoPossibleDestination)
		return false
	}
	return true
}

// blockMode reports whether VPC Block Public Access lets the packet pass an
// internet gateway (R23): eased is true for what block-ingress still lets out.
func (w *walk) blockMode(eased bool) bool {
	mode := w.vpc.bpa
	if w.at != nil {
		mode = w.at.mode()
	}
	switch mode {
	case "", bpaOff:
		return true
	case bpaIngress:
		if eased {
			return true
		}
		fallthrough
	case bpaBidirectional:
		w.block(cVPCBlockPublicAccess)
	default:
		w.stop(ClassUnspecified, cVPCBlockPublicAccess)
	}
	return false
}

// hasPublicAddress is R20: the source's private address needs a public one of
// its own, an IPv6 source a global address. It ends the chain if the address
// has none. Behind an appliance of this VPC, wherever the packet came from,
// the source is either the appliance's or still the first one: whether it
// translates is unknown (C5). An appliance with a public address is taken to
// do; only if neither has one is the answer settled.
func (w *walk) hasPublicAddress() bool {
	source := w.publicSource()
	if w.mayBeTranslated() {
		switch w.n.publicAppliance(w.appliance, w.family) {
		case admitted:
			return true
		case open:
			source = open
		default:
			if source == admitted {
				source = open
			}
		}
	}
	switch source {
	case denied:
		w.block(cIGWPublicIP)
		return false
	case open:
		w.codes |= cSourceAddressNotGiven
	}
	return true
}

// mayBeTranslated reports whether the source may be an appliance's of the VPC
// that the packet is in, whatever it was before (C5).
func (w *walk) mayBeTranslated() bool { return w.appliance != nil && w.appliance.vpc == w.vpc }

// publicSource says whether the source's own address is public, or has a public
// one; open where the input does not tell.
func (w *walk) publicSource() admission {
	switch {
	case w.entered != inside:
		return denied // the gateway translates addresses of its own VPC only
	case !w.src.exact:
		return open
	case w.family == IPv6:
		return publicIf(isGlobal6(w.src.lo))
	case w.src.eni == nil && w.n.noENIs:
		return open
	case w.src.eni == nil:
		return denied
	}
	a, ok := w.src.eni.address(w.family, w.src.lo)
	return publicIf(ok && a.public)
}

// publicAppliance says the same of an appliance, which may translate to any
// address of any of its interfaces.
func (n *Network) publicAppliance(e *eni, f Family) admission {
	known := len(e.addrs) > 0
	for _, a := range e.addrs {
		if a.family == f && (a.public || f == IPv6 && isGlobal6(a.ip)) {
			return admitted
		}
	}
	for _, o := range n.enis {
		known = known && (o == e || e.instance == "" || o.instance != e.instance)
	}
	if known {
		return denied
	}
	return open
}

func publicIf(yes bool) admission {
	if yes {
		return admitted
	}
	return denied
}

func isGlobal6(a ip) bool { return a.hi>>61 == 1 } // 2000::/3

// comesIn asks the gateway's edge table about what comes back for the source,
// for every address that the source may have. It ends the chain where the
// table drops it, where it is not settled what the table says, and where it
// leads to a device that the way out did not pass (I11).
func (w *walk) comesIn(g *gateway) bool {
	edge := w.n.edges[g.id]
	if edge == nil || !w.src.known() || w.src.family != w.family {
		return true
	}
	for lo := w.src.lo; ; {
		b := walk{n: w.n, family: w.family, dst: lo, within: span{lo, w.src.hi}, back: true}
		lk := b.look(edge)
		if lk.end != none && !w.decided(&lk) {
			return false
		}
		if lk.end == won && lk.way.to.kind != toLocal && !w.passedTarget(lk.way.to) {
			w.block(cIngressRedirection)
			return false
		}
		next, ok := b.within.hi.next(w.family)
		if !ok || w.src.hi.less(next) {
			return true
		}
		lo = next
	}
}

// passedTarget reports whether a row that won on the way led to a target.
func (w *walk) passedTarget(to *target) bool {
	for _, s := range w.steps[:min(w.taken, maxSteps)] {
		if s.target == to.num {
			return true
		}
	}
	return false
}

// egressOnly decides at an egress-only internet gateway: attached, IPv6, and
// not blocked both ways (R23).
func (w *walk) egressOnly(to *target) {
	w.hop(device{HopKind(ClassEgressOnlyInternetGateway), to.id, to.num}, noRule)
	w.passes(ClassEgressOnlyInternetGateway)
	w.passed = true
	g, ok := to.to.(*gateway)
	switch {
	case !ok:
		w.lacks()
	case !slices.Contains(g.attached, w.vpc.id):
		w.block(cBadStateAttachment)
	case w.family == IPv4:
		w.block(cProtocolRestriction)
	case !w.blockMode(true), !w.toPublic():
	default:
		w.end = outside
	}
}
