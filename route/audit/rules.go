package audit

import (
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
)

// Codes that only [Lint] gives. They are as stable as those of package
// endpoint.
const (
	EndpointNamesOutdated endpoint.Code = "ENDPOINT_NAMES_OUTDATED" // the service has more private names than this endpoint
	ReturnRouteMissing    endpoint.Code = "RETURN_ROUTE_MISSING"    // the way there works, and the answers have no way back
	RuleBeatsZone         endpoint.Code = "RULE_BEATS_ZONE"         // a Resolver rule has the name of a private zone and wins
	WildcardCatchesPublic endpoint.Code = "WILDCARD_CATCHES_PUBLIC" // a hidden zone's wildcard answers for public hosts too
	ZoneHidesAWSNames     endpoint.Code = "ZONE_HIDES_AWS_NAMES"    // a private hosted zone above AWS's own names answers NXDOMAIN for them
	ZoneTooManyVPCs       endpoint.Code = "ZONE_TOO_MANY_VPCS"      // a private hosted zone is associated with more VPCs than the default quota
)

// Rule is one row of the table that [Lint] works by.
type Rule struct {
	Code     endpoint.Code
	Severity Severity
	Fix      string // what to do
	Source   string // who says that it is a mistake
}

// Rules returns the table of [Lint], by severity, then code: one row per code.
// Rows without a check of their own are those of World.Findings.
func Rules() []Rule {
	rows := table()
	list := make([]Rule, len(rows))
	for i, r := range rows {
		list[i] = r.Rule
	}
	slices.SortFunc(list, func(a, b Rule) int {
		return Issue{Code: a.Code, Severity: a.Severity}.Compare(Issue{Code: b.Code, Severity: b.Severity})
	})
	return list
}

// rule is a Rule and its check; nil where a Finding or another rule's check
// brings the issues.
type rule struct {
	Rule
	check func(*linter)
}

