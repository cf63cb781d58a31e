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
	case w.nat && !w.public: // 4
		w.block(cIGWPublicIP)
		return
	case !w.nat && !w.hasPublicAddress(): // 5, R20
		return
	}
	if w.redirected(g) { // 6
		w.block(cIngressRedirection)
		return
	}
	w.end = outside
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
// has none.
func (w *walk) hasPublicAddress() bool {
	switch {
	case w.entered != inside:
		w.block(cIGWPublicIP) // the gateway translates addresses of its own VPC only
		return false
	case w.appliance != nil:
		if a, ok := w.appliance.first(w.family); !ok || w.family == IPv4 && !a.public {
			w.codes |= cSourceAddressNotGiven // whether it translates, and to what, is unknown (C5)
		}
		return true
	case !w.src.exact:
		w.codes |= cSourceAddressNotGiven
		return true
	case w.family == IPv6:
		if w.src.lo.hi>>61 != 1 { // 2000::/3
			w.block(cIGWPublicIP)
			return false
		}
		return true
	case w.src.eni == nil && w.n.noENIs:
		w.codes |= cSourceAddressNotGiven
		return true
	case w.src.eni != nil:
		if a, ok := w.src.eni.address(w.family, w.src.lo); ok && a.public {
			return true
		}
	}
	w.block(cIGWPublicIP)
	return false
}

// redirected reports whether the gateway's edge table leads what comes back
// for the source to a device that the way out did not pass (I11).
func (w *walk) redirected(g *gateway) bool {
	edge := w.n.edges[g.id]
	if edge == nil || !w.src.known() || w.src.family != w.family {
		return false
	}
	h := edge.half(w.family)
	res := h.at(w.family, w.src.lo, nil)
	if res.row < 0 || res.end != won {
		return false
	}
	to := h.rows[res.row].way.to
	if to.kind == toLocal {
		return false
	}
	for _, s := range w.steps[:min(w.taken, maxSteps)] {
		if s.target == to.num {
			return false
		}
	}
	return true
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
	case !w.blockMode(true):
	default:
		w.end = outside
	}
}
