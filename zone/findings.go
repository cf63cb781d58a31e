package zone

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// The texts of AWS's API errors, as they were seen (dns.md section 15). E6 is
// an older form of E5; of E8 no text is known.
const (
	textE1 = "private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s in the VPC %s"
	textE2 = "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for %s"
	textE3 = "Private DNS can't be enabled because the service %s does not provide a private DNS name."
	textE4 = "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC %s must have a Gateway endpoint for the service."
	textE5 = "The VPC %s in region %s has already been associated with the hosted zone %s with the same domain name."
	textE7 = "Creation of hosted zone with a wildcard domain name is not supported"
	textE8 = "private DNS is on, which AWS does not allow before the endpoint is accepted"
)

func (b *builder) findNoPrivateName(e *endpointZones) {
	b.find(endpoint.Finding{
		Code: endpoint.PrivateDNSNotOffered, Resource: e.ID, Text: fmt.Sprintf(textE3, e.ServiceName), Source: "E3 InvalidParameter",
	})
}

func (b *builder) findNamesMissing(e *endpointZones) {
	b.find(endpoint.Finding{
		Code: endpoint.UnknownResource, Resource: e.ID, Source: "Z14",
		Text: "private DNS is on, and the private names are neither in the DNS entries nor known of the service " + e.ServiceName,
	})
}

func (b *builder) findWildcardZone(id, name string) {
	b.find(endpoint.Finding{Code: endpoint.WildcardZoneName, Resource: id, Text: textE7 + ": " + name, Source: "E7"})
}

func (b *builder) findNotModelled(id, text string) {
	b.find(endpoint.Finding{Code: endpoint.NotModelled, Resource: id, Text: text, Source: "Z34"})
}

// checkEntries looks at an endpoint by itself: its DnsEntries (NAM-41, NAM-42,
// NAM-44), its record types, its private DNS.
func (b *builder) checkEntries(e *endpointZones) {
	inconsistent := func(text string) {
		b.find(endpoint.Finding{Code: endpoint.DNSEntriesInconsistent, Resource: e.ID, Text: text, Source: "NAM-41"})
	}
	regional, zonal := 0, 0
	for n := range e.DNSEntries.Names() {
		if n.IsZonal() {
			zonal++
		} else {
			regional++
		}
		if n.EndpointID() != e.ID {
			inconsistent(fmt.Sprintf("the DNS entry %s is another endpoint's name", n))
		}
		if r := e.regional; r.IsValid() && n.Regional() != r {
			inconsistent(fmt.Sprintf("the DNS entries %s and %s differ in more than the zone", r, n))
		}
	}
	for text := range e.DNSEntries.Unparsed() {
		if _, _, ok := consumerZonal(e, text); ok {
			zonal++
			continue
		}
		b.find(endpoint.Finding{
			Code: endpoint.DNSEntryUnparsed, Resource: e.ID, Source: "NAM-44",
			Text: fmt.Sprintf("the DNS entry %q is neither an endpoint's name nor a private name", text),
		})
	}
	if len(e.DNSEntries) > 0 && regional != 1 {
		inconsistent(fmt.Sprintf("the DNS entries have %d Regional names", regional))
	}
	if n := len(e.NetworkInterfaceIDs); zonal > 0 && n > 0 && zonal != n {
		b.find(endpoint.Finding{
			Code: endpoint.DNSEntriesInconsistent, Resource: e.ID, Source: "NAM-42",
			Text: fmt.Sprintf("the DNS entries have %d zonal names for %d network interfaces", zonal, n),
		})
	}
	if !e.PrivateDNSEnabled {
		for name := range e.DNSEntries.Private() {
			b.find(endpoint.Finding{
				Code: endpoint.DNSEntriesInconsistent, Resource: e.ID, Source: "NAM-43",
				Text: fmt.Sprintf("private DNS is off, and the DNS entries list the private name %s", name),
			})
		}
	}
	if ip, record := cmp.Or(strings.ToLower(string(e.IPAddressType)), "ipv4"), strings.ToLower(string(e.DNSOptions.RecordIPType)); !recordTypeAllowed(ip, record) {
		b.find(endpoint.Finding{
			Code: endpoint.RecordIPTypeNotAllowed, Resource: e.ID, Source: "AWS PrivateLink Guide, DNS record IP types",
			Text: fmt.Sprintf("DnsRecordIpType %s does not go with IpAddressType %s", record, ip),
		})
	}
	if e.PrivateDNSEnabled && e.State.Is(endpoint.PendingAcceptance) {
		b.find(endpoint.Finding{Code: endpoint.PrivateDNSBeforeAcceptance, Resource: e.ID, Text: textE8, Source: "E8"})
	}
}

// recordTypeAllowed is the table of record types of dns.md section 5.
func recordTypeAllowed(ip, record string) bool {
	switch record {
	case "ipv4", "ipv6":
		return ip == record || ip == "dualstack"
	case "dualstack", "service-defined":
		return ip == "dualstack"
	}
	return true
}

