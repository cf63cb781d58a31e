package naming

import (
	"math/bits"
	"strings"
)

// Parse reads the DNS name of an interface endpoint. The whole of s must be
// the name; upper case and one final dot are accepted (NAM-13). Parse does not
// allocate if s is in lower case; its one allocation otherwise is the
// canonical text. The parts are read from right to left (NAM-03), and the
// first that breaks a rule is the Label of the [ParseError]:
//
//  1. s is a host name: the reasons of [CanonicalHost], NAM-12 to NAM-16;
//  2. it ends in a vpce suffix ([ErrNoVPCESuffix], NAM-25);
//  3. before that stands a Region ([ErrRegion], NAM-18), of a partition that
//     has this suffix ([ErrPartition]);
//  4. an endpoint service's id stands alone directly before the Region
//     ([ErrServiceID]);
//  5. the endpoint label is the rightmost other label that holds "vpce-"
//     ([ErrNoEndpoint], NAM-06; NAM-08), and it is the endpoint id
//     ([ErrEndpointID], or [ErrStrayVPCE] and [ErrPrivateAPI] if it does not
//     begin with "vpce-", NAM-10), the eight-character suffix ([ErrSuffix],
//     NAM-11), and in a zonal name a zone of that Region ([ErrZone],
//     [ErrZoneID], NAM-20 to NAM-23);
//  6. at least one service label stands between the two ([ErrNoService]);
//  7. a prefix is an asterisk, or for s3 one of bucket, accesspoint and
//     control next to the endpoint label, with or without further labels
//     before it ([ErrPrefix], NAM-04, NAM-05).
//
// AWS's guide prints the template of the Regional name with a hyphen before
// the service; its own example, and every name ever seen, has a dot there, so
// the hyphen form is rejected (NAM-11).
func Parse(s string) (Name, error) {
	if n, ok := parseUsual(s); ok {
		return n, nil
	}
	text, f := fold(s)
	if f.why == nil {
		var n Name
		if n, f = parseName(text); f.why == nil {
			return n, nil
		}
	}
	return Name{}, f.in(s)
}

