package tracegen_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// survey asks twenty questions in a network and gives back every word that the
// answers carry: classes, verdicts, kinds of hop, codes, codes of Findings.
var survey = rapid.Custom(func(t *rapid.T) []string {
	k := rapid.SampledFrom([]tracegen.Knobs{
		{},
		{Without: tracegen.IPv6},
		{Without: tracegen.IPv6 | tracegen.PrivateZones, Subnets: 1},
		{Without: tracegen.IPv6 | tracegen.GatewayEndpoints, VPCs: 2},
	}).Draw(t, "knobs")
	w := tracegen.World(k).Draw(t, "world")
	var words []string
	see := func(p route.Path) {
		words = append(words, "class "+string(p.Class), "verdict "+string(p.Verdict))
		for _, c := range p.Codes {
			words = append(words, string(c))
		}
		for _, h := range p.Hops {
			words = append(words, "hop "+string(h.Kind))
			for _, l := range h.Lost {
				words = append(words, string(l.Code))
			}
		}
	}
	for range 20 {
		v := tracegen.Vantage(w).Draw(t, "from")
		tr := v.To(tracegen.HostFor(w).Draw(t, "host"), 443)
		words = append(words, "class "+string(tr.Class), "verdict "+string(tr.Verdict))
		for _, c := range tr.Codes {
			words = append(words, string(c))
		}
		for _, p := range tr.Paths {
			see(p)
		}
		see(w.Network().Path(tracegen.Flow(w).Draw(t, "flow")))
	}
	for _, f := range w.Findings() {
		words = append(words, "finding "+string(f.Code))
	}
	return words
})

// TestCoverage counts, over the same networks in every run, that generated
// worlds together give every class, every verdict, every kind of hop and every
// code that an answer or a Finding of theirs can carry.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("asks thirty thousand questions")
	}
	count := map[string]int{}
	for seed := range 1500 {
		for _, word := range survey.Example(seed) {
			count[word]++
		}
	}
	for _, c := range []route.Class{
		route.ClassEndpoint, route.ClassGatewayEndpoint, route.ClassNATGateway, route.ClassInternetGateway, route.ClassEgressOnlyInternetGateway,
		route.ClassLocal, route.ClassTransitGateway, route.ClassVPCPeering, route.ClassVirtualPrivateGateway, route.ClassNetworkInterface,
		route.ClassGWLBEndpoint, route.ClassOtherGateway, route.ClassReserved, route.ClassBlackhole, route.ClassNoRoute, route.ClassBlocked,
		route.ClassUnresolved, route.ClassMixed, route.ClassUnspecified, route.ClassUnknown, route.ClassInvalidInput,
	} {
		want(t, count, "class "+string(c))
	}
	for _, v := range []route.Verdict{route.Private, route.Public, route.Failed, route.VerdictUnknown} {
		want(t, count, "verdict "+string(v))
	}
	for _, k := range []route.HopKind{
		route.HopSubnet, route.HopDirect, route.HopEndpointENI, route.HopLocal, route.HopReturn, "internet-gateway", "nat-gateway",
		"egress-only-internet-gateway", "transit-gateway", "vpc-peering", "virtual-private-gateway", "gwlb-endpoint", "gateway-endpoint",
		"network-interface", "other-gateway",
	} {
		want(t, count, "hop "+string(k))
	}
	// Not among them: CANNOT_ROUTE, which nothing gives; HOP_LIMIT_EXCEEDED, a
	// guard behind ROUTING_LOOP; VPCE_SERVICE_NOT_INSTALLED_IN_AZ, with which
	// Inventory.Create refuses; and FILE_ID_MISSING, which the reader of files
	// gives.
	for _, c := range []endpoint.Code{
		endpoint.MoreSpecificRoute, endpoint.HigherPriorityRoute, endpoint.NoRouteToDestination, endpoint.BadStateRoute, endpoint.NoPossibleDestination,
		endpoint.BadState, endpoint.BadStateAttachment, endpoint.UnknownResource, endpoint.UnknownDestination,
		endpoint.IGWPublicIPAssociationForEgress, endpoint.IGWDestinationNotInRFC1918, endpoint.IGWDestinationNotInRFC6598,
		endpoint.IngressRTBTrafficRedirection, endpoint.VPCBlockPublicAccessEnabled,
		endpoint.NGWRequiresSourceInVPC, endpoint.RegionalNGWRouteAZRestriction, endpoint.ProtocolRestriction,
		endpoint.VPCEGatewayProtocolRestriction, endpoint.VPCEIntraVPCTraffic,
		endpoint.ENISGRulesMismatch, endpoint.SGHasNoRules, endpoint.SGReferencesNotPreserved, endpoint.UnknownPeeredSGs,
		endpoint.SubnetACLRestriction, endpoint.ENISourceDestCheckRestriction,
		endpoint.PCXRequiresAddressInVPCCIDR, endpoint.TGWRouteAZRestriction, endpoint.AvailabilityZoneCrossed,
		endpoint.HostNotCovered, endpoint.PrivateDNSOff, endpoint.DNSAttributesOff, endpoint.DNSAttributesAssumed, endpoint.InboundResolverOnly,
		endpoint.PrivateAddressFromPublicDNS, endpoint.GatewayEndpointNotOnTable, endpoint.EndpointNotAvailable,
		endpoint.AmbiguousPrefixLists, endpoint.PrefixListEntriesMissing, endpoint.PublicAddressNotKnown, endpoint.PublicPathsDiffer,
		endpoint.FamilyPathsDiffer, endpoint.NAT64Missing, endpoint.NATWithoutInternetRoute, endpoint.SourceAddressNotGiven,
		endpoint.RoutingLoop, endpoint.RouteStateUnrecognised, endpoint.TargetTypeUnknown, endpoint.MainRouteTableMissing,
		endpoint.RouteNotAllowedInVPCCIDR, endpoint.OverlappingSubnets, endpoint.FiltersNotEvaluated, endpoint.PolicyNotEvaluated,
		endpoint.ConflictingPrivateDNS,
	} {
		want(t, count, string(c))
	}
	for _, c := range []endpoint.Code{
		endpoint.ConflictingPrivateDNS, endpoint.PrivateDNSNeedsAttributes, endpoint.PrivateDNSNotOffered, endpoint.InboundOnlyWithoutGateway,
		endpoint.WildcardZoneName, endpoint.PrivateDNSBeforeAcceptance, endpoint.DNSEntryUnparsed,
		endpoint.DNSEntriesInconsistent, endpoint.NotModelled,
	} {
		want(t, count, "finding "+string(c))
	}
}

func want(t *testing.T, count map[string]int, word string) {
	t.Helper()
	if count[word] == 0 {
		t.Errorf("%s: none", word)
	}
	if count[word] < 5 {
		t.Logf("%s: only %d", word, count[word])
	}
}
