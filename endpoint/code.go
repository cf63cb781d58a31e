package endpoint

// Code names one reason, in the words of Reachability Analyzer's explanation
// codes where AWS has one (routing.md section 10). Codes are stable: they are
// never renamed. The zero Code means nothing.
type Code string

// Codes of routes that lost or that lead nowhere (routing.md section 10, after Reachability Analyzer's explanation codes).
const (
	MoreSpecificRoute     Code = "MORE_SPECIFIC_ROUTE"     // a longer prefix won over this route
	HigherPriorityRoute   Code = "HIGHER_PRIORITY_ROUTE"   // a route of higher rank won over this one
	CannotRoute           Code = "CANNOT_ROUTE"            // the route does not contain the destination
	NoRouteToDestination  Code = "NO_ROUTE_TO_DESTINATION" // no route of a table met contains the destination, on the way there or back
	BadStateRoute         Code = "BAD_STATE_ROUTE"         // the route that won is in state blackhole
	NoPossibleDestination Code = "NO_POSSIBLE_DESTINATION" // the way goes on beyond what the input describes
)

// Codes of components.
const (
	BadState           Code = "BAD_STATE"            // a component on the way is not in a working state
	BadStateAttachment Code = "BAD_STATE_ATTACHMENT" // a gateway on the way is not attached
	UnknownResource    Code = "UNKNOWN_RESOURCE"     // a resource is referred to but not in the input
	UnknownDestination Code = "UNKNOWN_DESTINATION"  // the destination is not described
)

// Codes of internet gateways.
const (
	IGWPublicIPAssociationForEgress Code = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"          // the source has no public address, and the internet gateway drops it
	IGWDestinationNotInRFC1918      Code = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS" // an internet gateway refuses private destinations
	IGWDestinationNotInRFC6598      Code = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS" // an internet gateway refuses shared address space
	IngressRTBTrafficRedirection    Code = "INGRESS_RTB_TRAFFIC_REDIRECTION"               // the gateway's edge route table redirects the answers
	VPCBlockPublicAccessEnabled     Code = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"               // VPC Block Public Access stops the traffic
)

// Codes of NAT gateways.
const (
	NGWRequiresSourceInVPC        Code = "NGW_REQUIRES_SOURCE_IN_VPC"        // a NAT gateway serves sources of its own VPC only
	RegionalNGWRouteAZRestriction Code = "REGIONAL_NGW_ROUTE_AZ_RESTRICTION" // a regional NAT gateway has no address in the source's Availability Zone
	ProtocolRestriction           Code = "PROTOCOL_RESTRICTION"              // the gateway does not carry this protocol
)

// Codes of endpoints.
const (
	VPCEGatewayProtocolRestriction Code = "VPCE_GATEWAY_PROTOCOL_RESTRICTION" // a gateway endpoint carries TCP and ICMP echo only
	VPCEIntraVPCTraffic            Code = "VPCE_INTRA_VPC_TRAFFIC"            // an endpoint does not start connections
	VPCEServiceNotInstalledInAZ    Code = "VPCE_SERVICE_NOT_INSTALLED_IN_AZ"  // the service is not offered in this Availability Zone
)

// Codes of filters.
const (
	ENISGRulesMismatch            Code = "ENI_SG_RULES_MISMATCH"             // no security group rule admits the traffic
	SGHasNoRules                  Code = "SG_HAS_NO_RULES"                   // the security group has no rules
	SGReferencesNotPreserved      Code = "SG_REFERENCES_NOT_PRESERVED"       // a security group reference does not survive this hop
	UnknownPeeredSGs              Code = "UNKNOWN_PEERED_SGS"                // a rule names security groups of a peered VPC that are not described
	SubnetACLRestriction          Code = "SUBNET_ACL_RESTRICTION"            // a network ACL denies the traffic
	ENISourceDestCheckRestriction Code = "ENI_SOURCE_DEST_CHECK_RESTRICTION" // the network interface checks source and destination and drops foreign traffic
)

// Codes of what lies beyond the VPC.
const (
	PCXRequiresAddressInVPCCIDR Code = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR" // a peering connection leads to addresses of the peer VPC only
	TGWRouteAZRestriction       Code = "TGW_ROUTE_AZ_RESTRICTION"         // the transit gateway attachment has no subnet in the source's Availability Zone
	AvailabilityZoneCrossed     Code = "AVAILABILITY_ZONE_CROSSED"        // the way crosses Availability Zones at a NAT gateway or a transit gateway
)

