package naming

import (
	"math/bits"
	"strings"
)

// Classify tells what host names from its text alone. It is total: a text that
// [ParseHost] rejects gives a Host that is not valid. It does not allocate
// unless host holds upper case.
//
// A host name, in the sense of [CanonicalHost], is of the first kind that fits:
//
//  1. under a vpce suffix, KindRegional, KindZonal or KindBase; a name there
//     that is none of them is not valid, for the reasons of [Parse];
//  2. KindResource: vpc-lattice-rsc and a Region under on.aws, below an
//     endpoint id or a service network resource association, and a resource
//     configuration;
//  3. KindPrivateAPI: an API id, a hyphen and an endpoint id, execute-api, a
//     Region, a partition's DNS suffix;
//  4. KindMWAA: a UUID with or without "-vpce", a cell, a Region, airflow, a
//     partition's DNS suffix;
//  5. KindS3: the label next to the Region (or, in a name without Region, to
//     the partition's DNS or dual-stack suffix, "dualstack" in between or not)
//     is s3, begins with "s3-" or begins with "s3express-";
//  6. a label elsewhere that begins with "vpce-" and eight hex digits makes the
//     name not valid ([ErrNoVPCESuffix]; [ErrResource] for what could have been
//     a resource name);
//  7. a Region of another partition than the domain's, a Region between other
//     labels, no service label, or one of the domains of NAM-29 without Region:
//     KindOther. Many customers' resources have their Region between other
//     labels: most load balancers, databases, instances;
//  8. KindFIPS: a service label is "fips", begins with "fips-" or ends in
//     "-fips";
//  9. KindDualStack: under a partition's dual-stack suffix;
//  10. KindLegacy: the Region is the first label, or the service is queue and
//     there is no Region;
//  11. KindGlobal: no Region;
//  12. KindDefault: a Region next to one of the domains;
//  13. KindOther: under no domain of AWS services.
//
// An asterisk or an account id as the first of several labels, not behind a
// Region, is the Prefix.
//
// Kinds 8 to 12 say that a name has the form of a service's, and no more: many
// customers' resources have it too, and the text alone does not tell. A Network
// Load Balancer (my-nlb-0123456789abcdef.elb.us-east-1.amazonaws.com) and a file
// system (fs-0123.efs.us-east-1.amazonaws.com) are KindDefault, a cache
// (x.cache.amazonaws.com) and an instance in us-east-1
// (ec2-54-1-2-3.compute-1.amazonaws.com) KindGlobal. Anyone may own such a name:
// do not trust a host for its kind, and ask Catalog.Host of package
// endpoint/catalog whether it names a service that is known.
func Classify(host string) Host {
	switch n := len(host); {
	case n < 8: // shorter than any name under a domain or with an endpoint id
		if ok, _ := plainSlow(host); ok {
			return Host{s: host, facts: facts(KindOther)}
		}
	case n <= maxLabel && !endings[ending(load(host, n-8))]:
		// As words does, but in line: most names are foreign, and the call would
		// be a twentieth of their time.
		w := load(host, 0)
		good, _ := part(w, 0)
		even := w + fromDot
		for i := 7; i < n-8; i += 7 {
			w := load(host, i)
			g, _ := part(w, 0x80)
			good &= g
			even &= w + fromDot
		}
		g, seps := part(load(host, n-8), 0x80)
		good &= g &^ (seps >> 56)
		// The hyphen of an endpoint's label is not among the last eight bytes.
		if good&even&highs == highs || good&highs == highs && endpointLike(host) == "" {
			return Host{s: host, facts: facts(KindOther)}
		}
	}
	return classify(host)
}

// classify is Classify for the names that are not so easily told.
func classify(host string) Host {
	if s, dotted := strings.CutSuffix(host, "."); dotted && !strings.HasSuffix(s, ".") {
		if h := Classify(s); h.IsValid() {
			return h
		}
		return Host{s: host}
	}
	if n, ok := parseUsual(host); ok {
		return n.host()
	}
	if d, _ := findDomain(host); d == nil && canonical(host) && endpointLike(host) == "" {
		return Host{s: host, facts: facts(KindOther)}
	}
	h, f := examine(host)
	if f.why != nil {
		return Host{s: host}
	}
	return h
}

// ParseHost is [Classify] for callers who want a host that is not valid as an
// error: a [ParseError] with the reasons of [CanonicalHost] and [Parse], and
// [ErrResource].
func ParseHost(host string) (Host, error) {
	h, f := examine(host)
	if f.why != nil {
		return Host{}, f.in(host)
	}
	return h, nil
}

