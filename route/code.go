package route

import (
	"math/bits"

	"github.com/privatelink-go/privatelink/endpoint"
)

// A codeSet is a set of codes, one bit each in the order of their words, so
// that a walk gathers them without allocating and prints them sorted.
type codeSet uint64

const (
	cAmbiguousPrefixLists codeSet = 1 << iota
	cAvailabilityZoneCrossed
	cBadState
	cBadStateAttachment
	cBadStateRoute
	cEndpointNotAvailable
	cENISGRulesMismatch
	cENISourceDestCheck
	cFiltersNotEvaluated
	cHopLimitExceeded
	cIGWNotRFC1918
	cIGWNotRFC6598
	cIGWPublicIP
	cIngressRedirection
	cMainRouteTableMissing
	cNAT64Missing
	cNGWRequiresSourceInVPC
	cNotModelled
	cNoPossibleDestination
	cNoRouteToDestination
	cPCXRequiresAddressInVPCCIDR
	cPolicyNotEvaluated
	cPrefixListEntriesMissing
	cProtocolRestriction
	cPublicAddressNotKnown
	cPublicPathsDiffer
	cRegionalNGWRouteAZ
	cRouteNotAllowedInVPCCIDR
	cRouteStateUnrecognised
	cRoutingLoop
	cSGHasNoRules
	cSGReferencesNotPreserved
	cSourceAddressNotGiven
	cSubnetACLRestriction
	cTargetTypeUnknown
	cTGWRouteAZRestriction
	cUnknownDestination
	cUnknownPeeredSGs
	cUnknownResource
	cVPCEGatewayProtocol
	cVPCEIntraVPCTraffic
	cVPCBlockPublicAccess
)

var codeWords = [...]endpoint.Code{
	endpoint.AmbiguousPrefixLists,
	endpoint.AvailabilityZoneCrossed,
	endpoint.BadState,
	endpoint.BadStateAttachment,
	endpoint.BadStateRoute,
	endpoint.EndpointNotAvailable,
	endpoint.ENISGRulesMismatch,
	endpoint.ENISourceDestCheckRestriction,
	endpoint.FiltersNotEvaluated,
	endpoint.HopLimitExceeded,
	endpoint.IGWDestinationNotInRFC1918,
	endpoint.IGWDestinationNotInRFC6598,
	endpoint.IGWPublicIPAssociationForEgress,
	endpoint.IngressRTBTrafficRedirection,
	endpoint.MainRouteTableMissing,
	endpoint.NAT64Missing,
	endpoint.NGWRequiresSourceInVPC,
	endpoint.NotModelled,
	endpoint.NoPossibleDestination,
	endpoint.NoRouteToDestination,
	endpoint.PCXRequiresAddressInVPCCIDR,
	endpoint.PolicyNotEvaluated,
	endpoint.PrefixListEntriesMissing,
	endpoint.ProtocolRestriction,
	endpoint.PublicAddressNotKnown,
	endpoint.PublicPathsDiffer,
	endpoint.RegionalNGWRouteAZRestriction,
	endpoint.RouteNotAllowedInVPCCIDR,
	endpoint.RouteStateUnrecognised,
	endpoint.RoutingLoop,
	endpoint.SGHasNoRules,
	endpoint.SGReferencesNotPreserved,
	endpoint.SourceAddressNotGiven,
	endpoint.SubnetACLRestriction,
	endpoint.TargetTypeUnknown,
	endpoint.TGWRouteAZRestriction,
	endpoint.UnknownDestination,
	endpoint.UnknownPeeredSGs,
	endpoint.UnknownResource,
	endpoint.VPCEGatewayProtocolRestriction,
	endpoint.VPCEIntraVPCTraffic,
	endpoint.VPCBlockPublicAccessEnabled,
}

// list returns the codes of the set, sorted; nil if there are none.
func (s codeSet) list() []endpoint.Code {
	if s == 0 {
		return nil
	}
	cs := make([]endpoint.Code, 0, bits.OnesCount64(uint64(s)))
	for ; s != 0; s &= s - 1 {
		cs = append(cs, codeWords[bits.TrailingZeros64(uint64(s))])
	}
	return cs
}
