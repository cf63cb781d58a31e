package route

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/naming"
)

// A universe is U of routing.md section 8: the possible addresses of a public
// host, in one family.
type universe struct {
	ranges  []span // ascending, apart
	except  []span // left out of ranges, the same
	hull    span   // from the first to the last
	list    *list  // U is exactly this list's entries
	service string // the gateway service asked, where its list's entries are missing (P2)
	region  string // of the vantage
	all     bool   // U may hold addresses of this Region's gateway services
	slot    int    // of subnets' memos

	dns64    *universe // IPv6: what U is behind DNS64
	embedded *universe // of such a one: U in IPv4, after a NAT gateway
}

// behindDNS64 returns U in IPv6 for a subnet whose resolver makes AAAA of A
// (R29): a host without AAAA of its own, which its name does not tell, has
// 64:ff9b::/96 before each of its IPv4 addresses.
func behindDNS64(v6, v4 *universe) *universe {
	u := *v6
	embed := func(in []span) []span {
		var out []span
		for _, s := range in {
			out = append(out, span{inNAT64(s.lo), inNAT64(s.hi)})
		}
		return out
	}
	u.ranges = append(embed(v4.ranges), v6.ranges...) // 64:ff9b:: comes before 2000::
	u.except = append(embed(v4.except), v6.except...)
	u.hull.lo = u.ranges[0].lo
	u.list, u.embedded = nil, v4
	return &u
}

// next returns the first piece of U at or after an address.
func (u *universe) next(from ip, f Family) (span, bool) {
	for _, r := range u.ranges {
		if r.hi.less(from) {
			continue
		}
		lo := r.lo
		if lo.less(from) {
			lo = from
		}
		i, _ := slices.BinarySearchFunc(u.except, lo, func(e span, a ip) int {
			if e.hi.less(a) {
				return -1
			}
			return 1
		})
		for ; i < len(u.except) && u.except[i].has(lo); i++ {
			after, ok := u.except[i].hi.next(f)
			if !ok {
				return span{}, false
			}
			lo = after
		}
		if r.hi.less(lo) {
			continue
		}
		hi := r.hi
		if i < len(u.except) && !hi.less(u.except[i].lo) {
			hi = u.except[i].lo.prev()
		}
		return span{lo, hi}, true
	}
	return span{}, false
}

// overlaps reports whether U holds an address of a block.
func (u *universe) overlaps(b block) bool {
	piece, ok := u.next(b.lo, b.family)
	return ok && !b.hi.less(piece.lo)
}

