package route

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// An admission is what a filter says of traffic of which some part may not be
// known: every bit of it is admitted, none is, or it is left open.
type admission uint8

const (
	denied admission = iota
	open
	admitted
)

// A ports is a range of destination ports, both ends included.
type ports struct{ lo, hi uint16 }

var (
	allPorts    = ports{0, 65535}
	returnPorts = ports{1024, 65535} // F2
)

func (p ports) covers(q ports) bool   { return p.lo <= q.lo && q.hi <= p.hi }
func (p ports) overlaps(q ports) bool { return p.lo <= q.hi && q.lo <= p.hi }

// traffic is what filters look at: addresses on the other side, a protocol and
// ports.
type traffic struct {
	peer   span
	family Family
	proto  Protocol
	ports  ports
	u      *universe // the addresses, where they are a public host's: peer is its hull
	list   *list     // the list that the addresses are exactly those of (P4), or nil
}

// touches reports whether a rule's block holds some of the addresses.
func (t *traffic) touches(b block) bool {
	return b.family == t.family && b.overlaps(t.peer) && (t.u == nil || t.u.overlaps(b))
}

// everyProtocol stands for "-1" in a rule.
const everyProtocol = -1

func protocolNumber(s string) (int16, bool) {
	switch strings.ToLower(s) {
	case "-1", "all":
		return everyProtocol, true
	case "tcp":
		return int16(TCP), true
	case "udp":
		return int16(UDP), true
	case "icmp":
		return int16(ICMP), true
	case "icmpv6":
		return int16(ICMPv6), true
	}
	n, err := strconv.ParseUint(s, 10, 8)
	return int16(n), err == nil
}

// hasPorts reports whether rules for a protocol are about ports.
func hasPorts(p Protocol) bool { return p == TCP || p == UDP }

// ---- security groups (F1)

type group struct {
	id      string
	vpc     *vpc
	in, out []groupRule
}

type groupRule struct {
	proto  int16
	ports  ports
	blocks []block
	lists  []*list
	groups []string
	peered bool // it names a group across a peering connection
}

func (b *builder) addGroups() {
	for _, g := range unique(b, "SecurityGroups", b.c.SecurityGroups, func(g *SecurityGroup) string { return g.ID }) {
		x := &group{id: g.ID, vpc: b.vpc(g.VPCID)}
		x.in = b.groupRules(g.ID, "IpPermissions", g.IPPermissions)
		x.out = b.groupRules(g.ID, "IpPermissionsEgress", g.IPPermissionsEgress)
		b.n.groups[g.ID] = x
		if g.Name == "default" && x.vpc.defaults == nil {
			x.vpc.defaults = []*group{x}
		}
	}
}

func (b *builder) groupRules(id, field string, ps []IPPermission) []groupRule {
	var rules []groupRule
	for i := range ps {
		p := &ps[i]
		where := func(sub string, j int) string { return fmt.Sprintf("%s[%d].%s[%d]", field, i, sub, j) }
		r := groupRule{ports: allPorts}
		var ok bool
		if r.proto, ok = protocolNumber(p.IPProtocol); !ok {
			b.fail(id, fmt.Sprintf("%s[%d].IpProtocol", field, i), p.IPProtocol, endpoint.ErrValue)
			continue
		}
		if r.proto >= 0 && hasPorts(Protocol(r.proto)) && p.FromPort != nil && p.ToPort != nil && *p.FromPort >= 0 {
			r.ports = ports{clampPort(*p.FromPort), clampPort(*p.ToPort)}
		}
		for j, c := range p.IPRanges {
			if q, ok := b.prefix(id, where("IpRanges", j), c.CIDRIP); ok {
				r.blocks = append(r.blocks, blockOf(q))
			}
		}
		for j, c := range p.IPv6Ranges {
			if q, ok := b.prefix(id, where("Ipv6Ranges", j), c.CIDRIPv6); ok {
				r.blocks = append(r.blocks, blockOf(q))
			}
		}
		for _, l := range p.PrefixListIDs {
			r.lists = append(r.lists, b.list(l.PrefixListID))
		}
		for _, g := range p.UserIDGroupPairs {
			r.groups = append(r.groups, g.GroupID)
			r.peered = r.peered || g.VPCPeeringConnectionID != ""
		}
		rules = append(rules, r)
	}
	return rules
}

