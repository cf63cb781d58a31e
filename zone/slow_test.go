package zone_test

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// slow answers like package zone, from the same Config: the numbered order of
// dns.md over slices, everything looked up anew for every question. It knows
// names in lower case without final dot and without escapes, and answers no
// questions for ANY.
type slow struct{ c zone.Config }

// slowAnswer is an answer as text prints it.
type slowAnswer struct {
	rcode, rule, kind, id, zone string
	evidence                    naming.Evidence
	codes                       []string
	records                     []string // "owner ttl type data"
	soa                         string
}

func (a slowAnswer) String() string {
	var s strings.Builder
	s.WriteString(fmt.Sprintf("%s %s %s(%s,%s) %s", cmp.Or(a.rcode, "-"), a.rule, a.kind, a.id, a.zone, a.evidence))
	slices.Sort(a.codes)
	if codes := slices.Compact(a.codes); len(codes) > 0 {
		s.WriteString(fmt.Sprint(" ", codes))
	}
	for _, r := range a.records {
		s.WriteString(" | " + r)
	}
	if a.soa != "" {
		s.WriteString(" | SOA " + a.soa)
	}
	return s.String()
}

// slowZone is a private zone, or a rule, as a candidate (Z5).
type slowZone struct {
	name, id, kind        string
	rule                  string // FORWARD, SYSTEM, DELEGATE
	evidence              naming.Evidence
	records               []slowSet
	noSets                bool
	inboundOnly, withheld bool
	profile               bool
}

// slowSet is one record set.
type slowSet struct {
	owner    string
	typ      zone.Type
	ttl      int
	data     []string
	evidence naming.Evidence
	state    string // "", missing, not modelled, unspecified
	codes    []string
	alias    string // its target before flattening
	isAlias  bool

	aliasZone string // the hosted zone of the target, if given
}

func slowUp(name string) string {
	_, rest, _ := strings.Cut(name, ".")
	return rest
}

func slowWithin(name, domain string) bool {
	return domain == "" || name == domain || strings.HasSuffix(name, "."+domain)
}

func slowLabels(name string) int {
	if name == "" {
		return 0
	}
	return len(strings.Split(name, "."))
}

// lookup answers a question from a point of view.
func (s slow) lookup(p zone.Point, name string, t zone.Type) slowAnswer {
	kind, id, _ := strings.Cut(p.String(), ":")
	dns64 := false
	if kind == "subnet" {
		for _, n := range s.c.Subnets {
			if n.ID == id {
				dns64 = n.EnableDNS64
				id = n.VPCID
			}
		}
	}
	ask := func(t zone.Type) slowAnswer { return s.chain(kind, id, name, t) }
	a := ask(t)
	if !dns64 || t != zone.AAAA || a.rcode != "NOERROR" || a.soa == "" {
		return a
	}
	b := ask(zone.A) // Z33
	if b.rcode == "" {
		b.rule = "Z33"
		b.evidence = min(a.evidence, b.evidence)
		b.codes = append(b.codes, a.codes...)
		return b
	}
	made := false
	for i, r := range b.records {
		f := strings.Fields(r)
		if f[2] == "A" {
			made = true
			v4 := netip.MustParseAddr(f[3]).As4()
			v6 := netip.MustParseAddr("64:ff9b::").As16()
			copy(v6[12:], v4[:])
			b.records[i] = fmt.Sprintf("%s %s AAAA %s", f[0], f[1], netip.AddrFrom16(v6))
		}
	}
	if !made {
		return a
	}
	a.rule, a.records, a.soa = "Z33", b.records, ""
	a.evidence = min(a.evidence, b.evidence)
	a.codes = append(a.codes, b.codes...)
	return a
}

// chain follows CNAMEs (Z31).
func (s slow) chain(kind, vpc, name string, t zone.Type) slowAnswer {
	a, target := s.one(kind, vpc, name, t)
	first := a
	seen := []string{name}
	for target != "" {
		if slices.Contains(seen, target) {
			first.rule, first.rcode, first.evidence = "Z31", "NOERROR", min(first.evidence, naming.Unspecified)
			return first
		}
		seen = append(seen, target)
		b, next := s.one(kind, vpc, target, t)
		first.records = append(first.records, b.records...)
		first.rule, first.rcode, first.soa = "Z31", b.rcode, b.soa
		first.evidence = min(first.evidence, b.evidence)
		first.codes = append(first.codes, b.codes...)
		target = next
	}
	return first
}