// MustParse is [Parse] for names known to be right, in tests and tables. It
// panics if s is not a name.
func MustParse(s string) Name {
	n, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

// minName is the length of the shortest name that is not too short: a short
// id, a service and a Region of the fewest characters.
const minName = len("vpce-00000000-00000000.a.us-a-1.vpce.api.aws")

// IsEndpointName reports whether host is the name of an interface endpoint:
// whether [Parse] accepts it. It does not allocate unless host holds upper
// case.
func IsEndpointName(host string) bool {
	if len(host) < minName {
		return false
	}
	if _, ok := parseUsual(host); ok {
		return true
	}
	if s := strings.TrimSuffix(host, "."); canonical(s) {
		_, f := parseName(s)
		return f.why == nil
	}
	text, f := fold(host)
	if f.why != nil {
		return false
	}
	_, f = parseName(text)
	return f.why == nil
}

// parseUsual reads the usual names fast: in lower case, with a long id, no
// prefix, under a partition's own vpce suffix. ok is false for all others,
// valid or not; parseName decides about those.
func parseUsual(s string) (n Name, ok bool) {
	const (
		tag  = longID + len("-")
		tail = tag + suffixLen // a hyphen and the zone, or a dot and the service
		min  = tail + len(".a.us-a-1.vpce.c2s.ic.gov")
	)
	size := len(s)
	if size > 0 && s[size-1] == '.' {
		size--
		s = s[:size]
	}
	if size < min || size > maxName || s[:len("vpce-")] != "vpce-" {
		return Name{}, false
	}
	if !isHex8(s, 5) || !isHex8(s, 13) || !isHexByte(s[21]) || s[22] != '-' || !isAlnum8(s, tag) {
		return Name{}, false
	}
	d, dom := findVPCESuffix(s)
	if d == nil || dom < tail+len(".a.us-a-1.") {
		return Name{}, false
	}
	reg := strings.LastIndexByte(s[tail:dom-1], '.') + tail + 1
	if reg <= tail+1 {
		return Name{}, false
	}
	region := s[reg : dom-1]
	i := regionIndex(region)
	if i < 0 || d.vpcePartitions>>regionPartition[i]&1 == 0 {
		return Name{}, false
	}
	svc := tail + 1
	if s[tail] != '.' {
		svc += len(region) + len("a.")
		if svc >= reg || s[tail] != '-' || s[tail+1:svc-2] != region || !isLetter(s[svc-2]) || s[svc-1] != '.' {
			return Name{}, false
		}
	}
	if !isService(s[svc : reg-1]) {
		return Name{}, false
	}
	return Name{s, bounds(longID)<<atID | bounds(svc)<<atService | bounds(reg)<<atRegion | bounds(dom)<<atDomain}, true
}

// isService reports whether s is one short or owner service, canonical and
// without "vpce-" elsewhere.
func isService(s string) bool {
	if len(s) > len("vpce-svc-") && s[:len("vpce-")] == "vpce-" {
		return isServiceID(s)
	}
	ok, hyphen := plain(s)
	return ok && (!hyphen || !strings.Contains(s, "vpce-"))
}

// isServiceID matches the id of an endpoint service.
func isServiceID(s string) bool {
	const at = len("vpce-svc-")
	return len(s) == at+17 && s[:at] == "vpce-svc-" && isHex8(s, at) && isHex8(s, at+8) && isHexByte(s[at+16])
}

// parseName reads the canonical text of an endpoint's name: steps 2 to 7 of
// Parse.
func parseName(s string) (Name, fault) {
	v, f := parseVPCE(s)
	if f.why == nil && v.base {
		f = fault{ErrNoEndpoint, v.Service()}
	}
	if f.why != nil {
		return Name{}, f
	}
	return v.Name, fault{}
}

// A vpceName is a name under a vpce suffix: an endpoint's name, or the base
// name of a service.
type vpceName struct {
	Name
	base bool // the Name has a service, a Region and a domain only
}

func parseVPCE(s string) (vpceName, fault) {
	none := vpceName{}
	d, dom := findVPCESuffix(s)
	if d == nil {
		return none, fault{why: ErrNoVPCESuffix, label: endpointLike(s)}
	}
	if dom == 0 {
		return none, fault{why: ErrRegion}
	}
	reg := strings.LastIndexByte(s[:dom-1], '.') + 1
	region := s[reg : dom-1]
	_, p := findRegion(region)
	if p < 0 {
		return none, fault{ErrRegion, region}
	}
	if d.vpcePartitions>>p&1 == 0 {
		return none, fault{ErrPartition, s[dom:]}
	}
	if reg == 0 {
		return none, fault{why: ErrNoService}
	}
	at := bounds(reg)<<atRegion | bounds(dom)<<atDomain
	v := vpceName{Name: Name{s, at}}

	head := s[:reg-1]
	lo := lastLabel(head)
	var hi int
	if strings.HasPrefix(head[lo:], "vpce-svc-") {
		if !isServiceID(head[lo:]) {
			return none, fault{ErrServiceID, head[lo:]}
		}
		v.bounds = at.with(atService, lo)
		if v.base = lo == 0 || head[:lo] == "*."; v.base {
			return v, fault{}
		}
		lo, hi = label(head, lo-1)
	} else if i := strings.LastIndex(head, "vpce-"); i >= 0 {
		lo, hi = label(head, i)
		v.bounds = at.with(atService, hi+1)
	} else {
		if head == "*" {
			return none, fault{ErrNoService, head}
		}
		v.bounds = at.with(atService, len(head)-len(strings.TrimPrefix(head, "*.")))
		v.base = true
		return v, fault{}
	}

	idLen, why := endpointLabel(head[lo:hi], region, head[min(hi+1, len(head)):])
	if why != nil {
		return none, fault{why, head[lo:hi]}
	}
	if hi == len(head) {
		return none, fault{ErrNoService, head[lo:hi]}
	}
	v.bounds = v.with(atEP, lo).with(atID, lo+idLen)
	if prefix := v.Prefix(); prefix != "" && !isPrefix(prefix, v.Service()) {
		return none, fault{ErrPrefix, prefix}
	}
	return v, fault{}
}

// endpointLabel checks an endpoint label, and returns the length of its id.
func endpointLabel(l, region, service string) (int, error) {
	rest, ok := strings.CutPrefix(l, "vpce-")
	switch {
	case ok && strings.HasPrefix(rest, "svc-"):
		return 0, ErrServiceID
	case ok:
	case service == "execute-api" && isAPILabel(l):
		return 0, ErrPrivateAPI
	case strings.Contains(l, "vpce-"):
		return 0, ErrStrayVPCE
	default:
		return 0, ErrEndpointID
	}
	id, rest, more := strings.Cut(rest, "-")
	n := len("vpce-") + len(id)
	if n != longID && n != shortID || !allHex(id) {
		return 0, ErrEndpointID
	}
	tag, zone, zonal := strings.Cut(rest, "-")
	if !more || len(tag) != suffixLen || !isAlnum8(tag, 0) {
		return 0, ErrSuffix
	}
	if zonal && !isZoneIn(zone, region) {
		if IsZoneID(zone) {
			return 0, ErrZoneID
		}
		return 0, ErrZone
	}
	return n, nil
}

// isPrefix reports whether a prefix may stand before an endpoint label of that
// service (NAM-04, NAM-05).
func isPrefix(prefix, service string) bool {
	if prefix == "*" {
		return true
	}
	if service != "s3" || strings.IndexByte(prefix, '*') >= 0 {
		return false
	}
	switch prefix[strings.LastIndexByte(prefix, '.')+1:] {
	case "bucket", "accesspoint", "control":
		return true
	}
	return false
}

// isAPILabel matches the first label of a private API's name: an API id of ten
// letters and digits, a hyphen and an endpoint id (NAM-10).
func isAPILabel(l string) bool {
	return len(l) > apiIDLen && l[apiIDLen] == '-' && allAlnum(l[:apiIDLen]) && isEndpointID(l[apiIDLen+1:])
}

const apiIDLen = 10

// isEndpointID matches "vpce-" and 17 or 8 hex digits (NAM-07).
func isEndpointID(s string) bool {
	hex, ok := strings.CutPrefix(s, "vpce-")
	return ok && (len(s) == longID || len(s) == shortID) && allHex(hex)
}

func allAlnum(s string) bool {
	for i := range len(s) {
		if class[s[i]] != alnum {
			return false
		}
	}
	return s != ""
}

func allHex(s string) bool {
	for i := range len(s) {
		if !isHexByte(s[i]) {
			return false
		}
	}
	return s != ""
}

// endpointLike returns the first label of the canonical name s that begins with
// "vpce-" and at least eight hex digits; "" if none does.
func endpointLike(s string) string {
	// Where such a hyphen stands, a word with the e before it ends within the
	// digits. Few names hold the two: all else is for those.
	for i := 3; i < len(s)-9; i += 7 {
		w := load(s, i)
		hyphens := from(w, '-') ^ from(w, '-'+1)
		e := from(w, 'e') ^ from(w, 'e'+1)
		for found := hyphens & (e << 8) & highs; found != 0; found &= found - 1 {
			at := i + bits.TrailingZeros64(found)/8 - len("vpce")
			hex := at + len("vpce-")
			if s[at:hex] == "vpce-" && (at == 0 || s[at-1] == '.') && hex+8 <= len(s) && isHex8(s, hex) {
				l, _, _ := strings.Cut(s[at:], ".")
				return l
			}
		}
	}
	return ""
}