func clampPort(p int) uint16 { return uint16(min(max(p, 0), 65535)) }

// groupsOf returns the groups that an object names; one that the input lacks
// is nil.
func (b *builder) groupsOf(gs []endpoint.SecurityGroup) []*group {
	if len(gs) == 0 || b.c.SecurityGroups == nil {
		return nil
	}
	out := make([]*group, len(gs))
	for i, g := range gs {
		out[i] = b.n.groups[g.ID]
	}
	return out
}

// A judgement is what security groups say, and the code of a refusal.
type judgement struct {
	admission
	code     codeSet
	modelled bool // F5, last clause
}

// judge asks a network interface's groups about traffic in one direction. The
// interface on the other side has the groups peers; known is false if it is
// not known, as behind a bare subnet; kept is false where references to groups
// do not survive the way (F4).
//
//  1. A group that the input lacks may admit anything: open, unless another
//     group admits all of it.
//  2. All of it admitted by CIDRs, lists and groups of the rules for its
//     protocol and ports: admitted.
//  3. Some of it admitted: open. So is a reference to groups where the other
//     side's are not known.
//  4. None, and a rule refers to a group of the other side that is lost on the
//     way: denied, SG_REFERENCES_NOT_PRESERVED.
//  5. None: denied; SG_HAS_NO_RULES if there is no rule at all, else
//     ENI_SG_RULES_MISMATCH.
func judge(gs []*group, egress bool, t traffic, peers []*group, known, kept bool) judgement {
	some, missing, rules, lost, peered := false, false, false, false, false
	var full []*groupRule // these admit the protocol and every port
	var store [8]*groupRule
	full = store[:0]
	for _, g := range gs {
		if g == nil {
			missing = true
			continue
		}
		list := g.in
		if egress {
			list = g.out
		}
		for i := range list {
			r := &list[i]
			rules = true
			if r.proto != everyProtocol && r.proto != int16(t.proto) || !r.ports.overlaps(t.ports) {
				continue
			}
			whole := r.ports.covers(t.ports)
			if whole {
				full = append(full, r)
			}
			for _, b := range r.blocks {
				some = some || t.touches(b)
			}
			for _, l := range r.lists {
				if l == t.list && whole {
					return judgement{admission: admitted}
				}
				some = some || !l.known
				for _, b := range l.entries {
					some = some || t.touches(b)
				}
			}
			if len(r.groups) == 0 {
				continue
			}
			switch {
			case !known:
				some, peered = true, peered || r.peered
			case slices.ContainsFunc(peers, func(p *group) bool { return p != nil && slices.Contains(r.groups, p.id) }):
				if kept && whole {
					return judgement{admission: admitted}
				}
				some, lost = some || kept, lost || !kept
			case slices.Contains(peers, nil):
				some, peered = true, peered || r.peered
			}
		}
	}
	switch {
	case covered(t, full):
		return judgement{admission: admitted}
	case missing:
		return judgement{admission: open}
	case some && peered:
		return judgement{admission: open, code: cUnknownPeeredSGs, modelled: true}
	case some:
		return judgement{admission: open, modelled: true}
	case lost:
		return judgement{code: cSGReferencesNotPreserved}
	case !rules:
		return judgement{code: cSGHasNoRules}
	}
	return judgement{code: cENISGRulesMismatch}
}