// Codes of this project.
const (
	HostNotCovered              Code = "HOST_NOT_COVERED"                // the service has an endpoint here, and this host is not among its private names
	PrivateDNSOff               Code = "PRIVATE_DNS_OFF"                 // an endpoint for the service exists, and its private DNS is off
	DNSAttributesOff            Code = "DNS_ATTRIBUTES_OFF"              // enableDnsSupport or enableDnsHostnames is false
	DNSAttributesAssumed        Code = "DNS_ATTRIBUTES_ASSUMED"          // the VPC's DNS attributes are not in the input (dns.md, Z12)
	InboundResolverOnly         Code = "INBOUND_RESOLVER_ONLY"           // the private name answers only through the inbound Resolver endpoint
	PrivateAddressFromPublicDNS Code = "PRIVATE_ADDRESS_FROM_PUBLIC_DNS" // a vpce name gave a private address that cannot be reached from here
	GatewayEndpointNotOnTable   Code = "GATEWAY_ENDPOINT_NOT_ON_TABLE"   // a gateway endpoint exists, and this route table lacks its route
	EndpointNotAvailable        Code = "ENDPOINT_NOT_AVAILABLE"          // the endpoint's State is not available
	AmbiguousPrefixLists        Code = "AMBIGUOUS_PREFIX_LISTS"          // equal entries of two prefix lists lead to different targets
	PrefixListEntriesMissing    Code = "PREFIX_LIST_ENTRIES_MISSING"     // a prefix list on the table is without its entries
	PublicAddressNotKnown       Code = "PUBLIC_ADDRESS_NOT_KNOWN"        // the public address is unknown, and every possible one takes the same path
	PublicPathsDiffer           Code = "PUBLIC_PATHS_DIFFER"             // the possible public addresses take different paths
	FamilyPathsDiffer           Code = "FAMILY_PATHS_DIFFER"             // IPv4 and IPv6 take different paths
	NAT64Missing                Code = "NAT64_MISSING"                   // a 64:ff9b:: address does not reach a NAT gateway
	NATWithoutInternetRoute     Code = "NAT_WITHOUT_INTERNET_ROUTE"      // a public NAT gateway whose own table has no internet gateway route
	SourceAddressNotGiven       Code = "SOURCE_ADDRESS_NOT_GIVEN"        // the public-address condition was not checked: the source is a subnet
	RoutingLoop                 Code = "ROUTING_LOOP"                    // the same device is met twice
	HopLimitExceeded            Code = "HOP_LIMIT_EXCEEDED"              // the chain is longer than the guard allows
	RouteStateUnrecognised      Code = "ROUTE_STATE_UNRECOGNISED"        // a route is in a state the model does not know
	TargetTypeUnknown           Code = "TARGET_TYPE_UNKNOWN"             // the route's target is of a kind the input does not tell
	MainRouteTableMissing       Code = "MAIN_ROUTE_TABLE_MISSING"        // the subnet has no association, and the VPC's main table is not in the input
	RouteNotAllowedInVPCCIDR    Code = "ROUTE_NOT_ALLOWED_IN_VPC_CIDR"   // a route inside the VPC's CIDR that AWS refuses (R12)
	OverlappingSubnets          Code = "OVERLAPPING_SUBNETS"             // two subnets of one VPC overlap
	FiltersNotEvaluated         Code = "FILTERS_NOT_EVALUATED"           // security groups or network ACLs were left open
	PolicyNotEvaluated          Code = "POLICY_NOT_EVALUATED"            // the endpoint policy was not evaluated
)

// Codes of near misses, which hints and lint give.
const (
	EndpointZoneMissing Code = "ENDPOINT_ZONE_MISSING" // no endpoint network interface in an Availability Zone that needs one
	EndpointInOtherVPC  Code = "ENDPOINT_IN_OTHER_VPC" // the service has an endpoint, in another VPC of the input
	ZoneLabelsReversed  Code = "ZONE_LABELS_REVERSED"  // the labels are in the order of the service name, not of the service's host
	ZoneNamesMissing    Code = "ZONE_NAMES_MISSING"    // a hand-made zone serves one name of a service and not its others
	ZoneWildcardMissing Code = "ZONE_WILDCARD_MISSING" // a hand-made zone lacks the wildcard that the service's names need
)

// Codes of findings.
const (
	ConflictingPrivateDNS      Code = "CONFLICTING_PRIVATE_DNS"        // two zones of one VPC have the same name (dns.md, Z6, E1, E5)
	PrivateDNSNeedsAttributes  Code = "PRIVATE_DNS_NEEDS_ATTRIBUTES"   // private DNS is on in a VPC whose DNS attributes are not both true (dns.md, E2)
	PrivateDNSNotOffered       Code = "PRIVATE_DNS_NOT_OFFERED"        // private DNS is on for a service without a private name (dns.md, E3)
	InboundOnlyWithoutGateway  Code = "INBOUND_ONLY_WITHOUT_GATEWAY"   // private DNS for the inbound Resolver only, without a gateway endpoint (dns.md, E4)
	RecordIPTypeNotAllowed     Code = "DNS_RECORD_IP_TYPE_NOT_ALLOWED" // DnsRecordIpType and IpAddressType do not go together (dns.md section 5)
	WildcardZoneName           Code = "WILDCARD_ZONE_NAME"             // a hosted zone's name starts with "*." (dns.md, E7)
	PrivateDNSBeforeAcceptance Code = "PRIVATE_DNS_BEFORE_ACCEPTANCE"  // private DNS is on before the endpoint was accepted (dns.md, E8)
	ConflictingObjects         Code = "CONFLICTING_OBJECTS"            // one id stands for objects that differ
	DNSEntryUnparsed           Code = "DNS_ENTRY_UNPARSED"             // a DNS entry is no endpoint name and no private name (naming.md, NAM-44)
	DNSEntriesInconsistent     Code = "DNS_ENTRIES_INCONSISTENT"       // an endpoint's DNS entries disagree with each other or with its subnets (naming.md, NAM-41, NAM-42)
	FileIDMissing              Code = "FILE_ID_MISSING"                // the file's content needs an id that its name does not give
	NotModelled                Code = "NOT_MODELLED"                   // an object or a setting that the model does not follow
)