// one answers one name: target is that of a CNAME to follow.
func (s slow) one(kind, vpcID, name string, t zone.Type) (a slowAnswer, target string) {
	a = slowAnswer{kind: "none", evidence: naming.Given}
	if kind == "public" {
		return s.public(a, name, t)
	}
	vpc := endpoint.VPC{ID: vpcID}
	for _, v := range s.c.VPCs {
		if v.ID == vpcID {
			vpc = v
		}
	}
	support, hostnames := vpc.EnableDNSSupport, vpc.EnableDNSHostnames
	if support != nil && !*support { // Z4
		a.rule, a.codes = "Z4", []string{"DNS_ATTRIBUTES_OFF"}
		if hostnames != nil && *hostnames {
			a.evidence = naming.Modelled
		}
		return a, ""
	}
	if support == nil || hostnames == nil { // Z12
		a.evidence, a.codes = naming.Modelled, []string{"DNS_ATTRIBUTES_ASSUMED"}
	}
	on, maybe := hostnames != nil && *hostnames, false
	if hostnames == nil {
		on = vpc.IsDefault
		for _, e := range s.c.Endpoints {
			on = on || e.VPCID == vpcID && e.PrivateDNSEnabled
		}
		maybe = !on
	}

	// Z5: the candidates, and those that do not serve here.
	var serving, other []slowZone
	for _, z := range s.candidates(vpcID) {
		switch {
		case z.rule != "":
			serving = append(serving, z)
		case !on && !maybe, z.withheld, z.inboundOnly && kind != "inbound":
			other = append(other, z)
		default:
			serving = append(serving, z)
		}
	}

	// Z6: the longest domain; a rule before a zone.
	winners := longest(serving, name, func(z slowZone) bool { return z.rule != "" })
	zones := longest(serving, name, func(z slowZone) bool { return z.rule == "" })
	if len(winners) == 0 || len(zones) > 0 && slowLabels(zones[0].name) > slowLabels(winners[0].name) {
		winners = zones
	}
	if len(winners) == 1 && winners[0].rule == "SYSTEM" { // Z8
		winners = zones
	}
	won := -1
	if len(winners) > 0 {
		won = slowLabels(winners[0].name)
	}

	// Zones that would have won.
	inboundOnly := false
	best := longest(other, name, func(slowZone) bool { return true })
	if len(best) > 0 && slowLabels(best[0].name) > won {
		for _, z := range best {
			switch {
			case !on && !maybe:
				a.codes = append(a.codes, "DNS_ATTRIBUTES_OFF")
				if z.kind == "hidden-zone" {
					a.evidence = min(a.evidence, naming.Modelled) // Z13
				}
			case z.withheld:
				a.codes = append(a.codes, "ENDPOINT_NOT_AVAILABLE")
				a.evidence = min(a.evidence, naming.Modelled)
			default:
				a.codes = append(a.codes, "INBOUND_RESOLVER_ONLY")
				inboundOnly = true
			}
		}
	}
	if len(winners) == 0 { // Z7
		a, target = s.public(a, name, t)
		if inboundOnly && a.rule == "Z7" {
			a.rule = "Z38"
		}
		return a, target
	}

	w := winners[0]
	a.kind, a.id, a.zone = w.kind, w.id, cmp.Or(w.name, ".")
	if w.rule == "" && maybe { // Z12
		a.rule, a.evidence = "Z12", naming.Unknown
		if len(winners) > 1 && !identical(winners) {
			a.id = ""
		}
		return a, ""
	}
	if len(winners) > 1 { // Z6, Z36
		a.codes = append(a.codes, "CONFLICTING_PRIVATE_DNS")
		if w.rule != "" || !identical(winners) {
			a.rule, a.evidence, a.id = "Z6", naming.Unspecified, ""
			if slices.ContainsFunc(winners, func(z slowZone) bool { return z.profile }) {
				a.rule = "Z36"
			}
			return a, ""
		}
		a.evidence = min(a.evidence, naming.Modelled)
	}
	switch {
	case w.rule == "FORWARD":
		a.rule, a.evidence = "Z8", naming.Unknown
		return a, ""
	case w.rule == "DELEGATE":
		a.rule, a.evidence = "Z34", naming.Unspecified
		a.codes = append(a.codes, "NOT_MODELLED")
		return a, ""
	case w.noSets:
		a.rule, a.evidence = "Z9", naming.Unknown
		a.codes = append(a.codes, "UNKNOWN_RESOURCE")
		return a, ""
	}
	a.evidence = min(a.evidence, w.evidence)
	return s.inZone(a, w, name, t)
}