// covered reports whether the rules' addresses together hold all of the
// traffic's.
func covered(t traffic, rules []*groupRule) bool {
	at := t.peer.lo
	for {
		reach, ok := at, false
		for _, r := range rules {
			for _, b := range r.blocks {
				if b.family == t.family && b.has(at) && !b.hi.less(reach) {
					reach, ok = b.hi, true
				}
			}
			for _, l := range r.lists {
				for _, b := range l.entries {
					if b.family == t.family && b.has(at) && !b.hi.less(reach) {
						reach, ok = b.hi, true
					}
				}
			}
		}
		if !ok {
			return false
		}
		if !reach.less(t.peer.hi) {
			return true
		}
		at, _ = reach.next(t.family)
	}
}

// ---- network ACLs (F2)

type acl struct {
	id      string
	in, out []aclRule // by RuleNumber
	invalid bool      // G06
}

type aclRule struct {
	number int
	allow  bool
	proto  int16
	ports  ports
	block  block
}

func (b *builder) addACLs() {
	for _, a := range unique(b, "NetworkAcls", b.c.NetworkACLs, func(a *NetworkACL) string { return a.ID }) {
		x := &acl{id: a.ID}
		for i := range a.Entries {
			e := &a.Entries[i]
			where := func(sub string) string { return fmt.Sprintf("Entries[%d].%s", i, sub) }
			r := aclRule{number: e.RuleNumber, allow: strings.EqualFold(e.RuleAction, "allow"), ports: allPorts}
			var ok bool
			if r.proto, ok = protocolNumber(e.Protocol); !ok {
				b.fail(a.ID, where("Protocol"), e.Protocol, endpoint.ErrValue)
				continue
			}
			if r.proto >= 0 && hasPorts(Protocol(r.proto)) && e.PortRange != nil {
				r.ports = ports{clampPort(e.PortRange.From), clampPort(e.PortRange.To)}
			}
			if e.PrefixListID != "" {
				x.invalid = true
				b.find(endpoint.NotModelled, a.ID, "G06", "rule "+strconv.Itoa(e.RuleNumber)+" names prefix list "+e.PrefixListID+"; network ACLs cannot")
				continue
			}
			cidr, field := e.CIDRBlock, "CidrBlock"
			if cidr == "" {
				cidr, field = e.IPv6CIDRBlock, "Ipv6CidrBlock"
			}
			p, ok := b.prefix(a.ID, where(field), cidr)
			if !ok {
				continue
			}
			r.block = blockOf(p)
			if e.Egress {
				x.out = append(x.out, r)
			} else {
				x.in = append(x.in, r)
			}
		}
		byNumber := func(r, s aclRule) int { return cmp.Compare(r.number, s.number) }
		slices.SortStableFunc(x.in, byNumber)
		slices.SortStableFunc(x.out, byNumber)
		for _, as := range a.Associations {
			s := b.n.subnets[as.SubnetID]
			switch {
			case s == nil:
			case s.acl != nil && s.acl != x:
				b.find(endpoint.ConflictingObjects, s.id, "F2", "is associated with two network ACLs: "+s.acl.id+" and "+x.id)
			default:
				s.acl = x
			}
		}
	}
}

// judge asks the rules of one direction, lowest number first: the first that
// matches all of what is left decides. A rule that matches a part leaves what
// it says a possibility; it is open whether the traffic passes if the
// possibilities differ. No rule: denied.
func (a *acl) judge(egress bool, t traffic) admission {
	rules := a.in
	if egress {
		rules = a.out
	}
	allow, deny := false, false
	for i := range rules {
		r := &rules[i]
		if r.proto != everyProtocol && r.proto != int16(t.proto) || !t.touches(r.block) || !r.ports.overlaps(t.ports) {
			continue
		}
		allow, deny = allow || r.allow, deny || !r.allow
		if r.block.covers(t.peer) && r.ports.covers(t.ports) {
			return verdictOf(allow, deny)
		}
	}
	return verdictOf(allow, true)
}

func verdictOf(allow, deny bool) admission {
	switch {
	case allow && deny:
		return open
	case allow:
		return admitted
	}
	return denied
}
