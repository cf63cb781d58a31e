package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// privateZones yields the private hosted zones with the ids of their VPCs.
func (l *linter) privateZones(yield func(z *zone.HostedZone, vpcs []string) bool) {
	for i := range l.inv.HostedZones {
		z := &l.inv.HostedZones[i]
		if !z.Private || z.OwningService != "" {
			continue
		}
		var vpcs []string
		for _, v := range z.VPCs {
			vpcs = append(vpcs, v.VPCID)
		}
		slices.Sort(vpcs)
		if !yield(z, vpcs) {
			return
		}
	}
}

// checkAttributes: a VPC's private hosted zones do not answer while an
// attribute is given as false. Private DNS of endpoints is E2's to report.
func (l *linter) checkAttributes() {
	for z, vpcs := range l.privateZones {
		for _, id := range vpcs {
			if off := l.vpcs[id].DNSAttributeOff(); off != "" {
				l.report(id, "%s is false, so private hosted zone %s (%s) does not answer here", off, zoneID(*z), zoneName(*z))
			}
		}
	}
}

// checkAttributesGiven: answers about private names rest on assumed attributes.
func (l *linter) checkAttributesGiven() {
	for i := range l.inv.VPCs {
		v := &l.inv.VPCs[i]
		if v.EnableDNSSupport != nil && v.EnableDNSHostnames != nil {
			continue
		}
		for range l.w.Zones().Hidden(v.ID) {
			l.report(v.ID, "the DNS attributes are not in the input, and answers about private names assume them")
			break
		}
		for range l.w.Zones().Hosted(v.ID) {
			l.report(v.ID, "the DNS attributes are not in the input, and answers about private names assume them")
			break
		}
	}
}

// privateNames returns what an endpoint's service is called privately, and how
// well that is known.
func (l *linter) privateNames(e *endpoint.Endpoint) ([]string, naming.Evidence) {
	return l.w.Catalog().PrivateNames(*e)
}

// checkPrivateDNSOff: the endpoint is there, its private DNS is off, and no
// zone of the VPC has its names. Gateway and interface endpoint together are a
// documented arrangement for S3 and DynamoDB (R37), and no mistake.
func (l *linter) checkPrivateDNSOff() {
	for e := range l.interfaces {
		names, _ := l.privateNames(e)
		if e.PrivateDNSEnabled || len(names) == 0 || l.hasGateway(e) {
			continue
		}
		if !slices.ContainsFunc(names, func(n string) bool { return l.servedPrivately(e.VPCID, example(n)) }) {
			l.report(e.ID, "private DNS is off and no private zone of %s answers %s, so its clients go past this endpoint", l.w.Label(e.VPCID), few(names))
		}
	}
}

func (l *linter) hasGateway(e *endpoint.Endpoint) bool {
	return slices.ContainsFunc(l.inv.Endpoints, func(g endpoint.Endpoint) bool {
		return g.VPCID == e.VPCID && g.Type.Is(endpoint.Gateway) && g.ServiceName == e.ServiceName
	})
}

// example is a name that a private name, perhaps a wildcard, answers.
func example(name string) string {
	if base, wild := strings.CutPrefix(name, "*."); wild {
		return exampleLabel + "." + base
	}
	return name
}

// checkInboundOnly: private DNS serves inbound Resolver endpoints only, and the
// VPC has none.
func (l *linter) checkInboundOnly() {
	if l.inv.ResolverEndpoints == nil {
		return
	}
	for e := range l.interfaces {
		if e.PrivateDNSEnabled && e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint &&
			!slices.ContainsFunc(l.inv.ResolverEndpoints, func(r zone.ResolverEndpoint) bool {
				return r.HostVPCID == e.VPCID && strings.HasPrefix(r.Direction, "INBOUND")
			}) {
			l.report(e.ID, "private DNS serves inbound Resolver endpoints only, and %s has none", l.w.Label(e.VPCID))
		}
	}
}

// checkCatchesPublic: private DNS of API Gateway answers for every API's host.
func (l *linter) checkCatchesPublic() {
	for e := range l.interfaces {
		if n, err := naming.ParseServiceName(e.ServiceName); err == nil && n.Short() == "execute-api" && e.PrivateDNSEnabled {
			l.report(e.ID, "private DNS answers every *.execute-api host of the Region in %s, public APIs of anyone included", l.w.Label(e.VPCID))
		}
	}
}

// checkNamesOutdated: an endpoint lists fewer private names than the service
// is documented to have.
func (l *linter) checkNamesOutdated() {
	for e := range l.interfaces {
		has := slices.Collect(e.DNSEntries.Private())
		names, evidence := l.privateNames(e)
		if len(has) == 0 || evidence < naming.Documented {
			continue
		}
		if missing := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(has, n) }); len(missing) > 0 {
			l.report(e.ID, "newer endpoints for %s also answer %s; this one does not", e.ServiceName, few(missing))
		}
	}
}

// regionOf returns the service label and the Region of a zone named like a
// service's default host.
func regionOf(z *zone.HostedZone) (host naming.Host, ok bool) {
	host = naming.Classify(zoneName(*z))
	return host, host.IsValid() && host.Kind() != naming.KindOther && host.Region() != "" && host.EndpointID() == ""
}

