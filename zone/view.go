package zone

import (
	"bytes"
	"slices"

	"github.com/privatelink-go/privatelink/naming"
)

// View is a point of view: what answers the names asked there. It is immutable
// and safe for concurrent use. The zero View answers nothing; [Zones.View]
// makes others.
type View struct {
	point    Point
	zones    *Zones
	vpc      *vpc // nil for the public view
	tree     *tree
	shades   shades
	auto     *autodefined
	evidence naming.Evidence // the most an answer can have
	codes    codes           // of every answer
	mode     zoneMode
	silent   bool
	dns64    bool
}

// Point returns where v looks from.
func (v *View) Point() Point { return v.point }

func (v *View) publicly() { v.tree, v.evidence = noTree, naming.Given }

func (v *View) of(vpc *vpc, inbound bool) {
	v.vpc, v.tree, v.shades = vpc, vpc.tree, vpc.shades
	if inbound {
		v.tree, v.shades = vpc.inbound, vpc.shadesIn
	}
	v.auto, v.evidence, v.codes, v.mode, v.silent = vpc.auto, vpc.evidence, vpc.codes, vpc.mode, vpc.silent
}

// Lookup answers the question for the records of a name and type. It is total:
// a text that is no DNS name gives the invalid zero Answer, and a question for
// the zero Type one that finds nothing of it.
//
// The name may be in any letter case, with or without final dot (Z3), and may
// hold any octet: "_" and "*" stand for themselves, and what is not printable,
// a backslash and a dot inside a label are written as Route 53 does, as a
// backslash and three octal digits. The Answer keeps the name. A lookup of a
// name without escapes and a type other than ANY does not allocate where one
// private zone or a listed name of an endpoint answers, without CNAME and
// without DNS64, nor where the public DNS does and [Config.Public] is nil.
//
// The order of decision, with the rule that the Answer names:
//
//  1. Z4: the VPC's enableDnsSupport is given as false. Silence.
//  2. Z6: the most specific domain wins that is the name or, label by label, a
//     parent of it, among the VPC's Resolver rules, its private zones and the
//     resolver's own zones (Z5); of equal domains a rule before a zone before
//     one of the resolver's own. Nothing else is asked then (Z7).
//  3. Z12: a private zone wins, and whether private zones answer at all, the
//     input does not tell. Unknown.
//  4. Z6, Z36: two zones, or two rules, of the same domain win. Unspecified; if
//     the zones hold the same records, these are modelled as the answer.
//  5. Z8: a FORWARD rule wins. Its targets answer: unknown, unless
//     [Config.Forward] knows. A SYSTEM rule repeats step 2 without rules.
//  6. Z34: a DELEGATE rule or a delegation inside the zone. Unspecified.
//  7. Z9: the zone has the name and the type, or has it and not the type
//     (NODATA), as an empty non-terminal has none.
//  8. Z27: the zone lacks the name, and its closest encloser has a wildcard,
//     whose records, or lack of them (Z29: of all), are the name's.
//  9. Z9: NXDOMAIN.
//  10. Z5: one of the resolver's own internal or reverse zones wins. It has the
//     names of the VPC's network interfaces that are in the input; of other
//     names there nothing is known.
//  11. Z24, Z25: nothing wins, and the name is an endpoint's own, or what
//     belongs to such names: its public records. Z23: it is the name of an
//     endpoint that the input lacks, whose records are unknown.
//  12. Z7: nothing wins: the public DNS answers, which only [Config.Public] may
//     know. Z38: if the zone that would have won is for inbound Resolver
//     endpoints only.
//
// In a zone, Z32 stands instead of Z9 and Z27 where the records are those of an
// alias's target. Then, on what these steps gave:
//
//   - Z31: a CNAME stands where another type was asked. Its target is looked up
//     in the same view, from step 2 on.
//   - Z33: the question is for AAAA, the answer is NODATA, and the subnet has
//     DNS64: IPv6 addresses are made of the A records, if there are any.
func (v *View) Lookup(name string, t Type) (a Answer) {
	if v.zones == nil {
		return a
	}
	k := key{text: cutDot(name)}
	n, ok := v.tree.find(&k)
	if !ok || name == "" {
		return v.lookupEscaped(name, t)
	}
	v.answer(&a, &k, n, t)
	a.name = name
	return a
}

