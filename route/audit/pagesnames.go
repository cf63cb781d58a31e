package audit

import "github.com/privatelink-go/privatelink/endpoint"

// namePages explains the codes of names, endpoints and the input's findings.
func namePages() []Page {
	return []Page{
		{
			endpoint.HostNotCovered, "The service has an endpoint here, and this host is not among its private names.",
			"The host names a service that the VPC has an endpoint for, by another of the service's names: global, legacy, dual-stack, FIPS or account-based. The endpoint is not used.",
			"sts.amazonaws.com, where the endpoint answers sts.us-east-2.amazonaws.com.",
			"Use the name in the hint; the hint says what makes the client do so.",
			"NAM-37; boto/boto3 #4301, aws/aws-sdk-go #4154",
		},
		{
			endpoint.PrivateDNSOff, "An endpoint for the service exists, and its private DNS is off.",
			"The service's public name keeps its public answer, and the traffic goes past the endpoint.",
			"vpce-099deb00b40f00e22 with PrivateDnsEnabled false, and monitoring.us-east-2.amazonaws.com is asked.",
			"Turn private DNS on, or use the endpoint's own names, or a private hosted zone.",
			"R36",
		},
		{
			endpoint.DNSAttributesOff, "A DNS attribute of the VPC is false.",
			"Private zones answer only while enableDnsSupport and enableDnsHostnames are both true.",
			"enableDnsHostnames false in a VPC that is not the default one.",
			"Set both to true.",
			"Z4, Z5; VPC User Guide, DNS attributes",
		},
		{
			endpoint.DNSAttributesAssumed, "The VPC's DNS attributes are not in the input.",
			"describe-vpcs does not print them. They are taken as on where an endpoint with private DNS needs them, or the VPC is a default one; the answer is modelled.",
			"A world without describe-vpc-attribute.",
			"Gather describe-vpc-attribute for both.",
			"Z12",
		},
		{
			endpoint.InboundResolverOnly, "The private name answers only through the inbound Resolver endpoint.",
			"The endpoint's private DNS is for networks outside: inside the VPC the name keeps its public answer, so that the gateway endpoint is used.",
			"S3 with PrivateDnsOnlyForInboundResolverEndpoint true.",
			"Nothing, if a gateway endpoint serves the VPC; else let private DNS serve every resolver.",
			"Z38; \"Endpoints for Amazon S3\"",
		},
		{
			endpoint.PrivateAddressFromPublicDNS, "A vpce name gave a private address that cannot be reached from here.",
			"An endpoint's own names answer the same private addresses everywhere, also where no route leads to them.",
			"A vpce name of another VPC, without peering or transit gateway.",
			"Use an endpoint of this VPC, or build the way.",
			"R34",
		},
		{
			endpoint.GatewayEndpointNotOnTable, "A gateway endpoint exists, and this route table lacks its route.",
			"A gateway endpoint is nothing but a route. Subnets whose table lacks it go by NAT gateway or not at all. As a finding: the endpoint's RouteTableIds and the routes disagree, and the routes are trusted.",
			"vpce-0c on rtb-b only, and the question comes from a subnet of rtb-d.",
			"Associate the route table with the endpoint.",
			"R39; gardener/gardener-extension-provider-aws #607",
		},
		{
			endpoint.EndpointNotAvailable, "The endpoint's State is not available.",
			"Its zones do not answer, and its network interfaces carry nothing.",
			"State pendingAcceptance.",
			"Accept, repair or recreate the endpoint.",
			"R32; \"AWS PrivateLink concepts\"",
		},
		{
			endpoint.ConflictingPrivateDNS, "Two zones of one VPC have the same name.",
			"AWS refuses the second. Where an input has both, nobody can say which answers, unless they hold the same records.",
			"Two STS endpoints with private DNS in one VPC; or a private hosted zone of an endpoint's private name.",
			"Keep one.",
			"Z6, E1, E5; hashicorp/terraform-provider-aws #17269",
		},
		{
			endpoint.PrivateDNSNeedsAttributes, "Private DNS is on in a VPC whose DNS attributes are not both true.",
			"AWS refuses to create it so. Where an attribute was switched off later, the names no longer answer.",
			"enableDnsHostnames false, PrivateDnsEnabled true.",
			"Set both attributes to true.",
			"E2",
		},
		{
			endpoint.PrivateDNSNotOffered, "Private DNS is on for a service without a private name.",
			"AWS refuses it: the service has no private DNS name, or the owner's is not verified.",
			"An endpoint for a vpce-svc- service without PrivateDnsName.",
			"Turn private DNS off and make a private hosted zone.",
			"E3",
		},
		{
			endpoint.InboundOnlyWithoutGateway, "Private DNS for the inbound Resolver only, without a gateway endpoint.",
			"AWS requires a gateway endpoint for the service in the VPC, because that is what inside clients are to use.",
			"An S3 interface endpoint with the option on, and no S3 gateway endpoint.",
			"Create the gateway endpoint first.",
			"E4; terraform-aws-modules/terraform-aws-vpc #982",
		},
		{
			endpoint.RecordIPTypeNotAllowed, "DnsRecordIpType and IpAddressType do not go together.",
			"AWS refuses such an endpoint; its names answer by the record type as it is given.",
			"DnsRecordIpType dualstack on an endpoint with IpAddressType ipv4.",
			"Choose a record type that the address type carries, or leave it out.",
			"AWS PrivateLink Guide, DNS record IP types",
		},
		{
			endpoint.WildcardZoneName, "A hosted zone's name starts with an asterisk.",
			"Zones have no wildcard names; wildcards are records in them.",
			"A zone named *.dkr.ecr.us-east-2.amazonaws.com.",
			"Name the zone dkr.ecr.us-east-2.amazonaws.com and put * into it.",
			"E7",
		},
		{
			endpoint.PrivateDNSBeforeAcceptance, "Private DNS is on before the endpoint was accepted.",
			"Private DNS can be turned on only after the owner of the service accepts the endpoint.",
			"State pendingAcceptance, PrivateDnsEnabled true.",
			"Wait for the acceptance.",
			"E8; crossplane/provider-aws #1363",
		},
		{
			endpoint.ConflictingObjects, "One id stands for objects that differ.",
			"Two files describe the same id with different content, most often gathered at different times. The first is kept.",
			"subnet-0a with two CIDRs.",
			"Gather again into an empty directory.",
			"the gather script",
		},
		{
			endpoint.DNSEntryUnparsed, "A DNS entry is no endpoint name and no private name.",
			"It looks like an endpoint's own name and breaks a rule of such names, as redacted samples do. It is kept as text and answers nothing.",
			"vpce-EXAMPLE.monitoring.us-east-2.vpce.amazonaws.com.",
			"Gather the endpoints without redaction.",
			"NAM-44",
		},
		{
			endpoint.DNSEntriesInconsistent, "An endpoint's DNS entries disagree with each other or with its subnets.",
			"An endpoint has exactly one Regional name, and a zonal name per subnet; all share id, suffix, service and Region.",
			"Three zonal names for two network interfaces.",
			"Gather again; if it stays, the endpoint is being changed.",
			"NAM-41, NAM-42",
		},
		{
			endpoint.FileIDMissing, "A file's content needs an id that its name does not give.",
			"Entries of a prefix list, routes of a transit gateway and record sets are printed without the id of what they belong to. They were left out.",
			"entries.json with get-managed-prefix-list-entries of some list.",
			"Put the id into the file's name: pl-0123456789abcdef0.json.",
			"the AWS CLI prints no id there; whichway gather puts it into the file's name",
		},
		{
			endpoint.NotModelled, "An object or a setting that the model does not follow.",
			"It is in the input, and the answers that depend on it say that they are not founded.",
			"A DELEGATE rule, NS delegation inside a zone.",
			"Nothing.",
			"Z34",
		},
	}
}

