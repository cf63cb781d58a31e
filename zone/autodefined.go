package zone

import (
	"bytes"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// autodefined are the zones that the resolver of a VPC has by itself (Z5): the
// names of EC2 instances in the Region of the VPC, and the reverse names of
// private addresses and of the VPC's own. They are there while
// enableDnsHostnames is true. Reverse names of IPv6 addresses are not modelled.
type autodefined struct {
	domains []*origin // of forward names
	ends    []end     // of all of them
	cidrs   []netip.Prefix
	names   map[netip.Addr]string // of the network interfaces in the input
	addrs   map[string]netip.Addr // the same the other way round
}

// ownName is what [autodefined.find] finds: the zone, and what it knows of the
// name.
type ownName struct {
	labels int        // of the zone
	origin *origin    // of a forward name
	octets [4]byte    // of a reverse name, as in its address: the first labels-2 are the zone's
	addr   netip.Addr // of a reverse name of four octets, and of an interface's forward name
	ptr    string     // of an interface's reverse name
}

// reverseOrigin makes the origin of a reverse name, of which there are too many
// to have them ready.
func (o *ownName) reverseOrigin() *origin {
	zone := inAddr
	for _, v := range o.octets[:o.labels-2] {
		zone = strconv.Itoa(int(v)) + "." + zone
	}
	return &origin{Source: Source{Kind: Autodefined, Zone: zone}, soa: zoneSOA, soaTTL: soaSet.ttl}
}

func newAutodefined(v *vpc) *autodefined {
	d := &autodefined{ends: []end{endOf(inAddr)}}
	for _, r := range v.regions {
		for _, name := range ec2Domains(r) {
			o := &origin{Source: Source{Kind: Autodefined, Zone: name}, soa: zoneSOA, soaTTL: soaSet.ttl}
			d.domains = append(d.domains, o)
			d.ends = append(d.ends, endOf(name))
		}
	}
	for _, c := range v.cidrs {
		if c.Addr().Is4() {
			d.cidrs = append(d.cidrs, c)
		}
	}
	for _, n := range v.interfaces {
		region, ok := naming.ZoneRegion(n.az)
		if !ok {
			region = v.region()
		}
		if region == "" {
			continue
		}
		for _, a := range n.addrs {
			if !a.Is4() {
				continue
			}
			if d.names == nil {
				d.names, d.addrs = map[netip.Addr]string{}, map[string]netip.Addr{}
			}
			name := "ip-" + strings.ReplaceAll(a.String(), ".", "-") + "." + ec2Domains(region)[0]
			d.names[a], d.addrs[name] = name, a
		}
	}
	return d
}

// ec2Domains returns the domains of the names of EC2 instances, that of their
// private names first. us-east-1 has names of its own.
func ec2Domains(region string) []string {
	suffix := "amazonaws.com"
	if p, ok := naming.PartitionOf(region); ok {
		suffix = p.DNSSuffix
	}
	if region == "us-east-1" {
		return []string{"ec2.internal", "compute-1.internal", "compute-1." + suffix}
	}
	return []string{region + ".compute.internal", region + ".compute." + suffix}
}

const inAddr = "in-addr.arpa"

// isApart reports whether no VPC's resolver has a zone of its own for a
// canonical name: it holds nothing that all of ec2Domains or inAddr hold.
func isApart(name string) bool {
	return !strings.Contains(name, "compute") && !strings.HasSuffix(name, "internal") && !strings.HasSuffix(name, "arpa")
}

// may reports false for most names that none of the zones has, by eight octets
// of their ends. All domains are longer than that.
func (d *autodefined) may(k *key) bool {
	for _, e := range d.ends {
		if n := len(k.text) - e.size; n >= 0 && word(k.text[n:])|cases == e.first {
			return true
		}
	}
	return false
}

// end is the length of a domain and its first eight octets, without what tells
// the cases of letters.
type end struct {
	size  int
	first uint64
}

func endOf(domain string) end { return end{len(domain), word(domain) | cases} }

// find returns the zone that has a name; ok is false if none has. It does not
// allocate: a private zone may still win the name.
func (d *autodefined) find(k *key) (own ownName, ok bool) {
	var room [maxName]byte
	key := k.appendLower(room[:0])
	if rest, ok := bytes.CutSuffix(key, []byte(inAddr)); ok {
		return d.reverse(rest)
	}
	for _, o := range d.domains {
		if n := len(key) - len(o.Zone); n >= 0 && string(key[n:]) == o.Zone && (n == 0 || key[n-1] == '.') {
			return ownName{labels: labels(o.Zone), origin: o, addr: d.addrs[string(key)]}, true
		}
	}
	return ownName{}, false
}

// reverse reads a reverse name without "in-addr.arpa": octets in reverse, each
// with a dot behind, and perhaps further labels in front.
func (d *autodefined) reverse(rest []byte) (own ownName, ok bool) {
	var octets [4]byte
	n := 0
	for n < 4 && len(rest) > 0 && rest[len(rest)-1] == '.' {
		rest = rest[:len(rest)-1]
		i := bytes.LastIndexByte(rest, '.') + 1
		v, ok := octet(rest[i:])
		if !ok {
			break
		}
		octets[n] = v
		n++
		rest = rest[:i]
	}
	size := d.size(octets, n)
	if size == 0 {
		return ownName{}, false
	}
	own.labels, own.octets = size+2, octets
	if n == 4 && len(rest) == 0 {
		own.addr = netip.AddrFrom4(octets)
		own.ptr = d.names[own.addr]
	}
	return own, true
}

// octet reads a number below 256 without leading zeros.
func octet(s []byte) (v byte, ok bool) {
	if len(s) == 0 || len(s) > 3 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return byte(n), n < 256
}

// resolverAddr is the resolver's own link-local address. The zone for the
// other one, of instance metadata, is documented; this one's is not.
var resolverAddr = netip.AddrFrom4([4]byte{169, 254, 169, 253})

// size returns how many of the n octets of an address the zone has that it
// belongs to: 0 if to none (RFC 6303, and the VPC's own CIDRs).
func (d *autodefined) size(o [4]byte, n int) int {
	switch {
	case n >= 1 && (o[0] == 10 || o[0] == 127):
		return 1
	case n >= 2 && (o[0] == 172 && o[1]&0xf0 == 16 || o[0] == 192 && o[1] == 168):
		return 2
	case n >= 4 && (o == [4]byte{169, 254, 169, 254} || o == resolverAddr.As4()):
		return 4
	}
	for _, c := range d.cidrs {
		size := (c.Bits() + 7) / 8
		if n >= size && size > 0 && c.Contains(netip.AddrFrom4(o)) {
			return size
		}
	}
	return 0
}

// answer answers from one of the zones (step 10 of [View.Lookup]).
func (d *autodefined) answer(a *Answer, own ownName, mode zoneMode) {
	forward := own.origin != nil
	if !forward {
		own.origin = own.reverseOrigin()
	}
	a.origin, a.rule = own.origin, ruleZ5
	s := rrset{ttl: 60, evidence: naming.Documented}
	switch {
	case mode == zonesMaybe:
		a.rule, a.evidence = ruleZ12, naming.Unknown
		return
	case own.addr == resolverAddr:
		a.evidence = a.evidence.Weakest(naming.Unspecified)
		return
	case own.ptr != "":
		s.typ = PTR
		s.data = string(PTR.appendItem(nil, mustRData(PTR, own.ptr)))
	case own.addr.IsValid() && forward:
		s.typ = A
		s.data = string(own.addr.AsSlice())
	default:
		a.evidence = naming.Unknown
		return
	}
	a.known, a.rcode = true, NoError
	a.evidence = a.evidence.Weakest(naming.Documented)
	if a.typ == s.typ || a.typ == ANY {
		a.sets = slices.Clone([]rrset{s})
	} else {
		a.negative = a.origin
	}
}