// lookupEscaped is Lookup for a name with escapes, or for none.
func (v *View) lookupEscaped(name string, t Type) (a Answer) {
	text, why := canonicalOr(name)
	if why != "" {
		return a
	}
	k := key{text: text, vpce: true}
	v.answer(&a, &k, v.tree.above(text), t)
	a.name = name
	return a
}

// answer takes all steps; a is the zero Answer, n the node of the tree for k
// or the nearest name above, nil if it has none. The steps that need an answer to go on
// from ask for it again, so that nothing of a goes to the heap: it will have
// the asked name, which may be on the caller's stack.
func (v *View) answer(a *Answer, k *key, n *node, t Type) {
	if v.step(a, k, n, t) { // as in follow, without the call
		*a = v.chase(k.lower(), t)
	}
	if v.dns64 && t == AAAA && a.IsNODATA() {
		*a = v.synthesise(k, n)
	}
}

// follow takes all steps but DNS64.
func (v *View) follow(a *Answer, k *key, n *node, t Type) {
	if v.step(a, k, n, t) {
		*a = v.chase(k.lower(), t)
	}
}

// step answers without following a CNAME; cname tells that there is one to
// follow. a is the zero Answer.
func (v *View) step(a *Answer, k *key, n *node, t Type) (cname bool) {
	a.typ, a.evidence, a.codes = t, v.evidence, v.codes
	if v.silent {
		a.origin, a.rule = noOrigin, ruleZ4
		return false
	}
	won := -1 // labels of the winner's domain
	if n != nil && n.win.kind != winPublic {
		won = n.win.labels
	}
	if v.auto != nil && (n == nil || !n.apart || !n.is(k)) && v.auto.may(k) {
		if own, ok := v.auto.find(k); ok && own.labels > won {
			v.auto.answer(a, own, v.mode)
			return false
		}
	}
	inbound := false
	if v.shades != nil {
		inbound = v.shade(a, k, won)
	}
	if won < 0 {
		cname = v.zones.answerPublic(a, k)
		if inbound && a.rule == ruleZ7 {
			a.rule = ruleZ38
		}
		return cname
	}
	if v.mode == zonesMaybe && n.win.Kind != ForwardRule {
		a.origin, a.rule, a.evidence = n.win.origin, ruleZ12, naming.Unknown
		return false
	}
	return v.zones.answerNode(a, k, n)
}

// shade notes the zones that would have won and do not serve the view. It
// reports whether the most specific is for inbound Resolver endpoints only.
func (v *View) shade(a *Answer, k *key, won int) (inboundOnly bool) {
	var room [maxName]byte
	for name := k.appendLower(room[:0]); ; {
		if s, ok := v.shades[string(name)]; ok {
			if s.labels <= won {
				return false
			}
			a.evidence = a.evidence.Weakest(s.evidence)
			a.codes |= s.codes
			return s.codes&codeInboundOnly != 0
		}
		i := bytes.IndexByte(name, '.')
		if i < 0 {
			return false
		}
		name = name[i+1:]
	}
}

// answerNode answers from the winner of a node: steps 4 to 9.
func (z *Zones) answerNode(a *Answer, k *key, n *node) (cname bool) {
	w := n.win
	a.origin = w.origin
	a.rule = w.rule
	a.codes |= w.codes
	switch w.kind {
	case winNoSets:
		a.evidence = naming.Unknown
		a.codes |= codeUnknownResource
		return false
	case winConflict:
		a.evidence = naming.Unspecified
		return false
	case winDelegate:
		a.evidence = naming.Unspecified
		a.codes |= codeNotModelled
		return false
	case winForward:
		z.answerForward(a, k, w)
		return false
	}
	a.evidence = a.evidence.Weakest(w.evidence)
	exact := n.exists && n.is(k)
	if !n.exists {
		n = n.up
	}
	if w.cuts && n.delegated(a.typ, exact) {
		a.rule, a.evidence = ruleZ34, naming.Unspecified
		a.codes |= codeNotModelled
		return false
	}
	if exact {
		if n.plain && n.one[0].typ == a.typ { // as from has it, for most of all answers
			a.known, a.rcode, a.sets = true, NoError, n.one[:]
			a.evidence = a.evidence.Weakest(n.one[0].evidence)
			return false
		}
		return a.from(n, false)
	}
	if n.star == nil {
		a.known, a.rcode, a.negative = true, NXDomain, w.origin
		n.lowerIfBlocked(a)
		return false
	}
	if w.Kind != VPCE {
		a.rule = ruleZ27
	}
	return a.from(n.star, true)
}

