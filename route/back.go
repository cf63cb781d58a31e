package route

// A debt is a way back that is owed to a source outside the VPC, from where
// the packet was delivered or translated. Ways back are walked when the way
// there is done.
type debt struct {
	at *subnet
	to source
}

// owe notes a debt. A chain that leaves the VPC of its first debt, through a
// private NAT gateway, may have a second.
func (w *walk) owe(at *subnet) {
	if w.owed < len(w.debts) {
		w.debts[w.owed] = debt{at, w.src}
		w.owed++
	}
}

// comeBack follows the way back to a source outside the VPC (C10). It must
// lead, for every possible source address, to the VPC that the source lives in,
// or out by the gateway that the packet entered by. Otherwise the path ends as
// the way back does, and its deciding lookup is the return hop (X9).
func (w *walk) comeBack(owed *debt) {
	to := &owed.to
	switch {
	case !to.known() && w.appliance == nil:
		w.codes |= cSourceAddressNotGiven
		return
	case !to.known() || to.family != w.family:
		return // what an appliance or NAT64 made of the source is not known here
	}
	for lo := to.lo; ; {
		b := walk{
			n: w.n, family: w.family, dst: lo, within: span{lo, to.hi}, proto: w.proto, ports: returnPorts,
			vpc: owed.at.vpc, at: owed.at, zone: owed.at, back: true, evidence: w.evidence,
			src: source{span: one(w.dst), family: w.family, exact: true, home: owed.at.vpc, eni: w.dest},
		}
		if to.home == nil {
			b.exit = w.exit
		}
		if w.rec != nil {
			b.rec = &record{}
		}
		b.follow(subnetDevice(owed.at), owed.at.table)
		w.weaken(b.evidence)
		home := b.bad == "" && (b.end == atAddress || b.end == atEndpoint) && to.home != nil && b.arrived == to.home
		if !home && b.end != left {
			switch {
			case b.bad != "":
				w.stop(b.bad, b.codes)
			case b.end == opaque:
				w.stop(ClassUnknown, cNoPossibleDestination)
			default:
				w.block(cNoPossibleDestination)
			}
			w.returns(&b)
			return
		}
		next, ok := b.within.hi.next(w.family)
		if !ok || to.hi.less(next) {
			return
		}
		lo = next
	}
}

// returns adds the return hop, which is the last lookup of a way back.
func (w *walk) returns(b *walk) {
	for i := min(b.taken, maxSteps) - 1; i >= 0; i-- {
		if s := b.steps[i]; s.table != 0 {
			w.addStep(s)
			break
		}
	}
	if w.rec != nil {
		w.rec.comeBack(b.rec)
	}
}