// checkLabelsReversed: a zone is named after the service name (ecr.api) where
// the host has other labels (api.ecr).
func (l *linter) checkLabelsReversed() {
	for z := range l.privateZones {
		h, ok := regionOf(z)
		if !ok {
			continue
		}
		meant, ok := l.w.Catalog().SuggestLabel(h.Service())
		if _, known := l.w.Catalog().Host(h.String()); known || !ok {
			continue
		}
		l.report(zoneID(*z), "no host of AWS has this name; the service's is %s", strings.Replace(h.String(), h.Service(), meant, 1))
	}
}

// service returns the interface service that a zone is made for, and all its
// private names in the zone's Region: the zone's name is one of them, or the
// base of a wildcard of them.
func (l *linter) service(z *zone.HostedZone) (s catalog.Service, names []string, ok bool) {
	name := zoneName(*z)
	for _, host := range []string{name, exampleLabel + "." + name} {
		m, ok := l.w.Catalog().Host(host)
		if !ok || !m.Name.IsValid() {
			continue
		}
		if s, ok = l.w.Catalog().Service(m.Name, endpoint.Interface); !ok {
			continue
		}
		names, _ = s.PrivateNames(m.Name.Region())
		if slices.Contains(names, name) || slices.Contains(names, "*."+name) {
			return s, names, true
		}
	}
	return catalog.Service{}, nil, false
}

// checkWildcardMissing: the service's names need a wildcard, and the zone has
// the apex only.
func (l *linter) checkWildcardMissing() {
	for z := range l.privateZones {
		_, names, ok := l.service(z)
		wild := "*." + zoneName(*z)
		if !ok || !slices.Contains(names, wild) || len(z.RecordSets) == 0 {
			continue
		}
		has := func(name string) bool {
			return slices.ContainsFunc(z.RecordSets, func(r zone.RecordSet) bool {
				return recordName(r) == name && (r.Type == "A" || r.Type == "AAAA" || r.Type == "CNAME")
			})
		}
		if has(zoneName(*z)) && !has(wild) {
			l.report(zoneID(*z), "answers %s and not %s, which the service's clients dial", zoneName(*z), wild)
		}
	}
}

// extraNames are names that clients of a service dial and that no endpoint
// lists (NAM-37).
var extraNames = map[string][]string{
	"kinesis-streams": {"*.data-kinesis.{region}.{suffix}", "*.control-kinesis.{region}.{suffix}"},
}

// checkNamesMissing: a hand-made zone has one name of a service, and the VPC
// no zone for another.
func (l *linter) checkNamesMissing() {
	for z, vpcs := range l.privateZones {
		s, names, ok := l.service(z)
		if !ok {
			continue
		}
		h, _ := regionOf(z)
		for _, t := range extraNames[s.Short] {
			names = append(names, fill(t, h.Region()))
		}
		var missing []string
		var where []string
		for _, vpc := range vpcs {
			lacks := false
			for _, n := range names {
				base := strings.TrimPrefix(n, "*.")
				if base == zoneName(*z) || l.servedPrivately(vpc, example(n)) {
					continue
				}
				lacks = true
				if !slices.Contains(missing, n) {
					missing = append(missing, n)
				}
			}
			if lacks {
				where = append(where, vpc)
			}
		}
		if missing != nil {
			l.report(zoneID(*z), "serves %s, and no zone of %s serves %s", zoneName(*z), l.labels(where), few(missing))
		}
	}
}

// checkHidesAWSNames: a zone above AWS's own names has no fall-through.
func (l *linter) checkHidesAWSNames() {
	for z, vpcs := range l.privateZones {
		for _, vpc := range vpcs {
			region, _ := l.w.Network().Region(vpc)
			p, ok := naming.PartitionOf(region)
			if !ok {
				continue
			}
			for _, under := range []string{region + "." + p.DNSSuffix, region + "." + p.DualStackSuffix, region + "." + p.VPCESuffix} {
				if name := zoneName(*z); name == under || strings.HasSuffix(under, "."+name) {
					l.report(zoneID(*z), "answers NXDOMAIN in %s for every name under %s that it lacks and no other zone has", l.w.Label(vpc), under)
				}
			}
		}
	}
}

// defaultVPCsPerZone is the quota of VPCs that one private hosted zone can be
// associated with (Z34).
const defaultVPCsPerZone = 300

func (l *linter) checkTooManyVPCs() {
	for z, vpcs := range l.privateZones {
		if n := len(slices.Compact(vpcs)); n > defaultVPCsPerZone {
			l.report(zoneID(*z), "is associated with %d VPCs; the default quota is %d", n, defaultVPCsPerZone)
		}
	}
}

// checkRuleBeatsZone: of a FORWARD rule and a zone of one name, the rule wins.
func (l *linter) checkRuleBeatsZone() {
	for _, r := range l.inv.ResolverRules {
		if r.RuleType != "FORWARD" {
			continue
		}
		domain := lower(strings.TrimSuffix(r.DomainName, "."))
		for _, a := range l.inv.ResolverRuleAssociations {
			if a.ResolverRuleID != r.ID {
				continue
			}
			for _, seq := range []func(func(zone.Zone) bool){l.w.Zones().Hidden(a.VPCID), l.w.Zones().Hosted(a.VPCID)} {
				for z := range seq {
					if z.Name == domain {
						l.report(r.ID, "forwards %s in %s, so the private zone %s does not answer there", domain, l.w.Label(a.VPCID), strings.TrimSpace(fmt.Sprint(z.ID, " ", l.w.Label(z.EndpointID))))
					}
				}
			}
		}
	}
}
