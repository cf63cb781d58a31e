package terraform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// afterApply is the target of an alias that stands for records known only after
// apply. It is no endpoint's name, so what it resolves to is not in the input.
const afterApply = "known-after-apply.invalid"

// addZones adds the hosted zones with their associations and records:
//
//  1. A zone that is a resource has the records that are resources, and no
//     others. One that is a data source or not described, but that records are
//     put into, has records that are not told.
//  2. A zone's VPCs are those of its vpc blocks and those of
//     aws_route53_zone_association resources, less those whose association the
//     plan removes.
//  3. Where it is not told which VPC a zone is associated with, it may be any:
//     every other VPC has a zone of that name whose records are not told.
//  4. A private zone whose name is not told may answer for any name.
//  5. A record whose name or type is not told leaves the zone's records
//     untold; one whose values are not told stands with unknown values.
func (n *network) addZones() {
	zones := map[string]*zone.HostedZone{}
	anywhere := map[string]bool{} // rule 3
	var order []string
	for _, r := range n.of("aws_route53_zone") {
		if r.id == "" {
			continue
		}
		v := r.root()
		out := &zone.HostedZone{ID: r.id, Name: v.attr("name").str(), Comment: v.attr("comment").quiet()}
		if r.mode == "data" {
			out.Private = v.attr("private_zone").isTrue()
			if id := v.attr("vpc_id").quiet(); id != "" {
				out.VPCs = append(out.VPCs, zone.ZoneVPC{VPCID: id})
			}
		} else {
			out.RecordSets = []zone.RecordSet{}
			anywhere[r.id] = !n.addZoneVPCs(out, v.attr("vpc"))
		}
		zones[r.id] = out
		order = append(order, r.id)
	}
	for _, r := range n.of("aws_route53_zone_association") {
		v := r.root()
		zoneID, id := n.ref(v.attr("zone_id"), "Z"), n.ref(v.attr("vpc_id"), "vpc-")
		z := zones[zoneID]
		switch {
		case zoneID == "":
			for id := range zones {
				anywhere[id] = true
			}
		case id == "":
			anywhere[zoneID] = true
		}
		if z != nil && id != "" && !slices.ContainsFunc(z.VPCs, func(x zone.ZoneVPC) bool { return x.VPCID == id }) {
			z.VPCs = append(z.VPCs, zone.ZoneVPC{VPCID: id, VPCRegion: v.attr("vpc_region").quiet()})
			z.Private = true
		}
	}
	n.addRecords(zones)
	for _, id := range order {
		z := zones[id]
		if z.Name == "" && z.Private {
			var vpcs []string
			for _, v := range z.VPCs {
				vpcs = append(vpcs, v.VPCID)
			}
			if anywhere[id] {
				vpcs = n.allVPCs()
			}
			n.addAnyName(n.addresses[id], "name", vpcs)
		}
		if z.Name == "" {
			continue
		}
		n.inv.HostedZones = append(n.inv.HostedZones, *z)
		if anywhere[id] {
			n.addAnywhere(z)
		}
	}
}

// addAnyName makes every name unknown in VPCs in which something may answer for
// names that are not told: a rule forwards them. Names of zones stay.
func (n *network) addAnyName(address, attribute string, vpcs []string) {
	rule := standIn("rslvr-rr-", address, attribute)
	n.inv.ResolverRules = append(n.inv.ResolverRules, zone.ResolverRule{ID: rule, DomainName: ".", RuleType: "FORWARD"})
	for _, id := range vpcs {
		n.inv.ResolverRuleAssociations = append(n.inv.ResolverRuleAssociations, zone.ResolverRuleAssociation{
			ID: standIn("rslvr-rrassoc-", address, attribute), ResolverRuleID: rule, VPCID: id,
		})
	}
}

func (n *network) allVPCs() []string {
	var list []string
	for _, v := range n.inv.VPCs {
		list = append(list, v.ID)
	}
	return list
}

