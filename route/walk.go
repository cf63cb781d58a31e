package route

import (
	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// maxSteps guards the chain; ROUTING_LOOP finds every loop long before (C6).
const maxSteps = 24

// A step is what two chains are compared by: a device, the table consulted at
// it, and the target of the row that won.
type step struct{ device, table, target int32 }

// A walk follows one address, or one piece of a public destination whose
// addresses all take the same way so far, from device to device. It is the
// whole of the chain rules; with rec it also writes the proof down.
type walk struct {
	n      *Network
	family Family
	dst    ip
	within span      // the piece around dst
	u      *universe // nil for a known address
	proto  Protocol
	ports  ports

	vpc     *vpc    // where the packet is
	at      *subnet // the subnet it stands in; nil at a regional NAT gateway
	zone    *subnet // a subnet of the zone it comes from
	src     source
	entered entry
	origin  *eni // whose security groups let it out; nil behind a bare subnet

	nat       bool   // translated, so the source is a NAT gateway
	public    bool   // by a public one
	appliance *eni   // the last one passed: whether it translates is unknown (C5)
	bare      bool   // groups of the other side do not survive (F4)
	back      bool   // this walk is a way back
	exit      string // of a way back: the gateway that it must leave by, if not to a VPC
	debts     [2]debt
	owed      int // debts

	bad      Class // how the chain ends, if not well
	end      terminal
	first    Class // of the first gateway
	passed   bool  // an internet or egress-only internet gateway
	nat64    bool
	atNAT    bool // whether or not it translates
	known    bool // ends at a known address of this VPC or a peered one
	arrived  *vpc // where it was delivered
	dest     *eni
	evidence naming.Evidence
	codes    codeSet

	filtersOpen bool
	refused     codeSet // the first filter that refuses
	refusedBack *subnet // by its network ACL, on the way back

	steps [maxSteps]step
	taken int // steps
	rec   *record
}

type terminal uint8

const (
	nowhere terminal = iota
	atEndpoint
	atGatewayEndpoint
	atAddress
	outside // beyond an internet gateway
	opaque  // beyond what is described
	left    // of a way back: by the gateway that the packet entered by
)

// entry says how a packet came into the VPC it is in.
type entry uint8

const (
	inside entry = iota
	byPeering
	byTransit
	byGateway
)

// A source is what is known of the packet's source address.
type source struct {
	span
	family Family // zero: nothing is known
	exact  bool   // the span is the one address
	home   *vpc   // where the address lives; nil outside every VPC
	eni    *eni   // that holds it
}

func (s *source) known() bool { return s.family != 0 }

func (w *walk) weaken(e naming.Evidence) { w.evidence = min(w.evidence, e) }

// stop ends the chain badly.
func (w *walk) stop(c Class, codes codeSet) {
	w.bad = c
	w.codes |= codes
	switch c {
	case ClassUnknown:
		w.evidence = naming.Unknown
	case ClassUnspecified:
		w.weaken(naming.Unspecified)
	}
}

func (w *walk) block(codes codeSet) { w.stop(ClassBlocked, codes) }

// lacks ends the chain where the input lacks a resource (C1).
func (w *walk) lacks() { w.stop(ClassUnknown, cUnknownResource) }

// beyond ends the chain at a gateway whose far side the input does not
// describe.
func (w *walk) beyond() {
	w.end = opaque
	w.codes |= cNoPossibleDestination
}

// pieces reports whether the walk stands for more than one address, and so has
// to know for which: a public host's, or a bare subnet's on a way back.
func (w *walk) pieces() bool { return w.u != nil || w.back }

// clip narrows the piece to what lies in the same blocks.
func (w *walk) clip(bs []block) {
	if w.pieces() {
		clip(bs, w.family, w.dst, &w.within)
	}
}

func (w *walk) passes(c Class) {
	if w.first == "" {
		w.first = c
	}
}

// A device is where a table is consulted.
type device struct {
	kind HopKind
	id   string
	num  int32
}

func subnetDevice(s *subnet) device { return device{HopSubnet, s.id, s.num} }

// step notes a device, the table consulted at it and the target of the row
// that won.
func (w *walk) step(d device, t *table, to *target) {
	s := step{device: d.num}
	if t != nil {
		s.table = t.num
	}
	if to != nil {
		s.target = to.num
	}
	w.addStep(s)
}

func (w *walk) addStep(s step) {
	if w.taken < maxSteps {
		w.steps[w.taken] = s
	}
	w.taken++
}

// hop notes a device at which no table is consulted.
func (w *walk) hop(d device, rule ruleID) {
	w.step(d, nil, nil)
	if w.rec != nil {
		w.rec.hop(d, rule)
	}
}

// follow walks from a device on. At each it decides, in this order
// (routing.md sections 3 to 7):
//
//  1. an address that never follows a table: reserved (R7);
//  2. an address of the subnet's own CIDR: direct (R5);
//  3. the table's row (R9 to R17, [Network.Path]);
//  4. the row's target, which ends the chain or names the next device.
func (w *walk) follow(d device, t *table) {
	for {
		if w.taken >= maxSteps-2 {
			w.block(cHopLimitExceeded)
			return
		}
		if isReserved(w.family, w.dst) {
			w.hop(d, r7)
			w.stop(ClassReserved, 0)
			return
		}
		if w.at != nil {
			w.clip(w.at.blocks)
			if holds(w.at.blocks, w.family, w.dst) {
				if d.kind != HopSubnet {
					w.hop(d, noRule)
				}
				w.hop(device{HopDirect, w.at.id, w.at.num}, r5)
				if !w.mute() {
					w.deliver(true)
				}
				return
			}
		}
		if t == nil {
			w.hop(d, noRule)
			if d.kind == HopSubnet {
				w.stop(ClassUnknown, cMainRouteTableMissing)
			} else {
				w.lacks()
			}
			return
		}
		if w.at != nil && w.at.discounted && !w.at.explicit {
			w.weaken(naming.Modelled) // R4
		}
		lk := w.look(t)
		w.step(d, t, lk.target())
		if w.rec != nil {
			w.rec.lookup(d, &lk, w)
		}
		if !w.decided(&lk) || w.mute() {
			return
		}
		var ok bool
		if d, t, ok = w.take(&lk); !ok {
			return
		}
	}
}

// mute ends a chain that starts at an endpoint's own interface: the service
// cannot initiate (V20). What its table would have said stays shown.
func (w *walk) mute() bool {
	if w.back || w.origin == nil || w.origin.endpoint == nil && !w.origin.ofService {
		return false
	}
	w.block(cVPCEIntraVPCTraffic)
	return true
}

// decided ends the chain if the table did not name a target.
func (w *walk) decided(lk *look) bool {
	switch lk.end {
	case won:
		return true
	case none:
		w.stop(ClassNoRoute, cNoRouteToDestination)
	case dropsBlackhole:
		w.stop(ClassBlackhole, cBadStateRoute)
	case ambiguous:
		w.stop(ClassUnspecified, cAmbiguousPrefixLists)
	case unrecognised:
		w.stop(ClassUnspecified, cRouteStateUnrecognised)
	case unranked:
		w.stop(ClassUnspecified, 0)
	case notAllowed:
		w.stop(ClassInvalidInput, cRouteNotAllowedInVPCCIDR)
	case entriesMissing:
		w.stop(ClassUnknown, cPrefixListEntriesMissing)
	}
	return false
}

// take follows a row's target (routing.md section 4), and returns the next device
// and its table; false where the chain ends.
func (w *walk) take(lk *look) (device, *table, bool) {
	to := lk.way.to
	if w.exit != "" && to.id == w.exit {
		w.end = left
		return device{}, nil, false
	}
	switch to.kind {
	case toLocal:
		w.deliver(false)
		return device{}, nil, false
	case toNAT:
		return w.translate(to)
	case toVPCE:
		return w.serviceEndpoint(lk)
	case toENI:
		return w.throughInterface(to)
	case toNothing, toAttachment:
		w.stop(ClassUnknown, cTargetTypeUnknown)
		return device{}, nil, false
	}
	if !w.leave() { // the others are borders of the VPC
		return device{}, nil, false
	}
	switch to.kind {
	case toIGW:
		w.internet(to)
	case toEIGW:
		w.egressOnly(to)
	case toPCX:
		w.peer(to)
	case toTGW:
		return w.transit(to)
	case toVGW:
		w.hop(device{HopKind(ClassVirtualPrivateGateway), to.id, to.num}, noRule)
		w.passes(ClassVirtualPrivateGateway)
		w.beyond()
	default:
		w.hop(device{HopKind(ClassOtherGateway), to.id, to.num}, noRule)
		w.passes(ClassOtherGateway)
		w.beyond()
	}
	return device{}, nil, false
}

// isReserved reports R7's addresses: link-local services, which no table
// forwards.
func isReserved(f Family, a ip) bool {
	if f == IPv4 {
		return a.lo>>10 == 0xa9fea8<<8>>10 // 169.254.168.0/22
	}
	return a.hi>>32 == 0xfd000ec2 // fd00:ec2::/32
}

// A look is what one table said.
type look struct {
	result
	t   *table
	h   *half
	way *way // that won; nil if nothing did
	p2  *way // the gateway service's list without entries that P2 lets decide
}

func (lk *look) target() *target {
	if lk.way == nil {
		return nil
	}
	return lk.way.to
}

// entriesMissing is the end of R14a; it is no end of decide's.
const entriesMissing resultEnd = notAllowed + 1

// look asks a table, then hears the lists whose entries are missing (R14a,
// P2, P3).
func (w *walk) look(t *table) look {
	h := t.half(w.family)
	var within *span
	if w.pieces() {
		within = &w.within
	}
	lk := look{t: t, h: h, result: h.at(w.family, w.dst, within)}
	if len(t.missing) > 0 {
		w.hearMissing(&lk)
	}
	if lk.way == nil && lk.row >= 0 && lk.hasWinner() {
		lk.way = h.rows[lk.row].way
	}
	return lk
}

// hearMissing decides about lists without entries, in this order:
//
//  1. a list of the other family does not matter, nor for an address of DNS64
//     one of a gateway service, which holds public addresses;
//  2. for a public host, a list of this Region's gateway services does not
//     hold its address, unless it is the list of the very service asked: that
//     one claims it, and wins if every other route that touches public space
//     has length 0 (P2); otherwise the answer is unknown;
//  3. beside such a claim, any other list must lead where it leads: the list
//     may touch public space, and what the default route says does not matter;
//  4. without one, a list that leads where the winner leads, one that cannot
//     win because the winner lies inside a VPC CIDR (R13), and one that cannot
//     because the winner is a static /32 (/128) do not matter (R14a);
//  5. any other list may hold the address: unknown.
func (w *walk) hearMissing(lk *look) {
	claim := w.claim(lk)
	for _, m := range lk.t.missing {
		l := m.list
		if l.family != 0 && l.family != w.family || l.service != "" && w.asksNAT64() {
			continue
		}
		if w.ofGatewayService(l) && l.service != w.u.service {
			continue
		}
		switch {
		case claim != nil:
			if claim.to == m.to && lk.h.plain {
				continue
			}
		case lk.row >= 0:
			r := &lk.h.rows[lk.row]
			if r.inside || r.way.to == m.to || r.rank == rankCIDR && r.lo == r.hi {
				continue
			}
			if lk.end == ambiguous || lk.end == unrecognised || lk.end == unranked {
				continue
			}
		}
		lk.end, lk.rule = entriesMissing, r14a
		return
	}
	if claim == nil {
		return
	}
	lk.p2, lk.way, lk.row, lk.end, lk.rule = claim, claim, -1, won, r9
	if lk.h.someWay {
		lk.rule = r9a
	}
	switch claim.state {
	case blackhole:
		lk.end, lk.rule = dropsBlackhole, r17
	case odd:
		lk.end, lk.way = unrecognised, nil
	}
}

// ofGatewayService reports whether a list is known to hold, of all public
// addresses, those of one of this Region's gateway services alone.
func (w *walk) ofGatewayService(l *list) bool {
	return w.u != nil && !w.u.all && l.service != "" && l.region == w.u.region
}

// asksNAT64 reports whether the destination is an address that DNS64 made.
func (w *walk) asksNAT64() bool { return w.family == IPv6 && isNAT64(w.dst) }

// claim returns the route to the list without entries of the very service that
// is asked (P2), nil if the table has none.
func (w *walk) claim(lk *look) *way {
	for _, m := range lk.t.missing {
		if l := m.list; (l.family == 0 || l.family == w.family) && w.ofGatewayService(l) && l.service == w.u.service && !w.asksNAT64() {
			return m
		}
	}
	return nil
}

// usable reports R32 for a state: available in any case, or none given. AWS
// does not say what Partial means.
func (w *walk) usable(s endpoint.State) bool {
	switch {
	case s == "" || s.Is(endpoint.Available):
		return true
	case s.Is(endpoint.Partial):
		w.stop(ClassUnspecified, cEndpointNotAvailable)
	default:
		w.block(cBadState | cEndpointNotAvailable)
	}
	return false
}
