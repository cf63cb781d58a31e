package zone

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// maxCNAMEs is how many CNAMEs are followed. AWS does not document a bound;
// resolvers commonly stop at 8 to 16.
const maxCNAMEs = 16

// chase looks a name up that has a CNAME, and follows that and those after it,
// each in the asking view (Z31). The answer has the response code of the last
// name: NXDOMAIN if that does not exist (RFC 6604), and none if it is not
// known. CNAMEs in a circle stand once each, with NoError; what AWS answers then
// is unspecified.
func (v *View) chase(name string, t Type) Answer {
	var out Answer
	v.step(&out, &key{text: name, vpce: true}, v.tree.above(name), t)
	step := out
	c := &chain{}
	out.rule, out.sets, out.chain = ruleZ31, nil, c
	for extra := []Record(nil); ; { // what else the public answer with the last CNAME has
		step.name = cmp.Or(name, ".")
		link := step.At(0)
		if step.chain != nil {
			extra = step.chain.records[1:]
		}
		c.records = append(c.records, link)
		c.end, c.origin = link.Data(), step.origin
		loop := slices.ContainsFunc(c.records, func(r Record) bool { return cmp.Or(r.Name, ".") == c.end })
		if loop || len(c.records) == maxCNAMEs {
			out.known, out.rcode, out.negative = loop, NoError, nil
			out.evidence = out.evidence.Weakest(naming.Unspecified)
			return out
		}
		name = strings.TrimSuffix(c.end, ".")
		step = Answer{}
		cname := v.step(&step, &key{text: name, vpce: true}, v.tree.above(name), t)
		if step.origin == publicOrigin && !step.known {
			if rest := recordsOf(extra, name, t); len(rest) > 0 { // the public answer had the target's records too
				step.chain = &chain{records: rest, end: c.end, origin: publicOrigin}
				step.known, step.evidence = true, out.evidence
				cname = rest[0].Type == CNAME && t != CNAME
			}
		}
		out.evidence = out.evidence.Weakest(step.evidence)
		out.codes |= step.codes
		if cname {
			continue
		}
		step.name = c.end
		c.records = slices.AppendSeq(c.records, step.Records())
		c.origin = step.origin
		out.known, out.rcode, out.negative = step.known, step.rcode, step.negative
		return out
	}
}

// recordsOf returns what a list of records has for a name and type: a CNAME
// and all that follows it, or the records of the type.
func recordsOf(list []Record, name string, t Type) []Record {
	for i, r := range list {
		if r.Name == name && r.Type == CNAME {
			return list[i:]
		}
	}
	var own []Record
	for _, r := range list {
		if r.Name == name && r.Type == t {
			own = append(own, r)
		}
	}
	return own
}

// synthesise answers a question for AAAA, whose answer is NODATA, as DNS64 does (Z33,
// RFC 6147): with 64:ff9b::/96 and each IPv4 address.
func (v *View) synthesise(k *key, n *node) Answer {
	var a, b Answer
	v.follow(&a, k, n, AAAA)
	v.follow(&b, k, n, A)
	if !b.known {
		b.typ, b.rule = AAAA, ruleZ33
		b.evidence = b.evidence.Weakest(a.evidence)
		b.codes |= a.codes
		return b
	}
	b.name = cmp.Or(k.lower(), ".")
	c := &chain{end: b.name, origin: b.origin}
	if b.chain != nil {
		c.end, c.origin = b.chain.end, b.chain.origin
	}
	found := false
	soa, negative := a.SOA()
	for r := range b.Records() {
		if addr := r.Addr(); addr.Is4() {
			r.Type, r.data = AAAA, mapped(addr)
			if negative {
				r.TTL = min(r.TTL, soa.TTL)
			}
			found = true
		}
		c.records = append(c.records, r)
	}
	if !found {
		return a
	}
	a.rule, a.chain, a.sets, a.negative = ruleZ33, c, nil, nil
	a.evidence = a.evidence.Weakest(b.evidence)
	a.codes |= b.codes
	return a
}

// mapped returns the RDATA of the IPv6 address that DNS64 makes of an IPv4 one
// with the well-known prefix (RFC 6052).
func mapped(a netip.Addr) string {
	four := a.As4()
	return "\x00\x64\xff\x9b" + "\x00\x00\x00\x00\x00\x00\x00\x00" + string(four[:])
}
