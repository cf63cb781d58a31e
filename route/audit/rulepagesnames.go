package audit

// zoneRules are the pages of a VPC's DNS view.
func zoneRules() []RulePage {
	return []RulePage{
		{
			"Z1", "An endpoint's private names exist in its own VPC, by the inbound Resolver endpoints of that VPC, and in VPCs that share it by a Route 53 Profile. Peering alone brings no names.",
			`documented: Route 53 Developer Guide, "Resolving DNS queries between VPCs and your network"; observed: for peering`,
		},
		{
			"Z4", "With enableDnsSupport false the VPC's resolver does not answer at all.",
			"observed: terraform-aws-modules/terraform-aws-vpc #25",
		},
		{
			"Z5", "What may answer in a VPC: its Resolver rules; with enableDnsHostnames also its private hosted zones, the hidden zones of its endpoints, those of its Profiles, and the zones that Resolver defines by itself; and always the public DNS.",
			`documented: Route 53 Developer Guide, "Resolving DNS queries between VPCs and your network"`,
		},
		{
			"Z6", "The zone or rule with the longest name that equals the asked name or is a parent of it, label by label, wins. Of equal names a Resolver rule comes first, then a private zone, then what Resolver defines by itself. Two zones of one name in one view are unspecified, with CONFLICTING_PRIVATE_DNS.",
			`documented: Route 53 Developer Guide, "Considerations when working with a private hosted zone"; inferred: for hidden zones`,
		},
		{
			"Z7", "Exactly one zone or rule answers. A private zone that lacks the name does not fall through to a shorter one or to the public DNS. Z7 is printed where the public DNS itself is the one.",
			`documented: Route 53 Developer Guide, "Considerations when working with a private hosted zone"; inferred: for hidden zones`,
		},
		{
			"Z8", "A FORWARD rule hands the question to its targets, whose answer is not known here; if none can be reached it is SERVFAIL. A SYSTEM rule takes the rules above it out of the way.",
			`documented: AWS re:Post; Route 53 Developer Guide, "Resolving DNS queries between VPCs and your network"`,
		},
		{
			"Z9", "The zone that won looks for the name itself and its type, then for a CNAME there, then for a wildcard. A name that exists without the type is NODATA, any other NXDOMAIN.",
			"documented: RFC 1034 section 4.3.2; observed: for private hosted zones",
		},
		{
			"Z12", "VPC attributes that are not in the input are taken to be on if an endpoint of the VPC has private DNS on or the VPC is a default one; else names that only private zones could answer are unknown. DNS_ATTRIBUTES_ASSUMED says so.",
			"our choice: modelled",
		},
		{
			"Z14", "An endpoint's private names come from its DNS entries or its service's own list, never from the name of the service: com.amazonaws.REGION.kinesis-streams has kinesis, and ecr.api has api.ecr.",
			"observed: output of describe-vpc-endpoints and describe-vpc-endpoint-services",
		},
		{
			"Z23", "The names of an endpoint, which hold vpce, are public records that give the same private addresses everywhere, whatever the VPC's attributes are. Z23 is printed for the name of an endpoint that the input lacks.",
			`documented: "Access AWS services through AWS PrivateLink"`,
		},
		{
			"Z24", "The Regional name of an endpoint gives the addresses of all its healthy network interfaces, a zonal name those of its own zone, wherever the client is. A zone without an interface is NXDOMAIN.",
			`documented: "Access AWS services through AWS PrivateLink"; inferred: for a zone without an interface`,
		},
		{
			"Z25", "S3's endpoint names are wildcards: a bucket stands before vpce-, and without one the answer is NODATA. The service's part of a vpce name exists without records.",
			"documented: RFC 4592; inferred: for the service's part",
		},
		{
			"Z27", "A wildcard record answers for any number of labels before its place, unless a name nearer to the asked one exists.",
			`documented: Route 53 Developer Guide, "DNS domain name format"`,
		},
		{
			"Z29", "A wildcard without records of the asked type gives NODATA, not NXDOMAIN.",
			"inferred: from RFC 4592",
		},
		{
			"Z31", "The target of a CNAME is asked in the same view, so that a public CNAME to a private name is answered by the private zone. If the target has nothing, the CNAME stays in the answer.",
			"observed: published output of VPC resolvers, tailscale/tailscale #8294",
		},
		{
			"Z32", "An alias record is replaced inside its own zone by the addresses and time to live of its target, for each type by itself. The target is not looked up in the asking view.",
			`documented: Route 53 Developer Guide, "Choosing between alias and non-alias records"`,
		},
		{
			"Z33", "On a subnet with DNS64 a name that has A and no AAAA records gets AAAA records made of 64:ff9b::/96 and each IPv4 address. A real AAAA record prevents it, and a name that does not exist stays so.",
			`documented: "DNS64 and NAT64", RFC 6147`,
		},
		{
			"Z34", "Zones may overlap, but a VPC has one zone of a name; wildcard names of zones are not allowed, and a zone has 300 VPCs by default. Delegation between zones and DELEGATE rules are not modelled, and the answer says so.",
			`documented: Route 53 Developer Guide, "Considerations when working with a private hosted zone"; our choice: modelled, for what is left out`,
		},
		{
			"Z35", "Endpoints shared from one VPC need private DNS off and one private hosted zone for each of the service's names, with alias records for the name itself and for its wildcard, associated with every VPC that uses them. Labels in the wrong order and forgotten names or wildcards are the known faults.",
			"observed: awslabs/landing-zone-accelerator-on-aws #173 #1014, aws-samples/aws-secure-environment-accelerator #1108",
		},
		{
			"Z36", "A Route 53 Profile that holds an endpoint gives its private zones to every VPC associated with the Profile; of several Profiles the lower priority number comes first. Which of two zones of equal name answers is unspecified.",
			"documented: AWS blog posts on Route 53 Profiles and interface endpoints",
		},
		{
			"Z37", "A Resolver rule of the same name as a private zone beats the zone; a rule of a parent name does not.",
			`documented: Route 53 Developer Guide, "Considerations when working with a private hosted zone"`,
		},
		{
			"Z38", "With private DNS for the inbound Resolver endpoint only, the private names answer there and not in the VPC, which keeps the public answers for the gateway endpoint. A gateway endpoint for the service is required.",
			`documented: "Endpoints for Amazon S3"; observed: hashicorp/terraform-provider-aws #31117`,
		},
	}
}

