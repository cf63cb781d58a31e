package terraform

import (
	"cmp"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/route"
)

// A rule is one permission of a security group in its smallest piece: one
// direction, one source or destination. Inline rules and rules that are
// resources are compared and joined as such pieces.
type rule struct {
	group    string
	egress   bool
	protocol string
	from, to int
	ports    bool   // from and to are given
	kind     string // v4, v6, list or group
	peer     string // of that kind
}

// addGroups adds the security groups with their rules: those of the group's own
// blocks, less the ones that were resources which the plan removes or changes,
// and those that are resources. A group of which some rule is not told is left
// out: it may admit anything.
func (n *network) addGroups() {
	open := map[string]bool{}
	var rules, gone []rule
	for _, r := range n.gone("aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule") {
		list, _ := n.ruleOf(r)
		gone = append(gone, list...)
	}
	for _, r := range n.of("aws_security_group", "aws_default_security_group") {
		v := r.root()
		for _, name := range []string{"ingress", "egress"} {
			blocks := v.attr(name)
			if blocks.isUnknown() && !blocks.configured() {
				continue // a new group has none; Terraform removes AWS's default rule
			}
			elements, ok := blocks.list()
			open[r.id] = open[r.id] || !ok
			for _, e := range elements {
				list, ok := n.inlineRule(r.id, name == "egress", e)
				open[r.id] = open[r.id] || !ok
				for _, x := range list {
					if !slices.Contains(gone, x) || r.conf != nil && blocks.configured() {
						rules = append(rules, x)
					}
				}
			}
		}
	}
	any := false
	for _, r := range n.of("aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule") {
		list, ok := n.ruleOf(r)
		if !ok {
			id := n.ref(r.root().attr("security_group_id"), "sg-")
			open[id], any = true, any || id == ""
		}
		rules = append(rules, list...)
	}
	for _, r := range n.of("aws_security_group", "aws_default_security_group") {
		if any || open[r.id] || r.mode == "data" || r.id == "" { // the data source has no rules
			continue
		}
		v := r.root()
		out := route.SecurityGroup{ID: r.id, Name: v.attr("name").quiet(), OwnerID: v.attr("owner_id").quiet(), Tags: r.tags()}
		if id := v.attr("vpc_id"); !id.isUnknown() || id.configured() {
			out.VPCID = n.ref(id, "vpc-")
		}
		if r.typ == "aws_default_security_group" {
			out.Name = "default"
		}
		out.IPPermissions, out.IPPermissionsEgress = permissions(rules, r.id, false), permissions(rules, r.id, true)
		n.inv.SecurityGroups = append(n.inv.SecurityGroups, out)
	}
}

// newRule starts a rule. Protocol -1 has no ports, and Terraform writes 0.
func newRule(group string, egress bool, protocol string, v value) rule {
	x := rule{group: group, egress: egress, protocol: strings.ToLower(protocol)}
	from, okFrom := v.attr("from_port").num()
	to, okTo := v.attr("to_port").num()
	if x.protocol == "all" {
		x.protocol = "-1"
	}
	if okFrom && okTo && x.protocol != "-1" {
		x.from, x.to, x.ports = from, to, true
	}
	return x
}

// inlineRule cuts an ingress or egress block, or an aws_security_group_rule,
// into rules; false if not all is told.
func (n *network) inlineRule(group string, egress bool, v value) ([]rule, bool) {
	base := newRule(group, egress, v.attr("protocol").str(), v)
	ok := !v.attr("protocol").isUnknown() && !v.attr("from_port").isUnknown() && !v.attr("to_port").isUnknown()
	var list []rule
	add := func(kind string, peers []string, told bool) {
		ok = ok && told
		for _, p := range peers {
			x := base
			x.kind, x.peer = kind, p
			list = append(list, x)
		}
	}
	strs := func(name string) ([]string, bool) { return v.attr(name).strs() }
	v4, told := strs("cidr_blocks")
	add("v4", v4, told)
	v6, told := strs("ipv6_cidr_blocks")
	add("v6", v6, told)
	lists, told := n.refs(v.attr("prefix_list_ids"), "pl-")
	add("list", lists, told)
	groups, told := n.refs(v.attr("security_groups"), "sg-")
	add("group", groups, told)
	if source := v.attr("source_security_group_id"); !source.isUnknown() || source.configured() {
		id := n.ref(source, "sg-")
		if id != "" {
			groups = []string{id}
			add("group", groups, true)
		}
		ok = ok && (id != "" || !source.isUnknown())
	}
	if v.attr("self").isTrue() {
		add("group", []string{group}, true)
	}
	return list, ok
}