// host returns the Host that an endpoint's name is.
func (n Name) host() Host {
	k := KindRegional
	if n.IsZonal() {
		k = KindZonal
	}
	reg, dom := n.at(atRegion), n.at(atDomain)
	b := n.with(atPrefixEnd, max(n.at(atEP), 1)-1).with(atServiceEnd, reg-1)
	return Host{n.s, b, facts(k)}.withRegion(reg, dom-1)
}

// with returns h with another place.
func (h Host) with(place uint, i int) Host {
	h.bounds = h.bounds.with(place, i)
	return h
}

func (h Host) withRegion(lo, hi int) Host {
	h = h.with(atRegion, lo).with(atRegionEnd, hi)
	r, p := findRegion(h.s[lo:hi])
	h.facts = facts(h.kind()) + facts(p+1)*partitionFact
	if r >= 0 {
		h.facts += listedFact
	}
	return h
}

// is returns h as of that kind, with a service that starts at svc and
// everything before it as its prefix.
func (h Host) is(k Kind, svc int) Host {
	return h.ofKind(k).with(atService, svc).with(atPrefixEnd, max(svc, 1)-1)
}

func (h Host) ofKind(k Kind) Host {
	h.facts += facts(k) - facts(h.kind())
	return h
}

// examine decides as Classify documents, on any text.
func examine(host string) (Host, fault) {
	s, f := fold(host)
	if f.why != nil {
		return Host{}, f
	}
	if d, _ := findVPCESuffix(s); d != nil {
		v, f := parseVPCE(s)
		switch {
		case f.why != nil:
			return Host{}, f
		case !v.base:
			return v.host(), fault{}
		}
		h := v.host().is(KindBase, v.at(atService))
		return h, fault{}
	}
	d, at := findDomain(s)
	if d == nil {
		return other(s)
	}
	c := candidate{s: s, d: d, end: at - 1}
	c.region = lastLabel(s[:c.end])
	if _, p := findRegion(s[c.region:c.end]); p >= 0 && d.partitions>>p&1 != 0 {
		return c.regional()
	}
	return c.regionless()
}

// other is the end of every path on which no AWS service was recognised.
func other(s string) (Host, fault) {
	if l := endpointLike(s); l != "" {
		return Host{}, fault{ErrNoVPCESuffix, l}
	}
	return Host{s: s, facts: facts(KindOther)}, fault{}
}

// A candidate is a name under a domain of AWS services.
type candidate struct {
	s      string
	d      *domain
	end    int // where the dot before the domain stands
	region int // where the label before that begins
}

// regional decides about names with a Region next to the domain.
func (c candidate) regional() (Host, fault) {
	if c.region == 0 {
		return other(c.s)
	}
	end := c.region - 1
	head := c.s[:end]
	h := Host{s: c.s}.with(atServiceEnd, end).with(atDomain, c.end+1).withRegion(c.region, c.end)
	last := lastLabel(head)

	if c.d.text == "on.aws" && head[last:] == "vpc-lattice-rsc" {
		if idEnd, ok := resource(head[:max(last, 1)-1]); ok {
			return h.is(KindResource, last).with(atPrefixEnd, 0).with(atID, idEnd), fault{}
		}
		if l := endpointLike(head); l != "" {
			return Host{}, fault{ErrResource, l}
		}
	}
	if api, ok := strings.CutSuffix(head, ".execute-api"); ok && c.d.kind == dnsDomain && isAPILabel(api) {
		h = h.is(KindPrivateAPI, last).with(atPrefixEnd, 0)
		return h.with(atEP, apiIDLen+len("-")).with(atID, len(api)), fault{}
	}
	if lo, ok := c.s3(head); ok {
		return h.is(KindS3, lo), fault{}
	}
	return c.service(h, 0, KindDefault)
}

// regionless decides about names with no Region next to the domain.
func (c candidate) regionless() (Host, fault) {
	head := c.s[:c.end]
	h := Host{s: c.s, facts: facts(bits.TrailingZeros16(c.d.partitions)+1) * partitionFact}.
		with(atDomain, c.end+1).with(atServiceEnd, c.end)
	if lo, hi, ok := c.mwaa(head); ok {
		return h.is(KindMWAA, hi+1).with(atPrefixEnd, 0).withRegion(lo, hi), fault{}
	}
	if lo, ok := c.s3(head); ok {
		h = h.is(KindS3, lo)
		// The oldest names join service and Region: s3-us-west-2, s3-website-us-east-1.
		_, hi := label(head, lo)
		for i := lo + len("s3"); i < hi; i++ {
			if _, p := findRegion(head[i+1 : hi]); head[i] == '-' && p >= 0 && c.d.partitions>>p&1 != 0 {
				return h.with(atServiceEnd, i).withRegion(i+1, hi), fault{}
			}
		}
		return h, fault{}
	}
	if c.d.kind == familyDomain {
		return other(c.s)
	}
	svc, kind := 0, KindGlobal
	for lo := 0; lo < len(head); {
		_, hi := label(head, lo)
		if _, p := findRegion(head[lo:hi]); p >= 0 {
			if lo > 0 || hi == len(head) || c.d.partitions>>p&1 == 0 {
				return other(c.s)
			}
			h = h.withRegion(0, hi)
			svc, kind = hi+1, KindLegacy
		}
		lo = hi + 1
	}
	if head == "queue" {
		kind = KindLegacy
	}
	return c.service(h, svc, kind)
}

