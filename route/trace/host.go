package trace

import (
	"hash/maphash"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// host is what a host name is, wherever it is asked for from.
type host struct {
	text   string // as it was asked
	name   string // canonical
	public [len(families)]route.Destination

	// Of a host that is kept:
	ready *zone.Name                     // name
	only  [len(families)][]atomic.Uint32 // a bit for each VPC: known to have the outcome public there
}

// readHost reads the name of a host that can be dialled: naming's strict check,
// and no asterisk.
func readHost(text string) (h host, err error) {
	h.text = text
	if h.name, err = canonicalHost(text); err == nil {
		for i, f := range families {
			h.public[i] = route.PublicAddr(h.name, f.family)
		}
	}
	return h, err
}

// hosts keeps the hosts that a World was asked for, so that each is read once:
// the same few hundred are asked for from thousands of subnets. It keeps the
// first that come and forgets none, which bounds it and needs no lock.
type hosts struct {
	vpcs  int // of the World
	seed  maphash.Seed
	slots [hostSlots]atomic.Pointer[host]
}

const (
	hostSlots = 1 << 11
	hostTries = 4 // slots that may hold a host
)

// of returns the kept host of a text; nil if it is no host's name, or there is
// no room for it.
func (hs *hosts) of(text string) *host {
	i := maphash.String(hs.seed, text)
	for range hostTries {
		slot := &hs.slots[i%hostSlots]
		h := slot.Load()
		if h == nil {
			if h = hs.read(text); h == nil || slot.CompareAndSwap(nil, h) {
				return h
			}
			h = slot.Load()
		}
		if h.text == text {
			return h
		}
		i++
	}
	return nil
}

// read returns a host to keep; nil if text is no host's name.
func (hs *hosts) read(text string) *host {
	h, err := readHost(strings.Clone(text))
	if err != nil {
		return nil
	}
	if h.ready, err = zone.ParseName(h.name); err != nil {
		return nil
	}
	for i := range h.only {
		h.only[i] = make([]atomic.Uint32, hs.vpcs/32+1)
	}
	return &h
}

// isPublic reports whether nothing but public DNS is known to answer the host in
// a VPC, and no address of it: every subnet there sees that alike, up to DNS64,
// which has nothing to work on where no address is known.
func (h *host) isPublic(family, vpc int) bool {
	return h.ready != nil && h.only[family][vpc/32].Load()>>(vpc%32)&1 != 0
}

func (h *host) setPublic(family, vpc int) {
	if h.ready != nil {
		h.only[family][vpc/32].Or(1 << (vpc % 32))
	}
}

// canonicalHost returns the canonical form of a host name that can be dialled:
// naming's strict check, and no asterisk.
func canonicalHost(s string) (string, error) {
	if strings.HasPrefix(s, "*") {
		return "", naming.ErrAsterisk
	}
	return naming.CanonicalHost(s)
}

// parseAddr reads an IP address without a zone. It looks before it parses: the
// error of netip.ParseAddr is an allocation that most hosts would pay for.
func parseAddr(s string) (netip.Addr, bool) {
	if s == "" {
		return netip.Addr{}, false
	}
	switch last := s[len(s)-1]; {
	case '0' <= last && last <= '9', last == ':':
	case 'a' <= last|0x20 && last|0x20 <= 'f' && strings.IndexByte(s, ':') >= 0:
	default:
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(s)
	return a.Unmap(), err == nil && a.Zone() == ""
}

func parsePort(s string) (uint16, bool) {
	n, err := strconv.ParseUint(s, 10, 16)
	return uint16(n), err == nil && n > 0 && s[0] != '+'
}