// findConflicts looks at every VPC as a whole: E1, E2, E4 and E5.
func (b *builder) findConflicts() {
	gateways := map[[2]string]bool{} // by VPC and service
	for i := range b.c.Endpoints {
		if e := &b.c.Endpoints[i]; e.Type.Is(endpoint.Gateway) && (serves(e.State) || e.State.Is(endpoint.Pending)) {
			gateways[[2]string{e.VPCID, e.ServiceName}] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.endpoints)) {
		e := b.endpoints[id]
		if !e.PrivateDNSEnabled {
			continue
		}
		if v := b.z.vpcs[e.VPCID]; v != nil && (isFalse(v.support) || isFalse(v.hostnames)) {
			b.find(endpoint.Finding{
				Code: endpoint.PrivateDNSNeedsAttributes, Resource: id, Text: fmt.Sprintf(textE2, e.VPCID), Source: "E2 InvalidParameter",
			})
		}
		if e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint && !gateways[[2]string{e.VPCID, e.ServiceName}] {
			b.find(endpoint.Finding{
				Code: endpoint.InboundOnlyWithoutGateway, Resource: id, Text: fmt.Sprintf(textE4, e.VPCID), Source: "E4 InvalidParameter",
			})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.z.vpcs)) {
		v := b.z.vpcs[id]
		for group := range chunks(v.zones) {
			b.findConflict(v, group)
		}
	}
}

func isFalse(p *bool) bool { return p != nil && !*p }

// findConflict reports the zones of one name in a VPC if there are several: on
// an endpoint what CreateVpcEndpoint would have said (E1), on a hosted zone what
// AssociateVPCWithHostedZone would have (E5). Which came first the input does
// not tell, so that an endpoint and a hosted zone get one each; of more of them
// one gets it for all. A Profile may bring what neither call allows, and AWS
// does not say what that does (Z36). An endpoint that is gone has no zone.
func (b *builder) findConflict(v *vpc, group []member) {
	var all, own []*zoneData // own: of the VPC itself
	for _, m := range group {
		if b.gone(m.zone) {
			continue
		}
		all = append(all, m.zone)
		if !m.profile {
			own = append(own, m.zone)
		}
	}
	if len(all) > 1 && len(own) < len(all) {
		b.find(endpoint.Finding{
			Code: endpoint.ConflictingPrivateDNS, Resource: v.id, Source: "Z36",
			Text: fmt.Sprintf("a Route 53 Profile brings the VPC a second zone %s, and AWS does not say which answers", all[0].name) + inConflict(all),
		})
	}
	if len(own) < 2 {
		return
	}
	slices.SortStableFunc(own, byEndpoint)
	first, last := own[0], own[len(own)-1]
	if last.Kind == HiddenZone {
		b.find(endpoint.Finding{
			Code: endpoint.ConflictingPrivateDNS, Resource: last.endpointID, Source: "E1 InvalidParameter",
			Text: fmt.Sprintf(textE1, b.privateNameIn(last), v.id) + inConflict(own),
		})
	}
	if first.Kind == CustomerZone {
		b.find(endpoint.Finding{
			Code: endpoint.ConflictingPrivateDNS, Resource: first.ID, Source: "E5 ConflictingDomainExists",
			Text: fmt.Sprintf(textE5, v.id, cmp.Or(v.region(), "unknown"), last.ID) + inConflict(own),
		})
	}
}

// byEndpoint orders hosted zones before hidden ones, and these by endpoint.
func byEndpoint(a, b *zoneData) int { return strings.Compare(a.endpointID, b.endpointID) }

// inConflict names zones at the end of a Finding's text: all of a few.
func inConflict(list []*zoneData) string {
	const most = 8
	list = slices.SortedStableFunc(slices.Values(list), byEndpoint)
	var names []string
	for _, z := range list[:min(len(list), most)] {
		names = append(names, z.label())
	}
	last := names[len(names)-1]
	if more := len(list) - most; more > 0 {
		last = strconv.Itoa(more+1) + " more"
	}
	return " (" + strings.Join(names[:len(names)-1], ", ") + " and " + last + ")"
}

// gone reports whether a zone is that of an endpoint that AWS no longer counts.
func (b *builder) gone(z *zoneData) bool {
	e := b.endpoints[z.endpointID]
	return e != nil && !e.available && !e.State.Is(endpoint.Pending) && !e.State.Is(endpoint.PendingAcceptance)
}

// label names a zone in a Finding: a hidden one by its endpoint.
func (z *zoneData) label() string { return cmp.Or(z.endpointID, z.ID) }

// privateNameIn returns the private name that E1 would print for a zone: the
// wildcard where the endpoint has one.
func (b *builder) privateNameIn(z *zoneData) string {
	if e := b.endpoints[z.endpointID]; e != nil && slices.Contains(e.private, "*."+z.name) {
		return "*." + z.name
	}
	return z.name
}
