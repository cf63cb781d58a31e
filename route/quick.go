package route

import (
	"net/netip"
	"slices"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/endpoint"
)

// quick answers, without a walk, what most questions of a matrix come to: an
// address inside the VPC, and no route or a blackhole in the subnet's own
// table. It holds back, and ok is false, wherever more than that table and one
// interface is asked; nothing but speed hangs on it.
func (n *Network) quick(s *subnet, to netip.Addr) (c Class, v Verdict, ok bool) {
	if n.filterGroups || n.filterACLs {
		return "", "", false
	}
	family, a := familyOf(to), ipOf(to)
	if isReserved(family, a) {
		return ClassReserved, Failed, true
	}
	if !holds(s.blocks, family, a) && (!s.keepsInside(family) || !holds(s.vpc.blocks, family, a)) {
		if s.table == nil || len(s.table.missing) > 0 {
			return "", "", false
		}
		h := s.table.half(family)
		switch res := h.at(family, a, nil); {
		case res.end == none:
			return ClassNoRoute, Failed, true
		case res.end == dropsBlackhole:
			return ClassBlackhole, Failed, true
		case !res.local:
			return "", "", false
		}
	}
	e := s.vpc.holderOf(family, a)
	if e == nil {
		return ClassLocal, VerdictUnknown, true
	}
	switch e.ends {
	case atEndpointInterface:
		return ClassEndpoint, Private, true
	case atPlainInterface:
		return ClassLocal, Private, true
	}
	return "", "", false
}

// keepsInside reports whether the subnet's table has the local row win for every
// address of the VPC's CIDRs; a VPC that has none in the family does not matter.
func (s *subnet) keepsInside(f Family) bool {
	return s.table != nil && s.table.vpc == s.vpc && s.table.half(f).inside
}

// ending is what a way that reaches a network interface comes to. The zero
// value is what only a walk tells.
type ending uint8

const (
	atEndpointInterface ending = iota + 1 // of an endpoint that serves
	atPlainInterface                      // of nothing that forwards, and of no service
)

// settle notes what ways to the interfaces come to, once all is known of them.
func (h *holders) settle() {
	for _, s := range h.slots {
		switch e := s.eni; {
		case e == nil || e.nat != nil:
		case e.endpoint != nil && e.healthy && e.endpoint.state == endpoint.Available:
			e.ends = atEndpointInterface
		case e.endpoint == nil && !e.ofService:
			e.ends = atPlainInterface
		}
	}
}

// A memo remembers the last answer about a public host from one subnet, in one
// word: hosts of one kind share their possible addresses, and so their answer.
// Zero is nothing.
type memo struct{ atomic.Uint64 }

// slots is how many universes a Region has: one for each gateway service, the
// others', all public space, and private space too, in two families.
const slots = 12

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