// ruleOf reads a rule that is a resource; false if not all is told.
func (n *network) ruleOf(r *resource) ([]rule, bool) {
	v := r.root()
	group := n.ref(v.attr("security_group_id"), "sg-")
	if r.typ == "aws_security_group_rule" {
		list, ok := n.inlineRule(group, v.attr("type").str() == "egress", v)
		return list, ok && group != ""
	}
	x := newRule(group, r.typ == "aws_vpc_security_group_egress_rule", v.attr("ip_protocol").str(), v)
	for _, in := range []struct{ name, kind, prefix string }{
		{"cidr_ipv4", "v4", ""}, {"cidr_ipv6", "v6", ""}, {"prefix_list_id", "list", "pl-"}, {"referenced_security_group_id", "group", "sg-"},
	} {
		a := v.attr(in.name)
		if in.prefix != "" {
			x.peer = n.ref(a, in.prefix)
		} else {
			x.peer = a.str()
		}
		if in.kind == "group" { // an account's id may stand in front: 123456789012/sg-…
			x.peer = x.peer[strings.LastIndexByte(x.peer, '/')+1:]
		}
		if x.peer != "" {
			x.kind = in.kind
			return []rule{x}, group != ""
		}
	}
	return nil, false
}

// permissions puts a group's rules together as AWS does: one permission for
// each protocol and range of ports.
func permissions(rules []rule, group string, egress bool) []route.IPPermission {
	mine := slices.DeleteFunc(slices.Clone(rules), func(x rule) bool { return x.group != group || x.egress != egress })
	slices.SortFunc(mine, func(a, b rule) int {
		return cmp.Or(cmp.Compare(a.protocol, b.protocol), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to),
			cmp.Compare(a.kind, b.kind), cmp.Compare(a.peer, b.peer))
	})
	var list []route.IPPermission
	var last rule
	for i, x := range slices.Compact(mine) {
		key := rule{protocol: x.protocol, from: x.from, to: x.to, ports: x.ports}
		if i == 0 || key != last {
			p := route.IPPermission{IPProtocol: x.protocol}
			if x.ports {
				p.FromPort, p.ToPort = new(x.from), new(x.to)
			}
			list, last = append(list, p), key
		}
		p := &list[len(list)-1]
		switch x.kind {
		case "v4":
			p.IPRanges = append(p.IPRanges, route.IPRange{CIDRIP: x.peer})
		case "v6":
			p.IPv6Ranges = append(p.IPv6Ranges, route.IPv6Range{CIDRIPv6: x.peer})
		case "list":
			p.PrefixListIDs = append(p.PrefixListIDs, route.PrefixListID{PrefixListID: x.peer})
		case "group":
			p.UserIDGroupPairs = append(p.UserIDGroupPairs, route.UserIDGroupPair{GroupID: x.peer})
		}
	}
	return list
}

