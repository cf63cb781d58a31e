package route

import (
	"slices"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/endpoint"
)

// quick answers, without a walk, what most questions of a matrix come to: an
// address inside the VPC, and no route or a blackhole in the subnet's own
// table. It holds back, and ok is false, wherever more than that table and one
// interface is asked; nothing but speed hangs on it.
func (n *Network) quick(s *subnet, f *Flow) (c Class, v Verdict, ok bool) {
	if n.filterGroups || n.filterACLs {
		return "", "", false
	}
	family, a := familyOf(f.To.addr), ipOf(f.To.addr)
	if isReserved(family, a) {
		return ClassReserved, Failed, true
	}
	if !holds(s.blocks, family, a) {
		if s.table == nil || len(s.table.missing) > 0 {
			return "", "", false
		}
		h := s.table.half(family)
		switch res := h.at(family, a, nil); {
		case res.end == none:
			return ClassNoRoute, Failed, true
		case res.end == dropsBlackhole:
			return ClassBlackhole, Failed, true
		case res.end != won || h.rows[res.row].way.to.kind != toLocal:
			return "", "", false
		}
	}
	switch e := s.vpc.holderOf(family, a); {
	case e == nil:
		return ClassLocal, VerdictUnknown, true
	case e.nat != nil:
		return "", "", false
	case e.endpoint != nil && e.healthy && e.endpoint.state == endpoint.Available:
		return ClassEndpoint, Private, true
	case e.endpoint != nil || e.ofService:
		return "", "", false
	}
	return ClassLocal, Private, true
}

// A memo remembers the last answer about a public host from one subnet, in one
// word: hosts of one kind share their possible addresses, and so their answer.
// Zero is nothing.
type memo struct{ atomic.Uint64 }

// slots is how many universes a Region has: one for each gateway service, the
// others', and all public space, in two families.
const slots = 10

func (m *memo) load(p Protocol, port uint16) (Class, Verdict, bool) {
	x := m.Uint64.Load()
	if x>>16 != uint64(p)<<16|uint64(port)|1<<24 {
		return "", "", false
	}
	return classes[x&0xff], verdicts[x>>8&0xff], true
}

func (m *memo) store(p Protocol, port uint16, c Class, v Verdict) {
	x := uint64(slices.Index(classes[:], c)) | uint64(slices.Index(verdicts[:], v))<<8
	m.Uint64.Store(x | (uint64(p)<<16|uint64(port)|1<<24)<<16)
}

var (
	classes = [...]Class{
		ClassEndpoint, ClassGatewayEndpoint, ClassNATGateway, ClassInternetGateway, ClassEgressOnlyInternetGateway, ClassLocal, ClassTransitGateway,
		ClassVPCPeering, ClassVirtualPrivateGateway, ClassNetworkInterface, ClassGWLBEndpoint, ClassOtherGateway, ClassReserved, ClassBlackhole, ClassNoRoute,
		ClassBlocked, ClassUnspecified, ClassUnknown, ClassInvalidInput,
	}
	verdicts = [...]Verdict{Private, Public, Failed, VerdictUnknown}
)