// refusalRules are the pages of what AWS's API refuses.
func refusalRules() []RulePage {
	return []RulePage{
		{
			"E1", "AWS refuses a second endpoint with private DNS for one name in a VPC: InvalidParameter, a conflicting DNS domain. That a private hosted zone of the name is refused alike is assumed.",
			"observed: hashicorp/terraform-provider-aws #37783",
		},
		{
			"E2", "AWS refuses private DNS in a VPC whose enableDnsSupport or enableDnsHostnames is false: InvalidParameter.",
			"observed: public error logs of CreateVpcEndpoint",
		},
		{
			"E3", "AWS refuses private DNS for a service that provides no private name: InvalidParameter.",
			"observed: public error logs of CreateVpcEndpoint",
		},
		{
			"E4", "AWS refuses private DNS for the inbound Resolver endpoint only, in a VPC without a gateway endpoint for the service: InvalidParameter.",
			"observed: terraform-aws-modules/terraform-aws-vpc #982",
		},
		{
			"E5", "AWS refuses to associate a VPC with a hosted zone of a name that the VPC has a zone of already: ConflictingDomainExists.",
			"observed: hashicorp/terraform-provider-aws #17535",
		},
		{
			"E7", "AWS refuses a hosted zone whose name begins with an asterisk.",
			"observed: public error logs of CreateHostedZone; its error code was not seen",
		},
		{
			"E8", "AWS refuses private DNS on an endpoint that the service's owner has not yet accepted.",
			"observed: crossplane/provider-aws #1363; its error code and text were not seen",
		},
	}
}

// nameRules are the pages of names and DNS entries.
func nameRules() []RulePage {
	return []RulePage{
		{
			"NAM-31", "What the input gives beats the catalogue: an endpoint's own DNS entries come first, then the service's private names as AWS printed them, then the catalogue's row. Services add names over time, and an endpoint keeps those of the day it was made.",
			"observed: output of describe-vpc-endpoints of different years",
		},
		{
			"NAM-37", "A host is called a near miss of an endpoint's name only if the name itself is covered and a row with a source says that the host belongs to the same service. Otherwise nothing is said.",
			"documented: the service guides; observed: boto/boto3 #4301, aws/aws-sdk-go-v2 #2807 and other threads",
		},
		{
			"NAM-40", "DNS entries are told apart by reading each name, never by their place in the list or by their zone id: zonal names come in any order, and a private name came first once.",
			`observed: "Access AWS services through AWS PrivateLink", cloud-custodian/cloud-custodian's recordings`,
		},
		{
			"NAM-41", "An endpoint with DNS entries has exactly one Regional name, and all its vpce names share the endpoint id, its suffix, service, Region and zone id.",
			"observed: output of describe-vpc-endpoints",
		},
		{
			"NAM-42", "An endpoint has as many zonal names as subnets and network interfaces, except where the service is in another Region. A sample of AWS's own breaks it, so that it is reported and refuses nothing.",
			"observed: output of describe-vpc-endpoints",
		},
		{
			"NAM-43", "An endpoint may have no DNS entries, even with private DNS on. It lists private names only with private DNS on.",
			"observed: output of describe-vpc-endpoints",
		},
		{
			"NAM-44", "A DNS entry that is no name, such as one that was blacked out before publishing, stays as text and is reported.",
			"inferred: from redacted samples in AWS's guides",
		},
	}
}