// delegated reports whether a name at the node, or below it where that is its
// closest encloser, is on other servers; the delegation's own NS records are
// not.
func (n *node) delegated(t Type, exact bool) bool {
	if n.cut && exact && t == NS {
		n = n.up
	}
	for ; n != nil; n = n.up {
		if n.cut {
			return true
		}
	}
	return false
}

// lowerIfBlocked lowers the evidence of a negative answer that rests on an
// existing name keeping a wildcard further up away (Z28), which Route 53 does
// not document.
func (n *node) lowerIfBlocked(a *Answer) {
	for ; n.up != nil; n = n.up {
		if n.up.star != nil && n.up.star != n {
			a.evidence = a.evidence.Weakest(naming.Modelled)
			return
		}
	}
}

// from answers with the records of a node: those of the type that was asked,
// else a CNAME, which cname tells is to be followed, else NODATA.
func (a *Answer) from(n *node, wildcard bool) (cname bool) {
	sets := n.sets()
	if a.typ == ANY && len(sets) > 0 {
		a.any(sets)
		return false
	}
	at := -1
	for i := range sets {
		switch sets[i].typ {
		case a.typ:
			if wildcard && a.typ == NS {
				continue // Z30
			}
			a.set(sets[i : i+1])
			return false
		case CNAME:
			at = i
		}
	}
	if at >= 0 {
		return a.set(sets[at : at+1])
	}
	a.nodata(n, wildcard)
	return false
}

// set answers with one set; false if its records are not known or there are
// none.
func (a *Answer) set(one []rrset) bool {
	s := &one[0]
	if s.alias && (s.state != setKnown || s.data != "") {
		a.rule = ruleZ32
	}
	if !a.knows(s) {
		return false
	}
	a.known, a.rcode = true, NoError
	a.evidence = a.evidence.Weakest(s.evidence)
	if s.data == "" { // an alias whose target has no such record
		a.negative = a.origin
		return false
	}
	a.sets = one
	return true
}

// knows notes why the records of a set are not known; true if they are.
func (a *Answer) knows(s *rrset) bool {
	a.codes |= s.codes
	switch s.state {
	case setMissing:
		a.evidence = naming.Unknown
		a.codes |= codeUnknownResource
	case setNotModelled:
		a.evidence = naming.Unknown
		a.codes |= codeNotModelled
	case setUnspecified:
		a.evidence = a.evidence.Weakest(naming.Unspecified)
	default:
		return true
	}
	return false
}

// any answers the question for every set of a node.
func (a *Answer) any(sets []rrset) {
	empty := 0
	for i := range sets {
		s := &sets[i]
		if !a.knows(s) {
			return
		}
		if s.typ != SOA {
			a.evidence = a.evidence.Weakest(s.evidence)
		}
		if s.data == "" {
			empty++
		}
	}
	a.known, a.rcode, a.sets = true, NoError, sets
	if empty > 0 {
		a.sets = slices.DeleteFunc(slices.Clone(sets), func(s rrset) bool { return s.data == "" })
	}
	if len(a.sets) == 0 {
		a.negative = a.origin
	}
}

// nodata answers that a node has no record of the type.
func (a *Answer) nodata(n *node, wildcard bool) {
	a.known, a.rcode, a.negative = true, NoError, a.origin
	if n.count > 0 {
		return
	}
	switch {
	case wildcard:
		a.rule = ruleZ29
		a.evidence = a.evidence.Weakest(naming.Modelled)
	case a.origin.Kind == VPCE:
		a.rule = ruleZ25
		a.evidence = a.evidence.Weakest(naming.Modelled)
	default:
		n.lowerIfBlocked(a)
	}
}