// addACLs adds the network ACLs: their own entries, less those that were
// resources which the plan removes, and those that are resources; likewise the
// subnets. One of which something is not told is left out.
func (n *network) addACLs() {
	type aclEntry struct {
		acl string
		route.NetworkACLEntry
	}
	open := map[string]bool{}
	any := false
	number := func(v value, name string, egress bool) route.NetworkACLEntry {
		i, _ := v.attr(name).num()
		return route.NetworkACLEntry{RuleNumber: i, Egress: egress}
	}
	fill := func(e route.NetworkACLEntry, v value, action string) (route.NetworkACLEntry, bool) {
		ok := true
		for _, name := range []string{action, "protocol", "from_port", "to_port", "cidr_block", "ipv6_cidr_block"} {
			a := v.attr(name)
			ok = ok && (!a.isUnknown() || !a.configured())
		}
		if !ok {
			v.attr("cidr_block").note("")
			return e, false
		}
		e.RuleAction, e.Protocol = strings.ToLower(v.attr(action).quiet()), strings.ToLower(v.attr("protocol").quiet())
		e.CIDRBlock, e.IPv6CIDRBlock = v.attr("cidr_block").quiet(), v.attr("ipv6_cidr_block").quiet()
		if from, ok := v.attr("from_port").num(); ok && e.Protocol != "-1" && e.Protocol != "all" {
			to, _ := v.attr("to_port").num()
			e.PortRange = &route.PortRange{From: from, To: to}
		}
		return e, true
	}
	same := func(a, b route.NetworkACLEntry) bool { return a.RuleNumber == b.RuleNumber && a.Egress == b.Egress }
	var standalone, gone []aclEntry
	for _, r := range n.gone("aws_network_acl_rule") {
		v := r.root()
		gone = append(gone, aclEntry{v.attr("network_acl_id").str(), number(v, "rule_number", v.attr("egress").isTrue())})
	}
	for _, r := range n.of("aws_network_acl_rule") {
		v := r.root()
		id := n.ref(v.attr("network_acl_id"), "acl-")
		e, ok := fill(number(v, "rule_number", v.attr("egress").isTrue()), v, "rule_action")
		any = any || id == ""
		open[id] = open[id] || !ok
		standalone = append(standalone, aclEntry{id, e})
	}
	associated := map[string]string{} // subnet: ACL
	for _, r := range n.of("aws_network_acl_association") {
		v := r.root()
		subnet, id := n.ref(v.attr("subnet_id"), "subnet-"), n.ref(v.attr("network_acl_id"), "acl-")
		any = any || subnet == ""
		associated[subnet] = id
	}
	left := map[string]bool{} // subnets whose association the plan removes
	for _, r := range n.gone("aws_network_acl_association") {
		left[r.root().attr("subnet_id").str()] = true
	}
	for _, r := range n.of("aws_network_acl", "aws_default_network_acl") {
		v := r.root()
		out := route.NetworkACL{ID: r.id, IsDefault: r.typ == "aws_default_network_acl", OwnerID: v.attr("owner_id").quiet(), Tags: r.tags()}
		if id := v.attr("vpc_id"); !id.isUnknown() || id.configured() {
			out.VPCID = n.ref(id, "vpc-")
		}
		told := !any && !open[r.id]
		for _, name := range []string{"ingress", "egress"} {
			blocks := v.attr(name)
			if blocks.isUnknown() && !blocks.configured() {
				continue
			}
			elements, ok := blocks.list()
			told = told && ok
			for _, b := range elements {
				e, ok := fill(number(b, "rule_no", name == "egress"), b, "action")
				told = told && ok
				removed := slices.ContainsFunc(gone, func(g aclEntry) bool { return g.acl == r.id && same(g.NetworkACLEntry, e) })
				if !removed || r.conf != nil && blocks.configured() {
					out.Entries = append(out.Entries, e)
				}
			}
		}
		for _, s := range standalone {
			if s.acl == r.id {
				out.Entries = slices.DeleteFunc(out.Entries, func(e route.NetworkACLEntry) bool { return same(e, s.NetworkACLEntry) })
				out.Entries = append(out.Entries, s.NetworkACLEntry)
			}
		}
		subnets := v.attr("subnet_ids")
		ids, ok := n.refs(subnets, "subnet-")
		told = told && ok
		computed := r.conf == nil || !subnets.configured()
		for _, id := range ids {
			other, ok := associated[id]
			if ok && other != r.id || computed && left[id] && !ok {
				continue
			}
			associated[id] = r.id
		}
		if !told {
			continue
		}
		for id, acl := range associated {
			if acl == r.id {
				out.Associations = append(out.Associations, route.ACLAssociation{SubnetID: id})
			}
		}
		slices.SortFunc(out.Associations, func(a, b route.ACLAssociation) int { return cmp.Compare(a.SubnetID, b.SubnetID) })
		slices.SortFunc(out.Entries, func(a, b route.NetworkACLEntry) int {
			egress := func(e route.NetworkACLEntry) int {
				if e.Egress {
					return 1
				}
				return 0
			}
			return cmp.Or(cmp.Compare(egress(a), egress(b)), cmp.Compare(a.RuleNumber, b.RuleNumber))
		})
		n.inv.NetworkACLs = append(n.inv.NetworkACLs, out)
	}
}