// addAnywhere gives every VPC that is not associated with a zone one of the same
// name and without records.
func (n *network) addAnywhere(z *zone.HostedZone) {
	out := zone.HostedZone{ID: standIn("Z", n.addresses[z.ID], "vpcs"), Name: z.Name, Private: true}
	for _, v := range n.inv.VPCs {
		if !slices.ContainsFunc(z.VPCs, func(x zone.ZoneVPC) bool { return x.VPCID == v.ID }) {
			out.VPCs = append(out.VPCs, zone.ZoneVPC{VPCID: v.ID})
		}
	}
	if len(out.VPCs) > 0 {
		n.inv.HostedZones = append(n.inv.HostedZones, out)
	}
}

// addZoneVPCs adds the VPCs of a zone's own blocks; false if some are not told.
func (n *network) addZoneVPCs(out *zone.HostedZone, v value) bool {
	computed := v.r.conf == nil || !v.configured()
	if v.isUnknown() && computed && v.r.conf != nil {
		return true // a public zone, or one whose VPCs are resources
	}
	blocks, ok := v.list()
	out.Private = len(blocks) > 0 || !ok
	for _, b := range blocks {
		id := n.ref(b.attr("vpc_id"), "vpc-")
		left := computed && slices.ContainsFunc(n.gone("aws_route53_zone_association"), func(g *resource) bool {
			return g.root().attr("zone_id").str() == out.ID && g.root().attr("vpc_id").str() == id
		})
		if id != "" && !left {
			out.VPCs = append(out.VPCs, zone.ZoneVPC{VPCID: id, VPCRegion: b.attr("vpc_region").quiet()})
		}
		ok = ok && id != ""
	}
	return ok
}

func (n *network) addRecords(zones map[string]*zone.HostedZone) {
	untold := map[string]bool{}
	for _, r := range n.of("aws_route53_record") {
		v := r.root()
		id := n.ref(v.attr("zone_id"), "Z")
		z := zones[id]
		if id == "" { // it may be in any
			for id := range zones {
				untold[id] = true
			}
		}
		if z == nil {
			continue
		}
		name, typ := v.attr("name"), v.attr("type")
		if name.isUnknown() || typ.isUnknown() {
			name.note("")
			untold[id] = true
			continue
		}
		out := zone.RecordSet{Name: fqdn(name.str(), z.Name), Type: strings.ToUpper(typ.str()), SetIdentifier: v.attr("set_identifier").quiet()}
		if ttl, ok := v.attr("ttl").num(); ok && ttl > 0 && ttl <= 1<<31-1 {
			out.TTL = uint32(ttl)
		}
		if !n.fillRecord(&out, v) {
			out.AliasTarget = &zone.AliasTarget{DNSName: afterApply}
			out.ResourceRecords = nil
		}
		same := func(x zone.RecordSet) bool {
			return strings.EqualFold(x.Name, out.Name) && x.Type == out.Type && x.SetIdentifier == out.SetIdentifier
		}
		if slices.ContainsFunc(z.RecordSets, same) {
			n.find(endpoint.ConflictingObjects, id, "", fmt.Sprintf("%s gives the record set %s %s a second time; the first one counts", r.address, out.Name, out.Type))
			continue
		}
		if z.RecordSets != nil {
			z.RecordSets = append(z.RecordSets, out)
		}
	}
	for id := range untold {
		zones[id].RecordSets = nil
	}
}

// fillRecord gives a record set its values or its alias; false if they are not
// told.
func (n *network) fillRecord(out *zone.RecordSet, v value) bool {
	alias, ok := v.attr("alias").list()
	if !ok {
		return false
	}
	if len(alias) > 0 { // at most one
		a := alias[0]
		target := a.attr("name")
		if target.isUnknown() {
			target.note("")
			return false
		}
		out.AliasTarget = &zone.AliasTarget{
			DNSName: target.str(), HostedZoneID: a.attr("zone_id").quiet(), EvaluateTargetHealth: a.attr("evaluate_target_health").isTrue(),
		}
		return true
	}
	values, ok := v.attr("records").strs()
	for _, s := range values {
		out.ResourceRecords = append(out.ResourceRecords, zone.ResourceRecord{Value: text(out.Type, s)})
	}
	return ok
}