// table returns the table, one row a code. Findings' own Source beats the row's.
func table() []rule {
	return []rule{
		// What AWS would have refused, and what contradicts itself: Findings.
		{Rule{endpoint.ConflictingPrivateDNS, SeverityError, "keep one: turn private DNS off on the other endpoint, or dissociate the hosted zone from the VPC", "E1, E5; hashicorp/terraform-provider-aws #17269 #37783; aws-cloudformation/cfn-lint PR#4492"}, nil},
		{Rule{endpoint.PrivateDNSNeedsAttributes, SeverityError, "set enableDnsSupport and enableDnsHostnames of the VPC to true", "E2"}, nil},
		{Rule{endpoint.PrivateDNSNotOffered, SeverityError, "turn private DNS off and use the endpoint's own names, or a private hosted zone", "E3"}, nil},
		{Rule{endpoint.InboundOnlyWithoutGateway, SeverityError, "add a gateway endpoint for the service, or let private DNS serve every resolver", "E4; terraform-aws-modules/terraform-aws-vpc #982"}, nil},
		{Rule{endpoint.RecordIPTypeNotAllowed, SeverityError, "let DnsRecordIpType name only address types that the endpoint has", "AWS PrivateLink Guide, DNS record IP types"}, nil},
		{Rule{endpoint.WildcardZoneName, SeverityError, "name the zone without the asterisk and put a * record into it", "E7"}, nil},
		{Rule{endpoint.PrivateDNSBeforeAcceptance, SeverityError, "wait until the service's owner accepts the endpoint, then turn private DNS on", "E8; crossplane/provider-aws #1363"}, nil},
		{Rule{endpoint.RouteNotAllowedInVPCCIDR, SeverityError, "let the route equal a subnet's CIDR and lead to a NAT gateway, a network interface or a Gateway Load Balancer endpoint", "R12; \"Subnet route tables\""}, nil},
		{Rule{endpoint.NATWithoutInternetRoute, SeverityError, "move the NAT gateway into a subnet whose route table has a default route to an internet gateway", "R24; awslabs/clickstream-analytics-on-aws-ios #357"}, nil},
		{Rule{endpoint.ConflictingObjects, SeverityWarning, "gather the input again: one id has two contents", "input"}, nil},
		{Rule{endpoint.DNSEntriesInconsistent, SeverityWarning, "gather the endpoints and subnets again; if it stays, the endpoint is half made", "NAM-41, NAM-42"}, nil},
		{Rule{endpoint.OverlappingSubnets, SeverityWarning, "gather the subnets again: AWS does not allow it in one VPC", "VPC User Guide, subnets of one VPC"}, nil},
		{Rule{endpoint.RouteStateUnrecognised, SeverityWarning, "look at the route: the model does not know this state", "EC2 API, Route; our choice: modelled"}, nil},
		{Rule{endpoint.FileIDMissing, SeverityWarning, "put the id into the file's name, as the gather script does", "the AWS CLI prints no id there"}, nil},
		{Rule{endpoint.DNSEntryUnparsed, SeverityInfo, "gather the endpoints without redaction", "NAM-44"}, nil},
		{Rule{endpoint.NotModelled, SeverityInfo, "answers that depend on it say so; nothing is to be done", "Z34"}, nil},

		// Names.
		{Rule{endpoint.DNSAttributesOff, SeverityError, "set enableDnsSupport and enableDnsHostnames of the VPC to true: private hosted zones answer only then", "Z4, Z5; VPC User Guide, DNS attributes"}, (*linter).checkAttributes},
		{Rule{endpoint.DNSAttributesAssumed, SeverityInfo, "gather describe-vpc-attribute for both attributes", "Z12"}, (*linter).checkAttributesGiven},
		{Rule{endpoint.PrivateDNSOff, SeverityWarning, "turn private DNS on, or associate a private hosted zone with the service's names, or use the endpoint's own names", "R36"}, (*linter).checkPrivateDNSOff},
		{Rule{endpoint.InboundResolverOnly, SeverityWarning, "create an inbound Resolver endpoint in the VPC, or let private DNS serve every resolver", "Z38; hashicorp/terraform-provider-aws #30853"}, (*linter).checkInboundOnly},
		{Rule{WildcardCatchesPublic, SeverityInfo, "public APIs of others are then refused: call them by a custom domain name, or keep private DNS off and use the endpoint's own names", "awsdocs/amazon-api-gateway-developer-guide #10; CloudSnorkel/cdk-github-runners #325"}, (*linter).checkCatchesPublic},
		{Rule{EndpointNamesOutdated, SeverityInfo, "recreate the endpoint to get the newer names, or use the ones it has", "NAM-31; aws/aws-cli #8854"}, (*linter).checkNamesOutdated},
		{Rule{endpoint.ZoneLabelsReversed, SeverityError, "name the zone after the service's host, as the text says", "Z35; awslabs/landing-zone-accelerator-on-aws #173 #1014"}, (*linter).checkLabelsReversed},
		{Rule{endpoint.ZoneWildcardMissing, SeverityError, "add a * alias record to the same endpoint", "Z35; aws-samples/aws-secure-environment-accelerator #1108"}, (*linter).checkWildcardMissing},
		{Rule{endpoint.ZoneNamesMissing, SeverityWarning, "make a zone for each of the names, with the same records, or stop clients from using them", "Z35; aws-samples/hub-and-spoke-with-shared-services-vpc-terraform #1; awslabs/landing-zone-accelerator-on-aws #690"}, (*linter).checkNamesMissing},
		{Rule{ZoneHidesAWSNames, SeverityError, "use a zone per service name: a private zone never falls through to the public DNS", "Z7, section 3"}, (*linter).checkHidesAWSNames},
		{Rule{ZoneTooManyVPCs, SeverityWarning, "ask for a higher quota, or share the endpoints by a Route 53 Profile", "Z34; awslabs/landing-zone-accelerator-on-aws #827"}, (*linter).checkTooManyVPCs},
		{Rule{RuleBeatsZone, SeverityWarning, "remove the rule, or forward a name above the zone's", "Z6, Z37"}, (*linter).checkRuleBeatsZone},

		// Endpoints.
		{Rule{endpoint.EndpointNotAvailable, SeverityWarning, "accept, repair or delete the endpoint: it answers nothing in this state", "R32"}, (*linter).checkAvailable},
		{Rule{endpoint.EndpointZoneMissing, SeverityWarning, "add a subnet of that Availability Zone to the endpoint", "R32a; aws-samples/sample-patterns-for-aws-marketplace PR#44"}, (*linter).checkZones},
		{Rule{endpoint.GatewayEndpointNotOnTable, SeverityWarning, "associate the route table with the gateway endpoint", "R39; gardener/gardener-extension-provider-aws #607"}, (*linter).checkGatewayOnTables},
		{Rule{endpoint.ENISGRulesMismatch, SeverityError, "let the endpoint's security group admit the port from the VPC", "F1; \"Access an AWS service using an interface VPC endpoint\""}, (*linter).checkSecurityGroups},

		// Routes.
		{Rule{endpoint.AvailabilityZoneCrossed, SeverityWarning, "route to a NAT gateway of the same Availability Zone: crossing costs per GB and shares the other zone's fate", "R27; \"NAT gateways\""}, (*linter).checkNATZones},
		{Rule{endpoint.MainRouteTableMissing, SeverityInfo, "gather describe-route-tables of the VPC", "R2"}, (*linter).checkTables},
		{Rule{endpoint.PrefixListEntriesMissing, SeverityInfo, "gather describe-prefix-lists, or get-managed-prefix-list-entries", "R14a"}, (*linter).checkPrefixLists},
		{Rule{endpoint.UnknownResource, SeverityInfo, "gather the resource, or delete the route", "C1"}, (*linter).checkTargets},

		// Ways: what the watched hosts meet.
		{Rule{endpoint.FamilyPathsDiffer, SeverityWarning, "give the endpoint both address types, or the clients one: IPv6 does not follow an IPv4 endpoint", "R16; gardener/gardener-extension-provider-aws #1601"}, (*linter).checkWays},
		{Rule{endpoint.BadStateRoute, SeverityError, "replace or delete the blackhole route: nothing takes over from it", "R17"}, nil},
		{Rule{endpoint.BadState, SeverityError, "repair or replace the component", "EC2 API, the State of the component"}, nil},
		{Rule{endpoint.BadStateAttachment, SeverityError, "attach the gateway to the VPC", "EC2 API, InternetGatewayAttachment"}, nil},
		{Rule{endpoint.RoutingLoop, SeverityError, "a NAT gateway must not be the default route of its own subnet", "C6"}, nil},
		{Rule{endpoint.NoRouteToDestination, SeverityError, "add a route to the network that holds the address", "R9; ministryofjustice/cloud-platform #8226"}, nil},
		{Rule{ReturnRouteMissing, SeverityError, "add a route back to the source on the table that the text names", "C10"}, nil},
		{Rule{endpoint.SubnetACLRestriction, SeverityError, "let the network ACL admit port 443 and the answers to ports 1024-65535", "F2"}, nil},
		{Rule{endpoint.SGHasNoRules, SeverityError, "add a rule that admits the port", "F1"}, nil},
		{Rule{endpoint.PCXRequiresAddressInVPCCIDR, SeverityError, "route only the peer's own CIDRs to a peering connection", "C7"}, nil},
		{Rule{endpoint.TGWRouteAZRestriction, SeverityError, "add a subnet of the source's Availability Zone to the transit gateway attachment", "C8"}, nil},
		{Rule{endpoint.NAT64Missing, SeverityError, "route 64:ff9b::/96 to a NAT gateway, or turn DNS64 off on the subnet", "R29"}, nil},
		{Rule{endpoint.ENISourceDestCheckRestriction, SeverityError, "turn the source/destination check of the appliance off", "C5"}, nil},
	}
}

// RuleOf returns the row of the table for a code; ok is false if Lint never
// gives it.
func RuleOf(c endpoint.Code) (r Rule, ok bool) {
	for _, r := range table() {
		if r.Code == c {
			return r.Rule, true
		}
	}
	return Rule{}, false
}
