package zone

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// answerPublic answers from the public DNS: steps 11 and 12 of [View.Lookup].
func (z *Zones) answerPublic(a *Answer, k *key) (cname bool) {
	unlisted := false
	if k.vpce {
		var n *node
		if z.vpce != nil { // as in the zero Zones
			n = z.vpce.above(k.text)
		}
		if n != nil && (n.is(k) || !n.win.partial) {
			return z.answerNode(a, k, n)
		}
		unlisted = (n != nil || mayBeUnlisted(k)) && z.answerUnlisted(a, k.lower(), n)
	}
	if unlisted && (a.known || a.sets != nil || a.evidence == naming.Unspecified) {
		return false
	}
	if u, ok := z.askPublic(a, k); ok {
		a.origin, a.rule, a.known, a.codes = publicOrigin, ruleZ7, false, a.codes&^codeUnknownResource
		a.evidence = naming.Given.Weakest(a.evidence)
		return a.adopt(u, publicOrigin) && a.typ != CNAME && a.typ != ANY
	}
	if !unlisted {
		a.origin, a.rule = publicOrigin, ruleZ7
		a.evidence = a.evidence.Weakest(naming.Documented)
	}
	return false
}

func (z *Zones) askPublic(a *Answer, k *key) (Answer, bool) {
	if z.public == nil {
		return Answer{}, false
	}
	return z.public(cmp.Or(k.lower(), "."), a.typ)
}

// adopt takes over a user's answer about what is from's. It reports whether
// that begins with a CNAME.
func (a *Answer) adopt(u Answer, from *origin) (cname bool) {
	a.known, a.rcode = u.known, u.rcode
	a.evidence = a.evidence.Weakest(u.evidence)
	a.codes |= u.codes
	records := slices.Collect(u.Records())
	if len(records) == 0 {
		a.negative = u.negative
		return false
	}
	last := records[len(records)-1]
	end := last.Name
	if last.Type == CNAME {
		end = last.Data()
	}
	a.chain = &chain{records: records, end: end, origin: from}
	return records[0].Type == CNAME
}

// answerForward answers for the targets of a FORWARD rule (Z8).
func (z *Zones) answerForward(a *Answer, k *key, w *winner) {
	if z.forward != nil {
		if u, ok := z.forward(w.forward.clone(), cmp.Or(k.lower(), "."), a.typ); ok {
			a.adopt(u, w.origin)
			return
		}
	}
	a.evidence = naming.Unknown
}

// answerUnlisted answers for names that belong to endpoints and are not among
// those of the input: false if name is none of them. n is the nearest known
// name above, nil if there is none. The first that fits:
//
//  1. A private API's name through an endpoint: the addresses of the
//     endpoint's Regional name (Z25), which needs the API to be associated with
//     it.
//  2. The name of an endpoint that the input lacks, or has without its DNS
//     names: unknown (Z23).
//  3. The name of an endpoint that does not serve, and names below it:
//     NXDOMAIN (section 6).
//  4. The zonal name of a Local or Wavelength Zone: unspecified.
//  5. Another name of an endpoint that serves: NXDOMAIN (Z24). One with a zone
//     of the consumer's Region too: the zone has no network interface, or the
//     service is one of AWS and has no zonal names in other Regions (Z44).
//  6. Any other name in a zone of vpce names: unknown, as the input never has
//     all of them.
func (z *Zones) answerUnlisted(a *Answer, name string, n *node) bool {
	h := naming.Classify(name)
	switch {
	case n != nil:
		a.origin = n.win.origin
	case h.Kind() == naming.KindPrivateAPI:
		a.origin = z.vpceOrigin(h.Region() + "." + h.Partition().VPCESuffix)
	default:
		zone, ok := vpceZone(name)
		if !ok {
			return false
		}
		a.origin = z.vpceOrigin(zone)
	}
	unknown := func(r rule) bool {
		a.rule, a.evidence = r, naming.Unknown
		a.codes |= codeUnknownResource
		return true
	}
	nxdomain := func() bool {
		a.rule, a.known, a.rcode, a.negative = ruleZ24, true, NXDomain, a.origin
		return true
	}
	az := h.Zone()
	switch h.Kind() {
	case naming.KindRegional, naming.KindZonal, naming.KindPrivateAPI:
	case naming.KindBase:
		return unknown(ruleZ25)
	default:
		// What an endpoint's name lacks, names below it lack too (RFC 8020).
		if h, az = endpointAt(name); !h.IsValid() {
			return unknown(ruleZ23)
		}
	}
	e, ok := z.endpoints[h.EndpointID()]
	switch {
	case !ok || e.available && !e.named:
		return unknown(ruleZ23)
	case !e.available:
		a.evidence = a.evidence.Weakest(naming.Modelled)
		a.codes |= codeNotAvailable
		return nxdomain()
	case h.Kind() == naming.KindPrivateAPI && e.privateAPI && strings.HasPrefix(e.winner.Zone, h.Region()+"."):
		a.origin, a.rule = e.winner.origin, ruleZ25
		a.evidence = a.evidence.Weakest(naming.Documented)
		n := &node{win: e.winner, exists: true}
		n.setSets(e.sets)
		a.from(n, false)
		return true
	case isLocalZone(az):
		a.rule, a.evidence = ruleZ24, naming.Unspecified
		return true
	}
	return nxdomain()
}

