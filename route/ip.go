package route

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
)

// An ip is an address of either family as a number: an IPv4 address is its 32
// bits in lo. Which family it is of is known where it is used.
type ip struct{ hi, lo uint64 }

func ipOf(a netip.Addr) ip {
	if a.Is4() {
		b := a.As4()
		return ip{lo: uint64(binary.BigEndian.Uint32(b[:]))}
	}
	return ipOf6(a)
}

// ipOf6 appends rather than calls As16: the array that As16 returns is copied
// before it is read, and the copy waits for the stores that made it.
func ipOf6(a netip.Addr) ip {
	var buf [16]byte
	b, _ := a.AppendBinary(buf[:0]) // never fails; a zone would follow the sixteen bytes
	if len(b) < 16 {
		return ip{}
	}
	return ip{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:16])}
}

func (a ip) addr(f Family) netip.Addr {
	if f == IPv4 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(a.lo))
		return netip.AddrFrom4(b)
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], a.hi)
	binary.BigEndian.PutUint64(b[8:], a.lo)
	return netip.AddrFrom16(b)
}

func (a ip) less(b ip) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }

func (a ip) compare(b ip) int {
	switch {
	case a.less(b):
		return -1
	case b.less(a):
		return 1
	}
	return 0
}

// next returns the address after a; false after the last of the family.
func (a ip) next(f Family) (ip, bool) {
	if a == last(f) {
		return ip{}, false
	}
	lo, carry := bits.Add64(a.lo, 1, 0)
	return ip{a.hi + carry, lo}, true
}

// prev returns the address before a, which must not be the first.
func (a ip) prev() ip {
	lo, borrow := bits.Sub64(a.lo, 1, 0)
	return ip{a.hi - borrow, lo}
}

// last returns the last address of a family.
func last(f Family) ip {
	if f == IPv4 {
		return ip{lo: 1<<32 - 1}
	}
	return ip{^uint64(0), ^uint64(0)}
}

// A span is a range of addresses of one family, both ends included.
type span struct{ lo, hi ip }

func spanOf(p netip.Prefix) span {
	lo := ipOf(p.Masked().Addr())
	host := p.Addr().BitLen() - p.Bits() // bits free to vary
	hi := lo
	switch {
	case host >= 64:
		hi.lo = ^uint64(0)
		hi.hi |= uint64(1)<<(host-64) - 1 // a shift of 64 gives 0, and 0-1 all ones
	default:
		hi.lo |= uint64(1)<<host - 1
	}
	return span{lo, hi}
}

func (s span) has(a ip) bool        { return !a.less(s.lo) && !s.hi.less(a) }
func (s span) covers(t span) bool   { return !t.lo.less(s.lo) && !s.hi.less(t.hi) }
func (s span) overlaps(t span) bool { return !s.hi.less(t.lo) && !t.hi.less(s.lo) }
func one(a ip) span                 { return span{a, a} }
func familyOf(a netip.Addr) Family {
	if a.Is4() {
		return IPv4
	}
	return IPv6
}

// A block is a CIDR: a span with its family.
type block struct {
	span
	family Family
	bits   uint8
}

func blockOf(p netip.Prefix) block {
	return block{spanOf(p), familyOf(p.Addr()), uint8(p.Bits())}
}

func (b block) prefix() netip.Prefix { return netip.PrefixFrom(b.lo.addr(b.family), int(b.bits)) }

// holds reports whether one of the blocks holds an address of a family.
func holds(bs []block, f Family, a ip) bool {
	for i := range bs {
		if bs[i].family == f && bs[i].has(a) {
			return true
		}
	}
	return false
}

// clip narrows to, a range that holds a, to addresses that lie in the same
// blocks as a does.
func clip(bs []block, f Family, a ip, to *span) {
	for i := range bs {
		if bs[i].family == f {
			to.cut(bs[i].span, a)
		}
	}
}

// cut narrows s, which holds a, to the part that lies on a's side of the
// borders of t.
func (s *span) cut(t span, a ip) {
	switch {
	case a.less(t.lo):
		if !s.hi.less(t.lo) {
			s.hi = t.lo.prev()
		}
	case t.hi.less(a):
		if !t.hi.less(s.lo) {
			lo, _ := t.hi.next(IPv6)
			s.lo = lo
		}
	default:
		if s.lo.less(t.lo) {
			s.lo = t.lo
		}
		if t.hi.less(s.hi) {
			s.hi = t.hi
		}
	}
}