// Public space (section 8): what is left of all addresses without RFC 1918,
// RFC 6598, loopback, link-local, multicast and reserved ones.
var (
	public4 = without(span{hi: last(IPv4)}, IPv4,
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4")
	public6 = []span{spanOf(netip.MustParsePrefix("2000::/3"))}

	rfc1918 = []span{
		spanOf(netip.MustParsePrefix("10.0.0.0/8")), spanOf(netip.MustParsePrefix("172.16.0.0/12")), spanOf(netip.MustParsePrefix("192.168.0.0/16")),
	}
	rfc6598 = spanOf(netip.MustParsePrefix("100.64.0.0/10"))
	nat64   = spanOf(netip.MustParsePrefix("64:ff9b::/96"))
)

func publicSpace(f Family) []span {
	if f == IPv4 {
		return public4
	}
	return public6
}

func isRFC1918(a ip) bool { return rfc1918[0].has(a) || rfc1918[1].has(a) || rfc1918[2].has(a) }
func isRFC6598(a ip) bool { return rfc6598.has(a) }
func isNAT64(a ip) bool   { return nat64.has(a) }

// inNAT64 is the address of DNS64 for an IPv4 address, and outOfNAT64 the way
// back.
func inNAT64(a ip) ip    { return ip{nat64.lo.hi, a.lo} }
func outOfNAT64(a ip) ip { return ip{lo: a.lo & (1<<32 - 1)} }

func touchesPublic(f Family, s span) bool {
	for _, p := range publicSpace(f) {
		if p.overlaps(s) {
			return true
		}
	}
	return false
}

// without cuts CIDRs, ascending, out of a span.
func without(s span, f Family, cidrs ...string) []span {
	var out []span
	for _, c := range cidrs {
		x := spanOf(netip.MustParsePrefix(c))
		if s.lo.less(x.lo) {
			out = append(out, span{s.lo, x.lo.prev()})
		}
		after, ok := x.hi.next(f)
		if !ok {
			return out
		}
		s.lo = after
	}
	return append(out, s)
}

// published is what is known of one Region's lists of gateway services.
type published struct {
	services map[string]*serviceList
	others   [2]*universe // by family: of every host that is none of theirs
}

type serviceList struct {
	spans    [2][]span // by family
	lists    [2]*list  // the list that they are of
	several  [2]bool   // they are of several lists
	known    [2]bool   // all entries of the family are in the input
	universe [2]*universe
}

// everything is all public space.
var everything = newUniverses(public4, public6, 0)

func newUniverses(v4, v6 []span, slot int) [2]*universe {
	u := [2]*universe{newUniverse(v4, slot), newUniverse(v6, slot+1)}
	u[1].dns64 = behindDNS64(u[1], u[0])
	return u
}

func newUniverse(ranges []span, slot int) *universe {
	return &universe{ranges: ranges, hull: span{ranges[0].lo, ranges[len(ranges)-1].hi}, all: true, slot: slot}
}

func index(f Family) int {
	if f == IPv4 {
		return 0
	}
	return 1
}

var families = [...]Family{IPv4, IPv6}

// publish gathers each Region's lists of gateway services.
func (b *builder) publish() {
	for _, l := range b.n.lists {
		if l.service == "" {
			continue
		}
		p := b.n.published[l.region]
		if p == nil {
			p = &published{services: map[string]*serviceList{}}
			b.n.published[l.region] = p
		}
		s := p.services[l.service]
		if s == nil {
			s = &serviceList{}
			p.services[l.service] = s
		}
		for _, e := range l.entries {
			i := index(e.family)
			s.spans[i] = append(s.spans[i], e.span)
			s.several[i] = s.several[i] || s.lists[i] != nil && s.lists[i] != l
			s.lists[i] = l
		}
	}
	for region, p := range b.n.published {
		for i, f := range families {
			var all []span
			for name, s := range p.services {
				s.spans[i] = merged(s.spans[i])
				all = append(all, s.spans[i]...)
				s.known[i] = len(s.spans[i]) > 0
				for _, l := range b.n.lists { // a list without entries may hold more
					if l.service == name && l.region == region && !l.known && (l.family == 0 || l.family == f) {
						s.known[i] = false
					}
				}
			}
			p.others[i] = newUniverse(publicSpace(f), 2+i)
			p.others[i].all, p.others[i].region, p.others[i].except = false, region, merged(all)
			for name, s := range p.services {
				s.universe[i] = p.universeOf(name, region, i)
			}
		}
		p.others[1].dns64 = behindDNS64(p.others[1], p.others[0])
		for _, s := range p.services {
			s.universe[1].dns64 = behindDNS64(s.universe[1], s.universe[0])
		}
	}
	for _, v := range b.n.vpcs {
		if v.region != "" {
			v.lists = b.n.published[v.region]
		}
	}
}

// universeOf returns U of a Regional name of a service, seen from its Region:
// its lists' entries; where they are missing, public space less the other
// services' (P2).
func (p *published) universeOf(name, region string, i int) *universe {
	s := p.services[name]
	slot := 4 + 2*slices.Index(gatewayServices[:], name) + i
	if s.known[i] {
		u := newUniverse(s.spans[i], slot)
		u.all, u.region = false, region
		if !s.several[i] {
			u.list = s.lists[i]
		}
		return u
	}
	var others []span
	for other, o := range p.services {
		if other != name {
			others = append(others, o.spans[i]...)
		}
	}
	u := newUniverse(publicSpace(families[i]), slot)
	u.all, u.region, u.service, u.except = false, region, name, merged(others)
	return u
}

// merged sorts spans and joins those that touch.
func merged(in []span) []span {
	slices.SortFunc(in, func(a, b span) int { return cmp.Or(a.lo.compare(b.lo), a.hi.compare(b.hi)) })
	var out []span
	for _, s := range in {
		if n := len(out); n > 0 {
			if after, ok := out[n-1].hi.next(IPv6); !ok || !after.less(s.lo) {
				if out[n-1].hi.less(s.hi) {
					out[n-1].hi = s.hi
				}
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// universe returns U of a host as seen from a vantage, by the table of
// routing.md section 8, and by DNS64 where the vantage's subnet has it (R29):
//
//  1. the Region of the vantage is not known: all public space;
//  2. a Regional name of a gateway service, of this Region: its list's entries;
//     where they are missing, public space less the other services' lists (P2);
//  3. the same of another Region, and every other AWS service: public space
//     less this Region's lists of gateway services;
//  4. a global or legacy name of a gateway service, a name whose service its
//     text does not tell, and a name that is no AWS service's: all public
//     space;
//  5. before all of them, a name of something that may stand in a VPC (see
//     [mayBePrivate]): private space too.
func (n *Network) universe(to *Destination, v vantage) *universe {
	i := index(to.family)
	var p *published
	if v.vpc != nil {
		p = v.lists
	}
	var u *universe
	switch {
	case to.kind == vpcHost:
		u = anywhere[i]
	case to.kind == anyHost || p == nil: // without a Region or without lists, all three are the same
		u = everything[i]
	case to.kind == gatewayHost && to.region == v.region && p.services[to.service] != nil:
		u = p.services[to.service].universe[i]
	default:
		u = p.others[i]
	}
	if v.dns64 && u.dns64 != nil {
		return u.dns64
	}
	return u
}

// hostKind says which row of section 8's table a host is in, but for Regions.
type hostKind uint8

const (
	anyHost     hostKind = iota // a service that the text does not tell, or none
	gatewayHost                 // a Regional name of S3, DynamoDB or S3 Express
	serviceHost                 // another AWS service
	vpcHost                     // something of a customer's that may stand in a VPC; not in the table
)

func kindOfHost(h naming.Host) (kind hostKind, service string) {
	service = h.GatewayService()
	switch {
	case mayBePrivate(h.String()):
		return vpcHost, ""
	case service != "" && h.Region() != "":
		return gatewayHost, service
	case service != "":
		return anyHost, ""
	}
	switch h.Kind() {
	case naming.KindS3, naming.KindFIPS, naming.KindDualStack, naming.KindLegacy, naming.KindGlobal, naming.KindDefault,
		naming.KindMWAA, naming.KindPrivateAPI:
		return serviceHost, ""
	}
	return anyHost, ""
}