// text is a record's value as Route 53 has it: Terraform writes TXT and SPF
// without the outer quotes.
func text(typ, s string) string {
	if (typ == "TXT" || typ == "SPF") && !strings.HasPrefix(s, `"`) {
		return `"` + s + `"`
	}
	return s
}

// fqdn completes a record's name as the provider does: one that does not end in
// the zone's name is below it, and none at all is the zone itself.
func fqdn(name, zone string) string {
	name, zone = strings.TrimSuffix(name, "."), strings.TrimSuffix(zone, ".")
	lower, z := strings.ToLower(name), strings.ToLower(zone)
	switch {
	case name == "" || lower == z:
		return zone + "."
	case strings.HasSuffix(lower, "."+z):
		return name + "."
	}
	return name + "." + zone + "."
}

// addRules adds Resolver rules, their associations, and Resolver endpoints:
//
//  1. A rule whose targets are not told has none.
//  2. A rule whose domain or type is not told forwards every name. What is
//     forwarded is unknown, and names of zones stay what they are.
//  3. A rule that is associated with a VPC which is not told is with all; where
//     the rule is not told, with a rule that forwards every name.
func (n *network) addRules() {
	for _, r := range n.of("aws_route53_resolver_rule") {
		v := r.root()
		out := zone.ResolverRule{
			ID: r.id, DomainName: v.attr("domain_name").str(), RuleType: strings.ToUpper(v.attr("rule_type").str()),
			Name: v.attr("name").quiet(), OwnerID: v.attr("owner_id").quiet(),
		}
		if v.attr("domain_name").isUnknown() || v.attr("rule_type").isUnknown() {
			out.DomainName, out.RuleType = ".", "FORWARD"
		}
		targets, _ := v.attr("target_ip").list()
		for _, t := range targets {
			x := zone.TargetAddress{IP: t.attr("ip").str(), IPv6: t.attr("ipv6").quiet()}
			x.Port, _ = t.attr("port").num()
			if x.IP+x.IPv6 != "" {
				out.TargetIPs = append(out.TargetIPs, x)
			}
		}
		n.inv.ResolverRules = append(n.inv.ResolverRules, out)
	}
	for _, r := range n.of("aws_route53_resolver_rule_association") {
		v := r.root()
		rule, vpc := n.ref(v.attr("resolver_rule_id"), "rslvr-"), n.ref(v.attr("vpc_id"), "vpc-")
		vpcs := []string{vpc}
		if vpc == "" {
			vpcs = n.allVPCs()
		}
		if rule == "" {
			n.addAnyName(r.address, "resolver_rule_id", vpcs)
			continue
		}
		for _, id := range vpcs {
			n.inv.ResolverRuleAssociations = append(n.inv.ResolverRuleAssociations, zone.ResolverRuleAssociation{ID: r.id, ResolverRuleID: rule, VPCID: id})
		}
	}
	for _, r := range n.of("aws_route53_resolver_endpoint") {
		v := r.root()
		out := zone.ResolverEndpoint{ID: r.id, Name: v.attr("name").quiet(), Direction: strings.ToUpper(v.attr("direction").str())}
		if id := v.attr("host_vpc_id"); !id.isUnknown() {
			out.HostVPCID = id.str()
		} else {
			out.HostVPCID = n.hostOf(v)
		}
		if out.HostVPCID != "" {
			n.inv.ResolverEndpoints = append(n.inv.ResolverEndpoints, out)
		}
	}
}

// hostOf is the VPC of a Resolver endpoint's subnets.
func (n *network) hostOf(v value) string {
	addresses, _ := v.attr("ip_address").list()
	for _, a := range addresses {
		if id := n.vpcOfSubnets([]string{n.ref(a.attr("subnet_id"), "subnet-")}); id != "" {
			return id
		}
	}
	return ""
}

