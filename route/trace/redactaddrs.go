package trace

import (
	"net/netip"
	"slices"
	"strings"
)

// renumbering maps addresses one to one: two addresses share as many leading
// bits after it as before.
type renumbering struct {
	seed         uint64
	pinned, kept []netip.Prefix
}

// ownSpaces are the spaces whose addresses stay among themselves (routing.md
// R7, R21, section 8; R29).
const ownSpaces = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 2000::/3 fc00::/7 64:ff9b::/96"

// keptSpaces are the spaces whose addresses stay what they are.
const keptSpaces = "0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 224.0.0.0/4 240.0.0.0/4 ::/8 fe80::/10 ff00::/8 fd00:ec2::/32"

func newRenumbering(seen, entries []string) *renumbering {
	m := &renumbering{seed: 14695981039346656037}
	slices.Sort(seen)
	for _, s := range slices.Compact(seen) {
		for i := range len(s) { // FNV-1a
			m.seed = (m.seed ^ uint64(s[i])) * 1099511628211
		}
	}
	for s := range strings.FieldsSeq(keptSpaces) {
		m.kept = append(m.kept, netip.MustParsePrefix(s))
	}
	for _, s := range entries {
		if p, err := netip.ParsePrefix(s); err == nil {
			m.kept = append(m.kept, p.Masked())
		}
	}
	m.pinned = slices.Clone(m.kept)
	for s := range strings.FieldsSeq(ownSpaces) {
		m.pinned = append(m.pinned, netip.MustParsePrefix(s))
	}
	return m
}

var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// addr maps an address: from the front, a bit is turned over or not as the bits
// before it say, unless a pinned prefix divides there, which is how that maps
// to itself. What NAT64 embeds is mapped as the address it is.
func (m *renumbering) addr(a netip.Addr) netip.Addr {
	a = a.Unmap()
	if nat64.Contains(a) {
		b := a.As16()
		v4 := m.addr(netip.AddrFrom4([4]byte(b[12:]))).As4()
		copy(b[12:], v4[:])
		return netip.AddrFrom16(b)
	}
	for _, p := range m.kept {
		if p.Contains(a) {
			return a
		}
	}
	in, out := a.AsSlice(), a.AsSlice()
	h := m.seed ^ uint64(a.BitLen())
	for i := range a.BitLen() {
		// h follows from the seed and the i bits before this one.
		h = (h ^ h>>31) * 0xbf58476d1ce4e5b9
		if !m.divides(a, i) {
			out[i/8] ^= byte(h>>63) << (7 - i%8)
		}
		h ^= uint64(in[i/8]>>(7-i%8)&1)*0x9e3779b97f4a7c15 + uint64(i)
	}
	b, _ := netip.AddrFromSlice(out)
	return b
}

// divides reports whether a pinned prefix longer than i shares a's first i bits.
func (m *renumbering) divides(a netip.Addr, i int) bool {
	for _, p := range m.pinned {
		if p.Bits() > i && p.Addr().BitLen() == a.BitLen() {
			if q, err := p.Addr().Prefix(i); err == nil && q.Contains(a) {
				return true
			}
		}
	}
	return false
}
