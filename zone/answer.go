package zone

import (
	"cmp"
	"iter"
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// SourceKind says what kind of thing answered. The zero SourceKind is
// NoSource.
type SourceKind uint8

// The kinds of source, by the words of the command's contract.
const (
	NoSource     SourceKind = iota // nothing answers: silence (Z4), or no question
	HiddenZone                     // the hidden private hosted zone of an endpoint
	CustomerZone                   // a private hosted zone of a customer
	VPCE                           // the public records of an endpoint's own names
	ForwardRule                    // a Resolver rule sent the question on
	Autodefined                    // the resolver's own internal and reverse zones
	PublicDNS                      // the public DNS
)

var sourceWords = [...]string{"none", "hidden-zone", "hosted-zone", "vpce", "rule", "autodefined", "public"}

// String returns "none", "hidden-zone", "hosted-zone", "vpce", "rule",
// "autodefined" or "public".
func (k SourceKind) String() string {
	if int(k) >= len(sourceWords) {
		return sourceWords[NoSource]
	}
	return sourceWords[k]
}

// Source is what answered.
type Source struct {
	Kind SourceKind
	ID   string // HostedZoneId or the rule's id; "" if there is none or it is pending
	Zone string // the zone's or the rule's name in lower case, "." for the root; "" for public and none
}

// origin is a Source with what its answers need besides.
type origin struct {
	Source
	soa     string // RDATA of the zone's SOA; "" without one
	soaTTL  uint32
	targets []netip.AddrPort // of a FORWARD rule
}

var (
	noOrigin     = &origin{}
	publicOrigin = &origin{Source: Source{Kind: PublicDNS}}
)

// rule is the number of a rule of dns.md.
type rule uint8

const (
	ruleNone rule = iota
	ruleZ4
	ruleZ5
	ruleZ6
	ruleZ7
	ruleZ8
	ruleZ9
	ruleZ12
	ruleZ23
	ruleZ24
	ruleZ25
	ruleZ27
	ruleZ29
	ruleZ31
	ruleZ32
	ruleZ33
	ruleZ34
	ruleZ36
	ruleZ38
)

var ruleWords = [...]string{"", "Z4", "Z5", "Z6", "Z7", "Z8", "Z9", "Z12", "Z23", "Z24", "Z25", "Z27", "Z29", "Z31", "Z32", "Z33", "Z34", "Z36", "Z38"}

// codes is a set of endpoint.Codes, so that an Answer needs no slice for them.
type codes uint16

// answerCodes are the codes an Answer can have, in the order of their texts;
// the bit of a code is its place here.
var answerCodes = [...]endpoint.Code{
	endpoint.ConflictingPrivateDNS, endpoint.DNSAttributesAssumed, endpoint.DNSAttributesOff, endpoint.EndpointNotAvailable,
	endpoint.InboundResolverOnly, endpoint.NotModelled, endpoint.UnknownResource,
}

const (
	codeConflict codes = 1 << iota
	codeAssumed
	codeOff
	codeNotAvailable
	codeInboundOnly
	codeNotModelled
	codeUnknownResource
)

// Answer is what a point of view answers to one question: records, or the
// reason why there are none, who answered, and how well that is founded. An
// Answer is a small immutable value, safe for concurrent use, and shares the
// memory of its [Zones].
//
// The zero Answer is invalid: nothing was asked, or what was asked is no DNS
// name. Its response code is not known, nothing answered, and its evidence is
// unknown.
type Answer struct {
	name     string // as asked; "." for the root
	origin   *origin
	negative *origin // whose SOA goes with a negative answer; nil if none does
	sets     []rrset // the answer section, all of it owned by name
	chain    *chain  // or the answer section where it has several owners or is made up
	typ      Type
	rcode    RCode
	known    bool // rcode is
	rule     rule
	evidence naming.Evidence
	codes    codes
}

// chain is an answer section written out.
type chain struct {
	records []Record
	end     string  // the name looked up last
	origin  *origin // what answered there
}

// NewAnswer makes an answer of a user's own, for [Config.Public],
// [Config.Forward] or another source of lookups: a response code, and the
// answer section in order, such as a CNAME and the addresses of its target.
// Its evidence is given.
func NewAnswer(r RCode, rs ...Record) Answer {
	a := Answer{name: ".", origin: noOrigin, rcode: r, known: true, evidence: naming.Given}
	if len(rs) > 0 {
		a.name, a.typ = rs[0].Name, rs[0].Type
		if a.name == "" {
			a.name = "."
		}
		last := rs[len(rs)-1]
		a.chain = &chain{records: slices.Clone(rs), end: last.Name, origin: noOrigin}
	}
	return a
}

// IsValid reports whether a answers a question. It is false for the zero
// Answer, which is also the answer to a text that is no DNS name.
func (a Answer) IsValid() bool { return a.name != "" }

// Name returns the name that was asked, in lower case and without final dot.
func (a Answer) Name() string {
	return canonicalText(a.name)
}

// Type returns the type that was asked; the zero Type for an answer of
// [NewAnswer] without records.
func (a Answer) Type() Type { return a.typ }

// RCode returns the response code. ok is false where there is none or the
// model does not know it: silence ([Answer.IsSilent]), a public name whose
// answer nobody supplied, a question sent on by a rule, an answer whose
// evidence is unknown or unspecified, and an invalid Answer. Records may stand
// in the answer nevertheless: the CNAMEs that lead to a name whose answer is
// not known. CNAMEs in a circle are the exception: the code is NoError, which
// says that nothing in the circle is denied, though the evidence is unspecified.
func (a Answer) RCode() (r RCode, ok bool) { return a.rcode, a.known }

// Source returns what answered the name that was asked, also where a CNAME
// leads on from there: for the end of the chain, see [Answer.Final].
func (a Answer) Source() Source {
	if a.origin == nil {
		return Source{}
	}
	return a.origin.Source
}

// Final returns the name at the end of the CNAMEs and what answered there: the
// name that was asked and Source if there are none.
func (a Answer) Final() (name string, s Source) {
	if a.chain == nil || a.chain.origin == nil {
		return a.Name(), a.Source()
	}
	return a.chain.end, a.chain.origin.Source
}

// Targets yields the DNS servers of the FORWARD rule that decided, in the
// order of the input (Z8); nothing for any other answer. It is the rule at the
// end of the CNAMEs.
func (a Answer) Targets() iter.Seq[netip.AddrPort] {
	o := a.origin
	if a.chain != nil && a.chain.origin != nil {
		o = a.chain.origin
	}
	return func(yield func(netip.AddrPort) bool) {
		if o == nil {
			return
		}
		for _, t := range o.targets {
			if !yield(t) {
				return
			}
		}
	}
}

// Rule returns the number of the rule that decided, "Z9"; "" for an Answer of
// [NewAnswer] and an invalid one. See [View.Lookup] for the rules.
func (a Answer) Rule() string { return ruleWords[a.rule] }

// Evidence says how well the answer is founded: the weakest of the facts and
// rules it rests on. TTLs, the order of records, SOA records and zone ids do
// not count.
func (a Answer) Evidence() naming.Evidence { return a.evidence }

// Codes returns what is to be said about the answer, in the order of the
// codes' texts; nil, without allocating, if nothing is.
func (a Answer) Codes() []endpoint.Code {
	if a.codes == 0 {
		return nil
	}
	var list []endpoint.Code
	for i, c := range answerCodes {
		if a.codes&(1<<i) != 0 {
			list = append(list, c)
		}
	}
	return list
}

// IsSilent reports whether no answer comes at all, because the VPC's
// enableDnsSupport is given as false (Z4).
func (a Answer) IsSilent() bool { return a.rule == ruleZ4 }

// IsNXDOMAIN reports whether the name is known not to exist. CNAMEs that lead
// to such a name may stand in the answer.
func (a Answer) IsNXDOMAIN() bool { return a.known && a.rcode == NXDomain }

// IsNODATA reports whether the name is known to exist and to have no record of
// the type. CNAMEs that lead to such a name may stand in the answer. It is false
// for CNAMEs in a circle.
func (a Answer) IsNODATA() bool {
	if !a.known || a.rcode != NoError {
		return false
	}
	if a.chain == nil || a.typ == ANY {
		return a.Len() == 0
	}
	return !slices.ContainsFunc(a.chain.records, func(r Record) bool {
		return r.Type == a.typ || r.Type == CNAME && cmp.Or(r.Name, ".") == a.chain.end // a circle
	})
}

// SOA returns the SOA record that goes into the authority section of an
// NXDOMAIN or NODATA answer (Z10). Its TTL is the time the answer may be kept:
// the lesser of the record's own TTL and its MINIMUM (RFC 2308). ok is false for
// every other answer, and for one from outside the zones.
func (a Answer) SOA() (r Record, ok bool) {
	if a.negative == nil || a.negative.soa == "" {
		return Record{}, false
	}
	return a.negative.negativeSOA(), true
}

func (o *origin) negativeSOA() Record {
	name := o.Zone
	if name == "." {
		name = ""
	}
	ttl := o.soaTTL
	if n := len(o.soa); n >= 4 {
		m := o.soa[n-4:]
		ttl = min(ttl, uint32(m[0])<<24|uint32(m[1])<<16|uint32(m[2])<<8|uint32(m[3]))
	}
	return Record{Name: name, Type: SOA, TTL: ttl, data: o.soa}
}

// Len returns the number of records in the answer section.
func (a Answer) Len() int {
	if a.chain != nil {
		return len(a.chain.records)
	}
	n := 0
	for i := range a.sets {
		n += a.sets[i].len()
	}
	return n
}

// At returns the i-th record of the answer section; it panics if there is
// none. It allocates only for the owner's name, and only if that was asked
// with upper case or escapes.
func (a Answer) At(i int) Record {
	if a.chain != nil {
		return a.chain.records[i]
	}
	for j := range a.sets {
		s := &a.sets[j]
		if n := s.len(); i >= n {
			i -= n
			continue
		}
		return Record{Name: a.Name(), Type: s.typ, TTL: s.ttl, data: s.item(i)}
	}
	panic("zone: record index out of range")
}

// Records yields the answer section in order: the CNAMEs of a chain, each
// before its target's records. Addresses stand in the order of their
// Availability Zones, then by address; that order is no promise of the DNS
// (Z17).
func (a Answer) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		if a.chain != nil {
			for _, r := range a.chain.records {
				if !yield(r) {
					return
				}
			}
			return
		}
		if len(a.sets) == 0 {
			return
		}
		name := a.Name()
		for i := range a.sets {
			s := &a.sets[i]
			for rest := s.data; rest != ""; {
				var wire string
				wire, rest = s.typ.cut(rest)
				if !yield(Record{Name: name, Type: s.typ, TTL: s.ttl, data: wire}) {
					return
				}
			}
		}
	}
}

// Addrs yields the addresses of the A and AAAA records of the answer section,
// in its order.
func (a Answer) Addrs() iter.Seq[netip.Addr] {
	return func(yield func(netip.Addr) bool) { a.eachAddr(yield) }
}

// AppendAddrs appends what [Answer.Addrs] yields to dst.
func (a Answer) AppendAddrs(dst []netip.Addr) []netip.Addr {
	a.eachAddr(func(addr netip.Addr) bool {
		dst = append(dst, addr)
		return true
	})
	return dst
}

// eachAddr is both; an Answer is too large to be copied into an iterator for a
// few addresses.
func (a *Answer) eachAddr(yield func(netip.Addr) bool) {
	if a.chain != nil {
		for i := range a.chain.records {
			if addr, ok := wireAddr(a.chain.records[i].Type, a.chain.records[i].data); ok && !yield(addr) {
				return
			}
		}
		return
	}
	for i := range a.sets {
		s := &a.sets[i]
		if s.typ.fixed() == 0 {
			continue
		}
		for rest := s.data; rest != ""; {
			var wire string
			wire, rest = s.typ.cut(rest)
			if addr, ok := wireAddr(s.typ, wire); ok && !yield(addr) {
				return
			}
		}
	}
}