// longest returns the candidates of the longest domain at or above name.
func longest(list []slowZone, name string, ok func(slowZone) bool) []slowZone {
	var best []slowZone
	for _, z := range list {
		if !ok(z) || !slowWithin(name, z.name) {
			continue
		}
		switch {
		case len(best) == 0 || slowLabels(z.name) > slowLabels(best[0].name):
			best = []slowZone{z}
		case slowLabels(z.name) == slowLabels(best[0].name):
			best = append(best, z)
		}
	}
	return best
}

// identical reports whether zones hold the same known records but for the SOA
// and NS of their domain.
func identical(list []slowZone) bool {
	var first []string
	for i, z := range list {
		var all []string
		for _, r := range z.records {
			if r.owner == z.name && (r.typ == zone.SOA || r.typ == zone.NS) {
				continue
			}
			if r.state != "" || r.typ == zone.NS {
				return false
			}
			for _, d := range r.data {
				all = append(all, fmt.Sprint(r.owner, " ", r.typ, " ", d))
			}
		}
		slices.Sort(all)
		if i == 0 {
			first = all
		}
		if z.noSets || !slices.Equal(first, all) {
			return false
		}
	}
	return true
}

func (z slowZone) exists(name string) bool {
	return name == z.name || slices.ContainsFunc(z.records, func(r slowSet) bool { return slowWithin(r.owner, name) })
}

func (z slowZone) at(name string) []slowSet {
	var own []slowSet
	for _, r := range z.records {
		if r.owner == name {
			own = append(own, r)
		}
	}
	return own
}

// inZone answers from a zone (Z9, Z27 to Z34).
func (s slow) inZone(a slowAnswer, z slowZone, name string, t zone.Type) (slowAnswer, string) {
	closest := name
	for !z.exists(closest) {
		closest = slowUp(closest)
	}
	for n := closest; n != z.name; n = slowUp(n) {
		cut := slices.ContainsFunc(z.at(n), func(r slowSet) bool { return r.typ == zone.NS }) && !strings.HasPrefix(n, "*.")
		if cut && (n != name || t != zone.NS) {
			a.rule, a.evidence = "Z34", naming.Unspecified
			a.codes = append(a.codes, "NOT_MODELLED")
			return a, ""
		}
	}
	blocked := false // Z28: a wildcard further up, kept away
	for n := closest; n != z.name; n = slowUp(n) {
		star := "*." + slowUp(n)
		blocked = blocked || star != n && z.exists(star)
	}
	source := name
	a.rule = "Z9"
	wildcard := false
	if closest != name {
		source = "*." + closest
		if !z.exists(source) {
			a.rcode, a.soa = "NXDOMAIN", z.name
			if blocked {
				a.evidence = min(a.evidence, naming.Modelled)
			}
			return a, ""
		}
		wildcard = true
		a.rule = "Z27"
	}
	sets := z.at(source)
	if len(sets) == 0 {
		a.rcode, a.soa = "NOERROR", z.name
		if wildcard {
			a.rule = "Z29"
		}
		if wildcard || blocked {
			a.evidence = min(a.evidence, naming.Modelled)
		}
		return a, ""
	}
	for _, r := range sets {
		if r.typ == t && (!wildcard || t != zone.NS) {
			return r.into(a, name, z.name)
		}
	}
	for _, r := range sets {
		if r.typ == zone.CNAME {
			a, _ = r.into(a, name, z.name)
			if a.rcode != "" && a.soa == "" {
				return a, r.data[0]
			}
			return a, ""
		}
	}
	a.rcode, a.soa = "NOERROR", z.name
	return a, ""
}

// into answers with a record set.
func (r slowSet) into(a slowAnswer, name, apex string) (slowAnswer, string) {
	if r.isAlias && (len(r.data) > 0 || r.state != "") {
		a.rule = "Z32"
	}
	a.codes = append(a.codes, r.codes...)
	switch r.state {
	case "missing":
		a.evidence = naming.Unknown
		a.codes = append(a.codes, "UNKNOWN_RESOURCE")
		return a, ""
	case "not modelled":
		a.evidence = naming.Unknown
		a.codes = append(a.codes, "NOT_MODELLED")
		return a, ""
	case "unspecified":
		a.evidence = min(a.evidence, naming.Unspecified)
		return a, ""
	}
	a.evidence = min(a.evidence, r.evidence)
	a.rcode = "NOERROR"
	if len(r.data) == 0 {
		a.soa = apex
	}
	for _, d := range r.data {
		a.records = append(a.records, fmt.Sprintf("%s %d %s %s", name, r.ttl, r.typ, d))
	}
	return a, ""
}