// service decides about the names of services in general, whose labels start
// at svc and end as h says; kind is what the name is if it is neither FIPS nor
// dual-stack.
func (c candidate) service(h Host, svc int, kind Kind) (Host, fault) {
	if l := endpointLike(c.s); l != "" {
		return Host{}, fault{ErrNoVPCESuffix, l}
	}
	labels := c.s[svc:h.at(atServiceEnd)]
	if first, _, more := strings.Cut(labels, "."); svc == 0 && (first == "*" || more && isAccount(first)) {
		if !more {
			return other(c.s)
		}
		h = h.with(atPrefixEnd, len(first))
		svc = len(first) + 1
	}
	h = h.with(atService, svc)
	switch {
	case isFIPS(h.Service()):
		kind = KindFIPS
	case c.d.kind == dualStackDomain:
		kind = KindDualStack
	}
	return h.ofKind(kind), fault{}
}

// s3 returns where the labels of S3 begin in what stands before the Region or
// the domain.
func (c candidate) s3(head string) (int, bool) {
	if c.d.kind == familyDomain {
		return 0, false
	}
	head = strings.TrimSuffix(head, ".dualstack")
	lo := lastLabel(head)
	l := head[lo:]
	if l == "s3-global" {
		if p, ok := strings.CutSuffix(head[:lo], "accesspoint."); ok && (p == "" || p[len(p)-1] == '.') {
			lo = len(p)
		}
	}
	return lo, l == "s3" || strings.HasPrefix(l, "s3-") || strings.HasPrefix(l, "s3express-")
}

// mwaa matches the name of a managed Airflow web server, up to the domain, and
// returns the bounds of its Region.
func (c candidate) mwaa(head string) (lo, hi int, ok bool) {
	rest, ok := strings.CutSuffix(head, ".airflow")
	if !ok || c.d.kind != dnsDomain {
		return 0, 0, false
	}
	lo, hi = lastLabel(rest), len(rest)
	_, p := findRegion(rest[lo:])
	if lo == 0 || p < 0 || c.d.partitions>>p&1 == 0 {
		return 0, 0, false
	}
	id, cell, _ := strings.Cut(rest[:lo-1], ".")
	number, ok := strings.CutPrefix(cell, "c")
	return lo, hi, ok && allDigits(number) && isUUID(strings.TrimSuffix(id, "-vpce"))
}

// resource matches what stands before vpc-lattice-rsc in a resource name, and
// returns the end of its endpoint id, 0 if it has none (NAM-09).
func resource(s string) (idEnd int, ok bool) {
	target, rest, _ := strings.Cut(s, ".")
	config, tag, _ := strings.Cut(rest, ".")
	if !isPrefixedHex17(config, "rcfg-") || len(tag) != 7 || !allAlnum(tag) {
		return 0, false
	}
	if isPrefixedHex17(target, "snra-") {
		return 0, true
	}
	for _, n := range [...]int{longID, shortID} {
		if len(target) >= n && isEndpointID(target[:n]) {
			snra, more := strings.CutPrefix(target[n:], "-")
			if target[n:] == "" || more && isPrefixedHex17(snra, "snra-") {
				return n, true
			}
		}
	}
	return 0, false
}

func isPrefixedHex17(s, prefix string) bool {
	hex, ok := strings.CutPrefix(s, prefix)
	return ok && len(hex) == 17 && allHex(hex)
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !isHexByte(s[i]) {
				return false
			}
		}
	}
	return true
}

// isAccount matches the id of an AWS account.
func isAccount(s string) bool { return len(s) == 12 && allDigits(s) }

// isFIPS reports whether a label is marked as FIPS (NAM-28).
func isFIPS(service string) bool {
	for {
		l, rest, more := strings.Cut(service, ".")
		if l == "fips" || strings.HasPrefix(l, "fips-") || strings.HasSuffix(l, "-fips") {
			return true
		}
		if !more {
			return false
		}
		service = rest
	}
}

// lastLabel returns where the last label of s begins.
func lastLabel(s string) int { return strings.LastIndexByte(s, '.') + 1 }
