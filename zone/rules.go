package zone

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// working reports whether an association or a rule is in force. A status that
// the input leaves out counts as complete.
func working(status string) bool {
	switch strings.ToUpper(status) {
	case "", "COMPLETE", "UPDATING":
		return true
	}
	return false
}

func (b *builder) readRules() {
	b.c.ResolverRules = lastOf(b, "ResolverRules", b.c.ResolverRules, func(r *ResolverRule) string { return r.ID })
	for i := range b.c.ResolverRules {
		in := &b.c.ResolverRules[i]
		if _, err := canonical(in.DomainName); err != nil {
			b.fail(in.ID, "DomainName", in.DomainName, ErrName)
		}
		for j, t := range in.TargetIPs {
			if _, err := t.addrPorts(); err != nil {
				b.fail(in.ID, fmt.Sprintf("TargetIps[%d]", j), t.IP+t.IPv6, err)
			}
		}
		switch strings.ToUpper(in.RuleType) {
		case "FORWARD", "SYSTEM", "RECURSIVE":
		case "DELEGATE":
			b.findNotModelled(in.ID, "rules of type DELEGATE are not followed (Z34)")
		default:
			b.fail(in.ID, "RuleType", in.RuleType, endpoint.ErrValue)
		}
		b.rules[in.ID] = new(in.clone()) // which Config.Forward is asked with
	}
	for i := range b.c.ResolverRuleAssociations {
		in := &b.c.ResolverRuleAssociations[i]
		if !working(in.Status) {
			continue
		}
		v, r := b.vpc(in.VPCID), b.rules[in.ResolverRuleID]
		if v == nil {
			b.fail(fmt.Sprintf("ResolverRuleAssociations[%d]", i), "VPCId", "", endpoint.ErrID)
			continue
		}
		if r == nil {
			b.find(endpoint.Finding{
				Code: endpoint.UnknownResource, Resource: in.VPCID, Source: "Z5",
				Text: fmt.Sprintf("the Resolver rule %s is associated with the VPC and not in the input", in.ResolverRuleID),
			})
			continue
		}
		b.members[v.id] = append(b.members[v.id], member{rule: r})
	}
	for i := range b.c.ResolverEndpoints {
		in := &b.c.ResolverEndpoints[i]
		if strings.EqualFold(in.Direction, "INBOUND_DELEGATION") {
			b.findNotModelled(in.ID, "inbound Resolver endpoints of direction INBOUND_DELEGATION are not modelled (Z34)")
		}
	}
}

// clone returns a rule that shares no memory with r.
func (r ResolverRule) clone() ResolverRule {
	r.TargetIPs = slices.Clone(r.TargetIPs)
	return r
}

// addrPorts returns the servers a target names: port 53 unless it gives one.
func (t TargetAddress) addrPorts() ([]netip.AddrPort, error) {
	port := t.Port
	if port == 0 {
		port = 53
	}
	if port < 0 || port > 65535 {
		return nil, endpoint.ErrValue
	}
	var list []netip.AddrPort
	for _, s := range []string{t.IP, t.IPv6} {
		if s == "" {
			continue
		}
		a, err := netip.ParseAddr(s)
		if err != nil {
			return nil, endpoint.ErrAddress
		}
		list = append(list, netip.AddrPortFrom(a, uint16(port)))
	}
	return list, nil
}

// ruleWinner makes a rule the winner of names: nil for a SYSTEM rule, which
// wins nothing and takes the other rules out of the way (Z8). The default rule
// of every VPC, RECURSIVE for ".", is the public DNS and not to be entered.
func ruleWinner(r *ResolverRule) (w *winner, domain string, ok bool) {
	domain, _ = canonical(r.DomainName)
	o := &origin{Source: Source{Kind: ForwardRule, ID: r.ID, Zone: domain}}
	if domain == "" {
		o.Zone = "."
	}
	w = &winner{origin: o, labels: labels(domain), forward: r}
	switch strings.ToUpper(r.RuleType) {
	case "SYSTEM":
		return nil, domain, true
	case "FORWARD":
		w.kind, w.rule = winForward, ruleZ8
		for _, t := range r.TargetIPs {
			list, _ := t.addrPorts() // checked when it was read
			o.targets = append(o.targets, list...)
		}
		return w, domain, true
	case "DELEGATE":
		w.kind, w.rule = winDelegate, ruleZ34
		return w, domain, true
	}
	return nil, domain, false
}

// readProfiles gives every VPC with a Route 53 Profile the zones and rules in
// it (Z36): private hosted zones, the hidden zones of interface endpoints, and
// Resolver rules.
func (b *builder) readProfiles() {
	held := map[string][]member{}
	for i := range b.c.ProfileResourceAssociations {
		in := &b.c.ProfileResourceAssociations[i]
		if !working(in.Status) {
			continue
		}
		missing := func(what, id string) {
			b.find(endpoint.Finding{
				Code: endpoint.UnknownResource, Resource: in.ProfileID, Source: "Z36",
				Text: fmt.Sprintf("the %s %s is in the profile and not in the input", what, id),
			})
		}
		kind, id := resourceOf(in.ResourceARN)
		switch kind {
		case "hostedzone":
			if z := b.hosted[id]; z != nil {
				held[in.ProfileID] = append(held[in.ProfileID], member{zone: z, profile: true})
			} else {
				missing("hosted zone", id)
			}
		case "vpc-endpoint":
			e := b.endpoints[id]
			if e == nil {
				missing("endpoint", id)
				continue
			}
			for _, z := range e.zones {
				held[in.ProfileID] = append(held[in.ProfileID], member{zone: z, profile: true})
			}
		case "resolver-rule":
			if r := b.rules[id]; r != nil {
				held[in.ProfileID] = append(held[in.ProfileID], member{rule: r, profile: true})
			} else {
				missing("Resolver rule", id)
			}
		}
	}
	for i := range b.c.ProfileAssociations {
		in := &b.c.ProfileAssociations[i]
		if v := b.vpc(in.ResourceID); v != nil && working(in.Status) {
			b.members[v.id] = append(b.members[v.id], held[in.ProfileID]...)
		}
	}
}

// resourceOf returns the kind and the id that an ARN ends in:
// "arn:aws:route53:::hostedzone/Z0123".
func resourceOf(arn string) (kind, id string) {
	kind, id, _ = strings.Cut(arn[strings.LastIndexByte(arn, ':')+1:], "/")
	return kind, id
}