// lintPages explains the codes that only Lint gives.
func lintPages() []Page {
	return []Page{
		{
			endpoint.EndpointZoneMissing, "An Availability Zone has subnets and no network interface of the endpoint.",
			"Clients of that zone reach the endpoint by another zone: it works, and shares the other zone's fate.",
			"An endpoint in us-east-2a and us-east-2b, and a subnet in us-east-2c.",
			"Add a subnet of the zone to the endpoint, if the service is offered there.",
			"R31, R32a",
		},
		{
			EndpointNamesOutdated, "The service has more private names than this endpoint lists.",
			"An endpoint keeps the names its service had when it was made. Clients that dial a newer name, often a dual-stack one, go past it.",
			"A logs endpoint of 2022 without streaming-logs.",
			"Recreate the endpoint, or keep clients on the names it has.",
			"NAM-31; aws/aws-cli #8854",
		},
		{
			ReturnRouteMissing, "The way there works, and the answers have no way back.",
			"The table of the subnet at the far end has no route to the source's network.",
			"A spoke reaches the hub's endpoint by the transit gateway, and the endpoint's subnet has no route to the spoke.",
			"Add a route to the source's CIDR on the table that is named.",
			"C10",
		},
		{
			RuleBeatsZone, "A Resolver rule has the name of a private zone and wins.",
			"Of a rule and a zone of one domain the rule answers, so the zone is never asked.",
			"A FORWARD rule for monitoring.us-east-2.amazonaws.com beside the endpoint's hidden zone.",
			"Remove the rule, or forward a parent of the name: a parent does not beat the zone.",
			"Z6, Z37",
		},
		{
			WildcardCatchesPublic, "A hidden zone's wildcard answers for public hosts too.",
			"Private DNS of execute-api answers every API's host of the Region in the whole VPC. Public APIs, one's own and other people's, then go to the endpoint and are refused.",
			"private DNS on for com.amazonaws.us-east-2.execute-api.",
			"Call public APIs by custom domain names, or keep private DNS off.",
			"awsdocs/amazon-api-gateway-developer-guide #10; CloudSnorkel/cdk-github-runners #325",
		},
		{
			ZoneHidesAWSNames, "A private hosted zone above AWS's own names hides them.",
			"A private zone never falls through to public DNS: what it lacks is NXDOMAIN, unless a more specific zone has it.",
			"A private hosted zone amazonaws.com with a few records.",
			"Make a zone per service name.",
			"Z7, section 3",
		},
		{
			endpoint.EndpointInOtherVPC, "The service has an endpoint, in another VPC of the input.",
			"Private names exist in the endpoint's own VPC only; peering and transit gateways carry addresses, not names.",
			"sts.us-east-2.amazonaws.com asked in a spoke, with the endpoint and its private DNS in the hub.",
			"Share it: a private hosted zone or a Route 53 Profile for the spoke, and routes both ways. Or make an endpoint here.",
			"Z1, Z35, Z36; ministryofjustice/cloud-platform #8226",
		},
		{
			endpoint.ZoneLabelsReversed, "A private hosted zone is named after the service name, not after its host.",
			"Service names and hosts have their labels in opposite order, or differ altogether: ecr.api is dialled as api.ecr, kinesis-streams as kinesis. Nobody asks this zone.",
			"A zone ecr.api.us-east-2.amazonaws.com.",
			"Rename it: the finding says what the host is.",
			"Z35; awslabs/landing-zone-accelerator-on-aws #173 #1014",
		},
		{
			endpoint.ZoneNamesMissing, "A hand-made zone serves one name of a service and not its others.",
			"The service has several private names. Clients that dial the others get the public answer.",
			"A zone kinesis.us-east-2.amazonaws.com without data-kinesis and control-kinesis.",
			"Make a zone for each name, or keep clients on the one that is served.",
			"Z35; aws-samples/hub-and-spoke-with-shared-services-vpc-terraform #1",
		},
		{
			ZoneTooManyVPCs, "A private hosted zone is associated with more VPCs than the default quota.",
			"The next association is refused unless the quota was raised.",
			"301 VPCs on one zone.",
			"Raise the quota, or share endpoints by a Route 53 Profile.",
			"Z34; awslabs/landing-zone-accelerator-on-aws #827",
		},
		{
			endpoint.ZoneWildcardMissing, "A hand-made zone lacks the wildcard that the service's names need.",
			"The service's clients dial names below the apex, such as a registry's or a bucket's, and get NXDOMAIN.",
			"A zone dkr.ecr.us-east-2.amazonaws.com with an alias at the apex only.",
			"Add * with the same alias.",
			"Z35; aws-samples/aws-secure-environment-accelerator #1108",
		},
	}
}