// mayBeUnlisted reports false for most names that answerUnlisted has nothing to
// say about, and does so without allocating: those that neither are in a zone
// of vpce names nor look like a private API's.
func mayBeUnlisted(k *key) bool {
	var room [maxName]byte
	name := k.appendLower(room[:0])
	if at := bytes.LastIndex(name, []byte(".vpce.")); at >= 0 && vpceSuffixes[string(name[at+1:])] {
		return true
	}
	return isPrivateAPI(k.text) && bytes.Contains(name, []byte(".execute-api."))
}

// endpointAt returns the nearest name at or above name that is an endpoint's,
// with its zone, which for that of the consumer's Region the Host lacks (Z43);
// the zero Host if none is.
func endpointAt(name string) (h naming.Host, az string) {
	for ; name != ""; name = parent(name) {
		if h := naming.Classify(name); h.Kind() == naming.KindRegional || h.Kind() == naming.KindZonal {
			return h, h.Zone()
		}
		if regional, az, ok := cutConsumerZone(name); ok {
			if h := naming.Classify(regional); h.Kind() == naming.KindRegional {
				return h, az
			}
		}
	}
	return naming.Host{}, ""
}

// isLocalZone reports whether az is a Local or Wavelength Zone: an Availability
// Zone is its Region and a letter.
func isLocalZone(az string) bool {
	region, ok := naming.ZoneRegion(az)
	return ok && len(az) != len(region)+1
}

// vpceOrigin returns the zone of vpce names of that name.
func (z *Zones) vpceOrigin(zone string) *origin {
	if z.vpce != nil {
		if n := z.vpce.named(zone); n != nil {
			return n.win.origin
		}
	}
	return &origin{Source: Source{Kind: VPCE, Zone: zone}, soa: zoneSOA, soaTTL: cmp.Or(z.negativeTTL, soaSet.ttl)}
}

// vpceZone returns the zone of vpce names that a name is in: a Region and a
// vpce suffix.
func vpceZone(name string) (zone string, ok bool) {
	at := strings.LastIndex(name, ".vpce.")
	if at < 0 || !vpceSuffixes[name[at+1:]] {
		return "", false
	}
	region := name[strings.LastIndexByte(name[:at], '.')+1 : at]
	_, ok = naming.LookupRegion(region)
	return region + name[at:], ok
}

// vpceSuffixes are the domains of vpce names (NAM-25).
var vpceSuffixes = func() map[string]bool {
	m := map[string]bool{"vpce.sagemaker.aws": true, "vpce.api.aws": true}
	for p := range naming.Partitions() {
		m[p.VPCESuffix] = true
	}
	return m
}()

// vpceSet returns the records that an alias to a name outside its zone stands
// for: those of an endpoint's name, and no records where such a name is known
// not to have them. Any other target is not in the input.
func (z *Zones) vpceSet(target string, t Type) rrset {
	missing := rrset{typ: t, state: setMissing}
	public := &Zones{vpce: z.vpce, endpoints: z.endpoints}
	a := Answer{typ: t, evidence: naming.Given}
	public.answerPublic(&a, &key{text: target, vpce: true})
	switch {
	case a.origin.Kind != VPCE || !a.known && a.evidence != naming.Unspecified:
		return missing
	case !a.known:
		return rrset{typ: t, state: setUnspecified}
	case len(a.sets) == 0:
		return rrset{typ: t, evidence: a.evidence, codes: a.codes}
	}
	s := a.sets[0]
	s.evidence, s.codes = a.evidence, a.codes
	return s
}
