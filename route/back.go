package route

// A debt is a way back that is owed to a source outside the VPC, from where
// the packet was delivered or translated. Ways back are walked when the way
// there is done.
type debt struct {
	d     device
	table *table
	at    *subnet // nil at a regional NAT gateway, which has a table of its own (C3)
	vpc   *vpc
	zone  *subnet
	to    source
}

// debtAt is what is owed from a subnet.
func debtAt(s *subnet) debt {
	return debt{d: subnetDevice(s), table: s.table, at: s, vpc: s.vpc, zone: s}
}

// owe notes a debt to the source. A chain that leaves the VPC of its first
// debt, through a private NAT gateway, may have a second.
func (w *walk) owe(from debt) {
	if w.owed < len(w.debts) {
		from.to = w.src
		w.debts[w.owed] = from
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
			vpc: owed.vpc, at: owed.at, zone: owed.zone, back: true, evidence: w.evidence,
			src: source{span: one(w.dst), family: w.family, exact: true, home: owed.vpc, eni: w.dest},
		}
		if to.home == nil {
			b.exit = w.exit
		}
		if w.rec != nil {
			b.rec = &record{}
		}
		b.follow(owed.d, owed.table)
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
		next, ok := b.reach().next(w.family)
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
