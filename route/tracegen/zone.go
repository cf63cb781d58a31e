package tracegen

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// HostedZone generates private hosted zones as Route 53 prints them: names
// with final dot, wildcards as \052, address records, CNAMEs within the zone
// and out of it, aliases, empty zones, zones whose records are not in the
// input.
func HostedZone() *rapid.Generator[zone.HostedZone] {
	return rapid.Custom(func(t *rapid.T) zone.HostedZone {
		d := &draft{T: t, inv: &trace.Inventory{}, ids: map[string]int{}}
		return d.hostedZone([]zone.ZoneVPC{{VPCID: "vpc-1", VPCRegion: "us-east-2"}})
	})
}

// zones draws what customers put into the DNS of their VPCs.
func (d *draft) zones() {
	for range d.upTo(2, "hosted zones") {
		var vpcs []zone.ZoneVPC
		for i, v := range d.inv.VPCs {
			if i == 0 || d.flip("shared with "+v.ID) {
				vpcs = append(vpcs, zone.ZoneVPC{VPCID: v.ID, VPCRegion: d.region(v.ID)})
			}
		}
		d.inv.HostedZones = append(d.inv.HostedZones, d.hostedZone(vpcs))
	}
	if d.rarely(4, "Resolver rule") {
		d.rule()
	}
	if d.rarely(4, "Profile") {
		d.profile()
	}
	if d.rarely(4, "inbound Resolver endpoint") {
		v := one(d, "inbound", d.inv.VPCs)
		d.inv.ResolverEndpoints = append(d.inv.ResolverEndpoints, zone.ResolverEndpoint{ID: d.id("rslvr-in-"), Direction: "INBOUND", HostVPCID: v.ID, Status: "OPERATIONAL"})
	}
}

// hostedZone draws a private hosted zone: a service's, as a central set-up
// makes it (Z35), a parent of services' names, or the customer's own.
func (d *draft) hostedZone(vpcs []zone.ZoneVPC) zone.HostedZone {
	z := zone.HostedZone{ID: d.id("Z"), Private: true, VPCs: vpcs, RecordSets: []zone.RecordSet{}}
	region := vpcs[0].VPCRegion
	z.Name = pick(d, "zone", "corp.example.com", "sts."+region+".amazonaws.com", "amazonaws.com", region+".amazonaws.com", "example.com", "dkr.ecr."+region+".amazonaws.com", "*.example.com") + "."
	if d.rarely(8, "records not in the input") {
		z.RecordSets = nil
		return z
	}
	seen := map[string]bool{}
	for range d.upTo(3, "record sets") {
		r := d.recordSet(z.Name)
		if key := r.Name + r.Type; !seen[key] {
			seen[key] = true
			z.RecordSets = append(z.RecordSets, r)
		}
	}
	return z
}

// recordSet draws a record set of a zone.
func (d *draft) recordSet(zoneName string) zone.RecordSet {
	r := zone.RecordSet{Name: pick(d, "owner", "", "www.", "\\052.", "a.b.") + zoneName, Type: "A", TTL: 300}
	value := func(s string) { r.ResourceRecords = []zone.ResourceRecord{{Value: s}} }
	switch pick(d, "record", "A", "alias", "CNAME", "AAAA", "TXT") {
	case "A":
		value(pick(d, "address", d.addresses()...))
	case "AAAA":
		r.Type = "AAAA"
		value(pick(d, "IPv6 address", "2001:db8:1:1::4", "2001:db8:ffff::1"))
	case "TXT":
		r.Type = "TXT"
		value(`"text"`)
	case "CNAME":
		if r.Name == zoneName { // no CNAME at the apex: Route 53 refuses it
			value("10.0.1.4")
			return r
		}
		r.Type = "CNAME"
		value(pick(d, "CNAME of", append(d.endpointNames(), "www."+zoneName, "elsewhere.example.net.")...))
	case "alias":
		r.TTL = 0
		own := "www." + zoneName
		r.AliasTarget = &zone.AliasTarget{DNSName: pick(d, "alias of", append(d.endpointNames(), own)...)}
		if r.AliasTarget.DNSName != own { // without an id, the zone's own
			r.AliasTarget.HostedZoneID = "Z0"
		}
	}
	return r
}

// addresses are those that a customer's record may lead to: of network
// interfaces, and others.
func (d *draft) addresses() []string {
	list := []string{"10.0.1.4"}
	for i := range d.inv.NetworkInterfaces {
		if a := d.inv.NetworkInterfaces[i].PrivateIPAddress; a != "" && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return append(list, "10.250.0.1", "203.0.113.200")
}

// endpointNames are the Regional names of the endpoints, with final dot.
func (d *draft) endpointNames() []string {
	var list []string
	for i := range d.inv.Endpoints {
		if n, ok := d.inv.Endpoints[i].DNSEntries.Regional(); ok {
			list = append(list, strings.TrimPrefix(n.String(), "*.")+".")
		}
	}
	return list
}

// rule draws a Resolver rule of a VPC.
func (d *draft) rule() {
	v := one(d, "VPC of the rule", d.inv.VPCs)
	r := zone.ResolverRule{
		ID: d.id("rslvr-rr-"), Status: "COMPLETE",
		RuleType:   pick(d, "rule type", "FORWARD", "SYSTEM"),
		DomainName: pick(d, "rule for", "corp.example.com.", ".", "amazonaws.com.", d.region(v.ID)+".amazonaws.com.", "sts."+d.region(v.ID)+".amazonaws.com."),
	}
	if r.RuleType == "FORWARD" {
		r.TargetIPs = []zone.TargetAddress{{IP: "10.250.0.53", Port: 53}}
	}
	d.inv.ResolverRules = append(d.inv.ResolverRules, r)
	d.inv.ResolverRuleAssociations = append(d.inv.ResolverRuleAssociations,
		zone.ResolverRuleAssociation{ID: d.id("rslvr-rrassoc-"), ResolverRuleID: r.ID, VPCID: v.ID, Status: "COMPLETE"})
}

// profile draws a Route 53 Profile with an endpoint or a zone in it, for one
// VPC.
func (d *draft) profile() {
	var arns []string
	for i := range d.inv.Endpoints {
		if e := &d.inv.Endpoints[i]; e.Type.Is(endpoint.Interface) {
			arns = append(arns, fmt.Sprintf("arn:aws:ec2:%s:%s:vpc-endpoint/%s", d.region(e.VPCID), e.OwnerID, e.ID))
		}
	}
	for _, z := range d.inv.HostedZones {
		arns = append(arns, "arn:aws:route53:::hostedzone/"+z.ID)
	}
	if len(arns) == 0 {
		return
	}
	id, v := d.id("rp-"), d.inv.VPCs[len(d.inv.VPCs)-1]
	for _, arn := range append(subset(d, "in the Profile", arns[1:]), arns[0]) {
		d.inv.ProfileResourceAssociations = append(d.inv.ProfileResourceAssociations, zone.ProfileResourceAssociation{ID: d.id("rpr-"), ProfileID: id, ResourceARN: arn, Status: "COMPLETE"})
	}
	d.inv.ProfileAssociations = append(d.inv.ProfileAssociations, zone.ProfileAssociation{ID: d.id("rpassoc-"), ProfileID: id, ResourceID: v.ID, Status: "COMPLETE"})
}
