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
	public [len(families)]route.Destination
	name   string     // canonical
	ready  *zone.Name // of name; nil in a host that is not kept
	number int        // of its slot
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
	seed  maphash.Seed
	slots [hostSlots]atomic.Pointer[host]
}

const (
	hostSlots = 1 << 11
	hostTries = 4 // slots that may hold a host
)

// get returns the kept host of a text; nil if none is kept. No address is.
func (hs *hosts) get(text string) *host {
	first := maphash.String(hs.seed, text)
	for i := range uint64(hostTries) {
		h := hs.slots[(first+i)%hostSlots].Load()
		if h == nil || h.text == text {
			return h
		}
	}
	return nil
}

// keep is get for a text that is no address, which it keeps; nil if it is no
// host's name, or there is no room for it.
func (hs *hosts) keep(text string) *host {
	first := maphash.String(hs.seed, text)
	for i := range uint64(hostTries) {
		slot := &hs.slots[(first+i)%hostSlots]
		h := slot.Load()
		if h == nil {
			if h = hostToKeep(text, int((first+i)%hostSlots)); h == nil || slot.CompareAndSwap(nil, h) {
				return h
			}
			h = slot.Load()
		}
		if h.text == text {
			return h
		}
	}
	return nil
}

func hostToKeep(text string, number int) *host {
	h, err := readHost(strings.Clone(text))
	if err != nil {
		return nil
	}
	if h.ready, err = zone.ParseName(h.name); err != nil {
		return nil
	}
	h.number = number
	return &h
}

// settled are the kept hosts of which one question in a VPC tells the answer to
// all others, a bit for each. What answers, every subnet of the VPC sees alike,
// up to DNS64, which has nothing to work on where there is an address, or none
// is known. The ways to endpoints are alike from subnets that stay in the VPC
// ([route.Start.StaysInVPC]), and only they set or read the bits of endpoint.
type settled struct {
	public   hostSet // nothing but public DNS is known to answer, and no address
	endpoint hostSet // its addresses are of the VPC's CIDRs and of endpoints in it that serve
}

// A hostSet is a set of kept hosts, for each family.
type hostSet [len(families)][hostSlots / 32]atomic.Uint32

func (hs *hostSet) has(family int, h *host) bool {
	return hs[family][h.number/32].Load()>>(h.number%32)&1 != 0
}

func (hs *hostSet) add(family int, h *host) {
	hs[family][h.number/32].Or(1 << (h.number % 32))
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