// addProfiles adds what Route 53 Profiles hold and which VPCs have them.
func (n *network) addProfiles() {
	for _, r := range n.of("aws_route53profiles_association") {
		v := r.root()
		profile, vpc := n.ref(v.attr("profile_id"), "rp-"), n.ref(v.attr("resource_id"), "vpc-")
		if profile != "" && vpc != "" {
			n.inv.ProfileAssociations = append(n.inv.ProfileAssociations, zone.ProfileAssociation{
				ID: r.id, Name: v.attr("name").quiet(), ProfileID: profile, ResourceID: vpc, Status: v.attr("status").quiet(),
			})
		}
	}
	for _, r := range n.of("aws_route53profiles_resource_association") {
		v := r.root()
		profile := n.ref(v.attr("profile_id"), "rp-")
		arn := v.attr("resource_arn").quiet()
		if v.attr("resource_arn").isUnknown() {
			arn = n.arn(v.attr("resource_arn"))
		}
		if profile != "" && arn != "" {
			n.inv.ProfileResourceAssociations = append(n.inv.ProfileResourceAssociations, zone.ProfileResourceAssociation{
				ID: r.id, Name: v.attr("name").quiet(), ProfileID: profile, ResourceARN: arn,
				ResourceType: v.attr("resource_type").quiet(), Status: v.attr("status").quiet(),
			})
		}
	}
}

// arn makes an ARN of the one object that an unknown ARN is of.
func (n *network) arn(v value) string {
	found := ""
	for _, expr := range v.exprs {
		in := n.read(expr, v.r.frame(), 0)
		for _, t := range in.targets {
			kind := map[string]string{
				"aws_route53_zone": "hostedzone", "aws_vpc_endpoint": "vpc-endpoint", "aws_route53_resolver_rule": "resolver-rule",
			}[t.r.typ]
			if kind == "" || t.attribute != "arn" && t.attribute != "" || found != "" || in.open || in.foreign {
				v.note("")
				return ""
			}
			found = "arn:tf:::" + kind + "/" + t.r.identity()
		}
	}
	v.note(found)
	return found
}

// addServices adds what data sources say of endpoint services. One without the
// list private_dns_names is of a provider that shows one name of several, and
// would hide the others that the catalogue knows.
func (n *network) addServices() {
	for _, r := range n.resources {
		v := r.root()
		if r.typ != "aws_vpc_endpoint_service" || v.attr("service_name").quiet() == "" || v.attr("private_dns_names").data == nil {
			continue
		}
		out := endpoint.ServiceDetail{
			ServiceName: v.attr("service_name").str(), ServiceID: v.attr("service_id").quiet(), Owner: v.attr("owner").quiet(),
			ServiceRegion: v.attr("service_region").quiet(), PrivateDNSName: v.attr("private_dns_name").quiet(),
			AcceptanceRequired: v.attr("acceptance_required").isTrue(), Tags: r.tags(),
		}
		if t := v.attr("service_type").quiet(); t != "" {
			out.ServiceType = []endpoint.ServiceType{{ServiceType: endpoint.Type(t)}}
		}
		out.AvailabilityZones, _ = v.attr("availability_zones").strs()
		out.BaseEndpointDNSNames, _ = v.attr("base_endpoint_dns_names").strs()
		names, _ := v.attr("private_dns_names").strs()
		for _, name := range names {
			out.PrivateDNSNames = append(out.PrivateDNSNames, endpoint.PrivateDNSName{PrivateDNSName: name})
		}
		types, _ := v.attr("supported_ip_address_types").strs()
		for _, t := range types {
			out.SupportedIPAddressTypes = append(out.SupportedIPAddressTypes, endpoint.IPAddressType(t))
		}
		n.inv.ServiceDetails = append(n.inv.ServiceDetails, out)
	}
}
